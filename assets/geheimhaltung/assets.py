"""Declares the public edition of all results as a Dagster asset, with the attack on it as a blocking check."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.auswertung.assets import BERICHTSPUNKTE, INDIKATORWERTE, REVISIONEN, TRENDS, ZUWEISUNGEN
from assets.geheimhaltung.angriffsprobe import Probe
from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.bilden import bilde_oeffentliche, bilde_preise
from assets.gruppen import EIGENTUEMER, GEHEIMHALTUNG, schlichtes_schema
from assets.pruefung.assets import LIEFERSTAND
from assets.ressourcen import AblageResource
from schemas.indikatorwerte import SPALTEN
from schemas.modell import Land
from schemas.schutzpreise import PREISE
from schemas.zellen import MASS, WERT

OEFFENTLICHE_ERGEBNISSE = dg.AssetKey(["geheimhaltung", "oeffentlich"])
SCHUTZPREISE = dg.AssetKey(["geheimhaltung", "preise"])
GEHEIMHALTUNG_SCHLUESSEL = [OEFFENTLICHE_ERGEBNISSE, SCHUTZPREISE]
"""Everything the stage makes, in the order of the flow."""
ANGRIFF = "geheimhaltung"


def geheimhaltung_assets(land: Land, automatisch: dg.AutomationCondition) -> list[dg.AssetsDefinition]:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """The asset `geheimhaltung/oeffentlich`; `automatisch` says when it follows its inputs by itself."""

    @dg.asset(
        key=OEFFENTLICHE_ERGEBNISSE,
        deps=[INDIKATORWERTE, BERICHTSPUNKTE, TRENDS, REVISIONEN, ZUWEISUNGEN, LIEFERSTAND],
        check_specs=[
            dg.AssetCheckSpec(
                ANGRIFF,
                asset=OEFFENTLICHE_ERGEBNISSE,
                blocking=True,
                description="Ein Angriff mit eigenem Code auf die offenen Tabellen: Lässt sich aus allem, was gezeigt "
                "wird, eine gesperrte Zahl erschließen? Nur was sicher ist, wird abgelegt.",
            )
        ],
        group_name=GEHEIMHALTUNG,
        description="Alle Ergebnisse, wie sie veröffentlicht werden dürfen: kleine Zahlen gesperrt, und so viele "
        "andere, dass sich keine erschließen lässt. Dazu die offenen Tabellen in daten/.",
        kinds={"polars", "parquet", "csv"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(SPALTEN)},
    )
    def oeffentlich(ablage: AblageResource) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        ort = ablage.oeffne()
        with ort.sperre():
            ausgabe = bilde_oeffentliche(ort, land)
        if not ausgabe.probe.ist_sicher:
            yield _ergebnis(ausgabe.probe)
            raise dg.Failure(f"Die öffentliche Ausgabe wurde nicht abgelegt. {ausgabe.probe.text}")
        zellen = ausgabe.oeffentlich.muster.zellen
        yield dg.MaterializeResult(
            metadata={
                "dagster/row_count": ausgabe.oeffentlich.ergebnisse.werte.height,
                "Zellen": zellen.height,
                "gesperrte Zellen": int(zellen[GESPERRT].sum()),
                "je Größe": _je_groesse(zellen),
            },
            check_results=[_ergebnis(ausgabe.probe)],
        )

    @dg.asset(
        key=SCHUTZPREISE,
        deps=[INDIKATORWERTE],
        group_name=GEHEIMHALTUNG,
        description="Wie viel andere Regeln der Geheimhaltung sperren würden, berechnet aus diesen Daten. Nur für das "
        "Ministerium.",
        kinds={"polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(PREISE)},
    )
    def preise(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            tabelle = bilde_preise(ort, land)
        return dg.MaterializeResult(metadata={"dagster/row_count": tabelle.height})

    return [oeffentlich, preise]


def _ergebnis(probe: Probe) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=OEFFENTLICHE_ERGEBNISSE,
        check_name=ANGRIFF,
        passed=probe.ist_sicher,
        severity=dg.AssetCheckSeverity.ERROR,
        description=probe.text,
        metadata={**probe.bericht["zaehlung"], "mit eigenem Wissen unsicher vor": ", ".join(probe.unsicher_vor) or "-"},
    )


def _je_groesse(zellen: pl.DataFrame) -> dg.TableMetadataValue:
    """Shares of what is withheld, by measure; how much is in it may be known inside only."""
    je_mass = (
        zellen.group_by(MASS)
        .agg(
            pl.len().alias("Zellen"),
            pl.col(GESPERRT).sum().alias("Gesperrt"),
            (100 * pl.col(GESPERRT).mean()).round(1).alias("Anteil der Zellen (%)"),
            (100 * pl.col(WERT).filter(GESPERRT).sum() / pl.col(WERT).sum()).round(1).alias("Anteil am Inhalt (%)"),
        )
        .filter(pl.col("Gesperrt") > 0)
        .sort(MASS)
    )
    spalten = [dg.TableColumn(name, "float" if typ.is_numeric() else "string") for name, typ in je_mass.schema.items()]
    zeilen = [dg.TableRecord(zeile) for zeile in je_mass.to_dicts()]
    return dg.MetadataValue.table(zeilen, dg.TableSchema(columns=spalten))
