"""The cells of the tables of a release: their columns, and how the parts of a breakdown add up to its total.

What belongs here: what is the same for every Land and release. What does not: which cells a release has
(`assets/geheimhaltung/zellbestand.py`) and how they are protected (`schemas/geheimhaltung.py`).
"""

from dataclasses import dataclass

import polars as pl

from schemas.codelisten import GESAMT, GRUPPE, WOHNFORM
from schemas.groessen_lieferung import UND
from schemas.indikatorwerte import GLIEDERUNGEN, GLIEDERUNGSLISTEN

MASS, JAHR, GEBIET, WERT = "mass", "berichtsjahr", "gebiet", "wert"

MERKMALE: tuple[str, ...] = (
    *(g for g in GLIEDERUNGEN if g not in ("konzept", "gemeinde_ags")),
    "themenfeld_mehrfach",
    "gruppe",
    "wohnform",
    "aufgabe",
    "teil",
)
"""Columns a cell may be broken down by, besides the area, which holds the Gemeinden too."""

SCHLUESSEL: tuple[str, ...] = (MASS, JAHR, GEBIET, *MERKMALE)
"""What identifies a cell."""

SCHLUESSELTYPEN: dict[str, type[pl.DataType]] = {s: pl.Int64 if s == JAHR else pl.String for s in SCHLUESSEL}
"""Column of the key -> its type."""

OHNE_SUMME: frozenset[str] = frozenset({"themenfeld_mehrfach"})
"""Columns whose parts do not add up to the total."""

UNVOLLSTAENDIG: frozenset[str] = frozenset({"staat"})
"""Columns of which only some parts are shown: a part that is not there is not zero."""

REST = "~"
"""Begins the code of what is left of a total when all parts named are taken away."""


@dataclass(frozen=True, slots=True)
class Teilung:
    """A total and the parts it may be split into.

    `vollstaendig` says that whoever is split into more than one part is split into all: one that is not there is zero.
    """

    merkmal: str
    ganzes: str
    teile: tuple[str, ...]
    vollstaendig: bool = False


def _ohne_gesamt(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(c for c in codes if c not in (GESAMT, "INSGESAMT"))


def _codes(merkmal: str) -> tuple[str, ...]:
    return _ohne_gesamt(tuple(c for liste in GLIEDERUNGSLISTEN[merkmal] for c in liste.schluessel))


TEILUNGEN: tuple[Teilung, ...] = (
    *(Teilung(m, GESAMT, _codes(m), vollstaendig=True) for m in MERKMALE if m in GLIEDERUNGSLISTEN),
    Teilung("gruppe", GESAMT, _ohne_gesamt(GRUPPE.schluessel)),
    Teilung("wohnform", GESAMT, _ohne_gesamt(WOHNFORM.schluessel)),
    Teilung("aufgabe", f"IBZ{UND}FSA", ("IBZ", "FSA")),
    Teilung("teil", GESAMT, ("FACH",)),
    Teilung("teil", "FACH", ("FACH_SATZ_1",)),
    Teilung("teil", "FACH_SATZ_1", ("FACH_ABSCHLUSS",)),
    Teilung("teil", GESAMT, ("MEHRSPRACHIG",)),
    Teilung("teil", GESAMT, ("BERATEN",)),
    Teilung("teil", "BERATEN", ("DOKUMENTIERT",)),
    Teilung("teil", GESAMT, ("FREI", "GEMEINDE")),
    Teilung("teil", GESAMT, ("SACH",)),
)
"""Every way in which parts add up, besides areas."""
