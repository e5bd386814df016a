"""Accounts in a real browser without scripts: from the new person to their first sign-in, here and elsewhere; axe."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from assets.lieferbuch.tabellen import SYSTEM
from assets.lieferbuch.verbindung import schreibe
from assets.lieferbuch.verknuepfung import Subjekt, verknuepfe
from pipeline.portal.anbieter import Angaben
from pipeline.portal.oidc import Anbieter
from tests.berichte.seitenarten import BREIT
from tests.portal.ansehen import melde_an, sieh_an
from tests.portal.ausweise import GEHEIMNIS, KLIENT, Dienst
from tests.portal.welt import KREIS, LAND, PASSWORT, Welt, baue, nummer, server

NEU = "vier bunte woerter im wind"


@pytest.fixture(scope="module")
def dienst() -> Iterator[Dienst]:
    gestartet = Dienst()
    with server(gestartet.app()) as ort:
        gestartet.ort = ort
        yield gestartet


@pytest.fixture(scope="module")
def welt(dienst: Dienst, tmp_path_factory: pytest.TempPathFactory) -> Welt:
    angaben = Angaben(dienst.ort, KLIENT, GEHEIMNIS, "Landesdienst", mit_mail=False)
    return baue(tmp_path_factory.mktemp("konten"), anbieter=Anbieter(angaben))


@pytest.fixture(scope="module")
def wurzel(welt: Welt) -> Iterator[str]:
    with server(welt.app) as adresse:
        yield adresse


def lege_an(verw: Page, kennung: str) -> str:
    """Through the forms; gives the link the page shows."""
    verw.get_by_role("link", name="Verwaltung").click()
    verw.get_by_role("link", name="Person anlegen").click()
    verw.get_by_label("Name").fill(f"Neue Person {kennung}")
    verw.get_by_label("Kennung").fill(kennung)
    verw.get_by_label("Recht", exact=True).select_option("bearbeitung")
    verw.get_by_label("Meldeeinheit", exact=True).select_option(KREIS)
    verw.get_by_role("button", name="Anlegen und Link zeigen").click()
    return verw.locator(".zustand code").inner_text()


def test_eine_neue_person_setzt_ihr_passwort_und_ist_nach_dem_sperren_draussen(browser: Browser, wurzel: str) -> None:
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)
    verw = melde_an(kontext, wurzel, "verw")
    link = lege_an(verw, "neue")
    assert link.startswith(f"{wurzel}/passwort/")
    zweiter = browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)
    neue = zweiter.new_page()
    neue.goto(link)
    neue.get_by_label("Neues Passwort", exact=True).fill(NEU)
    neue.get_by_label("Neues Passwort noch einmal").fill(NEU)
    neue.get_by_role("button", name="Passwort setzen").click()
    assert "Das Passwort ist gesetzt" in neue.locator("main").inner_text()
    neue.get_by_label("Kennung").fill("neue")
    neue.get_by_label("Passwort", exact=True).fill(NEU)
    neue.get_by_role("button", name="Anmelden").click()
    assert LAND.meldeeinheit(KREIS).name in neue.locator("h1").inner_text()
    verw.get_by_role("link", name="Weiter zu Neue Person neue").click()
    verw.get_by_role("button", name="Konto sperren").click()
    assert "Das Konto ist gesperrt" in verw.locator("main").inner_text()
    neue.reload()
    assert neue.url == f"{wurzel}/anmelden"
    kontext.close()
    zweiter.close()


def test_verknuepfen_und_anderswo_anmelden_unter_der_strengen_richtlinie(
    browser: Browser, wurzel: str, dienst: Dienst
) -> None:
    """Browsers follow no form to another site; links they do."""
    dienst.person = "fred-dort"
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, java_script_enabled=False)
    fred = melde_an(kontext, wurzel, "fred")
    fred.get_by_role("link", name="Mein Konto").click()
    fred.get_by_label("Passwort dieses Kontos").fill(PASSWORT)
    fred.get_by_role("button", name="Mit Landesdienst verknüpfen").click()
    fred.get_by_role("link", name="Weiter zu Landesdienst").click()
    assert fred.url == f"{wurzel}/konto"
    assert "Ihr Konto ist verknüpft" in fred.locator("main").inner_text()
    fred.get_by_role("button", name="Abmelden").click()
    fred.get_by_role("link", name="Anmelden über Landesdienst").click()
    assert fred.url == f"{wurzel}/kreis/{KREIS}"
    kontext.close()


def test_jede_seite_ist_zugaenglich_und_rollt_nie_waagerecht(
    browser: Browser, wurzel: str, welt: Welt, dienst: Dienst
) -> None:
    """CSP is off for axe's script."""
    with schreibe(welt.engine) as v:
        verknuepfe(v, nummer(welt, "bea"), Subjekt(dienst.ort, "bea-dort"), SYSTEM)
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, bypass_csp=True)
    verw = melde_an(kontext, wurzel, "verw")
    sieh_an(verw)
    link = lege_an(verw, "person")
    sieh_an(verw)
    for wer in ("person", "bea", "verw"):
        verw.goto(f"{wurzel}/verwaltung/person/{nummer(welt, wer)}")
        sieh_an(verw)
    verw.goto(f"{wurzel}/verwaltung/person/{nummer(welt, 'anna')}")
    verw.get_by_label("Recht", exact=True).select_option("ansicht")
    verw.get_by_role("button", name="Recht vergeben").click()
    assert "gilt je Meldeeinheit" in verw.get_by_role("alert").inner_text()
    sieh_an(verw)
    verw.goto(f"{wurzel}/verwaltung/neu")
    sieh_an(verw)
    verw.goto(f"{wurzel}/konto")
    verw.get_by_label("Bisheriges Passwort").fill("falsch falsch")
    verw.get_by_label("Neues Passwort", exact=True).fill(NEU)
    verw.get_by_label("Neues Passwort noch einmal").fill(NEU)
    verw.get_by_role("button", name="Passwort ändern").click()
    sieh_an(verw)
    verw.goto(link)
    sieh_an(verw)
    kontext.close()
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, bypass_csp=True)
    gast = kontext.new_page()
    dienst.person = "niemand"
    gast.goto(f"{wurzel}/anmelden/anbieter")
    assert "kein offenes Konto" in gast.locator("h1").inner_text()
    sieh_an(gast)
    kontext.close()
