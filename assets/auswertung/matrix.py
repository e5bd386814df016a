"""The comparability matrix Meldeeinheit × indicator, the questions that would improve it, and what-if counts.

What belongs here: reading verdicts and reasons of finished values. What does not: finding reasons
(`vergleichbarkeit.py`), and pages.
"""

from collections.abc import Collection, Sequence

import polars as pl

from assets.auswertung.vergleichbarkeit import urteile
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Herkunft, Indikator, Land
from schemas.vergleichbarkeit import ALLE_GRUENDE, GRUND, Urteil, Vergleich
from schemas.vergleichsmatrix import FRAGEN, MATRIX

_FEHLT = "WERT_FEHLT"


def matrix(werte: pl.DataFrame, land: Land, katalog: Sequence[Indikator], entfaellt: pl.DataFrame) -> pl.DataFrame:
    """One row per variant, year and Meldeeinheit, columns `MATRIX`.

    Args:
        werte: `indikatorwerte`.
        land: whose Meldeeinheiten, in whose order.
        katalog: the indicators in use.
        entfaellt: `ags, berichtsjahr, aufgabe` that are not carried out.
    """
    gesamt = [pl.col(g) == "T" for g in GLIEDERUNGEN if g != "konzept"]
    vorhanden = (
        werte.filter(pl.col("gebiet_typ") == "kreis", *gesamt)
        .sort("stand")
        .unique(["indikator_id", "variante", "berichtsjahr", "ags"], keep="last", maintain_order=True)
        .rename({"ags": "meldeeinheit"})
        .select(*(s for s in MATRIX if s != "zustand"), "wert")
    )
    aufgaben = pl.DataFrame(
        [(nr, i.id, i.aufgabe) for nr, i in enumerate(katalog)], ["nr", "indikator_id", "aufgabe"], orient="row"
    )
    einheiten = pl.DataFrame({"meldeeinheit": [m.id for m in land.meldeeinheiten]}).with_row_index("platz")
    felder = vorhanden.select("indikator_id", "variante", "berichtsjahr").unique().join(einheiten, how="cross")
    ruht = entfaellt.rename({"ags": "meldeeinheit"}).with_columns(ruht=pl.lit(value=True))
    zustand = (
        pl.when(pl.col("wert").is_not_null())
        .then(pl.lit("wert"))
        .when(pl.col("vgl_land").is_not_null())
        .then(pl.lit("ohne_wert"))
        .when(pl.col("ruht"))
        .then(pl.lit("entfaellt"))
        .when(pl.col("wert").is_not_null().any().over("indikator_id", "berichtsjahr", "meldeeinheit"))
        .then(pl.lit("andere_variante"))
        .otherwise(pl.lit("fehlt"))
    )
    ohne = pl.lit(str(Urteil.NICHT))
    return (
        felder.join(vorhanden, on=["indikator_id", "variante", "berichtsjahr", "meldeeinheit"], how="left")
        .join(aufgaben, on="indikator_id")
        .join(ruht, on=["meldeeinheit", "berichtsjahr", "aufgabe"], how="left")
        .with_columns(zustand=zustand)
        .with_columns(*(pl.col(v).fill_null(ohne) for v in Vergleich))
        .with_columns(pl.col("gruende").fill_null(pl.when(pl.col("zustand") == "fehlt").then(pl.lit(_FEHLT))))
        .sort("nr", "variante", "berichtsjahr", "platz")
        .select(pl.col(name).cast(typ) for name, typ in MATRIX.items())
    )


def fragen(tabelle: pl.DataFrame, land: Land, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """The questions to each Meldeeinheit, those first that would gain most; columns `FRAGEN`.

    Asked is only about what the Meldeeinheit delivers itself, for years in which the Land collects.
    """
    fragbar = [g.code for g in ALLE_GRUENDE if g.frage]
    geliefert = {(i.id, v.id) for i in katalog for v in i.varianten if v.herkunft is Herkunft.LIEFERUNG}
    eigene = pl.DataFrame(sorted(geliefert), {"indikator_id": pl.String, "variante": pl.String}, orient="row")
    je_grund = (
        tabelle.join(eigene, on=["indikator_id", "variante"], how="semi")
        .filter(
            pl.col("berichtsjahr").is_in(list(land.berichtsjahre)),
            ~pl.col("zustand").is_in(["entfaellt", "andere_variante"]),
            pl.col("gruende") != "",
        )
        .with_columns(grund=pl.col("gruende").str.split(";"))
        .explode("grund")
        .filter(pl.col("grund").is_in(fragbar))
        .join(_beantwortet(tabelle), on=["indikator_id", "berichtsjahr", "meldeeinheit", "grund"], how="anti")
    )
    danach = pl.concat(
        [
            urteile_ohne(je_grund.filter(grund=code), {code}).select(pl.all(), frage=pl.lit(GRUND[code].frage))
            for code in fragbar
        ]
    )
    besser = (pl.col("vgl_kreise") == Urteil.VERGLEICHBAR) & (pl.col("zustand") != "fehlt")
    plaetze = {m.id: nr for nr, m in enumerate(land.meldeeinheiten)}
    return (
        danach.group_by("berichtsjahr", "meldeeinheit", "grund", "frage")
        .agg(
            kennzahlen=pl.col("indikator_id").unique(maintain_order=True).str.join(" "),
            anzahl=pl.len(),
            gewinn=besser.sum(),
        )
        .sort(
            "berichtsjahr",
            pl.col("meldeeinheit").replace_strict(plaetze, return_dtype=pl.Int64),
            pl.col("gewinn"),
            pl.col("anzahl"),
            "grund",
            descending=[False, False, True, True, False],
        )
        .select(pl.col(name).cast(typ) for name, typ in FRAGEN.items())
    )


def _beantwortet(tabelle: pl.DataFrame) -> pl.DataFrame:
    """`indikator_id, berichtsjahr, meldeeinheit, grund` where a variant without the reason answers its question."""
    gruende = pl.DataFrame({"grund": [g.code for g in ALLE_GRUENDE if g.beantwortet]}, schema={"grund": pl.String})
    return (
        tabelle.filter(zustand="wert")
        .join(gruende, how="cross")
        .filter(~pl.col("gruende").fill_null("").str.split(";").list.contains(pl.col("grund")))
        .select("indikator_id", "berichtsjahr", "meldeeinheit", "grund")
        .unique()
    )


def urteile_ohne(tabelle: pl.DataFrame, ohne: Collection[str]) -> pl.DataFrame:
    """The verdicts as they would be if some reasons did not exist: a Zählweise unified, a revision settled.

    What the Land value would then be is not computed anew; only the verdicts of the values at hand change.
    """
    codes = pl.col("gruende").fill_null("").str.split(";")
    zutrifft = {g.code: codes.list.contains(g.code) for g in ALLE_GRUENDE if g.code not in ohne}
    return tabelle.with_columns(urteile(zutrifft))


def wirkung(tabelle: pl.DataFrame, ohne: Collection[str]) -> pl.DataFrame:
    """Per indicator and year: values, and how many are fully comparable with others now and without these reasons."""
    mit_wert = tabelle.filter(zustand="wert")
    danach = urteile_ohne(mit_wert, ohne).select(danach=pl.col("vgl_kreise") == Urteil.VERGLEICHBAR)
    return (
        mit_wert.with_columns(heute=pl.col("vgl_kreise") == Urteil.VERGLEICHBAR)
        .hstack(danach)
        .group_by("indikator_id", "variante", "berichtsjahr", maintain_order=True)
        .agg(werte=pl.len(), heute=pl.col("heute").sum(), danach=pl.col("danach").sum())
    )
