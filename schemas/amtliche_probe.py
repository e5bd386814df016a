"""Which computed figures are held against which published ones, how far both may differ, and what explains more.

What belongs here: the comparisons as data, the precision of every official table, the columns of the result. What does
not: comparing (`assets/auswertung/amtliche_probe.py`). Deliveries are held against official figures by rule R30; here
both sides are official, so a deviation is a fault of ours or of the source, never a question to a Meldeeinheit.

Sums need no entry of their own: wherever an official table has a row for the Land or a total beside its parts, the
numerators and denominators of the catalogue are added up and compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from schemas.groessen import Merkmal, reihe, reihen
from schemas.modell import Code, Codeliste, nur_lesen


@dataclass(frozen=True, slots=True)
class Genauigkeit:
    """How far one published figure may be from the true one, in its own unit, and why."""

    abweichung: float
    grund: str


GENAU = Genauigkeit(0, "ungerundet")
UEBERNOMMEN = Genauigkeit(0, "unverändert übernommen")
AUF_FUENF = Genauigkeit(2, "jede Zahl für sich auf ein Vielfaches von 5 gerundet, höchstens 2 daneben")
MITTEL = Genauigkeit(0.5, "Jahresdurchschnitt, jede Zahl für sich auf ganze Personen gerundet")
ZEHNTEL = Genauigkeit(0.05, "auf eine Nachkommastelle gerundet, höchstens 0,05 daneben")

_AUF_FUENF_GERUNDET = frozenset({"12521-0041", "12531-0043"})
OHNE_SUMMENZEILEN = frozenset({"12531-0043"})
"""Official tables without totals: those of the catalogue are sums themselves, and prove nothing."""


def genauigkeit(tabelle: str) -> Genauigkeit:
    """The precision of the counts of an official table (several codes joined by a comma: tables that are continued)."""
    return AUF_FUENF if tabelle in _AUF_FUENF_GERUNDET else GENAU


@dataclass(frozen=True, slots=True)
class Erklaerung:
    """Why a published figure is known to be larger (`groesser`) or smaller than the one computed."""

    text: str
    groesser: bool


@dataclass(frozen=True, slots=True)
class Reihenprobe:
    """A computed figure beside a published series for the same areas and years.

    `groesse` is the column of `indikatorwerte` compared: `wert`, `zaehler` or `nenner`. `bedingung` picks the series
    of `tabelle` (see `schemas.groessen.reihe`); several are added up, their errors too.
    """

    id: str
    indikator: str
    variante: str
    groesse: str
    tabelle: str
    bedingung: str
    genauigkeit: Genauigkeit
    gliederung: Mapping[str, Merkmal] = field(default_factory=dict)
    erklaerung: Erklaerung | None = None


@dataclass(frozen=True, slots=True)
class Mittelprobe:
    """A published rate of the Land beside the mean of the published rates of its Meldeeinheiten.

    Rates cannot be added up. The mean is weighted by a published count: the denominator itself, or (`ist_zaehler`) the
    numerator, of which each rate then yields the denominator.
    """

    id: str
    indikator: str
    variante: str
    tabelle: str
    bedingung: str
    ist_zaehler: bool
    gewicht: Genauigkeit
    genauigkeit: Genauigkeit


_KONTINENTE_EINGEBUERGERT = (
    *("Europa", "Afrika", "Amerika", "Asien", "Australien und Ozeanien"),
    "Staatenlos, unbekannt, ungeklärt, ohne Angabe",
)
_KONTINENTE = ("Europa", "Afrika", "Amerika", "Asien", "Australien und Ozeanien")
_BETREUUNG = ("Tageseinrichtung", "Tagespflege")
_DOPPELT = Erklaerung(
    "Ein Kind in Tageseinrichtung und Tagespflege zählt seit 2011 in der Summe einmal, in den Teilen zweimal.",
    groesser=True,
)
_OHNE_KONTINENT = Erklaerung(
    "Staatenlose und Personen mit ungeklärter Staatsangehörigkeit gehören zu keinem Kontinent.", groesser=False
)
_GESCHLECHT = Merkmal(("kopf_2",), {"männlich": "M", "weiblich": "W", "Insgesamt": "T"})
_ALLE_ALTER = reihen("Bevölkerungsstand", "vorspalte_4", ("Insgesamt",), {"kopf_1": "Insgesamt"})
_ARBEITSLOSENQUOTE = "Arbeitslosenquote bez. auf alle zivile Erwerbsp."
_AUSLAENDISCH = ("Ausländer", "ausländisch")

REIHENPROBEN: tuple[Reihenprobe, ...] = (
    Reihenprobe(
        *("einwohner_nach_nationalitaet", "BEV-01", "FORT", "zaehler", "12411-03-03-4", _ALLE_ALTER, GENAU),
        gliederung={"geschlecht": _GESCHLECHT},
    ),
    Reihenprobe(
        *("auslaender_nach_kontinent", "BEV-02", "AZR_AMTLICH", "zaehler", "12521-0041"),
        reihen("Ausländer", "vorspalte_4", _KONTINENTE, {"kopf_1": "Insgesamt"}),
        AUF_FUENF,
        erklaerung=_OHNE_KONTINENT,
    ),
    Reihenprobe(
        *("migrationshintergrund_anteil", "BEV-03", "ZENSUS_2011", "wert", "AI-Z1-2011"),
        reihe("Anteil Personen mit MHG an der Gesamtbevölkerung"),
        UEBERNOMMEN,
    ),
    Reihenprobe(
        *("einbuergerungen_nach_kontinent", "REC-04", "FORT", "zaehler", "12511-01-01-4"),
        reihen("Einbürgerungen von Ausländern", "kopf_3", _KONTINENTE_EINGEBUERGERT),
        GENAU,
    ),
    Reihenprobe(
        *("kinder_nach_betreuung", "KIT-01", "ALLE_ALTER", "nenner", "22543-01-01-4, 22543-01-02-4"),
        reihen("Betreute Kinder", "vorspalte_4", _BETREUUNG, {"kopf_2": "T"}),
        GENAU,
        erklaerung=_DOPPELT,
    ),
    Reihenprobe(
        *("kinder_nach_herkunft", "KIT-01", "ALLE_ALTER", "zaehler", "22543-01-01-4, 22543-01-02-4"),
        reihen("Kinder, Herkunft mind. 1 Elternteil ausländisch", "vorspalte_4", _BETREUUNG, {"kopf_2": "T"}),
        GENAU,
        erklaerung=_DOPPELT,
    ),
    Reihenprobe(
        *("kinder_nach_alter", "KIT-01", "ALLE_ALTER", "nenner", "22543-01-01-4, 22543-01-02-4"),
        reihen(
            "Betreute Kinder",
            "vorspalte_4",
            ("Insgesamt", "Insgesamt (ohne Doppelzählungen)"),
            {"kopf_2": "Altersgruppe"},
        ),
        GENAU,
    ),
    Reihenprobe(
        *("beschaeftigte_nach_geschlecht", "ARB-01", "ALLE_ALTER", "zaehler", "13111-02-02-4"),
        reihen(
            "Sozialversicherungspfl. Beschäftigte (Wohnort)",
            "kopf_4",
            ("männlich", "weiblich"),
            {"kopf_2": "Ausländer(innen)"},
        ),
        GENAU,
    ),
    Reihenprobe(
        *("arbeitslosenquote", "ARB-03", "BA", "wert", "13211-02-05-4"),
        reihen(_ARBEITSLOSENQUOTE, "kopf_2", _AUSLAENDISCH),
        UEBERNOMMEN,
    ),
    Reihenprobe(
        *("mindestsicherung_asylblg", "SOZ-02", "REGEL", "zaehler", "22811-01-01-4"),
        reihen("Davon", "kopf_2", ("Regelleist. n.d. Asylbewerberleistungsgesetz",)),
        GENAU,
    ),
)

MITTELPROBEN: tuple[Mittelprobe, ...] = (
    Mittelprobe(
        *("migrationshintergrund_mittel", "BEV-03", "ZENSUS_2011", "12111-03-01-4"),
        reihen("Bevölkerung", "kopf_2", ("Insgesamt",), {"kopf_3": "Insgesamt", "vorspalte_3": "Insgesamt"}),
        ist_zaehler=False,
        gewicht=GENAU,
        genauigkeit=ZEHNTEL,
    ),
    Mittelprobe(
        *("arbeitslosenquote_mittel", "ARB-03", "BA", "13211-02-05-4"),
        reihen("Arbeitslose", "kopf_2", _AUSLAENDISCH),
        ist_zaehler=True,
        gewicht=MITTEL,
        genauigkeit=ZEHNTEL,
    ),
)

SUMMENERKLAERUNG: Mapping[str, Erklaerung] = nur_lesen(
    {
        "22221-01-01-4": Erklaerung(
            "Das Land führt Empfangende, die keiner Meldeeinheit zugeordnet sind, etwa in Aufnahmeeinrichtungen.",
            groesser=True,
        ),
    }
)
"""Official table -> why the Land's own row is not the sum of its Meldeeinheiten."""

OHNE_KENNZAHL: Mapping[tuple[str, str], str] = nur_lesen(
    {
        ("13211-02-05-4", "Arbeitslosenquote bez. abh. zivile Erwerbspers."): "nur für alle, nicht nach Nationalität",
        **{
            ("AI-Z1-2011", f"Anteil Personen mit MHG {alter}"): "andere Altersgruppen als die der Kennzahlen"
            for alter in ("0 bis 19 Jahre", "20 bis 59 Jahre", "60 Jahre und älter")
        },
        **{
            ("AI-Z1-2011", f"Durchschnittsalter {wer}"): "ein mittleres Alter hat der Katalog nicht"
            for wer in ("Gesamtbevölkerung", "männliche Bevölkerung", "weibliche Bevölkerung")
        },
    }
)
"""(table, measure) of published shares, rates and means that no indicator of the catalogue has -> why."""

PROBENART = Codeliste(
    "probenart",
    "Art des Vergleichs",
    (
        Code("reihe", "veröffentlichte Reihe", "Dieselbe Angabe aus einer anderen amtlichen Reihe."),
        Code("summe", "Summe der Gebiete", "Die Meldeeinheiten zusammen neben der Zeile des Landes."),
        Code("teile", "Summe der Teile", "Die Teile einer Gliederung zusammen neben ihrer Gesamtzahl."),
        Code("mittel", "Mittel der Gebiete", "Das gewichtete Mittel der Meldeeinheiten neben der Quote des Landes."),
    ),
    "Lieferverfahren",
)

URTEIL = Codeliste(
    "probenurteil",
    "Ergebnis des Vergleichs",
    (
        Code("gleich", "stimmt überein"),
        Code("rundung", "innerhalb der Rundung der Quelle"),
        Code("erklaert", "weicht ab, Ursache bekannt"),
        Code("weicht_ab", "weicht ab, Ursache unbekannt"),
    ),
    "Lieferverfahren",
)

TEXTE: Mapping[str, tuple[type[pl.DataType], str]] = nur_lesen(
    {
        "probe": (pl.String, "Kennung des Vergleichs."),
        "art": (pl.String, "Art des Vergleichs (Codeliste probenart)."),
        "indikator_id": (pl.String, "Kennzahl."),
        "variante": (pl.String, "Variante der Kennzahl."),
        "groesse": (pl.String, "Was verglichen wird: wert, zaehler oder nenner."),
        "ags": (pl.String, "Gebiet."),
        "berichtsjahr": (pl.Int64, "Jahr."),
        "gliederung": (pl.String, "Teil der Kennzahl, etwa geschlecht=W; T: insgesamt."),
        "berechnet": (pl.Float64, "Von der Auswertung berechnet, ungerundet."),
        "veroeffentlicht": (pl.Float64, "Amtlich veröffentlicht."),
        "differenz": (pl.Float64, "Veröffentlicht abzüglich berechnet."),
        "toleranz": (pl.Float64, "Was die Rundung der Quelle höchstens ausmacht."),
        "urteil": (pl.String, "Ergebnis (Codeliste probenurteil)."),
        "erklaerung": (pl.String, "Woher die Toleranz kommt und, bei einer bekannten Abweichung, ihre Ursache."),
        "tabelle": (pl.String, "Amtliche Tabelle der veröffentlichten Angabe."),
    }
)
SPALTEN: dict[str, type[pl.DataType]] = {name: typ for name, (typ, _) in TEXTE.items()}
"""One row per figure that is both computed and published."""
