"""How pages look: pieces of them against approved pictures, and whole pages, at the width of a desk and of a phone.

Approved pictures are drawn in one font that tests install, so that they depend on the browser alone.
"""

import base64
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.berichte import bildvergleich
from tests.berichte.seitenarten import SEITEN, Seiten
from tests.voraussetzungen import SCHRIFT

BREITEN = {"breit": 1280, "schmal": 390}
MASSSTAB = 0.6 if os.environ.get("TEILHABE_BILDER") else 0.3
"""Of pictures of whole pages."""
STREIFEN = int(800 * MASSSTAB)
"""Height of a screen of a phone in them, in px."""
GROESSE_BILD, GROESSE_ALLE = 25_000, 300_000


class Stueck(NamedTuple):
    """A piece of a page: what to look at, how much of it from the upper left, and at which widths."""

    seite: str
    waehler: str
    hoehe: int = 400
    breiten: tuple[str, ...] = ("breit",)


BEIDE = ("breit", "schmal")
STUECKE = {
    "linien": Stueck("kreis_X1.html", "figure[aria-labelledby='k-bev-02-azr-verlauf']", breiten=BEIDE),
    "linien-mit-bruch": Stueck("musterland.html", "figure[aria-labelledby='k-bev-01-fort-verlauf']", breiten=BEIDE),
    "vergleich": Stueck("kreis_X4.html", "[aria-labelledby='k-bev-02-azr-vergleich']", breiten=BEIDE),
    "karten": Stueck("kennzahl_BEV-02.html", "figure.kartenpaar", breiten=BEIDE),
    "waermetabelle": Stueck("musterland.html", ".rolle:has(> .waerme) >> nth=0", 260, BEIDE),
    "trichter": Stueck("kennzahl_BEV-02.html", "svg.trichter"),
    "felder": Stueck("kennzahl_BEV-02.html", "ul.felder"),
    "gliederung": Stueck("kreis_X1.html", "[aria-labelledby='k-ibz-04-hauptthema-teile-1']", breiten=BEIDE),
    "zeichen": Stueck("zeichen.html", "table", 250),
    "kurzfassung": Stueck("kreis_X1.html", "ul.kurz"),
    "ueberblick": Stueck("kreis_X1.html", "table.ueberblick >> nth=0", 260, BEIDE),
    "kreis-ohne-lieferung": Stueck("kreis_X6.html", "#k-bev-02", 300),
    "alles-geheim": Stueck("kennzahl_ARB-03.html", "main > section:last-of-type, main > :last-child"),
    "ein-jahr": Stueck("kennzahl_IBZ-01.html", "[aria-labelledby='k-ibz-01-stichtag-vergleich']", breiten=BEIDE),
    "grosse-zahlen": Stueck("musterland.html", "[aria-labelledby='k-fin-01-plan-vergleich']", breiten=BEIDE),
    "grosse-zahlen-ueberblick": Stueck("kreis_X4.html", "table.ueberblick >> nth=3", 200, BEIDE),
    "langer-name": Stueck("kreis_X4.html", "h1", breiten=BEIDE),
}


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ablage = Path(os.environ.get("TEILHABE_BILDER") or tmp_path_factory.mktemp("ansichten"))
    ablage.mkdir(parents=True, exist_ok=True)
    return ablage


@pytest.fixture(scope="module")
def schrift() -> None:
    gefunden = (
        shutil.which("fc-match")
        and subprocess.run(["fc-match", "-f", "%{family}", SCHRIFT], capture_output=True, text=True, check=True).stdout
    )
    if gefunden != SCHRIFT:
        pytest.skip(f"{SCHRIFT} fehlt (apt-get install fonts-dejavu-core): Die Bilder wurden NICHT verglichen.")


@pytest.fixture(scope="module", params=BREITEN)
def breite(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def kontext(browser: Browser, breite: str) -> Iterator[BrowserContext]:
    kontext = browser.new_context(
        viewport={"width": BREITEN[breite], "height": 900}, java_script_enabled=False, reduced_motion="reduce"
    )
    yield kontext
    kontext.close()


@pytest.fixture(scope="module")
def seiten(kontext: BrowserContext, ordner: Path) -> Seiten:
    return Seiten(kontext, ordner)


def _ausschnitt(seite: Page, stueck: Stueck) -> Image.Image:
    """A piece in the fixed font, without what is cut off at its end."""
    seite.evaluate(f"document.body.style.fontFamily = '\"{SCHRIFT}\"'")
    # The browser may or may not draw what can be scrolled on a layer of its own, whose letters it rounds to pixels
    # anew: that depends on what it showed before.
    seite.evaluate("document.querySelectorAll('.rolle').forEach(e => { e.style.overflow = 'clip'; })")
    # On a whole pixel, whatever stands above: letters are rounded to pixels, and so would be the picture.
    oben = "e => { const o = e.getBoundingClientRect().top; document.body.style.marginTop = `${Math.ceil(o) - o}px`; }"
    seite.evaluate("document.body.style.marginTop = 0")
    seite.locator(stueck.waehler).evaluate(oben)
    bild = Image.open(io.BytesIO(seite.locator(stueck.waehler).screenshot(animations="disabled"))).convert("RGB")
    return bild.crop((0, 0, bild.width, min(bild.height, stueck.hoehe)))


@pytest.mark.usefixtures("schrift")
@pytest.mark.parametrize(
    ("breite", "name"), [(b, n) for b in BREITEN for n, s in STUECKE.items() if b in s.breiten], indirect=["breite"]
)
def test_stueck_sieht_aus_wie_angenommen(seiten: Seiten, ablage: Path, name: str, breite: str) -> None:
    stueck = STUECKE[name]
    bildvergleich.pruefe(f"{name}_{breite}", _ausschnitt(seiten[stueck.seite], stueck), ablage)


@pytest.mark.parametrize(("breite", "name"), [(b, n) for b in BREITEN for n in SEITEN], indirect=["breite"])
def test_ganze_seite_ist_nicht_leer_und_wird_abgelegt(seiten: Seiten, ablage: Path, name: str, breite: str) -> None:
    """For a person to look at, in the folder `TEILHABE_BILDER` names; other tests check what fits and overlaps."""
    roh = _ganze_seite(seiten[name], BREITEN[breite])
    (ablage / f"{name[:-5].replace('/', '_')}_{breite}.jpg").write_bytes(roh)
    bild = Image.open(io.BytesIO(roh)).convert("L")
    # Nowhere more than a screen of a phone without anything to see.
    streifen = range(0, max(bild.height - STREIFEN, 1), STREIFEN // 2)
    leer = [y for y in streifen if _spanne(bild.crop((0, y, bild.width, y + STREIFEN))) < 60]
    assert leer == []


def _ganze_seite(seite: Page, breite: int) -> bytes:
    """The whole page, smaller: drawing it is what takes time. Where nobody looks at it, small is enough."""
    hoehe = seite.evaluate("document.documentElement.scrollHeight")
    ausschnitt = {"x": 0, "y": 0, "width": breite, "height": hoehe, "scale": MASSSTAB}
    sitzung = seite.context.new_cdp_session(seite)
    wahl = {"format": "jpeg", "quality": 60, "captureBeyondViewport": True, "clip": ausschnitt}
    return base64.b64decode(sitzung.send("Page.captureScreenshot", wahl)["data"])


def _spanne(bild: Image.Image) -> int:
    return int(np.ptp(np.asarray(bild)))


MAENGEL = {
    "ein Punkt fehlt": ("vergleich", "tr:nth-child(3) .m-punkt", "e => e.remove()"),
    "eine Linie hat eine andere Farbe": ("linien", "svg.breit .l-kreis", "e => { e.style.stroke = '#595959'; }"),
    "eine Beschriftung ist verschoben": ("linien", "svg.breit .ende", "e => { e.style.translate = '0 4px'; }"),
    "eine Zahl ist anders": ("vergleich", "tr:nth-child(2) td", "e => { e.textContent = '8,9'; }"),
}


@pytest.mark.usefixtures("schrift")
@pytest.mark.parametrize("mangel", MAENGEL)
def test_ein_mangel_auf_der_seite_faellt_auf(
    browser: Browser, ordner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mangel: str
) -> None:
    monkeypatch.delenv(bildvergleich.ANNEHMEN, raising=False)
    name, wo, was = MAENGEL[mangel]
    kontext = browser.new_context(viewport={"width": BREITEN["breit"], "height": 900}, java_script_enabled=False)
    seite = kontext.new_page()
    seite.goto((ordner / STUECKE[name].seite).as_uri())
    seite.locator(f"{STUECKE[name].waehler} {wo}").first.evaluate(was)
    with pytest.raises(AssertionError, match="sieht anders aus"):
        bildvergleich.pruefe(f"{name}_breit", _ausschnitt(seite, STUECKE[name]), tmp_path)
    kontext.close()


def test_angenommene_bilder_sind_klein_und_alle_gebraucht() -> None:
    dateien = {p.stem: p.stat().st_size for p in bildvergleich.GENEHMIGT.glob("*.png")}
    assert set(dateien) == {f"{name}_{breite}" for name, stueck in STUECKE.items() for breite in stueck.breiten}
    assert max(dateien.values()) <= GROESSE_BILD
    assert sum(dateien.values()) <= GROESSE_ALLE
