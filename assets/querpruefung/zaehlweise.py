"""Rules about the way of counting: R41a another Konzept, R41b another way of counting counselling, without a note.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them. A break is noted
where readers will see it: in the dataset `meldung`, section ANMERKUNG, at the Berichtspunkt of the series.
"""

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas import codelisten as cl
from schemas.querreihen import bruchpunkte

_WO = ["meldeeinheit", "berichtsjahr"]
_KEY = {"zaehleinheit": cl.ZAEHLEINHEIT, "gruppen_zaehlung": cl.GRUPPENZAEHLUNG, "zaehlregel": cl.ZAEHLREGEL}
"""Columns that must agree for counselling to be comparable."""

_ANMERKUNGEN = """
    SELECT DISTINCT meldeeinheit, berichtsjahr, berichtspunkt AS punkt FROM meldung
    WHERE abschnitt = 'ANMERKUNG' AND trim(text) <> ''"""


def zaehlweisen(lage: Lage) -> pl.DataFrame:
    """How counselling was counted: meldeeinheit, berichtsjahr, leistungsart, zaehlweise (all ways in use, as text)."""
    labels = [pl.col(s).replace({c.code: c.label for c in liste.codes}) for s, liste in _KEY.items()]
    beratung = lage.frage(
        "SELECT DISTINCT meldeeinheit, berichtsjahr, leistungsart, zaehleinheit, gruppen_zaehlung, zaehlregel "
        "FROM beratung"
    )
    return (
        beratung.with_columns(weise=pl.concat_str(labels, separator=", "))
        .group_by(*_WO, "leistungsart")
        .agg(zaehlweise=pl.col("weise").sort().str.join("; daneben: "))
    )


def konzept_gewechselt(lage: Lage) -> pl.DataFrame:
    """R41a: none of last year's Konzepte is delivered any more, and no break is noted."""
    teile, punkte = [], bruchpunkte(lage.land)
    for name in lage.benutzt("bevoelkerung", "herkunft"):
        konzepte = lage.tabelle(name).select(*_WO, "konzept").unique()
        vorjahr = konzepte.with_columns(pl.col("berichtsjahr") + 1)
        geblieben = konzepte.join(vorjahr, on=[*_WO, "konzept"])
        gewechselt = _liste(konzepte, "neu").join(_liste(vorjahr, "alt"), on=_WO).join(geblieben, on=_WO, how="anti")
        teile.append(gewechselt.with_columns(datensatz=pl.lit(name), punkt=pl.lit(punkte[name])))
    return _ohne_anmerkung(lage, pl.concat(teile)).with_columns(schluessel=pl.lit("konzept"))


def _liste(konzepte: pl.DataFrame, name: str) -> pl.DataFrame:
    labels = {c.code: f"„{c.label}“" for c in cl.KONZEPT.codes}
    return konzepte.group_by(_WO).agg(pl.col("konzept").replace(labels).sort().str.join(" und ").alias(name))


def zaehlweise_gewechselt(lage: Lage) -> pl.DataFrame:
    """R41b: counselling of a kind is counted in another way than last year, and no break is noted."""
    weisen = zaehlweisen(lage).rename({"zaehlweise": "neu"})
    vorjahr = weisen.with_columns(pl.col("berichtsjahr") + 1).rename({"neu": "alt"})
    gewechselt = (
        weisen.join(vorjahr, on=[*_WO, "leistungsart"])
        .filter(pl.col("neu") != pl.col("alt"))
        .with_columns(datensatz=pl.lit("beratung"), punkt=pl.col("leistungsart").replace(bruchpunkte(lage.land)))
    )
    return _ohne_anmerkung(lage, gewechselt).with_columns(schluessel("leistungsart"))


def _ohne_anmerkung(lage: Lage, funde: pl.DataFrame) -> pl.DataFrame:
    return funde.join(lage.frage(_ANMERKUNGEN), on=[*_WO, "punkt"], how="anti")
