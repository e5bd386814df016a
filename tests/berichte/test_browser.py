"""The pages in a real browser, opened from the folder: reflow, requests, messages, focus, size of text in charts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.berichte.stille import still

SEITEN = [
    "index.html",
    "musterland.html",
    "kennzahl_BEV-01.html",
    "kennzahl_BEV-02.html",
    "kreis_X1.html",
    "kreis_X4.html",
    "kurzfassung_X4.html",
    "lieferstand.html",
    "erkunden.html",
    "daten.html",
    "methodik.html",
    "vergleichbarkeit.html",
    "berichtspunkte.html",
    "hilfe.html",
    "leichte-sprache.html",
    "willkommen-ar.html",
    "barrierefreiheit.html",
]
SCHMAL, BREIT = 320, 1280


@pytest.fixture(params=[SCHMAL, BREIT], ids=["schmal", "breit"])
def kontext(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    kontext = browser.new_context(viewport={"width": request.param, "height": 800}, java_script_enabled=False)
    yield kontext
    kontext.close()


@pytest.mark.parametrize("name", SEITEN)
def test_seite_laedt_still_und_ohne_den_ordner_zu_verlassen(kontext: BrowserContext, ordner: Path, name: str) -> None:
    seite = kontext.new_page()
    with still(seite, ordner.as_uri()) as anfragen:
        seite.goto((ordner / name).as_uri())
    assert (ordner / "assets/bericht.css").as_uri() in anfragen


def test_daten_fuer_suchmaschinen_stoeren_auch_mit_skripten_niemanden(browser: Browser, ordner: Path) -> None:
    kontext = browser.new_context()
    seite = kontext.new_page()
    with still(seite, ordner.as_uri()):
        seite.goto((ordner / "daten.html").as_uri())
    daten = seite.evaluate("JSON.parse(document.querySelector('script').textContent)['@type']")
    assert daten == "Dataset"
    kontext.close()


@pytest.mark.parametrize("name", SEITEN)
def test_axe_findet_nichts(browser: Browser, ordner: Path, name: str) -> None:
    """Rules of WCAG 2.2 A and AA and best practice, everything unfolded, on a phone. CSP is off for axe's script."""
    kontext = browser.new_context(viewport={"width": SCHMAL, "height": 800}, bypass_csp=True)
    seite = kontext.new_page()
    seite.goto((ordner / name).as_uri())
    _klappe_auf(seite)
    regeln = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    befunde = Axe().run(seite, options={"runOnly": regeln}).response["violations"]
    assert [(b["id"], b["nodes"][0]["html"]) for b in befunde] == []
    kontext.close()


@pytest.mark.parametrize("name", SEITEN)
def test_seite_rollt_nie_waagerecht_auch_mit_allem_aufgeklappt(
    kontext: BrowserContext, ordner: Path, name: str
) -> None:
    seite = kontext.new_page()
    seite.goto((ordner / name).as_uri())
    _klappe_auf(seite)
    breiten = seite.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert breiten[0] <= breiten[1]
    zu_breit = seite.evaluate(
        """[...document.querySelectorAll('main *')].filter(e => !e.closest('.rolle, svg, .vh')
           && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.className || e.tagName)"""
    )
    assert zu_breit == []


def _klappe_auf(seite: Page) -> None:
    seite.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("name", ["index.html", "kennzahl_BEV-02.html", "kreis_X4.html"])
def test_schrift_in_diagrammen_bleibt_lesbar(kontext: BrowserContext, ordner: Path, name: str) -> None:
    seite = kontext.new_page()
    seite.goto((ordner / name).as_uri())
    _klappe_auf(seite)
    assert (seite.locator("svg.trichter").count() > 0) == (name == "kennzahl_BEV-02.html")
    groessen = seite.evaluate(
        """[...document.querySelectorAll('main svg text')].filter(t => t.checkVisibility()).map(t =>
           parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a)"""
    )
    assert groessen
    assert min(groessen) >= 11


@pytest.mark.parametrize("name", ["musterland.html", "kreis_X4.html"])
def test_je_breite_ist_genau_eine_fassung_der_linien_zu_sehen(kontext: BrowserContext, ordner: Path, name: str) -> None:
    seite = kontext.new_page()
    seite.goto((ordner / name).as_uri())
    sichtbar = seite.evaluate(
        "['breit', 'schmal'].map(k => [...document.querySelectorAll('svg.' + k)].map(s => s.checkVisibility()))"
    )
    breit_ist_dran = seite.evaluate("innerWidth") == BREIT
    assert sichtbar[0]
    assert all(s is breit_ist_dran for s in sichtbar[0])
    assert all(s is not breit_ist_dran for s in sichtbar[1])


def test_tastatur_findet_zuerst_den_sprung_und_der_fokus_ist_zu_sehen(kontext: BrowserContext, ordner: Path) -> None:
    seite = kontext.new_page()
    seite.goto((ordner / "kreis_X1.html").as_uri())
    seite.keyboard.press("Tab")
    sprung = seite.evaluate(
        """(() => {
            const e = document.activeElement, stil = getComputedStyle(e), ort = e.getBoundingClientRect();
            const zu_sehen = ort.left >= 0 && ort.top >= 0;
            return [e.getAttribute('href'), zu_sehen, stil.outlineStyle, parseFloat(stil.outlineWidth)];
        })()"""
    )
    assert sprung[:3] == ["#inhalt", True, "solid"]
    assert sprung[3] >= 2


def test_vorlesende_bekommen_zeilen_und_spalten_auch_wo_zeilen_zu_bloecken_werden(
    kontext: BrowserContext, ordner: Path
) -> None:
    seite = kontext.new_page()
    seite.goto((ordner / "kreis_X1.html").as_uri())
    baum = seite.locator("table.ueberblick").first.aria_snapshot()
    for zeile in ('table "Bevölkerung im Überblick"', 'columnheader "Birkenau (Stadt)"', "rowheader", "cell"):
        assert zeile in baum


def test_gedruckt_passt_alles_auf_die_seite(browser: Browser, ordner: Path) -> None:
    kontext = browser.new_context(viewport={"width": 794, "height": 1123})
    seite = kontext.new_page()
    seite.emulate_media(media="print")
    seite.goto((ordner / "musterland.html").as_uri())
    assert seite.evaluate("document.documentElement.scrollWidth") <= 794
    assert not seite.locator("header nav").is_visible()
    kontext.close()
