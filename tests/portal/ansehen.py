"""A page of the portal in a real browser: signing in, and looking at it with axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.portal.welt import PASSWORT

SCHMAL, BREIT = 320, 1280
REGELN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def melde_an(kontext: BrowserContext, wurzel: str, kennung: str) -> Page:
    seite = kontext.new_page()
    seite.goto(f"{wurzel}/anmelden")
    seite.get_by_label("Kennung").fill(kennung)
    seite.get_by_label("Passwort").fill(PASSWORT)
    seite.get_by_role("button", name="Anmelden").click()
    return seite


def sieh_an(seite: Page) -> None:
    """Nothing for axe to say, and nothing sideways to scroll to; the context must allow axe's script."""
    befunde = Axe().run(seite, options={"runOnly": REGELN}).response["violations"]
    assert [(seite.url, b["id"], b["nodes"][0]["html"]) for b in befunde] == []
    rollt_nicht(seite)


def rollt_nicht(seite: Page) -> None:
    """The page is no wider than the window."""
    breiten = seite.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert breiten[0] <= breiten[1], seite.url
