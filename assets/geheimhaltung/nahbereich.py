"""Secures a quantity with what lies around it: in large parts the program of all quantities takes many times longer.

What belongs here: choosing the block of cells around a quantity. What does not: what is withheld in it
(`reparatur.py`). Whatever lies outside stays as it is, so a second table of the block is one of the whole part.
"""

from itertools import product

import numpy as np

from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.reparatur import Reparatur
from assets.geheimhaltung.system import Codes, Lage, Maske, Nummern, System

_CODES = 12
"""So many other parts of each sum through the quantity make up the block, beside the totals."""


class Nahbereich:
    """Blocks of one part of the system."""

    def __init__(self, system: System, intervalle: Intervalle, waehlbar: Maske) -> None:
        """`waehlbar`: quantities that may be shown as well as withheld."""
        self._system, self._intervalle, self._waehlbar = system, intervalle, waehlbar
        self._spalten = system.gleichungen.tocsc()
        self._nummern: dict[Codes, list[int]] = {}
        """A cell of several releases is several quantities."""
        for nummer, groesse in enumerate(system.groessen):
            self._nummern.setdefault(groesse.codes, []).append(nummer)

    def sichere(self, nummer: int) -> float:
        """Withholds what it takes to make a quantity safe; its weight, or infinity if the block is not enough."""
        block = self._block(nummer)
        teil = self._system.teil(block, np.unique(self._spalten[:, block].indices))
        intervalle = Intervalle(teil)
        intervalle.tief, intervalle.hoch = self._intervalle.tief[block], self._intervalle.hoch[block]
        preis = Reparatur(teil, intervalle, self._waehlbar[block]).sichere(int(np.searchsorted(block, nummer)))
        if preis < np.inf:
            self._system.lage[block] = teil.lage
            for zeuge in intervalle.zeugen():
                self._intervalle.merke(zeuge, block)
        return preis

    def _block(self, nummer: int) -> Nummern:
        """All quantities whose codes occur in one of the sums through it, as far as these were chosen."""
        codes = [{code} for code in self._system.groessen[nummer].codes]
        for zeile in self._spalten[:, [nummer]].indices:
            for glied in self._gewaehlte(int(zeile)):
                for menge, code in zip(codes, self._system.groessen[glied].codes, strict=True):
                    menge.add(code)
        gefunden = [n for ort in product(*codes) for n in self._nummern.get(ort, ())]
        return np.unique(gefunden)

    def _gewaehlte(self, zeile: int) -> Nummern:
        """The total of a sum, and of its parts those that cost least to hide: hidden ones nothing."""
        s = self._system
        summe = s.gleichungen[[zeile]]
        teile = summe.indices[summe.data > 0]
        preis = np.where(s.lage[teile] == Lage.SICHTBAR, s.gewicht[teile], 0.0)
        preis[s.lage[teile] == Lage.BEKANNT] = np.inf
        return np.concatenate([summe.indices[summe.data < 0], teile[np.argsort(preis, kind="stable")[:_CODES]]])
