"""Age-standardised values: golden figures from the official tables, and what happens to bands that are not there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.auswertung.statistik.standardisierung import direkt_standardisierte_rate, unabhaengig
from assets.referenz.bestand import lade_bestand
from schemas.indikatoren import katalog
from schemas.modell import Land
from schemas.standardisierung import ALTERSGRUPPEN
from tests.auswertung.werkstatt import LAND, lege_ab, ohne_amtliches, werte_aus

KREISE = [m.id for m in LAND.meldeeinheiten]
GEWICHTE = dict(zip(ALTERSGRUPPEN, LAND.standardbevoelkerung.gewichte(ALTERSGRUPPEN), strict=True))  # type: ignore[union-attr]  # it has one
INDIKATOREN = [i for i in katalog(LAND) if i.id in {"BEV-02", "SOZ-02"}]
GELIEFERT = "FORT_LIEFERUNG_ALTERSSTANDARD"


@pytest.fixture(scope="module")
def amtlich(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Standardised values from official figures alone."""
    werte = werte_aus(tmp_path_factory.mktemp("leer"), lade_bestand(), indikatoren=INDIKATOREN)
    return werte.filter(pl.col("variante").str.ends_with("_ALTERSSTANDARD"))


def _zeile(werte: pl.DataFrame, variante: str, ags: str, jahr: int = 2015) -> dict[str, object]:
    return werte.filter(variante=variante, ags=ags, berichtsjahr=jahr).row(0, named=True)


def test_das_land_hat_im_jahr_seiner_standardbevoelkerung_die_rohe_rate(amtlich: pl.DataFrame) -> None:
    auslaender = _zeile(amtlich, "FORT_AMTLICH_ALTERSSTANDARD", LAND.ags)
    assert auslaender["wert"] == pytest.approx(100 * 158_743 / 4_084_851)
    asylblg = _zeile(amtlich, "REGEL_ALTERSSTANDARD", LAND.ags)
    assert asylblg["wert"] == pytest.approx(1000 * 45_749 / 4_084_851)


# Persons in table 12411-03-03-4 at 31.12.2015: foreigners and inhabitants of Chemnitz, inhabitants of the Land.
CHEMNITZ = {
    "A00_05": (572 + 479, 6_701 + 6_359, 110_079 + 108_301),
    "A06_17": (607 + 618 + 668, 7_898 + 8_984 + 5_500, 138_104 + 161_740 + 93_928),
    "A18_24": (702 + 2_918, 3_873 + 11_685, 60_461 + 156_772),
    "A25_44": (3_053 + 1_813 + 1_391 + 999, 19_690 + 17_165 + 14_721 + 12_411, 272_024 + 265_481 + 248_937 + 226_882),
    "A45_64": (929 + 721 + 519 + 389, 15_543 + 17_618 + 15_994 + 18_132, 283_038 + 328_732 + 300_470 + 304_538),
    "A65": (735, 66_371, 226_762 + 248_451 + 257_578 + 155_463 + 93_187 + 43_923),
}


def test_nachgerechneter_wert(amtlich: pl.DataFrame) -> None:
    """Rate of each band times its weight, with Dobson's limits around Byar's, written out."""
    c, n, w = (np.array(x) for x in zip(*CHEMNITZ.values(), strict=True))
    assert (c.sum(), n.sum(), w.sum()) == (17_113, 248_645, 4_084_851)
    rate = (w * c / n).sum() / w.sum()
    zeile = _zeile(amtlich, "FORT_AMTLICH_ALTERSSTANDARD", "14511")
    assert zeile["wert"] == pytest.approx(100 * rate)
    assert zeile["wert"] == pytest.approx(6.706356, abs=1e-6)
    oben = 17_114 * (1 - 1 / (9 * 17_114) + 1.959963985 / (3 * 17_114**0.5)) ** 3
    streuung = ((w / w.sum()) ** 2 * c / n**2).sum()
    assert zeile["ki_oben"] == pytest.approx(100 * (rate + (streuung / 17_113) ** 0.5 * (oben - 17_113)))


def test_jeder_kreis_hat_einen_wert_mit_grenzen_und_kein_altersband_bleibt_uebrig(amtlich: pl.DataFrame) -> None:
    assert set(amtlich["altersgruppe"]) == {"T"}
    kreise = amtlich.filter(gebiet_typ="kreis")
    assert kreise.height == len(KREISE) * kreise.n_unique(["variante", "berichtsjahr"])
    assert (
        kreise.filter((pl.col("ki_unten") < pl.col("wert")) & (pl.col("wert") < pl.col("ki_oben"))).height
        == kreise.height
    )
    assert set(kreise["vgl_land"]) == {"vergleichbar"}


def _bestand(mit: dict[str, int], alle: dict[str, int]) -> list[dict[str, object]]:
    """Delivered persons by age band and in total, with the Merkmal and altogether."""
    stand = {"stichtag": date(2025, 12, 31), "konzept": "AUSL_FORT", "geschlecht": "T", "gemeinde_ags": "T"}
    return [
        stand | {"gruppe": gruppe, "altersgruppe": band, "personen": n}
        for gruppe, baender in (("MIT", mit), ("INSGESAMT", alle))
        for band, n in (baender | {"T": sum(baender.values())}).items()
    ]


ALLE = dict(zip(ALTERSGRUPPEN, (5_000, 10_000, 7_000, 25_000, 30_000, 25_000), strict=True))
JUNG = dict(zip(ALTERSGRUPPEN, (300, 500, 700, 1_500, 300, 50), strict=True))
WENIGE = dict(zip(ALTERSGRUPPEN, (1, 2, 3, 2, 1, 0), strict=True))


def _geliefert(ordner: Path, je_kreis: dict[str, list[dict[str, object]]], land: Land = LAND) -> pl.DataFrame:
    for kreis, zeilen in je_kreis.items():
        lege_ab(ordner, "bevoelkerung", kreis, zeilen)
    return werte_aus(ordner, ohne_amtliches(), land, INDIKATOREN).filter(variante=GELIEFERT, altersgruppe="T")


def test_der_landeswert_ist_die_rate_der_summen_in_jedem_band(tmp_path: Path) -> None:
    viele = {band: 3 * n for band, n in ALLE.items()}
    werte = _geliefert(tmp_path, {KREISE[0]: _bestand(JUNG, ALLE), KREISE[1]: _bestand(JUNG, viele)})
    erwartet = direkt_standardisierte_rate(
        unabhaengig([2 * n for n in JUNG.values()]), [4 * n for n in ALLE.values()], list(GEWICHTE.values()), faktor=100
    )
    land = _zeile(werte, GELIEFERT, LAND.ags, 2025)
    assert (land["wert"], land["ki_unten"]) == (
        pytest.approx(float(erwartet.wert)),
        pytest.approx(float(erwartet.grenzen.unten)),
    )
    assert land["abdeckung_kreise"] == 2
    assert land["zaehler"] == 2 * sum(JUNG.values())


@pytest.mark.parametrize(
    ("zeilen", "status", "grund"),
    [
        pytest.param(_bestand(WENIGE, ALLE), "L", "EREIGNISSE_WENIGE", id="unter 10 Ereignisse"),
        pytest.param(
            [z for z in _bestand(JUNG, ALLE) if z["altersgruppe"] != "A65"], "U", "WERT_FEHLT", id="ein Band fehlt"
        ),
        pytest.param(
            [z | ({"personen": 0} if z["altersgruppe"] == "A65" else {}) for z in _bestand(JUNG, ALLE)],
            "U", "WERT_FEHLT", id="ein Band ohne Bevölkerung",
        ),
    ],
)  # fmt: skip
def test_ohne_wert_geht_nichts_in_das_land_ein(
    tmp_path: Path, zeilen: list[dict[str, object]], status: str, grund: str
) -> None:
    werte = _geliefert(tmp_path, {KREISE[0]: _bestand(JUNG, ALLE), KREISE[1]: zeilen})
    ohne = _zeile(werte, GELIEFERT, KREISE[1], 2025)
    assert (ohne["wert"], ohne["ki_unten"], ohne["wertstatus"]) == (None, None, status)
    assert grund in str(ohne["gruende"]).split(";")
    assert ohne["vgl_land"] == "nicht_vergleichbar"
    land, kreis = (_zeile(werte, GELIEFERT, ags, 2025) for ags in (LAND.ags, KREISE[0]))
    assert land["abdeckung_kreise"] == 1
    assert (land["wert"], land["zaehler"]) == (pytest.approx(kreis["wert"]), kreis["zaehler"])


def test_ein_land_ohne_standardbevoelkerung_hat_keine_solchen_werte(tmp_path: Path) -> None:
    ohne = replace(LAND, standardbevoelkerung=None)
    werte = _geliefert(tmp_path, {KREISE[0]: _bestand(JUNG, ALLE)}, ohne)
    assert werte["wert"].null_count() == werte.height


def test_die_rohe_variante_bleibt_was_sie_war(tmp_path: Path) -> None:
    lege_ab(tmp_path, "bevoelkerung", KREISE[0], _bestand(WENIGE, ALLE))
    werte = werte_aus(tmp_path, ohne_amtliches(), indikatoren=INDIKATOREN)
    roh = werte.filter(variante="FORT_LIEFERUNG", ags=KREISE[0], altersgruppe="T").row(0, named=True)
    assert roh["wert"] == pytest.approx(100 * sum(WENIGE.values()) / sum(ALLE.values()))


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(500, 100_000)), min_size=6, max_size=6).filter(
        lambda baender: sum(c for c, _ in baender) >= 10
    ),
    st.integers(2, 9),
)
def test_wer_den_altersaufbau_des_standards_hat_hat_die_rohe_rate(baender: list[tuple[int, int]], mal: int) -> None:
    c, n = (np.array(x) for x in zip(*baender, strict=True))
    rate = direkt_standardisierte_rate(unabhaengig(c), n, mal * n)
    assert float(rate.wert) == pytest.approx(c.sum() / n.sum())
