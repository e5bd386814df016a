"""Renders and publishes an edition of the reports, and knows whether it is up to date.

What belongs here: collecting the inputs of the pages and their fingerprint. What does not: the pages.
"""

from pathlib import Path

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.auswertung import bilden, bilden_mittel, mittel
from assets.auswertung.datenbank import geprueft
from assets.berichte.ablegen import veroeffentliche
from assets.berichte.auswertungstexte import texttabelle
from assets.berichte.bestand import baue_bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.seiten import seiten_aus
from assets.fassung import fassung_berichte
from assets.fortschritt import melde
from assets.pruefung.lieferungen import datenstand, gueltige_korrekturen, lieferstand
from schemas.indikatoren import katalog
from schemas.modell import Land
from schemas.pfade import REFERENZ

STUFE = "berichte"
EDITION = "intern_land"
TEXTE = "auswertung/auswertungstexte.parquet"
"""The sentences of the pages, for other outputs to take over word by word."""


class OrdnerFehltError(RuntimeError):
    """Reports are published to a local folder; the Ablage is none."""


def _eingabe(ablage: Ablage) -> dict[str, str]:
    werte = [bilden.PFAD, bilden.PFAD_TRICHTER, bilden.PFAD_TRENDS, bilden.PFAD_REVISIONEN, bilden.PFAD_WIRKUNGEN]
    eingaben = [*werte, *mittel.PFADE, stand.pfad("lieferstand")]
    return {EDITION: stand.fingerabdruck(ablage, eingaben)}


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether the pages are missing or were made from other values or templates."""
    return bool(stand.offen(ablage, STUFE, _eingabe(ablage), fassung_berichte(land)))


def berichtsdaten(ablage: Ablage, land: Land) -> Berichtsdaten:
    """Everything pages are made from, read from the Ablage and the reference facts."""
    lieferungen = lieferstand(ablage, land)
    synthetisch = lieferungen["synthetisch"].any()
    tag = datenstand(lieferungen)
    umrisse = REFERENZ / "gebiet" / "umrisse.csv"
    return Berichtsdaten(
        land=land,
        katalog=katalog(land),
        werte=ablage.lies_tabelle(bilden.PFAD),
        lieferstand=lieferungen,
        stellen=geprueft(ablage, "stellen"),
        umrisse=pl.read_csv(umrisse, schema_overrides={"ags": pl.String}) if umrisse.exists() else pl.DataFrame(),
        hinweise=("Erfundene Beispieldaten: Die Lieferungen stammen von keinem Kreis.",) if synthetisch else (),
        stand=tag.isoformat() if tag else "",
        nachweise=pl.read_csv(REFERENZ / "quellen.csv", infer_schema=False),
        korrekturen=gueltige_korrekturen(ablage, land),
        mittel=bilden_mittel.lies_mittel(ablage),
        punkte=ablage.lies_tabelle(bilden.PFAD_PUNKTE),
        texte=geprueft(ablage, "meldung"),
        trichter=ablage.lies_tabelle(bilden.PFAD_TRICHTER),
        trends=ablage.lies_tabelle(bilden.PFAD_TRENDS),
        revisionen=ablage.lies_tabelle(bilden.PFAD_REVISIONEN),
        wirkungen=ablage.lies_tabelle(bilden.PFAD_WIRKUNGEN),
    )


def rendere(ablage: Ablage, land: Land) -> tuple[Path, int]:
    """Renders all pages and publishes them at once; returns the folder to open and the number of files.

    Raises:
        OrdnerFehltError: the Ablage is not a local folder.
    """
    if ablage.lokal is None:
        raise OrdnerFehltError("Berichte lassen sich nur in einer Ablage auf diesem Rechner veröffentlichen.")
    eingabe = _eingabe(ablage)
    bestand = baue_bestand(berichtsdaten(ablage, land))
    ablage.schreibe_tabelle(TEXTE, texttabelle(bestand))
    seiten = list(seiten_aus(bestand))
    melde("Berichte", len(seiten), len(seiten))
    ordner = veroeffentliche(seiten, ablage.lokal / "berichte", EDITION)
    stand.merke(ablage, STUFE, eingabe, fassung_berichte(land))
    return ordner, len(seiten)
