"""Makes and stores the tables about money and the Verwendungsnachweise, and knows whether they are up to date.

What belongs here: input, output and fingerprint of the stage. What does not: the computation.
"""

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.auswertung.buchungen import buchungen
from assets.auswertung.datenbank import datenbank, geprueft
from assets.auswertung.massen import mit_geltenden_massen
from assets.auswertung.mittel import PFADE, RATEN_PFAD, VERWENDUNG_PFAD, ZUWEISUNGEN_PFAD, Mittel
from assets.auswertung.mittelverwendung import mittelverwendung
from assets.auswertung.raten import raten
from assets.auswertung.schluesselzahlen import lies_schluesselstaende
from assets.auswertung.verwendungsnachweis import FORMEN, Nachweis, als_datei, nachweise
from assets.auswertung.zuweisung import zuweisungen
from assets.fassung import fassung_mittel
from assets.fortschritt import melde
from assets.pruefung.lieferungen import lieferstand
from assets.referenz.bestand import lies_quellen
from schemas.modell import Land

STUFE = "zuweisungen"
NACHWEISE = "auswertung/verwendungsnachweise"


def _eingabe(ablage: Ablage) -> dict[str, str]:
    """Fingerprint of what the tables are made from: which versions of which deliveries stand."""
    return {"zuweisungen": stand.fingerabdruck(ablage, [stand.pfad("lieferstand")])}


def ist_offen(ablage: Ablage, land: Land) -> bool:
    """Whether the tables are missing or were made from other deliveries, sums, official figures or code."""
    return bool(stand.offen(ablage, STUFE, _eingabe(ablage), fassung_mittel(land)))


def lies_mittel(ablage: Ablage) -> Mittel:
    """The stored tables; empty ones before the first run."""
    if not ablage.gibt_es(RATEN_PFAD):
        return Mittel()
    return Mittel(*(ablage.lies_tabelle(pfad) for pfad in PFADE))


def berechne_mittel(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> Mittel:
    """The three tables from what stands in the Ablage and the official series."""
    geltend = mit_geltenden_massen(ablage, land)
    with datenbank(ablage, geltend, referenz) as con:
        staende = lies_schluesselstaende(con, geltend)
    gebucht = buchungen(geprueft(ablage, "finanzen"))
    geliefert = (
        lieferstand(ablage, land)
        .filter(pl.col("gueltige_version").is_not_null(), datensatz="finanzen")
        .select("meldeeinheit", haushaltsjahr="berichtsjahr")
    )
    quellen = lies_quellen().select("tabelle", "stand", "fassung")
    return Mittel(
        zuweisungen(geltend, staende, gebucht, geliefert, quellen),
        mittelverwendung(land, gebucht),
        raten(land, gebucht),
    )


def bilde_mittel(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> Mittel:
    """Computes the tables and the Verwendungsnachweise from what stands in the Ablage, and stores them."""
    eingabe = _eingabe(ablage)
    mittel = berechne_mittel(ablage, land, referenz)
    ablage.schreibe_tabelle(ZUWEISUNGEN_PFAD, mittel.zuweisungen)
    ablage.schreibe_tabelle(VERWENDUNG_PFAD, mittel.verwendung)
    _schreibe_nachweise(ablage, land, mittel.verwendung)
    # Last, because its presence says that all of them are there.
    ablage.schreibe_tabelle(RATEN_PFAD, mittel.raten)
    melde("Zuweisungen", 1, 1)
    stand.merke(ablage, STUFE, eingabe, fassung_mittel(land))
    return mittel


def nachweis_von(ablage: Ablage, land: Land, meldeeinheit: str, haushaltsjahr: int) -> Nachweis | None:
    """The Verwendungsnachweis from the accepted bookings as they stand; None if there are none."""
    gebucht = buchungen(geprueft(ablage, "finanzen")).filter(meldeeinheit=meldeeinheit, haushaltsjahr=haushaltsjahr)
    return next(nachweise(land, mittelverwendung(land, gebucht), lieferstand(ablage, land)), None)


def _schreibe_nachweise(ablage: Ablage, land: Land, verwendung: pl.DataFrame) -> None:
    """Writes a Verwendungsnachweis per Meldeeinheit and Haushaltsjahr, and removes those without bookings any more."""
    dateien = {
        f"{NACHWEISE}/{nachweis.dateistamm}.{form}": als_datei(nachweis, form)
        for nachweis in nachweise(land, verwendung, lieferstand(ablage, land))
        for form in FORMEN
    }
    for pfad, inhalt in dateien.items():
        ablage.schreibe(pfad, inhalt)
    for pfad in ablage.liste(NACHWEISE, "*"):
        if pfad not in dateien:
            ablage.loesche(pfad)
