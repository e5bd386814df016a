"""Tables as an Excel workbook, written as XML by whole columns.

What belongs here: the few parts of a workbook that plain tables need (ECMA-376: sheets, strings, one bold style). What
does not: what the sheets hold. A library that goes cell by cell needs many times longer for the same bytes. No date of
creation is the clock's, so that equal tables give equal bytes.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

import polars as pl

from assets.offenedaten.formate import JA, NEIN

_KOPF = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_NS}/spreadsheetml/2006/main"'
_TYP = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ERSTELLT = "2000-01-01T00:00:00Z"
_TAG = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a ZIP file can name."""
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
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
        for pfad, inhalt in _teile(blaetter, titel, verfasser):
            eintrag = zipfile.ZipInfo(pfad, _TAG)
            eintrag.compress_type = zipfile.ZIP_DEFLATED
            archiv.writestr(eintrag, inhalt, compresslevel=3)
    return puffer.getvalue()


def _teile(blaetter: Blaetter, titel: str, verfasser: str) -> Iterator[tuple[str, str]]:
    nummern = range(1, len(blaetter) + 1)
    verweise = [f"/xl/worksheets/sheet{n}.xml" for n in nummern]
    yield "[Content_Types].xml", _inhaltstypen(verweise)
    yield (
        "_rels/.rels",
        _beziehungen(
            [
                (f"{_NS}/officeDocument/2006/relationships/officeDocument", "xl/workbook.xml"),
                (f"{_NS}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
    )
    yield "docProps/core.xml", _eigenschaften(titel, verfasser)
    yield "xl/workbook.xml", _mappe([name for name, _ in blaetter])
    arten = [("worksheet", f"worksheets/sheet{n}.xml") for n in nummern] + [("styles", "styles.xml")]
    yield (
        "xl/_rels/workbook.xml.rels",
        _beziehungen([(f"{_NS}/officeDocument/2006/relationships/{art}", ziel) for art, ziel in arten]),
    )
    yield "xl/styles.xml", _STILE
    for n, (_, tabelle) in zip(nummern, blaetter, strict=True):
        yield f"xl/worksheets/sheet{n}.xml", _blatt(tabelle)


def _inhaltstypen(blaetter: Sequence[str]) -> str:
    teile = {
        "/xl/workbook.xml": f"{_TYP}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYP}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        **dict.fromkeys(blaetter, f"{_TYP}.worksheet+xml"),
    }
    eintraege = "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in teile.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    standard = (
        f'<Default Extension="rels" ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{_KOPF}<Types xmlns="{_NS}/package/2006/content-types">{standard}{eintraege}</Types>'


def _beziehungen(ziele: Sequence[tuple[str, str]]) -> str:
    eintraege = "".join(
        f'<Relationship Id="rId{n}" Type="{art}" Target="{ziel}"/>' for n, (art, ziel) in enumerate(ziele, 1)
    )
    return f'{_KOPF}<Relationships xmlns="{_NS}/package/2006/relationships">{eintraege}</Relationships>'


def _eigenschaften(titel: str, verfasser: str) -> str:
    raeume = (
        f'xmlns:cp="{_NS}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    daten = "".join(
        f'<dcterms:{art} xsi:type="dcterms:W3CDTF">{_ERSTELLT}</dcterms:{art}>' for art in ("created", "modified")
    )
    worte = f"<dc:title>{escape(titel)}</dc:title><dc:creator>{escape(verfasser)}</dc:creator>"
    return f"{_KOPF}<cp:coreProperties {raeume}>{worte}{daten}</cp:coreProperties>"


def _mappe(namen: Sequence[str]) -> str:
    raum = f'xmlns:r="{_NS}/officeDocument/2006/relationships"'
    blaetter = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(namen, 1))
    return f"{_KOPF}<workbook {_MAIN} {raum}><sheets>{blaetter}</sheets></workbook>"


_STILE = (
    f'{_KOPF}<styleSheet {_MAIN}><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>'
)
"""Style 1 is bold, for headings."""


def _blatt(tabelle: pl.DataFrame) -> str:
    spalten = tabelle.columns
    koepfe = pl.DataFrame({name: [name] for name in spalten})
    zeilen = [*_zeilen(koepfe, 1, stil=' s="1"'), *_zeilen(tabelle, 2)]
    ende = f"{_spaltenname(len(spalten) - 1)}{tabelle.height + 1}"
    fest = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    breiten = "".join(
        f'<col min="{n}" max="{n}" width="{_breite(tabelle[name])}" customWidth="1"/>'
        for n, name in enumerate(spalten, 1)
    )
    return (
        f'{_KOPF}<worksheet {_MAIN}><sheetViews><sheetView workbookViewId="0">{fest}</sheetView></sheetViews>'
        f"<cols>{breiten}</cols><sheetData>{''.join(zeilen)}</sheetData>"
        f'<autoFilter ref="A1:{ende}"/></worksheet>'
    )


def _breite(spalte: pl.Series) -> int:
    """From heading and first rows: what is far down need not be read to choose a width."""
    proben = [spalte.name, *spalte.head(50).cast(pl.String).drop_nulls()]
    return min(max(_BREITE[0], *(len(p) + 2 for p in proben)), _BREITE[1])


def _zeilen(tabelle: pl.DataFrame, erste: int, stil: str = "") -> list[str]:
    """`<row>` elements of a table whose first row has the number `erste`; empty cells are left out."""
    nummer = (pl.int_range(pl.len()) + erste).cast(pl.String)
    zellen = [_zelle(tabelle.schema[name], name, ort, stil) for ort, name in enumerate(tabelle.columns)]
    mit_nummer = tabelle.with_columns(_n=nummer)
    inhalt = pl.concat_str(zellen, ignore_nulls=True)
    return mit_nummer.select(pl.format('<row r="{}">{}</row>', "_n", inhalt)).to_series().to_list()


def _zelle(typ: pl.DataType, name: str, ort: int, stil: str) -> pl.Expr:
    anfang, wert = f'<c r="{_spaltenname(ort)}', pl.col(name)
    if typ.is_numeric():
        return pl.format(anfang + '{}"' + stil + "><v>{}</v></c>", "_n", wert)
    if typ == pl.Boolean:
        wert = wert.replace_strict({True: JA, False: NEIN}, return_dtype=pl.String)
    sicher = wert.cast(pl.String)
    for zeichen, ersatz in {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.items():
        sicher = sicher.str.replace_all(zeichen, ersatz, literal=True)
    text = '{}"' + stil + ' t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
    return pl.format(anfang + text, "_n", sicher)


def _spaltenname(ort: int) -> str:
    """Letters of a column: A to Z for 0 to 25, then AA."""
    name, rest = "", ort + 1
    while rest:
        rest, stelle = divmod(rest - 1, 26)
        name = chr(ord("A") + stelle) + name
    return name
