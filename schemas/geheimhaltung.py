"""How figures of few persons are protected in what is published.

What belongs here: thresholds, as data a Land may change. What does not: carrying it out (`assets/geheimhaltung/`).
"""

from dataclasses import dataclass

from schemas.modell import Vertragsfehler

KLEIN_UNTER = 5
"""Counts from 1 to below this are small unless a Land says otherwise (practice of official statistics: 3 to 5)."""


@dataclass(frozen=True, slots=True)
class Schutz:
    """Counts from 1 to k - 1 are withheld, and nobody may tell a withheld one to within fewer than k values."""

    k: int = KLEIN_UNTER

    def __post_init__(self) -> None:
        if self.k < 2:
            raise Vertragsfehler("Schutz: k ist mindestens 2")
