"""Computes `indikatorwerte` from the catalogue: one generated SQL statement per variant, one table for all.

What belongs here: numerators over denominators, and the order of the steps. What does not: the definitions
(`schemas/indikatoren/`), sums of the Land (`gebiete.py`), what a value may be compared with (`vergleichbarkeit.py`).
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from assets.auswertung.gebiete import mit_gebieten
from assets.auswertung.intervalle import mit_vertrauensgrenzen
from assets.auswertung.katalogtabelle import katalogtabelle, standardgewichte, varianten
from assets.auswertung.lage import lage
from assets.auswertung.standardisieren import GRENZEN, nur_mit_allen_baendern, standardisiere
from assets.auswertung.vergleichbarkeit import LAND_MINDESTENS, eigene_gruende, gruende_im_verhaeltnis, mit_urteilen
from schemas.indikatorwerte import GLIEDERUNGEN, SPALTEN
from schemas.modell import Groesse, Indikator, Land, Variante

_LAND = "getvariable('land')"

EINZELWERTE: dict[str, str] = {
    "nummer": "BIGINT",
    "ags": "VARCHAR",
    "berichtsjahr": "BIGINT",
    "zeitraum_von": "DATE",
    "zeitraum_bis": "DATE",
    "zaehler": "DOUBLE",
    "nenner": "DOUBLE",
    "wert": "DOUBLE",
    "wertstatus": "VARCHAR",
    "stand": "VARCHAR",
    "vollstaendig": "BOOLEAN",
    "zaehlweise": "VARCHAR",
    **dict.fromkeys(GLIEDERUNGEN, "VARCHAR DEFAULT 'T'"),
}
"""Columns of single values; a breakdown a variant does not have stands at total."""


def berechne(con: duckdb.DuckDBPyConnection, land: Land, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """All values of the catalogue, columns and types of `schemas.indikatorwerte.SPALTEN`, sorted by key.

    Args:
        con: a database as `assets.auswertung.datenbank.datenbank` opens it.
        land: whose values.
        katalog: the indicators in use.
    """
    tabelle = katalogtabelle(katalog)
    gewichte = standardgewichte(katalog, land)
    katalogspalten = [s for s in tabelle.columns if s != "nummer"]
    # Every step takes over the table of the one before; a name for each would keep all of them in memory.
    werte = nur_mit_allen_baendern(einzelwerte(con, katalog).join(tabelle, on="nummer"), gewichte)
    werte = eigene_gruende(werte, lage(con, land, katalog)).drop(katalogspalten)
    werte = mit_gebieten(con, werte, tabelle)
    werte = standardisiere(werte.join(tabelle, on="nummer"), gewichte).drop(katalogspalten)
    werte = mit_urteilen(gruende_im_verhaeltnis(werte, land.schwellen[LAND_MINDESTENS]))
    werte = werte.drop(s for s in werte.columns if s not in {*EINZELWERTE, *SPALTEN, *GRENZEN})
    werte = mit_vertrauensgrenzen(werte.join(tabelle, on="nummer"))
    return _geordnet(werte.with_columns(land=pl.lit(land.id), konzept="katalog_konzept"))


def einzelwerte(con: duckdb.DuckDBPyConnection, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """The values of all variants for Meldeeinheiten and Gemeinden, and the rows sources have for the Land or a group.

    Returns:
        Columns `EINZELWERTE` and `gebiet_typ`.
    """
    spalten = ", ".join(f"{name} {typ}" for name, typ in EINZELWERTE.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE einzelwerte ({spalten})")
    for nummer, _, variante in varianten(katalog):
        con.execute(
            f"INSERT INTO einzelwerte BY NAME SELECT {nummer} AS nummer, * FROM ({sql_der_variante(con, variante)})"
        )
    werte: pl.DataFrame = con.sql(f"""
        SELECT *, CASE WHEN ags = {_LAND} THEN 'land' WHEN ags IN (SELECT gruppe FROM kreise) THEN 'gruppe'
            WHEN gemeinde_ags <> 'T' THEN 'gemeinde' ELSE 'kreis' END AS gebiet_typ FROM einzelwerte""").pl()
    con.execute("DROP TABLE einzelwerte")
    return werte


def sql_der_variante(con: duckdb.DuckDBPyConnection, variante: Variante) -> str:
    """The statement that computes one variant, as it runs; `con` only tells which breakdowns there are.

    Yields one row per area, year, state and breakdown: `zaehler, nenner, wert, wertstatus, vollstaendig`. A value is
    complete if numerator and denominator are known; its status is the worse of both.

    Raises:
        ValueError: the variant has no source.
    """
    if variante.zaehler is None:
        raise ValueError(f"Variante {variante.id} hat keine Quelle")
    zaehler = f"""
        SELECT * RENAME (wert AS zaehler) FROM ({variante.zaehler.sql})
        WHERE ags = {_LAND} OR ags IN (SELECT ags FROM kreise) OR ags IN (SELECT gruppe FROM kreise)"""
    if variante.nenner is None:
        return f"""SELECT *, zaehler AS wert, zaehler IS NOT NULL AS vollstaendig FROM ({zaehler})"""
    return f"""
        SELECT * EXCLUDE (wertstatus, nennerstatus), zaehler IS NOT NULL AND coalesce(nenner, 0) <> 0 AS vollstaendig,
            CASE WHEN vollstaendig THEN {variante.faktor} * zaehler / nenner END AS wert,
            CASE WHEN vollstaendig OR zaehler IS NULL
                THEN schlechtester([wertstatus, coalesce(nennerstatus, wertstatus)])
                WHEN nennerstatus = 'G' THEN 'G' ELSE 'U' END AS wertstatus
        FROM ({_mit_nenner(con, variante.zaehler, variante.nenner, zaehler)})"""


def _mit_nenner(con: duckdb.DuckDBPyConnection, zaehler: Groesse, nenner: Groesse, auswahl: str) -> str:
    """Numerator and denominator side by side; a denominator joins on the breakdowns it shares."""
    dims, eigene = _gliederungen(con, zaehler), _gliederungen(con, nenner)
    schluessel = ", ".join(["ags", "berichtsjahr", *(d for d in eigene if d in dims)])
    nur_gesamt = " AND ".join(["true", *(f"{d} = 'T'" for d in eigene if d not in dims)])
    return f"""
        SELECT * FROM ({auswahl}) LEFT JOIN (
            SELECT {schluessel}, wert AS nenner, wertstatus AS nennerstatus FROM ({nenner.sql}) WHERE {nur_gesamt})
        USING ({schluessel})"""


def _gliederungen(con: duckdb.DuckDBPyConnection, groesse: Groesse) -> list[str]:
    """Breakdown columns a numerator or denominator yields."""
    spalten = con.sql(groesse.sql).columns
    return [name for name in GLIEDERUNGEN if name in spalten]


def _geordnet(werte: pl.DataFrame) -> pl.DataFrame:
    """The closed column list, in the order of the catalogue, the Land before the others."""
    gebiet = pl.col("gebiet_typ").replace_strict({"land": 0, "gruppe": 1, "kreis": 2, "gemeinde": 3})
    sortiert = werte.sort("nummer", "berichtsjahr", gebiet, "ags", *GLIEDERUNGEN, "stand")
    return sortiert.select(pl.col(name).cast(typ) for name, typ in SPALTEN.items())
