"""The table `trichter`: around the Land's value, the limits of chance for an area of each Meldeeinheit's size.

What belongs here: which values enter, and around what. What does not: the method (`statistik/trichter.py`).
"""

from collections.abc import Sequence

import polars as pl

from assets.auswertung.katalogtabelle import katalogtabelle
from assets.auswertung.statistik.trichter import trichtergrenzen, trichterlage
from schemas.codelisten import GESAMT
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Indikator, Kennzahlart
from schemas.statistik import KONFIDENZ, KONFIDENZ_TRICHTER, Trichterlage
from schemas.trichter import TRICHTER
from schemas.vergleichbarkeit import Urteil, Vergleich

_FELD = ["indikator_id", "variante", "berichtsjahr", "stand"]
_GRENZEN = ["innen_unten", "innen_oben", "aussen_unten", "aussen_oben"]


def trichter(werte: pl.DataFrame, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """Columns `TRICHTER`, in the order of `werte`.

    A value has a place if it may be compared with the Land, which excludes one without Land value, and has limits of
    its own: counts, published rates and shares of more than the whole have none.

    Args:
        werte: columns of `schemas.indikatorwerte.SPALTEN`.
        katalog: the indicators in use.
    """
    gesamt = pl.all_horizontal(pl.col(g) == GESAMT for g in GLIEDERUNGEN if g != "konzept")
    summen = werte.filter(gesamt, pl.col("wert").is_not_null(), pl.col("ki_oben").is_not_null())
    land = summen.filter(gebiet_typ="land").select(*_FELD, landeswert="wert")
    arten = katalogtabelle(katalog).select("indikator_id", "variante", "art", "faktor")
    kreise = (
        summen.filter(gebiet_typ="kreis")
        .join(arten, on=["indikator_id", "variante"])
        .join(land, on=_FELD, how="left", nulls_equal=True, maintain_order="left")
        .filter(~_ohne_streuung().fill_null(value=False))
        .with_columns(bezug=_bezug(), gilt=_gilt())
        .with_row_index("_zeile")
    )
    vergleichbar = kreise.filter("gilt").partition_by("art", as_dict=True)
    spalten = {"_zeile": pl.UInt32, **dict.fromkeys(_GRENZEN, pl.Float64), "trichterlage": pl.String}
    lagen = [pl.DataFrame(schema=spalten), *(_lagen(Kennzahlart(art), teil) for (art,), teil in vergleichbar.items())]
    return (
        kreise.join(pl.concat(lagen), on="_zeile", how="left", maintain_order="left")
        .with_columns(pl.col("trichterlage").fill_null(Trichterlage.NICHT_BESTIMMT.value))
        .select(pl.col(name).cast(spalte.typ) for name, spalte in TRICHTER.items())
    )


def _bezug() -> pl.Expr:
    """The denominator; for a standardised rate the one that makes it of its events."""
    gewichtet = pl.col("faktor") * pl.col("zaehler") / pl.col("wert")
    return pl.when(pl.col("art") == Kennzahlart.STANDARDISIERT).then(gewichtet).otherwise("nenner")


def _ohne_streuung() -> pl.Expr:
    """Shares that are none or all in the Land, such as the sum of all parts of a whole: chance cannot move them."""
    return (pl.col("art") == Kennzahlart.ANTEIL) & (
        (pl.col("landeswert") == 0) | (pl.col("landeswert") == pl.col("faktor"))
    )


def _gilt() -> pl.Expr:
    vergleichbar = [pl.col(v) != Urteil.NICHT for v in (Vergleich.LAND, Vergleich.KREISE)]
    return pl.all_horizontal(*vergleichbar, pl.col("landeswert").is_not_null()).fill_null(value=False)


def _lagen(art: Kennzahlart, teil: pl.DataFrame) -> pl.DataFrame:
    basis = teil["landeswert"] / teil["faktor"]
    innen, aussen = (
        trichtergrenzen(art, teil["bezug"], basis, k, teil["faktor"]) for k in (KONFIDENZ, KONFIDENZ_TRICHTER)
    )
    grenzen = dict(zip(_GRENZEN, (*innen, *aussen), strict=True))
    return teil.select("_zeile").with_columns(
        *(pl.Series(name, werte, dtype=pl.Float64) for name, werte in grenzen.items()),
        trichterlage(art, teil["zaehler"], teil["bezug"], basis),
    )
