"""Templates of deliveries: CSV with a byte order mark for Excel, or a workbook with drop-downs and notes.

What belongs here: the form of a template. What does not: which rows it starts with (`vorbelegung.py`). A template is
what the reader expects and nothing else: names of the contract, one header row, keys and codes as text, so that Excel
never drops a leading zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from assets.erhebung import worte
from assets.excel import KOPF, LETZTE_ZEILE, Format, Workbook, Worksheet, liste_in_spalte, mappe
from assets.pruefung.schreibweise import als_zelle
from schemas.modell import Datensatz, Rolle, Spalte, Typ, status_von
from schemas.wertstatus import Wertstatus

LISTEN = "Listen"
AMTLICH = "Amtliche Zahlen"
_ZEILENENDE = "\r\n"
_GEZEIGTE_CODES = 25
"""Codes with labels in a note; all of them stand in the drop-down and in the handbook."""

_PFLICHT, _FREIWILLIG = {**KOPF, "bg_color": "#CFE0EE"}, {**KOPF, "bg_color": "#F2F5F7", "italic": True}
ZEICHEN: Mapping[str, str] = {
    "-": "genau null",
    ".": "unbekannt oder nicht erhoben",
    "...": "folgt später",
    "/": "nicht sicher genug",
    "*": "geheim",
    "x": "nicht sinnvoll",
}
"""Signs that may stand for a number, with their meaning; `assets/pruefung/zeichen.py` reads them."""
_BREITE = {Typ.TEXT: 32, Typ.DATUM: 12, Typ.CODE: 18}


@dataclass(frozen=True, slots=True)
class Vorlage:
    """A dataset to be filled in.

    `zeilen` are rows it starts with, columns as in a checked table (`zeile` not needed). `auswahl` offers values for
    columns without a code list, such as the Gemeinden of the Meldeeinheit.
    """

    datensatz: Datensatz
    zeilen: pl.DataFrame | None = None
    auswahl: Mapping[str, Sequence[str]] = field(default_factory=dict)


def als_csv(vorlage: Vorlage) -> bytes:
    """The template as CSV: UTF-8 with a byte order mark, semicolons, decimal comma."""
    namen = [s.name for s in vorlage.datensatz.spalten]
    texte = pl.DataFrame(schema=dict.fromkeys(namen, pl.String))
    if vorlage.zeilen is not None:
        spalten = {s.name: _texte(vorlage.zeilen, s) for s in vorlage.datensatz.spalten}
        texte = pl.DataFrame(spalten, schema=dict.fromkeys(namen, pl.String))
    return texte.write_csv(separator=";", include_bom=True, line_terminator=_ZEILENENDE).encode()


def _texte(zeilen: pl.DataFrame, spalte: Spalte) -> list[str | None]:
    return [als_zelle(wert, status) or None for wert, status in _mit_status(zeilen, spalte)]


def _mit_status(zeilen: pl.DataFrame, spalte: Spalte) -> list[tuple[object, str | None]]:
    werte = zeilen[spalte.name].to_list()
    if spalte.rolle is not Rolle.MASS:
        return [(wert, None) for wert in werte]
    return list(zip(werte, zeilen[status_von(spalte.name)].to_list(), strict=True))


def als_mappe(vorlagen: Sequence[Vorlage], titel: str, amtlich: pl.DataFrame | None = None) -> bytes:
    """A workbook with one sheet per dataset, named like it.

    Args:
        vorlagen: the datasets, in the order of the sheets.
        titel: title of the document.
        amtlich: official figures to look things up in, on a sheet of their own; columns are its headings.
    """

    def fuelle(arbeitsmappe: Workbook) -> None:
        schreiber = _Schreiber(arbeitsmappe)
        for vorlage in vorlagen:
            schreiber.blatt(vorlage)
        if amtlich is not None:
            _schreibe_amtlich(arbeitsmappe, amtlich)
        schreiber.listen()

    return mappe(titel, fuelle)


class _Schreiber:
    """Writes the sheets of a workbook; remembers which lists their drop-downs need."""

    def __init__(self, arbeitsmappe: Workbook) -> None:
        self._mappe = arbeitsmappe
        self._listen: dict[tuple[str, ...] | tuple[int, ...], int] = {}
        self._formate: dict[str, Format] = {}

    def blatt(self, vorlage: Vorlage) -> None:
        """One dataset: header with notes, column formats, drop-downs, the rows it starts with."""
        blatt: Worksheet = self._mappe.add_worksheet(vorlage.datensatz.name)
        kopf = {True: self._mappe.add_format(_PFLICHT), False: self._mappe.add_format(_FREIWILLIG)}
        for nr, spalte in enumerate(vorlage.datensatz.spalten):
            breite = max(_BREITE.get(spalte.feld.typ, 14), len(spalte.name) + 2)
            blatt.set_column(nr, nr, breite, self._format(spalte))
            blatt.write_string(0, nr, spalte.name, kopf[spalte.pflicht])
            text = notiz(spalte)
            hoehe = max(1.0, text.count("\n") / 4 + len(text) / 220)
            blatt.write_comment(0, nr, text, {"x_scale": 2.6, "y_scale": hoehe})
            self._auswahlliste(blatt, nr, spalte, vorlage.auswahl)
            if vorlage.zeilen is not None:
                self._schreibe_spalte(blatt, nr, spalte, vorlage.zeilen)
        blatt.freeze_panes(1, 0)
        blatt.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _format(self, spalte: Spalte) -> Format:
        muster = _zahlenformat(spalte)
        if muster not in self._formate:
            self._formate[muster] = self._mappe.add_format({"num_format": muster})
        return self._formate[muster]

    def _auswahlliste(self, blatt: Worksheet, nr: int, spalte: Spalte, auswahl: Mapping[str, Sequence[str]]) -> None:
        """A drop-down from the hidden list. Several codes in a cell cannot be chosen from one."""
        texte = tuple(auswahl.get(spalte.name, ())) or (spalte.codes if spalte.feld.typ is Typ.CODE else ())
        if not texte:
            return
        # A list of texts would turn the number chosen from it into a text.
        werte = tuple(map(int, texte)) if spalte.feld.typ is Typ.GANZZAHL else texte
        platz = self._listen.setdefault(werte, len(self._listen))
        regel = {
            "validate": "list",
            "source": liste_in_spalte(LISTEN, platz, len(werte)),
            "error_title": spalte.feld.label[:32],
            "error_message": "Bitte einen Eintrag der Liste wählen; was er bedeutet, steht in der Notiz am Kopf.",
            # Labels of codes are read as well, and a new Gemeinde may not be in the list yet.
            "error_type": "warning",
        }
        blatt.data_validation(1, nr, LETZTE_ZEILE, nr, regel)

    def _schreibe_spalte(self, blatt: Worksheet, nr: int, spalte: Spalte, zeilen: pl.DataFrame) -> None:
        form = self._format(spalte)
        for zeile, (wert, status) in enumerate(_mit_status(zeilen, spalte), start=1):
            if wert is None and status is None:
                continue
            if spalte.feld.typ is Typ.DATUM:
                blatt.write_datetime(zeile, nr, wert, form)
            elif isinstance(wert, int | float) and status in (None, Wertstatus.NORMAL):
                blatt.write_number(zeile, nr, wert, form)
            else:
                blatt.write_string(zeile, nr, als_zelle(wert, status), form)

    def listen(self) -> None:
        """The hidden sheet the drop-downs refer to."""
        blatt: Worksheet = self._mappe.add_worksheet(LISTEN)
        for werte, platz in self._listen.items():
            blatt.write_column(0, platz, werte)
        blatt.hide()


def notiz(spalte: Spalte) -> str:
    """The note at a column's heading: what it means, how it is written, whether it has to be filled."""
    feld = spalte.feld
    zeilen = [feld.label, feld.beschreibung, "", f"Form: {worte.form(feld)}"]
    zeilen += [f"Einheit: {feld.einheit}"] if feld.einheit else []
    zeilen += [f"Bereich: {worte.bereich(feld)}"] if worte.bereich(feld) else []
    zeilen += [f"Angabe: {worte.pflicht(spalte)}"]
    zeilen += [f"Beispiel: {feld.beispiel}"] if feld.beispiel else []
    zeichen = ", ".join(f"{z} {bedeutung}" for z, bedeutung in ZEICHEN.items())
    zeilen += [f"Statt einer Zahl: {zeichen}"] if spalte.rolle is Rolle.MASS else []
    if feld.codeliste is not None and (codes := spalte.codes):
        zeilen += ["", *(f"{code} = {feld.codeliste.label_von(code)}" for code in codes[:_GEZEIGTE_CODES])]
        rest = len(codes) - _GEZEIGTE_CODES
        zeilen += [f"… und {rest} weitere; alle stehen im Erhebungshandbuch."] if rest > 0 else []
    return "\n".join(zeilen)


def _zahlenformat(spalte: Spalte) -> str:
    match spalte.feld.typ:
        case Typ.GANZZAHL:
            return "0"
        case Typ.DEZIMAL:
            return f"0.{'0' * spalte.feld.nachkommastellen}"
        case Typ.DATUM:
            return "dd.mm.yyyy"
        case _:
            return "@"


def _schreibe_amtlich(arbeitsmappe: Workbook, amtlich: pl.DataFrame) -> None:
    """Figures to compare with; nothing on this sheet is read when the workbook is handed in."""
    blatt: Worksheet = arbeitsmappe.add_worksheet(AMTLICH)
    satz = "Zum Nachschlagen. Dieses Blatt gehört nicht zur Lieferung und wird nicht gelesen."
    blatt.write_string(0, 0, satz, arbeitsmappe.add_format({"bold": True}))
    kopf = arbeitsmappe.add_format(KOPF)
    zahl = arbeitsmappe.add_format({"num_format": "#,##0.##"})
    for nr, name in enumerate(amtlich.columns):
        blatt.write_string(1, nr, name, kopf)
        blatt.set_column(nr, nr, *((14, zahl) if amtlich.schema[name].is_float() else (30,)))
        for zeile, wert in enumerate(amtlich[name], start=2):
            if wert is not None:
                (blatt.write_number if isinstance(wert, int | float) else blatt.write_string)(zeile, nr, wert)
    blatt.freeze_panes(2, 0)
