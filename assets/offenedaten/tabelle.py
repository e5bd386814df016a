"""The values of an edition as a reader gets them: names beside codes, rounded as pages show them, withheld ones empty.

What belongs here: the frame all files with values are made from. It adds nothing to the edition's own table: order of
rows comes from the catalogue, and rounding from `assets/berichte/zahlen.py`.
"""

from collections.abc import Mapping

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.berichte.reihen import Reihe, gezeigter_status, ist_demo
from assets.berichte.zahlen import runde
from assets.offenedaten.codes import gliederungscodes
from schemas.codelisten import GESAMT
from schemas.indikatorwerte import GLIEDERUNGEN, SCHLUESSEL
from schemas.offene_daten import WERTE
from schemas.wertstatus import WERTSTATUS, Wertstatus

GERUNDET = "wert_gerundet"
_ZAHLEN = ("zaehler", "nenner", "wert", "ki_unten", "ki_oben")


def reihen_nach_kennung(daten: Berichtsdaten) -> dict[tuple[str, str], Reihe]:
    """(Indicator, variant) -> what the catalogue says of it, in the order of the catalogue; without values."""
    return {(i.id, v.id): Reihe(i, v) for i in daten.katalog for v in i.varianten}


def wertetabelle(daten: Berichtsdaten) -> pl.DataFrame:
    """Columns of `WERTE` in their order, `wert_gerundet` as decimal text with the indicator's decimals.

    Rows of indicators that are not in the catalogue are left out, as on the pages.
    """
    reihen = reihen_nach_kennung(daten)
    namen = daten.land.gebietsnamen
    werte = daten.werte.join(_ordnung(list(reihen), list(namen)), on=["indikator_id", "variante", "ags"])
    werte = werte.sort("_nr", "_ort", "berichtsjahr", *GLIEDERUNGEN, "stand", nulls_last=False)
    return (
        werte.with_columns(_je_zeile(daten, werte, reihen))
        .with_columns(*_ohne_zahl(), pl.col("ags").replace_strict(namen).alias("gebiet"), _gliederung(daten))
        .with_columns(_neuester(), *(pl.col(n).replace("", None) for n in ("stand", "gruende")))
        .select(WERTE.polars_schema.keys())
    )


def _ordnung(kennungen: list[tuple[str, str]], gebiete: list[str]) -> pl.DataFrame:
    """Places of variants and areas in catalogue and Land."""
    varianten = pl.DataFrame(kennungen, schema=["indikator_id", "variante"], orient="row").with_row_index("_nr")
    return varianten.join(pl.DataFrame({"ags": gebiete}).with_row_index("_ort"), how="cross")


def _je_zeile(daten: Berichtsdaten, werte: pl.DataFrame, reihen: Mapping[tuple[str, str], Reihe]) -> list[pl.Series]:
    """What the pages decide row by row: status, rounded value, whether it is invented."""
    spalten = ("indikator_id", "variante", "gebiet_typ", "ags", "berichtsjahr", "wertstatus", "wert")
    zeichen, gerundet, demo, namen, einheiten = [], [], [], [], []
    for indikator, variante, gebiet_typ, ags, jahr, wertstatus, wert in werte.select(spalten).iter_rows():
        reihe = reihen[indikator, variante]
        status = gezeigter_status(wertstatus, wert)
        zeichen.append(status.value)
        gerundet.append(f"{runde(wert, reihe.stellen):f}" if wert is not None and status.hat_wert else None)
        demo.append(ist_demo(daten, reihe.variante, gebiet_typ, ags, jahr))
        namen.append((reihe.indikator.name, reihe.variante.label))
        einheiten.append(reihe.einheit)
    bedeutung = {c.code: c.label for c in WERTSTATUS.codes}
    return [
        pl.Series("wertzeichen", zeichen, pl.String),
        pl.Series("wertzeichen_name", [bedeutung[z] for z in zeichen], pl.String),
        pl.Series(GERUNDET, gerundet, pl.String),
        pl.Series("demodaten", demo, pl.Boolean),
        pl.Series("einheit", einheiten, pl.String),
        pl.Series("kennzahl", [n for n, _ in namen], pl.String),
        pl.Series("berechnung", [b for _, b in namen], pl.String),
    ]


def _ohne_zahl() -> list[pl.Expr]:
    """Only a status that has a number leaves any; a denominator stays where just the numerator is not known.

    A zero has no sign: it comes from how parts were added up, and withheld ones are among them.
    """
    mit_zahl = pl.col("wertzeichen").is_in([s.value for s in Wertstatus if s.hat_wert])
    bezug = mit_zahl | (pl.col("wertzeichen") == Wertstatus.UNBEKANNT.value)
    return [
        pl.when(bezug if n == "nenner" else mit_zahl).then(pl.when(pl.col(n) == 0).then(0.0).otherwise(n)).alias(n)
        for n in _ZAHLEN
    ]


def _gliederung(daten: Berichtsdaten) -> pl.Expr:
    """The codes of a row in words: „Geschlecht: weiblich“; „insgesamt“ where nothing is broken down."""
    titel = {s.name: s.titel for s in WERTE.spalten}
    teile = [
        pl.when(pl.col(spalte).ne_missing(GESAMT) & pl.col(spalte).is_not_null()).then(
            pl.lit(f"{titel[spalte]}: ") + pl.col(spalte).replace(dict(codes))
        )
        for spalte, codes in gliederungscodes(daten.land).items()
    ]
    worte = pl.concat_str(teile, separator="; ", ignore_nulls=True)
    return pl.when(worte == "").then(pl.lit("insgesamt")).otherwise(worte).alias("gliederung")


def _neuester() -> pl.Expr:
    """Whether no later state of the same figure is there: the one pages show."""
    schluessel = [s for s in SCHLUESSEL if s != "stand"]
    stand = pl.col("stand").fill_null("")
    return (stand == stand.max().over(schluessel)).alias("neuester_stand")
