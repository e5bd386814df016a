"""German wording of dates, periods, lists and signs on pages.

What belongs here: words put together from data. What does not: fixed text (the templates) and numbers (`zahlen.py`).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from schemas.modell import Code
from schemas.wertstatus import WERTSTATUS

FEHLT = Code("F", "fehlt", "Für dieses Gebiet und diesen Zeitraum liegt keine Zahl vor.")
"""A value that no source and no delivery gives. Only pages know it; tables simply have no row."""

ZEICHEN: dict[str, Code] = {c.code: c for c in (*WERTSTATUS.codes, FEHLT)}
"""Every letter that can stand in a cell."""

_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def datum(tag: date) -> str:
    """A date as 31.12.2024."""
    return tag.strftime("%d.%m.%Y")


def stand(text: str) -> str:
    """The state of a source in German: 01.07.2025 for a day (any time of day is left out), 04/2025 for a month."""
    if monat := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return f"{monat[2]}/{monat[1]}"
    try:
        return datum(datetime.fromisoformat(text).date()) if "-" in text else text
    except ValueError:
        return text


def zeitraum(jahr: int, von: date | None, bis: date | None) -> str:
    """What a value refers to: a Stichtag, a whole year, or a part of it."""
    if von is None or bis is None:
        return str(jahr)
    if von == bis:
        return datum(bis)
    if (von.month, von.day) == (1, 1) and bis + timedelta(days=1) == date(von.year + 1, 1, 1):
        return str(von.year)
    beginn = von.strftime("%d.%m.") if von.year == bis.year else datum(von)
    return f"{beginn} bis {datum(bis)}"


def zeitangabe(jahr: int, von: date | None, bis: date | None) -> str:
    """The same at the beginning of a sentence: Am 31.12.2024, Im Jahr 2025, Vom 18.09. bis 31.12.2024."""
    text = zeitraum(jahr, von, bis)
    if von is not None and von == bis:
        return f"Am {text}"
    return f"Im Jahr {text}" if text.isdecimal() else f"Vom {text}"


def ort(name: str, typ: str) -> str:
    """Where something is: in Birkenau, im Moorkreis, im Landkreis Birkenau, in der Stadt Birkenau.

    Args:
        name: unique name of a Meldeeinheit; what tells it from another of that name stands in brackets behind it.
        typ: what the Land calls its kind.
    """
    gleicher_name = re.fullmatch(r"(.+) \((.+)\)", name)
    grund = gleicher_name[1] if gleicher_name else name
    if grund.lower().endswith("kreis"):
        return f"im {grund}"
    if typ.lower().endswith("kreis"):
        return f"im {typ} {grund}"
    return f"in der {gleicher_name[2]} {grund}" if gleicher_name else f"in {grund}"


def jahre(werte: Iterable[int]) -> str:
    """Years in short: 2009 bis 2011, 2024."""
    gruppen: list[list[int]] = []
    for jahr in sorted(set(werte)):
        if gruppen and gruppen[-1][-1] == jahr - 1:
            gruppen[-1].append(jahr)
        else:
            gruppen.append([jahr])
    return ", ".join(_spanne(g) for g in gruppen)


def _spanne(gruppe: Sequence[int]) -> str:
    if len(gruppe) == 1:
        return str(gruppe[0])
    return f"{gruppe[0]}{', ' if len(gruppe) == 2 else ' bis '}{gruppe[-1]}"


def aufzaehlung(teile: Sequence[str]) -> str:
    """A, B und C."""
    if len(teile) <= 1:
        return "".join(teile)
    return f"{', '.join(teile[:-1])} und {teile[-1]}"


def satzanfang(worte: str) -> str:
    """The words as a sentence begins with them."""
    return f"{worte[:1].upper()}{worte[1:]}"


def dativ(mehrzahl: str) -> str:
    """The dative plural of a noun in the plural: Kreise → Kreisen, Meldeeinheiten → Meldeeinheiten."""
    return mehrzahl if mehrzahl.endswith(("n", "s")) else f"{mehrzahl}n"


def kennung(text: str) -> str:
    """An id for an anchor: lower case, letters, digits and hyphens; starts with a letter."""
    einfach = unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTE)).encode("ascii", "ignore").decode()
    sauber = re.sub(r"[^a-z0-9]+", "-", einfach).strip("-")
    return sauber if sauber[:1].isalpha() else f"n-{sauber}"
