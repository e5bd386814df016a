"""Books what happens to a delivery: receipts, checks, comments, approvals, withdrawals.

What belongs here: one function per thing that happens; each checks whether it may, writes it and its event in the
transaction it is given (`verbindung.schreibe`). What does not: reading files (`nachtrag.py`), releasing a Berichtsjahr
(`veroeffentlichen.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg
from assets.lieferbuch.fehler import LieferbuchError, RechtError, UebergangError, UnbekanntError, WiderspruchError
from assets.lieferbuch.kette import Daten, haenge_an
from assets.lieferbuch.rechte import verlange
from assets.lieferbuch.schluessel import schluesselaussteller
from assets.lieferbuch.tabellen import (
    SYSTEM,
    UNBEKANNT,
    befundsummen,
    belege,
    fassungen,
    kommentare,
    lieferungen,
    pruefungen,
)
from assets.lieferbuch.verbindung import jetzt
from assets.lieferbuch.zustand import ist, ordne, wechsle
from schemas.lieferbuch import (
    ABGEBENDE,
    EINGEGANGEN,
    ERSETZT,
    FASSUNGSZUSTAND,
    FREIGEGEBEN,
    KOMMENTIERENDE,
    OEFFENTLICHE,
    WEGE_MIT_ANMELDUNG,
    ZURUECKGEZOGEN,
    uebergang,
)
from schemas.modell import Schwere

Gruppe = tuple[str, str]
"""Findings a person explains together: id of the rule and name of the column, empty for a row or the file."""


@dataclass(frozen=True, slots=True)
class Urteil:
    """What a protocol says of a version, without any value: verdict, rows, and findings counted per group."""

    zustand: str
    regel_version: str
    zeilen: int
    summen: Mapping[Gruppe, tuple[Schwere, int]]
    protokoll_sha256: str


@dataclass(frozen=True, slots=True)
class Fassung:
    """A booked version."""

    id: int
    schluessel: Lieferschluessel
    version: int
    sha256: str
    zustand: str
    eingereicht_von: int


def finde(v: sa.Connection, schluessel: Lieferschluessel, version: int) -> Fassung:
    """A version of a delivery.

    Raises:
        UnbekanntError: it was never booked.
    """
    zeile = v.execute(sa.select(fassungen).where(ist(schluessel), fassungen.c.version == version)).one_or_none()
    if zeile is None:
        raise UnbekanntError("Diese Fassung steht nicht im Lieferbuch.")
    return als_fassung(zeile)


def als_fassung(zeile: sa.Row[Any]) -> Fassung:
    """A row of the table as a version."""
    schluessel = Lieferschluessel(zeile.datensatz, zeile.berichtsjahr, zeile.meldeeinheit)
    return Fassung(zeile.id, schluessel, zeile.version, zeile.sha256, zeile.zustand, zeile.eingereicht_von)


def buche_eingang(v: sa.Connection, beleg: Beleg, eingereicht_von: int | None = None) -> int:
    """Books a receipt as a version and returns its number; a receipt that was booked already changes nothing.

    Args:
        v: writing transaction.
        beleg: the receipt; its bytes are stored already.
        eingereicht_von: who sent it. None where nobody can say: the program for ways without login, else unknown, until
            the one who knows books it.

    Raises:
        RechtError: the person may not deliver for this Meldeeinheit.
        WiderspruchError: another file was booked under this version.
    """
    ohne = UNBEKANNT if beleg.weg in WEGE_MIT_ANMELDUNG else SYSTEM
    person = ohne if eingereicht_von is None else eingereicht_von
    if eingereicht_von is not None:
        verlange(v, eingereicht_von, ABGEBENDE, beleg.meldeeinheit)
    bekannt = v.execute(
        sa.select(fassungen).where(ist(beleg.schluessel), fassungen.c.version == beleg.version)
    ).one_or_none()
    if bekannt is None:
        return _lege_an(v, beleg, person)
    if bekannt.sha256 != beleg.sha256:
        raise WiderspruchError(f"Unter {beleg.nummer} ist im Lieferbuch eine andere Datei gebucht.")
    if bekannt.eingereicht_von == UNBEKANNT and person > UNBEKANNT:
        v.execute(sa.update(fassungen).where(fassungen.c.id == bekannt.id).values(eingereicht_von=person))
        haenge_an(v, "einreicher", person, {}, bekannt.id)
    return int(bekannt.id)


def _lege_an(v: sa.Connection, beleg: Beleg, person: int) -> int:
    s = beleg.schluessel
    schluessel = {"datensatz": s.datensatz, "meldeeinheit": s.meldeeinheit, "berichtsjahr": s.berichtsjahr}
    if v.execute(sa.select(lieferungen).filter_by(**schluessel)).first() is None:
        v.execute(sa.insert(lieferungen).values(**schluessel))
    neu = v.execute(
        sa.insert(fassungen)
        .values(
            **schluessel,
            version=beleg.version,
            sha256=beleg.sha256,
            zustand=EINGEGANGEN,
            eingereicht_von=person,
        )
        .returning(fassungen.c.id)
    ).scalar_one()
    v.execute(
        sa.insert(belege).values(
            fassung_id=neu,
            nummer=beleg.nummer,
            groesse=beleg.groesse,
            dateiname=beleg.dateiname,
            endung=beleg.endung,
            eingegangen_am=beleg.eingegangen_am,
            weg=beleg.weg,
            synthetisch=beleg.synthetisch,
        )
    )
    daten: Daten = {"von": None, "nach": EINGEGANGEN, "beleg": beleg.nummer, "sha256": beleg.sha256}
    haenge_an(v, "zustand", person, daten, neu)
    return int(neu)


def buche_pruefungen(v: sa.Connection, schluessel: Lieferschluessel, urteile: Mapping[int, Urteil]) -> None:
    """Books what checks say of versions of a delivery (version -> verdict), and what follows for all its versions.

    All at once, because only together they tell which version stands. The same protocol again changes nothing.
    """
    for version, urteil in sorted(urteile.items()):
        fassung = finde(v, schluessel, version)
        if gebuchte_protokolle(v, schluessel).get(version) != urteil.protokoll_sha256:
            _buche_pruefung(v, fassung.id, urteil)
    ordne(v, schluessel)


def gebuchte_protokolle(v: sa.Connection, schluessel: Lieferschluessel) -> dict[int, str]:
    """SHA-256 of the last protocol booked of each version that was checked."""
    abfrage = (
        sa.select(fassungen.c.version, pruefungen.c.protokoll_sha256)
        .join(pruefungen, pruefungen.c.fassung_id == fassungen.c.id)
        .where(ist(schluessel))
        .order_by(pruefungen.c.id)
    )
    return dict(v.execute(abfrage).all())


def _buche_pruefung(v: sa.Connection, fassung_id: int, urteil: Urteil) -> None:
    pruefung = v.execute(
        sa.insert(pruefungen)
        .values(
            fassung_id=fassung_id,
            zustand=urteil.zustand,
            regel_version=urteil.regel_version,
            zeilen=urteil.zeilen,
            protokoll_sha256=urteil.protokoll_sha256,
            gebucht_am=jetzt(),
        )
        .returning(pruefungen.c.id)
    ).scalar_one()
    zeilen = [
        {"pruefung_id": pruefung, "code": code, "schwere": schwere.value, "spalte": spalte, "anzahl": anzahl}
        for (code, spalte), (schwere, anzahl) in urteil.summen.items()
    ]
    if zeilen:
        v.execute(sa.insert(befundsummen), zeilen)
    anzahl = {s.value: sum(n for schwere, n in urteil.summen.values() if schwere == s) for s in Schwere}
    daten: Daten = {"urteil": urteil.zustand, "regel_version": urteil.regel_version, "zeilen": urteil.zeilen, **anzahl}
    haenge_an(v, "geprueft", SYSTEM, daten, fassung_id)


def warnungsgruppen() -> sa.Select[tuple[str, str]]:
    """SQL: rule and column of the warnings of the last check of each version; `fassungen` is there to choose by."""
    letzte = (
        sa.select(sa.func.max(pruefungen.c.id))
        .where(pruefungen.c.fassung_id == fassungen.c.id)
        .correlate(fassungen)
        .scalar_subquery()
    )
    return (
        sa.select(befundsummen.c.code, befundsummen.c.spalte)
        .select_from(fassungen)
        .join(befundsummen, befundsummen.c.pruefung_id == letzte)
        .where(befundsummen.c.schwere == Schwere.WARNUNG.value)
    )


def ist_begruendet() -> sa.ColumnElement[bool]:
    """SQL: somebody has commented on the group of warnings."""
    return sa.exists().where(
        kommentare.c.fassung_id == fassungen.c.id,
        kommentare.c.code == befundsummen.c.code,
        kommentare.c.spalte == befundsummen.c.spalte,
    )


def offene_warnungen(v: sa.Connection, fassung_id: int) -> list[Gruppe]:
    """Groups of warnings of the last check nobody has commented on yet."""
    abfrage = warnungsgruppen().where(fassungen.c.id == fassung_id, sa.not_(ist_begruendet()))
    return sorted((z.code, z.spalte) for z in v.execute(abfrage))


def kommentiere(v: sa.Connection, fassung: Fassung, gruppe: Gruppe, text: str, akteur: int) -> None:
    """Explains a group of warnings; may be said again, and the last word counts.

    Raises:
        LieferbuchError: nothing was said.
        RechtError: the person may not do this.
        UnbekanntError: the last check has no such warning.
    """
    verlange(v, akteur, KOMMENTIERENDE, fassung.schluessel.meldeeinheit)
    if not text.strip():
        raise LieferbuchError("Bitte eine Begründung angeben.")
    if gruppe not in {(z.code, z.spalte) for z in v.execute(warnungsgruppen().where(fassungen.c.id == fassung.id))}:
        raise UnbekanntError("Diese Warnung gibt es zu der Fassung nicht.")
    v.execute(
        sa.insert(kommentare).values(
            fassung_id=fassung.id,
            code=gruppe[0],
            spalte=gruppe[1],
            text=text.strip(),
            verfasst_von=akteur,
            verfasst_am=jetzt(),
        )
    )
    haenge_an(v, "kommentiert", akteur, {"code": gruppe[0], "spalte": gruppe[1]}, fassung.id)


def gib_frei(v: sa.Connection, fassung: Fassung, akteur: int) -> None:
    """Approves an accepted version; a version approved before is replaced.

    Raises:
        UebergangError: the version is in no state to be approved, or warnings lack a comment.
        RechtError: the person may not do this, sent the file, or nobody knows who sent it.
    """
    _verlange_uebergang(v, fassung, FREIGEGEBEN, akteur)
    if hindernis := freigabehindernis(v, fassung, akteur):
        raise RechtError(hindernis)
    if offen := offene_warnungen(v, fassung.id):
        gruppen = ", ".join(f"{code} ({spalte or 'ganze Zeile'})" for code, spalte in offen)
        raise UebergangError(f"Zu diesen Warnungen fehlt noch eine Begründung: {gruppen}.")
    _ersetze(v, fassung)
    wechsle(v, fassung.id, fassung.zustand, FREIGEGEBEN, akteur, freigegeben_von=akteur, freigegeben_am=jetzt())


def freigabehindernis(v: sa.Connection, fassung: Fassung, person: int) -> str | None:
    """Why this person is no second pair of eyes for a version; None if nothing speaks against it."""
    if fassung.eingereicht_von == person:
        return "Wer die Datei abgegeben hat, kann sie nicht freigeben. Bitte eine zweite Person darum bitten."
    if fassung.eingereicht_von == UNBEKANNT:
        return "Wer die Datei abgegeben hat, ist nicht mehr bekannt. Bitte neu abgeben."
    if person in schluesselaussteller(v, fassung.id):
        return (
            "Wer den Zugangsschlüssel eines Programms ausgestellt hat, kann dessen Lieferungen nicht freigeben. "
            "Bitte eine andere Person darum bitten."
        )
    return None


def _ersetze(v: sa.Connection, durch: Fassung) -> None:
    """Takes back what was approved before, so that never two approved versions stand."""
    abfrage = sa.select(fassungen.c.id, fassungen.c.zustand).where(
        ist(durch.schluessel), fassungen.c.zustand.in_(OEFFENTLICHE)
    )
    for fassung_id, zustand in v.execute(abfrage).all():
        wechsle(v, fassung_id, zustand, ERSETZT, SYSTEM)


def ziehe_zurueck(v: sa.Connection, fassung: Fassung, grund: str, akteur: int) -> None:
    """Withdraws a version for good; the version before it stands again, if it was accepted.

    Raises:
        LieferbuchError: no reason was given.
        UebergangError: the version cannot be withdrawn any more.
        RechtError: the person may not do this; after the approval only the Fachstelle may.
    """
    _verlange_uebergang(v, fassung, ZURUECKGEZOGEN, akteur)
    if not grund.strip():
        raise LieferbuchError("Bitte einen Grund angeben.")
    _ziehe_zurueck(v, fassung, grund.strip(), akteur)
    ordne(v, fassung.schluessel)


def trage_rueckzug_nach(v: sa.Connection, schluessel: Lieferschluessel, version: int, grund: str) -> None:
    """Books a withdrawal the Ablage tells of and the book does not know, as one made anew from receipts does not.

    Its version counts no more from then on; which one stands instead is told by the next `buche_pruefungen`.
    """
    fassung = finde(v, schluessel, version)
    if fassung.zustand != ZURUECKGEZOGEN:
        _ziehe_zurueck(v, fassung, grund, UNBEKANNT)


def _ziehe_zurueck(v: sa.Connection, fassung: Fassung, grund: str, akteur: int) -> None:
    wechsle(
        v,
        fassung.id,
        fassung.zustand,
        ZURUECKGEZOGEN,
        akteur,
        zurueckgezogen_von=akteur,
        zurueckgezogen_am=jetzt(),
        rueckzugsgrund=grund,
    )


def _verlange_uebergang(v: sa.Connection, fassung: Fassung, nach: str, akteur: int) -> None:
    schritt = uebergang(fassung.zustand, nach)
    if schritt is None:
        stand, ziel = FASSUNGSZUSTAND.label_von(fassung.zustand), FASSUNGSZUSTAND.label_von(nach)
        raise UebergangError(f"Eine Fassung mit dem Stand „{stand}“ kann nicht „{ziel}“ werden.")
    verlange(v, akteur, schritt.rollen, fassung.schluessel.meldeeinheit)
