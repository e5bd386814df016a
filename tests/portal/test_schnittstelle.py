"""The API as a program uses it: send, hand in, ask; what a key may, what is refused and how that is said."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx2 as httpx
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from assets.eingang import hochgeladen
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import pruefsumme
from assets.lieferbuch.fuehren import finde
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.rechte import vergib
from assets.lieferbuch.schluessel import sperre
from assets.lieferbuch.tabellen import SYSTEM, anmeldeversuche, benutzer
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.portal import api_lieferungen
from pipeline.portal.api_beschreibung import ENDPUNKTE, FEHLER
from pipeline.portal.api_rahmen import PFAD, PROBLEM
from pipeline.portal.grenzen import ABGABE, KLEIN, Grenzen
from pipeline.portal.rechte import Recht
from schemas.lieferbuch import BEARBEITUNG
from tests.portal.welt import (
    DATENSATZ,
    FREMDER,
    JAHR,
    KREIS,
    LAND,
    ORT,
    Welt,
    baue,
    beispiel,
    leere_vorlage,
    pruefe_siegel,
    sende,
    server,
    tue,
)

SCHLUESSEL = Lieferschluessel(DATENSATZ, JAHR, KREIS)
LIEFERUNG = f"{PFAD}/lieferungen/{SCHLUESSEL.ordner}"
FREMDE = LIEFERUNG.replace(KREIS, FREMDER)
SCHLECHT = beispiel().replace(b"2025;", b"20x5;", 1)


@pytest.fixture
def welt(tmp_path_factory: pytest.TempPathFactory) -> Welt:
    """A new one for each test: here it matters what came before."""
    return baue(tmp_path_factory.mktemp("portal"))


def summe(inhalt: bytes) -> dict[str, str]:
    return {"sha256": pruefsumme(inhalt)}


def reiche_ein(programm: httpx.Client, inhalt: bytes, ort: str = LIEFERUNG) -> httpx.Response:
    """Both steps."""
    assert programm.put(ort, content=inhalt).status_code in {200, 201}
    return programm.post(f"{ort}/einreichen", json=summe(inhalt))


def problem(antwort: httpx.Response, status: int) -> str:
    """What a refusal says; it has to be one in the form of the API."""
    assert antwort.status_code == status, antwort.text
    assert antwort.headers["content-type"] == PROBLEM
    daten = antwort.json()
    assert set(daten) == {"type", "title", "status", "detail", "instance"}
    assert daten["status"] == status
    return str(daten["detail"])


def test_hochladen_prueft_und_zaehlt_nicht(welt: Welt) -> None:
    programm = welt.programm("bea")
    antwort = programm.put(LIEFERUNG, content=SCHLECHT)
    assert antwort.status_code == 201
    daten = antwort.json()
    assert (daten["zustand"], daten["version"]) == ("zurueckgewiesen", None)
    assert any(b["wert"] == "20x5" and b["zeile"] == 2 for b in daten["protokoll"]["befunde"])
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []
    assert programm.get(LIEFERUNG).json()["zustand"] == "fehlt"
    nochmal = programm.put(LIEFERUNG, content=SCHLECHT)
    assert (nochmal.status_code, nochmal.json()) == (200, daten)


def test_einreichen_gibt_eine_quittung_und_dieselben_bytes_dieselbe(welt: Welt) -> None:
    programm, fred = welt.programm("bea"), welt.als("fred")
    erste = reiche_ein(programm, beispiel())
    assert erste.status_code == 201
    quittung = erste.json()
    assert quittung["nummer"] == f"{DATENSATZ}-{KREIS}-{JAHR}-1"
    assert (quittung["abgegeben_von"], quittung["weg"]) == ("Bea", "api")
    assert programm.get(erste.headers["location"]).json() == quittung
    status, geprueft = pruefe_siegel(welt.gast(), quittung["siegel"])
    assert status == 200
    for angabe in (quittung["nummer"], quittung["sha256"], "Bea"):
        assert angabe in geprueft
    assert welt.umfeld.ablage.liste("hochgeladen", "**/*.datei") == []
    nochmal = programm.post(f"{LIEFERUNG}/einreichen", json=summe(beispiel()))
    assert (nochmal.status_code, nochmal.json()) == (200, quittung)
    wieder = programm.put(LIEFERUNG, content=beispiel())
    assert (wieder.status_code, wieder.json()["version"]) == (200, 1)
    stand = programm.get(LIEFERUNG).json()
    assert [f["version"] for f in stand["fassungen"]] == [1]
    befunde = programm.get(f"{LIEFERUNG}/fassungen/1/befunde").json()
    assert befunde["beleg"]["sha256"] == quittung["sha256"]
    assert tue(welt.als("bea"), f"{ORT}/1/freigeben").status_code == 403
    assert tue(fred, f"{ORT}/1/freigeben").status_code == 303
    assert programm.get(LIEFERUNG).json()["zustand"] == "freigegeben"
    with lies(welt.engine) as v:
        assert pruefe_kette(v).ist_heil


def test_portal_und_schnittstelle_finden_dasselbe(welt: Welt) -> None:
    programm = welt.programm("bea")
    reiche_ein(programm, SCHLECHT)
    assert sende(welt.als("fremd"), ORT.replace(KREIS, FREMDER), beispiel(FREMDER)).status_code == 303
    assert sende(welt.als("bea"), ORT, SCHLECHT).headers["location"] == f"{ORT}/1?bekannt"
    geprueft = programm.put(LIEFERUNG, content=SCHLECHT).json()["protokoll"]
    gebucht = programm.get(f"{LIEFERUNG}/fassungen/1/befunde").json()
    assert geprueft["befunde"] == gebucht["befunde"]
    assert geprueft["anzahl"] == gebucht["anzahl"]


def test_ein_schluessel_gilt_fuer_seine_meldeeinheit_und_sonst_nichts(welt: Welt) -> None:
    assert reiche_ein(welt.programm("bea"), beispiel()).status_code == 201
    fremd = welt.programm("fremd", FREMDER)
    niemand = [f"{PFAD}/lieferungen/99999/{JAHR}/{DATENSATZ}", f"{PFAD}/lieferungen/{FREMDER}/1999/{DATENSATZ}"]
    for ort in (LIEFERUNG, *niemand, FREMDE.replace(DATENSATZ, "gibtesnicht")):
        for pfad in ("", "/fassungen/1/befunde", "/fassungen/1/quittung"):
            problem(fremd.get(ort + pfad), 404)
        problem(fremd.put(ort, content=beispiel()), 404)
        problem(fremd.post(f"{ort}/einreichen", json=summe(beispiel())), 404)
    # The checksum of another's file is no way to it.
    problem(fremd.post(f"{FREMDE}/einreichen", json=summe(beispiel())), 409)
    fremde_zeilen = fremd.put(FREMDE, content=beispiel())
    assert fremde_zeilen.json()["zustand"] == "zurueckgewiesen"
    assert fremd.get(FREMDE).json()["fassungen"] == []


def test_ein_schluessel_kann_weniger_als_seine_person(welt: Welt) -> None:
    with schreibe(welt.engine) as v:
        person = v.execute(sa.select(benutzer.c.id).where(benutzer.c.kennung == "bea")).scalar_one()
        vergib(v, person, BEARBEITUNG, SYSTEM, FREMDER)
    problem(welt.programm("bea").put(FREMDE, content=beispiel(FREMDER)), 404)
    assert welt.programm("bea", FREMDER).put(FREMDE, content=beispiel(FREMDER)).status_code == 201
    stelle = welt.programm("stelle")
    assert reiche_ein(stelle, beispiel()).status_code == 201
    problem(stelle.get(FREMDE), 404)


def test_ein_schluessel_oeffnet_keine_seite_und_eine_sitzung_keine_schnittstelle(welt: Welt) -> None:
    assert welt.programm("bea").get(f"/kreis/{KREIS}").headers["location"] == "/anmelden"
    problem(welt.als("bea").get(LIEFERUNG), 401)


def test_ohne_gueltigen_schluessel_geht_nichts(welt: Welt) -> None:
    gesperrt = welt.programm("bea")
    assert gesperrt.get(LIEFERUNG).status_code == 200
    with schreibe(welt.engine) as v:
        sperre(v, 1, SYSTEM)
    falsche = ["", "Bearer", "Bearer x", "Basic YTpi", gesperrt.headers["authorization"]]
    for kopf in falsche:
        antwort = welt.gast().put(LIEFERUNG, content=beispiel(), headers={"Authorization": kopf})
        assert "Zugangsschlüssel" in problem(antwort, 401)
        assert antwort.headers["www-authenticate"].startswith("Bearer ")
    assert welt.umfeld.ablage.liste("", "**/*") == []


def test_falsche_schluessel_werden_begrenzt_der_richtige_geht_weiter(
    welt: Welt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.lieferbuch.anmeldung.FEHLVERSUCHE_JE_ADRESSE", 2)
    gast = welt.gast()
    stati = [gast.get(LIEFERUNG, headers={"Authorization": f"Bearer {n}"}).status_code for n in range(4)]
    assert stati == [401, 401, 429, 429]
    assert int(gast.get(LIEFERUNG, headers={"Authorization": "Bearer x"}).headers["retry-after"]) > 0
    assert welt.programm("bea").get(LIEFERUNG).status_code == 200
    with lies(welt.engine) as v:
        assert v.execute(sa.select(sa.func.count()).select_from(anmeldeversuche)).scalar_one() == 2


def test_was_nicht_angenommen_wird(welt: Welt) -> None:
    programm = welt.programm("bea")
    assert "keine Datei" in problem(programm.put(LIEFERUNG), 422)
    name = {"Content-Disposition": f'attachment; filename="{DATENSATZ}_{FREMDER}_{JAHR}.csv"'}
    assert "anderen Lieferung" in problem(programm.put(LIEFERUNG, content=beispiel(), headers=name), 422)
    for kopf in ({"Content-Type": "multipart/form-data; boundary=x"}, {"Content-Encoding": "gzip"}):
        assert "Content-Type" in problem(programm.put(LIEFERUNG, content=beispiel(), headers=kopf), 415)
    problem(programm.post(f"{LIEFERUNG}/einreichen", content=b"x"), 415)
    zeilenende = '{"sha256": "' + "a" * 64 + '\\n"}'
    for rumpf in ("", "[]", "{}", '{"sha256": 1}', '{"sha256": "../x"}', "[" * 30_000, zeilenende):
        kopf = {"Content-Type": "application/json"}
        problem(programm.post(f"{LIEFERUNG}/einreichen", content=rumpf, headers=kopf), 422)
    leer = programm.put(LIEFERUNG, content=leere_vorlage())
    assert leer.json()["zustand"] == "nicht_ausgefuellt"
    einreichen = programm.post(f"{LIEFERUNG}/einreichen", json=summe(leere_vorlage()))
    assert "in der noch nichts steht" in problem(einreichen, 422)
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []


def test_was_es_nicht_gibt(welt: Welt) -> None:
    programm = welt.programm("bea")
    for pfad in ("", "/x", "/lieferungen", "/lieferungen/", f"/lieferungen/{KREIS}/{'9' * 5000}/{DATENSATZ}"):
        problem(programm.get(f"{PFAD}{pfad}") if pfad else programm.get(f"{PFAD}/"), 404)
    for version in ("0", "1", "9" * 30, "-1"):
        problem(programm.get(f"{LIEFERUNG}/fassungen/{version}/quittung"), 404)
    antwort = programm.delete(LIEFERUNG)
    problem(antwort, 405)
    assert set(antwort.headers["allow"].split(", ")) == {"GET", "HEAD", "PUT"}
    for pfad in (f"/lieferungen/{KREIS}/{JAHR}/%0A{DATENSATZ}", "/%0A"):
        problem(programm.get(f"{PFAD}{pfad}"), 404)
    assert "--rechner" in problem(programm.get(LIEFERUNG, headers={"Host": "fremd.example"}), 400)


def test_zu_grosses_wird_nicht_angenommen(welt: Welt) -> None:
    programm = welt.programm("bea")

    def stueckweise() -> Iterator[bytes]:
        yield from (b"x" * 2**20 for _ in range(ABGABE // 2**20 + 1))

    assert "64 MB" in problem(programm.put(LIEFERUNG, content=stueckweise()), 413)
    assert "64 MB" in problem(programm.put(LIEFERUNG, content=b"x", headers={"Content-Length": str(ABGABE + 1)}), 413)
    lang = programm.post(f"{LIEFERUNG}/einreichen", json={"sha256": "x" * KLEIN})
    problem(lang, 413)
    assert welt.umfeld.ablage.liste("hochgeladen", "**/*") == []


def test_langsames_senden_wird_abgebrochen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wartet(_: Request) -> object:
        import asyncio

        await asyncio.sleep(30)
        yield b""

    programm = baue(tmp_path, grenzen=Grenzen(formular=0.01)).programm("bea")
    monkeypatch.setattr(Request, "stream", wartet)
    assert "zu lange gedauert" in problem(programm.put(LIEFERUNG, content=beispiel()), 408)


def test_ohne_lieferbuch_kommt_503_und_nichts_geht_verloren(welt: Welt) -> None:
    programm = welt.programm("bea")
    assert programm.put(LIEFERUNG, content=beispiel()).status_code == 201
    quittung = reiche_ein(programm, beispiel() + b"\n").json()
    buch, weg = Path(str(welt.engine.url.database)), Path(f"{welt.engine.url.database}.weg")
    welt.engine.dispose()
    buch.rename(weg)
    for antwort in (programm.get(LIEFERUNG), programm.post(f"{LIEFERUNG}/einreichen", json=summe(beispiel()))):
        assert "später" in problem(antwort, 503) or "einigen Minuten" in antwort.json()["detail"]
        assert int(antwort.headers["retry-after"]) > 0
    weg.rename(buch)
    assert programm.get(f"{LIEFERUNG}/fassungen/1/quittung").json() == quittung
    assert programm.post(f"{LIEFERUNG}/einreichen", json=summe(beispiel())).json()["version"] == 2


def test_faellt_das_lieferbuch_beim_einreichen_aus_holt_die_wiederholung_es_nach(
    welt: Welt, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assets.lieferbuch.fehler import VerbindungError
    from pipeline.portal import annahme

    def faellt_aus(*_: object) -> None:
        raise VerbindungError("weg")

    programm = welt.programm("bea")
    programm.put(LIEFERUNG, content=beispiel())
    with monkeypatch.context() as m:
        m.setattr(annahme, "buche_eingang", faellt_aus)
        problem(programm.post(f"{LIEFERUNG}/einreichen", json=summe(beispiel())), 503)
    assert len(welt.umfeld.ablage.liste("eingang", "**/1_*.csv")) == 1
    assert programm.post(f"{LIEFERUNG}/einreichen", json=summe(beispiel())).json()["abgegeben_von"] == "Bea"
    assert tue(welt.als("fred"), f"{ORT}/1/freigeben").status_code == 303


def test_ein_fehler_des_programms_verraet_nichts(
    welt: Welt, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def bricht(*_: object, **__: object) -> None:
        raise ValueError(f"Wert aus der Lieferung: {4700 + 11}")

    monkeypatch.setattr(api_lieferungen, "pruefe_nur", bricht)
    antwort = welt.programm("bea").put(LIEFERUNG, content=beispiel())
    problem(antwort, 500)
    assert "ValueError" in caplog.text
    assert "4711" not in caplog.text + antwort.text


def test_hochgeladenes_verfaellt(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    programm, ablage = welt.programm("bea"), welt.umfeld.ablage
    for n in range(hochgeladen.HOECHSTENS + 2):
        assert programm.put(LIEFERUNG, content=beispiel() + b"\n" * n).status_code == 201
        assert hochgeladen.finde(ablage, SCHLUESSEL, pruefsumme(beispiel() + b"\n" * n))
    assert len(ablage.liste("hochgeladen", "**/*.datei")) == hochgeladen.HOECHSTENS
    monkeypatch.setattr(hochgeladen, "FRIST", timedelta(seconds=-5))
    hochgeladen.raeume_auf(ablage)
    assert ablage.liste("hochgeladen", "**/*.*") == []


def test_gleichzeitiges_einreichen_ergibt_eine_fassung_je_inhalt(welt: Welt) -> None:
    inhalte = [beispiel() + b"\n" * (n % 3) for n in range(9)]
    with server(welt.app) as wurzel, ThreadPoolExecutor(4) as faeden:
        kopf = {"Authorization": welt.programm("bea").headers["authorization"]}
        with httpx.Client(base_url=wurzel, headers=kopf, timeout=60) as programm:
            antworten = list(faeden.map(lambda inhalt: reiche_ein(programm, inhalt), inhalte))
    assert {a.status_code for a in antworten} <= {200, 201}
    versionen = {(pruefsumme(inhalt), a.json()["version"]) for a, inhalt in zip(antworten, inhalte, strict=True)}
    assert sorted(nummer for _, nummer in versionen) == [1, 2, 3]
    with lies(welt.engine) as v:
        assert len({finde(v, SCHLUESSEL, n).eingereicht_von for n in (1, 2, 3)}) == 1
        assert pruefe_kette(v).ist_heil


@pytest.fixture(scope="module")
def offen(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return baue(tmp_path_factory.mktemp("namen")).programm("bea")


@given(st.binary(max_size=80))
def test_namen_in_der_kopfzeile_richten_nichts_an(offen: TestClient, name: bytes) -> None:
    sauber = re.sub(rb"[\r\n\x00]", b"", name)
    kopf = {b"content-disposition": b"attachment; filename=" + sauber}
    antwort = offen.put(LIEFERUNG, content=b"a;b\n", headers=kopf)
    assert antwort.status_code in {200, 201, 422}
    assert "/" not in antwort.json().get("protokoll", {"beleg": {"dateiname": ""}})["beleg"]["dateiname"]


def test_die_beschreibung_nennt_jede_adresse_und_jeden_fehler(welt: Welt) -> None:
    antwort = welt.gast().get(f"{PFAD}/openapi.json")
    assert antwort.headers["content-type"] == "application/json"
    daten = antwort.json()
    vorgaenge = [v for pfad in daten["paths"].values() for v in pfad.values()]
    assert {v["operationId"] for v in vorgaenge} == {e.kennung for e in ENDPUNKTE}
    assert all(v["summary"] and v["description"] for v in vorgaenge)
    assert {s for e in ENDPUNKTE for s in e.fehler} <= set(FEHLER)
    assert [e.kennung for e in ENDPUNKTE if e.recht is Recht.OFFEN] == ["beschreibung"]
    enum = daten["paths"]["/lieferungen/{meldeeinheit}/{jahr}/{datensatz}"]["get"]["parameters"][0]["schema"]["enum"]
    assert enum == [m.id for m in LAND.meldeeinheiten]
    assert f'href="{PFAD}/openapi.json"' in welt.gast().get("/anmelden").text
