"""Every delivered figure is made of cells, and every cell has one value; tried on indicators of small deliveries."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.geheimhaltung.reste import tabellenwerk, widersprueche
from assets.geheimhaltung.zellbestand import Zellbestand, Zellfehler, zellbestand
from schemas.indikatoren import katalog
from schemas.modell import Herkunft
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, SCHLUESSEL, WERT
from tests.auswertung.werkstatt import LAND, einwohner, lege_ab, werte_aus

A, B, C = (m.id for m in LAND.meldeeinheiten[1:4])
KATALOG = katalog(LAND)
ORT_A = next(g.ags for g in LAND.meldeeinheit(A).gemeinden)
GROSS = einwohner({m.id: 100_000.0 for m in LAND.meldeeinheiten} | {LAND.ags: 1_300_000.0})


def _bevoelkerung(alle: int, davon: int, frauen: int, *, jahr: int = 2025) -> list[dict[str, object]]:
    """A register of persons with and without, by sex, and those with it by Gemeinde."""
    fest = {"konzept": "MH_MELDE", "stichtag": date(jahr, 12, 31), "altersgruppe": "T"}
    zeilen = (
        ("INSGESAMT", "T", "T", alle),
        ("INSGESAMT", "M", "T", alle - alle // 2),
        ("INSGESAMT", "W", "T", alle // 2),
        ("MIT", "T", "T", davon),
        ("MIT", "M", "T", davon - frauen),
        ("MIT", "W", "T", frauen),
        ("OHNE", "T", "T", alle - davon),
        ("MIT", "T", ORT_A, davon - 3),
    )
    namen = ("gruppe", "geschlecht", "gemeinde_ags", "personen")
    return [fest | dict(zip(namen, z, strict=True)) for z in zeilen]


@pytest.fixture
def werte(tmp_path: Path) -> pl.DataFrame:
    lege_ab(tmp_path, "bevoelkerung", A, _bevoelkerung(1000, 90, 40))
    lege_ab(tmp_path, "bevoelkerung", B, [z | {"gemeinde_ags": "T"} for z in _bevoelkerung(800, 70, 30)[:7]])
    return werte_aus(tmp_path, GROSS)


@pytest.fixture
def bestand(werte: pl.DataFrame) -> Zellbestand:
    return zellbestand(werte, KATALOG, LAND)


def _wert(zellen: pl.DataFrame, gebiet: str, **codes: str) -> float:
    alle = dict.fromkeys(MERKMALE, "T") | codes
    gewaehlt = zellen.filter(
        pl.col(MASS) == "bevoelkerung.personen.MH_MELDE", pl.col(JAHR) == 2025, pl.col(GEBIET) == gebiet, **alle
    )
    return float(gewaehlt[WERT].item())


def test_jede_gelieferte_groesse_nennt_ihre_zellen_oder_ist_keine_zahl_von_personen() -> None:
    ohne = {
        (i.id, g.datensatz)
        for i in KATALOG
        for v in i.varianten
        if v.herkunft is Herkunft.LIEFERUNG
        for g in (v.zaehler, v.nenner)
        if g is not None and g.ist_geliefert and not g.zellen
    }
    assert {datensatz for _, datensatz in ohne} <= {"konzept", "zustaendigkeit"}


def test_zaehler_und_nenner_stehen_auf_denselben_zellen_wie_andere_kennzahlen(bestand: Zellbestand) -> None:
    assert _wert(bestand.zellen, A, gruppe="MIT") == 90
    assert _wert(bestand.zellen, A) == 1000
    assert _wert(bestand.zellen, A, gruppe="MIT", geschlecht="W") == 40
    assert _wert(bestand.zellen, ORT_A, gruppe="MIT") == 87
    assert not bestand.zellen.select(SCHLUESSEL).is_duplicated().any()


def test_eine_summe_mancher_hat_ein_eigenes_gebiet(bestand: Zellbestand) -> None:
    summen = bestand.gebiete.group_by("gebiet").agg(pl.col("teil").sort())
    teilsumme = next(g for g, teile in summen.iter_rows() if g.startswith(f"{LAND.ags}-") and teile == sorted([A, B]))
    assert _wert(bestand.zellen, teilsumme, gruppe="MIT") == 160


def test_reste_ergaenzen_jede_summe(bestand: Zellbestand) -> None:
    werk = tabellenwerk(bestand, LAND)
    assert widersprueche(werk).is_empty()
    # 90 with it, 87 of them in the one Gemeinde that was delivered: 3 live elsewhere in the Kreis.
    assert _wert(werk.zellen, f"~{A}", gruppe="MIT") == 3
    assert _wert(werk.zellen, A, gruppe="MIT", geschlecht="~") == 0
    assert {(f"~{A}", A), (ORT_A, A)} <= set(werk.hierarchien.filter(dim=GEBIET).select("child", "parent").rows())


def test_jede_gleichung_gilt(bestand: Zellbestand) -> None:
    werk = tabellenwerk(bestand, LAND)
    for (merkmal, ganzes, _), kinder in werk.hierarchien.group_by("dim", "parent", "set"):
        uebrige = [s for s in SCHLUESSEL if s != merkmal]
        teile = werk.zellen.filter(pl.col(str(merkmal)).is_in(kinder["child"].to_list()))
        summen = teile.group_by(uebrige).agg(pl.col(WERT).sum().alias("summe"), pl.len().alias("teile"))
        ganze = werk.zellen.filter(pl.col(str(merkmal)) == ganzes).join(summen, on=uebrige)
        vollstaendig = ganze.filter(pl.col("teile") == kinder.height)
        assert ((vollstaendig[WERT] - vollstaendig["summe"]).abs() < 1e-6).all(), (merkmal, ganzes)


def test_widersprechende_kennzahlen_fallen_auf(werte: pl.DataFrame) -> None:
    falsch = werte.with_columns(
        pl.when(pl.col("indikator_id") == "BEV-07").then(pl.col("nenner") + 1).otherwise("nenner").alias("nenner")
    )
    with pytest.raises(Zellfehler, match="verschiedene Werte"):
        zellbestand(falsch, KATALOG, LAND)


def test_eine_differenz_verraet_die_zelle_die_sonst_nirgends_steht(tmp_path: Path) -> None:
    """The stock at the beginning is shown by no figure, but the change and the stock at the end tell it."""
    zeile = {"quartal": "J", "bestand_anfang": 50, "bestand_ende": 62, "zugaenge": 20, "abgaenge": 8}
    zeile |= dict.fromkeys(("rechtsgrund", "wohnform", "geschlecht", "altersgruppe", "gemeinde_ags"), "T")
    lege_ab(tmp_path, "zielgruppe", A, [zeile])
    zellen = zellbestand(werte_aus(tmp_path, GROSS), KATALOG, LAND).zellen
    anfang = zellen.filter(pl.col(MASS) == "zielgruppe.bestand_anfang", pl.col(GEBIET) == A)
    assert anfang[WERT].to_list() == [50]
