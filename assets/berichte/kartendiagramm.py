"""Maps and tile maps: areas as filled shapes.

What belongs here: their specification. What does not: outlines and tiles (`gebiete.py`), drawing (`svg.py`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from assets.berichte.diagrammteile import Spec, flaeche
from assets.berichte.farben import KLASSEN, KLASSENTEXT, PALETTE

KARTENBREITE, KACHELBREITE = 560, 320
"""Widths in px at which the text of a map has its nominal size; the second fits the narrowest phone unscaled."""


_SCHRAFFUR = {"shape": "/", "fgcolor": PALETTE["leise"], "bgcolor": PALETTE["flaeche"], "size": 6, "solidity": 0.15}


class Gebiet(NamedTuple):
    """An area of a map: outline (rings separated by None), where its label stands, text lines and class (0 = none).

    `wert` is what its cell in the table says; empty where a map shows no values.
    """

    ags: str
    name: str
    x: list[float | None]
    y: list[float | None]
    mitte: tuple[float, float]
    zeilen: tuple[str, ...]
    klasse: int = 0
    fehlt: bool = False
    wert: str = ""


def karte(gebiete: Sequence[Gebiet], breite: int) -> Spec:
    """Areas as filled shapes with a label each; missing ones are hatched, areas without class are plain."""
    x = [w for g in gebiete for w in g.x if w is not None]
    y = [w for g in gebiete for w in g.y if w is not None]
    luft = max(max(x) - min(x), max(y) - min(y)) * 0.01
    spanne_x, spanne_y = (min(x) - luft, max(x) + luft), (min(y) - luft, max(y) + luft)
    hoehe = round(breite * (spanne_y[1] - spanne_y[0]) / (spanne_x[1] - spanne_x[0]))
    spuren, texte = [], []
    for g in gebiete:
        farbe = KLASSEN[g.klasse - 1] if g.klasse else PALETTE["flaeche"]
        rolle = "fehlt" if g.fehlt else f"klasse{g.klasse}"
        spur = flaeche(g.name, rolle, g.x, g.y, farbe, rand=PALETTE["leise"]) | {"customdata": [g.ags]}
        # Of a filled shape plotly shows `text`, not `hovertext`.
        spur |= {"hoveron": "fills", "hoverinfo": "text", "text": f"{g.name}: {g.wert}" if g.wert else g.name}
        spuren.append(spur | ({"fillpattern": _SCHRAFFUR} if g.fehlt else {}))
        schrift = KLASSENTEXT[g.klasse - 1] if g.klasse else PALETTE["text"]
        texte.append(
            {"x": g.mitte[0], "y": g.mitte[1], "text": "<br>".join(g.zeilen), "showarrow": False}
            | {"font": {"color": schrift}, "name": rolle}
        )
    achse_x, achse_y = ({"range": list(s), "tickvals": [], "ticktext": []} for s in (spanne_x, spanne_y))
    layout = {"width": breite, "height": hoehe, "margin": dict.fromkeys("lrtb", 0), "separators": ",."}
    return {
        "data": spuren,
        "layout": layout | {"xaxis": achse_x, "yaxis": achse_y, "shapes": [], "annotations": texte},
    }
