"""Nobody learns of a small group that all of it is in one category; tried by attacking what is published."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assets.angriff.laufen import Befund
from assets.geheimhaltung.angriffsprobe import greife_an
from assets.geheimhaltung.aufbau import ENTFERNT, GESPERRT
from assets.geheimhaltung.einheitlich import einheitliche_gruppen
from assets.geheimhaltung.merkbuch import Eintrag, mit_stand
from assets.geheimhaltung.offene_tabellen import offene_tabellen
from assets.geheimhaltung.reste import Tabellenwerk
from assets.geheimhaltung.schuetzen import GEZEIGT, schuetze
from assets.geheimhaltung.sperren import NichtZuSchuetzenError, sperre
from schemas.geheimhaltung import Geheimhaltung, Schutz, Zellregel
from schemas.zellen import GEBIET, MERKMALE, SCHLUESSEL, WERT
from tests.angriff.ausgaben import spannen
from tests.geheimhaltung.tabellen import PERSONEN, Tabelle, Werte, angriff
from tests.geheimhaltung.welt import LAND
from tests.haerte import FAKTOR

DIMS = (GEBIET, "themenfeld")
REGELN = {PERSONEN: Zellregel()}
GROESSE = 10


def _geschuetzt(innen: Werte, *, verraten: bool = False) -> tuple[pl.DataFrame, Befund]:
    """What is published of a table, and what a stranger finds; `verraten`: no care is taken of what is left out."""
    tabelle = Tabelle(DIMS, innen)
    zellen = tabelle.zellen()
    gruppen = einheitliche_gruppen(zellen, tabelle.hierarchien, GROESSE).with_columns(entfernt=pl.lit(value=True))
    markiert = (
        zellen.drop("entfernt")
        .join(gruppen, on=SCHLUESSEL, how="left")
        .with_columns(pl.col("entfernt").fill_null(value=False))
    )
    bleibend = zellen.join(gruppen, on=SCHLUESSEL, how="anti")
    geschuetzt = sperre(bleibend if verraten else markiert, tabelle.hierarchien, REGELN)
    return geschuetzt.filter(~pl.col("entfernt")), angriff(geschuetzt.filter(~pl.col("entfernt")), tabelle.zerlegungen)


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


@pytest.mark.haerte
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
    geschuetzt, befund = _geschuetzt(innen)
    assert geschuetzt.filter(pl.col(GEBIET) == "99000").select(MERKMALE).n_unique() == 1
    assert befund.urteil == "sicher"
    # Where everybody in the Land is in one part, the totals of nothing of the others tell it, and may.
    assert not befund.gruppen or (innen.sum(axis=0) > 0).sum() == 1


def _werk(innen: Werte) -> Tabellenwerk:
    tabelle = Tabelle(DIMS, innen)
    return Tabellenwerk(tabelle.zellen().select(*SCHLUESSEL, WERT), tabelle.hierarchien)


POLITIK = Geheimhaltung(sonst=Schutz(gruppe=GROESSE))


def test_die_offenen_tabellen_haben_keine_zeile_davon() -> None:
    muster = mit_stand(schuetze(_werk(SIEBEN), POLITIK), ())
    eigene = muster.zellen.filter(ENTFERNT)
    assert sorted(eigene.select(DIMS).rows()) == [("99000", f"9900{i}") for i in range(3)]
    assert eigene[GESPERRT].all()
    assert eigene[GEZEIGT].is_null().all()
    dateien = dict(offene_tabellen(muster, replace(LAND, geheimhaltung=POLITIK), "r1"))
    (tabelle,) = [inhalt.decode() for ort, inhalt in dateien.items() if ort.startswith("daten/tabellen/")]
    assert [zeile.split(",")[3] for zeile in tabelle.splitlines() if zeile.split(",")[2] == "99000"] == ["T"]
    probe = greife_an(dateien.items())
    assert probe.ist_sicher
    assert probe.bericht["gruppen"] == []
    assert probe.bericht["mindestgruppe"] == GROESSE


def test_was_schon_gezeigt_wurde_wird_nicht_mehr_weggelassen() -> None:
    frueher = schuetze(_werk(SIEBEN), Geheimhaltung())
    assert not schuetze(_werk(SIEBEN), POLITIK, [frueher.zellen]).zellen[ENTFERNT].any()


@pytest.mark.haerte
@settings(max_examples=15 * FAKTOR)
@given(
    st.lists(st.sampled_from([0.0, 0, 3, 5, 6, 9, 14, 30]), min_size=12, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.sampled_from([0.0, 1, 6, 40])), max_size=3),
)
def test_auch_mit_der_naechsten_ausgabe_bleibt_verborgen_was_weggelassen_war(
    zahlen: list[float], aenderungen: list[tuple[int, float]]
) -> None:
    """Protected against readers who have both editions: none finds a group that neither of them shows by itself."""
    innen = np.array(zahlen).reshape(4, 3)
    erste = mit_stand(schuetze(_werk(innen), POLITIK), ())
    eintrag = Eintrag("1", erste)
    danach = innen.copy()
    for stelle, wert in aenderungen:
        danach.flat[stelle] = wert
    try:
        zweite = mit_stand(schuetze(_werk(danach), POLITIK, [erste.zellen]), [eintrag])
    except NichtZuSchuetzenError:
        # What was shown before cannot be withheld; that must not serve as an excuse for everything.
        assume(False)
    land = replace(LAND, geheimhaltung=POLITIK)
    dateien = [tuple(offene_tabellen(m, land, name)) for m, name in ((erste, "r1"), (zweite, "r2"))]
    probe = greife_an(dateien[1], [dateien[0]])
    assert probe.ist_sicher
    allein = [g for d in dateien for g in greife_an(d).bericht["gruppen"]]
    assert [g for g in probe.bericht["gruppen"] if g["zelle"] not in [a["zelle"] for a in allein]] == []
