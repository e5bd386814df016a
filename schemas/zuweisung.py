"""Which allocation counts: of several notices for a Fördergegenstand the last one, less what was revoked.

What belongs here: Polars expressions on rows of `finanzen` that rules within the file and across files share. What does
not: the dataset and its rules (`schemas/datensaetze/finanzen.py`).
"""

from datetime import date

import polars as pl

from schemas.regelbausteine import kommt_vor

RANG: dict[str, int] = {
    "ZUW_VORAUSSICHTLICH": 1,
    "ZUW_AKTUALISIERT": 2,
    "ZUW_NEU_FESTGESTELLT": 3,
    "ZUW_FESTGESETZT": 4,
}
"""Notices in the order in which § 4 KomIntAVO lets them follow on each other; the highest one counts."""

TOPF = ("haushaltsjahr", "fg")
"""An allocation is made for a Haushaltsjahr and a Fördergegenstand (§ 2 Abs. 1 KomIntAVO)."""

_OHNE_DATUM = date(1900, 1, 1)
_NUMMERN = 10_000


def ist_gueltige_mitteilung() -> pl.Expr:
    """True on the notices that count: the highest kind of the allocation, of each Bereich the latest Bescheid.

    Where several have no date or the same one, the highest running number is the latest.
    """
    rang = pl.col("buchungsart").replace_strict(RANG, default=None, return_dtype=pl.Int64)
    folge = pl.col("bescheid_datum").fill_null(_OHNE_DATUM).cast(pl.Int32).cast(pl.Int64) * _NUMMERN + pl.col("lfd_nr")
    juengste = folge == folge.max().over(*TOPF, "bereich", "buchungsart")
    return ((rang == rang.max().over(*TOPF)) & juengste).fill_null(value=False)


def summe_je_topf(auswahl: pl.Expr) -> pl.Expr:
    """Sum of the amounts of the picked rows in each allocation; null if one of them is not known."""
    # A sum with one NaN in it is NaN, which says in one window that a part is missing.
    betrag = pl.col("betrag_eur").abs().fill_null(float("nan"))
    return pl.when(auswahl).then(betrag).otherwise(0.0).sum().over(*TOPF).fill_nan(None)


def zuweisung() -> pl.Expr:
    """The allocation of the row's Haushaltsjahr and Fördergegenstand in euros; null without a notice."""
    gueltig = ist_gueltige_mitteilung()
    aufgehoben = summe_je_topf(pl.col("buchungsart") == "AUFHEBUNG")
    return pl.when(kommt_vor(gueltig, TOPF)).then(summe_je_topf(gueltig) - aufgehoben)
