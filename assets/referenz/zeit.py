"""How official tables write points and spans of time, and our one way: ISO date, JJJJ or JJJJ/JJ.

What belongs here: recognising a time and writing it down. What does not: where in a file the time stands.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONATE = (
    *("januar", "februar", "märz", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "dezember"),
)
_ERSTES_JAHR, _LETZTES_JAHR = 1800, 2200
_HALBJAHR = 6

ZEITMERKMALE = frozenset(
    {"Stichtag", "Stichtage", "Jahr", "Jahre", "Schuljahr", "Semester", "Monat", "Monate", "Quartal", "Quartale"}
    | {"Zeit", "Berichtsjahr", "Wirtschaftsjahr", "Reference date", "Year", "Years", "School year", "Month", "Months"}
)
"""What a heading over times may be called."""


@dataclass(frozen=True, slots=True)
class Zeit:
    """`zeit` is an ISO date, JJJJ or JJJJ/JJ. `angabe` is the source's own wording where `zeit` says less than it."""

    zeit: str
    angabe: str = ""


@lru_cache(maxsize=4096)
def deute_zeit(text: str) -> Zeit | None:
    """The time a cell names, or None if it names none.

    A month, a quarter or a summer term becomes its first day, with the source's wording in `angabe`. A span of half a
    year or more over the turn of the year (winter term, school year) becomes JJJJ/JJ.
    """
    for muster, lesart in _LESARTEN:
        if treffer := muster.fullmatch(text):
            return lesart(treffer)
    return None


def _datum(jahr: str, monat: str, tag: str, angabe: str = "") -> Zeit | None:
    try:
        return Zeit(date(int(jahr), int(monat), int(tag)).isoformat(), angabe)
    except ValueError:
        return None


def _jahr(jahr: str) -> Zeit | None:
    return Zeit(jahr) if _ERSTES_JAHR <= int(jahr) <= _LETZTES_JAHR else None


def _zwei_jahre(von: str, bis: str) -> Zeit | None:
    folgt = (int(von) + 1) % 10 ** len(bis) == int(bis)
    return Zeit(f"{von}/{bis[-2:]}") if folgt else None


def _zeitraum(t: re.Match[str]) -> Zeit | None:
    jahr, monat, laenge = t[1], int(t[2]), int(t[3] or 1)
    if monat == 1 and laenge == 12:
        return _jahr(jahr)
    if monat + laenge > 13 and _HALBJAHR <= laenge <= 12:
        return _zwei_jahre(jahr, f"{(int(jahr) + 1) % 100:02d}")
    return _datum(jahr, t[2], "01", t[0])


def _monat(t: re.Match[str]) -> Zeit | None:
    name = t[1].lower()
    return _datum(t[2], str(_MONATE.index(name) + 1), "1", t[0]) if name in _MONATE else None


_LESARTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Zeit | None]], ...] = (
    (re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})"), lambda t: _datum(t[3], t[2], t[1])),
    (re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), lambda t: _datum(t[1], t[2], t[3])),
    (re.compile(r"[0-9]{4}"), lambda t: _jahr(t[0])),
    (
        re.compile(r"(?:(?:Schuljahr|WS|WiSe|Wintersemester) )?([0-9]{4})/([0-9]{2}|[0-9]{4})"),
        lambda t: _zwei_jahre(t[1], t[2]),
    ),
    (re.compile(r"(?:SS|SoSe|Sommersemester) ([0-9]{4})"), lambda t: _datum(t[1], "04", "01", t[0])),
    (re.compile(r"([0-9]{4})-([0-9]{2})(?:P([0-9]{1,2})M)?"), _zeitraum),
    (re.compile(r"([A-Za-zä]+) ([0-9]{4})"), _monat),
)


def ist_monat(text: str) -> bool:
    """True for the German name of a month alone."""
    return text.lower() in _MONATE
