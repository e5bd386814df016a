"""All indicators of many Meldeeinheiten and years, against the same figures from queries written by hand.

What belongs here: the queries, one per dataset, as an analyst would write them, and the measurements. A query yields
`indikator_id, variante, ags, berichtsjahr`, breakdown columns, `zaehler, nenner, wert` and what each of our values has
beside it: `zeitraum_von, zeitraum_bis, wertstatus` and, where it matters, `zaehlweise`. What it leaves out is the same
in every row and added, so that both sides hand over the same table. That they do is part of the result.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import polars as pl

from assets.ablage import Ablage
from assets.auswertung.bilden_mittel import berechne_mittel
from assets.auswertung.datenbank import datenbank
from assets.auswertung.indikatoren import EINZELWERTE, berechne, einzelwerte
from assets.auswertung.katalogtabelle import katalogtabelle
from schemas.indikatoren import katalog
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Indikator, Land
from tests.bench_welt import land, lege_an

GROESSEN: Mapping[str, tuple[int, int]] = {"klein": (13, 10), "gross": (400, 20)}
"""Name -> Meldeeinheiten and years."""
RUNDEN = 3
BUDGET = 2.0
_SCHLUESSEL = ["indikator_id", "variante", "ags", "berichtsjahr", *(g for g in GLIEDERUNGEN if g != "konzept")]
_ANGABEN = ["zeitraum_von", "zeitraum_bis", "wertstatus", "stand", "vollstaendig", "zaehlweise", "gebiet_typ"]
_ZAHLEN = ["zaehler", "nenner", "wert"]

VON_HAND: Mapping[str, tuple[Mapping[str, Sequence[str]], str]] = {
    "zielgruppe": (
        {"BEV-09": ("BESTAND", "SALDO", "ZUGAENGE", "ABGAENGE")},
        """
        WITH zeilen AS (
            SELECT *, quartal IN ('J', 'Q4') AS letztes,
                quartal = min(quartal) OVER (PARTITION BY meldeeinheit, berichtsjahr) AS erstes
            FROM zielgruppe JOIN zeitraum ON berichtsjahr = zr_jahr
            WHERE wohnform = 'T' AND (rechtsgrund <> 'T')::INT + (geschlecht <> 'T')::INT
                + (altersgruppe <> 'T')::INT + (gemeinde_ags <> 'T')::INT <= 1),
        summen AS (
            SELECT meldeeinheit AS ags, berichtsjahr, any_value(von) AS von, any_value(bis) AS bis,
                rechtsgrund, geschlecht, altersgruppe, gemeinde_ags,
                sum(bestand_ende) FILTER (letztes)::DOUBLE AS ende,
                sum(bestand_anfang) FILTER (erstes)::DOUBLE AS anfang,
                sum(zugaenge)::DOUBLE AS zu, sum(abgaenge)::DOUBLE AS ab,
                schlechtester_aller(if(letztes, bestand_ende_status, NULL)) AS ende_status,
                schlechtester_aller(if(erstes, bestand_anfang_status, NULL)) AS anfang_status,
                schlechtester_aller(zugaenge_status) AS zu_status, schlechtester_aller(abgaenge_status) AS ab_status
            FROM zeilen GROUP BY ALL)
        SELECT 'BEV-09' AS indikator_id, unnest(['BESTAND', 'SALDO', 'ZUGAENGE', 'ABGAENGE']) AS variante,
            ags, berichtsjahr, rechtsgrund, geschlecht, altersgruppe, gemeinde_ags,
            unnest([bis, von, von, von]) AS zeitraum_von, bis AS zeitraum_bis,
            unnest([ende, ende - anfang, zu, ab]) AS zaehler, NULL AS nenner, zaehler AS wert,
            unnest([ende_status, schlechtester(anfang_status, ende_status), zu_status, ab_status]) AS wertstatus
        FROM summen""",
    ),
    "beratung": (
        {
            "IBZ-03": ("ANZAHL",),
            "RKB-02": ("ANZAHL",),
            "IBZ-04": ("HAUPTTHEMA", "MEHRFACH"),
            "FSA-04": ("ANZAHL", "HAUPTTHEMA", "MEHRFACH"),
        },
        """
        WITH summen AS (
            SELECT meldeeinheit AS ags, berichtsjahr, any_value(von) AS zeitraum_von, any_value(bis) AS zeitraum_bis,
                leistungsart, themenfeld, zaehlregel, sum(beratungen)::DOUBLE AS zahl,
                schlechtester_aller(beratungen_status) AS status,
                list(DISTINCT concat_ws('/', zaehleinheit, gruppen_zaehlung, zaehlregel)) AS weisen
            FROM beratung JOIN zeitraum ON berichtsjahr = zr_jahr WHERE stelle_id <> 'KREIS' GROUP BY ALL)
        SELECT CASE leistungsart WHEN 'IBZ' THEN 'IBZ-03' WHEN 'FSA' THEN 'FSA-04' ELSE 'RKB-02' END AS indikator_id,
            'ANZAHL' AS variante, ags, berichtsjahr, zeitraum_von, zeitraum_bis, 'T' AS themenfeld,
            sum(zahl) AS zaehler, NULL AS nenner, zaehler AS wert, schlechtester_aller(status) AS wertstatus,
            array_to_string(list_sort(list_distinct(flatten(list(weisen)))), ';') AS zaehlweise
        FROM summen WHERE themenfeld = 'T' GROUP BY ALL
        UNION ALL
        SELECT leistungsart || '-04', zaehlregel, ags, berichtsjahr, zeitraum_von, zeitraum_bis, themenfeld,
            zahl AS zaehler, max(zahl) FILTER (themenfeld = 'T') OVER topf AS nenner, 100 * zaehler / nenner,
            schlechtester(status, max(status) FILTER (themenfeld = 'T') OVER topf),
            array_to_string(list_sort(weisen), ';')
        FROM summen WHERE leistungsart IN ('IBZ', 'FSA')
        WINDOW topf AS (PARTITION BY ags, berichtsjahr, leistungsart, zaehlregel)""",
    ),
    "personal": (
        dict.fromkeys(("IBZ-02", "FSA-02"), ("BESETZT", "STELLEN", "JAHRESMITTEL", "PERSONEN")),
        """
        WITH letzte AS (
            SELECT *, max(stichtag) OVER (PARTITION BY meldeeinheit, berichtsjahr, aufgabe) AS tag
            FROM personal JOIN zeitraum ON berichtsjahr = zr_jahr WHERE aufgabe IN ('IBZ', 'FSA')
            QUALIFY stichtag = max(stichtag) OVER (PARTITION BY meldeeinheit, berichtsjahr, stelle_id, aufgabe)),
        summen AS (
            SELECT aufgabe || '-02' AS indikator_id, meldeeinheit AS ags, berichtsjahr,
                any_value(tag) AS tag, any_value(von) AS von, any_value(bis) AS bis,
                coalesce(entgeltgruppe, 'T') AS entgeltgruppe, sum(vzae_besetzt) AS besetzt,
                sum(vzae_stellen) AS stellen, sum(vzae_jahresmittel) AS mittel, sum(personen)::DOUBLE AS personen,
                schlechtester_aller(vzae_besetzt_status) AS besetzt_status,
                schlechtester_aller(vzae_stellen_status) AS stellen_status,
                schlechtester_aller(vzae_jahresmittel_status) AS mittel_status,
                schlechtester_aller(personen_status) AS personen_status
            FROM letzte GROUP BY GROUPING SETS ((aufgabe, meldeeinheit, berichtsjahr),
                (aufgabe, meldeeinheit, berichtsjahr, entgeltgruppe)))
        SELECT indikator_id, unnest(['BESETZT', 'STELLEN', 'JAHRESMITTEL', 'PERSONEN']) AS variante, ags, berichtsjahr,
            entgeltgruppe, unnest([tag, tag, von, tag]) AS zeitraum_von, unnest([tag, tag, bis, tag]) AS zeitraum_bis,
            unnest([besetzt, stellen, mittel, personen]) AS zaehler, NULL AS nenner, zaehler AS wert,
            unnest([besetzt_status, stellen_status, mittel_status, personen_status]) AS wertstatus
        FROM summen""",
    ),
    "massnahmen": (
        {
            "IBZ-05": ("ORIENTIERUNG", "SKM", "GDD"),
            "ARB-04": ("ANZAHL", "TEILNEHMENDE"),
            "TEI-02": ("ANZAHL",),
        },
        """
        WITH im_zeitraum AS (FROM massnahmen JOIN zeitraum ON berichtsjahr = zr_jahr),
        nach_ort AS (
            SELECT meldeeinheit AS ags, berichtsjahr, any_value(von) AS von, any_value(bis) AS bis, massnahmeart,
                coalesce(gemeinde_ags, 'T') AS ort, sum(anzahl)::DOUBLE AS anzahl,
                sum(teilnehmende)::DOUBLE AS teilnehmende, schlechtester_aller(anzahl_status) AS anzahl_status,
                schlechtester_aller(teilnehmende_status) AS teilnehmende_status
            FROM im_zeitraum WHERE themenfeld = 'T' AND massnahmeart IN ('ORIENTIERUNG', 'AGH', 'NIEDRIGSCHWELLIG')
            GROUP BY GROUPING SETS ((ags, berichtsjahr, massnahmeart), (ags, berichtsjahr, massnahmeart, gemeinde_ags))
            HAVING grouping(gemeinde_ags) = 1 OR gemeinde_ags <> 'T'),
        alle AS (
            SELECT CASE massnahmeart WHEN 'AGH' THEN 'ARB-04' WHEN 'ORIENTIERUNG' THEN 'IBZ-05' ELSE 'TEI-02' END
                    AS indikator_id, if(massnahmeart = 'ORIENTIERUNG', 'ORIENTIERUNG', 'ANZAHL') AS variante,
                ags, berichtsjahr, von AS zeitraum_von, bis AS zeitraum_bis, 'T' AS themenfeld, ort AS gemeinde_ags,
                anzahl AS zaehler, anzahl_status AS wertstatus
            FROM nach_ort
            UNION ALL
            SELECT 'ARB-04', 'TEILNEHMENDE', ags, berichtsjahr, von, bis, 'T', ort, teilnehmende, teilnehmende_status
            FROM nach_ort WHERE massnahmeart = 'AGH'
            UNION ALL
            SELECT 'IBZ-05', massnahmeart, meldeeinheit, berichtsjahr, any_value(von), any_value(bis), themenfeld, 'T',
                sum(einsaetze)::DOUBLE, schlechtester_aller(einsaetze_status)
            FROM im_zeitraum WHERE massnahmeart IN ('SKM', 'GDD') GROUP BY ALL)
        SELECT *, NULL AS nenner, zaehler AS wert FROM alle""",
    ),
    "bevoelkerung": (
        {"BEV-03": ("MELDE_LIEFERUNG",), "BEV-06": ("MELDE_MIT",), "BEV-07": ("MELDE_MIT",)},
        """
        WITH neueste AS (
            SELECT *, meldeeinheit AS ags, year(stichtag) AS jahr,
                (geschlecht <> 'T')::INT + (altersgruppe <> 'T')::INT + (gemeinde_ags <> 'T')::INT AS teile
            FROM bevoelkerung WHERE konzept = 'MH_MELDE'
            QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY meldeeinheit, stichtag)),
        summen AS (
            SELECT ags, jahr AS berichtsjahr, any_value(stichtag) AS tag, geschlecht, altersgruppe, gemeinde_ags, teile,
                sum(personen) FILTER (gruppe = 'MIT')::DOUBLE AS mit,
                sum(personen) FILTER (gruppe = 'INSGESAMT')::DOUBLE AS insgesamt,
                schlechtester_aller(if(gruppe = 'MIT', personen_status, NULL)) AS mit_status,
                schlechtester_aller(if(gruppe = 'INSGESAMT', personen_status, NULL)) AS insgesamt_status
            FROM neueste GROUP BY ALL),
        alle AS (
            SELECT 'BEV-03' AS indikator_id, 'MELDE_LIEFERUNG' AS variante, ags, berichtsjahr, tag AS zeitraum_von,
                geschlecht, altersgruppe, gemeinde_ags, mit AS zaehler, insgesamt AS nenner,
                schlechtester(mit_status, insgesamt_status) AS wertstatus
            FROM summen WHERE teile <= 1
            UNION ALL
            SELECT 'BEV-06', 'MELDE_MIT', ags, berichtsjahr, tag, geschlecht, altersgruppe, gemeinde_ags, mit,
                max(mit) FILTER (altersgruppe = 'T') OVER topf,
                schlechtester(mit_status, max(mit_status) FILTER (altersgruppe = 'T') OVER topf)
            FROM summen WHERE geschlecht = 'T' AND gemeinde_ags = 'T' WINDOW topf AS (PARTITION BY ags, berichtsjahr)
            UNION ALL
            SELECT 'BEV-07', 'MELDE_MIT', ags, berichtsjahr, w.tag, 'T', altersgruppe, gemeinde_ags, w.mit, t.mit,
                schlechtester(w.mit_status, t.mit_status)
            FROM (FROM summen WHERE geschlecht = 'W' AND teile <= 2) w
            LEFT JOIN (FROM summen WHERE geschlecht = 'T') t USING (ags, berichtsjahr, altersgruppe, gemeinde_ags))
        SELECT * REPLACE (if(coalesce(nenner, 0) = 0, 'U', wertstatus) AS wertstatus), zeitraum_von AS zeitraum_bis,
            100 * zaehler / nullif(nenner, 0) AS wert
        FROM alle WHERE zaehler IS NOT NULL""",
    ),
}
"""Dataset -> indicators with the variants the query computes, and the query."""


def anlegen(ablage: Ablage, groesse: str) -> dict[str, Any]:
    """Puts the deliveries and official series of a size into the Ablage."""
    referenz = lege_an(ablage, land(*GROESSEN[groesse]))
    ablage.schreibe_tabelle("referenz.parquet", referenz)
    return {"zeilen_amtlich": referenz.height}


def alle(ablage: Ablage, groesse: str) -> dict[str, Any]:
    """All indicators with verdicts, limits and sums of the Land."""
    welt = land(*GROESSEN[groesse])
    with datenbank(ablage, welt, ablage.lies_tabelle("referenz.parquet")) as con:
        return {"werte": berechne(con, welt, katalog(welt)).height}


def einzelne(ablage: Ablage, groesse: str) -> dict[str, Any]:
    """The values of Meldeeinheiten alone, without verdicts, limits and sums of the Land: what is held against hand."""
    welt = land(*GROESSEN[groesse])
    with datenbank(ablage, welt, ablage.lies_tabelle("referenz.parquet")) as con:
        return {"werte": einzelwerte(con, katalog(welt)).height}


def geld(ablage: Ablage, groesse: str) -> dict[str, Any]:
    """The tables about money."""
    mittel = berechne_mittel(ablage, land(*GROESSEN[groesse]), ablage.lies_tabelle("referenz.parquet"))
    nach_formel = mittel.zuweisungen["formel_cent"].count()
    return {"zuweisungen": mittel.zuweisungen.height, "nach_formel": nach_formel, "raten": mittel.raten.height}


def gegen_hand(ablage: Ablage, groesse: str) -> dict[str, Any]:
    """Per dataset medians of both, their ratio, and whether the figures are the same; at last all datasets together."""
    welt = land(*GROESSEN[groesse])
    ergebnis: dict[str, Any] = {}
    with datenbank(ablage, welt, ablage.lies_tabelle("referenz.parquet")) as con:
        for name, (varianten, sql) in VON_HAND.items():
            teil = ausschnitt(welt, varianten)
            unsere, hand = einzeln(con, teil), von_hand(con, sql)
            messung = _gegenueber(lambda t=teil: einzelwerte(con, t), lambda s=sql: von_hand(con, s))  # type: ignore[misc]  # bound per turn
            ergebnis[name] = {**messung, "zahlen": hand.height, "gleich": gleich(unsere, hand)}
    summe = {k: round(sum(e[k] for e in ergebnis.values()), 3) for k in ("unsere_s", "hand_s")}
    ergebnis["zusammen"] = {**summe, "verhaeltnis": round(summe["unsere_s"] / summe["hand_s"], 2), "budget": BUDGET}
    return ergebnis


def ausschnitt(welt: Land, varianten: Mapping[str, Sequence[str]]) -> tuple[Indikator, ...]:
    """The indicators a query computes, with these variants only."""
    return tuple(
        replace(i, varianten=tuple(v for v in i.varianten if v.id in varianten[i.id]))
        for i in katalog(welt)
        if i.id in varianten
    )


def einzeln(con: duckdb.DuckDBPyConnection, teil: Sequence[Indikator]) -> pl.DataFrame:
    """The single values of these indicators, with the names of the catalogue."""
    return einzelwerte(con, teil).join(katalogtabelle(teil), on="nummer")


def von_hand(con: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """What a query yields, with all columns of `einzelwerte`; the names of the catalogue stand for `nummer`."""
    spalten = con.sql(sql).columns
    fest = {
        **dict.fromkeys(GLIEDERUNGEN, "'T'"),
        "stand": "''",
        "vollstaendig": "wert IS NOT NULL",
        "zaehlweise": "NULL",
        "gebiet_typ": "if(gemeinde_ags = 'T', 'kreis', 'gemeinde')" if "gemeinde_ags" in spalten else "'kreis'",
    }
    typen = dict.fromkeys(("indikator_id", "variante", "gebiet_typ"), "VARCHAR") | EINZELWERTE
    leer = ", ".join(f"CAST(NULL AS {typ}) AS {name}" for name, typ in typen.items() if name != "nummer")
    dazu = "".join(f", {wert} AS {name}" for name, wert in fest.items() if name not in spalten)
    tabelle: pl.DataFrame = con.sql(f"(SELECT {leer} LIMIT 0) UNION ALL BY NAME (SELECT *{dazu} FROM ({sql}))").pl()  # noqa: S608  # constants of this file
    return tabelle


def gleich(unsere: pl.DataFrame, hand: pl.DataFrame) -> bool:
    """Whether two tables hold the same figures and all that stands beside them, in any order.

    Last digits of sums of decimals may differ.
    """
    a, b = (_einheitlich(tabelle) for tabelle in (unsere, hand))
    if not a.select(_SCHLUESSEL, *_ANGABEN).equals(b.select(_SCHLUESSEL, *_ANGABEN)):
        return False
    paare = [(a[z], b[z]) for z in _ZAHLEN]
    return all(
        x.is_null().equals(y.is_null()) and bool(((x - y).abs() <= 1e-9 * y.abs()).fill_null(value=True).all())
        for x, y in paare
    )


def _einheitlich(tabelle: pl.DataFrame) -> pl.DataFrame:
    return (
        tabelle.filter(pl.col("zaehler").is_not_null())
        .select(pl.col(_SCHLUESSEL), pl.col(_ANGABEN), pl.col(_ZAHLEN).cast(pl.Float64))
        .sort(_SCHLUESSEL)
    )


def _gegenueber(unsere: Callable[[], object], hand: Callable[[], object]) -> dict[str, float]:
    """Medians of both, taken in turn, and of their ratios pair by pair."""
    paare = [(_sekunden(unsere), _sekunden(hand)) for _ in range(RUNDEN)]
    return {
        "unsere_s": round(statistics.median(a for a, _ in paare), 3),
        "hand_s": round(statistics.median(b for _, b in paare), 3),
        "verhaeltnis": round(statistics.median(a / b for a, b in paare), 2),
    }


def _sekunden(arbeit: Callable[[], object]) -> float:
    beginn = time.perf_counter()
    arbeit()
    return time.perf_counter() - beginn
