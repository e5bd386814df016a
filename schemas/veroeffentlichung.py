"""What pages for everybody need to know about a Land besides figures: numbers in easy language, supervision, its names.

What belongs here: the shape of these entries of a Land profile. What does not: the publisher, which is configuration
(`herausgeber.py`), and pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LeichteZahl:
    """A number the easy-language page tells of each Meldeeinheit.

    `varianten` are variants of the indicator, any of which will do: the newest number is told. `satz` holds `{zahl}`
    and keeps the rules of easy language: at most twelve words, no abbreviation, no negation, no percent.
    """

    frage: str
    indikator: str
    varianten: tuple[str, ...]
    satz: str
    zaehler: bool = False
    """Whether the numerator is told instead of the value: how many people, where the indicator is a share."""


@dataclass(frozen=True, slots=True)
class Stelle:
    """An authority: name, address, e-mail."""

    name: str
    anschrift: str
    mail: str


@dataclass(frozen=True, slots=True)
class Barrierefreiheit:
    """The law on accessible websites of a Land, who supervises it and who enforces it; `quelle` says where from."""

    gesetz: str
    ueberwachung: Stelle
    durchsetzung: Stelle
    quelle: str


@dataclass(frozen=True, slots=True)
class Veroeffentlichung:
    """All of it; an empty one leaves the parts of pages out that need it."""

    leichte_zahlen: tuple[LeichteZahl, ...] = ()
    barrierefreiheit: Barrierefreiheit | None = None
    namen: Mapping[str, str] = field(default_factory=dict)
    """Language (ISO 639-1) -> name of the Land in it."""
