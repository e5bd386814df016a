"""Reads releases of Berichtsjahre: what was proposed, who released it, and which public release came of it.

What belongs here: these questions, and noting the last answer. What does not: proposing and releasing
(`veroeffentlichen.py`), making the public release (`assets/veroeffentlichung/`).
"""

from dataclasses import dataclass

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fehler import UnbekanntError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.tabellen import (
    SYSTEM,
    ausgaben,
    benutzer,
    fassungen,
    veroeffentlichte_fassungen,
    veroeffentlichungen,
)
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import FREIGEGEBEN, OEFFENTLICHE


@dataclass(frozen=True, slots=True)
class Jahresfreigabe:
    """A proposal to release a year and what became of it; people by their names.

    `ausgabe` is the public release that came of it, `grund` why there is none; both are None before it was tried.
    """

    nummer: int
    berichtsjahr: int
    vorschlagende_person: int
    vorgeschlagen_von: str
    vorgeschlagen_am: str
    freigegeben_von: str | None
    freigegeben_am: str | None
    verworfen_am: str | None
    ausgabe: str | None
    grund: str | None
    fassungen: int

    @property
    def ist_offen(self) -> bool:
        """Nobody has decided yet."""
        return self.freigegeben_am is None and self.verworfen_am is None


@dataclass(frozen=True, slots=True)
class Inhalt:
    """A version that goes into a release, and its state now."""

    schluessel: Lieferschluessel
    version: int
    zustand: str


def jahresfreigaben(v: sa.Connection, jahr: int | None = None) -> list[Jahresfreigabe]:
    """All proposals, or those of a year, newest first."""
    vorschlagende, freigebende = benutzer.alias("vorschlagende"), benutzer.alias("freigebende")
    anzahl = (
        sa.select(sa.func.count())
        .where(veroeffentlichte_fassungen.c.veroeffentlichung_id == veroeffentlichungen.c.id)
        .correlate(veroeffentlichungen)
        .scalar_subquery()
    )
    abfrage = (
        sa.select(
            veroeffentlichungen,
            vorschlagende.c.name.label("vorschlagende"),
            freigebende.c.name.label("freigebende"),
            ausgaben.c.ausgabe,
            ausgaben.c.grund,
            anzahl.label("anzahl"),
        )
        .join(vorschlagende, vorschlagende.c.id == veroeffentlichungen.c.vorgeschlagen_von)
        .outerjoin(freigebende, freigebende.c.id == veroeffentlichungen.c.freigegeben_von)
        .outerjoin(ausgaben, ausgaben.c.veroeffentlichung_id == veroeffentlichungen.c.id)
        .order_by(veroeffentlichungen.c.id.desc())
    )
    if jahr is not None:
        abfrage = abfrage.where(veroeffentlichungen.c.berichtsjahr == jahr)
    return [
        Jahresfreigabe(
            nummer=z.id,
            berichtsjahr=z.berichtsjahr,
            vorschlagende_person=z.vorgeschlagen_von,
            vorgeschlagen_von=z.vorschlagende,
            vorgeschlagen_am=z.vorgeschlagen_am,
            freigegeben_von=z.freigebende,
            freigegeben_am=z.freigegeben_am,
            verworfen_am=z.verworfen_am,
            ausgabe=z.ausgabe,
            grund=z.grund,
            fassungen=z.anzahl,
        )
        for z in v.execute(abfrage)
    ]


def inhalt(v: sa.Connection, nummer: int) -> list[Inhalt]:
    """The versions of a proposal, as they were chosen then and stand now, ordered by key."""
    abfrage = (
        sa.select(fassungen)
        .join(veroeffentlichte_fassungen, veroeffentlichte_fassungen.c.fassung_id == fassungen.c.id)
        .where(veroeffentlichte_fassungen.c.veroeffentlichung_id == nummer)
    )
    return _inhalte(v, abfrage)


def freigegebene(v: sa.Connection, jahr: int) -> list[Inhalt]:
    """The versions a proposal of the year would hold now, ordered by key."""
    return _inhalte(
        v, sa.select(fassungen).where(fassungen.c.berichtsjahr == jahr, fassungen.c.zustand.in_(OEFFENTLICHE))
    )


def _inhalte(v: sa.Connection, abfrage: sa.Select[tuple[object, ...]]) -> list[Inhalt]:
    geordnet = abfrage.order_by(fassungen.c.meldeeinheit, fassungen.c.datensatz)
    return [
        Inhalt(Lieferschluessel(z.datensatz, z.berichtsjahr, z.meldeeinheit), z.version, z.zustand)
        for z in v.execute(geordnet)
    ]


def ohne_ausgabe(v: sa.Connection) -> list[int]:
    """Numbers of the releases of which nobody has noted yet what came of them, oldest first."""
    abfrage = (
        sa.select(veroeffentlichungen.c.id)
        .outerjoin(ausgaben, ausgaben.c.veroeffentlichung_id == veroeffentlichungen.c.id)
        .where(veroeffentlichungen.c.freigegeben_am.is_not(None), ausgaben.c.veroeffentlichung_id.is_(None))
        .order_by(veroeffentlichungen.c.id)
    )
    return list(v.execute(abfrage).scalars())


def gescheiterte_jahre(v: sa.Connection) -> set[int]:
    """Years whose last release did not become a public one, so that it may be proposed once more."""
    letzte = (
        sa.select(sa.func.max(veroeffentlichungen.c.id))
        .where(veroeffentlichungen.c.freigegeben_am.is_not(None))
        .group_by(veroeffentlichungen.c.berichtsjahr)
    )
    abfrage = (
        sa.select(veroeffentlichungen.c.berichtsjahr)
        .join(ausgaben, ausgaben.c.veroeffentlichung_id == veroeffentlichungen.c.id)
        .where(veroeffentlichungen.c.id.in_(letzte), ausgaben.c.grund.is_not(None))
    )
    return set(v.execute(abfrage).scalars())


def ist_etwas_zu_tun(v: sa.Connection, jahr: int) -> bool:
    """Whether a year may be proposed: a version is approved and not released, or the last release came to nothing."""
    zustaende = {i.zustand for i in freigegebene(v, jahr)}
    return FREIGEGEBEN in zustaende or (bool(zustaende) and jahr in gescheiterte_jahre(v))


def vermerke(v: sa.Connection, nummer: int, *, ausgabe: str | None = None, grund: str | None = None) -> None:
    """Notes the public release that came of a release of a year, or why none did; once, a second time changes nothing.

    Raises:
        UnbekanntError: there is no such release.
    """
    if nummer not in ohne_ausgabe(v):
        if v.execute(sa.select(ausgaben).filter_by(veroeffentlichung_id=nummer)).first() is None:
            raise UnbekanntError("Diese Freigabe eines Berichtsjahrs gibt es nicht.")
        return
    v.execute(
        sa.insert(ausgaben).values(veroeffentlichung_id=nummer, ausgabe=ausgabe, grund=grund, vermerkt_am=jetzt())
    )
    haenge_an(v, "ausgabe", SYSTEM, {"veroeffentlichung": nummer, "ausgabe": ausgabe})
