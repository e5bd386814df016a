"""What several kinds of charts are put together from: the type of a specification, sizes, scales, series, lines, signs.

What belongs here: parts that more than one kind of chart needs, in plotly's words. What does not: whole charts
(`diagramme.py`, `kleindiagramme.py`, `trichterdiagramm.py`, `kartendiagramm.py`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from assets.berichte.achsen import Achse
from assets.berichte.farben import PALETTE
from assets.berichte.schwankung import WORT, Bereich, in_worten
from assets.berichte.zahlen import zahl

Spec = dict[str, Any]
Werte = Mapping[int, Decimal]


class Mass(NamedTuple):
    """Size of a drawing and how much there is to label."""

    breite: int
    hoehe: int
    links: int
    rechts: int
    jahre: int


BREIT = Mass(560, 250, 62, 60, 8)
SCHMAL = Mass(330, 220, 54, 52, 4)


@dataclass(frozen=True, slots=True)
class Linie:
    """A series over years; it is cut before the years in `schnitte` and wherever a year is missing.

    `bereiche` are limits of random fluctuation by year, for those charts that draw them.
    """

    name: str
    werte: Werte
    schnitte: frozenset[int] = field(default_factory=frozenset)
    bereiche: Mapping[int, Bereich] = field(default_factory=dict)


def linienspur(linie: Linie, rolle: str) -> Spec:
    """A series as a line with points; the role gives colour and dash."""
    farbe = PALETTE[rolle]
    strich = {"color": farbe, "width": 2.5 if rolle == "kreis" else 2, "dash": "solid" if rolle == "kreis" else "dash"}
    marke = {"color": farbe, "size": 6 if rolle == "kreis" else 4, "symbol": "circle"}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": linie.name,
        "meta": rolle,
        "line": strich,
        "marker": marke,
    } | _kette(linie)


def _kette(linie: Linie) -> Spec:
    """Years, values and their words, with an empty point wherever the line must not be drawn through."""
    x: list[int | None] = []
    y: list[float | None] = []
    vorher: int | None = None
    for jahr, wert in sorted(linie.werte.items()):
        if vorher is not None and (jahr - vorher > 1 or jahr in linie.schnitte):
            x.append(None)
            y.append(None)
        x.append(jahr)
        y.append(float(wert))
        vorher = jahr
    return {"x": x, "y": y, "hoverinfo": "text", "hovertext": linienworte(linie, x)}


def linienworte(linie: Linie, jahre: Iterable[int | None]) -> list[str]:
    """What is shown when somebody points at a value, by year."""
    return [
        "" if jahr is None else f"{linie.name}, {jahr}: {wert_und_bereich(linie.werte[jahr], linie.bereiche.get(jahr))}"
        for jahr in jahre
    ]


def wert_und_bereich(wert: Decimal, bereich: Bereich | None) -> str:
    """A value and, below it, its limits of random fluctuation."""
    return zahl(wert) + (f"<br>{WORT}: {in_worten(bereich)}" if bereich else "")


def flaeche(
    name: str, rolle: str, x: Sequence[float | None], y: Sequence[float | None], farbe: str, *, rand: str
) -> Spec:
    """A filled shape, or several with an empty point between them."""
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "name": name,
        "meta": rolle,
        "x": list(x),
        "y": list(y),
        "hoverinfo": "skip",
        "fillcolor": farbe,
        "line": {"color": rand, "width": 0.75},
    }


def achse_als_spec(achse: Achse) -> Spec:
    """A scale in plotly's words."""
    return {"range": [achse.von, achse.bis], "tickvals": list(achse.striche), "ticktext": list(achse.texte)}


def grundlayout(mass: Mass, x: Achse, y: Achse) -> Spec:
    """Size, margins and scales of a chart with axes; shapes and labels come later."""
    return {
        "width": mass.breite,
        "height": mass.hoehe,
        "margin": {"l": mass.links, "r": mass.rechts, "t": 26, "b": 28},
        "separators": ",.",
        "xaxis": achse_als_spec(x),
        "yaxis": achse_als_spec(y),
        "shapes": [],
        "annotations": [],
    }


def grundlinie(hoehe: float = 0) -> Spec:
    """A thin line over the whole width, below everything."""
    strich = {"color": PALETTE["linie"], "width": 1, "dash": "solid"}
    ort = {"xref": "paper", "x0": 0, "x1": 1, "y0": hoehe, "y1": hoehe, "layer": "below"}
    return {"type": "line", "name": "grundlinie", "line": strich} | ort


def marke_als_spec(rolle: str, groesse: int, symbol: str) -> Spec:
    """A sign at a value; plotly draws ticks with the line around signs."""
    strich = {"line": {"color": PALETTE[rolle], "width": 2}} if symbol == "line-ns" else {}
    return {"color": PALETTE[rolle], "size": groesse, "symbol": symbol} | strich
