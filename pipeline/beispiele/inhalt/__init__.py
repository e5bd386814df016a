"""The rows of each dataset, one module per dataset, found by the dataset's name.

What belongs here: turning a plan into rows. A row maps column names to int, Decimal, date, text or None; text in a
measure is an official sign. What does not: how many people and offices there are (`plan.py`), how a file is written.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib import import_module
from random import Random

from pipeline.beispiele.plan import Plan
from pipeline.beispiele.rollen import Besonderheit, Lieferung
from pipeline.beispiele.zufall import zufall
from schemas.modell import Land, Pruefumgebung

Wert = str | int | Decimal | date | None
Zeile = dict[str, Wert]


@dataclass(frozen=True, slots=True)
class Auftrag:
    """What a dataset's module needs to write one version of one delivery."""

    land: Land
    seed: int
    plan: Plan
    lieferung: Lieferung
    besonderheit: Besonderheit | None
    fassung: int
    """1 for the first delivery, 2 for its correction."""

    @property
    def jahr(self) -> int:
        """The reporting year."""
        return self.lieferung.jahr

    @property
    def umgebung(self) -> Pruefumgebung:
        """What rules know about this delivery."""
        return Pruefumgebung(self.land, self.plan.meldeeinheit, self.jahr)

    @property
    def zeitraum(self) -> tuple[date, date]:
        """First and last day of the reporting year's part of the period."""
        return self.land.zeitraum(self.jahr)

    def strom(self, *zweck: object) -> Random:
        """Chance for a purpose within this Meldeeinheit, the same in every year unless the year is named."""
        return zufall(self.seed, self.plan.meldeeinheit.id, *zweck)


def zeilen_von(auftrag: Auftrag) -> list[Zeile]:
    """The rows of a delivery, keys `berichtsjahr` and `meldeeinheit` in front.

    Raises ModuleNotFoundError for a dataset without a module here: examples must not leave one out silently.
    """
    modul = import_module(f"{__name__}.{auftrag.lieferung.datensatz}")
    kopf: Zeile = {"berichtsjahr": auftrag.jahr, "meldeeinheit": auftrag.plan.meldeeinheit.id}
    return [kopf | zeile for zeile in modul.zeilen(auftrag)]
