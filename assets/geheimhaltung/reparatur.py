"""What must be withheld besides, so that a quantity that is not safe becomes so: the cheapest second table.

The second table fits all that stays visible and has the quantity somewhere else; every visible cell that differs in
it is withheld. Withheld cells differ free of charge (Fischetti and Salazar 2001).
"""

import numpy as np
from scipy import sparse

from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.loeser import GENAU, Programm
from assets.geheimhaltung.system import Lage, Nummern, System, Zahlen


class Reparatur:
    """One program for all quantities of a system: deviations of the hidden ones, ways up and down of the visible."""

    def __init__(self, system: System, intervalle: Intervalle) -> None:
        self._system, self._intervalle = system, intervalle
        self._alle = np.arange(len(system))
        self._sichtbar = np.flatnonzero(system.lage == Lage.SICHTBAR)
        sichtbar = system.lage == Lage.SICHTBAR
        self._raum = np.maximum(system.wert - system.unten, 0.0)
        self._unten = np.where(sichtbar, 0.0, np.minimum(system.unten - system.wert, 0.0))
        schritt = np.maximum(np.minimum(np.where(system.ganz, system.k, system.anteil * system.wert), self._raum), 1.0)
        self._kosten = np.where(sichtbar, system.gewicht / schritt, 0.0)
        self._programm = Programm(
            sparse.csr_array(sparse.hstack([system.gleichungen, -system.gleichungen[:, self._sichtbar]])),
            np.concatenate([self._unten, np.zeros(len(self._sichtbar))]),
            np.concatenate([np.full(len(system), system.unbegrenzt), self._raum[self._sichtbar]]),
            np.concatenate([system.ganz, system.ganz[self._sichtbar]]),
            verfahren="dual",
        )
        self._programm.kosten(np.concatenate([self._kosten, self._kosten[self._sichtbar]]))

    def sichere(self, nummer: int) -> bool:
        """Withholds what it takes to make a quantity safe; False if nothing does."""
        ziele = self._intervalle.ziele(nummer)
        if self._system.ganz[nummer]:
            wege = [weg for ziel in ziele if (weg := self._weg(nummer, ziel)) is not None]
            if not wege:
                return False
            self._gehe(min(wege, key=self._preis))
            return True
        for ziel in ziele:
            weg = self._weg(nummer, ziel)
            if weg is None:
                return False
            self._gehe(weg)
        return True

    def _weg(self, nummer: int, ziel: tuple[float, float]) -> Zahlen | None:
        """The cheapest second table with a quantity in a range; in whole numbers where it would hide nothing else."""
        self._programm.grenzen(nummer, *ziel)
        loesung = self._programm.loese()
        if loesung is not None and not len(self._bewegte(self._zusammen(loesung))):
            loesung = self._ganz_oder(loesung)
        self._programm.grenzen(nummer, float(self._unten[nummer]), self._system.unbegrenzt)
        return None if loesung is None else self._zusammen(loesung)

    def _ganz_oder(self, loesung: Zahlen) -> Zahlen | None:
        ganz = np.concatenate([self._system.ganz, self._system.ganz[self._sichtbar]])
        if np.all(np.abs(loesung - np.round(loesung))[ganz] <= GENAU):
            return loesung
        return self._programm.loese_ganz()

    def _zusammen(self, loesung: Zahlen) -> Zahlen:
        abweichung = loesung[: len(self._system)].copy()
        abweichung[self._sichtbar] -= loesung[len(self._system) :]
        return abweichung

    def _preis(self, abweichung: Zahlen) -> float:
        return float(np.sum(self._system.gewicht[self._bewegte(abweichung)]))

    def _bewegte(self, abweichung: Zahlen) -> Nummern:
        return np.flatnonzero((self._system.lage == Lage.SICHTBAR) & (np.abs(abweichung) > GENAU))

    def _gehe(self, abweichung: Zahlen) -> None:
        self.sperre(self._bewegte(abweichung))
        self._intervalle.merke(abweichung, self._alle)

    def sperre(self, nummern: Nummern) -> None:
        """Withholds quantities: from now on they differ free of charge."""
        if not len(nummern):
            return
        self._system.lage[nummern] = Lage.GESPERRT
        stellen = len(self._system) + np.searchsorted(self._sichtbar, nummern)
        self._programm.kosten_einzeln(np.concatenate([nummern, stellen]), 0.0)
