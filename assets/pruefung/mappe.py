"""The deliverer's own table back as a workbook: cells with findings coloured and commented, and a list of findings.

What belongs here: the workbook of one delivery. What does not: the findings and their grouping. The first sheet has
every row in the row it has in the file, so that "Zeile 17" is row 17; named like the dataset and with the texts as they
were read, it can be put right and handed in again. Everything is written as text: nothing of a delivery ever runs.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from assets.excel import KOPF, LAENGSTE_ZELLE, Format, Workbook, Worksheet, mappe, spaltenindex
from assets.pruefung.protokoll import GRUENDE, SCHWERE, in_worten, kappung
from assets.pruefung.pruefen import Pruefung
from schemas.befunde import Befund
from schemas.lesebefunde import EXTRA_COLUMN
from schemas.modell import Datensatz, Schwere

BEFUNDE = "Befunde"
CODES = "Erlaubte Codes"
HOECHSTZAHL_ZEILEN = 50_000
"""Rows of a delivery written in full (about 6 s); of a longer one only those with findings, still in their own rows."""

_FARBEN = {Schwere.FEHLER: "#F8C9BC", Schwere.WARNUNG: "#FFE79A", Schwere.HINWEIS: "#D6E6F4"}
_LEISE = {"font_color": "#4B5259", "italic": True}
_BEFUNDSPALTEN = (
    ("Art", 10),
    ("Zeile", 8),
    ("Spalte", 8),
    ("Name der Spalte", 26),
    ("Wert", 24),
    ("Was ist los?", 60),
    ("Was tun?", 60),
    ("Vorschlag", 20),
    ("Regel", 20),
)
_HOECHSTE_SPALTENBREITE = 40
_KOPF_FEST_BIS = 10
"""A header further down is not frozen; what stands above it would fill the window."""

_Platz = tuple[int, int]


def als_mappe(pruefung: Pruefung, daten: Mapping[str, Any], datensatz: Datensatz) -> bytes:
    """The workbook of a checked delivery.

    Args:
        pruefung: the verdict, with the table as read.
        daten: the protocol, as `protokoll.als_daten` gives it.
        datensatz: names the first sheet.
    """

    def fuelle(arbeitsmappe: Workbook) -> None:
        _Tabelle(arbeitsmappe, datensatz.name, pruefung).schreibe()
        _schreibe_befunde(arbeitsmappe, pruefung, daten, datensatz)
        _schreibe_codes(arbeitsmappe, daten)

    return mappe(f"Prüfprotokoll {datensatz.label}", fuelle)


class _Tabelle:
    """The first sheet: the table as read, at the rows and columns of the file."""

    def __init__(self, arbeitsmappe: Workbook, name: str, pruefung: Pruefung) -> None:
        self._blatt: Worksheet = arbeitsmappe.add_worksheet(name)
        self._pruefung = pruefung
        self._plaetze = {s.name: spaltenindex(s.buchstabe) for s in pruefung.gelesen.spalten}
        self._zellen = self._gezeigte_zeilen()
        self._texte: dict[_Platz, str] = {}
        self._farbe = {s: arbeitsmappe.add_format({"bg_color": farbe, "border": 1}) for s, farbe in _FARBEN.items()}
        self._kopfformat = arbeitsmappe.add_format(KOPF)
        self._leise = arbeitsmappe.add_format(_LEISE)

    def _gezeigte_zeilen(self) -> pl.DataFrame:
        zellen = self._pruefung.gelesen.zellen
        if zellen is None:
            return pl.DataFrame(schema={"zeile": pl.Int64})
        if zellen.height > HOECHSTZAHL_ZEILEN:
            zellen = zellen.filter(pl.col("zeile").is_in({b.zeile for b in self._pruefung.befunde}))
        return zellen

    def schreibe(self) -> None:
        """Writes header, rows, left-out rows, then colours and comments over them."""
        self._schreibe_kopf()
        for name, platz in self._plaetze.items():
            self._schreibe_spalte(name, platz)
        for a in self._pruefung.gelesen.ausgelassen[:HOECHSTZAHL_ZEILEN]:
            if a.zeile:
                for spalte, text in enumerate(a.zellen or (a.text,)):
                    if text or not spalte:
                        self._setze((a.zeile - 1, spalte), text, self._leise)
                self._blatt.write_comment(a.zeile - 1, 0, f"Nicht übernommen: {GRUENDE[a.grund]}.")
        self._markiere()
        self._blatt.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        kopfzeile = self._pruefung.gelesen.dialekt.kopfzeile_nr or 0
        if kopfzeile <= _KOPF_FEST_BIS:
            self._blatt.freeze_panes(kopfzeile, 0)

    def _schreibe_kopf(self) -> None:
        kopfzeile = self._pruefung.gelesen.dialekt.kopfzeile_nr
        if kopfzeile is None:
            return
        for s in self._pruefung.gelesen.spalten:
            self._setze((kopfzeile - 1, self._plaetze[s.name]), s.kopf, self._kopfformat)
        for b in self._pruefung.befunde:
            if b.code == EXTRA_COLUMN.id and b.buchstabe:
                self._setze((kopfzeile - 1, spaltenindex(b.buchstabe)), b.spalte or "", self._leise)

    def _schreibe_spalte(self, name: str, platz: int) -> None:
        werte = self._zellen[name] if name in self._zellen else pl.Series([], dtype=pl.String)
        breite = min(max(8, int(werte.str.len_chars().max() or 0) + 2), _HOECHSTE_SPALTENBREITE)  # type: ignore[arg-type]  # max() of lengths is a number
        self._blatt.set_column(platz, platz, breite)
        schreibe = self._blatt.write_string
        for zeile, text in zip(self._zellen["zeile"], werte, strict=False):
            if text is not None:
                schreibe(zeile - 1, platz, text[:LAENGSTE_ZELLE])

    def _setze(self, platz: _Platz, text: str, form: Format) -> None:
        self._texte[platz] = text[:LAENGSTE_ZELLE]
        self._blatt.write_string(*platz, self._texte[platz], form)

    def _markiere(self) -> None:
        """Colours a cell after its worst finding and comments it with all of them."""
        je_zelle: dict[_Platz, list[Befund]] = {}
        for b in self._pruefung.befunde:
            if b.zeile:
                # Without a column of its own a finding is shown at the beginning of its row.
                platz = spaltenindex(b.buchstabe) if b.buchstabe else 0
                je_zelle.setdefault((b.zeile - 1, platz), []).append(b)
        zeilen = dict(zip(self._zellen["zeile"], range(self._zellen.height), strict=True))
        namen = {platz: name for name, platz in self._plaetze.items()}
        for (zeile, spalte), befunde in je_zelle.items():
            text = self._texte.get((zeile, spalte))
            if text is None and zeile + 1 in zeilen and spalte in namen:
                text = self._zellen[namen[spalte]][zeilen[zeile + 1]]
            # Findings come worst first.
            farbe = self._farbe[befunde[0].schwere]
            if text:
                self._blatt.write_string(zeile, spalte, text[:LAENGSTE_ZELLE], farbe)
            else:
                self._blatt.write_blank(zeile, spalte, None, farbe)
            self._blatt.write_comment(zeile, spalte, _kommentar(befunde), {"x_scale": 2.5, "y_scale": 1.6})


def _kommentar(befunde: list[Befund]) -> str:
    teile = [f"{SCHWERE[b.schwere][0]} {b.code}: {b.meldung} {b.abhilfe}{_vorschlag(b)}" for b in befunde]
    return "\n\n".join(dict.fromkeys(teile))[:LAENGSTE_ZELLE]


def _vorschlag(befund: Befund) -> str:
    return f" Vorschlag: {befund.vorschlag}" if befund.vorschlag else ""


def _schreibe_befunde(
    arbeitsmappe: Workbook, pruefung: Pruefung, daten: Mapping[str, Any], datensatz: Datensatz
) -> None:
    """The second sheet: all findings in rows, a sentence on top, then the frozen header with a filter."""
    blatt = arbeitsmappe.add_worksheet(BEFUNDE)
    kopf, umbruch = arbeitsmappe.add_format(KOPF), arbeitsmappe.add_format({"text_wrap": True, "valign": "top"})
    farbe = {s: arbeitsmappe.add_format({"bg_color": f, "valign": "top"}) for s, f in _FARBEN.items()}
    verweis = arbeitsmappe.add_format({"font_color": "#00538A", "underline": 1, "valign": "top"})
    saetze = [f"{in_worten(daten['anzahl'])}.", kappung(dict(daten))]
    if pruefung.zeilen > HOECHSTZAHL_ZEILEN:
        saetze.append(f"Die Tabelle ist lang; das Blatt „{datensatz.name}“ zeigt nur die Zeilen mit Befunden.")
    blatt.write_string(0, 0, " ".join(filter(None, saetze)), arbeitsmappe.add_format({"bold": True}))
    for spalte, (titel, breite) in enumerate(_BEFUNDSPALTEN):
        blatt.set_column(spalte, spalte, breite)
        blatt.write_string(1, spalte, titel, kopf)
    for zeile, b in enumerate(pruefung.befunde, start=2):
        blatt.write_string(zeile, 0, SCHWERE[b.schwere][0], farbe[b.schwere])
        if b.zeile:
            ziel = f"internal:'{datensatz.name}'!{b.buchstabe or 'A'}{b.zeile}"
            blatt.write_url(zeile, 1, ziel, verweis, str(b.zeile))
        texte = (b.buchstabe, b.spalte, b.wert, b.meldung, b.abhilfe, b.vorschlag, b.code)
        for spalte, text in enumerate(texte, start=2):
            if text:
                blatt.write_string(zeile, spalte, text[:LAENGSTE_ZELLE], umbruch)
    blatt.autofilter(1, 0, 1 + max(1, len(pruefung.befunde)), len(_BEFUNDSPALTEN) - 1)
    blatt.freeze_panes(2, 0)


def _schreibe_codes(arbeitsmappe: Workbook, daten: Mapping[str, Any]) -> None:
    """A third sheet where codes are unknown: the whole list of each of these columns."""
    if not daten["erlaubte_codes"]:
        return
    blatt: Worksheet = arbeitsmappe.add_worksheet(CODES)
    kopf = arbeitsmappe.add_format(KOPF)
    for spalte, (titel, breite) in enumerate((("Name der Spalte", 26), ("Code", 18), ("Bedeutung", 60))):
        blatt.set_column(spalte, spalte, breite)
        blatt.write_string(0, spalte, titel, kopf)
    eintraege = [(c["spalte"], z["code"], z["bezeichnung"]) for c in daten["erlaubte_codes"] for z in c["codes"]]
    for zeile, texte in enumerate(eintraege, start=1):
        for spalte, text in enumerate(texte):
            blatt.write_string(zeile, spalte, text)
    blatt.autofilter(0, 0, max(1, len(eintraege)), 2)
    blatt.freeze_panes(1, 0)
    blatt.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
