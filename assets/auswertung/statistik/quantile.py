"""Classes of equal size by rank, for maps."""

import polars as pl

from assets.auswertung.statistik.eingaben import Statistikfehler


def quantilklasse(wert: pl.Expr, klassen: int, *, absteigend: bool = False) -> pl.Expr:
    """The class of each value, 1 to `klassen`, the lowest values in class 1; with `.over(…)` within groups.

    Equal values share a class, that of the lowest rank. Where classes cannot be equally full some hold one value more,
    class 1 among them. Fewer values than classes have no class, as a missing value has none.

    Args:
        wert: a numeric column; null is missing.
        klassen: 4 for quartiles.
        absteigend: the highest values are in class 1.

    Raises:
        Statistikfehler: fewer than two classes.
    """
    if klassen < 2:
        raise Statistikfehler("Quantile brauchen mindestens zwei Klassen")
    vorhanden = wert.fill_nan(None)
    anzahl = vorhanden.count().cast(pl.Int64)
    rang = vorhanden.rank("min", descending=absteigend).cast(pl.Int64)
    # In whole numbers: ceil(a / b) is -(-a // b), and a rounded quotient could miss the class boundary.
    von_oben = -((-(anzahl + 1 - rang) * klassen) // anzahl)
    return pl.when(anzahl >= klassen).then((klassen + 1 - von_oben).clip(lower_bound=1))
