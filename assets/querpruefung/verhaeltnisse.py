"""Rules about ratios of two datasets: R32 persons per Fachkraft, R35 counselling per post.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them.
"""

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas.groessen_lieferung import beratungen, fachkraefte, zielgruppe_im_mittel
from schemas.querreihen import NACH_STELLE


def _summe(lage: Lage, sql: str, name: str) -> pl.DataFrame:
    return lage.frage(sql).select("berichtsjahr", pl.col("ags").alias("meldeeinheit"), pl.col("wert").alias(name))


def betreuungsschluessel(lage: Lage) -> pl.DataFrame:
    """R32: persons of the target group per Fachkraft outside the usual. Both are means, so a stub needs no scaling."""
    von, bis = lage.schwelle("fsa_betreuung_min"), lage.schwelle("fsa_betreuung_max")
    return (
        _summe(lage, zielgruppe_im_mittel("zielgruppe").sql, "personen")
        .join(_summe(lage, fachkraefte("FSA").sql, "vzae"), on=["meldeeinheit", "berichtsjahr"])
        .filter(pl.col("vzae") > 0)
        .with_columns(wert=pl.col("personen") / pl.col("vzae"), von=pl.lit(von), bis=pl.lit(bis))
        .filter(~pl.col("wert").is_between(von, bis))
        .with_columns(datensatz=pl.lit("zielgruppe"), schluessel=pl.lit(""))
    )


def beratungen_je_vollzeitstelle(lage: Lage) -> pl.DataFrame:
    """R35: counselling per full-time post outside the usual; the limits of a year are scaled to the period."""
    anteil = lage.frage("SELECT jahr AS berichtsjahr, anteil FROM jahre")
    grenzen = {
        "von": lage.schwelle("beratungen_je_vzae_min") * pl.col("anteil"),
        "bis": lage.schwelle("beratungen_je_vzae_max") * pl.col("anteil"),
    }
    teile = [
        _summe(lage, beratungen(art).sql, "beratungen")
        .join(_summe(lage, fachkraefte(art).sql, "vzae"), on=["meldeeinheit", "berichtsjahr"])
        .with_columns(leistungsart=pl.lit(art))
        for art in NACH_STELLE
    ]
    return (
        pl.concat(teile)
        .join(anteil, on="berichtsjahr")
        .filter(pl.col("vzae") > 0)
        .with_columns(wert=pl.col("beratungen") / pl.col("vzae"), **grenzen)
        .filter(~pl.col("wert").is_between("von", "bis"))
        .with_columns(schluessel("leistungsart"), datensatz=pl.lit("beratung"))
    )
