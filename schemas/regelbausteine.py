"""Building blocks for row and file rules: Polars expressions that say per row whether a rule holds.

What belongs here: forms several rules share. A null result means "cannot be judged here" and never counts as a breach;
so missing or secret figures do not make a rule fail.
"""

from collections.abc import Sequence

import polars as pl

from schemas.codelisten import GESAMT


def hoechstens(links: str, rechts: str, toleranz: float = 0.0) -> pl.Expr:
    """`links <= rechts + toleranz`; null where either figure is missing."""
    return pl.col(links) <= pl.col(rechts) + toleranz


def teile(mass: str, dimension: str, schluessel: Sequence[str]) -> pl.Expr:
    """Sum of `mass` over the parts of `dimension` within the other keys; null if any part is missing or none exists."""
    gruppe = [s for s in schluessel if s != dimension]
    ist_teil = pl.col(dimension) != GESAMT
    summe = pl.col(mass).filter(ist_teil).sum().over(gruppe)
    luecken = pl.col(mass).filter(ist_teil).is_null().sum().over(gruppe)
    anzahl = ist_teil.sum().over(gruppe)
    return pl.when((luecken == 0) & (anzahl > 0)).then(summe)


def enthaelt_teile(dimension: str, codes: Sequence[str], schluessel: Sequence[str]) -> pl.Expr:
    """True where all `codes` of `dimension` occur within the other keys."""
    gruppe = [s for s in schluessel if s != dimension]
    return pl.col(dimension).filter(pl.col(dimension).is_in(list(codes))).n_unique().over(gruppe) == len(codes)


def summe_gleich_gesamt(mass: str, dimension: str, schluessel: Sequence[str], toleranz_je_zelle: pl.Expr) -> pl.Expr:
    """On total rows: parts add up to the total, within the rounding each part and the total may carry; else null."""
    gruppe = [s for s in schluessel if s != dimension]
    zellen = pl.len().over(gruppe)
    abweichung = (teile(mass, dimension, schluessel) - pl.col(mass)).abs()
    return pl.when(pl.col(dimension) == GESAMT).then(abweichung <= toleranz_je_zelle * zellen + 1e-9)


def nur_erste_zeile(gilt: pl.Expr) -> pl.Expr:
    """A statement about the whole file, judged on its first row only."""
    return pl.when(pl.int_range(pl.len()) == 0).then(gilt)
