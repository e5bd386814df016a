"""Deliveries that must be rejected: several errors of different kinds, each in a row of its own.

What belongs here: spoiling good rows of any dataset by what its columns are. Which ones are spoilt: `rollen.py`.
"""

from random import Random

from pipeline.beispiele.inhalt import Zeile
from schemas.modell import Datensatz, Land, Rolle, Typ


def beschaedigt(zeilen: list[Zeile], datensatz: Datensatz, land: Land, strom: Random) -> list[Zeile]:
    """A copy with a foreign Meldeeinheit, an unknown code, words for a number, a negative number and a row twice."""
    kopie = [dict(zeile) for zeile in zeilen]
    betroffen = iter(strom.sample(range(len(kopie)), min(len(kopie), 5)))
    eigene = kopie[0]["meldeeinheit"]
    fremde = next((m.id for m in land.meldeeinheiten if m.id != eigene), f"{eigene}0")
    code = next(s.name for s in datensatz.spalten if s.feld.typ is Typ.CODE and s.pflicht)
    for spalte, wert in (("meldeeinheit", fremde), (code, "SIEHE_ANLAGE"), *_schlechte_zahlen(datensatz)):
        nummer = next(betroffen, None)
        if nummer is not None:
            kopie[nummer][spalte] = wert
    doppelt = next(betroffen, None)
    return kopie if doppelt is None else [*kopie, dict(kopie[doppelt])]


def _schlechte_zahlen(datensatz: Datensatz) -> list[tuple[str, str]]:
    mass = next((s.name for s in datensatz.spalten if s.rolle is Rolle.MASS), None)
    return [] if mass is None else [(mass, "ca. 120"), (mass, "-5")]
