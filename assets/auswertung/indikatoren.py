"""Computes `indikatorwerte` from the catalogue: one generated SQL statement per variant, one table for all.

What belongs here: joining numerators and denominators and forming Land values. What does not: the definitions
(`schemas/indikatoren/`) and what a value may be compared with (`vergleichbarkeit.py`).
"""

import duckdb
import polars as pl

from assets.auswertung.vergleichbarkeit import beurteile
from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.indikatorwerte import GLIEDERUNGEN, SPALTEN
from schemas.modell import Groesse, Herkunft, Indikator, Land, Variante

_LAND = "getvariable('land')"


def berechne(con: duckdb.DuckDBPyConnection, land: Land, katalog: tuple[Indikator, ...]) -> pl.DataFrame:
    """All values of the catalogue, columns and types of `schemas.indikatorwerte.SPALTEN`, sorted by key.

    Args:
        con: a database as `assets.auswertung.datenbank.datenbank` opens it.
        land: whose values.
        katalog: the indicators in use.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE einwohner AS {_einwohner()}")
    teile: list[pl.DataFrame] = [pl.DataFrame(schema=SPALTEN)]
    for indikator in katalog:
        for variante in indikator.varianten:
            if variante.zaehler is not None:
                werte = con.sql(sql_der_variante(con, variante)).pl()
                teile.append(_als_indikatorwerte(werte, indikator, variante, land))
    reihenfolge = {indikator.id: nummer for nummer, indikator in enumerate(katalog)}
    return pl.concat(teile).sort(
        pl.col("indikator_id").replace_strict(reihenfolge, return_dtype=pl.Int64),
        "variante",
        "berichtsjahr",
        pl.col("gebiet_typ") != "land",
        "ags",
        *GLIEDERUNGEN,
        "stand",
    )


def _einwohner() -> str:
    """SQL: inhabitants of each Meldeeinheit at the newest date, the weight of coverage."""
    return f"""
        SELECT ags, wert AS einwohner FROM ({EINWOHNER.sql})
        WHERE ags IN (SELECT ags FROM kreise) AND wert IS NOT NULL
        QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY ags)"""


def _gliederungen(con: duckdb.DuckDBPyConnection, groesse: Groesse) -> list[str]:
    """Breakdown columns a numerator or denominator yields."""
    spalten = con.sql(groesse.sql).columns
    return [name for name in GLIEDERUNGEN if name in spalten]


def sql_der_variante(con: duckdb.DuckDBPyConnection, variante: Variante) -> str:
    """The statement that computes one variant, as it runs; `con` only tells which breakdowns there are.

    Yields one row per area, year, state and breakdown: `zaehler, nenner, wert, wertstatus, vollstaendig, gebiet_typ,
    abdeckung_kreise, abdeckung_bevoelkerung`.

    Raises:
        ValueError: the variant has no source.
    """
    if variante.zaehler is None:
        raise ValueError(f"Variante {variante.id} hat keine Quelle")
    dims = _gliederungen(con, variante.zaehler)
    gruppe = ", ".join(["berichtsjahr", "stand", *dims])
    wert = "zaehler" if variante.nenner is None else f"{variante.faktor} * zaehler / nenner"
    return f"""
    WITH zaehler AS (
        SELECT * RENAME (wert AS zaehler) FROM ({variante.zaehler.sql})
        WHERE ags = {_LAND} OR ags IN (SELECT ags FROM kreise)),
    werte AS ({_mit_nenner(con, variante, dims)}),
    abdeckung AS (
        SELECT {gruppe}, count(*) FILTER (WHERE vollstaendig) AS abdeckung_kreise,
            sum(einwohner) FILTER (WHERE vollstaendig) / (SELECT sum(einwohner) FROM einwohner)
                AS abdeckung_bevoelkerung
        FROM werte LEFT JOIN einwohner USING (ags) WHERE ags <> {_LAND} GROUP BY ALL),
    eigene AS ({_land_eigen(variante, gruppe)}),
    summe AS ({_land_summe(variante, gruppe, dims)})
    SELECT *, CASE WHEN vollstaendig THEN {wert} END AS wert FROM (
        SELECT *, 'kreis' AS gebiet_typ, CAST(NULL AS BIGINT) AS abdeckung_kreise,
            CAST(NULL AS DOUBLE) AS abdeckung_bevoelkerung
        FROM werte WHERE ags <> {_LAND}
        UNION ALL BY NAME FROM eigene
        UNION ALL BY NAME FROM summe)"""


def _mit_nenner(con: duckdb.DuckDBPyConnection, variante: Variante, dims: list[str]) -> str:
    """Numerator and denominator side by side; a denominator joins on the breakdowns it shares."""
    if variante.nenner is None:
        return "SELECT *, CAST(NULL AS DOUBLE) AS nenner, zaehler IS NOT NULL AS vollstaendig FROM zaehler"
    eigene = _gliederungen(con, variante.nenner)
    schluessel = ", ".join(["ags", "berichtsjahr", *(d for d in eigene if d in dims)])
    nur_gesamt = " AND ".join(["true", *(f"{d} = 'T'" for d in eigene if d not in dims)])
    return f"""
        SELECT *, zaehler IS NOT NULL AND coalesce(nenner, 0) <> 0 AS vollstaendig
        FROM zaehler LEFT JOIN (SELECT {schluessel}, wert AS nenner FROM ({variante.nenner.sql}) WHERE {nur_gesamt})
        USING ({schluessel})"""


def _land_eigen(variante: Variante, gruppe: str) -> str:
    """The Land's own row: the official one, which covers all, or one the deliveries' SQL forms itself."""
    if variante.herkunft is Herkunft.AMTLICH:
        abdeckung = "(SELECT count(*) FROM kreise) AS abdeckung_kreise, 1.0 AS abdeckung_bevoelkerung"
        return f"SELECT *, 'land' AS gebiet_typ, {abdeckung} FROM werte WHERE ags = {_LAND} AND vollstaendig"
    return f"""
        SELECT *, 'land' AS gebiet_typ FROM werte LEFT JOIN abdeckung USING ({gruppe})
        WHERE ags = {_LAND} AND vollstaendig"""


def _land_summe(variante: Variante, gruppe: str, dims: list[str]) -> str:
    """Where the Land has no row of its own: the sum of the complete Kreise. Published rates are never summed."""
    spalten = ", ".join(["stand", *dims])
    return f"""
        SELECT {_LAND} AS ags, berichtsjahr, min(zeitraum_von) AS zeitraum_von, max(zeitraum_bis) AS zeitraum_bis,
            sum(zaehler) AS zaehler, schlechtester(list(wertstatus)) AS wertstatus, {spalten},
            sum(nenner) AS nenner, true AS vollstaendig, 'land' AS gebiet_typ,
            any_value(abdeckung_kreise) AS abdeckung_kreise,
            any_value(abdeckung_bevoelkerung) AS abdeckung_bevoelkerung
        FROM werte JOIN abdeckung USING ({gruppe})
        WHERE ags <> {_LAND} AND vollstaendig AND {variante.summierbar}
            AND ({gruppe}) NOT IN (SELECT ({gruppe}) FROM eigene)
        GROUP BY berichtsjahr, {spalten}"""


def _als_indikatorwerte(werte: pl.DataFrame, indikator: Indikator, variante: Variante, land: Land) -> pl.DataFrame:
    """Adds names, source, verdicts and the breakdowns a variant does not have (total)."""
    quelle = variante.zaehler.quelle if variante.zaehler else ""
    if variante.nenner is not None and variante.nenner.quelle != quelle:
        quelle = f"{quelle}; bezogen auf: {variante.nenner.quelle}"
    fehlende = [g for g in GLIEDERUNGEN if g not in werte.columns]
    ergaenzt = werte.with_columns(
        *(pl.lit("T").alias(g) for g in fehlende),
        indikator_id=pl.lit(indikator.id),
        variante=pl.lit(variante.id),
        land=pl.lit(land.id),
        einheit=pl.lit(variante.einheit or indikator.einheit),
        ki_unten=pl.lit(None, pl.Float64),
        ki_oben=pl.lit(None, pl.Float64),
        erwartet_kreise=pl.lit(len(land.meldeeinheiten)),
        quelle=pl.lit(quelle),
        definition_version=pl.lit(indikator.version),
        wertstatus=pl.when(pl.col("vollstaendig") | pl.col("zaehler").is_null())
        .then(pl.col("wertstatus"))
        .otherwise(pl.lit("U")),
    ).with_columns(konzept=pl.lit(variante.konzept))
    return beurteile(ergaenzt, variante).select(pl.col(name).cast(typ) for name, typ in SPALTEN.items())
