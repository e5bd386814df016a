"""What the report of each Meldeeinheit holds, in a line: for those who run the pipeline, not for readers.

What belongs here: counting. What does not: the pages.
"""

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.berichte.gebiete import verweise
from schemas.vergleichbarkeit import Urteil
from schemas.wertstatus import Wertstatus


def kurzbericht(daten: Berichtsdaten) -> pl.DataFrame:
    """One row for each report of the edition, in the order of the Land.

    Returns:
        `Meldeeinheit, Seite, Kennzahlen` (with a value), `geheime Werte, nicht vergleichbare Werte` (with the Land),
        `neuestes Berichtsjahr` (with an accepted delivery).
    """
    seiten = verweise(daten.land)
    einheiten = pl.DataFrame(
        [(m.id, m.name, seiten[m.id]) for m in daten.berichtende],
        schema=["ags", "Meldeeinheit", "Seite"],
        orient="row",
    )
    gezaehlt = daten.werte.group_by("ags").agg(
        pl.col("indikator_id").filter(pl.col("wert").is_not_null()).n_unique().alias("Kennzahlen"),
        (pl.col("wertstatus") == Wertstatus.GEHEIM.value).sum().alias("geheime Werte"),
        (pl.col("wert").is_not_null() & (pl.col("vgl_land") == Urteil.NICHT.value))
        .sum()
        .alias("nicht vergleichbare Werte"),
    )
    geliefert = (
        daten.lieferstand.filter(pl.col("gueltige_version").is_not_null())
        .group_by(ags="meldeeinheit")
        .agg(pl.col("berichtsjahr").max().alias("neuestes Berichtsjahr"))
    )
    return (
        einheiten.join(gezaehlt, on="ags", how="left", maintain_order="left")
        .join(geliefert, on="ags", how="left", maintain_order="left")
        .drop("ags")
    )
