"""Breakdowns of an indicator: one table with bars per column it is broken down by.

What belongs here: parts in the order of their code list, for the newest year that has any. What does not: totals.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.bestand import Blick
from assets.berichte.reihen import Angabe, NachGebiet, Reihe
from assets.berichte.vergleich import Zelle, zelle
from assets.berichte.worte import zeitraum
from schemas import codelisten as cl
from schemas.modell import Codeliste, Land

_LISTEN: dict[str, Codeliste] = {
    "konzept": cl.KONZEPT,
    "geschlecht": cl.GESCHLECHT,
    "altersgruppe": cl.ALTERSGRUPPE,
    "themenfeld": cl.THEMENFELD,
    "entgeltgruppe": cl.ENTGELTGRUPPE,
    "foerdergegenstand": cl.FINANZIERUNG,
}
_BEZEICHNUNGEN = {"rechtsgrund": "Rechtsgrund", "staat": "Staatsangehörigkeit", "gemeinde_ags": "Gemeinde"}


@dataclass(frozen=True, slots=True)
class Gliederungszeile:
    """One part: label, value of the area, value of the Land (None on its own page), bar."""

    label: str
    eigene: Zelle
    land: Zelle | None
    balken: Markup


@dataclass(frozen=True, slots=True)
class Gliederungstabelle:
    """All parts of one breakdown in one year."""

    label: str
    zeitraum: str
    mit_land: bool
    zeilen: tuple[Gliederungszeile, ...]
    spec: diagramme.Spec


def gliederungen(blick: Blick, reihe: Reihe) -> tuple[Gliederungstabelle, ...]:
    """Breakdowns that have numbers for the area, those the catalogue names first."""
    spalten = [*(s for s in reihe.indikator.gliederungen if s in reihe.teile)]
    spalten += [s for s in reihe.teile if s not in spalten]
    tabellen = (_tabelle(blick, reihe, s) for s in spalten)
    return tuple(t for t in tabellen if t is not None)


def _tabelle(blick: Blick, reihe: Reihe, spalte: str) -> Gliederungstabelle | None:
    teile = reihe.teile[spalte]
    jahr = max((a.jahr for t in teile.values() for a in t.get(blick.ags, {}).values() if a.wert is not None), default=0)
    codes = [c for c in _reihenfolge(spalte, teile) if _angabe(teile[c], blick.ags, jahr)]
    if not codes:
        return None
    eigene = [_angabe(teile[c], blick.ags, jahr) for c in codes]
    land = [_angabe(teile[c], blick.land.ags, jahr) for c in codes]
    mit_land = not blick.ist_land and any(land)
    namen = [_label(spalte, c, blick.land) for c in codes]
    vergleichbar = mit_land and reihe.ist_verhaeltnis
    spec = diagramme.balken(
        namen, [a.wert if a else None for a in eigene], [a.wert if a and vergleichbar else None for a in land]
    )
    erste = next(a for a in eigene if a)
    zeilen = zip(namen, eigene, land, svg.zeichne_zeilen(spec), strict=True)
    return Gliederungstabelle(
        label=_LISTEN[spalte].label if spalte in _LISTEN else _BEZEICHNUNGEN.get(spalte, spalte),
        zeitraum=zeitraum(jahr, erste.von, erste.bis),
        mit_land=mit_land,
        zeilen=tuple(Gliederungszeile(n, zelle(e), zelle(w) if mit_land else None, b) for n, e, w, b in zeilen),
        spec=spec,
    )


def _angabe(gebiete: NachGebiet, ags: str, jahr: int) -> Angabe | None:
    return gebiete.get(ags, {}).get(jahr)


def _reihenfolge(spalte: str, codes: Iterable[str]) -> list[str]:
    """Codes in the order of their list, unknown ones after them."""
    bekannt = _LISTEN[spalte].schluessel if spalte in _LISTEN else ()
    return sorted(codes, key=lambda c: (bekannt.index(c) if c in bekannt else len(bekannt), c))


def _label(spalte: str, code: str, land: Land) -> str:
    if spalte == "gemeinde_ags":
        return next((g.name for m in land.meldeeinheiten for g in m.gemeinden if g.ags == code), code)
    if spalte in _LISTEN and code in _LISTEN[spalte].schluessel:
        return _LISTEN[spalte].label_von(code)
    return code
