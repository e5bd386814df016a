"""Reads from the Lieferbuch what the rule asks that says what there is to tell (`neuigkeiten.py`).

What belongs here: these questions. What does not: which deliveries are missing, because the Ablage knows that too.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fuehren import offene_warnungen
from assets.lieferbuch.neuigkeiten import FRISCH, Fassungslage, Person
from assets.lieferbuch.postausgang import ist_offen
from assets.lieferbuch.schluessel import schluesselaussteller
from assets.lieferbuch.tabellen import UNBEKANNT, belege, benutzer, ereignisse, fassungen, kommentare, mails, rechte
from schemas.lieferbuch import ANLASS_JE_ZUSTAND, MIT_HINWEISEN

Schritt = tuple[int, datetime, str]
_LIEFERUNG = (fassungen.c.meldeeinheit, fassungen.c.berichtsjahr, fassungen.c.datensatz)


def lies_personen(v: sa.Connection) -> list[Person]:
    """Everybody with an address and a right who is not locked."""
    abfrage = (
        sa.select(benutzer.c.id, benutzer.c.name, benutzer.c.mail, rechte)
        .join(rechte, rechte.c.benutzer_id == benutzer.c.id)
        .where(benutzer.c.id > UNBEKANNT, benutzer.c.gesperrt_am.is_(None), benutzer.c.mail.is_not(None))
        .order_by(benutzer.c.id)
    )
    personen: dict[int, Person] = {}
    seit: dict[int, dict[tuple[str, str | None], datetime]] = defaultdict(dict)
    for z in v.execute(abfrage):
        seit[z.benutzer_id][z.rolle, z.meldeeinheit] = datetime.fromisoformat(z.vergeben_am)
        personen[z.benutzer_id] = Person(z.benutzer_id, z.name, z.mail, seit[z.benutzer_id])
    return list(personen.values())


def lies_fassungen(v: sa.Connection, ab: datetime) -> list[Fassungslage]:
    """All versions of deliveries to which something happened since, or of which a mail still waits."""
    frisch = sa.select(*_LIEFERUNG).join(ereignisse, ereignisse.c.fassung_id == fassungen.c.id)
    wartend = sa.select(*_LIEFERUNG).join(mails, mails.c.fassung_id == fassungen.c.id).where(ist_offen())
    gemeint = sa.tuple_(*_LIEFERUNG).in_(
        frisch.where(ereignisse.c.zeitpunkt >= ab.isoformat(timespec="seconds")).union(wartend)
    )
    schritte = _schritte(v, gemeint)
    begruendet = _begruendet(v, gemeint)
    lagen = []
    for z in v.execute(sa.select(fassungen, belege.c.eingegangen_am).join(belege).where(gemeint)).all():
        ereignis, seit = _seit(schritte[z.id], datetime.fromisoformat(z.eingegangen_am))
        lagen.append(
            Fassungslage(
                id=z.id,
                schluessel=Lieferschluessel(z.datensatz, z.berichtsjahr, z.meldeeinheit),
                version=z.version,
                zustand=z.zustand,
                eingereicht_von=z.eingereicht_von,
                zurueckgezogen_von=z.zurueckgezogen_von,
                schluesselaussteller=schluesselaussteller(v, z.id),
                warnungen_offen=z.zustand == MIT_HINWEISEN and bool(offene_warnungen(v, z.id)),
                begruendet_am=begruendet.get(z.id),
                ereignis=ereignis,
                seit=seit,
            )
        )
    return lagen


def _schritte(v: sa.Connection, gemeint: sa.ColumnElement[bool]) -> dict[int, list[Schritt]]:
    """Number, time and new state of each change of a version's state, oldest first."""
    abfrage = (
        sa.select(ereignisse.c.fassung_id, ereignisse.c.nummer, ereignisse.c.zeitpunkt, ereignisse.c.daten)
        .join(fassungen, fassungen.c.id == ereignisse.c.fassung_id)
        .where(gemeint, ereignisse.c.art == "zustand")
        .order_by(ereignisse.c.nummer)
    )
    schritte: dict[int, list[Schritt]] = defaultdict(list)
    for fassung_id, nummer, zeitpunkt, daten in v.execute(abfrage):
        schritte[fassung_id].append((nummer, datetime.fromisoformat(zeitpunkt), json.loads(daten)["nach"]))
    return schritte


def _begruendet(v: sa.Connection, gemeint: sa.ColumnElement[bool]) -> dict[int, datetime]:
    """When a warning of a version was last explained."""
    abfrage = (
        sa.select(kommentare.c.fassung_id, sa.func.max(kommentare.c.verfasst_am))
        .join(fassungen, fassungen.c.id == kommentare.c.fassung_id)
        .where(gemeint)
        .group_by(kommentare.c.fassung_id)
    )
    return {fassung_id: datetime.fromisoformat(am) for fassung_id, am in v.execute(abfrage)}


def _seit(schritte: Sequence[Schritt], eingegangen: datetime) -> tuple[int, datetime]:
    """The event since which there is the same to tell: a verdict that only got other hints is no news.

    What a book that was made later caught up with is as old as the file.
    """
    letzter, anfang, gebucht = None, (0, eingegangen), schritte[0][1]
    for nummer, zeitpunkt, nach in schritte:
        if (anlass := ANLASS_JE_ZUSTAND.get(nach)) != letzter:
            letzter, anfang = anlass, (nummer, zeitpunkt)
    nachgeholt = gebucht - eingegangen > FRISCH and anfang[1] - gebucht <= FRISCH
    return anfang[0], eingegangen if nachgeholt else anfang[1]
