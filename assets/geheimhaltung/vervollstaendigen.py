"""Values that fit the equations for quantities nobody told us: what the source withholds, what is only formed."""

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from assets.geheimhaltung.system import Maske, Nummern, System, Tabellenfehler, Zahlen, zusammenhaenge

RUNDUNG = 0.051
"""Sums are given to one decimal at least: every figure in an equation may be off by this."""


def vervollstaendige(system: System) -> None:
    """Fills in the values that are missing.

    Raises:
        Tabellenfehler: figures do not add up, or a withheld one would have to be zero.
    """
    spiel = _spiel(system)
    _setze_eindeutige(system)
    fehlend = np.flatnonzero(np.isnan(system.wert))
    bekannt = np.nan_to_num(system.wert)
    for spalten, zeilen in zusammenhaenge(system.gleichungen, fehlend):
        links = system.gleichungen[zeilen][:, spalten]
        rechts = -(system.gleichungen[zeilen] @ bekannt)
        loesung = milp(
            np.zeros(len(spalten)),
            integrality=system.ganz[spalten],
            bounds=Bounds(system.unten[spalten], np.inf),
            constraints=[LinearConstraint(links, rechts - spiel[zeilen], rechts + spiel[zeilen])]
            if len(zeilen)
            else [],
        )
        if loesung.x is None:
            raise Tabellenfehler(_widerspruch(system, zeilen[:1]))
        system.wert[spalten] = np.where(system.ganz[spalten], np.round(loesung.x), loesung.x)
    _pruefe(system, spiel)


def _spiel(system: System) -> Zahlen:
    """How far an equation may be off; counts add up exactly."""
    return np.asarray(abs(system.gleichungen) @ np.where(system.ganz, 0.0, RUNDUNG)) + 1e-6


def _setze_eindeutige(system: System) -> None:
    """A value that is alone unknown in an equation is known."""
    g = system.gleichungen
    muster = sparse.csr_array((np.ones(g.nnz), g.indices, g.indptr), shape=g.shape)
    while True:
        fehlt: Maske = np.isnan(system.wert)
        zeilen = np.flatnonzero(muster @ fehlt.astype(float) == 1)
        if not len(zeilen):
            return
        auswahl = system.gleichungen[zeilen]
        rest = auswahl @ np.nan_to_num(system.wert)
        fuer = sparse.coo_array(auswahl * fehlt[None, :])
        fuer.eliminate_zeros()
        neu = -rest[fuer.coords[0]] / fuer.data
        spalten = fuer.coords[1]
        # Rounding of sums may leave a little less than nothing.
        system.wert[spalten] = np.where(system.ganz[spalten], neu, np.maximum(neu, np.minimum(0.0, neu + RUNDUNG * 40)))


def _pruefe(system: System, spiel: Zahlen) -> None:
    falsch = np.flatnonzero(np.abs(system.gleichungen @ system.wert) > spiel)
    if len(falsch):
        raise Tabellenfehler(_widerspruch(system, falsch))
    zu_klein = np.flatnonzero(system.geraten & system.ganz & (system.wert < system.unten - 1e-6))
    if len(zu_klein):
        codes = system.groessen[zu_klein[0]].codes
        raise Tabellenfehler(
            f"{len(zu_klein)} Zellen, die nicht gezeigt werden, ergäben sich als zu klein, zuerst {_name(codes)}"
        )


def _widerspruch(system: System, zeilen: Nummern) -> str:
    ganzes = system.groessen[system.zeilen[int(zeilen[0])][0][0]].codes
    return f"{len(zeilen)} Summen gehen nicht auf, zuerst {_name(ganzes)}"


def _name(codes: tuple[str, ...]) -> str:
    return " ".join(c for c in codes if c != "T") or "das Insgesamt"
