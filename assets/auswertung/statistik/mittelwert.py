"""Limits of the mean of measured values."""

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from assets.auswertung.statistik.eingaben import Grenzen, Zahlen, nicht_negativ, restwahrscheinlichkeit, zahlen
from schemas.statistik import KONFIDENZ


def mittelwert_grenzen(
    mittel: npt.ArrayLike, streuung: npt.ArrayLike, anzahl: npt.ArrayLike, konfidenz: float = KONFIDENZ
) -> Grenzen:
    """Limits of a mean by Student's t distribution (Student 1908).

    Args:
        mittel: mean of the values of each group, any shape.
        streuung: their standard deviation with divisor n-1, in the unit of the mean.
        anzahl: how many values; fewer than two have no limits.
        konfidenz: share both limits enclose, 0.9 to below 1.

    Raises:
        Statistikfehler: standard deviation or count below 0, confidence outside.
    """
    m, s, n = zahlen("Mittelwert", mittel), nicht_negativ("Streuung", streuung), nicht_negativ("Anzahl", anzahl)
    genug = np.where(n < 2, np.nan, n)
    t: Zahlen = -np.asarray(stdtrit(genug - 1, restwahrscheinlichkeit(konfidenz)))
    halb = t * s / np.sqrt(genug)
    return Grenzen(m - halb, m + halb)
