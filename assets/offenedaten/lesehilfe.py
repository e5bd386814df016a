"""The first two sheets of the workbook: how to read it, and what the columns hold.

What belongs here: their content as tables.
"""

import polars as pl

from assets.berichte.worte import stand
from assets.offenedaten.steckbrief import Steckbrief
from schemas.offene_daten import DIMENSIONEN, TYPNAME, WERTE


def lesehilfe(brief: Steckbrief) -> pl.DataFrame:
    """Two columns: about what, and the text."""
    zeilen = [
        ("Titel", brief.titel),
        ("Fassung", brief.fassung),
        ("Was darin steht", brief.beschreibung),
        ("Datenstand", stand(brief.stand)),
        ("Herausgeber", brief.herausgeber.name),
        ("Kontakt", brief.herausgeber.mail),
        ("Lizenz", brief.nutzung),
        ("Quellenangabe", brief.quellenangabe()),
        ("Blatt Kennzahlen", WERTE.text),
        ("Leere Zellen", "Eine leere Zelle ist nie eine Null. Das Zeichen in der Spalte wertzeichen nennt den Grund."),
        (
            "Geheim",
            "G heißt: Die Zahl ist bekannt, darf aber nicht gezeigt werden, weil sie auf Einzelne schließen ließe.",
        ),
        ("Summen", "Zeilen nicht addieren: Insgesamt, Teile, Gebiete und frühere Stände stehen untereinander."),
        *((f"Blatt {t.name.capitalize()}", t.text) for t in DIMENSIONEN),
        *(("Quelle", angabe) for angabe, _ in brief.quellen),
    ]
    return pl.DataFrame([z for z in zeilen if z[1]], schema=["Worüber", "Text"], orient="row")


def spaltenblatt() -> pl.DataFrame:
    """One row per column of every sheet."""
    zeilen = [
        (t.name.capitalize(), s.name, s.titel, TYPNAME[s.typ], s.text) for t in (WERTE, *DIMENSIONEN) for s in t.spalten
    ]
    return pl.DataFrame(zeilen, schema=["Blatt", "Spalte", "Bezeichnung", "Art", "Was darin steht"], orient="row")
