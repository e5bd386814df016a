"""An invented Land for the tests of money: two Kreise and a joint body of five Gemeinden, with a key of its own.

Money is shared out by inhabitants and area, 7 to 3, at 30 June two years before, in whole euros.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from assets.referenz.bestand import SPALTEN as REFERENZ
from schemas.groessen import amtlich, reihe
from schemas.laender import lade_land
from schemas.modell import (
    Berichtspunkt,
    Gemeinde,
    Land,
    Meldeeinheit,
    Verteilgroesse,
    Verteilschluessel,
    Verteilungsmasse,
)
from tests.pruefung.faelle import tabelle

GEMEINDEN = tuple(Gemeinde(f"9930000{n}", f"Ort {n}") for n in range(1, 6))
_SCHLUESSEL = Verteilschluessel(
    groessen=(
        Verteilgroesse("Einwohner", amtlich("99001", reihe("EINW"), "Statistik 99001"), 7),
        Verteilgroesse("Fläche", amtlich("99002", reihe("FLAECHE"), "Statistik 99002"), 3),
    ),
    stichtag=(6, 30),
    jahre_vorher=2,
    kleinster_betrag=100,
    quelle="§ 1 Musterverordnung",
)


def _einheit(kennung: str, *gemeinden: Gemeinde) -> Meldeeinheit:
    return Meldeeinheit(kennung, f"Einheit {kennung}", "Verband", "kreis", kennung, (0, 0), (), gemeinden)


def masse(cent: int = 100_000, **anders: Any) -> Verteilungsmasse:
    """A sum for FG5 in 2025, fixed by notice."""
    teile: dict[str, Any] = {
        "haushaltsjahr": 2025,
        "fg": "FG5",
        "fassung": "ZUW_FESTGESETZT",
        "cent": cent,
        "datum": date(2025, 6, 1),
        "quelle": "Haushaltsplan",
    }
    return Verteilungsmasse(**teile | anders)


BERICHTSPUNKTE = (
    Berichtspunkt("7-1", "§ 7 Nr. 1 Musterverordnung", "Beratungen", ("IBZ-03",), ("beratung",), aufgabe="IBZ"),
    Berichtspunkt("7-2", "§ 7 Nr. 2 Musterverordnung", "Personal", ("IBZ-02",), ("personal",), aufgabe="IBZ"),
    Berichtspunkt("7-S", "§ 7 Satz 2 Musterverordnung", "Auswertung dazu", umfasst=("7-1", "7-2")),
    Berichtspunkt("8", "§ 8 Mustergesetz", "Ziele", datensaetze=("meldung",), abschnitte=(("ZIELE",),), je_jahr=False),
)


LAND: Land = replace(
    lade_land("sachsen"),
    id="musterland",
    name="Musterland",
    ags="99",
    meldeeinheiten=(_einheit("99100"), _einheit("99200"), _einheit("V1", *GEMEINDEN)),
    gruppen={"kreis": "Kreise und Verbände"},
    schwellen={**lade_land("sachsen").schwellen, "fsa_verwaltung_max": 0.1},
    zahlungsfristen=((4, 15),),
    verteilschluessel=_SCHLUESSEL,
    verteilungsmassen=(masse(),),
    berichtspunkte=BERICHTSPUNKTE,
    standardbevoelkerung=None,
)


def statistik(kennzahl: str, werte: dict[str, float], stand: str = "2024", zeit: str = "2023-06-30") -> pl.DataFrame:
    """An official series of the invented Land."""
    zeilen = [
        {
            "tabelle": {"EINW": "99001", "FLAECHE": "99002"}[kennzahl],
            "zeit": zeit,
            "ags": ags,
            "region": "",
            "kennzahl": kennzahl,
            "merkmale": "{}",
            "wert": wert,
            "wertstatus": "N",
            "einheit": "Anzahl",
            "stand": stand,
            "quelle": "Probe",
            "datei_zeile": 1,
        }
        for ags, wert in werte.items()
    ]
    return pl.DataFrame(zeilen, schema=REFERENZ)


def referenz() -> pl.DataFrame:
    """Inhabitants 500, 300 and five times 40; area 10, 10.5 and five times 4."""
    orte = [g.ags for g in GEMEINDEN]
    einwohner = {"99100": 500.0, "99200": 300.0, **dict.fromkeys(orte, 40.0)}
    flaeche = {"99100": 10.0, "99200": 10.5, **dict.fromkeys(orte, 4.0)}
    return pl.concat([statistik("EINW", einwohner), statistik("FLAECHE", flaeche)])


def buchung(art: str, betrag: float | None, **anders: Any) -> dict[str, Any]:
    """A row of `finanzen` of 2025 for FG5, of the first Meldeeinheit unless said otherwise."""
    return {
        "berichtsjahr": 2025,
        "meldeeinheit": "99100",
        "haushaltsjahr": 2025,
        "fg": "FG5",
        "bereich": "-",
        "buchungsart": art,
        "zweck": "-",
        "mittel": "ZUWEISUNG",
        "empfaengerart": "KREIS",
        "empfaenger_id": "KREIS",
        "lfd_nr": 1,
        "betrag_eur": betrag,
    } | anders


def finanzen(*zeilen: dict[str, Any]) -> pl.DataFrame:
    """Accepted rows of `finanzen`."""
    return tabelle("finanzen", list(zeilen))
