"""Tables as an Excel workbook for people who want to filter and count for themselves.

What belongs here: how a table becomes a sheet. What does not: what the sheets hold (`dateien.py`), the options of every
workbook (`assets/excel.py`).
"""

from collections.abc import Sequence

import polars as pl

from assets.excel import KOPF, Workbook, mappe
from assets.offenedaten.formate import JA, NEIN

_BREITE = (8, 48)
"""Narrowest and widest column, in characters."""

Blaetter = Sequence[tuple[str, pl.DataFrame]]


def als_mappe(blaetter: Blaetter, titel: str, verfasser: str) -> bytes:
    """A workbook with a sheet per table, headings in row 1: numbers as numbers, everything else as text.

    Args:
        blaetter: (name of the sheet, table); names have at most 31 characters.
        titel: title in the properties of the file.
        verfasser: author there.
    """

    def fuelle(arbeitsmappe: Workbook) -> None:
        for name, tabelle in blaetter:
            _blatt(arbeitsmappe, name, tabelle)

    return mappe(titel, fuelle, verfasser)


def _blatt(arbeitsmappe: Workbook, name: str, tabelle: pl.DataFrame) -> None:
    blatt = arbeitsmappe.add_worksheet(name)
    blatt.freeze_panes(1, 0)
    blatt.autofilter(0, 0, tabelle.height, tabelle.width - 1)
    kopf = arbeitsmappe.add_format(KOPF)
    for ort, spalte in enumerate(tabelle):
        blatt.set_column(ort, ort, _breite(spalte))
        blatt.write_string(0, ort, spalte.name, kopf)
        schreibe = blatt.write_number if spalte.dtype.is_numeric() else blatt.write_string
        for zeile, wert in enumerate(_zellen(spalte), 1):
            if wert is not None:
                schreibe(zeile, ort, wert)


def _zellen(spalte: pl.Series) -> pl.Series:
    if spalte.dtype.is_numeric():
        return spalte
    if spalte.dtype == pl.Boolean:
        return spalte.replace_strict({True: JA, False: NEIN}, return_dtype=pl.String)
    return spalte.cast(pl.String)


def _breite(spalte: pl.Series) -> int:
    """From heading and first rows: what is far down need not be read to choose a width."""
    proben = [spalte.name, *spalte.head(50).cast(pl.String).drop_nulls()]
    return min(max(_BREITE[0], *(len(p) + 2 for p in proben)), _BREITE[1])
