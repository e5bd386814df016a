"""The one way workbooks are written: texts stay texts, nothing becomes a formula or a link, same content, same bytes.

What belongs here: options every workbook shares, and the types of the library, which ships none. What does not: what
stands in a workbook.
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

__all__ = [
    "KOPF",
    "LAENGSTE_ZELLE",
    "LETZTE_ZEILE",
    "Format",
    "Workbook",
    "Worksheet",
    "liste_in_spalte",
    "mappe",
    "spaltenindex",
]

LAENGSTE_ZELLE = 32_767
"""Characters Excel takes in a cell."""

LETZTE_ZEILE = 1_048_575
"""Index of a sheet's last row."""

KOPF = {"bold": True, "bottom": 2, "text_wrap": True, "valign": "top"}
"""Format of a header row."""

_OPTIONEN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_IMMER = datetime(2000, 1, 1, tzinfo=UTC)
"""Creation time of every workbook: the same content gives the same bytes, whenever it is written."""


def mappe(titel: str, fuelle: Callable[[Workbook], None], verfasser: str = "") -> bytes:
    """The bytes of a workbook that `fuelle` has filled; title and author stand in the properties of the file."""
    puffer = io.BytesIO()
    with Workbook(puffer, _OPTIONEN) as arbeitsmappe:
        arbeitsmappe.set_properties({"title": titel, "author": verfasser, "created": _IMMER})
        fuelle(arbeitsmappe)
    return puffer.getvalue()


def spaltenindex(buchstabe: str) -> int:
    """Index (from 0) of the column Excel shows under these letters."""
    return int(xl_cell_to_rowcol(f"{buchstabe}1")[1])


def liste_in_spalte(blatt: str, spalte: int, anzahl: int) -> str:
    """Reference to the first `anzahl` cells of a column, as a drop-down wants it."""
    buchstabe = xl_col_to_name(spalte)
    return f"={blatt}!${buchstabe}$1:${buchstabe}${anzahl}"
