"""What the Lieferbuch keeps for signing in: hashes of passwords, attempts, sessions, when somebody last came.

What belongs here: rows and how long they count. What does not: making and testing hashes, cookies (`pipeline/portal/`),
what the Verwaltung does to accounts (`konten.py`).

Sessions are rows and not signed cookies: signing out, a new password or a locked account end them at once, several
servers share them, and there is no key that has to be kept secret.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from assets.lieferbuch.fehler import UnbekanntError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.rechte import rollen_von
from assets.lieferbuch.tabellen import SYSTEM, UNBEKANNT, anmeldeversuche, anmeldungen, benutzer, sitzungen
from assets.lieferbuch.verbindung import jetzt

SPERRE = timedelta(minutes=15)
FEHLVERSUCHE_JE_KONTO, FEHLVERSUCHE_JE_ADRESSE = 5, 50
"""Failures within `SPERRE` after which nobody is let in; an office may share one address."""
UNTAETIG, HOECHSTDAUER = timedelta(hours=2), timedelta(hours=12)
"""A session ends so long after it was last used, and so long after it began: a working day."""
_AUFFRISCHEN = timedelta(minutes=5)
"""A session's last use is noted no more often than this; reading pages must not queue behind writers."""
_AUFBEWAHREN = timedelta(days=1)
_GEMERKTE_ANMELDUNGEN = 10
"""Enough for people to notice a sign-in that was not theirs; more nobody needs to know."""


@dataclass(frozen=True, slots=True)
class Konto:
    """Somebody who can sign in."""

    id: int
    passwort_hash: str


@dataclass(frozen=True, slots=True)
class Angemeldet:
    """Somebody who has signed in, with roles and the Meldeeinheit each is for, None for all."""

    id: int
    kennung: str
    name: str
    rollen: frozenset[tuple[str, str | None]]


def sha256(text: str) -> str:
    """What is kept of a secret or of the name of an account."""
    return hashlib.sha256(text.encode()).hexdigest()


def _vor(dauer: timedelta) -> str:
    return (datetime.now(UTC) - dauer).isoformat(timespec="seconds")


def finde_konto(v: sa.Connection, kennung: str) -> Konto | None:
    """The account with this Kennung; None if there is none, it is locked, or has no password."""
    zeile = v.execute(
        sa.select(benutzer.c.id, benutzer.c.passwort_hash).where(
            benutzer.c.kennung == kennung,
            benutzer.c.id > UNBEKANNT,
            benutzer.c.gesperrt_am.is_(None),
            benutzer.c.passwort_hash.is_not(None),
        )
    ).one_or_none()
    return Konto(*zeile) if zeile else None


def setze_passwort(
    v: sa.Connection, kennung: str, passwort_hash: str, akteur: int = SYSTEM, *, behalte: str = ""
) -> None:
    """Gives an account a password; whoever is signed in with the old one no longer is.

    Args:
        v: writing transaction.
        kennung: whose.
        passwort_hash: its hash.
        akteur: who does it; the program on the command line.
        behalte: the session that goes on.

    Raises:
        UnbekanntError: there is no such account.
    """
    person = v.execute(
        sa.update(benutzer)
        .where(benutzer.c.kennung == kennung, benutzer.c.id > UNBEKANNT)
        .values(passwort_hash=passwort_hash)
        .returning(benutzer.c.id)
    ).scalar_one_or_none()
    if person is None:
        raise UnbekanntError(f"Die Kennung „{kennung}“ gibt es nicht.")
    v.execute(sa.delete(sitzungen).where(sitzungen.c.benutzer_id == person, sitzungen.c.sha256 != sha256(behalte)))
    haenge_an(v, "passwort_gesetzt", akteur, {"person": person})


def darf_versuchen(v: sa.Connection, kennung: str | None, adresse: str) -> bool:
    """Notes an attempt and says whether it may be made; in one transaction, so that a hundred at once are a hundred.

    Failures of an account count since it was last signed in to; those of an address always, else somebody with an
    account of their own could go on guessing others'. `kennung` is None where an attempt names no account.
    """
    v.execute(sa.delete(anmeldeversuche).where(anmeldeversuche.c.zeitpunkt < _vor(_AUFBEWAHREN)))
    grenzen = {sha256(f"adresse|{adresse}"): (FEHLVERSUCHE_JE_ADRESSE, 0)}
    if kennung is not None:
        konto = _konto(kennung)
        seit = sa.select(sa.func.coalesce(sa.func.max(anmeldeversuche.c.id), 0)).where(
            anmeldeversuche.c.sha256 == konto, anmeldeversuche.c.erfolgreich
        )
        grenzen[konto] = (FEHLVERSUCHE_JE_KONTO, v.execute(seit).scalar_one())
    frei = all(_fehlversuche(v, was, nach) < hoechstens for was, (hoechstens, nach) in grenzen.items())
    if frei:
        # A refused attempt is none: else whoever keeps trying would lock an account for ever.
        zeilen = [{"sha256": was, "zeitpunkt": jetzt(), "erfolgreich": False} for was in grenzen]
        v.execute(sa.insert(anmeldeversuche), zeilen)
    return frei


def merke_erfolg(v: sa.Connection, kennung: str) -> None:
    """Notes that the account's password was right: failures before no longer count."""
    v.execute(sa.insert(anmeldeversuche).values(sha256=_konto(kennung), zeitpunkt=jetzt(), erfolgreich=True))


def _konto(kennung: str) -> str:
    return sha256(f"konto|{kennung}")


def _fehlversuche(v: sa.Connection, schluessel: str, nach: int) -> int:
    abfrage = (
        sa.select(sa.func.count())
        .select_from(anmeldeversuche)
        .where(
            anmeldeversuche.c.sha256 == schluessel,
            anmeldeversuche.c.zeitpunkt > _vor(SPERRE),
            anmeldeversuche.c.id > nach,
            sa.not_(anmeldeversuche.c.erfolgreich),
        )
    )
    return int(v.execute(abfrage).scalar_one())


def merke_falschen_schluessel(v: sa.Connection, adresse: str) -> bool:
    """Notes that a key from this address was none, and says whether it may go on being told so.

    Only wrong keys are limited: nobody can guess one, and refusing right ones would let anybody in an office stop its
    programs.
    """
    v.execute(sa.delete(anmeldeversuche).where(anmeldeversuche.c.zeitpunkt < _vor(_AUFBEWAHREN)))
    ort = sha256(f"schluessel|{adresse}")
    if _fehlversuche(v, ort, 0) >= FEHLVERSUCHE_JE_ADRESSE:
        return False
    v.execute(sa.insert(anmeldeversuche).values(sha256=ort, zeitpunkt=jetzt(), erfolgreich=False))
    return True


def beginne_sitzung(v: sa.Connection, person: int, kennung: str, marke: str) -> None:
    """Begins a session that is known by `marke`, and forgets those that are over."""
    v.execute(sa.delete(sitzungen).where(_abgelaufen()))
    v.execute(
        sa.insert(sitzungen).values(sha256=sha256(marke), benutzer_id=person, begonnen_am=jetzt(), zuletzt_am=jetzt())
    )
    merke_erfolg(v, kennung)
    v.execute(sa.insert(anmeldungen).values(benutzer_id=person, zeitpunkt=jetzt()))
    eigene = sa.select(anmeldungen.c.id).where(anmeldungen.c.benutzer_id == person)
    alte = eigene.order_by(anmeldungen.c.id.desc()).offset(_GEMERKTE_ANMELDUNGEN)
    v.execute(sa.delete(anmeldungen).where(anmeldungen.c.id.in_(alte.limit(_GEMERKTE_ANMELDUNGEN))))


def letzte_anmeldungen(v: sa.Connection, person: int) -> list[str]:
    """When the person last signed in, newest first."""
    abfrage = sa.select(anmeldungen.c.zeitpunkt).where(anmeldungen.c.benutzer_id == person)
    return list(v.execute(abfrage.order_by(anmeldungen.c.id.desc())).scalars())


def erneuere_sitzung(v: sa.Connection, alt: str, neu: str) -> None:
    """Has the session known by another secret from now on."""
    v.execute(sa.update(sitzungen).where(sitzungen.c.sha256 == sha256(alt)).values(sha256=sha256(neu)))


def beende_sitzungen(v: sa.Connection, person: int) -> None:
    """Signs a person out everywhere."""
    v.execute(sa.delete(sitzungen).where(sitzungen.c.benutzer_id == person))


def beende_sitzung(v: sa.Connection, marke: str) -> None:
    """Ends a session; one that is over already stays so."""
    v.execute(sa.delete(sitzungen).where(sitzungen.c.sha256 == sha256(marke)))


def _abgelaufen() -> sa.ColumnElement[bool]:
    return sa.or_(sitzungen.c.zuletzt_am < _vor(UNTAETIG), sitzungen.c.begonnen_am < _vor(HOECHSTDAUER))


def angemeldet(v: sa.Connection, marke: str) -> Angemeldet | None:
    """Who holds this session; None if nobody does any more."""
    zeile = v.execute(
        sa.select(benutzer.c.id, benutzer.c.kennung, benutzer.c.name)
        .join(sitzungen, sitzungen.c.benutzer_id == benutzer.c.id)
        .where(sitzungen.c.sha256 == sha256(marke), sa.not_(_abgelaufen()), benutzer.c.gesperrt_am.is_(None))
    ).one_or_none()
    return Angemeldet(*zeile, rollen_von(v, zeile.id)) if zeile else None


def braucht_auffrischen(v: sa.Connection, marke: str) -> bool:
    """Whether the last use of the session has to be noted."""
    return bool(
        v.execute(
            sa.select(sitzungen.c.sha256).where(
                sitzungen.c.sha256 == sha256(marke), sitzungen.c.zuletzt_am < _vor(_AUFFRISCHEN)
            )
        ).first()
    )


def frische_auf(v: sa.Connection, marke: str) -> None:
    """Notes that the session is in use."""
    v.execute(sa.update(sitzungen).where(sitzungen.c.sha256 == sha256(marke)).values(zuletzt_am=jetzt()))
