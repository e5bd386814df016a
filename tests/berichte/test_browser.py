"""The pages in a real browser, opened from the folder: reflow, contrast in charts, keyboard, large letters, axe.

Every page is opened once per width without JavaScript (`Seiten`), and once with it for axe. Who changes how a page is
shown changes it back.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.berichte.seitenarten import (
    ALLE_REGELN,
    BREIT,
    GEDRUCKT,
    GEZEICHNET,
    PFLICHT,
    SCHMAL,
    SEITEN,
    Seiten,
    axe,
    klappe_auf,
)
from tests.berichte.stille import still

PRUEFUNGEN = (Path(__file__).parent / "pruefungen.js").read_text(encoding="utf-8")
ZWISCHEN = {SCHMAL: (320, 390, 576), BREIT: (577, 768, 1024, 1056, 1280)}
"""Widths between which the layout changes."""


@pytest.fixture(scope="module", params=[SCHMAL, BREIT], ids=["schmal", "breit"])
def breite(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def kontext(browser: Browser, breite: int) -> Iterator[BrowserContext]:
    kontext = browser.new_context(
        viewport={"width": breite, "height": 800}, java_script_enabled=False, reduced_motion="reduce"
    )
    yield kontext
    kontext.close()


@pytest.fixture(scope="module")
def seiten(kontext: BrowserContext, ordner: Path) -> Seiten:
    return Seiten(kontext, ordner)


def _pruefe(seite: Page, was: str) -> Any:
    return seite.evaluate(f"({PRUEFUNGEN.strip()}).{was}()")


@pytest.mark.parametrize("name", SEITEN)
def test_seite_laedt_still_und_passt_mit_allem_aufgeklappt(seiten: Seiten, name: str) -> None:
    """Nothing said on the console and nothing asked for outside of the folder; nothing cut off, torn or on top."""
    seite = seiten[name]
    for was in ("ausserhalb", "abgeschnitten", "zellen", "beschriftung", "kontraste"):
        assert _pruefe(seite, was) == [], was


@pytest.mark.parametrize("name", SEITEN)
def test_schrift_von_doppelter_groesse_hat_platz(seiten: Seiten, name: str) -> None:
    seite = seiten[name]
    seite.evaluate("document.documentElement.style.fontSize = '200%'")
    befunde = [fund for was in ("ausserhalb", "abgeschnitten") for fund in _pruefe(seite, was)]
    seite.evaluate("document.documentElement.style.fontSize = ''")
    assert befunde == []


@pytest.mark.parametrize("name", ["index.html", "kennzahl_BEV-02.html", "kreis_X4.html", "hilfe.html"])
def test_schrift_in_diagrammen_bleibt_lesbar(seiten: Seiten, breite: int, name: str) -> None:
    seite = seiten[name]
    kleinste = {}
    for zwischen in ZWISCHEN[breite]:
        seite.set_viewport_size({"width": zwischen, "height": 800})
        kleinste[zwischen] = min(_pruefe(seite, "schriftgroessen"))
    assert min(kleinste.values()) >= 11, kleinste


@pytest.mark.parametrize("name", ["musterland.html", "kreis_X4.html"])
def test_je_breite_ist_genau_eine_fassung_der_linien_zu_sehen(seiten: Seiten, breite: int, name: str) -> None:
    sichtbar = seiten[name].evaluate(
        "['breit', 'schmal'].map(k => [...document.querySelectorAll('svg.' + k)].map(s => s.checkVisibility()))"
    )
    assert sichtbar[0]
    assert all(s is (breite == BREIT) for s in sichtbar[0])
    assert all(s is (breite == SCHMAL) for s in sichtbar[1])


@pytest.mark.parametrize("name", ["index.html", "musterland.html", "kreis_X1.html", "willkommen-ar.html"])
def test_die_tabulatortaste_haelt_ueberall_in_der_reihenfolge_und_zeigt_wo(seiten: Seiten, name: str) -> None:
    """First at the jump to the content; the stop is never hidden behind what sticks to an edge (WCAG 2.4.11)."""
    seite = seiten[name]
    seite.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    anzahl = seite.evaluate(f"({PRUEFUNGEN.strip()}).haltestellen().length")
    befunde, stellen = [], []
    for _ in range(anzahl):
        seite.keyboard.press("Tab")
        lage = _pruefe(seite, "fokus")
        stellen.append(lage["stelle"])
        befunde += lage["funde"]
    assert seite.locator(".sprung").get_attribute("href") == "#inhalt"
    assert stellen == list(range(anzahl))
    assert befunde == []


def test_der_sprung_ist_zu_sehen_sobald_er_den_fokus_hat(seiten: Seiten) -> None:
    seite = seiten["kreis_X6.html"]
    seite.locator(".sprung").focus()
    ort = seite.locator(".sprung").bounding_box()
    assert ort is not None
    assert ort["x"] >= 0
    assert ort["y"] >= 0


def test_vorlesende_bekommen_zeilen_und_spalten_auch_wo_zeilen_zu_bloecken_werden(seiten: Seiten) -> None:
    baum = seiten["kreis_X1.html"].locator("table.ueberblick").first.aria_snapshot()
    for zeile in ('table "Bevölkerung im Überblick"', 'columnheader "Birkenau (Stadt)"', "rowheader", "cell"):
        assert zeile in baum


def test_daten_fuer_suchmaschinen_stoeren_auch_mit_skripten_niemanden(browser: Browser, ordner: Path) -> None:
    kontext = browser.new_context()
    seite = kontext.new_page()
    with still(seite, ordner.as_uri()):
        seite.goto((ordner / "daten.html").as_uri())
    daten = seite.evaluate("JSON.parse(document.querySelector('script').textContent)['@type']")
    assert daten == "Dataset"
    kontext.close()


@pytest.mark.parametrize("name", SEITEN)
def test_axe_findet_nichts(axeblatt: Page, ordner: Path, name: str) -> None:
    """All rules on a phone, everything unfolded; those about drawing also on a desk, in forced colours, printed."""
    seite = axeblatt
    seite.emulate_media(media="null", forced_colors="null")
    seite.set_viewport_size({"width": SCHMAL, "height": 800})
    seite.goto((ordner / name).as_uri())
    klappe_auf(seite)
    assert axe(seite, ALLE_REGELN) == []
    seite.set_viewport_size({"width": BREIT, "height": 800})
    assert axe(seite, GEZEICHNET) == []
    if name in PFLICHT:
        seite.emulate_media(forced_colors="active")
        assert axe(seite, GEZEICHNET) == []
        seite.emulate_media(forced_colors="none", media="print")
        assert axe(seite, GEDRUCKT) == []


@pytest.mark.parametrize("name", ["musterland.html", "kreis_X1.html", "kennzahl_BEV-02.html", "index.html"])
def test_erzwungene_farben_lassen_diagramme_sehen(seiten: Seiten, name: str) -> None:
    seite = seiten[name]
    seite.emulate_media(forced_colors="active", color_scheme="dark")
    kontraste = _pruefe(seite, "kontraste")
    grund = seite.evaluate("getComputedStyle(document.body).backgroundColor")
    seite.emulate_media(forced_colors="none", color_scheme="light")
    assert kontraste == []
    assert grund != "rgb(255, 255, 255)"


@pytest.mark.parametrize("name", ["musterland.html", "kreis_X4.html", "kennzahl_BEV-02.html", "lieferstand.html"])
def test_gedruckt_passt_alles_auf_die_seite(seiten: Seiten, breite: int, name: str) -> None:
    seite = seiten[name]
    seite.set_viewport_size({"width": 794, "height": 1123})
    seite.emulate_media(media="print")
    gebraucht = seite.evaluate("document.documentElement.scrollWidth")
    navigation = seite.locator("header nav").is_visible()
    seite.emulate_media(media="screen")
    seite.set_viewport_size({"width": breite, "height": 800})
    assert gebraucht <= 794
    assert not navigation


@pytest.mark.parametrize(("wunsch", "rollen"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_wer_keine_bewegung_will_bekommt_keine(browser: Browser, ordner: Path, wunsch: Any, rollen: str) -> None:
    kontext = browser.new_context(reduced_motion=wunsch)
    seite = kontext.new_page()
    seite.goto((ordner / "kreis_X1.html").as_uri())
    assert seite.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == rollen
    bewegt = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    assert seite.evaluate(f"document.getAnimations().length + {bewegt}.length") == 0
    kontext.close()
