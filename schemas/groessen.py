"""Makes the SQL of numerators and denominators from what they are: an official series, or measures of a dataset.

What belongs here: the few forms a `Groesse` takes. Every form yields the columns `schemas.modell.Groesse` asks for and
runs on the tables `amtlich` (newest state), `amtlich_frueher` (earlier states), one per dataset, and `zeitraum`.
"""

import json
from collections.abc import Mapping, Sequence

from schemas.datensaetze import alle_datensaetze
from schemas.modell import Groesse

STATUS_OHNE_WERT = "U"


def _text(wert: str) -> str:
    return "'" + wert.replace("'", "''") + "'"


def reihe(kennzahl: str, merkmale: Mapping[str, str] | None = None) -> str:
    """SQL condition for one official series: its measure and exactly these characteristics."""
    json_text = json.dumps(dict(merkmale or {}), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"(kennzahl = {_text(kennzahl)} AND merkmale = {_text(json_text)})"


def reihen(kennzahl: str, merkmal: str, werte: Sequence[str], rest: Mapping[str, str] | None = None) -> str:
    """SQL condition for several series that differ in one characteristic, any others being free unless in `rest`."""
    liste = ", ".join(_text(w) for w in werte)
    teile = [f"kennzahl = {_text(kennzahl)}", f"merkmale ->> {_text(merkmal)} IN ({liste})"]
    teile += [f"merkmale ->> {_text(name)} = {_text(wert)}" for name, wert in (rest or {}).items()]
    return f"({' AND '.join(teile)})"


_JAHR = "CAST(left(zeit, 4) AS BIGINT)"
_VON = f"CASE WHEN length(zeit) = 10 THEN CAST(zeit AS DATE) ELSE make_date({_JAHR}, 1, 1) END"
_BIS = f"CASE WHEN length(zeit) = 10 THEN CAST(zeit AS DATE) ELSE make_date({_JAHR}, 12, 31) END"


def amtlich(
    tabelle: str,
    bedingung: str,
    quelle: str,
    *,
    frueher: bool = False,
    jahre_spaeter: int = 0,
    summe: bool = False,
    brueche: Mapping[int, str] | None = None,
) -> Groesse:
    """An official series, or the sum of several that do not overlap.

    Args:
        tabelle: code of the official table.
        bedingung: which series of it, from `reihe` or `reihen`; several joined by OR where a table changed its form.
        quelle: source in words, with table and date.
        frueher: earlier states of revision instead of the newest.
        jahre_spaeter: use a figure for the reporting year this many years later (denominators of the year before).
        summe: add the series up; a missing part makes the sum missing, a rounded one makes it restricted.
        brueche: first year after a break in the series -> what changed.
    """
    bruch = {jahr + jahre_spaeter: text for jahr, text in (brueche or {}).items()}
    sicht = "amtlich_frueher" if frueher else "amtlich"
    auswahl = f"""
        SELECT *, {_JAHR} AS jahr, {_VON} AS von, {_BIS} AS bis
        FROM {sicht} WHERE tabelle = {_text(tabelle)} AND ({bedingung})"""
    spalten = f"ags, jahr + {jahre_spaeter} AS berichtsjahr, von AS zeitraum_von, bis AS zeitraum_bis"
    if not summe:
        einzeln = f"SELECT {spalten}, wert, wertstatus, stand FROM ({auswahl})"
        return Groesse(einzeln, quelle, tabelle=tabelle, brueche=bruch)
    sql = f"""
        SELECT {spalten},
            CASE WHEN count(*) = count(wert) THEN sum(wert) END AS wert,
            CASE WHEN count(*) = count(wert) THEN 'N' ELSE '{STATUS_OHNE_WERT}' END AS wertstatus,
            max(stand) AS stand
        FROM ({auswahl}) GROUP BY ags, jahr, von, bis"""
    return Groesse(sql, quelle, tabelle=tabelle, brueche=bruch)


def geliefert(datensatz: str, mass: str, bedingung: str, quelle: str, *, gliederung: Sequence[str] = ()) -> Groesse:
    """The sum of a measure over the rows of a dataset that meet a condition, in total and by each breakdown column.

    A row without a number makes the sum missing with the worst status among the rows; nothing is filled in.
    """
    auswahl = (
        f"SELECT *, berichtsjahr AS jahr FROM {datensatz} JOIN zeitraum ON berichtsjahr = zr_jahr WHERE {bedingung}"
    )
    return _summe(auswahl, datensatz, mass, quelle, gliederung)


def am_letzten_stichtag(
    datensatz: str, mass: str, bedingung: str, quelle: str, *, gliederung: Sequence[str] = ()
) -> Groesse:
    """Like `geliefert`, for rows that hold for a Stichtag; of several in a file only the last one counts.

    A file should have one only (R15d), but no sum may double because some other way led to two.
    """
    auswahl = f"""
        SELECT *, berichtsjahr AS jahr FROM {datensatz} JOIN zeitraum ON berichtsjahr = zr_jahr
        QUALIFY stichtag = max(stichtag) OVER (PARTITION BY meldeeinheit, berichtsjahr)"""
    return _summe(f"SELECT * FROM ({auswahl}) WHERE {bedingung}", datensatz, mass, quelle, gliederung)


def bestand(datensatz: str, mass: str, bedingung: str, quelle: str, *, gliederung: Sequence[str] = ()) -> Groesse:
    """Like `geliefert`, for stocks at a Stichtag; where two files state the same stock, the newer file counts."""
    auswahl = f"""
        SELECT *, year(stichtag) AS jahr, stichtag AS von, stichtag AS bis FROM {datensatz}
        QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY meldeeinheit, stichtag, konzept)"""
    return _summe(f"SELECT * FROM ({auswahl}) WHERE {bedingung}", datensatz, mass, quelle, gliederung)


def _summe(auswahl: str, datensatz: str, mass: str, quelle: str, gliederung: Sequence[str]) -> Groesse:
    gruppen = ", ".join(f"(meldeeinheit, jahr{zusatz})" for zusatz in ("", *(f", {g}" for g in gliederung)))
    namen = "".join(f", coalesce({g}, 'T') AS {g}" for g in gliederung)
    sql = f"""
        SELECT meldeeinheit AS ags, jahr AS berichtsjahr,
            any_value(von) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
            CASE WHEN count(*) = count({mass}) THEN CAST(sum({mass}) AS DOUBLE) END AS wert,
            schlechtester(list({mass}_status)) AS wertstatus, '' AS stand{_zaehlweise(datensatz)}{namen}
        FROM ({auswahl}) GROUP BY GROUPING SETS ({gruppen})"""
    return Groesse(sql, quelle, datensatz)


def _zaehlweise(datensatz: str) -> str:
    """The ways of counting that occur among the rows of a sum; several are joined by `;`."""
    spalten = alle_datensaetze()[datensatz].vergleichsschluessel
    if not spalten:
        return ""
    weise = f"concat_ws('/', {', '.join(spalten)})"
    return f", string_agg(DISTINCT {weise}, ';' ORDER BY {weise}) AS zaehlweise"


def stellen(art: str, quelle: str) -> Groesse:
    """Number of Stellen of a kind active on the last day of the period; the Land and groups count joint ones once.

    A Meldeeinheit that delivered its register but has no such Stelle counts 0; one that did not deliver has no row.
    """
    aktiv = f"art = {_text(art)} AND aktiv_von <= bis AND (aktiv_bis IS NULL OR aktiv_bis >= bis)"
    eigene = "(fuehrende_meldeeinheit IS NULL OR fuehrende_meldeeinheit = meldeeinheit)"
    basis = "FROM stellen JOIN zeitraum ON berichtsjahr = zr_jahr"
    sql = f"""
        SELECT meldeeinheit AS ags, berichtsjahr, any_value(bis) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
            CAST(count(DISTINCT stelle_id) FILTER (WHERE {aktiv}) AS DOUBLE) AS wert, 'N' AS wertstatus, '' AS stand
        {basis} GROUP BY meldeeinheit, berichtsjahr
        UNION ALL
        SELECT coalesce(gruppe, getvariable('land')) AS ags, berichtsjahr, any_value(bis), any_value(bis),
            CAST(count(DISTINCT (meldeeinheit, stelle_id)) FILTER (WHERE {aktiv} AND {eigene}) AS DOUBLE), 'N', ''
        {basis} JOIN kreise ON ags = meldeeinheit
        GROUP BY GROUPING SETS ((berichtsjahr), (berichtsjahr, gruppe))"""
    return Groesse(sql, quelle, "stellen")


def zielgruppe_im_mittel(quelle: str) -> Groesse:
    """Mean number of persons of the target group over the period, from stocks at both ends of each quarter.

    A quarter counts by its days that lie in the period, so a stub year is a mean over the stub.
    """
    gesamt = " AND ".join(
        f"{g} = 'T'" for g in ("rechtsgrund", "wohnform", "geschlecht", "altersgruppe", "gemeinde_ags")
    )
    beginn = "make_date(berichtsjahr, 3 * nummer - 2, 1)"
    sql = f"""
        SELECT meldeeinheit AS ags, berichtsjahr, any_value(von) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
            CASE WHEN count(*) = count(bestand_anfang + bestand_ende)
                THEN sum(tage * (bestand_anfang + bestand_ende) / 2.0) / sum(tage) END AS wert,
            schlechtester(list(coalesce(bestand_anfang_status, bestand_ende_status))) AS wertstatus, '' AS stand
        FROM (SELECT *, CASE WHEN nummer IS NULL THEN 1 ELSE greatest(0, 1
                + least(bis, CAST({beginn} + INTERVAL 3 MONTH - INTERVAL 1 DAY AS DATE)) - greatest(von, {beginn})
                ) END AS tage
            FROM (SELECT *, CASE WHEN quartal <> 'J' THEN CAST(right(quartal, 1) AS BIGINT) END AS nummer
                FROM zielgruppe JOIN zeitraum ON berichtsjahr = zr_jahr WHERE {gesamt}))
        WHERE tage > 0 GROUP BY meldeeinheit, berichtsjahr"""
    return Groesse(sql, quelle, "zielgruppe")
