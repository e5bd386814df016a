"""Looking up one of very many areas on the page of an indicator, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assets.berichte.ablegen import veroeffentliche
from assets.berichte.gebiete import VIELE
from assets.berichte.seiten import erzeuge
from tests.berichte import welt
from tests.berichte.stille import still


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    seiten = erzeuge(welt.grosse_berichtsdaten(VIELE + 1))
    return veroeffentliche(seiten, tmp_path_factory.mktemp("viele"), "intern_land")


@pytest.fixture
def seite(browser: Browser, ordner: Path) -> Iterator[Page]:
    seite = browser.new_page(viewport={"width": 320, "height": 900})
    with still(seite, ordner.as_uri()):
        seite.goto((ordner / "kennzahl_ARB-03.html").as_uri())
        yield seite
    seite.close()


def test_ein_teil_des_namens_genuegt(seite: Page) -> None:
    feld = seite.get_by_role("searchbox", name="Suchen unter: Kreise nach Anfangsbuchstaben")
    feld.fill("a-kreis 2")
    sichtbare = seite.locator("details .jahrestabelle tbody tr:visible th")
    # Ä stands with A, and is found without its dots.
    expect(sichtbare).to_have_text(["A-Kreis 20", "A-Kreis 25", "Ä-Kreis 23", "Ä-Kreis 28"])
    expect(seite.locator(".suche [role=status]")).to_have_text("4 gefunden")
    feld.fill("xyz")
    expect(sichtbare).to_have_count(0)
    expect(seite.locator(".suche [role=status]")).to_have_text("0 gefunden")
    feld.fill("")
    expect(seite.locator("details:visible").filter(has=seite.locator(".jahrestabelle"))).to_have_count(4)
    expect(sichtbare).to_have_count(0)
    assert seite.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_findet_nichts(browser: Browser, ordner: Path) -> None:
    seite = browser.new_page(viewport={"width": 320, "height": 900})
    seite.goto((ordner / "kennzahl_ARB-03.html").as_uri())
    seite.get_by_role("searchbox").first.fill("kreis 2")
    befund = Axe().run(seite)
    assert befund.violations_count == 0, befund.generate_report()
    seite.close()


def test_ohne_skript_gibt_es_kein_feld(browser: Browser, ordner: Path) -> None:
    kontext = browser.new_context(java_script_enabled=False)
    seite = kontext.new_page()
    seite.goto((ordner / "kennzahl_ARB-03.html").as_uri())
    expect(seite.get_by_role("searchbox")).to_have_count(0)
    expect(seite.locator("nav.register a")).to_have_count(4)
    kontext.close()
