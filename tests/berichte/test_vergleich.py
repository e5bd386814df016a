from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.berichte.bestand import Blick, baue_bestand
from assets.berichte.kennzahl import linie
from assets.berichte.reihen import Reihe, baue_reihen
from assets.berichte.ueberblick import kurzfassung, themenbloecke
from assets.berichte.vergleich import (
    Klasse,
    abstand_zum_land,
    alle_gebiete,
    baue_vergleich,
    klassen_von,
    spannen,
    zelle,
)
from assets.berichte.zahlen import GESCHUETZT
from schemas.statistik import KLASSENZAHL
from tests.berichte import welt
from tests.berichte.welt import zeile

LAND = welt.land()


def _reihe(indikator: str, variante: int, *zeilen: dict[str, Any]) -> Reihe:
    return baue_reihen(welt.berichtsdaten(werte=welt.tabelle(list(zeilen))))[indikator][variante]


def _abstand(reihe: Reihe, jahr: int) -> str:
    return abstand_zum_land(reihe, reihe.angabe("X1", jahr), reihe.angabe("99", jahr), LAND.name)


def test_abstand_ist_die_differenz_der_gezeigten_zahlen() -> None:
    # 3.44 and 2.26 are shown as 3,4 and 2,3: the distance a reader can check is 1,1 and not 1,2.
    reihe = _reihe("ARB-03", 0, zeile("ARB-03", "BA", "X1", 2016, 3.44), zeile("ARB-03", "BA", "99", 2016, 2.26))
    assert _abstand(reihe, 2016) == f"um 1,1{GESCHUETZT}Prozentpunkte höher"


def test_eine_anzahl_wird_als_anteil_am_land_gesagt() -> None:
    reihe = _reihe("BEV-01", 0, zeile("BEV-01", "FORT", "X1", 2024, 50.0), zeile("BEV-01", "FORT", "99", 2024, 400.0))
    assert _abstand(reihe, 2024) == f"12,5{GESCHUETZT}% von Musterland"


@pytest.mark.parametrize(
    ("urteil", "text"),
    [
        ("nicht_vergleichbar", "nicht vergleichbar (Rumpfzeitraum, Näherung)"),
        ("eingeschraenkt", f"um 1,0{GESCHUETZT}Prozentpunkte höher, eingeschränkt vergleichbar"),
    ],
)
def test_vorbehalte_stehen_beim_abstand(urteil: str, text: str) -> None:
    kreis = zeile("ARB-03", "BA", "X1", 2016, 3.0, vgl_land=urteil, gruende="RUMPF;NAEHERUNG")
    assert _abstand(_reihe("ARB-03", 0, kreis, zeile("ARB-03", "BA", "99", 2016, 2.0)), 2016) == text


@pytest.mark.parametrize(("kreis", "land"), [(None, 2.0), (2.0, None)])
def test_ohne_zahl_kein_abstand(kreis: float | None, land: float | None) -> None:
    reihe = _reihe("ARB-03", 0, zeile("ARB-03", "BA", "X1", 2016, kreis), zeile("ARB-03", "BA", "99", 2016, land))
    assert _abstand(reihe, 2016) == ""


def test_vergleich_in_amtlicher_reihenfolge_ohne_nicht_vergleichbare() -> None:
    werte = {"X1": 5.0, "X2": 1.0, "X3": 9.0, "X4": 3.0, "X5": 7.0}
    zeilen = [zeile("ARB-03", "BA", a, 2016, w) for a, w in werte.items()]
    zeilen[2] |= {"vgl_kreise": "nicht_vergleichbar", "gruende": "BRUCH"}
    reihe = _reihe("ARB-03", 0, *zeilen, zeile("ARB-03", "BA", "X1", 2015, 99.0))
    vergleich = baue_vergleich(reihe, LAND, alle_gebiete(LAND))
    assert vergleich is not None
    assert [z.name for z in vergleich.zeilen] == list(welt.NAMEN)
    assert vergleich.spec["data"][0]["x"] == [5.0, 1.0, None, 3.0, 7.0, None]
    assert [z.hinweis for z in vergleich.zeilen] == ["", "", "nicht vergleichbar (Zeitreihenbruch)", "", "", ""]
    assert vergleich.zeilen[5].zelle == zelle(None)
    assert vergleich.abdeckung == "5 von 6 Kreisen"
    assert not vergleich.klassen  # four comparable values do not make five classes
    assert spannen(reihe, [m.id for m in LAND.meldeeinheiten]) == {2016: (Decimal("1.0"), Decimal("7.0"))}


def test_fuenf_klassen_ohne_bruch_zwischen_gleichen_werten() -> None:
    werte = (1.0, 1.0, 2.0, 3.0, 4.0, 5.0)
    reihe = _reihe("ARB-03", 0, *(zeile("ARB-03", "BA", f"X{n}", 2016, w) for n, w in enumerate(werte, 1)))
    vergleich = baue_vergleich(reihe, LAND, alle_gebiete(LAND))
    assert vergleich is not None
    klassen = [z.klasse for z in vergleich.zeilen]
    assert klassen == sorted(klassen)
    assert (klassen[0], klassen[1], klassen[-1]) == (1, 1, 5)
    assert vergleich.klassen[0] == Klasse(1, "1,0")
    assert vergleich.klassen[-1] == Klasse(5, "5,0")


zahlen = st.integers(-50, 50).map(lambda n: Decimal(n) / 10)


@given(st.lists(zahlen, max_size=30))
def test_klassen_folgen_den_werten_und_nennen_ihre_grenzen(werte: list[Decimal]) -> None:
    je_gebiet = {str(n): w for n, w in enumerate(werte)}
    klassen = klassen_von(je_gebiet)
    assert set(klassen) == (set(je_gebiet) if len(werte) >= KLASSENZAHL else set())
    geordnet = sorted((je_gebiet[ags], klasse) for ags, klasse in klassen.items())
    assert [k for _, k in geordnet] == sorted(k for _, k in geordnet)
    assert set(klassen.values()) <= set(range(1, KLASSENZAHL + 1))
    assert len({(w, k) for w, k in geordnet}) == len({w for w, _ in geordnet}), "gleiche Werte, gleiche Klasse"
    if len(set(werte)) == len(werte) >= KLASSENZAHL:
        groessen = Counter(klassen.values()).values()
        assert max(groessen) - min(groessen) <= 1


def test_abdeckung_kommt_aus_der_landeszeile() -> None:
    land = zeile("ARB-03", "BA", "99", 2016, 2.0, abdeckung_kreise=4, erwartet_kreise=6)
    reihe = _reihe("ARB-03", 0, land, zeile("ARB-03", "BA", "X1", 2016, 2.0))
    vergleich = baue_vergleich(reihe, LAND, alle_gebiete(LAND))
    assert vergleich is not None
    assert vergleich.abdeckung == "4 von 6 Kreisen"


def test_linien_sind_an_bruch_luecke_und_rumpfjahr_unterbrochen() -> None:
    bestand = baue_bestand(welt.berichtsdaten())
    bevoelkerung = linie(bestand.reihen["BEV-01"][0], "X1", "K")
    assert 2011 in bevoelkerung.schnitte
    beratungen = linie(bestand.reihen["IBZ-03"][0], "X1", "K")
    assert 2025 in beratungen.schnitte  # 2024 is a part of a year


def test_kurzfassung_nutzt_nur_vergleichbares() -> None:
    daten = welt.berichtsdaten()
    blick = Blick(LAND, LAND.meldeeinheiten[0])
    saetze = kurzfassung(blick, themenbloecke(baue_bestand(daten), blick))
    assert len(saetze) == 3
    assert [s.split(" (")[0] for s in saetze] == ["Bevölkerung", "Arbeitslosenquote", "Beratungen"]
    assert "Demodaten" in saetze[2]
    stumm = Blick(LAND, LAND.meldeeinheit(welt.STUMM))
    assert len(kurzfassung(stumm, themenbloecke(baue_bestand(daten), stumm))) == 2
    leer = baue_bestand(welt.berichtsdaten(werte=welt.tabelle([])))
    assert kurzfassung(blick, themenbloecke(leer, blick)) == ()


@pytest.mark.parametrize(
    ("grenzen", "satz"),
    [
        ((2.0, 4.0), "im Bereich zufälliger Schwankung"),
        ((2.5, 3.5), "im Bereich zufälliger Schwankung"),
        ((2.6, 3.4), "mehr als zufällige Schwankung"),
        ((None, None), ""),
    ],
)
def test_der_abstand_sagt_was_der_zufall_erklaert(grenzen: tuple[float | None, float | None], satz: str) -> None:
    kreis = zeile("ARB-03", "BA", "X1", 2016, 3.0, ki_unten=grenzen[0], ki_oben=grenzen[1])
    text = _abstand(_reihe("ARB-03", 0, kreis, zeile("ARB-03", "BA", "99", 2016, 2.5)), 2016)
    assert ("Schwankung" in text) is bool(satz)
    assert satz in text
