"""What the Verwaltung does in the portal: people, rights, locks, links for passwords; what it cannot do or see."""

import html
import re
from pathlib import Path

import httpx2 as httpx
import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from starlette.testclient import TestClient

from assets.lieferbuch import konten
from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.konten import geschehen
from assets.lieferbuch.rechte import entzieh, lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM, benutzer, passwortlinks
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.befehle_portal import konto
from pipeline.portal import seiten_verwaltung
from schemas.lieferbuch import VERWALTUNG
from tests.portal.welt import (
    DATENSATZ,
    FREMDER,
    KREIS,
    LAND,
    ORT,
    PASSWORT,
    Welt,
    baue,
    beispiel,
    eigene_marke,
    marke,
    melde_an,
    nummer,
    sende,
    tue,
)


@pytest.fixture
def welt(tmp_path: Path) -> Welt:
    """A new one for each test: rights are given and taken."""
    return baue(tmp_path)


def person(welt: Welt, kennung: str) -> str:
    return f"/verwaltung/person/{nummer(welt, kennung)}"


def arten(welt: Welt, kennung: str) -> list[str]:
    with lies(welt.engine) as v:
        assert pruefe_kette(v).ist_heil
        return [e.art for e in geschehen(v, nummer(welt, kennung))]


def link_aus(antwort: httpx.Response) -> str:
    assert antwort.status_code == 200, antwort.text
    treffer = re.search(r"https://testserver(/passwort/[\w-]{43})<", antwort.text)
    assert treffer, antwort.text
    return treffer[1]


def lege_an(verw: TestClient, kennung: str = "neue", **felder: str) -> httpx.Response:
    alle = {"name": "Neue Person", "kennung": kennung, "rolle": "bearbeitung", "meldeeinheit": KREIS} | felder
    return tue(verw, "/verwaltung/neu", **alle)


def setze(gast: TestClient, link: str, neu: str, noch_einmal: str | None = None) -> httpx.Response:
    daten = {"neu": neu, "noch_einmal": neu if noch_einmal is None else noch_einmal}
    return gast.post(link, data={"marke": marke(gast.get(link).text), **daten})


def test_die_verwaltung_sieht_personen_und_keine_lieferungen(welt: Welt) -> None:
    sende(welt.als("bea"), ORT, beispiel())
    verw = welt.als("verw")
    assert verw.get("/").headers["location"] == "/verwaltung"
    seite = verw.get("/verwaltung").text
    for erwartet in ("Bea", "fremdfrei", "Bearbeitung, ", "landesweit", "noch nie", "Verwaltung"):
        assert erwartet in seite
    assert DATENSATZ not in (seite + verw.get(person(welt, "bea")).text).casefold()
    for pfad in (
        f"/kreis/{KREIS}",
        ORT,
        f"{ORT}/1",
        f"{ORT}/1/datei",
        f"/kreis/{KREIS}/bericht/oeffentlich/index.html",
    ):
        assert verw.get(pfad).status_code == 404
    assert verw.get("/land").status_code == 403


def test_von_der_neuen_person_bis_zu_ihrer_ersten_abgabe(welt: Welt) -> None:
    verw, gast = welt.als("verw"), welt.gast()
    link = link_aus(lege_an(verw, "Neue", mail="neue@amt.example"))
    assert "wartet auf Passwort" in verw.get("/verwaltung").text
    assert link.rpartition("/")[2] not in verw.get(person(welt, "neue")).text
    assert melde_an(gast, "neue", "").status_code == 401
    assert "Neue Person" in gast.get(link).text
    for schlecht in ("kurz", "meine kennung neue!", "x" * 201):
        antwort = setze(gast, link, schlecht)
        assert antwort.status_code == 422
        assert "Das Passwort" in antwort.text
    assert setze(gast, link, PASSWORT, PASSWORT + "!").status_code == 422
    assert setze(gast, link, PASSWORT).headers["location"] == "/anmelden?gesetzt"
    assert gast.get(link).status_code == 404
    assert gast.post(link, data={"marke": marke(gast.get("/anmelden").text)}).status_code == 404
    assert melde_an(gast, "neue").status_code == 303
    assert sende(gast, ORT, beispiel()).status_code == 303
    assert gast.get(f"/kreis/{FREMDER}").status_code == 404
    assert arten(welt, "neue") == ["passwort_gesetzt", "passwortlink", "recht_vergeben", "person_angelegt"]
    with lies(welt.engine) as v:
        gemerkt = v.execute(sa.select(benutzer.c.passwort_hash).where(benutzer.c.kennung == "neue")).scalar_one()
        assert gemerkt.startswith("$argon2id$")
        assert v.execute(sa.select(passwortlinks)).first() is None


@pytest.mark.parametrize(
    ("felder", "text"),
    [
        ({"kennung": "bea"}, "schon vergeben"),
        ({"kennung": "a b"}, "Kleinbuchstaben"),
        ({"name": " "}, "Namen"),
        ({"mail": "keine"}, "E-Mail"),
        ({"rolle": "chef"}, "gibt es so nicht"),
        ({"meldeeinheit": ""}, "gilt je Meldeeinheit"),
        ({"meldeeinheit": "99999"}, "gibt es nicht"),
        ({"rolle": "verwaltung"}, "gilt landesweit"),
    ],
)
def test_was_nicht_geht_wird_gesagt_und_nichts_angelegt(welt: Welt, felder: dict[str, str], text: str) -> None:
    verw = welt.als("verw")
    vorher = verw.get("/verwaltung").text.count("/verwaltung/person/")
    antwort = lege_an(verw, **({"kennung": "neue", "name": "<b>Neue</b>"} | felder))
    assert antwort.status_code == 422
    assert text in html.unescape(antwort.text)
    assert "<b>" not in antwort.text
    assert verw.get("/verwaltung").text.count("/verwaltung/person/") == vorher


def test_rechte_gelten_vom_vergeben_bis_zum_entziehen(welt: Welt) -> None:
    verw, anna = welt.als("verw"), welt.als("anna")
    ort, fremd = person(welt, "anna"), {"rolle": "bearbeitung", "meldeeinheit": FREMDER}
    assert anna.get(f"/kreis/{FREMDER}").status_code == 404
    assert tue(verw, f"{ort}/vergeben", **fremd).headers["location"] == ort
    assert anna.get(f"/kreis/{FREMDER}").status_code == 200
    assert tue(verw, f"{ort}/entziehen", **fremd).status_code == 303
    assert anna.get(f"/kreis/{FREMDER}").status_code == 404
    assert sende(anna, ORT.replace(KREIS, FREMDER), beispiel(FREMDER)).status_code == 404
    doppelt = tue(verw, f"{ort}/entziehen", **fremd)
    assert doppelt.status_code == 409
    assert "hat dieses Recht nicht" in doppelt.text
    assert tue(verw, f"{ort}/vergeben", rolle="ansicht").status_code == 409
    assert arten(welt, "anna")[:2] == ["recht_entzogen", "recht_vergeben"]
    assert "Recht entzogen: Bearbeitung, " in verw.get(ort).text


def test_gesperrt_ist_sofort_draussen(welt: Welt) -> None:
    verw, bea = welt.als("verw"), welt.als("bea")
    ort = person(welt, "bea")
    assert tue(verw, f"{ort}/sperren").status_code == 303
    assert bea.get(f"/kreis/{KREIS}").status_code == 303
    assert sende_ohne_sitzung(bea) == 303
    assert melde_an(welt.gast(), "bea").status_code == 401
    assert tue(verw, f"{ort}/passwortlink").status_code == 409
    assert "gesperrt" in verw.get("/verwaltung").text
    assert tue(verw, f"{ort}/entsperren").status_code == 303
    assert welt.als("bea").get(f"/kreis/{KREIS}").status_code == 200
    assert arten(welt, "bea")[:2] == ["person_entsperrt", "person_gesperrt"]


def sende_ohne_sitzung(person: TestClient) -> int:
    return person.post(
        ORT, data={"marke": "x", "aktion": "abgeben"}, files={"datei": ("x.csv", beispiel())}
    ).status_code


def test_ein_link_fuer_ein_neues_passwort_beendet_alte_sitzungen_erst_beim_setzen(welt: Welt) -> None:
    verw, bea = welt.als("verw"), welt.als("bea")
    alt = link_aus(tue(verw, f"{person(welt, 'bea')}/passwortlink"))
    neu = link_aus(tue(verw, f"{person(welt, 'bea')}/passwortlink"))
    assert welt.gast().get(alt).status_code == 404
    assert bea.get(f"/kreis/{KREIS}").status_code == 200
    assert setze(welt.gast(), neu, "ganz anderes passwort").status_code == 303
    assert bea.get(f"/kreis/{KREIS}").status_code == 303
    assert melde_an(welt.gast(), "bea").status_code == 401
    assert melde_an(welt.gast(), "bea", "ganz anderes passwort").status_code == 303


def test_niemand_sperrt_sich_aus_oder_gibt_sich_selbst_rechte(welt: Welt) -> None:
    verw = welt.als("verw")
    ort = person(welt, "verw")
    eigenes = {"rolle": "verwaltung", "meldeeinheit": ""}
    assert tue(verw, f"{ort}/sperren").status_code == 403
    assert tue(verw, f"{ort}/entziehen", **eigenes).status_code == 403
    assert tue(verw, f"{ort}/vergeben", rolle="ansicht", meldeeinheit=KREIS).status_code == 403
    assert tue(verw, f"{ort}/passwortlink").status_code == 409
    assert "Das ist Ihr eigenes Konto" in verw.get(ort).text
    assert verw.get("/verwaltung").status_code == 200
    assert verw.get(f"/kreis/{KREIS}").status_code == 404


@pytest.mark.parametrize("wer", ["1", "2", "999999", "9" * 30])
def test_konten_die_es_nicht_gibt(welt: Welt, wer: str) -> None:
    verw = welt.als("verw")
    assert verw.get(f"/verwaltung/person/{wer}").status_code == 404
    for form in ("sperren", "entsperren", "passwortlink", "vergeben", "entziehen"):
        assert tue(verw, f"/verwaltung/person/{wer}/{form}", rolle="fachstelle").status_code == 404


def test_ohne_anbieter_wird_nichts_verknuepft(welt: Welt) -> None:
    verw = welt.als("verw")
    for form in ("verknuepfen", "loesen"):
        assert tue(verw, f"{person(welt, 'bea')}/{form}", subjekt="x").status_code == 404
    assert "sub)" not in verw.get(person(welt, "bea")).text


@pytest.mark.parametrize("form", ["vergeben", "sperren", "passwortlink"])
def test_formulare_fremder_seiten_verwalten_nichts(welt: Welt, form: str) -> None:
    verw = welt.als("verw")
    pfad = f"{person(welt, 'bea')}/{form}"
    vorher = arten(welt, "bea")
    fremde = eigene_marke(welt.als("bea"))
    for daten in ({}, {"marke": fremde}):
        assert verw.post(pfad, data={"rolle": "fachstelle"} | daten).status_code == 403
    assert arten(welt, "bea") == vorher


def test_wem_mitten_darin_das_recht_entzogen_wird_der_tut_nichts_mehr(
    welt: Welt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page was opened with the right; the booking asks again."""
    verw = welt.als("verw")
    with schreibe(welt.engine) as v:
        zweite = lege_person_an(v, "dritte", "Dritte", SYSTEM)
        vergib(v, zweite, VERWALTUNG, SYSTEM)
        v.execute(sa.update(benutzer).where(benutzer.c.id == zweite).values(passwort_hash="x"))
    eigentlich = konten.person

    def nimm_vorher(v: sa.Connection, wen: int) -> object:
        entzieh(v, nummer(welt, "verw"), VERWALTUNG, zweite)
        return eigentlich(v, wen)

    ziel = person(welt, "anna")
    monkeypatch.setattr(seiten_verwaltung, "person", nimm_vorher)
    antwort = tue(verw, f"{ziel}/vergeben", rolle="fachstelle")
    assert antwort.status_code == 403
    assert "Verwaltung" in antwort.text
    assert arten(welt, "anna")[0] == "passwort_gesetzt"


def test_auf_der_kommandozeile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, ort in (("ABLAGE", ""), ("EINGANGSKORB", "korb"), ("DAGSTER", "dagster")):
        monkeypatch.setenv(f"TEILHABE_{name}", str(tmp_path / ort))
    monkeypatch.setenv("TEILHABE_LAND", LAND.id)
    ruf = CliRunner()

    def rufe(*worte: str, eingabe: str = "") -> str:
        return ruf.invoke(konto, worte, input=eingabe, catch_exceptions=False).output

    rufe("anlegen", "erste", "--name", "Erste", "--rolle", "verwaltung", eingabe=f"{PASSWORT}\n")
    rufe(
        "anlegen", "zweite", "--name", "Zweite", "--rolle", "ansicht", "--meldeeinheit", KREIS, eingabe=f"{PASSWORT}\n"
    )
    with pytest.raises(LieferbuchError, match="letzte Person der Verwaltung"):
        rufe("sperren", "erste")
    with pytest.raises(LieferbuchError, match="gibt es nicht"):
        rufe("sperren", "dritte")
    assert "zweite: gesperrt" in rufe("sperren", "Zweite")
    assert f"zweite; Zweite; ansicht {KREIS}; noch nie angemeldet; gesperrt" in rufe("liste")
    rufe("entsperren", "zweite")
    assert "gesperrt" not in rufe("liste")
    rufe("passwort", "zweite", eingabe=f"{PASSWORT}!\n")
    from assets.ablage import Ablage
    from assets.lieferbuch.verbindung import adresse, oeffne

    engine = oeffne(adresse(Ablage(tmp_path)))
    with lies(engine) as v:
        assert [(e.art, e.akteur) for e in geschehen(v, 4)] == [
            ("passwort_gesetzt", SYSTEM),
            ("person_entsperrt", SYSTEM),
            ("person_gesperrt", SYSTEM),
            ("passwort_gesetzt", SYSTEM),
            ("recht_vergeben", SYSTEM),
            ("person_angelegt", SYSTEM),
        ]
    engine.dispose()
