"""Receipts: what they say, that their seal holds, and that anybody can have it verified without learning more."""

import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.eingang.empfang import pruefsumme
from assets.lieferbuch.fehler import VerbindungError
from pipeline.befehle_portal import portal
from pipeline.portal.siegel import DATEI, Siegel, SiegelError, lade_siegel
from schemas.datensaetze import alle_datensaetze
from tests.portal.welt import (
    DATENSATZ,
    JAHR,
    KREIS,
    ORT,
    Welt,
    baue,
    beispiel,
    eigene_marke,
    pruefe_siegel,
    sende,
    tue,
)

NUMMER = f"{DATENSATZ}-{KREIS}-{JAHR}-1"


@pytest.fixture(scope="module")
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    welt = baue(tmp_path_factory.mktemp("portal"))
    assert sende(welt.als("bea"), ORT, beispiel(), name="meine <Datei>.csv").status_code == 303
    return welt


def als_datei(welt: Welt) -> dict[str, object]:
    antwort = welt.als("anna").get(f"{ORT}/1/quittung.json")
    assert f"quittung_{NUMMER}.json" in antwort.headers["content-disposition"]
    daten: dict[str, object] = json.loads(antwort.content)
    return daten


def test_die_quittung_sagt_alles_was_sie_sagen_soll(welt: Welt) -> None:
    seite = welt.als("anna").get(f"{ORT}/1/quittung").text
    label = alle_datensaetze()[DATENSATZ].spalte("beratungen").feld.label
    for erwartet in (NUMMER, pruefsumme(beispiel()), "Bea", "meine &lt;Datei&gt;.csv", "UTC", "Fassung der Regeln"):
        assert erwartet in seite
    assert f"Summe der Spalte {label}" in seite
    assert str(len(beispiel())) in seite
    assert f"<dd>{len(beispiel().splitlines()) - 1}</dd>" in seite


def test_jeder_kann_sie_pruefen_lassen_und_erfaehrt_nur_was_darin_steht(welt: Welt) -> None:
    daten = als_datei(welt)
    siegel = str(daten["siegel"])
    status, seite = pruefe_siegel(welt.gast(), "\n".join(re.findall(".{1,60}", siegel)))
    assert status == 200
    assert "Das Siegel ist echt" in seite
    assert NUMMER in seite
    assert tue(welt.als("bea"), f"{ORT}/1/zurueckziehen", grund="Anderer Grund").status_code == 303
    spaeter = pruefe_siegel(welt.gast(), siegel)[1]
    assert "zurückgezogen" not in spaeter
    assert "Anderer Grund" not in spaeter
    neu = als_datei(welt)
    assert "zurückgezogen" in pruefe_siegel(welt.gast(), str(neu["siegel"]))[1]


def test_verfaelschte_siegel_sind_keine(welt: Welt) -> None:
    siegel = str(als_datei(welt)["siegel"])
    fremd = Siegel("x" * 32).setze({"nummer": NUMMER})
    for falsch in ("", "x", siegel[:-1], siegel.replace(siegel[5], "A" if siegel[5] != "A" else "B", 1), fremd, "ä.ö"):
        status, seite = pruefe_siegel(welt.gast(), falsch)
        assert status == 422
        assert "stammt nicht von diesem Portal" in seite
        assert NUMMER not in seite
    bea = welt.als("bea")
    assert bea.post("/quittung/pruefen", data={"marke": eigene_marke(bea), "siegel": siegel}).status_code == 200


@given(st.text(max_size=200))
def test_kein_text_ist_zufaellig_ein_siegel(text: str) -> None:
    with pytest.raises(SiegelError):
        Siegel("s" * 32).lies(text)


def test_der_schluessel_entsteht_einmal_und_nur_fuer_den_besitzer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ablage = Ablage(tmp_path)
    with ThreadPoolExecutor(8) as faeden:
        siegel = list(faeden.map(lambda _: lade_siegel(ablage), range(8)))
    gesetzt = siegel[0].setze({"nummer": "1"})
    assert all(s.lies(gesetzt) == {"nummer": "1"} for s in siegel)
    datei = tmp_path / DATEI
    assert stat.S_IMODE(datei.stat().st_mode) == 0o600
    assert [p.name for p in datei.parent.iterdir()] == [datei.name]
    monkeypatch.setenv("TEILHABE_QUITTUNGSSCHLUESSEL", "kurz")
    with pytest.raises(VerbindungError, match="32 Zeichen"):
        lade_siegel(ablage)
    monkeypatch.setenv("TEILHABE_QUITTUNGSSCHLUESSEL", "g" * 40)
    with pytest.raises(SiegelError):
        lade_siegel(ablage).lies(gesetzt)
    assert lade_siegel(Ablage("memory://quittung")).setze({"a": 1}) == lade_siegel(ablage).setze({"a": 1})
    monkeypatch.delenv("TEILHABE_QUITTUNGSSCHLUESSEL")
    with pytest.raises(VerbindungError, match="TEILHABE_QUITTUNGSSCHLUESSEL"):
        lade_siegel(Ablage("memory://quittung"))


@pytest.mark.usefixtures("umgebung")
def test_ohne_brauchbaren_schluessel_startet_das_portal_nicht(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEILHABE_QUITTUNGSSCHLUESSEL", "kurz")
    ergebnis = CliRunner().invoke(portal)
    assert isinstance(ergebnis.exception, VerbindungError)
    assert "32 Zeichen" in str(ergebnis.exception)
