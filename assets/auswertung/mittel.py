"""The three tables about money as one result.

What belongs here: what later stages take over. What does not: making (`bilden_mittel.py`) or showing them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from schemas.mittel import RATEN, VERWENDUNG, ZUWEISUNGEN

ZUWEISUNGEN_PFAD = "auswertung/zuweisungen.parquet"
VERWENDUNG_PFAD = "auswertung/mittelverwendung.parquet"
RATEN_PFAD = "auswertung/raten.parquet"
PFADE = (ZUWEISUNGEN_PFAD, VERWENDUNG_PFAD, RATEN_PFAD)


def _leer(schema: Mapping[str, type[pl.DataType] | pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(schema=schema)


@dataclass(frozen=True, eq=False)
class Mittel:
    """The tables of `schemas.mittel`; empty unless given."""

    zuweisungen: pl.DataFrame = field(default_factory=lambda: _leer(ZUWEISUNGEN))
    verwendung: pl.DataFrame = field(default_factory=lambda: _leer(VERWENDUNG))
    raten: pl.DataFrame = field(default_factory=lambda: _leer(RATEN))
