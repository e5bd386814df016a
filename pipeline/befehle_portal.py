"""The commands `portal` and `konto …`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the pages (`pipeline/portal/`).
"""

import re
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import sqlalchemy as sa

    from assets.ablage import Ablage

EINGABE_SCHLECHT = 1
_KENNUNG = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,79}")


def oeffne_lieferbuch() -> "tuple[Ablage, sa.Engine]":
    """Ablage and Lieferbuch, brought up to date."""
    from assets.lieferbuch.migration import migriere
    from assets.lieferbuch.verbindung import adresse, oeffne
    from pipeline.umgebung import richte_ein

    ablage = richte_ein()
    engine = oeffne(adresse(ablage))
    migriere(engine)
    return ablage, engine


@click.command()
@click.option("--adresse", default="127.0.0.1", show_default=True, help="Adresse, an der gelauscht wird.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port.")
@click.option(
    "--rechner", multiple=True, help="Name, unter dem das Portal erreichbar ist; mehrfach möglich. Sonst nur localhost."
)
def portal(adresse: str, port: int, rechner: tuple[str, ...]) -> None:
    """Startet das Portal, über das die Kreise abgeben.

    Nach außen gehört es hinter einen Server mit TLS; Browser melden sich nur über https oder auf demselben Rechner an.
    """
    import uvicorn

    from assets.lieferbuch.nachtrag import trage_nach
    from pipeline.portal.app import baue_app
    from pipeline.portal.rahmen import Umfeld
    from schemas.laender import gewaehltes_land

    ablage, engine = oeffne_lieferbuch()
    land = gewaehltes_land()
    trage_nach(engine, ablage, land)
    app = baue_app(Umfeld(ablage, land, engine), rechner or ("localhost", "127.0.0.1"))
    click.echo(f"Portal: http://{adresse}:{port}/")
    uvicorn.run(
        app, host=adresse, port=port, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=20
    )


@click.group()
def konto() -> None:
    """Konten des Portals."""


@konto.command()
@click.argument("kennung")
@click.option("--name", required=True, help="Name der Person, wie ihn andere im Portal sehen.")
@click.option("--rolle", required=True, help="bearbeitung, freigabe, ansicht, fachstelle oder verwaltung.")
@click.option("--meldeeinheit", help="Für welche Meldeeinheit; bei fachstelle und verwaltung ohne.")
def anlegen(kennung: str, name: str, rolle: str, meldeeinheit: str | None) -> None:
    """Legt ein Konto an oder gibt einem vorhandenen eine weitere Rolle; das Passwort wird erfragt."""
    from assets.lieferbuch.anmeldung import setze_passwort
    from assets.lieferbuch.rechte import lege_person_an, vergib
    from assets.lieferbuch.tabellen import SYSTEM
    from assets.lieferbuch.verbindung import schreibe
    from schemas.laender import gewaehltes_land

    kennung = kennung.casefold()
    if not _KENNUNG.fullmatch(kennung):
        raise click.BadParameter("3 bis 80 Zeichen: Kleinbuchstaben, Ziffern und . _ @ + -", param_hint="KENNUNG")
    if meldeeinheit not in (None, *(m.id for m in gewaehltes_land().meldeeinheiten)):
        raise click.BadParameter(f"{meldeeinheit} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    _, engine = oeffne_lieferbuch()
    with schreibe(engine) as v:
        person = finde_person(v, kennung)
    gemerkt = None if person else _erfrage_passwort(kennung)
    with schreibe(engine) as v:
        nummer = person or lege_person_an(v, kennung, name, SYSTEM)
        vergib(v, nummer, rolle, SYSTEM, meldeeinheit)
        if gemerkt:
            setze_passwort(v, kennung, gemerkt)
    click.echo(f"{kennung}: {rolle}{f' für {meldeeinheit}' if meldeeinheit else ''}.")


@konto.command()
@click.argument("kennung")
def passwort(kennung: str) -> None:
    """Setzt ein neues Passwort; wer mit dem alten angemeldet ist, wird abgemeldet."""
    from assets.lieferbuch.anmeldung import setze_passwort
    from assets.lieferbuch.verbindung import schreibe

    kennung = kennung.casefold()
    _, engine = oeffne_lieferbuch()
    gemerkt = _erfrage_passwort(kennung)
    with schreibe(engine) as v:
        setze_passwort(v, kennung, gemerkt)
    click.echo(f"{kennung}: Das Passwort ist geändert.")


def finde_person(v: "sa.Connection", kennung: str) -> int | None:
    """The number of the account; None if there is none."""
    import sqlalchemy as sa

    from assets.lieferbuch.tabellen import benutzer

    return v.execute(sa.select(benutzer.c.id).where(benutzer.c.kennung == kennung)).scalar_one_or_none()


def _erfrage_passwort(kennung: str) -> str:
    """The hash of a password typed twice, or of the first line of standard input."""
    from pipeline.portal.passwort import PasswortError, verschluessle

    if sys.stdin.isatty():
        eingabe = click.prompt("Passwort", hide_input=True, confirmation_prompt="Passwort noch einmal")
    else:
        eingabe = sys.stdin.readline().rstrip("\r\n")
    try:
        return verschluessle(eingabe, kennung)
    except PasswortError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)


BEFEHLE = (portal, konto)
