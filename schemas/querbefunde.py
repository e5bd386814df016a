"""The closed column list of `querbefunde`: findings of the rules that see more than one file.

One row per finding. `wert` and `vergleichswert` are the two figures a rule compared, where it compared figures;
`schluessel` says in words of the contract what the finding is about (`stelle_id=IBZ01; art=IBZ`), so that a comment on
it can be found again after the next run.
"""

import polars as pl

SPALTEN: dict[str, type[pl.DataType]] = {
    "regel": pl.String,
    "schwere": pl.String,
    "umfang": pl.String,
    "meldeeinheit": pl.String,
    "berichtsjahr": pl.Int64,
    "datensatz": pl.String,
    "schluessel": pl.String,
    "wert": pl.Float64,
    "vergleichswert": pl.Float64,
    "meldung": pl.String,
    "abhilfe": pl.String,
}

SCHLUESSEL: tuple[str, ...] = ("regel", "meldeeinheit", "berichtsjahr", "datensatz", "schluessel")
"""A finding is identified by these. `meldeeinheit` is the key of the Land where a finding is ours, not a Kreis's."""
