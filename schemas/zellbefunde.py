"""Findings of single cells: what keeps a cell from becoming a value, and what was read with reservation (R01, R05).

What belongs here: ids, severities and German texts. What does not: findings about the file, its header and its rows
(`lesebefunde.py`), rules about values (`regeln.py`, `datensaetze/`) and looking for findings (`assets/pruefung/`).
"""

from schemas.modell import Fehlertext, Regel, Schwere, Umfang

_QUELLE = "Aufbau der Lieferdatei (Erhebungshandbuch)"


def _fehler(kennung: str, titel: str, meldung: str, abhilfe: str) -> Regel:
    return Regel(kennung, Schwere.FEHLER, Umfang.ZELLE, Fehlertext(titel, meldung, abhilfe), _QUELLE)


def _warnung(kennung: str, titel: str, meldung: str, abhilfe: str) -> Regel:
    return Regel(kennung, Schwere.WARNUNG, Umfang.ZELLE, Fehlertext(titel, meldung, abhilfe), _QUELLE)


def _hinweis(kennung: str, titel: str, meldung: str, abhilfe: str) -> Regel:
    return Regel(kennung, Schwere.HINWEIS, Umfang.ZELLE, Fehlertext(titel, meldung, abhilfe), _QUELLE)


MISSING_VALUE = _fehler(
    "missing_value",
    "Pflichtwert fehlt",
    "Die Zelle ist leer.",
    "Bitte den Wert eintragen oder, wenn es bei einer Zahl keinen gibt, eines der Zeichen - . ... / x verwenden.",
)
UNKNOWN_SYMBOL = _fehler(
    "unknown_symbol",
    "Unbekanntes Zeichen",
    "„{wert}“ ist weder eine Zahl noch ein erlaubtes Zeichen.",
    "Erlaubt sind: - (genau null), . (unbekannt), ... (folgt später), / (nicht sicher genug), * (geheim), "
    "x (nicht sinnvoll).",
)
SYMBOL_NOT_ALLOWED = _fehler(
    "symbol_not_allowed",
    "Zeichen hier nicht erlaubt",
    "„{wert}“ ist in dieser Spalte nicht erlaubt.",
    "Bitte einen Wert eintragen.",
)
SYMBOL_READ = _hinweis(
    "symbol_read",
    "Angabe als Zeichen gelesen",
    "„{wert}“ wurde als {bedeutung} gelesen.",
    "Nichts zu tun, wenn das stimmt. Eindeutig ist das Zeichen {zeichen}",
)
STATUS_CONFLICT = _fehler(
    "status_conflict",
    "Wert und Status widersprechen sich",
    "In der Zelle steht „{inhalt}“, in der Statusspalte „{status}“.",
    "Bitte den Wert oder den Status berichtigen; ohne Wert sind G, U, L und X möglich, mit Wert N, V, R, S und E.",
)
INVALID_NUMBER = _fehler(
    "invalid_number",
    "Keine Zahl",
    "„{wert}“ ist keine Zahl.",
    "Bitte nur Ziffern und höchstens ein Komma schreiben. Oft steht ein Buchstabe O statt der Null.",
)
UNIT_IN_NUMBER = _warnung(
    "unit_in_number",
    "Einheit im Zahlenfeld",
    "Aus „{wert}“ wurde {gelesen}.",
    "Bitte die Einheit weglassen.",
)
WRONG_UNIT = _fehler(
    "wrong_unit",
    "Andere Einheit",
    "„{wert}“ nennt die Einheit „{einheit}“; erwartet wird {erwartet}.",
    "Bitte in der erwarteten Einheit und ohne Zusatz angeben.",
)
TRAILING_MINUS = _warnung(
    "trailing_minus",
    "Minuszeichen am Ende",
    "Aus „{wert}“ wurde {gelesen}.",
    "Bitte prüfen und das Minuszeichen vor die Zahl setzen.",
)
AMBIGUOUS_NUMBER = _fehler(
    "ambiguous_number",
    "Zahl mehrdeutig",
    "„{wert}“ kann {a} oder {b} bedeuten.",
    "Bitte ohne Tausendertrennzeichen und mit Komma schreiben, also {a_text} oder {b_text}.",
)
DECIMAL_POINT = _warnung(
    "decimal_point",
    "Punkt als Dezimalzeichen",
    "In dieser Spalte steht der Punkt als Dezimalzeichen; „{wert}“ wurde als {gelesen} gelesen.",
    "Bitte prüfen. Üblich ist das Komma.",
)
ENGLISH_NUMBER = _fehler(
    "english_number",
    "Englische Schreibweise",
    "„{wert}“ ist englisch geschrieben.",
    "Bitte {vorschlag} schreiben.",
)
BAD_GROUPING = _fehler(
    "bad_grouping",
    "Punkt an falscher Stelle",
    "In „{wert}“ stehen Trennzeichen nicht vor drei Ziffern, wie es bei Tausendern sein muss.",
    "Bitte prüfen: Ist ein Komma gemeint, oder fehlt eine Ziffer?",
)
NOT_INTEGER = _fehler(
    "not_integer",
    "Keine ganze Zahl",
    "„{wert}“ hat Nachkommastellen; erwartet wird eine ganze Zahl.",
    "Bitte den Wert prüfen und ganzzahlig angeben.",
)
TOO_MANY_DIGITS = _fehler(
    "too_many_digits",
    "Zu viele Stellen",
    "„{wert}“ hat mehr als {grenze} Stellen und ließe sich nicht genau speichern.",
    "Bitte prüfen, ob hier wirklich eine Zahl steht, und sie sonst runden.",
)
OUT_OF_RANGE = _fehler(
    "out_of_range",
    "Außerhalb des Bereichs",
    "{wert} ist nicht möglich: {bereich}.",
    "Bitte den Wert prüfen.",
)
SCIENTIFIC_NOTATION = _fehler(
    "scientific_notation",
    "Excel hat gekürzt",
    "„{wert}“ ist Excels Kurzschreibweise; Ziffern können verloren sein.",
    "In Excel die Spalte als „Zahl“ (Schlüssel: als „Text“) formatieren, die Werte neu eintragen und speichern.",
)
EXCEL_HASH = _fehler(
    "excel_hash",
    "Spalte war zu schmal",
    "Excel hat „{wert}“ statt des Wertes gespeichert.",
    "In Excel die Spalte verbreitern und neu speichern.",
)
EXCEL_ERROR = _fehler(
    "excel_error",
    "Fehlerwert der Tabelle",
    "„{wert}“ ist ein Rechenfehler aus Excel oder LibreOffice.",
    "Bitte die Formel berichtigen; #DIV/0! ist meist durch das Zeichen x oder . zu ersetzen.",
)
EXCEL_DATE_DAMAGE = _fehler(
    "excel_date_damage",
    "Excel hat ein Datum daraus gemacht",
    "„{wert}“ ist ein Datum, wo keines hingehört.{vermutung}",
    "In Excel die Spalte vor dem Einfügen als „Text“ formatieren und die Werte neu einfügen.",
)
EXCEL_SERIAL_DATE = _fehler(
    "excel_serial_date",
    "Datum als Excel-Zahl",
    "{wert} ist Excels innere Zahl für den {vorschlag}.",
    "Bitte die Spalte in Excel als Datum (TT.MM.JJJJ) formatieren und neu speichern.",
)
EXCEL_TEXT_FORMULA = _hinweis(
    "excel_text_formula",
    "Textzeichen entfernt",
    "„{wert}“ wurde als {gelesen} gelesen.",
    "Nichts zu tun; so schützen manche Programme Ziffern vor Excel.",
)
INVALID_DATE = _fehler(
    "invalid_date",
    "Datum gibt es nicht",
    "Den „{wert}“ gibt es nicht.",
    "Bitte das Datum prüfen.",
)
DATE_FORMAT = _fehler(
    "date_format",
    "Datum nicht lesbar",
    "„{wert}“ ist kein Datum der Form TT.MM.JJJJ.",
    "Bitte zum Beispiel 31.12.2024 schreiben.",
)
TWO_DIGIT_YEAR = _warnung(
    "two_digit_year",
    "Jahr zweistellig",
    "„{wert}“ wurde als {gelesen} gelesen.",
    "Bitte das Jahr vierstellig schreiben.",
)
LOST_LEADING_ZERO = _fehler(
    "lost_leading_zero",
    "Führende Null verloren",
    "In „{wert}“ fehlt vorn eine Null; gemeint ist wohl „{vorschlag}“.",
    "In Excel die Spalte als „Text“ formatieren und die Werte neu eintragen.",
)
INVALID_KEY = _fehler(
    "invalid_key",
    "Schlüssel ungültig",
    "„{wert}“ hat nicht die Form eines gültigen Schlüssels.",
    "Bitte gegen das Verzeichnis prüfen.{beispiel}",
)
INVALID_TEXT = _fehler(
    "invalid_text",
    "Text hat nicht die erwartete Form",
    "„{wert}“ hat nicht die erwartete Form.",
    "Bitte so schreiben wie im Erhebungshandbuch beschrieben.{beispiel}",
)
UNKNOWN_CODE = _fehler(
    "unknown_code",
    "Unbekannter Code",
    "„{wert}“ steht nicht in der Codeliste dieser Spalte.",
    "Erlaubt sind: {erlaubt}.",
)
CODE_SPELLING = _hinweis(
    "code_spelling",
    "Code anders geschrieben",
    "„{wert}“ wurde als {gelesen} gelesen.",
    "Nichts zu tun, wenn das stimmt. In der Codeliste steht {gelesen}.",
)
CELL_TOO_LONG = _fehler(
    "cell_too_long",
    "Text zu lang",
    "Die Zelle hat {laenge} Zeichen; mehr als {grenze} fasst auch eine Zelle in Excel nicht.",
    "Bitte kürzen oder prüfen, ob ein Anführungszeichen fehlt.",
)
TOO_MANY_WRONG = _fehler(
    "too_many_wrong",
    "Zu viele falsche Werte",
    "Die Spalte enthält mehr als {grenze} verschiedene falsche Werte; weitere wurden nicht mehr geprüft.",
    "Bitte zuerst die gemeldeten Werte berichtigen und dann noch einmal prüfen.",
)
FORMULA = _fehler(
    "formula",
    "Formel im Textfeld",
    "„{wert}“ könnte als Formel ausgeführt werden.",
    "Bitte den Text nicht mit =, +, - oder @ beginnen lassen.",
)
