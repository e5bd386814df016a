"""The generated SQL of the catalogue against queries written by hand, and sums that do not depend on the order."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.auswertung.indikatoren import einzelwerte, sql_der_variante
from assets.auswertung.katalogtabelle import varianten
from schemas.indikatoren import katalog
from tests.auswertung.werkstatt import LAND, lege_ab, ohne_amtliches, werte_aus
from tests.bench_indikatoren import VON_HAND, ausschnitt, einzeln, gleich, von_hand
from tests.bench_welt import land, lege_an
from tests.pruefung.faelle import GUELTIG

WELT = land(3, 2)


@pytest.mark.parametrize("datensatz", VON_HAND)
def test_die_abfrage_von_hand_ergibt_dieselben_zahlen(tmp_path: Path, datensatz: str) -> None:
    ablage = Ablage(tmp_path)
    varianten, sql = VON_HAND[datensatz]
    with datenbank(ablage, WELT, lege_an(ablage, WELT)) as con:
        unsere, hand = einzeln(con, ausschnitt(WELT, varianten)), von_hand(con, sql)
    assert set(unsere["indikator_id"]) <= set(varianten)
    assert unsere["zaehler"].null_count() < unsere.height
    assert gleich(unsere, hand)
    assert not gleich(unsere, hand.with_columns(pl.col("zaehler") + 1))
    assert not gleich(unsere, hand.with_columns(pl.lit("X").alias("zaehlweise")))
    assert not gleich(unsere, hand.head(hand.height - 1))


def test_gemeinsam_berechnet_ergibt_dasselbe_wie_jede_variante_allein(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    alle = katalog(WELT)
    with datenbank(ablage, WELT, lege_an(ablage, WELT)) as con:
        gemeinsam = einzelwerte(con, alle)
        for nummer, _, variante in varianten(alle):
            allein = con.sql(sql_der_variante(variante)).pl()
            zusammen = gemeinsam.filter(nummer=nummer).select(s for s in allein.columns if s in gemeinsam.columns)
            spalten = zusammen.columns
            assert variante.zaehler is not None
            assert {"zaehler", "wert", "wertstatus", "zeitraum_von", "stand", *variante.zaehler.gliederungen} <= {
                *spalten
            }
            assert_frame_equal(zusammen.sort(spalten), allein.select(spalten).sort(spalten), check_exact=True)
        assert set(gemeinsam["nummer"]) <= {nummer for nummer, *_ in varianten(alle)}


def test_summen_haengen_nicht_von_der_reihenfolge_ab(tmp_path: Path) -> None:
    """0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ as floating point numbers."""
    zeile = GUELTIG["personal"]()[0]
    anteile = [0.1, 0.2, 0.3]
    summen = []
    for nr, folge in enumerate((anteile, anteile[::-1])):
        ordner = tmp_path / str(nr)
        for einheit, teil in zip(LAND.meldeeinheiten[:3], folge, strict=True):
            zeilen = [{**zeile, "stelle_id": f"IBZ{i}", "vzae_besetzt": x} for i, x in enumerate(folge)]
            lege_ab(ordner, "personal", einheit.id, [*zeilen, {**zeile, "stelle_id": "IBZ9", "vzae_besetzt": teil}])
        werte = werte_aus(ordner, ohne_amtliches()).filter(
            indikator_id="IBZ-02", variante="BESETZT", entgeltgruppe="T", gebiet_typ="land"
        )
        summen += werte["wert"].to_list()
    assert summen == [2.4, 2.4]
