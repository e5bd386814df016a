"""The first pattern: withhold so much that no withheld cell is a linear function of what is shown (Langsrud 2024).

Every quantity is a sum of finest quantities. The ones to be shown are taken from the most to the least valuable; one
that would tell a withheld quantity, given what was taken before, is withheld instead. Arithmetic modulo a prime is
exact. That values are not negative is not used here: `reparatur.py` sees to that.
"""

import heapq
from collections import defaultdict

import numpy as np

from assets.geheimhaltung.system import Gleichung, Lage, Nummern, System

PRIM = 2**31 - 1
Vektor = dict[int, int]
"""Finest quantity -> coefficient modulo PRIM."""


def zweite_sperrungen(system: System) -> Nummern:
    """Visible quantities that are to be withheld for the sake of the withheld ones; the system has no known ones."""
    vektoren, beziehungen = _vektoren(system)
    elimination = _Elimination([vektoren[i] for i in np.flatnonzero(system.lage == Lage.GESPERRT)])
    for vektor in beziehungen:
        elimination.zeige(vektor)
    sichtbar = np.flatnonzero(system.lage == Lage.SICHTBAR)
    ordnung = sichtbar[np.argsort(-system.gewicht[sichtbar], kind="stable")]
    gesperrt = [nummer for nummer in ordnung if not elimination.zeige(vektoren[nummer], pruefen=True)]
    return np.array(sorted(gesperrt), dtype=np.int64)


def _vektoren(system: System) -> tuple[list[Vektor], list[Vektor]]:
    """Every quantity in terms of the finest ones, and what the equations say of these beyond that (all are known)."""
    definition: dict[int, int] = {}
    for zeile, gleichung in enumerate(system.zeilen):
        if gleichung[0][1] == -1:
            definition.setdefault(gleichung[0][0], zeile)
    vektoren: list[Vektor] = [{} for _ in range(len(system))]
    for nummer in sorted(range(len(system)), key=lambda n: (system.groessen[n].hoehe, n)):
        bestimmt = definition.get(nummer)
        vektoren[nummer] = {nummer: 1} if bestimmt is None else _summe(vektoren, system.zeilen[bestimmt][1:])
    benutzt = set(definition.values())
    weitere = (_summe(vektoren, g) for z, g in enumerate(system.zeilen) if z not in benutzt)
    return vektoren, [vektor for vektor in weitere if vektor]


def _summe(vektoren: list[Vektor], glieder: Gleichung) -> Vektor:
    summe: dict[int, int] = defaultdict(int)
    for nummer, koeffizient in glieder:
        for feinste, c in vektoren[nummer].items():
            summe[feinste] += int(koeffizient) * c
    return {f: c % PRIM for f, c in summe.items() if c % PRIM}


def _minus(a: Vektor, b: Vektor, faktor: int) -> Vektor:
    neu = dict(a)
    for f, c in b.items():
        wert = (neu.get(f, 0) - faktor * c) % PRIM
        if wert:
            neu[f] = wert
        else:
            neu.pop(f, None)
    return neu


class _Elimination:
    """What has been shown so far as rows in echelon form, and the withheld quantities reduced by them."""

    def __init__(self, geheime: list[Vektor]) -> None:
        self._geheime = [dict(v) for v in geheime]
        self._je_spalte: dict[int, set[int]] = defaultdict(set)
        for nummer, vektor in enumerate(self._geheime):
            for spalte in vektor:
                self._je_spalte[spalte].add(nummer)
        self._zeilen: dict[int, tuple[int, Vektor]] = {}

    def zeige(self, vektor: Vektor, *, pruefen: bool = False) -> bool:
        """Takes a quantity as shown; with `pruefen`, refuses one that tells a withheld quantity."""
        rest = self._reduziert(vektor)
        if not rest:
            return True
        spalte = min(rest, key=lambda s: (len(self._je_spalte[s]), s))
        if pruefen and any(_proportional(rest, self._geheime[g], spalte) for g in self._je_spalte[spalte]):
            return False
        kehrwert = pow(rest[spalte], -1, PRIM)
        zeile = {f: c * kehrwert % PRIM for f, c in rest.items()}
        self._zeilen[spalte] = (len(self._zeilen), zeile)
        for g in sorted(self._je_spalte[spalte]):
            self._streiche(g, spalte, zeile)
        return True

    def _reduziert(self, vektor: Vektor) -> Vektor:
        """Eliminates the pivots, the oldest first: a row holds no pivot older than its own."""
        rest = dict(vektor)
        offen = [(self._zeilen[s][0], s) for s in rest if s in self._zeilen]
        heapq.heapify(offen)
        while offen:
            _, spalte = heapq.heappop(offen)
            if spalte not in rest:
                continue
            faktor = rest[spalte]
            for f, c in self._zeilen[spalte][1].items():
                if f not in rest and f in self._zeilen:
                    heapq.heappush(offen, (self._zeilen[f][0], f))
                wert = (rest.get(f, 0) - faktor * c) % PRIM
                if wert:
                    rest[f] = wert
                else:
                    rest.pop(f, None)
        return rest

    def _streiche(self, geheim: int, spalte: int, zeile: Vektor) -> None:
        alt = self._geheime[geheim]
        neu = _minus(alt, zeile, alt[spalte])
        for f in zeile:
            if f in neu:
                self._je_spalte[f].add(geheim)
            else:
                self._je_spalte[f].discard(geheim)
        self._geheime[geheim] = neu


def _proportional(a: Vektor, b: Vektor, spalte: int) -> bool:
    if a.keys() != b.keys():
        return False
    faktor = b[spalte] * pow(a[spalte], -1, PRIM) % PRIM
    return all(a[f] * faktor % PRIM == c for f, c in b.items())
