"""An in-memory DuckDB with everything indicators are computed from.

What belongs here: which tables and macros the SQL of the catalogue may use. Nothing is written to a DuckDB file: one
writing process would lock all readers out.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import polars as pl

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land
from schemas.wertstatus import RANGFOLGE
from schemas.zuweisung import hebt_gueltiges_auf, ist_gueltige_mitteilung

_REVIDIERT = "SELECT (tabelle, zeit) FROM amtlich_alle GROUP BY ALL HAVING min(stand) <> max(stand)"
_MEHRERE_STAENDE = f"FROM amtlich_alle WHERE (tabelle, zeit) IN ({_REVIDIERT})"
"""Only where a table was published twice for a date there is anything to choose; that is rare, and choosing is dear."""
_NEUESTER_STAND = "stand = max(stand) OVER (PARTITION BY tabelle, zeit, ags, kennzahl, merkmale)"


def geprueft(ablage: Ablage, datensatz: str) -> pl.DataFrame:
    """All accepted tables of a dataset in one frame; empty, but with all columns, before the first delivery."""
    leer = pl.DataFrame(schema=alle_datensaetze()[datensatz].polars_schema)
    pfade = ablage.liste(f"geprueft/{datensatz}", "*/*.parquet")
    return pl.concat([leer, ablage.lies_tabellen(pfade)]) if pfade else leer


@contextmanager
def datenbank(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> Iterator[duckdb.DuckDBPyConnection]:
    """Connection with `amtlich`, `amtlich_frueher`, each dataset, `kreise`, `gebiete`, `gemeinden` and `zeitraum`.

    `gebiete` are the Meldeeinheiten, their groups and the Land.

    Args:
        ablage: holds the accepted tables.
        land: whose datasets, Meldeeinheiten and periods.
        referenz: official series in the form `referenzstatistik`.
    """
    con = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    try:
        con.execute("SET VARIABLE land = $land", {"land": land.ags})
        rang = "".join(s.value for s in RANGFOLGE)
        con.execute(f"""CREATE MACRO schlechtester(a, b) AS
            substr('{rang}', greatest(instr('{rang}', a), instr('{rang}', b)), 1)""")
        # The same of all rows of a group, without a list of them.
        con.execute(f"CREATE MACRO schlechtester_aller(status) AS substr('{rang}', max(instr('{rang}', status)), 1)")
        # Sums of floating point numbers depend on their order, which differs from run to run; these do not.
        con.execute("CREATE MACRO feste_summe(zahl) AS CAST(sum(CAST(zahl AS DECIMAL(38, 15))) AS DOUBLE)")
        mit_neuestem_stand(con, referenz)
        con.execute(f"CREATE TABLE amtlich_frueher AS {_MEHRERE_STAENDE} QUALIFY NOT ({_NEUESTER_STAND})")
        for name, datensatz in alle_datensaetze().items():
            # What the Land does not collect is there without rows, so that every query of the catalogue runs.
            tabelle = (
                geprueft(ablage, name) if name in land.datensaetze else pl.DataFrame(schema=datensatz.polars_schema)
            )
            _tabelle(con, name, _mit_gueltigen(tabelle) if name == "finanzen" else tabelle)
        einheiten = {"ags": [m.id for m in land.meldeeinheiten], "gruppe": [m.gruppe for m in land.meldeeinheiten]}
        _tabelle(con, "kreise", pl.DataFrame(einheiten))
        con.execute("""CREATE TABLE gebiete AS
            SELECT ags, 'kreis' AS typ FROM kreise UNION SELECT gruppe, 'gruppe' FROM kreise
            UNION SELECT getvariable('land'), 'land'""")
        orte = [(g.ags, m.id) for m in land.meldeeinheiten for g in m.gemeinden]
        _tabelle(
            con, "gemeinden", pl.DataFrame(orte, schema={"ags": pl.String, "meldeeinheit": pl.String}, orient="row")
        )
        grenzen = [(jahr, *land.zeitraum(jahr)) for jahr in land.berichtsjahre]
        spalten = {"zr_jahr": pl.Int64, "von": pl.Date, "bis": pl.Date}
        _tabelle(con, "zeitraum", pl.DataFrame(grenzen, schema=spalten, orient="row"))
        # From here on SQL sees these tables only: no file, no network.
        con.execute("SET enable_external_access = false")
        yield con
    finally:
        con.close()


def mit_neuestem_stand(con: duckdb.DuckDBPyConnection, referenz: pl.DataFrame) -> None:
    """Makes `amtlich_alle` of official series in the form `referenzstatistik`, and `amtlich` of their newest state."""
    _tabelle(con, "amtlich_alle", referenz)
    con.execute(f"""
        CREATE TABLE amtlich AS FROM amtlich_alle WHERE (tabelle, zeit) NOT IN ({_REVIDIERT})
        UNION ALL ({_MEHRERE_STAENDE} QUALIFY {_NEUESTER_STAND})""")


def _mit_gueltigen(finanzen: pl.DataFrame) -> pl.DataFrame:
    """With `gilt` and `hebt_auf`: which notices count and which revocations touch them, judged file by file."""
    je_datei = pl.concat_str("meldeeinheit", "berichtsjahr", "fg", separator="|")
    urteile = finanzen.with_columns(fg=je_datei).select(gilt=ist_gueltige_mitteilung(), hebt_auf=hebt_gueltiges_auf())
    return finanzen.hstack(urteile)


def in_allen_staenden(con: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """The answer to the SELECT of an official series for all its published states, not only the newest."""
    # A temporary view hides the one of the same name until it is dropped.
    con.execute("CREATE TEMP VIEW amtlich AS FROM amtlich_alle")
    try:
        antwort: pl.DataFrame = con.sql(sql).pl()
    finally:
        con.execute("DROP VIEW temp.amtlich")
    return antwort


@contextmanager
def mit_anderer_lieferung(
    con: duckdb.DuckDBPyConnection, schluessel: Lieferschluessel, tabelle: pl.DataFrame
) -> Iterator[None]:
    """The database as if this table stood for the delivery; afterwards it is as before."""
    datensatz = schluessel.datensatz
    ort = [schluessel.berichtsjahr, schluessel.meldeeinheit]
    zeilen = _mit_gueltigen(tabelle) if datensatz == "finanzen" else tabelle
    with _nur_fuer_jetzt(con):
        con.execute(f"DELETE FROM {datensatz} WHERE berichtsjahr = ? AND meldeeinheit = ?", ort)
        con.register("eingabe", zeilen)
        con.execute(f"INSERT INTO {datensatz} BY NAME FROM eingabe")
        con.unregister("eingabe")
        yield


@contextmanager
def mit_amtlichem_stand(con: duckdb.DuckDBPyConnection, tabelle: str, zeit: str, bis: str) -> Iterator[None]:
    """The database as if figures of an official table for `zeit` were not published anew after the state `bis`.

    Figures that have no earlier state stay: they were not revised but first published. Afterwards it is as before.
    """
    frueher = f"""
        FROM amtlich_alle WHERE tabelle = $tabelle AND zeit = $zeit AND stand <= $bis QUALIFY {_NEUESTER_STAND}"""
    werte = {"tabelle": tabelle, "zeit": zeit, "bis": bis}
    with _nur_fuer_jetzt(con):
        con.execute(f"CREATE OR REPLACE TEMP TABLE frueher AS {frueher}", werte)
        con.execute("""DELETE FROM amtlich WHERE (tabelle, zeit, ags, kennzahl, merkmale) IN (
            SELECT (tabelle, zeit, ags, kennzahl, merkmale) FROM frueher)""")
        con.execute("INSERT INTO amtlich BY NAME FROM frueher")
        yield


@contextmanager
def _nur_fuer_jetzt(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    con.begin()
    try:
        yield
    finally:
        con.rollback()


def _tabelle(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register("eingabe", frame)
    con.execute(f'CREATE TABLE "{name}" AS FROM eingabe')
    con.unregister("eingabe")
