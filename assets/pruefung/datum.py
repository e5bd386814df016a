"""Dates as people and programs write them.

What belongs here: the spellings that leave no doubt about day, month and year, and what to say about all others.
"""

import re
from datetime import date, timedelta

from assets.pruefung.deutung import Deutung
from assets.pruefung.excelschaden import fehlerwert
from assets.pruefung.zeichen import als_zeichen
from schemas.zellbefunde import (
    DATE_FORMAT,
    EXCEL_SERIAL_DATE,
    INVALID_DATE,
    SYMBOL_NOT_ALLOWED,
    TWO_DIGIT_YEAR,
)

_DEUTSCH = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4}|[0-9]{2})(?:[ T]0?0:00(?::00)?(?:\.0+)?)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T]00:00(?::00)?(?:\.0+)?Z?)?")
_SERIELL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")

_JAHRHUNDERTWENDE = 69
"""Two-digit years from here on are 19xx, below 20xx, as in the POSIX standard."""

_NULLTAG = date(1899, 12, 30)
"""Day 0 of Excel's date numbers, shifted by the leap day 1900 that it invented."""

_SERIELL_VON, _SERIELL_BIS = 18_264, 73_050
"""Excel's numbers for 1950 to 2099: others of five digits are no dates anybody delivers."""

_JAHRE = range(1900, 2100)


def deute_datum(text: str) -> Deutung:
    """The calendar day a cell names. A bare number is never read as a date: 2024 would be 16.07.1905."""
    if fund := _DEUTSCH.fullmatch(text):
        tag, monat, jahr = int(fund[1]), int(fund[2]), int(fund[3])
        zweistellig = len(fund[3]) == 2
        if zweistellig:
            jahr += 1900 if jahr >= _JAHRHUNDERTWENDE else 2000
        return _kalendertag(jahr, monat, tag, zweistellig=zweistellig)
    if fund := _ISO.fullmatch(text):
        return _kalendertag(int(fund[1]), int(fund[2]), int(fund[3]), zweistellig=False)
    if _SERIELL.fullmatch(text) and _SERIELL_VON <= int(text[:5]) <= _SERIELL_BIS:
        tag_genau = _NULLTAG + timedelta(days=int(text[:5]))
        return Deutung(regel=EXCEL_SERIAL_DATE, vorschlag=tag_genau.strftime("%d.%m.%Y"))
    if schaden := fehlerwert(text):
        return schaden
    return Deutung(regel=SYMBOL_NOT_ALLOWED if als_zeichen(text) else DATE_FORMAT)


def _kalendertag(jahr: int, monat: int, tag: int, *, zweistellig: bool) -> Deutung:
    try:
        wert = date(jahr, monat, tag)
    except ValueError:
        return Deutung(regel=INVALID_DATE)
    if jahr not in _JAHRE:
        return Deutung(regel=DATE_FORMAT)
    if zweistellig:
        return Deutung(wert.isoformat(), regel=TWO_DIGIT_YEAR, werte={"gelesen": wert.strftime("%d.%m.%Y")})
    return Deutung(wert.isoformat())
