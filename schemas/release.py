"""A release: the public edition as it was published, what happened to it, and how it differs from the one before.

What belongs here: events of its history and columns of the list of differences. What does not: building and keeping
releases (`assets/veroeffentlichung/`).
"""

from enum import StrEnum

import polars as pl

from schemas.modell import Code, Codeliste
from schemas.offene_daten import WERTE


class Ereignis(StrEnum):
    """What happened to a release."""

    VEROEFFENTLICHT = "veroeffentlicht"
    ZURUECKGEZOGEN = "zurueckgezogen"
    WIEDERHERGESTELLT = "wiederhergestellt"


EREIGNISSE = Codeliste(
    "releaseereignis",
    "Ereignis einer Veröffentlichung",
    (
        Code(Ereignis.VEROEFFENTLICHT, "veröffentlicht", "Diese Ausgabe gilt von da an."),
        Code(Ereignis.ZURUECKGEZOGEN, "zurückgezogen", "Von da an gilt die letzte nicht zurückgezogene davor."),
        Code(Ereignis.WIEDERHERGESTELLT, "wiederhergestellt", "Eine frühere Ausgabe gilt von da an wieder."),
    ),
    quelle="Verlauf der Veröffentlichungen",
)

VERGLICHEN = ("wert_gerundet", "wertzeichen", "vergleichbarkeit", "quelle", "definition_version")
"""Columns of the values that readers see: a difference in any of them is one."""

UNTERSCHIEDE: dict[str, type[pl.DataType]] = {
    "ereignis": pl.String,
    **{s: WERTE.polars_schema[s] for s in WERTE.schluessel},
    **{f"{s}_{wann}": WERTE.polars_schema[s] for s in VERGLICHEN for wann in ("alt", "neu")},
}
"""The list of differences: a row per value that is new, gone or changed (`schemas.revisionen.EREIGNIS`)."""
