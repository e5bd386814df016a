"""The shape of the law's checklist.

What belongs here: an item and what satisfies it. What does not: the items of a Land (its profile).
"""

from dataclasses import dataclass

from schemas.vertragsfehler import Vertragsfehler


@dataclass(frozen=True, slots=True)
class Zahlenangabe:
    """A figure an item of the law asks for: a value of one of these variants (any if none is named), broken down."""

    indikator: str
    varianten: tuple[str, ...] = ()
    gliederung: str = ""
    """Column of `indikatorwerte` by which the figure has to be divided; empty: the total will do."""


@dataclass(frozen=True, slots=True)
class Berichtspunkt:
    """An item of the law's checklist, what the report shows to it, and what satisfies it.

    Satisfied is a figure for each of `verlangt` (for any of `indikatoren` where the law names none), a standing
    delivery of each of `datensaetze`, and a text in one section of each group of `abschnitte`.
    """

    id: str
    fundstelle: str
    inhalt: str
    indikatoren: tuple[str, ...] = ()
    datensaetze: tuple[str, ...] = ()
    verlangt: tuple[Zahlenangabe, ...] = ()
    abschnitte: tuple[tuple[str, ...], ...] = ()
    """Groups of sections (codes of `meldung`); one section of a group is enough."""
    aufgabe: str = ""
    """Task (code of `aufgaben`) it is about: where nobody carries it out the item falls away."""
    konzepte: tuple[str, ...] = ()
    """Konzepte that answer it; figures of any other only stand in for them. Empty: any will do."""
    je_jahr: bool = True
    """Whether it is asked for each calendar year; otherwise once per Berichtszeitraum."""
    umfasst: tuple[str, ...] = ()
    """Ids of the items whose figures and evaluation in words it asks for; it has no figures of its own."""

    def __post_init__(self) -> None:
        if {v.indikator for v in self.verlangt} - set(self.indikatoren):
            raise Vertragsfehler(f"Berichtspunkt {self.id}: verlangt eine Kennzahl, die er nicht zeigt")
