"""The editions of the reports: who may see which figures.

What belongs here: their names and what a page says of itself. What does not: what they show
(`assets/geheimhaltung/fassungen.py`).
"""

INTERN_LAND = "intern_land"
"""The ministry: everything exact."""
OEFFENTLICH = "oeffentlich"
"""Everybody: protected. The only one that may be served without login."""
_INTERN = "intern_"


def fuer(meldeeinheit: str) -> str:
    """The edition of one Meldeeinheit: its own figures exact, all others as published."""
    return f"{_INTERN}{meldeeinheit}"


def meldeeinheit_von(edition: str) -> str | None:
    """Whose edition it is; None for the ministry's and the public one."""
    if edition in (INTERN_LAND, OEFFENTLICH):
        return None
    return edition.removeprefix(_INTERN)


def fassungssatz(edition: str, name: str = "") -> str:
    """What a page says about who may see it; `name` is that of the Meldeeinheit it was made for."""
    if edition == OEFFENTLICH:
        return "öffentliche Fassung"
    wer = f" für {name}" if name else ""
    return f"interne Fassung{wer}, nicht zur Veröffentlichung"
