"""The commands `teilhabe lieferbuch …` as a person uses them."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assets.ablage import Ablage
from assets.lieferbuch.fehler import UnbekanntError, VerbindungError
from assets.lieferbuch.verbindung import DATEI
from pipeline.cli import gruppe
from tests.pipeline.conftest import Liefere
from tests.pruefung.faelle import EINHEIT


def _lieferbuch(*woerter: str) -> Result:
    return CliRunner().invoke(gruppe, ["lieferbuch", *woerter])


@pytest.fixture(autouse=True)
def _umgebung(ablage: Ablage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TEILHABE_LIEFERBUCH", raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    monkeypatch.setenv("TEILHABE_DAGSTER", str(tmp_path / "dagster"))
    assert ablage


def test_aufbauen_pruefen_verlauf(liefere: Liefere, ablage: Ablage) -> None:
    liefere("personal")
    assert isinstance(_lieferbuch("pruefen").exception, VerbindungError)
    aufgebaut = _lieferbuch("aufbauen", "--json")
    assert json.loads(aufgebaut.output) == {"lieferungen": 1, "nachgetragen": 1}
    assert "0 davon nachgetragen" in _lieferbuch("aufbauen").output
    gut = _lieferbuch("pruefen")
    assert (gut.exit_code, gut.output.splitlines()[-1]) == (0, "Lieferbuch und Ablage stimmen überein.")
    verlauf = _lieferbuch("verlauf", "personal", EINHEIT.id, "2025")
    assert "Fassung 1 (personal_" in verlauf.output
    assert "Bitte die Prüfung abwarten" in verlauf.output
    (fassung,) = json.loads(_lieferbuch("verlauf", "personal", EINHEIT.id, "2025", "--json").output)
    assert fassung["zustand"] == "eingegangen"
    assert isinstance(_lieferbuch("verlauf", "stellen", EINHEIT.id, "2025").exception, UnbekanntError)
    assert ablage.gibt_es(DATEI)


def test_was_nicht_stimmt_endet_mit_eins(liefere: Liefere, ablage: Ablage) -> None:
    liefere("personal")
    _lieferbuch("aufbauen")
    with sqlite3.connect(str(ablage.pfad(DATEI))) as v:
        v.execute("DROP TRIGGER ereignisse_kein_update")
        v.execute("""UPDATE ereignisse SET daten = '{"nach":"angenommen"}' WHERE nummer = 1""")
    v.close()
    schlecht = _lieferbuch("pruefen")
    assert schlecht.exit_code == 1
    assert "Ereignis 1 ist nicht so, wie es geschrieben wurde." in schlecht.output
    daten = json.loads(_lieferbuch("pruefen", "--json").output)
    assert daten["ereignisse"] == 0
    assert len(daten["widersprueche"]) == 2
