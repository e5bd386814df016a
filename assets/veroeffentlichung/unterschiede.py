"""How the values of two releases differ, from their open data alone: what both together tell, and nothing else."""

import polars as pl

from schemas.offene_daten import WERTE
from schemas.release import UNTERSCHIEDE, VERGLICHEN
from schemas.revisionen import ENTFALLEN, GEAENDERT, NEU

_DA = "_da"


def unterschiede(alt: pl.DataFrame | None, neu: pl.DataFrame) -> pl.DataFrame:
    """Rows of `UNTERSCHIEDE`, sorted by the key of values.

    Args:
        alt: `kennzahlen` of the release before, columns of `schemas.offene_daten.WERTE`; None where there is none.
        neu: the same of the new one.
    """
    vorher = neu.clear() if alt is None else alt
    schluessel = list(WERTE.schluessel)
    seiten = [
        t.select(*schluessel, pl.lit(value=True).alias(_DA), *(pl.col(s).cast(neu.schema[s]) for s in VERGLICHEN))
        for t in (vorher, neu)
    ]
    neben = seiten[0].join(seiten[1], on=schluessel, how="full", suffix="_neu", coalesce=True, nulls_equal=True)
    gleich = pl.all_horizontal(pl.col(s).eq_missing(pl.col(f"{s}_neu")) for s in (_DA, *VERGLICHEN))
    ereignis = (
        pl.when(pl.col(_DA).is_null())
        .then(pl.lit(NEU))
        .when(pl.col(f"{_DA}_neu").is_null())
        .then(pl.lit(ENTFALLEN))
        .otherwise(pl.lit(GEAENDERT))
    )
    umbenannt = neben.filter(~gleich).with_columns(ereignis=ereignis).rename({s: f"{s}_alt" for s in VERGLICHEN})
    return umbenannt.select(pl.col(n).cast(t) for n, t in UNTERSCHIEDE.items()).sort(schluessel)


def in_zahlen(tabelle: pl.DataFrame) -> dict[str, int]:
    """How many values are changed, new and gone."""
    gezaehlt = dict(tabelle.group_by("ereignis").len().iter_rows())
    return {e.lower(): gezaehlt.get(e, 0) for e in (GEAENDERT, NEU, ENTFALLEN)}
