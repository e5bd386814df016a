"""How figures of few persons are protected in what is published: the policy of a Land as data.

What belongs here: kinds of protection, thresholds, and which of them apply to which measure. What does not: carrying
them out (`assets/geheimhaltung/`) and what one Land decides (`schemas/laender/`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.vertragsfehler import Vertragsfehler

KLEIN_UNTER = 5
"""Counts from 1 to below this are small unless a Land says otherwise (practice of official statistics: 3 to 5)."""
P_PROZENT = 10.0
"""A withheld sum stays uncertain by this share of its value, up and down (p-percent rule)."""
RUNDEN_AUF = 5
"""Base of rounding (Personalstandstatistik and Ausländerzentralregister: 5)."""


@dataclass(frozen=True, slots=True)
class Zellregel:
    """What a withheld cell must keep: a count at least k values, a sum p percent of its value up and down."""

    k: int = KLEIN_UNTER
    p_prozent: float = P_PROZENT
    ganz: bool = True
    nullen_gezeigt: bool = True
    """Whether readers know that a withheld count is no zero."""

    def __post_init__(self) -> None:
        if self.k < 2 or not 0 < self.p_prozent < 100:
            raise Vertragsfehler("Zellregel: k ist mindestens 2, p liegt zwischen 0 und 100 Prozent")


class Schutzart(StrEnum):
    """What is done with the figures of a measure before they are published."""

    OFFEN = "offen"
    """Shown as they are: institutions, public budgets, organisation."""
    ZELLSPERRUNG = "zellsperrung"
    """Counts of persons: small ones are withheld, and others so that nobody can work them out."""
    RUNDEN = "runden"
    """Counts of persons: every one is rounded for itself."""
    DOMINANZ = "dominanz"
    """Sums such as money and full-time equivalents: withheld where few stand behind them, and others with them."""


@dataclass(frozen=True, slots=True)
class Schutz:
    """How the figures of a measure are protected.

    `einheiten` names other measures and how many of these must stand behind a figure in the same place: where fewer
    do, or where their number is itself withheld, the figure is withheld too.
    """

    art: Schutzart = Schutzart.ZELLSPERRUNG
    k: int = KLEIN_UNTER
    """Counts from 1 to k - 1 are small; nobody may tell a withheld one to within fewer than k values."""
    p_prozent: float = P_PROZENT
    nullen_gezeigt: bool = True
    """Whether a count of nobody is shown; otherwise it is small too."""
    klein_unter: float = 0.0
    """Sums above 0 and below this rest on too few, whatever stands behind them."""
    klein_bei: Mapping[str, str] = field(default_factory=dict)
    """Breakdown -> code of the sums `klein_unter` is about; empty: all of the measure."""
    basis: int = RUNDEN_AUF
    einheiten: Mapping[str, int] = field(default_factory=dict)
    gruppe: int = 0
    """Groups smaller than this are not broken down where all of them would fall into one category; 0: never mind."""

    def __post_init__(self) -> None:
        if self.basis < 2:
            raise Vertragsfehler("Schutz: auf weniger als 2 zu runden, schützt nicht")

    @property
    def regel(self) -> Zellregel:
        """What a withheld cell of the measure must keep."""
        ganz = self.art is not Schutzart.DOMINANZ
        return Zellregel(self.k, self.p_prozent, ganz=ganz, nullen_gezeigt=self.nullen_gezeigt)


OFFEN = Schutz(Schutzart.OFFEN)


@dataclass(frozen=True, slots=True)
class Vergroeberung:
    """A breakdown as it is published: code -> class; both are codes of lists the breakdown has. Others stay."""

    merkmal: str
    klassen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Geheimhaltung:
    """The policy of a Land. Whatever `schutz` does not name is protected as `sonst` says.

    `schutz` is keyed by the beginning of a measure (`personal`, `personal.vzae_stellen`); the longest that fits counts.
    """

    schutz: Mapping[str, Schutz] = field(default_factory=dict)
    sonst: Schutz = field(default_factory=Schutz)
    vergroeberungen: tuple[Vergroeberung, ...] = ()
    anteil_genau_ab: int = 100
    """Shares of fewer than this many are published as whole numbers in brackets."""
    anteil_ab: int = 20
    """Shares of fewer than this many are not published."""
    auch_vor_meldeeinheiten: bool = False
    """Whether a release must also be safe from every Meldeeinheit, which knows its own figures."""

    def schutz_von(self, mass: str) -> Schutz:
        """How a measure is protected."""
        passend = [anfang for anfang in self.schutz if mass == anfang or mass.startswith(f"{anfang}.")]
        return self.schutz[max(passend, key=len)] if passend else self.sonst
