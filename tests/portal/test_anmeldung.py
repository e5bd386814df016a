"""Signing in: passwords, guessing, sessions, foreign forms, what every answer says to browsers."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from starlette.testclient import TestClient

from assets.lieferbuch.anmeldung import FEHLVERSUCHE_JE_KONTO, setze_passwort
from assets.lieferbuch.tabellen import anmeldeversuche, benutzer, rechte, sitzungen
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.befehle_portal import konto
from pipeline.portal import kopfzeilen
from pipeline.portal.grenzen import ABGABE
from pipeline.portal.passwort import PasswortError, verschluessle
from pipeline.portal.rechnernamen import FREMDER_NAME
from pipeline.portal.sitzung import COOKIE
from tests.portal.welt import KREIS, ORT, PASSWORT, Welt, beispiel, eigene_marke, marke, melde_an, sende, tue


@pytest.fixture(autouse=True)
def ohne_versuche(welt: Welt) -> None:
    with schreibe(welt.engine) as v:
        v.execute(sa.delete(anmeldeversuche))


def mit_cookie(welt: Welt, marke_der_sitzung: str) -> TestClient:
    """A browser that holds this secret, wherever it has it from."""
    gast = welt.gast()
    gast.headers["Cookie"] = f"{COOKIE}={marke_der_sitzung}"
    return gast


def test_falsches_passwort_und_unbekanntes_konto_klingen_gleich(welt: Welt) -> None:
    falsch = melde_an(welt.gast(), "bea", "falsch falsch falsch")
    niemand = melde_an(welt.gast(), "gibtesnicht", "falsch falsch falsch")
    assert falsch.status_code == niemand.status_code == 401
    assert "Kennung oder Passwort stimmen nicht" in falsch.text
    assert "Kennung oder Passwort stimmen nicht" in niemand.text


def test_nach_fehlversuchen_hilft_auch_das_richtige_passwort_nicht(welt: Welt) -> None:
    for _ in range(FEHLVERSUCHE_JE_KONTO):
        assert melde_an(welt.gast(), "bea", "falsch falsch falsch").status_code == 401
    assert melde_an(welt.gast(), "bea").status_code == 429
    assert melde_an(welt.gast(), "fred").status_code == 303
    # A quarter of an hour later.
    with schreibe(welt.engine) as v:
        v.execute(sa.update(anmeldeversuche).values(zeitpunkt="2020-01-01T00:00:00+00:00"))
    assert melde_an(welt.gast(), "bea").status_code == 303


def test_von_einer_adresse_wird_nicht_unbegrenzt_geraten(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.lieferbuch.anmeldung.FEHLVERSUCHE_JE_ADRESSE", 3)
    stati = [melde_an(welt.gast(), f"niemand{n}", "falsch falsch falsch").status_code for n in range(4)]
    assert stati == [401, 401, 401, 429]


def test_nach_der_anmeldung_gilt_ein_neues_geheimnis(welt: Welt) -> None:
    gast = mit_cookie(welt, "untergeschoben")
    daten = {"marke": marke(gast.get("/anmelden").text), "kennung": "bea", "passwort": PASSWORT}
    antwort = gast.post("/anmelden", data=daten)
    gesetzt = antwort.headers["set-cookie"]
    assert antwort.status_code == 303
    assert gesetzt.startswith(f"{COOKIE}=")
    assert "untergeschoben" not in gesetzt
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(gesetzt.split("; "))
    assert mit_cookie(welt, "untergeschoben").get(f"/kreis/{KREIS}").status_code == 303
    neu = gesetzt.split("=", 1)[1].split(";")[0]
    assert mit_cookie(welt, neu).get(f"/kreis/{KREIS}").status_code == 200


def test_das_lieferbuch_kennt_das_geheimnis_der_sitzung_nicht(welt: Welt) -> None:
    bea = welt.als("bea")
    with lies(welt.engine) as v:
        gemerkte = set(v.execute(sa.select(sitzungen.c.sha256)).scalars())
        hashes = set(v.execute(sa.select(benutzer.c.passwort_hash)).scalars()) - {None}
    assert gemerkte
    assert bea.cookies[COOKIE] not in gemerkte
    assert all(h.startswith("$argon2id$") for h in hashes)


def test_abmelden_und_neues_passwort_beenden_die_sitzung(welt: Welt) -> None:
    bea = welt.als("bea")
    kopie = mit_cookie(welt, bea.cookies[COOKIE])
    assert kopie.get(f"/kreis/{KREIS}").status_code == 200
    assert tue(bea, "/abmelden").status_code == 303
    assert kopie.get(f"/kreis/{KREIS}").status_code == 303
    fred = welt.als("fred")
    with schreibe(welt.engine) as v:
        setze_passwort(v, "fred", verschluessle(PASSWORT, "fred"))
    assert fred.get(f"/kreis/{KREIS}").status_code == 303


@pytest.mark.parametrize("spalte", ["zuletzt_am", "begonnen_am"])
def test_sitzungen_enden_von_selbst(welt: Welt, spalte: str) -> None:
    bea = welt.als("bea")
    with schreibe(welt.engine) as v:
        v.execute(sa.update(sitzungen).values({spalte: "2020-01-01T00:00:00+00:00"}))
    assert bea.get(f"/kreis/{KREIS}").status_code == 303


def test_entzogene_rechte_wirken_sofort(welt: Welt) -> None:
    anna = welt.als("anna")
    assert anna.get(f"/kreis/{KREIS}").status_code == 200
    with schreibe(welt.engine) as v:
        person = v.execute(sa.select(benutzer.c.id).where(benutzer.c.kennung == "anna")).scalar_one()
        v.execute(sa.delete(rechte).where(rechte.c.benutzer_id == person))
    assert anna.get(f"/kreis/{KREIS}").status_code == 404


@pytest.mark.parametrize("pfad", ["/abmelden", ORT, f"{ORT}/1/freigeben", f"{ORT}/1/zurueckziehen"])
def test_formulare_von_fremden_seiten_bewirken_nichts(welt: Welt, pfad: str) -> None:
    kennung = "fred" if "freigeben" in pfad else "bea"
    person = welt.als(kennung)
    andere = eigene_marke(welt.als("stelle"))
    for daten in ({}, {"marke": ""}, {"marke": andere}):
        assert person.post(pfad, data=daten).status_code == 403
    echte = {"marke": eigene_marke(person)}
    assert person.post(pfad, data=echte, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert person.get(f"/kreis/{KREIS}").status_code == 200


def test_jede_antwort_traegt_die_schutzangaben(welt: Welt) -> None:
    bea = welt.als("bea")
    sende(bea, ORT, beispiel())
    pfade = ["/portal.css", "/anmelden", f"/kreis/{KREIS}", "/gibt-es-nicht", f"{ORT}/1/datei", "/land"]
    for antwort in (bea.get(pfad) for pfad in pfade):
        assert [k for k in kopfzeilen.IMMER if k not in antwort.headers] == []
        assert "unsafe" not in antwort.headers["content-security-policy"]
    assert bea.get(f"/kreis/{KREIS}").headers["cache-control"] == "no-store"
    datei = bea.get(f"{ORT}/1/datei").headers
    assert datei["content-disposition"].startswith("attachment")
    assert "sandbox" in bea.get(f"{ORT}/1/protokoll.html").headers["content-security-policy"]


def test_unter_fremdem_namen_antwortet_es_nicht(welt: Welt) -> None:
    for fremd in ("fremd.example", "testserver.fremd.example", ""):
        antwort = welt.gast().get("/anmelden", headers={"Host": fremd})
        assert (antwort.status_code, antwort.text) == (400, FREMDER_NAME)
        assert "default-src 'none'" in antwort.headers["content-security-policy"]
    assert welt.gast().get("/anmelden", headers={"Host": "Testserver:8000"}).status_code == 200


def test_zu_grosses_wird_ungelesen_abgelehnt(welt: Welt) -> None:
    bea = welt.als("bea")
    angekuendigt = bea.post(ORT, content=b"x", headers={"Content-Length": str(ABGABE + 1)})
    assert angekuendigt.status_code == 413
    assert "64 MB" in angekuendigt.text

    def stueckweise() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="datei"; filename="x.csv"\r\n\r\n'
        yield from (b"x" * 2**20 for _ in range(ABGABE // 2**20 + 1))

    kopf = {"Content-Type": "multipart/form-data; boundary=x"}
    unangekuendigt = bea.post(ORT, content=stueckweise(), headers=kopf)
    assert unangekuendigt.status_code == 413
    assert "64 MB" in unangekuendigt.text
    assert tue(bea, f"{ORT}/1/zurueckziehen", grund="x" * 200_000).status_code == 413


@pytest.mark.usefixtures("umgebung")
def test_konten_gibt_es_nur_mit_gutem_passwort() -> None:
    ruf = ["anlegen", "erste", "--name", "Erste Person", "--rolle", "verwaltung"]
    assert CliRunner().invoke(konto, ruf, input="\n").exit_code == 1
    assert CliRunner().invoke(konto, ruf, input="kurz\n").exit_code == 1
    assert CliRunner().invoke(konto, ruf, input="mit der kennung ersten\n").exit_code == 1
    assert CliRunner().invoke(konto, ruf, input=f"{PASSWORT}\n").exit_code == 0
    assert CliRunner().invoke(konto, ["passwort", "niemand"], input=f"{PASSWORT}\n").exit_code != 0
    assert not any("pass" in teil for p in konto.commands["anlegen"].params for teil in p.opts)


def test_passwoerter_muessen_lang_sein() -> None:
    for schlecht in ("", "elf zeichen", "x" * 201, "mein name ist bea!"):
        with pytest.raises(PasswortError):
            verschluessle(schlecht, "bea")
