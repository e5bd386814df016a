"""The shared reference cases: every one right, judged by their own scorer in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WURZEL = Path(__file__).parents[2]
FAELLE = WURZEL / ".." / "shared" / "cases" / "csv"
pytestmark = pytest.mark.skipif(not FAELLE.is_dir(), reason=f"Referenzfälle fehlen: {FAELLE} ist nicht da")


def test_alle_faelle_richtig_und_keiner_still_falsch(tmp_path: Path) -> None:
    ziel = tmp_path / "ergebnis.json"
    befehl = [
        sys.executable,
        str(FAELLE / "score.py"),
        "tests.reference_cases:read_case",
        "--quiet",
        "--json",
        str(ziel),
    ]
    lauf = subprocess.run(befehl, cwd=WURZEL, capture_output=True, text=True, check=False)
    assert lauf.returncode == 0, lauf.stderr
    ergebnis = json.loads(ziel.read_text(encoding="utf-8"))
    assert {f["id"]: f["why"] for f in ergebnis["detail"] if not f["right"]} == {}
    alle = ergebnis["stats"]["ALL|ALL"]
    assert alle["n"] == alle["right"] == len(ergebnis["detail"]) > 0
    assert alle["typ_right"] == alle["typ_n"]
    assert alle["sym_right"] == alle["sym_n"]
    assert all(all(f.get("notices", [])) for f in ergebnis["detail"])
    assert all(f.get("all_issues", True) for f in ergebnis["detail"])
