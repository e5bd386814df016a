"""The command `verwendungsnachweis`; `pipeline/cli.py` adds it to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the work (`assets/auswertung/`), imported inside the
command, so that `--help` answers at once.
"""

import sys
from pathlib import Path

import click

EINGABE_SCHLECHT = 1


@click.command()
@click.option("--meldeeinheit", required=True, help="Kennung der Meldeeinheit.")
@click.option("--jahr", required=True, type=int, help="Haushaltsjahr.")
@click.option(
    "--nach",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Zieldatei; ihre Endung (.csv oder .xlsx) sagt die Form.",
)
def verwendungsnachweis(meldeeinheit: str, jahr: int, nach: Path) -> None:
    """Schreibt den zahlenmäßigen Nachweis (§ 7 Abs. 2 Nr. 2 KomIntAVO) aus den angenommenen Buchungen."""
    from assets.auswertung.bilden_mittel import nachweis_von
    from assets.auswertung.verwendungsnachweis import FORMEN, als_datei
    from pipeline.erhebung import umgebung

    ablage, land = umgebung()
    form = nach.suffix.lstrip(".").lower()
    if form not in FORMEN:
        raise click.BadParameter(f"Die Endung muss .{' oder .'.join(FORMEN)} sein.", param_hint="--nach")
    if meldeeinheit not in {m.id for m in land.meldeeinheiten}:
        raise click.BadParameter(f"{meldeeinheit} ist keine Meldeeinheit.", param_hint="--meldeeinheit")
    nachweis = nachweis_von(ablage, land, meldeeinheit, jahr)
    if nachweis is None:
        click.echo(f"Für das Haushaltsjahr {jahr} liegen von {meldeeinheit} keine geprüften Buchungen vor.", err=True)
        sys.exit(EINGABE_SCHLECHT)
    nach.parent.mkdir(parents=True, exist_ok=True)
    nach.write_bytes(als_datei(nachweis, form))
    click.echo(f"Der Verwendungsnachweis liegt in {nach}.")


BEFEHLE: tuple[click.Command, ...] = (verwendungsnachweis,)
