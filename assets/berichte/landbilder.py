"""What only pages about all Meldeeinheiten show of a variant: the tile map with its classes, and the funnel.

What belongs here: for which variants there is which drawing. What does not: drawing (`diagramme.py`, `svg.py`).
"""

from dataclasses import dataclass

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.bestand import Bestand
from assets.berichte.gebiete import kacheln
from assets.berichte.reihen import Reihe
from assets.berichte.trichter import Trichter, baue_trichter
from assets.berichte.vergleich import Vergleich

KACHELBREITE = 320
"""Width in px at which the text of a tile map has its nominal size; it fits the narrowest phone unscaled."""


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
    daten = bestand.daten
    zeilen = daten.trichter.filter(indikator_id=reihe.indikator.id, variante=reihe.variante.id).sort("stand")
    trichter = baue_trichter(zeilen.to_dicts(), daten.land, reihe, vergleich) if zeilen.height else None
    return Landbild(_karte(bestand, vergleich), trichter) if vergleich.klassen or trichter else None


def _karte(bestand: Bestand, vergleich: Vergleich) -> Markup | None:
    if not vergleich.klassen:
        return None
    spec = diagramme.karte(kacheln(bestand.daten.land, vergleich), KACHELBREITE)
    return svg.zeichne_karte(spec, "kacheln", {})
