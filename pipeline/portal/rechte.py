"""Who may open which page.

What belongs here: one right per kind of page, from the roles of `schemas.lieferbuch`. What does not: what the
Lieferbuch itself refuses, in the same transaction in which it books (four eyes, states).
"""

from collections.abc import Mapping
from enum import Enum

from assets.lieferbuch.anmeldung import Angemeldet
from schemas.lieferbuch import (
    ABGEBENDE,
    ANMERKENDE,
    ANSICHT,
    ANTWORTENDE,
    BEARBEITUNG,
    FACHSTELLE,
    FREIGABE,
    FREIGEGEBEN,
    KOMMENTIERENDE,
    UEBERGAENGE,
    VERWALTUNG,
    ZURUECKGEZOGEN,
)


class Recht(Enum):
    """What a page asks for."""

    OFFEN = "offen"
    ANGEMELDET = "angemeldet"
    SEHEN = "sehen"
    ABGEBEN = "abgeben"
    BEGRUENDEN = "begruenden"
    ANMERKEN = "anmerken"
    ANTWORTEN = "antworten"
    FREIGEBEN = "freigeben"
    ZURUECKZIEHEN = "zurueckziehen"
    LAND = "land"
    VERWALTEN = "verwalten"


def _wer_darf(nach: str) -> frozenset[str]:
    return frozenset(rolle for u in UEBERGAENGE if u.nach == nach for rolle in u.rollen)


ROLLEN_FUER: Mapping[Recht, frozenset[str]] = {
    Recht.SEHEN: frozenset((BEARBEITUNG, FREIGABE, ANSICHT, FACHSTELLE)),
    Recht.ABGEBEN: frozenset(ABGEBENDE),
    Recht.BEGRUENDEN: frozenset(KOMMENTIERENDE),
    Recht.ANMERKEN: frozenset(ANMERKENDE),
    Recht.ANTWORTEN: frozenset(ANTWORTENDE),
    Recht.FREIGEBEN: _wer_darf(FREIGEGEBEN),
    Recht.ZURUECKZIEHEN: _wer_darf(ZURUECKGEZOGEN),
    Recht.LAND: frozenset((FACHSTELLE,)),
    Recht.VERWALTEN: frozenset((VERWALTUNG,)),
}
"""For each right the roles of which one is needed; the other two need none."""


def hat_recht(person: Angemeldet, recht: Recht, einheit: str | None) -> bool:
    """Whether the person may do this for this Meldeeinheit, None where a page is about none."""
    if recht in (Recht.OFFEN, Recht.ANGEMELDET):
        return True
    return any(rolle in ROLLEN_FUER[recht] and fuer in (None, einheit) for rolle, fuer in person.rollen)
