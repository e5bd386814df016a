"""Numbers as people write them: one decision per column on what points and commas mean, then a strict grammar.

What belongs here: evidence for the writing of a column, the grammar of single cells, units and marks around a number.
What does not: whole columns (`umwandeln.py`). A number is never guessed: what the column does not decide is an error.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from assets.pruefung.deutung import Deutung
from assets.pruefung.excelschaden import excelschaden
from assets.pruefung.zeichen import BEDEUTUNG, STRICHE, Zeichen, als_zeichen, ohne_marke
from schemas.einheiten import gleiche_einheit, ist_einheit
from schemas.modell import Regel, Rolle, Spalte, Typ
from schemas.wertstatus import Wertstatus
from schemas.zellbefunde import (
    AMBIGUOUS_NUMBER,
    BAD_GROUPING,
    ENGLISH_NUMBER,
    INVALID_NUMBER,
    NOT_INTEGER,
    SYMBOL_NOT_ALLOWED,
    SYMBOL_READ,
    TOO_MANY_DIGITS,
    TRAILING_MINUS,
    UNIT_IN_NUMBER,
    UNKNOWN_SYMBOL,
    WRONG_UNIT,
)

_ANFANG, _ENDE = r"(?:^|[^0-9.,])", r"(?:$|[^0-9.,])"
_GRUPPE = r"['’\s]"
_KOMMA_BELEGE = (
    rf"{_ANFANG}(?:[0-9]|{_GRUPPE}|\.[0-9]{{3}})*,(?:[0-9]{{1,2}}|[0-9]{{4,}})?{_ENDE}",
    rf"{_ANFANG}(?:0|[0-9]{{4,}}|[0-9]{{1,3}}(?:(?:\.|{_GRUPPE})[0-9]{{3}})+),[0-9]{{3}}{_ENDE}",
    rf"{_ANFANG}[0-9]{{1,3}}(?:\.[0-9]{{3}}){{2,}}{_ENDE}",
)
"""A comma not before exactly three digits, a comma no thousands could stand before, several groups with points."""

_PUNKT_BELEGE = (
    rf"{_ANFANG}(?:[0-9]|{_GRUPPE})*\.(?:[0-9]{{1,2}}|[0-9]{{4,}}){_ENDE}",
    rf"{_ANFANG}(?:0|[0-9]{{4,}}|[0-9]{{1,3}}(?:{_GRUPPE}[0-9]{{3}})+)\.[0-9]{{3}}{_ENDE}",
)
_PUNKT_NULL = rf"{_ANFANG}-?[0-9]+\.0+{_ENDE}"
_TAUSENDERFORM = rf"{_ANFANG}[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+{_ENDE}"

_STRICH = f"[{re.escape(STRICHE)}]"
_ZAHL = re.compile(
    rf"(?P<vor>€|EUR|Euro)?\s*(?P<vorzeichen>(?:\+|{_STRICH})?)\s*(?P<zahl>[0-9.,'’\s]*[0-9][.,]?)\s*"
    rf"(?P<minus>{_STRICH}?)\s*(?P<nach>(?:[^\W\d_]|[%€‰])[^\d]*[2²]?)?",
    re.IGNORECASE,
)
_STATT_CENT = re.compile(rf"(?<=[0-9],)\s?{_STRICH}{{1,2}}(?=\D*$)")
_STRICH_MIT_EINHEIT = re.compile(rf"{_STRICH}\s*([^\W\d_]+|[%€])")
_DREIERFORM = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_DEUTSCH = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]*")
_ENGLISCH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_PUNKTGRUPPEN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_LEERGRUPPEN = re.compile(r"[1-9][0-9]{0,2}(?:(?P<trenner>['’\s])[0-9]{3})(?:(?P=trenner)[0-9]{3})*")

_STELLEN: Mapping[type[pl.DataType], int] = {pl.Int64: 18, pl.Float64: 15}
"""Digits a type holds exactly, whatever they are."""

_STELLEN_DEZIMAL = 19
"""The same for exact decimals of 38 digits: half of them, so that they fit on either side of the comma."""


_LAENGSTE_ZAHL = 80
"""Characters of a cell that can be a number with sign, grouping and unit; a longer one is a text."""


@dataclass(frozen=True, slots=True)
class Stil:
    """What separates decimals in a column, and whether its cells prove that."""

    dezimal: str = ","
    belegt: bool = False


class _KeineZahlError(Exception):
    """A cell breaks the grammar; carries what to tell about it."""

    def __init__(self, regel: Regel, vorschlag: str | None = None, **werte: object) -> None:
        super().__init__(regel.id)
        self.deutung = Deutung(regel=regel, vorschlag=vorschlag, werte=werte)


DEUTSCH = Stil()
"""The writing of a column that shows no other."""


def erkenne_stil(texte: pl.Series, spalte: Spalte) -> Stil:
    """The writing of a column from its distinct texts. Only proof counts; 1.234 and 1,234 prove nothing.

    A whole number cannot have decimals, so that points before three digits are thousands there, and a point only
    separates decimals where programs wrote 12.0 throughout.
    """
    komma = any(texte.str.contains(beleg).any() for beleg in _KOMMA_BELEGE)
    if spalte.feld.typ is Typ.GANZZAHL:
        nur_null = texte.str.contains(_PUNKT_NULL).any() and not texte.str.contains(_TAUSENDERFORM).any()
        return Stil("." if nur_null and not komma else ",", komma)
    if komma:
        return Stil(",", belegt=True)
    punkt = any(texte.str.contains(beleg).any() for beleg in _PUNKT_BELEGE)
    return Stil("." if punkt else ",", punkt)


def deute_zahl(text: str, spalte: Spalte, stil: Stil) -> Deutung:
    """The number, sign or damage a cell holds. `text` is trimmed."""
    if len(text) > _LAENGSTE_ZAHL:
        return Deutung(regel=INVALID_NUMBER)
    mass = spalte.rolle is Rolle.MASS
    if zeichen := als_zeichen(text):
        return _deute_zeichen(zeichen) if mass else Deutung(regel=SYMBOL_NOT_ALLOWED)
    if schaden := excelschaden(text):
        return schaden
    kern, status = ohne_marke(text) if mass else (text, Wertstatus.NORMAL)
    try:
        return _deute_kern(kern, status, spalte, stil)
    except _KeineZahlError as fehler:
        return fehler.deutung


def _deute_zeichen(zeichen: Zeichen) -> Deutung:
    wert = None if zeichen.wert is None else str(zeichen.wert)
    if zeichen.gaengig:
        return Deutung(wert, zeichen.status)
    werte = {"bedeutung": BEDEUTUNG[zeichen.status], "zeichen": zeichen.amtlich}
    return Deutung(wert, zeichen.status, SYMBOL_READ, werte=werte)


def _deute_kern(kern: str, status: Wertstatus, spalte: Spalte, stil: Stil) -> Deutung:
    fund = _ZAHL.fullmatch(_ohne_zierstrich(kern))
    if fund is None:
        ziffern = any(z.isdigit() for z in kern)
        raise _KeineZahlError(INVALID_NUMBER if ziffern else UNKNOWN_SYMBOL, _ohne_tippfehler(kern))
    if fund["vorzeichen"] and fund["minus"]:
        raise _KeineZahlError(INVALID_NUMBER)
    einheiten = [e for e in (fund["vor"], (fund["nach"] or "").strip()) if e]
    for einheit in einheiten:
        if not gleiche_einheit(einheit, spalte.feld.einheit):
            erwartet = spalte.feld.einheit or "eine Zahl ohne Einheit"
            if ist_einheit(einheit):
                raise _KeineZahlError(WRONG_UNIT, einheit=einheit, erwartet=erwartet)
            raise _KeineZahlError(INVALID_NUMBER)
    ganz, bruch = _zerlegt(fund["zahl"].strip(), spalte, stil)
    kanonisch = _kanonisch(fund["vorzeichen"] or fund["minus"], ganz, bruch, spalte)
    werte = {"gelesen": deutsch(kanonisch)}
    if einheiten:
        return Deutung(kanonisch, status, UNIT_IN_NUMBER, werte=werte)
    return Deutung(kanonisch, status, TRAILING_MINUS, werte=werte) if fund["minus"] else Deutung(kanonisch, status)


def _ohne_zierstrich(kern: str) -> str:
    """Dashes that are no minus: for two zeros in prices (25,- €), for zero in Excel's accounting format (-   €)."""
    strich = _STRICH_MIT_EINHEIT.fullmatch(kern)
    return f"0 {strich[1]}" if strich and ist_einheit(strich[1]) else _STATT_CENT.sub("", kern)


def _zerlegt(zahl: str, spalte: Spalte, stil: Stil) -> tuple[str, str]:
    """(integer digits, decimal digits) of an unsigned number, by the writing of its column."""
    ganz, trenner, bruch = _am_dezimalzeichen(zahl, spalte, stil)
    if re.search(_GRUPPE, ganz):
        if not _LEERGRUPPEN.fullmatch(ganz):
            raise _KeineZahlError(BAD_GROUPING)
        ganz = re.sub(_GRUPPE, "", ganz)
    if "." in ganz:
        ganz = ganz.replace(".", "")
    if (trenner and not ganz and not bruch) or not (ganz + bruch).isascii() or not (ganz + bruch).isdigit():
        raise _KeineZahlError(BAD_GROUPING if re.search(_GRUPPE, zahl) else INVALID_NUMBER)
    return ganz, bruch


def _am_dezimalzeichen(zahl: str, spalte: Spalte, stil: Stil) -> tuple[str, str, str]:
    """Split at the decimal sign; what stands before it may still be grouped."""
    if "," in zahl and "." in zahl:
        if _DEUTSCH.fullmatch(zahl):
            return zahl.partition(",")
        raise _KeineZahlError(*_englisch(zahl) if _ENGLISCH.fullmatch(zahl) else (BAD_GROUPING,))
    if zahl.count(",") > 1:
        raise _KeineZahlError(*_englisch(zahl) if _ENGLISCH.fullmatch(zahl) else (BAD_GROUPING,))
    if zahl.count(".") > 1:
        if not _PUNKTGRUPPEN.fullmatch(zahl):
            raise _KeineZahlError(BAD_GROUPING)
        return zahl, "", ""
    if "," in zahl:
        _pruefe_komma(zahl, spalte, stil)
        return zahl.partition(",")
    return _am_punkt(zahl, spalte, stil)


def _pruefe_komma(zahl: str, spalte: Spalte, stil: Stil) -> None:
    """A single comma separates decimals, unless its place allows thousands and nothing speaks against them."""
    if not _DREIERFORM.fullmatch(zahl):
        return
    if stil.dezimal == "." or (spalte.feld.typ is Typ.GANZZAHL and not stil.belegt):
        raise _KeineZahlError(*_englisch(zahl))
    if not stil.belegt and spalte.feld.nachkommastellen < 3:
        raise _mehrdeutig(zahl)


def _am_punkt(zahl: str, spalte: Spalte, stil: Stil) -> tuple[str, str, str]:
    """A single point, or none: thousands or decimals, as the column says."""
    if "." not in zahl:
        return zahl, "", ""
    dreierform = _DREIERFORM.fullmatch(zahl) is not None
    if spalte.feld.typ is Typ.GANZZAHL and stil.dezimal == "," and dreierform:
        return zahl, "", ""
    if stil.dezimal == "." and not zahl.endswith("."):
        if dreierform and spalte.feld.nachkommastellen < 3:
            raise _mehrdeutig(zahl)
        return zahl.partition(".")
    if dreierform and stil.belegt:
        return zahl, "", ""
    raise _mehrdeutig(zahl) if dreierform else _KeineZahlError(BAD_GROUPING)


def _kanonisch(vorzeichen: str, ganz: str, bruch: str, spalte: Spalte) -> str:
    """The number with a decimal point, no grouping, checked against what its type can hold."""
    if spalte.feld.typ is Typ.GANZZAHL:
        if bruch.strip("0"):
            raise _KeineZahlError(NOT_INTEGER)
        bruch = ""
    grenze = _STELLEN.get(spalte.feld.polars_typ, _STELLEN_DEZIMAL)
    if len((ganz + bruch).lstrip("0")) > grenze:
        raise _KeineZahlError(TOO_MANY_DIGITS, grenze=grenze)
    minus = "-" if vorzeichen and vorzeichen != "+" else ""
    return f"{minus}{ganz.lstrip('0') or '0'}" + (f".{bruch}" if bruch else "")


def deutsch(kanonisch: str) -> str:
    """A canonical number as a German writes it, without grouping."""
    return format(Decimal(kanonisch), "f").replace(".", ",")


def _englisch(zahl: str) -> tuple[Regel, str]:
    return ENGLISH_NUMBER, zahl.replace(",", "").replace(".", ",")


def _mehrdeutig(zahl: str) -> _KeineZahlError:
    """Thousands or decimals; the remedy shows both readings so that neither can be misread again."""
    ganz, bruch = re.split("[.,]", zahl)
    a, b = f"{ganz}{bruch}", f"{ganz},{bruch}"
    return _KeineZahlError(AMBIGUOUS_NUMBER, a=a, b=b, a_text=a, b_text=f"{b}0")


def _ohne_tippfehler(text: str) -> str | None:
    """The number that results if letters that look like digits are digits."""
    korrigiert = text.translate(str.maketrans("oOlI", "0011"))
    return korrigiert if korrigiert != text and re.fullmatch(r"[0-9]+(?:,[0-9]+)?", korrigiert) else None
