"""The funnel: values against size, with limits of chance around the Land's value.

What belongs here: its specification, and where its labels have room. What does not: limits and places (`trichter.py`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from assets.berichte.achsen import wertachse
from assets.berichte.diagrammteile import Mass, Spec, grundlayout
from assets.berichte.farben import PALETTE


class Trichterpunkt(NamedTuple):
    """An area in a funnel: its short sign, its size, its value, and these in words."""

    kuerzel: str
    bezug: float
    wert: float
    worte: str


TRICHTERMASS = Mass(330, 250, 50, 28, 4)
_ZEICHENBREITE, _ZEICHENHOEHE = 9, 13
"""Px a letter of a label takes."""


def trichter(
    punkte: Sequence[Trichterpunkt], stuetzen: Sequence[float], linien: Sequence[tuple[str, list[float]]], land: float
) -> Spec:
    """Values against size: limits by role (`innen`, `aussen`) through `stuetzen`, the Land as a line, areas as dots."""
    x = wertachse([*stuetzen, *(p.bezug for p in punkte)], 3)
    y = wertachse([land, *(w for _, werte in linien for w in werte), *(p.wert for p in punkte)])
    layout = grundlayout(TRICHTERMASS, x, y)
    farbe = PALETTE["land"]
    ort = {"xref": "paper", "x0": 0, "x1": 1, "y0": land, "y1": land, "layer": "below"}
    layout["shapes"] = [{"type": "line", "name": "land", "line": {"color": farbe, "width": 1.5, "dash": "solid"}} | ort]
    layout["annotations"] = _kuerzel(punkte, layout)
    grenze = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "x": list(stuetzen)}
    spuren = [
        grenze
        | {"name": rolle, "meta": rolle, "y": werte}
        | {"line": {"color": farbe, "width": 1.5, "dash": "dash" if rolle == "innen" else "solid"}}
        for rolle, werte in linien
    ]
    wolke = {
        "type": "scatter",
        "mode": "markers",
        "name": "Werte",
        "meta": "kreis",
        "x": [p.bezug for p in punkte],
        "y": [p.wert for p in punkte],
        "hoverinfo": "text",
        "hovertext": [p.worte for p in punkte],
        "marker": {"color": PALETTE["kreis"], "size": 8, "symbol": "circle"},
    }
    return {"data": [*spuren, wolke], "layout": layout}


def _kuerzel(punkte: Sequence[Trichterpunkt], layout: Spec) -> list[Spec]:
    """Short signs beside the dots, on the side where there is room; where there is none the table has to do."""
    rand = layout["margin"]
    (links, rechts), (unten, oben) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    je_x = (layout["width"] - rand["l"] - rand["r"]) / (rechts - links)
    je_y = (layout["height"] - rand["t"] - rand["b"]) / (oben - unten)
    belegt = [((p.bezug - links) * je_x - 5, p.wert * je_y - 5, 10.0, 10.0) for p in punkte]
    texte: list[Spec] = []
    for p in punkte:
        breite = _ZEICHENBREITE * len(p.kuerzel)
        for schub in (7 + breite / 2, -7 - breite / 2):
            mitte = (p.bezug - links) * je_x + schub
            feld = (mitte - breite / 2, p.wert * je_y - _ZEICHENHOEHE / 2, breite, _ZEICHENHOEHE)
            im_bild = feld[0] >= 0 and feld[0] + breite <= (rechts - links) * je_x + rand["r"]
            if im_bild and not any(_ueberdeckt(feld, anderes) for anderes in belegt):
                belegt.append(feld)
                texte.append(
                    {"x": p.bezug, "y": p.wert, "text": p.kuerzel, "xshift": schub, "showarrow": False}
                    | {"name": "kuerzel"}
                )
                break
    return texte


def _ueberdeckt(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    """Whether two rectangles (left, bottom, width, height) overlap."""
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
