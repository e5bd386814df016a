"""Reads the Lieferbuch: where each delivery stands, what became of its versions, and what waits for whom.

What belongs here: questions. What does not: answers that change anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fehler import UnbekanntError
from assets.lieferbuch.fuehren import als_fassung, freigabehindernis, offene_warnungen
from assets.lieferbuch.jahresfreigaben import gescheiterte_jahre
from assets.lieferbuch.kette import Ereignis, lies_ereignisse
from assets.lieferbuch.rechte import rollen_von
from assets.lieferbuch.tabellen import belege, fassungen, veroeffentlichungen
from assets.lieferbuch.zustand import ist
from schemas.lieferbuch import (
    ABGEWIESEN,
    BEARBEITUNG,
    FACHSTELLE,
    FREIGABE,
    FREIGEGEBEN,
    MIT_HINWEISEN,
    OEFFENTLICHE,
    UEBERNOMMEN,
    was_nun,
)

BITTE_FREIGEBEN = "Bitte prüfen und freigeben."
"""Said to the second person."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a delivery stands: its newest version, the one whose table is taken over, and the one that is public.

    `erster_eingang` is when its first version came; None where that was invented and its time means nothing.
    """

    schluessel: Lieferschluessel
    neueste_version: int
    zustand: str
    was_nun: str
    gueltige_version: int | None
    freigegebene_version: int | None
    erster_eingang: str | None


@dataclass(frozen=True, slots=True)
class Fassungsverlauf:
    """A version with its receipt and everything that happened to it, oldest first."""

    version: int
    zustand: str
    was_nun: str
    nummer: str
    dateiname: str
    sha256: str
    eingegangen_am: str
    rueckzugsgrund: str | None
    ereignisse: tuple[Ereignis, ...]


@dataclass(frozen=True, slots=True)
class Aufgabe:
    """Something that waits for a person; `schluessel` is None where it is about a whole Berichtsjahr."""

    berichtsjahr: int
    schluessel: Lieferschluessel | None
    version: int | None
    text: str


def staende(v: sa.Connection) -> list[Stand]:
    """Where each delivery stands of which there is a version, ordered by key."""
    je_lieferung: dict[Lieferschluessel, dict[int, str]] = {}
    eingaenge: dict[Lieferschluessel, str | None] = {}
    abfrage = (
        sa.select(
            fassungen.c.datensatz,
            fassungen.c.meldeeinheit,
            fassungen.c.berichtsjahr,
            fassungen.c.version,
            fassungen.c.zustand,
            belege.c.eingegangen_am,
            belege.c.synthetisch,
        )
        .join(belege, belege.c.fassung_id == fassungen.c.id)
        .order_by(fassungen.c.version)
    )
    for zeile in v.execute(abfrage):
        schluessel = Lieferschluessel(zeile.datensatz, zeile.berichtsjahr, zeile.meldeeinheit)
        je_lieferung.setdefault(schluessel, {})[zeile.version] = zeile.zustand
        eingaenge.setdefault(schluessel, None if zeile.synthetisch else zeile.eingegangen_am)
    return [
        _stand(schluessel, zustaende, eingaenge[schluessel]) for schluessel, zustaende in sorted(je_lieferung.items())
    ]


def _stand(schluessel: Lieferschluessel, zustaende: dict[int, str], erster_eingang: str | None) -> Stand:
    neueste = max(zustaende)
    frei = max((nr for nr, z in zustaende.items() if z in OEFFENTLICHE), default=None)
    gueltig = max((nr for nr, z in zustaende.items() if z in (*UEBERNOMMEN, *OEFFENTLICHE)), default=None)
    return Stand(schluessel, neueste, zustaende[neueste], was_nun(zustaende[neueste]), gueltig, frei, erster_eingang)


def gueltige_version(v: sa.Connection, schluessel: Lieferschluessel) -> int:
    """The newest accepted version of a delivery.

    Raises:
        UnbekanntError: there is none.
    """
    abfrage = sa.select(sa.func.max(fassungen.c.version)).where(
        ist(schluessel), fassungen.c.zustand.in_((*UEBERNOMMEN, *OEFFENTLICHE))
    )
    nummer: int | None = v.execute(abfrage).scalar_one()
    if nummer is None:
        raise UnbekanntError("Von dieser Lieferung ist keine Version angenommen.")
    return nummer


def verlauf(v: sa.Connection, schluessel: Lieferschluessel) -> list[Fassungsverlauf]:
    """All versions of a delivery, newest first.

    Raises:
        UnbekanntError: there is none.
    """
    abfrage = (
        sa.select(fassungen, belege)
        .join(belege, belege.c.fassung_id == fassungen.c.id)
        .where(ist(schluessel))
        .order_by(fassungen.c.version.desc())
    )
    gefunden = [
        Fassungsverlauf(
            version=z.version,
            zustand=z.zustand,
            was_nun=was_nun(z.zustand),
            nummer=z.nummer,
            dateiname=z.dateiname,
            sha256=z.sha256,
            eingegangen_am=z.eingegangen_am,
            rueckzugsgrund=z.rueckzugsgrund,
            ereignisse=tuple(lies_ereignisse(v, z.id)),
        )
        for z in v.execute(abfrage).all()
    ]
    if not gefunden:
        raise UnbekanntError("Zu dieser Lieferung steht nichts im Lieferbuch.")
    return gefunden


def aufgaben(v: sa.Connection, person: int) -> list[Aufgabe]:
    """What waits for this person, given roles and what the person did before; ordered by year and key."""
    rollen = rollen_von(v, person)
    landesweit = (FACHSTELLE, None) in rollen
    gefunden = [a for a in _an_fassungen(v, person, rollen) if a is not None]
    if landesweit:
        gefunden += jahresaufgaben(v, person)
    return sorted(gefunden, key=lambda a: (a.berichtsjahr, a.schluessel is not None, str(a.schluessel), a.version or 0))


def _an_fassungen(v: sa.Connection, person: int, rollen: frozenset[tuple[str, str | None]]) -> Iterator[Aufgabe | None]:
    neueste = {(s.schluessel, s.neueste_version) for s in staende(v)}
    zu_tun = (*UEBERNOMMEN, *ABGEWIESEN)
    for zeile in v.execute(sa.select(fassungen).where(fassungen.c.zustand.in_(zu_tun))).all():
        f = als_fassung(zeile)
        bearbeitet = (BEARBEITUNG, f.schluessel.meldeeinheit) in rollen
        text = None
        if f.zustand in ABGEWIESEN:
            text = was_nun(f.zustand) if bearbeitet and (f.schluessel, f.version) in neueste else None
        elif f.zustand == MIT_HINWEISEN and offene_warnungen(v, f.id):
            text = "Bitte die Warnungen begründen." if bearbeitet else None
        elif (FREIGABE, f.schluessel.meldeeinheit) in rollen and not freigabehindernis(v, f, person):
            text = BITTE_FREIGEBEN
        yield Aufgabe(f.schluessel.berichtsjahr, f.schluessel, f.version, text) if text else None


def jahresaufgaben(v: sa.Connection, person: int) -> list[Aufgabe]:
    """What waits for a person of the Fachstelle and is about whole years, by year."""
    return sorted(_an_jahren(v, person), key=lambda a: a.berichtsjahr)


def _an_jahren(v: sa.Connection, person: int) -> Iterator[Aufgabe]:
    offen = v.execute(
        sa.select(veroeffentlichungen.c.berichtsjahr, veroeffentlichungen.c.vorgeschlagen_von).where(
            veroeffentlichungen.c.freigegeben_am.is_(None), veroeffentlichungen.c.verworfen_am.is_(None)
        )
    ).all()
    for jahr, von in offen:
        if von != person:
            yield Aufgabe(jahr, None, None, "Bitte den Vorschlag prüfen und das Berichtsjahr veröffentlichen.")
    gescheitert = gescheiterte_jahre(v) - {j for j, _ in offen}
    for jahr in gescheitert:
        yield Aufgabe(jahr, None, None, "Aus der Freigabe wurde keine Ausgabe. Bitte beheben, was im Weg stand.")
    freie = sa.select(fassungen.c.berichtsjahr).where(fassungen.c.zustand == FREIGEGEBEN).distinct()
    for jahr in v.execute(freie).scalars():
        if jahr not in {j for j, _ in offen} | gescheitert:
            yield Aufgabe(jahr, None, None, "Bitte vorschlagen, das Berichtsjahr zu veröffentlichen.")
