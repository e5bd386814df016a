"""The commands about releases; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: building and keeping releases
(`assets/veroeffentlichung/`).
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assets.veroeffentlichung.regal import Regal

EINGABE_SCHLECHT = 1


@contextmanager
def _geaendert() -> Iterator["Regal"]:
    """The releases while nobody else changes them; what cannot be done is said and ends the command."""
    from assets.veroeffentlichung.regal import Regal, ReleaseError
    from pipeline.umgebung import richte_ein

    ablage = richte_ein()
    try:
        with ablage.sperre():
            yield Regal(ablage)
    except ReleaseError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)


@click.command()
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def veroeffentlichen(als_json: bool) -> None:
    """Macht aus der öffentlichen Fassung eine unveränderliche Ausgabe und schaltet auf sie um."""
    from assets.veroeffentlichung.regal import ReleaseError
    from assets.veroeffentlichung.veroeffentlichen import NichtVeroeffentlichtError, veroeffentliche
    from pipeline.umgebung import richte_ein
    from schemas.laender import gewaehltes_land

    try:
        ergebnis = veroeffentliche(richte_ein(), gewaehltes_land())
    except NichtVeroeffentlichtError as fehler:
        click.echo("Nicht veröffentlicht:", err=True)
        for grund in fehler.gruende:
            click.echo(f"  {grund}", err=True)
        sys.exit(EINGABE_SCHLECHT)
    except ReleaseError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    release = ergebnis.release
    if als_json:
        angaben = {"release": release.kennung, "neu": ergebnis.neu, "ordner": str(ergebnis.ordner)}
        click.echo(json.dumps(angaben | {"unterschiede": dict(release.unterschiede)}, ensure_ascii=False, indent=1))
        return
    if not ergebnis.neu:
        click.echo(f"{release.kennung} gilt schon; seitdem hat sich nichts geändert.")
        return
    zahlen = ", ".join(f"{anzahl} {art}" for art, anzahl in release.unterschiede.items())
    click.echo(f"Veröffentlicht: {release.kennung}. Werte gegenüber der vorigen Ausgabe: {zahlen}.")
    click.echo(f"Berichte: {ergebnis.ordner / 'index.html'}")


@click.group()
def veroeffentlichung() -> None:
    """Frühere Veröffentlichungen: ansehen, zurückziehen, wiederherstellen."""


@veroeffentlichung.command()
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def verlauf(als_json: bool) -> None:
    """Zeigt, was wann veröffentlicht, zurückgezogen und wiederhergestellt wurde, und was jetzt gilt."""
    from dataclasses import asdict

    from assets.veroeffentlichung.regal import Regal
    from pipeline.umgebung import richte_ein
    from schemas.release import EREIGNISSE

    regal = Regal(richte_ein())
    if als_json:
        angaben = {"aktuell": regal.aktuell, "verlauf": [asdict(e) for e in regal.verlauf]}
        click.echo(json.dumps(angaben, ensure_ascii=False, indent=1))
        return
    for e in regal.verlauf:
        grund = f" ({e.grund})" if e.grund else ""
        click.echo(f"{e.zeit}  {e.release}  {EREIGNISSE.label_von(e.ereignis)}{grund}")
    click.echo(f"Es gilt: {regal.aktuell or 'keine Ausgabe'}.")


@veroeffentlichung.command()
@click.argument("release")
@click.option("--grund", required=True, help="Warum; steht im Verlauf.")
def zurueckziehen(release: str, grund: str) -> None:
    """Zieht die Ausgabe RELEASE zurück; danach gilt die letzte nicht zurückgezogene davor."""
    with _geaendert() as regal:
        jetzt = regal.ziehe_zurueck(release, grund)
    click.echo(f"{release} ist zurückgezogen. Es gilt: {jetzt or 'keine Ausgabe'}.")


@veroeffentlichung.command()
@click.argument("release")
@click.option("--grund", required=True, help="Warum; steht im Verlauf.")
def wiederherstellen(release: str, grund: str) -> None:
    """Lässt die frühere Ausgabe RELEASE wieder gelten."""
    with _geaendert() as regal:
        regal.stelle_wieder_her(release, grund)
    click.echo(f"{release} gilt wieder.")


BEFEHLE = (veroeffentlichen, veroeffentlichung)
