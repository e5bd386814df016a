"""Whether five consecutive years go up or down by more than chance.

A straight line is fitted, each year weighted by its precision; its slope squared, in units of its variance, is
chi-square with one degree of freedom. For proportions that is the test of Cochran (1954) and Armitage (1955).
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.special import chdtri

from assets.auswertung.statistik.anteile import teile_des_ganzen
from assets.auswertung.statistik.eingaben import Grenzen, Statistikfehler, Zahlen, melde_verstoss, zahlen
from schemas.statistik import KONFIDENZ_TRICHTER, TREND_AB, Trend

CHI2_GRENZE = float(chdtri(1, 1 - KONFIDENZ_TRICHTER))
"""9.5495: exceeded by chance in 0.2 per cent of series without trend."""

BREITE_95 = 3.92
"""Width of a 95 per cent interval in standard errors, with the digits of the published rule."""


class Trendergebnis(NamedTuple):
    """Per series: chi-square and slope per year (NaN where not computable), and codes of `Trend`."""

    chi2: Zahlen
    steigung: Zahlen
    trend: pl.Series


def trend(werte: npt.ArrayLike, grenzen_95: Grenzen) -> Trendergebnis:
    """Trend of rates, ratios or means from their 95 per cent limits.

    Args:
        werte: shape (series, 5), consecutive years, oldest first. A series with a missing year is not computable.
        grenzen_95: their limits for a confidence of 0.95, same shape. Without width there is no standard error, and the
            series is not computable.

    Raises:
        Statistikfehler: not five years, or a lower limit above the upper one.
    """
    y = _fuenf_jahre("Wert", werte)
    breite = zahlen("obere Grenze", grenzen_95.oben) - zahlen("untere Grenze", grenzen_95.unten)
    melde_verstoss(breite < 0, "untere Grenze über der oberen")
    return _ergebnis(y, (BREITE_95 / np.where(breite == 0, np.nan, breite)) ** 2)


def anteil_trend(zaehler: npt.ArrayLike, nenner: npt.ArrayLike) -> Trendergebnis:
    """Trend of proportions by the test of Cochran and Armitage; slope as share per year.

    A series with a year in which nobody or everybody has the property is not computable: the approximation by
    chi-square then rests on too little.

    Args:
        zaehler: shape (series, 5), consecutive years, oldest first.
        nenner: the same shape.

    Raises:
        Statistikfehler: not five years, or as `wilson_grenzen`.
    """
    x, n = teile_des_ganzen(_fuenf_jahre("Zähler", zaehler), _fuenf_jahre("Nenner", nenner))
    x = np.where((x == 0) | (x == n), np.nan, x)
    gesamt = (x.sum(axis=-1) / n.sum(axis=-1))[:, np.newaxis]
    return _ergebnis(x / n, n / (gesamt * (1 - gesamt)))


def _fuenf_jahre(name: str, feld: npt.ArrayLike) -> Zahlen:
    werte = zahlen(name, feld)
    if werte.ndim != 2 or werte.shape[1] != TREND_AB.anzahl:
        raise Statistikfehler(f"{name}: ein Trend braucht Reihen von {TREND_AB.anzahl} Jahren")
    return werte


def _ergebnis(y: Zahlen, gewicht: Zahlen) -> Trendergebnis:
    # NaN of one year makes slope and chi-square NaN, so nothing is fitted to fewer years.
    steigung, genauigkeit = _gerade(y, gewicht)
    chi2 = steigung**2 * genauigkeit
    je_ohne_eines, _ = _gerade(y[:, np.newaxis, :], gewicht[:, np.newaxis, :] * (1 - np.eye(y.shape[1])))
    deutlich = chi2 > CHI2_GRENZE
    codes = np.select(
        [np.isnan(chi2), deutlich & (je_ohne_eines > 0).all(axis=-1), deutlich & (je_ohne_eines < 0).all(axis=-1)],
        [Trend.NICHT_BERECHENBAR.value, Trend.STEIGEND.value, Trend.FALLEND.value],
        Trend.KEIN_TREND.value,
    )
    return Trendergebnis(chi2, steigung, pl.Series("trend", codes, dtype=pl.String))


def _gerade(y: Zahlen, gewicht: Zahlen) -> tuple[Zahlen, Zahlen]:
    """Slope of the weighted least-squares line over the last axis, and the inverse of its variance."""
    jahr = np.arange(y.shape[-1], dtype=np.float64)
    summe = gewicht.sum(axis=-1, keepdims=True)
    abstand = jahr - (gewicht * jahr).sum(axis=-1, keepdims=True) / summe
    genauigkeit = (gewicht * abstand**2).sum(axis=-1)
    # The mean of y drops out, because the weighted distances add up to 0; taking it off keeps digits.
    y_mittel = (gewicht * y).sum(axis=-1, keepdims=True) / summe
    return (gewicht * abstand * (y - y_mittel)).sum(axis=-1) / genauigkeit, genauigkeit
