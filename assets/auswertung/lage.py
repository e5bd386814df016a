"""What judging values needs to know besides them, taken from the deliveries, the official series and the Land profile.

What belongs here: who is silent, what was revised, what broke, who lives where. What does not: judging
(`vergleichbarkeit.py`).
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from assets.auswertung.katalogtabelle import brueche, vorbehalte
from assets.auswertung.vergleichbarkeit import Lage
from schemas.erwartung import NICHT_WAHRGENOMMEN
from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.modell import Indikator, Land

_TRAEGER = """
    SELECT meldeeinheit AS ags, berichtsjahr, art AS aufgabe,
        CASE WHEN bool_or(meldung_vollstaendig = 'N') THEN 'N' ELSE 'T' END AS meldung
    FROM stellen JOIN zeitraum ON berichtsjahr = zr_jahr
    WHERE meldung_vollstaendig <> 'J' AND aktiv_von <= bis AND (aktiv_bis IS NULL OR aktiv_bis >= von)
    GROUP BY ALL"""
_ENTFAELLT = "SELECT meldeeinheit AS ags, berichtsjahr, aufgabe FROM aufgaben WHERE wahrgenommen IN ({codes})"
_REVIDIERT = """
    SELECT DISTINCT tabelle, CAST(left(zeit, 4) AS BIGINT) AS berichtsjahr, ags FROM amtlich_frueher f
    JOIN amtlich a USING (tabelle, zeit, ags, kennzahl, merkmale) WHERE a.wert IS DISTINCT FROM f.wert"""


def lage(con: duckdb.DuckDBPyConnection, land: Land, katalog: Sequence[Indikator]) -> Lage:
    """What is known besides the values; also makes the tables `einwohner` and `entfaellt`."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE einwohner AS {_einwohner()}")
    codes = ", ".join(f"'{code}'" for code in sorted(NICHT_WAHRGENOMMEN))
    con.execute(f"CREATE OR REPLACE TEMP TABLE entfaellt AS {_ENTFAELLT.format(codes=codes)}")
    aenderungen = [(m, g.jahr) for g in land.gebietsaenderungen for m in g.meldeeinheiten]
    return Lage(
        traeger=con.sql(_TRAEGER).pl(),
        revidiert=con.sql(_REVIDIERT).pl(),
        brueche=brueche(katalog),
        gebietsaenderungen=pl.DataFrame(aenderungen, {"ags": pl.String, "berichtsjahr": pl.Int64}, orient="row"),
        gemeinden=[g.ags for m in land.meldeeinheiten for g in m.gemeinden],
        vorbehalte=vorbehalte(katalog),
        einwohner=con.table("einwohner").pl(),
    )


def _einwohner() -> str:
    """SQL: inhabitants of each Meldeeinheit at the newest date, the weight of coverage."""
    return f"""
        SELECT ags, wert AS einwohner FROM ({EINWOHNER.sql})
        WHERE ags IN (SELECT ags FROM kreise) AND wert IS NOT NULL
        QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY ags)"""
