"""The register of Stellen of a Meldeeinheit, as a table per year.

What belongs here: the columns shown and their labels. The law asks for the Stellen themselves, not only their number
(§ 14 Abs. 2 Nr. 2 KomIntAVO). Contact details stay in the register.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.berichte.worte import datum
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, Typ

SPALTEN = (
    "name",
    "einrichtung",
    "traegerschaft",
    "traeger_name",
    "gemeinde_ags",
    "aktiv_von",
    "aktiv_bis",
    "sprachen",
    "meldung_vollstaendig",
)


@dataclass(frozen=True, slots=True)
class Stellenart:
    """The Stellen of one kind, by name; a row has a cell per column of `SPALTEN`."""

    label: str
    zeilen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Stellenjahr:
    """The Stellen of one year, kinds in the order of the code list."""

    jahr: int
    arten: tuple[Stellenart, ...]


def spaltentitel() -> tuple[str, ...]:
    """Column titles from the column dictionary."""
    datensatz = alle_datensaetze()["stellen"]
    return tuple(datensatz.spalte(name).feld.label for name in SPALTEN)


def stellenjahre(land: Land, stellen: pl.DataFrame, meldeeinheit: str) -> tuple[Stellenjahr, ...]:
    """The register of a Meldeeinheit, newest year first; empty without deliveries."""
    eigene = stellen.filter(pl.col("meldeeinheit") == meldeeinheit)
    jahre = sorted(eigene["berichtsjahr"].unique(), reverse=True)
    return tuple(_jahr(land, eigene.filter(pl.col("berichtsjahr") == jahr), jahr) for jahr in jahre)


def _jahr(land: Land, stellen: pl.DataFrame, jahr: int) -> Stellenjahr:
    je_art: dict[str, list[tuple[str, ...]]] = {a: [] for a in alle_datensaetze()["stellen"].spalte("art").codes or ()}
    for zeile in stellen.sort("name", "stelle_id").iter_rows(named=True):
        je_art[zeile["art"]].append(tuple(in_worten(land, name, zeile[name]) for name in SPALTEN))
    return Stellenjahr(jahr, tuple(Stellenart(in_worten(land, "art", a), tuple(z)) for a, z in je_art.items() if z))


def in_worten(land: Land, spalte: str, wert: object) -> str:
    """A cell in words: labels for codes, German dates, names for Gemeinden."""
    feld = alle_datensaetze()["stellen"].spalte(spalte).feld
    if wert is None:
        return ""
    if isinstance(wert, date):
        return datum(wert)
    if spalte == "gemeinde_ags":
        return next((g.name for m in land.meldeeinheiten for g in m.gemeinden if g.ags == wert), str(wert))
    if feld.codeliste is None:
        return str(wert)
    codes = str(wert).replace(",", " ").split() if feld.typ is Typ.CODES else [str(wert)]
    labels = {c.code: c.label for c in feld.codeliste.codes}
    return ", ".join(labels.get(c, c) for c in codes)
