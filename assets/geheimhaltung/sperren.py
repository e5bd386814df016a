"""Decides which cells of a release are withheld: small ones, and as many others as it takes to protect them.

What belongs here: the order of the steps, over all cells of a release as one system. What does not: the steps
themselves (the modules beside this one) and what applies to which measure (`schemas/geheimhaltung.py`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.geheimhaltung.aufbau import GESPERRT, baue_system
from assets.geheimhaltung.gauss import zweite_sperrungen
from assets.geheimhaltung.hierarchien import lies_hierarchien
from assets.geheimhaltung.intervalle import Intervalle
from assets.geheimhaltung.nachlese import Nachlese
from assets.geheimhaltung.reparatur import Reparatur
from assets.geheimhaltung.system import Lage, Maske, Nummern, System, zusammenhaenge
from schemas.geheimhaltung import Zellregel
from schemas.zellen import GEBIET, MASS, SCHLUESSEL

_NICHTS = pl.DataFrame(schema=dict.fromkeys(SCHLUESSEL, pl.String))


class NichtZuSchuetzenError(ValueError):
    """A cell cannot be protected whatever is withheld besides: the table is too fine."""


def sperre(
    zellen: pl.DataFrame,
    hierarchien: pl.DataFrame,
    regeln: Mapping[str, Zellregel],
    fruehere: Sequence[pl.DataFrame] = (),
    entfernt: pl.DataFrame = _NICHTS,
) -> pl.DataFrame:
    """The cells with a column `gesperrt`; the same cells give the same pattern in whatever order they come.

    Args:
        zellen: `SCHLUESSEL`; `wert`, a whole number where the rule says so, or null where the source itself withholds
            it; `fest`: the cell is shown whatever happens, such as what was shown before; `primaer`: it is withheld
            whatever its value (a zero only of a sum: a withheld count is known to be no zero); `verdeckt`: it was
            withheld before.
        hierarchien: `dim, parent, child, set`: what adds up to what.
        regeln: measure -> what a withheld cell of it must keep. Counts from 1 to k - 1 are withheld, sums only where
            `primaer` says so.
        fruehere: what earlier releases told of these years, oldest first: `SCHLUESSEL`, `wert` as it was then, and
            whether it was `gesperrt`. What is still the same is shown, or withheld, again; all that was ever withheld
            stays protected against readers of all releases.
        entfernt: `SCHLUESSEL` of breakdowns left out of `zellen`, because all are in one part (`einheitlich.py`):
            nobody must find this out from what is shown around them.

    Raises:
        Tabellenfehler: figures that must add up do not.
        NichtZuSchuetzenError: a cell cannot be protected; the message says which.
    """
    sortiert = zellen.sort(SCHLUESSEL)
    weggelassen = {tuple(str(code) for code in codes) for codes in entfernt.select(SCHLUESSEL).iter_rows()}
    system = baue_system(sortiert, lies_hierarchien(hierarchien), regeln, fruehere, weggelassen)
    zu_schuetzen = _zu_schuetzen(system)
    beteiligt = np.flatnonzero(system.lage != Lage.BEKANNT)
    for spalten, zeilen in zusammenhaenge(system.gleichungen, beteiligt):
        if zu_schuetzen[spalten].any():
            system.lage[spalten] = _geschuetzt(system.teil(spalten, zeilen))
    gesperrt = system.lage[: sortiert.height] == Lage.GESPERRT
    return sortiert.with_columns(pl.Series(GESPERRT, gesperrt))


def _zu_schuetzen(system: System) -> Maske:
    """What is withheld, and what no table has but anybody may form and nobody should."""
    klein = system.ganz & (system.wert > 0) & (system.wert < system.k)
    gemeint: Maske = (system.lage == Lage.GESPERRT) | (system.lage == Lage.INTERN) & (klein | system.streng)
    return gemeint


def _geschuetzt(teil: System) -> npt.NDArray[np.int8]:
    """What of a connected part is withheld in the end."""
    waehlbar: Maske = teil.lage == Lage.SICHTBAR
    teil.lage[zweite_sperrungen(teil)] = Lage.GESPERRT
    intervalle = Intervalle(teil)
    while len(unsichere := intervalle.pruefe()):
        _repariere(teil, intervalle, unsichere, waehlbar)
    Nachlese(teil, intervalle, waehlbar).lies_nach()
    return teil.lage


def _repariere(teil: System, intervalle: Intervalle, unsichere: Nummern, waehlbar: Maske) -> None:
    """Withholds more until each of these is safe; the largest first, because they often carry others along."""
    reparatur = Reparatur(teil, intervalle, waehlbar)
    for nummer in sorted(unsichere, key=lambda n: (-teil.wert[n], n)):
        if not intervalle.ist_sicher(nummer) and reparatur.sichere(int(nummer)) == np.inf:
            codes = dict(zip(SCHLUESSEL, teil.groessen[nummer].codes, strict=True))
            wo = ", ".join(f"{name} {code}" for name, code in codes.items() if code != "T" and name != MASS)
            raise NichtZuSchuetzenError(
                f"{codes[MASS]}: Die Zelle {wo or codes[GEBIET]} lässt sich nicht schützen. Die Tabelle ist zu fein "
                "gegliedert: Klassen zusammenfassen, etwa Altersgruppen oder Entgeltgruppen, eine Gliederung weglassen "
                "oder Summen freigeben, die gezeigt werden müssen."
            )
