"""The shape of a column: its type, its role, its codes.

What belongs here: fields, code lists, columns. What does not: the columns there are (`schemas/felder.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from schemas.modell.grundform import NAME
from schemas.vertragsfehler import Vertragsfehler

if TYPE_CHECKING:
    from schemas.modell.land import Land


class Typ(StrEnum):
    """How a cell is written and stored."""

    TEXT = "text"
    SCHLUESSEL = "schluessel"
    """Text of a fixed form such as an AGS: digits, but never a number."""
    CODE = "code"
    CODES = "codes"
    """Several codes of one list in a cell, separated by blanks or commas."""
    GANZZAHL = "ganzzahl"
    DEZIMAL = "dezimal"
    DATUM = "datum"


POLARS_TYP: Mapping[Typ, type[pl.DataType]] = MappingProxyType(
    {
        Typ.TEXT: pl.String,
        Typ.SCHLUESSEL: pl.String,
        Typ.CODE: pl.String,
        Typ.CODES: pl.String,
        Typ.GANZZAHL: pl.Int64,
        Typ.DEZIMAL: pl.Float64,
        Typ.DATUM: pl.Date,
    }
)


class Rolle(StrEnum):
    """What a column is in its table."""

    SCHLUESSEL = "schluessel"
    MASS = "mass"
    MERKMAL = "merkmal"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list."""

    code: str
    label: str
    beschreibung: str = ""


@dataclass(frozen=True, slots=True)
class Codeliste:
    """A closed list of codes with German labels and where it comes from."""

    name: str
    label: str
    codes: tuple[Code, ...]
    quelle: str = ""

    def __post_init__(self) -> None:
        schluessel = [c.code for c in self.codes]
        if not schluessel or len(set(schluessel)) != len(schluessel):
            raise Vertragsfehler(f"Codeliste {self.name}: leer oder mit doppelten Codes")

    @property
    def schluessel(self) -> tuple[str, ...]:
        """All codes, in the order of the list."""
        return tuple(c.code for c in self.codes)

    def label_von(self, code: str) -> str:
        """German label of `code`; raises KeyError for a code that is not in the list."""
        for eintrag in self.codes:
            if eintrag.code == code:
                return eintrag.label
        raise KeyError(f"{code!r} steht nicht in der Codeliste {self.name}")


@dataclass(frozen=True, slots=True)
class Feld:
    """A column, defined once for the whole project.

    A coded column has a list, or one of its Land. `minimum`/`maximum` are inclusive. `muster` is a full-match pattern
    for `Typ.SCHLUESSEL` and `Typ.TEXT`.
    `synonyme` are headings offices use for the same column; comparison ignores case, blanks and punctuation.
    """

    name: str
    label: str
    beschreibung: str
    typ: Typ
    rolle: Rolle = Rolle.MERKMAL
    einheit: str | None = None
    nachkommastellen: int = 0
    codeliste: Codeliste | None = None
    landesliste: "Callable[[Land], Codeliste] | None" = None
    """Where the codes come from the Land: how to get them; `Datensatz.fuer` puts them into `codeliste`."""
    muster: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    synonyme: tuple[str, ...] = ()
    beispiel: str = ""

    def __post_init__(self) -> None:
        if not NAME.match(self.name):
            raise Vertragsfehler(f"Feldname {self.name!r} ist nicht klein_mit_unterstrich")
        if not self.label or not self.beschreibung:
            raise Vertragsfehler(f"Feld {self.name}: Bezeichnung oder Beschreibung fehlt")
        if (self.typ in (Typ.CODE, Typ.CODES)) != (self.codeliste is not None or self.landesliste is not None):
            raise Vertragsfehler(f"Feld {self.name}: Codeliste und Typ {self.typ} passen nicht zusammen")
        if self.rolle is Rolle.MASS and (self.typ not in (Typ.GANZZAHL, Typ.DEZIMAL) or not self.einheit):
            raise Vertragsfehler(f"Feld {self.name}: ein Maß ist eine Zahl mit Einheit")

    @property
    def polars_typ(self) -> type[pl.DataType]:
        """The type of the column in a checked table."""
        return POLARS_TYP[self.typ]


@dataclass(frozen=True, slots=True)
class Spalte:
    """A column as used in one dataset: the field, its role there, and which of its codes are allowed.

    `vorgabe` fills an absent column (not an empty cell) with a code; only then may the column be left out.
    """

    feld: Feld
    rolle: Rolle
    pflicht: bool = True
    erlaubt: tuple[str, ...] | None = None
    vorgabe: str | None = None

    @property
    def name(self) -> str:
        """Column name in files and tables."""
        return self.feld.name

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The codes allowed here, or None where the column has no code list."""
        if self.feld.codeliste is None:
            return None
        return self.erlaubt or self.feld.codeliste.schluessel


def status_von(mass: str) -> str:
    """Name of the column that holds the Wertstatus of a measure."""
    return f"{mass}_status"
