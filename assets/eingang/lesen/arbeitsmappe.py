"""Excel workbooks (.xlsx): sheets become rows of text with Excel's own row numbers.

What belongs here: choosing sheets, finding their header, and writing typed cells as unambiguous text. What does not:
the package around them (`paket.py`) and other spreadsheet formats, which are refused with a clear message.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from assets.eingang.lesen.bereinigen import LEERRAUM, Verdacht
from assets.eingang.lesen.dialekt import MINDESTENS_NAMEN
from assets.eingang.lesen.grenzen import VORSPANN_ZEILEN
from assets.eingang.lesen.kopfzeile import HOECHSTE_KOPFZEILEN, Kopf, Namensbuch, normalform
from assets.eingang.lesen.paket import neu_gepackt
from assets.eingang.lesen.tabelle import Fundstelle, baue, melde_fehlenden_kopf, unlesbar, zu_breit
from assets.eingang.lesen.typen import Ausgelassen, Dialekt, GeleseneTabelle, Grund, Rohtabelle
from schemas.befunde import Befundliste
from schemas.lesebefunde import EMPTY_FILE, NOT_XLSX, SEVERAL_SHEETS, SHEET_IGNORED, SHEET_UNKNOWN
from schemas.modell import Spalte

_GENAUE_STELLEN = 15
"""Significant digits Excel stores and shows; the binary rest beyond them is noise."""

_Wert = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class _Blatt:
    """A sheet as text from cell A1 on; blank cells are empty texts, all rows are equally long."""

    name: str
    zeilen: list[list[str]]


def lies_passendes_blatt(inhalt: bytes, spalten: Sequence[Spalte], liste: Befundliste) -> GeleseneTabelle:
    """The table of the one sheet that has the header of the dataset; other sheets with content are listed."""
    blaetter = _blaetter(inhalt, liste)
    if not blaetter:
        return unlesbar(liste, Dialekt(art="xlsx"))
    buch = Namensbuch(spalten)
    koepfe = {b.name: _bester_kopf(b, buch) for b in blaetter}
    meiste = max(kopf.treffer for _, kopf in koepfe.values())
    beste = [b for b in blaetter if koepfe[b.name][1].treffer == meiste]
    if meiste >= MINDESTENS_NAMEN and len(beste) > 1:
        liste.neu(SEVERAL_SHEETS, blaetter=" und ".join(f"„{b.name}“" for b in beste))
        return unlesbar(liste, Dialekt(art="xlsx"))
    andere = [b.name for b in blaetter if b is not beste[0]]
    for name in andere:
        liste.neu(SHEET_IGNORED, blatt=name)
    gelesen = _tabelle(beste[0], *koepfe[beste[0].name], spalten, liste)
    nicht_gelesen = tuple(Ausgelassen(0, Grund.BLATT, name) for name in andere)
    return replace(gelesen, ausgelassen=nicht_gelesen + gelesen.ausgelassen)


def lies_blaetter(
    inhalt: bytes, spalten: Mapping[str, Sequence[Spalte]], liste: Befundliste
) -> dict[str, GeleseneTabelle]:
    """A table per sheet named like a dataset, a finding per other sheet; empty if the workbook cannot be read."""
    datensaetze = {normalform(name): name for name in spalten}
    tabellen: dict[str, GeleseneTabelle] = {}
    for blatt in _blaetter(inhalt, liste):
        eigene = Befundliste()
        datensatz = datensaetze.get(normalform(blatt.name))
        if datensatz and datensatz not in tabellen:
            kopf = _bester_kopf(blatt, Namensbuch(spalten[datensatz]))
            tabellen[datensatz] = _tabelle(blatt, *kopf, spalten[datensatz], eigene)
            continue
        if datensatz:
            eigene.neu(SEVERAL_SHEETS, blaetter=f"„{blatt.name}“ und „{datensatz}“")
        elif aehnlich := get_close_matches(normalform(blatt.name), datensaetze, 1, 0.75):
            eigene.neu(SHEET_UNKNOWN, blatt=blatt.name, vorschlag=datensaetze[aehnlich[0]])
        else:
            eigene.neu(SHEET_IGNORED, blatt=blatt.name)
        tabellen[blatt.name] = unlesbar(eigene, Dialekt(art="xlsx", blatt=blatt.name))
    return tabellen


def _blaetter(inhalt: bytes, liste: Befundliste) -> list[_Blatt]:
    """The visible sheets with content; why there are none stands in `liste`."""
    paket = neu_gepackt(inhalt, liste)
    if paket is None:
        return []
    blaetter: list[_Blatt] = []
    try:
        mappe = CalamineWorkbook.from_filelike(io.BytesIO(paket))
        for blatt in mappe.sheets_metadata:
            if blatt.typ == SheetTypeEnum.WorkSheet and blatt.visible == SheetVisibleEnum.Visible:
                zeilen = mappe.get_sheet_by_name(blatt.name).to_python(skip_empty_area=False)
                texte = [[_text(zelle) for zelle in zeile] for zeile in zeilen]
                if any(zelle for zeile in texte for zelle in zeile):
                    blaetter.append(_Blatt(blatt.name, texte))
    except (CalamineError, OSError, ValueError, OverflowError):
        liste.neu(NOT_XLSX, erkannt="beschädigt")
        return []
    if not blaetter:
        liste.neu(EMPTY_FILE, datei="Arbeitsmappe")
    return blaetter


def _bester_kopf(blatt: _Blatt, buch: Namensbuch) -> tuple[int, Kopf]:
    """(index of the row, header) that names most columns among the first rows."""
    koepfe = [
        (nr, buch.bester_kopf(blatt.zeilen[nr : nr + HOECHSTE_KOPFZEILEN]))
        for nr in range(min(len(blatt.zeilen), VORSPANN_ZEILEN))
    ]
    return max(koepfe, key=lambda k: (k[1].treffer, -k[1].zeilen, -k[0]))


def _tabelle(blatt: _Blatt, nr: int, kopf: Kopf, spalten: Sequence[Spalte], liste: Befundliste) -> GeleseneTabelle:
    dialekt = Dialekt(art="xlsx", blatt=blatt.name, kopfzeile_nr=nr + 1)
    if kopf.treffer < MINDESTENS_NAMEN:
        erste = next(i for i, zeile in enumerate(blatt.zeilen, start=1) if any(zeile))
        melde_fehlenden_kopf(erste, spalten, liste)
        return unlesbar(liste, replace(dialekt, kopfzeile_nr=None))
    if zu_breit(kopf, liste):
        return unlesbar(liste, dialekt)
    vorspann = [(i, tuple(zeile)) for i, zeile in enumerate(blatt.zeilen[:nr], start=1)]
    stelle = Fundstelle(kopf, nr + 1, nr + 1, tuple(vorspann))
    roh = _roh(blatt.zeilen[nr + kopf.zeilen :], nr + kopf.zeilen + 1, len(kopf.roh))
    return baue(roh, stelle, spalten, liste, dialekt=dialekt, verdacht=Verdacht())


def _roh(zeilen: list[list[str]], erste: int, breite: int) -> Rohtabelle:
    zellen = {f"c{i}": pl.Series([z[i] or None for z in zeilen], dtype=pl.String) for i in range(breite)}
    nummern = pl.Series(range(erste, erste + len(zeilen)), dtype=pl.Int64)
    tabelle = pl.DataFrame({**zellen, "zeile": nummern, "physische_zeile": nummern})
    return Rohtabelle(
        tabelle.with_columns(felder=pl.lit(breite, pl.Int64), rest=pl.lit(None, pl.String)),
        breite,
    )


def _text(wert: _Wert) -> str:
    """A cell as a German would type it without room for doubt: decimal comma, ISO dates, WAHR and FALSCH."""
    if isinstance(wert, str):
        return wert.strip(LEERRAUM)
    if isinstance(wert, bool):
        return "WAHR" if wert else "FALSCH"
    if isinstance(wert, int | float):
        return _zahl(float(wert))
    if isinstance(wert, datetime) and wert.time() == time():
        return wert.date().isoformat()
    return str(wert) if isinstance(wert, timedelta) else wert.isoformat()


def _zahl(wert: float) -> str:
    """Three decimals get a zero: "1,234" could be taken for a thousand, but this cell is known to be 1.234."""
    text = format(wert, f".{_GENAUE_STELLEN}g")
    if "e" in text or "n" in text:
        klein = abs(wert) < 1
        return format(wert, ".20f").rstrip("0").replace(".", ",") if klein else text.upper().replace(".", ",")
    ganz, _, bruch = text.partition(".")
    if not bruch:
        return ganz
    return f"{ganz},{bruch}0" if len(bruch) == 3 else f"{ganz},{bruch}"
