"""What reading a file yields: the text table, how the file was understood, and what was left out of it.

What belongs here: the result types of this package. What does not: making them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from schemas.befunde import Art, Befund


@dataclass(frozen=True, slots=True)
class Dialekt:
    """How the bytes were understood; None where it could not be found out. `kopfzeile_nr` is an Excel row."""

    zeichensatz: str | None = None
    trennzeichen: str | None = None
    kopfzeile_nr: int | None = None
    art: str = "csv"
    blatt: str | None = None


class Grund(StrEnum):
    """Why rows of the file are not rows of the table."""

    VORSPANN = "vorspann"
    LEER = "leer"
    EINHEITEN = "einheiten"
    ZWISCHENUEBERSCHRIFT = "zwischenueberschrift"
    SUMME = "summe"
    FUSS = "fuss"
    ZWEITE_TABELLE = "zweite_tabelle"
    FELDZAHL = "feldzahl"
    BLATT = "blatt"


@dataclass(frozen=True, slots=True)
class Ausgelassen:
    """A row that is not in the table, why, and its text. Blank rows in a block are one entry at the first of them.

    `zellen` are its cells in the order of the file; empty where there are very many such rows.
    """

    zeile: int
    grund: Grund
    text: str
    zellen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GefundeneSpalte:
    """A column of the table: its name in the contract, the sender's heading and its letter in the file."""

    name: str
    kopf: str
    buchstabe: str


@dataclass(frozen=True, slots=True)
class GeleseneTabelle:
    """A file as text.

    `zellen` has the found columns of the contract as String (null where blank), `<mass>_status` where the file has it,
    `zeile` (Excel row) and `physische_zeile` (line of the file), both Int64; None where no table could be read.
    `anzahl` counts every finding by kind, also those that are not kept in `befunde`.
    """

    zellen: pl.DataFrame | None
    dialekt: Dialekt
    ausgelassen: tuple[Ausgelassen, ...] = ()
    spalten: tuple[GefundeneSpalte, ...] = ()
    befunde: tuple[Befund, ...] = ()
    anzahl: Mapping[Art, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rohtabelle:
    """The rows below the header before anything is decided about them.

    `zellen` has `c0`, `c1`, … as String in the order of the file, `zeile`, `physische_zeile`, `felder` (cells the row
    has) and `rest` (text beyond the last column, null where nothing is or nothing that matters).
    """

    zellen: pl.DataFrame
    breite: int

    @property
    def namen(self) -> list[str]:
        """Names of the cell columns in the order of the file."""
        return [f"c{i}" for i in range(self.breite)]


def buchstabe(stelle: int) -> str:
    """The letter Excel shows above column `stelle` (from 0): A to Z, then AA and so on."""
    zeichen = ""
    stelle += 1
    while stelle:
        stelle, rest = divmod(stelle - 1, 26)
        zeichen = chr(65 + rest) + zeichen
    return zeichen
