"""Which deliveries are expected: what the Kreis said about its tasks decides, as far as it has said anything.

What belongs here: from the accepted `aufgaben` of a year to "expected or not". A dataset names its tasks itself
(`Datensatz.erwartet_bei`). What does not: what becomes of a file that contradicts `aufgaben`.

A file with a header and no rows is taken for a Fehlanzeige where the dataset hangs on tasks, because nobody may carry
them out; elsewhere there is always something to report, and it stays the error that warns of a saved filter. Whether
the tasks agree is not asked when a file is accepted: acceptance must not depend on another file, nor on which came
first. It is asked across files, so that no empty file counts in silence: R23a (an error, blocks the release) where a
task is carried out, R23e where nothing is declared, R23d where it took the place of a delivery with rows.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from schemas.modell import Datensatz, Fehlertext, Regel, Schwere, Umfang

AUFGABEN = "aufgaben"
"""The dataset that decides about the others."""
NICHT_WAHRGENOMMEN = frozenset({"NICHT", "ENTFAELLT"})
"""Codes of `wahrgenommen` that say that nobody carries the task out. Delegated tasks are carried out."""

FEHLANZEIGE = Regel(
    "fehlanzeige",
    Schwere.HINWEIS,
    Umfang.LESEN,
    Fehlertext(
        "Fehlanzeige",
        "Die Datei hat eine Kopfzeile und keine Zeile mit Daten; sie gilt als Fehlanzeige: Es gab nichts zu melden.",
        "Bitte nur prüfen, ob beim Speichern ein Filter gesetzt war, und ob der Datensatz Aufgaben dazu passt.",
    ),
    "Lieferverfahren",
)
"""What is said of an accepted file without rows, instead of the error that there are none."""


def wahrnehmung(aufgaben: pl.DataFrame) -> dict[str, str]:
    """Task -> how it is carried out, from an accepted table `aufgaben` of one Meldeeinheit and year."""
    return dict(aufgaben.select("aufgabe", "wahrgenommen").iter_rows())


def ist_erwartet(datensatz: Datensatz, bis: date, aufgaben: Mapping[str, str] | None) -> bool:
    """Whether a delivery is expected for a period.

    Args:
        datensatz: what would be delivered.
        bis: last day of the period.
        aufgaben: task -> how it is carried out; None before `aufgaben` was accepted. A task that is not mentioned
            counts as carried out, so that saying nothing never excuses anything.
    """
    if datensatz.gilt_ab > bis:
        return False
    if aufgaben is None or not datensatz.erwartet_bei:
        return True
    return any(aufgaben.get(aufgabe) not in NICHT_WAHRGENOMMEN for aufgabe in datensatz.erwartet_bei)
