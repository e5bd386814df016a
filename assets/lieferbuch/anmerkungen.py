"""Remarks a Meldeeinheit makes beside a figure of its report, before others see it.

What belongs here: writing and reading them. What does not: explanations of warnings, which belong to a version and are
asked for before its release (`fuehren.py`).
"""

from dataclasses import dataclass

import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.rechte import verlange
from assets.lieferbuch.tabellen import anmerkungen, benutzer
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import ANMERKENDE


@dataclass(frozen=True, slots=True)
class Anmerkung:
    """What somebody said about an indicator of a Meldeeinheit for a Berichtsjahr."""

    meldeeinheit: str
    indikator_id: str
    berichtsjahr: int
    text: str
    name: str
    verfasst_am: str


def merke_an(
    v: sa.Connection, text: str, akteur: int, *, meldeeinheit: str, indikator_id: str, berichtsjahr: int
) -> None:
    """Adds a remark; earlier ones stay.

    Raises:
        LieferbuchError: nothing was said.
        RechtError: the person may not do this for this Meldeeinheit.
    """
    verlange(v, akteur, ANMERKENDE, meldeeinheit)
    if not text.strip():
        raise LieferbuchError("Bitte eine Anmerkung schreiben.")
    wozu: dict[str, str | int] = {
        "meldeeinheit": meldeeinheit,
        "indikator_id": indikator_id,
        "berichtsjahr": berichtsjahr,
    }
    neu = sa.insert(anmerkungen).values(**wozu, text=text.strip(), verfasst_von=akteur, verfasst_am=jetzt())
    haenge_an(v, "angemerkt", akteur, {"anmerkung": v.execute(neu.returning(anmerkungen.c.id)).scalar_one(), **wozu})


def lies_anmerkungen(v: sa.Connection, meldeeinheit: str | None = None) -> list[Anmerkung]:
    """The remarks of a Meldeeinheit, or of all; by Meldeeinheit, indicator and year, oldest first."""
    a = anmerkungen.c
    abfrage = (
        sa.select(a.meldeeinheit, a.indikator_id, a.berichtsjahr, a.text, benutzer.c.name, a.verfasst_am)
        .join(benutzer, benutzer.c.id == a.verfasst_von)
        .order_by(a.meldeeinheit, a.indikator_id, a.berichtsjahr, a.id)
    )
    if meldeeinheit is not None:
        abfrage = abfrage.where(a.meldeeinheit == meldeeinheit)
    return [Anmerkung(*zeile) for zeile in v.execute(abfrage)]
