"""What a reader can narrow withheld quantities down to, and which of them are not safe.

A solution of the equations in whole numbers is a witness for all quantities at once: nobody can rule its values out.
Witnesses stay valid when more is withheld, so they are kept; random objectives find most of them. When less is, those
remain in which what is shown again has its value.
"""

from collections.abc import Iterator

import numpy as np

from assets.geheimhaltung.loeser import GENAU, Programm, ist_ganz
from assets.geheimhaltung.system import Lage, Maske, Nummern, System, Zahlen, zusammenhaenge

ZUFALLSZIELE = 30
"""Random objectives tried for every part of the system before its cells are looked at one by one."""
_ETWAS = 1.0
"""A withheld sum of nothing may seem to be this much at least."""
_ALLE = slice(None)


class Intervalle:
    """Lowest and highest value witnessed of every quantity of a system, which may go on withholding more."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.tief, self.hoch = system.wert.copy(), system.wert.copy()
        self.bewiesen = np.full(len(system), -np.inf)
        """Nobody can get a value below this, given what is withheld now."""
        self._zeugen: list[tuple[Nummern, Zahlen]] = []
        """A solution each: quantities that differ from their values, and by how much."""

    def merke(self, abweichung: Zahlen, spalten: Nummern) -> None:
        """Takes a solution, given as deviations of some quantities from their values, as a witness."""
        if not ist_ganz(abweichung, self.system.ganz[spalten]):
            return
        zeuge = np.zeros(len(self.system))
        zeuge[spalten] = np.where(self.system.ganz[spalten], np.round(abweichung), abweichung)
        zeuge[np.abs(zeuge) <= GENAU] = 0.0
        wert = self.system.wert + zeuge
        neues = np.flatnonzero(((wert < self.tief) | (wert > self.hoch)) & self.system.beweglich)
        if not self._sicher(neues).all():
            stellen = np.flatnonzero(zeuge)
            self._zeugen.append((stellen, zeuge[stellen]))
            self.tief, self.hoch = np.minimum(self.tief, wert), np.maximum(self.hoch, wert)

    def erneuere(self) -> None:
        """Forgets for now what witnesses say in which a quantity differs that is shown."""
        s = self.system
        self.tief, self.hoch = s.wert.copy(), s.wert.copy()
        beweglich = s.beweglich
        gueltige = [zeuge for zeuge in self._zeugen if beweglich[zeuge[0]].all()]
        if gueltige:
            stellen, werte = (np.concatenate(teile) for teile in zip(*gueltige, strict=True))
            # Where not all witnesses differ, one has the value itself.
            einig = np.bincount(stellen, minlength=len(s)) == len(gueltige)
            tiefste, hoechste = np.where(einig, np.inf, 0.0), np.where(einig, -np.inf, 0.0)
            np.minimum.at(tiefste, stellen, werte)
            np.maximum.at(hoechste, stellen, werte)
            self.tief += tiefste
            self.hoch += hoechste

    def zeugen(self) -> Iterator[Zahlen]:
        """All witnesses, as deviations of all quantities from their values."""
        for stellen, werte in self._zeugen:
            zeuge = np.zeros(len(self.system))
            zeuge[stellen] = werte
            yield zeuge

    def unsichere(self) -> Nummern:
        """Withheld and formed quantities that witnesses and proofs do not show to be safe."""
        return np.flatnonzero(self.system.beweglich & ~self._sicher())

    def ist_sicher(self, nummer: int) -> bool:
        """Is this one shown to be safe?"""
        return bool(self._sicher(np.array([nummer]))[0])

    def _sicher(self, auswahl: Nummern | slice = _ALLE) -> Maske:
        s = self.system
        tief, hoch, k, intern = self.tief[auswahl], self.hoch[auswahl], s.k[auswahl], s.lage[auswahl] == Lage.INTERN
        anzahl = (hoch >= k) & (hoch - tief >= k - 1) | (self.bewiesen[auswahl] >= k) & ~s.streng[auswahl]
        runter, rauf = self.ziele_summe(auswahl)
        spiel = GENAU * np.maximum(1.0, s.wert[auswahl] / 1000)
        summe = (tief <= runter + spiel) & (hoch >= rauf - spiel) | intern & ~s.streng[auswahl]
        anzahl |= intern & np.where(s.streng[auswahl], hoch >= 1, tief <= 0)
        sicher: Maske = np.where(s.ganz[auswahl], anzahl, summe)
        return sicher

    def ziele_summe(self, auswahl: Nummern | slice = _ALLE) -> tuple[Zahlen, Zahlen]:
        """What must be possible for sums: so much less and so much more than their values."""
        s = self.system
        wert, anteil, geraten = s.wert[auswahl], s.anteil[auswahl], s.geraten[auswahl]
        runter = np.where(geraten, np.inf, wert * (1 - anteil))
        rauf = wert + np.where(wert > 0, wert * anteil, _ETWAS)
        geratene = self.tief[auswahl] * (1 + anteil) / (1 - anteil) + GENAU
        return runter, np.where(geraten, geratene, rauf)

    def pruefe(self) -> Nummern:
        """The quantities that are not safe, looked at one by one."""
        self.bewiesen[:] = -np.inf
        unsicher = set(self.unsichere().tolist())
        if unsicher:
            for spalten, zeilen in zusammenhaenge(self.system.gleichungen, np.flatnonzero(self.system.beweglich)):
                if not unsicher.isdisjoint(spalten.tolist()):
                    self._pruefe_teil(spalten, zeilen)
        return self.unsichere()

    def _pruefe_teil(self, spalten: Nummern, zeilen: Nummern) -> None:
        s = self.system
        if not len(zeilen):
            self.merke(s.unten[spalten] - s.wert[spalten], spalten)
            self.merke(np.full(len(spalten), s.unbegrenzt), spalten)
            return
        unten = s.unten[spalten] - s.wert[spalten]
        programm = Programm(
            s.gleichungen[zeilen][:, spalten],
            np.minimum(unten, 0),
            np.full(len(spalten), s.unbegrenzt),
            s.ganz[spalten],
        )
        zufall = np.random.default_rng(len(spalten))
        for _ in range(ZUFALLSZIELE if len(spalten) > ZUFALLSZIELE else 0):
            programm.kosten(zufall.standard_normal(len(spalten)))
            self._loese(programm, spalten)
        programm.kosten(np.zeros(len(spalten)))
        for stelle, nummer in enumerate(spalten):
            if not self.ist_sicher(nummer):
                self._pruefe_eine(programm, spalten, stelle)

    def _loese(self, programm: Programm, spalten: Nummern) -> Zahlen:
        loesung = programm.loese()
        if loesung is None:
            raise RuntimeError("Die wahren Werte erfüllen die Gleichungen nicht")
        self.merke(loesung, spalten)
        return loesung

    def _pruefe_eine(self, programm: Programm, spalten: Nummern, stelle: int) -> None:
        nummer = spalten[stelle]
        grenzen = {}
        for richtung in (-1.0, 1.0):
            programm.kosten_einzeln(np.array([stelle]), np.array([richtung]))
            grenzen[richtung] = float(self._loese(programm, spalten)[stelle] + self.system.wert[nummer])
            if self.ist_sicher(nummer):
                break
        programm.kosten_einzeln(np.array([stelle]), np.zeros(1))
        if self.ist_sicher(nummer) or not self.system.ganz[nummer]:
            return
        self.bewiesen[nummer] = np.ceil(grenzen[1.0] - GENAU)
        k = self.system.k[nummer]
        genug = grenzen[-1.0] >= k - GENAU and grenzen[-1.0] - grenzen[1.0] >= k - 1 - GENAU
        erreicht = grenzen[-1.0] >= 1 - GENAU if self.system.streng[nummer] else grenzen[1.0] <= GENAU
        intern = self.system.lage[nummer] == Lage.INTERN and erreicht
        if not self.ist_sicher(nummer) and (genug or intern):
            self._pruefe_ganz(programm, spalten, stelle)

    def _pruefe_ganz(self, programm: Programm, spalten: Nummern, stelle: int) -> None:
        """The interval is wide, but its ends are no whole tables: are there whole ones as far apart?"""
        unten = float(min(self.system.unten[spalten[stelle]] - self.system.wert[spalten[stelle]], 0))
        for ziele in self.ziele(spalten[stelle]):
            for ziel in ziele:
                programm.grenzen(stelle, *ziel)
                loesung = programm.loese_ganz()
                programm.grenzen(stelle, unten, self.system.unbegrenzt)
                if loesung is None:
                    break
                self.merke(np.where(self.system.ganz[spalten], np.round(loesung), loesung), spalten)
            if self.ist_sicher(int(spalten[stelle])):
                return

    def ziele(self, nummer: int) -> list[list[tuple[float, float]]]:
        """Ways to make a quantity safe: for each the deviations it must have, as (least, most), in one table each."""
        s, wert, unten = self.system, float(self.system.wert[nummer]), float(self.system.unten[nummer])
        tief, hoch, k = float(self.tief[nummer]), float(self.hoch[nummer]), float(s.k[nummer])
        if not s.ganz[nummer]:
            runter, rauf = (float(z[0]) for z in self.ziele_summe(np.array([nummer])))
            ziele = [(unten - wert, runter - wert)] if tief > runter else []
            return [[*ziele, (rauf - wert, s.unbegrenzt)] if hoch < rauf else ziele]
        if s.lage[nummer] == Lage.INTERN and s.streng[nummer]:
            return [[(1 - wert, s.unbegrenzt)]]
        wege = [[(-wert, -wert)]] if s.lage[nummer] == Lage.INTERN else []
        oberstes = max(k, tief + k - 1)
        for oben in np.arange(max(k, hoch), oberstes + 1):
            rauf_ziel = [(oben - wert, s.unbegrenzt)] if oben > hoch else []
            runter_ziel = [(unten - wert, oben - (k - 1) - wert)] if oben < oberstes else []
            if not runter_ziel or oben - (k - 1) >= unten:
                wege.append([*rauf_ziel, *runter_ziel])
        return wege
