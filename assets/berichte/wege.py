"""Where pages lie, seen from a page of an edition.

What belongs here: names of files and which edition has them. An edition for one Meldeeinheit has its own report and the
pages that are the same for everybody; for pages about all Meldeeinheiten it leads to the public edition.
"""

from collections.abc import Mapping

from assets.berichte.daten import Berichtsdaten
from assets.berichte.gebiete import verweise
from schemas.editionen import OEFFENTLICH, meldeeinheit_von
from schemas.modell import Meldeeinheit

BERICHTSPUNKTE = "berichtspunkte.html"
VERGLEICHBARKEIT = "vergleichbarkeit.html"
ERKUNDEN = "erkunden.html"
HILFE = "hilfe.html"


def zeigt_alle(daten: Berichtsdaten) -> bool:
    """Whether the edition has the pages about all Meldeeinheiten."""
    return meldeeinheit_von(daten.edition) is None


def landesweit(daten: Berichtsdaten, seite: str) -> str:
    """The way to a page about all Meldeeinheiten."""
    return seite if zeigt_alle(daten) else f"../{OEFFENTLICH}/{seite}"


def landseite(daten: Berichtsdaten) -> str:
    """Where the report of the Land lies."""
    return landesweit(daten, f"{daten.land.id}.html")


def kreisseiten(daten: Berichtsdaten) -> Mapping[str, str]:
    """Where the page of each Meldeeinheit lies."""
    kennung = meldeeinheit_von(daten.edition)
    seiten = verweise(daten.land)
    return {m: seite if m == kennung else landesweit(daten, seite) for m, seite in seiten.items()}


def gruppen(daten: Berichtsdaten) -> list[tuple[str, list[tuple[Meldeeinheit, str]]]]:
    """Meldeeinheiten by group in display order, each with its page."""
    land, seiten = daten.land, kreisseiten(daten)
    return [
        (label, [(m, seiten[m.id]) for m in land.meldeeinheiten if m.gruppe == gruppe])
        for gruppe, label in land.gruppen.items()
    ]


def kurzfassungsseite(meldeeinheit: str) -> str:
    """File of the Kurzfassung of a Meldeeinheit, beside its report."""
    return f"kurzfassung_{meldeeinheit}.html"


def kennzahlseite(indikator: str) -> str:
    """File of the page of an indicator."""
    return f"kennzahl_{indikator}.html"


def kennzahlseiten(daten: Berichtsdaten) -> Mapping[str, str]:
    """Where the page of each indicator lies."""
    return {i.id: landesweit(daten, kennzahlseite(i.id)) for i in daten.katalog}
