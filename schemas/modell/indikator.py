"""The shape of an indicator: what it is made of, in which variants, and how it may be judged.

What belongs here: figures, variants, indicators. What does not: those there are (`groessen.py`, `indikatoren/`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from schemas.groessenformen import Rechnung, sql_von
from schemas.vertragsfehler import Vertragsfehler


class Richtung(StrEnum):
    """Whether a higher value of an indicator is better. `NEUTRAL` is never judged."""

    HOEHER_BESSER = "hoeher_besser"
    NIEDRIGER_BESSER = "niedriger_besser"
    ZIELWERT = "zielwert"
    NEUTRAL = "neutral"


class Kennzahlart(StrEnum):
    """What a value is made of, which decides how chance moves it."""

    ANTEIL = "anteil"
    """Those of a group that have a property: the numerator is part of the denominator."""
    RATE = "rate"
    """Independent events per person, time or other measure of exposure; one person may have several."""
    VERHAELTNIS = "verhaeltnis"
    """Events observed per event expected."""
    STANDARDISIERT = "standardisiert"
    """Mean of the rates of all age bands, weighted by a standard population."""
    BESTAND = "bestand"
    """A count or an amount by itself."""


class Herkunft(StrEnum):
    """Where the figures of an indicator variant come from."""

    AMTLICH = "amtlich"
    LIEFERUNG = "lieferung"
    KEINE = "keine"


@dataclass(frozen=True, slots=True)
class Zellbezug:
    """Which cells of the tables of a release delivered figures are: the same cell always holds the same number.

    The breakdown columns of a figure are those of its cell, except `fest`, what the figure is a fixed part of, and
    `umbenannt`, breakdowns whose parts do not add up to the total. `versatz` is how many years the cell lies before the
    figure. Totals of `summe_ueber` are not cells but sums of the parts shown.
    """

    mass: str
    """Dataset, measure and, for what is never added up, its kind: `massnahmen.anzahl.SKM`."""
    fest: Mapping[str, str] = field(default_factory=dict)
    umbenannt: Mapping[str, str] = field(default_factory=dict)
    versatz: int = 0
    summe_ueber: str = ""
    vorzeichen: int = 1
    """-1 where the figure is made by taking the cell away from another one."""
    ganzzahlig: bool = True
    """Whether the cell counts something; others are sums of hours, full-time equivalents, money, or means."""


@dataclass(frozen=True, slots=True)
class Groesse:
    """Numerator or denominator: how it is computed from official series or checked datasets, and its source in words.

    Its SELECT yields `ags, berichtsjahr, zeitraum_von, zeitraum_bis, wert, wertstatus, stand`, any of the breakdown
    columns of `indikatorwerte` (one it leaves out counts as total) and, where counting may differ, `zaehlweise`.
    """

    rechnung: Rechnung
    quelle: str
    brueche: Mapping[int, str] = field(default_factory=dict)
    """First year after a break in the series -> what changed."""
    datensatz: str = ""
    """Dataset it is made from; empty for official series."""
    tabelle: str = ""
    """Official table it is made from; several joined by a comma; empty for deliveries."""
    versaetze: tuple[int, ...] = (0,)
    """How many years what it is made from lies before the reporting year."""
    gliederungen: tuple[str, ...] = ()
    """Breakdown columns the SELECT yields."""
    zellen: tuple[Zellbezug, ...] = ()
    """The cells it is computed from; empty for official series."""

    @property
    def sql(self) -> str:
        """The DuckDB SELECT, from nothing but the tables of the database."""
        return sql_von(self.rechnung)

    @property
    def ist_geliefert(self) -> bool:
        """Whether Meldeeinheiten delivered the figures: then the source in words begins with it."""
        return self.quelle.startswith("Lieferung")

    @property
    def tabellen(self) -> tuple[str, ...]:
        """Codes of the official tables it is made from."""
        return tuple(t.strip() for t in self.tabelle.split(",") if t.strip())


Altersbaender = Mapping[str, tuple[int, int | None]]
"""Code of an age band -> its lowest age and the first age above it (None: no upper end), youngest first."""


@dataclass(frozen=True, slots=True)
class Variante:
    """One way to compute an indicator: a Konzept, a source, a state of revision or a marked proxy."""

    id: str
    label: str
    herkunft: Herkunft
    zaehler: Groesse | None
    nenner: Groesse | None = None
    faktor: float = 1.0
    einheit: str | None = None
    """Unit where it differs from the indicator's."""
    nachkommastellen: int | None = None
    art: Kennzahlart = Kennzahlart.BESTAND
    """How chance moves the value: decides whether and which limits it gets. Only shares and rates of independent
    events have any; several consultations of one person are none."""
    konzept: str = "T"
    hinweis: str = ""
    gruende: tuple[str, ...] = ()
    """Reasons (codes of `schemas.vergleichbarkeit`) why no value of this variant is fully comparable."""
    summierbar: bool = True
    """False for published rates: the Land then has its own official row or no value."""
    eigene_brueche: Mapping[int, str] = field(default_factory=dict)
    """First year after a break that neither numerator nor denominator has by itself -> what changed."""
    standardisierung: Altersbaender = field(default_factory=dict)
    """Age bands of a standardised rate: codes in `altersgruppe` of numerator and denominator, beside their totals. The
    value is then not the quotient of the totals but the mean of the bands' rates with the Land's standard weights."""
    mindestnenner: float | None = None
    """Smallest denominator of a value that does not swing by a few cases, where it differs from the indicator's."""

    def __post_init__(self) -> None:
        if (self.art is Kennzahlart.STANDARDISIERT) != bool(self.standardisierung):
            raise Vertragsfehler(f"Variante {self.id}: standardisiert wird genau, was Altersbänder hat")
        grenzen = list(self.standardisierung.values())
        if any(oben != unten for (_, oben), (unten, _) in pairwise(grenzen)):
            raise Vertragsfehler(f"Variante {self.id}: zwischen den Altersbändern sind Lücken oder Überschneidungen")
        if (self.herkunft is Herkunft.KEINE) != (self.zaehler is None):
            raise Vertragsfehler(f"Variante {self.id}: ohne Zähler gibt es keine Herkunft und umgekehrt")
        if self.art is not Kennzahlart.BESTAND and self.nenner is None:
            raise Vertragsfehler(f"Variante {self.id}: ohne Bezugsgröße hat sie keinen Vertrauensbereich")
        if self.mindestnenner is not None and self.nenner is None:
            raise Vertragsfehler(f"Variante {self.id}: ohne Bezugsgröße kann diese nicht zu klein sein")

    @property
    def brueche(self) -> Mapping[int, str]:
        """First year after a break -> what changed: its own breaks and those of its numerator and denominator."""
        je_jahr: dict[int, dict[str, None]] = {}
        teile = [g.brueche for g in (self.zaehler, self.nenner) if g is not None]
        for brueche in (self.eigene_brueche, *teile):
            for jahr, was in brueche.items():
                je_jahr.setdefault(jahr, {})[was] = None
        return {jahr: "; ".join(texte) for jahr, texte in sorted(je_jahr.items())}


@dataclass(frozen=True, slots=True)
class Indikator:
    """An indicator of the catalogue. One entry is enough: SQL, reports and metadata are made from it.

    The value is `variante.faktor * zaehler / nenner`, or the numerator itself where a variant has no denominator.
    """

    id: str
    name: str
    themenfeld: str
    definition: str
    einheit: str
    varianten: tuple[Variante, ...]
    nachkommastellen: int = 0
    richtung: Richtung = Richtung.NEUTRAL
    zielwert: float | None = None
    gliederungen: tuple[str, ...] = ()
    aufgabe: str = ""
    """Task (code of `aufgaben`) it is about: who does not carry it out is not expected to have a value."""
    mindestnenner: float = 0
    geheimhaltung: str = "zellsperrung"
    version: str = "1"
    lesehilfe: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{3}-\d{2}", self.id) or not self.varianten:
            raise Vertragsfehler(f"Indikator {self.id}: Kennung wie FSA-03 und mindestens eine Variante nötig")
        if len({v.id for v in self.varianten}) != len(self.varianten):
            raise Vertragsfehler(f"Indikator {self.id}: Varianten doppelt")
        if (self.richtung is Richtung.ZIELWERT) != (self.zielwert is not None):
            raise Vertragsfehler(f"Indikator {self.id}: Zielwert und Richtung passen nicht zusammen")
