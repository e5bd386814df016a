"""The commands `portal` and `konto …`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the pages (`pipeline/portal/`).
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import sqlalchemy as sa

    from assets.ablage import Ablage
    from pipeline.portal.oidc import Anbieter

EINGABE_SCHLECHT = 1


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
    from pipeline.portal.fristen import einstellung
    from pipeline.portal.grenzen import Grenzen
    from pipeline.portal.rahmen import Umfeld
    from pipeline.portal.siegel import lade_siegel
    from pipeline.portal.werkbank import Werkbank
    from schemas.laender import gewaehltes_land

    ablage, engine = oeffne_lieferbuch()
    # Whoever starts the portal should hear that no key is set, not whoever asks for the first receipt.
    lade_siegel(ablage)
    _lege_spule_an(ablage)
    ablage.raeume_auf()
    land = gewaehltes_land()
    trage_nach(engine, ablage, land)
    grenzen = Grenzen()
    werkbank = Werkbank(grenzen.gleichzeitig, grenzen.arbeit)
    app = baue_app(Umfeld(ablage, land, engine, grenzen, werkbank, _anbieter()), rechner or ("localhost", "127.0.0.1"))
    click.echo(f"Portal: http://{adresse}:{port}/")
    uvicorn.Server(einstellung(app, adresse, port, grenzen)).run()


def _anbieter() -> "Anbieter | None":
    """Where people can sign in besides here, if that is set up."""
    from pipeline.portal.anbieter import AnbieterError, aus_umgebung

    try:
        angaben = aus_umgebung()
    except AnbieterError as fehler:
        raise click.ClickException(str(fehler)) from fehler
    if angaben is None:
        return None
    try:
        from pipeline.portal.oidc import Anbieter
    except ModuleNotFoundError:
        hinweis = "Anmeldung über OpenID Connect: nicht möglich, bitte pip install 'teilhabeberichte[oidc]'"
        click.echo(hinweis, err=True)
        return None
    return Anbieter(angaben)


def _lege_spule_an(ablage: "Ablage") -> None:
    """Lets large forms wait in `TMPDIR`, else beside the data: elsewhere may be memory, or others' disk.

    Named here once, because Python would go elsewhere by itself if there were no room.
    """
    ort = os.environ.get("TMPDIR") or (str(ablage.lokal.resolve() / "spule") if ablage.lokal else tempfile.gettempdir())
    Path(ort).mkdir(parents=True, exist_ok=True)
    tempfile.tempdir = ort


@click.group()
def konto() -> None:
    """Konten des Portals."""


@konto.command()
@click.argument("kennung")
@click.option("--name", required=True, help="Name der Person, wie ihn andere im Portal sehen.")
@click.option("--rolle", required=True, help="bearbeitung, freigabe, ansicht, fachstelle oder verwaltung.")
@click.option("--meldeeinheit", help="Für welche Meldeeinheit; bei fachstelle und verwaltung ohne.")
@click.option("--mail", help="Adresse, an die das Portal schreibt; ohne sie bekommt die Person keine Mails.")
def anlegen(kennung: str, name: str, rolle: str, meldeeinheit: str | None, mail: str | None) -> None:
    """Legt ein Konto an oder gibt einem vorhandenen eine weitere Rolle; das Passwort wird erfragt."""
    from assets.lieferbuch.anmeldung import setze_passwort
    from assets.lieferbuch.fehler import LieferbuchError
    from assets.lieferbuch.konten import nummer_von
    from assets.lieferbuch.mailadresse import setze_mail
    from assets.lieferbuch.rechte import lege_person_an, pruefe_person, vergib
    from assets.lieferbuch.tabellen import SYSTEM
    from assets.lieferbuch.verbindung import lies, schreibe
    from schemas.laender import gewaehltes_land

    kennung = kennung.casefold()
    try:
        pruefe_person(kennung, name, mail)
    except LieferbuchError as fehler:
        raise click.UsageError(str(fehler)) from fehler
    if meldeeinheit not in (None, *(m.id for m in gewaehltes_land().meldeeinheiten)):
        raise click.BadParameter(f"{meldeeinheit} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    _, engine = oeffne_lieferbuch()
    with lies(engine) as v:
        person = nummer_von(v, kennung)
    gemerkt = None if person else _erfrage_passwort(kennung)
    with schreibe(engine) as v:
        nummer = person or lege_person_an(v, kennung, name, SYSTEM)
        vergib(v, nummer, rolle, SYSTEM, meldeeinheit)
        if gemerkt:
            setze_passwort(v, kennung, gemerkt)
        if mail is not None:
            setze_mail(v, kennung, mail)
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


@konto.command("mail")
@click.argument("kennung")
@click.argument("adresse", required=False)
@click.option("--ohne", is_flag=True, help="Nimmt die Adresse weg.")
def mailadresse(kennung: str, adresse: str | None, *, ohne: bool) -> None:
    """Setzt die Adresse, an die das Portal schreibt."""
    from assets.lieferbuch.mailadresse import setze_mail
    from assets.lieferbuch.verbindung import schreibe

    if ohne == (adresse is not None):
        raise click.UsageError("Bitte entweder eine ADRESSE oder --ohne angeben.")
    kennung = kennung.casefold()
    _, engine = oeffne_lieferbuch()
    with schreibe(engine) as v:
        setze_mail(v, kennung, adresse)
    click.echo(f"{kennung}: {'keine Mails' if ohne else adresse}.")


@konto.command()
@click.argument("kennung")
def sperren(kennung: str) -> None:
    """Sperrt ein Konto; die Person wird überall abgemeldet."""
    from assets.lieferbuch.konten import sperre

    _an_konto(kennung, sperre)
    click.echo(f"{kennung.casefold()}: gesperrt.")


@konto.command()
@click.argument("kennung")
def entsperren(kennung: str) -> None:
    """Entsperrt ein Konto; seine Rechte gelten wieder."""
    from assets.lieferbuch.konten import entsperre

    _an_konto(kennung, entsperre)
    click.echo(f"{kennung.casefold()}: entsperrt.")


@konto.command()
def liste() -> None:
    """Zeigt alle Konten mit Rechten, letzter Anmeldung und Sperren."""
    from assets.lieferbuch.konten import personen
    from assets.lieferbuch.verbindung import lies
    from assets.ortszeit import zeit

    _, engine = oeffne_lieferbuch()
    with lies(engine) as v:
        leute = personen(v)
    for p in leute:
        rechte = ", ".join(sorted(f"{rolle} {einheit}" if einheit else rolle for rolle, einheit in p.rechte))
        zuletzt = f"zuletzt {zeit(p.zuletzt_am)}" if p.zuletzt_am else "noch nie angemeldet"
        teile = [p.kennung, p.name, rechte or "keine Rechte", zuletzt, *(["gesperrt"] if p.gesperrt_am else [])]
        click.echo("; ".join(teile))


def _an_konto(kennung: str, tue: "Callable[[sa.Connection, int, int], None]") -> None:
    """Does something to the account of this name."""
    from assets.lieferbuch.konten import finde_nummer
    from assets.lieferbuch.tabellen import SYSTEM
    from assets.lieferbuch.verbindung import schreibe

    _, engine = oeffne_lieferbuch()
    with schreibe(engine) as v:
        tue(v, finde_nummer(v, kennung.casefold()), SYSTEM)


def frage_passwort(*, noch_einmal: bool = False) -> str:
    """A password typed unseen, or the first line of standard input."""
    if sys.stdin.isatty():
        zweite_frage = "Passwort noch einmal" if noch_einmal else False
        return str(click.prompt("Passwort", hide_input=True, confirmation_prompt=zweite_frage))
    return sys.stdin.readline().rstrip("\r\n")


def _erfrage_passwort(kennung: str) -> str:
    """The hash of a password typed twice, or of the first line of standard input."""
    from pipeline.portal.passwort import PasswortError, verschluessle

    try:
        return verschluessle(frage_passwort(noch_einmal=True), kennung)
    except PasswortError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)


BEFEHLE = (portal, konto)
