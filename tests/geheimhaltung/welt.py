"""A small Land with few people in everything, by a seed: results, and the same with other values where nobody looks."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank, geprueft
from assets.auswertung.indikatoren import berechne
from assets.auswertung.mittel import Mittel
from assets.auswertung.trends import trends
from assets.auswertung.trichtertabelle import trichter
from assets.geheimhaltung.fassungen import Ergebnisse
from assets.pruefung.lieferungen import lieferstand
from schemas import berichtsstand
from schemas.indikatoren import katalog
from schemas.modell import Land
from schemas.revisionen import REVISIONEN, WIRKUNGEN
from tests.querpruefung import zustand as z
from tests.querpruefung.zustand import Zustand

LAND: Land = z.LAND
KATALOG = katalog(LAND)
JAHR = 2025
"""The first year of the small Land."""
Zeile = dict[str, Any]
_GESAMT = dict.fromkeys(("rechtsgrund", "wohnform", "geschlecht", "altersgruppe", "gemeinde_ags"), "T")
_GRUPPEN = ("S11B", "S12", "S15", "S8B", "E5")
_THEMEN = ("ARBEIT", "BILDUNG", "WOHNEN", "GESUNDHEIT", "KULTUR", "SONSTIGES")
_RECHTSGRUENDE = ("DULDUNG", "AUFENTHALT", "UKRAINE")


def lieferungen(seed: int) -> Zustand:
    """Deliveries of small numbers, fitting together."""
    zufall = Random(seed)  # noqa: S311  # examples, no secrets
    zustand = {s: zeilen for s, zeilen in z.gut().items() if s.berichtsjahr >= JAHR}
    for schluessel in list(zustand):
        kopf = {"berichtsjahr": schluessel.berichtsjahr, "meldeeinheit": schluessel.meldeeinheit}
        bauer = _BAUER.get(schluessel.datensatz)
        if bauer is not None:
            zeilen = bauer(zufall, schluessel.berichtsjahr, schluessel.meldeeinheit)
            zustand[schluessel] = [kopf | zeile for zeile in zeilen]
    return zustand


def _anzahl(zufall: Random) -> int:
    return zufall.choice([0, 1, 1, 2, 3, 4, 5, 6, 8, 12, 20, 45])


def _personal(zufall: Random, jahr: int, _: str) -> list[Zeile]:
    fest = {"tarif": "TVOED_SUE", "qualifikation": "ABSCHLUSS", "finanzierung": "FG5", "taetigkeit": "FACH"}
    zeilen = []
    for art in ("IBZ", "FSA", "RKB", "KIK"):
        for gruppe in zufall.sample(_GRUPPEN, zufall.randint(1, 3)):
            personen = max(1, _anzahl(zufall))
            vzae = round(personen * zufall.choice([0.5, 0.75, 1.0]), 2)
            masse = {"personen": personen, "vzae_stellen": vzae, "vzae_besetzt": vzae, "vzae_jahresmittel": vzae}
            weitere = {"fortbildungstage": float(personen), "mehrsprachig_personen": personen // 2}
            stelle = {"stichtag": date(jahr, 12, 31), "stelle_id": f"{art}01", "aufgabe": art}
            zeilen.append({**stelle, **fest, "entgeltgruppe": gruppe, **masse, **weitere})
    return zeilen


def _zielgruppe(zufall: Random, _: int, __: str) -> list[Zeile]:
    masse = ("bestand_anfang", "zugaenge", "abgaenge", "bestand_ende")
    je_grund = {g: {m: _anzahl(zufall) for m in masse} for g in _RECHTSGRUENDE}
    summe = {m: sum(teil[m] for teil in je_grund.values()) for m in masse}
    maenner = {m: zufall.randint(0, n) for m, n in summe.items()}
    basis = {**_GESAMT, "quartal": "J"}
    return [
        basis | summe,
        *(basis | {"rechtsgrund": g} | teil for g, teil in je_grund.items()),
        basis | {"geschlecht": "M"} | maenner,
        basis | {"geschlecht": "W"} | {m: n - maenner[m] for m, n in summe.items()},
    ]


def _bevoelkerung(zufall: Random, jahr: int, einheit: str) -> list[Zeile]:
    orte = [g.ags for g in LAND.meldeeinheit(einheit).gemeinden][:4]
    je_ort = {ort: _anzahl(zufall) for ort in orte}
    mit = sum(je_ort.values()) + _anzahl(zufall)
    alle = mit + 1000
    frauen = zufall.randint(0, mit)
    basis = {"konzept": "MH_MELDE", "stichtag": date(jahr, 12, 31), "altersgruppe": "T"}
    zeilen = [
        *(("INSGESAMT", "T", "T", alle), ("MIT", "T", "T", mit), ("OHNE", "T", "T", alle - mit)),
        *(("MIT", "M", "T", mit - frauen), ("MIT", "W", "T", frauen)),
        *(("MIT", "T", ort, n) for ort, n in je_ort.items()),
    ]
    namen = ("gruppe", "geschlecht", "gemeinde_ags", "personen")
    return [basis | dict(zip(namen, zeile, strict=True)) for zeile in zeilen]


def _rueckkehr(zufall: Random, _: int, __: str) -> list[Zeile]:
    arten = (("REAG_GARP", "DOKUMENTIERT"), ("REAG_GARP", "EIGENANGABE"), ("ANDERES", "DOKUMENTIERT"))
    return [
        {"programm": p, "zielregion": "EUROPA", "ausreisen_aufgrund_beratung": _anzahl(zufall), "nachweis": n}
        for p, n in arten
    ]


def _massnahmen(zufall: Random, _: int, einheit: str) -> list[Zeile]:
    orte = ["T", *(g.ags for g in LAND.meldeeinheit(einheit).gemeinden[:3])]
    zeilen = []
    for art in ("NIEDRIGSCHWELLIG", "ORIENTIERUNG", "AGH"):
        for ort in orte:
            zahlen = {"anzahl": _anzahl(zufall), "ehrenamtliche": _anzahl(zufall), "teilnehmende": _anzahl(zufall)}
            zeilen.append({"massnahmeart": art, "traeger_id": "TR1", "gemeinde_ags": ort, "themenfeld": "T"} | zahlen)
    je_thema = {thema: _anzahl(zufall) for thema in _THEMEN}
    einsaetze = {"T": sum(je_thema.values()) + zufall.choice([0, 2, 9]), **je_thema}
    basis = {"massnahmeart": "SKM", "traeger_id": "TR1", "gemeinde_ags": "T"}
    return [*zeilen, *(basis | {"themenfeld": thema, "einsaetze": n} for thema, n in einsaetze.items())]


def _beratung(zufall: Random, _: int, __: str) -> list[Zeile]:
    zeilen = []
    for art in ("IBZ", "FSA", "RKB"):
        regel = zufall.choice(["HAUPTTHEMA", "MEHRFACH"])
        weise = {"zaehlregel": regel, "zaehleinheit": "TERMIN", "gruppen_zaehlung": "SITZUNG", "leistungsart": art}
        basis = {"quartal": "J", "adressat": "PERSON", "stelle_id": f"{art}01", **weise}
        je_thema = {} if art == "RKB" else {thema: _anzahl(zufall) for thema in _THEMEN}
        haupt = sum(je_thema.values()) if je_thema else _anzahl(zufall)
        summe = haupt if regel == "HAUPTTHEMA" else max([0, *je_thema.values()])
        zeilen += [basis | {"themenfeld": thema, "beratungen": n} for thema, n in {"T": summe, **je_thema}.items()]
        einmal = {"stelle_id": "KREIS", "themenfeld": "T", "beratene_personen": _anzahl(zufall)}
        zeilen.append(basis | einmal)
    return zeilen


def _herkunft(zufall: Random, jahr: int, _: str) -> list[Zeile]:
    basis = {"stichtag": date(jahr, 12, 31), "konzept": "MH_MELDE"}
    staaten = zufall.sample(["166", "475", "423", "163", "439", "461", "232", "160", "152", "134", "137", "125"], 11)
    return [basis | {"staat": staat, "personen": _anzahl(zufall)} for staat in staaten]


_BAUER = {
    "massnahmen": _massnahmen,
    "beratung": _beratung,
    "herkunft": _herkunft,
    "personal": _personal,
    "zielgruppe": _zielgruppe,
    "bevoelkerung": _bevoelkerung,
    "rueckkehr": _rueckkehr,
}


def ergebnisse(ordner: Path, zustand: Zustand) -> Ergebnisse:
    """All results of these deliveries, exact."""
    ablage = Ablage(ordner)
    z.lege_ab(ablage, zustand)
    with datenbank(ablage, LAND, z.referenz()) as con:
        werte = berechne(con, LAND, KATALOG)
    mittel = Mittel()
    return Ergebnisse(
        werte=werte,
        trichter=trichter(werte, KATALOG),
        trends=trends(werte, KATALOG),
        revisionen=pl.DataFrame(schema=REVISIONEN),
        wirkungen=pl.DataFrame(schema=WIRKUNGEN),
        zuweisungen=mittel.zuweisungen,
        verwendung=mittel.verwendung,
        raten=mittel.raten,
        lieferstand=lieferstand(ablage, LAND),
        stellen=geprueft(ablage, "stellen"),
        punkte=pl.DataFrame(schema=berichtsstand.SPALTEN),
        texte=geprueft(ablage, "meldung"),
    )


def kleine_welt(ordner: Path, seed: int) -> Ergebnisse:
    """Results of the deliveries of a seed."""
    return ergebnisse(ordner, lieferungen(seed))
