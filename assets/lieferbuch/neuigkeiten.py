"""What there is to tell whom: one function of what the Lieferbuch says and what time it is.

What belongs here: the rule. What does not: reading what it needs (`meldelage.py`), remembering what was told
(`postausgang.py`), wording and sending (`pipeline/mail/`).

Whoever sent a file hears what became of it; whoever can release it hears when it is ready. Nobody hears of a state that
is past, nor of what a newer version makes pointless, so a file received and accepted between two looks is one mail.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.lesen import BITTE_FREIGEBEN
from assets.lieferbuch.tabellen import UNBEKANNT
from assets.ortszeit import ORTSZEIT
from schemas.lieferbuch import (
    ANGENOMMEN,
    ANLASS_JE_ZUSTAND,
    BEARBEITUNG,
    EINGEGANGEN,
    ERINNERUNG,
    ERSETZT,
    FACHSTELLE,
    FASSUNGSZUSTAND,
    FREIGABE,
    OEFFENTLICHE,
    UEBERNOMMEN,
    ZURUECKGEWIESEN,
    naechster_schritt,
)

FRISCH = timedelta(days=3)
"""What is older is not told any more: mail that is switched on must not tell the past."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be written to, and since when the person has which right (role, Meldeeinheit)."""

    id: int
    name: str
    mail: str
    rechte: Mapping[tuple[str, str | None], datetime]

    def hatte(self, rolle: str, einheit: str | None, am: datetime) -> bool:
        """Whether the person has the right and had it then; new people are not told what they missed."""
        seit = self.rechte.get((rolle, einheit))
        return seit is not None and seit <= am


@dataclass(frozen=True, slots=True)
class Fassungslage:
    """A version as it stands, and the event since which there is to tell of it what there is to tell now."""

    id: int
    schluessel: Lieferschluessel
    version: int
    zustand: str
    eingereicht_von: int
    zurueckgezogen_von: int | None
    schluesselaussteller: frozenset[int]
    warnungen_offen: bool
    begruendet_am: datetime | None
    ereignis: int
    seit: datetime


@dataclass(frozen=True, slots=True)
class Offen:
    """A delivery that is expected and still missing: its state and the next step, in words."""

    schluessel: Lieferschluessel
    stand: str
    was_nun: str


@dataclass(frozen=True, slots=True)
class Meldelage:
    """Everything the rule asks."""

    fassungen: Sequence[Fassungslage]
    personen: Sequence[Person]
    offen: Sequence[Offen]
    fristen: Mapping[int, date]
    erinnerungstage: Sequence[int]


@dataclass(frozen=True, slots=True)
class Nachricht:
    """Something to tell a person. `betrifft` is the same as long as it is the same news; `version` None: a reminder."""

    person: int
    anlass: str
    betrifft: str
    schluessel: Lieferschluessel
    fassung_id: int | None
    version: int | None
    seit: datetime
    stand: str
    was_nun: str

    @property
    def kennung(self) -> tuple[int, str, str]:
        """What is told once."""
        return self.person, self.anlass, self.betrifft


def nachrichten(lage: Meldelage, jetzt: datetime) -> list[Nachricht]:
    """All that holds now, each once; what was told already is among it."""
    je_lieferung: dict[Lieferschluessel, list[Fassungslage]] = defaultdict(list)
    for fassung in sorted(lage.fassungen, key=lambda f: f.version):
        je_lieferung[fassung.schluessel].append(fassung)
    neues = [n for fassungen in je_lieferung.values() for n in _zu_lieferung(fassungen, lage.personen)]
    return [*neues, *_erinnerungen(lage, jetzt)]


def ist_frisch(nachricht: Nachricht, jetzt: datetime) -> bool:
    """Whether it may still be told."""
    return jetzt - nachricht.seit <= FRISCH


def _zu_lieferung(fassungen: Sequence[Fassungslage], personen: Sequence[Person]) -> Iterator[Nachricht]:
    """What there is to tell of all versions of a delivery, oldest first."""
    juenger_gemeldet: set[int] = set()
    for nummer, fassung in reversed(list(enumerate(fassungen))):
        neuere = fassungen[nummer + 1 :]
        # Superseded unless it still stands or waits for somebody.
        vorbei = fassung.zustand in (EINGEGANGEN, ERSETZT, *OEFFENTLICHE)
        gemeldet = [n for n in _zu_fassung(fassung, neuere, personen) if not (vorbei and n.person in juenger_gemeldet)]
        juenger_gemeldet |= {n.person for n in gemeldet}
        yield from gemeldet


def _zu_fassung(
    fassung: Fassungslage, neuere: Sequence[Fassungslage], personen: Sequence[Person]
) -> Iterator[Nachricht]:
    anlass = ANLASS_JE_ZUSTAND.get(fassung.zustand)
    if anlass is None or (anlass == ZURUECKGEWIESEN and neuere):
        return
    wissen = _zustaendige(fassung, personen)
    freigeben: set[int] = set()
    if anlass == ANGENOMMEN:
        freigeben = _freigebende(fassung, personen)
        # Whoever withdrew what had replaced it knows that it stands again.
        taten = {f.zurueckgezogen_von for f in neuere}
        wissen, freigeben = wissen - taten, freigeben - taten
    if anlass == ERSETZT:
        wissen -= _erfahren_vom_nachfolger(neuere, personen)
    text = naechster_schritt(fassung.zustand, begruendet=not fassung.warnungen_offen)
    for person in sorted(wissen - freigeben):
        yield _neuigkeit(fassung, anlass, person, text, fassung.seit)
    for person in sorted(freigeben):
        yield _neuigkeit(fassung, anlass, person, BITTE_FREIGEBEN, _bereit_seit(fassung))


def _neuigkeit(fassung: Fassungslage, anlass: str, person: int, was_nun: str, seit: datetime) -> Nachricht:
    return Nachricht(
        person=person,
        anlass=anlass,
        betrifft=f"{_als_text(fassung.schluessel)}-{fassung.version}@{fassung.ereignis}",
        schluessel=fassung.schluessel,
        fassung_id=fassung.id,
        version=fassung.version,
        seit=seit,
        stand=FASSUNGSZUSTAND.label_von(fassung.zustand),
        was_nun=was_nun,
    )


def _als_text(schluessel: Lieferschluessel) -> str:
    return f"{schluessel.datensatz}-{schluessel.meldeeinheit}-{schluessel.berichtsjahr}"


def _zustaendige(fassung: Fassungslage, personen: Sequence[Person]) -> set[int]:
    """Who sent it; where that is nobody of the Meldeeinheit who can be told, all who work on its deliveries as well."""
    einheit = fassung.schluessel.meldeeinheit
    for person in personen:
        if person.id == fassung.eingereicht_von and (BEARBEITUNG, einheit) in person.rechte:
            return {person.id}
    return {
        p.id
        for p in personen
        if p.hatte(BEARBEITUNG, einheit, fassung.seit)
        or (p.id == fassung.eingereicht_von and (FACHSTELLE, None) in p.rechte)
    }


def _bereit_seit(fassung: Fassungslage) -> datetime:
    """Since when it can be released."""
    return max(fassung.seit, fassung.begruendet_am or fassung.seit)


def _freigebende(fassung: Fassungslage, personen: Sequence[Person]) -> set[int]:
    """Who can release it now, as the Lieferbuch would let them."""
    if fassung.zustand not in UEBERNOMMEN or fassung.warnungen_offen or fassung.eingereicht_von == UNBEKANNT:
        return set()
    nicht = {fassung.eingereicht_von, *fassung.schluesselaussteller}
    einheit, bereit = fassung.schluessel.meldeeinheit, _bereit_seit(fassung)
    return {p.id for p in personen if p.id not in nicht and p.hatte(FREIGABE, einheit, bereit)}


def _erfahren_vom_nachfolger(neuere: Sequence[Fassungslage], personen: Sequence[Person]) -> set[int]:
    """Who hears of the version that took the place, and needs not hear that another lost it."""
    stehen = [f for f in neuere if f.zustand in (*UEBERNOMMEN, *OEFFENTLICHE)]
    if not stehen:
        return set()
    freigabe = {p.id for p in personen if (FREIGABE, stehen[-1].schluessel.meldeeinheit) in p.rechte}
    return freigabe | _zustaendige(stehen[-1], personen)


def _erinnerungen(lage: Meldelage, jetzt: datetime) -> Iterator[Nachricht]:
    """The last reminder that is due for each delivery, to those who can deliver."""
    heute = jetzt.astimezone(ORTSZEIT).date()
    for offen in lage.offen:
        einheit, frist = offen.schluessel.meldeeinheit, lage.fristen[offen.schluessel.berichtsjahr]
        tage = [tag for t in lage.erinnerungstage if (tag := frist + timedelta(days=t)) <= heute]
        if not tage:
            continue
        for person in lage.personen:
            if (BEARBEITUNG, einheit) in person.rechte:
                yield Nachricht(
                    person=person.id,
                    anlass=ERINNERUNG,
                    betrifft=f"{_als_text(offen.schluessel)}@{tage[-1].isoformat()}",
                    schluessel=offen.schluessel,
                    fassung_id=None,
                    version=None,
                    seit=datetime.combine(tage[-1], time(), ORTSZEIT),
                    stand=offen.stand,
                    was_nun=offen.was_nun,
                )
