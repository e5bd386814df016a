"""Findings of rules across files about a Meldeeinheit, as the last run left them.

What belongs here: reading them, and which of them the Meldeeinheit itself is shown. What does not: the rules
(`assets/querpruefung/`).
"""

from typing import Any

import polars as pl

from assets.ablage import Ablage
from assets.pruefung import protokoll
from assets.querpruefung.bilden import PFAD
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Schwere, Umfang
from schemas.querbefunde import SPALTEN

_EIGENE = (Umfang.DATENSAETZE, Umfang.ZEIT, Umfang.AMTLICH)
"""What rests on the own deliveries and published figures; comparisons with others tell of others."""


def querbefunde(ablage: Ablage, meldeeinheit: str, jahr: int) -> pl.DataFrame:
    """All of them, columns of `schemas.querbefunde.SPALTEN`; none before the first run."""
    alle = ablage.lies_tabelle(PFAD) if ablage.gibt_es(PFAD) else pl.DataFrame(schema=SPALTEN)
    return alle.filter(meldeeinheit=meldeeinheit, berichtsjahr=jahr)


def nur_eigene(befunde: pl.DataFrame) -> pl.DataFrame:
    """Those that say nothing of other Meldeeinheiten."""
    return befunde.filter(pl.col("umfang").is_in([u.value for u in _EIGENE]))


def in_worten(befunde: pl.DataFrame) -> list[dict[str, Any]]:
    """The findings as lines of a page."""
    return [
        z | {"wort": protokoll.SCHWERE[Schwere(z["schwere"])][0], "label": _label(z["datensatz"])}
        for z in befunde.iter_rows(named=True)
    ]


def _label(datensatz: str) -> str:
    """A finding on an indicator is about no single dataset."""
    return alle_datensaetze()[datensatz].label if datensatz else "Kennzahl"
