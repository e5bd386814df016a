"""The outbox: what was told, what still has to be, and what went wrong; each thing once for each person.

What belongs here: the rows of `mails`. What does not: what there is to tell (`neuigkeiten.py`), writing and sending it.

A row is claimed before its mail is handed to a server and marked afterwards, so a crash in between makes a mail come
twice, under the same Message-ID, and never not at all. Nobody holds the database while a server is talked to.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from assets.lieferbuch.neuigkeiten import Nachricht, ist_frisch
from assets.lieferbuch.tabellen import benutzer, mails
from schemas.lieferbuch import ERINNERUNG

PAUSEN = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12), timedelta(hours=24))
"""How long to wait after each attempt; after one more it is given up. Long enough for a server that is repaired."""
HOECHSTE_VERSUCHE = len(PAUSEN) + 1


@dataclass(frozen=True, slots=True)
class Abgleich:
    """How the outbox differs from what there is to tell."""

    neu: tuple[Nachricht, ...]
    wieder: tuple[int, ...]
    hinfaellig: tuple[int, ...]

    @property
    def ist_leer(self) -> bool:
        """Nothing to write."""
        return not (self.neu or self.wieder or self.hinfaellig)


@dataclass(frozen=True, slots=True)
class Sendung:
    """Things told to one person in one mail; `kennung` stays the same at every attempt."""

    kennung: str
    person: int
    zeilen: tuple[int, ...]
    nachrichten: tuple[Nachricht, ...]


@dataclass(frozen=True, slots=True)
class Eintrag:
    """A line of the log, without the address it went to."""

    kennung: str
    anlass: str
    betrifft: str
    zustand: str
    erstellt_am: str
    versandt_am: str | None
    versuche: int
    naechster_versuch: str | None
    fehler: str | None


def ist_offen() -> sa.ColumnElement[bool]:
    """SQL: it is still to be sent."""
    return sa.and_(mails.c.versandt_am.is_(None), mails.c.hinfaellig_am.is_(None), mails.c.versuche < HOECHSTE_VERSUCHE)


def gleiche_ab(v: sa.Connection, wunsch: Sequence[Nachricht], jetzt: datetime) -> Abgleich:
    """Compares, without writing."""
    je_kennung = {n.kennung: n for n in wunsch}
    abfrage = sa.select(mails.c.id, mails.c.benutzer_id, mails.c.anlass, mails.c.betrifft, mails.c.hinfaellig_am)
    frisch = {n.kennung for n in wunsch if ist_frisch(n, jetzt)}
    personen = {person for person, _, _ in frisch}
    bekannt, wieder = set(), []
    for z in v.execute(abfrage.where(mails.c.benutzer_id.in_(personen))):
        kennung = (z.benutzer_id, z.anlass, z.betrifft)
        bekannt.add(kennung)
        if z.hinfaellig_am is not None and kennung in frisch:
            wieder.append(z.id)
    hinfaellig = [
        z.id for z in v.execute(abfrage.where(ist_offen())) if (z.benutzer_id, z.anlass, z.betrifft) not in je_kennung
    ]
    return Abgleich(tuple(je_kennung[k] for k in sorted(frisch - bekannt)), tuple(wieder), tuple(hinfaellig))


def stelle_ein(v: sa.Connection, wunsch: Sequence[Nachricht], jetzt: datetime) -> Abgleich:
    """Brings the outbox up to what there is to tell; asked again it changes nothing."""
    abgleich = gleiche_ab(v, wunsch, jetzt)
    if abgleich.neu:
        v.execute(
            sa.insert(mails),
            [
                {
                    "benutzer_id": n.person,
                    "anlass": n.anlass,
                    "betrifft": n.betrifft,
                    "fassung_id": n.fassung_id,
                    "erstellt_am": _als_text(jetzt),
                }
                for n in abgleich.neu
            ],
        )
    _aendere(v, abgleich.hinfaellig, hinfaellig_am=_als_text(jetzt))
    _aendere(v, abgleich.wieder, hinfaellig_am=None)
    return abgleich


def gibt_faellige(v: sa.Connection, jetzt: datetime) -> bool:
    """Whether there is anything to send now."""
    return v.execute(sa.select(mails.c.id).where(_ist_faellig(jetzt)).limit(1)).first() is not None


def _ist_faellig(jetzt: datetime) -> sa.ColumnElement[bool]:
    wartet = sa.or_(mails.c.naechster_versuch.is_(None), mails.c.naechster_versuch <= _als_text(jetzt))
    return sa.and_(ist_offen(), wartet)


def nimm_sendung(v: sa.Connection, wunsch: Mapping[tuple[int, str, str], Nachricht], jetzt: datetime) -> Sendung | None:
    """Claims the next mail and counts the attempt; None if none is due. Nobody else gets it until the pause is over."""
    zeilen = v.execute(sa.select(mails).where(_ist_faellig(jetzt)).order_by(mails.c.versuche, mails.c.id)).all()
    faellig = [(z, wunsch[k]) for z in zeilen if (k := (z.benutzer_id, z.anlass, z.betrifft)) in wunsch]
    if not faellig:
        return None
    erste = faellig[0][0]
    # What was in one mail stays together, so that a mail that comes twice is the same twice.
    gruppe = _gruppe(faellig[0][1])
    gewaehlt = [(z.id, n) for z, n in faellig if z.sendung == erste.sendung and _gruppe(n) == gruppe]
    zeilen, gewaehlte = zip(*gewaehlt, strict=True)
    sendung = Sendung(erste.sendung or uuid.uuid4().hex, erste.benutzer_id, zeilen, gewaehlte)
    naechster = _als_text(jetzt + PAUSEN[min(erste.versuche, len(PAUSEN) - 1)])
    _aendere(v, zeilen, sendung=sendung.kennung, versuche=erste.versuche + 1, naechster_versuch=naechster)
    return sendung


def _aendere(v: sa.Connection, zeilen: Sequence[int], **spalten: str | int | None) -> None:
    v.execute(sa.update(mails).where(mails.c.id.in_(zeilen)).values(**spalten))


def _gruppe(nachricht: Nachricht) -> tuple[int, str, int]:
    """What one mail is about: all news of a person, or all that is missing of a Meldeeinheit and year."""
    if nachricht.anlass != ERINNERUNG:
        return nachricht.person, "", 0
    return nachricht.person, nachricht.schluessel.meldeeinheit, nachricht.schluessel.berichtsjahr


def vermerke_versand(v: sa.Connection, sendung: Sendung, jetzt: datetime) -> None:
    """Notes that the server took it."""
    _aendere(v, sendung.zeilen, versandt_am=_als_text(jetzt), naechster_versuch=None, hinfaellig_am=None, fehler=None)


def vermerke_fehler(v: sa.Connection, sendung: Sendung, grund: str) -> None:
    """Notes why the server did not take it; the next attempt is when the pause is over."""
    _aendere(v, sendung.zeilen, fehler=grund)


def vermerke_stoerung(v: sa.Connection, grund: str, jetzt: datetime) -> None:
    """Notes why nothing could be sent. That is no attempt: however long a server is away, nothing is given up."""
    v.execute(sa.update(mails).where(_ist_faellig(jetzt)).values(fehler=grund))


def eintraege(v: sa.Connection) -> list[Eintrag]:
    """The log, newest first."""
    abfrage = sa.select(mails, benutzer.c.kennung).join(benutzer).order_by(mails.c.id.desc())
    return [
        Eintrag(
            kennung=z.kennung,
            anlass=z.anlass,
            betrifft=z.betrifft,
            zustand=_zustand(z),
            erstellt_am=z.erstellt_am,
            versandt_am=z.versandt_am,
            versuche=z.versuche,
            naechster_versuch=z.naechster_versuch,
            fehler=z.fehler,
        )
        for z in v.execute(abfrage)
    ]


def _zustand(z: sa.Row[tuple[object, ...]]) -> str:
    if z.versandt_am is not None:
        return "versandt"
    if z.hinfaellig_am is not None:
        return "hinfällig"
    return "aufgegeben" if z.versuche >= HOECHSTE_VERSUCHE else "wartet"


def _als_text(zeit: datetime) -> str:
    return zeit.isoformat(timespec="seconds")
