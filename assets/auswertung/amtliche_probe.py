"""Holds computed indicators against officially published figures and explains every difference.

What belongs here: comparing values with the newest state of official series. What does not: which are compared, and how
precise a table is (`schemas/amtliche_probe.py`).
"""

from collections.abc import Iterable, Mapping, Sequence

import duckdb
import numpy as np
import polars as pl

from assets.auswertung.datenbank import mit_neuestem_stand
from assets.auswertung.statistik.eingaben import Zahlen
from schemas.amtliche_probe import (
    MITTELPROBEN,
    OHNE_SUMMENZEILEN,
    REIHENPROBEN,
    SPALTEN,
    SUMMENERKLAERUNG,
    Erklaerung,
    Mittelprobe,
    Reihenprobe,
    genauigkeit,
)
from schemas.groessen import JAHR_DER_ZEIT, texte
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Groesse, Herkunft, Indikator, Land, Variante

_TEILE = [g for g in GLIEDERUNGEN if g != "konzept"]
_GESCHLECHTER = ("M", "W")
_ALTERSGRUPPEN = ("A00_05", "A06_17", "A18_24", "A25_44", "A45_64", "A65")
_VOLLSTAENDIG: Mapping[str, tuple[str, ...]] = {"geschlecht": _GESCHLECHTER, "altersgruppe": _ALTERSGRUPPEN}
"""Breakdown column -> the parts that make up the whole."""
_WINZIG = 1e-9
"""Relative size of what sums of floating point numbers may differ by."""


def probe(werte: pl.DataFrame, referenz: pl.DataFrame, land: Land, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """Every computed figure that is also published, columns `schemas.amtliche_probe.SPALTEN`.

    Args:
        werte: `indikatorwerte`.
        referenz: official series in the form `referenzstatistik`.
        land: whose areas.
        katalog: the indicators in use.
    """
    amtlich = [(i, v) for i in katalog for v in i.varianten if v.herkunft is Herkunft.AMTLICH]
    bekannt = {(i.id, v.id) for i, v in amtlich}
    gueltig = werte.sort("stand").unique(
        ["indikator_id", "variante", "ags", "berichtsjahr", *GLIEDERUNGEN], keep="last", maintain_order=True
    )
    reihen = [p for p in REIHENPROBEN if (p.indikator, p.variante) in bekannt]
    mittel = [p for p in MITTELPROBEN if (p.indikator, p.variante) in bekannt]
    teile = [
        *_summen(gueltig, referenz, land, amtlich),
        *_teilsummen(gueltig, amtlich),
        vergleiche_reihen(gueltig, referenz, reihen),
        *_mittel(gueltig, referenz, land, mittel),
    ]
    plaetze = {i.id: nr for nr, i in enumerate(katalog)}
    platz = pl.col("indikator_id").replace_strict(plaetze, return_dtype=pl.Int64)
    return pl.concat([pl.DataFrame(schema=SPALTEN), *teile]).sort(
        platz, "variante", "probe", "groesse", "berichtsjahr", "ags", "gliederung"
    )


def vergleiche_reihen(werte: pl.DataFrame, referenz: pl.DataFrame, proben: Sequence[Reihenprobe]) -> pl.DataFrame:
    """Computed figures beside published series of these comparisons, columns `SPALTEN`."""
    fertige = [pl.DataFrame(schema=SPALTEN)]
    with duckdb.connect(":memory:") as con:
        mit_neuestem_stand(con, referenz)
        for p in proben:
            gegliedert = [*p.gliederung]
            veroeffentlicht = con.sql(_sql(p)).pl()
            berechnet = werte.filter(
                pl.col("indikator_id") == p.indikator,
                pl.col("variante") == p.variante,
                pl.col(p.groesse).is_not_null(),
                pl.sum_horizontal(pl.col(g) != "T" for g in _TEILE) <= 1,
                *(pl.col(g) == "T" for g in _TEILE if g not in gegliedert),
            ).with_columns(berechnet=p.groesse)
            paare = berechnet.join(veroeffentlicht, on=["ags", "berichtsjahr", *gegliedert])
            fertige.append(
                _beurteilt(
                    paare.with_columns(toleranz=pl.col("zahlen") * p.genauigkeit.abweichung),
                    p.erklaerung,
                    probe=p.id,
                    art="reihe",
                    groesse=p.groesse,
                    tabelle=p.tabelle,
                    grund=p.genauigkeit.grund,
                )
            )
    return pl.concat(fertige)


def _sql(p: Reihenprobe | Mittelprobe) -> str:
    """SQL: the published figures by area, year and breakdown, added up, and of how many figures each consists."""
    gliederung = p.gliederung if isinstance(p, Reihenprobe) else {}
    spalten = "".join(f", {merkmal.sql} AS {name}" for name, merkmal in gliederung.items())
    bekannt = "".join(f" AND {name} IS NOT NULL" for name in gliederung)
    tabellen = texte([t.strip() for t in p.tabelle.split(",")])
    return f"""
        SELECT ags, {JAHR_DER_ZEIT} AS berichtsjahr{"".join(f", {name}" for name in gliederung)},
            sum(wert) AS veroeffentlicht, count(*) AS zahlen
        FROM (SELECT *{spalten} FROM amtlich WHERE tabelle IN ({tabellen}) AND ({p.bedingung}))
        WHERE true{bekannt} GROUP BY ALL HAVING count(*) = count(wert)"""


def _summen(
    werte: pl.DataFrame, referenz: pl.DataFrame, land: Land, amtlich: Sequence[tuple[Indikator, Variante]]
) -> Iterable[pl.DataFrame]:
    """Numerators and denominators of all Meldeeinheiten beside the Land's own row, where the table has one."""
    mit_land = set(referenz.filter(ags=land.ags)["tabelle"])
    schluessel = ["indikator_id", "variante", "berichtsjahr", *_TEILE]
    for indikator, variante in amtlich:
        if not variante.summierbar:
            continue
        eigene = werte.filter(indikator_id=indikator.id, variante=variante.id)
        for groesse, quelle in _groessen(variante):
            if not mit_land & set(_tabellen(quelle)):
                continue
            je_gebiet = eigene.filter(pl.col(groesse).is_not_null())
            kreise = (
                je_gebiet.filter(pl.col("ags").is_in([m.id for m in land.meldeeinheiten]))
                .group_by(schluessel)
                .agg(pl.col(groesse).sum().alias("berechnet"), gebiete=pl.col("ags").n_unique())
                .filter(pl.col("gebiete") == len(land.meldeeinheiten))
            )
            zeilen = je_gebiet.filter(ags=land.ags, gemeinde_ags="T").rename({groesse: "veroeffentlicht"})
            genau = genauigkeit(quelle.tabelle)
            yield _beurteilt(
                zeilen.join(kreise, on=schluessel).with_columns(
                    toleranz=pl.lit(genau.abweichung * (len(land.meldeeinheiten) + 1), pl.Float64)
                ),
                SUMMENERKLAERUNG.get(quelle.tabelle),
                probe="summe_der_meldeeinheiten",
                art="summe",
                groesse=groesse,
                tabelle=quelle.tabelle,
                grund=genau.grund,
            )


def _teilsummen(werte: pl.DataFrame, amtlich: Sequence[tuple[Indikator, Variante]]) -> Iterable[pl.DataFrame]:
    """Parts of a breakdown beside the published total, for every area and year in which all parts are known."""
    schluessel = ["indikator_id", "variante", "ags", "berichtsjahr"]
    for indikator, variante in amtlich:
        if variante.zaehler is None or variante.zaehler.tabelle in OHNE_SUMMENZEILEN:
            continue
        eigene = werte.filter(pl.col("zaehler").is_not_null(), indikator_id=indikator.id, variante=variante.id)
        gesamt = eigene.filter(pl.all_horizontal(pl.col(_TEILE) == "T")).rename({"zaehler": "veroeffentlicht"})
        for spalte, teile in _VOLLSTAENDIG.items():
            summe = (
                eigene.filter(pl.col(spalte).is_in(teile))
                .group_by(schluessel)
                .agg(berechnet=pl.col("zaehler").sum(), teile=pl.len())
                .filter(pl.col("teile") == len(teile))
            )
            genau = genauigkeit(variante.zaehler.tabelle)
            yield _beurteilt(
                gesamt.join(summe, on=schluessel).with_columns(
                    toleranz=pl.lit(genau.abweichung * (len(teile) + 1), pl.Float64)
                ),
                None,
                probe=f"summe_nach_{spalte}",
                art="teile",
                groesse="zaehler",
                tabelle=variante.zaehler.tabelle,
                grund=genau.grund,
            )


def _mittel(
    werte: pl.DataFrame, referenz: pl.DataFrame, land: Land, proben: Sequence[Mittelprobe]
) -> Iterable[pl.DataFrame]:
    """Published rates of the Land beside the weighted mean of those of all Meldeeinheiten."""
    with duckdb.connect(":memory:") as con:
        mit_neuestem_stand(con, referenz)
        for p in proben:
            gewichte = con.sql(_sql(p)).pl().rename({"veroeffentlicht": "gewicht"})
            quoten = werte.filter(
                pl.col("wert") > 0,
                pl.all_horizontal(pl.col(_TEILE) == "T"),
                indikator_id=p.indikator,
                variante=p.variante,
            )
            einzeln = quoten.filter(gebiet_typ="kreis").join(gewichte, on=["ags", "berichtsjahr"])
            voll = einzeln.filter(pl.len().over("berichtsjahr") == len(land.meldeeinheiten))
            grenzen = [(jahr, *_spanne(p, teil)) for (jahr,), teil in voll.group_by("berichtsjahr")]
            mittel = pl.DataFrame(
                grenzen, {"berichtsjahr": pl.Int64, "berechnet": pl.Float64, "toleranz": pl.Float64}, orient="row"
            )
            yield _beurteilt(
                quoten.filter(ags=land.ags).rename({"wert": "veroeffentlicht"}).join(mittel, on="berichtsjahr"),
                None,
                probe=p.id,
                art="mittel",
                groesse="wert",
                tabelle=p.tabelle,
                grund=p.genauigkeit.grund,
            )


def _spanne(p: Mittelprobe, teil: pl.DataFrame) -> tuple[float, float]:
    """Weighted mean of rates, and how far the Land's published rate may be from it by the rounding of all of them."""

    def mittel(quote: Zahlen, gewicht: Zahlen) -> float:
        nenner = gewicht / quote if p.ist_zaehler else gewicht
        return float((quote * nenner).sum() / nenner.sum())

    quote, gewicht = teil["wert"].to_numpy(), teil["gewicht"].to_numpy()
    mitte = mittel(quote, gewicht)
    # Each rate moves the mean in its own direction; a weight does so if its rate is above the mean.
    zug = np.where(quote > mitte, 1.0, -1.0)
    hoechstens = mittel(quote + p.genauigkeit.abweichung, gewicht + zug * p.gewicht.abweichung)
    mindestens = mittel(quote - p.genauigkeit.abweichung, gewicht - zug * p.gewicht.abweichung)
    return mitte, max(hoechstens - mitte, mitte - mindestens) + p.genauigkeit.abweichung


def _beurteilt(
    paare: pl.DataFrame,
    erklaerung: Erklaerung | None,
    *,
    grund: str,
    **fest: str,
) -> pl.DataFrame:
    """Difference, verdict and explanation of pairs `berechnet`, `veroeffentlicht`, `toleranz`; columns `SPALTEN`."""
    differenz = pl.col("veroeffentlicht") - pl.col("berechnet")
    winzig = _WINZIG * pl.max_horizontal(pl.col("veroeffentlicht").abs(), pl.lit(1.0))
    bekannt = pl.lit(value=False) if erklaerung is None else (differenz > 0) == erklaerung.groesser
    urteil = (
        pl.when(differenz.abs() <= winzig)
        .then(pl.lit("gleich"))
        .when(differenz.abs() <= pl.col("toleranz") + winzig)
        .then(pl.lit("rundung"))
        .when(bekannt)
        .then(pl.lit("erklaert"))
        .otherwise(pl.lit("weicht_ab"))
    )
    ursache, rundung = erklaerung.text if erklaerung else "", f"{grund[:1].upper()}{grund[1:]}."
    teile = pl.concat_str(
        [pl.when(pl.col(g) != "T").then(pl.format("{}={}", pl.lit(g), pl.col(g))) for g in _TEILE],
        separator="; ",
        ignore_nulls=True,
    )
    erklaert = pl.when(urteil == "erklaert").then(pl.lit(ursache)).when(urteil == "rundung").then(pl.lit(rundung))
    return paare.with_columns(
        differenz=differenz,
        urteil=urteil,
        erklaerung=erklaert.otherwise(pl.lit("")),
        gliederung=pl.when(teile == "").then(pl.lit("T")).otherwise(teile),
        **{name: pl.lit(wert) for name, wert in fest.items()},
    ).select(pl.col(name).cast(typ) for name, typ in SPALTEN.items())


def _groessen(variante: Variante) -> list[tuple[str, Groesse]]:
    """The columns of a variant that come straight from an official table, with what they are made of."""
    return [
        (name, groesse)
        for name, groesse in (("zaehler", variante.zaehler), ("nenner", variante.nenner))
        if groesse is not None and groesse.tabelle
    ]


def _tabellen(groesse: Groesse) -> list[str]:
    return [t.strip() for t in groesse.tabelle.split(",")]
