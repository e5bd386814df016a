"""From cells to the system: what a reader sees of each, what this and earlier releases tell of it, what it is worth.

What belongs here: putting the system together. What does not: deciding which further cells are withheld.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from assets.geheimhaltung.gleichungen import Ansicht, erschliesse
from assets.geheimhaltung.hierarchien import Hierarchien
from assets.geheimhaltung.system import Codes, Gleichung, Groesse, Lage, System
from assets.geheimhaltung.vervollstaendigen import vervollstaendige
from schemas.geheimhaltung import Zellregel
from schemas.zellen import SCHLUESSEL, WERT

FEST, PRIMAER, VERDECKT, ENTFERNT, GESPERRT = "fest", "primaer", "verdeckt", "entfernt", "gesperrt"
_JE_EBENE = 3.0
"""How much more a cell is worth for each level below it: totals are what most readers look for."""
_SCHON_VERDECKT = 0.25
"""How much a cell is worth that readers have not seen before either: patterns stay alike from release to release."""


def baue_system(
    zellen: pl.DataFrame,
    hierarchien: Hierarchien,
    regeln: Mapping[str, Zellregel],
    fruehere: Sequence[pl.DataFrame],
) -> System:
    """All cells and those anybody can form as one system; the cells come first, in the order of their frame.

    Raises:
        Tabellenfehler: figures that must add up do not.
    """
    aufbau = _Aufbau(hierarchien, regeln)
    aufbau.nimm_zellen(zellen)
    for fruehere_zellen in fruehere:
        aufbau.nimm_fruehere(fruehere_zellen)
    aufbau.nimm_uebrige()
    system = System(aufbau.groessen, aufbau.zeilen)
    vervollstaendige(system)
    hoehen = np.array([g.hoehe for g in system.groessen])
    system.gewicht = np.log1p(np.maximum(system.wert, 0)) * (1 + _JE_EBENE * hoehen) + 1e-3
    system.gewicht[: zellen.height] *= np.where(zellen[VERDECKT], _SCHON_VERDECKT, 1.0)
    return system


class _Aufbau:
    """Collects quantities and equations. A cell that did not change between releases is one quantity."""

    def __init__(self, hierarchien: Hierarchien, regeln: Mapping[str, Zellregel]) -> None:
        self._hierarchien, self._regeln = hierarchien, regeln
        self.groessen: list[Groesse] = []
        self.zeilen: list[Gleichung] = []
        self._entfernt: set[int] = set()
        """Cells no table has, because all of a group are in one of them."""
        self._staende: dict[tuple[Codes, float | None], int] = {}

    def nimm_zellen(self, zellen: pl.DataFrame) -> None:
        """The cells of this release, by what their flags say."""
        ansicht: Ansicht = {}
        merker = (FEST, PRIMAER, ENTFERNT)
        for *schluessel, wert, fest, primaer, entfernt in _texte(zellen).select(*SCHLUESSEL, WERT, *merker).iter_rows():
            codes = tuple(schluessel)
            lage = Lage.INTERN if entfernt else _lage(wert, self._regeln[codes[0]], fest=fest, primaer=primaer)
            nummer = ansicht[codes] = self._staende[codes, wert] = self._neu(codes, wert, lage)
            self.groessen[nummer].streng = not entfernt and (primaer or wert is None)
            if entfernt:
                self._entfernt.add(nummer)
        self._erschliesse(ansicht)

    def nimm_fruehere(self, zellen: pl.DataFrame) -> None:
        """What an earlier release told: what it showed stays known, and what it withheld stays withheld."""
        ansicht: Ansicht = {}
        merker = (GESPERRT, ENTFERNT)
        for *schluessel, wert, gesperrt, entfernt in _texte(zellen).select(*SCHLUESSEL, WERT, *merker).iter_rows():
            codes = tuple(schluessel)
            lage = Lage.INTERN if entfernt else Lage.GESPERRT if gesperrt else Lage.BEKANNT
            nummer = self._staende.get((codes, wert))
            if nummer is None:
                nummer = self._staende[codes, wert] = self._neu(codes, wert, lage)
            elif not entfernt and self.groessen[nummer].lage is not Lage.BEKANNT:
                self.groessen[nummer].lage = lage
            ansicht[codes] = nummer
            if entfernt:
                self._entfernt.add(nummer)
        self._erschliesse(ansicht)

    def nimm_uebrige(self) -> None:
        """For every breakdown no table has, how many are not in its only category: nobody, but who knows."""
        for (ganzes, _), *teile in list(self.zeilen):
            leere = [glied for glied in teile if not self.groessen[glied[0]].wert > 0]
            steht_nirgends = all(n in self._entfernt and self.groessen[n].lage is Lage.INTERN for n, _ in teile)
            if steht_nirgends and len(leere) == len(teile) - 1:
                self.zeilen.append(((len(self.groessen), -1.0), *leere))
                self.groessen.append(replace(self.groessen[ganzes], lage=Lage.INTERN, wert=0.0, streng=True))

    def _neu(self, codes: Codes, wert: float | None, lage: Lage) -> int:
        regel = self._regeln[codes[0]]
        # Counts come out of sums of decimals; what is off by more than rounding does not add up afterwards.
        zahl = np.nan if wert is None else round(wert) if regel.ganz else wert
        self.groessen.append(
            Groesse(
                codes,
                lage,
                zahl,
                anzahl=regel.ganz,
                k=regel.k,
                anteil=regel.p_prozent / 100,
                hoehe=self._hierarchien.ebene(SCHLUESSEL, codes),
                nullen_gezeigt=regel.nullen_gezeigt,
            )
        )
        return len(self.groessen) - 1

    def _erschliesse(self, ansicht: Ansicht) -> None:
        self.zeilen += erschliesse(
            ansicht, SCHLUESSEL, self._hierarchien, lambda codes: self._neu(codes, None, Lage.INTERN)
        )


def _texte(zellen: pl.DataFrame) -> pl.DataFrame:
    return zellen.with_columns(pl.col(s).cast(pl.String) for s in SCHLUESSEL)


def _lage(wert: float | None, regel: Zellregel, *, fest: bool, primaer: bool) -> Lage:
    """Whoever was shown before stays so, even if it is small; zeros are known, but for sums that are not to be."""
    if wert is None:
        return Lage.GESPERRT
    if wert == 0 and regel.ganz and not regel.nullen_gezeigt:
        return Lage.GESPERRT
    if fest or (wert == 0 and (regel.ganz or not primaer)):
        return Lage.BEKANNT
    if primaer or (regel.ganz and 0 < wert < regel.k):
        return Lage.GESPERRT
    return Lage.SICHTBAR
