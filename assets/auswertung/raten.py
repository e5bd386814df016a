"""Instalments of an allocation against the days the law sets for them.

What belongs here: the table of schemas.mittel.RATEN. A late payment is the payer's, never a fault of the delivery.
"""

import polars as pl

from assets.auswertung.buchungen import TOPF
from schemas.mittel import RATEN
from schemas.modell import Land

_RATE = [*TOPF, "bereich", "rate"]


def raten(land: Land, finanzen: pl.DataFrame) -> pl.DataFrame:
    """One row per instalment paid, or due of an allocation with notice or payment; payments of one day are one.

    A payment without a date stands behind those with one; which instalment it is cannot be said, so it has no Frist.
    """
    gezahlt = (
        finanzen.filter(pl.col("buchungsart") == "AUSZAHLUNG")
        .group_by(*TOPF, "bereich", "datum")
        .agg(betrag_cent=pl.when(pl.col("cent").is_not_null().all()).then(pl.col("cent").sum()))
        .sort(*TOPF, "bereich", "datum", nulls_last=True)
        .with_columns(rate=pl.int_range(1, pl.len() + 1).over(*TOPF, "bereich"), gezahlt=True)
    )
    faellig = _faellige(land, finanzen)
    return (
        faellig.join(gezahlt, on=_RATE, how="full", coalesce=True)
        .with_columns(
            tage=(pl.col("datum") - pl.col("frist")).dt.total_days(),
            frist=pl.when(pl.col("gezahlt").is_null() | pl.col("datum").is_not_null()).then("frist"),
        )
        .with_columns(ratenstand=_stand())
        .select(pl.col(name).cast(typ) for name, typ in RATEN.items())
        .sort(_RATE)
    )


def _faellige(land: Land, finanzen: pl.DataFrame) -> pl.DataFrame:
    """The instalments the law asks for, for every allocation that was booked, by the Bereiche it is paid in."""
    bezahlt = finanzen.filter(pl.col("buchungsart") == "AUSZAHLUNG").select(*TOPF, "bereich").unique()
    ohne = finanzen.select(TOPF).unique().join(bezahlt, on=TOPF, how="anti").with_columns(bereich=pl.lit("-"))
    fristen = pl.DataFrame(
        [(nummer, monat, tag) for nummer, (monat, tag) in enumerate(land.zahlungsfristen, 1)],
        schema={"rate": pl.Int64, "monat": pl.Int64, "tag": pl.Int64},
        orient="row",
    )
    return (
        pl.concat([bezahlt, ohne])
        .join(fristen, how="cross")
        .select(*TOPF, "bereich", "rate", frist=pl.date("haushaltsjahr", "monat", "tag"))
    )


def _stand() -> pl.Expr:
    return (
        pl.when(pl.col("gezahlt").is_null())
        .then(pl.lit("NICHT_GEBUCHT"))
        .when(pl.col("datum").is_null())
        .then(pl.lit("OHNE_DATUM"))
        .when(pl.col("frist").is_null())
        .then(pl.lit("ZUSAETZLICH"))
        .when(pl.col("tage") > 0)
        .then(pl.lit("VERSPAETET"))
        .otherwise(pl.lit("FRISTGERECHT"))
    )
