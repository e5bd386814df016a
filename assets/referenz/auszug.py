"""Makes the committed extract of official figures from exports of the offices.

What belongs here: choosing regions, stating state and source, and dropping what no office published. What does not:
which Land and which files, which come from the Land profile and from `data/referenz/quellen.csv`.

Run again with `python -m assets.referenz.auszug ORDNER`, where ORDNER holds the exports named in quellen.csv.

Taken are the times from `stichtag_von` to `stichtag_bis` of quellen.csv. Of these, times at which a region has no
single figure are dropped (it did not exist yet, or its level was not released), because such rows say nothing about
the region. A missing single figure stays, with its status.
"""

from collections.abc import Collection
from pathlib import Path

import click
import polars as pl

from assets.referenz.bestand import AMTLICH, lies_quellen
from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import SPALTEN, als_csv, lies_referenz
from schemas.laender import gewaehltes_land


def auszug(ordner: Path, gebiete: Collection[str], quellen: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Figures of the given region keys per table, in the tidy form.

    `quellen` has the columns of quellen.csv; rows without `stichtag_von` are no statistics and are skipped. A state
    given there is used where the export has none of its own. Raises ReferenzFehler for a missing export and
    for one whose table or state differs.
    """
    teile: dict[str, list[pl.DataFrame]] = {}
    for quelle in quellen.filter(pl.col("stichtag_von") != "").iter_rows(named=True):
        teile.setdefault(quelle["tabelle"], []).append(_teil(ordner, gebiete, quelle))
    return {tabelle: pl.concat(frames).sort(list(SPALTEN)) for tabelle, frames in sorted(teile.items())}


def _teil(ordner: Path, gebiete: Collection[str], quelle: dict[str, str]) -> pl.DataFrame:
    pfad = next(ordner.rglob(quelle["datei"]), None)
    if pfad is None:
        raise ReferenzFehler(quelle["datei"], f"In {ordner} gibt es die Datei nicht.", "Bitte den Ordner prüfen.")
    zeit = pl.col("zeit").is_between(pl.lit(quelle["stichtag_von"]), pl.lit(quelle["stichtag_bis"]))
    frame = lies_referenz(pfad).tabelle.filter(pl.col("ags").is_in(list(gebiete)), zeit)
    eigene = frame.select("tabelle", "stand").unique().rows()
    if eigene not in ([(quelle["tabelle"], "")], [(quelle["tabelle"], quelle["stand"])]):
        raise ReferenzFehler(
            quelle["datei"],
            f"Tabelle und Stand in der Datei sind {eigene}, in quellen.csv {quelle['tabelle']} und {quelle['stand']}.",
            "Bitte quellen.csv berichtigen.",
        )
    hat_wert = (pl.col("wert").is_not_null() | pl.col("wertstatus").is_in(["G", "L"])).any().over("zeit", "ags")
    return frame.filter(hat_wert).with_columns(stand=pl.lit(quelle["stand"]), quelle=pl.lit(quelle["attribution"]))


@click.command()
@click.argument("ordner", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(ordner: Path) -> None:
    """Schreibt den Auszug der amtlichen Statistik neu, aus den Abrufen in ORDNER."""
    land = gewaehltes_land()
    frames = auszug(ordner, [land.ags, *(m.id for m in land.meldeeinheiten)], lies_quellen())
    for tabelle, frame in frames.items():
        ziel = AMTLICH / f"{tabelle}.csv"
        ziel.parent.mkdir(parents=True, exist_ok=True)
        ziel.write_text(als_csv(frame.drop("quelle")), encoding="utf-8", newline="\n")
        click.echo(f"{ziel.name}: {frame.height} Werte")


if __name__ == "__main__":
    main()
