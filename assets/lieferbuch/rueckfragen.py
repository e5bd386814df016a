"""Questions the Fachstelle puts to a Meldeeinheit, their answers, and the Fachstelle's own notes.

What belongs here: asking, answering, noting, and reading all three. What does not: which questions there could be
(`pipeline/portal/fragen.py`). Notes are for the Fachstelle alone: nothing here shows one together with a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError, UebergangError, UnbekanntError
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.rechte import verlange
from assets.lieferbuch.tabellen import benutzer, notizen, rueckfragen
from assets.lieferbuch.verbindung import jetzt
from schemas.lieferbuch import ANTWORTENDE, FACHSTELLE


@dataclass(frozen=True, slots=True)
class Frage:
    """What is asked; `datensatz` is None where it is about no single one."""

    datensatz: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Rueckfrage:
    """A question as it was put, with its answer once there is one; people by their names."""

    id: int
    meldeeinheit: str
    berichtsjahr: int
    datensatz: str | None
    text: str
    gestellt_von: str
    gestellt_am: str
    antwort: str | None
    beantwortet_von: str | None
    beantwortet_am: str | None


@dataclass(frozen=True, slots=True)
class Notiz:
    """What the Fachstelle noted for itself."""

    text: str
    name: str
    verfasst_am: str


def stelle(v: sa.Connection, meldeeinheit: str, jahr: int, fragen: Sequence[Frage], akteur: int) -> int:
    """Puts questions to a Meldeeinheit and returns how many; one that waits for its answer is not put twice.

    Raises:
        LieferbuchError: there is none, or one without words.
        RechtError: the person may not do this.
    """
    verlange(v, akteur, (FACHSTELLE,))
    if not fragen or not all(f.text.strip() for f in fragen):
        raise LieferbuchError("Bitte mindestens eine Frage wählen oder schreiben.")
    wartend = {(f.datensatz, f.text) for f in rueckfragen_zu(v, meldeeinheit, jahr) if f.antwort is None}
    gestellt = dict.fromkeys(Frage(f.datensatz, f.text.strip()) for f in fragen)
    neue = [f for f in gestellt if (f.datensatz, f.text) not in wartend]
    for frage in neue:
        nummer = v.execute(
            sa.insert(rueckfragen)
            .values(
                meldeeinheit=meldeeinheit,
                berichtsjahr=jahr,
                datensatz=frage.datensatz,
                text=frage.text,
                gestellt_von=akteur,
                gestellt_am=jetzt(),
            )
            .returning(rueckfragen.c.id)
        ).scalar_one()
        haenge_an(v, "gefragt", akteur, {"rueckfrage": nummer, "meldeeinheit": meldeeinheit, "berichtsjahr": jahr})
    return len(neue)


def beantworte(v: sa.Connection, meldeeinheit: str, nummer: int, text: str, akteur: int) -> None:
    """Answers a question, once and for all.

    Raises:
        LieferbuchError: nothing was said.
        RechtError: the person may not answer for this Meldeeinheit.
        UebergangError: the question is answered already.
        UnbekanntError: the Meldeeinheit was not asked this.
    """
    verlange(v, akteur, ANTWORTENDE, meldeeinheit)
    frage = v.execute(
        sa.select(rueckfragen.c.antwort).where(rueckfragen.c.id == nummer, rueckfragen.c.meldeeinheit == meldeeinheit)
    ).one_or_none()
    if frage is None:
        raise UnbekanntError("Diese Rückfrage gibt es nicht.")
    if frage.antwort is not None:
        raise UebergangError("Diese Rückfrage ist schon beantwortet.")
    if not text.strip():
        raise LieferbuchError("Bitte eine Antwort schreiben.")
    v.execute(
        sa.update(rueckfragen)
        .where(rueckfragen.c.id == nummer)
        .values(antwort=text.strip(), beantwortet_von=akteur, beantwortet_am=jetzt())
    )
    haenge_an(v, "beantwortet", akteur, {"rueckfrage": nummer, "meldeeinheit": meldeeinheit})


def rueckfragen_zu(v: sa.Connection, meldeeinheit: str | None = None, jahr: int | None = None) -> list[Rueckfrage]:
    """The questions put, newest year first, in the order they were put; all, or those of a Meldeeinheit or a year."""
    fragende, antwortende = benutzer.alias("fragende"), benutzer.alias("antwortende")
    abfrage = (
        sa.select(rueckfragen, fragende.c.name.label("frager"), antwortende.c.name.label("antworter"))
        .join(fragende, fragende.c.id == rueckfragen.c.gestellt_von)
        .outerjoin(antwortende, antwortende.c.id == rueckfragen.c.beantwortet_von)
        .order_by(rueckfragen.c.berichtsjahr.desc(), rueckfragen.c.id)
    )
    if meldeeinheit is not None:
        abfrage = abfrage.where(rueckfragen.c.meldeeinheit == meldeeinheit)
    if jahr is not None:
        abfrage = abfrage.where(rueckfragen.c.berichtsjahr == jahr)
    return [
        Rueckfrage(
            id=z.id,
            meldeeinheit=z.meldeeinheit,
            berichtsjahr=z.berichtsjahr,
            datensatz=z.datensatz,
            text=z.text,
            gestellt_von=z.frager,
            gestellt_am=z.gestellt_am,
            antwort=z.antwort,
            beantwortet_von=z.antworter,
            beantwortet_am=z.beantwortet_am,
        )
        for z in v.execute(abfrage)
    ]


def notiere(v: sa.Connection, meldeeinheit: str, jahr: int, text: str, akteur: int) -> None:
    """Writes a note the Fachstelle alone reads; it is never changed, only another one written.

    Raises:
        LieferbuchError: nothing was written.
        RechtError: the person may not do this.
    """
    verlange(v, akteur, (FACHSTELLE,))
    if not text.strip():
        raise LieferbuchError("Bitte die Notiz schreiben.")
    nummer = v.execute(
        sa.insert(notizen)
        .values(
            meldeeinheit=meldeeinheit,
            berichtsjahr=jahr,
            text=text.strip(),
            verfasst_von=akteur,
            verfasst_am=jetzt(),
        )
        .returning(notizen.c.id)
    ).scalar_one()
    haenge_an(v, "notiert", akteur, {"notiz": nummer, "meldeeinheit": meldeeinheit, "berichtsjahr": jahr})


def notizen_zu(v: sa.Connection, meldeeinheit: str, jahr: int) -> list[Notiz]:
    """The notes, newest first."""
    abfrage = (
        sa.select(notizen.c.text, benutzer.c.name, notizen.c.verfasst_am)
        .join(benutzer, benutzer.c.id == notizen.c.verfasst_von)
        .where(notizen.c.meldeeinheit == meldeeinheit, notizen.c.berichtsjahr == jahr)
        .order_by(notizen.c.id.desc())
    )
    return [Notiz(*zeile) for zeile in v.execute(abfrage)]
