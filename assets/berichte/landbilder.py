"""What only pages about all Meldeeinheiten show of a variant: the tile map with its classes, and the funnel.

What belongs here: for which variants there is which drawing. What does not: drawing (`diagramme.py`, `svg.py`).
"""

from dataclasses import dataclass

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.bestand import Bestand
from assets.berichte.diagramme import KACHELBREITE
from assets.berichte.gebiete import kacheln
from assets.berichte.reihen import Reihe
from assets.berichte.trichter import Trichter, baue_trichter


@dataclass(frozen=True, slots=True)
class Landbild:
    """Drawings of one variant, either of which may be missing."""

    karte: Markup | None
    trichter: Trichter | None


def landbild(bestand: Bestand, reihe: Reihe) -> Landbild | None:
    """The drawings of a variant; None where it has none."""
    vergleich = bestand.vergleich(reihe)
    if vergleich is None:
        return None
    karte = kachelkarte(bestand, reihe)
    trichter = baue_trichter(bestand.trichterzeilen(reihe), bestand.daten.land, reihe, vergleich)
    return Landbild(karte, trichter) if karte or trichter else None


def kachelkarte(bestand: Bestand, reihe: Reihe) -> Markup | None:
    """The tile map of a variant with its classes; None where there are no classes."""
    vergleich = bestand.vergleich(reihe)
    if vergleich is None or not vergleich.klassen:
        return None
    spec = diagramme.karte(kacheln(bestand.daten.land, vergleich), KACHELBREITE)
    return svg.zeichne_karte(spec, "kacheln", {})
