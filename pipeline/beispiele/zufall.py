"""Reproducible chance: one independent stream per purpose, and splitting a whole number without losing any of it.

What belongs here: how numbers are drawn and split. What they mean is decided where they are used.
"""

from collections.abc import Sequence
from decimal import Decimal
from random import Random


def zufall(seed: int, *zweck: object) -> Random:
    """A stream of its own for each purpose, so that drawing more in one place moves no figure elsewhere."""
    return Random("-".join(str(teil) for teil in (seed, *zweck)))  # noqa: S311 - demo figures, nothing to protect


def aufteilen(gesamt: int, gewichte: Sequence[float]) -> list[int]:
    """Split `gesamt` in proportion to `gewichte` into whole numbers that add up to it (largest remainders first).

    Raises ValueError if all weights are zero but there is something to split.
    """
    summe = sum(gewichte)
    if summe <= 0:
        if gesamt:
            raise ValueError("Ohne Gewichte lässt sich nichts aufteilen")
        return [0 for _ in gewichte]
    genau = [gesamt * g / summe for g in gewichte]
    teile = [int(g) for g in genau]
    nach_rest = sorted(range(len(genau)), key=lambda i: (teile[i] - genau[i], i))
    for i in nach_rest[: gesamt - sum(teile)]:
        teile[i] += 1
    return teile


def streuung(strom: Random, breite: float) -> float:
    """A factor around 1, at most `breite` away from it."""
    return 1 + strom.uniform(-breite, breite)


def hundertstel(wert: int) -> Decimal:
    """A number given in hundredths, with two decimals: 150 -> 1.50."""
    return Decimal(wert).scaleb(-2)


def zehntel(wert: int) -> Decimal:
    """A number given in tenths, with one decimal: 325 -> 32.5."""
    return Decimal(wert).scaleb(-1)
