"""Shows again what was withheld for the sake of others and is not needed, or is replaced by something cheaper.

The steps before withhold more and more, each for one cell; what an early one withheld a later one may have made
superfluous. One cell after the other, the most valuable first, is shown for a try; the cells that rested on it are
secured in the cheapest way without it, and the try is kept if this costs less than the cell is worth.
"""

from collections.abc import Callable, Iterator

import numpy as np

from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.reparatur import Reparatur
from assets.geheimhaltung.system import Lage, Lagen, Maske, Nummern, System

_GENAU = 1e-9
_ARBEIT_JE_GROESSE, _ARBEIT = 20_000, 10_000_000
"""What may be spent on a part, in steps of the simplex times columns: two seconds or so at most."""

Umkreis = Callable[[System, int], Iterator[Nummern]]
"""Groups of quantities around one of them that may be shown together with it for a try."""


def _allein(_system: System, nummer: int) -> Iterator[Nummern]:
    yield np.array([nummer])


def _ringsum(system: System, nummer: int) -> Iterator[Nummern]:
    """All that share a sum with a withheld one beside it."""
    nachbarn = _glieder(system, _zeilen(system, np.array([nummer])))
    yield _glieder(system, _zeilen(system, nachbarn[system.beweglich[nachbarn]]))


def _zeilen(system: System, nummern: Nummern) -> Nummern:
    return np.unique(system.gleichungen[:, nummern].nonzero()[0])


def _glieder(system: System, zeilen: Nummern) -> Nummern:
    return np.unique(system.gleichungen[zeilen].indices)


class Nachlese:
    """Tries for one part of the system."""

    def __init__(self, system: System, intervalle: Intervalle, waehlbar: Maske) -> None:
        """`waehlbar`: quantities that may be shown as well as withheld."""
        self._system, self._intervalle, self._waehlbar = system, intervalle, waehlbar
        self._reparatur = Reparatur(system, intervalle, waehlbar)

    def lies_nach(self) -> None:
        """Tries until nothing is gained any more, or too much was spent."""
        gewonnen = True
        while gewonnen:
            gewonnen = False
            for umkreis in (_allein, _ringsum):
                gewonnen |= self._runde(umkreis)

    def _runde(self, umkreis: Umkreis) -> bool:
        """Tries every cell once; whether anything was gained."""
        s = self._system
        zweite = np.flatnonzero(self._waehlbar & (s.lage == Lage.GESPERRT))
        gelungen = False
        for nummer in zweite[np.argsort(-s.gewicht[zweite], kind="stable")]:
            for gruppe in umkreis(s, int(nummer)):
                if self._reparatur.arbeit > min(_ARBEIT_JE_GROESSE * len(s), _ARBEIT):
                    return False
                gelungen |= self._versuche(int(nummer), gruppe)
        return gelungen

    def _versuche(self, nummer: int, gruppe: Nummern) -> bool:
        """Shows a group of cells for a try, one of them for good."""
        s, intervalle, reparatur = self._system, self._intervalle, self._reparatur
        if s.lage[nummer] != Lage.GESPERRT:
            return False
        gruppe = gruppe[self._waehlbar[gruppe] & (s.lage[gruppe] == Lage.GESPERRT)]
        vorher, bewiesen = s.lage.copy(), intervalle.bewiesen.copy()
        reparatur.stelle(gruppe, Lage.SICHTBAR)
        reparatur.halte_fest(nummer)
        intervalle.erneuere()
        gelungen = self._sichere_alle(float(s.gewicht[gruppe].sum()), _glieder(s, _zeilen(s, gruppe)))
        reparatur.lass_los(nummer)
        if not gelungen:
            self._stelle_wieder_her(vorher)
            intervalle.bewiesen = bewiesen
        return gelungen

    def _sichere_alle(self, hoechstens: float, zuerst: Nummern) -> bool:
        """Secures every cell for less than this; those come first where it is most likely to fail."""
        rest = hoechstens - _GENAU
        while len(unsichere := self._intervalle.unsichere()):
            nahe = np.isin(unsichere, zuerst)
            nummer = int(unsichere[np.lexsort((self._system.wert[unsichere], ~nahe))[0]])
            preis = self._reparatur.sichere(nummer, rest)
            if preis == np.inf or (preis == 0 and not self._intervalle.ist_sicher(nummer)):
                return False
            if preis > 0:
                # Where more is withheld, more is possible than was proven before.
                self._intervalle.bewiesen[:] = -np.inf
            rest -= preis
        return True

    def _stelle_wieder_her(self, vorher: Lagen) -> None:
        for lage in (Lage.SICHTBAR, Lage.GESPERRT):
            self._reparatur.stelle(np.flatnonzero((vorher == lage) & (self._system.lage != lage)), lage)
        self._intervalle.erneuere()
