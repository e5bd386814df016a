"""How far an item of the law's checklist is satisfied: states, reasons as sentences, and the table that holds them.

What belongs here: the wording and the closed column list. What does not: judging
(`assets/auswertung/berichtspunkte.py`).
"""

from enum import StrEnum

import polars as pl

from schemas.modell import Code, Codeliste


class Punktstand(StrEnum):
    """State of an item."""

    ERFUELLT = "erfuellt"
    TEILWEISE = "teilweise"
    FEHLT = "fehlt"
    ENTFAELLT = "entfaellt"
    OFFEN = "offen"


PUNKTSTAND = Codeliste(
    "punktstand",
    "Stand eines Berichtspunkts",
    (
        Code(Punktstand.ERFUELLT, "erfüllt", "Alles, was der Berichtspunkt verlangt, liegt vor."),
        Code(Punktstand.TEILWEISE, "teilweise", "Ein Teil liegt vor, oder nur ein Ersatz für das Verlangte."),
        Code(Punktstand.FEHLT, "fehlt", "Es liegt nichts vor, obwohl die Frist vorbei ist."),
        Code(Punktstand.ENTFAELLT, "entfällt", "Die Aufgabe wird nicht wahrgenommen, oder nichts wird erwartet."),
        Code(Punktstand.OFFEN, "noch nicht fällig", "Es liegt nichts vor; die Frist läuft noch."),
    ),
)


class Zeitlage(StrEnum):
    """Where a Berichtszeitraum stands on the day the data were last changed."""

    LAEUFT = "laeuft"
    VORBEI = "vorbei"
    FAELLIG = "faellig"
    """Its report was due."""


class Fassung(StrEnum):
    """What a report of a Berichtszeitraum may call itself."""

    ZWISCHENSTAND = "zwischenstand"
    BERICHT = "bericht"
    UNVOLLSTAENDIG = "unvollstaendig"


FASSUNG = Codeliste(
    "berichtsfassung",
    "Fassung des Berichts",
    (
        Code(
            Fassung.ZWISCHENSTAND,
            "Zwischenstand",
            "Der Berichtszeitraum läuft noch, oder es fehlt etwas und der Bericht ist noch nicht fällig.",
        ),
        Code(Fassung.BERICHT, "Bericht", "Der Berichtszeitraum ist vorbei, zu jedem Berichtspunkt liegt etwas vor."),
        Code(
            Fassung.UNVOLLSTAENDIG,
            "Bericht, unvollständig",
            "Der Bericht war fällig, und zu mindestens einem Berichtspunkt liegt nichts vor.",
        ),
    ),
)


class Grund(StrEnum):
    """Why an item has its state."""

    LIEGT_VOR = "LIEGT_VOR"
    LIEFERUNG_FEHLT = "LIEFERUNG_FEHLT"
    ZURUECKGEWIESEN = "ZURUECKGEWIESEN"
    OHNE_LIEFERUNG = "OHNE_LIEFERUNG"
    ZAHL_FEHLT = "ZAHL_FEHLT"
    UNBEKANNT = "UNBEKANNT"
    OHNE_GLIEDERUNG = "OHNE_GLIEDERUNG"
    KEINE_QUELLE = "KEINE_QUELLE"
    ERSATZKONZEPT = "ERSATZKONZEPT"
    TEXT_FEHLT = "TEXT_FEHLT"
    PUNKTE_OHNE_ZAHLEN = "PUNKTE_OHNE_ZAHLEN"
    AUSWERTUNG_FEHLT = "AUSWERTUNG_FEHLT"
    AUSWERTUNG_IM_GANZEN = "AUSWERTUNG_IM_GANZEN"
    AUFGABE_RUHT = "AUFGABE_RUHT"
    NICHT_ERWARTET = "NICHT_ERWARTET"
    NOCH_NICHT_FAELLIG = "NOCH_NICHT_FAELLIG"
    JE_JAHR = "JE_JAHR"


GRUND = Codeliste(
    "punktgrund",
    "Begründung zum Stand eines Berichtspunkts",
    (
        Code(Grund.LIEGT_VOR, "liegt vor", "Es liegt vor: {was}."),
        Code(Grund.LIEFERUNG_FEHLT, "Lieferung fehlt", "Nicht geliefert: {was}."),
        Code(Grund.ZURUECKGEWIESEN, "Lieferung zurückgewiesen", "Zurückgewiesen und nicht neu geliefert: {was}."),
        Code(Grund.OHNE_LIEFERUNG, "Zahlen ohne Lieferung", "Die gezeigten Zahlen stammen aus anderen Quellen."),
        Code(Grund.ZAHL_FEHLT, "Zahl fehlt", "Keine Zahl zu: {was}."),
        Code(Grund.UNBEKANNT, "ohne Zahl gemeldet", "Als unbekannt oder ohne Zahl gemeldet: {was}."),
        Code(Grund.OHNE_GLIEDERUNG, "nicht aufgegliedert", "Nicht aufgegliedert, wie verlangt: {was}."),
        Code(Grund.KEINE_QUELLE, "keine Quelle", "Noch keine Quelle für: {was}."),
        Code(
            Grund.ERSATZKONZEPT,
            "Ersatzkonzept",
            "Ersatzkonzept: Gezählt ist {was}, nicht das Merkmal, nach dem das Recht fragt.",
        ),
        Code(Grund.TEXT_FEHLT, "Text fehlt", "Es fehlt der Text: {was}."),
        Code(Grund.PUNKTE_OHNE_ZAHLEN, "Zahlen fehlen", "Keine Zahlen zu {was}."),
        Code(Grund.AUSWERTUNG_FEHLT, "Auswertung fehlt", "Keine Auswertung zu {was}."),
        Code(Grund.AUSWERTUNG_IM_GANZEN, "nur im Ganzen ausgewertet", "Im Ganzen ist der Bericht ausgewertet."),
        Code(Grund.AUFGABE_RUHT, "Aufgabe nicht wahrgenommen", "Die Aufgabe {was}."),
        Code(Grund.NICHT_ERWARTET, "nicht erwartet", "Hierzu wird keine Lieferung erwartet."),
        Code(Grund.NOCH_NICHT_FAELLIG, "noch nicht fällig", "Fällig am {was}."),
        Code(Grund.JE_JAHR, "Stand der Jahre", "Nach Jahren: {was}."),
    ),
)
"""The description of each reason is its sentence; `{was}` is what it is about."""
_SATZ = {c.code: c.beschreibung for c in GRUND.codes}


def satz(grund: Grund, was: str = "") -> str:
    """The sentence of a reason."""
    return _SATZ[grund].format(was=was)


SPALTEN: dict[str, type[pl.DataType]] = {
    "meldeeinheit": pl.String,
    "zeitraum_von": pl.Date,
    "zeitraum_bis": pl.Date,
    "berichtsjahr": pl.Int64,
    "punkt": pl.String,
    "stand": pl.String,
    "gruende": pl.String,
    "begruendung": pl.String,
}
"""One row per Meldeeinheit, Berichtszeitraum, item and calendar year, and one for the period as a whole."""

SPALTENTEXTE: dict[str, str] = {
    "meldeeinheit": "Wer berichtet.",
    "zeitraum_von": "Erster Tag des Berichtszeitraums.",
    "zeitraum_bis": "Letzter Tag des Berichtszeitraums.",
    "berichtsjahr": "Kalenderjahr; leer für den Berichtszeitraum im Ganzen.",
    "punkt": "Punkt der gesetzlichen Liste.",
    "stand": "Wie weit der Punkt erfüllt ist; Codes der Liste punktstand.",
    "gruende": "Gründe dafür, durch Semikolon getrennt; Codes der Liste punktgrund.",
    "begruendung": "Die Gründe in Sätzen.",
}
"""What each column holds, for those who ask their own questions."""
