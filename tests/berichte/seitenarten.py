"""Pages that stand for all kinds of pages, each opened once; the widths and the rules they are checked with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.berichte.stille import still

SCHMAL, BREIT = 320, 1280
ALLE_REGELN: Mapping[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
_AUF_PAPIER = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "aria-hidden-focus")
GEDRUCKT: Mapping[str, Any] = {"runOnly": {"type": "rule", "values": list(_AUF_PAPIER)}}
"""Rules whose verdict depends on how a page is drawn; on paper nobody clicks."""
GEZEICHNET: Mapping[str, Any] = {"runOnly": {"type": "rule", "values": [*_AUF_PAPIER, "target-size"]}}
"""The same on a screen."""
PFLICHT = (
    "index.html",
    "musterland.html",
    "kreis_X1.html",  # a city
    "kreis_X4.html",  # the longest name
    "kreis_X6.html",  # delivers nothing
    "kennzahl_BEV-02.html",
    "erkunden.html",
)
"""Where most people go and most can go wrong."""
SEITEN = (
    *PFLICHT,
    "kennzahl_BEV-01.html",
    "kurzfassung_X4.html",
    "kennzahl_ARB-03.html",
    "kennzahl_FIN-01.html",
    "lieferstand.html",
    "aenderungen.html",
    "vergleichbarkeit.html",
    "berichtspunkte.html",
    "daten.html",
    "methodik.html",
    "zeichen.html",
    "hilfe.html",
    "leichte-sprache.html",
    "willkommen-ar.html",
    "barrierefreiheit.html",
    "impressum.html",
    "datenschutz.html",
    "einbetten/BEV-02_verlauf.html",
    "einbetten/BEV-02_vergleich.html",
    "einbetten/ueberblick_X4.html",
    "einbetten/hilfe.html",
)


class Seiten(dict[str, Page]):
    """Pages by name: opened when first asked for, with everything unfolded."""

    def __init__(self, kontext: BrowserContext, ordner: Path) -> None:
        super().__init__()
        self.kontext, self.ordner = kontext, ordner

    def __missing__(self, name: str) -> Page:
        seite = self.kontext.new_page()
        with still(seite, self.ordner.as_uri()) as anfragen:
            seite.goto((self.ordner / name).as_uri())
        assert (self.ordner / "assets/bericht.css").as_uri() in anfragen
        klappe_auf(seite)
        self[name] = seite
        return seite


def klappe_auf(seite: Page) -> None:
    """Unfolds whatever is folded."""
    seite.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def axe(seite: Page, regeln: Mapping[str, Any], wo: str = "html") -> list[tuple[str, str]]:
    """What axe finds in a part of a page: rule and the first place. Needs a context without CSP."""
    pruefer = Axe()
    if not seite.evaluate("'axe' in window"):
        seite.evaluate(pruefer.axe_script)
    # Told about violations only: describing all that is in order takes longer than looking at it.
    frage = "async ([wo, regeln]) => (await axe.run(wo, regeln)).violations.map(b => [b.id, b.nodes[0].html])"
    befunde = seite.evaluate(frage, [wo, {**regeln, "resultTypes": ["violations"]}])
    return [(regel, html) for regel, html in befunde]
