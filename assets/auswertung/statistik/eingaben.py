"""What goes into the statistics and comes out: arrays of floats with NaN for missing, and errors that name the input.

What belongs here: conversion and checks every method shares. What does not: any formula.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Zahlen: TypeAlias = npt.NDArray[np.float64]
Wahrheit: TypeAlias = npt.NDArray[np.bool_]

KLEINSTE_KONFIDENZ = 0.9
"""Below this an interval excludes so much chance that "higher" would mean little; 95 for 0.95 is caught as well."""


class Statistikfehler(ValueError):
    """Input no statistic is defined for. The message names input and position, never a value: logs are shared."""


class Grenzen(NamedTuple):
    """Lower and upper limit, of the shape the inputs broadcast to; NaN where there is none."""

    unten: Zahlen
    oben: Zahlen


class Schaetzung(NamedTuple):
    """A value with its limits, of one shape; NaN where there is none."""

    wert: Zahlen
    grenzen: Grenzen


def zahlen(name: str, werte: npt.ArrayLike) -> Zahlen:
    """`werte` as floats of any shape, null as NaN.

    Raises:
        Statistikfehler: something is neither number nor missing, or infinite.
    """
    try:
        feld = np.asarray(werte, dtype=np.float64)
    except (TypeError, ValueError) as fehler:
        raise Statistikfehler(f"{name}: keine Zahlen") from fehler
    melde_verstoss(np.isinf(feld), f"{name} unendlich")
    return feld


def nicht_negativ(name: str, werte: npt.ArrayLike) -> Zahlen:
    """Like `zahlen`, for what may be 0 or more."""
    feld = zahlen(name, werte)
    melde_verstoss(feld < 0, f"{name} kleiner als 0")
    return feld


def positiv(name: str, werte: npt.ArrayLike) -> Zahlen:
    """Like `zahlen`, for what has to be above 0."""
    feld = zahlen(name, werte)
    melde_verstoss(feld <= 0, f"{name} nicht größer als 0")
    return feld


def melde_verstoss(verstoss: Wahrheit, regel: str) -> None:
    """Raises a `Statistikfehler` that says how often and where first `regel` is broken. Missing values break none."""
    if np.any(verstoss):
        erste = int(np.flatnonzero(verstoss)[0]) + 1
        raise Statistikfehler(f"{regel}: {np.count_nonzero(verstoss)} von {verstoss.size}, zuerst an Stelle {erste}")


def restwahrscheinlichkeit(konfidenz: float) -> float:
    """The probability beyond one of two limits; 0.025 for 95 per cent.

    Raises:
        Statistikfehler: `konfidenz` is not a share of at least 0.9 and below 1.
    """
    if not KLEINSTE_KONFIDENZ <= konfidenz < 1:
        raise Statistikfehler(f"Konfidenz ist kein Anteil von mindestens {KLEINSTE_KONFIDENZ} und kleiner als 1")
    return (1 - konfidenz) / 2


def z_wert(konfidenz: float) -> float:
    """Standard deviations of the normal distribution on each side that cover `konfidenz`; 1.96 for 95 per cent."""
    return -float(ndtri(restwahrscheinlichkeit(konfidenz)))


def skaliere(grenzen: Grenzen, faktor: npt.ArrayLike) -> Grenzen:
    """Both limits times `faktor`."""
    return Grenzen(grenzen.unten * np.asarray(faktor), grenzen.oben * np.asarray(faktor))
