"""Frozen types every definition of the contract is written in.

What belongs here: the shape of a column, dataset, rule, indicator, report item and Land profile, and the checks that
make a wrong definition fail at import. What does not: the definitions themselves (beside this file) and any reading,
checking or computing with them (`assets/`).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

import polars as pl

from schemas.geheimhaltung import Geheimhaltung
from schemas.groessenformen import Rechnung, sql_von
from schemas.lieferpolitik import ZaehltAb
from schemas.veroeffentlichung import Veroeffentlichung
from schemas.vertragsfehler import Vertragsfehler

_K = TypeVar("_K")
_V = TypeVar("_V")
_NAME = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
_PLATZHALTER = re.compile(r"\{([a-z_]+)\}")


class Typ(StrEnum):
    """How a cell is written and stored."""

    TEXT = "text"
    SCHLUESSEL = "schluessel"
    """Text of a fixed form such as an AGS: digits, but never a number."""
    CODE = "code"
    CODES = "codes"
    """Several codes of one list in a cell, separated by blanks or commas."""
    GANZZAHL = "ganzzahl"
    DEZIMAL = "dezimal"
    DATUM = "datum"


POLARS_TYP: Mapping[Typ, type[pl.DataType]] = MappingProxyType(
    {
        Typ.TEXT: pl.String,
        Typ.SCHLUESSEL: pl.String,
        Typ.CODE: pl.String,
        Typ.CODES: pl.String,
        Typ.GANZZAHL: pl.Int64,
        Typ.DEZIMAL: pl.Float64,
        Typ.DATUM: pl.Date,
    }
)


class Rolle(StrEnum):
    """What a column is in its table."""

    SCHLUESSEL = "schluessel"
    MASS = "mass"
    MERKMAL = "merkmal"


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list."""

    code: str
    label: str
    beschreibung: str = ""


@dataclass(frozen=True, slots=True)
class Codeliste:
    """A closed list of codes with German labels and where it comes from."""

    name: str
    label: str
    codes: tuple[Code, ...]
    quelle: str = ""

    def __post_init__(self) -> None:
        schluessel = [c.code for c in self.codes]
        if not schluessel or len(set(schluessel)) != len(schluessel):
            raise Vertragsfehler(f"Codeliste {self.name}: leer oder mit doppelten Codes")

    @property
    def schluessel(self) -> tuple[str, ...]:
        """All codes, in the order of the list."""
        return tuple(c.code for c in self.codes)

    def label_von(self, code: str) -> str:
        """German label of `code`; raises KeyError for a code that is not in the list."""
        for eintrag in self.codes:
            if eintrag.code == code:
                return eintrag.label
        raise KeyError(f"{code!r} steht nicht in der Codeliste {self.name}")


@dataclass(frozen=True, slots=True)
class Feld:
    """A column, defined once for the whole project.

    A coded column has a list, or one of its Land. `minimum`/`maximum` are inclusive. `muster` is a full-match pattern
    for `Typ.SCHLUESSEL` and `Typ.TEXT`.
    `synonyme` are headings offices use for the same column; comparison ignores case, blanks and punctuation.
    """

    name: str
    label: str
    beschreibung: str
    typ: Typ
    rolle: Rolle = Rolle.MERKMAL
    einheit: str | None = None
    nachkommastellen: int = 0
    codeliste: Codeliste | None = None
    landesliste: "Callable[[Land], Codeliste] | None" = None
    """Where the codes come from the Land: how to get them; `Datensatz.fuer` puts them into `codeliste`."""
    muster: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    synonyme: tuple[str, ...] = ()
    beispiel: str = ""

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise Vertragsfehler(f"Feldname {self.name!r} ist nicht klein_mit_unterstrich")
        if not self.label or not self.beschreibung:
            raise Vertragsfehler(f"Feld {self.name}: Bezeichnung oder Beschreibung fehlt")
        if (self.typ in (Typ.CODE, Typ.CODES)) != (self.codeliste is not None or self.landesliste is not None):
            raise Vertragsfehler(f"Feld {self.name}: Codeliste und Typ {self.typ} passen nicht zusammen")
        if self.rolle is Rolle.MASS and (self.typ not in (Typ.GANZZAHL, Typ.DEZIMAL) or not self.einheit):
            raise Vertragsfehler(f"Feld {self.name}: ein Maß ist eine Zahl mit Einheit")

    @property
    def polars_typ(self) -> type[pl.DataType]:
        """The type of the column in a checked table."""
        return POLARS_TYP[self.typ]


@dataclass(frozen=True, slots=True)
class Spalte:
    """A column as used in one dataset: the field, its role there, and which of its codes are allowed.

    `vorgabe` fills an absent column (not an empty cell) with a code; only then may the column be left out.
    """

    feld: Feld
    rolle: Rolle
    pflicht: bool = True
    erlaubt: tuple[str, ...] | None = None
    vorgabe: str | None = None

    @property
    def name(self) -> str:
        """Column name in files and tables."""
        return self.feld.name

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The codes allowed here, or None where the column has no code list."""
        if self.feld.codeliste is None:
            return None
        return self.erlaubt or self.feld.codeliste.schluessel


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


@dataclass(frozen=True, slots=True)
class Datensatz:
    """A table Kreise deliver: ordered columns, key, grain in words, legal basis, first year, warnings for users."""

    name: str
    label: str
    beschreibung: str
    koernung: str
    spalten: tuple[Spalte, ...]
    rechtsgrundlage: str
    gilt_ab: date
    nutzungshinweise: tuple[str, ...] = ()
    erwartet_bei: tuple[str, ...] = ()
    """Tasks (codes of `aufgaben`) of which one must be carried out for a delivery to be expected; empty: always."""
    vergleichsschluessel: tuple[str, ...] = ()
    """Columns that say how was counted: sums may be compared only where they are the same."""

    def __post_init__(self) -> None:
        namen = [s.name for s in self.spalten]
        if not _NAME.match(self.name) or len(set(namen)) != len(namen):
            raise Vertragsfehler(f"Datensatz {self.name}: Name ungültig oder Spalten doppelt")
        if namen[:2] != ["berichtsjahr", "meldeeinheit"]:
            raise Vertragsfehler(f"Datensatz {self.name}: beginnt nicht mit berichtsjahr, meldeeinheit")
        for spalte in self.spalten:
            fremd = set(spalte.erlaubt or ()) - set(spalte.feld.codeliste.schluessel if spalte.feld.codeliste else ())
            if fremd:
                raise Vertragsfehler(f"Datensatz {self.name}, Spalte {spalte.name}: unbekannte Codes {sorted(fremd)}")
            if spalte.rolle is Rolle.SCHLUESSEL and not spalte.pflicht:
                raise Vertragsfehler(f"Datensatz {self.name}: Schlüssel {spalte.name} muss Pflicht sein")

    @property
    def fehlanzeige(self) -> bool:
        """Whether a file with a header and no rows is a delivery: there may be nobody who carries out its tasks."""
        return bool(self.erwartet_bei)

    @property
    def schluessel(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(s.name for s in self.spalten if s.rolle is Rolle.SCHLUESSEL)

    @property
    def masse(self) -> tuple[str, ...]:
        """Names of the measures; each has a `<mass>_status` beside it in checked tables."""
        return tuple(s.name for s in self.spalten if s.rolle is Rolle.MASS)

    def spalte(self, name: str) -> Spalte:
        """The column `name`; raises KeyError if the dataset has none."""
        for spalte in self.spalten:
            if spalte.name == name:
                return spalte
        raise KeyError(f"Datensatz {self.name} hat keine Spalte {name}")

    def fuer(self, land: "Land") -> "Datensatz":
        """The dataset as this Land collects it: columns whose codes come from the Land have their list."""
        if all(s.feld.landesliste is None for s in self.spalten):
            return self
        return replace(self, spalten=tuple(_mit_landesliste(s, land) for s in self.spalten))

    @property
    def polars_schema(self) -> dict[str, type[pl.DataType]]:
        """Columns and types of the checked table: the declared columns, a status per measure, the Excel row."""
        schema: dict[str, type[pl.DataType]] = {}
        for spalte in self.spalten:
            schema[spalte.name] = spalte.feld.polars_typ
            if spalte.rolle is Rolle.MASS:
                schema[status_von(spalte.name)] = pl.String
        schema["zeile"] = pl.Int64
        return schema


def _mit_landesliste(spalte: Spalte, land: "Land") -> Spalte:
    if spalte.feld.landesliste is None:
        return spalte
    return replace(spalte, feld=replace(spalte.feld, codeliste=spalte.feld.landesliste(land)))


def status_von(mass: str) -> str:
    """Name of the column that holds the Wertstatus of a measure."""
    return f"{mass}_status"


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


@dataclass(frozen=True, slots=True)
class Verteilgroesse:
    """A quantity money is shared out by: its name, its figures by area (not broken down), its weight beside others."""

    label: str
    groesse: Groesse
    gewicht: int = 1


@dataclass(frozen=True, slots=True)
class Verteilschluessel:
    """How an allocation is shared out between all Meldeeinheiten of a Land.

    A share is the weighted mean of the shares in each quantity at the Stichtag. Amounts are multiples of
    `kleinster_betrag` cents and add up to the sum: after rounding down, what is left goes to the largest remainders;
    equal ones are decided by the larger share, then by the lower id.
    """

    groessen: tuple[Verteilgroesse, ...]
    stichtag: tuple[int, int]
    """(month, day) on which the quantities are taken."""
    jahre_vorher: int
    """How many years before the Haushaltsjahr the Stichtag lies."""
    kleinster_betrag: int
    quelle: str

    def __post_init__(self) -> None:
        if not self.groessen or any(g.gewicht <= 0 for g in self.groessen) or self.kleinster_betrag < 1:
            raise Vertragsfehler("Verteilschlüssel: Größen, ihre Gewichte und der kleinste Betrag müssen positiv sein")

    def stichtag_fuer(self, haushaltsjahr: int) -> date:
        """The day whose figures count for a Haushaltsjahr."""
        return date(haushaltsjahr - self.jahre_vorher, *self.stichtag)


@dataclass(frozen=True, slots=True)
class Verteilungsmasse:
    """The sum shared out for a Haushaltsjahr and Fördergegenstand, as one kind of notice states it.

    `stichtag` is named only where the notice rests on another day than the key says, `stand` where it rests on the
    statistics as published up to then. `erfunden` marks a sum made up for the demonstration.
    """

    haushaltsjahr: int
    fg: str
    fassung: str
    cent: int
    datum: date
    quelle: str
    stichtag: date | None = None
    stand: str | None = None
    erfunden: bool = False

    @property
    def schluessel(self) -> tuple[int, str, str]:
        """What tells two sums of a Land apart."""
        return self.haushaltsjahr, self.fg, self.fassung


@dataclass(frozen=True, slots=True)
class Gemeinde:
    """A municipality: 8-digit AGS and name."""

    ags: str
    name: str


@dataclass(frozen=True, slots=True)
class Meldeeinheit:
    """Who reports. `name` is unique in its Land, `typ` is how the Land calls this kind, `kachel` is (column, row).

    `nachbarn` are ids of Meldeeinheiten of the same Land; `gemeinden` those it answers for.
    """

    id: str
    name: str
    typ: str
    gruppe: str
    kuerzel: str
    kachel: tuple[int, int]
    nachbarn: tuple[str, ...]
    gemeinden: tuple[Gemeinde, ...]


@dataclass(frozen=True, slots=True)
class Berichtszeitraum:
    """A legal reporting period (inclusive dates) and when its report is due."""

    von: date
    bis: date
    faellig: date
    bezeichnung: str
    quelle: str

    def teil_von(self, jahr: int) -> tuple[date, date] | None:
        """First and last day of `jahr` inside the period, or None."""
        von, bis = max(self.von, date(jahr, 1, 1)), min(self.bis, date(jahr, 12, 31))
        return (von, bis) if von <= bis else None


@dataclass(frozen=True, slots=True)
class Standardbevoelkerung:
    """The population whose age structure standardised rates assume for every area: `personen` by lowest age.

    The last entry has no upper end. `grund` says to readers why it is this one.
    """

    label: str
    quelle: str
    grund: str
    personen: Mapping[int, int]

    def gewichte(self, baender: Altersbaender) -> tuple[int, ...]:
        """Persons in each band; raises Vertragsfehler where a band cuts through a known age group."""
        grenzen = {g for band in baender.values() for g in band if g is not None}
        if not grenzen <= set(self.personen):
            raise Vertragsfehler(f"Standardbevölkerung {self.label}: Altersbänder {sorted(grenzen)} passen nicht")
        return tuple(
            sum(n for alter, n in self.personen.items() if von <= alter and (bis is None or alter < bis))
            for von, bis in baender.values()
        )


@dataclass(frozen=True, slots=True)
class Gebietsaenderung:
    """A change of territory: from `jahr` on, figures of these Meldeeinheiten are about another area than before."""

    jahr: int
    meldeeinheiten: tuple[str, ...]
    bezeichnung: str


@dataclass(frozen=True, slots=True)
class Land:
    """Everything that differs between Länder: who reports, when, under which law, with which thresholds."""

    id: str
    name: str
    ags: str
    meldeeinheiten: tuple[Meldeeinheit, ...]
    gruppen: Mapping[str, str]
    """Group code -> label, in display order."""
    berichtsjahre: tuple[int, ...]
    berichtszeitraeume: tuple[Berichtszeitraum, ...]
    lieferfristen: Mapping[int, date]
    datensaetze: tuple[str, ...]
    indikatoren: tuple[str, ...]
    rechtsgrundlagen: Mapping[str, str]
    schwellen: Mapping[str, float]
    gebietsstand: date
    gebietsstand_quelle: str
    namen: Mapping[str, str]
    """Short wordings for pages, e.g. what the reporters are called in plural."""
    zahlungsfristen: tuple[tuple[int, int], ...] = ()
    """(month, day) by which each instalment of the allocation is to be paid, in order; empty where no law says so."""
    gebietsaenderungen: tuple[Gebietsaenderung, ...] = ()
    """Changes that official series do not carry back."""
    verteilschluessel: Verteilschluessel | None = None
    """How allocations are shared out; None where the Land has none."""
    standardbevoelkerung: Standardbevoelkerung | None = None
    """What age-standardised rates are weighted by; None: there are none."""
    verteilungsmassen: tuple[Verteilungsmasse, ...] = ()
    """The sums the ministry has entered (`data/verteilungsmassen/`)."""
    berichtspunkte: tuple[Berichtspunkt, ...] = ()
    """What the law of the Land wants a report to hold, in its order."""
    geheimhaltung: Geheimhaltung = field(default_factory=Geheimhaltung)
    """What may be published of what was delivered."""
    veroeffentlichung: Veroeffentlichung = field(default_factory=Veroeffentlichung)
    """What pages for everybody say about the Land besides figures."""
    zaehlt_ab: ZaehltAb = ZaehltAb.ABGABE
    """From when what the portal takes in enters internal reports."""

    def __post_init__(self) -> None:
        ids = [m.id for m in self.meldeeinheiten]
        namen = [m.name for m in self.meldeeinheiten]
        if len(set(ids)) != len(ids) or len(set(namen)) != len(namen):
            raise Vertragsfehler(f"Land {self.id}: Kennung oder Name einer Meldeeinheit doppelt")
        for m in self.meldeeinheiten:
            if m.gruppe not in self.gruppen or not set(m.nachbarn) <= set(ids) - {m.id}:
                raise Vertragsfehler(f"Land {self.id}: Gruppe oder Nachbarn von {m.id} unbekannt")
            if any(m.id not in self.meldeeinheit(n).nachbarn for n in m.nachbarn):
                raise Vertragsfehler(f"Land {self.id}: Nachbarschaft von {m.id} ist nicht beidseitig")
        gemeinden = [g.ags for m in self.meldeeinheiten for g in m.gemeinden]
        if len(set(gemeinden)) != len(gemeinden):
            raise Vertragsfehler(f"Land {self.id}: eine Gemeinde gehört zu zwei Meldeeinheiten")
        if set(self.lieferfristen) != set(self.berichtsjahre):
            raise Vertragsfehler(f"Land {self.id}: Lieferfristen und Berichtsjahre passen nicht zusammen")
        punkte = [p.id for p in self.berichtspunkte]
        if len(set(punkte)) != len(punkte) or any(not set(p.umfasst) <= set(punkte) for p in self.berichtspunkte):
            raise Vertragsfehler(f"Land {self.id}: ein Berichtspunkt ist doppelt oder umfasst unbekannte")
        self._pruefe_massen()

    def _pruefe_massen(self) -> None:
        schluessel = [m.schluessel for m in self.verteilungsmassen]
        if len(set(schluessel)) != len(schluessel):
            raise Vertragsfehler(f"Land {self.id}: eine Verteilungsmasse ist zweimal hinterlegt")
        if self.verteilungsmassen and self.verteilschluessel is None:
            raise Vertragsfehler(f"Land {self.id}: Verteilungsmassen ohne Verteilschlüssel")
        for masse in self.verteilungsmassen:
            if masse.cent < 0 or (self.verteilschluessel and masse.cent % self.verteilschluessel.kleinster_betrag):
                raise Vertragsfehler(f"Land {self.id}: Verteilungsmasse {masse.schluessel} lässt sich nicht aufteilen")

    def meldeeinheit(self, kennung: str) -> Meldeeinheit:
        """The Meldeeinheit with this id; raises KeyError if there is none."""
        for m in self.meldeeinheiten:
            if m.id == kennung:
                return m
        raise KeyError(f"{self.name} kennt keine Meldeeinheit {kennung}")

    @property
    def gebietsnamen(self) -> dict[str, str]:
        """Key of the Land, of each group and of each Meldeeinheit -> name, in official order."""
        return {self.ags: self.name} | dict(self.gruppen) | {m.id: m.name for m in self.meldeeinheiten}

    def zeitraum(self, jahr: int) -> tuple[date, date]:
        """First and last day of the reporting year that fall into a reporting period."""
        for z in self.berichtszeitraeume:
            if teil := z.teil_von(jahr):
                return teil
        raise KeyError(f"{jahr} liegt in keinem Berichtszeitraum")


@dataclass(frozen=True, slots=True)
class Pruefumgebung:
    """What single-file rules may know besides the table: the Land and whose delivery for which year it is."""

    land: Land
    meldeeinheit: Meldeeinheit
    berichtsjahr: int

    @property
    def jahresanteil(self) -> float:
        """Share of the calendar year that the reporting year covers; 1 except for a stub."""
        von, bis = self.land.zeitraum(self.berichtsjahr)
        tage = (date(self.berichtsjahr + 1, 1, 1) - date(self.berichtsjahr, 1, 1)).days
        return ((bis - von).days + 1) / tage


def nur_lesen(werte: Mapping[_K, _V]) -> Mapping[_K, _V]:
    """A mapping that cannot be changed after import."""
    return MappingProxyType(dict(werte))
