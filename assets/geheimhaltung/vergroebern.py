"""Merges codes of a breakdown into the classes a Land publishes, before anything is withheld.

What belongs here: `indikatorwerte` with fewer, larger parts. What does not: which classes
(`schemas/geheimhaltung.py`).
"""

from collections.abc import Sequence

import polars as pl

from assets.auswertung.intervalle import mit_vertrauensgrenzen
from assets.auswertung.katalogtabelle import katalogtabelle
from schemas.geheimhaltung import Vergroeberung
from schemas.indikatorwerte import SCHLUESSEL, SPALTEN
from schemas.modell import Indikator
from schemas.vergleichbarkeit import Urteil
from schemas.wertstatus import RANGFOLGE

_URTEILE = ("vergleichbarkeit", "vgl_land", "vgl_kreise", "vgl_vorjahr")
_VARIANTE = ["indikator_id", "variante"]


def vergroebere(
    werte: pl.DataFrame, katalog: Sequence[Indikator], vergroeberungen: Sequence[Vergroeberung]
) -> pl.DataFrame:
    """`indikatorwerte` in which delivered figures are broken down by classes; official ones and all others stay."""
    for vergroeberung in vergroeberungen:
        werte = _vergroebert(werte, katalog, vergroeberung)
    return werte


def _vergroebert(werte: pl.DataFrame, katalog: Sequence[Indikator], vergroeberung: Vergroeberung) -> pl.DataFrame:
    m = vergroeberung.merkmal
    tabelle = katalogtabelle(katalog)
    geliefert = tabelle.filter(~pl.col("amtlich")).select(_VARIANTE)
    betroffen = pl.col(m).is_in(list(vergroeberung.klassen))
    fein = werte.filter(betroffen).join(geliefert, on=_VARIANTE, how="semi")
    if fein.is_empty():
        return werte
    fein = fein.with_columns(pl.col(m).replace_strict(dict(vergroeberung.klassen)))
    grob = _summen(fein, _mit_geteiltem_nenner(katalog, m)).join(tabelle.drop("einheit", "quelle"), on=_VARIANTE)
    mit_nenner = pl.when(pl.col("nenner") != 0).then(pl.col("faktor") * pl.col("zaehler") / pl.col("nenner"))
    grob = grob.with_columns(
        wert=pl.when("hat_nenner").then(mit_nenner).otherwise("zaehler"),
        std_unten=pl.lit(None, pl.Float64),
        std_oben=pl.lit(None, pl.Float64),
    ).drop("ki_unten", "ki_oben", "definition_version")
    grob = mit_vertrauensgrenzen(grob).join(
        fein.select(*_VARIANTE, "definition_version").unique(_VARIANTE), on=_VARIANTE
    )
    uebrige = werte.join(fein.select(_VARIANTE).unique(), on=_VARIANTE, how="anti")
    eigene = werte.join(fein.select(_VARIANTE).unique(), on=_VARIANTE, how="semi").filter(~betroffen)
    grob = grob.select(pl.col(n).cast(t) for n, t in SPALTEN.items()).sort(SCHLUESSEL, nulls_last=True)
    return pl.concat([uebrige, eigene, grob])


def _summen(fein: pl.DataFrame, geteilt: pl.DataFrame) -> pl.DataFrame:
    """One row per class: what adds up added, of everything else the worst or, where it is the same, what it is."""
    rang = {str(status): nummer for nummer, status in enumerate(RANGFOLGE)}
    urteilsrang = {str(urteil): nummer for nummer, urteil in enumerate(Urteil)}
    bekannt = pl.col("zaehler").is_null().any()
    eigene = (*SCHLUESSEL, "zaehler", "nenner", "wertstatus", "gruende", *_URTEILE)
    uebrige = [s for s in SPALTEN if s not in eigene]
    return (
        fein.join(geteilt, on=_VARIANTE, how="left")
        .with_columns(pl.col(s).replace_strict(urteilsrang, return_dtype=pl.Int64) for s in _URTEILE)
        .group_by(SCHLUESSEL, maintain_order=True)
        .agg(
            pl.when(~bekannt).then(pl.col("zaehler").sum()).alias("zaehler"),
            pl.when(pl.col("_geteilt").first()).then(pl.col("nenner").sum()).otherwise(pl.col("nenner").first()),
            pl.col("wertstatus").replace_strict(rang, return_dtype=pl.Int64).max(),
            pl.col("gruende").str.split(";").explode().drop_nulls().unique().sort().str.join(";"),
            *(pl.col(s).max() for s in _URTEILE),
            *(pl.col(s).first() for s in uebrige),
        )
        .with_columns(
            pl.col("wertstatus").replace_strict({n: s for s, n in rang.items()}, return_dtype=pl.String),
            pl.col("gruende").replace("", None),
            *(
                pl.col(s).replace_strict({n: u for u, n in urteilsrang.items()}, return_dtype=pl.String)
                for s in _URTEILE
            ),
        )
    )


def _mit_geteiltem_nenner(katalog: Sequence[Indikator], merkmal: str) -> pl.DataFrame:
    """Variants whose denominator is broken down too, so that the denominators of a class add up."""
    paare = [
        (i.id, v.id, True)
        for i in katalog
        for v in i.varianten
        if v.nenner is not None and merkmal in v.nenner.gliederungen
    ]
    schema = {"indikator_id": pl.String, "variante": pl.String, "_geteilt": pl.Boolean}
    return pl.DataFrame(paare, schema=schema, orient="row")
