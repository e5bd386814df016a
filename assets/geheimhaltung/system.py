"""The release as one system: a variable for every quantity anybody knows of, and the equations between them."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy import sparse

_UNBEGRENZT = 1e7
Zahlen = npt.NDArray[np.float64]
Maske = npt.NDArray[np.bool_]
Nummern = npt.NDArray[np.int64]
Lagen = npt.NDArray[np.int8]

Codes = tuple[str, ...]
"""Codes of a cell in the order of the columns of the frame; the total where it is not broken down."""
Gleichung = tuple[tuple[int, float], ...]
"""(variable, coefficient); the sum is 0. The first one is the whole, the others its parts."""


class Tabellenfehler(ValueError):
    """The cells break the form, or figures that must add up do not."""


class Lage(IntEnum):
    """What a reader sees of a quantity."""

    BEKANNT = 0
    """Its value, and that cannot be helped: zeros, what was shown before, what is open or fixed."""
    SICHTBAR = 1
    """Its value, but it may be withheld."""
    GESPERRT = 2
    """That it is withheld; so it is no zero."""
    INTERN = 3
    """Nothing: it is in no table, but sums tell of it."""


@dataclass(slots=True)
class Groesse:
    """One quantity while the system is being put together."""

    codes: Codes
    lage: Lage
    wert: float
    """NaN where nobody told us."""
    anzahl: bool
    """Is it a whole number?"""
    k: int
    anteil: float
    """A withheld sum stays uncertain by this share of its value in both directions."""
    hoehe: int = 0
    """Number of levels below it, over all breakdowns."""
    nullen_gezeigt: bool = True
    """Do readers know that it is no zero when it is withheld?"""
    streng: bool = False
    """Withheld for another reason than being small: nobody may narrow it down even where it cannot be small.

    Of what is in no table: that it is nothing must not be known.
    """

    @property
    def unten(self) -> float:
        """Least value a reader can assume while he does not see it: no zero is withheld if zeros are shown."""
        return 1.0 if self.lage is not Lage.INTERN and self.anzahl and self.nullen_gezeigt else 0.0


@dataclass(slots=True)
class System:
    """Quantities as columns; `gleichungen @ wert` is 0 (up to the rounding of sums)."""

    groessen: list[Groesse]
    zeilen: list[Gleichung]
    wert: Zahlen = field(init=False)
    geraten: Maske = field(init=False)
    """Nobody told us the value: one that fits the equations stands for it."""
    unten: Zahlen = field(init=False)
    lage: Lagen = field(init=False)
    gewicht: Zahlen = field(init=False)
    """What readers lose if a quantity is withheld for the sake of others."""
    ganz: Maske = field(init=False)
    k: Zahlen = field(init=False)
    anteil: Zahlen = field(init=False)
    streng: Maske = field(init=False)
    gleichungen: sparse.csr_array = field(init=False)

    def __post_init__(self) -> None:
        g = self.groessen
        self.wert = np.array([x.wert for x in g], dtype=float)
        self.geraten = np.isnan(self.wert)
        self.unten = np.array([x.unten for x in g], dtype=float)
        self.lage = np.array([x.lage for x in g], dtype=np.int8)
        self.gewicht = np.ones(len(g))
        self.streng = np.array([x.streng for x in g], dtype=bool)
        self.ganz = np.array([x.anzahl for x in g], dtype=bool)
        self.k = np.array([x.k for x in g], dtype=float)
        self.anteil = np.array([x.anteil for x in g], dtype=float)
        self.gleichungen = matrix(self.zeilen, len(g))

    def __len__(self) -> int:
        return len(self.groessen)

    @property
    def unbegrenzt(self) -> float:
        """No quantity moves further than this; there is room to spare for every share of the largest one."""
        return max(_UNBEGRENZT, 10 * float(np.nanmax(self.wert, initial=0)))

    @property
    def beweglich(self) -> Maske:
        """Quantities whose value a reader does not see."""
        return np.asarray(self.lage >= Lage.GESPERRT, dtype=bool)

    def teil(self, nummern: Nummern, zeilen: Nummern) -> "System":
        """The part of the system with these quantities and equations; what it does not have is known."""
        neu = {int(n): i for i, n in enumerate(nummern)}
        gleichungen = [tuple((neu[n], c) for n, c in self.zeilen[z] if n in neu) for z in zeilen]
        teil = System([self.groessen[n] for n in nummern], gleichungen)
        teil.wert, teil.geraten, teil.lage = self.wert[nummern], self.geraten[nummern], self.lage[nummern]
        teil.gewicht = self.gewicht[nummern]
        return teil


def matrix(zeilen: list[Gleichung], breite: int) -> sparse.csr_array:
    """Equations as a sparse matrix, a row each."""
    werte = np.array([c for z in zeilen for _, c in z], dtype=float)
    spalten = np.array([n for z in zeilen for n, _ in z], dtype=np.int64)
    anfang = np.cumsum([0, *(len(z) for z in zeilen)])
    return sparse.csr_array((werte, spalten, anfang), shape=(len(zeilen), breite))


def zusammenhaenge(gleichungen: sparse.csr_array, spalten: Nummern) -> list[tuple[Nummern, Nummern]]:
    """Splits columns into parts that no equation ties together: (columns, equations) of each, in order."""
    auswahl = sparse.csr_array(gleichungen[:, spalten])
    muster = abs(auswahl)
    _, nummer = sparse.csgraph.connected_components(muster.T @ muster, directed=False)
    erste = np.full(auswahl.shape[0], -1)
    belegt = np.diff(auswahl.indptr) > 0
    erste[belegt] = nummer[auswahl.indices[auswahl.indptr[:-1][belegt]]]
    ordnung, zeilenordnung = np.argsort(nummer, kind="stable"), np.argsort(erste, kind="stable")
    anzahl = int(nummer.max(initial=-1)) + 1
    grenzen = np.searchsorted(nummer[ordnung], np.arange(anzahl + 1))
    zeilengrenzen = np.searchsorted(erste[zeilenordnung], np.arange(anzahl + 1))
    return [
        (spalten[ordnung[grenzen[i] : grenzen[i + 1]]], zeilenordnung[zeilengrenzen[i] : zeilengrenzen[i + 1]])
        for i in range(anzahl)
    ]
