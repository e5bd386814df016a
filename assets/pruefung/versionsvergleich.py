"""Two versions of a delivery side by side: rows that are new, gone or changed, and the sums of their figures.

What belongs here: comparing what was sent, also where it was rejected: a cell that means something counts by its
meaning (1.234 and 1234 are the same), any other by its text. What does not: what a change does to indicators
(`assets/auswertung/revisionen.py`, which compares accepted tables).

Rows belong together by the key of the dataset. What the delivery itself says, year and Meldeeinheit, is no part of it
here: a year misread in every row must not make all rows new. A key that occurs twice is counted through.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.eingang.lesen import GeleseneTabelle
from assets.pruefung.schreibweise import als_zelle
from assets.pruefung.umwandeln import wandle_um
from schemas.modell import Datensatz, Spalte, status_von

_DURCH_DIE_LIEFERUNG = ("berichtsjahr", "meldeeinheit")
_NR, _ZEILE, _NEU = "_nr", "zeile", "_neu"
HOECHSTENS = 200
"""Rows of a kind that are listed; all are counted."""


@dataclass(frozen=True, slots=True)
class Fassungstabelle:
    """A version as far as it could be read.

    `tabelle` has every column of the contract as text, each measure also as a number (`_als_zahl`), and `zeile`; it is
    None where there was no table in the file. `fehlend` are columns the file does not have.
    """

    tabelle: pl.DataFrame | None
    fehlend: tuple[str, ...] = ()

    @property
    def summen(self) -> dict[str, float]:
        """The sum of each measure over all rows, total rows included; what is no number counts as nothing."""
        if self.tabelle is None:
            return {}
        zahlen = [s for s in self.tabelle.columns if self.tabelle.schema[s].is_float()]
        return {_mass(s): float(self.tabelle[s].sum()) for s in zahlen}


@dataclass(frozen=True, slots=True)
class Zelle:
    """A cell that differs: column, text before and after, and whether a figure changed a lot."""

    spalte: str
    alt: str
    neu: str
    gross: bool


@dataclass(frozen=True, slots=True)
class Zeile:
    """A row: what identifies it, its Excel row in either file, and for changed ones their cells."""

    schluessel: Mapping[str, str]
    alte_zeile: int | None
    neue_zeile: int | None
    zellen: tuple[Zelle, ...] = ()


@dataclass(frozen=True, slots=True)
class Summe:
    """The sum of a measure over all rows in both versions."""

    spalte: str
    alt: float
    neu: float
    gross: bool


@dataclass(frozen=True, slots=True)
class Vergleich:
    """What differs; of every kind at most `HOECHSTENS` rows, with the total beside them.

    `unvergleichbar` are the columns left out because one of the files does not have them; where a key column is among
    them, or a file has no table, rows cannot be compared and `hat_zeilen` is false.
    """

    neu: tuple[Zeile, ...]
    entfallen: tuple[Zeile, ...]
    geaendert: tuple[Zeile, ...]
    anzahl: Mapping[str, int]
    summen: tuple[Summe, ...]
    unvergleichbar: tuple[str, ...]
    hat_zeilen: bool


@dataclass(frozen=True, slots=True)
class Schwelle:
    """A change is large by more than `anteil` of the old number, if the larger one is at least `mindestens`."""

    anteil: float
    mindestens: float

    def ist_gross(self, alt: float, neu: float) -> bool:
        """Whether the change from one number to the other is large."""
        return max(abs(alt), abs(neu)) >= self.mindestens and abs(neu - alt) > self.anteil * abs(alt)


def fassungstabelle(gelesen: GeleseneTabelle, datensatz: Datensatz) -> Fassungstabelle:
    """A version as it was sent, without corrections."""
    roh = gelesen.zellen
    if roh is None:
        return Fassungstabelle(None)
    umgewandelt = wandle_um(gelesen, datensatz.spalten).tabelle
    texte = [_texte(umgewandelt, roh, spalte) for spalte in datensatz.spalten]
    fehlend = [s.name for s in datensatz.spalten if s.name not in roh.columns and s.vorgabe is None]
    zahlen = [umgewandelt[m].cast(pl.Float64).alias(_als_zahl(m)) for m in datensatz.masse]
    return Fassungstabelle(pl.DataFrame([*texte, *zahlen, umgewandelt[_ZEILE]]), tuple(fehlend))


def _texte(umgewandelt: pl.DataFrame, roh: pl.DataFrame, spalte: Spalte) -> pl.Series:
    """What a column means, written as a delivery has it; where it means nothing, what stands there."""
    namen = [n for n in (spalte.name, status_von(spalte.name)) if n in umgewandelt.columns]
    werte = umgewandelt.select(namen)
    einmal = werte.unique(maintain_order=True)
    geschrieben = pl.Series("_text", [als_zelle(*z) or None for z in einmal.iter_rows()], dtype=pl.String)
    texte = werte.join(einmal.with_columns(geschrieben), on=namen, how="left", nulls_equal=True, maintain_order="left")
    gelesen = (
        roh[spalte.name] if spalte.name in roh.columns else pl.repeat(None, roh.height, dtype=pl.String, eager=True)
    )
    return texte["_text"].fill_null(gelesen).alias(spalte.name)


def vergleiche(datensatz: Datensatz, alt: Fassungstabelle, neu: Fassungstabelle, schwelle: Schwelle) -> Vergleich:
    """Everything in which two versions of a delivery differ."""
    ort = [s for s in datensatz.schluessel if s not in _DURCH_DIE_LIEFERUNG]
    fehlend = tuple(s.name for s in datensatz.spalten if s.name in (*alt.fehlend, *neu.fehlend))
    masse = [m for m in datensatz.masse if m not in fehlend]
    if alt.tabelle is None or neu.tabelle is None:
        return Vergleich((), (), (), {}, (), (), hat_zeilen=False)
    paare = [(m, alt.summen[m], neu.summen[m]) for m in masse]
    summen = tuple(Summe(m, a, n, schwelle.ist_gross(a, n)) for m, a, n in paare)
    if set(fehlend) & set(ort):
        return Vergleich((), (), (), {}, summen, fehlend, hat_zeilen=False)
    spalten = [s.name for s in datensatz.spalten if s.name not in (*ort, *fehlend)]
    nebeneinander = _durchgezaehlt(alt.tabelle, ort).join(
        _durchgezaehlt(neu.tabelle, ort), on=[*ort, _NR], how="full", suffix=_NEU, coalesce=True, nulls_equal=True
    )
    ohne_alt, ohne_neu = pl.col(_ZEILE).is_null(), pl.col(_ZEILE + _NEU).is_null()
    anders = pl.any_horizontal([pl.col(s).ne_missing(pl.col(s + _NEU)) for s in spalten])
    arten = {"neu": ohne_alt, "entfallen": ohne_neu, "geaendert": ~ohne_alt & ~ohne_neu & anders}
    teile = {name: nebeneinander.filter(wo).sort(_ZEILE + _NEU, _ZEILE) for name, wo in arten.items()}
    zeilen = {
        name: tuple(_zeile(z, ort, spalten, masse, schwelle) for z in teil.head(HOECHSTENS).iter_rows(named=True))
        for name, teil in teile.items()
    }
    return Vergleich(
        **zeilen,
        anzahl={name: teil.height for name, teil in teile.items()},
        summen=summen,
        unvergleichbar=fehlend,
        hat_zeilen=True,
    )


def _durchgezaehlt(tabelle: pl.DataFrame, ort: Sequence[str]) -> pl.DataFrame:
    """The rows, those with the same key numbered in their order."""
    nummer = pl.int_range(pl.len())
    return tabelle.with_columns((nummer.over(ort) if ort else nummer).alias(_NR))


def _als_zahl(mass: str) -> str:
    return f"_zahl_{mass}"


def _mass(zahl: str) -> str:
    return zahl.removeprefix("_zahl_")


def _zeile(
    z: Mapping[str, object], ort: Sequence[str], spalten: Sequence[str], masse: Sequence[str], schwelle: Schwelle
) -> Zeile:
    beide = z[_ZEILE] is not None and z[_ZEILE + _NEU] is not None
    zellen = [
        Zelle(s, str(z[s] or ""), str(z[s + _NEU] or ""), s in masse and _ist_gross(z, s, schwelle))
        for s in spalten
        if beide and z[s] != z[s + _NEU]
    ]
    nummern = [None if n is None else int(str(n)) for n in (z[_ZEILE], z[_ZEILE + _NEU])]
    return Zeile({s: str(z[s] or "") for s in ort}, nummern[0], nummern[1], tuple(zellen))


def _ist_gross(z: Mapping[str, object], mass: str, schwelle: Schwelle) -> bool:
    alt, neu = z[_als_zahl(mass)], z[_als_zahl(mass) + _NEU]
    return isinstance(alt, float) and isinstance(neu, float) and schwelle.ist_gross(alt, neu)
