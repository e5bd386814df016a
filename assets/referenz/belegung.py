"""What a dash means: exactly zero, or nothing published here.

The offices write `-` for "genau null" and also for a region that does not exist at that time and for a level or column
that is not released yet. A dash is zero only where the file itself shows that this region, this level and this column
hold figures at that time; everywhere else the value is unknown. A wrong "unknown" costs a cell, a wrong zero costs a
report its truth, so doubt counts as unknown:

- a region without a single figure at that time has no zeros (dissolved, not founded yet, or its level not released);
- a column in which not one of many regions has a figure was not published that time (a rate not computed that year);
  a level with few regions is judged by the levels with many;
- a region without a figure in a measure that many regions of its level have is incomplete at that time (around a reform
  the offices gave some measures by old and some by new Kreise): none of its dashes counts as zero;
- a region is not zero where one of its parts (its key begins the same) has a positive figure in the same column.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from schemas.wertstatus import MIT_WERT, Wertstatus

_VIELE = 10
"""Regions of a level from which on a column without any figure, or a gap among them, is no coincidence."""
_SCHLUESSELLAENGEN = (2, 3, 5)
"""Digits of the key of a Land, a Regierungsbezirk and a Kreis."""
_SPALTE = ["zeit", "satz_id"]
_EBENE = ["zeit", "ebene"]
_GEBIET = ["zeit", "ags"]


@dataclass(frozen=True, slots=True)
class Striche:
    """How the dashes of a file were understood: as zero, or why not."""

    null: int
    gebiet_ohne_werte: int
    gebiet_unvollstaendig: int
    ebene_ohne_werte: int
    spalte_ohne_werte: int


def deute_striche(
    zellen: pl.DataFrame, gueltigkeit: Mapping[str, tuple[str, str | None]] | None = None
) -> tuple[pl.DataFrame, Striche]:
    """Turns dashes that are no zeros into missing values of status U.

    `zellen` needs zeit, ags, satz_id, kennzahl, wert, wertstatus, strich; the last is dropped. `gueltigkeit` maps a
    region key to its first and last day (ISO; None: still valid); where it knows a key, it decides whether the region
    exists, and a region known to exist needs no figure of its own beside the dashes.
    """
    tabelle = zellen.with_row_index("_nr").with_columns(
        ebene=pl.col("ags").str.len_bytes(),
        belegt=~pl.col("strich") & pl.col("wertstatus").is_in([*MIT_WERT, Wertstatus.NICHT_BELASTBAR]),
    )
    striche = tabelle.filter(pl.col("strich")).select("_nr", "ags", "ebene", *_SPALTE)
    striche = _mit_belegen(striche, tabelle).with_columns(gebiet_besteht=_besteht(gueltigkeit or {}))
    striche = striche.with_columns(grund=_grund())
    offen = striche.filter(pl.col("grund") != "null").select("_nr", offen=True)
    gedeutet = tabelle.join(offen, on="_nr", how="left", maintain_order="left")
    unbekannt = pl.col("offen").fill_null(value=False)
    gedeutet = gedeutet.with_columns(
        wert=pl.when(~unbekannt).then("wert"),
        wertstatus=pl.when(unbekannt).then(pl.lit(Wertstatus.UNBEKANNT.value)).otherwise("wertstatus"),
    ).drop("_nr", "offen", "belegt", "ebene", "strich")
    zahl = dict(striche.group_by("grund").len().iter_rows())
    gruende = ("null", "gebiet", "unvollstaendig", "ebene", "spalte")
    return gedeutet, Striche(*(zahl.get(grund, 0) for grund in gruende))


def _mit_belegen(striche: pl.DataFrame, tabelle: pl.DataFrame) -> pl.DataFrame:
    """Adds to each dash what the rest of the file holds at its region, level and column."""
    gebiete = tabelle.group_by([*_GEBIET, "ebene"]).agg(gebiet_belegt=pl.col("belegt").any())
    ebenen = gebiete.group_by(_EBENE).agg(belegte_gebiete=pl.col("gebiet_belegt").sum())
    je_ebene = tabelle.group_by([*_SPALTE, "ebene"]).agg(spalte_belegt=pl.col("belegt").any())
    gross = pl.col("belegte_gebiete") >= _VIELE
    ueberall = (
        je_ebene.join(ebenen, on=_EBENE)
        .group_by(_SPALTE)
        .agg(
            grosse_ebene=gross.any(),
            grosse_belegt=(gross & pl.col("spalte_belegt")).any(),
        )
    )
    return (
        striche.join(gebiete.drop("ebene"), on=_GEBIET, how="left")
        .join(ebenen, on=_EBENE, how="left")
        .join(je_ebene, on=[*_SPALTE, "ebene"], how="left")
        .join(ueberall, on=_SPALTE, how="left")
        .join(_unvollstaendig(tabelle), on=_GEBIET, how="left")
        .join(_mit_positivem_teil(tabelle), on=["ags", *_SPALTE], how="left")
        .with_columns(pl.col("unvollstaendig", "teil_positiv").fill_null(value=False))
    )


def _mit_positivem_teil(tabelle: pl.DataFrame) -> pl.DataFrame:
    """Regions, times and columns where a finer region, whose key begins with the region's, has a positive figure."""
    positiv = tabelle.filter("belegt", pl.col("wert") > 0)
    teile = [
        positiv.filter(pl.col("ebene") > laenge).select(pl.col("ags").str.head(laenge), *_SPALTE)
        for laenge in _SCHLUESSELLAENGEN
    ]
    return pl.concat(teile).unique().with_columns(teil_positiv=True)


def _unvollstaendig(tabelle: pl.DataFrame) -> pl.DataFrame:
    """Regions and times with figures, but dashes for all of a measure that many regions of the level have."""
    je_mass = tabelle.group_by([*_GEBIET, "ebene", "kennzahl"]).agg(
        mass_belegt=pl.col("belegt").any(), mass_strich=pl.col("strich").any()
    )
    ueblich = pl.col("mass_belegt").sum().over([*_EBENE, "kennzahl"]) >= _VIELE
    hat_andere = pl.col("mass_belegt").any().over(_GEBIET)
    luecke = je_mass.filter(ueblich & hat_andere & ~pl.col("mass_belegt") & pl.col("mass_strich"))
    return luecke.select(_GEBIET).unique().with_columns(unvollstaendig=True)


def _grund() -> pl.Expr:
    unter_vielen = pl.col("belegte_gebiete") >= _VIELE
    spalte_leer = (
        pl.when(unter_vielen)
        .then(~pl.col("spalte_belegt"))
        .otherwise(pl.col("grosse_ebene") & ~pl.col("grosse_belegt") & ~pl.col("spalte_belegt"))
    )
    return (
        pl.when(pl.col("belegte_gebiete") == 0)
        .then(pl.lit("ebene"))
        .when(~pl.col("gebiet_besteht"))
        .then(pl.lit("gebiet"))
        .when(pl.col("unvollstaendig"))
        .then(pl.lit("unvollstaendig"))
        .when(spalte_leer | pl.col("teil_positiv"))
        .then(pl.lit("spalte"))
        .otherwise(pl.lit("null"))
    )


def _besteht(gueltigkeit: Mapping[str, tuple[str, str | None]]) -> pl.Expr:
    """Whether a region exists at `zeit`: by the given validity where known, else by its own figures."""
    if not gueltigkeit:
        return pl.col("gebiet_belegt")
    von = pl.col("ags").replace_strict({k: v[0] for k, v in gueltigkeit.items()}, default=None, return_dtype=pl.String)
    bis = pl.col("ags").replace_strict(
        {k: v[1] or "9999-12-31" for k, v in gueltigkeit.items()}, default=None, return_dtype=pl.String
    )
    # A year counts at its end, because most annual figures carry the regions of the end of the year.
    tag = pl.when(pl.col("zeit").str.len_bytes() == 10).then("zeit").otherwise(pl.col("zeit").str.head(4) + "-12-31")
    return pl.when(von.is_null()).then("gebiet_belegt").otherwise((von <= tag) & (tag <= bis))
