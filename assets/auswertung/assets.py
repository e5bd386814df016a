"""Declares the indicator values as a Dagster asset."""

import dagster as dg
import polars as pl

from assets.auswertung.bilden import bilde_indikatorwerte
from assets.gruppen import AUSWERTUNG, EIGENTUEMER, schlichtes_schema
from assets.pruefung.assets import LIEFERSTAND
from assets.referenz.assets import AMTLICH
from assets.referenz.assets import PFAD as AMTLICH_PFAD
from assets.ressourcen import AblageResource
from schemas.indikatorwerte import SPALTEN
from schemas.modell import Land

INDIKATORWERTE = dg.AssetKey(["auswertung", "indikatorwerte"])


def auswertung_assets(land: Land, automatisch: dg.AutomationCondition) -> list[dg.AssetsDefinition]:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """The asset `auswertung/indikatorwerte`; `automatisch` says when it follows its inputs by itself."""

    @dg.asset(
        key=INDIKATORWERTE,
        deps=[LIEFERSTAND, AMTLICH],
        group_name=AUSWERTUNG,
        description="Alle Werte aller Kennzahlen mit Zähler, Nenner, Quelle und Vergleichbarkeit.",
        kinds={"duckdb", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(SPALTEN)},
    )
    def indikatorwerte(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            werte = bilde_indikatorwerte(ort, land, ort.lies_tabelle(AMTLICH_PFAD))
        mit_wert = werte.filter(pl.col("wert").is_not_null())
        vergleichbar = mit_wert.filter(pl.col("vgl_kreise") == "vergleichbar").height
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": werte.height,
                "Werte": mit_wert.height,
                "Anteil vergleichbar": round(vergleichbar / max(mit_wert.height, 1), 3),
            }
        )

    return [indikatorwerte]
