"""The command `angriff`; `pipeline/cli.py` adds it to `teilhabe`.

What belongs here: words in, words out, exit codes. What does not: the attack (`assets/angriff/`).
"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assets.angriff.laufen import Angriff, Befund

UNSICHER, UNBRAUCHBAR = 1, 2
ALLE = "alle"


@click.command()
@click.argument("ordner", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "als_json", is_flag=True, help="Ergebnis als JSON ausgeben.")
@click.option("--nach", type=click.Path(dir_okay=False, path_type=Path), help="Datei für das Ergebnis als JSON.")
@click.option(
    "--als",
    multiple=True,
    metavar="GEBIET",
    help="Außerdem mit dem Wissen dieses Gebiets angreifen; „alle“ für jede Meldeeinheit. Braucht --eigen.",
)
@click.option("--eigen", type=click.Path(path_type=Path), help="Ordner mit den ungeschützten Tabellen für --als.")
@click.option("--streng", is_flag=True, help="Auch was mit --als, an Gruppen und offen Kleinem gefunden wird, zählt.")
@click.option("--genau", is_flag=True, help="Von jeder gesperrten Zelle beide Grenzen genau bestimmen.")
@click.option(
    "--gemeinsam", is_flag=True, help="Annehmen, dass alle Tabellen einer Größe aus einer Auszählung stammen."
)
@click.option("--k", type=click.IntRange(2), help="Ab welcher Zahl ein Wert nicht mehr klein ist, statt laut Manifest.")
@click.option("--breite", type=click.IntRange(1), help="Wie weit die Grenzen auseinanderliegen müssen, statt k − 1.")
@click.option("--gruppe", type=click.IntRange(2), help="Kleinste Gruppe, in der alle dasselbe Merkmal haben dürfen.")
def angriff(
    *,
    ordner: tuple[Path, ...],
    als_json: bool,
    nach: Path | None,
    als: tuple[str, ...],
    eigen: Path | None,
    streng: bool,
    genau: bool,
    gemeinsam: bool,
    k: int | None,
    breite: int | None,
    gruppe: int | None,
) -> None:
    """Greift veröffentlichte Ausgaben an (ORDNER, frühere zuerst), so wie Fremde es könnten.

    Weitere Tabellen, die Fremde kennen, sind weitere Ordner gleicher Form mit offenen Tabellen.

    Endet mit 0, wenn jede gesperrte Zelle sicher ist, mit 1, wenn nicht, und mit 2, wenn sich die Zahlen
    widersprechen, eine Ausgabe nicht lesbar ist oder der Aufruf nicht stimmt.
    """
    from assets.angriff.bericht import als_daten, als_text
    from assets.angriff.laufen import Angriff, Einstellung
    from assets.angriff.lesen import AusgabeError, lies_ausgabe

    if als and eigen is None:
        raise click.UsageError("Mit --als ist auch --eigen nötig: der Ordner mit den ungeschützten Tabellen.")
    einstellung = Einstellung(genau, gemeinsam=gemeinsam, k=k, breite=breite, mindestgruppe=gruppe)
    try:
        lauf = Angriff.auf([lies_ausgabe(o) for o in ordner], einstellung)
        befund = lauf.von_fremden()
        sichten = _sichten(lauf, eigen, als) if eigen is not None and not befund.widersprueche else {}
    except AusgabeError as fehler:
        click.echo(str(fehler), err=True)
        sys.exit(UNBRAUCHBAR)
    text = json.dumps(als_daten(lauf, befund, sichten), ensure_ascii=False, indent=1)
    if nach is not None:
        nach.parent.mkdir(parents=True, exist_ok=True)
        nach.write_text(text + "\n", encoding="utf-8")
    click.echo(text if als_json else als_text(lauf, befund, sichten))
    sys.exit(_ausgang(befund, sichten, streng=streng))


def _sichten(lauf: "Angriff", eigen: Path, als: tuple[str, ...]) -> "dict[str, Befund]":
    from assets.angriff.lesen import lies_ausgabe
    from schemas.laender import gewaehltes_land

    gebiete = [m.id for m in gewaehltes_land().meldeeinheiten] if ALLE in als else list(als)
    wissen = lies_ausgabe(eigen)
    return {g: lauf.von_gebiet(wissen, g) for g in gebiete}


def _ausgang(befund: "Befund", sichten: "dict[str, Befund]", *, streng: bool) -> int:
    if befund.widersprueche or any(s.widersprueche for s in sichten.values()):
        return UNBRAUCHBAR
    weiteres = befund.gruppen or befund.gezeigt_klein or any(s.unsichere for s in sichten.values())
    return UNSICHER if befund.unsichere or (streng and weiteres) else 0


BEFEHLE: tuple[click.Command, ...] = (angriff,)
