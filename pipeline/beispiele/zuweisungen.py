"""Allocations of money: an invented sum per Fördergegenstand, split by inhabitants the way the ordinance says.

What belongs here: the sums (they are not published, so they are made up) and the split, exact to the cent. What is done
with the money is the business of `inhalt/finanzen.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assets.auswertung.verteilung import anteile, verteile
from pipeline.beispiele.anker import Anker
from schemas.datensaetze.finanzen import DATENSATZ
from schemas.modell import Land, nur_lesen

_EURO_JE_EINWOHNER = {"FG1": 0.35, "FG2": 2.4, "FG3": 0.12, "FG4": 0.45, "FG5": 5.9}
"""Invented. FG2 gives about what the Land once spent on kommunale Integrationsarbeit, FG5 what the posts cost."""
_VOLLE_EURO = 1000


@dataclass(frozen=True, slots=True)
class Zuweisung:
    """What one Meldeeinheit gets, in cents: as announced the autumn before, and as fixed by the Bescheid."""

    voraussichtlich: int
    festgesetzt: int


Topf = tuple[int, str]
"""Haushaltsjahr and Fördergegenstand."""


def verteilungsmassen(land: Land, anker: Mapping[str, Anker]) -> dict[Topf, int]:
    """The sum of the Land by Haushaltsjahr and Fördergegenstand, in whole thousands of euros."""
    massen: dict[Topf, int] = {}
    for jahr in haushaltsjahre(land):
        einwohner = sum(a.einwohner[jahr - 1] for a in anker.values())
        for fg, je_kopf in _EURO_JE_EINWOHNER.items():
            massen[jahr, fg] = _VOLLE_EURO * max(1, round(einwohner * je_kopf / _VOLLE_EURO))
    return massen


def haushaltsjahre(land: Land) -> list[int]:
    """Years of the Land in which there are allocations."""
    return [jahr for jahr in land.berichtsjahre if land.zeitraum(jahr)[1] >= DATENSATZ.gilt_ab]


def zuweisungen(land: Land, anker: Mapping[str, Anker]) -> dict[str, Mapping[Topf, Zuweisung]]:
    """The allocations of every Meldeeinheit; the parts add up to the sum of the Land, to the cent."""
    je_einheit: dict[str, dict[Topf, Zuweisung]] = {m.id: {} for m in land.meldeeinheiten}
    for (jahr, fg), masse in verteilungsmassen(land, anker).items():
        vorab = _teile(masse, anker, jahr - 2)
        fest = _teile(masse, anker, jahr - 1)
        for kennung, zuweisung in je_einheit.items():
            zuweisung[jahr, fg] = Zuweisung(vorab[kennung], fest[kennung])
    return {kennung: nur_lesen(zuweisung) for kennung, zuweisung in je_einheit.items()}


def _teile(masse: int, anker: Mapping[str, Anker], jahr: int) -> dict[str, int]:
    """Cents by Meldeeinheit, in proportion to the inhabitants at the end of a year, or of the first known one."""
    einwohner = {kennung: Fraction(a.einwohner[max(jahr, min(a.einwohner))]) for kennung, a in anker.items()}
    return verteile(100 * masse, anteile([einwohner], [1]))
