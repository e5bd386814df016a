"""Decides which cells of a release are withheld: small ones, and as many others as it takes to protect them.

What belongs here: the order of the steps, over all cells of a release as one system. What does not: the steps
themselves (the modules beside this one) and what applies to which measure (`schemas/geheimhaltung.py`).
"""

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import polars as pl

from assets.geheimhaltung.abhilfe import ablehnung
from assets.geheimhaltung.aufbau import GESPERRT, baue_system
from assets.geheimhaltung.gauss import zweite_sperrungen
from assets.geheimhaltung.hierarchien import Hierarchien, lies_hierarchien
from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.nachlese import Nachlese
from assets.geheimhaltung.nahbereich import Nahbereich
from assets.geheimhaltung.reparatur import Reparatur
from assets.geheimhaltung.system import Codes, Lage, Maske, Nummern, System, zusammenhaenge
from schemas.geheimhaltung import Zellregel
from schemas.zellen import SCHLUESSEL

_GROSS = 2_000
"""Parts with more quantities are mended block by block first."""


class NichtZuSchuetzenError(ValueError):
    """A cell cannot be protected whatever is withheld besides: the table is too fine."""


class _UnsicherError(Exception):
    """A cell cannot be protected."""

    def __init__(self, codes: Codes) -> None:
        super().__init__(codes)
        self.codes = codes


def sperre(
    zellen: pl.DataFrame,
    hierarchien: pl.DataFrame,
    regeln: Mapping[str, Zellregel],
    fruehere: Sequence[pl.DataFrame] = (),
) -> pl.DataFrame:
    """The cells with a column `gesperrt`; the same cells give the same pattern in whatever order they come.

    Args:
        zellen: `SCHLUESSEL`; `wert`, a whole number where the rule says so, or null where the source itself withholds
            it; `fest`: the cell is shown whatever happens, such as what was shown before; `primaer`: it is withheld
            whatever its value (a zero only of a sum: a withheld count is known to be no zero); `verdeckt`: it was
            withheld before; `entfernt`: no table has it, because all are in one part (`einheitlich.py`), and nobody
            must find this out from what is shown around it.
        hierarchien: `dim, parent, child, set`: what adds up to what.
        regeln: measure -> what a withheld cell of it must keep. Counts from 1 to k - 1 are withheld, sums only where
            `primaer` says so.
        fruehere: what earlier releases told of these years, oldest first: `SCHLUESSEL`, `wert` as it was then, and
            whether it was `gesperrt` or `entfernt`. What is still the same is shown, or withheld, again; all that was
            ever withheld stays protected against readers of all releases.

    Raises:
        Tabellenfehler: figures that must add up do not.
        NichtZuSchuetzenError: a cell cannot be protected; the message says which, and what would help.
    """
    sortiert = zellen.sort(SCHLUESSEL)
    muster = partial(_muster, hierarchien=lies_hierarchien(hierarchien), regeln=regeln, fruehere=fruehere)
    try:
        gesperrt = muster(sortiert)
    except _UnsicherError as fehler:
        raise NichtZuSchuetzenError(ablehnung(fehler.codes, sortiert, hierarchien, muster, _UnsicherError)) from None
    return sortiert.with_columns(pl.Series(GESPERRT, gesperrt))


def _muster(
    zellen: pl.DataFrame,
    hierarchien: Hierarchien,
    regeln: Mapping[str, Zellregel],
    fruehere: Sequence[pl.DataFrame],
) -> Maske:
    """Which of the cells are withheld, in their order."""
    system = baue_system(zellen, hierarchien, regeln, fruehere)
    zu_schuetzen = _zu_schuetzen(system)
    beteiligt = np.flatnonzero(system.lage != Lage.BEKANNT)
    for spalten, zeilen in zusammenhaenge(system.gleichungen, beteiligt):
        if zu_schuetzen[spalten].any():
            teil = system.teil(spalten, zeilen)
            _schuetze(teil)
            system.lage[spalten] = teil.lage
    return np.asarray(system.lage[: zellen.height] == Lage.GESPERRT)


def _zu_schuetzen(system: System) -> Maske:
    """What is withheld, and what no table has but anybody may form and nobody should."""
    klein = system.ganz & (system.wert > 0) & (system.wert < system.k)
    gemeint: Maske = (system.lage == Lage.GESPERRT) | (system.lage == Lage.INTERN) & (klein | system.streng)
    return gemeint


def _schuetze(teil: System) -> None:
    """Withholds of a connected part what it takes."""
    waehlbar: Maske = teil.lage == Lage.SICHTBAR
    teil.lage[zweite_sperrungen(teil)] = Lage.GESPERRT
    intervalle = Intervalle(teil)
    while len(unsichere := intervalle.pruefe()):
        _repariere(teil, intervalle, unsichere, waehlbar)
    Nachlese(teil, intervalle, waehlbar).lies_nach()


def _repariere(teil: System, intervalle: Intervalle, unsichere: Nummern, waehlbar: Maske) -> None:
    """Withholds more until each of these is safe; the largest first, because they often carry others along."""
    reihenfolge = sorted(unsichere.tolist(), key=lambda n: (-teil.wert[n], n))
    if len(teil) > _GROSS:
        nahbereich = Nahbereich(teil, intervalle, waehlbar)
        for nummer in reihenfolge:
            if not intervalle.ist_sicher(nummer):
                nahbereich.sichere(nummer)
    reparatur = Reparatur(teil, intervalle, waehlbar)
    for nummer in reihenfolge:
        if intervalle.ist_sicher(nummer):
            continue
        preis = reparatur.sichere(nummer)
        if 0 < preis < np.inf or intervalle.ist_sicher(nummer):
            continue
        if teil.lage[nummer] != Lage.INTERN or not teil.streng[nummer]:
            raise _UnsicherError(teil.groessen[nummer].codes)
        # Everybody in a larger group is in one category, which may be told; so is everybody in this one.
        teil.streng[nummer] = False
