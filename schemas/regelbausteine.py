"""Building blocks for row and file rules: Polars expressions that say per row whether a rule holds.

What belongs here: forms several rules share. A null result means "cannot be judged here" and never counts as a breach;
so missing or secret figures do not make a rule fail.
"""

from collections.abc import Sequence

import polars as pl

from schemas.codelisten import GESAMT
from schemas.modell import status_von

_ZU_VIELE = 10_000_000
"""More rows than any file has."""


def hoechstens(links: str, rechts: str, toleranz: float = 0.0) -> pl.Expr:
    """`links <= rechts + toleranz`; null where either figure is missing."""
    return pl.col(links) <= pl.col(rechts) + toleranz


def teile(mass: str, dimension: str, schluessel: Sequence[str]) -> tuple[pl.Expr, dict[str, pl.Expr]]:
    """Sum of `mass` over the parts of `dimension` within the other keys, and the windows it is made of.

    The sum is null if any part is missing or none exists.
    """
    gewicht, summe = _fenster_der_teile(mass, dimension, schluessel)
    fenster = {"_gewicht_der_teile": gewicht, "_summe_der_teile": summe}
    return pl.when(pl.col("_gewicht_der_teile") > 0).then("_summe_der_teile"), fenster


def _fenster_der_teile(mass: str, dimension: str, schluessel: Sequence[str]) -> tuple[pl.Expr, pl.Expr]:
    """Weight and sum of the parts; the weight is not positive if any part is missing or none exists."""
    gruppe = [s for s in schluessel if s != dimension]
    ist_teil = pl.col(dimension) != GESAMT
    # A missing part outweighs all parts that are there.
    gewicht = pl.when(ist_teil & pl.col(mass).is_null()).then(-_ZU_VIELE).otherwise(ist_teil.cast(pl.Int64))
    summe = pl.when(ist_teil).then(pl.col(mass)).otherwise(0)
    return gewicht.sum().over(gruppe), summe.sum().over(gruppe)


def kommt_vor(auswahl: pl.Expr, gruppe: Sequence[str]) -> pl.Expr:
    """Whether any row of the group is picked. Polars adds up groups far faster than it searches them."""
    return auswahl.sum().over(gruppe) > 0


def verschiedene(spalte: str, auswahl: pl.Expr, gruppe: Sequence[str]) -> pl.Expr:
    """How many different values the picked rows of a group have in a column; `auswahl` picks no row without one."""
    auswahl = auswahl.fill_null(value=False)
    # The rows not picked are one more value, null. A filter would make every group a list of its own.
    return pl.when(auswahl).then(pl.col(spalte)).n_unique().over(gruppe) - kommt_vor(~auswahl, gruppe).cast(pl.UInt32)


def enthaelt_teile(dimension: str, codes: Sequence[str], schluessel: Sequence[str]) -> pl.Expr:
    """True where all `codes` of `dimension` occur within the other keys."""
    gruppe = [s for s in schluessel if s != dimension]
    return verschiedene(dimension, pl.col(dimension).is_in(list(codes)), gruppe) == len(codes)


def summe_gleich_gesamt(
    mass: str, dimension: str, schluessel: Sequence[str], toleranz_je_zelle: pl.Expr, verborgen: pl.Expr | float = 0.0
) -> pl.Expr:
    """On total rows: parts add up to the total, within the rounding each part and the total may carry; else null.

    `verborgen` is how much parts that are not there may hold: by so much more the parts may fall short of the total.
    """
    gruppe = [s for s in schluessel if s != dimension]
    toleranz = toleranz_je_zelle * pl.len().over(gruppe) + 1e-9
    gewicht, summe = _fenster_der_teile(mass, dimension, schluessel)
    fehlt = pl.when(gewicht > 0).then(pl.col(mass) - summe)
    return pl.when(pl.col(dimension) == GESAMT).then((fehlt >= -toleranz) & (fehlt <= toleranz + verborgen))


def genaue_summe(mass: str, dimension: str, noetig: Sequence[str], schluessel: Sequence[str]) -> pl.Expr:
    """On total rows: the parts add up to the total exactly; null unless all `noetig` codes occur and none is missing.

    Counts on unique keys, as R04 demands them; two windows, because on small tables windows are what rules cost.
    """
    gruppe = [s for s in schluessel if s != dimension]
    ist_teil = pl.col(dimension) != GESAMT
    fehlt = ist_teil & pl.col(mass).is_null()
    # A missing part outweighs all codes that are there.
    gewicht = pl.when(fehlt).then(-_ZU_VIELE).when(pl.col(dimension).is_in(list(noetig))).then(1).otherwise(0)
    vollstaendig = gewicht.sum().over(gruppe) == len(noetig)
    summe = pl.when(ist_teil).then(pl.col(mass)).otherwise(0).sum().over(gruppe)
    return pl.when((pl.col(dimension) == GESAMT) & vollstaendig).then(summe == pl.col(mass))


def nur_erste_zeile(gilt: pl.Expr) -> pl.Expr:
    """A statement about the whole file, judged on its first row only."""
    return pl.when(pl.int_range(pl.len()) == 0).then(gilt)


def erste_zeile_je(gruppe: Sequence[str], gilt: pl.Expr) -> pl.Expr:
    """A statement about each group of rows, judged on its first row only."""
    return pl.when(pl.col("zeile") == pl.col("zeile").min().over(gruppe)).then(gilt)


def alle_gesamt(spalten: Sequence[str]) -> pl.Expr:
    """True on rows in which every one of these columns stands for all."""
    return pl.all_horizontal(pl.col(s) == GESAMT for s in spalten)


def mit_zahlwort(zahl: pl.Expr, einzahl: str, mehrzahl: str) -> pl.Expr:
    """A whole number with its noun, for a message: „1 Person“, „3 Personen“."""
    return pl.concat_str(
        zahl.cast(pl.String), pl.when(zahl == 1).then(pl.lit(einzahl)).otherwise(pl.lit(mehrzahl)), separator=" "
    )


def leer(mass: str) -> pl.Expr:
    """True where an optional measure was left empty; a sign such as "unknown" is not empty."""
    return pl.col(mass).is_null() & pl.col(status_von(mass)).is_null()


def oder_null(mass: str) -> pl.Expr:
    """The measure, and 0 where it was left empty; null where a sign stands."""
    return pl.when(leer(mass)).then(0).otherwise(pl.col(mass))


def summe_der_teile(mass: str, dimension: str, schluessel: Sequence[str], gesamt: str = GESAMT) -> pl.Expr:
    """Sum of the known parts of `dimension` within the other keys, 0 where there are none."""
    rest = [s for s in schluessel if s != dimension]
    return pl.when(pl.col(dimension) != gesamt).then(pl.col(mass)).otherwise(0).sum().over(rest)


def hoechstens_gesamt(
    mass: str,
    dimension: str,
    schluessel: Sequence[str],
    toleranz: pl.Expr | float = 0.0,
    gesamt: str = GESAMT,
) -> pl.Expr:
    """On total rows (`dimension` is `gesamt`): the known parts are not more than the total; else null."""
    summe = summe_der_teile(mass, dimension, schluessel, gesamt)
    return pl.when(pl.col(dimension) == gesamt).then(summe <= pl.col(mass) + toleranz)


def fehlende_codes(spalte: str, codes: Sequence[str], gruppe: Sequence[str], auswahl: pl.Expr) -> pl.Expr:
    """The codes that occur in no row of the group that `auswahl` picks, joined by commas; empty text if none is."""
    fehlt = [pl.when(~kommt_vor((pl.col(spalte) == code) & auswahl, gruppe)).then(pl.lit(code)) for code in codes]
    return pl.concat_str(fehlt, separator=", ", ignore_nulls=True)
