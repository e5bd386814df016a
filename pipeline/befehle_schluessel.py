"""The commands `schluessel …`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: keeping keys (`assets/lieferbuch/schluessel.py`).
"""

from datetime import timedelta
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assets.lieferbuch.schluessel import Schluessel

_HOECHSTE_TAGE = 1096


@click.group()
def schluessel() -> None:
    """Zugangsschlüssel, mit denen Programme über das Portal abgeben."""


@schluessel.command()
@click.argument("kennung")
@click.option("--meldeeinheit", required=True, help="Für welche Meldeeinheit damit abgegeben wird.")
@click.option("--zweck", required=True, help="Wofür er ist, zum Beispiel der Name des Programms.")
@click.option(
    "--tage",
    default=365,
    show_default=True,
    type=click.IntRange(1, _HOECHSTE_TAGE),
    help="Wie lange er gilt.",
)
def anlegen(kennung: str, meldeeinheit: str, zweck: str, tage: int) -> None:
    """Stellt einen Zugangsschlüssel aus und zeigt ihn dieses eine Mal.

    KENNUNG ist das Konto der Person, die für ihn einsteht: Sie gilt als die, die abgegeben hat, und kann deshalb nicht
    freigeben.
    """
    from assets.lieferbuch.konten import finde_nummer
    from assets.lieferbuch.schluessel import stelle_aus
    from assets.lieferbuch.tabellen import SYSTEM
    from assets.lieferbuch.verbindung import schreibe
    from pipeline.befehle_portal import oeffne_lieferbuch
    from schemas.laender import gewaehltes_land

    if meldeeinheit not in {m.id for m in gewaehltes_land().meldeeinheiten}:
        raise click.BadParameter(f"{meldeeinheit} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    _, engine = oeffne_lieferbuch()
    with schreibe(engine) as v:
        person = finde_nummer(v, kennung.casefold())
        dauer = timedelta(days=tage)
        nummer, geheimnis = stelle_aus(v, person, meldeeinheit, SYSTEM, zweck=zweck, dauer=dauer)
    click.echo(f"Zugangsschlüssel {nummer} für {meldeeinheit}. Bitte jetzt sicher ablegen, er wird nie wieder gezeigt:")
    click.echo(geheimnis)


@schluessel.command()
def liste() -> None:
    """Zeigt alle Zugangsschlüssel, auch abgelaufene und gesperrte; nie den Schlüssel selbst."""
    from assets.lieferbuch.schluessel import alle_schluessel
    from assets.lieferbuch.verbindung import lies
    from pipeline.befehle_portal import oeffne_lieferbuch

    _, engine = oeffne_lieferbuch()
    with lies(engine) as v:
        gefunden = alle_schluessel(v)
    for s in gefunden:
        click.echo(_zeile(s))
    if not gefunden:
        click.echo("Es gibt noch keinen Zugangsschlüssel.")


def _zeile(s: "Schluessel") -> str:
    from assets.ortszeit import zeit

    if s.gesperrt_am is not None:
        stand = f"gesperrt seit {zeit(s.gesperrt_am)}"
    else:
        stand = f"{'gilt' if s.gilt else 'abgelaufen,'} bis {zeit(s.gueltig_bis)}"
    von = f"ausgestellt von {s.ausgestellt_von} am {zeit(s.ausgestellt_am)}"
    return f"{s.nummer}: {s.meldeeinheit}, {s.zweck}, für {s.verantwortlich}, {von}, {stand}"


@schluessel.command()
@click.argument("nummer", type=int)
def sperren(nummer: int) -> None:
    """Sperrt einen Zugangsschlüssel sofort und für immer; was damit kam, bleibt."""
    from assets.lieferbuch.schluessel import sperre
    from assets.lieferbuch.tabellen import SYSTEM
    from assets.lieferbuch.verbindung import schreibe
    from pipeline.befehle_portal import oeffne_lieferbuch

    _, engine = oeffne_lieferbuch()
    with schreibe(engine) as v:
        sperre(v, nummer, SYSTEM)
    click.echo(f"Zugangsschlüssel {nummer} ist gesperrt.")


BEFEHLE: tuple[click.Command, ...] = (schluessel,)
