"""Charts as plotly figure specifications: plain dicts, one function per kind, the single source of every drawing.

What belongs here: lines over years, comparisons, parts of a whole: which values, in which trace, on which scale, and
the words shown when somebody points at a value (`hovertext`: numbers as the tables write them). What does not: small
charts, funnels and maps (`kleindiagramme.py`, `trichterdiagramm.py`, `kartendiagramm.py`), and what all share
(`diagrammteile.py`). `meta` of a trace or shape names its role; the style sheet and the drawing (`svg.py`) know these
roles. Tests validate each kind with `plotly.graph_objects.Figure`; building it here as well would cost a hundred times
the drawing.
"""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from assets.berichte.achsen import Achse, jahresachse, wertachse
from assets.berichte.diagrammteile import (
    Linie,
    Mass,
    Spec,
    achse_als_spec,
    flaeche,
    grundlayout,
    linienspur,
    marke_als_spec,
    wert_und_bereich,
)
from assets.berichte.farben import PALETTE
from assets.berichte.schwankung import Bereich, achse_mit_bereichen, spitzen, striche
from assets.berichte.zahlen import zahl

_ABSTAND_TEXT = 15
"""Height in px a label at the end of a line needs."""


class Messwert(NamedTuple):
    """A value with its limits of random fluctuation, if it has any."""

    wert: Decimal
    bereich: Bereich | None = None


Zeile = tuple[str, Messwert | None]
"""Name of an area and what it has."""


def _band(spanne: Mapping[int, tuple[Decimal, Decimal]], schnitte: frozenset[int]) -> Spec:
    """The span of all areas as closed shapes, one for each unbroken run of years."""
    laeufe: list[list[int]] = []
    for jahr in sorted(spanne):
        if laeufe and jahr - laeufe[-1][-1] == 1 and jahr not in schnitte:
            laeufe[-1].append(jahr)
        else:
            laeufe.append([jahr])
    x: list[float | None] = []
    y: list[float | None] = []
    for lauf in laeufe:
        if x:
            x.append(None)
            y.append(None)
        x += [*lauf, *reversed(lauf)]
        y += [*(float(spanne[j][1]) for j in lauf), *(float(spanne[j][0]) for j in reversed(lauf))]
    return flaeche("Spanne", "spanne", x, y, PALETTE["spanne"], rand=PALETTE["andere"])


def linien(
    eigene: Linie,
    land: Linie | None,
    spanne: Mapping[int, tuple[Decimal, Decimal]],
    brueche: Sequence[int],
    mass: Mass,
) -> Spec:
    """Lines over years: the own area (solid), the Land (dashed), the span of all areas, breaks as vertical lines.

    Only the own line has whiskers: two lines with theirs would hide each other.
    """
    reihen = [r for r in (eigene, land) if r is not None and r.werte]
    werte = [w for r in reihen for w in r.werte.values()]
    werte += [w for paar in spanne.values() for w in paar]
    alle_jahre = sorted({j for r in reihen for j in r.werte} | set(spanne))
    x, y = jahresachse(alle_jahre, mass.jahre), achse_mit_bereichen(werte, eigene.bereiche.values())
    layout = grundlayout(mass, x, y)
    for jahr in brueche:
        if alle_jahre[0] < jahr <= alle_jahre[-1]:
            layout["shapes"].append(_senkrechte(jahr - 0.5, "bruch"))
    layout["annotations"] = _endwerte(reihen, layout)
    _mach_platz(layout)
    spuren = [_band(spanne, eigene.schnitte)] if spanne else []
    spuren += [linienspur(land, "land")] if land is not None and land.werte else []
    return {"data": [*spuren, *_mit_strichen(eigene, y)], "layout": layout}


def _mit_strichen(eigene: Linie, achse: Achse) -> list[Spec]:
    """The own line with a whisker at each year that has limits."""
    spur, farbe = linienspur(eigene, "kreis"), PALETTE["kreis"]
    werte, bereiche = [eigene.werte.get(j) for j in spur["x"]], [eigene.bereiche.get(j) for j in spur["x"]]
    jahre = sorted(eigene.bereiche)
    enden = spitzen("y", jahre, [eigene.bereiche[j] for j in jahre], achse, farbe)
    return [spur | striche("y", werte, bereiche, achse, farbe), *enden]


def _senkrechte(x: float, rolle: str) -> Spec:
    strich = {"color": PALETTE["land"], "width": 1.5, "dash": "dot" if rolle == "bruch" else "solid"}
    ort = {"yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "layer": "above" if rolle == "bruch" else "below"}
    return {"type": "line", "name": rolle, "line": strich} | ort


def _endwerte(reihen: Sequence[Linie], layout: Spec) -> list[Spec]:
    """The last value of each line, written beside it; pushed apart in px where two would overlap."""
    rand, (unten, oben) = layout["margin"], layout["yaxis"]["range"]
    je_px = (layout["height"] - rand["t"] - rand["b"]) / (oben - unten)
    enden = sorted((max(r.werte.items()) for r in reihen), key=lambda e: e[1])
    schub = [0.0] * len(enden)
    if len(enden) > 1:
        fehlt = _ABSTAND_TEXT - float(enden[1][1] - enden[0][1]) * je_px
        schub = [-fehlt / 2, fehlt / 2] if fehlt > 0 else schub
    return [
        {
            "x": jahr,
            "y": float(wert),
            "text": zahl(wert),
            "xanchor": "left",
            "xshift": 8,
            "yshift": round(verschoben, 1),
            "showarrow": False,
        }
        for (jahr, wert), verschoben in zip(enden, schub, strict=True)
    ]


def _mach_platz(layout: Spec) -> None:
    """Widens the margins until the longest number fits on either side, in the widest of usual fonts."""
    rand = layout["margin"]
    rand["l"] = max([rand["l"], *(9 + _zahlenbreite(t, 8.4) for t in layout["yaxis"]["ticktext"])])
    rand["r"] = max([rand["r"], *(10 + _zahlenbreite(t["text"], 9.8) for t in layout["annotations"])])


def _zahlenbreite(text: str, ziffer: float) -> int:
    return math.ceil(sum(ziffer if z.isdigit() else ziffer * 0.6 for z in text))


def punkte(gebiete: Sequence[Zeile], land: Zeile | None, *, ab_null: bool) -> Spec:
    """Comparison: one dot per area on a common scale. Drawn row by row in the table.

    The Land is a vertical line through all rows and a diamond in the last. Values have whiskers where they have limits.
    """
    letzte = [land] if land else []
    zeilen = [*gebiete, *letzte]
    namen, bereiche = [n for n, _ in zeilen], [m.bereich if m else None for _, m in zeilen]
    achse = achse_mit_bereichen([m.wert for _, m in zeilen if m], bereiche, ab_null=ab_null)
    spuren = [_punktspur("punkt", "Werte", [*gebiete, *((n, None) for n, _ in letzte)], achse)]
    spuren += [_punktspur("land", "Land", [*((n, None) for n, _ in gebiete), zeile], achse) for zeile in letzte]
    return {
        "data": [*spuren, *spitzen("x", namen, bereiche, achse, PALETTE["land"])],
        "layout": {
            "separators": ",.",
            "xaxis": achse_als_spec(achse),
            "yaxis": {"type": "category", "autorange": "reversed"},
            "shapes": [_senkrechte(float(m.wert), "land") for _, m in letzte if m],
            "annotations": [],
        },
    }


def _punktspur(rolle: str, name: str, zeilen: Sequence[Zeile], achse: Achse) -> Spec:
    werte, bereiche = [m.wert if m else None for _, m in zeilen], [m.bereich if m else None for _, m in zeilen]
    marke = {"color": PALETTE["land"], "size": 10, "symbol": "circle" if rolle == "punkt" else "diamond"}
    spur = {"type": "scatter", "mode": "markers", "name": name, "meta": rolle, "marker": marke}
    spur |= striche("x", werte, bereiche, achse, PALETTE["land"]) | _zeilenwerte([n for n, _ in zeilen], werte)
    return spur | {"hovertext": [f"{n}: {wert_und_bereich(*m)}" if m else "" for n, m in zeilen]}


def _zeilenwerte(namen: Sequence[str], werte: Sequence[Decimal | None], zusatz: str = "") -> Spec:
    """Values by category and their words."""
    return {
        "x": [None if w is None else float(w) for w in werte],
        "y": list(namen),
        "hoverinfo": "text",
        "hovertext": ["" if w is None else f"{n}{zusatz}: {zahl(w)}" for n, w in zip(namen, werte, strict=True)],
    }


def balken(namen: Sequence[str], eigene: Sequence[Decimal | None], land: Sequence[Decimal | None]) -> Spec:
    """Parts of a whole: one bar per part, the Land's value as a tick. Drawn row by row in the table."""
    vorhanden = [w for w in (*eigene, *land) if w is not None]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "Werte",
                "meta": "balken",
                "marker": {"color": PALETTE["kreis"]},
            }
            | _zeilenwerte(namen, eigene),
            {
                "type": "scatter",
                "mode": "markers",
                "name": "Land",
                "meta": "land",
                "marker": marke_als_spec("land", 18, "line-ns"),
            }
            | _zeilenwerte(namen, land, ", Landeswert"),
        ],
        "layout": {
            "separators": ",.",
            "xaxis": achse_als_spec(wertachse(vorhanden, ab_null=True)),
            "yaxis": {"type": "category", "autorange": "reversed"},
            "shapes": [],
            "annotations": [],
        },
    }
