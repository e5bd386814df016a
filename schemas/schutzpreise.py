"""The closed column list of the price table: what each choice of policy would withhold."""

import polars as pl

PREISE: dict[str, type[pl.DataType]] = {
    "regel": pl.String,
    "zellen": pl.Int64,
    "gesperrt": pl.Int64,
    "anteil_inhalt": pl.Float64,
    "summen_offen": pl.Float64,
}
"""One row per choice. `anteil_inhalt`: share of what the finest cells count that is in withheld ones. `summen_offen`:
share of sums that no longer add up, null where all do."""
