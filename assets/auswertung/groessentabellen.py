"""Computes numerators and denominators once for all variants, those over the same rows in one pass.

What belongs here: which figure stands in which temporary table. What does not: the SQL of a figure
(`schemas/groessenformen.py`), and what is made of two of them (`indikatoren.py`).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from schemas.groessenformen import Ableitung, Rechnung, Summe, gemeinsam
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Groesse

_SPALTEN = {
    "groesse": "INTEGER",
    "ags": "VARCHAR",
    "berichtsjahr": "BIGINT",
    "zeitraum_von": "DATE",
    "zeitraum_bis": "DATE",
    "wert": "DOUBLE",
    "wertstatus": "VARCHAR",
    "stand": "VARCHAR",
    "zaehlweise": "VARCHAR",
}


@dataclass(slots=True)
class Groessentabellen:
    """Temporary tables, one for each set of breakdown columns; `groesse` tells the figures in it apart."""

    nummern: dict[Rechnung, int] = field(default_factory=dict)
    namen: dict[tuple[str, ...], str] = field(default_factory=dict)

    def tabelle(self, was: Groesse | Summe) -> str:
        """Name of the table a figure stands in."""
        return self.namen[_geordnet(was.gliederungen)]

    def nummer(self, groesse: Groesse | None) -> str:
        """SQL: what tells a figure from others in its table; NULL for none."""
        return "NULL" if groesse is None else str(self.nummern[groesse.rechnung])

    def abfrage(self, rechnung: Rechnung) -> str:
        """SELECT of a figure, as far as possible from what stands in a table."""
        if isinstance(rechnung, Summe):
            tabelle, nummer = self.tabelle(rechnung), self.nummern[rechnung]
            return f"SELECT * EXCLUDE (groesse) FROM {tabelle} WHERE groesse = {nummer}"
        return rechnung if isinstance(rechnung, str) else rechnung.sql_aus([self.abfrage(t) for t in rechnung.teile])


@contextmanager
def groessentabellen(con: duckdb.DuckDBPyConnection, groessen: Iterable[Groesse]) -> Iterator[Groessentabellen]:
    """The figures of numerators and denominators; the tables are gone afterwards.

    Args:
        con: a database as `assets.auswertung.datenbank.datenbank` opens it.
        groessen: the numerators and denominators.
    """
    gliederungen = {g.rechnung: _geordnet(g.gliederungen) for g in groessen}
    summen = list(dict.fromkeys(s for rechnung in gliederungen for s in _summen(rechnung)))
    alle = list(dict.fromkeys([*summen, *gliederungen]))
    tabellen = Groessentabellen({rechnung: nummer for nummer, rechnung in enumerate(alle)})
    for nummer, art in enumerate(dict.fromkeys([*gliederungen.values(), *(_geordnet(s.gliederungen) for s in summen)])):
        tabellen.namen[art] = f"groessen_{nummer}"
        spalten = ", ".join(f"{name} {typ}" for name, typ in {**_SPALTEN, **dict.fromkeys(art, "VARCHAR")}.items())
        con.execute(f"CREATE TEMP TABLE groessen_{nummer} ({spalten})")
    try:
        for gruppe in _gemeinsame(summen):
            ziel = tabellen.tabelle(gruppe[0])
            con.execute(f"INSERT INTO {ziel} BY NAME {gemeinsam({tabellen.nummern[s]: s for s in gruppe})}")
        for art, ziel in tabellen.namen.items():
            uebrige = [r for r, g in gliederungen.items() if g == art and not isinstance(r, Summe)]
            if uebrige:
                teile = [f"SELECT {tabellen.nummern[r]} AS groesse, * FROM ({tabellen.abfrage(r)})" for r in uebrige]
                con.execute(f"INSERT INTO {ziel} BY NAME {' UNION ALL BY NAME '.join(teile)}")
        yield tabellen
    finally:
        for name in tabellen.namen.values():
            con.execute(f"DROP TABLE {name}")


def _geordnet(gliederungen: Iterable[str]) -> tuple[str, ...]:
    vorhanden = set(gliederungen)
    return tuple(g for g in GLIEDERUNGEN if g in vorhanden)


def _summen(rechnung: Rechnung) -> Iterator[Summe]:
    """The sums a figure is or is made from."""
    if isinstance(rechnung, Summe):
        yield rechnung
    elif isinstance(rechnung, Ableitung):
        for teil in rechnung.teile:
            yield from _summen(teil)


def _gemeinsame(summen: Iterable[Summe]) -> list[list[Summe]]:
    """Sums that can be computed together in one list."""
    gruppen: dict[object, list[Summe]] = {}
    for summe in summen:
        gruppen.setdefault(summe.gruppierung, []).append(summe)
    return list(gruppen.values())
