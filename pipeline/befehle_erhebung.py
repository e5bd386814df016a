"""The commands `vorlage`, `zusammenfuehren` and `handbuch`; `pipeline/cli.py` adds them to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the work (`pipeline/erhebung.py`), imported inside
the commands, so that `--help` answers at once.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schemas.zahlwort import in_zahlen

if TYPE_CHECKING:
    from assets.erhebung.zusammenfuehren import FehlenderTraeger
    from pipeline.erhebung import Zusammengefuehrt

EINGABE_SCHLECHT = 1
FORMEN = ("csv", "xlsx")


@click.command()
@click.argument("datensatz")
@click.option("--format", "form", type=click.Choice(FORMEN), help="Ohne Angabe: wie die Endung von --nach.")
@click.option("--meldeeinheit", help="Kennung der Meldeeinheit, für die die Vorlage ist.")
@click.option("--jahr", type=int, help="Berichtsjahr, für das die Vorlage ist.")
@click.option("--traeger", help="Nur die Stellen dieses Trägers, schon eingetragen.")
@click.option("--vorbelegt", is_flag=True, help="Mit den bekannten Stellen und einem Blatt mit amtlichen Zahlen.")
@click.option("--nach", type=click.Path(dir_okay=False, path_type=Path), help="Zieldatei.")
def vorlage(
    datensatz: str,
    *,
    form: str | None,
    meldeeinheit: str | None,
    jahr: int | None,
    traeger: str | None,
    vorbelegt: bool,
    nach: Path | None,
) -> None:
    """Schreibt die Vorlage eines DATENSATZes oder, mit „alle“, eine Arbeitsmappe für alle.

    Ohne --nach geht CSV auf die Standardausgabe und eine Arbeitsmappe in eine passend benannte Datei.
    """
    from pipeline import erhebung

    wunsch = erhebung.Wunsch(datensatz.lower(), meldeeinheit, jahr, traeger, vorbelegt)
    form = _form(form, nach, "xlsx" if wunsch.datensatz == erhebung.ALLE else "csv")
    try:
        inhalt = erhebung.erstelle_vorlage(wunsch, form, *erhebung.umgebung())
    except erhebung.ErhebungError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    if nach is None and form == "csv":
        click.echo(inhalt, nl=False)
        return
    ziel = nach or Path(f"{wunsch.dateistamm}.{form}")
    ziel.parent.mkdir(parents=True, exist_ok=True)
    ziel.write_bytes(inhalt)
    click.echo(f"Die Vorlage liegt in {ziel}.")


def _form(form: str | None, nach: Path | None, sonst: str) -> str:
    """The form asked for, else what the ending of the target says; the two must not contradict each other."""
    endung = nach.suffix.lstrip(".").lower() if nach else ""
    if endung not in ("", *FORMEN) or (form and endung and form != endung):
        raise click.BadParameter(f"Die Endung muss .{' oder .'.join([form] if form else FORMEN)} sein.")
    return form or endung or sonst


@click.command()
@click.argument("dateien", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--nach",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Lieferdatei; ihr Name sagt, was es ist: <datensatz>_<meldeeinheit>_<jahr>.csv oder .xlsx, "
    "für mehrere Datensätze lieferung_<meldeeinheit>_<jahr>.xlsx.",
)
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
def zusammenfuehren(dateien: tuple[Path, ...], nach: Path, als_json: bool) -> None:
    """Führt die DATEIEN mehrerer Träger zu einer Lieferung zusammen und nennt, wer noch fehlt."""
    from pipeline import erhebung

    try:
        ergebnis = erhebung.fuehre_dateien_zusammen(dateien, nach, *erhebung.umgebung())
    except erhebung.ErhebungError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(EINGABE_SCHLECHT)
    if als_json:
        click.echo(json.dumps(_als_daten(ergebnis), ensure_ascii=False, indent=1))
    else:
        _drucke(ergebnis, nach)
    if ergebnis.probleme:
        sys.exit(EINGABE_SCHLECHT)


def _als_daten(ergebnis: "Zusammengefuehrt") -> dict[str, Any]:
    """Counts, files and missing Träger by dataset, and all problems."""
    datensaetze = {
        name: {
            "zeilen": e.zeilen.height,
            "teile": [asdict(t) for t in e.teile],
            "fehlende": [asdict(f) for f in e.fehlende],
        }
        for name, e in ergebnis.je_datensatz.items()
    }
    return {"datensaetze": datensaetze, "probleme": ergebnis.probleme}


def _drucke(ergebnis: "Zusammengefuehrt", nach: Path) -> None:
    for name, e in ergebnis.je_datensatz.items():
        vorsatz = f"{name}: " if len(ergebnis.je_datensatz) > 1 else ""
        for teil in e.teile:
            wessen = f" ({', '.join(teil.traeger)})" if teil.traeger else ""
            click.echo(f"{vorsatz}{teil.dateiname}: {in_zahlen(teil.zeilen, 'Zeile', 'Zeilen')}{wessen}")
        for fehlender in e.fehlende:
            click.echo(f"{vorsatz}Es fehlt: {_in_worten(fehlender)}")
    for problem in ergebnis.probleme:
        click.echo(problem, err=True)
    if ergebnis.probleme:
        click.echo("Es wurde nichts geschrieben. Bitte die genannten Stellen berichtigen.", err=True)
    else:
        gesamt = sum(e.zeilen.height for e in ergebnis.je_datensatz.values())
        click.echo(f"{in_zahlen(gesamt, 'Zeile liegt', 'Zeilen liegen')} in {nach}.")


def _in_worten(traeger: "FehlenderTraeger") -> str:
    abgemeldet = "; hat laut Stellenverzeichnis nicht gemeldet" if traeger.abgemeldet else ""
    return f"{traeger.name} ({traeger.id}){abgemeldet}"


@click.command()
@click.option("--nach", required=True, type=click.Path(file_okay=False, path_type=Path), help="Ordner für die Seiten.")
def handbuch(nach: Path) -> None:
    """Schreibt das Erhebungshandbuch als HTML-Seiten."""
    from pipeline import erhebung

    _, land = erhebung.umgebung()
    zahl = sum(1 for _ in erhebung.schreibe_handbuch(nach, land))
    click.echo(f"Das Erhebungshandbuch ({in_zahlen(zahl, 'Datei', 'Dateien')}) beginnt in {nach / 'index.html'}.")


BEFEHLE: tuple[click.Command, ...] = (vorlage, zusammenfuehren, handbuch)
"""What `pipeline/cli.py` adds."""
