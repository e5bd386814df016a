"""One linear program in HiGHS whose objective changes: the last solution is the start of the next.

What belongs here: talking to the solver. What does not: which questions are asked.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import highspy
import numpy as np
from scipy import sparse

from assets.angriff.system import Feld, Maske

GENAU = 1e-6
SEKUNDEN_GANZZAHLIG = 60.0
"""A program in whole numbers that takes longer counts as not proven."""
PRIMAL = 4
KNOTEN_NACHBARN = 100
WEITESTE_NACHBARN = 3
GROESSTE_NACHBARSCHAFT = 6000
"""How hard a whole solution near a fractional one is looked for: rows away from the fractions, columns, nodes."""


@contextmanager
def _still() -> Iterator[None]:
    """Keeps the solver's banner off the standard output, where a report may be on its way to another program.

    It is printed past Python, and before an option could forbid it.
    """
    sys.stdout.flush()
    ausgang = os.dup(1)
    with open(os.devnull, "wb") as nichts:  # noqa: PTH123  # a device, not a path
        os.dup2(nichts.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(ausgang, 1)
        os.close(ausgang)


class Programm:
    """max c · x over zeile_lo ≤ matrix · x ≤ zeile_hi, lo ≤ x ≤ hi."""

    def __init__(
        self, matrix: sparse.csc_matrix, zeilen: tuple[Feld, Feld], grenzen: tuple[Feld, Feld], ganz: Maske
    ) -> None:
        self.matrix, self.zeilen, self.ganz = matrix, zeilen, ganz
        endlich = np.concatenate([f[np.isfinite(f)] for f in (*zeilen, *grenzen)])
        self.deckel = max(1e6, 10 * float(np.abs(endlich).max(initial=0)))
        """Stands for infinity, so that no program is unbounded."""
        self.unendlich_ab = self.deckel / 2
        """A cell without bound stops where a total reaches `deckel`, hence a little below it."""
        self.lo, self.hi = grenzen[0], np.minimum(grenzen[1], self.deckel)
        self.spalten = np.arange(matrix.shape[1], dtype=np.int32)
        self.linear = self._neu()
        self.ganze_basis: highspy.HighsBasis | None = None
        """Where the next program starts: from whole vertices fractions arise near the cell in question only."""
        groesse = np.maximum(1.0, np.abs(matrix).max(axis=1).toarray().ravel()) if matrix.nnz else np.ones(0)
        self.spiel = GENAU * groesse

    def _neu(self) -> highspy.Highs:
        with _still():
            loeser = highspy.Highs()  # type: ignore[no-untyped-call]  # the solver states no types here
        loeser.setOptionValue("output_flag", False)
        loeser.setOptionValue("threads", 1)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.matrix.shape[1], self.matrix.shape[0]
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = self.lo, self.hi
        lp.row_lower_, lp.row_upper_ = self.zeilen
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = self.matrix.indptr.astype(np.int32)
        lp.a_matrix_.index_ = self.matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = self.matrix.data
        lp.sense_ = highspy.ObjSense.kMaximize
        loeser.passModel(lp)
        return loeser

    def loese(self, kosten: Feld) -> Feld | None:
        """The vertex where kosten · x is largest; None where there is no solution at all."""
        self.linear.changeColsCost(len(self.spalten), self.spalten, kosten)
        self.linear.run()
        if self.linear.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # A warm start can go astray numerically; only a fresh one may say that nothing fits.
            self.linear.clearSolver()
            self.linear.run()
        # A changed objective leaves the last vertex feasible: the primal simplex goes on from there. Only the first
        # program has to find one, which the solver does best in its own way.
        self.linear.setOptionValue("presolve", "off")
        self.linear.setOptionValue("simplex_strategy", PRIMAL)
        if self.linear.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        x = np.array(self.linear.getSolution().col_value)
        if self._ist_ganz(x):
            self.ganze_basis = self.linear.getBasis()
        elif self.ganze_basis is not None:
            self.linear.setBasis(self.ganze_basis)
        return x

    def _ist_ganz(self, x: Feld) -> bool:
        return bool(np.abs(np.rint(x) - x)[self.ganz].max(initial=0) <= GENAU)

    def loese_ganzzahlig(self, kosten: Feld, **grenzen: int) -> tuple[Feld | None, float]:
        """The best whole solution, None where the time did not suffice for any, and the proven bound of kosten · x."""
        # The solver's clock runs on between programs, hence a new one for each.
        loeser = self._neu()
        arten = [highspy.HighsVarType.kInteger if g else highspy.HighsVarType.kContinuous for g in self.ganz]
        loeser.changeColsIntegrality(len(self.spalten), self.spalten, np.array(arten))
        loeser.setOptionValue("mip_rel_gap", 0.0)
        loeser.setOptionValue("time_limit", SEKUNDEN_GANZZAHLIG)
        for name, wert in grenzen.items():
            loeser.setOptionValue(name, wert)
        loeser.changeColsCost(len(self.spalten), self.spalten, kosten)
        loeser.run()
        auskunft = loeser.getInfo()
        if loeser.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None, -np.inf
        gefunden = auskunft.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        x = np.array(loeser.getSolution().col_value) if gefunden else None
        return x, float(auskunft.mip_dual_bound)

    def ganzer_zeuge(self, x: Feld, kosten: Feld) -> Feld | None:
        """A whole solution near `x`, as good as may be for kosten · x; None where none is found near enough.

        A vertex of a large table has some fractions in one corner, and only there is anything rounded: whatever shares
        a row with them may move, the rest stays.
        """
        if (zeuge := self.als_zeuge(x)) is not None:
            return zeuge
        beweglich = self.ganz & (np.abs(x - np.rint(x)) > GENAU)
        for _ in range(WEITESTE_NACHBARN):
            beweglich = self._nachbarn(beweglich)
            if beweglich.sum() > GROESSTE_NACHBARSCHAFT:
                break
            if (zeuge := self._runde(x, kosten, beweglich)) is not None:
                return zeuge
        return None

    def _nachbarn(self, spalten: Maske) -> Maske:
        """Columns that share a row with some of these."""
        muster = abs(self.matrix)
        nachbarn: Maske = muster.T @ (muster @ spalten.astype(float)) > 0
        return nachbarn

    def _runde(self, x: Feld, kosten: Feld, beweglich: Maske) -> Feld | None:
        """A whole solution that differs from `x` in some columns only."""
        spalten, fest = np.flatnonzero(beweglich), np.where(self.ganz, np.rint(x), x)
        rest = self.matrix @ np.where(beweglich, 0.0, fest)
        teil = self.matrix[:, spalten].tocsr()
        zeilen = np.flatnonzero(np.diff(teil.indptr))
        nah = Programm(
            teil[zeilen].tocsc(),
            (self.zeilen[0][zeilen] - rest[zeilen], self.zeilen[1][zeilen] - rest[zeilen]),
            (self.lo[spalten], self.hi[spalten]),
            self.ganz[spalten],
        )
        ergaenzt, _ = nah.loese_ganzzahlig(kosten[spalten], mip_max_nodes=KNOTEN_NACHBARN)
        if ergaenzt is None:
            return None
        neu = fest.copy()
        neu[spalten] = ergaenzt
        return self.als_zeuge(neu)

    def verletzte(self) -> Feld:
        """Rows that must give way so that the others have a solution; all rows where only whole numbers have none."""
        zeilen, spalten = self.matrix.shape
        eins = sparse.identity(zeilen, format="csc")
        weich = Programm(
            sparse.hstack([self.matrix, eins, -eins], format="csc"),
            self.zeilen,
            (np.append(self.lo, np.zeros(2 * zeilen)), np.append(self.hi, np.full(2 * zeilen, np.inf))),
            np.append(self.ganz, np.zeros(2 * zeilen, dtype=bool)),
        )
        x = weich.loese(np.append(np.zeros(spalten), -np.ones(2 * zeilen)))
        nachgabe = np.zeros(zeilen) if x is None else x[spalten : spalten + zeilen] + x[spalten + zeilen :]
        falsch: Feld = np.flatnonzero(nachgabe > GENAU)
        return falsch if len(falsch) else np.arange(zeilen)

    def als_zeuge(self, x: Feld) -> Feld | None:
        """The solution with whole numbers where they belong, if it is one: such a table could be the true one."""
        gerundet = np.where(self.ganz, np.rint(x), x)
        if np.abs(gerundet - x).max(initial=0) > GENAU:
            return None
        summen = self.matrix @ gerundet
        if (summen < self.zeilen[0] - self.spiel).any() or (summen > self.zeilen[1] + self.spiel).any():
            return None
        return gerundet
