"""Receipts, verdicts and people of the tests of the Lieferbuch."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg
from assets.lieferbuch.fuehren import Fassung, Gruppe, Urteil, buche_eingang, buche_pruefungen, finde
from assets.lieferbuch.rechte import lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM
from assets.lieferbuch.verbindung import jetzt, schreibe
from schemas.lieferbuch import ANGENOMMEN, BEARBEITUNG, FACHSTELLE, FREIGABE
from schemas.modell import Schwere

EINHEIT, FREMDE, JAHR = "14625", "14511", 2025
SCHLUESSEL = Lieferschluessel("beratung", JAHR, EINHEIT)
EINGEGANGEN_AM = jetzt()
WARNUNG: Gruppe = ("R-W", "personen")


def sha(text: str) -> str:
    """Some SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def beleg(version: int, *, weg: str = "portal", inhalt: str | None = None) -> Beleg:
    """A receipt of the delivery, as the Eingang writes one."""
    return Beleg(
        datensatz=SCHLUESSEL.datensatz,
        meldeeinheit=EINHEIT,
        berichtsjahr=JAHR,
        version=version,
        sha256=sha(inhalt or str(version)),
        groesse=9,
        dateiname="beratung.csv",
        endung="csv",
        eingegangen_am=EINGEGANGEN_AM,
        weg=weg,
        synthetisch=False,
    )


def urteil(zustand: str = ANGENOMMEN, *, warnungen: int = 0, regeln: str = "1") -> Urteil:
    """A verdict with so many warnings of one group."""
    summen = {WARNUNG: (Schwere.WARNUNG, warnungen)} if warnungen else {}
    return Urteil(zustand, regeln, 10, summen, sha(f"{zustand}{warnungen}{regeln}"))


@dataclass(frozen=True)
class Leute:
    """Two persons who may both send and approve, one of another Meldeeinheit, two of the Fachstelle."""

    anna: int
    bert: int
    fremd: int
    amt: int
    amtzwei: int


def leute(v: sa.Connection) -> Leute:
    """Adds them."""
    nummern = [lege_person_an(v, k, k.title(), SYSTEM) for k in ("anna", "bert", "fremd", "amt", "amtzwei")]
    gruppe = Leute(*nummern)
    for person, einheit in ((gruppe.anna, EINHEIT), (gruppe.bert, EINHEIT), (gruppe.fremd, FREMDE)):
        for rolle in (BEARBEITUNG, FREIGABE):
            vergib(v, person, rolle, SYSTEM, einheit)
    for person in (gruppe.amt, gruppe.amtzwei):
        vergib(v, person, FACHSTELLE, SYSTEM)
    return gruppe


def angenommene(buch: sa.Engine, version: int = 1, *, warnungen: int = 0) -> Leute:
    """A book with people and an accepted version Anna sent."""
    zustand = "angenommen_mit_hinweisen" if warnungen else ANGENOMMEN
    with schreibe(buch) as v:
        gruppe = leute(v)
        buche_eingang(v, beleg(version), gruppe.anna)
        buche_pruefungen(v, SCHLUESSEL, {version: urteil(zustand, warnungen=warnungen)})
    return gruppe


def fassung(v: sa.Connection, version: int = 1) -> Fassung:
    """The version as it is booked."""
    return finde(v, SCHLUESSEL, version)
