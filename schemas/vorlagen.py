"""What a template holds before anybody fills it in.

What belongs here: which key columns are known beforehand; templates are written and blank ones recognised by it. What
does not: the Stellen of a register, which say something themselves.
"""

from schemas.erwartung import AUFGABEN
from schemas.modell import Datensatz


def vorbelegte_codes(datensatz: Datensatz) -> str | None:
    """The column of which every code needs a row of its own, by the rules of the dataset; None without one."""
    return "aufgabe" if datensatz.name == AUFGABEN else None


def vorbelegbar(datensatz: Datensatz) -> frozenset[str]:
    """The columns that may be filled in a blank template."""
    codes = vorbelegte_codes(datensatz)
    return frozenset({"berichtsjahr", "meldeeinheit", *([codes] if codes else [])})
