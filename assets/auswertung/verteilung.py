"""Shares a sum of money out, exact to the cent: fractions for the shares, whole numbers for the money.

What belongs here: the arithmetic of a Verteilschlüssel. What does not: where its figures come from
(`schluesselzahlen.py`) and what the result is compared with (`zuweisung.py`).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

Anteile = Mapping[str, Fraction]
"""Meldeeinheit -> share; all together make one."""


def anteile(werte: Sequence[Mapping[str, Fraction]], gewichte: Sequence[int]) -> dict[str, Fraction]:
    """The weighted mean of the shares in several quantities, each given as Meldeeinheit -> figure.

    Raises:
        ValueError: a quantity is negative somewhere, zero everywhere or given for other Meldeeinheiten than the first.
    """
    summen = [sum(groesse.values(), Fraction(0)) for groesse in werte]
    if any(s <= 0 for s in summen) or any(w < 0 for groesse in werte for w in groesse.values()):
        raise ValueError("Nach einer Größe ohne positive Summe oder mit negativen Zahlen lässt sich nichts aufteilen")
    if any(set(groesse) != set(werte[0]) for groesse in werte):
        raise ValueError("Nicht jede Größe liegt für dieselben Meldeeinheiten vor")
    teile = list(zip(werte, summen, gewichte, strict=True))
    return {
        kennung: sum((g * groesse[kennung] / summe for groesse, summe, g in teile), Fraction(0)) / sum(gewichte)
        for kennung in werte[0]
    }


def verteile(cent: int, je_einheit: Anteile, kleinster_betrag: int = 1) -> dict[str, int]:
    """Shares `cent` out in multiples of `kleinster_betrag`; the parts add up to it.

    Each part is rounded down; what is left goes, one smallest amount each, to the largest remainders. Equal remainders
    are decided by the larger share, then by the lower id, so that the result does not depend on any order.

    Raises:
        ValueError: the sum is no multiple of the smallest amount, or the shares do not add up to one.
    """
    # Over one denominator all that follows is whole numbers, which are compared ten times as fast as fractions.
    nenner = lcm(*(anteil.denominator for anteil in je_einheit.values()))
    zaehler = {k: anteil.numerator * (nenner // anteil.denominator) for k, anteil in je_einheit.items()}
    if cent % kleinster_betrag or sum(zaehler.values()) != nenner:
        raise ValueError(f"{cent} Cent lassen sich so nicht in Schritten von {kleinster_betrag} Cent aufteilen")
    schritte = cent // kleinster_betrag
    ganze = {k: schritte * z // nenner for k, z in zaehler.items()}
    nach_rest = sorted(zaehler, key=lambda k: (-(schritte * zaehler[k] % nenner), -zaehler[k], k))
    bedacht = set(nach_rest[: schritte - sum(ganze.values())])
    return {k: (ganze[k] + (k in bedacht)) * kleinster_betrag for k in je_einheit}
