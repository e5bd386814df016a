"""Sums of the figures of a file, as people read them.

What belongs here: what to hold against the sums of one's own table. What does not: anything that is computed with.
"""

from collections.abc import Iterator

import polars as pl

from assets.berichte.zahlen import runde, zahl
from schemas.modell import Datensatz


def in_worten(wert: float) -> str:
    """A sum in German, with two decimals where it has any."""
    return zahl(runde(wert, 2).normalize())


def summen(tabelle: pl.DataFrame, datensatz: Datensatz) -> Iterator[tuple[str, str]]:
    """Label and sum of each column of figures of a converted table, total rows included."""
    for mass in datensatz.masse:
        yield datensatz.spalte(mass).feld.label, in_worten(float(tabelle[mass].cast(pl.Float64).sum()))
