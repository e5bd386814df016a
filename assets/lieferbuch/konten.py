"""Accounts as the Verwaltung sees and keeps them: who there is, locking, links to set a password with.

What belongs here: accounts as such. What does not: rights (`rechte.py`), sessions and attempts (`anmeldung.py`).
Nothing here knows of deliveries.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from assets.lieferbuch.anmeldung import beende_sitzungen, setze_passwort, sha256
from assets.lieferbuch.fehler import LieferbuchError, UnbekanntError
from assets.lieferbuch.kette import Ereignis, haenge_an
from assets.lieferbuch.rechte import verlange, verlange_andere_verwaltung
from assets.lieferbuch.tabellen import UNBEKANNT, anmeldungen, benutzer, ereignisse, passwortlinks, rechte
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import PERSONENEREIGNISSE, PROGRAMM, VERWALTUNG

LINK_GILT = timedelta(days=3)
"""Long enough to be handed over on paper, short enough not to lie about."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account; times are None where there is none. `link_bis` is until when a link for a password is out."""

    id: int
    kennung: str
    name: str
    mail: str | None
    gesperrt_am: str | None
    hat_passwort: bool
    zuletzt_am: str | None
    link_bis: str | None
    rechte: frozenset[tuple[str, str | None]]


def personen(v: sa.Connection) -> list[Person]:
    """All accounts, by name."""
    return _personen(v, benutzer.c.id > UNBEKANNT)


def person(v: sa.Connection, nummer: int) -> Person:
    """One account.

    Raises:
        UnbekanntError: there is none with this number.
    """
    gefunden = _personen(v, sa.and_(benutzer.c.id == nummer, benutzer.c.id > UNBEKANNT))
    if not gefunden:
        raise UnbekanntError("Dieses Konto gibt es nicht.")
    return gefunden[0]


def nummer_von(v: sa.Connection, kennung: str) -> int | None:
    """The number of an account, None if there is none of this name."""
    wo = (benutzer.c.kennung == kennung, benutzer.c.id > UNBEKANNT)
    return v.execute(sa.select(benutzer.c.id).where(*wo)).scalar_one_or_none()


def finde_nummer(v: sa.Connection, kennung: str) -> int:
    """The number of an account.

    Raises:
        UnbekanntError: there is none of this name.
    """
    nummer = nummer_von(v, kennung)
    if nummer is None:
        raise UnbekanntError(f"Die Kennung „{kennung}“ gibt es nicht.")
    return nummer


def _personen(v: sa.Connection, wo: sa.ColumnElement[bool]) -> list[Person]:
    zuletzt = sa.select(sa.func.max(anmeldungen.c.zeitpunkt)).where(anmeldungen.c.benutzer_id == benutzer.c.id)
    link = sa.select(passwortlinks.c.gueltig_bis).where(
        passwortlinks.c.benutzer_id == benutzer.c.id, passwortlinks.c.gueltig_bis > jetzt()
    )
    abfrage = (
        sa.select(
            benutzer,
            benutzer.c.passwort_hash.is_not(None).label("hat_passwort"),
            zuletzt.scalar_subquery().label("zuletzt_am"),
            link.scalar_subquery().label("link_bis"),
        )
        .where(wo)
        .order_by(benutzer.c.name, benutzer.c.id)
    )
    zeilen = v.execute(abfrage).all()
    je_person: dict[int, set[tuple[str, str | None]]] = {z.id: set() for z in zeilen}
    for z in v.execute(sa.select(rechte).where(rechte.c.benutzer_id.in_(je_person))):
        je_person[z.benutzer_id].add((z.rolle, z.meldeeinheit))
    return [
        Person(
            id=z.id,
            kennung=z.kennung,
            name=z.name,
            mail=z.mail,
            gesperrt_am=z.gesperrt_am,
            hat_passwort=z.hat_passwort,
            zuletzt_am=z.zuletzt_am,
            link_bis=z.link_bis,
            rechte=frozenset(je_person[z.id]),
        )
        for z in zeilen
    ]


def geschehen(v: sa.Connection, nummer: int) -> list[Ereignis]:
    """What was done to an account, newest first."""
    abfrage = sa.select(ereignisse).where(ereignisse.c.art.in_(PERSONENEREIGNISSE)).order_by(ereignisse.c.nummer.desc())
    alle = (Ereignis(**zeile) for zeile in v.execute(abfrage).mappings())
    return [e for e in alle if json.loads(e.daten)["person"] == nummer]


def sperre(v: sa.Connection, nummer: int, akteur: int) -> None:
    """Locks an account: its sessions and its link end at once, its rights count for nothing. Twice is once.

    Raises:
        UnbekanntError: there is no such account.
        RechtError: `akteur` may not do this, it is their own account, or nobody of the Verwaltung would be left.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    wer = person(v, nummer)
    if wer.gesperrt_am is not None:
        return
    if nummer == akteur or (VERWALTUNG, None) in wer.rechte:
        verlange_andere_verwaltung(v, nummer, akteur)
    v.execute(sa.update(benutzer).where(benutzer.c.id == nummer).values(gesperrt_am=jetzt()))
    v.execute(sa.delete(passwortlinks).where(passwortlinks.c.benutzer_id == nummer))
    beende_sitzungen(v, nummer)
    haenge_an(v, "person_gesperrt", akteur, {"person": nummer})


def entsperre(v: sa.Connection, nummer: int, akteur: int) -> None:
    """Lets a locked person sign in again, with the rights they have; twice is once.

    Raises:
        UnbekanntError: there is no such account.
        RechtError: `akteur` may not do this.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    if person(v, nummer).gesperrt_am is None:
        return
    v.execute(sa.update(benutzer).where(benutzer.c.id == nummer).values(gesperrt_am=None))
    haenge_an(v, "person_entsperrt", akteur, {"person": nummer})


def stelle_link_aus(v: sa.Connection, nummer: int, akteur: int, geheimnis: str) -> None:
    """Lets whoever holds the secret set the account's password, once and for `LINK_GILT`; one before no longer counts.

    Raises:
        UnbekanntError: there is no such account.
        LieferbuchError: the account is locked, or one's own, of which the old password has to be asked.
        RechtError: `akteur` may not do this.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    if nummer == akteur:
        raise LieferbuchError("Das eigene Passwort wird unter „Mein Konto“ geändert.")
    if person(v, nummer).gesperrt_am is not None:
        raise LieferbuchError("Das Konto ist gesperrt. Bitte zuerst entsperren.")
    bis = (datetime.now(UTC) + LINK_GILT).isoformat(timespec="seconds")
    v.execute(sa.delete(passwortlinks).where(passwortlinks.c.benutzer_id == nummer))
    v.execute(sa.insert(passwortlinks).values(sha256=sha256(geheimnis), benutzer_id=nummer, gueltig_bis=bis))
    haenge_an(v, "passwortlink", akteur, {"person": nummer})


def gehoert_zu(v: sa.Connection, geheimnis: str) -> Person | None:
    """Whose password a link sets; None if it does so no more."""
    abfrage = sa.select(passwortlinks.c.benutzer_id).where(
        passwortlinks.c.sha256 == sha256(geheimnis), passwortlinks.c.gueltig_bis > jetzt()
    )
    nummer = v.execute(abfrage).scalar_one_or_none()
    return None if nummer is None else person(v, nummer)


def loese_link_ein(v: sa.Connection, geheimnis: str, passwort_hash: str) -> None:
    """Sets the password; the link is used up.

    Raises:
        UnbekanntError: it was used already, or its time is over.
    """
    wer = gehoert_zu(v, geheimnis)
    if wer is None:
        raise UnbekanntError("Dieser Link gilt nicht mehr.")
    v.execute(sa.delete(passwortlinks).where(passwortlinks.c.benutzer_id == wer.id))
    setze_passwort(v, wer.kennung, passwort_hash, wer.id)
