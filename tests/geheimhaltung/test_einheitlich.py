"""Nobody learns of a small group that all of it is in one category; tried by attacking what is published."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.angriff.laufen import Befund
from assets.geheimhaltung.einheitlich import einheitliche_gruppen
from assets.geheimhaltung.sperren import NichtZuSchuetzenError, sperre
from schemas.geheimhaltung import Zellregel
from schemas.zellen import GEBIET, MERKMALE, SCHLUESSEL
from tests.angriff.ausgaben import spannen
from tests.geheimhaltung.tabellen import PERSONEN, Tabelle, Werte, angriff
from tests.haerte import FAKTOR

DIMS = (GEBIET, "themenfeld")
REGELN = {PERSONEN: Zellregel()}
GROESSE = 10


def _geschuetzt(innen: Werte, *, verraten: bool = False) -> tuple[pl.DataFrame, Befund]:
    """What is published of a table, and what a stranger finds; `verraten`: no care is taken of what is left out."""
    tabelle = Tabelle(DIMS, innen)
    zellen = tabelle.zellen()
    entfernt = einheitliche_gruppen(zellen, tabelle.hierarchien, GROESSE)
    uebrige = zellen.join(entfernt, on=SCHLUESSEL, how="anti")
    geschuetzt = sperre(uebrige, tabelle.hierarchien, REGELN, entfernt=entfernt.clear() if verraten else entfernt)
    return geschuetzt, angriff(geschuetzt, tabelle.zerlegungen)


SIEBEN = np.array([[7.0, 0, 0], [20, 31, 40], [12, 0, 25], [30, 18, 60]])


def test_gefunden_werden_kleine_gruppen_in_nur_einem_teil() -> None:
    tabelle = Tabelle(DIMS, SIEBEN)
    gefunden = einheitliche_gruppen(tabelle.zellen(), tabelle.hierarchien, GROESSE)
    assert sorted(gefunden.select(DIMS).rows()) == [("99000", f"9900{i}") for i in range(3)]
    assert einheitliche_gruppen(tabelle.zellen(), tabelle.hierarchien, 7).is_empty()
    nur_ein_teil = tabelle.zellen().filter(pl.col("themenfeld").is_in(["T", "99000"]))
    assert einheitliche_gruppen(nur_ein_teil, tabelle.hierarchien, GROESSE).height == 1


def test_wo_jemand_wohnt_ist_keine_eigenschaft() -> None:
    tabelle = Tabelle(DIMS, SIEBEN.T)
    gefunden = einheitliche_gruppen(tabelle.zellen(), tabelle.hierarchien, GROESSE)
    assert gefunden.filter(pl.col("themenfeld") == "T").is_empty()


def test_das_weglassen_allein_genuegt_nicht() -> None:
    """The columns tell what the row does not: 69 - 20 - 12 - 30 = 7."""
    _, befund = _geschuetzt(SIEBEN, verraten=True)
    assert [(g.zelle[GEBIET], g.code) for g in befund.gruppen] == [("99000", "99000")]
    _, befund = _geschuetzt(SIEBEN)
    assert not befund.gruppen
    assert befund.urteil == "sicher"
    unten, _ = spannen(befund, *DIMS, nebenbei=True)["99000", "99000"]
    assert unten < 7


@settings(max_examples=40 * FAKTOR)
@given(
    st.lists(st.sampled_from([0.0, 0, 0, 1, 2, 4, 5, 7, 14, 30]), min_size=12, max_size=12),
    st.integers(1, GROESSE - 1),
    st.integers(0, 2),
)
def test_kein_leser_erkennt_dass_alle_in_einem_teil_sind(werte: list[float], anzahl: int, wo: int) -> None:
    innen = np.array(werte).reshape(4, 3)
    innen[0] = 0
    innen[0, wo] = anzahl
    try:
        geschuetzt, befund = _geschuetzt(innen)
    except NichtZuSchuetzenError:
        # Where nobody else is in the other parts, their totals of nothing tell it.
        assert (innen.sum(axis=0) == 0).any()
        return
    assert geschuetzt.filter(pl.col(GEBIET) == "99000").select(MERKMALE).n_unique() == 1
    assert befund.urteil == "sicher"
    assert not befund.gruppen


def test_wenn_alle_im_land_in_einem_teil_sind_hilft_nur_weglassen() -> None:
    innen = np.zeros((4, 3))
    innen[:, 0] = [7, 20, 12, 30]
    with pytest.raises(NichtZuSchuetzenError):
        _geschuetzt(innen)
