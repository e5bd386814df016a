"""The forms in which a deliverer gets a protocol: JSON, page, and the own table back as a workbook.

What belongs here: which forms there are, by file ending. What does not: making them.
"""

from collections.abc import Iterator
from typing import Any

from assets.pruefung.mappe import als_mappe
from assets.pruefung.protokoll import als_json, als_seite
from assets.pruefung.pruefen import Pruefung
from schemas.modell import Datensatz, Land, Schwere

ENDUNGEN = ("json", "html", "xlsx")


def braucht_mappe(pruefung: Pruefung) -> bool:
    """Whether there is anything to put right in the table; the workbook is the dearest form by far."""
    return pruefung.anzahl[Schwere.FEHLER] + pruefung.anzahl[Schwere.WARNUNG] > 0


def als_dateien(
    pruefung: Pruefung, daten: dict[str, Any], land: Land, datensatz: Datensatz, *, mappe: bool
) -> Iterator[tuple[str, bytes]]:
    """Each form as (ending, content), one at a time.

    Args:
        pruefung: the verdict.
        daten: its protocol, as `protokoll.als_daten` gives it.
        land: names the Meldeeinheit.
        datensatz: the dataset delivered.
        mappe: whether the workbook is wanted.
    """
    yield "json", als_json(daten)
    yield "html", als_seite(daten, land, datensatz)
    if mappe:
        yield "xlsx", als_mappe(pruefung, daten, datensatz)
