"""What judging values needs to know besides them, taken from the deliveries, the official series and the Land profile.

What belongs here: who is silent, what was revised, what broke, who lives where. What does not: judging
(`vergleichbarkeit.py`).
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from assets.auswertung.katalogtabelle import amtliche_tabellen, brueche, vorbehalte
from assets.auswertung.vergleichbarkeit import Lage
from schemas.erwartung import AUFGABEN, NICHT_WAHRGENOMMEN
from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.modell import Indikator, Land

_TRAEGER = """
    SELECT meldeeinheit AS ags, berichtsjahr, art AS aufgabe,
        CASE WHEN bool_or(meldung_vollstaendig = 'N') THEN 'N' ELSE 'T' END AS meldung
    FROM stellen JOIN zeitraum ON berichtsjahr = zr_jahr
    WHERE meldung_vollstaendig <> 'J' AND aktiv_von <= bis AND (aktiv_bis IS NULL OR aktiv_bis >= von)
    GROUP BY ALL"""
_REVIDIERT = """
    SELECT DISTINCT nummer, CAST(left(zeit, 4) AS BIGINT) + versatz AS berichtsjahr, ags FROM amtlich_frueher f
    JOIN amtliche_tabellen USING (tabelle) JOIN amtlich a USING (tabelle, zeit, ags, kennzahl, merkmale)
    WHERE a.wert IS DISTINCT FROM f.wert"""


def lage(con: duckdb.DuckDBPyConnection, land: Land, katalog: Sequence[Indikator]) -> Lage:
    """What is known besides the values; also makes the tables `einwohner` and `entfaellt`."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE einwohner AS {_einwohner()}")
    con.register("nicht_wahrgenommen", entfallende(con.table(AUFGABEN).pl()))
    con.execute("CREATE OR REPLACE TEMP TABLE entfaellt AS FROM nicht_wahrgenommen")
    con.unregister("nicht_wahrgenommen")
    aenderungen = [(m, g.jahr) for g in land.gebietsaenderungen for m in g.meldeeinheiten]
    return Lage(
        traeger=con.sql(_TRAEGER).pl(),
        revidiert=_revidiert(con, katalog),
        brueche=brueche(katalog),
        gebietsaenderungen=pl.DataFrame(aenderungen, {"ags": pl.String, "berichtsjahr": pl.Int64}, orient="row"),
        gemeinden=[g.ags for m in land.meldeeinheiten for g in m.gemeinden],
        vorbehalte=vorbehalte(katalog),
        einwohner=con.table("einwohner").pl(),
    )


def entfallende(aufgaben: pl.DataFrame) -> pl.DataFrame:
    """`ags, berichtsjahr, aufgabe` of tasks that are not carried out, from the accepted tables of `aufgaben`."""
    return aufgaben.filter(pl.col("wahrgenommen").is_in(NICHT_WAHRGENOMMEN)).select(
        "berichtsjahr", "aufgabe", ags="meldeeinheit"
    )


def _revidiert(con: duckdb.DuckDBPyConnection, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """`nummer, berichtsjahr, ags`: values one of whose official tables has an earlier, different figure."""
    con.register("amtliche_tabellen", amtliche_tabellen(katalog))
    try:
        antwort: pl.DataFrame = con.sql(_REVIDIERT).pl()
    finally:
        con.unregister("amtliche_tabellen")
    return antwort


def _einwohner() -> str:
    """SQL: inhabitants of each Meldeeinheit at the newest date, the weight of coverage."""
    return f"""
        SELECT ags, wert AS einwohner FROM ({EINWOHNER.sql})
        WHERE ags IN (SELECT ags FROM kreise) AND wert IS NOT NULL
        QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY ags)"""
