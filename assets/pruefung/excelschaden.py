"""What Excel makes of cells it misunderstood: hash marks, error values, shortened numbers, dates out of anything.

What belongs here: recognising the damage and guessing what stood there. What does not: dates where a date belongs
(`datum.py`).
"""

import re

from assets.pruefung.deutung import Deutung
from schemas.zellbefunde import EXCEL_DATE_DAMAGE, EXCEL_ERROR, EXCEL_HASH, SCIENTIFIC_NOTATION

_FEHLERWERTE = frozenset(
    (
        "#DIV/0!", "#NV", "#N/V", "#N/A", "#WERT!", "#VALUE!", "#BEZUG!", "#REF!", "#NAME?", "#ZAHL!", "#NUM!",
        "#NULL!", "#ÜBERLAUF!", "#SPILL!", "#KALK!", "#CALC!", "#DATEN_ABRUFEN", "#GETTING_DATA", "#FELD!", "#FIELD!",
        "#BLOCKIERT!", "#BLOCKED!", "#VERBINDEN!", "#CONNECT!", "#UNBEKANNT!", "#UNKNOWN!", "#FEHLER!", "#ERROR!",
    )
)  # fmt: skip
_LIBREOFFICE = re.compile(r"(?:Err|Fehler):\s?\d{3}")
"""Errors without a name in LibreOffice."""

_RAUTEN = re.compile(r"#{2,}")
_KURZ = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_MONATE = {
    "jan": 1, "feb": 2, "mär": 3, "mrz": 3, "mar": 3, "apr": 4, "mai": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
_NAME = rf"(?P<monat>{'|'.join(_MONATE)})[a-zä]*\.?"
_TAG_MONAT = re.compile(rf"(?P<tag>\d{{1,2}})[. -]\s?{_NAME}(?:[ -]?\d{{2,4}})?", re.IGNORECASE)
_MONAT_JAHR = re.compile(rf"{_NAME}[ -]?(?P<tag>\d{{1,4}})", re.IGNORECASE)
_ZIFFERN = re.compile(r"(?P<tag>\d{1,2})\.\s?(?P<monat>\d{1,2})\.(?:\s?(?:\d{4}|\d{2}))?(?: 00:00(?::00)?)?")
_ISO = re.compile(r"\d{4}-(?P<monat>\d{2})-(?P<tag>\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")


def fehlerwert(text: str) -> Deutung | None:
    """Damage that is none of the sender's content in any kind of column, or None."""
    if _LIBREOFFICE.fullmatch(text):
        return Deutung(regel=EXCEL_ERROR)
    if not text.startswith("#"):
        return None
    if _RAUTEN.fullmatch(text):
        return Deutung(regel=EXCEL_HASH)
    return Deutung(regel=EXCEL_ERROR) if text.upper() in _FEHLERWERTE else None


def excelschaden(text: str) -> Deutung | None:
    """Damage in a column of numbers, keys or codes, or None."""
    if schaden := fehlerwert(text):
        return schaden
    if _KURZ.fullmatch(text):
        return Deutung(regel=SCIENTIFIC_NOTATION)
    for muster in (_TAG_MONAT, _MONAT_JAHR, _ZIFFERN, _ISO):
        if fund := muster.fullmatch(text):
            monat = fund["monat"]
            nummer = int(monat) if monat.isdigit() else _MONATE[monat.lower()]
            erst, dann = (nummer, int(fund["tag"])) if muster is _MONAT_JAHR else (int(fund["tag"]), nummer)
            vermutung = f" Vermutlich stand dort {erst},{dann} oder {erst}-{dann}."
            return Deutung(regel=EXCEL_DATE_DAMAGE, vorschlag=f"{erst},{dann}", werte={"vermutung": vermutung})
    return None
