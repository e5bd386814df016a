"""The release of a Berichtsjahr: one person of the Fachstelle proposes it, another one releases it.

What belongs here: which versions go into a release and what happens to them. What does not: making pages.
"""

import sqlalchemy as sa

from assets.lieferbuch.fehler import RechtError, UebergangError, UnbekanntError
from assets.lieferbuch.jahresfreigaben import ist_etwas_zu_tun
from assets.lieferbuch.kette import haenge_an
from assets.lieferbuch.rechte import verlange
from assets.lieferbuch.tabellen import fassungen, veroeffentlichte_fassungen, veroeffentlichungen
from assets.lieferbuch.verbindung import jetzt
from assets.lieferbuch.zustand import wechsle
from schemas.lieferbuch import FACHSTELLE, FREIGEGEBEN, OEFFENTLICHE, VEROEFFENTLICHT


def schlage_vor(v: sa.Connection, berichtsjahr: int, akteur: int) -> int:
    """Proposes to release all approved versions of the year, as they are now; returns the number of the proposal.

    A proposal of the year that is still open is discarded.

    Raises:
        RechtError: the person may not do this.
        UebergangError: nothing of the year is approved that is not released yet, and the last release was made public.
    """
    verlange(v, akteur, (FACHSTELLE,))
    abfrage = sa.select(fassungen.c.id).where(
        fassungen.c.berichtsjahr == berichtsjahr, fassungen.c.zustand.in_(OEFFENTLICHE)
    )
    gewaehlt = v.execute(abfrage).scalars().all()
    if not ist_etwas_zu_tun(v, berichtsjahr):
        raise UebergangError(f"Für {berichtsjahr} ist nichts freigegeben, das nicht schon veröffentlicht ist.")
    _verwirf_offenen(v, berichtsjahr, akteur)
    nummer = v.execute(
        sa.insert(veroeffentlichungen)
        .values(berichtsjahr=berichtsjahr, vorgeschlagen_von=akteur, vorgeschlagen_am=jetzt())
        .returning(veroeffentlichungen.c.id)
    ).scalar_one()
    v.execute(
        sa.insert(veroeffentlichte_fassungen),
        [{"veroeffentlichung_id": nummer, "fassung_id": fassung_id} for fassung_id in gewaehlt],
    )
    daten = {"veroeffentlichung": nummer, "berichtsjahr": berichtsjahr, "fassungen": len(gewaehlt)}
    haenge_an(v, "vorgeschlagen", akteur, daten)
    return int(nummer)


def _verwirf_offenen(v: sa.Connection, berichtsjahr: int, akteur: int) -> None:
    offen = v.execute(
        sa.update(veroeffentlichungen)
        .where(
            veroeffentlichungen.c.berichtsjahr == berichtsjahr,
            veroeffentlichungen.c.freigegeben_am.is_(None),
            veroeffentlichungen.c.verworfen_am.is_(None),
        )
        .values(verworfen_am=jetzt())
        .returning(veroeffentlichungen.c.id)
    ).scalars()
    for nummer in offen.all():
        haenge_an(v, "verworfen", akteur, {"veroeffentlichung": nummer, "berichtsjahr": berichtsjahr})


def verwirf(v: sa.Connection, nummer: int, akteur: int) -> None:
    """Discards an open proposal; whoever made it may do that too.

    Raises:
        RechtError: the person may not do this.
        UnbekanntError: there is no such open proposal.
    """
    verlange(v, akteur, (FACHSTELLE,))
    _verwirf_offenen(v, _offener(v, nummer).berichtsjahr, akteur)


def _offener(v: sa.Connection, nummer: int) -> sa.Row[tuple[object, ...]]:
    vorschlag = v.execute(sa.select(veroeffentlichungen).where(veroeffentlichungen.c.id == nummer)).one_or_none()
    if vorschlag is None or vorschlag.freigegeben_am or vorschlag.verworfen_am:
        raise UnbekanntError("Diesen offenen Vorschlag gibt es nicht.")
    return vorschlag


def veroeffentliche(v: sa.Connection, nummer: int, akteur: int) -> None:
    """Releases what was proposed.

    Raises:
        RechtError: the person may not do this, or made the proposal.
        UebergangError: what was proposed has changed since; it has to be proposed anew.
        UnbekanntError: there is no such open proposal.
    """
    verlange(v, akteur, (FACHSTELLE,))
    vorschlag = _offener(v, nummer)
    if vorschlag.vorgeschlagen_von == akteur:
        raise RechtError("Wer vorgeschlagen hat, kann nicht veröffentlichen. Bitte eine zweite Person darum bitten.")
    abfrage = (
        sa.select(fassungen.c.id, fassungen.c.zustand)
        .join(veroeffentlichte_fassungen, veroeffentlichte_fassungen.c.fassung_id == fassungen.c.id)
        .where(veroeffentlichte_fassungen.c.veroeffentlichung_id == nummer)
    )
    gewaehlt = v.execute(abfrage).all()
    if any(zustand not in OEFFENTLICHE for _, zustand in gewaehlt):
        raise UebergangError("Seit dem Vorschlag hat sich der Stand von Lieferungen geändert. Bitte neu vorschlagen.")
    v.execute(
        sa.update(veroeffentlichungen)
        .where(veroeffentlichungen.c.id == nummer)
        .values(freigegeben_von=akteur, freigegeben_am=jetzt())
    )
    for fassung_id, zustand in gewaehlt:
        if zustand == FREIGEGEBEN:
            wechsle(v, fassung_id, FREIGEGEBEN, VEROEFFENTLICHT, akteur)
    haenge_an(v, "veroeffentlicht", akteur, {"veroeffentlichung": nummer, "berichtsjahr": vorschlag.berichtsjahr})
