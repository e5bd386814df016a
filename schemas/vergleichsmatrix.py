"""Closed column lists of the comparability matrix and of the questions made from it.

What belongs here: the shape of the two tables. What does not: making them (`assets/auswertung/matrix.py`).
"""

import polars as pl

from schemas.modell import Code, Codeliste

ZUSTAND = Codeliste(
    "zustand_wert",
    "Stand des Wertes",
    (
        Code("wert", "Wert liegt vor"),
        Code("ohne_wert", "geliefert, aber ohne Zahl", "Ein Zeichen statt einer Zahl, oder eine fehlende Bezugsgröße."),
        Code("andere_variante", "anders geliefert", "Die Kennzahl liegt vor, aber nach einem anderen Konzept."),
        Code("fehlt", "nicht geliefert", "Andere Meldeeinheiten haben für dieses Jahr eine Angabe."),
        Code("entfaellt", "entfällt", "Die Aufgabe wird nach dem Datensatz Aufgaben nicht wahrgenommen."),
    ),
    "Lieferverfahren",
)

MATRIX: dict[str, type[pl.DataType]] = {
    "indikator_id": pl.String,
    "variante": pl.String,
    "berichtsjahr": pl.Int64,
    "meldeeinheit": pl.String,
    "zustand": pl.String,
    "vgl_land": pl.String,
    "vgl_kreise": pl.String,
    "vgl_vorjahr": pl.String,
    "gruende": pl.String,
}
"""One row per variant, year in which any Meldeeinheit has a figure, and Meldeeinheit; totals only."""

FRAGEN: dict[str, type[pl.DataType]] = {
    "berichtsjahr": pl.Int64,
    "meldeeinheit": pl.String,
    "grund": pl.String,
    "frage": pl.String,
    "kennzahlen": pl.String,
    "anzahl": pl.Int64,
    "gewinn": pl.Int64,
}
"""`kennzahlen` are ids joined by blanks, `anzahl` how many variants of them the reason touches, `gewinn` how many
would become fully comparable with other Meldeeinheiten if it went away."""
