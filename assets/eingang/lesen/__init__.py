"""Reading what is really sent: the bytes of a CSV file or workbook become a text table with line numbers, or findings.

What belongs here: everything up to the text of a cell. What does not: what the text means (`assets/pruefung`).
Reading never raises for what is in a file, and leaves nothing out without saying so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assets.eingang.lesen.arbeitsmappe import lies_blaetter, lies_passendes_blatt
from assets.eingang.lesen.bereinigen import Verdacht
from assets.eingang.lesen.dateiart import erkenne_art
from assets.eingang.lesen.dialekt import Kopffund, erste_zeile, finde_kopf
from assets.eingang.lesen.grenzen import HOECHSTE_BYTES, zu_lange_zeile, zu_viele_zeilen, zu_viele_zellen
from assets.eingang.lesen.kopfzeile import Namensbuch
from assets.eingang.lesen.rohtabelle import schnell, sorgfaeltig
from assets.eingang.lesen.tabelle import Fundstelle, baue, melde_fehlenden_kopf, unlesbar, zu_breit
from assets.eingang.lesen.typen import Ausgelassen, Dialekt, GefundeneSpalte, GeleseneTabelle, Grund
from assets.eingang.lesen.zeichensatz import entschluessle
from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import EMPTY_FILE, NOT_CSV, NOT_XLSX, TOO_LARGE, UNCLOSED_QUOTE
from schemas.modell import Spalte

__all__ = [
    "Ausgelassen",
    "Dialekt",
    "GefundeneSpalte",
    "GeleseneTabelle",
    "Grund",
    "lies_mappe",
    "lies_tabelle",
]


_LEERES = b' \t\r\n;,|"\x1a'
"""Bytes a file can consist of without containing anything."""

_PROBE = 4096
"""Bytes looked at first: nearly every file shows in them that it is not empty."""


def lies_tabelle(inhalt: bytes, dateiname: str, spalten: Sequence[Spalte]) -> GeleseneTabelle:
    """The table of one dataset in a `.csv` or `.xlsx` file.

    Args:
        inhalt: the bytes as received.
        dateiname: name of the file; only its ending is used.
        spalten: the columns the table should have.

    Returns:
        The text table and how it was understood. `zellen` is None where no table could be read; why stands in
        `befunde`. Findings of severity `fehler` mean that the delivery cannot be accepted.
    """
    liste = Befundliste()
    if not _lesbar(inhalt, dateiname, liste):
        return unlesbar(liste)
    if dateiname.lower().endswith(".xlsx"):
        return lies_passendes_blatt(inhalt, spalten, liste)
    return _lies_text(inhalt, dateiname, spalten, liste)


def lies_mappe(inhalt: bytes, dateiname: str, spalten: Mapping[str, Sequence[Spalte]]) -> dict[str, GeleseneTabelle]:
    """The tables of a workbook with one sheet per dataset.

    Args:
        inhalt: the bytes as received.
        dateiname: name of the file, for messages.
        spalten: the columns of every dataset the workbook may hold.

    Returns:
        One entry per dataset that has a sheet. Sheets of no dataset stand under their own name and have no `zellen`,
        only a finding. If the workbook itself cannot be read, the only entry is `dateiname` with the reason.
    """
    liste = Befundliste()
    if not _lesbar(inhalt, dateiname, liste):
        return {dateiname: unlesbar(liste)}
    return lies_blaetter(inhalt, spalten, liste) or {dateiname: unlesbar(liste)}


def _lesbar(inhalt: bytes, dateiname: str, liste: Befundliste) -> bool:
    """Whether the bytes can be what the name says; else the reason goes to `liste`."""
    mappe = dateiname.lower().endswith(".xlsx")
    art = erkenne_art(inhalt)
    if not inhalt:
        liste.neu(EMPTY_FILE, datei=dateiname)
    elif len(inhalt) > HOECHSTE_BYTES:
        liste.neu(TOO_LARGE, anzahl=len(inhalt), was="Bytes", grenze=HOECHSTE_BYTES)
    elif mappe and not inhalt.startswith(b"PK"):
        liste.neu(NOT_XLSX, erkannt=art or "eine Textdatei oder beschädigt")
    elif not mappe and art:
        liste.neu(NOT_CSV, erkannt=art)
    return not liste.befunde


def _lies_text(inhalt: bytes, dateiname: str, spalten: Sequence[Spalte], liste: Befundliste) -> GeleseneTabelle:
    text = entschluessle(inhalt, liste)
    dialekt = Dialekt(text.zeichensatz)
    if text.daten is None:
        return unlesbar(liste, dialekt)
    daten = text.daten
    fund = _kopf(daten, dateiname, spalten, liste)
    if fund is None:
        return unlesbar(liste, dialekt)
    dialekt = Dialekt(text.zeichensatz, fund.trennzeichen, fund.zeile)
    if zu_viele_zellen(daten, len(fund.kopf.roh), liste):
        return unlesbar(liste, dialekt)
    verdacht = Verdacht.aus(daten, fund.trennzeichen)
    roh = schnell(daten, fund)
    if roh is None:
        if zu_viele_zeilen(daten, liste):
            return unlesbar(liste, dialekt)
        # Cells may contain line breaks now, also at their ends.
        verdacht = replace(verdacht, leerraum=True)
        roh = sorgfaeltig(daten, fund, liste)
    stelle = Fundstelle(fund.kopf, fund.zeile, fund.datenlinie - fund.kopf.zeilen, fund.vorspann)
    return baue(roh, stelle, spalten, liste, dialekt=dialekt, verdacht=verdacht)


def _kopf(daten: bytes, dateiname: str, spalten: Sequence[Spalte], liste: Befundliste) -> Kopffund | None:
    """The header, or None with the reason in `liste`."""
    if not daten[:_PROBE].strip(_LEERES) and not daten.strip(_LEERES):
        liste.neu(EMPTY_FILE, datei=dateiname)
        return None
    if zu_lange_zeile(daten, liste):
        return None
    buch = Namensbuch(spalten)
    fund = finde_kopf(daten, buch)
    if fund is None:
        if b'"' in daten[:_PROBE] and (ohne := finde_kopf(daten.replace(b'"', b""), buch)):
            # The headings are there, only their quotation marks keep them together.
            liste.neu(UNCLOSED_QUOTE, Ort(ohne.zeile, ohne.datenlinie - ohne.kopf.zeilen))
        else:
            melde_fehlenden_kopf(erste_zeile(daten), spalten, liste)
        return None
    return None if zu_breit(fund.kopf, liste) else fund
