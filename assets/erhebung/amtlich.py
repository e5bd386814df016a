"""Official figures of one Meldeeinheit, for looking things up while filling in a template.

What belongs here: which of the indicators' figures are official, and the table they stand in.
"""

from dataclasses import replace

import duckdb
import polars as pl

from assets.auswertung.indikatoren import berechne
from schemas.indikatoren import katalog
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Herkunft, Land
from schemas.wertstatus import WERTSTATUS

_JAHRE = 3
"""Reporting years shown, up to the one asked for."""

_UEBERSCHRIFTEN = {
    "name": "Kennzahl",
    "berechnung": "Berechnung",
    "berichtsjahr": "Jahr",
    "zeitraum_bis": "Stand",
    "wert": "Wert",
    "einheit": "Einheit",
    "zaehler": "Zähler",
    "nenner": "Bezugsgröße",
    "status": "Hinweis zum Wert",
    "quelle": "Quelle",
}


def amtliche_zahlen(con: duckdb.DuckDBPyConnection, land: Land, meldeeinheit: str, jahr: int) -> pl.DataFrame:
    """The official figures among the indicators, totals only, newest year first; columns are German headings.

    Args:
        con: a database as `assets.auswertung.datenbank.datenbank` opens it.
        land: whose indicators.
        meldeeinheit: whose figures.
        jahr: the last reporting year of interest.
    """
    amtliche = []
    for indikator in katalog(land):
        varianten = tuple(v for v in indikator.varianten if v.herkunft is Herkunft.AMTLICH)
        if varianten:
            amtliche.append(replace(indikator, varianten=varianten))
    namen = {i.id: i.name for i in amtliche}
    label = {f"{i.id}|{v.id}": v.label for i in amtliche for v in i.varianten}
    gliederungen = [g for g in GLIEDERUNGEN if g != "konzept"]
    return (
        berechne(con, land, tuple(amtliche))
        .filter(
            pl.col("ags") == meldeeinheit,
            pl.col("wert").is_not_null(),
            pl.col("berichtsjahr").is_between(jahr - _JAHRE + 1, jahr),
            pl.all_horizontal(pl.col(gliederungen) == "T"),
        )
        .with_columns(
            pl.col("indikator_id").replace_strict(namen, return_dtype=pl.String).alias("name"),
            pl.col("zeitraum_bis").dt.strftime("%d.%m.%Y"),
            pl.concat_str("indikator_id", "variante", separator="|")
            .replace_strict(label, return_dtype=pl.String)
            .alias("berechnung"),
            pl.col("wertstatus").replace_strict(dict(_status()), return_dtype=pl.String).alias("status"),
        )
        .sort("indikator_id", "variante", "berichtsjahr", descending=[False, False, True])
        .select(pl.col(alt).alias(neu) for alt, neu in _UEBERSCHRIFTEN.items())
    )


def _status() -> list[tuple[str, str]]:
    """Nothing beside an ordinary value."""
    return [(c.code, "" if c.code == "N" else c.label) for c in WERTSTATUS.codes]
