"""What a person reads on the terminal about a checked file: verdict, values, suggestions, what to do."""

from pathlib import Path

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.eingang.empfang import EmpfangError, nimm_mappe_an
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import Vorlage, als_mappe
from pipeline.einzelpruefung import GEZEIGTE_ANGABEN, Dateipruefung, pruefe_datei
from schemas.datensaetze import alle_datensaetze
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, Zeile, tabelle


def _text(ordner: Path, zeilen: list[Zeile]) -> str:
    datei = ordner / f"personal_{EINHEIT.id}_2025.csv"
    datei.write_bytes(als_csv("personal", zeilen))
    return _pruefe(datei).als_text()


def _pruefe(datei: Path) -> Dateipruefung:
    return pruefe_datei(datei, LAND, datensatz=None, meldeeinheit=None, jahr=None)


def _mit(spalte: str, *werte: str) -> list[Zeile]:
    basis = GUELTIG["personal"]()[0]
    return [{**basis, "stelle_id": f"S{i}", spalte: wert} for i, wert in enumerate(werte)]


def test_alle_verschiedenen_werte_stehen_da_mit_zeilen_und_vorschlag(tmp_path: Path) -> None:
    text = _text(tmp_path, _mit("qualifikation", "ABSCHLUS", "Unsinn", "ABSCHLUS"))
    assert "FEHLER: Unbekannter Code [unknown_code] (Zeilen 2–4 (3-mal), Spalte qualifikation)" in text
    assert "„ABSCHLUS“ steht nicht in der Codeliste dieser Spalte. Vorschlag: ABSCHLUSS – Zeilen 2, 4 (2-mal)" in text
    assert "„Unsinn“ steht nicht in der Codeliste dieser Spalte. – Zeile 3" in text
    assert "→ Erlaubt sind: " in text


def test_viele_werte_werden_gekuerzt_und_gezaehlt(tmp_path: Path) -> None:
    text = _text(tmp_path, _mit("personen", *(f"{i} Stück" for i in range(40))))
    assert text.count("Stück“") == GEZEIGTE_ANGABEN
    assert f"… und {40 - GEZEIGTE_ANGABEN} weitere Angaben dieser Art" in text
    einer = _text(tmp_path, _mit("personen", *(f"{i} Stück" for i in range(GEZEIGTE_ANGABEN + 1))))
    assert "… und 1 weitere Angabe dieser Art" in einer


def test_ein_einziger_wert_steht_ohne_wiederholung_seiner_zeile(tmp_path: Path) -> None:
    text = _text(tmp_path, [{**GUELTIG["personal"]()[0], "vzae_besetzt": 2.6}])
    assert text.splitlines()[0].endswith(": zurückgewiesen, 1 Zeile, 1 Fehler, 0 Warnungen, 0 Hinweise")
    assert text.splitlines()[2] == "    2,6 Vollzeitäquivalente sind besetzt, es gibt aber nur 2,5 Stellen."


def _mappe(ordner: Path, **ausgefuellt: list[Zeile]) -> Path:
    vorlagen = [
        Vorlage(d, tabelle(d.name, ausgefuellt[d.name]))
        if d.name in ausgefuellt
        else vorlage(d, LAND, jahr=2025, meldeeinheit=EINHEIT)
        for d in alle_datensaetze().values()
    ]
    datei = ordner / f"lieferung_{EINHEIT.id}_2025.xlsx"
    datei.write_bytes(als_mappe(vorlagen, "Alle", pl.DataFrame({"Kennzahl": ["Einwohner"], "Wert": [1.0]})))
    return datei


def test_eine_mappe_wird_blatt_fuer_blatt_geprueft(tmp_path: Path) -> None:
    falsch = [{**GUELTIG["personal"]()[0], "vzae_besetzt": 2.6}]
    pruefung = _pruefe(_mappe(tmp_path, stellen=GUELTIG["stellen"](), personal=falsch))
    assert {p.datensatz.name: p.daten["zustand"] for p in pruefung.protokolle} == {
        "stellen": "angenommen",
        "personal": "zurueckgewiesen",
    }
    assert set(pruefung.leere) == set(LAND.datensaetze) - {"stellen", "personal"}
    assert not pruefung.ist_gut
    text = pruefung.als_text()
    assert "Blatt „personal“ – lieferung_" in text
    assert "Noch nicht ausgefüllt: " in text
    assert "Das Blatt „Amtliche Zahlen“" in text
    for protokoll in pruefung.protokolle:
        protokoll.schreibe(tmp_path / "p")
    assert len(list((tmp_path / "p").iterdir())) == 6
    assert (tmp_path / "p" / f"personal_{EINHEIT.id}_2025_protokoll.html").is_file()


def test_eine_leere_mappe_ist_gut_und_ihr_eingang_wird_abgelehnt(tmp_path: Path) -> None:
    datei = _mappe(tmp_path)
    pruefung = _pruefe(datei)
    assert pruefung.ist_gut
    assert set(pruefung.leere) == set(LAND.datensaetze)
    with pytest.raises(EmpfangError, match="kein ausgefülltes Blatt"):
        nimm_mappe_an(Ablage(tmp_path / "a"), LAND, datei.name, datei.read_bytes(), weg="t")


def test_eine_unlesbare_mappe_ist_schlecht(tmp_path: Path) -> None:
    datei = tmp_path / f"lieferung_{EINHEIT.id}_2025.xlsx"
    datei.write_bytes(b"PK kaputt")
    pruefung = _pruefe(datei)
    assert not pruefung.ist_gut
    assert "beschädigt" in pruefung.als_text()
