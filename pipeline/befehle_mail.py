"""The commands `mail …`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: what is told and how it is sent (`pipeline/mail/`).
"""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.mail.einstellung import Einstellung

EINGABE_SCHLECHT, PROGRAMMFEHLER = 1, 3


@click.group()
def mail() -> None:
    """Mails an die Personen des Portals; aus, solange TEILHABE_MAIL nicht gesetzt ist."""


@mail.command()
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def senden(als_json: bool) -> None:
    """Stellt ein, was zu melden ist, und versendet, was ansteht; für den regelmäßigen Aufruf ohne Dagster."""
    from assets.lieferbuch.migration import verlange_stand
    from pipeline.befehle_lieferbuch import geoeffnet
    from pipeline.mail.ablauf import sende_alles
    from pipeline.portal.quellen import Quellen
    from schemas.laender import gewaehltes_land

    einstellung = _eingerichtet(als_json=als_json)
    if einstellung is None:
        return
    with geoeffnet() as (ablage, engine):
        verlange_stand(engine)
        ergebnis = sende_alles(Quellen(ablage, gewaehltes_land(), engine), einstellung)
    click.echo(json.dumps(asdict(ergebnis), ensure_ascii=False, indent=1) if als_json else ergebnis.als_text())
    if ergebnis.stoerung is not None:
        click.echo(ergebnis.stoerung, err=True)
        sys.exit(PROGRAMMFEHLER)


def _eingerichtet(*, als_json: bool) -> "Einstellung | None":
    """The settings; without them it is said that there is nothing to do, which is no fault."""
    from pipeline.mail.einstellung import AUS, lies_einstellung

    einstellung = lies_einstellung()
    if einstellung is None:
        click.echo(AUS, err=als_json)
        if als_json:
            click.echo("null")
    return einstellung


@mail.command()
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def liste(als_json: bool) -> None:
    """Zeigt, was wem gemeldet wurde und was noch ansteht, das Neueste zuerst."""
    from assets.lieferbuch.migration import verlange_stand
    from assets.lieferbuch.postausgang import eintraege
    from assets.lieferbuch.verbindung import lies
    from assets.ortszeit import zeit
    from pipeline.befehle_lieferbuch import geoeffnet
    from schemas.lieferbuch import MAILANLAESSE

    with geoeffnet() as (_, engine):
        verlange_stand(engine)
        with lies(engine) as v:
            alle = eintraege(v)
    if als_json:
        click.echo(json.dumps([asdict(e) for e in alle], ensure_ascii=False, indent=1))
        return
    for e in alle:
        wann = zeit(e.versandt_am or e.erstellt_am)
        click.echo(f"{wann}  {e.kennung}: {MAILANLAESSE.label_von(e.anlass)} ({e.betrifft}): {e.zustand}")
        if e.fehler:
            weiter = f" Nächster Versuch ab {zeit(e.naechster_versuch)}." if e.naechster_versuch else ""
            click.echo(f"  Versuch {e.versuche}: {e.fehler}{weiter if e.zustand == 'wartet' else ''}")


@mail.command()
@click.argument("adresse")
def probe(adresse: str) -> None:
    """Sendet eine Nachricht ohne Inhalt an ADRESSE und sagt, ob der Mailserver sie angenommen hat."""
    import uuid

    from pipeline.mail.fehler import MailError
    from pipeline.mail.text import schreibe_probe
    from pipeline.mail.versand import sende, verbinde

    einstellung = _eingerichtet(als_json=False)
    if einstellung is None:
        sys.exit(EINGABE_SCHLECHT)
    nachricht = schreibe_probe(adresse, uuid.uuid4().hex, einstellung)
    try:
        with verbinde(einstellung) as server:
            sende(server, nachricht)
    except MailError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(PROGRAMMFEHLER)
    click.echo("Der Mailserver hat die Nachricht angenommen.")


BEFEHLE: tuple[click.Command, ...] = (mail,)
