"""Units as people write them, and which of them mean the same.

What belongs here: recognising a unit in a heading, a row of units or behind a number. What does not: converting between
units; a figure in another unit is reported, never recalculated.
"""

JE_MELDEEINHEIT = "Meldeeinheiten"
"""Unit of what is true of a Meldeeinheit or not: 1 or 0 there, their number in the Land."""

_ZAEHLWOERTER = frozenset({"anzahl", "anz", "stück", "stk"})
"""Words for "so many of them", which fit whatever is counted."""

_PERSONEN = frozenset({"personen", "person", "pers", "einwohner", "einw", "ew"})
_GEMESSENE: tuple[frozenset[str], ...] = (
    frozenset({"%", "prozent", "v.h", "vh"}),
    frozenset({"promille", "‰"}),
    frozenset({"€", "eur", "euro"}),
    frozenset({"km²", "km2", "qkm"}),
    frozenset({"m²", "m2", "qm"}),
    frozenset({"ha", "hektar"}),
    frozenset({"vzä", "vzae", "vze", "vollzeitäquivalente", "vollzeitäquivalent"}),
    frozenset({"stunden", "stunde", "std", "h"}),
    frozenset({"minuten", "minute", "min"}),
    frozenset({"tage", "tag"}),
    frozenset({"jahre", "jahr"}),
)
_GLEICHE = (*_GEMESSENE, _PERSONEN, _ZAEHLWOERTER)
_GROESSENORDNUNG = frozenset({"t€", "teur", "tsd", "tausend", "mio", "mill", "mrd", "k€", "in tausend", "in 1000"})


def ist_einheit(text: str) -> bool:
    """Whether `text` is nothing but a unit or an order of magnitude, also as "in EUR" or "(km²)"."""
    wort = _wort(text)
    return wort in _GROESSENORDNUNG or any(wort in gruppe for gruppe in _GLEICHE)


def gleiche_einheit(text: str, einheit: str | None) -> bool:
    """Whether `text` is a way to write `einheit`; of "Stunden je Woche" the first word is enough."""
    if not einheit:
        return False
    wort, gesucht = _wort(text), (_wort(einheit).split() or [""])[0]
    if wort in (_wort(einheit), gesucht):
        return True
    if wort in _ZAEHLWOERTER:
        return not any(gesucht in gruppe for gruppe in _GEMESSENE)
    return any(wort in gruppe and gesucht in gruppe for gruppe in _GLEICHE)


def _wort(text: str) -> str:
    """A unit in lower case, without brackets, the dot of an abbreviation and a leading "in"."""
    wort = text.strip().strip("()[]").strip().rstrip(".").lower()
    return wort if wort in _GROESSENORDNUNG else wort.removeprefix("in ").strip()
