"""What a person reads on the terminal about a checked file: verdict, values, suggestions, what to do."""

from pathlib import Path

from pipeline.einzelpruefung import GEZEIGTE_ANGABEN, pruefe_datei, zusammenfassung
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND, Zeile


def _text(ordner: Path, zeilen: list[Zeile]) -> str:
    datei = ordner / f"personal_{EINHEIT.id}_2025.csv"
    datei.write_bytes(als_csv("personal", zeilen))
    return zusammenfassung(pruefe_datei(datei, LAND, datensatz=None, meldeeinheit=None, jahr=None).daten)


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
