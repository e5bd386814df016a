"""Makes and stores what the stage yields, and knows whether it is up to date.

What belongs here: input, output and fingerprint of the stage. What does not: the computation.
"""

from pathlib import PurePosixPath

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.auswertung.amtliche_probe import probe
from assets.auswertung.analysedatei import schreibe_analysedatei
from assets.auswertung.berichtspunkte import berichtspunkte
from assets.auswertung.datenbank import datenbank, geprueft
from assets.auswertung.indikatoren import berechne
from assets.auswertung.lage import entfallende
from assets.auswertung.matrix import fragen, matrix
from assets.auswertung.mittel import PFADE
from assets.auswertung.revisionen import liste, revisionen, wirkungen
from assets.auswertung.trends import trends
from assets.auswertung.trichtertabelle import trichter
from assets.auswertung.unterlagen import sammle
from assets.fassung import fassung_auswertung
from assets.fortschritt import melde
from assets.pruefung.lieferungen import datenstand, lieferstand
from schemas.erwartung import AUFGABEN
from schemas.indikatoren import katalog
from schemas.modell import Land

STUFE = "auswertung"
PFAD = "auswertung/indikatorwerte.parquet"
PFAD_MATRIX = "auswertung/vergleichbarkeit.parquet"
PFAD_TRICHTER = "auswertung/trichter.parquet"
PFAD_FRAGEN = "auswertung/fragen.parquet"
PFAD_PUNKTE = "auswertung/berichtspunkte.parquet"
PFAD_PROBE = "auswertung/amtliche_probe.parquet"
PFAD_TRENDS = "auswertung/trends.parquet"
PFAD_REVISIONEN = "auswertung/revisionen.parquet"
PFAD_WIRKUNGEN = "auswertung/revisionswirkungen.parquet"


def _eingaben(ablage: Ablage) -> dict[str, str]:
    """Fingerprints of what each result is made from: which versions of which deliveries stand."""
    return dict.fromkeys(
        (
            "indikatorwerte",
            "vergleichbarkeit",
            "berichtspunkte",
            "trends",
            "revisionen",
            "amtliche_probe",
            "analysedatei",
        ),
        stand.fingerabdruck(ablage, [stand.pfad("lieferstand")]),
    )


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether a result is missing or was made from other deliveries, official figures or code."""
    return bool(stand.offen(ablage, STUFE, _eingaben(ablage), fassung_auswertung(land)))


def bilde_indikatorwerte(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> pl.DataFrame:
    """Computes all indicator values from what stands in the Ablage and the official series, and stores them.

    The table of funnels is made of them and stored beside them.
    """
    eingaben = _eingaben(ablage)
    with datenbank(ablage, land, referenz) as con:
        werte = berechne(con, land, katalog(land))
    ablage.schreibe_tabelle(PFAD, werte)
    ablage.schreibe_tabelle(PFAD_TRICHTER, trichter(werte, katalog(land)))
    melde("Auswertung", len(land.indikatoren), len(land.indikatoren))
    _merke(ablage, land, "indikatorwerte", eingaben)
    return werte


def bilde_vergleichbarkeit(ablage: Ablage, land: Land) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The comparability matrix of the stored values and the questions made from it; stores both."""
    eingaben = _eingaben(ablage)
    tabelle = matrix(ablage.lies_tabelle(PFAD), land, katalog(land), entfallende(geprueft(ablage, AUFGABEN)))
    offene_fragen = fragen(tabelle, land, katalog(land))
    ablage.schreibe_tabelle(PFAD_MATRIX, tabelle)
    ablage.schreibe_tabelle(PFAD_FRAGEN, offene_fragen)
    _merke(ablage, land, "vergleichbarkeit", eingaben)
    return tabelle, offene_fragen


def bilde_berichtspunkte(ablage: Ablage, land: Land) -> pl.DataFrame:
    """The states of the law's items from the stored values and what stands in the Ablage; stores them."""
    eingaben = _eingaben(ablage)
    lieferungen = lieferstand(ablage, land)
    unterlagen = sammle(
        land,
        katalog(land),
        datenstand(lieferungen),
        werte=ablage.lies_tabelle(PFAD),
        lieferstand=lieferungen,
        aufgaben=geprueft(ablage, AUFGABEN),
        meldung=geprueft(ablage, "meldung"),
    )
    tabelle = berichtspunkte(unterlagen)
    ablage.schreibe_tabelle(PFAD_PUNKTE, tabelle)
    _merke(ablage, land, "berichtspunkte", eingaben)
    return tabelle


def bilde_amtliche_probe(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> pl.DataFrame:
    """Holds the stored values against the official series, and stores what came of it."""
    eingaben = _eingaben(ablage)
    tabelle = probe(ablage.lies_tabelle(PFAD), referenz, land, katalog(land))
    ablage.schreibe_tabelle(PFAD_PROBE, tabelle)
    _merke(ablage, land, "amtliche_probe", eingaben)
    return tabelle


def bilde_trends(ablage: Ablage, land: Land) -> pl.DataFrame:
    """The changes of the stored values over the years; stores them."""
    eingaben = _eingaben(ablage)
    tabelle = trends(ablage.lies_tabelle(PFAD), katalog(land))
    ablage.schreibe_tabelle(PFAD_TRENDS, tabelle)
    _merke(ablage, land, "trends", eingaben)
    return tabelle


def bilde_revisionen(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The list of revised figures and their effect on indicators; stores both."""
    eingaben = _eingaben(ablage)
    alle = revisionen(ablage, land, referenz)
    with datenbank(ablage, land, referenz) as con:
        wirkung = wirkungen(con, land, katalog(land), alle)
    ablage.schreibe_tabelle(PFAD_WIRKUNGEN, wirkung)
    ablage.schreibe_tabelle(PFAD_REVISIONEN, liste(alle))
    _merke(ablage, land, "revisionen", eingaben)
    return liste(alle), wirkung


def bilde_analysedatei(ablage: Ablage, land: Land, amtlich: str) -> int:
    """Writes the analysts' database from what is stored; `amtlich` is the path of the official series.

    Returns:
        Number of tables.
    """
    eingaben = _eingaben(ablage)
    ergebnisse = {
        "amtlich": amtlich,
        "indikatorwerte": PFAD,
        "trichter": PFAD_TRICHTER,
        "vergleichbarkeit": PFAD_MATRIX,
        "fragen": PFAD_FRAGEN,
        "berichtspunkte": PFAD_PUNKTE,
        "amtliche_probe": PFAD_PROBE,
        "trends": PFAD_TRENDS,
        "revisionen": PFAD_REVISIONEN,
        "revisionswirkungen": PFAD_WIRKUNGEN,
        **{PurePosixPath(pfad).stem: pfad for pfad in PFADE},
    }
    tabellen = schreibe_analysedatei(ablage, land, ergebnisse)
    _merke(ablage, land, "analysedatei", eingaben)
    return tabellen


def _merke(ablage: Ablage, land: Land, was: str, eingaben: dict[str, str]) -> None:
    stand.merke(ablage, STUFE, {was: eingaben[was]}, fassung_auswertung(land))
