"""Breakdowns of an indicator: one table with bars per column it is broken down by.

What belongs here: parts in the order of their code list, for the newest year that has any. What does not: totals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.bestand import Blick
from assets.berichte.diagrammteile import Spec
from assets.berichte.gebiete import spaltengebiete
from assets.berichte.reihen import Angabe, NachGebiet, Reihe
from assets.berichte.vergleich import Zelle, zelle
from assets.berichte.worte import zeitraum
from assets.berichte.zahlen import menge
from schemas.indikatorwerte import GLIEDERUNGSLISTEN
from schemas.modell import Codeliste, Land

_GEMEINDE = "gemeinde_ags"
_NACH_WERT = ("staat",)
"""Breakdowns whose order is that of the values, because which codes come first is itself the finding."""
_BALKEN_BIS = 25
"""Rows up to which a table has bars: a longer one is for looking up, and bars would double its weight."""
_HOECHSTENS = 10
"""Rows of such a breakdown: § 14 Abs. 2 Nr. 1 KomIntAVO asks for the ten most frequent."""


@dataclass(frozen=True, slots=True)
class Gliederungszeile:
    """One part: label, value of the area, what it is counted from, value of the Land (None on its own page), bar."""

    label: str
    eigene: Zelle
    zaehler: str
    land: Zelle | None
    balken: Markup


@dataclass(frozen=True, slots=True)
class Gliederungstabelle:
    """All parts of one breakdown in one year."""

    label: str
    zeitraum: str
    mit_zaehler: bool
    mit_land: bool
    mit_balken: bool
    zeilen: tuple[Gliederungszeile, ...]
    spec: Spec


def gliederungen(blick: Blick, reihe: Reihe) -> tuple[Gliederungstabelle, ...]:
    """Breakdowns that have numbers for the area, those the catalogue names first."""
    tabellen = (_tabelle(blick, reihe, s) for s in _spalten(reihe))
    return tuple(t for t in tabellen if t is not None)


def _spalten(reihe: Reihe) -> list[str]:
    """By what a series is broken down, first what the catalogue names."""
    zuerst = [s for s in reihe.indikator.gliederungen if s in reihe.teile]
    return [*zuerst, *(s for s in reihe.teile if s not in zuerst)]


def _tabelle(blick: Blick, reihe: Reihe, spalte: str) -> Gliederungstabelle | None:
    teile = reihe.teile[spalte]
    jahr = max((a.jahr for t in teile.values() for a in t.get(blick.ags, {}).values() if a.wert is not None), default=0)
    eigene = {c: a for c in teile if (a := _angabe(teile[c], blick.ags, jahr))}
    # The Gemeinden of all Kreise in one table would help nobody, and beside the Land a Gemeinde says nothing.
    if not eigene or (spalte == _GEMEINDE and blick.ist_land):
        return None
    liste = codeliste_von(spalte, eigene)
    codes = _reihenfolge(spalte, eigene, liste)
    land = [None if spalte == _GEMEINDE else _angabe(teile[c], blick.land.ags, jahr) for c in codes]
    mit_land = not blick.ist_land and any(land)
    namen = [teilname(c, liste, blick.land) for c in codes]
    vergleichbar = mit_land and reihe.ist_verhaeltnis
    spec = diagramme.balken(
        namen, [eigene[c].wert for c in codes], [a.wert if a and vergleichbar else None for a in land]
    )
    erste = eigene[codes[0]]
    zeilen = zip(namen, (eigene[c] for c in codes), land, svg.zeichne_zeilen(spec), strict=True)
    return Gliederungstabelle(
        label=liste.label if liste else "Gemeinde",
        zeitraum=zeitraum(jahr, erste.von, erste.bis),
        mit_zaehler=reihe.variante.nenner is not None,
        mit_land=mit_land,
        mit_balken=len(codes) <= _BALKEN_BIS,
        zeilen=tuple(
            Gliederungszeile(name, zelle(e), _zaehler(e), zelle(w) if mit_land else None, balken)
            for name, e, w, balken in zeilen
        ),
        spec=spec,
    )


@dataclass(frozen=True, slots=True)
class Gebietegliederung:
    """All parts of one breakdown in one year, a column per area: (name, short sign), the Land first."""

    label: str
    zeitraum: str
    spalten: tuple[tuple[str, str], ...]
    zeilen: tuple[tuple[str, tuple[Zelle, ...]], ...]


def gebietegliederungen(land: Land, reihe: Reihe) -> tuple[Gebietegliederung, ...]:
    """Breakdowns for the Land and all areas that have columns of their own, in the newest year that has numbers."""
    tabellen = (_fuer_alle(land, reihe, s) for s in _spalten(reihe) if s != _GEMEINDE)
    return tuple(t for t in tabellen if t is not None)


def _fuer_alle(land: Land, reihe: Reihe, spalte: str) -> Gebietegliederung | None:
    teile = reihe.teile[spalte]
    mit_land = ((land.ags, land.name, land.name), *spaltengebiete(land))
    jahr = max(
        (a.jahr for t in teile.values() for g in t.values() for a in g.values() if a.wert is not None), default=0
    )
    zeilen = {c: [_angabe(teile[c], ags, jahr) for ags, _, _ in mit_land] for c in teile}
    # The Land's number, or else the first there is, says how many a part counts.
    erste = {c: next(a for a in angaben if a) for c, angaben in zeilen.items() if any(angaben)}
    if not any(a and a.wert is not None for angaben in zeilen.values() for a in angaben):
        return None
    liste = codeliste_von(spalte, erste)
    codes = _reihenfolge(spalte, erste, liste)
    anfang = erste[codes[0]]
    return Gebietegliederung(
        label=liste.label if liste else spalte,
        zeitraum=zeitraum(jahr, anfang.von, anfang.bis),
        spalten=tuple((name, kuerzel) for _, name, kuerzel in mit_land),
        zeilen=tuple((teilname(c, liste, land), tuple(zelle(a) for a in zeilen[c])) for c in codes),
    )


def _angabe(gebiete: NachGebiet, ags: str, jahr: int) -> Angabe | None:
    return gebiete.get(ags, {}).get(jahr)


def _zaehler(angabe: Angabe) -> str:
    return "" if angabe.zaehler is None else menge(angabe.zaehler)


def codeliste_von(spalte: str, codes: Iterable[str]) -> Codeliste | None:
    """The code list of a column that has all these codes, else the first; None for Gemeinden."""
    listen = GLIEDERUNGSLISTEN.get(spalte, ())
    passende = (liste for liste in listen if set(codes) <= set(liste.schluessel))
    return next(passende, listen[0] if listen else None)


def in_listenordnung(codes: Iterable[str], bekannt: Sequence[str]) -> list[str]:
    """Codes in the order of their list, unknown ones after them."""
    return sorted(codes, key=lambda c: (bekannt.index(c) if c in bekannt else len(bekannt), c))


def _reihenfolge(spalte: str, eigene: Mapping[str, Angabe], liste: Codeliste | None) -> list[str]:
    """Codes in the order of their list; of states those with most people."""
    bekannt = liste.schluessel if liste else ()
    if spalte in _NACH_WERT:
        return sorted(eigene, key=lambda c: (-(eigene[c].zaehler or 0), c))[:_HOECHSTENS]
    return in_listenordnung(eigene, bekannt)


def teilname(code: str, liste: Codeliste | None, land: Land) -> str:
    """The label of a part: from its list, or the name of a Gemeinde."""
    if liste is None:
        return next((g.name for m in land.meldeeinheiten for g in m.gemeinden if g.ags == code), code)
    return liste.label_von(code) if code in liste.schluessel else code
