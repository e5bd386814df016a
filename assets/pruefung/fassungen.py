"""What an earlier version of a delivery said: it is read again from its bytes, because only the newest table is kept.

What belongs here: earlier accepted tables, under the rules of today. Only deliveries that have earlier versions cost
anything, and what they said depends on stored bytes and the code alone.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg, belege_von
from assets.pruefung.korrekturen import Korrektur
from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, Pruefumgebung


def fruehere_fassungen(
    ablage: Ablage, land: Land, schluessel: Lieferschluessel, version: int, korrekturen: Sequence[Korrektur]
) -> Iterator[tuple[Beleg, pl.DataFrame]]:
    """Receipt and table of every accepted version before `version`, newest first, each checked only when asked for."""
    for beleg in reversed(belege_von(ablage, schluessel)):
        if beleg.version >= version:
            continue
        tabelle = tabelle_der_fassung(ablage, land, beleg, korrekturen)
        if tabelle is not None:
            yield beleg, tabelle


def tabelle_der_fassung(
    ablage: Ablage, land: Land, beleg: Beleg, korrekturen: Sequence[Korrektur] = ()
) -> pl.DataFrame | None:
    """The checked table of one version with these corrections, None if it is not accepted."""
    umgebung = Pruefumgebung(land, land.meldeeinheit(beleg.meldeeinheit), beleg.berichtsjahr)
    datensatz = alle_datensaetze()[beleg.datensatz]
    return pruefe(ablage.lies(beleg.pfad), beleg.dateiname, datensatz, umgebung, korrekturen).tabelle
