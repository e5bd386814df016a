"""The command `teilhabe angriff`: files in, exit code, German sentences and a JSON report out."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assets.angriff.lesen import Ausgabe
from pipeline.cli import gruppe
from tests.angriff.ausgaben import ausgabe, schreibe, tabelle, teilt

KREISE = teilt("gebiet", "14", "14511", "14521", "14522")
DIMS = ["gebiet"]
SICHER = ausgabe([tabelle(DIMS, {"14": 50, "14511": ".", "14521": ".", "14522": 20})], [KREISE])
UNSICHER = ausgabe([tabelle(DIMS, {"14": 23, "14511": ".", "14521": ".", "14522": 20})], [KREISE])
WIDERSPRUCH = ausgabe([tabelle(DIMS, {"14": 23, "14511": 1, "14521": 1, "14522": 20})], [KREISE])
EIGEN = ausgabe([tabelle(DIMS, {"14": 50, "14511": 28, "14521": 2, "14522": 20})], [KREISE], "intern_land")


def _rufe(*worte: object) -> Result:
    return CliRunner().invoke(gruppe, ["angriff", *map(str, worte)])


@pytest.mark.parametrize(("inhalt", "ausgang"), [(SICHER, 0), (UNSICHER, 1), (WIDERSPRUCH, 2)])
def test_ausgang(tmp_path: Path, inhalt: Ausgabe, ausgang: int) -> None:
    assert _rufe(schreibe(tmp_path / "r", inhalt)).exit_code == ausgang


def test_bericht_als_json_und_auf_deutsch(tmp_path: Path) -> None:
    ordner = schreibe(tmp_path / "r", UNSICHER)
    ergebnis = _rufe(ordner, "--json", "--nach", tmp_path / "neu" / "bericht.json")
    daten: dict[str, Any] = json.loads(ergebnis.output)
    assert json.loads((tmp_path / "neu" / "bericht.json").read_text(encoding="utf-8")) == daten
    assert daten["format"] == "teilhabe-angriff/1"
    assert daten["urteil"] == "unsicher"
    assert daten["zaehlung"] == {"gesperrt": 2, "sicher": 0, "nicht_klein": 0, "unsicher": 2, "nebenbei": 0}
    assert daten["tabellen"] == [
        {"release": "r1", "tabelle": "t", "zellen": 4, "gesperrt": 2, "sicher": 0, "nicht_klein": 0, "unsicher": 2}
    ]
    zelle = next(z for z in daten["zellen"] if z["zelle"]["gebiet"] == "14511")
    assert zelle == {
        "zelle": {"mass": "m", "berichtsjahr": "2025", "gebiet": "14511"},
        "tabellen": ["r1/t"],
        "lo": 1.0,
        "hi": 2.0,
        "grenzen": "genau",
        "urteil": "unsicher",
        "grund": "klein",
    }
    text = _rufe(ordner).output
    assert "Gesperrte Zellen: 2, davon 0 sicher, 0 nachweislich nicht klein, 2 unsicher." in text
    assert "mass m, berichtsjahr 2025, gebiet 14511: nachweislich klein, 1 bis 2 („r1/t“)" in text
    assert "Abhilfe:" in text


def test_auf_der_standardausgabe_steht_nur_der_bericht(tmp_path: Path) -> None:
    zellen = {(g, t): "." for g in ("14511", "14521") for t in ("a", "b")}
    raender = {("14", "T"): 90, ("14", "a"): 50, ("14", "b"): 40, ("14511", "T"): 60, ("14521", "T"): 30}
    zerlegungen = [teilt("gebiet", "14", "14511", "14521"), teilt("thema", "T", "a", "b")]
    ordner = schreibe(tmp_path / "r", ausgabe([tabelle(["gebiet", "thema"], {**zellen, **raender})], zerlegungen))
    befehl = [sys.executable, "-c", "from pipeline.cli import main; main()", "angriff", str(ordner), "--json"]
    lauf = subprocess.run(befehl, capture_output=True, text=True, check=True)
    assert json.loads(lauf.stdout)["zaehlung"]["sicher"] == 4


def test_k_und_breite_lassen_sich_vorgeben(tmp_path: Path) -> None:
    ordner = schreibe(tmp_path / "r", UNSICHER)
    assert _rufe(ordner, "--k", 2).exit_code == 0
    assert _rufe(ordner, "--k", 2, "--breite", 2).exit_code == 1


def test_mit_dem_wissen_jeder_meldeeinheit(tmp_path: Path) -> None:
    ordner, eigen = schreibe(tmp_path / "r", SICHER), schreibe(tmp_path / "intern_land", EIGEN)
    ergebnis = _rufe(ordner, "--als", "alle", "--eigen", eigen, "--json")
    assert ergebnis.exit_code == 0
    sichten = {s["als"]: s for s in json.loads(ergebnis.output)["sichten"]}
    assert len(sichten) > 3
    assert [z["zelle"]["gebiet"] for z in sichten["14511"]["unsicher"]] == ["14521"]
    assert sichten["14521"]["unsicher"] == sichten["14522"]["unsicher"] == []
    assert (
        "Als 14511 mit den eigenen Zahlen: 1 Zellen anderer wären unsicher."
        in _rufe(ordner, "--als", "14511", "--eigen", eigen).output
    )
    assert _rufe(ordner, "--als", "14511", "--eigen", eigen, "--streng").exit_code == 1
    assert _rufe(ordner, "--als", "14521", "--eigen", eigen, "--streng").exit_code == 0
    assert _rufe(ordner, "--als", "14511").exit_code == 2


def test_raten_und_zwei_ausgaben_aus_dateien(tmp_path: Path) -> None:
    rate = {"art": "quotient", "datei": "raten.csv", "zaehler": "m", "nenner": "volk", "faktor": 1000}
    ordner = schreibe(tmp_path / "r", SICHER, ableitungen=[{**rate, "nachkommastellen": 1}])
    (ordner / "daten" / "raten.csv").write_text("berichtsjahr,gebiet,wert\n2025,14521,1.7\n", encoding="utf-8")
    volk = ausgabe([tabelle(DIMS, {"14521": 1200}, mass="volk", schutz="offen")], [KREISE], "amt")
    assert _rufe(ordner).exit_code == 0
    # 1.7 per 1000 of 1200 is 2.
    ergebnis = _rufe(ordner, schreibe(tmp_path / "amt", volk))
    assert ergebnis.exit_code == 1
    assert "gebiet 14521: genau bekannt, 2 („r1/t“)" in ergebnis.output


def test_quotienten_ohne_herkunft_werden_genannt(tmp_path: Path) -> None:
    quote = replace(tabelle(DIMS, {"14": 3.5}, "quote"), art="quotient")
    ordner = schreibe(tmp_path / "r", replace(SICHER, tabellen=(*SICHER.tabellen, quote)))
    assert "nicht nennt: r1/quote." in _rufe(ordner).output


def _ersetze(datei: Path, alt: str, neu: str) -> None:
    text = datei.read_text(encoding="utf-8")
    assert alt in text
    datei.write_text(text.replace(alt, neu), encoding="utf-8")


@pytest.mark.parametrize(
    ("datei", "alt", "neu", "satz"),
    [
        ("manifest.json", "teilhabe-tabellen/1", "anders/1", "hat nicht das Format"),
        ("manifest.json", "{", "", "ist kein lesbares JSON"),
        ("manifest.json", '"art": "anzahl"', '"art": "menge"', "Die Tabelle „t“ hat die Art „menge“"),
        ("manifest.json", "tabellen/t.csv", "tabellen/u.csv", "gibt es nicht, steht aber im Manifest"),
        (
            "manifest.json",
            '"ableitungen": []',
            '"ableitungen": [{"art": "rang"}]',
            "Die Ableitung „rang“ ist unbekannt",
        ),
        (
            "manifest.json",
            '"ableitungen": []',
            '"ableitungen": [{"art": "quotient", "datei": "tabellen/t.csv"}]',
            "Der Ableitung „tabellen/t.csv“ fehlt zaehler",
        ),
        ("tabellen/t.csv", "14522,20", "14522,zwanzig", "Zeile 5: „zwanzig“ ist weder eine Zahl"),
        ("tabellen/t.csv", "mass", "masse", "Die Spalte mass fehlt"),
        ("hierarchien.csv", "parent", "eltern", "Die Spalte parent fehlt"),
    ],
)
def test_unlesbares_wird_auf_deutsch_benannt(tmp_path: Path, datei: str, alt: str, neu: str, satz: str) -> None:
    ordner = schreibe(tmp_path / "r", SICHER)
    _ersetze(ordner / "daten" / datei, alt, neu)
    ergebnis = _rufe(ordner)
    assert ergebnis.exit_code == 2
    assert satz in ergebnis.output
    assert Path(datei).name in ergebnis.output or "u.csv" in ergebnis.output


def test_ein_ordner_ohne_ausgabe(tmp_path: Path) -> None:
    ergebnis = _rufe(tmp_path)
    assert ergebnis.exit_code == 2
    assert "Bitte den Ordner einer Ausgabe nennen" in ergebnis.output


def test_kleine_gruppen_zaehlen_nur_streng(tmp_path: Path) -> None:
    zellen = {("14", "T"): 7, ("14", "M"): 7, ("14", "W"): 0}
    geteilt = replace(SICHER, tabellen=(tabelle(["gebiet", "geschlecht"], zellen),))
    ordner = schreibe(tmp_path / "r", replace(geteilt, zerlegungen=(teilt("geschlecht", "T", "M", "W"),)))
    ergebnis = _rufe(ordner)
    assert ergebnis.exit_code == 0
    assert "alle geschlecht M" in ergebnis.output
    assert _rufe(ordner, "--streng").exit_code == 1
    assert _rufe(ordner, "--streng", "--gruppe", 7).exit_code == 0
