"""The indicators as the handbook shows them: each variant with its source and the SQL that computes it.

What belongs here: asking the catalogue and the generator of the SQL. What does not: the generator
(`assets/auswertung/indikatoren.py`).
"""

from dataclasses import dataclass
from textwrap import dedent

from assets.auswertung.indikatoren import sql_der_variante
from schemas.indikatoren import katalog
from schemas.modell import Berichtspunkt, Indikator, Land, Variante
from schemas.statistik import regel_fuer
from schemas.vergleichbarkeit import GRUENDE


@dataclass(frozen=True, slots=True)
class Berechnung:
    """A variant, its SQL (None without a source), how its values are compared, and its reservations in words."""

    variante: Variante
    sql: str | None
    vergleichsregel: str
    vorbehalte: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kennzahl:
    """An indicator, the items of the law it serves, and its variants."""

    indikator: Indikator
    punkte: tuple[Berichtspunkt, ...]
    berechnungen: tuple[Berechnung, ...]


def kennzahlen(land: Land) -> list[Kennzahl]:
    """The indicators in use in a Land, in its order."""
    return [
        Kennzahl(
            indikator,
            tuple(p for p in land.berichtspunkte if indikator.id in p.indikatoren),
            tuple(
                Berechnung(v, None if v.zaehler is None else _sql(sql_der_variante(v)), regel_fuer(v), _vorbehalte(v))
                for v in indikator.varianten
            ),
        )
        for indikator in katalog(land)
    ]


def _sql(text: str) -> str:
    """The statement without the indentation of the program it comes from."""
    return "\n".join(zeile for zeile in dedent(text).splitlines() if zeile.strip())


def _vorbehalte(variante: Variante) -> tuple[str, ...]:
    """Why values are not fully comparable, in sentences."""
    gruende = {c.code: c.beschreibung for c in GRUENDE.codes}
    brueche = [f"Bruch {jahr}: {was}." for jahr, was in variante.brueche.items()]
    return (*(gruende[g] for g in variante.gruende), *brueche)
