"""What must be withheld besides, so that a quantity that is not safe becomes so: the cheapest second table.

The second table fits all that stays visible and has the quantity somewhere else; every visible cell that differs in
it is withheld. Withheld cells differ (almost) free of charge (Fischetti and Salazar 2001).
"""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.loeser import GENAU, Programm, ist_ganz
from assets.geheimhaltung.system import Lage, Maske, Nummern, System, Zahlen

_FAST_UMSONST = 1e-4
"""Share of its price at which a cell differs that is withheld already: second tables rest on as few as they can."""


class Reparatur:
    """One program for all quantities of a system: deviations of the hidden ones, ways up and down of the others."""

    def __init__(self, system: System, intervalle: Intervalle, waehlbar: Maske) -> None:
        """`waehlbar`: quantities that may be shown as well as withheld."""
        self._system, self._intervalle = system, intervalle
        self._alle = np.arange(len(system))
        self._waehlbare = np.flatnonzero(waehlbar)
        self._runter = np.full(len(system), -1)
        self._runter[self._waehlbare] = len(system) + np.arange(len(self._waehlbare))
        self._raum = np.maximum(system.wert - system.unten, 0.0)
        self._unten = np.where(waehlbar, 0.0, np.minimum(system.unten - system.wert, 0.0))
        self._kosten = self._je_schritt(system.k)
        self._programm = Programm(
            sparse.csr_array(sparse.hstack([system.gleichungen, -system.gleichungen[:, self._waehlbare]])),
            np.concatenate([self._unten, np.zeros(len(self._waehlbare))]),
            np.concatenate([np.full(len(system), system.unbegrenzt), self._raum[self._waehlbare]]),
            np.concatenate([system.ganz, system.ganz[self._waehlbare]]),
            verfahren="dual",
        )
        self._setze_kosten(self._waehlbare)

    @property
    def arbeit(self) -> int:
        """What all programs took so far."""
        return self._programm.arbeit

    def sichere(self, nummer: int, hoechstens: float = np.inf) -> float:
        """Withholds what it takes to make a quantity safe; its weight, or infinity if too much or impossible.

        Where it may cost as much as it likes, no effort is spared to find a second table in whole numbers.
        """
        beste: list[Zahlen] = []
        preis = np.inf
        for ziele in self._intervalle.ziele(nummer):
            wege = self._wege(nummer, ziele, gruendlich=hoechstens == np.inf)
            if wege is not None and self._preis(wege) < preis:
                beste, preis = wege, self._preis(wege)
            if preis == 0:
                break
        if preis == np.inf or preis > hoechstens:
            return np.inf
        self.stelle(self._bewegte(beste), Lage.GESPERRT)
        for weg in beste:
            self._intervalle.merke(weg, self._alle)
        return preis

    def _wege(self, nummer: int, ziele: Sequence[tuple[float, float]], *, gruendlich: bool) -> list[Zahlen] | None:
        """A second table for each target; what one of them hides is (almost) free of charge for the next."""
        wege: list[Zahlen] = []
        for ziel in ziele:
            weg = self._weg(nummer, ziel, gruendlich=gruendlich)
            if weg is None:
                break
            wege.append(weg)
            bewegt = self._bewegte([weg])
            self._setze_kosten(bewegt, _FAST_UMSONST)
        self._setze_kosten(self._bewegte(wege))
        return wege if len(wege) == len(ziele) else None

    def _weg(self, nummer: int, ziel: tuple[float, float], *, gruendlich: bool) -> Zahlen | None:
        """The cheapest second table with a quantity in a range; in whole numbers where it would hide nothing else."""
        if not self._system.ganz[nummer]:
            self._kosten = self._je_schritt(max(ziel[0], -ziel[1]))
            self._setze_kosten(self._waehlbare)
        self._verlange(nummer, *ziel)
        weg = self._zusammen(self._programm.loese())
        if weg is not None and not len(self._bewegte([weg])) and not ist_ganz(weg, self._system.ganz):
            weg = self._ganzer() if gruendlich else None
        self._gib_frei(nummer)
        return weg

    def _je_schritt(self, noetig: Zahlen | float) -> Zahlen:
        """A cell costs the same however far it moves: what it costs if it moves as far as is needed, or as it can."""
        schritt = np.minimum(noetig, self._raum)
        return self._system.gewicht / np.maximum(schritt, np.minimum(np.maximum(noetig, GENAU), 1.0))

    def _verlange(self, nummer: int, unten: float, oben: float) -> None:
        """No target lies on both sides of the value: the quantity would be safe without it."""
        if self._runter[nummer] < 0:
            self._programm.grenzen(nummer, unten, oben)
            return
        self._programm.grenzen(nummer, max(unten, 0.0), max(oben, 0.0))
        self._programm.grenzen(self._runter[nummer], max(-oben, 0.0), max(-unten, 0.0))

    def _gib_frei(self, nummer: int) -> None:
        self._programm.grenzen(nummer, float(self._unten[nummer]), self._system.unbegrenzt)
        if self._runter[nummer] >= 0:
            self._programm.grenzen(self._runter[nummer], 0.0, float(self._raum[nummer]))

    def _ganzer(self) -> Zahlen | None:
        """In whole numbers, and without hiding more."""
        sichtbar = self._waehlbare[self._system.lage[self._waehlbare] == Lage.SICHTBAR]
        return self._zusammen(self._programm.loese_ganz(np.concatenate([sichtbar, self._runter[sichtbar]])))

    def _zusammen(self, loesung: Zahlen | None) -> Zahlen | None:
        if loesung is None:
            return None
        abweichung = loesung[: len(self._system)].copy()
        abweichung[self._waehlbare] -= loesung[len(self._system) :]
        return abweichung

    def _preis(self, wege: Sequence[Zahlen]) -> float:
        return float(np.sum(self._system.gewicht[self._bewegte(wege)]))

    def _bewegte(self, wege: Sequence[Zahlen]) -> Nummern:
        bewegt = np.abs(np.array(wege).reshape(-1, len(self._system))).max(axis=0, initial=0) > GENAU
        return np.flatnonzero((self._system.lage == Lage.SICHTBAR) & bewegt)

    def stelle(self, nummern: Nummern, lage: Lage) -> None:
        """Shows or withholds quantities."""
        self._system.lage[nummern] = lage
        self._setze_kosten(nummern)

    def halte_fest(self, nummer: int) -> None:
        """From now on this quantity stays visible."""
        self._programm.grenzen(nummer, 0.0, 0.0)
        self._programm.grenzen(self._runter[nummer], 0.0, 0.0)

    def lass_los(self, nummer: int) -> None:
        """This quantity may be withheld again."""
        self._gib_frei(nummer)

    def _setze_kosten(self, nummern: Nummern, anteil: float = 1.0) -> None:
        kosten = self._kosten[nummern] * np.where(self._system.lage[nummern] == Lage.SICHTBAR, anteil, _FAST_UMSONST)
        self._programm.kosten_einzeln(np.concatenate([nummern, self._runter[nummern]]), np.tile(kosten, 2))
