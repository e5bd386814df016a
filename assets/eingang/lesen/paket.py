"""The package an Excel workbook is: checked and packed anew before a parser sees it.

What belongs here: protection against packages that unpack to more than they should, macros, sheets whose cells lie so
far apart that their rectangle fills the memory, texts repeated by reference until they do, and two things parsers drop
silently: error values and formulas without a stored result. What does not: reading sheets (`arbeitsmappe.py`).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assets.eingang.lesen.grenzen import HOECHSTE_BYTES, MAPPE_BYTES, MAPPE_TEILE, MAPPE_ZELLEN
from schemas.befunde import Befundliste
from schemas.lesebefunde import FORMULA_WITHOUT_VALUE, MACROS, NOT_XLSX, TOO_LARGE

_UNNOETIG = re.compile(
    r"(?:^|/)(?:docProps|media|drawings|charts|theme|embeddings|printerSettings|ctrlProps|externalLinks)/"
)
_ZELLENANFANG = re.compile(rb"<(?:\w{1,20}:)?c(?=[\s/>])")
_ZELLE = re.compile(rb"<(?:\w{1,20}:)?c(?=[\s/>])((?:[^<>\"']|\"[^\"]{0,300}\"|'[^']{0,300}'){0,1000})>")
"""A cell's tag with its attributes; bounded, so that no text can make the search take long."""

_KUERZESTE_ZELLE = len(b'<c t="s"><v>0</v></c>')
_ADRESSE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_ZEILE = re.compile(rb"<(?:\w{1,20}:)?row\b(?:[^<>]*?\sr\s*=\s*[\"'](\d+)[\"'])?[^<>]*>")
_FEHLERZELLE = re.compile(rb"(<(?:\w{1,20}:)?c\s[^<>]*?\bt\s*=\s*)([\"'])e\2")
_GETEILT = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_TEXTANFANG = re.compile(rb"<(?:\w{1,20}:)?si(?=[\s/>])")
_TEXTNUMMER = re.compile(rb"\s*<(?:\w{1,20}:)?v>\s*(\d{1,9})\s*<")
_OHNE_ERGEBNIS = re.compile(rb"(?:</(?:\w{1,20}:)?f>|<(?:\w{1,20}:)?f\b[^<>]*/>)\s*</(?:\w{1,20}:)?c>")


def neu_gepackt(inhalt: bytes, liste: Befundliste) -> bytes | None:
    """The parts of a workbook that make up its tables, unpacked within limits; None with the reason in `liste`."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
            return _umgepackt(paket, liste)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, EOFError) as fehler:
        # RuntimeError is a package with a password, NotImplementedError (a RuntimeError) an unusual compression.
        kennwort = "mit Kennwort geschützt" if "password" in str(fehler) else "beschädigt"
        liste.neu(NOT_XLSX, erkannt=kennwort)
        return None


def _umgepackt(paket: zipfile.ZipFile, liste: Befundliste) -> bytes | None:
    teile = [t for t in paket.infolist() if not _UNNOETIG.search(t.filename)]
    namen = {t.filename.lower() for t in teile}
    if len(namen) < len(teile):
        # Programs disagree on which of two parts of one name counts.
        liste.neu(NOT_XLSX, erkannt="beschädigt")
    elif any(name.endswith("vbaproject.bin") for name in namen):
        liste.neu(MACROS)
    elif "xl/workbook.xml" not in namen:
        liste.neu(NOT_XLSX, erkannt="keine Excel-Arbeitsmappe oder in einem anderen Excel-Format gespeichert")
    elif len(teile) > MAPPE_TEILE:
        liste.neu(TOO_LARGE, anzahl=len(teile), was="Teile", grenze=MAPPE_TEILE)
    elif (groesse := sum(t.file_size for t in teile)) > MAPPE_BYTES:
        liste.neu(TOO_LARGE, anzahl=groesse, was="Bytes (entpackt)", grenze=MAPPE_BYTES)
    if liste.befunde:
        return None
    ziel = io.BytesIO()
    inhalt = _Umfang(_textlaengen(paket, teile))
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_STORED) as neu:
        for teil in teile:
            if teil.filename.lower().endswith((".xml", ".rels")):
                daten = _entpackt(paket, teil)
                neu.writestr(teil.filename, _blatt(daten, inhalt, liste) if "/worksheets/" in teil.filename else daten)
            if liste.befunde:
                return None
    return ziel.getvalue()


def _entpackt(paket: zipfile.ZipFile, teil: zipfile.ZipInfo) -> bytes:
    """A part of the package, never more than the size it declares: reading all of it unpacks first, counts then."""
    with paket.open(teil) as datei:
        return datei.read(teil.file_size)


@dataclass(slots=True)
class _Umfang:
    """What the sheets read so far will hold in memory: the lengths of the shared texts, cells, bytes of shared text."""

    textlaengen: list[int]
    zellen: int = 0
    textbytes: int = 0


def _textlaengen(paket: zipfile.ZipFile, teile: Sequence[zipfile.ZipInfo]) -> list[int]:
    """Bytes of every text that cells refer to by its number."""
    for teil in teile:
        if teil.filename.lower() == "xl/sharedstrings.xml":
            xml = _entpackt(paket, teil)
            anfaenge = [fund.start() for fund in _TEXTANFANG.finditer(xml)]
            return [bis - von for von, bis in pairwise([*anfaenge, len(xml)])]
    return []


def _blatt(xml: bytes, umfang: _Umfang, liste: Befundliste) -> bytes:
    """The XML of a sheet with error values as text; what must not be read goes to `liste`."""
    zellen = _rechteck(xml)
    umfang.zellen += zellen or 0
    if zellen is not None and umfang.zellen <= MAPPE_ZELLEN:
        umfang.textbytes += _geteilter_text(xml, umfang.textlaengen)
    if b"\x00" in xml or zellen is None:
        liste.neu(NOT_XLSX, erkannt="beschädigt")
    elif umfang.zellen > MAPPE_ZELLEN:
        liste.neu(TOO_LARGE, anzahl=umfang.zellen, was="Zellen", grenze=MAPPE_ZELLEN)
    elif umfang.textbytes > HOECHSTE_BYTES:
        liste.neu(TOO_LARGE, anzahl=umfang.textbytes, was="Bytes (Text aller Zellen)", grenze=HOECHSTE_BYTES)
    elif ohne := _OHNE_ERGEBNIS.search(xml):
        adressen = _ADRESSE.findall(xml, max(0, ohne.start() - 5_000), ohne.start())
        liste.neu(FORMULA_WITHOUT_VALUE, wert=b"".join(adressen[-1]).decode() if adressen else "ohne Angabe")
    return _FEHLERZELLE.sub(rb"\1\2str\2", xml)


def _rechteck(xml: bytes) -> int | None:
    """Cells of the rectangle from A1 over all filled cells, None if a tag cannot be read.

    Cells without content (formatted only) do not count. Cells may leave out their address; they follow each other then.
    """
    zeilen = spalten = gezaehlt = ohne_adresse = 0
    for fund in _ZELLE.finditer(xml):
        gezaehlt += 1
        adressen = _ADRESSE.findall(fund[1])
        ohne_adresse += not adressen
        if not fund[1].endswith(b"/"):
            for buchstaben, nummer in adressen:
                zeilen, spalten = max(zeilen, int(nummer[:8])), max(spalten, _spalte(buchstaben))
    if gezaehlt != sum(1 for _ in _ZELLENANFANG.finditer(xml)):
        return None
    if ohne_adresse:
        stuecke = _ZEILE.split(xml)
        zeilen = max([zeilen, len(stuecke) // 2, *(int(nr[:8]) for nr in stuecke[1::2] if nr)])
        spalten = max(spalten, *(len(_ZELLE.findall(stueck)) for stueck in stuecke[0::2]))
    return zeilen * spalten


def _geteilter_text(xml: bytes, laengen: Sequence[int]) -> int:
    """Bytes of text its cells refer to; a reference that cannot be read counts as one to the longest text."""
    laengster = max(laengen, default=0)
    if laengster * len(xml) // _KUERZESTE_ZELLE <= HOECHSTE_BYTES:
        return 0
    summe = 0
    for fund in _ZELLE.finditer(xml):
        if _GETEILT.search(fund[1]):
            nummer = _TEXTNUMMER.match(xml, fund.end())
            bekannt = nummer is not None and int(nummer[1]) < len(laengen)
            summe += laengen[int(nummer[1])] if nummer and bekannt else laengster
    return summe


def _spalte(buchstaben: bytes) -> int:
    nummer = 0
    for b in buchstaben[:6].upper():
        nummer = nummer * 26 + b - 64
    return nummer
