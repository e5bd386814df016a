"""What only the Land's page shows of a variant: the tile map with its classes, and the funnel.

What belongs here: for which variants there is which drawing. What does not: drawing (`diagramme.py`, `svg.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.bestand import Bestand
from assets.berichte.gebiete import kacheln
from assets.berichte.kennzahl import teil_id
from assets.berichte.trichter import Trichter, baue_trichter
from assets.berichte.vergleich import Vergleich

KACHELBREITE = 320
"""Width in px at which the text of a tile map has its nominal size; it fits the narrowest phone unscaled."""


@dataclass(frozen=True, slots=True)
class Landbild:
    """Drawings of one variant, either of which may be missing."""

    karte: Markup | None
    trichter: Trichter | None


def landbilder(bestand: Bestand) -> Mapping[str, Landbild]:
    """By id of the variant's part of the page. Of each indicator one funnel is drawn; the table has them all."""
    zeilen = bestand.daten.trichter.sort("stand").partition_by("indikator_id", "variante", as_dict=True)
    bilder = {}
    for reihen in bestand.reihen.values():
        gezeigt = None
        for reihe in reihen:
            vergleich = bestand.vergleich(reihe)
            if vergleich is None:
                continue
            trichter = None
            eigene = zeilen.get((reihe.indikator.id, reihe.variante.id))
            if gezeigt is None and eigene is not None:
                trichter = gezeigt = baue_trichter(eigene.to_dicts(), bestand.daten.land, reihe, vergleich)
            if vergleich.klassen or trichter:
                bilder[teil_id(reihe)] = Landbild(_karte(bestand, vergleich), trichter)
    return bilder


def _karte(bestand: Bestand, vergleich: Vergleich) -> Markup | None:
    if not vergleich.klassen:
        return None
    spec = diagramme.karte(kacheln(bestand.daten.land, vergleich), KACHELBREITE)
    return svg.zeichne_karte(spec, "kacheln", {})
