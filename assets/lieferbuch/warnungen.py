"""Reads the warnings of many deliveries: which nobody has explained yet, and what was said of the others.

What belongs here: questions about a year or a Meldeeinheit. What does not: one version (`fuehren.py`, `einblick.py`).
"""

from dataclasses import dataclass

import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.fuehren import Gruppe, ist_begruendet, warnungsgruppen
from assets.lieferbuch.tabellen import befundsummen, benutzer, fassungen, kommentare
from schemas.lieferbuch import UEBERNOMMEN


@dataclass(frozen=True, slots=True)
class OffeneWarnung:
    """A group of warnings of a version that waits for its release, without a word from the Meldeeinheit."""

    schluessel: Lieferschluessel
    version: int
    gruppe: Gruppe
    anzahl: int


@dataclass(frozen=True, slots=True)
class Erklaerung:
    """What a Meldeeinheit said about a group of warnings of one of its versions."""

    schluessel: Lieferschluessel
    version: int
    gruppe: Gruppe
    text: str
    name: str
    verfasst_am: str


_SCHLUESSEL = (fassungen.c.datensatz, fassungen.c.berichtsjahr, fassungen.c.meldeeinheit)


def alle_offenen(v: sa.Connection) -> list[OffeneWarnung]:
    """What is still to be explained before it can be released, ordered by key."""
    abfrage = (
        warnungsgruppen()
        .add_columns(*_SCHLUESSEL, fassungen.c.version, befundsummen.c.anzahl)
        .where(fassungen.c.zustand.in_(UEBERNOMMEN), sa.not_(ist_begruendet()))
        .order_by(*_SCHLUESSEL, befundsummen.c.code, befundsummen.c.spalte)
    )
    return [
        OffeneWarnung(
            Lieferschluessel(z.datensatz, z.berichtsjahr, z.meldeeinheit), z.version, (z.code, z.spalte), z.anzahl
        )
        for z in v.execute(abfrage)
    ]


def erklaerungen(v: sa.Connection, meldeeinheit: str, jahr: int) -> list[Erklaerung]:
    """What was said about deliveries of the year, by dataset and version, oldest first."""
    abfrage = (
        sa.select(*_SCHLUESSEL, fassungen.c.version, kommentare, benutzer.c.name)
        .select_from(fassungen)
        .join(kommentare, kommentare.c.fassung_id == fassungen.c.id)
        .join(benutzer, benutzer.c.id == kommentare.c.verfasst_von)
        .where(fassungen.c.meldeeinheit == meldeeinheit, fassungen.c.berichtsjahr == jahr)
        .order_by(fassungen.c.datensatz, fassungen.c.version, kommentare.c.id)
    )
    return [
        Erklaerung(
            Lieferschluessel(z.datensatz, z.berichtsjahr, z.meldeeinheit),
            z.version,
            (z.code, z.spalte),
            z.text,
            z.name,
            z.verfasst_am,
        )
        for z in v.execute(abfrage)
    ]
