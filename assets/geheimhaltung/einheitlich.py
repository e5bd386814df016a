"""Small groups all of whom fall into one category: whoever is known to be in the group is known to be in the category.

What belongs here: finding their breakdowns, which are not published at all, zeros included. What does not: seeing to it
that nobody works them out from what is published around them (`sperren.py`).
"""

from collections.abc import Iterator

import polars as pl

from schemas.zellen import GEBIET, SCHLUESSEL, WERT


def einheitliche_gruppen(zellen: pl.DataFrame, hierarchien: pl.DataFrame, groesse: int) -> pl.DataFrame:
    """The keys of the parts of every total from 1 to below `groesse` one part of which is all of it: `SCHLUESSEL`.

    Where a group lives is what it is asked about: areas are no categories. Source: SDC Handbook, group disclosure.

    Args:
        zellen: `SCHLUESSEL`, `wert` of counts.
        hierarchien: `dim, parent, child, set`: what adds up to what.
        groesse: totals from this on may be of one category.
    """
    return pl.concat(
        [zellen.clear().select(SCHLUESSEL), *_je_teilung(zellen, hierarchien.filter(pl.col("dim") != GEBIET), groesse)]
    ).unique(maintain_order=True)


def _je_teilung(zellen: pl.DataFrame, hierarchien: pl.DataFrame, groesse: int) -> Iterator[pl.DataFrame]:
    teilungen = hierarchien.group_by("dim", "parent", "set").agg("child").sort("dim", "parent", "set")
    for merkmal, ganzes, _, kinder in teilungen.filter(pl.col("child").list.len() > 1).iter_rows():
        uebrige = [s for s in SCHLUESSEL if s != merkmal]
        klein = zellen.filter(pl.col(merkmal) == ganzes, pl.col(WERT) >= 1, pl.col(WERT) < groesse)
        teile = zellen.filter(pl.col(merkmal).is_in(kinder))
        # Nothing is left for the others, be they listed or not.
        einheitlich = teile.join(klein.select(*uebrige, _ganzes=WERT), on=uebrige).filter(
            pl.col(WERT) == pl.col("_ganzes")
        )
        yield teile.join(einheitlich, on=uebrige, how="semi").select(SCHLUESSEL)
