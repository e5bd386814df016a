"""The two levels runs are made of: deliveries of single Meldeeinheiten, and what is formed from all of them.

What belongs here: which assets belong to which level, for jobs, requests and the command line alike.
"""

import dagster as dg

from assets.auswertung.assets import AUSWERTUNG_SCHLUESSEL
from assets.berichte.assets import BERICHT_SCHLUESSEL
from assets.eingang.assets import schluessel_eingang
from assets.geheimhaltung.assets import GEHEIMHALTUNG_SCHLUESSEL
from assets.pruefung.assets import LIEFERSTAND
from assets.pruefung.ereignisse import schluessel_geprueft
from assets.querpruefung.assets import QUERBEFUNDE
from assets.referenz.assets import AMTLICH
from schemas.modell import Land

LANDESEBENE: list[dg.AssetKey] = [
    AMTLICH,
    LIEFERSTAND,
    QUERBEFUNDE,
    *AUSWERTUNG_SCHLUESSEL,
    *GEHEIMHALTUNG_SCHLUESSEL,
    *BERICHT_SCHLUESSEL,
]
"""Made from all deliveries; `lieferstand` belongs to both levels."""


def lieferungsebene(land: Land) -> list[dg.AssetKey]:
    """Everything a run makes of single deliveries, and the state of all of them."""
    je_datensatz = [f(name) for name in land.datensaetze for f in (schluessel_eingang, schluessel_geprueft)]
    return [*je_datensatz, LIEFERSTAND]
