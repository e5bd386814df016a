"""A page of the portal in a real browser: signing in, and looking at it with axe."""

from playwright.sync_api import BrowserContext, Page

from tests.berichte.seitenarten import ALLE_REGELN, BREIT, GEZEICHNET, SCHMAL, axe
from tests.portal.welt import PASSWORT


def melde_an(kontext: BrowserContext, wurzel: str, kennung: str) -> Page:
    seite = kontext.new_page()
    seite.goto(f"{wurzel}/anmelden")
    seite.get_by_label("Kennung").fill(kennung)
    seite.get_by_label("Passwort").fill(PASSWORT)
    seite.get_by_role("button", name="Anmelden").click()
    return seite


def sieh_an(seite: Page) -> None:
    """Nothing for axe to say, and nothing sideways to scroll to, on a desk and on a phone; the context has no CSP."""
    for breite, regeln in ((SCHMAL, GEZEICHNET), (BREIT, ALLE_REGELN)):
        seite.set_viewport_size({"width": breite, "height": 900})
        assert (seite.url, breite, axe(seite, regeln)) == (seite.url, breite, [])
        seitenbreite, fensterbreite = seite.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert seitenbreite <= fensterbreite, (seite.url, breite)
