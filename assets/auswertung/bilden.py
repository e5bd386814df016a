"""Makes and stores `indikatorwerte`, and knows whether they are up to date.

What belongs here: input, output and fingerprint of the stage. What does not: the computation.
"""

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.auswertung.indikatoren import berechne
from assets.fassung import fassung_auswertung
from assets.fortschritt import melde
from schemas.indikatoren import katalog
from schemas.modell import Land

STUFE = "auswertung"
PFAD = "auswertung/indikatorwerte.parquet"


def _eingabe(ablage: Ablage) -> dict[str, str]:
    """Fingerprint of what the values are made from: which versions of which deliveries stand."""
    return {"indikatorwerte": stand.fingerabdruck(ablage, [stand.pfad("lieferstand")])}


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether the values are missing or were made from other deliveries, official figures or code."""
    return bool(stand.offen(ablage, STUFE, _eingabe(ablage), fassung_auswertung(land)))


def bilde_indikatorwerte(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> pl.DataFrame:
    """Computes all indicator values from what stands in the Ablage and the official series, and stores them."""
    eingabe = _eingabe(ablage)
    with datenbank(ablage, land, referenz) as con:
        werte = berechne(con, land, katalog(land))
    ablage.schreibe_tabelle(PFAD, werte)
    melde("Auswertung", len(land.indikatoren), len(land.indikatoren))
    stand.merke(ablage, STUFE, eingabe, fassung_auswertung(land))
    return werte
