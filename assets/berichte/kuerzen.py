"""Makes contents fit on a page that must not grow: how many lines a text takes, and whole sentences only.

What belongs here: counting and cutting. What does not: what is worth showing.
"""

import math
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_ABKUERZUNGEN = frozenset(
    {"abzgl", "bspw", "dergl", "dipl", "entspr", "evtl", "exkl", "gegebenenf", "hrsg", "inkl", "insb", "mind", "prof"}
    | {"sonst", "sächs", "staatl", "usw", "vorauss", "zzgl"}
)
_SATZENDE = re.compile(r"(\w+)([.!?…]+[“\"»)]*)\s+(?=[„\"»(]*[A-ZÄÖÜ0-9–-])|\n\s*")
_KUERZESTES_WORT = 4
"""A point behind a shorter word rather belongs to an abbreviation (Nr., bzw., z. B.) or a date than ends a sentence."""


def saetze(text: str) -> list[str]:
    """The sentences and lines of a text. In doubt two sentences stay one: a cut then comes too early, never inside."""
    ergebnis, beginn = [], 0
    for fund in _SATZENDE.finditer(text):
        if fund[1] is None or _endet(fund[1], fund[2]):
            ergebnis.append(text[beginn : fund.end()].strip())
            beginn = fund.end()
    ergebnis.append(text[beginn:].strip())
    return [s for s in ergebnis if s]


def _endet(wort: str, zeichen: str) -> bool:
    if zeichen[0] != ".":
        return True
    return len(wort) >= _KUERZESTES_WORT and not wort.isdecimal() and wort.lower() not in _ABKUERZUNGEN


def zeilenzahl(text: str, breite: int) -> int:
    """Lines a text takes where about `breite` characters fit into one; each line break begins a new one."""
    return sum(max(1, math.ceil(len(zeile) / breite)) for zeile in text.splitlines()) or 1


def gekuerzt(text: str, breite: int, zeilen: int) -> str:
    """As many whole sentences from the beginning as fit into `zeilen` lines; empty if the first is too long."""
    ende = 0
    for satz in saetze(text):
        bis = text.index(satz, ende) + len(satz)
        if zeilenzahl(text[:bis], breite) > zeilen:
            break
        ende = bis
    return text[:ende]


def passende(eintraege: Sequence[T], zeilen: Callable[[T], float], platz: float) -> list[T]:
    """Entries that fit into `platz` lines together, earlier ones first; one that is too long leaves room for others."""
    ergebnis: list[T] = []
    for eintrag in eintraege:
        if zeilen(eintrag) <= platz:
            platz -= zeilen(eintrag)
            ergebnis.append(eintrag)
    return ergebnis
