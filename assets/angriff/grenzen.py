"""Smallest and largest value of every cell in question, component by component.

What belongs here: which programs are solved, and what their solutions prove. What does not: the solver, the verdict.

A whole solution is a table that could be the true one, a witness for all cells at once: it widens the interval that
occurs (`zeuge_lo`, `zeuge_hi`). A linear program bounds it from outside (`lo`, `hi`); where both
meet, a bound is exact. Most cells are settled together: first by propagation, then by random objectives over all open
ones, whose fractional vertices are made whole near their fractions; only what is still open is asked one by one, and
only until the verdict is certain.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from assets.angriff.einengen import enge_ein
from assets.angriff.programm import Programm
from assets.angriff.system import Feld, Maske, System
from assets.angriff.urteil import Massstab

GENAU = 1e-6
ZUFALLSZIELE = 30
VERGEBLICHE = 2
"""Random objectives in a row that settle nothing before cells are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Spannen:
    """Per variable: the bounds proven from outside, and the least and largest value of all witnesses."""

    lo: Feld
    hi: Feld
    zeuge_lo: Feld
    zeuge_hi: Feld
    widerspruch: tuple[int, ...] = ()

    def genau(self) -> Maske:
        """Variables whose lo and hi both occur."""
        return _trifft(self.zeuge_lo, self.lo) & _trifft(self.zeuge_hi, self.hi)


def _trifft(zeuge: Feld, ende: Feld) -> Maske:
    """Whether a value that occurs is the end, up to the noise of the solver."""
    endlich = np.isfinite(zeuge) & np.isfinite(ende)
    a, b = np.where(endlich, zeuge, 0.0), np.where(endlich, ende, 0.0)
    nah: Maske = (endlich & (np.abs(a - b) <= GENAU * np.maximum(1.0, np.abs(b)))) | (zeuge == ende)
    return nah


def suche_grenzen(
    system: System, massstab: Massstab, *, alle_genau: bool, bekannt: dict[int, float] | None = None
) -> Spannen:
    """Bounds of all variables that are judged.

    `alle_genau`: both exact ends of every withheld cell; else programs stop where witnesses prove a cell safe.
    `bekannt`: values that the attacker knows from elsewhere, by variable.
    """
    lo, hi = (system.variablen[s].to_numpy().copy() for s in ("lo", "hi"))
    for variable, wert in (bekannt or {}).items():
        if not lo[variable] - GENAU <= wert <= hi[variable] + GENAU:
            betroffen = np.unique(system.matrix[:, [variable]].nonzero()[0])
            return Spannen(lo, hi, hi, lo, tuple(int(z) for z in betroffen))
        lo[variable] = hi[variable] = wert
    zeilen = (system.zeile_lo, system.zeile_hi)
    eng = enge_ein(system.matrix, zeilen, (lo, hi), system.ganz)
    fest = eng.hi - eng.lo <= GENAU
    spannen = Spannen(eng.lo, eng.hi, np.where(fest, eng.lo, np.inf), np.where(fest, eng.hi, -np.inf), eng.widerspruch)
    if eng.widerspruch:
        return spannen
    matrix, rest = _rest(system.matrix, zeilen, (eng.lo, eng.hi), fest)
    frei = np.diff(matrix.tocsc().indptr) == 0
    spannen.zeuge_lo[frei], spannen.zeuge_hi[frei] = eng.lo[frei], eng.hi[frei]
    widerspruch: list[int] = []
    for nummern, spalten in _komponenten(matrix.tocsr(), massstab.ziel):
        teil = _Teil(
            matrix[nummern][:, spalten].tocsc(), (rest[0][nummern], rest[1][nummern]), spalten, system, massstab
        )
        if not teil.untersuche(spannen, alle_genau=alle_genau):
            widerspruch += [int(z) for z in nummern[teil.programm.verletzte()]]
    return Spannen(spannen.lo, spannen.hi, spannen.zeuge_lo, spannen.zeuge_hi, tuple(widerspruch))


def _rest(
    matrix: sparse.csr_matrix, zeilen: tuple[Feld, Feld], grenzen: tuple[Feld, Feld], fest: Maske
) -> tuple[sparse.csr_matrix, tuple[Feld, Feld]]:
    """The rows without what is known already; rows that hold anyway are emptied."""
    konstante = matrix @ np.where(fest, grenzen[0], 0.0)
    rest = matrix @ sparse.diags((~fest).astype(float), format="csr")
    zeile_lo, zeile_hi = zeilen[0] - konstante, zeilen[1] - konstante
    # Only inequalities can hold anyway: an equation with an unknown never does.
    ungleich = np.isinf(zeile_lo) | np.isinf(zeile_hi)
    plus, minus = rest.maximum(0), rest.minimum(0)
    lo, hi = np.where(fest, 0.0, grenzen[0]), np.where(fest, 0.0, np.minimum(grenzen[1], 1e300))
    kleinste, groesste = plus @ lo + minus @ hi, plus @ hi + minus @ lo
    gilt = ungleich & (kleinste >= zeile_lo) & (groesste <= zeile_hi)
    rest = sparse.diags((~gilt).astype(float), format="csr") @ rest
    rest.eliminate_zeros()
    return rest, (zeile_lo, zeile_hi)


def _komponenten(matrix: sparse.csr_matrix, ziel: Maske) -> Iterator[tuple[Feld, Feld]]:
    """Rows and columns of each connected part that has a cell in question."""
    zeilen = matrix.shape[0]
    graph = sparse.bmat([[None, matrix], [matrix.T, None]], format="csr")
    _, marke = csgraph.connected_components(graph, directed=False)
    knoten = np.argsort(marke, kind="stable")
    for gruppe in np.split(knoten, np.flatnonzero(np.diff(marke[knoten])) + 1):
        teil = gruppe[gruppe >= zeilen] - zeilen
        if len(gruppe) > 1 and len(teil) and ziel[teil].any():
            yield gruppe[gruppe < zeilen], teil


class _Teil:
    """One component: its program, and its slice of the spans."""

    def __init__(
        self,
        matrix: sparse.csc_matrix,
        zeilen: tuple[Feld, Feld],
        spalten: Feld,
        system: System,
        massstab: Massstab,
    ) -> None:
        self.matrix, self.zeilen, self.spalten = matrix, zeilen, spalten
        self.ganz = system.ganz[spalten]
        self.massstab = massstab.teil(spalten)

    def untersuche(self, spannen: Spannen, *, alle_genau: bool) -> bool:
        """Fills the spans of the component; False where no table agrees with what was published."""
        self.lo, self.hi = spannen.lo[self.spalten], spannen.hi[self.spalten]
        self.zeuge_lo, self.zeuge_hi = spannen.zeuge_lo[self.spalten], spannen.zeuge_hi[self.spalten]
        self.programm = Programm(self.matrix, self.zeilen, (self.lo, self.hi), self.ganz)
        keine = np.zeros(len(self.spalten))
        erste = self.programm.loese(keine)
        if erste is None:
            return False
        self._merke(erste, keine)
        self._probiere()
        moeglich = True
        for i in np.flatnonzero(self.massstab.ziel):
            # There may be thousands of cells in no table; what matters about them is only whether they are unsafe.
            genau = alle_genau and not self.massstab.nebenbei[i]
            moeglich &= self._bestimme(int(i), genau=genau)
        for name in ("lo", "hi", "zeuge_lo", "zeuge_hi"):
            getattr(spannen, name)[self.spalten] = getattr(self, name)
        return moeglich

    def _offen(self, wer: Feld) -> Maske:
        """Which of these cells are judged and not yet shown to be safe."""
        m, lo, hi = self.massstab.teil(wer), self.zeuge_lo[wer], self.zeuge_hi[wer]
        belegt = m.sicher(lo, hi, self.hi[wer]) & (lo <= hi)
        offen: Maske = m.ziel & ~belegt & ~m.nicht_klein(self.lo[wer])
        return offen

    def _ungewiss(self) -> Maske:
        """Open cells about which there is something left to find out."""
        bekannt = _trifft(self.zeuge_lo, self.lo) & _trifft(self.zeuge_hi, self.hi)
        ungewiss: Maske = self._offen(np.arange(len(self.spalten))) & ~bekannt
        return ungewiss

    def _probiere(self) -> None:
        """Random objectives over all open cells at once: most are proven safe by a few witnesses.

        A cell that nobody withheld is safe as soon as it can be zero, hence is only made small.
        """
        zufall = np.random.default_rng(1)
        nur_kleiner = self.massstab.nebenbei & (self.lo <= GENAU)
        offene = [self._ungewiss()]
        while offene[-1].any() and len(offene) <= ZUFALLSZIELE:
            if len(offene) > VERGEBLICHE and offene[-1].sum() == offene[-1 - VERGEBLICHE].sum():
                return
            richtung = np.where(nur_kleiner, -1.0, zufall.choice([-1.0, 1.0], len(nur_kleiner)))
            kosten = np.where(offene[-1], richtung * (1 - zufall.random(len(richtung))), 0.0)
            x = self.programm.loese(kosten)
            if x is not None:
                self._merke(x, kosten)
            offene.append(self._ungewiss())

    def _merke(self, x: Feld, kosten: Feld) -> None:
        zeuge = self.programm.ganzer_zeuge(x, kosten)
        if zeuge is not None:
            self.zeuge_lo = np.minimum(self.zeuge_lo, zeuge)
            self.zeuge_hi = np.maximum(self.zeuge_hi, np.where(zeuge >= self.programm.unendlich_ab, np.inf, zeuge))

    def _bestimme(self, i: int, *, genau: bool) -> bool:
        """Both ends of one cell as far as they matter: linear first, then in whole numbers; False: nothing fits."""
        richtungen = (-1.0, 1.0) if self.massstab.nebenbei[i] else (1.0, -1.0)
        for finde in (self._linear, self._ganzzahlig):
            for richtung in richtungen:
                if not genau and not self._offen(np.array([i]))[0]:
                    return True
                kosten = np.zeros(len(self.spalten))
                kosten[i] = richtung
                if not self._erreicht(i, richtung) and not finde(i, richtung, kosten):
                    return False
        return True

    def _linear(self, i: int, richtung: float, kosten: Feld) -> bool:
        x = self.programm.loese(kosten)
        if x is None:
            return False
        self._begrenze(i, richtung, richtung * float(x[i]))
        self._merke(x, kosten)
        return True

    def _ganzzahlig(self, i: int, richtung: float, kosten: Feld) -> bool:
        x, schranke = self.programm.loese_ganzzahlig(kosten)
        if x is None and schranke == -np.inf:
            return False
        self._begrenze(i, richtung, schranke)
        if x is not None:
            self._merke(x, kosten)
        return True

    def _erreicht(self, i: int, richtung: float) -> bool:
        ende, zeuge = (self.hi, self.zeuge_hi) if richtung > 0 else (self.lo, self.zeuge_lo)
        return bool(_trifft(zeuge[[i]], ende[[i]])[0])

    def _begrenze(self, i: int, richtung: float, schranke: float) -> None:
        """Takes over a proven bound of richtung · x."""
        if richtung > 0 and schranke < self.programm.unendlich_ab:
            neu = np.floor(schranke + GENAU) if self.ganz[i] else schranke
            self.hi[i] = min(self.hi[i], neu)
        elif richtung < 0:
            neu = np.ceil(-schranke - GENAU) if self.ganz[i] else -schranke
            self.lo[i] = max(self.lo[i], neu)
