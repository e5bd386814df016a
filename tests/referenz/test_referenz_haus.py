"""House rules of the reference stage: no module knows a table, a file or a Land."""

import ast
import re
from pathlib import Path

import pytest

import assets.referenz

MODULE = sorted(Path(assets.referenz.__file__).parent.glob("*.py"))
TABELLE = re.compile(r"(?<!DIN )\b\d{5}(-\w+)*\b|\b[A-Z]{2}-[A-Z]\d?-|\d{4}[A-Z]-\d{4}")
NAMEN = re.compile(r"sachsen|sächsisch|chemnitz|dresden", re.IGNORECASE)


@pytest.mark.parametrize("modul", MODULE, ids=lambda p: p.name)
def test_kein_modul_kennt_eine_tabelle_oder_ein_land(modul: Path) -> None:
    baum = ast.parse(modul.read_text(encoding="utf-8"))
    for knoten in ast.walk(baum):
        if isinstance(knoten, ast.Constant) and isinstance(knoten.value, str):
            assert not TABELLE.search(knoten.value), knoten.value
            assert not NAMEN.search(knoten.value), knoten.value
        if isinstance(knoten, ast.Constant) and isinstance(knoten.value, int):
            assert knoten.value < 10_000 or knoten.value == 500_000_000


def test_module_sind_klein() -> None:
    assert all(len(m.read_text(encoding="utf-8").splitlines()) <= 400 for m in MODULE)
