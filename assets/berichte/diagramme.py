"""Charts as plotly figure specifications: plain dicts, one function per kind, the single source of every drawing.

What belongs here: which values, in which trace, on which scale, and the words shown when somebody points at a value
(`hovertext`: numbers as the tables write them). `meta` of a trace or shape names its role; the style sheet and the
drawing (`svg.py`) know these roles. Tests validate each kind with `plotly.graph_objects.Figure`; building
it here as well would cost a hundred times the drawing.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from assets.berichte.achsen import Achse, jahresachse, viertel, wertachse
from assets.berichte.farben import KLASSEN, KLASSENTEXT, PALETTE
from assets.berichte.schwankung import WORT, Bereich, achse_mit_bereichen, in_worten, spitzen, striche
from assets.berichte.zahlen import zahl

Spec = dict[str, Any]
Werte = Mapping[int, Decimal]

_ABSTAND_TEXT = 15
"""Height in px a label at the end of a line needs."""


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


class Messwert(NamedTuple):
    """A value with its limits of random fluctuation, if it has any."""

    wert: Decimal
    bereich: Bereich | None = None


Zeile = tuple[str, Messwert | None]
"""Name of an area and what it has."""


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
    return {"x": x, "y": y, "hoverinfo": "text", "hovertext": _worte(linie, x)}


def _worte(linie: Linie, jahre: Iterable[int | None]) -> list[str]:
    return [
        ""
        if jahr is None
        else f"{linie.name}, {jahr}: {_wert_und_bereich(linie.werte[jahr], linie.bereiche.get(jahr))}"
        for jahr in jahre
    ]


def _wert_und_bereich(wert: Decimal, bereich: Bereich | None) -> str:
    return zahl(wert) + (f"<br>{WORT}: {in_worten(bereich)}" if bereich else "")


def _linienspur(linie: Linie, rolle: str) -> Spec:
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
    return _flaeche("Spanne", "spanne", x, y, PALETTE["spanne"], rand=PALETTE["andere"])


def _flaeche(
    name: str, rolle: str, x: Sequence[float | None], y: Sequence[float | None], farbe: str, *, rand: str
) -> Spec:
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


def _achse(achse: Achse) -> Spec:
    return {"range": [achse.von, achse.bis], "tickvals": list(achse.striche), "ticktext": list(achse.texte)}


def _layout(mass: Mass, x: Achse, y: Achse) -> Spec:
    return {
        "width": mass.breite,
        "height": mass.hoehe,
        "margin": {"l": mass.links, "r": mass.rechts, "t": 26, "b": 28},
        "separators": ",.",
        "xaxis": _achse(x),
        "yaxis": _achse(y),
        "shapes": [],
        "annotations": [],
    }


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
    layout = _layout(mass, x, y)
    for jahr in brueche:
        if alle_jahre[0] < jahr <= alle_jahre[-1]:
            layout["shapes"].append(_senkrechte(jahr - 0.5, "bruch"))
    layout["annotations"] = _endwerte(reihen, layout)
    _mach_platz(layout)
    spuren = [_band(spanne, eigene.schnitte)] if spanne else []
    spuren += [_linienspur(land, "land")] if land is not None and land.werte else []
    return {"data": [*spuren, *_mit_strichen(eigene, y)], "layout": layout}


def _mit_strichen(eigene: Linie, achse: Achse) -> list[Spec]:
    """The own line with a whisker at each year that has limits."""
    spur, farbe = _linienspur(eigene, "kreis"), PALETTE["kreis"]
    werte, bereiche = [eigene.werte.get(j) for j in spur["x"]], [eigene.bereiche.get(j) for j in spur["x"]]
    jahre = sorted(eigene.bereiche)
    enden = spitzen("y", jahre, [eigene.bereiche[j] for j in jahre], achse, farbe)
    return [spur | striche("y", werte, bereiche, achse, farbe), *enden]


def _senkrechte(x: float, rolle: str) -> Spec:
    strich = {"color": PALETTE["land"], "width": 1.5, "dash": "dot" if rolle == "bruch" else "solid"}
    ort = {"yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "layer": "above" if rolle == "bruch" else "below"}
    return {"type": "line", "name": rolle, "line": strich} | ort


def _grundlinie(hoehe: float = 0) -> Spec:
    strich = {"color": PALETTE["linie"], "width": 1, "dash": "solid"}
    ort = {"xref": "paper", "x0": 0, "x1": 1, "y0": hoehe, "y1": hoehe, "layer": "below"}
    return {"type": "line", "name": "grundlinie", "line": strich} | ort


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
            "xaxis": _achse(achse),
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
    return spur | {"hovertext": [f"{n}: {_wert_und_bereich(*m)}" if m else "" for n, m in zeilen]}


def _marke(rolle: str, groesse: int, symbol: str) -> Spec:
    """A sign at a value; plotly draws ticks with the line around signs."""
    strich = {"line": {"color": PALETTE[rolle], "width": 2}} if symbol == "line-ns" else {}
    return {"color": PALETTE[rolle], "size": groesse, "symbol": symbol} | strich


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
                "marker": _marke("land", 18, "line-ns"),
            }
            | _zeilenwerte(namen, land, ", Landeswert"),
        ],
        "layout": {
            "separators": ",.",
            "xaxis": _achse(wertachse(vorhanden, ab_null=True)),
            "yaxis": {"type": "category", "autorange": "reversed"},
            "shapes": [],
            "annotations": [],
        },
    }


HOECHSTENS_STRICHE = 60


def lage(werte: Sequence[Decimal], land: Decimal | None, eigener: Decimal | None) -> Spec:
    """Where an area stands among all: the middle half as a block, every area as a tick, Land and own value on top.

    Very many ticks would be a smear, and weigh as much as all of the page.
    """
    achse = wertachse([*werte, *(w for w in (land, eigener) if w is not None)])
    spuren: list[Spec] = []
    if block := viertel(werte):
        x = [block[0], block[1], block[1], block[0]]
        spuren.append(_flaeche("mittlere Hälfte", "spanne", x, [-1, -1, 1, 1], PALETTE["spanne"], rand="#ffffff"))
    for name, rolle, symbol, groesse, gezeigt in (
        ("alle", "andere", "line-ns", 12, werte if len(werte) <= HOECHSTENS_STRICHE else ()),
        ("Land", "land", "diamond", 11, [land]),
        ("eigener Wert", "kreis", "circle", 11, [eigener]),
    ):
        x_werte = [float(w) for w in gezeigt if w is not None]
        marke = _marke(rolle, groesse, symbol)
        spur = {"type": "scatter", "mode": "markers", "name": name, "meta": rolle, "x": x_werte, "marker": marke}
        spuren += [{**spur, "y": [0] * len(x_werte)}] if x_werte else []
    return {
        "data": spuren,
        "layout": _klein(Achse(achse.von, achse.bis, (), ()), Achse(-2, 2, (), ()), 132, [_grundlinie()]),
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
    spur = _linienspur(linie, rolle) | {"mode": "lines"}
    rand = [None, *spur["x"], None]
    einzeln = [x for vor, x, nach in zip(rand, rand[1:], rand[2:], strict=False) if x and vor is None and nach is None]
    gezeigt = sorted({*einzeln, max(linie.werte)})
    punkte = {"x": gezeigt, "y": [float(linie.werte[j]) for j in gezeigt], "hovertext": _worte(linie, gezeigt)}
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
    layout = _klein(Achse(jahre[0] - luft, jahre[-1] + luft, (), ()), y, 150, [_grundlinie(y.von)])
    return {"data": spuren, "layout": layout | {"height": 64, "margin": {"l": 2, "r": 6, "t": 6, "b": 2}}}


def _klein(x: Achse, y: Achse, breite: int, formen: list[Spec]) -> Spec:
    rand = {"l": 6, "r": 6, "t": 0, "b": 0}
    groesse = {"width": breite, "height": 24, "margin": rand, "separators": ",."}
    return groesse | {"xaxis": _achse(x), "yaxis": _achse(y), "shapes": formen, "annotations": []}


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
    layout = _layout(TRICHTERMASS, x, y)
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
        spur = _flaeche(g.name, rolle, g.x, g.y, farbe, rand=PALETTE["leise"]) | {"customdata": [g.ags]}
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
