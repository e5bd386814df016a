"""The indicators of official figures: all years the files allow, golden values looked up by hand."""

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.auswertung.indikatoren import berechne
from assets.referenz.bestand import lade_bestand
from schemas.indikatoren import katalog
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.laender import lade_land
from schemas.modell import Herkunft

LAND = lade_land("sachsen")
TEILE = [g for g in GLIEDERUNGEN if g != "konzept"]


@pytest.fixture(scope="module")
def amtlich(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """All values from the carried official figures, without any delivery."""
    with datenbank(Ablage(tmp_path_factory.mktemp("leer")), LAND, lade_bestand()) as con:
        return berechne(con, LAND, katalog(LAND))


@pytest.fixture(scope="module")
def summen(amtlich: pl.DataFrame) -> pl.DataFrame:
    """Only totals."""
    return amtlich.filter(pl.all_horizontal(pl.col(TEILE) == "T"))


JAHRE: dict[tuple[str, str], set[int]] = {
    ("BEV-01", "FORT"): {*range(1995, 2016), 2022, 2023, 2024},
    ("BEV-01", "FORT_FRUEHER"): {2023},
    ("BEV-02", "FORT_AMTLICH"): {2015},
    ("BEV-02", "ZENSUS_2011"): {2011},
    ("BEV-02", "FORT_AMTLICH_ALTERSSTANDARD"): {2015},
    ("BEV-02", "ZENSUS_2011_ALTERSSTANDARD"): {2011},
    ("BEV-03", "ZENSUS_2011"): {2011},
    ("BEV-06", "FORT_AUSLAENDER"): {2015},
    ("BEV-06", "FORT_DEUTSCHE"): {2015},
    ("BEV-06", "ZENSUS_AUSLAENDER"): {2011},
    ("BEV-06", "ZENSUS_DEUTSCHE"): {2011},
    ("BEV-07", "FORT_AUSLAENDER"): {2015},
    ("BEV-07", "FORT_DEUTSCHE"): {2015},
    ("BEV-07", "ZENSUS_AUSLAENDER"): {2011},
    ("BEV-07", "ZENSUS_DEUTSCHE"): {2011},
    ("BEV-07", "AZR_AMTLICH"): {2025},
    ("BEV-08", "SCHUTZSUCHENDE"): {2023, 2024},
    ("BEV-10", "AZR"): {2023, 2024},
    ("REC-02", "SCHUTZSUCHENDE"): {2023, 2024},
    ("REC-03", "AZR"): {2023, 2024},
    ("REC-04", "FORT"): {2016},
    # The files also have 2007, when none of today's Landkreise existed; figures before 2009 are not carried.
    ("KIT-01", "ALLE_ALTER"): set(range(2009, 2017)),
    ("ARB-01", "ALLE_ALTER"): {2015},
    ("ARB-02", "ALLE_ALTER"): {2015},
    ("ARB-03", "BA"): {*range(2009, 2017), 2025},
    ("SOZ-01", "REGELLEISTUNG"): {2015},
    ("SOZ-02", "REGEL"): set(range(2010, 2016)),
    ("SOZ-02", "REGEL_ALTERSSTANDARD"): {2015},
}
"""Indicator and variant -> years in which Kreise have a value from official files alone."""


def test_jedes_jahr_das_die_dateien_erlauben(summen: pl.DataFrame) -> None:
    mit_wert = summen.filter(pl.col("wert").is_not_null(), gebiet_typ="kreis")
    jahre = {(k, v): set(g["berichtsjahr"]) for (k, v), g in mit_wert.group_by("indikator_id", "variante")}
    assert jahre == JAHRE
    je_jahr = mit_wert.group_by("indikator_id", "variante", "berichtsjahr").agg(pl.col("ags").n_unique())
    unvollstaendig = je_jahr.filter(pl.col("ags") < len(LAND.meldeeinheiten))
    # The source keeps single figures of these years secret.
    assert set(unvollstaendig["indikator_id"]) <= {"SOZ-02"}


def test_ein_zaehler_ohne_bezugsgroesse_steht_ohne_wert_da(summen: pl.DataFrame) -> None:
    azr = summen.filter(indikator_id="BEV-02", variante="AZR_AMTLICH")
    assert set(azr["berichtsjahr"]) == {2025}
    assert azr["wert"].null_count() == azr.height


def test_jede_amtliche_variante_hat_werte_oder_wartet_auf_ihre_bezugsgroesse() -> None:
    varianten = {(i.id, v.id) for i in katalog(LAND) for v in i.varianten if v.herkunft is Herkunft.AMTLICH}
    assert varianten == {*JAHRE, ("BEV-02", "AZR_AMTLICH")}


DRESDEN_AUSLAENDER_15_64 = 732 + 1066 + 5030 + 5494 + 3964 + 3121 + 2346 + 1816 + 1305 + 998 + 656
DRESDEN_DEUTSCHE_15_64 = 10557 + 8760 + 28805 + 47864 + 41624 + 35246 + 27917 + 32088 + 33968 + 28876 + 29265
DRESDEN_QUOTE = 100 * 7_863 / DRESDEN_AUSLAENDER_15_64
CHEMNITZ_AUSLAENDER_AB_65 = 297 + 132 + 168 + 86 + 35 + 17


@pytest.mark.parametrize(
    ("kennung", "variante", "ags", "jahr", "teil", "erwartet"),
    [
        # Looked up in the tables of data/referenz/amtlich that are named beside each value.
        pytest.param("BEV-01", "FORT", "14", 1995, {"geschlecht": "W"}, 2_372_006, id="12411-01-01-4"),
        pytest.param("BEV-03", "ZENSUS_2011", "14", 2011, {}, 4.4, id="AI-Z1-2011"),
        pytest.param(
            "BEV-06", "FORT_AUSLAENDER", "14511", 2015, {"altersgruppe": "A00_05"}, 100 * (572 + 479) / 17_113,
            id="12411-03-03-4, unter 6",
        ),
        pytest.param(
            "BEV-06", "FORT_AUSLAENDER", "14511", 2015, {"altersgruppe": "A65"},
            100 * CHEMNITZ_AUSLAENDER_AB_65 / 17_113, id="12411-03-03-4, ab 65",
        ),
        pytest.param("KIT-01", "ALLE_ALTER", "14713", 2016, {}, 100 * 6_485 / 45_513, id="22543-01-02-4"),
        pytest.param("KIT-01", "ALLE_ALTER", "14713", 2009, {}, 100 * 3_698 / 32_301, id="22543-01-01-4"),
        pytest.param("ARB-01", "ALLE_ALTER", "14612", 2015, {}, DRESDEN_QUOTE, id="13111-02-02-4"),
        pytest.param(
            "ARB-02", "ALLE_ALTER", "14612", 2015, {},
            100 * (209_307 - 7_863) / DRESDEN_DEUTSCHE_15_64 - DRESDEN_QUOTE, id="13111-02-02-4, Abstand",
        ),
        pytest.param(
            "SOZ-01", "REGELLEISTUNG", "14511", 2015, {}, 100 * 2_475 / (17_113 - CHEMNITZ_AUSLAENDER_AB_65),
            id="22811-02-02-4",
        ),
    ],
)  # fmt: skip
def test_nachgeschlagene_werte(
    amtlich: pl.DataFrame,
    kennung: str,
    variante: str,
    ags: str,
    jahr: int,
    teil: dict[str, str],
    erwartet: float,
) -> None:
    gliederung = {g: teil.get(g, "T") for g in TEILE}
    (zeile,) = amtlich.filter(
        indikator_id=kennung, variante=variante, ags=ags, berichtsjahr=jahr, **gliederung
    ).to_dicts()
    assert zeile["wert"] == pytest.approx(erwartet, rel=1e-12)


def test_zehn_staaten_je_gebiet_und_jahr(amtlich: pl.DataFrame) -> None:
    zehn = amtlich.filter(pl.col("staat") != "T", indikator_id="BEV-08", variante="SCHUTZSUCHENDE")
    kreise = zehn.filter(gebiet_typ="kreis").group_by("ags", "berichtsjahr").len()
    assert set(kreise["len"]) == {10}
    assert not set(zehn["staat"]) & {"000", "997", "998", "999"}
    land = zehn.filter(gebiet_typ="land", berichtsjahr=2024).sort("zaehler", descending=True)
    assert land["staat"].to_list()[:5] == ["166", "475", "423", "367", "438"]
    (gesamt,) = amtlich.filter(
        indikator_id="BEV-08", variante="SCHUTZSUCHENDE", staat="T", gebiet_typ="land", berichtsjahr=2024
    ).to_dicts()
    assert gesamt["zaehler"] == land["zaehler"][:10].sum()


def test_ein_bruch_der_bevoelkerung_erreicht_jede_quote_je_einwohner() -> None:
    varianten = {(i.id, v.id): v for i in katalog(LAND) for v in i.varianten}
    for schluessel in [("BEV-10", "AZR"), ("SOZ-02", "REGEL"), ("TEI-02", "JE_10000"), ("BEV-01", "FORT")]:
        assert {2011, 2023} <= set(varianten[schluessel].brueche), schluessel
    # Denominators of the year before carry their break one year later.
    assert {2012, 2024} <= set(varianten["FIN-01", "JE_EINWOHNER"].brueche)
    assert 2023 not in varianten["FIN-01", "JE_EINWOHNER"].brueche
    assert not varianten["IBZ-01", "STICHTAG"].brueche
