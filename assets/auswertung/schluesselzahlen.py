"""The figures of a Verteilschlüssel as each published state of the statistics knew them.

What belongs here: reading them for all Meldeeinheiten, at every Stichtag and in every state, and choosing one. What
does not: sharing out (`verteilung.py`). An allocation needs every Meldeeinheit, so a state that lacks one is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import duckdb
import polars as pl

from assets.auswertung.datenbank import in_allen_staenden
from assets.auswertung.verteilung import Anteile, anteile
from schemas.modell import Land, Meldeeinheit, Verteilgroesse, Verteilschluessel

Werte = Mapping[str, Fraction]
"""Meldeeinheit -> figure."""


@dataclass(frozen=True, slots=True)
class Schluesselstand:
    """The figures of all quantities of a key at one Stichtag, each in one state of publication."""

    stichtag: date
    staende: tuple[str, ...]
    werte: tuple[Werte, ...]

    def anteile(self, schluessel: Verteilschluessel) -> Anteile:
        """The share of each Meldeeinheit."""
        return anteile(self.werte, [g.gewicht for g in schluessel.groessen])


def lies_schluesselstaende(con: duckdb.DuckDBPyConnection, land: Land) -> tuple[Schluesselstand, ...]:
    """All complete combinations, by Stichtag and state; none for a Land without a key.

    Where a key has several quantities, each is taken as the statistics stood when one of them was published.
    """
    if land.verteilschluessel is None:
        return ()
    je_groesse = [_je_stichtag(con, land, groesse) for groesse in land.verteilschluessel.groessen]
    ergebnis: list[Schluesselstand] = []
    for stichtag in sorted(set.intersection(*map(set, je_groesse))):
        gewaehlt = {}
        for grenze in sorted({stand for groesse in je_groesse for stand in groesse[stichtag]}):
            neueste = [max((s for s in groesse[stichtag] if s <= grenze), default=None) for groesse in je_groesse]
            staende = tuple(s for s in neueste if s is not None)
            if len(staende) == len(je_groesse):
                werte = tuple(groesse[stichtag][s] for groesse, s in zip(je_groesse, staende, strict=True))
                gewaehlt[staende] = Schluesselstand(stichtag, staende, werte)
        ergebnis += gewaehlt.values()
    return tuple(ergebnis)


def waehle(staende: Sequence[Schluesselstand], stichtag: date | None, bis: str | None) -> Schluesselstand | None:
    """The newest state at a Stichtag, or the newest that was published by `bis`; None where there is none.

    A state may be a year, a month or a day; as everywhere, the greater text is the newer one.
    """
    passende = [s for s in staende if s.stichtag == stichtag and (bis is None or max(s.staende) <= bis)]
    return passende[-1] if passende else None


def _je_stichtag(
    con: duckdb.DuckDBPyConnection, land: Land, groesse: Verteilgroesse
) -> dict[date, dict[str, dict[str, Fraction]]]:
    """Stichtag -> state -> figures of all Meldeeinheiten."""
    zeilen = in_allen_staenden(con, groesse.groesse.sql).filter(pl.col("wert").is_not_null(), pl.col("wert") >= 0)
    ergebnis: dict[date, dict[str, dict[str, Fraction]]] = {}
    for (stichtag, stand), gruppe in zeilen.group_by("zeitraum_bis", "stand"):
        je_gebiet = {ags: Fraction(str(wert)) for ags, wert in gruppe.select("ags", "wert").iter_rows()}
        werte = {m.id: _wert(m, je_gebiet) for m in land.meldeeinheiten}
        vollstaendig = {kennung: wert for kennung, wert in werte.items() if wert is not None}
        if len(vollstaendig) == len(werte) and any(vollstaendig.values()):
            ergebnis.setdefault(stichtag, {})[stand] = vollstaendig
    return ergebnis


def _wert(meldeeinheit: Meldeeinheit, je_gebiet: Mapping[str, Fraction]) -> Fraction | None:
    """The figure of a Meldeeinheit, or of all its Gemeinden together where statistics do not know it as an area."""
    if meldeeinheit.id in je_gebiet:
        return je_gebiet[meldeeinheit.id]
    gemeinden = [je_gebiet.get(g.ags) for g in meldeeinheit.gemeinden]
    bekannte = [wert for wert in gemeinden if wert is not None]
    return sum(bekannte, Fraction(0)) if bekannte and len(bekannte) == len(gemeinden) else None
