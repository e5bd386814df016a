"""One pass: what is to be told goes into the outbox, what is due in it goes out.

What belongs here: the order of the steps, and how long a pass may take. What does not: the steps.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from smtplib import SMTP

import sqlalchemy as sa

from assets.lieferbuch.fehler import LieferbuchError
from assets.lieferbuch.meldelage import lies_fassungen, lies_personen
from assets.lieferbuch.neuigkeiten import FRISCH, Meldelage, Nachricht, Offen, Person, nachrichten
from assets.lieferbuch.postausgang import (
    Sendung,
    gibt_faellige,
    gleiche_ab,
    nimm_sendung,
    stelle_ein,
    vermerke_fehler,
    vermerke_stoerung,
    vermerke_versand,
)
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.mail.einstellung import Einstellung
from pipeline.mail.fehler import MailError, NichtAngenommenError
from pipeline.mail.text import schreibe_mail
from pipeline.mail.versand import sende, verbinde
from pipeline.portal.felder import Feld, felder
from pipeline.portal.quellen import Quellen
from schemas.lieferbuch import EINGEGANGEN
from schemas.zahlwort import in_zahlen


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """What a pass did: things newly in the outbox, mails sent, mails refused, and why it ended early, if it did."""

    eingestellt: int = 0
    versandt: int = 0
    abgelehnt: int = 0
    stoerung: str | None = None

    def als_text(self) -> str:
        """One sentence."""
        return (
            f"{in_zahlen(self.eingestellt, 'Nachricht', 'Nachrichten')} eingestellt, "
            f"{in_zahlen(self.versandt, 'Mail', 'Mails')} versandt, {self.abgelehnt} nicht angenommen."
        )


@dataclass(frozen=True, slots=True)
class _Auftrag:
    """What may be told now, by what is told once, to whom, and through which server."""

    quellen: Quellen
    einstellung: Einstellung
    wunsch: Mapping[tuple[int, str, str], Nachricht]
    personen: Mapping[int, Person]


def sende_alles(quellen: Quellen, einstellung: Einstellung, *, sekunden: float | None = None) -> Ergebnis:
    """Queues and sends what there is; never raises because of a server.

    Args:
        quellen: Ablage, Land and Lieferbuch.
        einstellung: the server.
        sekunden: after which no other mail is begun; the rest goes with the next pass.
    """
    ende = None if sekunden is None else time.monotonic() + sekunden
    jetzt = datetime.now(UTC)
    auftrag = _lies_lage(quellen, einstellung, jetzt)
    ergebnis = Ergebnis(eingestellt=_stelle_ein(quellen.engine, list(auftrag.wunsch.values()), jetzt))
    with lies(quellen.engine) as v:
        if not gibt_faellige(v, jetzt):
            return ergebnis
    try:
        with verbinde(einstellung) as server:
            return _sende_faellige(auftrag, server, ergebnis, ende)
    except MailError as fehler:
        with schreibe(quellen.engine) as v:
            vermerke_stoerung(v, str(fehler), jetzt)
        return replace(ergebnis, stoerung=str(fehler))


def _sende_faellige(auftrag: _Auftrag, server: SMTP, ergebnis: Ergebnis, ende: float | None) -> Ergebnis:
    while ende is None or time.monotonic() < ende:
        with schreibe(auftrag.quellen.engine) as v:
            sendung = nimm_sendung(v, auftrag.wunsch, datetime.now(UTC))
        if sendung is None:
            break
        fehler = _sende_eine(auftrag, server, sendung)
        if fehler is None:
            ergebnis = replace(ergebnis, versandt=ergebnis.versandt + 1)
            continue
        ergebnis = replace(ergebnis, abgelehnt=ergebnis.abgelehnt + 1)
        if not isinstance(fehler, NichtAngenommenError | LieferbuchError):
            return replace(ergebnis, stoerung=str(fehler))
    return ergebnis


def _sende_eine(auftrag: _Auftrag, server: SMTP, sendung: Sendung) -> Exception | None:
    """Sends a mail and notes what became of it; returns why it was not sent."""
    quellen = auftrag.quellen
    try:
        person = auftrag.personen[sendung.person]
        sende(server, schreibe_mail(sendung, person, quellen.land, auftrag.einstellung, datetime.now(UTC)))
    except (MailError, LieferbuchError) as fehler:
        with schreibe(quellen.engine) as v:
            vermerke_fehler(v, sendung, str(fehler))
        return fehler
    with schreibe(quellen.engine) as v:
        vermerke_versand(v, sendung, datetime.now(UTC))
    return None


def _lies_lage(quellen: Quellen, einstellung: Einstellung, jetzt: datetime) -> _Auftrag:
    land, stand = quellen.land, felder(quellen)
    with lies(quellen.engine) as v:
        personen = lies_personen(v)
        # Of other years and datasets the portal has no page.
        fassungen = [f for f in lies_fassungen(v, jetzt - FRISCH) if f.schluessel in stand]
    offen = [Offen(s, feld.label, feld.was_nun) for s, feld in stand.items() if _fehlt(feld)]
    lage = Meldelage(fassungen, personen, offen, land.lieferfristen, land.erinnerungstage)
    wunsch = {n.kennung: n for n in nachrichten(lage, jetzt)}
    return _Auftrag(quellen, einstellung, wunsch, {p.id: p for p in personen})


def _fehlt(feld: Feld) -> bool:
    """Whether the Meldeeinheit still owes it, as in the matrix; what waits for its check is not owed for now."""
    return feld.ist_erwartet and feld.gueltig is None and feld.code != EINGEGANGEN


def _stelle_ein(engine: sa.Engine, wunsch: Sequence[Nachricht], jetzt: datetime) -> int:
    with lies(engine) as v:
        abgleich = gleiche_ab(v, wunsch, jetzt)
    if abgleich.ist_leer:
        return 0
    with schreibe(engine) as v:
        abgleich = stelle_ein(v, wunsch, jetzt)
    return len(abgleich.neu) + len(abgleich.wieder)
