"""Makes and stores the public edition of all results, and knows whether it is up to date.

What belongs here: input, output and fingerprint of the stage. What does not: what an edition shows (`fassungen.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.auswertung import bilden as auswertung
from assets.auswertung import mittel
from assets.auswertung.datenbank import geprueft
from assets.fassung import fassung_geheimhaltung
from assets.fortschritt import melde
from assets.geheimhaltung.angriffsprobe import Probe, greife_an
from assets.geheimhaltung.fassungen import Ergebnisse, Oeffentlich, fuer_meldeeinheit, oeffentlich, zellen_von
from assets.geheimhaltung.merkbuch import dateien_von, lies_merkbuch, mit_stand, nummer, trage_ein
from assets.geheimhaltung.offene_tabellen import offene_tabellen
from assets.geheimhaltung.preise import preise
from assets.geheimhaltung.schuetzen import ungeschuetzt
from assets.pruefung.lieferungen import lieferstand
from schemas.editionen import INTERN_LAND, OEFFENTLICH, meldeeinheit_von
from schemas.indikatoren import katalog
from schemas.modell import Land
from schemas.schutzpreise import PREISE

STUFE = "geheimhaltung"
PREISE_SCHLUESSEL = "preise"
PFAD_PREISE = f"{STUFE}/{PREISE_SCHLUESSEL}.parquet"
QUELLEN: Mapping[str, str] = {
    "werte": auswertung.PFAD,
    "trichter": auswertung.PFAD_TRICHTER,
    "trends": auswertung.PFAD_TRENDS,
    "revisionen": auswertung.PFAD_REVISIONEN,
    "wirkungen": auswertung.PFAD_WIRKUNGEN,
    "zuweisungen": mittel.ZUWEISUNGEN_PFAD,
    "verwendung": mittel.VERWENDUNG_PFAD,
    "raten": mittel.RATEN_PFAD,
    "punkte": auswertung.PFAD_PUNKTE,
}
"""Table -> where earlier stages put it."""


def ordner(edition: str) -> str:
    """Where tables and open tables of an edition lie."""
    return f"{STUFE}/{edition}"


def _pfad(tabelle: str) -> str:
    return f"{ordner(OEFFENTLICH)}/{tabelle}.parquet"


def _eingaben(ablage: Ablage) -> dict[str, str]:
    alles = stand.fingerabdruck(ablage, [*QUELLEN.values(), stand.pfad("lieferstand")])
    return {OEFFENTLICH: alles, PREISE_SCHLUESSEL: stand.fingerabdruck(ablage, [auswertung.PFAD])}


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether the tables are missing or were made from other results, policy or code."""
    return bool(stand.offen(ablage, STUFE, _eingaben(ablage), fassung_geheimhaltung(land)))


def bilde_preise(ablage: Ablage, land: Land) -> pl.DataFrame:
    """What other choices of policy would withhold; stored for the ministry."""
    eingaben = _eingaben(ablage)
    werte = ablage.lies_tabelle(auswertung.PFAD)
    tabelle = preise(zellen_von(werte, katalog(land), land)[2], land.geheimhaltung)
    ablage.schreibe_tabelle(PFAD_PREISE, tabelle)
    stand.merke(ablage, STUFE, {PREISE_SCHLUESSEL: eingaben[PREISE_SCHLUESSEL]}, fassung_geheimhaltung(land))
    return tabelle


def lies_preise(ablage: Ablage) -> pl.DataFrame:
    """The stored price table; empty before the first public edition."""
    return ablage.lies_tabelle(PFAD_PREISE) if ablage.gibt_es(PFAD_PREISE) else pl.DataFrame(schema=PREISE)


def _wahre(ablage: Ablage, land: Land) -> Ergebnisse:
    """All results, exact."""
    return Ergebnisse(
        **{name: ablage.lies_tabelle(ort) for name, ort in QUELLEN.items()},
        lieferstand=lieferstand(ablage, land),
        stellen=geprueft(ablage, "stellen"),
        texte=geprueft(ablage, "meldung"),
    )


def ergebnisse(ablage: Ablage, land: Land, edition: str) -> Ergebnisse:
    """All results as an edition shows them."""
    if edition == INTERN_LAND:
        return _wahre(ablage, land)
    offen = Ergebnisse(**{name: ablage.lies_tabelle(_pfad(name)) for name in Ergebnisse.namen()})
    kennung = meldeeinheit_von(edition)
    return offen if kennung is None else fuer_meldeeinheit(_wahre(ablage, land), offen, kennung, katalog(land))


@dataclass(frozen=True, eq=False)
class Ausgabe:
    """A public edition that was made, and what an attack on it found."""

    oeffentlich: Oeffentlich
    probe: Probe


def bilde_oeffentliche(ablage: Ablage, land: Land) -> Ausgabe:
    """Protects the stored results and attacks what came of it; stores tables and open tables only if that is safe.

    What is stored counts as told: `berichte/oeffentlich` may be served from then on, so later editions must be safe
    together with it.

    The open tables of all true cells are stored as well, for attacks with the knowledge of one Meldeeinheit.

    Raises:
        Tabellenfehler, NichtZuSchuetzenError: as `schuetzen.schuetze`.
    """
    eingaben = _eingaben(ablage)
    merkbuch = lies_merkbuch(ablage)
    offen = oeffentlich(_wahre(ablage, land), katalog(land), land, [e.muster for e in merkbuch])
    offen = replace(offen, muster=mit_stand(offen.muster, merkbuch))
    dateien = tuple(offene_tabellen(offen.muster, land, f"{OEFFENTLICH}-{nummer(offen.muster, merkbuch)}"))
    wahre = tuple(offene_tabellen(ungeschuetzt(offen.muster), land, INTERN_LAND))
    gebiete = [m.id for m in land.meldeeinheiten] if land.geheimhaltung.auch_vor_meldeeinheiten else []
    probe = greife_an(dateien, [dateien_von(ablage, e) for e in merkbuch], wahre, gebiete)
    melde("Geheimhaltung", offen.muster.zellen.height, offen.muster.zellen.height)
    if probe.ist_sicher:
        # Written down first: what is recorded and then never seen does no harm, the other way round it would.
        trage_ein(ablage, offen.muster, dateien)
        for name in Ergebnisse.namen():
            ablage.schreibe_tabelle(_pfad(name), getattr(offen.ergebnisse, name))
        for edition, fertige in ((OEFFENTLICH, (*dateien, probe.datei)), (INTERN_LAND, wahre)):
            for ort, inhalt in fertige:
                ablage.schreibe(f"{ordner(edition)}/{ort}", inhalt)
        stand.merke(ablage, STUFE, {OEFFENTLICH: eingaben[OEFFENTLICH]}, fassung_geheimhaltung(land))
    return Ausgabe(offen, probe)
