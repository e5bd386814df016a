"""Revised figures: deliveries sent again, official figures published anew, and what they change."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.auswertung.fassungsvergleich import ist_geheim, zellen
from assets.auswertung.revisionen import liste, revisionen, wirkungen
from assets.eingang.empfang import nimm_an
from assets.pruefung.lieferungen import offene, pruefe_alle
from assets.pruefung.schreibweise import als_zelle
from assets.referenz.bestand import lade_bestand
from schemas.datensaetze import alle_datensaetze
from schemas.indikatoren import alle_indikatoren
from schemas.revisionen import ENTFALLEN, GEAENDERT, KORREKTUR, NEU, NICHT_GEZEIGT
from tests.auswertung.werkstatt import LAND, ohne_amtliches
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, Zeile, tabelle

BERATUNG = alle_datensaetze()["beratung"]


def _liefere(ablage: Ablage, zeilen: list[Zeile]) -> None:
    nimm_an(ablage, LAND, f"beratung_{EINHEIT.id}_2025.csv", als_csv("beratung", zeilen), weg="test")
    for _ in pruefe_alle(ablage, LAND, offene(ablage, LAND)):
        pass


def _zeile(anzahl: int | str) -> list[Zeile]:
    return [{**GUELTIG["beratung"]()[0], "beratungen": anzahl}]


def test_nur_angenommene_fassungen_zaehlen_und_die_kennzahl_zeigt_alt_und_neu(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    for anzahl in (120, "ungefähr hundert", 130):
        _liefere(ablage, _zeile(anzahl))
    alle = revisionen(ablage, LAND, ohne_amtliches())
    (zelle,) = liste(alle).to_dicts()
    assert (zelle["alt"], zelle["neu"], zelle["spalte"], zelle["ereignis"]) == ("120", "130", "beratungen", GEAENDERT)
    assert (zelle["alt_stand"], zelle["neu_stand"], zelle["revision"]) == ("1", "3", f"beratung-{EINHEIT.id}-2025-3")
    with datenbank(ablage, LAND, ohne_amtliches()) as con:
        vorher = con.sql("FROM beratung").pl()
        wirkung = wirkungen(con, LAND, [alle_indikatoren()["IBZ-03"]], alle)
        assert con.sql("FROM beratung").pl().equals(vorher), "die Datenbank ist danach wie zuvor"
    kreis = wirkung.filter(variante="ANZAHL", gebiet_typ="kreis").to_dicts()
    assert [(w["ags"], w["alt"], w["neu"]) for w in kreis] == [(EINHEIT.id, 120, 130)]


def test_ohne_fruehere_fassung_gibt_es_nichts_zu_listen(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    _liefere(ablage, _zeile(120))
    assert revisionen(ablage, LAND, ohne_amtliches()) == []


def test_zwei_staende_der_fortschreibung_stehen_in_der_liste(tmp_path: Path) -> None:
    ablage = Ablage(tmp_path)
    alle = revisionen(ablage, LAND, lade_bestand())
    (land,) = liste(alle).filter(ags=LAND.ags, schluessel="Geschlecht insgesamt").to_dicts()
    assert (land["quelle"], land["alt_stand"], land["neu_stand"]) == ("12411-01-01-4", "2024", "2025-04")
    assert (land["alt_zahl"], land["neu_zahl"]) == (4_089_467, 4_054_689)
    with datenbank(ablage, LAND, lade_bestand()) as con:
        wirkung = wirkungen(con, LAND, [alle_indikatoren()[k] for k in ("BEV-01", "BEV-10")], alle)
    bevoelkerung = wirkung.filter(indikator_id="BEV-01", ags=LAND.ags).to_dicts()
    assert [(w["variante"], w["alt"], w["neu"]) for w in bevoelkerung] == [("FORT", 4_089_467, 4_054_689)]
    rate = wirkung.filter(indikator_id="BEV-10", ags=LAND.ags).to_dicts()[0]
    assert rate["alt"] < rate["neu"], "ein kleinerer Nenner gibt eine größere Rate"


def test_neue_und_entfallene_zeilen() -> None:
    erste = _zeile(10)[0]
    zweite = {**erste, "stelle_id": "ANDERE"}
    alt, neu = (tabelle("beratung", [z]) for z in (erste, zweite))
    ereignisse = zellen(BERATUNG, alt, neu).filter(spalte="beratungen")
    assert dict(ereignisse.select("ereignis", "alt").iter_rows()) == {ENTFALLEN: "10", NEU: ""}


@pytest.mark.parametrize("richtung", [1, -1])
def test_neben_einer_geheimen_zahl_steht_die_andere_nicht(richtung: int) -> None:
    offen = tabelle("beratung", _zeile(10))
    geheim = offen.with_columns(beratungen=pl.lit(None, pl.Int64), beratungen_status=pl.lit("G"))
    gefunden = zellen(BERATUNG, *(offen, geheim)[::richtung])
    (zelle,) = gefunden.to_dicts()
    assert {zelle["alt"], zelle["neu"]} == {NICHT_GEZEIGT, "geheim"}
    assert (zelle["alt_zahl"], zelle["neu_zahl"]) == (None, None)
    assert ist_geheim(gefunden)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_gleiches_ist_keine_revision(alt: int, neu: int) -> None:
    gefunden = zellen(BERATUNG, tabelle("beratung", _zeile(alt)), tabelle("beratung", _zeile(neu)))
    assert gefunden.height == (alt != neu)


def test_revidiert_sieht_tabellen_die_einander_fortsetzen() -> None:
    from assets.auswertung.katalogtabelle import amtliche_tabellen

    tabellen = amtliche_tabellen([alle_indikatoren()["KIT-01"]])["tabelle"]
    assert {"22543-01-01-4", "22543-01-02-4"} <= set(tabellen)


def test_eine_korrektur_ist_eine_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zeile = _zeile(120)[0]
    ort = {s: als_zelle(zeile[s]) for s in BERATUNG.schluessel if s not in ("berichtsjahr", "meldeeinheit")}
    schluessel = ", ".join(f'{name} = "{wert}"' for name, wert in ort.items())
    (tmp_path / "korrekturen").mkdir()
    (tmp_path / "korrekturen" / "eine.toml").write_text(
        f"""[[korrektur]]
kennung = "K-1"
datensatz = "beratung"
meldeeinheit = "{EINHEIT.id}"
berichtsjahr = 2025
schluessel = {{ {schluessel} }}
spalte = "beratungen"
alt = "120"
neu = "125"
grund = "Zahlendreher"
urheber = "Referat 1"
datum = 2026-03-04
""",
        encoding="utf-8",
    )
    monkeypatch.setattr("assets.pruefung.korrekturen.ORDNER", tmp_path / "korrekturen")
    ablage = Ablage(tmp_path / "ablage")
    _liefere(ablage, _zeile(120))
    (zelle,) = liste(revisionen(ablage, LAND, ohne_amtliches())).to_dicts()
    assert (zelle["art"], zelle["alt"], zelle["neu"], zelle["datum"]) == (KORREKTUR, "120", "125", "2026-03-04")
