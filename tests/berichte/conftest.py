"""What tests of pages share: all pages of the invented Land, an edition in a folder, and the browser."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assets.berichte.ablegen import veroeffentliche
from assets.berichte.seiten import erzeuge
from assets.druck.chromium import ChromiumFehltError, finde_chromium
from schemas.datensaetze import alle_datensaetze
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import Herausgeber
from tests.berichte import welt
from tests.berichte.seitenarten import BREIT
from tests.berichte.seitenleser import Element, baue, lies
from tests.berichte.stille import still


@pytest.fixture(scope="session")
def dateien() -> dict[str, bytes]:
    return baue(umrisse=welt.umrisse(welt.land()))


@pytest.fixture(scope="session")
def baeume(dateien: dict[str, bytes]) -> dict[str, Element]:
    return {pfad: lies(inhalt) for pfad, inhalt in dateien.items() if pfad.endswith(".html")}


@pytest.fixture(scope="session")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public edition of the invented Land with all that is hard to show, and a column for every dataset."""
    das_land = replace(welt.land(), datensaetze=tuple(alle_datensaetze()))
    daten = welt.berichtsdaten(
        land=das_land,
        werte=welt.randfaelle(),
        umrisse=welt.umrisse(das_land),
        trichter=welt.trichter("AZR", welt.JAHRE[-1]),
        edition=OEFFENTLICH,
        herausgeber=Herausgeber(name="Musterministerium", basis_url="https://teilhabe.musterland.example/"),
    )
    return veroeffentliche(erzeuge(daten), tmp_path_factory.mktemp("berichte"), OEFFENTLICH)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        programm = finde_chromium()
    except ChromiumFehltError as fehler:
        pytest.skip(f"{fehler} Die Seiten wurden NICHT angesehen.")
    with sync_playwright() as p:
        # Inside a container Chromium has no user namespace of its own to build its sandbox from.
        # Letters in shades of grey: coloured edges depend on the screen.
        gestartet = p.chromium.launch(executable_path=programm, args=["--no-sandbox", "--disable-lcd-text"])
        yield gestartet
        gestartet.close()


@pytest.fixture(scope="module")
def kontext(browser: Browser) -> Iterator[BrowserContext]:
    kontext = browser.new_context(viewport={"width": BREIT, "height": 900}, accept_downloads=True)
    yield kontext
    kontext.close()


@pytest.fixture(scope="module")
def blatt(kontext: BrowserContext) -> Page:
    """The page all tests of a module open theirs in: in a new one the browser reads plotly anew, for seconds."""
    return kontext.new_page()


@pytest.fixture
def seite(blatt: Page, ordner: Path) -> Iterator[Page]:
    """A page that may neither say anything on the console nor ask for anything outside of its folder."""
    blatt.goto("about:blank")
    with still(blatt, ordner.as_uri()):
        yield blatt
    blatt.emulate_media(media="null", forced_colors="null", color_scheme="null")


@pytest.fixture(scope="module")
def axeblatt(browser: Browser) -> Iterator[Page]:
    """A page of its own for axe, whose script needs CSP off."""
    kontext = browser.new_context(bypass_csp=True)
    yield kontext.new_page()
    kontext.close()
