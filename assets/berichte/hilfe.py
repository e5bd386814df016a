"""The page that leads people to offices near them: who advises where, in which languages, when, how to reach it.

What belongs here: Stellen that advise people and that may be published, from the newest register of each Meldeeinheit.
What does not: the register in reports, which has all Stellen (`stellenverzeichnis.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from markupsafe import Markup

from assets.berichte import kartendiagramm, svg
from assets.berichte.bestand import Bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.gebiete import kacheln
from assets.berichte.kartendiagramm import KARTENBREITE, Gebiet
from assets.berichte.stellenverzeichnis import in_worten
from assets.berichte.wege import HILFE
from assets.berichte.zahlen import mit_einheit, runde, zahl
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, Meldeeinheit

ARTEN: Mapping[str, str] = {
    "IBZ": "Rat bei allen Fragen des Ankommens und Zusammenlebens, etwa zu Wohnen, Arbeit, Sprache und Behörden.",
    "FSA": "Begleitung für Geflüchtete, die dem Kreis zugewiesen sind.",
    "RKB": "Rat für Menschen, die freiwillig in ein anderes Land zurückkehren wollen.",
}
"""Kinds of Stellen that advise people, and for whom they are there."""
_JA = "J"


@dataclass(frozen=True, slots=True)
class Anlaufstelle:
    """An office; `zeilen` are (what, text) of what the register has."""

    name: str
    zeilen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stellenart:
    """The offices of one kind."""

    label: str
    wofuer: str
    stellen: tuple[Anlaufstelle, ...]


@dataclass(frozen=True, slots=True)
class Ort:
    """The offices of a Meldeeinheit, as of the register of `jahr`; None where there is none."""

    einheit: Meldeeinheit
    anker: str
    jahr: int | None
    arten: tuple[Stellenart, ...]

    @property
    def anzahl(self) -> int:
        """How many offices there are, each counted once for every kind."""
        return sum(len(a.stellen) for a in self.arten)


@dataclass(frozen=True, slots=True)
class Hilfeseite:
    """Everything the page shows; the map tells the number of offices, `ist_landkarte` whether by outlines or tiles."""

    arten: tuple[tuple[str, str], ...]
    orte: tuple[Ort, ...]
    karte: Markup
    ist_landkarte: bool


def baue_hilfe(bestand: Bestand) -> Hilfeseite:
    """The page, Meldeeinheiten in official order."""
    daten, land, formen = bestand.daten, bestand.daten.land, bestand.formen
    orte = tuple(_ort(daten, m) for m in land.meldeeinheiten)
    anzahl = {o.einheit.id: o.anzahl for o in orte}
    abschnitte = {o.einheit.id: f"{HILFE}#{o.anker}" for o in orte}
    gezaehlt = [_mit_anzahl(g, anzahl[g.ags]) for g in formen or kacheln(land)]
    return Hilfeseite(
        arten=tuple((_artlabel(land, art), text) for art, text in ARTEN.items()),
        orte=orte,
        karte=svg.zeichne_karte(kartendiagramm.karte(gezaehlt, KARTENBREITE), "karte", abschnitte),
        ist_landkarte=bool(formen),
    )


def _mit_anzahl(gebiet: Gebiet, anzahl: int) -> Gebiet:
    return gebiet._replace(zeilen=(str(anzahl),), name=f"{gebiet.name}: {anzahl}")


def _artlabel(land: Land, art: str) -> str:
    return in_worten(land, "art", art)


def _ort(daten: Berichtsdaten, m: Meldeeinheit) -> Ort:
    anker = f"h-{m.id.lower()}"
    eigene = daten.stellen.filter(pl.col("meldeeinheit") == m.id)
    jahr = eigene["berichtsjahr"].max()
    if not isinstance(jahr, int):
        return Ort(m, anker, None, ())
    offen = eigene.filter(pl.col("berichtsjahr") == jahr, pl.col("oeffentlich") == _JA, _taetig(daten.stand))
    sortiert = offen.sort("name", "stelle_id")
    arten = (
        Stellenart(_artlabel(daten.land, art), text, tuple(_stellen(daten.land, sortiert.filter(art=art))))
        for art, text in ARTEN.items()
    )
    return Ort(m, anker, jahr, tuple(a for a in arten if a.stellen))


def _taetig(stand: str) -> pl.Expr:
    """Whether an office is still open at the state of the data."""
    ende = pl.col("aktiv_bis")
    return ende.is_null() | (ende >= date.fromisoformat(stand)) if stand else ende.is_null()


def _stellen(land: Land, stellen: pl.DataFrame) -> Iterable[Anlaufstelle]:
    for zeile in stellen.iter_rows(named=True):
        angaben = ((titel, text) for titel, text in _angaben(land, zeile) if text)
        yield Anlaufstelle(zeile["name"], tuple(angaben))


def _angaben(land: Land, zeile: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """What the register allows to tell (column `oeffentlich`), and who runs the office."""
    feld = {s.name: s.feld for s in alle_datensaetze()["stellen"].spalten}
    yield feld["anschrift"].label, zeile["anschrift"] or in_worten(land, "gemeinde_ags", zeile["gemeinde_ags"])
    yield feld["kontakt"].label, zeile["kontakt"] or ""
    yield feld["sprachen"].label, in_worten(land, "sprachen", zeile["sprachen"])
    stunden = zeile["oeffnungsstunden_woche"]
    yield "Geöffnet", "" if stunden is None else f"{mit_einheit(zahl(_stunden(stunden)), 'Stunden')} in der Woche"
    yield feld["traeger_name"].label, zeile["traeger_name"] or ""


def _stunden(wert: float) -> Decimal:
    return runde(wert, 0 if float(wert).is_integer() else 1)
