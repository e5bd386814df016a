"""Reads what people see of one version: who did what, what warnings were explained by.

What belongs here: questions about one version. What does not: questions about all deliveries (`lesen.py`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from assets.lieferbuch.fuehren import Gruppe
from assets.lieferbuch.tabellen import benutzer, kommentare


@dataclass(frozen=True, slots=True)
class Begruendung:
    """What somebody said about a group of warnings."""

    gruppe: Gruppe
    text: str
    name: str
    verfasst_am: str


def begruendungen(v: sa.Connection, fassung_id: int) -> list[Begruendung]:
    """Explanations of a version, oldest first."""
    abfrage = (
        sa.select(kommentare, benutzer.c.name)
        .join(benutzer, benutzer.c.id == kommentare.c.verfasst_von)
        .where(kommentare.c.fassung_id == fassung_id)
        .order_by(kommentare.c.id)
    )
    return [Begruendung((z.code, z.spalte), z.text, z.name, z.verfasst_am) for z in v.execute(abfrage)]


def namen(v: sa.Connection, personen: Iterable[int]) -> Mapping[int, str]:
    """The names of these people."""
    return dict(v.execute(sa.select(benutzer.c.id, benutzer.c.name).where(benutzer.c.id.in_(set(personen)))).all())
