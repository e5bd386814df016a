"""What those who run the pipeline see of each report."""

import polars as pl

from assets.berichte.kurzbericht import kurzbericht
from schemas.editionen import fuer
from tests.berichte import welt


def test_jeder_bericht_hat_eine_zeile_in_der_reihenfolge_des_landes() -> None:
    daten = welt.berichtsdaten()
    tabelle = kurzbericht(daten)
    assert tabelle["Meldeeinheit"].to_list() == [m.name for m in daten.land.meldeeinheiten]
    for m, zeile in zip(daten.land.meldeeinheiten, tabelle.iter_rows(named=True), strict=True):
        eigene = daten.werte.filter(pl.col("ags") == m.id)
        assert zeile["Seite"] == f"kreis_{m.id}.html"
        assert zeile["Kennzahlen"] == len({z["indikator_id"] for z in eigene.to_dicts() if z["wert"] is not None})
        assert zeile["geheime Werte"] == eigene.filter(wertstatus="G").height
    assert any(tabelle["Kennzahlen"])
    assert any(tabelle["geheime Werte"])


def test_die_fassung_einer_meldeeinheit_hat_nur_ihre_zeile() -> None:
    eine = welt.land().meldeeinheiten[0]
    assert kurzbericht(welt.berichtsdaten(edition=fuer(eine.id)))["Meldeeinheit"].to_list() == [eine.name]
