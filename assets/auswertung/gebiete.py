"""Forms the values of the Land and of groups of Meldeeinheiten from the values that may enter them.

What belongs here: sums, and how many Meldeeinheiten and which share of the population they rest on. What does not:
which values may enter a sum (`vergleichbarkeit.py`).
"""

from collections.abc import Sequence

import duckdb
import polars as pl

from schemas.indikatorwerte import GLIEDERUNGEN

_LAND = "getvariable('land')"
_FELD = "nummer, berichtsjahr, stand"
_SCHLUESSEL = ", ".join([_FELD, *GLIEDERUNGEN])
_GLIEDERUNG = "CASE {} ELSE 'T' END".format(
    " ".join(f"WHEN {g} <> 'T' THEN '{g}'" for g in GLIEDERUNGEN if g != "konzept")
)
"""SQL: by what a row is broken down. Who breaks a figure down at all stands behind every part of it: a part that is not
there is none."""
_OHNE_ERBE = frozenset({"g_NENNER_KLEIN"})
"""Reasons that a sum does not take over from its parts."""


def mit_gebieten(con: duckdb.DuckDBPyConnection, werte: pl.DataFrame, katalog: pl.DataFrame) -> pl.DataFrame:
    """Single values together with those of the Land and of groups.

    Where a source has rows for the Land or a group of its own, these are the values; otherwise they are the sums of the
    complete and comparable Meldeeinheiten. Published rates are never summed.

    Args:
        con: a database with `kreise`, `einwohner` and `entfaellt` (`ags, berichtsjahr, aufgabe` not carried out, so
            that no value is expected; who delivers one all the same is counted).
        werte: single values with their own reasons (`g_…`), `taugt` and `vollstaendig`.
        katalog: the table of the catalogue.

    Returns:
        `werte` with `abdeckung_kreise`, `erwartet_kreise`, `abdeckung_bevoelkerung` (share of the population of those
        expected) and `menge` (whom a value is made of; null for single ones).
    """
    con.register("geurteilt", werte)
    con.register("katalog", katalog)
    try:
        alle: pl.DataFrame = con.sql(_sql([s for s in werte.columns if s.startswith("g_")])).pl()
        return alle
    finally:
        con.unregister("geurteilt")
        con.unregister("katalog")


def _sql(gruende: Sequence[str]) -> str:
    """One statement for all indicators: sums, expectation, coverage, and the single values unchanged."""
    ererbt = ", ".join(f"bool_or({g}) AS {g}" for g in gruende if g not in _OHNE_ERBE)
    return f"""
    WITH eigene AS (FROM geurteilt WHERE gebiet_typ IN ('land', 'gruppe') AND vollstaendig),
    einzelne AS (
        SELECT g.*, gruppe, einwohner, {_GLIEDERUNG} AS gliederung
        FROM geurteilt g JOIN kreise USING (ags) LEFT JOIN einwohner USING (ags)
        WHERE gebiet_typ = 'kreis' AND vollstaendig AND taugt),
    abdeckung AS (
        SELECT coalesce(gruppe, {_LAND}) AS ags, {_FELD}, gliederung, count(*) AS abdeckung_kreise,
            sum(einwohner) AS abdeckung_einwohner, string_agg(ags, ' ' ORDER BY ags) AS menge
        FROM (SELECT DISTINCT {_FELD}, gliederung, ags, gruppe, einwohner FROM einzelne)
        GROUP BY GROUPING SETS (({_FELD}, gliederung), ({_FELD}, gliederung, gruppe))),
    summen AS (
        SELECT coalesce(gruppe, {_LAND}) AS ags, if(gruppe IS NULL, 'land', 'gruppe') AS gebiet_typ, {_SCHLUESSEL},
            min(zeitraum_von) AS zeitraum_von, max(zeitraum_bis) AS zeitraum_bis,
            feste_summe(zaehler) AS zaehler, feste_summe(nenner) AS nenner,
            schlechtester_aller(wertstatus) AS wertstatus, any_value(zaehlweise) AS zaehlweise, {ererbt},
            any_value(gliederung) AS gliederung, false AS eigen
        FROM einzelne GROUP BY GROUPING SETS (({_SCHLUESSEL}), ({_SCHLUESSEL}, gruppe))),
    gebildet AS (
        SELECT s.*, true AS vollstaendig, true AS taugt, nenner < mindestnenner AS g_NENNER_KLEIN,
            if(hat_nenner, faktor * zaehler / nenner, zaehler) AS wert
        FROM summen s JOIN katalog USING (nummer) ANTI JOIN eigene USING (ags, {_FELD})
        WHERE summierbar),
    zusammen AS (
        SELECT z.* EXCLUDE (gliederung), a.abdeckung_kreise, a.abdeckung_einwohner, coalesce(a.menge, '') AS menge
        FROM (FROM gebildet UNION ALL BY NAME SELECT *, {_GLIEDERUNG} AS gliederung, true AS eigen FROM eigene) z
        LEFT JOIN abdeckung a USING (ags, {_FELD}, gliederung)),
    erwartung AS (
        SELECT coalesce(gruppe, {_LAND}) AS ags, nummer, berichtsjahr, count(*) AS erwartet_kreise,
            sum(einwohner) AS erwartet_einwohner
        FROM (SELECT DISTINCT nummer, berichtsjahr FROM geurteilt) JOIN katalog USING (nummer)
        CROSS JOIN kreise k LEFT JOIN einwohner USING (ags)
        WHERE amtlich OR (k.ags, berichtsjahr, aufgabe) NOT IN (SELECT (ags, berichtsjahr, aufgabe) FROM entfaellt)
            OR (nummer, berichtsjahr, k.ags) IN (SELECT (nummer, berichtsjahr, ags) FROM einzelne)
        GROUP BY GROUPING SETS ((nummer, berichtsjahr), (nummer, berichtsjahr, gruppe)))
    SELECT w.* EXCLUDE (abdeckung_einwohner, abdeckung_kreise, menge, eigen), erwartet_kreise,
        if(amtlich AND eigen, erwartet_kreise, abdeckung_kreise) AS abdeckung_kreise,
        if(amtlich AND eigen, 1.0, abdeckung_einwohner / erwartet_einwohner) AS abdeckung_bevoelkerung,
        if(amtlich AND eigen, '', menge) AS menge
    FROM (FROM zusammen UNION ALL BY NAME
        SELECT * FROM geurteilt WHERE gebiet_typ IN ('kreis', 'gemeinde')) w
    JOIN katalog k USING (nummer)
    LEFT JOIN erwartung a ON a.nummer = w.nummer AND a.berichtsjahr = w.berichtsjahr
        AND a.ags = if(gebiet_typ IN ('land', 'gruppe'), w.ags, {_LAND})"""
