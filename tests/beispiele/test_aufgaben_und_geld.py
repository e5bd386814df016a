"""The deliveries of one Meldeeinheit agree with its tasks, its stocks follow on each other, its money adds up."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import polars as pl
import pytest

from pipeline.beispiele.anker import anker_von
from pipeline.beispiele.inhalt import Zeile
from pipeline.beispiele.rollen import Lieferung, Rollen, verteile
from pipeline.beispiele.stellenplan import hat_gemeinden
from pipeline.beispiele.zuweisungen import verteilungsmassen, zuweisungen
from schemas.datensaetze.zielgruppe import GLIEDERUNG
from schemas.erwartung import NICHT_WAHRGENOMMEN
from schemas.modell import Land

Zeilen = dict[Lieferung, list[Zeile]]


@pytest.fixture
def zeilen(alle_zeilen: Callable[[int], Zeilen], seed: int) -> Zeilen:
    return alle_zeilen(seed)


@pytest.fixture
def rollen(land: Land, seed: int) -> Rollen:
    return verteile(land, seed)


def _zahl(wert: object) -> float:
    return float(wert) if isinstance(wert, int | Decimal) else 0.0


def _summe(zeilen: list[Zeile], mass: str, **merkmale: str) -> float:
    return sum(_zahl(z[mass]) for z in zeilen if all(z[k] == v for k, v in merkmale.items()))


def _aufgaben(zeilen: Zeilen, meldeeinheit: str, jahr: int) -> dict[str, str]:
    return {str(z["aufgabe"]): str(z["wahrgenommen"]) for z in zeilen[Lieferung("aufgaben", meldeeinheit, jahr)]}


def test_was_niemand_wahrnimmt_steht_nirgends_und_was_jemand_wahrnimmt_ist_belegt(zeilen: Zeilen, land: Land) -> None:
    spalten = {"stellen": "art", "personal": "aufgabe", "beratung": "leistungsart", "massnahmen": "massnahmeart"}
    for m in land.meldeeinheiten:
        for jahr in land.berichtsjahre:
            aufgaben = _aufgaben(zeilen, m.id, jahr)
            nicht = {aufgabe for aufgabe, wie in aufgaben.items() if wie in NICHT_WAHRGENOMMEN}
            for datensatz, spalte in spalten.items():
                genannt = {str(z[spalte]) for z in zeilen[Lieferung(datensatz, m.id, jahr)]}
                assert not genannt & nicht
            massnahmen = {str(z["massnahmeart"]) for z in zeilen[Lieferung("massnahmen", m.id, jahr)]}
            assert {"ORIENTIERUNG", "SKM", "GDD", "AGH", "NIEDRIGSCHWELLIG"} - nicht <= massnahmen
            assert bool(zeilen[Lieferung("rueckkehr", m.id, jahr)]) == ("RKB" not in nicht)
            assert bool(zeilen[Lieferung("zustaendigkeit", m.id, jahr)]) == ("KIK" not in nicht)


def test_eine_gibt_alles_ab_eine_hat_keine_rueckkehrberatung_und_staedte_keine_koordination(
    zeilen: Zeilen, land: Land, rollen: Rollen
) -> None:
    for jahr in land.berichtsjahre:
        aufgaben = _aufgaben(zeilen, rollen.delegiert, jahr)
        selbst = {a for a, wie in aufgaben.items() if wie not in {"DELEGIERT", *NICHT_WAHRGENOMMEN}}
        assert selbst == {"BEAUFTRAGTE", "BERICHT"}
        assert {aufgaben[a] for a in ("KIM", "IBZ", "KIK", "KOORD", "FSA", "RKB", "SKM", "GDD")} == {"DELEGIERT"}
        assert rollen.ohne_rueckkehr is not None
        assert _aufgaben(zeilen, rollen.ohne_rueckkehr, jahr)["RKB"] == "NICHT"
        ohne_koordination = {m.id for m in land.meldeeinheiten if not hat_gemeinden(m)}
        assert len(ohne_koordination) == 3
        assert {_aufgaben(zeilen, k, jahr)["KIK"] for k in ohne_koordination} == {"ENTFAELLT"}


def test_die_bestaende_der_zielgruppe_schliessen_an_und_gehen_auf(zeilen: Zeilen, land: Land) -> None:
    for m in land.meldeeinheiten:
        gesamt = [
            z
            for jahr in land.berichtsjahre
            for z in zeilen[Lieferung("zielgruppe", m.id, jahr)]
            if all(z[s] == "T" for s in GLIEDERUNG)
        ]
        assert all(a["bestand_ende"] == b["bestand_anfang"] for a, b in pairwise(gesamt))
        for z in gesamt:
            bewegung = _zahl(z["zugaenge"]) - _zahl(z["abgaenge"]) + _zahl(z["korrektur"])
            assert z["wechsel_saldo"] == 0
            assert _zahl(z["bestand_anfang"]) + bewegung == z["bestand_ende"]
            assert min(_zahl(z["zugaenge"]), _zahl(z["abgaenge"])) > 0


def test_auf_eine_fachkraft_kommt_eine_glaubhafte_zahl_von_menschen(zeilen: Zeilen, land: Land) -> None:
    jahr = land.berichtsjahre[0]
    for m in land.meldeeinheiten:
        letzte = [z for z in zeilen[Lieferung("zielgruppe", m.id, jahr)] if all(z[s] == "T" for s in GLIEDERUNG)][-1]
        personal = zeilen[Lieferung("personal", m.id, jahr)]
        vzae = _summe(personal, "vzae_jahresmittel", aufgabe="FSA", taetigkeit="FACH")
        assert 60 <= _zahl(letzte["bestand_ende"]) / vzae <= 250


def test_staaten_ergeben_die_bevoelkerung_desselben_konzepts(zeilen: Zeilen, land: Land, rollen: Rollen) -> None:
    gesamt = {"geschlecht": "T", "altersgruppe": "T", "gemeinde_ags": "T", "gruppe": "MIT"}
    for m in land.meldeeinheiten:
        for jahr in land.berichtsjahre:
            stand = [z for z in zeilen[Lieferung("bevoelkerung", m.id, jahr)] if str(z["stichtag"]) == f"{jahr}-12-31"]
            staaten = [z for z in zeilen[Lieferung("herkunft", m.id, jahr)] if str(z["stichtag"]) == f"{jahr}-12-31"]
            assert {z["konzept"] for z in staaten} == {rollen.konzept[m.id]}
            gerundet = rollen.konzept[m.id] == "AUSL_AZR"
            toleranz = 2.5 * (len(staaten) + 1) if gerundet else 0
            assert abs(_summe(staaten, "personen") - _summe(stand, "personen", **gesamt)) <= toleranz
            assert len(staaten) > 10


def test_ausreisen_sind_weniger_als_beratene(zeilen: Zeilen, land: Land) -> None:
    for m in land.meldeeinheiten:
        for jahr in land.berichtsjahre:
            beraten = [z for z in zeilen[Lieferung("beratung", m.id, jahr)] if z["stelle_id"] != "KREIS"]
            personen = _summe(beraten, "beratene_personen", leistungsart="RKB")
            ausreisen = _summe(zeilen[Lieferung("rueckkehr", m.id, jahr)], "ausreisen_aufgrund_beratung")
            assert ausreisen <= personen * 0.2


def test_die_zuweisungen_folgen_der_formel_auf_den_cent(land: Land, referenz: pl.DataFrame, seed: int) -> None:
    anker = anker_von(land, seed, referenz)
    je_einheit = zuweisungen(land, anker)
    massen = verteilungsmassen(land, anker)
    assert massen
    for (jahr, fg), masse in massen.items():
        teile = {kennung: z[jahr, fg].festgesetzt for kennung, z in je_einheit.items()}
        assert sum(teile.values()) == 100 * masse
        alle = sum(a.einwohner[jahr - 1] for a in anker.values())
        for kennung, cent in teile.items():
            assert abs(cent - 100 * masse * anker[kennung].einwohner[jahr - 1] / alle) < 1


def test_geld_wird_ausgezahlt_weitergeleitet_und_ausgegeben_wie_zugewiesen(zeilen: Zeilen, land: Land) -> None:
    jahr = land.berichtsjahre[-1]
    for m in land.meldeeinheiten:
        buchungen = zeilen[Lieferung("finanzen", m.id, jahr)]
        stellen = {z["traeger_id"] for z in zeilen[Lieferung("stellen", m.id, jahr)]}
        for fg in ("FG1", "FG2", "FG3", "FG4", "FG5"):
            topf = [z for z in buchungen if z["fg"] == fg and z["mittel"] == "ZUWEISUNG"]
            zuweisung = _summe(topf, "betrag_eur", buchungsart="ZUW_FESTGESETZT")
            assert _summe(topf, "betrag_eur", buchungsart="AUSZAHLUNG") == pytest.approx(zuweisung)
            eigene = [z for z in topf if z["empfaengerart"] == "KREIS"]
            ausgegeben = sum(_summe(eigene, "betrag_eur", buchungsart=f"AUSGABE_{a}") for a in ("PERSONAL", "SACH"))
            weiter = _summe(topf, "betrag_eur", buchungsart="WEITERLEITUNG")
            assert 0.9 * zuweisung < ausgegeben + weiter <= zuweisung
        assert {z["empfaenger_id"] for z in buchungen} - {"KREIS"} <= stellen
