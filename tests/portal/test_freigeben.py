"""Releasing on the command line: the same rules as in the portal, and a password is asked for."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.entscheidungen import lies_entscheidungen
from assets.lieferbuch.fehler import RechtError, UnbekanntError
from pipeline.befehle_lieferbuch import freigeben
from tests.portal.welt import DATENSATZ, JAHR, KREIS, ORT, PASSWORT, Welt, baue, beispiel, sende, tue, warnungen

SCHLUESSEL = Lieferschluessel(DATENSATZ, JAHR, KREIS)


@pytest.fixture
def welt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Welt:
    welt = baue(tmp_path)
    monkeypatch.setenv("TEILHABE_ABLAGE", str(welt.umfeld.ablage.wurzel))
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", str(sa.URL.create("sqlite", database=str(tmp_path / "buch.sqlite"))))
    return welt


def _freigeben(kennung: str, passwort: str = PASSWORT) -> Result:
    return CliRunner().invoke(freigeben, [DATENSATZ, KREIS, str(JAHR), "--kennung", kennung], input=f"{passwort}\n")


def test_die_zweite_person_gibt_frei_und_der_naechste_lauf_weiss_es(welt: Welt) -> None:
    assert isinstance(_freigeben("fred").exception, UnbekanntError)
    bea = welt.als("bea")
    sende(bea, ORT, beispiel())
    for code, spalte in warnungen(bea.get(f"{ORT}/1").text):
        tue(bea, f"{ORT}/1/begruenden", code=code, spalte=spalte, text="So ist es.")
    assert isinstance(_freigeben("bea").exception, RechtError)
    falsch = _freigeben("fred", "falsch geraten")
    assert (falsch.exit_code, "stimmen nicht" in falsch.output) == (1, True)
    assert lies_entscheidungen(welt.umfeld.ablage, SCHLUESSEL).freigegeben is None
    richtig = _freigeben("fred")
    assert richtig.exit_code == 0, richtig.output
    assert "Version 1" in richtig.output
    assert lies_entscheidungen(welt.umfeld.ablage, SCHLUESSEL).freigegeben == 1
