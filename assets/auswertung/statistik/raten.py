"""Limits of counts of independent events, and of rates and ratios made from them."""

import numpy as np
import numpy.typing as npt
from scipy.special import gammainccinv, gammaincinv

from assets.auswertung.statistik.eingaben import Grenzen, Zahlen, nicht_negativ, positiv, restwahrscheinlichkeit, z_wert
from schemas.statistik import KONFIDENZ, NAEHERUNG_AB


def poisson_grenzen(anzahl: npt.ArrayLike, konfidenz: float = KONFIDENZ) -> Grenzen:
    """Exact limits of a Poisson count (Garwood 1936).

    They are quantiles of chi-square divided by 2, that is of the gamma distribution. The lower limit of 0 is 0.

    Args:
        anzahl: events, any shape; need not be whole.
        konfidenz: share both limits enclose, 0.9 to below 1.

    Raises:
        Statistikfehler: count below 0, confidence outside.
    """
    x = nicht_negativ("Anzahl", anzahl)
    rest = restwahrscheinlichkeit(konfidenz)
    # The quantile is not defined for 0 events; 1 stands in for them and is replaced.
    unten: Zahlen = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1.0, x), rest))
    oben: Zahlen = np.asarray(gammainccinv(x + 1, rest))
    return Grenzen(unten, oben)


def byar_grenzen(anzahl: npt.ArrayLike, konfidenz: float = KONFIDENZ) -> Grenzen:
    """Byar's approximation of the exact limits (Breslow and Day 1987, p. 69).

    The lower limit is missing where the approximation has none: for 0 events, and for so few at so high a confidence
    that it would fall below 0.

    Args:
        anzahl: events, any shape; need not be whole.
        konfidenz: share both limits enclose, 0.9 to below 1.

    Raises:
        Statistikfehler: count below 0, confidence outside.
    """
    x = nicht_negativ("Anzahl", anzahl)
    z = z_wert(konfidenz)
    unten = _byar(np.where(x == 0, np.nan, x), -z)
    return Grenzen(np.where(unten < 0, np.nan, unten), _byar(x + 1, z))


def _byar(x: Zahlen, z: float) -> Zahlen:
    return x * (1 - 1 / (9 * x) + z / (3 * np.sqrt(x))) ** 3


def anzahl_grenzen(anzahl: npt.ArrayLike, konfidenz: float = KONFIDENZ) -> Grenzen:
    """Limits of a count as published: exact below `NAEHERUNG_AB` events, Byar's from there.

    Arguments and errors are those of `poisson_grenzen`.
    """
    x = nicht_negativ("Anzahl", anzahl)
    unten, oben = (np.array(grenze) for grenze in byar_grenzen(x, konfidenz))
    # The exact limits of large counts would cost ten times the rest and be thrown away.
    wenige = x < NAEHERUNG_AB.anzahl
    unten[wenige], oben[wenige] = poisson_grenzen(x[wenige], konfidenz)
    return Grenzen(unten, oben)


def raten_grenzen(
    ereignisse: npt.ArrayLike, bezug: npt.ArrayLike, konfidenz: float = KONFIDENZ, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Limits of a rate, or of observed per expected events: those of the count, divided.

    Args:
        ereignisse: independent events, any shape. Contacts of one person are not independent: count persons, or use
            `standardisierung.mehrfachereignisse`.
        bezug: persons, time or expected events, broadcast against `ereignisse`; taken as known exactly.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit of the limits, 1000 for a rate per 1 000.

    Raises:
        Statistikfehler: events below 0, `bezug` not above 0, confidence outside.
    """
    je = np.asarray(faktor) / positiv("Nenner", bezug)
    unten, oben = anzahl_grenzen(nicht_negativ("Zähler", ereignisse), konfidenz)
    return Grenzen(unten * je, oben * je)
