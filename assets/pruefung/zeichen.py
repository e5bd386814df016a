"""The signs of official statistics that a delivered measure may hold instead of, or beside, a number.

What belongs here: which sign means which Wertstatus, and marks around a number. What does not: signs of official
sources, which use some of them differently (`assets/referenz`), and reading the number itself (`zahlen.py`).
"""

import re
from dataclasses import dataclass

from schemas.wertstatus import Wertstatus


@dataclass(frozen=True, slots=True)
class Zeichen:
    """A sign: its official spelling, its status, and the number it stands for, if any."""

    amtlich: str
    status: Wertstatus
    wert: int | None = None
    gaengig: bool = True
    """False where people use it although it is no official sign; it is read, and said so."""


STRICHE = "-–—−‐‑‒―"
"""What programs make of a hyphen; alone it is zero, before a number the minus sign."""

_NULL = Zeichen("-", Wertstatus.NORMAL, 0)
_UNBEKANNT = Zeichen(".", Wertstatus.UNBEKANNT)
_SPAETER = Zeichen("...", Wertstatus.UNBEKANNT)
_GEHEIM = Zeichen("*", Wertstatus.GEHEIM)
_UNSICHER = Zeichen("/", Wertstatus.NICHT_BELASTBAR)
_SINNLOS = Zeichen("x", Wertstatus.NICHT_SINNVOLL)
_KEINE_ANGABE = Zeichen(".", Wertstatus.UNBEKANNT, gaengig=False)
_KLEINER = Zeichen("*", Wertstatus.GEHEIM, gaengig=False)

_ZEICHEN = {
    **dict.fromkeys(STRICHE, _NULL),
    **dict.fromkeys(".·", _UNBEKANNT),
    **dict.fromkeys(("...", "…"), _SPAETER),
    "*": _GEHEIM,
    "/": _UNSICHER,
    "x": _SINNLOS,
    **dict.fromkeys(("k.a.", "ka", "k.a", "keineangabe", "keineangaben"), _KEINE_ANGABE),
}
_KLEINER_ALS = re.compile(r"<(?:[2-9]|10)")
"""How offices write that a small number is withheld: below the smallest number that may be shown."""

_MARKEN = {"p": Wertstatus.VORLAEUFIG, "r": Wertstatus.REVIDIERT, "s": Wertstatus.GESCHAETZT}
_MIT_MARKE = re.compile(r"(.*\d[.,]?)\s*([prs])", re.DOTALL)
_KLAMMERN = re.compile(r"\(\s*([^()]*\d[^()]*)\)", re.DOTALL)

BEDEUTUNG = {
    Wertstatus.UNBEKANNT: "„unbekannt“",
    Wertstatus.GEHEIM: "„geheim“",
}


def als_zeichen(text: str) -> Zeichen | None:
    """The sign a cell consists of, or None. Case and blanks do not matter, nor the dashes Excel makes of a hyphen."""
    wort = "".join(text.split()).lower()
    if _KLEINER_ALS.fullmatch(wort):
        return _KLEINER
    return _ZEICHEN.get(wort)


def ohne_marke(text: str) -> tuple[str, Wertstatus]:
    """(number as text, status) of a cell with `( )` around or p, r, s behind it; else the cell itself and N."""
    if fund := _KLAMMERN.fullmatch(text):
        return fund[1].strip(), Wertstatus.EINGESCHRAENKT
    if fund := _MIT_MARKE.fullmatch(text):
        return fund[1], _MARKEN[fund[2]]
    return text, Wertstatus.NORMAL
