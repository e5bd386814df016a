"""Draws the figure specifications of `diagramme.py` as inline SVG.

What belongs here: turning traces, shapes, annotations and axes into elements, for the few kinds we use. What does not:
choosing values and scales; they stand in the specification. Colours come from the style sheet, by the role a trace has:
hundreds of rows would repeat them, and high-contrast modes could not replace them. Every text is escaped.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assets.berichte.diagrammteile import Spec

SCHRAFFUR = "schraffur"
"""Id of the hatch pattern; the frame of every page (`geruest.html`) holds it."""
_ZEILE = {"width": 220, "height": 22, "margin": {"l": 9, "r": 9, "t": 0, "b": 0}}
_SPITZEN = {"triangle-left": (-1, 0), "triangle-right": (1, 0), "triangle-up": (0, -1), "triangle-down": (0, 1)}
"""Where each triangle points to, in px."""
_ZEILENHOEHE = 17
_SCHRIFT = 13


@dataclass(frozen=True, slots=True)
class Projektion:
    """From values to px of a drawing."""

    layout: Mapping[str, Any]

    def x(self, wert: float) -> float:
        """Horizontal position."""
        rand, (von, bis) = self.layout["margin"], self.layout["xaxis"]["range"]
        breite: float = self.layout["width"] - rand["l"] - rand["r"]
        return float(rand["l"] + (wert - von) / (bis - von) * breite)

    def y(self, wert: float) -> float:
        """Vertical position; larger values are higher up."""
        rand, (von, bis) = self.layout["margin"], self.layout["yaxis"]["range"]
        hoehe: float = self.layout["height"] - rand["t"] - rand["b"]
        return float(self.layout["height"] - rand["b"] - (wert - von) / (bis - von) * hoehe)


def _px(wert: float) -> str:
    """A coordinate with one decimal, as short as possible."""
    return f"{wert:.1f}".removesuffix(".0")


def zeichne(spec: Spec, kennung: str, titel: str, klasse: str) -> Markup:
    """A whole chart with axes, named by `titel` for those who cannot see it; `kennung` is unique on the page."""
    layout = spec["layout"]
    teile = [*_achsen(layout), *_inhalt(spec), *_texte(layout)]
    return Markup(
        '<svg class="{}" role="img" aria-labelledby="{}" viewBox="0 0 {} {}"><title id="{}">{}</title>{}</svg>'
    ).format(klasse, kennung, layout["width"], layout["height"], kennung, titel, Markup("").join(teile))


def zeichne_klein(spec: Spec, klasse: str = "") -> Markup:
    """A small drawing beside text that says the same, hidden from screen readers; the style sheet gives its size.

    Hundreds of rows of tables have one: there the table has the class.
    """
    breite, hoehe = spec["layout"]["width"], spec["layout"]["height"]
    attribut = Markup(' class="{}"').format(klasse) if klasse else ""
    kopf = Markup('<svg{} aria-hidden="true" viewBox="0 0 {} {}">')
    return kopf.format(attribut, breite, hoehe) + Markup("").join(_inhalt(spec)) + Markup("</svg>")


def zeichne_zeilen(spec: Spec) -> list[Markup]:
    """One small drawing per category of a comparison or bar chart, for the rows of its table; none without a value."""
    zeilen = (_zeile(spec, nummer) for nummer in range(len(spec["data"][0]["y"])))
    return [zeichne_klein(zeile) if zeile["data"] else Markup("") for zeile in zeilen]


def zeichne_felder(spec: Spec) -> list[Markup]:
    """One small drawing per area of `kleindiagramme.felder`, each with the Land's line behind the area's own."""
    land = [s for s in spec["data"] if s["meta"] == "land"]
    eigene = [s for s in spec["data"] if s["meta"] != "land"]
    paare = zip(eigene[::2], eigene[1::2], strict=True)
    return [zeichne_klein({"data": [*land, *paar], "layout": spec["layout"]}, "feld") for paar in paare]


def zeichne_karte(spec: Spec, klasse: str, verweise: Mapping[str, str]) -> Markup:
    """A map or tile map beside a list or table that says the same; areas link to their page where one is given."""
    layout, ebene = spec["layout"], Projektion(spec["layout"])
    teile = []
    for spur, text in zip(spec["data"], layout["annotations"], strict=True):
        inhalt = _spur(spur, ebene) + Markup("<title>{}</title>").format(spur["name"]) + _text(text, ebene)
        ziel = verweise.get(spur["customdata"][0])
        # The list beside the map holds the same links, so these stay out of the tab order.
        huelle = Markup('<a href="{}" tabindex="-1">{}</a>') if ziel else Markup("{}<g>{}</g>")
        teile.append(huelle.format(ziel or "", inhalt))
    kopf = Markup('<svg class="{}" aria-hidden="true" viewBox="0 0 {} {}">')
    return kopf.format(klasse, layout["width"], layout["height"]) + Markup("").join(teile) + Markup("</svg>")


def _zeile(spec: Spec, nummer: int) -> Spec:
    """The specification of one row: the point or bar of one category on the common scale."""
    spuren = [_an_stelle(s, nummer) for s in spec["data"] if s["x"][nummer] is not None]
    achse_y = {"range": [-1, 1], "tickvals": [], "ticktext": []}
    return {"data": spuren, "layout": {**_ZEILE, **spec["layout"], "yaxis": achse_y}}


def _an_stelle(spur: Spec, nummer: int) -> Spec:
    """What a trace has in one row."""
    stueck = {**spur, "x": [spur["x"][nummer]], "y": [0]}
    if striche := spur.get("error_x"):
        stueck["error_x"] = {seite: [striche[seite][nummer]] for seite in ("array", "arrayminus")}
    return stueck


def _inhalt(spec: Spec) -> Iterator[Markup]:
    """Traces, with the shapes that lie below them first."""
    ebene = Projektion(spec["layout"])
    formen = spec["layout"]["shapes"]
    yield from (_form(form, ebene) for form in formen if form.get("layer") == "below")
    yield from (_spur(spur, ebene) for spur in spec["data"])
    yield from (_form(form, ebene) for form in formen if form.get("layer") != "below")


def _achsen(layout: Mapping[str, Any]) -> Iterator[Markup]:
    ebene, rand = Projektion(layout), layout["margin"]
    links, rechts, unten = rand["l"], layout["width"] - rand["r"], layout["height"] - rand["b"]
    for wert, text in zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True):
        y = ebene.y(wert)
        yield Markup('<path class="gitter" d="M{} {}H{}"/>').format(links, _px(y), rechts)
        yield Markup('<text class="achse" x="{}" y="{}" text-anchor="end">{}</text>').format(
            links - 7, _px(y + 4.5), text
        )
    for wert, text in zip(layout["xaxis"]["tickvals"], layout["xaxis"]["ticktext"], strict=True):
        yield Markup('<text class="achse" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _px(ebene.x(wert)), unten + 19, text
        )


def _texte(layout: Mapping[str, Any]) -> Iterator[Markup]:
    ebene = Projektion(layout)
    for text in layout["annotations"]:
        yield _text(text, ebene)


def _text(text: Mapping[str, Any], ebene: Projektion) -> Markup:
    """One annotation; `<br>` starts a new line, everything else is plain text."""
    zeilen = text["text"].split("<br>")
    x = _px(ebene.x(text["x"]) + text.get("xshift", 0))
    oben = ebene.y(text["y"]) - text.get("yshift", 0) + _SCHRIFT * 0.35 - (len(zeilen) - 1) * _ZEILENHOEHE / 2
    anker = "start" if text.get("xanchor") == "left" else "middle"
    teile = Markup("").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(x, _px(oben + n * _ZEILENHOEHE), zeile)
        for n, zeile in enumerate(zeilen)
    )
    return Markup('<text class="wert {}" text-anchor="{}">{}</text>').format(text.get("name", "ende"), anker, teile)


def _form(form: Mapping[str, Any], ebene: Projektion) -> Markup:
    """A line over the whole height (a break, the Land's value) or over the whole width (the ground of a row)."""
    layout, rand = ebene.layout, ebene.layout["margin"]
    if form.get("xref") == "paper":
        weg = f"M{rand['l']} {_px(ebene.y(form['y0']))}H{layout['width'] - rand['r']}"
    else:
        weg = f"M{_px(ebene.x(form['x0']))} {rand['t']}V{layout['height'] - rand['b']}"
    return Markup('<path class="{}" d="{}"/>').format(form["name"], weg)


def _spur(spur: Mapping[str, Any], ebene: Projektion) -> Markup:
    if spur["type"] == "bar":
        return _balken(spur, ebene)
    if spur.get("fill") == "toself":
        return _flaeche(spur, ebene)
    linie = _linienzug(spur, ebene) if "lines" in spur["mode"] else Markup("")
    marken = _marken(spur, ebene) if "markers" in spur["mode"] else Markup("")
    return _striche(spur, ebene) + linie + marken


def _striche(spur: Mapping[str, Any], ebene: Projektion) -> Markup:
    """All whiskers of a trace as one path, along x or y."""
    weg = ""
    for richtung in ("x", "y"):
        striche = spur.get(f"error_{richtung}", {"array": (), "arrayminus": ()})
        laengen = zip(spur["x"], spur["y"], striche["arrayminus"], striche["array"], strict=False)
        for x, y, minus, plus in laengen:
            if plus is not None and richtung == "x":
                weg += f"M{_px(ebene.x(x - minus))} {_px(ebene.y(y))}H{_px(ebene.x(x + plus))}"
            elif plus is not None:
                weg += f"M{_px(ebene.x(x))} {_px(ebene.y(y - minus))}V{_px(ebene.y(y + plus))}"
    return Markup('<path class="s-{}" d="{}"/>').format(spur["meta"], weg) if weg else Markup("")


def _laeufe(spur: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """The points between the empty ones."""
    lauf: list[tuple[float, float]] = []
    for x, y in zip(spur["x"], spur["y"], strict=True):
        if x is not None and y is not None:
            lauf.append((x, y))
            continue
        yield lauf
        lauf = []
    yield lauf


def _weg(punkte: Sequence[tuple[float, float]], ebene: Projektion) -> str:
    return "L".join(f"{_px(ebene.x(x))} {_px(ebene.y(y))}" for x, y in punkte)


def _linienzug(spur: Mapping[str, Any], ebene: Projektion) -> Markup:
    weg = "".join(f"M{_weg(lauf, ebene)}" for lauf in _laeufe(spur) if len(lauf) > 1)
    return Markup('<path class="l-{}" d="{}"/>').format(spur["meta"], weg) if weg else Markup("")


def _flaeche(spur: Mapping[str, Any], ebene: Projektion) -> Markup:
    weg = "".join(f"M{_weg(lauf, ebene)}Z" for lauf in _laeufe(spur))
    # A style sheet would look for the pattern in its own file, so this one fill stands here.
    muster = Markup(' fill="url(#{})"').format(SCHRAFFUR) if "fillpattern" in spur else ""
    return Markup('<path class="f-{}" d="{}"{}/>').format(spur["meta"], weg, muster)


def _balken(spur: Mapping[str, Any], ebene: Projektion) -> Markup:
    """Horizontal bars from zero, in the middle of the row."""
    null, mitte = _px(ebene.x(0)), _px(ebene.y(0))
    weg = "".join(f"M{null} {mitte}H{_px(ebene.x(wert))}" for wert in spur["x"])
    return Markup('<path class="b-{}" d="{}"/>').format(spur["meta"], weg)


def _marken(spur: Mapping[str, Any], ebene: Projektion) -> Markup:
    marke = spur["marker"]
    vorhanden = ((x, y) for x, y in zip(spur["x"], spur["y"], strict=True) if x is not None and y is not None)
    punkte = [(ebene.x(x), ebene.y(y)) for x, y in vorhanden]
    if marke["symbol"] == "line-ns":
        halb = marke["size"] / 2
        weg = "".join(f"M{_px(x)} {_px(y - halb)}V{_px(y + halb)}" for x, y in punkte)
        return Markup('<path class="t-{}" d="{}"/>').format(spur["meta"], weg)
    return Markup("").join(_marke(spur["meta"], marke["symbol"], marke["size"] / 2, x, y) for x, y in punkte)


def _marke(rolle: str, symbol: str, halb: float, x: float, y: float) -> Markup:
    if symbol == "circle":
        return Markup('<circle class="m-{}" cx="{}" cy="{}" r="{}"/>').format(rolle, _px(x), _px(y), _px(halb))
    if symbol == "diamond":
        ecken = f"M{_px(x)} {_px(y - halb)}l{_px(halb)} {_px(halb)}l{_px(-halb)} {_px(halb)}l{_px(-halb)} {_px(-halb)}Z"
        return Markup('<path class="m-{}" d="{}"/>').format(rolle, ecken)
    dx, dy = _SPITZEN[symbol]
    dreieck = ((dx, dy), (-dx - dy, dx - dy), (dy - dx, -dx - dy))
    weg = "L".join(f"{_px(x + halb * vor)} {_px(y + halb * ab)}" for vor, ab in dreieck)
    return Markup('<path class="m-{}" d="M{}Z"/>').format(rolle, weg)
