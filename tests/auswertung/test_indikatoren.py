"""Indicator values: against figures that can be looked up, and the arithmetic of sums, shares and coverage."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.referenz.bestand import lade_bestand
from schemas.indikatoren import alle_indikatoren, katalog
from schemas.indikatorwerte import GLIEDERUNGEN, SCHLUESSEL
from schemas.indikatorwerte import SPALTEN as WERT_SPALTEN
from schemas.modell import Herkunft
from tests.auswertung.werkstatt import LAND, lege_ab, ohne_amtliches, werte_aus
from tests.pruefung.faelle import GUELTIG

EINHEITEN = [m.id for m in LAND.meldeeinheiten]
STADT, KREIS = EINHEITEN[0], EINHEITEN[6]


@pytest.fixture(scope="module")
def amtlich(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """All values from the carried official figures, without any delivery."""
    return werte_aus(tmp_path_factory.mktemp("leer"), lade_bestand())


def _summen(werte: pl.DataFrame) -> pl.DataFrame:
    """Only totals: T in every breakdown column but the Konzept, which belongs to the variant."""
    return werte.filter(pl.all_horizontal(pl.col([g for g in GLIEDERUNGEN if g != "konzept"]) == "T"))


def _wert(werte: pl.DataFrame, kennung: str, variante: str, ags: str, jahr: int) -> dict[str, object]:
    (zeile,) = _summen(werte).filter(indikator_id=kennung, variante=variante, ags=ags, berichtsjahr=jahr).to_dicts()
    return zeile


@pytest.mark.parametrize(
    ("kennung", "variante", "ags", "jahr", "erwartet"),
    [
        # Looked up in the tables named in data/referenz/quellen.csv.
        ("BEV-01", "FORT", "14511", 2023, 245_150),
        ("BEV-01", "FORT_FRUEHER", "14511", 2023, 250_681),
        ("BEV-01", "FORT", "14", 2023, 4_054_689),
        ("BEV-01", "FORT_FRUEHER", "14", 2023, 4_089_467),
        ("BEV-01", "FORT", "14", 2024, 4_042_422),
        ("BEV-01", "FORT", "14713", 2024, 611_850),
        ("BEV-02", "FORT_AMTLICH", "14511", 2015, 100 * 17_113 / 248_645),
        ("ARB-03", "BA", "14", 2025, 22.5),
        ("SOZ-02", "REGEL", "14", 2015, 1000 * 45_749 / 4_084_851),
    ],
)
def test_amtliche_werte(
    amtlich: pl.DataFrame, kennung: str, variante: str, ags: str, jahr: int, erwartet: float
) -> None:
    assert _wert(amtlich, kennung, variante, ags, jahr)["wert"] == pytest.approx(erwartet, rel=1e-12)


def test_das_land_nimmt_seine_amtliche_zeile_wo_es_eine_gibt(amtlich: pl.DataFrame) -> None:
    land = _wert(amtlich, "SOZ-02", "REGEL", LAND.ags, 2015)
    kreise = (
        _summen(amtlich)
        .filter(indikator_id="SOZ-02", variante="REGEL", berichtsjahr=2015, gebiet_typ="kreis")["zaehler"]
        .sum()
    )
    assert land["zaehler"] == 45_749
    assert kreise == 37_452
    assert land["abdeckung_kreise"] == len(EINHEITEN)


def test_ein_zaehler_ohne_nenner_ist_kein_wert(amtlich: pl.DataFrame) -> None:
    azr = _wert(amtlich, "BEV-02", "AZR_AMTLICH", STADT, 2025)
    assert azr["zaehler"] == 38_730
    assert azr["wert"] is None
    assert azr["wertstatus"] == "U"
    assert "NENNER_FEHLT" in str(azr["gruende"])


def test_teile_die_sich_ueberschneiden_werden_nicht_addiert(amtlich: pl.DataFrame) -> None:
    reihen = lade_bestand().filter(tabelle="12531-0043", zeit="2024-12-31", ags=STADT)
    status = pl.col("merkmale").str.json_path_match("$.SCHST2")
    je_status = dict(reihen.group_by(status).agg(pl.col("wert").sum()).iter_rows())
    erwartet = je_status["SCHUTZST-AK-1"] + je_status["SCHUTZST-OF"] + je_status["SCHUTZST-X"]
    assert _wert(amtlich, "BEV-10", "AZR", STADT, 2024)["zaehler"] == erwartet
    assert sum(je_status.values()) > 1.5 * erwartet


def test_form_und_schluessel(amtlich: pl.DataFrame) -> None:
    assert dict(amtlich.schema) == {name: typ() for name, typ in WERT_SPALTEN.items()}
    assert amtlich.select(SCHLUESSEL).is_duplicated().sum() == 0
    assert amtlich.filter(pl.col("wert").is_nan() | pl.col("wert").is_infinite()).is_empty()
    varianten = {(i.id, v.id) for i in katalog(LAND) for v in i.varianten if v.herkunft is not Herkunft.KEINE}
    assert set(amtlich.select("indikator_id", "variante").unique().iter_rows()) <= varianten


@settings(max_examples=12, deadline=None)
@given(st.dictionaries(st.sampled_from(EINHEITEN), st.none() | st.integers(0, 10_000), min_size=1))
def test_der_landeswert_ist_die_summe_der_vollstaendigen(
    tmp_path_factory: pytest.TempPathFactory, gezaehlt: dict[str, int | None]
) -> None:
    ordner = tmp_path_factory.mktemp("summe")
    vorlage = GUELTIG["beratung"]()[0]
    for einheit, zahl in gezaehlt.items():
        lege_ab(ordner, "beratung", einheit, [{**vorlage, "beratungen": zahl, "quartal": "J"}])
    werte = werte_aus(ordner, ohne_amtliches(), indikatoren=[alle_indikatoren()["IBZ-03"]]).filter(
        indikator_id="IBZ-03", variante="ANZAHL"
    )
    bekannt = [z for z in gezaehlt.values() if z is not None]
    land = werte.filter(gebiet_typ="land")
    if not bekannt:
        assert land.is_empty()
    else:
        assert land["wert"].to_list() == [sum(bekannt)]
        assert land["abdeckung_kreise"].to_list() == [len(bekannt)]
        assert ("LUECKE" in land["gruende"][0]) == (len(bekannt) < len(EINHEITEN))
    unbekannt = {e for e, z in gezaehlt.items() if z is None}
    leer = werte.filter(pl.col("wert").is_null(), gebiet_typ="kreis")
    assert set(leer["ags"]) == unbekannt
    assert set(leer["wertstatus"]) <= {"U"}


def test_gemeinsame_stellen_zaehlen_im_land_einmal(tmp_path: Path) -> None:
    (stelle,) = GUELTIG["stellen"]()
    gemeinsam = {**stelle, "traegerschaft": "GEMEINSAM", "aktiv_bis": None, "fuehrende_meldeeinheit": KREIS}
    for einheit in (KREIS, STADT):
        lege_ab(tmp_path, "stellen", einheit, [gemeinsam])
    werte = werte_aus(tmp_path, ohne_amtliches()).filter(indikator_id="IBZ-01", variante="STICHTAG", gemeinde_ags="T")
    assert werte.filter(gebiet_typ="kreis")["wert"].to_list() == [1.0, 1.0]
    assert werte.filter(gebiet_typ="land")["wert"].to_list() == [1.0]


def test_eine_meldeeinheit_ohne_solche_stellen_zaehlt_null(tmp_path: Path) -> None:
    lege_ab(tmp_path, "stellen", KREIS, [{**GUELTIG["stellen"]()[0], "aktiv_bis": None}])
    werte = werte_aus(tmp_path, ohne_amtliches())
    assert _wert(werte, "FSA-01", "STICHTAG", KREIS, 2025)["wert"] == 0.0


def test_von_zwei_stichtagen_zaehlt_der_letzte(tmp_path: Path) -> None:
    am_ende = GUELTIG["personal"]()
    frueher = [{**z, "stichtag": date(2025, 6, 30), "vzae_besetzt": 1.0} for z in am_ende]
    lege_ab(tmp_path, "personal", KREIS, [*frueher, *am_ende])
    werte = werte_aus(tmp_path, ohne_amtliches()).filter(indikator_id="IBZ-02", variante="BESETZT", gebiet_typ="kreis")
    assert werte.filter(entgeltgruppe="T")["wert"].to_list() == [sum(z["vzae_besetzt"] for z in am_ende)]


def test_themenfelder_ergeben_zusammen_hundert(tmp_path: Path) -> None:
    lege_ab(tmp_path, "beratung", KREIS, GUELTIG["beratung"]())
    werte = werte_aus(tmp_path, ohne_amtliches()).filter(
        indikator_id="IBZ-04", variante="HAUPTTHEMA", gebiet_typ="kreis"
    )
    anteile = dict(werte.select("themenfeld", "wert").iter_rows())
    assert anteile.pop("T") == 100
    assert anteile == {"ARBEIT": 60, "KULTUR": 40}


def test_der_rumpfzeitraum_ist_mit_keinem_jahr_vergleichbar(tmp_path: Path) -> None:
    for jahr in LAND.berichtsjahre:
        lege_ab(tmp_path, "beratung", KREIS, GUELTIG["beratung"](), jahr)
    werte = werte_aus(tmp_path, ohne_amtliches()).filter(indikator_id="IBZ-03", variante="ANZAHL", gebiet_typ="kreis")
    urteil = dict(werte.select("berichtsjahr", "vgl_vorjahr").iter_rows())
    assert urteil[2024] == "nicht_vergleichbar"
    assert "RUMPF" in werte.filter(berichtsjahr=2024)["gruende"][0]
