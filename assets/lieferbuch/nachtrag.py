"""Makes the Lieferbuch say what receipts and protocols in the Ablage say, from nothing or from where it stands.

In return the Ablage is told what people decided, should that have been cut off before.

What belongs here: reading them and booking what is new. What does not: the bookings (`fuehren.py`).
The same Ablage again changes nothing. What only people know, such as who they are, comments and approvals, is kept if
it is there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg, alle_belege, pruefsumme
from assets.eingang.entscheidungen import lies_entscheidungen, schreibe_entscheidungen
from assets.lieferbuch.abdruck import gebuchte_entscheidungen
from assets.lieferbuch.fuehren import (
    Gruppe,
    Urteil,
    buche_eingang,
    buche_pruefungen,
    gebuchte_protokolle,
    trage_rueckzug_nach,
)
from assets.lieferbuch.kette import letzte_nummer
from assets.lieferbuch.tabellen import fassungen
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.zustand import ist
from assets.pruefung import protokoll
from schemas.befundregister import alle_befunde
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land, Schwere


@dataclass(frozen=True, slots=True)
class Nachtrag:
    """What was booked: how many deliveries there are, and how many of them were not up to date."""

    lieferungen: int
    nachgetragen: int


def trage_nach(engine: sa.Engine, ablage: Ablage, land: Land) -> Nachtrag:
    """Books every receipt and every protocol that is not booked yet, a delivery at a time.

    Raises:
        VerbindungError: the database cannot be reached; what was booked before stays, and the next time goes on.
        WiderspruchError: a receipt tells of another file than the one that was booked.
    """
    belege = alle_belege(ablage, land)
    geaendert = sum(_trage_lieferung_nach(engine, ablage, s, b) for s, b in sorted(belege.items()))
    return Nachtrag(len(belege), geaendert)


def _trage_lieferung_nach(
    engine: sa.Engine, ablage: Ablage, schluessel: Lieferschluessel, belege: tuple[Beleg, ...]
) -> bool:
    with lies(engine) as v:
        ist_gebucht = _ist_gebucht(v, schluessel, belege, _protokolle(ablage, belege))
        if ist_gebucht and lies_entscheidungen(ablage, schluessel) == gebuchte_entscheidungen(v, schluessel):
            return False
    with schreibe(engine) as v:
        # Read again, now that nobody else books: else the slower of two would put an older protocol on top.
        protokolle = _protokolle(ablage, belege)
        vorher = letzte_nummer(v)
        for beleg in belege:
            buche_eingang(v, beleg)
        for version, grund in lies_entscheidungen(ablage, schluessel).zurueckgezogen.items():
            trage_rueckzug_nach(v, schluessel, version, grund)
        gebucht = gebuchte_protokolle(v, schluessel)
        neu = {nr: p for nr, p in protokolle.items() if gebucht.get(nr) != pruefsumme(p)}
        buche_pruefungen(v, schluessel, {nr: urteil_aus(p) for nr, p in neu.items()})
        schreibe_entscheidungen(ablage, schluessel, gebuchte_entscheidungen(v, schluessel))
        return letzte_nummer(v) != vorher


def _protokolle(ablage: Ablage, belege: tuple[Beleg, ...]) -> dict[int, bytes]:
    """The protocol of each version that was checked."""
    pfade = {b.version: protokoll.pfad(b.schluessel, b.version, "json") for b in belege}
    return {version: ablage.lies(pfad) for version, pfad in pfade.items() if ablage.gibt_es(pfad)}


def _ist_gebucht(
    v: sa.Connection, schluessel: Lieferschluessel, belege: tuple[Beleg, ...], protokolle: Mapping[int, bytes]
) -> bool:
    gebucht = set(v.execute(sa.select(fassungen.c.version, fassungen.c.sha256).where(ist(schluessel))))
    if not {(b.version, b.sha256) for b in belege} <= gebucht:
        return False
    return {nr: pruefsumme(p) for nr, p in protokolle.items()}.items() <= gebuchte_protokolle(v, schluessel).items()


def urteil_aus(inhalt: bytes) -> Urteil:
    """The verdict a protocol holds, without its values: findings are counted, and columns are named by the contract."""
    daten = json.loads(inhalt)
    spalten = {s.name for s in alle_datensaetze()[daten["beleg"]["datensatz"]].spalten}
    summen: dict[Gruppe, tuple[Schwere, int]] = {}
    for code, spalte, anzahl in _arten(daten):
        gruppe = (code, spalte if spalte in spalten else "")
        summen[gruppe] = (alle_befunde()[code].schwere, summen.get(gruppe, (None, 0))[1] + anzahl)
    return Urteil(daten["zustand"], daten["regel_version"], daten["zeilen"], summen, pruefsumme(inhalt))


def _arten(daten: Mapping[str, Any]) -> list[tuple[str, str | None, int]]:
    """Rule, column and number of all findings, also of those of which none is shown."""
    gruppen = [(g["code"], g["spalte"], g["anzahl"]) for g in daten["gruppen"]]
    gezeigt = {(code, spalte) for code, spalte, _ in gruppen}
    rest = [(r["code"], r["spalte"], r["anzahl"]) for r in daten["nicht_einzeln"]]
    return gruppen + [r for r in rest if r[:2] not in gezeigt]
