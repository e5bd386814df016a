"""Puts the files of several Träger together to the one delivery of their Meldeeinheit, and says who is missing.

What belongs here: reading each file for itself, joining them, and what keeps them from being joined. What does not:
judging the result (`assets/pruefung`). Each file is converted before it is joined, because one may write 1.5 and the
other 1,5, and only its own cells can tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.eingang.lesen import lies_tabelle
from assets.erhebung.stellenregister import Stellenregister, liefern_traeger, stellen_fuer
from assets.pruefung.umwandeln import wandle_um
from schemas.lesebefunde import NO_DATA
from schemas.modell import Datensatz, Schwere

GEZEIGTE_PROBLEME = 20
"""Problems of one file spelled out; checking the file alone shows all."""


@dataclass(frozen=True, slots=True)
class Teil:
    """One file: its name, how many rows it has, and whose (ids of Träger; empty where the register does not say)."""

    dateiname: str
    zeilen: int
    traeger: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FehlenderTraeger:
    """A Träger the register expects and no file has a row of. `abgemeldet`: the register says it did not report."""

    id: str
    name: str
    abgemeldet: bool


@dataclass(frozen=True, slots=True)
class Zusammenfuehrung:
    """The rows of all files in their order, columns of the checked table; to be written only if `probleme` is empty."""

    zeilen: pl.DataFrame
    teile: tuple[Teil, ...]
    probleme: tuple[str, ...]
    fehlende: tuple[FehlenderTraeger, ...]


def fuehre_zusammen(
    dateien: Sequence[tuple[str, bytes]], datensatz: Datensatz, register: Stellenregister | None
) -> Zusammenfuehrung:
    """Joins files of one dataset.

    Args:
        dateien: name and bytes of each file.
        datensatz: what they are.
        register: the Stellen of the Meldeeinheit; without it, or where rows have no Träger, nobody can be missing.
    """
    if not liefern_traeger(datensatz):
        register = None
    tabellen: list[pl.DataFrame] = []
    probleme: list[str] = []
    for name, inhalt in dateien:
        tabelle, eigene = _lies(name, inhalt, datensatz)
        probleme += eigene
        tabellen.append(tabelle.with_columns(datei=pl.lit(name)))
    alle = pl.concat(tabellen)
    probleme += _doppelte(alle, datensatz)
    mit_traeger = _mit_traeger(alle, register)
    teile = tuple(
        Teil(name, t.height, tuple(sorted(t["traeger"].drop_nulls().unique())))
        for (name, _), t in zip(dateien, (mit_traeger.filter(pl.col("datei") == n) for n, _ in dateien), strict=True)
    )
    da = {kennung for teil in teile for kennung in teil.traeger}
    return Zusammenfuehrung(alle.drop("datei", "zeile"), teile, tuple(probleme), _fehlende(datensatz, register, da))


def _lies(name: str, inhalt: bytes, datensatz: Datensatz) -> tuple[pl.DataFrame, list[str]]:
    """The converted table of a file and what is wrong with it. A file without rows says that there was nothing."""
    gelesen = lies_tabelle(inhalt, name, datensatz.spalten)
    umgewandelt = wandle_um(gelesen, datensatz.spalten)
    fehler = [
        f"{name}{f', Zeile {b.zeile}' if b.zeile else ''}{f', Spalte {b.spalte}' if b.spalte else ''}: {b.meldung}"
        for b in (*gelesen.befunde, *umgewandelt.befunde)
        if b.schwere is Schwere.FEHLER and b.code != NO_DATA.id
    ]
    if len(fehler) > GEZEIGTE_PROBLEME:
        fehler = [*fehler[:GEZEIGTE_PROBLEME], f"{name}: und {len(fehler) - GEZEIGTE_PROBLEME} weitere Fehler."]
    return umgewandelt.tabelle, fehler


def _doppelte(alle: pl.DataFrame, datensatz: Datensatz) -> list[str]:
    """Keys that occur in more than one place, with all their places."""
    stelle = pl.concat_str(pl.col("datei"), pl.lit(", Zeile "), pl.col("zeile"))
    schluessel = list(datensatz.schluessel)
    mehrfach = (
        alle.filter(pl.all_horizontal(pl.col(schluessel).is_not_null()))
        .group_by(schluessel, maintain_order=True)
        .agg(stelle.alias("stellen"))
        .filter(pl.col("stellen").list.len() > 1)
    )
    return [
        f"Derselbe Schlüssel steht mehrfach da: {'; '.join(stellen)}."
        for stellen in mehrfach["stellen"].head(GEZEIGTE_PROBLEME)
    ]


def _mit_traeger(alle: pl.DataFrame, register: Stellenregister | None) -> pl.DataFrame:
    """Adds whose row it is: as the row says, or as the register says of its Stelle."""
    if "traeger_id" in alle.columns:
        return alle.with_columns(traeger=pl.col("traeger_id"))
    if register is None:
        return alle.with_columns(traeger=pl.lit(None, pl.String))
    wem = register.stellen.select("stelle_id", traeger="traeger_id").unique("stelle_id", maintain_order=True)
    return alle.join(wem, on="stelle_id", how="left", maintain_order="left")


def _fehlende(datensatz: Datensatz, register: Stellenregister | None, da: set[str]) -> tuple[FehlenderTraeger, ...]:
    if register is None:
        return ()
    eigenes_jahr = register.geliefert_fuer == register.jahr
    traeger = (
        stellen_fuer(datensatz, register.stellen)
        .filter(~pl.col("traeger_id").is_in(sorted(da)))
        .group_by("traeger_id", maintain_order=True)
        .agg(pl.col("traeger_name").first(), (pl.col("meldung_vollstaendig") == "N").all().alias("abgemeldet"))
        .sort("traeger_id")
    )
    return tuple(FehlenderTraeger(i, name, eigenes_jahr and ab) for i, name, ab in traeger.iter_rows())
