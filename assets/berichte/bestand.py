"""What is computed once for all pages, and the point of view of a page.

What belongs here: series, comparisons and spans by variant, and whose page is being made. What does not: page content.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from assets.berichte.daten import Berichtsdaten
from assets.berichte.gebiete import umrisse
from assets.berichte.kartendiagramm import Gebiet
from assets.berichte.nachweise import der_umrisse
from assets.berichte.reihen import Reihe, baue_reihen
from assets.berichte.vergleich import Vergleich, alle_gebiete, baue_vergleich, spannen
from schemas.modell import Indikator, Land, Meldeeinheit

_Schluessel = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bestand:
    """Series by indicator; comparison, spans and rows of `TRICHTER` (oldest state first) by (indicator, variant).

    Rows of `TRENDS` by those and the area; `formen` are the outlines of the Meldeeinheiten, empty where there are none.
    """

    daten: Berichtsdaten
    reihen: Mapping[str, tuple[Reihe, ...]]
    vergleiche: Mapping[_Schluessel, Vergleich | None]
    spannen: Mapping[_Schluessel, Mapping[int, tuple[Decimal, Decimal]]]
    trends: Mapping[tuple[str, str, str], Mapping[str, Any]]
    trichter: Mapping[_Schluessel, Sequence[Mapping[str, Any]]]
    formen: Sequence[Gebiet]
    abdruecke: Mapping[str, str]
    """Fingerprint of the series of each indicator."""

    @property
    def kartennachweis(self) -> tuple[str, str] | None:
        """(Attribution, licence) of the outlines, where there are any."""
        return der_umrisse(self.daten) if self.formen else None

    def vergleich(self, reihe: Reihe) -> Vergleich | None:
        """The comparison of a series."""
        return self.vergleiche[_schluessel(reihe)]

    def spanne(self, reihe: Reihe) -> Mapping[int, tuple[Decimal, Decimal]]:
        """Lowest and highest comparable value of a series by year."""
        return self.spannen[_schluessel(reihe)]

    def trichterzeilen(self, reihe: Reihe) -> Sequence[Mapping[str, Any]]:
        """Limits of chance around the values of a series."""
        return self.trichter.get(_schluessel(reihe), ())

    def trend(self, reihe: Reihe, ags: str, jahr: int) -> Mapping[str, Any] | None:
        """How the value of an area and year changed; None where its trend is about another year."""
        zeile = self.trends.get((*_schluessel(reihe), ags))
        return zeile if zeile is not None and zeile["berichtsjahr"] == jahr else None

    def themen(self) -> tuple[tuple[str, tuple[Indikator, ...]], ...]:
        """The catalogue by Themenfeld."""
        gruppen = groupby(self.daten.katalog, key=lambda i: i.themenfeld)
        return tuple((name, tuple(gruppe)) for name, gruppe in gruppen)


def _schluessel(reihe: Reihe) -> _Schluessel:
    return reihe.indikator.id, reihe.variante.id


def baue_bestand(daten: Berichtsdaten) -> Bestand:
    """Computes what all pages share. Strips of a comparison are the same on every page and are drawn here once."""
    reihen = baue_reihen(daten)
    alle = [r for varianten in reihen.values() for r in varianten]
    kreise = [m.id for m in daten.land.meldeeinheiten]
    trichter = daten.trichter.sort("stand").partition_by("indikator_id", "variante", as_dict=True)
    return Bestand(
        daten=daten,
        reihen=reihen,
        vergleiche={_schluessel(r): baue_vergleich(r, daten.land, alle_gebiete(daten.land)) for r in alle},
        spannen={_schluessel(r): spannen(r, kreise) for r in alle},
        trends={(z["indikator_id"], z["variante"], z["ags"]): z for z in daten.trends.iter_rows(named=True)},
        trichter={(str(i), str(v)): zeilen.to_dicts() for (i, v), zeilen in trichter.items()},
        formen=umrisse(daten.land, daten.umrisse),
        abdruecke={kennung: _abdruck(varianten) for kennung, varianten in reihen.items()},
    )


def _abdruck(reihen: Sequence[Reihe]) -> str:
    summe = hashlib.sha256()
    for reihe in reihen:
        teile = [(s, c, nach_gebiet) for s, codes in reihe.teile.items() for c, nach_gebiet in codes.items()]
        summe.update(repr([reihe.variante.id, dict(reihe.werte), dict(reihe.fruehere), teile]).encode())
    return summe.hexdigest()


@dataclass(frozen=True, slots=True)
class Blick:
    """Whose page it is: a Meldeeinheit's, or the Land's where `meldeeinheit` is None."""

    land: Land
    meldeeinheit: Meldeeinheit | None = None

    @property
    def ist_land(self) -> bool:
        """Whether it is the Land's page."""
        return self.meldeeinheit is None

    @property
    def ags(self) -> str:
        """Area whose values the page is about."""
        return self.meldeeinheit.id if self.meldeeinheit else self.land.ags

    @property
    def name(self) -> str:
        """Name of that area."""
        return self.meldeeinheit.name if self.meldeeinheit else self.land.name

    @property
    def mehrzahl(self) -> str:
        """What the Meldeeinheiten are called."""
        return self.land.namen["meldeeinheiten"]
