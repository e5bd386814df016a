"""Which account somebody has who was signed in elsewhere (OpenID Connect).

What belongs here: the rows that link an account to an issuer's name for the person. What does not: speaking with the
issuer (`pipeline/portal/oidc.py`). Nobody gets an account or a right by being known elsewhere.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError, UnbekanntError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.konten import person as finde_person
from assets.lieferbuch.rechte import verlange, verlange_andere_verwaltung
from assets.lieferbuch.tabellen import UNBEKANNT, benutzer, verknuepfungen
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import PROGRAMM, VERWALTUNG


@dataclass(frozen=True, slots=True)
class Subjekt:
    """A person as an issuer names them."""

    aussteller: str
    name: str


def verknuepfte(v: sa.Connection, subjekt: Subjekt) -> tuple[int, str] | None:
    """Number and Kennung of the account that is linked; None if none is, or it is locked."""
    abfrage = (
        sa.select(benutzer.c.id, benutzer.c.kennung)
        .join(verknuepfungen, verknuepfungen.c.benutzer_id == benutzer.c.id)
        .where(_ist(subjekt), benutzer.c.gesperrt_am.is_(None))
    )
    zeile = v.execute(abfrage).one_or_none()
    return (zeile.id, zeile.kennung) if zeile else None


def mit_mail(v: sa.Connection, aussteller: str, mail: str) -> int | None:
    """The account with this address, if it is the only one, open, and not linked yet to anybody of this issuer."""
    abfrage = sa.select(benutzer.c.id, benutzer.c.gesperrt_am).where(
        sa.func.lower(benutzer.c.mail) == mail.lower(), benutzer.c.id > UNBEKANNT
    )
    zeilen = v.execute(abfrage).all()
    if len(zeilen) != 1 or zeilen[0].gesperrt_am is not None or subjekt_von(v, zeilen[0].id, aussteller) is not None:
        return None
    return int(zeilen[0].id)


def subjekt_von(v: sa.Connection, person: int, aussteller: str) -> str | None:
    """How the issuer names the person, None if they are not linked."""
    return v.execute(sa.select(verknuepfungen.c.subjekt).where(_von(person, aussteller))).scalar_one_or_none()


def verknuepfe(v: sa.Connection, person: int, subjekt: Subjekt, akteur: int) -> None:
    """Lets whoever the issuer names so sign in as this person; takes the place of a link before.

    Raises:
        UnbekanntError: there is no such account.
        LieferbuchError: that name is linked to somebody else's account, or is none.
        RechtError: `akteur` is neither the person nor of the Verwaltung.
    """
    if person != akteur:
        verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    finde_person(v, person)
    if not 0 < len(subjekt.name) <= 255:
        raise LieferbuchError("Bitte angeben, wie die Person beim Anbieter heißt: 1 bis 255 Zeichen.")
    inhaber = v.execute(sa.select(verknuepfungen.c.benutzer_id).where(_ist(subjekt))).scalar_one_or_none()
    if inhaber == person:
        return
    if inhaber is not None:
        raise LieferbuchError("Diese Anmeldung ist schon mit einem anderen Konto verknüpft.")
    v.execute(sa.delete(verknuepfungen).where(_von(person, subjekt.aussteller)))
    v.execute(
        sa.insert(verknuepfungen).values(
            aussteller=subjekt.aussteller,
            subjekt=subjekt.name,
            benutzer_id=person,
            verknuepft_von=akteur,
            verknuepft_am=jetzt(),
        )
    )
    haenge_an(v, "verknuepft", akteur, {"person": person})


def loese(v: sa.Connection, person: int, aussteller: str, akteur: int) -> None:
    """Takes a link away; who is signed in by it stays so until the session ends.

    Raises:
        UnbekanntError: there is none.
        RechtError: `akteur` is neither the person nor of the Verwaltung, or it is the only way
            in for themselves or for the last one of the Verwaltung.
    """
    if person != akteur:
        verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    if subjekt_von(v, person, aussteller) is None:
        raise UnbekanntError("Diese Verknüpfung gibt es nicht.")
    wer = finde_person(v, person)
    if not wer.hat_passwort and (person == akteur or (VERWALTUNG, None) in wer.rechte):
        verlange_andere_verwaltung(v, person, akteur)
    v.execute(sa.delete(verknuepfungen).where(_von(person, aussteller)))
    haenge_an(v, "verknuepfung_geloest", akteur, {"person": person})


def _ist(subjekt: Subjekt) -> sa.ColumnElement[bool]:
    return sa.and_(verknuepfungen.c.aussteller == subjekt.aussteller, verknuepfungen.c.subjekt == subjekt.name)


def _von(person: int, aussteller: str) -> sa.ColumnElement[bool]:
    return sa.and_(verknuepfungen.c.benutzer_id == person, verknuepfungen.c.aussteller == aussteller)
