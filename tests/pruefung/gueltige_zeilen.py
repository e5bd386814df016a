"""Valid rows of every dataset for one Meldeeinheit and the year 2025: they keep every rule."""

from collections.abc import Callable
from datetime import date
from typing import Any

from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land

Zeile = dict[str, Any]
LAND = lade_land("sachsen")
EINHEIT = LAND.meldeeinheit("14625")
_KOPF: Zeile = {"berichtsjahr": 2025, "meldeeinheit": EINHEIT.id}


def _aufgaben() -> list[Zeile]:
    codes = alle_datensaetze()["aufgaben"].spalte("aufgabe").codes or ()
    return [{**_KOPF, "aufgabe": c, "wahrgenommen": "SELBST"} for c in codes]


def _bevoelkerung() -> list[Zeile]:
    basis = {**_KOPF, "stichtag": date(2025, 12, 31), "konzept": "MH_MELDE", "gemeinde_ags": "T"}
    zeilen: list[Zeile] = []
    for gruppe, faktor in (("MIT", 1), ("OHNE", 9), ("INSGESAMT", 10)):
        for geschlecht, teil in (("M", 40), ("W", 50), ("D", 6), ("X", 4), ("T", 100)):
            merkmale = {"gruppe": gruppe, "geschlecht": geschlecht, "altersgruppe": "T"}
            zeilen.append({**basis, **merkmale, "personen": teil * faktor})
    altersgruppen = ["A00_05", "A06_17", "A18_24", "A25_44", "A45_64", "A65"]
    zeilen += [
        {**basis, "gruppe": "MIT", "geschlecht": "T", "altersgruppe": a, "personen": n}
        for a, n in zip(altersgruppen, [10, 20, 10, 30, 20, 10], strict=True)
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


_GRUPPEN: tuple[tuple[str, str, int, int, int, int], ...] = (
    # column, code, stock, and each quarter's arrivals, departures, changes of group; the total is the ninth
    ("rechtsgrund", "FLUEAG_1", 60, 6, 3, -1),
    ("rechtsgrund", "FLUEAG_2", 0, 0, 0, 0),
    ("rechtsgrund", "FLUEAG_3", 0, 0, 0, 0),
    ("rechtsgrund", "FLUEAG_4", 0, 0, 0, 0),
    ("rechtsgrund", "FLUEAG_5", 30, 2, 1, 0),
    ("rechtsgrund", "FLUEAG_6", 0, 0, 0, 0),
    ("rechtsgrund", "FLUEAG_7", 0, 0, 0, 0),
    ("rechtsgrund", "DULDUNG", 10, 0, 2, 1),
    ("rechtsgrund", "T", 100, 8, 6, 0),
    ("wohnform", "GU", 40, 4, 2, -1),
    ("wohnform", "WOHNUNG", 55, 4, 4, 1),
    ("wohnform", "SONST", 5, 0, 0, 0),
    ("geschlecht", "M", 65, 5, 4, 0),
    ("geschlecht", "W", 35, 3, 2, 0),
    ("gemeinde_ags", EINHEIT.gemeinden[0].ags, 50, 3, 1, 0),
)


def _zielgruppe() -> list[Zeile]:
    """Four quarters that follow on each other, by legal ground, housing, sex and for one Gemeinde."""
    gesamt = dict.fromkeys(("rechtsgrund", "wohnform", "geschlecht", "altersgruppe", "gemeinde_ags"), "T")
    zeilen = []
    for nummer, quartal in enumerate(("Q1", "Q2", "Q3", "Q4")):
        for spalte, code, anfang, zu, ab, wechsel in _GRUPPEN:
            jetzt = anfang + nummer * (zu - ab + wechsel)
            zeile = {**_KOPF, "quartal": quartal, **gesamt, spalte: code, "bestand_anfang": jetzt}
            ende = {"bestand_ende": jetzt + zu - ab + wechsel}
            zeilen.append({**zeile, "zugaenge": zu, "abgaenge": ab, "wechsel_saldo": wechsel, **ende})
            if code == "GU":
                zeilen[-1]["kapazitaet"] = 50
    return zeilen


def _herkunft() -> list[Zeile]:
    staaten = ("166", "475", "152", "154", "423", "164", "432", "367", "163", "438", "998")
    basis = {**_KOPF, "stichtag": date(2025, 12, 31), "konzept": "AUSL_FORT"}
    return [{**basis, "staat": s, "personen": 100 + i} for i, s in enumerate(staaten)]


def _massnahmen() -> list[Zeile]:
    basis = {**_KOPF, "traeger_id": "TR1", "gemeinde_ags": "T", "themenfeld": "T"}
    ort = EINHEIT.gemeinden[0].ags
    return [
        {**basis, "massnahmeart": "ORIENTIERUNG", "anzahl": 6, "teilnehmende": 80, "ausgaben_eur": 9000.5},
        {**basis, "massnahmeart": "SKM", "einsaetze": 100},
        {**basis, "massnahmeart": "SKM", "themenfeld": "GESUNDHEIT", "einsaetze": 60},
        {**basis, "massnahmeart": "SKM", "themenfeld": "BILDUNG", "einsaetze": 40},
        {**basis, "massnahmeart": "NIEDRIGSCHWELLIG", "anzahl": 2, "ehrenamtliche": 9},
        {**basis, "massnahmeart": "NIEDRIGSCHWELLIG", "gemeinde_ags": ort, "anzahl": 3},
        {**basis, "massnahmeart": "NETZWERK"},
    ]


def _rueckkehr() -> list[Zeile]:
    basis = {**_KOPF, "nachweis": "DOKUMENTIERT"}
    return [
        {**basis, "programm": p, "zielregion": r, "ausreisen_aufgrund_beratung": 4, "ausreisen_gesamt": 9}
        for p, r in (("REAG_GARP", "WESTBALKAN"), ("REAG_GARP", "ASIEN"), ("OHNE", "OHNE_ANGABE"))
    ]


def _finanzen() -> list[Zeile]:
    """Allocation, payments, forwarding and spending of Fördergegenstand 5, then a Fördergegenstand without Bereich."""
    basis = {**_KOPF, "haushaltsjahr": 2025, "fg": "FG5", "bereich": "-", "zweck": "-", "mittel": "ZUWEISUNG"}
    selbst = {**basis, "empfaengerart": "KREIS", "empfaenger_id": "KREIS", "lfd_nr": 1}
    fsa = {**selbst, "bereich": "FSA", "buchungsart": "AUSGABE_PERSONAL"}
    frei = {**basis, "empfaengerart": "FREI", "empfaenger_id": "TR1", "lfd_nr": 1, "bereich": "FSA"}
    bescheid = {"bescheid_datum": date(2025, 2, 20), "ew_stichtag": date(2024, 12, 31), "ew_stand": date(2025, 2, 1)}
    rate = {**selbst, "buchungsart": "AUSZAHLUNG", "betrag_eur": 50_000.0}
    return [
        {**selbst, "buchungsart": "ZUW_VORAUSSICHTLICH", "betrag_eur": 90_000.0, "datum": date(2024, 10, 30)},
        {**selbst, "buchungsart": "ZUW_FESTGESETZT", "betrag_eur": 100_000.0, **bescheid},
        {**rate, "datum": date(2025, 3, 1)},
        {**rate, "lfd_nr": 2, "datum": date(2025, 7, 1)},
        {**frei, "buchungsart": "WEITERLEITUNG", "betrag_eur": 40_000.0, "datum": date(2025, 3, 20)},
        {**frei, "buchungsart": "WEITERLEITUNG_RUECKFLUSS", "betrag_eur": -500.0, "datum": date(2025, 12, 1)},
        {**fsa, "zweck": "FACH", "betrag_eur": 30_000.0, "datum": date(2025, 12, 31)},
        {**fsa, "zweck": "VERWALTUNG", "betrag_eur": 20_000.0, "datum": date(2025, 12, 31)},
        {**selbst, "buchungsart": "EIGENLEISTUNG", "mittel": "EIGEN", "betrag_eur": 5_000.0},
        {**selbst, "buchungsart": "RUECKZAHLUNG", "betrag_eur": 100.0},
        {**selbst, "fg": "FG1", "buchungsart": "ZUW_VORAUSSICHTLICH", "betrag_eur": 1_000.0},
    ]


def _konzept() -> list[Zeile]:
    ja = ["bedarfsanalyse", "angebotsanalyse", "leitbild", "massnahmenplanung", "gemeinden_angehoert", "beirat"]
    ja += ["nachbarn_betroffen", "nachbarn_angehoert", "beauftragte_hauptamtlich", "beauftragte_ausschliesslich"]
    daten = {"beschluss_datum": date(2023, 6, 1), "vorgelegt_am": date(2025, 9, 1)}
    zahlen = {"beirat_sitze": 15, "beirat_sitze_mh": 8, "gemeinden_mit_beauftragten": 3}
    angaben = dict.fromkeys((*ja, "fsa_getrennt", "gewaehr"), "J")
    return [{**_KOPF, "status": "BESCHLOSSEN", **daten, **angaben, **zahlen}]


def _zustaendigkeit() -> list[Zeile]:
    gemeinden = [g.ags for g in EINHEIT.gemeinden[:3]]
    basis = {**_KOPF, "stelle_id": "KIK01", "von": date(2024, 10, 1), "bis": date(2025, 10, 31)}
    return [{**basis, "gemeinde_ags": ags} for ags in gemeinden]


def _meldung() -> list[Zeile]:
    wirkung = [f"WIRKUNG_{bereich}" for bereich in ("STRUKTURELL", "SOZIAL", "KULTURELL", "IDENTIFIKATORISCH")]
    abschnitte = [("ZIELE", "P26-2"), ("AUSWERTUNG", "P14-2c"), *((w, "P14-3") for w in wirkung)]
    abschnitte += [("ANMERKUNG", "P14-1a"), ("VORSCHLAG_BEWERTUNG", "T")]
    text = "Die Zahl der Beratungen ist gestiegen."
    return [{**_KOPF, "abschnitt": a, "berichtspunkt": p, "text": text} for a, p in abschnitte]


GUELTIG: dict[str, Callable[[], list[Zeile]]] = {
    "aufgaben": _aufgaben,
    "bevoelkerung": _bevoelkerung,
    "zielgruppe": _zielgruppe,
    "herkunft": _herkunft,
    "stellen": _stellen,
    "personal": _personal,
    "beratung": _beratung,
    "massnahmen": _massnahmen,
    "rueckkehr": _rueckkehr,
    "finanzen": _finanzen,
    "konzept": _konzept,
    "zustaendigkeit": _zustaendigkeit,
    "meldung": _meldung,
}
