"""What a Meldeeinheit says itself about the figures of an indicator, in its own words.

What belongs here: finding the texts of the dataset `meldung` that are about an indicator. What does not: sentences made
from figures (`auswertungstexte.py`).
"""

from dataclasses import dataclass

import polars as pl

from assets.berichte.bestand import Blick
from assets.berichte.daten import Berichtsdaten
from schemas.berichtsinhalt import meldecode
from schemas.datensaetze.meldung import ZU_ZAHLEN
from schemas.modell import Indikator


@dataclass(frozen=True, slots=True)
class Kommentar:
    """A text as it was delivered, and the Berichtsjahr it is for."""

    jahr: int
    text: str


def kommentare_zu(daten: Berichtsdaten, blick: Blick, indikator: Indikator) -> tuple[Kommentar, ...]:
    """The comments of the Meldeeinheit on items of the law, newest year first; the Land has none.

    A comment stands once, with the first of the indicators its item is made of.
    """
    punkte = [meldecode(p.id) for p in daten.land.berichtspunkte if indikator.id in p.indikatoren[:1]]
    if blick.ist_land or not punkte:
        return ()
    treffer = daten.texte.filter(
        pl.col("meldeeinheit") == blick.ags,
        pl.col("berichtspunkt").is_in(punkte),
        pl.col("abschnitt").is_in(ZU_ZAHLEN),
        pl.col("text").is_not_null(),
    ).sort("berichtsjahr", "abschnitt", descending=[True, False])
    return tuple(Kommentar(jahr, text) for jahr, text in treffer.select("berichtsjahr", "text").iter_rows())
