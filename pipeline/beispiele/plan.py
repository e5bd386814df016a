"""The plan of each Meldeeinheit: what all its deliveries of all years have in common, so that they fit together.

What belongs here: joining anchors, roles and Stellen. What does not: rows (`inhalt/`) and files (`dialekte.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from pipeline.beispiele.anker import Anker, anker_von
from pipeline.beispiele.rollen import Besonderheit, Rollen, Zaehlweise
from pipeline.beispiele.stellenplan import Bedarf, Stelle, auslaufende_stelle, gemeinsame_stelle, stellen_von
from pipeline.beispiele.zufall import zufall
from pipeline.beispiele.zuweisungen import Topf, Zuweisung, zuweisungen
from schemas.modell import Land, Meldeeinheit

_BETREUUNG = (62.0, 105.0)
"""Persons of the target group per post in Flüchtlingssozialarbeit. The ordinance names 100 per Fachkraft as the rule;
with head, administration and vacancies taken out, 70 to 150 remain."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about one Meldeeinheit that does not change from file to file."""

    meldeeinheit: Meldeeinheit
    anker: Anker
    konzept: str
    zaehlweise: Zaehlweise
    quartalsweise: bool
    zeichen: str
    """The sign it writes where others write a number, or nothing."""
    stellen: tuple[Stelle, ...]
    delegiert: bool
    """Others do whatever others can do."""
    nicht_wahrgenommen: frozenset[str]
    """Tasks nobody carries out, for sure; others may follow from having no Stelle."""
    zuweisungen: Mapping[Topf, Zuweisung]


def plane(land: Land, seed: int, rollen: Rollen, referenz: pl.DataFrame) -> dict[str, Plan]:
    """The plan of every Meldeeinheit by its id."""
    anker = anker_von(land, seed, referenz)
    geld = zuweisungen(land, anker)
    return {
        m.id: Plan(
            meldeeinheit=m,
            anker=anker[m.id],
            konzept=rollen.konzept[m.id],
            zaehlweise=rollen.zaehlweise[m.id],
            quartalsweise=m.id in rollen.quartalsweise,
            zeichen=rollen.zeichen[m.id],
            stellen=_stellen(land, seed, rollen, m, anker[m.id]),
            delegiert=m.id == rollen.delegiert,
            nicht_wahrgenommen=_nicht_wahrgenommen(rollen, m),
            zuweisungen=geld[m.id],
        )
        for m in land.meldeeinheiten
    }


def _nicht_wahrgenommen(rollen: Rollen, meldeeinheit: Meldeeinheit) -> frozenset[str]:
    fehlt = {
        "GDD": _hat(rollen, meldeeinheit, Besonderheit.OHNE_BEGRUENDUNG),
        "RKB": meldeeinheit.id == rollen.ohne_rueckkehr,
    }
    return frozenset(aufgabe for aufgabe, ja in fehlt.items() if ja)


def _hat(rollen: Rollen, meldeeinheit: Meldeeinheit, gesucht: Besonderheit) -> bool:
    """Whether any delivery of the Meldeeinheit is odd in this way."""
    return any(
        lieferung.meldeeinheit == meldeeinheit.id and besonderheit is gesucht
        for lieferung, besonderheit in rollen.besonderheiten.items()
    )


def _stellen(land: Land, seed: int, rollen: Rollen, meldeeinheit: Meldeeinheit, anker: Anker) -> tuple[Stelle, ...]:
    strom = zufall(seed, meldeeinheit.id, "stellen")
    letztes = land.berichtsjahre[-1]
    vzae = anker.zielgruppe / strom.uniform(*_BETREUUNG)
    bedarf = Bedarf(einwohner=anker.einwohner[letztes], fsa_soll=round(100 * vzae))
    schweigt = meldeeinheit.id == rollen.schweigt
    eigene = stellen_von(
        meldeeinheit,
        bedarf,
        letztes,
        strom,
        mit_schweigen=schweigt,
        delegiert=meldeeinheit.id == rollen.delegiert,
        ohne=_nicht_wahrgenommen(rollen, meldeeinheit),
    )
    if _hat(rollen, meldeeinheit, Besonderheit.ENDE_FEHLT):
        ende = land.zeitraum(land.berichtsjahre[0])[1]
        eigene = (*eigene, auslaufende_stelle(meldeeinheit, ende, zufall(seed, meldeeinheit.id, "auslaufend")))
    if rollen.gemeinsam is None or meldeeinheit.id not in rollen.gemeinsam:
        return eigene
    fuehrend, partner = (land.meldeeinheit(kennung) for kennung in rollen.gemeinsam)
    anderer = partner if meldeeinheit is fuehrend else fuehrend
    # A stream of its own, the same at both, so that both describe the same office.
    gemeinsam = gemeinsame_stelle(fuehrend, meldeeinheit, anderer, zufall(seed, "gemeinsame Stelle"))
    return (*eigene, gemeinsam)
