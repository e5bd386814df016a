"""A table as CSV for machines, as CSV for a German spreadsheet, and as Parquet.

What belongs here: how a table is written. What does not: what is in it.
"""

import io

import polars as pl

from assets.offenedaten.tabelle import GERUNDET

JA, NEIN = "ja", "nein"


def als_csv(tabelle: pl.DataFrame) -> bytes:
    """UTF-8, comma, decimal point."""
    return _mit_worten(tabelle).write_csv().encode()


def als_excel_csv(tabelle: pl.DataFrame) -> bytes:
    """UTF-8 with byte order mark, semicolon, decimal comma: a German Excel opens it by a double click."""
    komma = [pl.col(n).str.replace(".", ",", literal=True) for n in tabelle.columns if n == GERUNDET]
    text: str = _mit_worten(tabelle).with_columns(komma).write_csv(separator=";", decimal_comma=True)
    return text.encode("utf-8-sig")


def als_parquet(tabelle: pl.DataFrame) -> bytes:
    """Typed: numbers, dates and truth values as such."""
    puffer = io.BytesIO()
    tabelle.with_columns(pl.col(GERUNDET).cast(pl.Float64)).write_parquet(puffer, compression="zstd", statistics=False)
    return puffer.getvalue()


def _mit_worten(tabelle: pl.DataFrame) -> pl.DataFrame:
    worte = pl.when(pl.col(pl.Boolean)).then(pl.lit(JA)).otherwise(pl.lit(NEIN)).name.keep()
    return tabelle.with_columns(worte)
