"""Checks one delivery from bytes to verdict: read, convert, test; nothing is stored here.

What belongs here: the order of the steps and what their findings mean for the delivery.
"""

from collections import Counter
from dataclasses import dataclass

import polars as pl

from assets.eingang.lesen import Ausgelassen, Dialekt, lies_tabelle
from assets.pruefung.regelpruefung import pruefe_regeln
from assets.pruefung.umwandeln import wandle_um
from schemas.befunde import Befund
from schemas.datensaetze import alle_regeln
from schemas.lesebefunde import LESEBEFUNDE
from schemas.modell import Datensatz, Pruefumgebung, Schwere

HOECHSTZAHL_BEFUNDE = 5_000
"""Findings shown of one delivery; totals are counted over all of them."""


@dataclass(frozen=True, slots=True)
class Pruefung:
    """The verdict on one file.

    `tabelle` is the converted table if the file is accepted, else None. `anzahl` counts findings per severity and
    `je_regel` per rule or finding code, also beyond those listed in `befunde`.
    """

    datensatz: str
    tabelle: pl.DataFrame | None
    befunde: tuple[Befund, ...]
    anzahl: dict[Schwere, int]
    je_regel: dict[str, int]
    zeilen: int
    dialekt: Dialekt | None
    ausgelassen: tuple[Ausgelassen, ...]

    @property
    def zustand(self) -> str:
        """State of the delivery after this check (codes of `schemas.lieferstand.ZUSTAND`)."""
        if self.tabelle is None:
            return "zurueckgewiesen"
        return "angenommen_mit_hinweisen" if self.befunde else "angenommen"


def pruefe(inhalt: bytes, dateiname: str, datensatz: Datensatz, umgebung: Pruefumgebung) -> Pruefung:
    """Reads, converts and tests a file as a delivery of `datensatz`; accepted means no finding of severity error.

    Rules are tested even where single cells failed: such cells are empty then, and no rule judges an empty cell, so the
    deliverer sees everything at once and nothing twice.
    """
    gelesen = lies_tabelle(inhalt, dateiname, datensatz.spalten)
    befunde: list[Befund] = list(gelesen.befunde)
    tabelle: pl.DataFrame | None = None
    anzahl: Counter[str] = Counter(gelesen.anzahl)
    if gelesen.zellen is not None:
        umgewandelt = wandle_um(gelesen, datensatz.spalten)
        tabelle = umgewandelt.tabelle
        regeln = pruefe_regeln(tabelle, datensatz, umgebung)
        befunde += [*umgewandelt.befunde, *regeln.befunde]
        anzahl += Counter(umgewandelt.anzahl) + Counter(regeln.anzahl)
    definitionen = {**LESEBEFUNDE, **alle_regeln()}
    je_schwere = Counter(dict.fromkeys(Schwere, 0))
    for code, zahl in anzahl.items():
        je_schwere[definitionen[code].schwere] += zahl
    return Pruefung(
        datensatz=datensatz.name,
        tabelle=tabelle if je_schwere[Schwere.FEHLER] == 0 else None,
        befunde=_geordnet(befunde),
        anzahl=dict(je_schwere),
        je_regel=dict(sorted(anzahl.items())),
        zeilen=0 if tabelle is None else tabelle.height,
        dialekt=gelesen.dialekt,
        ausgelassen=gelesen.ausgelassen,
    )


def _geordnet(befunde: list[Befund]) -> tuple[Befund, ...]:
    """Errors first, then by place in the file, cut at the most that is shown."""
    rang = list(Schwere)
    befunde.sort(key=lambda b: (rang.index(b.schwere), b.zeile or 0, b.spalte or "", b.code))
    return tuple(befunde[:HOECHSTZAHL_BEFUNDE])
