from typing import Any

import pytest

from assets.berichte.daten import Datenfehler
from assets.berichte.reihen import Reihe, baue_reihen, fuehrende
from schemas.wertstatus import Wertstatus
from tests.berichte import welt
from tests.berichte.welt import zeile


def _reihen(*zeilen: dict[str, Any], **rest: Any) -> dict[str, tuple[Reihe, ...]]:
    return baue_reihen(welt.berichtsdaten(werte=welt.tabelle(list(zeilen)), **rest))


def test_der_neueste_stand_gilt_und_der_fruehere_bleibt() -> None:
    alt = zeile("BEV-01", "FORT", "X1", 2023, 100.0, stand="2024-06-20")
    neu = zeile("BEV-01", "FORT", "X1", 2023, 90.0, stand="2025-07-01")
    for reihenfolge in ((alt, neu), (neu, alt)):
        reihe = _reihen(*reihenfolge)["BEV-01"][0]
        angabe = reihe.angabe("X1", 2023)
        assert angabe is not None
        assert angabe.wert == 90
        assert [a.wert for a in reihe.fruehere["X1"]] == [100]


def test_gliederung_und_summe_werden_unterschieden() -> None:
    reihe = _reihen(
        zeile("IBZ-03", "ANZAHL", "X1", 2025, 10.0),
        zeile("IBZ-03", "ANZAHL", "X1", 2025, 4.0, themenfeld="ARBEIT"),
        zeile("IBZ-03", "ANZAHL", "X1", 2025, 1.0, themenfeld="ARBEIT", geschlecht="W"),
    )["IBZ-03"][0]
    assert {j: a.wert for j, a in reihe.verlauf("X1").items()} == {2025: 10}
    assert list(reihe.teile) == ["themenfeld"]
    assert reihe.teile["themenfeld"]["ARBEIT"]["X1"][2025].wert == 4


def test_das_konzept_einer_variante_ist_keine_gliederung() -> None:
    reihe = _reihen(
        zeile("BEV-02", "AZR", "X1", 2025, 5.0, konzept="AUSL_AZR"),
        zeile("BEV-02", "AZR", "X1", 2025, 6.0, konzept="AUSL_FORT"),
    )["BEV-02"][0]
    assert [a.wert for a in reihe.verlauf("X1").values()] == [5]
    assert list(reihe.teile["konzept"]) == ["AUSL_FORT"]


def test_anteile_eines_ganzen_haben_keine_summe() -> None:
    ganz = zeile("IBZ-04", "HAUPTTHEMA", "X1", 2025, 100.0)
    teil = zeile("IBZ-04", "HAUPTTHEMA", "X1", 2025, 40.0, themenfeld="ARBEIT")
    assert _reihen(ganz, teil)["IBZ-04"][0].vergleichsjahr() is None
    assert _reihen(ganz)["IBZ-04"][0].vergleichsjahr() == 2025


@pytest.mark.parametrize(("status", "gezeigt"), [("N", True), ("V", True), ("E", True), ("G", False), ("L", False)])
def test_ein_wert_ohne_erlaubten_status_wird_nicht_gezeigt(status: str, *, gezeigt: bool) -> None:
    angabe = _reihen(zeile("BEV-01", "FORT", "X1", 2023, 5.0, wertstatus=status))["BEV-01"][0].angabe("X1", 2023)
    assert angabe is not None
    assert (angabe.wert is not None) is gezeigt
    assert (angabe.zaehler is not None) is gezeigt


def test_kein_wert_mit_normalem_status_ist_unbekannt() -> None:
    angabe = _reihen(zeile("BEV-01", "FORT", "X1", 2023, None, wertstatus="N"))["BEV-01"][0].angabe("X1", 2023)
    assert angabe is not None
    assert angabe.status is Wertstatus.UNBEKANNT


def test_fuehrend_ist_die_erste_variante_mit_werten() -> None:
    nur_zweite = _reihen(zeile("BEV-02", "FORT", "X1", 2015, 5.0))["BEV-02"]
    beide = _reihen(zeile("BEV-02", "FORT", "X1", 2015, 5.0), zeile("BEV-02", "AZR", "X1", 2011, 5.0))["BEV-02"]
    ohne_zahl = _reihen(zeile("BEV-02", "AZR", "X1", 2015, None))["BEV-02"]
    assert [r.variante.id if r else None for r in map(fuehrende, (nur_zweite, beide, ohne_zahl))] == [
        "FORT",
        "AZR",
        None,
    ]


def test_gemeinden_und_fremde_gebiete_gehoeren_nicht_dazu() -> None:
    reihe = _reihen(
        zeile("BEV-01", "FORT", "99001001", 2023, 5.0, gebiet_typ="gemeinde"), zeile("BEV-01", "FORT", "Y9", 2023, 5.0)
    )["BEV-01"][0]
    assert not reihe.hat_werte


def test_demodaten_werden_am_wert_erkannt() -> None:
    zeilen = (
        zeile("IBZ-01", "STICHTAG", "X1", 2023, 1.0),
        zeile("IBZ-01", "STICHTAG", "X6", 2025, 1.0),
        zeile("IBZ-01", "STICHTAG", "99", 2025, 2.0),
        zeile("IBZ-01", "STICHTAG", "X1", 2026, 1.0),
        zeile("BEV-01", "FORT", "X1", 2025, 1.0),
    )
    reihen = _reihen(*zeilen)
    ibz = reihen["IBZ-01"][0]
    demo = {(a, j): w.demo for a, werte in ibz.werte.items() for j, w in werte.items()}
    # X6 delivered nothing; a file for 2025 can state 2023 but not 2026; official figures are never demo data.
    assert demo == {("X1", 2023): True, ("X6", 2025): False, ("99", 2025): True, ("X1", 2026): False}
    assert not reihen["BEV-01"][0].demo
    echt = _reihen(*zeilen, lieferstand=welt.lieferungen(welt.land(), synthetisch=False))
    assert not echt["IBZ-01"][0].demo


@pytest.mark.parametrize("wert", [float("nan"), float("inf")])
def test_unzahlen_werden_abgewiesen(wert: float) -> None:
    with pytest.raises(Datenfehler, match="keine Zahlen"):
        welt.berichtsdaten(werte=welt.tabelle([zeile("BEV-01", "FORT", "X1", 2023, wert)]))


def test_tabellen_halten_ihren_vertrag() -> None:
    doppelt = zeile("BEV-01", "FORT", "X1", 2023, 1.0)
    with pytest.raises(Datenfehler, match="gleichem Schlüssel"):
        welt.berichtsdaten(werte=welt.tabelle([doppelt, doppelt]))
    with pytest.raises(Datenfehler, match="lieferstand fehlen die Spalten synthetisch"):
        welt.berichtsdaten(lieferstand=welt.lieferungen(welt.land()).drop("synthetisch"), enthaelt_demodaten=True)
