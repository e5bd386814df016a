"""Every page with every role: what a person may see, and that another Meldeeinheit's pages do not even exist."""

import gc
import re

import pytest

from assets.lieferbuch.lesen import staende
from assets.lieferbuch.verbindung import lies
from pipeline.portal.app import SEITEN
from pipeline.portal.rahmen import Anfrage, Seite
from pipeline.portal.rechte import ROLLEN_FUER, Recht
from tests.portal.welt import DATENSATZ, FREMDER, JAHR, KREIS, LEUTE, ORT, Welt, beispiel, eigene_marke, sende

EINHEITSSEITEN = [s for s in SEITEN if "{einheit}" in s.pfad]
GESCHUETZT = [s for s in SEITEN if s.recht is not Recht.OFFEN]


def name(seite: Seite) -> str:
    return f"{seite.methode} {seite.pfad}"


def adresse(seite: Seite, einheit: str = KREIS) -> str:
    teile = {"einheit": einheit, "jahr": str(JAHR), "datensatz": DATENSATZ, "version": "1", "nummer": "1"}
    teile |= {"form": "csv", "endung": "json", "pfad": "index.html", "geheimnis": "x", "person": "999999"}
    teile |= {"ausgabe": "2026-01-01-abc"}
    return re.sub(r"\{(\w+)(:\w+)?\}", lambda t: teile[t[1]], seite.pfad)


@pytest.fixture(scope="module", autouse=True)
def lieferung(welt: Welt) -> None:
    """Both Meldeeinheiten have handed something in, so that there is something to be kept from the other."""
    assert sende(welt.als("bea"), ORT, beispiel()).status_code == 303
    fremder_ort = ORT.replace(KREIS, FREMDER)
    assert sende(welt.als("fremd"), fremder_ort, beispiel(FREMDER)).status_code == 303


def rufe(welt: Welt, seite: Seite, kennung: str | None, einheit: str = KREIS) -> int:
    """The status; forms are sent with their mark but without anything they ask for, so that nothing is done."""
    person = welt.gast() if kennung is None else welt.als(kennung)
    if seite.methode == "GET":
        return person.get(adresse(seite, einheit)).status_code
    daten = {} if kennung is None else {"marke": eigene_marke(person)}
    return person.post(adresse(seite, einheit), data=daten).status_code


@pytest.mark.parametrize("seite", GESCHUETZT, ids=name)
def test_ohne_anmeldung_fuehrt_jede_seite_zur_anmeldung(welt: Welt, seite: Seite) -> None:
    assert rufe(welt, seite, None) == 303
    assert rufe(welt, seite, None, einheit="99999") == 303


def test_eine_andere_meldeeinheit_sieht_und_tut_nichts(welt: Welt) -> None:
    for kennung in ("fremd", "fremdfrei", "verw"):
        person = welt.als(kennung)
        marke = eigene_marke(person)
        for seite in EINHEITSSEITEN:
            pfad = adresse(seite)
            antwort = person.get(pfad) if seite.methode == "GET" else person.post(pfad, data={"marke": marke})
            assert antwort.status_code == 404, (kennung, name(seite))
            assert DATENSATZ not in antwort.text.casefold()


def test_was_es_nicht_gibt_und_was_anderen_gehoert_sieht_gleich_aus(welt: Welt) -> None:
    fremd = welt.als("fremd")
    assert fremd.get(f"/kreis/{KREIS}").text == fremd.get("/kreis/99999").text


@pytest.mark.parametrize("kennung", ["bea", "fred", "anna", "stelle", "verw"])
def test_jede_rolle_darf_genau_was_ihr_recht_sagt(welt: Welt, kennung: str) -> None:
    rolle = LEUTE[kennung][0]
    person = welt.als(kennung)
    marke = eigene_marke(person)
    for seite in SEITEN:
        if seite.recht in (Recht.OFFEN, Recht.ANGEMELDET):
            continue
        if kennung == "verw" and seite in EINHEITSSEITEN:
            # For those who see no delivery these do not even exist.
            continue
        pfad = adresse(seite)
        antwort = person.get(pfad) if seite.methode == "GET" else person.post(pfad, data={"marke": marke})
        verboten = antwort.status_code == 403 and "fehlt Ihrem Konto das Recht" in antwort.text
        assert verboten == (rolle not in ROLLEN_FUER[seite.recht]), (name(seite), antwort.status_code)


def test_eine_datei_fuer_eine_andere_meldeeinheit_wird_nicht_angenommen(welt: Welt) -> None:
    bea = welt.als("bea")
    vorher = len(welt.umfeld.ablage.liste("eingang", "**/*.csv"))
    antwort = sende(bea, ORT, beispiel(FREMDER), name=f"{DATENSATZ}_{FREMDER}_{JAHR}.csv")
    assert antwort.status_code == 422
    assert "gehört dem Namen nach zu einer anderen Lieferung" in antwort.text
    assert len(welt.umfeld.ablage.liste("eingang", "**/*.csv")) == vorher


def test_fremde_zeilen_unter_eigenem_namen_werden_zurueckgewiesen(welt: Welt) -> None:
    bea = welt.als("bea")
    antwort = sende(bea, ORT, beispiel(FREMDER), name="daten.csv")
    seite = bea.get(antwort.headers["location"]).text
    assert "Zurückgewiesen" in seite
    assert "Fremde Meldeeinheit" in seite
    with lies(welt.engine) as v:
        gueltig = {s.schluessel.meldeeinheit: s.gueltige_version for s in staende(v)}
    assert gueltig == {KREIS: 1, FREMDER: 1}


@pytest.mark.parametrize("pfad", ["..", "../..", "%2e%2e", "%2e%2e%2f%2e%2e", "..%5c.."])
def test_kein_pfad_fuehrt_hinaus(welt: Welt, pfad: str) -> None:
    fremd = welt.als("fremd")
    assert fremd.get(f"/kreis/{FREMDER}/{JAHR}/{pfad}/{KREIS}/{JAHR}/{DATENSATZ}/1").status_code == 404
    assert fremd.get(f"/kreis/{FREMDER}/bericht/intern_{FREMDER}/{pfad}/intern_{KREIS}/index.html").status_code == 404


@pytest.mark.parametrize("pfad", ["9" * 30, "0", "-1", "1/datei.csv", "1/protokoll.exe"])
def test_was_es_nicht_gibt_ist_kein_fehler_des_programms(welt: Welt, pfad: str) -> None:
    assert welt.als("bea").get(f"{ORT}/{pfad}").status_code == 404


def test_die_uebersicht_des_landes_sieht_nur_die_fachstelle(welt: Welt) -> None:
    stelle = welt.als("stelle")
    assert stelle.get("/").headers["location"] == "/land"
    seite = stelle.get("/land").text
    assert all(f'href="/land/kreis/{e.id}/{JAHR}"' in seite for e in welt.umfeld.land.meldeeinheiten)
    assert welt.als("bea").get("/land").status_code == 403


def test_von_abgewiesenen_anfragen_bleibt_nichts_im_speicher(welt: Welt) -> None:
    bea = welt.als("bea")
    for _ in range(3):
        assert bea.get(f"/kreis/{FREMDER}").status_code == 404
        assert bea.get("/kreis/gibt-es-nicht").status_code == 404
        assert sende(bea, f"/kreis/{FREMDER}/{JAHR}/{DATENSATZ}", beispiel()).status_code == 404
    gc.collect()
    assert not [o for o in gc.get_objects() if type(o) is Anfrage]
