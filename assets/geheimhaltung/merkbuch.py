"""What readers have been told so far: every public edition with the true values behind it, in order.

What belongs here: keeping them, and which state of a figure an edition shows. What does not: what follows for the next
one (`aufbau.py`). Folders `geheimhaltung/merkbuch/<number>/`: `zellen.parquet`, `hierarchien.parquet` and the open
tables as they were published. Nothing is ever changed or removed: readers do not forget either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from assets.ablage import Ablage
from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.offene_tabellen import STAND, Datei
from assets.geheimhaltung.schuetzen import GEZEIGT, Muster
from schemas.zellen import JAHR, MASS, SCHLUESSEL

ORDNER = "geheimhaltung/merkbuch"
_ZELLEN, _HIERARCHIEN = "zellen.parquet", "hierarchien.parquet"


@dataclass(frozen=True, eq=False)
class Eintrag:
    """One edition: its cells with `stand` and what added up to what, and where its files lie."""

    ordner: str
    muster: Muster


def lies_merkbuch(ablage: Ablage) -> tuple[Eintrag, ...]:
    """All editions, oldest first."""
    ordner = sorted({pfad.rsplit("/", 1)[0] for pfad in ablage.liste(ORDNER, f"*/{_ZELLEN}")})
    return tuple(
        Eintrag(o, Muster(ablage.lies_tabelle(f"{o}/{_ZELLEN}"), ablage.lies_tabelle(f"{o}/{_HIERARCHIEN}")))
        for o in ordner
    )


def dateien_von(ablage: Ablage, eintrag: Eintrag) -> tuple[Datei, ...]:
    """The open tables of an edition as they were published."""
    orte = ablage.liste(eintrag.ordner, "daten/**/*.*")
    return tuple((ort.removeprefix(f"{eintrag.ordner}/"), ablage.lies(ort)) for ort in orte)


def mit_stand(muster: Muster, merkbuch: Iterable[Eintrag]) -> Muster:
    """The same with `stand`: number of the edition that first showed the figures of a measure and year like this.

    It depends on what is shown alone: a figure that is withheld before and after gives no new state, whether it changed
    or not; one that is withheld in one of them does, for nobody knows whether it is the same.
    """
    eintraege = list(merkbuch)
    if not eintraege:
        return replace(muster, zellen=muster.zellen.with_columns(pl.lit(1, dtype=pl.Int64).alias(STAND)))
    letzter = eintraege[-1].muster.zellen
    neben = muster.zellen.join(letzter.select(*SCHLUESSEL, _alt=GEZEIGT), on=SCHLUESSEL, how="inner")
    geaendert = neben.filter(pl.col(GEZEIGT).ne_missing(pl.col("_alt"))).select(MASS, JAHR).unique()
    bisher = letzter.group_by(MASS, JAHR).agg(pl.col(STAND).max())
    staende = (
        muster.zellen.select(MASS, JAHR)
        .unique()
        .join(bisher, on=[MASS, JAHR], how="left")
        .join(geaendert.with_columns(_neu=pl.lit(len(eintraege) + 1, dtype=pl.Int64)), on=[MASS, JAHR], how="left")
        .select(MASS, JAHR, pl.coalesce("_neu", STAND, pl.lit(1, dtype=pl.Int64)).alias(STAND))
    )
    mit = muster.zellen.join(staende, on=[MASS, JAHR], how="left", maintain_order="left")
    return replace(muster, zellen=mit)


def nummer(muster: Muster, merkbuch: Sequence[Eintrag]) -> int:
    """Number of the edition: of the last one if readers know all of it already."""
    gesehen = [*SCHLUESSEL, GESPERRT, GEZEIGT, STAND]
    bekannt = merkbuch and muster.zellen.select(gesehen).equals(merkbuch[-1].muster.zellen.select(gesehen))
    return len(merkbuch) + (not bekannt)


def trage_ein(ablage: Ablage, muster: Muster, dateien: Iterable[Datei]) -> bool:
    """Records an edition unless readers know all of it already; returns whether there was anything new.

    Args:
        ablage: where the book is kept.
        muster: as `mit_stand` gives it.
        dateien: the open tables.
    """
    merkbuch = lies_merkbuch(ablage)
    neue = nummer(muster, merkbuch)
    if neue == len(merkbuch):
        return False
    ordner = f"{ORDNER}/{neue:04d}"
    for ort, inhalt in dateien:
        ablage.schreibe(f"{ordner}/{ort}", inhalt)
    ablage.schreibe_tabelle(f"{ordner}/{_HIERARCHIEN}", muster.hierarchien)
    # Last: an entry counts from the moment its cells are there.
    ablage.schreibe_tabelle(f"{ordner}/{_ZELLEN}", muster.zellen)
    return True
