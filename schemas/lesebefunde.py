"""Findings of reading a file: stable ids, severities and German texts, and the register with those of cells (R01, R05).

What belongs here: what a sender should know about how the file, its header and its rows were understood. What does not:
single cells (`zellbefunde.py`), rules about values (`regeln.py`, `datensaetze/`) and looking for findings (`assets/`).
Texts do not repeat row and column; whoever shows a finding shows those beside it.
"""

from collections.abc import Mapping

from schemas import zellbefunde
from schemas.modell import Fehlertext, Regel, Schwere, Umfang, nur_lesen
from schemas.vertragsfehler import Vertragsfehler

_QUELLE = "Aufbau der Lieferdatei (Erhebungshandbuch)"


def _fehler(kennung: str, titel: str, meldung: str, abhilfe: str) -> Regel:
    return Regel(kennung, Schwere.FEHLER, Umfang.LESEN, Fehlertext(titel, meldung, abhilfe), _QUELLE)


def _warnung(kennung: str, titel: str, meldung: str, abhilfe: str) -> Regel:
    return Regel(kennung, Schwere.WARNUNG, Umfang.LESEN, Fehlertext(titel, meldung, abhilfe), _QUELLE)


def _hinweis(kennung: str, titel: str, meldung: str, abhilfe: str = "Nichts zu tun.") -> Regel:
    return Regel(kennung, Schwere.HINWEIS, Umfang.LESEN, Fehlertext(titel, meldung, abhilfe), _QUELLE)


# The file as a whole ----------------------------------------------------------------------------------------------

EMPTY_FILE = _fehler(
    "empty_file",
    "Datei ist leer",
    "Die Datei „{datei}“ enthält keine Daten.",
    "Bitte die Tabelle in Excel öffnen, prüfen und noch einmal speichern.",
)
NO_DATA = _fehler(
    "no_data",
    "Keine Datenzeilen",
    "Es gibt eine Kopfzeile, aber keine Zeile mit Daten.",
    "Bitte prüfen, ob beim Speichern ein Filter gesetzt war.",
)
NOT_FILLED_IN = _hinweis(
    "not_filled_in",
    "Vorlage noch nicht ausgefüllt",
    "Die Vorlage enthält noch keine Angaben; so wird sie nicht als Lieferung angenommen.",
    "Bitte ausfüllen. Standen schon Angaben darin, bitte prüfen, ob beim Speichern ein Filter gesetzt war."
    "{fehlanzeige}",
)
WRONG_TEMPLATE = _fehler(
    "wrong_template",
    "Andere Vorlage",
    "Die Datei sieht nach dem Datensatz „{anderer}“ aus; geliefert wird sie als „{datensatz}“.",
    "Bitte die Vorlage für „{datensatz}“ verwenden oder die Datei als „{anderer}“ liefern.",
)
NOT_CSV = _fehler(
    "not_csv",
    "Keine CSV-Datei",
    "Die Datei ist in Wahrheit {erkannt}, keine CSV-Datei, auch wenn ihr Name so endet.",
    "In Excel: Datei > Speichern unter > „CSV UTF-8 (durch Trennzeichen getrennt)“ oder „Excel-Arbeitsmappe (*.xlsx)“.",
)
NOT_XLSX = _fehler(
    "not_xlsx",
    "Keine lesbare Excel-Arbeitsmappe",
    "Die Datei ist {erkannt}; eine Arbeitsmappe (.xlsx) ließ sich darin nicht lesen.",
    "Bitte in Excel öffnen und ohne Kennwort als „Excel-Arbeitsmappe (*.xlsx)“ oder als CSV speichern.",
)
MACROS = _fehler(
    "macros",
    "Arbeitsmappe mit Makros",
    "Die Arbeitsmappe enthält Makros; solche Dateien werden nicht geöffnet.",
    "Bitte als „Excel-Arbeitsmappe (*.xlsx)“ ohne Makros oder als CSV speichern.",
)
TOO_LARGE = _fehler(
    "too_large",
    "Datei ist zu groß",
    "Die Datei hat zu viele {was}: {anzahl}, gelesen werden höchstens {grenze}.",
    "Bitte prüfen, ob leere Zeilen oder Spalten mitgespeichert wurden, und die Tabelle sonst aufteilen.",
)
NUL_BYTES = _fehler(
    "nul_bytes",
    "Datei ist beschädigt",
    "Ab Zeile {zeile} stehen Nullbytes in der Datei; sie ist vermutlich beschädigt.",
    "Bitte neu speichern und noch einmal senden.",
)
ENCODING_UNKNOWN = _fehler(
    "encoding_unknown",
    "Zeichensatz nicht erkannt",
    "Wie Umlaute in dieser Datei gespeichert sind, ließ sich nicht sicher erkennen, zuerst in Zeile {zeile}.",
    "Bitte in Excel als „CSV UTF-8 (durch Trennzeichen getrennt)“ speichern.",
)
ENCODING_SUSPECT = _warnung(
    "encoding_suspect",
    "Ungewöhnlicher Zeichensatz",
    "Die Datei wurde als {zeichensatz} gelesen. Bitte sehen Sie sich die Umlaute in der Vorschau an.",
    "Besser „CSV UTF-8“ statt „CSV (MS-DOS)“ oder „CSV (Macintosh)“ wählen.",
)
ENCODING_MIXED = _fehler(
    "encoding_mixed",
    "Gemischter Zeichensatz",
    "In Zeile {zeile} sind Umlaute anders gespeichert als im Rest der Datei.",
    "Vermutlich wurden zwei Dateien aneinandergehängt. Bitte in Excel zusammenführen und neu speichern.",
)
MOJIBAKE = _fehler(
    "mojibake",
    "Umlaute zerstört",
    "„{wert}“ sieht nach doppelt umgewandelten Umlauten aus; gemeint ist wohl „{vorschlag}“.",
    "Bitte aus dem Ursprungssystem neu speichern oder die Umlaute berichtigen.",
)
REPLACEMENT_CHAR = _fehler(
    "replacement_char",
    "Buchstabe verloren",
    "In „{wert}“ ist ein Buchstabe verloren gegangen.",
    "Bitte neu aus dem Ursprungssystem speichern; der Buchstabe lässt sich nicht wiederherstellen.",
)
INVISIBLE_CHAR = _warnung(
    "invisible_char",
    "Unsichtbares Zeichen entfernt",
    "Die Zelle „{wert}“ enthielt ein unsichtbares Zeichen; es wurde entfernt.",
    "Nichts zu tun; das entsteht oft beim Kopieren aus Webseiten oder PDF-Dateien.",
)

# Header and columns -----------------------------------------------------------------------------------------------

MISSING_HEADER = _fehler(
    "missing_header",
    "Kopfzeile fehlt",
    "Es wurde keine Kopfzeile mit den erwarteten Spaltennamen gefunden.",
    "Bitte die Kopfzeile der Vorlage verwenden: {erwartet}.",
)
MISSING_COLUMN = _fehler(
    "missing_column",
    "Spalte fehlt",
    "Die Spalte „{spalte}“ fehlt. Gefunden wurden: {gefunden}.",
    "Bitte die Spalte ergänzen oder so benennen wie in der Vorlage.{meinten_sie}",
)
OPTIONAL_COLUMN = _hinweis(
    "optional_column",
    "Freiwillige Spalte fehlt",
    "Die freiwillige Spalte „{spalte}“ fehlt; ihre Angaben bleiben leer.",
    "Nichts zu tun, wenn dazu nichts gemeldet werden soll.",
)
DEFAULT_COLUMN = _hinweis(
    "default_column",
    "Spalte ergänzt",
    "Die Spalte „{spalte}“ fehlt; für alle Zeilen gilt „{vorgabe}“.",
    "Nichts zu tun, wenn das stimmt; sonst bitte die Spalte ergänzen.",
)
EXTRA_COLUMN = _warnung(
    "extra_column",
    "Unbekannte Spalte",
    "Die Spalte „{spalte}“ gehört nicht zur Lieferung und wird nicht übernommen.",
    "Nichts zu tun, wenn das so gewollt ist.",
)
DUPLICATE_HEADER = _fehler(
    "duplicate_header",
    "Spalte doppelt",
    "Die Spalte „{spalte}“ kommt mehrfach vor ({stellen}).",
    "Bitte eine der Spalten löschen oder umbenennen.",
)
BLANK_HEADER = _fehler(
    "blank_header",
    "Spalte ohne Namen",
    "Die Spalte {stelle} enthält Werte, hat aber keinen Namen.",
    "Bitte den Namen ergänzen oder die Spalte leeren.",
)
MULTI_ROW_HEADER = _fehler(
    "multi_row_header",
    "Mehrzeilige Kopfzeile",
    "Die Kopfzeile geht über mehrere Zeilen und ließ sich nicht eindeutig zuordnen.",
    "Bitte eine einzige Kopfzeile wie in der Vorlage verwenden.",
)

# Rows -------------------------------------------------------------------------------------------------------------

RAGGED_ROW = _fehler(
    "ragged_row",
    "Falsche Zahl von Feldern",
    "Die Zeile hat {gefunden} statt {erwartet} Felder: {wert}",
    "Meist fehlt ein Trennzeichen, oder ein Text oder eine Zahl enthält eines. Solche Texte in Anführungszeichen "
    "setzen; Excel tut das beim Speichern von selbst.",
)
UNCLOSED_QUOTE = _fehler(
    "unclosed_quote",
    "Anführungszeichen passen nicht zusammen",
    "In Zeile {zeile} beginnt ein Anführungszeichen, das nicht richtig geschlossen wird.",
    'Bitte das Zeichen " ergänzen oder entfernen.',
)
BLANK_ROW = _hinweis("blank_row", "Leerzeile", "Die Zeile ist leer und wurde übergangen.")
GROUP_ROW = _warnung(
    "group_row",
    "Zwischenüberschrift",
    "Die Zeile „{wert}“ sieht wie eine Zwischenüberschrift aus und wird nicht übernommen.",
    "Nichts zu tun, wenn das stimmt; sonst bitte die fehlenden Werte ergänzen.",
)
TOTAL_ROW = _warnung(
    "total_row",
    "Summenzeile",
    "Die Zeile „{wert}“ sieht wie eine Summenzeile aus und wird nicht übernommen.",
    "Nichts zu tun, wenn das stimmt; Summen werden selbst berechnet.",
)
UNITS_ROW = _hinweis("units_row", "Zeile unter dem Kopf", "Die Zeile „{wert}“ nennt nur {inhalt} und wurde übergangen.")
PREAMBLE_SKIPPED = _hinweis(
    "preamble_skipped", "Vorspann übergangen", "Die Zeilen {zeile} bis {bis} vor der Kopfzeile wurden übergangen."
)
FOOTER_SKIPPED = _hinweis(
    "footer_skipped", "Fußzeile übergangen", "Die Zeile „{wert}“ unter der Tabelle wurde übergangen."
)
MULTIPLE_TABLES = _fehler(
    "multiple_tables",
    "Mehrere Tabellen",
    "In Zeile {zeile} beginnt eine zweite Tabelle.",
    "Bitte je Datei und je Blatt nur eine Tabelle liefern.",
)
SEVERAL_SHEETS = _fehler(
    "several_sheets",
    "Mehrere passende Blätter",
    "Die Blätter {blaetter} enthalten beide eine passende Tabelle.",
    "Bitte nur eines davon in der Arbeitsmappe lassen.",
)
SHEET_IGNORED = _hinweis(
    "sheet_ignored",
    "Blatt nicht gelesen",
    "Das Blatt „{blatt}“ gehört zu keinem Datensatz und wurde nicht gelesen.",
    "Nichts zu tun, wenn das so gewollt ist.",
)
SHEET_UNKNOWN = _warnung(
    "sheet_unknown",
    "Blattname unbekannt",
    "Das Blatt „{blatt}“ wurde nicht gelesen; gemeint ist vielleicht „{vorschlag}“.",
    "Bitte das Blatt so benennen wie den Datensatz.",
)
FORMULA_WITHOUT_VALUE = _fehler(
    "formula_without_value",
    "Formel ohne Ergebnis",
    "In der Arbeitsmappe steht in Zelle {wert} eine Formel, deren Ergebnis nicht gespeichert ist.",
    "Bitte die Datei in Excel öffnen, neu berechnen lassen und speichern.",
)


def _register(*regeln: Regel) -> Mapping[str, Regel]:
    """All findings by id; an id that is given twice would make two texts answer to one name."""
    register = {regel.id: regel for regel in regeln}
    if len(register) != len(regeln):
        raise Vertragsfehler("Ein Lesebefund ist doppelt definiert")
    return nur_lesen(register)


LESEBEFUNDE: Mapping[str, Regel] = _register(
    *(w for w in list(globals().values()) if isinstance(w, Regel)),
    *(w for w in vars(zellbefunde).values() if isinstance(w, Regel)),
)
"""Every finding of reading and converting by its id."""
