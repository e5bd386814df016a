"""Signing in elsewhere: a real provider on the loopback, in order and in every way out of order."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2 as httpx
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from assets.lieferbuch.konten import geschehen, sperre
from assets.lieferbuch.tabellen import SYSTEM, benutzer
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.verknuepfung import Subjekt, subjekt_von, verknuepfe
from pipeline import befehle_portal
from pipeline.portal import seiten_anbieter
from pipeline.portal.anbieter import AnbieterError, Angaben, aus_umgebung
from pipeline.portal.oidc import Anbieter
from tests.portal.ausweise import EC_SCHLUESSEL, FREMDER_SCHLUESSEL, GEHEIMNIS, KLIENT, SCHLUESSEL, Dienst
from tests.portal.welt import KREIS, PASSWORT, Welt, baue, nummer, server, tue

ZURUECK = "/anmelden/anbieter/zurueck"


@pytest.fixture(scope="module")
def laufend() -> Iterator[Dienst]:
    dienst = Dienst()
    with server(dienst.app()) as ort:
        dienst.ort = ort
        yield dienst


@pytest.fixture
def dienst(laufend: Dienst) -> Dienst:
    """The provider in order again."""
    laufend.__dict__.update(Dienst(ort=laufend.ort).__dict__)
    return laufend


@pytest.fixture
def welt(dienst: Dienst, tmp_path: Path) -> Welt:
    """A portal at which Bea's account is linked."""
    neue = baue(tmp_path, anbieter=Anbieter(Angaben(dienst.ort, KLIENT, GEHEIMNIS, "Landesdienst", mit_mail=False)))
    with schreibe(neue.engine) as v:
        verknuepfe(v, nummer(neue, "bea"), Subjekt(dienst.ort, "bea-dort"), SYSTEM)
    return neue


def geh_hin(gast: TestClient) -> httpx.Response:
    """To the provider and back; gives the answer that leads back to the portal."""
    hin = gast.get("/anmelden/anbieter")
    assert hin.status_code == 303
    return beim_dienst(hin.headers["location"])


def beim_dienst(weg: str) -> httpx.Response:
    with httpx.Client() as browser:
        return browser.get(weg)


def weg_dorthin(antwort: httpx.Response) -> str:
    treffer = re.search(r'<a href="([^"]+)">Weiter zu Landesdienst', antwort.text)
    assert treffer, antwort.text
    return treffer[1].replace("&amp;", "&")


def pfad_von(antwort: httpx.Response) -> str:
    ort = antwort.headers["location"]
    assert ort.startswith(f"https://testserver{ZURUECK}?")
    return ort.removeprefix("https://testserver")


def komm_zurueck(gast: TestClient) -> httpx.Response:
    return gast.get(pfad_von(geh_hin(gast)))


def ist_drin(gast: TestClient) -> bool:
    return gast.get(f"/kreis/{KREIS}").status_code == 200


def test_wer_verknuepft_ist_kommt_hinein_mit_den_eigenen_rechten(welt: Welt, dienst: Dienst) -> None:
    gast = welt.gast()
    assert "Anmelden über Landesdienst" in gast.get("/anmelden").text
    antwort = komm_zurueck(gast)
    assert antwort.headers["location"] == "/"
    assert ist_drin(gast)
    assert gast.get("/land").status_code == 403
    assert dienst.abgelehnt == []
    assert gast.get("/konto").text.count(" Uhr</li>") == 1
    assert gast.get("/anmelden/anbieter").headers["location"] == "/"
    tue(gast, "/abmelden")
    assert not ist_drin(gast)


def test_hin_geht_nichts_geheimes(welt: Welt, dienst: Dienst) -> None:
    gast = welt.gast()
    frage = parse_qs(urlsplit(gast.get("/anmelden/anbieter").headers["location"]).query)
    assert frage["redirect_uri"] == [f"https://testserver{ZURUECK}"]
    assert (frage["response_type"], frage["scope"], frage["code_challenge_method"]) == (["code"], ["openid"], ["S256"])
    marke = next(iter(gast.cookies.values()))
    assert not [w for werte in frage.values() for w in werte if marke in w or GEHEIMNIS in w]
    assert dienst.ort


def test_auch_mit_elliptischen_kurven(welt: Welt, dienst: Dienst) -> None:
    dienst.schluessel, dienst.verfahren = EC_SCHLUESSEL, "ES256"
    gast = welt.gast()
    assert komm_zurueck(gast).status_code == 303
    assert ist_drin(gast)


FALSCHE: dict[str, dict[str, object]] = {
    "andere nonce": {"abweichung": {"nonce": "andere"}},
    "nonce als Liste": {"abweichung": {"nonce": ["andere"]}},
    "anderer Aussteller": {"abweichung": {"iss": "https://fremd.example"}},
    "für andere": {"abweichung": {"aud": "anderes-portal"}},
    "auch für andere": {"abweichung": {"aud": [KLIENT, "anderes-portal"]}},
    "durch andere": {"abweichung": {"azp": "anderes-portal"}},
    "abgelaufen": {"abweichung": {"exp": 1_700_000_000}},
    "Ablauf als Text": {"abweichung": {"exp": "morgen"}},
    "aus der Zukunft": {"abweichung": {"iat": 4_000_000_000}},
    "noch nicht gültig": {"abweichung": {"nbf": 4_000_000_000}},
    "sub als Zahl": {"abweichung": {"sub": 7}},
    "ohne nonce": {"ohne": ("nonce",)},
    "ohne Ablauf": {"ohne": ("exp",)},
    "ohne Empfänger": {"ohne": ("aud",)},
    "ohne Person": {"ohne": ("sub",)},
    "fremder Schlüssel": {"schluessel": FREMDER_SCHLUESSEL},
    "unbekannter Schlüssel": {"kopf": {"kid": "unbekannt"}},
    "Schlüssel im Kopf": {
        "schluessel": FREMDER_SCHLUESSEL,
        "kopf": {"jwk": FREMDER_SCHLUESSEL.as_dict(private=False)},
    },
    "ohne Unterschrift": {"verfahren": "none"},
    # What everybody knows, used as if it were secret.
    "öffentlicher Schlüssel als Geheimnis": {"verfahren": "HS256", "geheim": SCHLUESSEL.as_pem(private=False)},
    "Geheimnis des Portals": {"verfahren": "HS256", "geheim": GEHEIMNIS.encode()},
    "anderes Verfahren": {"verfahren": "PS256"},
}


@pytest.mark.parametrize("wie", FALSCHE)
def test_ein_falscher_ausweis_oeffnet_nichts(welt: Welt, dienst: Dienst, wie: str) -> None:
    dienst.__dict__.update(FALSCHE[wie])
    gast = welt.gast()
    antwort = komm_zurueck(gast)
    assert antwort.status_code == 403
    assert "hat nicht geklappt" in antwort.text
    assert not ist_drin(gast)
    assert dienst.abgelehnt == []


def test_ein_fremder_oder_alter_rueckweg_gilt_nicht(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    gast, opfer = welt.gast(), welt.gast()
    opfer.get("/anmelden")
    pfad = pfad_von(geh_hin(gast))
    assert opfer.get(pfad).status_code == 403
    assert welt.gast().get(pfad).status_code == 403
    code = parse_qs(urlsplit(pfad).query)["code"][0]
    fremd = parse_qs(urlsplit(pfad_von(geh_hin(opfer))).query)["state"][0]
    for state in ("", "x", "anmelden.1.2.3", fremd, "ä", parse_qs(urlsplit(pfad).query)["state"][0] + "0"):
        assert gast.get(ZURUECK, params={"code": code, "state": state}).status_code == 403
    monkeypatch.setattr(seiten_anbieter, "_GILT_S", -1)
    assert gast.get(pfad).status_code == 403
    monkeypatch.undo()
    assert gast.get(pfad).status_code == 303


def test_ein_rueckweg_gilt_einmal(welt: Welt, dienst: Dienst) -> None:
    gast = welt.gast()
    vorher = gast.get("/anmelden").cookies
    pfad = pfad_von(geh_hin(gast))
    assert gast.get(pfad).status_code == 303
    tue(gast, "/abmelden")
    assert gast.get(pfad).status_code == 403
    zweiter = welt.gast()
    zweiter.cookies.update(vorher)
    assert zweiter.get(pfad).status_code == 403
    assert dienst.abgelehnt == ["code", "pkce", "zurueck"]


def test_abgebrochen_oder_von_anderem_aussteller(welt: Welt) -> None:
    gast = welt.gast()
    pfad = pfad_von(geh_hin(gast))
    state = parse_qs(urlsplit(pfad).query)["state"][0]
    assert gast.get(ZURUECK, params={"error": "access_denied", "state": state}).status_code == 403
    assert gast.get(f"{pfad}&iss=https://fremd.example").status_code == 403
    assert not ist_drin(gast)


def test_wer_hier_kein_offenes_konto_hat_bleibt_draussen(welt: Welt, dienst: Dienst) -> None:
    dienst.person = "<fremd>"
    gast = welt.gast()
    antwort = komm_zurueck(gast)
    assert antwort.status_code == 403
    assert "&lt;fremd&gt;" in antwort.text
    assert gast.get("/konto").status_code == 303
    dienst.person = "bea-dort"
    with schreibe(welt.engine) as v:
        sperre(v, nummer(welt, "bea"), SYSTEM)
    antwort = komm_zurueck(gast)
    assert antwort.status_code == 403
    assert "gesperrt" in antwort.text
    assert gast.get("/konto").status_code == 303


def mit_mail(dienst: Dienst, tmp_path: Path, *, eingestellt: bool) -> Welt:
    """A portal at which the verified address may name the account."""
    angaben = Angaben(dienst.ort, KLIENT, GEHEIMNIS, "Landesdienst", mit_mail=eingestellt)
    neue = baue(tmp_path, anbieter=Anbieter(angaben))
    with schreibe(neue.engine) as v:
        v.execute(sa.update(benutzer).where(benutzer.c.kennung == "bea").values(mail="bea@amt.example"))
    return neue


@pytest.mark.parametrize(
    ("eingestellt", "mail", "kommt_hinein"),
    [
        (True, {"email": "Bea@amt.example", "email_verified": True}, True),
        (True, {"email": "bea@amt.example", "email_verified": False}, False),
        (True, {"email": "bea@amt.example", "email_verified": "true"}, False),
        (True, {"email": "bea@amt.example"}, False),
        (True, {"email": ["bea@amt.example"], "email_verified": True}, False),
        (True, {"email": "andere@amt.example", "email_verified": True}, False),
        (False, {"email": "bea@amt.example", "email_verified": True}, False),
    ],
)
def test_eine_bestaetigte_adresse_zaehlt_nur_wenn_es_so_eingestellt_ist(
    dienst: Dienst, tmp_path: Path, eingestellt: bool, mail: dict[str, object], kommt_hinein: bool
) -> None:
    welt = mit_mail(dienst, tmp_path, eingestellt=eingestellt)
    dienst.mail = mail
    gast = welt.gast()
    komm_zurueck(gast)
    assert ist_drin(gast) == kommt_hinein
    # Another person who was given the address later does not get the account.
    dienst.person = "nachfolge"
    nachfolge = welt.gast()
    if kommt_hinein:
        assert komm_zurueck(nachfolge).status_code == 403


def test_verknuepfen_mit_dem_eigenen_passwort(welt: Welt, dienst: Dienst) -> None:
    dienst.person = "fred-dort"
    fred = welt.als("fred")
    assert tue(fred, "/konto/verknuepfen", passwort="falsch falsch falsch").status_code == 401
    antwort = tue(fred, "/konto/verknuepfen", passwort=PASSWORT)
    zurueck = pfad_von(beim_dienst(weg_dorthin(antwort)))
    assert welt.als("anna").get(zurueck).status_code == 403
    assert fred.get(zurueck).headers["location"] == "/konto"
    assert "Ihr Konto ist verknüpft" in fred.get("/konto").text
    gast = welt.gast()
    assert komm_zurueck(gast).status_code == 303
    assert ist_drin(gast)
    assert tue(fred, "/konto/loesen").headers["location"] == "/konto"
    assert komm_zurueck(welt.gast()).status_code == 403
    with lies(welt.engine) as v:
        assert [e.art for e in geschehen(v, nummer(welt, "fred"))][:2] == ["verknuepfung_geloest", "verknuepft"]


def test_was_einem_konto_gehoert_wird_keinem_zweiten_gegeben(welt: Welt) -> None:
    fred = welt.als("fred")
    antwort = tue(fred, "/konto/verknuepfen", passwort=PASSWORT)
    weg = weg_dorthin(antwort)
    antwort = fred.get(pfad_von(beim_dienst(weg)))
    assert antwort.status_code == 409
    assert "anderen Konto" in antwort.text


def test_wer_inzwischen_abgemeldet_ist_verknuepft_nichts(welt: Welt, dienst: Dienst) -> None:
    dienst.person = "fred-dort"
    fred = welt.als("fred")
    antwort = tue(fred, "/konto/verknuepfen", passwort=PASSWORT)
    weg = weg_dorthin(antwort)
    zurueck = pfad_von(beim_dienst(weg))
    with schreibe(welt.engine) as v:
        sperre(v, nummer(welt, "fred"), SYSTEM)
    assert fred.get(zurueck).status_code == 403
    with lies(welt.engine) as v:
        assert subjekt_von(v, nummer(welt, "fred"), dienst.ort) is None


def test_die_verwaltung_verknuepft_und_loest(welt: Welt, dienst: Dienst) -> None:
    verw = welt.als("verw")
    ort = f"/verwaltung/person/{nummer(welt, 'anna')}"
    assert tue(verw, f"{ort}/verknuepfen", subjekt=" ").status_code == 409
    assert tue(verw, f"{ort}/verknuepfen", subjekt="bea-dort").status_code == 409
    assert tue(verw, f"{ort}/verknuepfen", subjekt="anna-dort").status_code == 303
    dienst.person = "anna-dort"
    gast = welt.gast()
    komm_zurueck(gast)
    assert ist_drin(gast)
    assert "anna-dort" in verw.get(ort).text
    assert tue(verw, f"{ort}/loesen").status_code == 303
    assert tue(verw, f"{ort}/loesen").status_code == 409
    eigenes = tue(verw, f"/verwaltung/person/{nummer(welt, 'verw')}/verknuepfen", subjekt="verw-dort")
    assert eigenes.status_code == 409


def test_von_einer_adresse_wird_nicht_unbegrenzt_eingeloest(welt: Welt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.lieferbuch.anmeldung.FEHLVERSUCHE_JE_ADRESSE", 2)
    assert [komm_zurueck(welt.gast()).status_code for _ in range(3)] == [303, 303, 429]


@pytest.mark.parametrize(
    "beschreibung",
    [
        {"issuer": "https://fremd.example"},
        {"token_endpoint": "http://fremd.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"viel": "x" * 300_000},
    ],
    ids=lambda b: next(iter(b)),
)
def test_ein_anbieter_der_nicht_in_ordnung_ist(welt: Welt, dienst: Dienst, beschreibung: dict[str, object]) -> None:
    dienst.beschreibung = beschreibung
    antwort = welt.gast().get("/anmelden/anbieter")
    assert antwort.status_code == 503
    assert "später noch einmal" in antwort.text
    # It may have been a bad moment.
    dienst.beschreibung = {}
    assert welt.gast().get("/anmelden/anbieter").status_code == 303


def test_ein_anbieter_der_nicht_da_ist(tmp_path: Path) -> None:
    angaben = Angaben("http://127.0.0.1:9", KLIENT, GEHEIMNIS, "Landesdienst", mit_mail=False)
    welt = baue(tmp_path, anbieter=Anbieter(angaben))
    assert welt.gast().get("/anmelden/anbieter").status_code == 503
    assert welt.als("bea").get(f"/kreis/{KREIS}").status_code == 200


def test_ohne_anbieter_gibt_es_nichts(tmp_path: Path) -> None:
    welt = baue(tmp_path)
    assert "Anmelden über" not in welt.gast().get("/anmelden").text
    assert welt.gast().get("/anmelden/anbieter").status_code == 404
    assert welt.gast().get(f"{ZURUECK}?code=x&state=y").status_code == 404
    bea = welt.als("bea")
    for pfad in ("/konto/verknuepfen", "/konto/loesen"):
        assert tue(bea, pfad, passwort=PASSWORT).status_code == 404


UMGEBUNG = {
    "TEILHABE_OIDC_AUSSTELLER": "https://dienst.example/land",
    "TEILHABE_OIDC_KLIENT": "portal",
    "TEILHABE_OIDC_GEHEIMNIS": "geheim",
}


def test_was_die_umgebung_sagt(tmp_path: Path) -> None:
    assert aus_umgebung({"HOME": "/"}) is None
    angaben = aus_umgebung(UMGEBUNG)
    assert angaben == Angaben("https://dienst.example/land", "portal", "geheim", "Anmeldedienst", mit_mail=False)
    assert "geheim'" not in repr(angaben)
    (tmp_path / "geheimnis").write_text("aus der Datei\n", encoding="utf-8")
    mit_datei = UMGEBUNG | {"TEILHABE_OIDC_GEHEIMNIS_DATEI": str(tmp_path / "geheimnis")}
    gelesen = aus_umgebung(mit_datei | {"TEILHABE_OIDC_MAIL": "ja", "TEILHABE_OIDC_NAME": "Landesdienst"})
    assert gelesen is not None
    assert (gelesen.geheimnis, gelesen.mit_mail, gelesen.name) == ("aus der Datei", True, "Landesdienst")


@pytest.mark.parametrize(
    ("weiteres", "text"),
    [
        ({"TEILHABE_OIDC_KLIENT": ""}, "TEILHABE_OIDC_KLIENT"),
        ({"TEILHABE_OIDC_GEHEIMNIS_DATEI": "/gibt/es/nicht"}, "lässt sich nicht lesen"),
        ({"TEILHABE_OIDC_AUSSTELLER": "http://dienst.example"}, "https"),
        ({"TEILHABE_OIDC_MAIL": "true"}, "ja oder nein"),
        ({"TEILHABE_OIDC_AUSTELLER": "x"}, "TEILHABE_OIDC_AUSTELLER"),
    ],
)
def test_was_die_umgebung_falsch_sagt(weiteres: dict[str, str], text: str) -> None:
    with pytest.raises(AnbieterError, match=text):
        aus_umgebung(UMGEBUNG | weiteres)


def test_ohne_das_extra_geht_es_ohne(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, wert in UMGEBUNG.items():
        monkeypatch.setenv(name, wert)
    assert befehle_portal._anbieter() is not None
    monkeypatch.setitem(sys.modules, "pipeline.portal.oidc", None)
    assert befehle_portal._anbieter() is None
    assert "teilhabeberichte[oidc]" in capsys.readouterr().err
