"""Partitions Berichtsjahr × Meldeeinheit, and how to cover a set of them with few runs.

What belongs here: partition definitions made from the Land profile, and rectangles of partitions. Keys are ids, never
names; Dagster sorts the two dimensions by name, so keys read `2025|14625`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import dagster as dg

from schemas.modell import Land

JAHR, MELDEEINHEIT = "berichtsjahr", "meldeeinheit"
BEREICH_VON, BEREICH_BIS = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


def partitionen(land: Land) -> dg.MultiPartitionsDefinition:
    """Static on purpose: with time windows `eager()` looks only at the newest year, and corrections would not pass."""
    return dg.MultiPartitionsDefinition(
        {
            JAHR: dg.StaticPartitionsDefinition([str(j) for j in land.berichtsjahre]),
            MELDEEINHEIT: je_meldeeinheit(land),
        }
    )


def je_meldeeinheit(land: Land) -> dg.StaticPartitionsDefinition:
    """For what spans the years."""
    return dg.StaticPartitionsDefinition([m.id for m in land.meldeeinheiten])


@dataclass(frozen=True, slots=True)
class Bereich:
    """A rectangle of partitions: all Meldeeinheiten from one to another in all years from one to another, inclusive."""

    jahr_von: int
    jahr_bis: int
    meldeeinheit_von: str
    meldeeinheit_bis: str

    @property
    def tags(self) -> dict[str, str]:
        """Run tags that make one run do the whole rectangle."""
        return {
            BEREICH_VON: f"{self.jahr_von}|{self.meldeeinheit_von}",
            BEREICH_BIS: f"{self.jahr_bis}|{self.meldeeinheit_bis}",
        }


def bereiche(land: Land, offen: Iterable[tuple[int, str]]) -> list[Bereich]:
    """Covers exactly the pairs (Berichtsjahr, Meldeeinheit) with rectangles, one run each; few, not provably fewest.

    Exactly, because a run that covers more would leave checks of untouched deliveries as planned but never reported.
    """
    jahre_je_einheit: dict[str, list[int]] = {}
    for jahr, kennung in offen:
        jahre_je_einheit.setdefault(kennung, []).append(land.berichtsjahre.index(jahr))
    gefunden: list[Bereich] = []
    laufend: dict[tuple[int, int], str] = {}
    letzte = ""
    for einheit in (m.id for m in land.meldeeinheiten):
        strecken = set(_strecken(sorted(jahre_je_einheit.get(einheit, []))))
        beendet = [s for s in laufend if s not in strecken]
        gefunden.extend(_bereich(land, strecke, laufend.pop(strecke), letzte) for strecke in beendet)
        for strecke in sorted(strecken):
            laufend.setdefault(strecke, einheit)
        letzte = einheit
    gefunden.extend(_bereich(land, strecke, beginn, letzte) for strecke, beginn in laufend.items())
    return sorted(gefunden, key=lambda b: (b.meldeeinheit_von, b.jahr_von))


def _strecken(zahlen: list[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers as (first, last)."""
    strecken: list[tuple[int, int]] = []
    for zahl in zahlen:
        if strecken and strecken[-1][1] == zahl - 1:
            strecken[-1] = (strecken[-1][0], zahl)
        else:
            strecken.append((zahl, zahl))
    return strecken


def _bereich(land: Land, strecke: tuple[int, int], von: str, bis: str) -> Bereich:
    return Bereich(land.berichtsjahre[strecke[0]], land.berichtsjahre[strecke[1]], von, bis)
