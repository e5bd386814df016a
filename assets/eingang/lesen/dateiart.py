"""What kind of file the bytes are, whatever the name says.

What belongs here: recognising files that are no text tables by their first bytes. What does not: reading them.
"""

import re

MAPPE = "eine Excel-Arbeitsmappe (.xlsx)"
OLE = "eine Excel-Datei in altem Format (.xls) oder mit Kennwort geschützt"

_KENNUNGEN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"%PDF", "eine PDF-Datei"),
    (b"{\\rtf", "ein Textdokument (RTF)"),
    (b"\x1f\x8b", "eine gepackte Datei (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "eine gepackte Datei (7-Zip)"),
    (b"Rar!", "eine gepackte Datei (RAR)"),
    (b"BZh", "eine gepackte Datei (bzip2)"),
    (b"\xfd7zXZ\x00", "eine gepackte Datei (xz)"),
    (b"\x89PNG", "ein Bild"),
    (b"\xff\xd8\xff", "ein Bild"),
    (b"GIF8", "ein Bild"),
    (b"PAR1", "eine Parquet-Datei"),
    (b"SQLite format 3\x00", "eine Datenbank"),
    (b"\x09\x08", "eine Excel-Datei in altem Format (.xls)"),
    (b"ID;PWXL", "eine Tabelle im SYLK-Format (.slk)"),
    (b"ID;PCALCOOO", "eine Tabelle im SYLK-Format (.slk)"),
    (b"MIME-Version:", "eine Webseite in einer Datei (MHTML)"),
)
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|script|style|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"\s*<(?:\?xml\b|[\w:]+\s+xmlns[:=])", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{])')


def erkenne_art(inhalt: bytes) -> str | None:
    """German name of the kind of file, or None where it may be a text table."""
    anfang = inhalt[:2048].removeprefix(b"\xef\xbb\xbf")
    if anfang.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_art(inhalt)
    for kennung, name in _KENNUNGEN:
        if anfang.startswith(kennung):
            return name
    lesbar = anfang.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    if _HTML.match(lesbar):
        return "eine Webseite (HTML)"
    if _XML.match(lesbar):
        return "eine XML-Datei"
    return "eine JSON-Datei" if _JSON.match(lesbar) else None


def _zip_art(inhalt: bytes) -> str:
    if b"xl/workbook" in inhalt:
        return MAPPE
    if b"opendocument.spreadsheet" in inhalt[:200]:
        return "eine LibreOffice-Tabelle (.ods)"
    return "ein Word-Dokument" if b"word/document" in inhalt else "eine gepackte Datei (ZIP)"
