"""Groups that give themselves away: one category holds everybody, so whoever is in the group is known to be in it.

What belongs here: finding such groups. What does not: whether a release may be written.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from assets.angriff.grenzen import GENAU, Spannen
from assets.angriff.lesen import GEBIET, Zerlegung
from assets.angriff.system import Feld, System

MINDESTGRUPPE = 10


@dataclass(frozen=True, slots=True)
class Gruppe:
    """A group of `lo` to `hi` persons, all of whom are `code` in `dim`."""

    zelle: dict[str, str]
    dim: str
    code: str
    lo: float
    hi: float


def finde_gruppen(system: System, spannen: Spannen, mindestgruppe: int) -> list[Gruppe]:
    """Groups certainly smaller than `mindestgruppe` with one category at 100 %.

    Where a group lives is what it is asked about, hence splits by `gebiet` do not count, nor do splits into one part.
    """
    gefunden = {}
    matrix = system.matrix.tocsr()
    for zeile in np.flatnonzero((system.herkunft["art"] == "summe").to_numpy()):
        glieder = _einziges(matrix, int(zeile), spannen)
        if glieder is None:
            continue
        eltern, kind = glieder
        lo, hi = float(spannen.lo[eltern]), float(spannen.hi[eltern])
        zerlegung = _zerlegung(system, int(zeile))
        zelle, art = _zelle(system, eltern)
        if art and zerlegung.dim != GEBIET and lo >= 1 and hi < mindestgruppe:
            code = _zelle(system, kind)[0].get(zerlegung.dim, "")
            gefunden[eltern, zerlegung.dim, code] = Gruppe(zelle, zerlegung.dim, code, lo, hi)
    return list(gefunden.values())


def _einziges(matrix: sparse.csr_matrix, zeile: int, spannen: Spannen) -> tuple[int, int] | None:
    """Total and part of a sum in which all other parts are zero."""
    anfang, ende = matrix.indptr[zeile : zeile + 2]
    spalten: Feld = matrix.indices[anfang:ende]
    kinder = spalten[matrix.data[anfang:ende] > 0]
    eltern = spalten[matrix.data[anfang:ende] < 0]
    voll = kinder[spannen.hi[kinder] > GENAU]
    if len(kinder) < 2 or len(voll) != 1 or len(eltern) != 1:
        return None
    return int(eltern[0]), int(voll[0])


def _zerlegung(system: System, zeile: int) -> Zerlegung:
    ausgabe, _, nummer, _ = system.herkunft.row(zeile)
    return system.zerlegungen[int(ausgabe)][int(nummer)]


def _zelle(system: System, variable: int) -> tuple[dict[str, str], bool]:
    """The cell of a variable, and whether it is a protected count."""
    zelle = system.raum.zelle(int(system.variablen["schluessel"][variable]))
    regel = system.regeln.get(zelle.get("mass", ""))
    return zelle, regel is not None and regel.art == "anzahl"
