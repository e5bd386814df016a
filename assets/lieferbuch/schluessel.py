"""Keys with which programs hand in: made, shown once, looked up, revoked.

What belongs here: rows of `zugangsschluessel`. What does not: reading a key from a request (`pipeline/portal/`).

A key is for one Meldeeinheit and belongs to a person, who counts as the one who sends what comes with it: so a release
always is a second person's. It may hand in and see, never release, whatever else the person may. It ends with its time,
with its revocation, and with the person's right to hand in.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from assets.lieferbuch.anmeldung import Angemeldet, sha256
from assets.lieferbuch.fehler import LieferbuchError, UnbekanntError
from assets.lieferbuch.kette import Daten, haenge_an
from assets.lieferbuch.rechte import rollen_von, verlange
from assets.lieferbuch.tabellen import belege, benutzer, fassungen, zugangsschluessel
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import ABGEBENDE, BEARBEITUNG, PROGRAMM, UEBER_API, VERWALTUNG

# The beginning lets people and programs that look for lost secrets know what they found.
_BEGINN = "teilhabe_"
_FORM = re.compile(rf"{_BEGINN}[A-Za-z0-9_-]{{43}}")


@dataclass(frozen=True, slots=True)
class Schluessel:
    """What is known of a key: everything but the secret. `gesperrt_am` is None while it is not revoked."""

    nummer: int
    meldeeinheit: str
    zweck: str
    verantwortlich: str
    ausgestellt_von: str
    ausgestellt_am: str
    gueltig_bis: str
    gesperrt_am: str | None

    @property
    def gilt(self) -> bool:
        """Whether it has neither ended nor been revoked."""
        return self.gesperrt_am is None and self.gueltig_bis > jetzt()


def stelle_aus(
    v: sa.Connection, verantwortlich: int, meldeeinheit: str, akteur: int, *, zweck: str, dauer: timedelta
) -> tuple[int, str]:
    """Makes a key; returns its number and the secret, which is kept nowhere.

    Raises:
        LieferbuchError: nothing is said about what it is for.
        RechtError: the person may not hand in for this Meldeeinheit, or `akteur` may not make keys.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    verlange(v, verantwortlich, ABGEBENDE, meldeeinheit)
    if not zweck.strip():
        raise LieferbuchError("Bitte sagen, wofür der Zugangsschlüssel ist.")
    geheimnis = _BEGINN + secrets.token_urlsafe(32)
    nummer: int = v.execute(
        sa.insert(zugangsschluessel)
        .values(
            meldeeinheit=meldeeinheit,
            bezeichnung=zweck.strip(),
            sha256=sha256(geheimnis),
            verantwortlich=verantwortlich,
            ausgestellt_von=akteur,
            ausgestellt_am=jetzt(),
            gueltig_bis=(datetime.now(UTC) + dauer).isoformat(timespec="seconds"),
        )
        .returning(zugangsschluessel.c.id)
    ).scalar_one()
    daten: Daten = {"schluessel": nummer, "person": verantwortlich, "meldeeinheit": meldeeinheit}
    haenge_an(v, "schluessel_ausgestellt", akteur, daten)
    return nummer, geheimnis


def sperre(v: sa.Connection, nummer: int, akteur: int) -> None:
    """Revokes a key for good, at once; one that is revoked already stays as it is.

    Raises:
        UnbekanntError: there is no such key.
        RechtError: `akteur` may not do this.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    dieser = zugangsschluessel.c.id == nummer
    if v.execute(sa.select(zugangsschluessel.c.id).where(dieser)).first() is None:
        raise UnbekanntError(f"Den Zugangsschlüssel {nummer} gibt es nicht.")
    gesperrt = v.execute(
        sa.update(zugangsschluessel)
        .where(dieser, zugangsschluessel.c.widerrufen_am.is_(None))
        .values(widerrufen_von=akteur, widerrufen_am=jetzt())
    )
    if gesperrt.rowcount:
        haenge_an(v, "schluessel_widerrufen", akteur, {"schluessel": nummer})


def alle_schluessel(v: sa.Connection) -> list[Schluessel]:
    """All keys there ever were, oldest first."""
    wer, von = benutzer.alias("wer"), benutzer.alias("von")
    s = zugangsschluessel.c
    abfrage = (
        sa.select(
            s.id,
            s.meldeeinheit,
            s.bezeichnung,
            wer.c.name,
            von.c.name,
            s.ausgestellt_am,
            s.gueltig_bis,
            s.widerrufen_am,
        )
        .join(wer, wer.c.id == s.verantwortlich)
        .join(von, von.c.id == s.ausgestellt_von)
        .order_by(s.id)
    )
    return [Schluessel(*zeile) for zeile in v.execute(abfrage)]


def inhaber(v: sa.Connection, geheimnis: str) -> Angemeldet | None:
    """Who hands in with this key, with what the key allows; None if it does not count (any more).

    Found by its hash: how long that takes says nothing about any secret.
    """
    if not _FORM.fullmatch(geheimnis):
        return None
    s = zugangsschluessel.c
    zeile = v.execute(
        sa.select(benutzer.c.id, benutzer.c.kennung, benutzer.c.name, s.meldeeinheit)
        .join(benutzer, benutzer.c.id == s.verantwortlich)
        .where(s.sha256 == sha256(geheimnis), s.widerrufen_am.is_(None), s.gueltig_bis > jetzt())
    ).one_or_none()
    if zeile is None:
        return None
    darf = any(
        rolle in ABGEBENDE and einheit in (None, zeile.meldeeinheit) for rolle, einheit in rollen_von(v, zeile.id)
    )
    rollen = frozenset({(BEARBEITUNG, zeile.meldeeinheit)})
    return Angemeldet(zeile.id, zeile.kennung, zeile.name, rollen) if darf else None


def schluesselaussteller(v: sa.Connection, fassung_id: int) -> frozenset[int]:
    """Who made a key with which this version may have come: whoever makes one has seen the secret."""
    s = zugangsschluessel.c
    abfrage = (
        sa.select(s.ausgestellt_von)
        .join(
            fassungen, (fassungen.c.eingereicht_von == s.verantwortlich) & (fassungen.c.meldeeinheit == s.meldeeinheit)
        )
        .join(belege, belege.c.fassung_id == fassungen.c.id)
        .where(fassungen.c.id == fassung_id, belege.c.weg == UEBER_API)
    )
    return frozenset(v.execute(abfrage).scalars())
