"""Frozen types every definition of the contract is written in.

What belongs here: the shape of a column, dataset, rule, indicator, report item and Land profile, one file each, and the
checks that make a wrong definition fail at import. What does not: the definitions themselves (beside this folder) and
any reading, checking or computing with them (`assets/`).
"""

from schemas.modell.berichtspunkt import Berichtspunkt, Zahlenangabe
from schemas.modell.datensatz import Datensatz
from schemas.modell.grundform import nur_lesen
from schemas.modell.indikator import (
    Altersbaender,
    Groesse,
    Herkunft,
    Indikator,
    Kennzahlart,
    Richtung,
    Variante,
    Zellbezug,
)
from schemas.modell.land import (
    Berichtszeitraum,
    Gebietsaenderung,
    Gemeinde,
    Land,
    Meldeeinheit,
    Pruefumgebung,
    Standardbevoelkerung,
)
from schemas.modell.regel import Bedingung, Fehlertext, Regel, Schwere, Umfang
from schemas.modell.spalten import POLARS_TYP, Code, Codeliste, Feld, Rolle, Spalte, Typ, status_von
from schemas.modell.verteilung import Verteilgroesse, Verteilschluessel, Verteilungsmasse

__all__ = [
    "POLARS_TYP",
    "Altersbaender",
    "Bedingung",
    "Berichtspunkt",
    "Berichtszeitraum",
    "Code",
    "Codeliste",
    "Datensatz",
    "Fehlertext",
    "Feld",
    "Gebietsaenderung",
    "Gemeinde",
    "Groesse",
    "Herkunft",
    "Indikator",
    "Kennzahlart",
    "Land",
    "Meldeeinheit",
    "Pruefumgebung",
    "Regel",
    "Richtung",
    "Rolle",
    "Schwere",
    "Spalte",
    "Standardbevoelkerung",
    "Typ",
    "Umfang",
    "Variante",
    "Verteilgroesse",
    "Verteilschluessel",
    "Verteilungsmasse",
    "Zahlenangabe",
    "Zellbezug",
    "nur_lesen",
    "status_von",
]
