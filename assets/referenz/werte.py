"""Signs and numbers of the official statistics to a value and its status.

What belongs here: what a value cell and its quality cell say (DIN 55301 as the offices use it). What does not: whether
a dash is a zero, which depends on the rest of the file (`belegung.py`).
"""

import polars as pl

from assets.referenz.fehler import ReferenzFehler
from schemas.wertstatus import Wertstatus

STRICH = "-"
_ZEICHEN = {
    ".": Wertstatus.GEHEIM.value,
    "...": Wertstatus.UNBEKANNT.value,
    "/": Wertstatus.NICHT_BELASTBAR.value,
    "x": Wertstatus.NICHT_SINNVOLL.value,
}
_BUCHSTABEN = {
    "p": Wertstatus.VORLAEUFIG.value,
    "r": Wertstatus.REVIDIERT.value,
    "s": Wertstatus.GESCHAETZT.value,
}
_KLAMMERN = {"()": Wertstatus.EINGESCHRAENKT.value, "( )": Wertstatus.EINGESCHRAENKT.value}
_ENDGUELTIG = {"": Wertstatus.NORMAL.value, "e": Wertstatus.NORMAL.value}
_QUALITAET = {**_ENDGUELTIG, **_BUCHSTABEN, **_KLAMMERN}

QUALITAETSKENNZEICHEN = frozenset({"e", *_BUCHSTABEN, *_KLAMMERN})
"""Signs that stand in a quality column and never in a value column."""
WERTZEICHEN = frozenset({STRICH, *_ZEICHEN})
"""Signs that stand for a value; a quality column may repeat them."""

_FORMEN = {
    ",": r"^-?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,[0-9]+)?$",
    ".": r"^-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?$",
}
"""Decimal sign -> how a number looks with it; the other sign then groups thousands."""


def deute_werte(zellen: pl.DataFrame, dezimal: str | None, datei: str) -> pl.DataFrame:
    """Adds `wert` (Float64), `wertstatus` and `strich` (Boolean) to a table with roh, qualitaet, spalte, datei_zeile.

    A dash gets the value 0 and its quality's status here; `belegung` decides whether that stands. `dezimal` helps only
    where the cells fit both decimal signs. Raises ReferenzFehler naming line and column for anything else than a number
    or an official sign, for a file that mixes decimal signs and for one that leaves them open.
    """
    roh = pl.when(pl.col("roh") == "").then(pl.col("qualitaet")).otherwise(pl.col("roh"))
    geklammert = pl.col("_roh").str.extract(r"^\(\s*(.+?)\s*\)$")
    beschriftet = pl.col("_roh").str.extract(r"^(.*[0-9])\s?[prs]$")
    tabelle = zellen.with_columns(_roh=roh).with_columns(
        _zeichen=pl.col("_roh").is_in([*WERTZEICHEN]),
        _zahl=pl.coalesce(geklammert, beschriftet, "_roh"),
        _buchstabe=pl.col("_roh").str.extract(r"[0-9]\s?([prs])$"),
        _klammer=geklammert.is_not_null(),
    )
    zahlen = pl.col("_zahl").filter(~pl.col("_zeichen"))
    dezimal = _dezimalzeichen(tabelle, dezimal, datei) if tabelle.select(zahlen.len()).item() else ","
    _verlange(tabelle, pl.col("_zeichen") | pl.col("_zahl").str.contains(_FORMEN[dezimal]), datei, "Zahl")
    _verlange(tabelle, pl.col("qualitaet").is_in([*_QUALITAET, *WERTZEICHEN]), datei, "Qualität", "qualitaet")
    echo = pl.col("qualitaet").is_in([*_ZEICHEN]) & ~pl.col("_zeichen")
    _verlange(tabelle, ~echo, datei, "Qualität", "qualitaet")
    gruppen = "." if dezimal == "," else ","
    wert = pl.col("_zahl").str.replace_all(gruppen, "", literal=True).str.replace(dezimal, ".", literal=True)
    return tabelle.with_columns(
        wert=pl.when(pl.col("_roh") == STRICH)
        .then(0.0)
        .when(~pl.col("_zeichen"))
        .then(wert.cast(pl.Float64, strict=False)),
        wertstatus=_status(),
        strich=pl.col("_roh") == STRICH,
    ).drop("_roh", "_zeichen", "_zahl", "_buchstabe", "_klammer")


def _status() -> pl.Expr:
    """Status of a cell: its sign, else brackets, else a letter behind the number, else the quality cell."""
    aus_zeichen = pl.col("_roh").replace_strict(_ZEICHEN, default=None, return_dtype=pl.String)
    aus_klammer = pl.when(pl.col("_klammer")).then(pl.lit(Wertstatus.EINGESCHRAENKT.value))
    aus_buchstabe = pl.col("_buchstabe").replace_strict(_BUCHSTABEN, default=None, return_dtype=pl.String)
    aus_qualitaet = pl.col("qualitaet").replace_strict(
        _QUALITAET, default=Wertstatus.NORMAL.value, return_dtype=pl.String
    )
    return pl.coalesce(aus_zeichen, aus_klammer, aus_buchstabe, aus_qualitaet)


def _dezimalzeichen(tabelle: pl.DataFrame, vorgabe: str | None, datei: str) -> str:
    """The decimal sign of a file, from all its cells; `vorgabe` only where they fit both."""
    zahlen = tabelle.filter(~pl.col("_zeichen")).select(
        "_zahl",
        "datei_zeile",
        "spalte",
        komma=pl.col("_zahl").str.contains(_FORMEN[","]),
        punkt=pl.col("_zahl").str.contains(_FORMEN["."]),
    )
    nur_komma = zahlen.filter(pl.col("komma") & ~pl.col("punkt"))
    nur_punkt = zahlen.filter(pl.col("punkt") & ~pl.col("komma"))
    if nur_komma.height and nur_punkt.height:
        a, b = nur_komma.row(0, named=True), nur_punkt.row(0, named=True)
        raise ReferenzFehler(
            datei,
            f"Zeile {a['datei_zeile']} schreibt „{a['_zahl']}“, Zeile {b['datei_zeile']} „{b['_zahl']}“: "
            "Komma und Punkt sind vermischt.",
            "Bitte die Datei unverändert neu abrufen.",
        )
    if nur_komma.height or nur_punkt.height:
        return "," if nur_komma.height else "."
    offen = zahlen.filter(pl.col("komma") & ~pl.col("_zahl").str.contains(r"^-?[0-9]+$"))
    if offen.height and vorgabe is None:
        erste = offen.row(0, named=True)
        raise ReferenzFehler(
            datei,
            f"In Zeile {erste['datei_zeile']} kann „{erste['_zahl']}“ Tausender oder Nachkommastellen meinen, und "
            "keine andere Zelle entscheidet es.",
            "Bitte die Tabelle auf Deutsch neu abrufen.",
        )
    return vorgabe or ","


def _verlange(tabelle: pl.DataFrame, gut: pl.Expr, datei: str, was: str, spalte: str = "roh") -> None:
    """Raises ReferenzFehler for the first cell that is not `gut`."""
    schlecht = tabelle.filter(~gut)
    if schlecht.is_empty():
        return
    erste = schlecht.sort("datei_zeile", "spalte").row(0, named=True)
    inhalt = f"„{erste[spalte]}“" if erste[spalte] else "Eine leere Zelle"
    artikel = "keine Zahl und kein Zeichen" if was == "Zahl" else "kein Qualitätskennzeichen"
    raise ReferenzFehler(
        datei,
        f"Zeile {erste['datei_zeile']}, Spalte {erste['spalte']}: {inhalt} ist {artikel} der amtlichen Statistik.",
        "Bitte die Datei unverändert neu abrufen.",
    )
