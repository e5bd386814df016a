"""Series: the values of one indicator in one variant, by area and year, rounded once.

What belongs here: choosing the newest state of revision, keeping the older ones, telling totals from breakdowns, which
variant leads, and the common year of a comparison. What does not: words and charts.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.berichte.schwankung import Bereich
from assets.berichte.zahlen import runde
from schemas.codelisten import GESAMT
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Herkunft, Indikator, Variante
from schemas.wertstatus import Wertstatus

NICHT_VERGLEICHBAR = "nicht_vergleichbar"
EINZELNE = ("kreis", "gemeinde")
"""Kinds of area whose figures one Meldeeinheit delivers; all others are sums."""


@dataclass(frozen=True, slots=True)
class Angabe:
    """One value as it is shown: rounded to the indicator's decimals, or missing with the status that says why."""

    jahr: int
    wert: Decimal | None
    status: Wertstatus
    zaehler: float | None
    nenner: float | None
    von: date | None
    bis: date | None
    vgl_land: str
    vgl_kreise: str
    vgl_vorjahr: str
    gruende: tuple[str, ...]
    quelle: str
    stand: str
    abdeckung: tuple[int, int] | None
    demo: bool
    genau: float | None
    """The value before rounding."""
    grenzen: tuple[float, float] | None
    """Limits of random fluctuation, unrounded; None where there are none."""


NachJahr = dict[int, Angabe]
NachGebiet = dict[str, NachJahr]


@dataclass(frozen=True, slots=True)
class Reihe:
    """All values of one variant. `teile` maps breakdown column -> code -> area -> year -> value."""

    indikator: Indikator
    variante: Variante
    werte: NachGebiet = field(default_factory=lambda: defaultdict(dict))
    fruehere: dict[str, list[Angabe]] = field(default_factory=lambda: defaultdict(list))
    teile: dict[str, dict[str, NachGebiet]] = field(default_factory=lambda: defaultdict(dict))

    def verlauf(self, ags: str) -> Mapping[int, Angabe]:
        """Totals of an area by year, ascending; empty if there are none."""
        return dict(sorted(self.werte.get(ags, {}).items()))

    def angabe(self, ags: str, jahr: int | None) -> Angabe | None:
        """The total of an area and year, or None if no row says anything."""
        return None if jahr is None else self.werte.get(ags, {}).get(jahr)

    def bereich(self, angabe: Angabe | None) -> Bereich | None:
        """Limits of random fluctuation as they are shown beside a value; None where there is no value or no limit."""
        if angabe is None or angabe.wert is None or angabe.grenzen is None:
            return None
        unten, oben = angabe.grenzen
        return runde(unten, self.stellen), runde(oben, self.stellen)

    def alle(self) -> Iterator[Angabe]:
        """Every value in its newest state, totals and breakdowns."""
        for gebiete in (self.werte, *(g for codes in self.teile.values() for g in codes.values())):
            for nach_jahr in gebiete.values():
                yield from nach_jahr.values()

    @property
    def hat_werte(self) -> bool:
        """Whether there is any number at all."""
        return any(a.wert is not None for a in self.alle())

    def hat_werte_fuer(self, ags: str) -> bool:
        """Whether there is any number for this area, in total or in a breakdown."""
        gebiete = (self.werte, *(g for codes in self.teile.values() for g in codes.values()))
        return any(a.wert is not None for gebiet in gebiete for a in gebiet.get(ags, {}).values())

    def ist_geheim_fuer(self, ags: str) -> bool:
        """Whether a total of this area is there but may not be shown."""
        return any(a.status is Wertstatus.GEHEIM for a in self.werte.get(ags, {}).values())

    @property
    def ist_geheim(self) -> bool:
        """Whether there are values and none of them may be shown."""
        return not self.hat_werte and any(a.status is Wertstatus.GEHEIM for a in self.alle())

    @property
    def demo(self) -> bool:
        """Whether any number comes, at least in part, from demo data."""
        return any(a.demo and a.wert is not None for a in self.alle())

    @property
    def einheit(self) -> str:
        """Unit of the values."""
        return self.variante.einheit or self.indikator.einheit

    @property
    def stellen(self) -> int:
        """Decimals of the values."""
        eigene = self.variante.nachkommastellen
        return self.indikator.nachkommastellen if eigene is None else eigene

    @property
    def ist_verhaeltnis(self) -> bool:
        """Whether areas of different size can be set side by side: a rate can, a plain count cannot."""
        return self.variante.nenner is not None or not self.variante.summierbar

    def vergleichsjahr(self) -> int | None:
        """The newest year in which any area has a total, or None."""
        return max((j for werte in self.werte.values() for j, a in werte.items() if a.wert is not None), default=None)


def baue_reihen(daten: Berichtsdaten) -> dict[str, tuple[Reihe, ...]]:
    """Series of every indicator of the catalogue, variants in the order of the catalogue, with or without values."""
    gebiete = [daten.land.ags, *daten.land.gruppen, *(m.id for m in daten.land.meldeeinheiten)]
    tabelle = daten.werte.filter(
        pl.col("gebiet_typ").is_in(["kreis", "gemeinde", "gruppe", "land"]), pl.col("ags").is_in(gebiete)
    )
    # Sorting by `stand` makes the newest state of a figure the last one to be put in its place.
    teile = tabelle.sort("stand", nulls_last=False).partition_by("indikator_id", "variante", as_dict=True)
    leer = daten.werte.clear()
    return {i.id: tuple(_reihe(daten, i, v, teile.get((i.id, v.id), leer)) for v in i.varianten) for i in daten.katalog}


def fuehrende(reihen: tuple[Reihe, ...]) -> Reihe | None:
    """The variant overviews show: the first of the catalogue that has totals, else breakdowns, else None."""
    mit_werten = [r for r in reihen if r.hat_werte]
    mit_summen = [r for r in mit_werten if r.vergleichsjahr() is not None]
    return next(iter(mit_summen or mit_werten), None)


def _reihe(daten: Berichtsdaten, indikator: Indikator, variante: Variante, tabelle: pl.DataFrame) -> Reihe:
    reihe = Reihe(indikator, variante)
    for zeile in tabelle.iter_rows(named=True):
        merkmale = [(s, zeile[s]) for s in GLIEDERUNGEN if _gliedert(s, zeile[s], variante)]
        if len(merkmale) > 1:
            continue  # crossed breakdowns have no place on these pages
        angabe = _angabe(daten, reihe, zeile)
        if not merkmale:
            ersetzt = reihe.werte[zeile["ags"]].get(angabe.jahr)
            if ersetzt is not None:
                reihe.fruehere[zeile["ags"]].append(ersetzt)
            reihe.werte[zeile["ags"]][angabe.jahr] = angabe
            continue
        spalte, code = merkmale[0]
        reihe.teile[spalte].setdefault(code, {}).setdefault(zeile["ags"], {})[angabe.jahr] = angabe
    summen = {a.wert for nach_jahr in reihe.werte.values() for a in nach_jahr.values()} - {None}
    if reihe.teile and summen == {variante.faktor}:
        reihe.werte.clear()  # shares of a whole: their total is 100 everywhere and says nothing
    return reihe


def _gliedert(spalte: str, code: str | None, variante: Variante) -> bool:
    """Whether a column makes the row a part: the Konzept a variant is defined by does not."""
    return code not in (None, GESAMT) and not (spalte == "konzept" and code == variante.konzept)


def gezeigter_status(wertstatus: str | None, wert: float | None) -> Wertstatus:
    """The status shown beside a value: a missing number never looks like one that is there."""
    status = Wertstatus(wertstatus or (Wertstatus.UNBEKANNT if wert is None else Wertstatus.NORMAL))
    return Wertstatus.UNBEKANNT if wert is None and status.hat_wert else status


def ist_demo(daten: Berichtsdaten, variante: Variante, gebiet_typ: str, ags: str, jahr: int) -> bool:
    """Whether a value rests, at least in part, on demo data; a sum does if any part may do."""
    melder = ags if gebiet_typ in EINZELNE else None
    return variante.herkunft is Herkunft.LIEFERUNG and daten.ist_synthetisch(melder, jahr)


def _angabe(daten: Berichtsdaten, reihe: Reihe, zeile: dict[str, Any]) -> Angabe:
    jahr, wert = zeile["berichtsjahr"], zeile["wert"]
    status = gezeigter_status(zeile["wertstatus"], wert)
    vorhanden, erwartet = zeile["abdeckung_kreise"], zeile["erwartet_kreise"]
    unten, oben = zeile["ki_unten"], zeile["ki_oben"]
    return Angabe(
        jahr=jahr,
        wert=runde(wert, reihe.stellen) if wert is not None and status.hat_wert else None,
        status=status,
        zaehler=zeile["zaehler"] if status.hat_wert else None,
        nenner=zeile["nenner"],
        von=zeile["zeitraum_von"],
        bis=zeile["zeitraum_bis"],
        vgl_land=zeile["vgl_land"] or "",
        vgl_kreise=zeile["vgl_kreise"] or "",
        vgl_vorjahr=zeile["vgl_vorjahr"] or "",
        gruende=tuple(g for g in (zeile["gruende"] or "").split(";") if g),
        quelle=zeile["quelle"] or "",
        stand=zeile["stand"] or "",
        abdeckung=None if vorhanden is None or erwartet is None else (vorhanden, erwartet),
        genau=wert,
        grenzen=None if unten is None or oben is None else (unten, oben),
        demo=ist_demo(daten, reihe.variante, zeile["gebiet_typ"], zeile["ags"], jahr),
    )
