"""Limits of random fluctuation as they are shown: in words, and as whiskers of a chart on the scale of its values.

What belongs here: how far whiskers go and where they are cut. What does not: which values have limits (`reihen.py`),
how limits are computed (`assets/auswertung/intervalle.py`), drawing (`svg.py`).
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from assets.berichte.achsen import Achse, wertachse
from assets.berichte.zahlen import zahl

Bereich = tuple[Decimal, Decimal]
"""Lower and upper limit, rounded like the value between them."""
Richtung = Literal["x", "y"]

WORT = "Schwankungsbereich"
_STELLEN = 9
"""Decimals of a length on a scale; more are noise of binary fractions."""
_SPITZEN = {"x": ("triangle-left", "triangle-right"), "y": ("triangle-down", "triangle-up")}


def in_worten(bereich: Bereich | None) -> str:
    """„3,1 bis 3,3“; empty where there are no limits."""
    return "" if bereich is None else f"{zahl(bereich[0])} bis {zahl(bereich[1])}"


def achse_mit_bereichen(
    werte: Sequence[Decimal], bereiche: Iterable[Bereich | None], *, ab_null: bool = False
) -> Achse:
    """The scale of the values, which whiskers may stretch by its own length to each side and no further.

    A small Kreis can have a range many times as wide as all values lie apart. Shown in full it would squeeze them into
    one spot, so it is cut at the end of the scale (`spitzen`); the numbers of its limits are never cut.
    """
    eng = wertachse(werte, ab_null=ab_null)
    laenge = eng.bis - eng.von
    enden = [float(grenze) for bereich in bereiche if bereich for grenze in bereich]
    return wertachse([*werte, *(min(max(e, eng.von - laenge), eng.bis + laenge) for e in enden)], ab_null=ab_null)


def striche(
    richtung: Richtung,
    werte: Sequence[Decimal | None],
    bereiche: Sequence[Bereich | None],
    achse: Achse,
    farbe: str,
) -> dict[str, Any]:
    """Whiskers as plotly has them, a length to each side of a value or None; nothing at all if no value has limits."""
    if not any(bereiche):
        return {}
    paare = list(zip(werte, bereiche, strict=True))
    laengen = {
        name: [None if w is None or b is None else _laenge(w, b[seite], achse) for w, b in paare]
        for name, seite in (("array", 1), ("arrayminus", 0))
    }
    form = {"type": "data", "symmetric": False, "color": farbe, "thickness": 1.5, "width": 0}
    return {f"error_{richtung}": form | laengen}


def _laenge(wert: Decimal, grenze: Decimal, achse: Achse) -> float:
    gezeigt = min(max(float(grenze), achse.von), achse.bis)
    return round(abs(gezeigt - float(wert)), _STELLEN)


def spitzen(
    richtung: Richtung,
    orte: Sequence[int | str],
    bereiche: Sequence[Bereich | None],
    achse: Achse,
    farbe: str,
) -> list[dict[str, Any]]:
    """Marks at both ends of the scale for whiskers that go on beyond it; `orte` are positions on the other scale."""
    quer = "y" if richtung == "x" else "x"
    spuren = []
    for ende, symbol in zip((achse.von, achse.bis), _SPITZEN[richtung], strict=True):
        hier = [ende if b and not achse.von <= float(b[ende == achse.bis]) <= achse.bis else None for b in bereiche]
        if any(e is not None for e in hier):
            marke = {"color": farbe, "size": 8, "symbol": symbol}
            spuren.append(
                {"type": "scatter", "mode": "markers", "name": "reicht weiter", "meta": "spitze", "hoverinfo": "skip"}
                | {"marker": marke, richtung: hier, quer: list(orte)}
            )
    return spuren
