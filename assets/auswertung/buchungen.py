"""Bookings of all years in one table, in whole cents, each once; and which notices of an allocation stand.

What belongs here: what every look at `finanzen` across files needs. What does not: rules within one file
(`schemas/datensaetze/finanzen.py`).
"""

import polars as pl

from schemas.datensaetze import alle_datensaetze
from schemas.zuweisung import RANG, ist_gueltige_mitteilung

TOPF = ["meldeeinheit", "haushaltsjahr", "fg"]
"""An allocation: whose, for when, for what."""
_OHNE_DATUM = pl.date(1900, 1, 1)


def buchungen(finanzen: pl.DataFrame) -> pl.DataFrame:
    """Accepted rows of `finanzen` with `cent`, the amount in whole cents (null if unknown).

    A row that a later file repeats unchanged counts once; anything else in it is another booking.
    """
    namen = [s.name for s in alle_datensaetze()["finanzen"].spalten if s.name != "berichtsjahr"]
    return (
        finanzen.sort("berichtsjahr")
        .unique(namen, keep="last", maintain_order=True)
        .with_columns(cent=(pl.col("betrag_eur") * 100).round().cast(pl.Int64))
    )


def letzte_mitteilungen(zeilen: pl.DataFrame) -> pl.DataFrame:
    """The last notice of each kind, its Bereiche added up, and `gilt` on the kind that counts for the allocation.

    Columns: those of `TOPF`, `fassung`, `gebucht_cent` (null if a part is unknown), the dates, `gilt`.
    """
    je_art = [*TOPF, "buchungsart", "bereich"]
    staende = (
        zeilen.filter(pl.col("buchungsart").is_in(list(RANG)))
        .sort(pl.col("bescheid_datum").fill_null(_OHNE_DATUM), "berichtsjahr", "lfd_nr")
        .unique(je_art, keep="last", maintain_order=True)
    )
    # The shared expression groups by Haushaltsjahr and fg; here fg says whose allocation it is as well.
    gilt = staende.with_columns(fg=pl.concat_str(["meldeeinheit", "fg"], separator="|")).select(
        gilt=ist_gueltige_mitteilung()
    )
    return (
        staende.with_columns(gilt["gilt"])
        .group_by(*TOPF, fassung="buchungsart")
        .agg(
            gebucht_cent=pl.when(pl.col("cent").is_not_null().all()).then(pl.col("cent").sum()),
            mitteilung_datum=pl.col("datum").max(),
            bescheid_datum=pl.col("bescheid_datum").max(),
            ew_stichtag=pl.col("ew_stichtag").max(),
            ew_stand=pl.col("ew_stand").max(),
            gilt=pl.col("gilt").any(),
        )
        .sort(*TOPF, "fassung")
    )
