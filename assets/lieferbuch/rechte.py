"""People of the Lieferbuch and what they may do.

What belongs here: adding people, giving and taking rights, asking for them. What does not: logging in.
"""

import re

import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError, RechtError, UnbekanntError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.mailadresse import pruefe_adresse
from assets.lieferbuch.tabellen import SYSTEM, UNBEKANNT, benutzer, rechte, verknuepfungen
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import PROGRAMM, ROLLEN, VERWALTUNG

_KENNUNG = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,79}")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,120}")


def pruefe_person(kennung: str, name: str, mail: str | None) -> None:
    """Sees to it that an account can be called so.

    Raises:
        LieferbuchError: it cannot; the text says how to write it.
    """
    if not _KENNUNG.fullmatch(kennung):
        raise LieferbuchError("Die Kennung braucht 3 bis 80 Zeichen: Kleinbuchstaben, Ziffern und . _ @ + -")
    if not name.strip() or not _NAME.fullmatch(name):
        raise LieferbuchError("Bitte einen Namen mit höchstens 120 Zeichen angeben.")
    if mail is not None:
        pruefe_adresse(mail)


def lege_person_an(v: sa.Connection, kennung: str, name: str, akteur: int, *, mail: str | None = None) -> int:
    """Adds a person without any right; returns the number.

    Raises:
        LieferbuchError: the Kennung is taken, or the account cannot be called so.
        RechtError: `akteur` may not do this.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    pruefe_person(kennung, name, mail)
    if v.execute(sa.select(benutzer.c.id).where(benutzer.c.kennung == kennung)).first():
        raise LieferbuchError(f"Die Kennung „{kennung}“ ist schon vergeben.")
    neu: int = v.execute(
        sa.insert(benutzer).values(kennung=kennung, name=name, mail=mail, angelegt_am=jetzt()).returning(benutzer.c.id)
    ).scalar_one()
    haenge_an(v, "person_angelegt", akteur, {"person": neu})
    return neu


def vergib(v: sa.Connection, person: int, rolle: str, akteur: int, meldeeinheit: str | None = None) -> None:
    """Gives a person a role, for one Meldeeinheit or for all, as the role has it; twice is once.

    Raises:
        LieferbuchError: no such role, or a Meldeeinheit too few or too many.
        RechtError: `akteur` may not do this, or would give something to itself.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    if person == akteur:
        raise RechtError(
            "Rechte für sich selbst kann niemand vergeben. Bitte eine andere Person der Verwaltung darum bitten."
        )
    if rolle not in ROLLEN:
        raise LieferbuchError("Diese Rolle gibt es so nicht.")
    if ROLLEN[rolle].je_meldeeinheit and meldeeinheit is None:
        raise LieferbuchError(f"Die Rolle {ROLLEN[rolle].label} gilt je Meldeeinheit. Bitte eine wählen.")
    if not ROLLEN[rolle].je_meldeeinheit and meldeeinheit is not None:
        raise LieferbuchError(f"Die Rolle {ROLLEN[rolle].label} gilt landesweit. Bitte keine Meldeeinheit wählen.")
    if _zeile(v, person, rolle, meldeeinheit) is not None:
        return
    v.execute(
        sa.insert(rechte).values(
            benutzer_id=person, rolle=rolle, meldeeinheit=meldeeinheit, vergeben_von=akteur, vergeben_am=jetzt()
        )
    )
    haenge_an(v, "recht_vergeben", akteur, {"person": person, "rolle": rolle, "meldeeinheit": meldeeinheit})


def entzieh(v: sa.Connection, person: int, rolle: str, akteur: int, meldeeinheit: str | None = None) -> None:
    """Takes a role from a person.

    Raises:
        UnbekanntError: the person does not have it.
        RechtError: `akteur` may not do this, or nobody of the Verwaltung would be left.
    """
    verlange(v, akteur, (VERWALTUNG, PROGRAMM))
    zeile = _zeile(v, person, rolle, meldeeinheit)
    if zeile is None:
        raise UnbekanntError("Die Person hat dieses Recht nicht.")
    if rolle == VERWALTUNG:
        verlange_andere_verwaltung(v, person, akteur)
    v.execute(sa.delete(rechte).where(rechte.c.id == zeile))
    haenge_an(v, "recht_entzogen", akteur, {"person": person, "rolle": rolle, "meldeeinheit": meldeeinheit})


def _zeile(v: sa.Connection, person: int, rolle: str, meldeeinheit: str | None) -> int | None:
    abfrage = sa.select(rechte.c.id).where(
        rechte.c.benutzer_id == person,
        rechte.c.rolle == rolle,
        rechte.c.meldeeinheit.is_not_distinct_from(meldeeinheit),
    )
    nummer: int | None = v.execute(abfrage).scalar_one_or_none()
    return nummer


def verlange_andere_verwaltung(v: sa.Connection, person: int, akteur: int) -> None:
    """Sees to it that somebody else of the Verwaltung can sign in, before this person no longer can.

    Raises:
        RechtError: it is the person's own doing, or there is nobody else.
    """
    if person == akteur:
        raise RechtError("Das kann nur eine andere Person der Verwaltung tun.")
    kann_hinein = sa.or_(
        benutzer.c.passwort_hash.is_not(None), benutzer.c.id.in_(sa.select(verknuepfungen.c.benutzer_id))
    )
    andere = (
        sa.select(benutzer.c.id)
        .join(rechte, rechte.c.benutzer_id == benutzer.c.id)
        .where(rechte.c.rolle == VERWALTUNG, benutzer.c.id != person, benutzer.c.gesperrt_am.is_(None), kann_hinein)
    )
    if v.execute(andere).first() is None:
        raise RechtError(
            "Das ist die letzte Person der Verwaltung, die sich anmelden kann. Bitte zuerst eine andere anlegen."
        )


def rollen_von(v: sa.Connection, person: int) -> frozenset[tuple[str, str | None]]:
    """The roles of a person, each with its Meldeeinheit, None for all; nothing while the person is locked."""
    abfrage = (
        sa.select(rechte.c.rolle, rechte.c.meldeeinheit)
        .join(benutzer, benutzer.c.id == rechte.c.benutzer_id)
        .where(benutzer.c.id == person, benutzer.c.gesperrt_am.is_(None))
    )
    return frozenset((rolle, einheit) for rolle, einheit in v.execute(abfrage))


def verlange(v: sa.Connection, person: int, rollen: tuple[str, ...], meldeeinheit: str | None = None) -> None:
    """Sees to it that the person has one of the roles, for this Meldeeinheit or for all.

    Raises:
        RechtError: it is not so.
    """
    if person == SYSTEM and PROGRAMM in rollen:
        return
    if person > UNBEKANNT and any(
        rolle in rollen and einheit in (None, meldeeinheit) for rolle, einheit in rollen_von(v, person)
    ):
        return
    namen = " oder ".join(ROLLEN[r].label for r in rollen if r in ROLLEN)
    raise RechtError(f"Dafür ist das Recht {namen} nötig.")
