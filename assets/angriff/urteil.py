"""The verdict on a cell, from the interval that an attacker can prove.

What belongs here: the property and its exceptions. What does not: how intervals come about.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from assets.angriff.system import Feld, Maske, System

GENAU = 1e-6


class Urteil(StrEnum):
    """Verdict on a cell that was withheld, or that nobody published."""

    SICHER = "sicher"
    NICHT_KLEIN = "nicht_klein"
    UNSICHER = "unsicher"


class Grund(StrEnum):
    """Why a cell is unsafe."""

    EXAKT = "exakt"
    KLEIN = "klein"
    SCHMAL = "schmal"
    UNBEWIESEN = "unbewiesen"


@dataclass(frozen=True, slots=True)
class Massstab:
    """The rule of each variable as arrays: `ziel` (is judged), `nebenbei` (was not withheld), and its parameters."""

    ziel: Maske
    nebenbei: Maske
    summe: Maske
    k: Feld
    breite: Feld
    anteil: Feld

    def sicher(self, lo: Feld, hi: Feld, groesstes: Feld) -> Maske:
        """Whether an interval keeps the property; `groesstes` is the largest value that cannot be excluded.

        True of an interval that does occur, it is true of every wider one as well. A cell that nobody withheld may be
        zero, and nothing is lost while zero is possible.
        """
        spanne = np.where(np.isinf(hi), np.inf, hi - np.where(np.isinf(hi), 0.0, lo))
        weit = (hi >= self.k - GENAU) & (spanne >= self.breite - GENAU)
        anteilig = np.isinf(hi) | (~np.isinf(groesstes) & (spanne >= self.anteil * groesstes) & (spanne > GENAU))
        return np.where(self.summe, anteilig, weit) | (self.nebenbei & (lo <= GENAU))

    def nicht_klein(self, lo: Feld) -> Maske:
        """Whether the value cannot be small; sums have no such exception."""
        return ~self.summe & (lo >= self.k - GENAU)

    def teil(self, auswahl: Feld) -> "Massstab":
        """The rules of some of the variables."""
        return Massstab(*(getattr(self, f)[auswahl] for f in ("ziel", "nebenbei", "summe", "k", "breite", "anteil")))


def massstab(system: System, *, nebenbei: bool) -> Massstab:
    """Who is judged by what. `nebenbei`: also cells that were rounded or that no table lists.

    Of the latter those count that the closed hierarchies make variables (see `belang` for those they do not): parts
    and totals in a sum with published cells. They are unsafe only where they are proven to be narrow. One that is tied
    to nothing uncertain is settled by propagation; one that can be zero or is without upper bound is safe by the rule.
    """
    masse = system.raum.codes[0]
    nummer = (system.variablen["schluessel"] % len(masse)).to_numpy()
    regeln = [system.regeln.get(m) for m in masse]
    gesperrt = system.variablen["gesperrt"].fill_null(value=False).to_numpy()
    gelistet = system.variablen["gesperrt"].is_not_null().to_numpy()
    gerundet = system.variablen["gerundet"].fill_null(value=False).to_numpy()
    # No sum is small by itself: what is asked of sums is asked of those that somebody withheld.
    gezaehlt = np.array([r is not None and r.art != "summe" for r in regeln])[nummer]
    unbeachtet = gezaehlt & ~gesperrt & (gerundet | ~gelistet)
    return Massstab(
        ziel=gesperrt | (unbeachtet & nebenbei),
        nebenbei=unbeachtet,
        summe=np.array([r is not None and r.art == "summe" for r in regeln])[nummer],
        k=np.array([float(r.k) if r else 0.0 for r in regeln])[nummer],
        breite=np.array([float(r.breite) if r else 0.0 for r in regeln])[nummer],
        anteil=np.array([r.p_prozent / 100 if r else 0.0 for r in regeln])[nummer],
    )


def urteile(m: Massstab, lo: Feld, hi: Feld, bewiesen: Maske) -> list[tuple[Urteil, Grund | None]]:
    """Verdict and reason per variable; `bewiesen`: lo and hi do occur, so that a wide interval is no mere bound.

    A withheld cell must be proven safe, a cell that nobody withheld must be proven narrow.
    """
    sicher, nicht_klein = m.sicher(lo, hi, hi), m.nicht_klein(lo)
    exakt, klein = hi - np.where(np.isinf(hi), 0.0, lo) <= GENAU, ~m.summe & (hi < m.k - GENAU)
    ergebnis: list[tuple[Urteil, Grund | None]] = []
    for i in range(len(lo)):
        if nicht_klein[i] and not (sicher[i] and bewiesen[i]):
            ergebnis.append((Urteil.NICHT_KLEIN, None))
        elif sicher[i]:
            ergebnis.append(
                (Urteil.SICHER, None) if bewiesen[i] or m.nebenbei[i] else (Urteil.UNSICHER, Grund.UNBEWIESEN)
            )
        else:
            grund = Grund.EXAKT if exakt[i] else Grund.KLEIN if klein[i] else Grund.SCHMAL
            ergebnis.append((Urteil.UNSICHER, grund))
    return ergebnis
