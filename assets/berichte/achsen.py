"""Scales of charts: round ticks with German labels, years to label, the middle half.

What belongs here: choosing numbers for axes. What does not: traces (`diagramme.py`) and drawing (`svg.py`).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles

from assets.berichte.zahlen import runde, zahl

_STUFEN = (1, 2, 2.5, 5, 10)
NULL_AB = 0.35
"""A scale starts at zero unless its smallest value is above this share of the largest: small rates then keep their
proportion, large stocks keep their movement."""


@dataclass(frozen=True, slots=True)
class Achse:
    """Range, positions and labels of ticks."""

    von: float
    bis: float
    striche: tuple[float, ...]
    texte: tuple[str, ...]


def wertachse(werte: Iterable[Decimal | float], anzahl: int = 4, *, ab_null: bool = False) -> Achse:
    """A scale with about `anzahl` round intervals around the values; 0 to 1 if there are none."""
    zahlen = [float(w) for w in werte]
    unten, oben = min(zahlen, default=0.0), max(zahlen, default=1.0)
    if ab_null or 0 <= unten <= NULL_AB * oben or oben == unten:
        unten, oben = min(unten, 0.0), max(oben, 0.0)
    schritt = _schritt((oben - unten) or 1.0, anzahl)
    erster, letzter = math.floor(unten / schritt), math.ceil(oben / schritt)
    if letzter == erster:
        letzter += 1
    stellen = max(0, -math.floor(math.log10(schritt) + 1e-9)) + (1 if _hat_halbe(schritt) else 0)
    striche = tuple(n * schritt for n in range(erster, letzter + 1))
    return Achse(striche[0], striche[-1], striche, tuple(zahl(runde(s, stellen)) for s in striche))


def _schritt(spanne: float, anzahl: int) -> float:
    potenz: float = 10.0 ** math.floor(math.log10(spanne / anzahl))
    return min((s * potenz for s in _STUFEN), key=lambda s: abs(spanne / s - anzahl))


def _hat_halbe(schritt: float) -> bool:
    """Whether the step is 2.5 times a power of ten below ten, so that its ticks need one more decimal."""
    fuehrend = schritt / 10.0 ** math.floor(math.log10(schritt) + 1e-9)
    return math.isclose(fuehrend, 2.5) and schritt < 10


def jahresachse(jahre: Sequence[int], anzahl: int) -> Achse:
    """Years with at most about `anzahl` labels, the last year always labelled, half a year of air on both sides."""
    erstes, letztes = min(jahre), max(jahre)
    schritt = max(1, math.ceil((letztes - erstes) / anzahl))
    striche = tuple(range(letztes, erstes - 1, -schritt))[::-1]
    return Achse(erstes - 0.5, letztes + 0.5, tuple(map(float, striche)), tuple(str(j) for j in striche))


def viertel(werte: Iterable[Decimal]) -> tuple[float, float] | None:
    """Where the middle half of the values lies, or None with fewer than four."""
    zahlen = [float(w) for w in werte]
    if len(zahlen) < len("1234"):
        return None
    unten, _, oben = quantiles(zahlen, n=4, method="inclusive")
    return unten, oben
