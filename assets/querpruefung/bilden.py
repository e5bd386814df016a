"""Makes and stores `querbefunde`, and knows whether they are up to date.

What belongs here: input, output and fingerprint of the stage. What does not: the rules.
"""

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.fassung import fassung_querpruefung
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import pruefe_quer
from schemas.modell import Land

STUFE = "querpruefung"
PFAD = "auswertung/querbefunde.parquet"


def _eingabe(ablage: Ablage) -> dict[str, str]:
    """Fingerprint of what the findings are made from: which versions of which deliveries stand."""
    return {"querbefunde": stand.fingerabdruck(ablage, [stand.pfad("lieferstand")])}


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether the findings are missing or were made from other deliveries, official figures or code."""
    return bool(stand.offen(ablage, STUFE, _eingabe(ablage), fassung_querpruefung(land)))


def bilde_querbefunde(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> pl.DataFrame:
    """Applies all rules across files to what stands in the Ablage and the official series, and stores the findings."""
    eingabe = _eingabe(ablage)
    with oeffne(ablage, land, referenz) as lage:
        befunde = pruefe_quer(lage)
    ablage.schreibe_tabelle(PFAD, befunde)
    stand.merke(ablage, STUFE, eingabe, fassung_querpruefung(land))
    return befunde
