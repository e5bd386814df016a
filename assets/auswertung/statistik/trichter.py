"""Funnels: how far values of areas of different size scatter around a common value by chance alone.

Spiegelhalter 2005. The common value (`basis`) is a share, a rate per unit of the denominator, or 1 for ratios of
observed to expected; it broadcasts, so that one call serves many indicators.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.auswertung.statistik.anteile import teile_des_ganzen, wilson_grenzen
from assets.auswertung.statistik.eingaben import (
    Grenzen,
    Wahrheit,
    Zahlen,
    melde_verstoss,
    nicht_negativ,
    positiv,
    skaliere,
    z_wert,
    zahlen,
)
from assets.auswertung.statistik.raten import anzahl_grenzen, poisson_grenzen, raten_grenzen
from schemas.modell import Kennzahlart
from schemas.statistik import KONFIDENZ, KONFIDENZ_TRICHTER, Trichterlage, Vergleich

_HALBIERUNGEN = 60
"""As many as a double has digits to tell apart."""


class Poissontrichter(NamedTuple):
    """Points of both lines of a funnel for events: each line has an x of its own (`bei`), because counts are whole.

    Where the line is crossed, `ereignisse / bei` equals the limit.
    """

    unten_bei: Zahlen
    unten: Zahlen
    oben_bei: Zahlen
    oben: Zahlen


def gemeinsamer_wert(zaehler: npt.ArrayLike, nenner: npt.ArrayLike) -> float:
    """Sum of numerators by sum of denominators over the areas that have both; NaN where none has.

    Raises:
        Statistikfehler: numerator below 0, denominator not above 0.
    """
    x, n = np.broadcast_arrays(nicht_negativ("Zähler", zaehler), positiv("Nenner", nenner))
    beide = ~(np.isnan(x) | np.isnan(n))
    return float(x[beide].sum() / n[beide].sum()) if beide.any() else float("nan")


def _anteil(basis: npt.ArrayLike) -> Zahlen:
    p = nicht_negativ("Basis", basis)
    melde_verstoss(p > 1, "Basis eines Anteils größer als 1")
    return p


def anteil_trichter(
    nenner: npt.ArrayLike, basis: npt.ArrayLike, konfidenz: float = KONFIDENZ, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Limits between which a proportion lies by chance: normal approximation around `basis`, cut at 0 and 1.

    Args:
        nenner: size of the group, any shape.
        basis: common share, 0 to 1.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit of the limits, 100 for per cent.

    Raises:
        Statistikfehler: denominator not above 0, `basis` outside 0 to 1, confidence outside.
    """
    n, p = positiv("Nenner", nenner), _anteil(basis)
    halb = z_wert(konfidenz) * np.sqrt(p * (1 - p) / n)
    return skaliere(Grenzen(np.maximum(p - halb, 0), np.minimum(p + halb, 1)), faktor)


def poisson_trichter(
    ereignisse: npt.ArrayLike, basis: npt.ArrayLike = 1.0, konfidenz: float = KONFIDENZ, faktor: npt.ArrayLike = 1.0
) -> Poissontrichter:
    """Lines of a funnel for rates and ratios, by the exact Poisson limits of each number of events.

    An area with so many events lies below the lower line if its expected events, or its population, exceed `unten_bei`,
    and above the upper one if they are fewer than `oben_bei`.

    Args:
        ereignisse: numbers of events to draw points for, any shape. For 0 the upper line has no point.
        basis: common rate per unit of the denominator; 1 for ratios, whose x is expected events. Around 0 there is no
            funnel, so all is missing.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit of the limits, 1000 for rates per 1 000; x is not scaled.

    Raises:
        Statistikfehler: events or `basis` below 0, confidence outside.
    """
    x, b = np.broadcast_arrays(nicht_negativ("Ereignisse", ereignisse), nicht_negativ("Basis", basis))
    b = np.where(b == 0, np.nan, b)
    tief, hoch = poisson_grenzen(x, konfidenz)
    tief = np.where(tief == 0, np.nan, tief)
    unten, oben = skaliere(Grenzen(x / hoch * b, x / tief * b), faktor)
    return Poissontrichter(hoch / b, unten, tief / b, oben)


def ereignis_trichter(
    bezug: npt.ArrayLike, basis: npt.ArrayLike = 1.0, konfidenz: float = KONFIDENZ, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Limits between which a rate or ratio of an area of this size lies by chance.

    The rates whose own limits just touch `basis`: a rate beyond them lies outside by `trichterlage_ereignisse`, and no
    other does. Between whole numbers of events they are interpolated.

    Args:
        bezug: persons, time or expected events, any shape.
        basis: common rate per unit of `bezug`; 1 for ratios.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit of the limits, 1000 for rates per 1 000.

    Raises:
        Statistikfehler: `bezug` not above 0, `basis` below 0, confidence outside.
    """
    n, b = np.broadcast_arrays(positiv("Nenner", bezug), nicht_negativ("Basis", basis))
    erwartet = n * b
    # More than ten standard deviations away from what is expected, the limits lie on the other side of it.
    weit = erwartet + 10 * np.sqrt(erwartet) + 50
    unten = _groesste(lambda x: anzahl_grenzen(x, konfidenz).oben < erwartet, np.zeros_like(weit), erwartet)
    oben = _groesste(lambda x: anzahl_grenzen(x, konfidenz).unten <= erwartet, erwartet, weit)
    return skaliere(Grenzen(np.where(np.isnan(erwartet), np.nan, unten) / n, oben / n), faktor)


def _groesste(gilt: Callable[[Zahlen], Wahrheit], von: Zahlen, bis: Zahlen) -> Zahlen:
    """The largest number between two for which a condition holds that no larger one meets; `von` where none does."""
    for _ in range(_HALBIERUNGEN):
        mitte = (von + bis) / 2
        ja = gilt(mitte)
        von, bis = np.where(ja, mitte, von), np.where(ja, bis, mitte)
    return von


def trichtergrenzen(
    art: Kennzahlart, bezug: npt.ArrayLike, basis: npt.ArrayLike, konfidenz: float, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Limits of a funnel by the kind of figure; arguments and errors are those of `anteil_trichter`."""
    if art is Kennzahlart.ANTEIL:
        return anteil_trichter(bezug, basis, konfidenz, faktor)
    return ereignis_trichter(bezug, basis, konfidenz, faktor)


def trichterlage(art: Kennzahlart, zaehler: npt.ArrayLike, bezug: npt.ArrayLike, basis: npt.ArrayLike) -> pl.Series:
    """Where figures of a kind lie in their funnel; see `trichterlage_anteil` and `trichterlage_ereignisse`."""
    if art is Kennzahlart.ANTEIL:
        return trichterlage_anteil(zaehler, bezug, basis)
    return trichterlage_ereignisse(zaehler, bezug, basis)


def trichterlage_anteil(zaehler: npt.ArrayLike, nenner: npt.ArrayLike, basis: npt.ArrayLike) -> pl.Series:
    """Where each proportion lies in its funnel: codes of `Trichterlage`, one per area (1-D input).

    Raises:
        Statistikfehler: as `wilson_grenzen` and `anteil_trichter`.
    """
    x, n = teile_des_ganzen(zaehler, nenner)
    wert, p = np.broadcast_arrays(x / n, _anteil(basis))
    innen, aussen = (anteil_trichter(n, p, k) for k in (KONFIDENZ, KONFIDENZ_TRICHTER))
    return _lage(
        np.isnan(wert) | np.isnan(p),
        (wert > innen.oben, wert < innen.unten),
        (wert > aussen.oben, wert < aussen.unten),
    )


def trichterlage_ereignisse(ereignisse: npt.ArrayLike, bezug: npt.ArrayLike, basis: npt.ArrayLike = 1.0) -> pl.Series:
    """Where each rate or ratio lies in its funnel: codes of `Trichterlage`, one per area (1-D input).

    An area lies outside where `basis` lies outside the limits of its own rate, which is the same question. For a
    standardised rate give events / rate as denominator.

    Args:
        ereignisse: independent events.
        bezug: persons, time or expected events.
        basis: common rate per unit of `bezug`; 1 for ratios.

    Raises:
        Statistikfehler: events or `basis` below 0, `bezug` not above 0.
    """
    b = nicht_negativ("Basis", basis)
    innen, aussen = (raten_grenzen(ereignisse, bezug, k) for k in (KONFIDENZ, KONFIDENZ_TRICHTER))
    return _lage(
        np.isnan(innen.oben) | np.isnan(b),
        (innen.unten > b, innen.oben < b),
        (aussen.unten > b, aussen.oben < b),
    )


def _lage(fehlt: Wahrheit, innen: tuple[Wahrheit, Wahrheit], aussen: tuple[Wahrheit, Wahrheit]) -> pl.Series:
    """Codes from (above, below) the inner and the outer limits."""
    codes = np.select(
        [fehlt, aussen[0], aussen[1], innen[0], innen[1]],
        [
            Trichterlage.NICHT_BESTIMMT.value,
            Trichterlage.WEIT_UEBER.value,
            Trichterlage.WEIT_UNTER.value,
            Trichterlage.UEBER.value,
            Trichterlage.UNTER.value,
        ],
        Trichterlage.UNAUFFAELLIG.value,
    )
    return pl.Series("trichterlage", np.atleast_1d(codes), dtype=pl.String)


def kontrollgrenzen_anteil(
    basis: npt.ArrayLike, nenner: npt.ArrayLike, konfidenz: float = KONFIDENZ_TRICHTER, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Control limits around a benchmark share: Wilson's limits of the number expected among `nenner`.

    Unlike a funnel's they never reach below 0 or above 1, and are not symmetric. Arguments and errors are those of
    `anteil_trichter`.
    """
    n = positiv("Nenner", nenner)
    return wilson_grenzen(_anteil(basis) * n, n, konfidenz, faktor)


def kontrollgrenzen_rate(
    basis: npt.ArrayLike, bezug: npt.ArrayLike, konfidenz: float = KONFIDENZ_TRICHTER, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Control limits around a benchmark rate: exact Poisson limits of the events expected in `bezug`.

    Raises:
        Statistikfehler: `basis` below 0, `bezug` not above 0, confidence outside.
    """
    n = positiv("Nenner", bezug)
    unten, oben = poisson_grenzen(nicht_negativ("Basis", basis) * n, konfidenz)
    return skaliere(Grenzen(unten / n, oben / n), faktor)


def vergleiche_mit_kontrollgrenzen(wert: npt.ArrayLike, kontrolle: Grenzen) -> pl.Series:
    """Whether each value lies above or below control limits: codes of `Vergleich`, one per area (1-D input)."""
    w = zahlen("Wert", wert)
    codes = np.select(
        [np.isnan(w) | np.isnan(kontrolle.unten) | np.isnan(kontrolle.oben), w > kontrolle.oben, w < kontrolle.unten],
        [Vergleich.NICHT_VERGLICHEN.value, Vergleich.HOEHER.value, Vergleich.NIEDRIGER.value],
        Vergleich.AEHNLICH.value,
    )
    return pl.Series("vergleich", np.atleast_1d(codes), dtype=pl.String)
