"""What a column is, in German words, for the notes of a template and for the handbook alike.

What belongs here: wording made from the contract. What does not: layout.
"""

from collections.abc import Mapping

from schemas.modell import Feld, Rolle, Schwere, Spalte, Typ, Umfang

_FORM = {
    Typ.TEXT: "Text",
    Typ.SCHLUESSEL: "Kennung, als Text",
    Typ.CODE: "Code aus der Liste",
    Typ.CODES: "Codes aus der Liste, durch Leerzeichen getrennt",
    Typ.GANZZAHL: "ganze Zahl",
    Typ.DATUM: "Datum als TT.MM.JJJJ",
}
_ROLLE = {Rolle.SCHLUESSEL: "Schlüssel", Rolle.MASS: "Zahl", Rolle.MERKMAL: "Merkmal"}

UMFANG: Mapping[Umfang, str] = {
    Umfang.LESEN: "Lesen der Datei",
    Umfang.ZELLE: "Einzelne Zelle",
    Umfang.ZEILE: "Eine Zeile",
    Umfang.DATEI: "Die ganze Datei",
    Umfang.DATENSAETZE: "Mehrere Datensätze",
    Umfang.ZEIT: "Mehrere Jahre",
    Umfang.KREISE: "Vergleich der Meldeeinheiten",
    Umfang.AMTLICH: "Vergleich mit der amtlichen Statistik",
}
"""How much a rule looks at."""

SCHWERE: Mapping[Schwere, str] = {
    Schwere.FEHLER: "Fehler: Muss behoben werden; eine Datei mit Fehlern wird nicht angenommen.",
    Schwere.WARNUNG: "Warnung: Bitte prüfen und bestätigen oder berichtigen.",
    Schwere.HINWEIS: "Hinweis: Nur zur Kenntnis.",
}
"""What a finding means for the delivery."""


def form(feld: Feld) -> str:
    """How a cell is written: „ganze Zahl“, „Zahl mit höchstens 2 Nachkommastellen und Komma“."""
    if feld.typ is Typ.DEZIMAL:
        return f"Zahl mit höchstens {feld.nachkommastellen} Nachkommastellen und Komma"
    return _FORM[feld.typ]


def rolle(spalte: Spalte) -> str:
    """What the column does in its table."""
    return _ROLLE[spalte.rolle]


def pflicht(spalte: Spalte) -> str:
    """Whether the column has to be filled."""
    if spalte.vorgabe is not None:
        return f"Pflicht; fehlt die Spalte, gilt überall {spalte.vorgabe}"
    return "Pflicht" if spalte.pflicht else "freiwillig"


def bereich(feld: Feld) -> str:
    """Limits of a number; empty where there are none."""
    grenzen = [(wort, g) for wort, g in (("mindestens", feld.minimum), ("höchstens", feld.maximum)) if g is not None]
    return ", ".join(f"{wort} {g:.15g}".replace(".", ",") for wort, g in grenzen)
