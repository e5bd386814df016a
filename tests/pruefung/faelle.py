"""For each rule a table that keeps it and one that breaks it, as small changes to valid rows.

A change is a function of the list of rows; the first table breaks the rule, the unchanged rows keep it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl

from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from schemas.modell import Pruefumgebung, Rolle, status_von

Zeile = dict[str, Any]
LAND = lade_land("sachsen")
EINHEIT = LAND.meldeeinheit("14625")
NACHBAR = EINHEIT.nachbarn[0]
UMGEBUNG = Pruefumgebung(LAND, EINHEIT, 2025)
_KOPF: Zeile = {"berichtsjahr": 2025, "meldeeinheit": EINHEIT.id}


def _aufgaben() -> list[Zeile]:
    codes = alle_datensaetze()["aufgaben"].spalte("aufgabe").codes or ()
    return [{**_KOPF, "aufgabe": c, "wahrgenommen": "SELBST"} for c in codes]


def _bevoelkerung() -> list[Zeile]:
    basis = {**_KOPF, "stichtag": date(2025, 12, 31), "konzept": "MH_MELDE", "gemeinde_ags": "T"}
    zeilen = []
    for gruppe, faktor in (("MIT", 1), ("OHNE", 9), ("INSGESAMT", 10)):
        for geschlecht, teil in (("M", 40), ("W", 50), ("D", 6), ("X", 4), ("T", 100)):
            for alter, bruch in (("T", 1.0),):
                wert = round(teil * faktor * bruch)
                zeilen.append(
                    {**basis, "gruppe": gruppe, "geschlecht": geschlecht, "altersgruppe": alter, "personen": wert}
                )
    alter = ["A00_05", "A06_17", "A18_24", "A25_44", "A45_64", "A65"]
    zeilen += [
        {**basis, "gruppe": "MIT", "geschlecht": "T", "altersgruppe": a, "personen": n}
        for a, n in zip(alter, [10, 20, 10, 30, 20, 10], strict=True)
    ]
    gemeinden = [g.ags for g in EINHEIT.gemeinden[:2]]
    rest = {"gruppe": "MIT", "geschlecht": "T", "altersgruppe": "T"}
    zeilen += [{**basis, **rest, "gemeinde_ags": g, "personen": 30} for g in gemeinden]
    return zeilen


def _stellen() -> list[Zeile]:
    return [
        {
            **_KOPF,
            "stelle_id": "IBZ01",
            "art": "IBZ",
            "name": "Beratung Mitte",
            "einrichtung": "HAUPT",
            "traegerschaft": "KREIS",
            "traeger_id": "T1",
            "traeger_name": "Amt",
            "gemeinde_ags": EINHEIT.gemeinden[0].ags,
            "aktiv_von": date(2024, 10, 1),
            "aktiv_bis": date(2025, 12, 1),
            "oeffnungsstunden_woche": 20.0,
            "sprachen": "de en",
            "meldung_vollstaendig": "J",
            "oeffentlich": "J",
        }
    ]


def _personal() -> list[Zeile]:
    return [
        {
            **_KOPF,
            "stichtag": date(2025, 12, 31),
            "stelle_id": "IBZ01",
            "aufgabe": "IBZ",
            "taetigkeit": "FACH",
            "tarif": tarif,
            "entgeltgruppe": gruppe,
            "qualifikation": "ABSCHLUSS",
            "finanzierung": "FG2",
            "personen": 3,
            "vzae_stellen": 2.5,
            "vzae_besetzt": 2.0,
            "vzae_jahresmittel": 1.8,
            "fortbildungstage": 4.0,
            "mehrsprachig_personen": 1,
        }
        for tarif, gruppe in (("TVOED_SUE", "S12"), ("TVOED_VKA", "E9B"), ("AVR_C", "S12"), ("BEAMTE", "A10"))
    ]


def _beratung() -> list[Zeile]:
    zaehlung = {"zaehleinheit": "TERMIN", "gruppen_zaehlung": "SITZUNG"}
    basis = {**_KOPF, "stelle_id": "IBZ01", "leistungsart": "IBZ", "adressat": "PERSON", **zaehlung}
    zeilen = []
    for quartal in ("Q1", "Q2", "Q3", "Q4"):
        haupt = {**basis, "quartal": quartal, "zaehlregel": "HAUPTTHEMA"}
        zeilen.append({**haupt, "themenfeld": "T", "beratungen": 10, "beratene_personen": 8, "erstberatungen": 5})
        zeilen += [{**haupt, "themenfeld": t, "beratungen": n} for t, n in (("ARBEIT", 6), ("KULTUR", 4))]
    fsa = {**basis, "stelle_id": "FSA01", "leistungsart": "FSA", "quartal": "J", "zaehlregel": "MEHRFACH"}
    zeilen.append({**fsa, "themenfeld": "T", "beratungen": 10, "beratene_personen": 8, "erstberatungen": 5})
    zeilen += [{**fsa, "themenfeld": t, "beratungen": 5} for t in ("WOHNEN", "BILDUNG")]
    rkb = {**basis, "stelle_id": "RKB1", "leistungsart": "RKB", "quartal": "J", "zaehlregel": "HAUPTTHEMA"}
    zeilen.append({**rkb, "themenfeld": "T", "beratungen": 4, "beratene_personen": 9, "erstberatungen": 2})
    return zeilen


GUELTIG: dict[str, Callable[[], list[Zeile]]] = {
    "aufgaben": _aufgaben,
    "bevoelkerung": _bevoelkerung,
    "stellen": _stellen,
    "personal": _personal,
    "beratung": _beratung,
}


def tabelle(datensatz: str, zeilen: list[Zeile]) -> pl.DataFrame:
    """Rows as a converted table: all columns, a status per measure, Excel rows from 2."""
    beschreibung = alle_datensaetze()[datensatz]
    voll = []
    for nummer, zeile in enumerate(zeilen, 2):
        eintrag: Zeile = {s.name: zeile.get(s.name) for s in beschreibung.spalten}
        for spalte in beschreibung.spalten:
            if spalte.rolle is Rolle.MASS:
                eintrag[status_von(spalte.name)] = "U" if eintrag[spalte.name] is None else "N"
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


VERSTOSS: dict[str, tuple[str, Callable[[list[Zeile]], list[Zeile]], str, int]] = {
    # rule -> dataset, change, column of the finding, index of the row it is found at
    "R02a": ("aufgaben", setze(0, meldeeinheit=NACHBAR), "meldeeinheit", 0),
    "R02b": ("aufgaben", setze(1, berichtsjahr=2024), "berichtsjahr", 1),
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
    "R13a": ("beratung", setze(1, beratungen=7), "beratungen", 0),
    "R13b": ("beratung", setze(13, beratungen=9), "beratungen", 12),
    "R13c": ("beratung", setze(15, themenfeld="ARBEIT"), "themenfeld", 15),
    "R14a": ("beratung", setze(0, beratene_personen=11), "beratene_personen", 0),
    "R14b": ("beratung", setze(0, erstberatungen=9), "erstberatungen", 0),
    "R14c": ("beratung", setze(0, erstberatungen=11), "erstberatungen", 0),
    "R15a": ("personal", setze(0, vzae_besetzt=3.01, vzae_stellen=4.0), "vzae_besetzt", 0),
    "R15b": ("personal", setze(0, vzae_besetzt=0.59), "vzae_besetzt", 0),
    "R15c": ("personal", setze(0, vzae_besetzt=2.51), "vzae_besetzt", 0),
    "R16": ("personal", setze(1, entgeltgruppe="S12"), "entgeltgruppe", 1),
    "R21a": ("aufgaben", setze(2, wahrgenommen="DELEGIERT"), "durch", 2),
    "R21b": ("aufgaben", setze(2, wahrgenommen="NICHT"), "begruendung", 2),
    "R21c": ("aufgaben", _ohne_letzte, "aufgabe", 0),
    "R22a": ("stellen", setze(0, aktiv_von=date(2025, 12, 2)), "aktiv_bis", 0),
    "R22b": ("stellen", setze(0, fuehrende_meldeeinheit="99999"), "fuehrende_meldeeinheit", 0),
    "R22c": ("stellen", setze(0, traegerschaft="GEMEINSAM"), "fuehrende_meldeeinheit", 0),
}
