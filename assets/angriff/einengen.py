"""Narrows bounds row by row until nothing moves: cheap, exact for whole numbers, and most cells are settled by it.

What belongs here: bound propagation. What does not: linear programs.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from assets.angriff.system import Feld, Maske

GENAU = 1e-6
HOECHSTENS_RUNDEN = 200
"""Propagation may creep by one count per round; the linear programs finish what is left."""


@dataclass(frozen=True, slots=True)
class Eingeengt:
    """Bounds that hold for all tables in question; `widerspruch`: rows that cannot hold."""

    lo: Feld
    hi: Feld
    widerspruch: tuple[int, ...] = ()


def enge_ein(
    matrix: sparse.csr_matrix, zeilen: tuple[Feld, Feld], grenzen: tuple[Feld, Feld], ganz: Maske
) -> Eingeengt:
    """Tightens `grenzen` (lo, hi per variable) by the rows zeilen[0] ≤ matrix · x ≤ zeilen[1]."""
    koordinaten = matrix.tocoo()
    rechner = _Rechner(koordinaten.row, koordinaten.col, koordinaten.data, *zeilen)
    lo, hi = grenzen[0].copy(), grenzen[1].copy()
    for _ in range(HOECHSTENS_RUNDEN):
        unten, oben = rechner.reichweiten(lo, hi)
        if falsch := rechner.unmoegliche(unten, oben):
            return Eingeengt(lo, hi, falsch)
        neu_lo, neu_hi = rechner.vorschlaege(lo, hi, unten, oben)
        neu_lo = np.where(ganz, np.ceil(neu_lo - GENAU), neu_lo)
        neu_hi = np.where(ganz, np.floor(neu_hi + GENAU), neu_hi)
        if leer := rechner.zeilen_mit(neu_lo > neu_hi + GENAU):
            return Eingeengt(lo, hi, leer)
        # Sums of decimals carry rounding noise, which must not count as a gain or cross the bounds.
        steht = (neu_lo <= lo + GENAU) & (neu_hi >= hi - GENAU)
        lo, hi = np.where(neu_lo > lo + GENAU, neu_lo, lo), np.where(neu_hi < hi - GENAU, neu_hi, hi)
        hi = np.maximum(lo, hi)
        if steht.all():
            break
    return Eingeengt(lo, hi)


@dataclass(frozen=True, slots=True)
class _Reichweite:
    """Smallest (or largest) sum of each row: the finite part, and how many terms are infinite."""

    endlich: Feld
    unendliche: Feld
    je_glied: Feld

    def ohne_glied(self, zeile: Feld, vorzeichen: float) -> Feld:
        ist_unendlich = np.isinf(self.je_glied)
        andere = self.unendliche[zeile] - ist_unendlich
        rest = self.endlich[zeile] - np.where(ist_unendlich, 0.0, self.je_glied)
        return np.where(andere > 0, vorzeichen * np.inf, rest)

    def ganze(self, vorzeichen: float) -> Feld:
        return np.where(self.unendliche > 0, vorzeichen * np.inf, self.endlich)


class _Rechner:
    def __init__(self, zeile: Feld, spalte: Feld, faktor: Feld, zeile_lo: Feld, zeile_hi: Feld) -> None:
        self.zeile, self.spalte, self.faktor = zeile[faktor != 0], spalte[faktor != 0], faktor[faktor != 0]
        self.zeile_lo, self.zeile_hi = zeile_lo, zeile_hi
        # Noise of sums of decimals grows with their size.
        self.genau = GENAU * np.maximum(1.0, np.bincount(zeile, np.abs(faktor), len(zeile_lo)))

    def _reichweite(self, je_glied: Feld) -> _Reichweite:
        n = len(self.zeile_lo)
        ist_unendlich = np.isinf(je_glied)
        return _Reichweite(
            np.bincount(self.zeile, np.where(ist_unendlich, 0.0, je_glied), n),
            np.bincount(self.zeile, ist_unendlich, n),
            je_glied,
        )

    def reichweiten(self, lo: Feld, hi: Feld) -> tuple[_Reichweite, _Reichweite]:
        steigt = self.faktor > 0
        a, b = lo[self.spalte], hi[self.spalte]
        return (
            self._reichweite(self.faktor * np.where(steigt, a, b)),
            self._reichweite(self.faktor * np.where(steigt, b, a)),
        )

    def unmoegliche(self, unten: _Reichweite, oben: _Reichweite) -> tuple[int, ...]:
        spiel = self.genau + 1e-9 * np.abs(np.where(np.isfinite(self.zeile_lo), unten.endlich, 0.0))
        falsch = (unten.ganze(-1) > self.zeile_hi + spiel) | (oben.ganze(1) < self.zeile_lo - spiel)
        return tuple(int(z) for z in np.flatnonzero(falsch))

    def zeilen_mit(self, spalten: Maske) -> tuple[int, ...]:
        return tuple(int(z) for z in np.unique(self.zeile[spalten[self.spalte]]))

    def vorschlaege(self, lo: Feld, hi: Feld, unten: _Reichweite, oben: _Reichweite) -> tuple[Feld, Feld]:
        hoechstens = self.zeile_hi[self.zeile] - unten.ohne_glied(self.zeile, -1)
        mindestens = self.zeile_lo[self.zeile] - oben.ohne_glied(self.zeile, 1)
        steigt = self.faktor > 0
        obere = np.where(steigt, hoechstens, mindestens) / self.faktor
        untere = np.where(steigt, mindestens, hoechstens) / self.faktor
        neu_lo, neu_hi = lo.copy(), hi.copy()
        np.maximum.at(neu_lo, self.spalte, untere)
        np.minimum.at(neu_hi, self.spalte, obere)
        return neu_lo, neu_hi
