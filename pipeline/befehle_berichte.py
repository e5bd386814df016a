"""The commands about reports, `editionen` and `druck`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: rendering (`assets/berichte/`) and printing
(`assets/druck/`).
"""

import sys

import click

from schemas.editionen import OEFFENTLICH

UNBRAUCHBAR, PROGRAMMFEHLER = 1, 3


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


@click.command()
@click.option("--edition", default=OEFFENTLICH, show_default=True, help="Welche Fassung gedruckt wird.")
def druck(edition: str) -> None:
    """Druckt die Berichte einer Fassung als PDF, soweit sich ihre Seiten geändert haben; braucht Chromium."""
    from rich.console import Console

    from assets.berichte.rendern import OrdnerFehltError, editionen
    from assets.druck.bilden import EditionFehltError, drucke
    from assets.druck.chromium import ChromiumFehltError, DruckError
    from pipeline.anzeige import Anzeige
    from pipeline.umgebung import richte_ein
    from schemas.laender import gewaehltes_land

    ablage, land = richte_ein(), gewaehltes_land()
    if edition not in editionen(land):
        raise click.BadParameter(f"{edition} ist keine Fassung.", param_hint="--edition")
    anzeige = Anzeige(Console())
    try:
        with anzeige.laeuft():
            ergebnis = drucke(ablage, land, edition)
    except (ChromiumFehltError, DruckError, EditionFehltError, OrdnerFehltError) as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(PROGRAMMFEHLER if isinstance(fehler, ChromiumFehltError | DruckError) else UNBRAUCHBAR)
    seiten = sum(e.seiten for e in ergebnis.eintraege)
    click.echo(
        f"{len(ergebnis.eintraege)} PDF mit {seiten} Seiten; {ergebnis.gedruckt} davon neu gedruckt, die übrigen waren "
        "auf dem Stand."
    )
    click.echo(f"PDF: {ergebnis.ordner / 'index.html'}")


BEFEHLE = (editionen, druck)
