"""Codes and keys: every cell of every release as one whole number.

What belongs here: text codes to numbers and back. What does not: values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import polars as pl

from assets.angriff.lesen import IMMER_SCHLUESSEL, STAND, TOTAL, Ausgabe, AusgabeError

GROESSTE_ZAHL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Raum:
    """The dimensions of all tables and their codes; a key is the mixed-radix number of a cell's codes."""

    dims: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]

    def gewicht(self, dim: str) -> int:
        """Place value of a dimension in the key."""
        return prod(len(c) for c in self.codes[: self.dims.index(dim)])

    def umfang(self, dim: str) -> int:
        """Number of codes of a dimension."""
        return len(self.codes[self.dims.index(dim)])

    def nummern(self, dim: str) -> dict[str, int]:
        """Number of each code of a dimension."""
        return {c: i for i, c in enumerate(self.codes[self.dims.index(dim)])}

    def schluessel(self, zeilen: pl.DataFrame, ersetzt: Mapping[str, str] | None = None) -> pl.Series:
        """The key of each row; a dimension without a column is at its total, `ersetzt` overrules columns."""
        ersetzt = ersetzt or {}
        teile = []
        for dim in self.dims:
            quelle = pl.col(dim) if dim in zeilen.columns and dim not in ersetzt else pl.lit(ersetzt.get(dim, TOTAL))
            nummer = quelle.replace_strict(self.nummern(dim), return_dtype=pl.Int64)
            teile.append(nummer * self.gewicht(dim))
        return zeilen.with_columns(pl.lit(value=True).alias("_")).select(pl.sum_horizontal(teile)).to_series()

    def zelle(self, schluessel: int) -> dict[str, str]:
        """The codes of a key, totals left out."""
        zelle = {}
        for dim, codes in zip(self.dims, self.codes, strict=True):
            schluessel, nummer = divmod(schluessel, len(codes))
            if codes[nummer] != TOTAL:
                zelle[dim] = codes[nummer]
        return zelle

    def nummer(self, zelle: Mapping[str, str]) -> int:
        """The key of a cell given by its codes."""
        return sum(self.nummern(d)[zelle.get(d, TOTAL)] * self.gewicht(d) for d in self.dims)


def baue_raum(ausgaben: Sequence[Ausgabe]) -> Raum:
    """Collects all dimensions and codes that occur anywhere.

    Raises:
        AusgabeError: more combinations than a key can number.
    """
    gefunden: dict[str, set[str]] = {dim: set() for dim in IMMER_SCHLUESSEL}
    for ausgabe in ausgaben:
        for tabelle in ausgabe.tabellen:
            for dim in tabelle.dims:
                gefunden.setdefault(dim, set()).update(tabelle.zeilen[dim].unique())
        for ableitung in ausgabe.ableitungen:
            _nimm_ableitung(gefunden, ableitung.zeilen, (ableitung.zaehler, ableitung.nenner), ableitung.jahre)
    for ausgabe in ausgaben:
        for z in ausgabe.zerlegungen:
            if z.dim in gefunden:
                gefunden[z.dim].update((z.parent, *z.kinder))
    raum = Raum(tuple(gefunden), tuple(tuple(sorted(codes | {TOTAL})) for codes in gefunden.values()))
    if prod(len(c) for c in raum.codes) > GROESSTE_ZAHL:
        raise AusgabeError(
            "Die Tabellen haben zusammen zu viele Gliederungen. Bitte weniger Ausgaben zugleich angeben."
        )
    return raum


def _nimm_ableitung(
    gefunden: dict[str, set[str]], zeilen: pl.DataFrame, seiten: Iterable[Mapping[str, str]], jahre: int
) -> None:
    for dim in zeilen.columns:
        if dim not in {"wert", STAND, "mass"}:
            gefunden.setdefault(dim, set()).update(zeilen[dim].unique())
    if jahre and "berichtsjahr" in zeilen.columns:
        gefunden["berichtsjahr"].update(str(int(j) - jahre) for j in zeilen["berichtsjahr"].unique())
    for seite in seiten:
        for dim, code in seite.items():
            gefunden.setdefault(dim, set()).add(code)
