"""Small charts without axes: where an area stands among all, a line in a row of a table, many areas in fields.

What belongs here: their specifications. What does not: charts with axes (`diagramme.py`) and drawing (`svg.py`).
"""

from collections.abc import Sequence
from decimal import Decimal

from assets.berichte.achsen import Achse, viertel, wertachse
from assets.berichte.diagrammteile import (
    Linie,
    Spec,
    achse_als_spec,
    flaeche,
    grundlinie,
    linienspur,
    linienworte,
    marke_als_spec,
)
from assets.berichte.farben import PALETTE

HOECHSTENS_STRICHE = 60


def lage(werte: Sequence[Decimal], land: Decimal | None, eigener: Decimal | None) -> Spec:
    """Where an area stands among all: the middle half as a block, every area as a tick, Land and own value on top.

    Very many ticks would be a smear, and weigh as much as all of the page.
    """
    achse = wertachse([*werte, *(w for w in (land, eigener) if w is not None)])
    spuren: list[Spec] = []
    if block := viertel(werte):
        x = [block[0], block[1], block[1], block[0]]
        spuren.append(flaeche("mittlere Hälfte", "spanne", x, [-1, -1, 1, 1], PALETTE["spanne"], rand="#ffffff"))
    for name, rolle, symbol, groesse, gezeigt in (
        ("alle", "andere", "line-ns", 12, werte if len(werte) <= HOECHSTENS_STRICHE else ()),
        ("Land", "land", "diamond", 11, [land]),
        ("eigener Wert", "kreis", "circle", 11, [eigener]),
    ):
        x_werte = [float(w) for w in gezeigt if w is not None]
        marke = marke_als_spec(rolle, groesse, symbol)
        spur = {"type": "scatter", "mode": "markers", "name": name, "meta": rolle, "x": x_werte, "marker": marke}
        spuren += [{**spur, "y": [0] * len(x_werte)}] if x_werte else []
    return {
        "data": spuren,
        "layout": _klein(Achse(achse.von, achse.bis, (), ()), Achse(-2, 2, (), ()), 132, [grundlinie()]),
    }


def kurzverlauf(linie: Linie) -> Spec:
    """A line without axes, on a scale of its own; the last value and values without neighbour are points."""
    achse = wertachse(linie.werte.values())
    erstes, letztes = min(linie.werte), max(linie.werte)
    luft = max(1.0, (letztes - erstes) * 0.06)
    zeit = Achse(erstes - luft, letztes + luft, (), ())
    polster = (achse.bis - achse.von) * 0.15
    layout = _klein(zeit, Achse(achse.von - polster, achse.bis + polster, (), ()), 88, [])
    return {"data": _schlichte_linie(linie, "kreis"), "layout": layout}


def _schlichte_linie(linie: Linie, rolle: str) -> list[Spec]:
    """A line whose last value and values without neighbour are points."""
    spur = linienspur(linie, rolle) | {"mode": "lines"}
    rand = [None, *spur["x"], None]
    einzeln = [x for vor, x, nach in zip(rand, rand[1:], rand[2:], strict=False) if x and vor is None and nach is None]
    gezeigt = sorted({*einzeln, max(linie.werte)})
    punkte = {"x": gezeigt, "y": [float(linie.werte[j]) for j in gezeigt], "hovertext": linienworte(linie, gezeigt)}
    return [spur, spur | {"mode": "markers", "name": "Punkte"} | punkte]


def felder(linien: Sequence[Linie], land: Linie | None) -> Spec:
    """Many areas on one scale, each drawn into a field of its own with the Land's line (`svg.zeichne_felder`).

    `meta` of the Land's traces is `land`; every other two are an area's line and its points.
    """
    alle = [*linien, *([land] if land else [])]
    jahre = sorted({j for r in alle for j in r.werte})
    y = wertachse([w for r in alle for w in r.werte.values()], 2)
    luft = max(0.5, (jahre[-1] - jahre[0]) * 0.05)
    spuren = [s for r in linien for s in _schlichte_linie(r, "kreis")]
    spuren += _schlichte_linie(land, "land") if land else []
    layout = _klein(Achse(jahre[0] - luft, jahre[-1] + luft, (), ()), y, 150, [grundlinie(y.von)])
    return {"data": spuren, "layout": layout | {"height": 64, "margin": {"l": 2, "r": 6, "t": 6, "b": 2}}}


def _klein(x: Achse, y: Achse, breite: int, formen: list[Spec]) -> Spec:
    rand = {"l": 6, "r": 6, "t": 0, "b": 0}
    groesse = {"width": breite, "height": 24, "margin": rand, "separators": ",."}
    return groesse | {"xaxis": achse_als_spec(x), "yaxis": achse_als_spec(y), "shapes": formen, "annotations": []}
