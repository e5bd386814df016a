"""The audit trail: events in a chain of SHA-256 hashes that shows whether one was changed, left out or put in.

What belongs here: the form of an event, adding one, verifying all. What does not: deciding what is an event.
Events name people by number and hold no free text and no values, so nothing ever has to be taken out again.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from assets.lieferbuch.tabellen import ereignisse
from assets.lieferbuch.verbindung import jetzt

ANFANG = "0" * 64
"""Predecessor of the first event."""

Daten = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Ereignis:
    """One event of the trail; `daten` is canonical JSON, `zeitpunkt` UTC."""

    nummer: int
    zeitpunkt: str
    art: str
    akteur: int
    fassung_id: int | None
    daten: str
    vorher: str
    hash: str


@dataclass(frozen=True, slots=True)
class Kettenbefund:
    """What verifying found: how many events hold, the hash of the last of them, and what is wrong with the next."""

    laenge: int
    kopf: str
    bruch: str | None

    @property
    def ist_heil(self) -> bool:
        """Every event is what it was when it was written."""
        return self.bruch is None


def kanonisch(daten: Mapping[str, object]) -> str:
    """JSON that is the same for the same content: sorted keys, no blanks."""
    return json.dumps(daten, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _hash(inhalt: Mapping[str, object], vorher: str) -> str:
    return hashlib.sha256((vorher + kanonisch(inhalt)).encode()).hexdigest()


def haenge_an(v: sa.Connection, art: str, akteur: int, daten: Daten, fassung_id: int | None = None) -> None:
    """Adds an event, in the writing transaction of what it tells; whoever rolls that back takes the event with it."""
    letztes = v.execute(
        sa.select(ereignisse.c.nummer, ereignisse.c.hash).order_by(ereignisse.c.nummer.desc()).limit(1)
    ).one_or_none()
    nummer, vorher = (letztes.nummer + 1, letztes.hash) if letztes else (1, ANFANG)
    inhalt = {
        "nummer": nummer,
        "zeitpunkt": jetzt(),
        "art": art,
        "akteur": akteur,
        "fassung_id": fassung_id,
        "daten": kanonisch(daten),
    }
    v.execute(sa.insert(ereignisse).values(**inhalt, vorher=vorher, hash=_hash(inhalt, vorher)))


def letzte_nummer(v: sa.Connection) -> int | None:
    """The number of the last event; None before the first. It is another one whenever something was booked."""
    nummer: int | None = v.execute(sa.select(sa.func.max(ereignisse.c.nummer))).scalar_one()
    return nummer


def lies_ereignisse(v: sa.Connection, fassung_id: int | None = None) -> Iterator[Ereignis]:
    """All events in their order, or those of one version."""
    abfrage = sa.select(ereignisse).order_by(ereignisse.c.nummer)
    if fassung_id is not None:
        abfrage = abfrage.where(ereignisse.c.fassung_id == fassung_id)
    for zeile in v.execute(abfrage).mappings():
        yield Ereignis(**zeile)


def pruefe_kette(v: sa.Connection) -> Kettenbefund:
    """Computes every hash anew and names the first link that does not hold.

    That events were cut off at the end cannot be seen from the chain alone: compare length and head with a note of
    them kept elsewhere.
    """
    laenge, kopf = 0, ANFANG
    for e in lies_ereignisse(v):
        if e.nummer != laenge + 1:
            return Kettenbefund(laenge, kopf, f"Ereignis {laenge + 1} fehlt; das nächste hat die Nummer {e.nummer}.")
        if e.vorher != kopf:
            return Kettenbefund(laenge, kopf, f"Ereignis {e.nummer} schließt nicht an das vorige an.")
        inhalt = {name: wert for name, wert in asdict(e).items() if name not in ("vorher", "hash")}
        if e.hash != _hash(inhalt, e.vorher):
            return Kettenbefund(laenge, kopf, f"Ereignis {e.nummer} ist nicht so, wie es geschrieben wurde.")
        laenge, kopf = e.nummer, e.hash
    return Kettenbefund(laenge, kopf, None)
