"""What adds up to what: the children of a code, for every way of splitting it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from assets.geheimhaltung.system import Codes, Tabellenfehler


@dataclass(frozen=True)
class Teilung:
    """The children add up to the parent."""

    merkmal: str
    ganzes: str
    teile: tuple[str, ...]

    @cached_property
    def menge(self) -> frozenset[str]:
        """The children, to be looked for all at once."""
        return frozenset(self.teile)


@dataclass(frozen=True)
class Hierarchien:
    """All splits of all breakdowns, those of finer codes first."""

    teilungen: tuple[Teilung, ...]

    @cached_property
    def je_merkmal(self) -> Mapping[str, tuple[Teilung, ...]]:
        """Breakdown -> its splits."""
        sammlung: dict[str, list[Teilung]] = defaultdict(list)
        for teilung in self.teilungen:
            sammlung[teilung.merkmal].append(teilung)
        return {m: tuple(t) for m, t in sammlung.items()}

    @cached_property
    def hoehe(self) -> Mapping[tuple[str, str], int]:
        """(breakdown, code) -> number of levels below it; codes without children are missing."""
        return _hoehen(self.teilungen)

    @cached_property
    def _verbindende(self) -> frozenset[tuple[str, str]]:
        teile = {(t.merkmal, teil) for t in self.teilungen for teil in t.teile}
        anzahl = Counter((t.merkmal, t.ganzes) for t in self.teilungen)
        return frozenset(teile | {ganzes for ganzes, n in anzahl.items() if n > 1})

    def verbindet(self, teilung: Teilung) -> bool:
        """Does the whole tie cells together even if it is not published: is it part of another, or split twice?"""
        return (teilung.merkmal, teilung.ganzes) in self._verbindende

    def ebene(self, merkmale: Sequence[str], codes: Codes) -> int:
        """Number of levels below a cell, over all breakdowns."""
        return sum(self.hoehe.get(paar, 0) for paar in zip(merkmale, codes, strict=True))


def lies_hierarchien(zeilen: pl.DataFrame) -> Hierarchien:
    """Splits out of rows `dim`, `parent`, `child`, `set`.

    Raises:
        Tabellenfehler: a code is part of itself.
    """
    gruppen: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for dim, ganzes, teil, menge in zeilen.select("dim", "parent", "child", "set").iter_rows():
        gruppen[dim, ganzes, menge or ""].add(teil)
    alle = [Teilung(dim, ganzes, tuple(sorted(teile))) for (dim, ganzes, _), teile in sorted(gruppen.items())]
    hoehen = _hoehen(alle)
    return Hierarchien(tuple(sorted(dict.fromkeys(alle), key=lambda t: hoehen[t.merkmal, t.ganzes])))


def _hoehen(teilungen: Iterable[Teilung]) -> dict[tuple[str, str], int]:
    alle = list(teilungen)
    hoehen = {(t.merkmal, t.ganzes): 1 for t in alle}
    for _ in range(len(hoehen) + 1):
        neu = dict.fromkeys(hoehen, 1)
        for t in alle:
            unter = (hoehen.get((t.merkmal, teil), 0) for teil in t.teile)
            neu[t.merkmal, t.ganzes] = max(neu[t.merkmal, t.ganzes], 1 + max(unter))
        if neu == hoehen:
            return hoehen
        hoehen = neu
    raise Tabellenfehler("In den Hierarchien ist ein Code Teil seiner selbst")
