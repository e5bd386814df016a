"""Limits of random fluctuation for every value that has any.

What belongs here: which values get limits. What does not: the methods (`statistik/`) and how they are published
(`schemas/statistik.py`).
"""

import polars as pl

from assets.auswertung.statistik.verfahren import vertrauensgrenzen
from schemas.modell import Kennzahlart

_MIT_GRENZEN = (Kennzahlart.ANTEIL, Kennzahlart.RATE, Kennzahlart.VERHAELTNIS)


def mit_vertrauensgrenzen(werte: pl.DataFrame) -> pl.DataFrame:
    """Adds `ki_unten` and `ki_oben` in the unit of the value; null where there are none.

    Those of standardised rates are there already, as `std_unten` and `std_oben` (`standardisieren.py`).
    A share whose numerator is larger than its denominator, as two sources can make it, is no share: it gets no limits.

    Args:
        werte: needs `art, faktor, zaehler, nenner, wert, std_unten, std_oben`.
    """
    moeglich = pl.col("wert").is_not_null() & (pl.col("zaehler") >= 0) & (pl.col("nenner") > 0)
    kein_teil = (pl.col("art") == Kennzahlart.ANTEIL) & (pl.col("zaehler") > pl.col("nenner"))
    auswahl = moeglich & ~kein_teil & pl.col("art").is_in([str(a) for a in _MIT_GRENZEN])
    werte = werte.with_row_index("_zeile")
    teile = [_grenzen(werte.filter(auswahl & (pl.col("art") == art)), art) for art in _MIT_GRENZEN]
    mit_grenzen = werte.join(pl.concat(teile), on="_zeile", how="left", maintain_order="left").drop("_zeile")
    return mit_grenzen.with_columns(
        ki_unten=pl.coalesce("ki_unten", "std_unten"), ki_oben=pl.coalesce("ki_oben", "std_oben")
    )


def _grenzen(werte: pl.DataFrame, art: Kennzahlart) -> pl.DataFrame:
    grenzen = vertrauensgrenzen(art, werte["zaehler"], werte["nenner"], werte["faktor"])
    return werte.select(
        "_zeile",
        ki_unten=pl.Series(grenzen.unten, dtype=pl.Float64),
        ki_oben=pl.Series(grenzen.oben, dtype=pl.Float64),
    )
