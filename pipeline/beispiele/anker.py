"""The official figures the invented ones are tied to: inhabitants, foreigners and the target group of a Meldeeinheit.

What belongs here: picking them out of `referenzstatistik`, and carrying them on to years without figures. Where the
frame holds nothing for a Meldeeinheit, neutral assumptions stand in, so that any Land gets a demonstration.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipeline.beispiele.zufall import streuung, zufall
from schemas.modell import Land, nur_lesen

_EINWOHNER, _AUSLAENDER, _SCHUTZSUCHENDE = "12411", "12521", "12531"
"""EVAS numbers of the statistics used."""
_WEIBLICH = "GESW|weiblich"
_ZIELGRUPPE = ("SCHUTZST-OF", "AUSRPFL-G")
"""Open and tolerated: the lower bound of the target group of § 12 Abs. 1 KomIntAVO that official figures give."""

NEUTRALE_EINWOHNER = 200_000
NEUTRALER_AUSLAENDERANTEIL = 0.07
NEUTRALER_FRAUENANTEIL = 0.45
ZIELGRUPPE_JE_EINWOHNER = 0.0055
"""About what Saxon Kreise had at the end of 2024 (12531)."""
_EINWOHNER_JE_JAHR = (-0.006, 0.001)
_AUSLAENDER_JE_JAHR = (0.02, 0.045)


@dataclass(frozen=True, slots=True)
class Anker:
    """Figures of one Meldeeinheit. `einwohner` and `auslaender` by year, each at 31 December."""

    einwohner: Mapping[int, int]
    auslaender: Mapping[int, int]
    frauenanteil: float
    """Share of women among foreigners."""
    zielgruppe: int


def anker_von(land: Land, seed: int, referenz: pl.DataFrame) -> dict[str, Anker]:
    """The anchors of every Meldeeinheit of the Land; `referenz` has the columns of `referenzstatistik`."""
    jahre = range(land.berichtsjahre[0] - 1, land.berichtsjahre[-1] + 1)
    einwohner = _gesamtzahlen(referenz, _EINWOHNER)
    auslaender = _gesamtzahlen(referenz, _AUSLAENDER)
    frauen = _gesamtzahlen(referenz.filter(pl.col("merkmale").str.contains(_WEIBLICH)), _AUSLAENDER)
    zielgruppe = _zielgruppe(referenz)
    ergebnis: dict[str, Anker] = {}
    for m in land.meldeeinheiten:
        strom = zufall(seed, m.id, "anker")
        bevoelkerung = einwohner.get(m.id) or {jahre[-1]: round(NEUTRALE_EINWOHNER * streuung(strom, 0.3))}
        je_jahr = _fortgeschrieben(bevoelkerung, jahre, strom.uniform(*_EINWOHNER_JE_JAHR))
        fremde = auslaender.get(m.id) or {jahre[-1]: round(je_jahr[jahre[-1]] * NEUTRALER_AUSLAENDERANTEIL)}
        ergebnis[m.id] = Anker(
            einwohner=nur_lesen(je_jahr),
            auslaender=nur_lesen(_fortgeschrieben(fremde, jahre, strom.uniform(*_AUSLAENDER_JE_JAHR))),
            frauenanteil=_anteil(frauen.get(m.id), fremde),
            zielgruppe=zielgruppe.get(m.id) or round(je_jahr[jahre[-1]] * ZIELGRUPPE_JE_EINWOHNER),
        )
    return ergebnis


def _gesamtzahlen(referenz: pl.DataFrame, statistik: str) -> dict[str, dict[int, int]]:
    """Total of a statistic by region and year: the largest figure of a day, because every other is a part of it.

    Where a day was revised, only the newest state counts.
    """
    stichtage = referenz.filter(
        pl.col("tabelle").str.starts_with(statistik) & pl.col("zeit").str.ends_with("-12-31") & (pl.col("wert") > 0)
    )
    tag = ["ags", "zeit"]
    neueste = stichtage.filter(pl.col("stand") == pl.col("stand").max().over(tag))
    ergebnis: dict[str, dict[int, int]] = {}
    for ags, zeit, wert in neueste.group_by(tag).agg(pl.col("wert").max()).sort(tag).iter_rows():
        ergebnis.setdefault(ags, {})[int(zeit[:4])] = round(wert)
    return ergebnis


def _zielgruppe(referenz: pl.DataFrame) -> dict[str, int]:
    """Open and tolerated protection seekers by region at the newest Stichtag, summed over what they are split by."""
    zeilen = referenz.filter(
        pl.col("tabelle").str.starts_with(_SCHUTZSUCHENDE)
        & pl.col("merkmale").str.contains("|".join(_ZIELGRUPPE))
        & ~pl.col("merkmale").str.contains('"T"', literal=True)
    )
    neueste = zeilen.filter(pl.col("zeit") == pl.col("zeit").max())
    return {ags: round(wert) for ags, wert in neueste.group_by("ags").agg(pl.col("wert").sum()).iter_rows()}


def _fortgeschrieben(bekannt: Mapping[int, int], jahre: range, wachstum: float) -> dict[int, int]:
    """Known years as they are, the others from the nearest known one by yearly growth."""
    ergebnis: dict[int, int] = {}
    for jahr in jahre:
        naechstes = min(bekannt, key=lambda j: (abs(j - jahr), j))
        ergebnis[jahr] = round(bekannt[naechstes] * (1 + wachstum) ** (jahr - naechstes))
    return ergebnis


def _anteil(frauen: Mapping[int, int] | None, alle: Mapping[int, int]) -> float:
    """Share of women in the newest year both are known for."""
    gemeinsam = sorted(set(frauen or ()) & set(alle))
    if not frauen or not gemeinsam:
        return NEUTRALER_FRAUENANTEIL
    return frauen[gemeinsam[-1]] / alle[gemeinsam[-1]]
