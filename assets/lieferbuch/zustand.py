"""Which state each version of a delivery has to be in, and the one place where a state is changed.

What belongs here: the rule which version stands, and a change of state with its event. What does not: the decisions
that lead to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fehler import UebergangError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.tabellen import SYSTEM, fassungen, pruefungen
from schemas.lieferbuch import (
    EINGEGANGEN,
    ERSETZT,
    FASSUNGSZUSTAND,
    OEFFENTLICHE,
    UEBERNOMMEN,
    ZURUECKGEZOGEN,
    uebergang,
)


@dataclass(frozen=True, slots=True)
class Lage:
    """A version as it is booked: its state and the verdict of its last check, None before the first."""

    fassung_id: int
    version: int
    zustand: str
    urteil: str | None


def zielzustaende(lagen: Sequence[Lage]) -> dict[int, str]:
    """The state each version has to be in, by its id, given verdicts, withdrawals and releases.

    The newest version that was accepted and not withdrawn stands, as in `geprueft/`. What is older is replaced, but a
    released version stays what the public sees until a newer one is released.
    """
    im_spiel = [lage for lage in lagen if lage.zustand != ZURUECKGEZOGEN]
    gueltig = max((lage for lage in im_spiel if lage.urteil in UEBERNOMMEN), key=lambda g: g.version, default=None)
    ziele = {lage.fassung_id: lage.zustand for lage in lagen}
    for lage in im_spiel:
        ueberholt = gueltig is not None and lage.version < gueltig.version
        if lage.zustand in OEFFENTLICHE and lage.urteil in UEBERNOMMEN:
            continue
        wartet = lage.urteil is None or lage.urteil in UEBERNOMMEN
        ziele[lage.fassung_id] = ERSETZT if ueberholt and wartet else lage.urteil or EINGEGANGEN
    return ziele


def lagen(v: sa.Connection, schluessel: Lieferschluessel) -> list[Lage]:
    """All versions of a delivery, oldest first."""
    letzte = (
        sa.select(pruefungen.c.zustand)
        .where(pruefungen.c.fassung_id == fassungen.c.id)
        .order_by(pruefungen.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    abfrage = (
        sa.select(fassungen.c.id, fassungen.c.version, fassungen.c.zustand, letzte)
        .where(ist(schluessel))
        .order_by(fassungen.c.version)
    )
    return [Lage(*zeile) for zeile in v.execute(abfrage)]


def ist(schluessel: Lieferschluessel) -> sa.ColumnElement[bool]:
    """SQL: the version is one of this delivery."""
    return sa.and_(
        fassungen.c.datensatz == schluessel.datensatz,
        fassungen.c.meldeeinheit == schluessel.meldeeinheit,
        fassungen.c.berichtsjahr == schluessel.berichtsjahr,
    )


def ordne(v: sa.Connection, schluessel: Lieferschluessel) -> None:
    """Brings all versions of a delivery into the states they have to be in."""
    vorher = lagen(v, schluessel)
    ziele = zielzustaende(vorher)
    offen = [lage for lage in vorher if ziele[lage.fassung_id] != lage.zustand]
    # First out, then in: at no moment two versions stand.
    for lage in sorted(offen, key=lambda lage: ziele[lage.fassung_id] in UEBERNOMMEN):
        wechsle(v, lage.fassung_id, lage.zustand, ziele[lage.fassung_id], SYSTEM)


def wechsle(v: sa.Connection, fassung_id: int, von: str, nach: str, akteur: int, **spalten: str | int | None) -> None:
    """Changes the state of a version, with what belongs to it in other columns, and writes that into the trail.

    Raises:
        UebergangError: there is no such transition, or the version is not in the state `von`.
    """
    if uebergang(von, nach) is None:
        stand, ziel = FASSUNGSZUSTAND.label_von(von), FASSUNGSZUSTAND.label_von(nach)
        raise UebergangError(f"Eine Fassung mit dem Stand „{stand}“ kann nicht „{ziel}“ werden.")
    geaendert = v.execute(
        sa.update(fassungen)
        .where(fassungen.c.id == fassung_id, fassungen.c.zustand == von)
        .values(zustand=nach, **spalten)
    )
    if geaendert.rowcount != 1:
        raise UebergangError("Der Stand der Fassung hat sich inzwischen geändert. Bitte neu laden.")
    haenge_an(v, "zustand", akteur, {"von": von, "nach": nach}, fassung_id)
