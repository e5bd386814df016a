"""The table of funnels: golden limits and places, and that only values enter that may be compared."""

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.auswertung.trichtertabelle import trichter
from assets.referenz.bestand import lade_bestand
from schemas.indikatoren import alle_indikatoren, katalog
from schemas.indikatorwerte import GLIEDERUNGEN, SPALTEN
from schemas.statistik import Trichterlage
from schemas.trichter import TRICHTER
from tests.auswertung.werkstatt import LAND, werte_aus

KREISE = [m.id for m in LAND.meldeeinheiten]
UEBER, UNTER = {Trichterlage.WEIT_UEBER, Trichterlage.UEBER}, {Trichterlage.WEIT_UNTER, Trichterlage.UNTER}


@pytest.fixture(scope="module")
def werte(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """All values from official figures alone."""
    return werte_aus(tmp_path_factory.mktemp("leer"), lade_bestand())


@pytest.fixture(scope="module")
def tabelle(werte: pl.DataFrame) -> pl.DataFrame:
    return trichter(werte, katalog(LAND))


def _zeile(tabelle: pl.DataFrame, kennung: str, ags: str, jahr: int) -> dict[str, Any]:
    return tabelle.filter(indikator_id=kennung, ags=ags, berichtsjahr=jahr).row(0, named=True)


def test_nachgerechnete_grenzen(tabelle: pl.DataFrame) -> None:
    """Spiegelhalter 2005 for a proportion: p0 ± z sqrt(p0 (1 - p0) / n), here by hand for naturalisations of 2016."""
    zeile = _zeile(tabelle, "REC-04", "14612", 2016)
    p, n = zeile["landeswert"] / 100, 31_052
    assert zeile["bezug"] == n
    halb = 100 * (p * (1 - p) / n) ** 0.5
    assert zeile["innen_oben"] == pytest.approx(100 * p + 1.959963985 * halb)
    assert zeile["aussen_unten"] == pytest.approx(100 * p - 3.090232306 * halb)
    assert zeile["trichterlage"] == "weit_ueber"
    assert _zeile(tabelle, "REC-04", "14626", 2016)["trichterlage"] == "unter"
    assert _zeile(tabelle, "REC-04", "14511", 2016)["trichterlage"] == "unauffaellig"


def test_jede_lage_folgt_aus_den_grenzen_ihrer_zeile(tabelle: pl.DataFrame) -> None:
    mit_lage = tabelle.filter(pl.col("trichterlage") != "nicht_bestimmt")
    assert set(mit_lage["indikator_id"]) >= {"BEV-02", "REC-03", "SOZ-02", "KIT-01"}
    for z in mit_lage.iter_rows(named=True):
        assert z["aussen_unten"] <= z["innen_unten"] <= z["landeswert"] <= z["innen_oben"] <= z["aussen_oben"]
        assert (z["wert"] > z["innen_oben"]) == (z["trichterlage"] in UEBER)
        assert (z["wert"] < z["innen_unten"]) == (z["trichterlage"] in UNTER)
        assert (z["wert"] > z["aussen_oben"]) == (z["trichterlage"] == Trichterlage.WEIT_UEBER)
        assert (z["wert"] < z["aussen_unten"]) == (z["trichterlage"] == Trichterlage.WEIT_UNTER)


def test_bei_standardisierten_raten_ergibt_die_bezugsgroesse_den_wert(
    tabelle: pl.DataFrame, werte: pl.DataFrame
) -> None:
    zeilen = tabelle.filter(variante="REGEL_ALTERSSTANDARD").join(
        werte.filter(variante="REGEL_ALTERSSTANDARD"), on=["indikator_id", "variante", "ags"], suffix="_dort"
    )
    assert zeilen.height == len(KREISE)
    for z in zeilen.iter_rows(named=True):
        assert 1000 * z["zaehler"] / z["bezug"] == pytest.approx(z["wert"])


def test_nur_summen_von_anteilen_und_raten_je_kreis(tabelle: pl.DataFrame) -> None:
    assert tabelle.schema == {name: spalte.typ for name, spalte in TRICHTER.items()}
    assert set(tabelle["ags"]) <= set(KREISE)
    assert not tabelle.select("indikator_id", "variante", "berichtsjahr", "stand", "ags").is_duplicated().any()
    gezaehlt = {"BEV-01", "ARB-01", "ARB-03"}  # a count, a ratio of two registers, a published rate
    assert not gezaehlt & set(tabelle["indikator_id"])
    assert "BEV-06" not in set(tabelle["indikator_id"]), "Teile eines Ganzen ergeben überall 100 Prozent"
    assert tabelle.filter(pl.col("wert").is_null()).is_empty()


def _wert(ags: str, zaehler: float, nenner: float, urteil: str = "vergleichbar") -> dict[str, Any]:
    zeile = dict.fromkeys(SPALTEN) | dict.fromkeys(GLIEDERUNGEN, "T")
    wert = 100 * zaehler / nenner
    return zeile | {
        "indikator_id": "REC-03",
        "variante": "AZR",
        "konzept": "AUSL_AZR",
        "ags": ags,
        "gebiet_typ": "land" if ags == LAND.ags else "kreis",
        "berichtsjahr": 2024,
        "stand": "2025",
        "zaehler": float(zaehler),
        "nenner": float(nenner),
        "wert": wert,
        "ki_unten": wert,
        "ki_oben": wert,
        **dict.fromkeys(("vgl_land", "vgl_kreise"), urteil),
    }


def _tabelle(*zeilen: dict[str, Any]) -> dict[str, dict[str, Any]]:
    werte = pl.DataFrame(list(zeilen), schema=SPALTEN)
    return {z["ags"]: z for z in trichter(werte, [alle_indikatoren()["REC-03"]]).iter_rows(named=True)}


@given(
    st.lists(
        st.tuples(st.integers(1, 999), st.sampled_from(["vergleichbar", "eingeschraenkt", "nicht_vergleichbar"])),
        min_size=1, max_size=len(KREISE),
    )
)  # fmt: skip
@settings(max_examples=50)
def test_was_nicht_vergleichbar_ist_hat_weder_lage_noch_grenzen(faelle: list[tuple[int, str]]) -> None:
    zeilen = [_wert(ags, x, 1000, urteil) for ags, (x, urteil) in zip(KREISE, faelle, strict=False)]
    je_kreis = _tabelle(_wert(LAND.ags, 300, 1000), *zeilen)
    for ags, (_, urteil) in zip(KREISE, faelle, strict=False):
        fehlt = urteil == "nicht_vergleichbar"
        assert (je_kreis[ags]["trichterlage"] == "nicht_bestimmt") == fehlt
        assert (je_kreis[ags]["innen_unten"] is None) == fehlt
    andere = _tabelle(_wert(LAND.ags, 300, 1000), *(z for z in zeilen if z["vgl_land"] != "nicht_vergleichbar"))
    assert all(je_kreis[ags] == zeile for ags, zeile in andere.items()), "Unvergleichbares ändert nichts"


def test_ohne_landeswert_kein_trichter() -> None:
    assert _tabelle(_wert(KREISE[0], 3, 10))[KREISE[0]]["trichterlage"] == "nicht_bestimmt"
    assert _tabelle(_wert(LAND.ags, 10, 10), _wert(KREISE[0], 10, 10)) == {}


def test_aus_keinem_wert_wird_eine_leere_tabelle() -> None:
    assert _tabelle() == {}
