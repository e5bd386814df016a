"""Limits of reading, each with its reason, and the test of a file's bytes against them.

What belongs here: how much a file may ask of memory and time before anything is parsed. Every limit is far above what
an office can deliver on purpose and far below what would stop the machine.
"""

from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import TOO_LARGE

HOECHSTE_BYTES = 256 * 1024 * 1024
"""A million rows of the widest dataset are about 100 MiB; text and table together stay below 2 GiB of memory."""

HOECHSTE_ZEILEN = 1_200_000
"""Excel itself ends at 1 048 576 rows; a file of nothing but line breaks must not be worked through line by line."""

HOECHSTE_ZELLEN = 50_000_000
"""Lines times columns of the header: a million rows of the widest dataset. Blank cells take memory like others."""

HOECHSTE_ZEILENLAENGE = 1024 * 1024
"""Bytes of one line: thirty cells of the longest text Excel can hold."""

HOECHSTE_KOPFLAENGE = 64 * 1024
"""Characters of a line that can be a header: a thousand names of ordinary length."""

HOECHSTE_SPALTEN = 1_000
"""Columns of a header; the widest dataset has about forty."""

HOECHSTE_ZELLLAENGE = 32_767
"""Characters a cell of Excel can hold; a longer one is an unclosed quotation mark, not a text."""

VORSPANN_ZEILEN = 60
"""Lines in which the header has to begin; official tables have up to ten title lines."""

MAPPE_BYTES = 100 * 1024 * 1024
"""Unpacked bytes of the tables of a workbook: about 200 000 rows. Packed they can be a thousandth of that."""

MAPPE_ZELLEN = 10_000_000
"""Rows times columns of all sheets: readers lay out whole rectangles, even for two cells in opposite corners."""

MAPPE_TEILE = 5_000
"""Files inside a workbook; Excel writes a few per sheet."""


def zu_lange_zeile(daten: bytes, liste: Befundliste) -> bool:
    """Whether a line is longer than any row can be; reported in `liste`."""
    zeile = _zu_lange_zeile(daten)
    if zeile is not None:
        grenze = HOECHSTE_ZEILENLAENGE
        liste.neu(
            TOO_LARGE, Ort(zeile, zeile), anzahl=f"mehr als {grenze}", was="Zeichen in einer Zeile", grenze=grenze
        )
    return zeile is not None


def zu_viele_zellen(daten: bytes, breite: int, liste: Befundliste) -> bool:
    """Whether lines of `breite` cells fill more memory than a table may; reported in `liste`."""
    # A line has a byte at least: small files need no count.
    zellen = _zeilen(daten) * breite if len(daten) * breite > HOECHSTE_ZELLEN else 0
    if zellen > HOECHSTE_ZELLEN:
        liste.neu(TOO_LARGE, anzahl=zellen, was="Zellen", grenze=HOECHSTE_ZELLEN)
    return zellen > HOECHSTE_ZELLEN


def zu_viele_zeilen(daten: bytes, liste: Befundliste) -> bool:
    """Whether the file has more lines than may be worked through one by one; reported in `liste`."""
    zeilen = _zeilen(daten)
    if zeilen > HOECHSTE_ZEILEN:
        liste.neu(TOO_LARGE, anzahl=zeilen, was="Zeilen", grenze=HOECHSTE_ZEILEN)
    return zeilen > HOECHSTE_ZEILEN


def _zeilen(daten: bytes) -> int:
    return daten.count(b"\n") + daten.count(b"\r") - daten.count(b"\r\n") + 1


def _zu_lange_zeile(daten: bytes) -> int | None:
    """Number of the first line beyond the limit, found in steps of the limit instead of line by line."""
    anfang = 0
    while len(daten) - anfang > HOECHSTE_ZEILENLAENGE:
        fenster = anfang + HOECHSTE_ZEILENLAENGE
        ende = max(daten.rfind(b"\n", anfang, fenster), daten.rfind(b"\r", anfang, fenster))
        if ende < 0:
            return zeile_an(daten, anfang)
        anfang = ende + 1
    return None


def zeile_an(daten: bytes, stelle: int) -> int:
    """Number of the line (from 1) in which the byte at `stelle` lies; CR, LF and CRLF end a line."""
    davor = daten[:stelle]
    return davor.count(b"\n") + davor.count(b"\r") - davor.count(b"\r\n") + 1
