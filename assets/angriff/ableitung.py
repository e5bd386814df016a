"""Published rates and changes as inequalities between the cells they were made from.

What belongs here: rounding turned around. What does not: solving.
"""

from collections.abc import Iterable

import polars as pl

from assets.angriff.lesen import WERT, Ableitung, Ausgabe, AusgabeError
from assets.angriff.raum import Raum

SCHEMA = {"zaehler": pl.Int64, "nenner": pl.Int64, "a": pl.Float64, "b": pl.Float64, "mindestens": pl.Float64}


def ungleichungen(raum: Raum, ausgabe: Ausgabe, ganze: Iterable[str]) -> pl.DataFrame:
    """Rows a · zaehler + b · nenner ≥ mindestens (columns of `SCHEMA`), and `ableitung`, the index of the figure.

    w = f · z / n rounded half up to d decimals says w - h ≤ f · z / n < w + h with h = 10^-d / 2. Multiplied by
    2 · 10^d all numbers are whole; where z and n are counts (`ganze` measures), < becomes ≤ of the number before.

    Raises:
        AusgabeError: a figure is neither a number nor the sign for withheld.
    """
    leer = pl.DataFrame(schema={**SCHEMA, "ableitung": pl.Int64})
    ganze = set(ganze)
    teile = [
        _eine(raum, ausgabe, a, ganze).with_columns(ableitung=pl.lit(i, pl.Int64))
        for i, a in enumerate(ausgabe.ableitungen)
    ]
    return pl.concat([leer, *(t.select(leer.columns) for t in teile)])


def _eine(raum: Raum, ausgabe: Ausgabe, ableitung: Ableitung, ganze: set[str]) -> pl.DataFrame:
    zeilen = ableitung.zeilen.filter(pl.col(WERT) != ausgabe.gesperrt)
    wert = zeilen[WERT].cast(pl.Float64, strict=False)
    if wert.null_count():
        falsch = zeilen.filter(wert.is_null())[WERT][0]
        raise AusgabeError(
            f"„{ableitung.datei}“: „{falsch}“ ist weder eine Zahl mit Dezimalpunkt noch „{ausgabe.gesperrt}“ für "
            "geheim. Bitte die Datei neu schreiben."
        )
    frueher = zeilen
    if ableitung.jahre:
        frueher = zeilen.with_columns((pl.col("berichtsjahr").cast(pl.Int64) - ableitung.jahre).cast(pl.String))
    schritt = 2 * 10**ableitung.nachkommastellen
    zahlen = pl.DataFrame(
        {
            "zaehler": raum.schluessel(zeilen, ableitung.zaehler),
            "nenner": raum.schluessel(frueher, ableitung.nenner),
            "w": (wert * schritt).round(),
        }
    )
    if ableitung.art == "differenz":
        return _differenz(zahlen, schritt)
    mal = schritt * ableitung.faktor
    zuschlag = mal if ableitung.art == "veraenderung" else 0.0
    masse = {ableitung.zaehler["mass"], ableitung.nenner["mass"]}
    # The way a negative change is rounded at the half is not said, therefore both ends count there.
    streng = ableitung.art == "quotient" and masse <= ganze and mal.is_integer()
    unten = zahlen.with_columns(a=pl.lit(mal), b=-(pl.col("w") - 1 + zuschlag), mindestens=pl.lit(0.0))
    oben = zahlen.with_columns(a=pl.lit(-mal), b=pl.col("w") + 1 + zuschlag, mindestens=pl.lit(float(streng)))
    # Nothing is divided by zero: a whole denominator is at least 1.
    geteilt = zahlen.with_columns(a=pl.lit(0.0), b=pl.lit(1.0), mindestens=pl.lit(1.0))
    teile = [unten, oben, geteilt] if ableitung.nenner["mass"] in ganze else [unten, oben]
    return pl.concat([t.select(list(SCHEMA)) for t in teile])


def _differenz(zahlen: pl.DataFrame, schritt: int) -> pl.DataFrame:
    unten = zahlen.with_columns(a=pl.lit(1.0), b=pl.lit(-1.0), mindestens=(pl.col("w") - 1) / schritt)
    oben = zahlen.with_columns(a=pl.lit(-1.0), b=pl.lit(1.0), mindestens=-(pl.col("w") + 1) / schritt)
    return pl.concat([t.select(list(SCHEMA)) for t in (unten, oben)])
