"""Decides which cells of a release are withheld: small ones, and as many others as it takes to protect them.

What belongs here: the order of the steps, over all cells of a release as one system. What does not: the steps
themselves (the modules beside this one) and what applies to which measure (`schemas/geheimhaltung.py`).
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.geheimhaltung.gauss import zweite_sperrungen
from assets.geheimhaltung.gleichungen import erschliesse
from assets.geheimhaltung.hierarchien import Hierarchien, lies_hierarchien
from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.reparatur import Reparatur
from assets.geheimhaltung.system import Codes, Groesse, Lage, Nummern, System, zusammenhaenge
from assets.geheimhaltung.vervollstaendigen import vervollstaendige
from schemas.geheimhaltung import Schutz
from schemas.zellen import GEBIET, MASS, SCHLUESSEL, WERT

FEST = "fest"
_JE_EBENE = 3.0
"""How much more a cell is worth for each level below it: totals are what most readers look for."""


class NichtZuSchuetzenError(ValueError):
    """A cell cannot be protected whatever is withheld besides: the table is too fine."""


def sperre(zellen: pl.DataFrame, hierarchien: pl.DataFrame, schutz: Mapping[str, Schutz]) -> pl.DataFrame:
    """The cells with a column `gesperrt`; the same cells give the same pattern in whatever order they come.

    Args:
        zellen: `SCHLUESSEL`; `wert`, a whole number, or null where the source itself withholds it; `fest`: whether
            the cell must not be withheld for the sake of others, such as what was shown before.
        hierarchien: `dim, parent, child, set`: what adds up to what.
        schutz: measure -> how its cells are protected.

    Raises:
        Tabellenfehler: figures that must add up do not.
        NichtZuSchuetzenError: a cell cannot be protected; the message says which.
    """
    sortiert = zellen.sort(SCHLUESSEL)
    system = _system(sortiert, lies_hierarchien(hierarchien), schutz)
    beteiligt = np.flatnonzero(system.lage != Lage.BEKANNT)
    for spalten, zeilen in zusammenhaenge(system.gleichungen, beteiligt):
        if (system.lage[spalten] == Lage.GESPERRT).any():
            system.lage[spalten] = _geschuetzt(system.teil(spalten, zeilen))
    gesperrt = system.lage[: sortiert.height] == Lage.GESPERRT
    return sortiert.with_columns(pl.Series("gesperrt", gesperrt))


def _system(zellen: pl.DataFrame, hierarchien: Hierarchien, schutz: Mapping[str, Schutz]) -> System:
    """All cells and those anybody can form as one system; small ones and secrets are withheld, zeros are known."""
    groessen: list[Groesse] = []
    ansicht: dict[Codes, int] = {}

    def nimm_auf(codes: Codes, wert: float | None, lage: Lage) -> int:
        k = schutz[codes[0]].k
        hoehe = hierarchien.ebene(SCHLUESSEL, codes)
        groessen.append(
            Groesse(codes, lage, np.nan if wert is None else wert, anzahl=True, k=k, anteil=0.0, hoehe=hoehe)
        )
        return len(groessen) - 1

    texte = zellen.with_columns(pl.col(s).cast(pl.String) for s in SCHLUESSEL)
    for *codes, wert, fest in texte.select(*SCHLUESSEL, WERT, FEST).iter_rows():
        ansicht[tuple(codes)] = nimm_auf(tuple(codes), wert, _lage(wert, schutz[codes[0]].k, fest=fest))
    zeilen = erschliesse(ansicht, SCHLUESSEL, hierarchien, lambda codes: nimm_auf(codes, None, Lage.INTERN))
    system = System(groessen, zeilen)
    vervollstaendige(system)
    hoehen = np.array([g.hoehe for g in groessen])
    system.gewicht = np.log1p(np.maximum(system.wert, 0)) * (1 + _JE_EBENE * hoehen) + 1e-3
    return system


def _lage(wert: float | None, k: int, *, fest: bool) -> Lage:
    if wert is None or 0 < wert < k:
        return Lage.GESPERRT
    return Lage.BEKANNT if wert == 0 or fest else Lage.SICHTBAR


def _geschuetzt(teil: System) -> npt.NDArray[np.int8]:
    """What of a connected part is withheld in the end."""
    teil.lage[zweite_sperrungen(teil)] = Lage.GESPERRT
    intervalle = Intervalle(teil)
    while len(unsichere := intervalle.pruefe()):
        _repariere(teil, intervalle, unsichere)
    return teil.lage


def _repariere(teil: System, intervalle: Intervalle, unsichere: Nummern) -> None:
    """Withholds more until each of these is safe; the largest first, because they often carry others along."""
    reparatur = Reparatur(teil, intervalle)
    for nummer in sorted(unsichere, key=lambda n: (-teil.wert[n], n)):
        if not intervalle.ist_sicher(nummer) and not reparatur.sichere(int(nummer)):
            codes = dict(zip(SCHLUESSEL, teil.groessen[nummer].codes, strict=True))
            wo = ", ".join(f"{name} {code}" for name, code in codes.items() if code != "T" and name != MASS)
            raise NichtZuSchuetzenError(
                f"{codes[MASS]}: Die Zelle {wo or codes[GEBIET]} lässt sich nicht schützen. Die Tabelle ist zu fein "
                "gegliedert: Klassen zusammenfassen, etwa Altersgruppen oder Entgeltgruppen, eine Gliederung weglassen "
                "oder Summen freigeben, die gezeigt werden müssen."
            )
