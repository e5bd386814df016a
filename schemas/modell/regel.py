"""The shape of a rule: how grave a breach is, how much it has to see, what a user reads.

What belongs here: rules, texts of findings. What does not: those there are (`schemas/regeln.py`, `regeln_quer.py`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from schemas.vertragsfehler import Vertragsfehler

if TYPE_CHECKING:
    from schemas.modell.datensatz import Datensatz
    from schemas.modell.land import Pruefumgebung

_PLATZHALTER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Fehlertext:
    """What a user reads about a finding: title, message with {placeholders}, and what to do."""

    titel: str
    meldung: str
    abhilfe: str

    @property
    def platzhalter(self) -> frozenset[str]:
        """Names the message and the remedy need."""
        return frozenset(_PLATZHALTER.findall(self.meldung + self.abhilfe))


class Schwere(StrEnum):
    """What a finding means for the delivery."""

    FEHLER = "fehler"
    WARNUNG = "warnung"
    HINWEIS = "hinweis"


class Umfang(StrEnum):
    """How much a rule has to see. Only the first four decide whether a delivery is accepted."""

    LESEN = "lesen"
    ZELLE = "zelle"
    ZEILE = "zeile"
    DATEI = "datei"
    DATENSAETZE = "datensaetze"
    ZEIT = "zeit"
    KREISE = "kreise"
    AMTLICH = "amtlich"

    @property
    def entscheidet(self) -> bool:
        """True for scopes that look at one file alone and so decide its acceptance."""
        return self in (Umfang.LESEN, Umfang.ZELLE, Umfang.ZEILE, Umfang.DATEI)


@dataclass(frozen=True, slots=True)
class Bedingung:
    """One vectorised test of a rule on a converted table: `gilt` is true, false or null per row; null is not a breach.

    `spalte` is the column a breach is shown at, `werte` are expressions for the message's placeholders. `fenster` are
    windows computed beforehand, which the other expressions find as columns: those of one name are the same, and all
    that group alike share the grouping, which is what rules cost in large files.
    """

    spalte: str
    gilt: pl.Expr
    werte: Mapping[str, pl.Expr] = field(default_factory=dict)
    fenster: Mapping[str, pl.Expr] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule: stable id, one severity, German text, legal or factual source and, for single files, how it is tested.

    `bedingungen(datensatz, umgebung)` yields the tests that apply to a dataset; none means the rule does not apply.
    """

    id: str
    schwere: Schwere
    umfang: Umfang
    text: Fehlertext
    quelle: str
    bedingungen: "Callable[[Datensatz, Pruefumgebung], Sequence[Bedingung]] | None" = None

    def __post_init__(self) -> None:
        if not self.id or not self.quelle or not self.text.abhilfe:
            raise Vertragsfehler(f"Regel {self.id}: Kennung, Quelle oder Abhilfe fehlt")
