"""Money from the delivery to the report: the example deliveries, true ones, and the command for the proof."""

from dataclasses import replace
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from click.testing import CliRunner

from assets.ablage import Ablage
from assets.auswertung.bilden_mittel import bilde_mittel, lies_mittel
from assets.eingang.korb import nimm_dateien_an
from assets.pruefung.lieferungen import lieferstand, offene, pruefe_alle
from assets.referenz.bestand import lade_bestand
from pipeline.cli import gruppe
from pipeline.lauf import fuehre_aus
from pipeline.plan import plane
from schemas.laender import lade_land
from schemas.modell import Land
from schemas.pfade import BEISPIELE
from tests.berichte.seitenleser import Element, lies
from tests.pipeline.conftest import Liefere
from tests.pipeline.kleinesland import KLEINES_LAND
from tests.pruefung.faelle import EINHEIT, GUELTIG

LAND = replace(lade_land("sachsen"), indikatoren=KLEINES_LAND.indikatoren)
"""All Kreise share the money; of the figures a few are enough."""


@pytest.fixture(scope="module")
def vorfuehrung(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    """An Ablage with the example deliveries about money, checked and run."""
    ablage = Ablage(tmp_path_factory.mktemp("vorfuehrung"))
    dateien = [*(BEISPIELE / "v1").glob("finanzen_*"), *(BEISPIELE / "v2").glob("finanzen_*")]
    assert len(nimm_dateien_an(ablage, LAND, dateien, weg="test")) >= len(LAND.meldeeinheiten)
    with dg.DagsterInstance.ephemeral() as instanz:
        fuehre_aus(plane(ablage, LAND), ablage, LAND, instanz)
    return ablage


def _seite(ablage: Ablage, name: str) -> Element:
    baum = lies(ablage.lies(f"berichte/intern_land/{name}.html"))
    return next(e for e in baum.alle("section") if e.attribute.get("aria-labelledby") == "mittel")


def test_die_zuweisungen_der_vorfuehrung_stimmen_auf_den_cent(vorfuehrung: Ablage) -> None:
    mittel = lies_mittel(vorfuehrung)
    assert set(mittel.zuweisungen["grund"]) == {"STIMMT"}
    assert mittel.zuweisungen.height == 2 * 5 * len(LAND.meldeeinheiten)
    je_masse = mittel.zuweisungen.group_by("fg", "fassung").agg(pl.col("formel_cent").sum(), pl.col("masse_cent").max())
    assert je_masse["formel_cent"].to_list() == je_masse["masse_cent"].to_list()
    # 23,850,000 euros × 245,150 ÷ 4,054,689 and × 245,618 ÷ 4,042,422
    chemnitz = mittel.zuweisungen.filter(meldeeinheit="14511", fg="FG5")
    assert dict(chemnitz.select("fassung", "formel_cent").iter_rows()) == {
        "ZUW_VORAUSSICHTLICH": 144_199_161,
        "ZUW_FESTGESETZT": 144_912_859,
    }
    assert set(chemnitz["grundlage"]) == {"Zensus 2022"}


def test_die_vorfuehrung_zeigt_was_die_beispiele_zeigen_sollen(vorfuehrung: Ablage) -> None:
    mittel = lies_mittel(vorfuehrung)
    assert mittel.verwendung["fsa_grenze"].drop_nulls().value_counts().sort("fsa_grenze").rows() == [
        ("EINGEHALTEN", 12),
        ("UEBERSCHRITTEN", 1),
    ]
    spaet = mittel.raten.filter(ratenstand="VERSPAETET")
    assert spaet.select("meldeeinheit", "fg", "rate", "tage").rows() == [("14713", "FG5", 2, 10)]
    chemnitz = mittel.verwendung.filter(meldeeinheit="14511", fg="FG2").to_dicts()[0]
    assert (chemnitz["weitergeleitet_cent"], chemnitz["eigene_ausgaben_cent"]) == (35_940_347, 20_537_341)
    assert (chemnitz["verwendet_cent"], chemnitz["gesamtausgaben_cent"]) == (56_477_688, 58_364_469)


def test_mehr_als_zwanzig_prozent_wird_angenommen_und_gezeigt(vorfuehrung: Ablage) -> None:
    (wer,) = lies_mittel(vorfuehrung).verwendung.filter(fsa_grenze="UEBERSCHRITTEN")["meldeeinheit"]
    (zustand,) = lieferstand(vorfuehrung, LAND).filter(datensatz="finanzen", meldeeinheit=wer, berichtsjahr=2025)[
        "zustand"
    ]
    assert zustand == "angenommen_mit_hinweisen"
    assert "24,0 % der dafür zugewiesenen" in _seite(vorfuehrung, f"kreis_{wer}").text.replace("\u00a0", " ")


def test_die_berichte_zeigen_den_abschnitt_mit_quelle_und_stand(vorfuehrung: Ablage) -> None:
    kreis = _seite(vorfuehrung, "kreis_14713").text
    for text in (
        "Die Beträge sind erfunden",
        "31.12.2024, Stand 10.03.2026, Zensus 2022",
        "608.013 von 4.054.689",
        "stimmt auf den Cent",
        "Tage nach der Frist",
        "Verfahren der größten Reste",
        "Tabelle 12411-01-01-4",
    ):
        assert text in kreis
    land = _seite(vorfuehrung, "sachsen").text
    assert "13 × stimmt auf den Cent" in land
    assert "13 von 13 Kreisen" in land
    assert "9 von 10 fristgerecht" in land


def test_eine_neue_masse_prueft_keine_lieferung_neu(vorfuehrung: Ablage) -> None:
    assert plane(vorfuehrung, LAND).ist_leer
    erste, *rest = LAND.verteilungsmassen
    plan = plane(vorfuehrung, replace(LAND, verteilungsmassen=(replace(erste, cent=erste.cent + 1), *rest)))
    assert plan.landesebene
    assert not plan.lieferungen


def test_ohne_masse_wird_alles_andere_gezeigt(vorfuehrung: Ablage) -> None:
    mittel = bilde_mittel(vorfuehrung, replace(LAND, verteilungsmassen=()), lade_bestand())
    assert set(mittel.zuweisungen["grund"]) == {"MASSE_FEHLT"}
    bilde_mittel(vorfuehrung, LAND, lade_bestand())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_der_befehl_gibt_den_nachweis_des_laufs(
    vorfuehrung: Ablage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setenv("TEILHABE_ABLAGE", str(vorfuehrung.wurzel))
    monkeypatch.setenv("TEILHABE_EINGANGSKORB", str(tmp_path / "korb"))
    ziel = tmp_path / "neu" / f"nachweis.{form}"
    woerter = ["verwendungsnachweis", "--meldeeinheit", "14511", "--jahr", "2025", "--nach", str(ziel)]
    ergebnis = CliRunner().invoke(gruppe, woerter)
    assert ergebnis.exit_code == 0, ergebnis.output
    im_lauf = vorfuehrung.lies(f"auswertung/verwendungsnachweise/verwendungsnachweis_14511_2025.{form}")
    assert ziel.read_bytes() == im_lauf


@pytest.mark.parametrize(
    ("einheit", "jahr", "datei", "code", "text"),
    [
        ("14511", "2024", "n.csv", 1, "keine geprüften Buchungen"),
        ("99999", "2025", "n.csv", 2, "keine Meldeeinheit"),
        ("14511", "2025", "n.pdf", 2, "Endung"),
    ],
)
def test_was_nicht_geht_wird_gesagt(
    ablage: Ablage, tmp_path: Path, einheit: str, jahr: str, datei: str, code: int, text: str
) -> None:
    assert not ablage.gibt_es("eingang")
    woerter = ["verwendungsnachweis", "--meldeeinheit", einheit, "--jahr", jahr, "--nach", str(tmp_path / datei)]
    ergebnis = CliRunner().invoke(gruppe, woerter)
    assert ergebnis.exit_code == code
    assert text in ergebnis.output
    assert not (tmp_path / datei).exists()


def test_eine_echte_lieferung_wird_nie_mit_erfundenem_verglichen(
    ablage: Ablage, land: Land, liefere: Liefere, instanz: dg.DagsterInstance
) -> None:
    nimm_dateien_an(ablage, land, [BEISPIELE / "v1" / "finanzen_14612_2025.csv"], weg="test")
    liefere("finanzen")
    fuehre_aus(plane(ablage, land), ablage, land, instanz)
    zuweisungen = lies_mittel(ablage).zuweisungen
    assert set(zuweisungen["meldeeinheit"]) == {"14612", EINHEIT.id}
    assert set(zuweisungen["grund"]) == {"MASSE_FEHLT"}
    for seite in (f"kreis_{EINHEIT.id}", "sachsen"):
        assert "Verteilungsmasse nicht hinterlegt" in _seite(ablage, seite).text
    assert "R34" not in set(ablage.lies_tabelle("auswertung/querbefunde.parquet")["regel"])


def test_ein_nachweis_ohne_buchungen_verschwindet(ablage: Ablage, land: Land, liefere: Liefere) -> None:
    liefere("finanzen")
    list(pruefe_alle(ablage, land, offene(ablage, land)))
    bilde_mittel(ablage, land, lade_bestand())
    assert len(ablage.liste("auswertung/verwendungsnachweise", "*")) == 2
    leer = [{**z, "haushaltsjahr": 2026} for z in GUELTIG["finanzen"]()]
    liefere("finanzen", zeilen=leer)
    list(pruefe_alle(ablage, land, offene(ablage, land)))
    bilde_mittel(ablage, land, lade_bestand())
    assert {p.rsplit("_", 1)[-1] for p in ablage.liste("auswertung/verwendungsnachweise", "*")} == {
        "2026.csv",
        "2026.xlsx",
    }
