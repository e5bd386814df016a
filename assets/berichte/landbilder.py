"""What only pages about all Meldeeinheiten show of a variant: maps with their classes, and the funnel.

What belongs here: for which variants there is which drawing. What does not: drawing (`kartendiagramm.py`, `svg.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from assets.berichte import kartendiagramm, svg
from assets.berichte.bestand import Bestand
from assets.berichte.diagrammteile import Spec
from assets.berichte.gebiete import gefaerbt, kacheln
from assets.berichte.kartendiagramm import KACHELBREITE, Gebiet
from assets.berichte.reihen import Reihe
from assets.berichte.trichter import Trichter, baue_trichter


class Kartenbild(NamedTuple):
    """A map as it is drawn and what it was drawn from."""

    zeichnung: Markup
    spec: Spec


@dataclass(frozen=True, slots=True)
class Landbild:
    """Drawings of one variant, either of which may be missing."""

    karte: Kartenbild | None
    trichter: Trichter | None


def landbild(bestand: Bestand, reihe: Reihe) -> Landbild | None:
    """The drawings of a variant; None where it has none."""
    vergleich = bestand.vergleich(reihe)
    if vergleich is None:
        return None
    karte = kachelkarte(bestand, reihe)
    trichter = baue_trichter(bestand.trichterzeilen(reihe), bestand.daten.land, reihe, vergleich)
    return Landbild(karte, trichter) if karte or trichter else None


def kachelkarte(bestand: Bestand, reihe: Reihe) -> Kartenbild | None:
    """The tile map of a variant with its classes; None where there are no classes."""
    vergleich = bestand.vergleich(reihe)
    if vergleich is None or not vergleich.klassen:
        return None
    return _bild(kacheln(bestand.daten.land, vergleich), "kacheln")


def landkarte(bestand: Bestand, reihe: Reihe) -> Kartenbild | None:
    """The same on the outlines of the Meldeeinheiten; None also where there are none."""
    vergleich = bestand.vergleich(reihe)
    if not bestand.formen or vergleich is None or not vergleich.klassen:
        return None
    return _bild(gefaerbt(bestand.formen, vergleich), "flaechen")


def _bild(gebiete: Sequence[Gebiet], klasse: str) -> Kartenbild:
    spec = kartendiagramm.karte(gebiete, KACHELBREITE)
    return Kartenbild(svg.zeichne_karte(spec, klasse, {}), spec)
