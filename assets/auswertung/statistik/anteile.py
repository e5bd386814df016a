"""Limits of proportions: part of a group that has a property."""

import numpy as np
import numpy.typing as npt

from assets.auswertung.statistik.eingaben import (
    Grenzen,
    Zahlen,
    melde_verstoss,
    nicht_negativ,
    positiv,
    skaliere,
    z_wert,
)
from schemas.statistik import KONFIDENZ


def teile_des_ganzen(zaehler: npt.ArrayLike, nenner: npt.ArrayLike) -> tuple[Zahlen, Zahlen]:
    """Numerator and denominator of a proportion as arrays of one shape.

    Raises:
        Statistikfehler: numerator below 0 or above the denominator, denominator not above 0.
    """
    x, n = np.broadcast_arrays(nicht_negativ("Zähler", zaehler), positiv("Nenner", nenner))
    melde_verstoss(x > n, "Zähler eines Anteils größer als der Nenner")
    return x, n


def wilson_grenzen(
    zaehler: npt.ArrayLike, nenner: npt.ArrayLike, konfidenz: float = KONFIDENZ, faktor: npt.ArrayLike = 1.0
) -> Grenzen:
    """Score interval of a proportion, without continuity correction (Wilson 1927).

    Args:
        zaehler: those with the property, any shape; need not be whole.
        nenner: the group, broadcast against `zaehler`.
        konfidenz: share both limits enclose, 0.9 to below 1.
        faktor: unit of the limits, 100 for per cent.

    Raises:
        Statistikfehler: numerator below 0 or above the denominator, denominator not above 0, confidence outside.
    """
    x, n = teile_des_ganzen(zaehler, nenner)
    z = z_wert(konfidenz)
    p = x / n
    wurzel = z * np.sqrt(z * z + 4 * x * (1 - p))
    mitte = 2 * x + z * z
    # The lower root by the product of both roots: subtracting would lose digits of small shares in large groups.
    unten = 2 * x * p / (mitte + wurzel)
    # Rounding must not push the upper limit below the share itself, nor above everyone.
    oben = np.clip((mitte + wurzel) / (2 * (n + z * z)), p, 1)
    return skaliere(Grenzen(unten, oben), faktor)
