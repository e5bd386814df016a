"""The shape of how money is shared out.

What belongs here: key and sums. What does not: reckoning with them (`assets/auswertung/zuweisung.py`).
"""

from dataclasses import dataclass
from datetime import date

from schemas.modell.indikator import Groesse
from schemas.vertragsfehler import Vertragsfehler


@dataclass(frozen=True, slots=True)
class Verteilgroesse:
    """A quantity money is shared out by: its name, its figures by area (not broken down), its weight beside others."""

    label: str
    groesse: Groesse
    gewicht: int = 1


@dataclass(frozen=True, slots=True)
class Verteilschluessel:
    """How an allocation is shared out between all Meldeeinheiten of a Land.

    A share is the weighted mean of the shares in each quantity at the Stichtag. Amounts are multiples of
    `kleinster_betrag` cents and add up to the sum: after rounding down, what is left goes to the largest remainders;
    equal ones are decided by the larger share, then by the lower id.
    """

    groessen: tuple[Verteilgroesse, ...]
    stichtag: tuple[int, int]
    """(month, day) on which the quantities are taken."""
    jahre_vorher: int
    """How many years before the Haushaltsjahr the Stichtag lies."""
    kleinster_betrag: int
    quelle: str

    def __post_init__(self) -> None:
        if not self.groessen or any(g.gewicht <= 0 for g in self.groessen) or self.kleinster_betrag < 1:
            raise Vertragsfehler("Verteilschlüssel: Größen, ihre Gewichte und der kleinste Betrag müssen positiv sein")

    def stichtag_fuer(self, haushaltsjahr: int) -> date:
        """The day whose figures count for a Haushaltsjahr."""
        return date(haushaltsjahr - self.jahre_vorher, *self.stichtag)


@dataclass(frozen=True, slots=True)
class Verteilungsmasse:
    """The sum shared out for a Haushaltsjahr and Fördergegenstand, as one kind of notice states it.

    `stichtag` is named only where the notice rests on another day than the key says, `stand` where it rests on the
    statistics as published up to then. `erfunden` marks a sum made up for the demonstration.
    """

    haushaltsjahr: int
    fg: str
    fassung: str
    cent: int
    datum: date
    quelle: str
    stichtag: date | None = None
    stand: str | None = None
    erfunden: bool = False

    @property
    def schluessel(self) -> tuple[int, str, str]:
        """What tells two sums of a Land apart."""
        return self.haushaltsjahr, self.fg, self.fassung
