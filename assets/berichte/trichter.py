"""The funnel of an indicator on the Land's page: chart, and the table that says the same.

What belongs here: rows, words and the choice of the year. What does not: limits and places, which stand in the table
`trichter` (`assets/auswertung/trichtertabelle.py`). The order is the official one; there is no rank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from assets.auswertung.statistik.trichter import trichtergrenzen
from assets.berichte import svg, trichterdiagramm
from assets.berichte.diagrammteile import Spec
from assets.berichte.kennzahl import teil_id
from assets.berichte.reihen import Reihe
from assets.berichte.trichterdiagramm import Trichterpunkt
from assets.berichte.vergleich import Vergleich
from assets.berichte.zahlen import in_einheit, menge, runde, zahl
from schemas.modell import Kennzahlart, Land, Meldeeinheit
from schemas.statistik import KONFIDENZ, KONFIDENZ_TRICHTER, TRICHTERLAGEN, Trichterlage

_STUETZEN = 16
"""Points a limit is drawn through."""
_VOR_DEM_KLEINSTEN = 0.7
"""Where the limits begin, as a share of the smallest area."""
_GENAUIGKEIT = 5
"""Significant digits of the lines: more than a screen can show."""


@dataclass(frozen=True, slots=True)
class Trichterzeile:
    """One Meldeeinheit: all but its name and place is empty where it has no place."""

    name: str
    bezug: str
    wert: str
    innen: str
    aussen: str
    lage: str


@dataclass(frozen=True, slots=True)
class Trichter:
    """The funnel of one variant and year; `bezug` is what the horizontal scale shows."""

    titel: str
    bezug: str
    zeichnung: Markup
    zeilen: tuple[Trichterzeile, ...]
    spec: Spec


def baue_trichter(
    zeilen: Sequence[Mapping[str, Any]], land: Land, reihe: Reihe, vergleich: Vergleich
) -> Trichter | None:
    """The funnel of the year of the comparison; None where fewer than two areas have a place in it.

    Args:
        zeilen: rows of the table `trichter` of this variant, oldest state first.
        land: whose Meldeeinheiten.
        reihe: the variant.
        vergleich: its comparison.
    """
    je_kreis = {z["ags"]: z for z in zeilen if z["berichtsjahr"] == vergleich.jahr}
    gezeigte = mit_lage(je_kreis.values())
    if not gezeigte:
        return None
    titel = f"{reihe.indikator.name}, {vergleich.zeitraum}, {in_einheit(reihe.einheit)}"
    spec = _spec(land, reihe, {z["ags"]: z for z in gezeigte})
    beschreibung = f"Trichterdiagramm: {titel}. Alle Werte und Grenzen stehen in der Tabelle darunter."
    return Trichter(
        titel=titel,
        bezug=bezug(reihe),
        zeichnung=svg.zeichne(spec, f"{teil_id(reihe)}-trichter-bild", beschreibung, "trichter"),
        zeilen=tuple(trichterzeile(m.name, je_kreis.get(m.id), reihe.stellen) for m in land.meldeeinheiten),
        spec=spec,
    )


def mit_lage(zeilen: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The areas that have a place in the funnel, rows of the table `trichter` of one year; none of fewer than two."""
    gezeigte = [z for z in zeilen if z["trichterlage"] != Trichterlage.NICHT_BESTIMMT]
    return gezeigte if len(gezeigte) > 1 else []


def bezug(reihe: Reihe) -> str:
    """What the horizontal scale of the funnel shows."""
    standardisiert = reihe.variante.art is Kennzahlart.STANDARDISIERT
    return "Personen, mit denen sich die Rate ergibt" if standardisiert else "Bezugsgröße"


def trichterzeile(name: str, zeile: Mapping[str, Any] | None, stellen: int) -> Trichterzeile:
    """The words of an area in the table: its row of the table `trichter`, if it has one, and decimals of the values."""
    if zeile is None or zeile["trichterlage"] == Trichterlage.NICHT_BESTIMMT:
        return Trichterzeile(name, "", "", "", "", TRICHTERLAGEN.label_von(Trichterlage.NICHT_BESTIMMT))
    innen, aussen = (
        " bis ".join(zahl(runde(zeile[f"{grenze}_{seite}"], stellen)) for seite in ("unten", "oben"))
        for grenze in ("innen", "aussen")
    )
    lage = TRICHTERLAGEN.label_von(zeile["trichterlage"])
    return Trichterzeile(name, menge(round(zeile["bezug"])), zahl(runde(zeile["wert"], stellen)), innen, aussen, lage)


class Grenzlinien(NamedTuple):
    """What a funnel is drawn from: points along the horizontal scale, limits (role, values there), the Land's value."""

    stuetzen: list[float]
    linien: list[tuple[str, list[float]]]
    landeswert: float


def grenzlinien(reihe: Reihe, gezeigte: Sequence[Mapping[str, Any]]) -> Grenzlinien:
    """The limits around the areas that have a place, rows of the table `trichter` of one year."""
    groessen = [float(z["bezug"]) for z in gezeigte]
    anfang, ende = _VOR_DEM_KLEINSTEN * min(groessen), max(groessen)
    stuetzen = [anfang * (ende / anfang) ** (n / (_STUETZEN - 1)) for n in range(_STUETZEN)]
    landeswert, faktor = float(gezeigte[0]["landeswert"]), reihe.variante.faktor
    innen, aussen = (
        trichtergrenzen(reihe.variante.art, stuetzen, landeswert / faktor, konfidenz, faktor)
        for konfidenz in (KONFIDENZ, KONFIDENZ_TRICHTER)
    )
    linien = [("innen", _kurz(g)) for g in innen] + [("aussen", _kurz(g)) for g in aussen]
    return Grenzlinien(_kurz(stuetzen), linien, *_kurz([landeswert]))


def _kurz(werte: Iterable[float]) -> list[float]:
    return [float(f"{wert:.{_GENAUIGKEIT}g}") for wert in werte]


def _spec(land: Land, reihe: Reihe, je_kreis: Mapping[str, Mapping[str, Any]]) -> Spec:
    punkte = [_punkt(m, je_kreis[m.id], reihe.stellen) for m in land.meldeeinheiten if m.id in je_kreis]
    return trichterdiagramm.trichter(punkte, *grenzlinien(reihe, list(je_kreis.values())))


def _punkt(m: Meldeeinheit, zeile: Mapping[str, Any], stellen: int) -> Trichterpunkt:
    """Where an area lies, by the numbers of the table: a drawing that can be asked must not know more digits."""
    bezug, wert = round(zeile["bezug"]), runde(zeile["wert"], stellen)
    worte = f"{m.name}: {zahl(wert)}, {TRICHTERLAGEN.label_von(zeile['trichterlage'])}"
    return Trichterpunkt(m.kuerzel, float(bezug), float(wert), worte)
