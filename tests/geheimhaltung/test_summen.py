"""Withheld money and full-time equivalents stay uncertain by p percent, up and down; tried by attacking the result."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.geheimhaltung.sperren import NichtZuSchuetzenError, sperre
from schemas.geheimhaltung import Zellregel
from schemas.vertragsfehler import Vertragsfehler
from schemas.zellen import GEBIET, WERT
from tests.angriff.ausgaben import spannen
from tests.geheimhaltung.tabellen import PERSONEN, Tabelle, angriff, ohne_merker
from tests.haerte import FAKTOR

STELLEN = "beratung.stellen"
MERKMALE = ("gebiet", "themenfeld")
REGELN = {STELLEN: Zellregel(ganz=False)}
GROESSEN = {
    "Stellen": [0, 0.3, 0.5, 1, 1.5, 2.25, 4, 10.75, 31],
    "Euro": [0, 250, 1800, 12_000.5, 40_000],
}


@pytest.mark.haerte
@settings(max_examples=30 * FAKTOR)
@given(st.data(), st.sampled_from(sorted(GROESSEN)))
def test_gesperrte_summen_bleiben_nach_oben_und_unten_ungewiss(daten: st.DataObject, einheit: str) -> None:
    zahlen = daten.draw(st.lists(st.sampled_from(GROESSEN[einheit]), min_size=12, max_size=12))
    primaer = daten.draw(st.lists(st.integers(0, 19), min_size=1, max_size=4))
    tabelle = Tabelle(MERKMALE, np.array(zahlen, dtype=float).reshape(4, 3), STELLEN)
    zellen = tabelle.zellen().with_row_index("nr").with_columns(primaer=pl.col("nr").is_in(primaer)).drop("nr")
    try:
        geschuetzt = sperre(zellen, tabelle.hierarchien, REGELN)
    except NichtZuSchuetzenError:
        # All may be a little more or less at once; but of nothing only nothing is part.
        assert (zellen.filter("primaer")[WERT] == 0).any()
        return
    assert geschuetzt.filter("primaer")["gesperrt"].all()
    assert not geschuetzt.filter(~pl.col("primaer"), pl.col(WERT) == 0)["gesperrt"].any()
    befund = angriff(geschuetzt, tabelle.zerlegungen, art="summe")
    assert befund.urteil == "sicher"
    wahr = {tuple(z[:-1]): z[-1] for z in geschuetzt.filter("gesperrt").select(*MERKMALE, WERT).iter_rows()}
    for codes, (unten, oben) in spannen(befund, *MERKMALE).items():
        assert unten <= 0.9 * wahr[codes] + 1e-3
        assert oben >= 1.1 * wahr[codes] - 1e-3
        assert oben > wahr[codes] + 0.01 * max(1, wahr[codes])


def test_summen_werden_nur_auf_verlangen_gesperrt() -> None:
    tabelle = Tabelle(MERKMALE, np.array([[1.5, 3], [0.5, 12], [2, 0]]), STELLEN)
    assert not sperre(tabelle.zellen(), tabelle.hierarchien, REGELN)["gesperrt"].any()


def test_auch_eine_summe_von_null_laesst_sich_verschweigen() -> None:
    tabelle = Tabelle(MERKMALE, np.array([[1.5, 3], [0.5, 12], [2, 0]]), STELLEN)
    eine = (pl.col(GEBIET) == "99002") & (pl.col("themenfeld") == "99001")
    geschuetzt = sperre(tabelle.zellen().with_columns(primaer=eine), tabelle.hierarchien, REGELN)
    assert geschuetzt.filter(eine)["gesperrt"].item()
    assert geschuetzt["gesperrt"].sum() >= 4
    assert angriff(geschuetzt, tabelle.zerlegungen, art="summe").urteil == "sicher"


def test_ein_groesseres_p_sperrt_mehr() -> None:
    tabelle = Tabelle(("gebiet",), np.array([100.0, 12, 55, 70]), STELLEN)
    zellen = tabelle.zellen().with_columns(primaer=pl.col(WERT) == 100)
    gesperrt = [
        sperre(zellen, tabelle.hierarchien, {STELLEN: Zellregel(p_prozent=p, ganz=False)}).filter("gesperrt")[WERT]
        for p in (10, 50, 80)
    ]
    assert [sorted(g) for g in gesperrt] == [[12, 100], [55, 100], [12, 70, 100]]
    with pytest.raises(Vertragsfehler):
        Zellregel(p_prozent=100)


def test_hunderte_millionen_lassen_sich_schuetzen() -> None:
    tabelle = Tabelle(("gebiet",), np.array([3e8, 2.5e8, 1e5, 1e9]), STELLEN)
    zellen = tabelle.zellen().with_columns(primaer=pl.col(WERT) == 3e8)
    assert sorted(sperre(zellen, tabelle.hierarchien, REGELN).filter("gesperrt")[WERT]) == [2.5e8, 3e8]


def test_wer_wegen_weniger_traeger_gesperrt_ist_bleibt_ungewiss_auch_wenn_er_nicht_klein_ist() -> None:
    """A count of 20 that must be withheld cannot be told either, though nobody could prove a small one."""
    tabelle = Tabelle(("gebiet",), np.array([20.0, 30, 40]))
    zellen = ohne_merker(tabelle.zellen()).with_columns(primaer=pl.col(WERT) == 20)
    geschuetzt = sperre(zellen, tabelle.hierarchien, {PERSONEN: Zellregel()})
    assert set(geschuetzt.filter("gesperrt")[WERT]) == {20, 30}
    ((unten, oben), *_) = spannen(angriff(geschuetzt, tabelle.zerlegungen), GEBIET).values()
    assert oben - unten >= 4
