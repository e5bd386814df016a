"""For each rule a table that keeps it and one that breaks it, as small changes to valid rows.

A change is a function of the list of rows; the first table breaks the rule, the unchanged rows keep it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from schemas.datensaetze import alle_datensaetze
from schemas.modell import Pruefumgebung, Rolle, status_von
from tests.pruefung.gueltige_zeilen import EINHEIT, GUELTIG, LAND, Zeile

__all__ = [
    "EINHEIT",
    "GUELTIG",
    "LAND",
    "NACHBAR",
    "NUR_IM_STUMMEL",
    "STUMMEL",
    "UMGEBUNG",
    "VERSTOSS",
    "WEITERE",
    "Fall",
    "Zeile",
    "nacheinander",
    "ohne",
    "quelle",
    "setze",
    "tabelle",
    "wie",
]

NACHBAR = EINHEIT.nachbarn[0]
UMGEBUNG = Pruefumgebung(LAND, EINHEIT, 2025)
STUMMEL = Pruefumgebung(LAND, EINHEIT, 2024)
NUR_IM_STUMMEL = frozenset({"R02c", "R07"})
"""Rules that only the first year can break: quarters before the period, datasets asked for later."""


def tabelle(datensatz: str, zeilen: list[Zeile]) -> pl.DataFrame:
    """Rows as a converted table: all columns, a status per measure, Excel rows from 2.

    A measure that is None is unknown; one a row does not mention was left empty.
    """
    beschreibung = alle_datensaetze()[datensatz]
    voll = []
    for nummer, zeile in enumerate(zeilen, 2):
        eintrag: Zeile = {s.name: zeile.get(s.name) for s in beschreibung.spalten}
        for spalte in beschreibung.spalten:
            if spalte.rolle is Rolle.MASS:
                ohne_wert = "U" if spalte.name in zeile else None
                eintrag[status_von(spalte.name)] = ohne_wert if eintrag[spalte.name] is None else "N"
        voll.append({**eintrag, "zeile": nummer})
    return pl.DataFrame(voll, schema=beschreibung.polars_schema)


def setze(nummer: int, **werte: Any) -> Callable[[list[Zeile]], list[Zeile]]:
    """Changes one row."""

    def aendere(zeilen: list[Zeile]) -> list[Zeile]:
        zeilen[nummer] |= werte
        return zeilen

    return aendere


def _doppelt(zeilen: list[Zeile]) -> list[Zeile]:
    return [*zeilen, dict(zeilen[0])]


def _ohne_letzte(zeilen: list[Zeile]) -> list[Zeile]:
    return zeilen[:-1]


def _ohne_viertes_quartal(zeilen: list[Zeile]) -> list[Zeile]:
    return [z for z in zeilen if z["quartal"] != "Q4"]


def ohne(*nummern: int) -> Callable[[list[Zeile]], list[Zeile]]:
    """Leaves out some rows."""
    return lambda zeilen: [z for i, z in enumerate(zeilen) if i not in nummern]


def _leere(nummer: int, mass: str) -> Callable[[list[Zeile]], list[Zeile]]:
    """Leaves an optional measure of a row empty."""

    def leere(zeilen: list[Zeile]) -> list[Zeile]:
        del zeilen[nummer][mass]
        return zeilen

    return leere


def wie(nummer: int, **werte: Any) -> Callable[[list[Zeile]], list[Zeile]]:
    """Adds a row like another one, with some values changed."""
    return lambda zeilen: [*zeilen, {**zeilen[nummer], **werte}]


def quelle(konzept: str, **personen: int) -> Callable[[list[Zeile]], list[Zeile]]:
    """Persons with the Merkmal from another source, by sex: `m`, `w`, `t` and so on."""
    return lambda zeilen: [
        {**zeilen[4], "konzept": konzept, "geschlecht": geschlecht.upper(), "personen": zahl}
        for geschlecht, zahl in personen.items()
    ]


def nacheinander(*aenderungen: Callable[[list[Zeile]], list[Zeile]]) -> Callable[[list[Zeile]], list[Zeile]]:
    """Several changes, each to what the one before left."""

    def aendere(zeilen: list[Zeile]) -> list[Zeile]:
        for aenderung in aenderungen:
            zeilen = aenderung(zeilen)
        return zeilen

    return aendere


def _viele_stellen(zeilen: list[Zeile]) -> list[Zeile]:
    return [{**zeilen[0], "stelle_id": f"KIK{i:02d}"} for i in range(12)]


Fall = tuple[str, Callable[[list[Zeile]], list[Zeile]], str, int]
"""Dataset, change, column of the finding, index of the row it is found at."""

VERSTOSS: dict[str, Fall] = {
    "R02a": ("aufgaben", setze(0, meldeeinheit=NACHBAR), "meldeeinheit", 0),
    "R02b": ("aufgaben", setze(1, berichtsjahr=2024), "berichtsjahr", 1),
    "R02c": ("konzept", setze(0, berichtsjahr=2024), "berichtsjahr", 0),
    "R03a": ("stellen", setze(0, gemeinde_ags=LAND.meldeeinheit(NACHBAR).gemeinden[0].ags), "gemeinde_ags", 0),
    "R03b": ("stellen", setze(0, gemeinde_ags=f"{EINHEIT.id}999"), "gemeinde_ags", 0),
    "R04": ("personal", _doppelt, "finanzierung", 4),
    "R06a": ("personal", setze(2, stichtag=date(2024, 12, 31)), "stichtag", 2),
    "R06b": ("bevoelkerung", setze(1, stichtag=date(2025, 6, 30)), "stichtag", 1),
    "R06c": ("stellen", setze(0, aktiv_bis=date(2024, 12, 31)), "aktiv_bis", 0),
    "R07": ("beratung", setze(0, quartal="Q1"), "quartal", 0),
    "R08a": ("beratung", setze(0, quartal="J"), "quartal", 0),
    "R08b": ("beratung", _ohne_viertes_quartal, "quartal", 0),
    "R10a": ("bevoelkerung", setze(0, personen=41), "personen", 4),
    "R10b": ("bevoelkerung", setze(15, personen=11), "personen", 4),
    "R10c": ("bevoelkerung", setze(9, personen=901), "personen", 14),
    "R10d": ("bevoelkerung", setze(21, personen=71), "personen", 4),
    "R10e": ("bevoelkerung", setze(14, konzept="AUSL_AZR"), "gruppe", 14),
    "R10i": ("bevoelkerung", nacheinander(setze(0, personen=101), ohne(1)), "personen", 3),
    "R10j": ("zielgruppe", nacheinander(setze(9, bestand_ende=103), ohne(10)), "bestand_ende", 8),
    "R13a": ("beratung", setze(1, beratungen=7), "beratungen", 0),
    "R13b": ("beratung", setze(13, beratungen=9), "beratungen", 12),
    "R13c": ("beratung", setze(15, themenfeld="ARBEIT"), "themenfeld", 15),
    "R13d": ("beratung", ohne(0), "themenfeld", 0),
    "R13e": ("beratung", ohne(13, 14), "themenfeld", 12),
    "R13f": ("beratung", setze(1, zaehlregel="MEHRFACH"), "zaehlregel", 0),
    "R14a": ("beratung", setze(0, beratene_personen=11), "beratene_personen", 0),
    "R14b": ("beratung", setze(0, erstberatungen=9), "erstberatungen", 0),
    "R14c": ("beratung", setze(0, erstberatungen=11, gruppen_zaehlung="TEILNEHMENDE"), "erstberatungen", 0),
    "R14d": ("beratung", setze(0, davon_fallmanagement=11), "davon_fallmanagement", 0),
    "R14e": ("beratung", setze(15, stelle_id="KREIS"), "beratungen", 15),
    "R15a": ("personal", setze(0, vzae_besetzt=3.01, vzae_stellen=4.0), "vzae_besetzt", 0),
    "R15b": ("personal", setze(0, vzae_besetzt=0.59), "vzae_besetzt", 0),
    "R15c": ("personal", setze(0, vzae_besetzt=2.51), "vzae_besetzt", 0),
    "R15d": ("personal", setze(1, stichtag=date(2025, 6, 30)), "stichtag", 1),
    "R15e": ("personal", setze(0, vzae_jahresmittel=2.51), "vzae_jahresmittel", 0),
    "R15f": ("personal", setze(0, mehrsprachig_personen=4), "mehrsprachig_personen", 0),
    "R15g": ("personal", setze(0, aufgabe="FSA", qualifikation="NICHT_FSA"), "qualifikation", 0),
    "R16": ("personal", setze(1, entgeltgruppe="S12"), "entgeltgruppe", 1),
    "R21a": ("aufgaben", setze(2, wahrgenommen="DELEGIERT"), "durch", 2),
    "R21b": ("aufgaben", setze(2, wahrgenommen="NICHT"), "begruendung", 2),
    "R21c": ("aufgaben", _ohne_letzte, "aufgabe", 0),
    "R22a": ("stellen", setze(0, aktiv_von=date(2025, 12, 2)), "aktiv_bis", 0),
    "R22b": ("stellen", setze(0, fuehrende_meldeeinheit="99999"), "fuehrende_meldeeinheit", 0),
    "R22c": ("stellen", setze(0, traegerschaft="GEMEINSAM"), "fuehrende_meldeeinheit", 0),
    "R22d": ("stellen", setze(0, stelle_id="KREIS"), "stelle_id", 0),
    "R05a": ("finanzen", setze(2, betrag_eur=-1.0), "betrag_eur", 2),
    "R05b": ("finanzen", setze(6, betrag_eur=-1.0), "betrag_eur", 6),
    "R06d": ("finanzen", setze(10, haushaltsjahr=2024), "haushaltsjahr", 10),
    "R06e": ("finanzen", setze(6, datum=date(2026, 1, 1)), "datum", 6),
    "R06f": ("konzept", setze(0, letzte_evaluation=date(2026, 1, 1)), "letzte_evaluation", 0),
    "R06g": ("zustaendigkeit", setze(1, von=date(2026, 1, 1), bis=None), "von", 1),
    "R10f": ("zielgruppe", setze(45, bestand_ende=72), "bestand_ende", 53),
    "R10g": ("zielgruppe", setze(9, zugaenge=5), "zugaenge", 8),
    "R10h": ("zielgruppe", setze(14, bestand_anfang=101), "bestand_anfang", 8),
    "R11a": ("zielgruppe", setze(8, abgaenge=7), "bestand_ende", 8),
    "R11b": ("zielgruppe", setze(8, abgaenge=12), "bestand_ende", 8),
    "R11c": ("zielgruppe", setze(29, bestand_anfang=55), "bestand_anfang", 29),
    "R12a": ("zielgruppe", setze(9, kapazitaet=34), "bestand_ende", 9),
    "R12b": ("zielgruppe", setze(10, kapazitaet=100), "kapazitaet", 10),
    "R18a": ("finanzen", setze(3, betrag_eur=50_000.02), "betrag_eur", 2),
    "R18b": ("finanzen", setze(3, datum=date(2025, 7, 2)), "datum", 3),
    "R18c": ("finanzen", setze(2, fg="FG2"), "betrag_eur", 2),
    "R19": ("finanzen", setze(4, betrag_eur=100_500.02), "betrag_eur", 4),
    "R20": ("finanzen", setze(7, betrag_eur=20_000.02), "betrag_eur", 7),
    "R24a": ("zielgruppe", ohne(20), "rechtsgrund", 15),
    "R24b": ("bevoelkerung", ohne(4), "personen", 0),
    "R24c": ("bevoelkerung", lambda z: [{**x, "stichtag": date(2024, 12, 31)} for x in z], "stichtag", 0),
    "R24d": ("bevoelkerung", lambda z: [x for x in z if x["gruppe"] == "MIT"], "gruppe", 0),
    "R24e": ("bevoelkerung", setze(21, zuzuege=4, fortzuege=2), "zuzuege", 21),
    "R24f": ("bevoelkerung", setze(4, zuzuege=4), "zuzuege", 4),
    "R25a": ("herkunft", setze(10, staat="000"), "staat", 10),
    "R25b": ("herkunft", setze(9, staat="999"), "staat", 0),
    "R26a": ("massnahmen", _leere(1, "einsaetze"), "einsaetze", 1),
    "R26b": ("massnahmen", ohne(1), "themenfeld", 1),
    "R26c": ("massnahmen", setze(3, einsaetze=41), "einsaetze", 1),
    "R26d": ("massnahmen", setze(4, anzahl=3), "anzahl", 4),
    "R27a": ("rueckkehr", setze(1, ausreisen_aufgrund_beratung=10), "ausreisen_aufgrund_beratung", 1),
    "R27b": ("rueckkehr", setze(2, nachweis="NUR_ZEITLICH"), "nachweis", 2),
    "R28a": ("finanzen", setze(10, bereich="RKB"), "bereich", 10),
    "R28b": ("finanzen", setze(6, zweck="-"), "zweck", 6),
    "R28c": ("finanzen", setze(9, mittel="EIGEN"), "mittel", 9),
    "R28d": ("finanzen", setze(4, empfaengerart="KREIS"), "empfaengerart", 4),
    "R28e": ("finanzen", setze(1, bescheid_datum=None), "bescheid_datum", 1),
    "R28f": ("finanzen", setze(1, ew_stichtag=date(2024, 6, 30)), "ew_stichtag", 1),
    "R28g": ("finanzen", wie(1, lfd_nr=2), "betrag_eur", 1),
    "R29a": ("konzept", setze(0, beschluss_datum=None), "beschluss_datum", 0),
    "R29b": ("konzept", setze(0, status="IN_FORTSCHREIBUNG", vorgelegt_am=None), "vorgelegt_am", 0),
    "R29c": ("konzept", setze(0, beirat_sitze_mh=16), "beirat_sitze_mh", 0),
    "R29d": ("konzept", setze(0, beirat="N"), "beirat_sitze", 0),
    "R29e": ("konzept", setze(0, gemeinden_mit_beauftragten=58), "gemeinden_mit_beauftragten", 0),
    "R29f": ("konzept", setze(0, fsa_getrennt="N"), "fsa_getrennt", 0),
    "R29g": ("konzept", setze(0, gemeinden_angehoert="TEILS"), "gemeinden_angehoert", 0),
    "R29h": ("konzept", setze(0, gemeinden_angehoert="ENTFAELLT"), "gemeinden_angehoert", 0),
    "R45a": ("zustaendigkeit", setze(2, von=date(2025, 11, 1)), "bis", 2),
    "R45b": ("zustaendigkeit", _viele_stellen, "stelle_id", 0),
    "R46a": ("meldung", setze(0, text="siehe Anlage"), "text", 0),
    "R46b": ("meldung", setze(0, berichtspunkt="P14-3"), "berichtspunkt", 0),
    "R46c": ("meldung", ohne(3), "abschnitt", 0),
}

WEITERE: list[tuple[str, Fall]] = [
    # further ways to break a rule that has several
    ("R02c", ("finanzen", setze(0, berichtsjahr=2024), "berichtsjahr", 0)),
    ("R03a", ("stellen", setze(0, gemeinde_ags="09162000"), "gemeinde_ags", 0)),
    ("R03a", ("stellen", setze(0, gemeinde_ags="14999001"), "gemeinde_ags", 0)),
    (
        "R03b",
        ("bevoelkerung", setze(21, gemeinde_ags=f"{EINHEIT.id}999", stichtag=date(2024, 12, 31)), "gemeinde_ags", 21),
    ),
    ("R04", ("konzept", _doppelt, "meldeeinheit", 1)),
    ("R06b", ("herkunft", setze(3, stichtag=date(2025, 6, 30)), "stichtag", 3)),
    ("R06f", ("konzept", setze(0, vorgelegt_am=date(2026, 2, 1)), "vorgelegt_am", 0)),
    ("R06g", ("zustaendigkeit", setze(1, bis=date(2024, 12, 31)), "bis", 1)),
    ("R08a", ("zielgruppe", setze(0, quartal="J"), "quartal", 0)),
    ("R08b", ("zielgruppe", _ohne_viertes_quartal, "quartal", 14)),
    ("R10a", ("bevoelkerung", quelle("AUSL_AZR", m=250, w=255, t=520), "personen", 2)),
    ("R10a", ("bevoelkerung", quelle("AUSL_AZR", m=260, w=260, t=510), "personen", 2)),
    ("R10a", ("bevoelkerung", quelle("MH_MELDE", m=250, w=255, t=510), "personen", 2)),
    ("R10a", ("bevoelkerung", quelle("MH_MZ", m=7000, w=5000, t=14_000), "personen", 2)),
    ("R24e", ("bevoelkerung", nacheinander(quelle("MH_MZ", t=5000), setze(0, fortzuege=1)), "fortzuege", 0)),
    ("R10i", ("bevoelkerung", quelle("AUSL_AZR", m=520, t=510), "personen", 1)),
    ("R10i", ("bevoelkerung", quelle("EG_MZ", w=7000, t=5000), "personen", 1)),
    ("R10i", ("bevoelkerung", nacheinander(ohne(9), setze(13, personen=99)), "personen", 13)),
    ("R10i", ("bevoelkerung", nacheinander(setze(20, personen=101), ohne(15)), "personen", 4)),
    ("R10j", ("zielgruppe", nacheinander(setze(8, bestand_anfang=89), ohne(1)), "bestand_anfang", 7)),
    ("R10f", ("zielgruppe", setze(11, bestand_anfang=6), "bestand_anfang", 8)),
    ("R10f", ("zielgruppe", setze(12, bestand_anfang=64), "bestand_anfang", 8)),
    ("R10g", ("zielgruppe", setze(13, abgaenge=1), "abgaenge", 8)),
    ("R11b", ("zielgruppe", setze(8, abgaenge=0), "bestand_ende", 8)),
    ("R16", ("personal", setze(1, tarif="TV_L", entgeltgruppe="E9C"), "entgeltgruppe", 1)),
    ("R16", ("personal", setze(1, entgeltgruppe="E13UE"), "entgeltgruppe", 1)),
    ("R16", ("personal", setze(3, entgeltgruppe="E10"), "entgeltgruppe", 3)),
    ("R18a", ("finanzen", wie(1, buchungsart="AUFHEBUNG", betrag_eur=10_000.0), "betrag_eur", 2)),
    ("R18a", ("finanzen", wie(1, lfd_nr=2, betrag_eur=99_000.0), "betrag_eur", 2)),
    ("R18b", ("finanzen", setze(2, datum=date(2025, 3, 2)), "datum", 2)),
    ("R20", ("finanzen", wie(1, bereich="FSA", lfd_nr=2, betrag_eur=90_000.0), "betrag_eur", 7)),
    ("R26a", ("massnahmen", _leere(0, "anzahl"), "anzahl", 0)),
    ("R18c", ("finanzen", setze(4, fg="FG1", haushaltsjahr=2026), "betrag_eur", 4)),
    (
        "R20",
        ("finanzen", nacheinander(setze(7, bereich="-"), setze(6, bereich="-", zweck="VERWALTUNG")), "betrag_eur", 6),
    ),
    (
        "R20",
        (
            "finanzen",
            nacheinander(setze(1, bereich="FSA"), wie(1, buchungsart="AUFHEBUNG", betrag_eur=1.0)),
            "betrag_eur",
            7,
        ),
    ),
    ("R28b", ("finanzen", setze(7, bereich="-"), "bereich", 7)),
    ("R28b", ("finanzen", setze(7, bereich="-", zweck="-"), "zweck", 7)),
    ("R28g", ("finanzen", wie(1, bereich="FSA"), "betrag_eur", 1)),
    ("R28c", ("finanzen", setze(8, mittel="ZUWEISUNG"), "mittel", 8)),
    ("R28d", ("finanzen", setze(2, empfaengerart="FREI"), "empfaengerart", 2)),
    ("R29f", ("konzept", setze(0, gewaehr="N"), "gewaehr", 0)),
    ("R29g", ("konzept", setze(0, nachbarn_angehoert="ENTFAELLT"), "nachbarn_angehoert", 0)),
    ("R46b", ("meldung", setze(1, berichtspunkt="T"), "berichtspunkt", 1)),
]
