"""Declares the editions of the reports as Dagster assets: an edition is published as a whole, so it is one asset."""

from typing import Any

import dagster as dg
import polars as pl

from assets.auswertung.assets import BERICHTSPUNKTE, INDIKATORWERTE, REVISIONEN, TRENDS, ZUWEISUNGEN
from assets.berichte.rendern import Ausgabe, rendere
from assets.geheimhaltung.assets import OEFFENTLICHE_ERGEBNISSE, SCHUTZPREISE
from assets.gruppen import BERICHTE, EIGENTUEMER
from assets.partitionen import je_meldeeinheit
from assets.pruefung.assets import LIEFERSTAND
from assets.ressourcen import AblageResource
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer
from schemas.modell import Land

BERICHT_INTERN = dg.AssetKey(["berichte", INTERN_LAND])
BERICHT_OEFFENTLICH = dg.AssetKey(["berichte", OEFFENTLICH])
BERICHTE_DER_MELDEEINHEITEN = dg.AssetKey(["berichte", "intern_meldeeinheit"])
BERICHT_SCHLUESSEL = [BERICHT_INTERN, BERICHT_OEFFENTLICH]
"""The editions every run makes; those for single Meldeeinheiten are many and follow by their own condition."""


def berichte_assets(land: Land, automatisch: dg.AutomationCondition) -> list[dg.AssetsDefinition]:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """The editions of the reports; `automatisch` says when they follow their inputs by themselves."""
    einheit = land.namen["meldeeinheit"]

    @dg.asset(
        key=BERICHT_INTERN,
        deps=[INDIKATORWERTE, BERICHTSPUNKTE, TRENDS, REVISIONEN, ZUWEISUNGEN, LIEFERSTAND, SCHUTZPREISE],
        group_name=BERICHTE,
        description=f"Interne Berichte für {land.name}: Übersicht, Landesbericht und ein Bericht je {einheit}. "
        "Nicht zur Veröffentlichung.",
        kinds={"html"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
    )
    def intern_land(ablage: AblageResource) -> dg.MaterializeResult[None]:
        return _rendere(ablage, land, INTERN_LAND)

    @dg.asset(
        key=BERICHT_OEFFENTLICH,
        deps=[OEFFENTLICHE_ERGEBNISSE],
        group_name=BERICHTE,
        description="Öffentliche Berichte, nur aus geschützten Zahlen, mit offenen Tabellen und dem Bericht des "
        "Angriffs auf sie.",
        kinds={"html"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
    )
    def oeffentlich(ablage: AblageResource) -> dg.MaterializeResult[None]:
        return _rendere(ablage, land, OEFFENTLICH)

    je_einheit = dg.AssetSpec(
        BERICHTE_DER_MELDEEINHEITEN,
        deps=[OEFFENTLICHE_ERGEBNISSE, INDIKATORWERTE, ZUWEISUNGEN, REVISIONEN, LIEFERSTAND],
        partitions_def=je_meldeeinheit(land),
        group_name=BERICHTE,
        description=f"Je {einheit} eine interne Fassung: die eigenen Zahlen genau, alle anderen wie veröffentlicht.",
        kinds={"html"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
    )

    # Not by the name of the job that makes them alone: Dagster takes two things of one name for a contradiction.
    @dg.multi_asset(name="editionen_schreiben", specs=[je_einheit], backfill_policy=dg.BackfillPolicy.single_run())
    def editionen(context: dg.AssetExecutionContext, ablage: AblageResource) -> None:
        ort = ablage.oeffne()
        with ort.sperre():
            for kennung in context.partition_keys:
                context.add_asset_metadata(_metadaten(rendere(ort, land, fuer(kennung))), partition_key=kennung)

    return [intern_land, oeffentlich, editionen]


def _rendere(ablage: AblageResource, land: Land, edition: str) -> dg.MaterializeResult[None]:
    ort = ablage.oeffne()
    with ort.sperre():
        return dg.MaterializeResult(metadata=_metadaten(rendere(ort, land, edition)))


def _metadaten(ausgabe: Ausgabe) -> dict[str, dg.MetadataValue[Any] | int | str]:
    seiten = ausgabe.berichte.select("Meldeeinheit", "Seite").iter_rows()
    return {
        "Startseite": dg.MetadataValue.path(str(ausgabe.ordner / "index.html")),
        "Dateien": ausgabe.dateien,
        "Neu gemacht": ", ".join(ausgabe.gemacht) or "nichts, alles war auf dem Stand",
        "Berichte": _als_tabelle(ausgabe.berichte),
        **{name: dg.MetadataValue.path(str(ausgabe.ordner / seite)) for name, seite in seiten},
    }


def _als_tabelle(berichte: pl.DataFrame) -> dg.TableMetadataValue:
    spalten = [dg.TableColumn(name, "int" if typ.is_integer() else "string") for name, typ in berichte.schema.items()]
    return dg.MetadataValue.table([dg.TableRecord(z) for z in berichte.to_dicts()], dg.TableSchema(columns=spalten))
