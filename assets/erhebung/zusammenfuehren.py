"""Puts the files of several Träger together to the one delivery of their Meldeeinheit, and says who is missing.

What belongs here: reading each file for itself, joining them, and what keeps them from being joined. What does not:
judging the result (`assets/pruefung`). Each file is converted before it is joined, because one may write 1.5 and the
other 1,5, and only its own cells can tell.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.lesen import GeleseneTabelle, lies_mappe, lies_tabelle
from assets.eingang.unausgefuellt import ist_leeres_blatt, ist_unausgefuellt
from assets.erhebung.stellenregister import Stellenregister, liefern_traeger, stellen_fuer
from assets.pruefung.umwandeln import wandle_um
from schemas.datensaetze import alle_datensaetze
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


def lies_teile(name: str, inhalt: bytes, moegliche: Sequence[str]) -> dict[str, GeleseneTabelle]:
    """What a file of a Träger holds, by dataset; of a workbook the sheets named like one that say something.

    Args:
        name: its name; that of a CSV file begins with its dataset.
        inhalt: its bytes.
        moegliche: the datasets it may hold. With a single one the file is read as that, whatever its name.
    """
    datensaetze = alle_datensaetze()
    if name.lower().endswith(".xlsx"):
        blaetter = lies_mappe(inhalt, name, {d: datensaetze[d].spalten for d in moegliche})
        teile = {d: blaetter[d] for d in moegliche if d in blaetter}
        if teile:
            return {d: t for d, t in teile.items() if not ist_leeres_blatt(t, datensaetze[d])} or teile
    genannt = PurePath(name).name.lower().partition("_")[0]
    eigene = moegliche if len(moegliche) == 1 else [d for d in moegliche if d == genannt]
    return {d: lies_tabelle(inhalt, name, datensaetze[d].spalten) for d in eigene}


def mehrfach_angegebene(dateien: Sequence[tuple[str, bytes]]) -> list[str]:
    """One sentence per file that is there more than once, under its own or another name."""
    gesehen: dict[bytes, str] = {}
    saetze = []
    for name, inhalt in dateien:
        summe = hashlib.sha256(inhalt).digest()
        if summe not in gesehen:
            gesehen[summe] = name
        elif gesehen[summe] == name:
            saetze.append(f"„{name}“ ist mehrfach angegeben.")
        else:
            saetze.append(f"„{name}“ hat denselben Inhalt wie „{gesehen[summe]}“ und wäre damit mehrfach enthalten.")
    return list(dict.fromkeys(saetze))


def fuehre_zusammen(
    teile: Sequence[tuple[str, GeleseneTabelle]], ziel: Lieferschluessel, register: Stellenregister | None
) -> Zusammenfuehrung:
    """Joins files of one dataset.

    Args:
        teile: name and content of each file.
        ziel: the delivery they make up.
        register: the Stellen of the Meldeeinheit; without it, or where rows have no Träger, nobody can be missing.
    """
    datensatz = alle_datensaetze()[ziel.datensatz]
    if not liefern_traeger(datensatz):
        register = None
    tabellen: list[pl.DataFrame] = []
    probleme: list[str] = []
    for name, gelesen in teile:
        tabelle, eigene = _wandle(name, gelesen, datensatz)
        tabellen.append(tabelle.with_columns(datei=pl.lit(name)))
        probleme += [*eigene, *_fremde(tabellen[-1], ziel)]
    alle = pl.concat(tabellen)
    probleme += _doppelte(alle, datensatz)
    mit_traeger = _mit_traeger(alle, register)
    einzelne = tuple(
        Teil(name, t.height, tuple(sorted(t["traeger"].drop_nulls().unique())))
        for (name, _), t in zip(teile, (mit_traeger.filter(pl.col("datei") == n) for n, _ in teile), strict=True)
    )
    da = {kennung for teil in einzelne for kennung in teil.traeger}
    return Zusammenfuehrung(alle.drop("datei", "zeile"), einzelne, tuple(probleme), _fehlende(datensatz, register, da))


def _wandle(name: str, gelesen: GeleseneTabelle, datensatz: Datensatz) -> tuple[pl.DataFrame, list[str]]:
    """The converted table of a file and what is wrong with it. A file without rows says that there was nothing."""
    umgewandelt = wandle_um(gelesen, datensatz.spalten)
    if ist_unausgefuellt(gelesen, datensatz):
        return umgewandelt.tabelle.clear(), []
    fehler = [
        f"{name}{f', Zeile {b.zeile}' if b.zeile else ''}{f', Spalte {b.spalte}' if b.spalte else ''}: {b.meldung}"
        for b in (*gelesen.befunde, *umgewandelt.befunde)
        if b.schwere is Schwere.FEHLER and b.code != NO_DATA.id
    ]
    return umgewandelt.tabelle, _gekuerzt(fehler, f"{name}: und {{}} weitere Fehler.")


def _gekuerzt(saetze: list[str], rest: str) -> list[str]:
    """The first sentences; `rest` says how many more there are."""
    weitere = len(saetze) - GEZEIGTE_PROBLEME
    return saetze if weitere <= 0 else [*saetze[:GEZEIGTE_PROBLEME], rest.format(weitere)]


def _fremde(tabelle: pl.DataFrame, ziel: Lieferschluessel) -> list[str]:
    """Rows of another Meldeeinheit or year: they must not slip into the delivery of this one."""
    fremd = (pl.col("meldeeinheit") != ziel.meldeeinheit) | (pl.col("berichtsjahr") != ziel.berichtsjahr)
    zeilen = tabelle.filter(fremd.fill_null(value=False)).select("datei", "zeile", "meldeeinheit", "berichtsjahr")
    saetze = [
        f"{datei}, Zeile {zeile}: Hier steht {einheit} für {jahr}; "
        f"zusammengeführt wird {ziel.meldeeinheit} für {ziel.berichtsjahr}."
        for datei, zeile, einheit, jahr in zeilen.iter_rows()
    ]
    return _gekuerzt(saetze, "… und {} weitere Zeilen einer anderen Meldeeinheit oder eines anderen Jahres.")


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
