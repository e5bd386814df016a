"""Cells without what people do not see: blanks at the ends, invisible signs, text marks of Excel.

What belongs here: changes that cannot alter a meaning, each reported where it is more than a blank, and letters that
were lost before the file was sent. What does not: understanding cells (`assets/pruefung`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.eingang.lesen.grenzen import HOECHSTE_ZELLLAENGE
from assets.eingang.lesen.typen import GefundeneSpalte, Rohtabelle
from assets.eingang.lesen.verfaelscht import MUSTER, VERDACHTSBYTES, gemeint
from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import INVISIBLE_CHAR, MOJIBAKE, REPLACEMENT_CHAR
from schemas.modell import Spalte, Typ
from schemas.zellbefunde import CELL_TOO_LONG, EXCEL_TEXT_FORMULA

LEERRAUM = " \t\r\n\x0b\x0c\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Everything that looks like a blank."""

_UNSICHTBAR = (
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_ASCII = bytes(range(0x80))
_STUECK = 512 * 1024
"""Bytes looked at together; they stay in the processor's cache."""

_UNSICHTBARE_BYTES = (b"\xc2\xad", b"\xe2\x80", b"\xe2\x81", b"\xef\xb8", b"\xef\xbb\xbf")
_LEERRAUM_BYTES = (b"\xc2\xa0", b"\xe2\x80", b"\xe2\x81", b"\xe3\x80")

VERLOREN = "\ufffd|[A-Za-zÄÖÜäöüß][?][a-zäöüß]"
"""The replacement sign, or a question mark inside a word, as programs put it for a letter they cannot write."""

_TEXTZEICHEN = r"""^(?:="([^"]*)"|'([^']*)'|'(.+))$"""
_TEXTZEICHEN_UM_TEXT = r"""^(?:="([^"]*)"|'([^']*)'())$"""
"""What stands around or before a cell only to make it text; a text itself may begin with an apostrophe."""


@dataclass(frozen=True, slots=True)
class Verdacht:
    """Which kinds of signs the file contains at all, so that clean files are not searched cell by cell."""

    blank: bool = True
    leerraum: bool = True
    unsichtbar: bool = True
    verfaelscht: bool = True
    verloren: bool = True
    textzeichen: bool = True

    @classmethod
    def aus(cls, daten: bytes, trennzeichen: str) -> "Verdacht":
        """What the bytes of a file (UTF-8) can contain. Finds too much rather than too little."""
        # Signs beyond ASCII are few; without all other bytes between them they are found quickly.
        hohe = b"" if daten.isascii() else b"".join(stueck.translate(None, _ASCII) for stueck in _stuecke(daten))
        erlaubt = b"\t\r\n" + trennzeichen.encode()
        steuerzeichen = bytes(b for b in (*range(0x20), 0x7F) if b not in erlaubt)
        ohne = (len(stueck.translate(None, steuerzeichen)) == len(stueck) for stueck in _stuecke(daten))
        return cls(
            blank=b" " in daten,
            leerraum=(b"\t" in daten and trennzeichen != "\t")
            or _enthaelt(hohe, _LEERRAUM_BYTES)
            or b"\x0b" in daten
            or b"\x0c" in daten,
            unsichtbar=not all(ohne) or _enthaelt(hohe, _UNSICHTBARE_BYTES),
            verfaelscht=_enthaelt(hohe, VERDACHTSBYTES),
            verloren=b"?" in daten or b"\xef\xbf\xbd" in hohe,
            textzeichen=b"'" in daten or b"=" in daten,
        )


def _stuecke(daten: bytes) -> Iterator[bytes]:
    """The bytes piece by piece: working on a copy of a whole file costs more in memory than in work."""
    return (daten[ab : ab + _STUECK] for ab in range(0, len(daten), _STUECK))


def _enthaelt(daten: bytes, folgen: Sequence[bytes]) -> bool:
    return any(folge in daten for folge in folgen)


def bereinige(
    roh: Rohtabelle,
    verdacht: Verdacht,
    gefunden: Mapping[str, GefundeneSpalte],
    spalten: Mapping[str, Spalte],
    liste: Befundliste,
) -> Rohtabelle:
    """The table with trimmed cells, blank ones null. `gefunden` maps `c0` … to the contract's columns among them."""
    tabelle = roh.zellen
    if verdacht.unsichtbar:
        tabelle = _ohne_unsichtbare(tabelle, gefunden, liste)
    if verdacht.leerraum or (verdacht.blank and _mit_rand(tabelle, roh.namen)):
        getrimmt = pl.col(roh.namen).str.strip_chars(LEERRAUM)
        tabelle = tabelle.with_columns(getrimmt).with_columns(pl.col(roh.namen).replace("", None))
    if verdacht.textzeichen:
        tabelle = _ohne_textzeichen(tabelle, gefunden, spalten, liste)
    if verdacht.verfaelscht:
        _melde_verfaelschte(tabelle, gefunden, liste)
    if verdacht.verloren:
        _melde_verlorene(tabelle, gefunden, liste)
    _melde_zu_lange(tabelle, gefunden, liste)
    return Rohtabelle(tabelle, roh.breite)


def _mit_rand(tabelle: pl.DataFrame, namen: Sequence[str]) -> bool:
    """Whether any cell begins or ends with a blank."""
    rand = pl.col(namen).str.starts_with(" ") | pl.col(namen).str.ends_with(" ")
    return bool(tabelle.select(pl.any_horizontal(rand.any())).item())


def _ohne_unsichtbare(
    tabelle: pl.DataFrame, gefunden: Mapping[str, GefundeneSpalte], liste: Befundliste
) -> pl.DataFrame:
    for c, spalte in gefunden.items():
        for ort, wert in stellen(tabelle, c, spalte, pl.col(c).str.contains(_UNSICHTBAR)):
            liste.neu(INVISIBLE_CHAR, ort, wert=re.sub(_UNSICHTBAR, "", wert))
    zellen = pl.col([c for c in tabelle.columns if tabelle.schema[c] == pl.String and c != "rest"])
    return tabelle.with_columns(zellen.str.replace_all(_UNSICHTBAR, "")).with_columns(zellen.replace("", None))


def _melde_verfaelschte(tabelle: pl.DataFrame, gefunden: Mapping[str, GefundeneSpalte], liste: Befundliste) -> None:
    for c, spalte in gefunden.items():
        for ort, wert in stellen(tabelle, c, spalte, pl.col(c).str.contains(MUSTER)):
            if vermutung := gemeint(wert[:HOECHSTE_ZELLLAENGE]):
                liste.neu(MOJIBAKE, ort, wert=wert, vorschlag=vermutung)


def _melde_verlorene(tabelle: pl.DataFrame, gefunden: Mapping[str, GefundeneSpalte], liste: Befundliste) -> None:
    for c, spalte in gefunden.items():
        verloren = pl.col(c).str.contains(VERLOREN) & ~pl.col(c).str.contains(r"://|www\.")
        for ort, wert in stellen(tabelle, c, spalte, verloren):
            liste.neu(REPLACEMENT_CHAR, ort, wert=wert)


def _ohne_textzeichen(
    tabelle: pl.DataFrame,
    gefunden: Mapping[str, GefundeneSpalte],
    spalten: Mapping[str, Spalte],
    liste: Befundliste,
) -> pl.DataFrame:
    """`="01234"` is how programs keep Excel from cutting zeros, `'01234` how people do; both mean the digits.

    `'Ort'` is how some databases quote.
    """
    for c, spalte in gefunden.items():
        definition = spalten.get(spalte.name)
        text = definition is not None and definition.feld.typ is Typ.TEXT
        muster = _TEXTZEICHEN_UM_TEXT if text else _TEXTZEICHEN
        if not tabelle[c].str.contains(muster).any():
            continue
        for ort, wert in stellen(tabelle, c, spalte, pl.col(c).str.contains(muster)):
            liste.neu(EXCEL_TEXT_FORMULA, ort, wert=wert, gelesen=re.sub(muster, r"\1\2\3", wert) or "leer")
        tabelle = tabelle.with_columns(pl.col(c).str.replace(muster, "$1$2$3").replace("", None))
    return tabelle


def _melde_zu_lange(tabelle: pl.DataFrame, gefunden: Mapping[str, GefundeneSpalte], liste: Befundliste) -> None:
    laengste = tabelle.select(pl.col(list(gefunden)).str.len_bytes().max().fill_null(0))
    for c in (c for c in laengste.columns if laengste[c].item() > HOECHSTE_ZELLLAENGE):
        for ort, wert in stellen(tabelle, c, gefunden[c], pl.col(c).str.len_chars() > HOECHSTE_ZELLLAENGE):
            liste.neu(CELL_TOO_LONG, ort, wert=wert, laenge=len(wert), grenze=HOECHSTE_ZELLLAENGE)


def stellen(tabelle: pl.DataFrame, c: str, spalte: GefundeneSpalte, betroffen: pl.Expr) -> Iterator[tuple[Ort, str]]:
    """Place and text of every cell of column `c` for which `betroffen` holds."""
    for wert, zeile, linie in tabelle.select(c, "zeile", "physische_zeile").filter(betroffen).iter_rows():
        yield Ort(zeile, linie, spalte.name, spalte.kopf, spalte.buchstabe), wert
