"""Areas of maps: tiles from the Land profile, outlines from the reference geometry.

What belongs here: shapes and where a label fits. What does not: colours and drawing (`kartendiagramm.py`, `svg.py`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.berichte.kartendiagramm import Gebiet
from assets.berichte.vergleich import Vergleich, Vergleichsgebiet, Vergleichszeile, alle_gebiete, nach_ags
from schemas.modell import Land, Meldeeinheit

VIELE = 30
"""Up to so many Meldeeinheiten stand in one table."""
_FUGE = 0.04
_RASTER = 14
Punkt = tuple[float, float]


def kacheln(land: Land, vergleich: Vergleich | None = None) -> list[Gebiet]:
    """One square per Meldeeinheit; with a comparison also its value and class, hatched where the value is missing."""
    zeilen = nach_ags(vergleich) if vergleich else {}
    gebiete = []
    for m in land.meldeeinheiten:
        x, y = _quadrat(m)
        mitte = (m.kachel[0] + 0.5, -m.kachel[1] - 0.5)
        zeile = zeilen.get(m.id)
        if zeile is None:
            gebiete.append(Gebiet(m.id, m.name, x, y, mitte, (m.kuerzel,)))
            continue
        text = zeile.zelle.text or zeile.zelle.zeichen
        fehlt = zeile.wert is None
        gebiete.append(Gebiet(m.id, m.name, x, y, mitte, (m.kuerzel, text), zeile.klasse, fehlt, _wert(zeile)))
    return gebiete


def _quadrat(m: Meldeeinheit) -> tuple[list[float | None], list[float | None]]:
    links, rechts = m.kachel[0] + _FUGE, m.kachel[0] + 1 - _FUGE
    oben, unten = -m.kachel[1] - _FUGE, -m.kachel[1] - 1 + _FUGE
    return [links, rechts, rechts, links], [oben, oben, unten, unten]


def umrisse(land: Land, tabelle: pl.DataFrame) -> list[Gebiet]:
    """One shape per Meldeeinheit; empty unless every one has an outline, because a map with holes misleads."""
    if tabelle.is_empty():
        return []
    sortiert = tabelle.sort("ags", "ring", "punkt")
    ringe: dict[str, list[list[Punkt]]] = {}
    for (ags, _), teil in sortiert.group_by("ags", "ring", maintain_order=True):
        ringe.setdefault(str(ags), []).append(list(teil.select("x", "y").iter_rows()))
    if not all(m.id in ringe for m in land.meldeeinheiten):
        return []
    # Large areas first: a town that lies inside a Landkreis must be drawn on top of it.
    reihenfolge = sorted(land.meldeeinheiten, key=lambda m: -max(_flaeche(r) for r in ringe[m.id]))
    return [Gebiet(m.id, m.name, *_spur(ringe[m.id]), _mitte(ringe[m.id]), (m.kuerzel,)) for m in reihenfolge]


def gefaerbt(formen: Sequence[Gebiet], vergleich: Vergleich) -> list[Gebiet]:
    """Shapes in the class of their value, hatched where it is missing. Only short signs fit into a map."""
    zeilen = nach_ags(vergleich)
    return [_gefaerbt(g, zeilen[g.ags]) for g in formen]


def _gefaerbt(gebiet: Gebiet, zeile: Vergleichszeile) -> Gebiet:
    return gebiet._replace(klasse=zeile.klasse, fehlt=zeile.wert is None, wert=_wert(zeile))


def _wert(zeile: Vergleichszeile) -> str:
    """What the table says of an area: number, sign, or both."""
    return " ".join(filter(None, (zeile.zelle.text, zeile.zelle.zeichen)))


def _spur(ringe: list[list[Punkt]]) -> tuple[list[float | None], list[float | None]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in ringe:
        if x:
            x.append(None)
            y.append(None)
        x += [p[0] for p in ring]
        y += [p[1] for p in ring]
    return x, y


def _kanten(ring: list[Punkt]) -> list[tuple[Punkt, Punkt]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def _flaeche(ring: list[Punkt]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in _kanten(ring))) / 2


def _mitte(ringe: list[list[Punkt]]) -> Punkt:
    """A point well inside: of a grid over the shape, the one farthest from every edge. A centroid can lie outside."""
    kanten = [k for ring in ringe for k in _kanten(ring)]
    xs, ys = [p[0] for ring in ringe for p in ring], [p[1] for ring in ringe for p in ring]
    breite, hoehe = max(xs) - min(xs), max(ys) - min(ys)
    raster = [
        (min(xs) + breite * (i + 0.5) / _RASTER, min(ys) + hoehe * (j + 0.5) / _RASTER)
        for i in range(_RASTER)
        for j in range(_RASTER)
    ]
    innen = [p for p in raster if _liegt_innen(p, kanten)] or raster
    return innen[int(_abstaende(innen, kanten).argmax())]


def _liegt_innen(punkt: Punkt, kanten: list[tuple[Punkt, Punkt]]) -> bool:
    """Even-odd rule over all rings, so that holes are outside."""
    x, y = punkt
    schnitte = sum(
        1 for (x1, y1), (x2, y2) in kanten if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    )
    return schnitte % 2 == 1


def _abstaende(punkte: Sequence[Punkt], kanten: Sequence[tuple[Punkt, Punkt]]) -> npt.NDArray[np.float64]:
    """Distance of each point to the edge nearest to it."""
    ecken = np.array(kanten)
    anfang, weg = ecken[:, 0], ecken[:, 1] - ecken[:, 0]
    laenge = (weg**2).sum(axis=1)
    vom_anfang = np.array(punkte)[:, None] - anfang
    anteil = np.clip((vom_anfang * weg).sum(axis=2) / np.where(laenge == 0, 1, laenge), 0, 1)
    naechste: npt.NDArray[np.float64] = np.linalg.norm(vom_anfang - anteil[..., None] * weg, axis=2).min(axis=1)
    return naechste


def sind_viele(land: Land) -> bool:
    """Whether there are more Meldeeinheiten than a table can hold."""
    return len(land.meldeeinheiten) > VIELE


def spaltengebiete(land: Land) -> tuple[Vergleichsgebiet, ...]:
    """Areas that have rows, columns or fields of their own: all, or the groups of very many."""
    if sind_viele(land):
        return tuple(Vergleichsgebiet(code, label, label) for code, label in land.gruppen.items())
    return alle_gebiete(land)


def verweise(land: Land) -> Mapping[str, str]:
    """Page of each Meldeeinheit."""
    return {m.id: f"kreis_{m.id}.html" for m in land.meldeeinheiten}
