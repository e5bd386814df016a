"""Writes a checked value the way a delivery has it, so that reading it again gives the same value and status.

What belongs here: the reverse of `zahlen.py` and `zeichen.py` for single cells. What does not: files.
"""

from datetime import date

from assets.pruefung.zahlen import deutsch
from assets.pruefung.zeichen import als_zeichen, ohne_marke
from schemas.wertstatus import Wertstatus

_OHNE_WERT = {zeichen.status: zeichen.amtlich for zeichen in map(als_zeichen, ".*/x") if zeichen}
_MARKEN = {ohne_marke(f"1{marke}")[1]: marke for marke in "prs"}


def als_zelle(wert: object, status: str | None = None) -> str:
    """The text of a cell: decimal comma, 31.12.2025, official signs for a missing number; empty for nothing.

    Args:
        wert: text, whole or decimal number, date or None.
        status: for measures, the Wertstatus beside the value.
    """
    if wert is None:
        return _OHNE_WERT[Wertstatus(status)] if status else ""
    if isinstance(wert, date):
        return wert.strftime("%d.%m.%Y")
    if not isinstance(wert, int | float):
        return str(wert)
    zahl = _zahl(wert)
    if status == Wertstatus.EINGESCHRAENKT:
        return f"({zahl})"
    return zahl + _MARKEN.get(Wertstatus(status), "") if status else zahl


def _zahl(wert: float) -> str:
    """Three decimals get a zero: "1,234" could be taken for a thousand."""
    text = deutsch(repr(wert))
    ganz, _, bruch = text.removesuffix(",0").partition(",")
    return f"{ganz},{bruch}{'0' * (len(bruch) == 3)}" if bruch else ganz
