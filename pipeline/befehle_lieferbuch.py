"""The commands `lieferbuch …` and `freigeben`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: keeping the Lieferbuch (`assets/lieferbuch/`).
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from schemas.zahlwort import in_zahlen

if TYPE_CHECKING:
    import sqlalchemy as sa

    from assets.ablage import Ablage
    from assets.lieferbuch.lesen import Fassungsverlauf

EINGABE_SCHLECHT = 1


@click.group()
def lieferbuch() -> None:
    """Das Lieferbuch: wer wann was geliefert, freigegeben und zurückgezogen hat."""


@contextmanager
def geoeffnet() -> "Iterator[tuple[Ablage, sa.Engine]]":
    """Ablage and Lieferbuch for the length of a command, as it stands."""
    from assets.lieferbuch.verbindung import adresse, oeffne
    from pipeline.umgebung import richte_ein

    ablage = richte_ein()
    engine = oeffne(adresse(ablage))
    try:
        yield ablage, engine
    finally:
        engine.dispose()


@lieferbuch.command()
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def aufbauen(als_json: bool) -> None:
    """Legt das Lieferbuch an oder bringt es auf den Stand von Belegen und Prüfprotokollen.

    Was nur Menschen wissen, etwa Freigaben und Begründungen, bleibt, wie es ist.
    """
    from assets.lieferbuch.migration import migriere
    from assets.lieferbuch.nachtrag import trage_nach
    from schemas.laender import gewaehltes_land

    with geoeffnet() as (ablage, engine):
        migriere(engine)
        ergebnis = trage_nach(engine, ablage, gewaehltes_land())
        wo = engine.url.render_as_string(hide_password=True)
    if als_json:
        click.echo(json.dumps(asdict(ergebnis), ensure_ascii=False, indent=1))
        return
    click.echo(
        f"{wo}: {in_zahlen(ergebnis.lieferungen, 'Lieferung', 'Lieferungen')}, "
        f"{ergebnis.nachgetragen} davon nachgetragen."
    )


@lieferbuch.command()
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def pruefen(als_json: bool) -> None:
    """Prüft, ob das Protokoll der Änderungen unversehrt ist und ob Lieferbuch und Ablage dasselbe sagen.

    Endet mit 1, wenn etwas nicht stimmt. Wer Länge und Kopf des Protokolls an anderer Stelle notiert, sieht auch, ob
    am Ende etwas fehlt.
    """
    from assets.lieferbuch.abgleich import widersprueche
    from assets.lieferbuch.kette import pruefe_kette
    from assets.lieferbuch.migration import verlange_stand
    from assets.lieferbuch.verbindung import lies
    from schemas.laender import gewaehltes_land

    with geoeffnet() as (ablage, engine):
        verlange_stand(engine)
        with lies(engine) as v:
            kette = pruefe_kette(v)
            gefunden = list(widersprueche(v, ablage, gewaehltes_land()))
    if als_json:
        daten = {"ereignisse": kette.laenge, "kopf": kette.kopf, "widersprueche": gefunden}
        click.echo(json.dumps(daten, ensure_ascii=False, indent=1))
    else:
        click.echo(f"Protokoll der Änderungen: {in_zahlen(kette.laenge, 'Ereignis', 'Ereignisse')}, Kopf {kette.kopf}")
        for satz in gefunden:
            click.echo(satz, err=True)
        if not gefunden:
            click.echo("Lieferbuch und Ablage stimmen überein.")
    if gefunden:
        sys.exit(EINGABE_SCHLECHT)


@lieferbuch.command()
@click.argument("datensatz")
@click.argument("meldeeinheit")
@click.argument("jahr", type=int)
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def verlauf(datensatz: str, meldeeinheit: str, jahr: int, als_json: bool) -> None:
    """Zeigt alle Fassungen einer Lieferung, die neueste zuerst, und was mit ihnen geschah."""
    from assets.eingang.dateiname import Lieferschluessel
    from assets.lieferbuch.lesen import verlauf as lies_verlauf
    from assets.lieferbuch.migration import verlange_stand
    from assets.lieferbuch.verbindung import lies

    with geoeffnet() as (_, engine):
        verlange_stand(engine)
        with lies(engine) as v:
            gefunden = lies_verlauf(v, Lieferschluessel(datensatz, jahr, meldeeinheit))
    if als_json:
        click.echo(json.dumps([asdict(f) for f in gefunden], ensure_ascii=False, indent=1))
        return
    for fassung in gefunden:
        _drucke(fassung)


def _drucke(fassung: "Fassungsverlauf") -> None:
    from assets.ortszeit import zeit
    from schemas.lieferbuch import EREIGNISSE, FASSUNGSZUSTAND

    click.echo(f"Fassung {fassung.version} ({fassung.dateiname}): {FASSUNGSZUSTAND.label_von(fassung.zustand)}")
    click.echo(f"  {fassung.was_nun}")
    if fassung.rueckzugsgrund:
        click.echo(f"  Grund: {fassung.rueckzugsgrund}")
    for e in fassung.ereignisse:
        daten = json.loads(e.daten)
        was = FASSUNGSZUSTAND.label_von(daten["nach"]) if e.art == "zustand" else EREIGNISSE.label_von(e.art)
        click.echo(f"  {zeit(e.zeitpunkt)}: {was}")


@click.command()
@click.argument("datensatz")
@click.argument("meldeeinheit")
@click.argument("jahr", type=int)
@click.option("--version", type=click.IntRange(1), help="Welche Version; sonst die angenommene, die gilt.")
@click.option("--kennung", required=True, help="Das eigene Konto; sein Passwort wird erfragt.")
def freigeben(datensatz: str, meldeeinheit: str, jahr: int, version: int | None, kennung: str) -> None:
    """Gibt eine angenommene Lieferung frei, wie im Portal: durch eine zweite Person, nie durch die abgebende."""
    from assets.eingang.dateiname import Lieferschluessel
    from assets.lieferbuch.abdruck import teile_mit
    from assets.lieferbuch.fuehren import finde, gib_frei
    from assets.lieferbuch.lesen import gueltige_version
    from assets.lieferbuch.migration import verlange_stand
    from assets.lieferbuch.verbindung import schreibe

    schluessel = Lieferschluessel(datensatz, jahr, meldeeinheit)
    with geoeffnet() as (ablage, engine):
        verlange_stand(engine)
        person = _weise_dich_aus(engine, kennung.strip().casefold())
        with schreibe(engine) as v:
            nummer = version or gueltige_version(v, schluessel)
            gib_frei(v, finde(v, schluessel, nummer), person)
        teile_mit(engine, ablage, schluessel)
    click.echo(f"Freigegeben: {datensatz}, {meldeeinheit}, {jahr}, Version {nummer}.")


def _weise_dich_aus(engine: "sa.Engine", kennung: str) -> int:
    """The person of an account whose password is typed, or the first line of standard input."""
    from assets.lieferbuch.anmeldung import finde_konto
    from assets.lieferbuch.verbindung import lies
    from pipeline.befehle_portal import frage_passwort
    from pipeline.portal.passwort import stimmt

    with lies(engine) as v:
        konto = finde_konto(v, kennung)
    if not stimmt(frage_passwort(), konto.passwort_hash if konto else None) or konto is None:
        click.echo("Kennung oder Passwort stimmen nicht.", err=True)
        sys.exit(EINGABE_SCHLECHT)
    return konto.id


BEFEHLE: tuple[click.Command, ...] = (lieferbuch, freigeben)
