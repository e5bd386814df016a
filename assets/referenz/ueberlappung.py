"""Categories that overlap: what must never be added up, and a guard that says so.

What belongs here: the committed list `data/referenz/ueberlappungen.csv` and its use. What does not: guessing overlaps
from figures; rounding and withheld cells make such guesses wrong in both directions.

A line of the list says that in a statistic (five digits, `*` for all) the category of a Merkmal (`*` for all) lies
within `oberkategorie`. `T` there means that the category is itself the total of all others, `ueberlappt` that it cuts
across the others (groupings of countries, "of which" columns). Matching is by code or label, exactly as stored.
"""

import json
from functools import cache
from pathlib import Path

import polars as pl

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.rohwerte import GESAMT
from schemas.pfade import REFERENZ

UEBERLAPPT = "ueberlappt"


@cache
def lies_ueberlappungen(ordner: Path = REFERENZ) -> pl.DataFrame:
    """The list: statistik, merkmal, kategorie, oberkategorie, all text."""
    return pl.read_csv(ordner / "ueberlappungen.csv", infer_schema=False)


def ueberlappende_merkmale(frame: pl.DataFrame) -> pl.DataFrame:
    """Overlapping pairs among the categories of a tidy table: tabelle, merkmal, kategorie, enthalten_in; sorted.

    `enthalten_in` is another category of the same Merkmal that occurs in the table, `T` where the category is the total
    beside others, or `ueberlappt`.
    """
    vorhanden = _kategorien(frame)
    paare = [
        (tabelle, merkmal, kategorie, ober)
        for tabelle, merkmal, alle in vorhanden
        for kategorie in sorted(alle)
        for ober in sorted(_obere(tabelle.split("-")[0], merkmal, kategorie, alle))
    ]
    return pl.DataFrame(
        paare,
        schema={"tabelle": pl.String, "merkmal": pl.String, "kategorie": pl.String, "enthalten_in": pl.String},
        orient="row",
    )


def summierbar(frame: pl.DataFrame, merkmal: str) -> pl.DataFrame:
    """Returns the table unchanged if its figures may be added over `merkmal`.

    Raises ReferenzFehler naming the first pair that would be counted twice.
    """
    paare = ueberlappende_merkmale(frame).filter(pl.col("merkmal") == merkmal)
    if paare.is_empty():
        return frame
    tabelle, _, kategorie, ober = paare.row(0)
    womit = "anderen Kategorien" if ober in (GESAMT, UEBERLAPPT) else f"„{ober}“"
    raise ReferenzFehler(
        f"Tabelle {tabelle}",
        f"Über „{merkmal}“ darf nicht summiert werden: „{kategorie}“ überschneidet sich mit {womit}.",
        "Bitte nur Kategorien wählen, die sich nicht überschneiden.",
    )


def _kategorien(frame: pl.DataFrame) -> list[tuple[str, str, frozenset[str]]]:
    """Per table and Merkmal the categories that occur."""
    je_satz = frame.select("tabelle", "merkmale").unique()
    sammlung: dict[tuple[str, str], set[str]] = {}
    for tabelle, merkmale in je_satz.iter_rows():
        for merkmal, kategorie in _paare(merkmale):
            sammlung.setdefault((tabelle, merkmal), set()).add(kategorie)
    return [(t, m, frozenset(alle)) for (t, m), alle in sorted(sammlung.items())]


@cache
def _paare(merkmale: str) -> tuple[tuple[str, str], ...]:
    return tuple(json.loads(merkmale).items())


def _obere(statistik: str, merkmal: str, kategorie: str, alle: frozenset[str]) -> set[str]:
    """Categories among `alle` that contain `kategorie`, directly or by several steps, and its own marks of the list."""
    if len(alle) == 1:
        return set()
    marken = {GESAMT, UEBERLAPPT}
    direkte = _direkt_ueber(statistik, merkmal, kategorie)
    gesehen: set[str] = set()
    offen = set(direkte - marken)
    while offen:
        ober = offen.pop()
        gesehen.add(ober)
        offen |= _direkt_ueber(statistik, merkmal, ober) - marken - gesehen
    return (gesehen & alle) | (direkte & marken)


@cache
def _direkt_ueber(statistik: str, merkmal: str, kategorie: str) -> frozenset[str]:
    liste = lies_ueberlappungen().filter(
        pl.col("statistik").is_in(["*", statistik]),
        pl.col("merkmal").is_in(["*", merkmal]),
        pl.col("kategorie") == kategorie,
    )
    return frozenset(liste["oberkategorie"].to_list())
