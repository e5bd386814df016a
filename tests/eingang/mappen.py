"""Writes minimal Excel workbooks for tests: only the parts a reader needs, cells exactly as given."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

_KOPF = '<?xml version="1.0" encoding="UTF-8"?>'
_TABELLE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BEZIEHUNG = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKET = "http://schemas.openxmlformats.org/package/2006"
_TYP = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Zelle = str | int | float | bool | date | None


def spaltenname(nummer: int) -> str:
    """A to Z, AA and so on for 0, 1, …"""
    name = ""
    nummer += 1
    while nummer:
        nummer, rest = divmod(nummer - 1, 26)
        name = chr(65 + rest) + name
    return name


def zelle(adresse: str, wert: Zelle) -> str:
    """The XML of one cell."""
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return f'<c r="{adresse}" t="b"><v>{int(wert)}</v></c>'
    if isinstance(wert, date):
        return f'<c r="{adresse}" s="1"><v>{(wert - date(1899, 12, 30)).days}</v></c>'
    if isinstance(wert, str):
        return f'<c r="{adresse}" t="inlineStr"><is><t xml:space="preserve">{escape(wert)}</t></is></c>'
    return f'<c r="{adresse}"><v>{wert!r}</v></c>'


def blatt(zeilen: Sequence[Sequence[Zelle]]) -> str:
    """The rows of a sheet as XML."""
    return "".join(
        f'<row r="{z}">' + "".join(zelle(f"{spaltenname(s)}{z}", wert) for s, wert in enumerate(zeile)) + "</row>"
        for z, zeile in enumerate(zeilen, start=1)
    )


_FEST = {
    "_rels/.rels": f'{_KOPF}<Relationships xmlns="{_PAKET}/relationships"><Relationship Id="r1" '
    f'Type="{_BEZIEHUNG}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/styles.xml": f'{_KOPF}<styleSheet xmlns="{_TABELLE}"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/></cellXfs></styleSheet>',
}


def mappe(
    blaetter: Mapping[str, Sequence[Sequence[Zelle]] | str],
    *,
    versteckt: Sequence[str] = (),
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook; a sheet is given as rows or as the XML of its rows."""
    arten = [f'<Override PartName="/xl/workbook.xml" ContentType="{_TYP}.sheet.main+xml"/>']
    bezuege = [f'<Relationship Id="rId0" Type="{_BEZIEHUNG}/styles" Target="styles.xml"/>']
    eintraege = []
    teile: dict[str, str | bytes] = {**_FEST, **(extra or {})}
    for i, (name, inhalt) in enumerate(blaetter.items(), start=1):
        xml = inhalt if isinstance(inhalt, str) else blatt(inhalt)
        pfad = f"worksheets/sheet{i}.xml"
        teile[f"xl/{pfad}"] = f'{_KOPF}<worksheet xmlns="{_TABELLE}"><sheetData>{xml}</sheetData></worksheet>'
        arten.append(f'<Override PartName="/xl/{pfad}" ContentType="{_TYP}.worksheet+xml"/>')
        bezuege.append(f'<Relationship Id="rId{i}" Type="{_BEZIEHUNG}/worksheet" Target="{pfad}"/>')
        zustand = ' state="hidden"' if name in versteckt else ""
        eintraege.append(f'<sheet name="{escape(name)}" sheetId="{i}"{zustand} r:id="rId{i}"/>')
    teile["[Content_Types].xml"] = (
        f'{_KOPF}<Types xmlns="{_PAKET}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(arten)}</Types>'
    )
    teile["xl/workbook.xml"] = (
        f'{_KOPF}<workbook xmlns="{_TABELLE}" xmlns:r="{_BEZIEHUNG}"><sheets>{"".join(eintraege)}</sheets></workbook>'
    )
    teile["xl/_rels/workbook.xml.rels"] = (
        f'{_KOPF}<Relationships xmlns="{_PAKET}/relationships">{"".join(bezuege)}</Relationships>'
    )
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as paket:
        for pfad, daten in teile.items():
            paket.writestr(pfad, daten)
    return ziel.getvalue()
