"""Renders and publishes the editions of the reports, and knows whether they are up to date.

What belongs here: collecting the inputs of the pages and their fingerprint. What does not: the pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.auswertung.berichtspunkte import zeitlagen
from assets.berichte.ablegen import veroeffentliche
from assets.berichte.auswertungstexte import texttabelle
from assets.berichte.bestand import baue_bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.kurzbericht import kurzbericht
from assets.berichte.seiten import seiten_aus
from assets.berichte.vorrat import lies_vorrat, merke_vorrat
from assets.fassung import fassung_berichte
from assets.fortschritt import melde
from assets.geheimhaltung import bilden as bilden_geheim
from assets.pruefung.korrekturen import Korrekturergebnis
from assets.pruefung.lieferungen import datenstand, gilt_synthetisches, gueltige_korrekturen
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer, meldeeinheit_von
from schemas.herausgeber import lade_herausgeber
from schemas.indikatoren import katalog
from schemas.modell import Land
from schemas.pfade import REFERENZ
from schemas.schutzpreise import PREISE

STUFE = "berichte"
TEXTE = "auswertung/auswertungstexte.parquet"
"""The sentences of the ministry's pages, for other outputs to take over word by word."""


class OrdnerFehltError(RuntimeError):
    """Reports are published to a local folder; the Ablage is none."""


def editionen(land: Land) -> tuple[str, ...]:
    """All editions, the ministry's own first."""
    return (INTERN_LAND, OEFFENTLICH, *(fuer(m.id) for m in land.meldeeinheiten))


def _eingaben(ablage: Ablage, land: Land) -> dict[str, str]:
    eigene = stand.fingerabdruck(ablage, [*bilden_geheim.QUELLEN.values(), stand.pfad("lieferstand")])
    offene = stand.fingerabdruck(ablage, [stand.pfad(bilden_geheim.STUFE)])
    eigene_mit_preisen = f"{eigene} {stand.fingerabdruck(ablage, [bilden_geheim.PFAD_PREISE])}"
    eingaben = {INTERN_LAND: eigene_mit_preisen, OEFFENTLICH: offene}
    return {e: eingaben.get(e, f"{eigene} {offene}") for e in editionen(land)}


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether pages of the two editions every run makes are missing or were made from other values or templates."""
    eingaben = {e: _eingaben(ablage, land)[e] for e in (INTERN_LAND, OEFFENTLICH)}
    return bool(stand.offen(ablage, STUFE, eingaben, fassung_berichte(land)))


def berichtsdaten(ablage: Ablage, land: Land, edition: str = INTERN_LAND) -> Berichtsdaten:
    """Everything the pages of an edition are made from, read from the Ablage and the reference facts."""
    e = bilden_geheim.ergebnisse(ablage, land, edition)
    synthetisch = gilt_synthetisches(e.lieferstand)
    tag = datenstand(e.lieferstand)
    umrisse = REFERENZ / "gebiet" / "umrisse.csv"
    return Berichtsdaten(
        land=land,
        katalog=katalog(land),
        werte=e.werte,
        lieferstand=e.lieferstand,
        stellen=e.stellen,
        umrisse=pl.read_csv(umrisse, schema_overrides={"ags": pl.String}) if umrisse.exists() else pl.DataFrame(),
        hinweise=("Erfundene Beispieldaten: Die Lieferungen stammen von keinem Kreis.",) if synthetisch else (),
        stand=tag.isoformat() if tag else "",
        zeitlagen=zeitlagen(land, tag),
        enthaelt_demodaten=synthetisch,
        nachweise=pl.read_csv(REFERENZ / "quellen.csv", infer_schema=False),
        korrekturen=_korrekturen(ablage, land, edition),
        mittel=e.mittel,
        punkte=e.punkte,
        texte=e.texte,
        trichter=e.trichter,
        trends=e.trends,
        revisionen=e.revisionen,
        wirkungen=e.wirkungen,
        preise=bilden_geheim.lies_preise(ablage) if edition == INTERN_LAND else pl.DataFrame(schema=PREISE),
        edition=edition,
        herausgeber=lade_herausgeber(land),
    )


def _korrekturen(ablage: Ablage, land: Land, edition: str) -> tuple[Korrekturergebnis, ...]:
    """Corrections tell single figures of deliveries: everybody sees those of his own only."""
    alle = gueltige_korrekturen(ablage, land)
    if edition == INTERN_LAND:
        return alle
    return tuple(k for k in alle if k.korrektur.meldeeinheit == meldeeinheit_von(edition))


@dataclass(frozen=True, eq=False)
class Ausgabe:
    """A published edition: the folder to open, the number of files, and what the reports hold (`kurzbericht.py`).

    `gemacht` names the groups of files that were made anew (`vorrat.py`).
    """

    ordner: Path
    dateien: int
    gemacht: tuple[str, ...]
    berichte: pl.DataFrame


def rendere(ablage: Ablage, land: Land, edition: str = INTERN_LAND) -> Ausgabe:
    """Renders all pages of an edition and publishes them at once.

    Raises:
        OrdnerFehltError: the Ablage is not a local folder.
    """
    if ablage.lokal is None:
        raise OrdnerFehltError("Berichte lassen sich nur in einer Ablage auf diesem Rechner veröffentlichen.")
    eingabe = _eingaben(ablage, land)[edition]
    bestand = baue_bestand(berichtsdaten(ablage, land, edition))
    if edition == INTERN_LAND:
        ablage.schreibe_tabelle(TEXTE, texttabelle(bestand))
    fassung, ort = fassung_berichte(land), ablage.lokal / "berichte"
    vorrat = lies_vorrat(ablage, ort / edition, edition, fassung)
    offene_tabellen = _offene_tabellen(ablage) if edition == OEFFENTLICH else ()
    dateien = list(seiten_aus(bestand, vorrat, eingabe, offene_tabellen))
    melde("Berichte", len(dateien), len(dateien))
    ordner = veroeffentliche(dateien, ort, edition)
    merke_vorrat(ablage, ordner, edition, fassung, vorrat)
    stand.merke(ablage, STUFE, {edition: eingabe}, fassung)
    return Ausgabe(ordner, len(dateien), tuple(vorrat.gemacht), kurzbericht(bestand.daten))


def _offene_tabellen(ablage: Ablage) -> Iterator[tuple[str, bytes]]:
    """The open tables of the public edition and the report of the attack on them."""
    ordner = bilden_geheim.ordner(OEFFENTLICH)
    for pfad in ablage.liste(ordner, "daten/**/*.*"):
        yield pfad.removeprefix(f"{ordner}/"), ablage.lies(pfad)
