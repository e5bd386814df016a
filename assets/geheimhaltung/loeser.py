"""HiGHS behind two calls: a linear program over deviations from the true values, solved again and again.

One thread, fixed seed, no presolve: the same program gives the same solution, and a changed objective starts from the
last one.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import highspy
import numpy as np
from scipy import sparse

from assets.geheimhaltung.system import Maske, Nummern, Zahlen

GENAU = 1e-6
"""Feasibility and wholeness are judged to within this."""
_ANLAUF = 30
"""What it takes to begin with a program, in steps of the simplex."""
_KEINE = np.zeros(0, dtype=np.int64)


@contextmanager
def _stumm() -> Iterator[None]:
    """The solver greets on the file descriptor itself, before any option could forbid it."""
    sys.stdout.flush()
    gemerkt, nichts = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nichts, 1)
    try:
        yield
    finally:
        os.dup2(gemerkt, 1)
        os.close(gemerkt)
        os.close(nichts)


class Programm:
    """min kosten · d, subject to gleichungen @ d = 0 and unten <= d <= oben; all limits are finite."""

    def __init__(
        self,
        gleichungen: sparse.csr_array,
        unten: Zahlen,
        oben: Zahlen,
        ganz: Maske,
        verfahren: Literal["primal", "dual"] = "primal",
    ) -> None:
        spaltenweise = sparse.csc_array(gleichungen)
        self.breite = spaltenweise.shape[1]
        self._ganz = ganz
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.breite, spaltenweise.shape[0]
        lp.col_cost_ = np.zeros(self.breite)
        lp.col_lower_ = unten
        lp.col_upper_ = oben
        lp.row_lower_ = lp.row_upper_ = np.zeros(spaltenweise.shape[0])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = spaltenweise.indptr.astype(np.int32)
        lp.a_matrix_.index_ = spaltenweise.indices.astype(np.int32)
        lp.a_matrix_.value_ = spaltenweise.data
        with _stumm():
            self._highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver states no types here
        for option, wert in (
            ("output_flag", False),
            ("threads", 1),
            ("parallel", "off"),
            ("random_seed", 0),
            ("presolve", "off"),
            ("solver", "simplex"),
            ("simplex_strategy", 4 if verfahren == "primal" else 1),
            ("mip_rel_gap", 0.0),
        ):
            self._highs.setOptionValue(option, wert)
        self._highs.passModel(lp)
        self._unten, self._oben = unten.astype(float), oben.astype(float)
        self.arbeit = 0
        """Steps of the simplex so far, times columns: how long it took, but the same on every machine."""
        self._spalten = np.arange(self.breite, dtype=np.int32)

    def kosten(self, kosten: Zahlen) -> None:
        """Sets the whole objective."""
        self._highs.changeColsCost(self.breite, self._spalten, kosten)

    def kosten_einzeln(self, spalten: Nummern, kosten: Zahlen) -> None:
        """Sets the objective of some columns."""
        self._highs.changeColsCost(len(spalten), spalten.astype(np.int32), kosten)

    def grenzen(self, spalte: int, unten: float, oben: float) -> None:
        """Sets the limits of one column."""
        self._unten[spalte], self._oben[spalte] = unten, oben
        self._highs.changeColBounds(spalte, unten, oben)

    def loese(self) -> Zahlen | None:
        """The solution of the linear program; None if there is none."""
        self._highs.run()
        self.arbeit += (self._highs.getInfo().simplex_iteration_count + _ANLAUF) * self.breite
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.asarray(self._highs.getSolution().col_value)

    def loese_ganz(self, fest: Nummern = _KEINE) -> Zahlen | None:
        """The solution in whole numbers in which some columns stay as they are; None if there is none."""
        arten = np.array([highspy.HighsVarType.kInteger if g else highspy.HighsVarType.kContinuous for g in self._ganz])
        self._highs.changeColsIntegrality(self.breite, self._spalten, arten)
        self._highs.setOptionValue("presolve", "on")
        null = np.zeros(len(fest))
        self._highs.changeColsBounds(len(fest), fest.astype(np.int32), null, null)
        loesung = self.loese()
        self._highs.changeColsBounds(len(fest), fest.astype(np.int32), self._unten[fest], self._oben[fest])
        stetig = np.full(self.breite, highspy.HighsVarType.kContinuous)
        self._highs.changeColsIntegrality(self.breite, self._spalten, stetig)
        self._highs.setOptionValue("presolve", "off")
        return loesung


def ist_ganz(loesung: Zahlen, ganz: Maske) -> bool:
    """Are the columns that must be whole numbers whole?"""
    teil = loesung[ganz]
    return bool(np.all(np.abs(teil - np.round(teil)) <= GENAU))
