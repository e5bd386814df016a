"""The Fachstelle in a real browser without scripts: questions and answers, a year released by two; axe on it all."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from assets.lieferbuch.jahresfreigaben import vermerke
from assets.lieferbuch.verbindung import schreibe
from tests.berichte.seitenarten import BREIT
from tests.berichte.stille import still
from tests.portal.ansehen import melde_an, sieh_an
from tests.portal.test_fachstelle import FREIGABE, SEITE, ausgabe, gib_frei, querbefund
from tests.portal.welt import JAHR, KREIS, LAND, Welt, beispiel, sende, server

NAME = LAND.meldeeinheit(KREIS).name


@pytest.fixture(scope="module")
def wurzel(welt: Welt) -> Iterator[str]:
    """A released delivery, one with warnings, a rejected one, a finding across files, two public releases."""
    bea = welt.als("bea")
    gib_frei(welt)
    sende(bea, f"/kreis/{KREIS}/{JAHR}/rueckkehr", beispiel(datensatz="rueckkehr"))
    sende(bea, f"/kreis/{KREIS}/{JAHR}/personal", b"berichtsjahr;meldeeinheit\nkeine;Zahl\n")
    querbefund(welt)
    ausgabe(welt, "2026-01-01-aaaaaaaaaaaa", None, "NEU")
    ausgabe(welt, "2026-02-01-bbbbbbbbbbbb", "2026-01-01-aaaaaaaaaaaa", "GEAENDERT")
    with server(welt.app) as adresse:
        yield adresse


def _ohne_skripte(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)


def test_fragen_antworten_und_zu_zweit_freigeben_ohne_skripte(browser: Browser, welt: Welt, wurzel: str) -> None:
    erster, zweiter, kreis = (_ohne_skripte(browser) for _ in range(3))
    stelle = melde_an(erster, wurzel, "stelle")
    with still(stelle, wurzel):
        stelle.get_by_role("link", name=NAME, exact=True).first.click()
        assert stelle.url == wurzel + SEITE
        stelle.get_by_label("Warnung ohne Begründung").check()
        stelle.get_by_text("Zusatz in eigenen Worten").first.click()
        stelle.get_by_label("Eigene Frage").fill("Wer ist zuständig?")
        stelle.get_by_role("button", name="Rückfragen stellen").click()
        stelle.get_by_label("Neue Notiz").fill("Nachfassen.")
        stelle.get_by_role("button", name="Notiz speichern").click()
        assert "Nachfassen." in stelle.locator("main").inner_text()

        bea = melde_an(kreis, wurzel, "bea")
        assert "Nachfassen." not in bea.locator("main").inner_text()
        bea.get_by_label("Ihre Antwort auf: Wer ist zuständig?").fill("Frau Muster.")
        bea.get_by_role("button", name="Antworten auf: Wer ist zuständig?").click()
        bea.get_by_role("link", name="Alle Rückfragen und Antworten").click()
        stelle.reload()
        for seite in (bea, stelle):
            assert "Antwort: Frau Muster." in seite.locator("main").inner_text()

        stelle.goto(wurzel + "/land")
        stelle.get_by_role("link", name=f"Berichtsjahr {JAHR} veröffentlichen").click()
        stelle.get_by_role("button", name=f"Berichtsjahr {JAHR} vorschlagen").click()
        assert "nur eine zweite Person" in stelle.locator("main").inner_text()
        zweite = melde_an(zweiter, wurzel, "zweite")
        zweite.get_by_role("link", name=f"Berichtsjahr {JAHR}", exact=True).click()
        zweite.get_by_role("button", name=f"Berichtsjahr {JAHR} freigeben").click()
        assert "Die Ausgabe wird erstellt." in zweite.locator("main").inner_text()
        with schreibe(welt.engine) as v:
            vermerke(v, 1, ausgabe="2026-02-01-bbbbbbbbbbbb")
        stelle.reload()
        stelle.get_by_role("link", name="2026-02-01-bbbbbbbbbbbb").click()
    with stelle.expect_download() as laden:
        stelle.get_by_role("link", name="Liste aller Unterschiede als CSV").click()
    assert "GEAENDERT" in laden.value.path().read_text()
    for kontext in (erster, zweiter, kreis):
        kontext.close()


def test_jede_seite_der_fachstelle_ist_zugaenglich_und_rollt_nie_waagerecht(browser: Browser, wurzel: str) -> None:
    """After the way above, or before it where this test runs alone."""
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, bypass_csp=True)
    stelle = melde_an(kontext, wurzel, "stelle")
    stelle.goto(wurzel + SEITE)
    stelle.get_by_label("Eigene Frage").fill("Was " + "sehrlang" * 20 + "?")
    stelle.get_by_role("button", name="Rückfragen stellen").click()
    for pfad in (
        "/land",
        SEITE,
        f"/land/kreis/{KREIS}/{LAND.berichtsjahre[0]}",
        f"/kreis/{KREIS}/rueckfragen",
        FREIGABE,
        "/land/veroeffentlichungen",
        "/land/veroeffentlichungen/2026-02-01-bbbbbbbbbbbb",
    ):
        stelle.goto(wurzel + pfad)
        sieh_an(stelle)
    kontext.close()
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, bypass_csp=True)
    bea = melde_an(kontext, wurzel, "bea")
    assert "sehrlang" in bea.locator("main").inner_text()
    sieh_an(bea)
    kontext.close()
