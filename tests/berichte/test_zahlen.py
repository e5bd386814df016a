from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.berichte.zahlen import GESCHUETZT, MINUS, abstand, in_einheit, menge, mit_einheit, runde, zahl


@pytest.mark.parametrize(
    ("wert", "stellen", "text"),
    [
        (2.25, 1, "2,3"),
        (2.35, 1, "2,4"),
        (0.285, 2, "0,29"),
        (1.005, 2, "1,01"),
        (-2.25, 1, f"{MINUS}2,3"),
        (-0.04, 1, "0,0"),
        (0.0, 0, "0"),
        (1234567.89, 1, "1.234.567,9"),
        (999.95, 1, "1.000,0"),
        (28.499999999999996, 0, "29"),
        (1e30, 0, "1" + ".000" * 10),
    ],
)
def test_rundet_ab_der_haelfte_auf_und_schreibt_deutsch(wert: float, stellen: int, text: str) -> None:
    assert zahl(runde(wert, stellen)) == text


def test_gleiche_werte_mit_verschiedenen_stellen_bleiben_verschieden_geschrieben() -> None:
    assert [zahl(runde(5.0, n)) for n in (0, 1, 2)] == ["5", "5,0", "5,00"]


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_rundung_ist_die_naechste_zahl(genau: Decimal, stellen: int) -> None:
    gerundet = runde(float(genau), stellen)
    assert abs(gerundet - genau) <= Decimal(5).scaleb(-stellen - 1)
    assert gerundet.same_quantum(Decimal(1).scaleb(-stellen))


@given(st.integers(-(10**15), 10**15))
def test_geschriebene_zahl_laesst_sich_zuruecklesen(ganze: int) -> None:
    assert int(zahl(Decimal(ganze)).replace(".", "").replace(MINUS, "-")) == ganze


@pytest.mark.parametrize("wert", [float("nan"), float("inf")])
def test_was_keine_zahl_ist_wird_nie_gezeigt(wert: float) -> None:
    with pytest.raises(ValueError, match="keine Zahl"):
        runde(wert, 1)


@pytest.mark.parametrize(
    ("differenz", "einheit", "text"),
    [
        ("2.1", "Prozent", f"um 2,1{GESCHUETZT}Prozentpunkte höher"),
        ("-1", "%", f"um 1{GESCHUETZT}Prozentpunkt niedriger"),
        ("-1.0", "%", f"um 1,0{GESCHUETZT}Prozentpunkte niedriger"),
        ("0.0", "Prozent", "gleich hoch"),
        ("-3.2", "je 1.000", "um 3,2 niedriger"),
    ],
)
def test_abstand_in_neutralen_worten(differenz: str, einheit: str, text: str) -> None:
    assert abstand(Decimal(differenz), einheit) == text


def test_einheiten() -> None:
    assert mit_einheit("6,3", "Prozent") == f"6,3{GESCHUETZT}%"
    assert mit_einheit("1", "Stellen") == f"1{GESCHUETZT}Stelle"
    assert mit_einheit("0", "Stellen") == f"0{GESCHUETZT}Stellen"
    assert (in_einheit("%"), in_einheit("je 1.000"), in_einheit("VZÄ")) == ("in Prozent", "je 1.000", "in VZÄ")
    assert (menge(3.0), menge(2.5), menge(347_665.0000001), menge(0.004)) == ("3", "2,50", "347.665", "0")
