"""The command `editionen`; `pipeline/cli.py` adds it to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: rendering (`assets/berichte/`).
"""

import sys

import click

UNBRAUCHBAR = 1


@click.command()
@click.option("--meldeeinheit", "kennungen", multiple=True, help="Nur die Fassung dieser Meldeeinheit; mehrfach.")
def editionen(kennungen: tuple[str, ...]) -> None:
    """Schreibt interne Fassungen für einzelne Meldeeinheiten: eigene Zahlen genau, alle anderen wie veröffentlicht."""
    from assets.berichte.rendern import rendere
    from assets.geheimhaltung.bilden import ist_offen
    from pipeline.umgebung import richte_ein
    from schemas.editionen import fuer
    from schemas.laender import gewaehltes_land

    ablage, land = richte_ein(), gewaehltes_land()
    alle = [m.id for m in land.meldeeinheiten]
    if unbekannt := sorted(set(kennungen) - set(alle)):
        raise click.BadParameter(f"{', '.join(unbekannt)} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    if ist_offen(ablage, land):
        click.echo("Die öffentliche Ausgabe ist nicht auf dem Stand. Bitte zuerst: teilhabe lauf", err=True)
        sys.exit(UNBRAUCHBAR)
    for kennung in kennungen or alle:
        with ablage.sperre():
            ordner = rendere(ablage, land, fuer(kennung)).ordner
        click.echo(f"{land.meldeeinheit(kennung).name}: {ordner / 'index.html'}")


BEFEHLE = (editionen,)
