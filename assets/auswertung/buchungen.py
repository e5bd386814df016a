"""Bookings of all years in one table, in whole cents, each once; and which notices of an allocation stand.

What belongs here: what every look at `finanzen` across files needs. What does not: rules within one file
(`schemas/datensaetze/finanzen.py`).
"""

import polars as pl

from schemas.datensaetze import alle_datensaetze
from schemas.zuweisung import GILT, RANG, geltendes, ist_gueltige_mitteilung, zuweisung, zuweisung_fuer

TOPF = ["meldeeinheit", "haushaltsjahr", "fg"]
"""An allocation: whose, for when, for what."""


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


def zuweisungen_je_topf(zeilen: pl.DataFrame) -> pl.DataFrame:
    """The allocation of each `TOPF` with a notice, by those that count, less what was revoked; null if not known.

    Columns: those of `TOPF`, `zuweisung_cent`, `fsa_zuweisung_cent` (its part for Flüchtlingssozialarbeit, or all of it
    where the notices do not divide), `fassung` and `bescheid_datum` of the notice that counts.
    """
    mitgeteilt = zeilen.filter(pl.col("buchungsart").is_in([*RANG, "AUFHEBUNG"]))
    geltend = _aus_einer_hand(mitgeteilt, "meldeeinheit").with_columns(**geltendes())
    gerechnet = geltend.with_columns(zuweisung_cent=zuweisung(), fsa_zuweisung_cent=zuweisung_fuer("FSA"))
    letzte = pl.col("buchungsart").filter(pl.col(GILT)).sort_by(_rang().filter(pl.col(GILT))).last()
    return (
        gerechnet.with_columns(fg="eigener_fg")
        .group_by(TOPF)
        .agg(
            pl.col("zuweisung_cent", "fsa_zuweisung_cent").first().cast(pl.Int64),
            fassung=letzte,
            bescheid_datum=pl.col("bescheid_datum").filter(pl.col(GILT)).max(),
        )
    )


def letzte_mitteilungen(zeilen: pl.DataFrame) -> pl.DataFrame:
    """The last notice of each kind, its Bereiche added up, and `gilt` on what counts for the allocation.

    Columns: those of `TOPF`, `fassung`, `gebucht_cent` (null if a part is unknown), the dates, `gilt`.
    """
    mitteilungen = zeilen.filter(pl.col("buchungsart").is_in(list(RANG)))
    gilt = _aus_einer_hand(mitteilungen, "meldeeinheit").with_columns(gilt=ist_gueltige_mitteilung())
    je_art = _aus_einer_hand(gilt.with_columns(fg="eigener_fg"), "meldeeinheit", "buchungsart")
    return (
        je_art.filter(ist_gueltige_mitteilung())
        .with_columns(fg="eigener_fg")
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


def _aus_einer_hand(zeilen: pl.DataFrame, *gruppe: str) -> pl.DataFrame:
    """Rows as the shared expressions take them, which group by Haushaltsjahr and fg and add up `betrag_eur`.

    `fg` says besides whose row it is, `betrag_eur` holds whole cents, so that its sums are exact. Of a notice that two
    files state, the later file counts.
    """
    mitteilung = pl.col("buchungsart").is_in(list(RANG))
    dieselbe = [*TOPF, "buchungsart", "bereich", "bescheid_datum", "datum", "lfd_nr"]
    letzte = pl.col("berichtsjahr") == pl.col("berichtsjahr").max().over(dieselbe)
    return zeilen.filter(~mitteilung | letzte).with_columns(
        eigener_fg="fg",
        fg=pl.concat_str([*gruppe, "fg"], separator="|"),
        betrag_eur=pl.col("cent").cast(pl.Float64),
    )


def _rang() -> pl.Expr:
    return pl.col("buchungsart").replace_strict(RANG, default=None, return_dtype=pl.Int64)
