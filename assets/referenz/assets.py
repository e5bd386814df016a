"""Declares the official series as a Dagster asset: the committed figures, checked and stored for the evaluation."""

import dagster as dg
import polars as pl

from assets.ablage import Ablage
from assets.fassung import referenz_sha
from assets.gruppen import EIGENTUEMER, REFERENZ, schlichtes_schema
from assets.referenz.bestand import SPALTEN, lade_bestand
from assets.ressourcen import AblageResource
from schemas.modell import Land

AMTLICH = dg.AssetKey(["referenz", "amtliche_statistik"])
PFAD = "referenz/amtlich.parquet"


def referenz_assets(land: Land) -> list[dg.AssetsDefinition]:
    """The asset `referenz/amtliche_statistik`."""

    @dg.asset(
        key=AMTLICH,
        group_name=REFERENZ,
        description=f"Amtliche Reihen für {land.name} und seine {land.namen['meldeeinheiten']}, mit Stand und Quelle.",
        kinds={"csv", "parquet"},
        owners=EIGENTUEMER,
        metadata={"dagster/column_schema": schlichtes_schema(SPALTEN)},
    )
    def amtliche_statistik(ablage: AblageResource) -> dg.MaterializeResult[None]:
        reihen = uebernimm_bestand(ablage.oeffne())
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": reihen.height,
                "Tabellen": dg.MetadataValue.json(reihen["tabelle"].unique().sort().to_list()),
            },
            data_version=dg.DataVersion(referenz_sha()),
        )

    return [amtliche_statistik]


def uebernimm_bestand(ablage: Ablage) -> pl.DataFrame:
    """Reads and checks the committed series and stores them as one table in the Ablage."""
    reihen = lade_bestand()
    ablage.schreibe_tabelle(PFAD, reihen)
    return reihen
