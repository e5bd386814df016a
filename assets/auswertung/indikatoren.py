"""Computes `indikatorwerte` from the catalogue: every figure once, all variants in one statement.

What belongs here: numerators over denominators, and the order of the steps. What does not: the definitions
(`schemas/indikatoren/`), sums of the Land (`gebiete.py`), what a value may be compared with (`vergleichbarkeit.py`).
"""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from assets.auswertung.gebiete import mit_gebieten
from assets.auswertung.groessentabellen import Groessentabellen, groessentabellen
from assets.auswertung.intervalle import mit_vertrauensgrenzen
from assets.auswertung.katalogtabelle import katalogtabelle, standardgewichte, varianten
from assets.auswertung.lage import lage
from assets.auswertung.standardisieren import GRENZEN, nur_mit_allen_baendern, standardisiere
from assets.auswertung.vergleichbarkeit import LAND_MINDESTENS, eigene_gruende, gruende_im_verhaeltnis, mit_urteilen
from schemas.indikatorwerte import GLIEDERUNGEN, SPALTEN
from schemas.modell import Groesse, Indikator, Land, Variante

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
    **dict.fromkeys(GLIEDERUNGEN, "VARCHAR"),
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
    alle = {nummer: variante for nummer, _, variante in varianten(katalog)}
    groessen = [g for v in alle.values() for g in (v.zaehler, v.nenner) if g is not None]
    with groessentabellen(con, groessen) as tabellen:
        werte: pl.DataFrame = con.sql(_einzelwerte(alle, tabellen)).pl()
    return werte


def _einzelwerte(alle: Mapping[int, Variante], tabellen: Groessentabellen) -> str:
    """One statement for all variants, by their number in the catalogue."""
    arten: dict[object, dict[int, Variante]] = {}
    for nummer, variante in alle.items():
        art = (_zaehler(variante).gliederungen, variante.nenner and variante.nenner.gliederungen)
        arten.setdefault(art, {})[nummer] = variante
    # BY NAME makes NULL of what a part does not have; the first part has all columns and no rows.
    leer = ", ".join(f"CAST(NULL AS {typ}) AS {name}" for name, typ in EINZELWERTE.items())
    teile = [f"(SELECT {leer} LIMIT 0)", *(_gleichartige(v, tabellen) for v in arten.values())]
    return f"""
        SELECT {", ".join(EINZELWERTE)}, if(typ = 'kreis' AND gemeinde_ags <> 'T', 'gemeinde', typ) AS gebiet_typ
        FROM ({" UNION ALL BY NAME ".join(teile)}) JOIN gebiete USING (ags)"""


def _gleichartige(alle: Mapping[int, Variante], tabellen: Groessentabellen) -> str:
    """SELECT of variants whose numerators, and whose denominators, have the same breakdowns."""
    eine = next(iter(alle.values()))
    zaehler, nenner = _zaehler(eine), eine.nenner
    paare = ", ".join(
        f"({nr}, {tabellen.nummer(_zaehler(v))}, {tabellen.nummer(v.nenner)}, {v.faktor})" for nr, v in alle.items()
    )
    auswahl = f"""
        SELECT nummer, faktor, paar.nenner AS groesse, t.* EXCLUDE (groesse)
        FROM {tabellen.tabelle(zaehler)} t
        JOIN (VALUES {paare}) AS paar(nummer, zaehler, nenner, faktor) ON t.groesse = paar.zaehler"""
    nennertabelle = None if nenner is None else f"FROM {tabellen.tabelle(nenner)}"
    ohne = "".join(f", 'T' AS {g}" for g in GLIEDERUNGEN if g not in zaehler.gliederungen)
    return f"(SELECT *{ohne} FROM ({_bruch(eine, auswahl, nennertabelle, ('groesse',))}))"


def sql_der_variante(variante: Variante) -> str:
    """The statement that computes one variant from nothing but the tables of the database.

    Yields one row per area, year, state and breakdown: `zaehler, nenner, wert, wertstatus, vollstaendig`. A value is
    complete if numerator and denominator are known; its status is the worse of both.

    Raises:
        ValueError: the variant has no source.
    """
    zaehler = f"SELECT *, {variante.faktor} AS faktor FROM ({_zaehler(variante).sql})"
    sql = _bruch(variante, zaehler, variante.nenner.sql if variante.nenner else None)
    return f"SELECT * FROM ({sql}) SEMI JOIN gebiete USING (ags)"


def _zaehler(variante: Variante) -> Groesse:
    if variante.zaehler is None:
        raise ValueError(f"Variante {variante.id} hat keine Quelle")
    return variante.zaehler


def _bruch(variante: Variante, zaehler: str, nenner: str | None, schluessel: Sequence[str] = ()) -> str:
    """SELECT of numerator, denominator and value; a denominator joins on the breakdowns it shares.

    Args:
        variante: whose breakdowns both have.
        zaehler: SELECT of the numerator and `faktor`.
        nenner: SELECT of the denominator; None where there is none.
        schluessel: further columns that both have and that tell which denominator belongs to a numerator.
    """
    auswahl = f"SELECT * RENAME (wert AS zaehler) FROM ({zaehler})"
    if variante.nenner is None:
        return f"SELECT *, zaehler AS wert, zaehler IS NOT NULL AS vollstaendig FROM ({auswahl})"
    dims, eigene = _zaehler(variante).gliederungen, variante.nenner.gliederungen
    gleiche = ", ".join([*schluessel, "ags", "berichtsjahr", *(d for d in eigene if d in dims)])
    nur_gesamt = " AND ".join(["true", *(f"{d} = 'T'" for d in eigene if d not in dims)])
    return f"""
        SELECT * EXCLUDE (wertstatus, nennerstatus), zaehler IS NOT NULL AND coalesce(nenner, 0) <> 0 AS vollstaendig,
            CASE WHEN vollstaendig THEN faktor * zaehler / nenner END AS wert,
            CASE WHEN vollstaendig OR zaehler IS NULL
                THEN schlechtester(wertstatus, nennerstatus)
                WHEN nennerstatus = 'G' THEN 'G' ELSE 'U' END AS wertstatus
        FROM (SELECT * FROM ({auswahl}) LEFT JOIN (
            SELECT {gleiche}, wert AS nenner, wertstatus AS nennerstatus FROM ({nenner}) WHERE {nur_gesamt})
        USING ({gleiche}))"""


def _geordnet(werte: pl.DataFrame) -> pl.DataFrame:
    """The closed column list, in the order of the catalogue, the Land before the others."""
    gebiet = pl.col("gebiet_typ").replace_strict({"land": 0, "gruppe": 1, "kreis": 2, "gemeinde": 3})
    sortiert = werte.sort("nummer", "berichtsjahr", gebiet, "ags", *GLIEDERUNGEN, "stand")
    return sortiert.select(pl.col(name).cast(typ) for name, typ in SPALTEN.items())
