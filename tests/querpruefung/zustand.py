"""A state of the Ablage made of rows: accepted tables and `lieferstand`, for six Meldeeinheiten and three years.

The rows of `gut` fit together and change mildly from year to year, so that no rule finds anything in them.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import polars as pl

from assets import stand
from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import pfad_geprueft
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import pruefe_quer
from assets.referenz.bestand import SPALTEN as REFERENZ
from schemas.datensaetze import alle_datensaetze
from schemas.datensaetze.massnahmen import GEZAEHLT
from schemas.laender import lade_land
from schemas.lieferstand import SPALTEN as LIEFERSTAND
from schemas.modell import Land, Verteilungsmasse
from tests.pruefung.faelle import tabelle

Zeile = dict[str, Any]
Zustand = dict[Lieferschluessel, list[Zeile]]
"""Accepted deliveries and their rows; a delivery without an entry never came."""

_PROFIL = lade_land("sachsen")
JAHRE = (2024, 2025, 2026)
EINHEITEN = tuple(m.id for m in _PROFIL.meldeeinheiten if len(m.gemeinden) > 1)[:6]
ERSTE = EINHEITEN[0]
MASSE = 13_000.0
EINWOHNER = 100_000
LAND: Land = replace(
    _PROFIL,
    meldeeinheiten=tuple(
        replace(m, nachbarn=tuple(n for n in m.nachbarn if n in EINHEITEN))
        for m in _PROFIL.meldeeinheiten
        if m.id in EINHEITEN
    ),
    berichtsjahre=JAHRE,
    lieferfristen={jahr: date(jahr + 1, 6, 30) for jahr in JAHRE},
    datensaetze=tuple(alle_datensaetze()),
    verteilungsmassen=(
        Verteilungsmasse(2026, "FG5", "ZUW_FESTGESETZT", round(100 * MASSE), date(2026, 1, 31), "Probe"),
    ),
)
"""The Saxon profile with six Meldeeinheiten, two full years after the stub, every dataset and one known budget."""
_ARTEN = ("IBZ", "FSA", "RKB")


def _wachstum(jahr: int) -> float:
    return 1 + 0.02 * (jahr - JAHRE[0])


def _jahresteil(jahr: int) -> float:
    return 105 / 366 if jahr == JAHRE[0] else 1.0


def _stellen(nummer: int, jahr: int) -> list[Zeile]:
    return [
        {
            "stelle_id": f"{art}01",
            "art": art,
            "name": f"Stelle {art}",
            "aktiv_von": date(2020, 1, 1),
            "meldung_vollstaendig": "J",
            "einrichtung": "HAUPT",
            "gemeinde_ags": "T",
            "oeffnungsstunden_woche": 20.0 + nummer + jahr - JAHRE[0],
        }
        for art in (*_ARTEN, "KIK")
    ]


def _personal(nummer: int, jahr: int) -> list[Zeile]:
    vzae = 4.0 + nummer + 0.1 * (jahr - JAHRE[0])
    merkmale = {"tarif": "TVOED_SUE", "entgeltgruppe": "S12", "qualifikation": "ABSCHLUSS", "finanzierung": "FG5"}
    return [
        {
            "stichtag": date(jahr, 12, 31),
            "stelle_id": f"{art}01",
            "aufgabe": art,
            "taetigkeit": "FACH",
            **merkmale,
            "personen": 6 + nummer,
            "vzae_stellen": vzae,
            "vzae_besetzt": vzae,
            "vzae_jahresmittel": vzae,
        }
        for art in (*_ARTEN, "KIK")
    ]


def _beratung(nummer: int, jahr: int) -> list[Zeile]:
    anzahl = round(2000 * (1 + 0.2 * nummer) * _wachstum(jahr) * _jahresteil(jahr))
    weise = {"zaehlregel": "HAUPTTHEMA", "zaehleinheit": "TERMIN", "gruppen_zaehlung": "SITZUNG"}
    basis = {"quartal": "J", "themenfeld": "T", "adressat": "PERSON", **weise}
    je_stelle = [
        {**basis, "stelle_id": f"{art}01", "leistungsart": art, "beratungen": anzahl, "beratene_personen": anzahl // 2}
        for art in _ARTEN
    ]
    einmal = {**basis, "stelle_id": "KREIS", "leistungsart": "RKB", "beratene_personen": anzahl // 2}
    return [*je_stelle, einmal]


def _bevoelkerung(nummer: int, jahr: int) -> list[Zeile]:
    basis = {"gemeinde_ags": "T", "geschlecht": "T", "altersgruppe": "T", "konzept": "AUSL_FORT"}

    def stand_am(jahresende: int) -> list[Zeile]:
        mit, alle = round((9000 + 100 * nummer) * _wachstum(jahresende)), EINWOHNER * (nummer + 1)
        zahlen = {"MIT": mit, "OHNE": alle - mit, "INSGESAMT": alle}
        return [{**basis, "stichtag": date(jahresende, 12, 31), "gruppe": g, "personen": n} for g, n in zahlen.items()]

    return [*stand_am(jahr), *stand_am(jahr - 1)]


def _herkunft(nummer: int, jahr: int) -> list[Zeile]:
    mit = _bevoelkerung(nummer, jahr)[0]["personen"]
    basis = {"stichtag": date(jahr, 12, 31), "konzept": "AUSL_FORT"}
    return [
        {**basis, "staat": staat, "personen": n} for staat, n in (("166", mit - 3000), ("475", 2000), ("423", 1000))
    ]


def _zielgruppe(nummer: int, jahr: int) -> list[Zeile]:
    anfang = 500 + 50 * nummer + 10 * (jahr - JAHRE[0])
    zugaenge = round((90 + nummer) * _wachstum(jahr) * _jahresteil(jahr))
    gesamt = dict.fromkeys(("rechtsgrund", "wohnform", "geschlecht", "altersgruppe", "gemeinde_ags"), "T")
    bewegung = {"zugaenge": zugaenge, "abgaenge": zugaenge - 10, "bestand_ende": anfang + 10}
    return [{**gesamt, "quartal": "J", "bestand_anfang": anfang, **bewegung}]


def _massnahmen(nummer: int, jahr: int) -> list[Zeile]:
    basis = {"traeger_id": "TR1", "gemeinde_ags": "T", "themenfeld": "T"}
    zahl = round((100 + nummer) * _wachstum(jahr) * _jahresteil(jahr))
    return [{**basis, "massnahmeart": art, mass: zahl} for art, mass in GEZAEHLT.items()]


def _rueckkehr(nummer: int, jahr: int) -> list[Zeile]:
    zahl = round((40 + nummer) * _wachstum(jahr) * _jahresteil(jahr))
    return [
        {
            "programm": "REAG_GARP",
            "zielregion": "EUROPA",
            "ausreisen_aufgrund_beratung": zahl,
            "nachweis": "DOKUMENTIERT",
        }
    ]


def buchung(art: str, betrag: float, *, jahr: int = 2026, **rest: Any) -> Zeile:
    """A row of `finanzen` for Fördergegenstand 5."""
    mittel = "EIGEN" if art == "EIGENLEISTUNG" else "ZUWEISUNG"
    bescheid = {"bescheid_datum": date(jahr, 1, 31)} if art == "ZUW_FESTGESETZT" else {}
    fest = {"haushaltsjahr": jahr, "fg": "FG5", "bereich": "-", "zweck": "-", "empfaengerart": "KREIS", "lfd_nr": 1}
    return {
        **fest,
        "empfaenger_id": "KREIS",
        "mittel": mittel,
        "buchungsart": art,
        "betrag_eur": betrag,
        **bescheid,
        **rest,
    }


def _finanzen(nummer: int, jahr: int) -> list[Zeile]:
    zuweisung = round(MASSE * (nummer + 1) / sum(range(1, len(EINHEITEN) + 1)), 2)
    aus = [buchung("AUSGABE_PERSONAL", zuweisung - 100 - (jahr - JAHRE[0]), jahr=jahr)]
    weiter = buchung("WEITERLEITUNG", 90.0, jahr=jahr, empfaengerart="FREI", empfaenger_id="TR1")
    dritte = buchung("AUSGABE_SACH", 90.0, jahr=jahr, empfaengerart="FREI", empfaenger_id="TR1")
    return [buchung("ZUW_FESTGESETZT", zuweisung, jahr=jahr), *aus, weiter, dritte]


def _aufgaben(_: int, __: int) -> list[Zeile]:
    codes = alle_datensaetze()["aufgaben"].spalte("aufgabe").codes or ()
    return [{"aufgabe": c, "wahrgenommen": "SELBST"} for c in codes]


def _meldung(_: int, __: int) -> list[Zeile]:
    return [{"abschnitt": "ZIELE", "berichtspunkt": "P26-2", "text": "Ziel."}]


def _zustaendigkeit(_: int, __: int) -> list[Zeile]:
    return [{"stelle_id": "KIK01", "gemeinde_ags": "T", "von": date(2020, 1, 1)}]


def _konzept(nummer: int, jahr: int) -> list[Zeile]:
    return [{"status": "BESCHLOSSEN", "beirat_sitze": nummer + jahr - 2000}]


_GUT: dict[str, Callable[[int, int], list[Zeile]]] = {
    "aufgaben": _aufgaben,
    "stellen": _stellen,
    "personal": _personal,
    "beratung": _beratung,
    "bevoelkerung": _bevoelkerung,
    "herkunft": _herkunft,
    "zielgruppe": _zielgruppe,
    "massnahmen": _massnahmen,
    "rueckkehr": _rueckkehr,
    "finanzen": _finanzen,
    "zustaendigkeit": _zustaendigkeit,
    "konzept": _konzept,
    "meldung": _meldung,
}


def gut() -> Zustand:
    """Every delivery of the Land, all fitting together."""
    zustand: Zustand = {}
    for jahr in JAHRE:
        for nummer, einheit in enumerate(EINHEITEN):
            kopf = {"berichtsjahr": jahr, "meldeeinheit": einheit}
            for name, zeilen in _GUT.items():
                if alle_datensaetze()[name].gilt_ab <= LAND.zeitraum(jahr)[1]:
                    zustand[Lieferschluessel(name, jahr, einheit)] = [kopf | z for z in zeilen(nummer, jahr)]
    return zustand


def lege_ab(ablage: Ablage, zustand: Zustand, *, stand_von: Zustand | None = None) -> None:
    """Writes a state as the checks leave it behind, in the order of the mapping.

    `stand_von` is the whole state where only a part of its tables is to be written.
    """
    for schluessel, inhalt in zustand.items():
        ablage.schreibe_tabelle(pfad_geprueft(schluessel), tabelle(schluessel.datensatz, inhalt))
    gilt = {"neueste_version": 1, "gueltige_version": 1, "zustand": "angenommen"}
    zeilen = [{**asdict(schluessel), **gilt} for schluessel in stand_von or zustand]
    ablage.schreibe_tabelle(stand.pfad("lieferstand"), pl.DataFrame(zeilen, schema=LIEFERSTAND))


def referenz() -> pl.DataFrame:
    """Official inhabitants, as delivered: one, two, … times `EINWOHNER`."""
    zeilen = [
        {
            "tabelle": "12411-01-01-4",
            "zeit": f"{jahr}-12-31",
            "ags": einheit,
            "region": "",
            "kennzahl": "BEVSTD",
            "merkmale": '{"GES":"T"}',
            "wert": float(EINWOHNER * (nummer + 1)),
            "wertstatus": "N",
            "einheit": "Anzahl",
            "stand": str(jahr + 1),
            "quelle": "Probe",
            "datei_zeile": 1,
        }
        for jahr in (2024, 2025)
        for nummer, einheit in enumerate(EINHEITEN)
    ]
    return pl.DataFrame(zeilen, schema=REFERENZ)


def pruefe(ablage: Ablage, zustand: Zustand, *, land: Land = LAND, amtlich: pl.DataFrame | None = None) -> pl.DataFrame:
    """The findings in a state, written to this empty Ablage first."""
    lege_ab(ablage, zustand)
    with oeffne(ablage, land, referenz() if amtlich is None else amtlich) as lage:
        return pruefe_quer(lage)
