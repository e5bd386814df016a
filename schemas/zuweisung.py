"""Which allocation counts: of several notices for a Fördergegenstand the last one, less what was revoked after it.

What belongs here: Polars expressions on rows of `finanzen` that rules within the file and across files share. What does
not: the dataset and its rules (`schemas/datensaetze/finanzen.py`).

§ 4 KomIntAVO knows notices of what is to be expected (Abs. 3 to 5), of which the last one counts, and the Bescheid
(Abs. 7), which settles the amount whatever was expected. A new Bescheid states the whole amount anew; Bescheide that
add to each other cannot be told from it, so an office with such gives their sum in one row (R28g asks for it).
"""

from datetime import date

import polars as pl

from schemas.codelisten_steuerung import OHNE_BEREICH
from schemas.regelbausteine import kommt_vor

RANG: dict[str, int] = {
    "ZUW_VORAUSSICHTLICH": 1,
    "ZUW_AKTUALISIERT": 2,
    "ZUW_NEU_FESTGESTELLT": 3,
    "ZUW_FESTGESETZT": 4,
}
"""Notices in the order in which § 4 KomIntAVO names them; where dates are missing, they are taken to follow it."""
_BESCHEID = RANG["ZUW_FESTGESETZT"]

TOPF = ("haushaltsjahr", "fg")
"""An allocation is made for a Haushaltsjahr and a Fördergegenstand (§ 2 Abs. 1 KomIntAVO)."""
_BEREICH = (*TOPF, "bereich")
"""A notice may be for a part of it only."""

GILT, HEBT_AUF = "_gilt", "_hebt_auf"
"""Columns that say whether a notice counts, and whether a revocation is of one that does."""

_OHNE_DATUM = date(1900, 1, 1)
_TAGE, _NUMMERN = 100_000, 10_000
"""More days since 1970 and more running numbers than there are."""


def _tag() -> pl.Expr:
    """The day of a notice in days since 1970: of the Bescheid, else of the row; null without either."""
    return pl.coalesce("bescheid_datum", "datum").cast(pl.Int32).cast(pl.Int64)


def _folge() -> pl.Expr:
    """A number that is the higher the later a notice came, within its Bereich; null on other rows.

    A Bescheid comes after every other notice. Those are ordered by date if all have one, else by their kind.
    """
    rang = pl.col("buchungsart").replace_strict(RANG, default=None, return_dtype=pl.Int64)
    vorlaeufig = rang < _BESCHEID
    ohne_tag = kommt_vor(vorlaeufig.fill_null(value=False) & _tag().is_null(), _BEREICH)
    fruehester = pl.lit(_OHNE_DATUM).cast(pl.Int32).cast(pl.Int64)
    tag = pl.when(vorlaeufig & ohne_tag).then(fruehester).otherwise(_tag().fill_null(fruehester)) - fruehester
    bescheid = (rang == _BESCHEID).cast(pl.Int64)
    return ((bescheid * _TAGE + tag) * 10 + rang) * _NUMMERN + pl.col("lfd_nr")


def ist_gueltige_mitteilung() -> pl.Expr:
    """True on the notices that count: Bescheide if there are any, else what was announced; of each Bereich the last.

    Where the whole and parts of it were announced, the later announcement counts, or both if they are of one time.
    Where several have no date or the same one, the highest running number is the latest.
    """
    folge = _folge()
    ist_bescheid = pl.col("buchungsart") == "ZUW_FESTGESETZT"
    juengste = folge == folge.max().over(_BEREICH)
    ungeteilt = pl.col("bereich") == OHNE_BEREICH
    ganz = pl.when(ungeteilt).then(folge // _NUMMERN).max().over(TOPF)
    teil = pl.when(~ungeteilt).then(folge // _NUMMERN).max().over(TOPF)
    # Null where the one or the other was never announced.
    ueberholt = pl.when(ungeteilt).then(ganz < teil).otherwise(teil < ganz).fill_null(value=False)
    angekuendigt = ~kommt_vor(ist_bescheid, TOPF) & ~ueberholt
    return (juengste & (ist_bescheid | angekuendigt)).fill_null(value=False)


def summe_je_topf(auswahl: pl.Expr) -> pl.Expr:
    """Sum of the amounts of the picked rows in each allocation; null if one of them is not known."""
    # A sum with one NaN in it is NaN, which says in one window that a part is missing.
    betrag = pl.col("betrag_eur").abs().fill_null(float("nan"))
    return pl.when(auswahl).then(betrag).otherwise(0.0).sum().over(*TOPF).fill_nan(None)


def hebt_gueltiges_auf() -> pl.Expr:
    """True on revocations of a notice that counts: a notice that came after the revocation is not touched by it.

    Where a date is missing, the revocation counts.
    """
    tag = pl.when(ist_gueltige_mitteilung()).then(_tag())
    mitteilung = pl.coalesce(tag.max().over(_BEREICH), tag.max().over(TOPF))
    frueher = (_tag() < mitteilung).fill_null(value=False)
    return (pl.col("buchungsart") == "AUFHEBUNG") & ~frueher


def geltendes() -> dict[str, pl.Expr]:
    """The columns that have to be there for `zuweisung` and `zuweisung_fuer`: windows upon windows, formed once."""
    return {GILT: ist_gueltige_mitteilung(), HEBT_AUF: hebt_gueltiges_auf()}


def zuweisung() -> pl.Expr:
    """The allocation of the row's Haushaltsjahr and Fördergegenstand in euros; null without a notice."""
    return _zugewiesen(pl.lit(value=True))


def zuweisung_fuer(bereich: str) -> pl.Expr:
    """The part of the allocation that is for a Bereich, or all of it where the notices do not divide."""
    teil = _zugewiesen(pl.col("bereich") == bereich)
    geteilt = kommt_vor(pl.col(GILT) & (pl.col("bereich") == bereich), TOPF)
    return pl.when(geteilt).then(teil).otherwise(zuweisung())


def _zugewiesen(auswahl: pl.Expr) -> pl.Expr:
    gueltig = pl.col(GILT) & auswahl
    aufgehoben = summe_je_topf(pl.col(HEBT_AUF) & auswahl)
    return pl.when(kommt_vor(gueltig, TOPF)).then(summe_je_topf(gueltig) - aufgehoben)
