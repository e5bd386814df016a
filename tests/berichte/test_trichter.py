"""Funnels and classes on the page of an indicator: table, chart and figures say the same, in official order."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from assets.berichte.bestand import Blick, baue_bestand
from assets.berichte.kennzahl import baue_kennzahl
from assets.berichte.landbilder import Landbild, landbild
from assets.berichte.seiten import erzeuge
from assets.berichte.trichter import Trichter
from schemas.modell import Kennzahlart
from tests.berichte import welt
from tests.berichte.seitenleser import lies
from tests.berichte.welt import zeile

LAND = welt.land()
ANKER = "k-bev-02-fort"


def _katalog() -> Any:
    """The invented catalogue, with a share that has limits of chance."""
    anteil = next(i for i in welt.KATALOG if i.id == "BEV-02")
    varianten = tuple(replace(v, art=Kennzahlart.ANTEIL) for v in anteil.varianten)
    return tuple(replace(i, varianten=varianten) if i is anteil else i for i in welt.KATALOG)


def _daten() -> Any:
    werte = [zeile("BEV-02", "FORT", a, 2016, w, nenner=1000.0) for a, w in (welt.TRICHTERWERTE | {"99": 5.0}).items()]
    return welt.berichtsdaten(werte=welt.tabelle(werte), katalog=_katalog(), trichter=welt.trichter("FORT", 2016))


@pytest.fixture(scope="module")
def bild() -> Landbild:
    bestand = baue_bestand(_daten())
    gezeichnet = landbild(bestand, bestand.reihen["BEV-02"][1])
    assert gezeichnet is not None
    return gezeichnet


@pytest.fixture(scope="module")
def trichter(bild: Landbild) -> Trichter:
    assert bild.trichter is not None
    return bild.trichter


def test_die_tabelle_nennt_alle_in_amtlicher_reihenfolge(trichter: Trichter) -> None:
    assert [z.name for z in trichter.zeilen] == [m.name for m in LAND.meldeeinheiten]
    assert [z.lage for z in trichter.zeilen] == [
        "innerhalb",
        "außerhalb 99,8 %, niedriger",
        "außerhalb 99,8 %, höher",
        "außerhalb 95 %, niedriger",
        "nicht bestimmt",
        "nicht bestimmt",
    ]
    erste = trichter.zeilen[0]
    assert (erste.bezug, erste.wert, erste.innen, erste.aussen) == ("1.000", "5,0", "4,0 bis 6,0", "2,0 bis 8,0")
    assert trichter.zeilen[4].wert == "", "was keine Lage hat, steht auch nicht im Bild"


def test_das_bild_zeigt_nur_was_eine_lage_hat(trichter: Trichter) -> None:
    punkte = trichter.spec["data"][-1]
    assert list(zip(punkte["x"], punkte["y"], strict=True)) == [(1000, 5), (2000, 1), (3000, 9), (4000, 3)]
    for spur in trichter.spec["data"][:-1]:
        assert len(spur["x"]) == len(spur["y"])
        von_landeswert = [abs(w - 5.0) for w in spur["y"]]
        assert von_landeswert == sorted(von_landeswert, reverse=True), "je größer, desto enger"


def test_die_seite_der_kennzahl_hat_bild_tabelle_und_klassengrenzen_berichte_nicht() -> None:
    seiten = dict(erzeuge(_daten()))
    land = lies(seiten["kennzahl_BEV-02.html"])
    assert land.mit_id(f"{ANKER}-trichter-tabelle") is not None
    (grafik,) = (s for s in land.alle("svg") if "trichter" in s.klassen)
    assert grafik.attribute["role"] == "img"
    legende = next(u for u in land.mit_id(ANKER).alle("ul") if "klassen" in u.klassen)
    assert [li.text for li in legende.alle("li")] == ["1,0", "3,0", "5,0", "7,0", "9,0"]
    assert not [p for p in ("kreis_X1.html", "musterland.html") if b"trichter-tabelle" in seiten[p]]
    methodik = lies(seiten["methodik.html"]).text
    assert "99,8 Prozent" in methodik
    assert "möglichst gleich vielen Werten" in methodik


def test_ein_anderes_jahr_als_das_des_vergleichs_hat_keinen_trichter() -> None:
    daten = _daten()
    alt = daten.trichter.with_columns(berichtsjahr=pl.lit(2015, dtype=pl.Int64))
    bestand = baue_bestand(welt.berichtsdaten(werte=daten.werte, katalog=daten.katalog, trichter=alt))
    bild = landbild(bestand, bestand.reihen["BEV-02"][1])
    assert bild is not None
    assert bild.trichter is None


def test_jede_kennzahl_sagt_wie_verglichen_wird() -> None:
    bestand = baue_bestand(_daten())
    for blick in (Blick(LAND), Blick(LAND, LAND.meldeeinheiten[0])):
        teile = baue_kennzahl(bestand, blick, bestand.reihen["BEV-02"]).teile
        assert all("Wilson" in dict(t.definition)["Vergleich"] for t in teile if t.ausfuehrlich)
        assert any(t.ausfuehrlich for t in teile)
    assert bestand.vergleich(bestand.reihen["BEV-02"][1]).zeilen[2].wert == Decimal("9.0")  # type: ignore[union-attr]
