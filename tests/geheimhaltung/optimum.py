"""The cheapest pattern there is, proven: what the suppression is measured against. Too slow for anything else.

An integer program says which visible cells are withheld; readers say, by the duals of the programs they narrow cells
down with, what it overlooked (Benders cuts: Fischetti and Salazar, Management Science 47, 2001). It asks for real
numbers where the suppression asks for whole tables, so its optimum is a bound from below.
"""

import time
from dataclasses import dataclass, field

import highspy
import numpy as np
import numpy.typing as npt
from scipy import sparse

from assets.geheimhaltung.system import Lage, System

GENAU = 1e-5
WEIT = 1e4
Zahlen = npt.NDArray[np.float64]


@dataclass
class Optimum:
    """`schranke`: the least weight of further withheld cells, or a bound of it; `gesperrt`: which, if it is proven."""

    schranke: float
    bewiesen: bool
    gesperrt: npt.NDArray[np.int64]
    schnitte: int = 0


def optimum(system: System, gewicht: Zahlen, sekunden: float) -> Optimum:
    """The cheapest pattern of a system of counts; only a bound where the time does not suffice."""
    return _Suche(system, gewicht, sekunden).fuehre_aus()


def _stiller_loeser() -> highspy.Highs:
    loeser = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver states no types here
    loeser.setOptionValue("output_flag", False)
    loeser.setOptionValue("threads", 1)
    return loeser


def _lade(
    loeser: highspy.Highs, matrix: sparse.csc_array, spalten: tuple[Zahlen, Zahlen, Zahlen], unten: Zahlen
) -> None:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = matrix.shape[1], matrix.shape[0]
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = spalten
    lp.row_lower_ = unten
    lp.row_upper_ = np.where(unten == 0, 0.0, highspy.kHighsInf)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data
    loeser.passModel(lp)


class _Leser:
    """Narrows cells down, given how far every cell may deviate; says by duals why it goes no further."""

    def __init__(self, system: System, spalten: npt.NDArray[np.int64]) -> None:
        self._matrix = sparse.csc_array(system.gleichungen[:, spalten])
        self.runter = np.maximum(system.wert - system.unten, 0.0)[spalten]
        self._n = len(spalten)
        self._loeser = _stiller_loeser()
        self._loeser.setOptionValue("presolve", "off")
        self._loeser.setOptionValue("simplex_strategy", 4)
        null = np.zeros(self._n)
        _lade(self._loeser, self._matrix, (null, null, null), np.zeros(self._matrix.shape[0]))
        self._nummern = np.arange(self._n, dtype=np.int32)

    def erlaube(self, anteil: Zahlen) -> None:
        """How much of the way every cell may go."""
        self._loeser.changeColsBounds(self._n, self._nummern, -self.runter * anteil, WEIT * anteil)

    def weiteste(self, spalte: int, richtung: float) -> tuple[float, Zahlen, Zahlen]:
        """How far a cell deviates; per cell how much of this rests on it; and a table in which it does."""
        self._loeser.changeColCost(spalte, -richtung)
        self._loeser.run()
        assert self._loeser.getModelStatus() == highspy.HighsModelStatus.kOptimal
        loesung = self._loeser.getSolution()
        self._loeser.changeColCost(spalte, 0.0)
        kosten = np.zeros(self._n)
        kosten[spalte] = richtung
        rest = kosten + self._matrix.T @ np.array(loesung.row_dual)
        rest[np.abs(rest) < 1e-9] = 0.0
        abweichung = np.array(loesung.col_value)
        stuetzen = WEIT * np.maximum(rest, 0) + self.runter * np.maximum(-rest, 0)
        return float(richtung * abweichung[spalte]), stuetzen, abweichung


@dataclass
class _Suche:
    system: System
    gewicht: Zahlen
    sekunden: float
    spalten: npt.NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        s = self.system
        assert s.ganz.all()
        assert (s.lage != Lage.INTERN).all()
        self.spalten = np.flatnonzero(s.lage != Lage.BEKANNT)
        self._ende = time.monotonic() + self.sekunden
        self._fest = s.lage[self.spalten] == Lage.GESPERRT
        self._leser = _Leser(s, self.spalten)
        self._kosten = np.where(self._fest, 0.0, self.gewicht[self.spalten])
        self._schnitte: list[tuple[Zahlen, float]] = []
        self._n = len(self.spalten)

    def fuehre_aus(self) -> Optimum:
        schranke, x = 0.0, self._fest.astype(float)
        ganz = False
        while time.monotonic() < self._ende:
            neu = self._schneide(x, ganz=ganz)
            if not neu and ganz:
                gesperrt = self.spalten[(x > 0.5) & ~self._fest]
                return Optimum(schranke, True, gesperrt, len(self._schnitte))
            ganz = ganz or not neu
            schranke, x, fertig = self._master(ganz=ganz)
            if not fertig:
                break
        return Optimum(schranke, False, np.zeros(0, dtype=np.int64), len(self._schnitte))

    def _master(self, *, ganz: bool) -> tuple[float, Zahlen, bool]:
        loeser = _stiller_loeser()
        matrix = sparse.csc_array(np.array([a for a, _ in self._schnitte])) if self._schnitte else None
        if matrix is None:
            return 0.0, self._fest.astype(float), True
        unten = np.array([b for _, b in self._schnitte])
        _lade(loeser, matrix, (self._kosten, self._fest.astype(float), np.ones(self._n)), unten)
        if ganz:
            loeser.changeColsIntegrality(
                self._n, np.arange(self._n, dtype=np.int32), np.full(self._n, highspy.HighsVarType.kInteger)
            )
            loeser.setOptionValue("mip_rel_gap", 1e-6)
            loeser.setOptionValue("time_limit", max(1.0, self._ende - time.monotonic()))
        loeser.run()
        info = loeser.getInfo()
        fertig = loeser.getModelStatus() == highspy.HighsModelStatus.kOptimal
        x = np.clip(np.array(loeser.getSolution().col_value), 0, 1)
        schranke = info.mip_dual_bound if ganz else info.objective_function_value
        return float(schranke), np.round(x) if ganz else x, fertig

    def _schneide(self, x: Zahlen, *, ganz: bool) -> int:
        """Adds what readers know too well; of the cells that are not small only where the pattern is a whole one."""
        self._leser.erlaube(x)
        vorher = len(self._schnitte)
        s, c = self.system, self.spalten
        for i in np.flatnonzero(x > 0.5 if ganz else self._fest):
            wert, k = s.wert[c[i]], s.k[c[i]]
            rauf, stuetzen_rauf, _ = self._leser.weiteste(int(i), 1.0)
            if rauf < k - wert - GENAU:
                self._fuege_an(stuetzen_rauf, k - wert)
            runter, stuetzen_runter, tabelle = self._leser.weiteste(int(i), -1.0)
            if rauf + runter >= k - 1 - GENAU or wert - runter >= k - GENAU:
                continue
            if self._fest[i]:
                self._fuege_an(stuetzen_rauf + stuetzen_runter, k - 1)
            else:
                self._fuege_bedingt_an(stuetzen_rauf + stuetzen_runter, k - 1, int(i), np.abs(tabelle) > GENAU)
        return len(self._schnitte) - vorher

    def _fuege_an(self, stuetzen: Zahlen, noetig: float) -> None:
        schnitt = np.minimum(stuetzen / noetig, 1.0)
        schnitt[schnitt < 1e-7] = 0.0
        self._schnitte.append((schnitt, 1.0))

    def _fuege_bedingt_an(self, stuetzen: Zahlen, noetig: float, spalte: int, traeger: npt.NDArray[np.bool_]) -> None:
        """A cell that is not small needs it only if it is withheld, and only while it can be small."""
        schnitt = np.minimum(stuetzen / noetig, 1.0)
        schnitt[schnitt < 1e-7] = 0.0
        gemeint = traeger & ~self._fest
        gemeint[spalte] = True
        schnitt[gemeint] -= 1.0
        self._schnitte.append((schnitt, 1.0 - float(gemeint.sum())))
