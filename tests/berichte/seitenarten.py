"""Pages that stand for all kinds of pages, and the widths at which they are looked at, each opened once."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.berichte.stille import still

SCHMAL, BREIT = 320, 1280
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
