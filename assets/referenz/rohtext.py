"""Bytes of an export to text: unpacking, encoding, and refusal of what is no CSV export at all.

What belongs here: everything decided before the first line is looked at. What does not: lines, cells and layouts.
"""

import codecs
import io
import json
import zipfile
import zlib
from dataclasses import dataclass

from assets.referenz.fehler import ReferenzFehler

_MAX_BYTES = 500_000_000
"""Unpacked size above which a zip is refused; the largest export of the offices is far smaller."""

_NEU_ABRUFEN = "Bitte die Tabelle im Portal der Statistischen Ämter neu als CSV oder Flatfile (ffcsv) abrufen."


@dataclass(frozen=True, slots=True)
class Rohtext:
    """Decoded text of one export. `namen` are the file's own name and, for a zip, the name of the zip after it."""

    namen: tuple[str, ...]
    text: str
    kodierung: str

    @property
    def datei(self) -> str:
        """Name for messages."""
        return " in ".join(self.namen)


def lies_rohtext(inhalt: bytes, dateiname: str) -> Rohtext:
    """Unpacks and decodes one export.

    Raises ReferenzFehler for empty files, workbooks, zips without exactly one CSV, JSON and HTML answers.
    """
    namen: tuple[str, ...] = (dateiname,)
    if inhalt.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        inhalt, innen = _entpackt(inhalt, dateiname)
        namen = (innen, dateiname)
    try:
        text, kodierung = _dekodiert(inhalt)
    except UnicodeDecodeError as fehler:
        raise ReferenzFehler(
            dateiname, "Die Datei ist beschädigt: ihr Text ist nicht lesbar.", _NEU_ABRUFEN
        ) from fehler
    rohtext = Rohtext(namen, text, kodierung)
    _verweigere_fremdes(rohtext)
    return rohtext


def _entpackt(inhalt: bytes, dateiname: str) -> tuple[bytes, str]:
    try:
        archiv = zipfile.ZipFile(io.BytesIO(inhalt))
    except (zipfile.BadZipFile, ValueError, OSError) as fehler:
        raise ReferenzFehler(dateiname, "Das Zip-Archiv ist beschädigt.", _NEU_ABRUFEN) from fehler
    with archiv:
        if "[Content_Types].xml" in archiv.namelist():
            raise ReferenzFehler(dateiname, "Das ist eine Excel-Arbeitsmappe, kein CSV-Abruf.", _NEU_ABRUFEN)
        dateien = [e for e in archiv.infolist() if e.filename.lower().endswith(".csv") and "__MACOSX" not in e.filename]
        if len(dateien) != 1:
            raise ReferenzFehler(
                dateiname,
                f"Das Zip-Archiv enthält {len(dateien)} CSV-Dateien, erwartet wird genau eine.",
                "Bitte das Archiv entpacken und die Dateien einzeln übergeben.",
            )
        if dateien[0].file_size > _MAX_BYTES:
            raise ReferenzFehler(dateiname, "Die entpackte Datei wäre zu groß für einen Tabellenabruf.", _NEU_ABRUFEN)
        try:
            return archiv.read(dateien[0]), dateien[0].filename.rsplit("/", 1)[-1]
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as fehler:
            raise ReferenzFehler(dateiname, "Das Zip-Archiv lässt sich nicht entpacken.", _NEU_ABRUFEN) from fehler


def _dekodiert(inhalt: bytes) -> tuple[str, str]:
    if inhalt.startswith(codecs.BOM_UTF8):
        return inhalt.decode("utf-8-sig"), "UTF-8 mit BOM"
    if inhalt.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return inhalt.decode("utf-16"), "UTF-16"
    try:
        return inhalt.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return inhalt.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        # Five bytes are free in cp1252 but are control characters in ISO-8859-1, which maps every byte.
        return inhalt.decode("iso-8859-1"), "ISO-8859-1"


def _verweigere_fremdes(rohtext: Rohtext) -> None:
    anfang = rohtext.text.lstrip()
    if not anfang:
        raise ReferenzFehler(rohtext.datei, "Die Datei ist leer.", _NEU_ABRUFEN)
    if anfang.startswith("<"):
        raise ReferenzFehler(rohtext.datei, "Das ist eine Webseite (HTML oder XML), keine Tabelle.", _NEU_ABRUFEN)
    if anfang.startswith(("{", "[")):
        raise ReferenzFehler(
            rohtext.datei,
            f"Die Schnittstelle hat statt einer Tabelle eine JSON-Antwort geliefert{_statusmeldung(anfang)}.",
            "Bitte Anmeldung, Tabellennummer und Auswahl prüfen und den Abruf wiederholen; große Tabellen kommen "
            "erst nach einem Hintergrundauftrag.",
        )
    if "\x00" in rohtext.text:
        raise ReferenzFehler(rohtext.datei, "Die Datei ist kein Text.", _NEU_ABRUFEN)


def _statusmeldung(anfang: str) -> str:
    """Status code and message of an API answer, or nothing if it has none."""
    try:
        antwort = json.loads(anfang)
    except (ValueError, RecursionError):
        return ""
    status = antwort.get("Status") if isinstance(antwort, dict) else None
    if isinstance(status, dict):
        return f" (Status {status.get('Code')}: {' '.join(str(status.get('Content')).split())})"
    return f" ({status})" if isinstance(status, str) else ""
