"""Declares the checked deliveries, their checks, and `lieferstand`, and the one step that makes them all.

One step, because events and steps are the cost of a run. Deliveries are skippable outputs and never all there, so what
follows depends on `lieferstand`, which is always made: the Land is reported with what there is.
"""

import warnings
from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.ablage import Ablage
from assets.eingang.assets import schluessel_eingang, spezifikationen
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import alle_unzugeordneten
from assets.gruppen import EIGENTUEMER, PRUEFUNG, schlichtes_schema, tabellenschema
from assets.partitionen import JAHR, MELDEEINHEIT, partitionen
from assets.pruefung.ereignisse import (
    FORM,
    PLAUSIBILITAET,
    materialisierungen,
    neueste_tabelle,
    pruefergebnisse,
    schluessel_geprueft,
)
from assets.pruefung.lieferungen import lieferstand, pruefe_alle
from assets.pruefung.uebernehmen import Uebernahme
from assets.ressourcen import AblageResource
from schemas.datensaetze import alle_datensaetze
from schemas.lieferstand import SPALTEN
from schemas.modell import Land
from schemas.zahlwort import in_zahlen

LIEFERSTAND = dg.AssetKey(["lieferstand"])
VOLLSTAENDIG = "vollstaendig"


def _geprueft(land: Land) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            schluessel_geprueft(name),
            deps=[schluessel_eingang(name)],
            description=f"{alle_datensaetze()[name].beschreibung} Nur angenommene Lieferungen.",
            group_name=PRUEFUNG,
            partitions_def=partitionen(land),
            skippable=True,
            kinds={"polars", "parquet"},
            owners=EIGENTUEMER,
            metadata={
                "dagster/column_schema": tabellenschema(alle_datensaetze()[name]),
                "Rechtsgrundlage": alle_datensaetze()[name].rechtsgrundlage,
            },
        )
        for name in land.datensaetze
    ]


def _pruefungen(land: Land) -> list[dg.AssetCheckSpec]:
    texte = {
        FORM: "Lesbarkeit, Spalten, Codes und alle Regeln, die über die Annahme entscheiden.",
        PLAUSIBILITAET: "Auffälligkeiten, zu denen sich der Kreis äußern sollte.",
    }
    with warnings.catch_warnings():
        # Partitioned specs are in preview; without them a red Kreis would disappear behind the next green one.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return [
            dg.AssetCheckSpec(
                check, asset=schluessel_geprueft(name), description=text, partitions_def=partitionen(land)
            )
            for name in land.datensaetze
            for check, text in texte.items()
        ]


def pruefung_assets(land: Land) -> list[dg.AssetsDefinition]:
    """The step `lieferungen` with all its assets and checks for a Land."""
    stand_spec = dg.AssetSpec(
        LIEFERSTAND,
        deps=[schluessel_geprueft(name) for name in land.datensaetze],
        description="Welche Lieferungen da sind, was gilt und was fehlt. Wird immer gebildet.",
        group_name=PRUEFUNG,
        kinds={"polars", "parquet"},
        owners=EIGENTUEMER,
        metadata={"dagster/column_schema": schlichtes_schema(SPALTEN)},
    )
    stand_check = dg.AssetCheckSpec(
        VOLLSTAENDIG, asset=LIEFERSTAND, description="Rot, solange etwas fehlt, zurückgewiesen oder unbekannt ist."
    )

    @dg.multi_asset(
        name="lieferungen",
        specs=[*spezifikationen(land), *_geprueft(land), stand_spec],
        check_specs=[*_pruefungen(land), stand_check],
        can_subset=True,
        backfill_policy=dg.BackfillPolicy.single_run(),
    )
    def lieferungen(
        context: dg.AssetExecutionContext, ablage: AblageResource
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        ort = ablage.oeffne()
        with ort.sperre():
            for uebernahme in pruefe_alle(ort, land, _auftrag(context, land)):
                _berichte(context, uebernahme)
            if LIEFERSTAND in context.selected_asset_keys:
                yield _lieferstand(ort, land)

    return [lieferungen]


def _auftrag(context: dg.AssetExecutionContext, land: Land) -> list[Lieferschluessel]:
    """The deliveries a run is for: its partitions times its datasets."""
    if not (context.has_partition_key or context.has_partition_key_range):
        return []
    namen = {schluessel.path[-1] for schluessel in context.selected_asset_keys} & set(land.datensaetze)
    auftrag = []
    for text in context.partition_keys:
        teile = partitionen(land).get_partition_key_from_str(text).keys_by_dimension
        jahr, einheit = teile[JAHR], teile[MELDEEINHEIT]
        auftrag += [Lieferschluessel(n, int(jahr), einheit) for n in land.datensaetze if n in namen]
    return auftrag


def _berichte(context: dg.AssetExecutionContext, uebernahme: Uebernahme) -> None:
    """Logs what became of one delivery, as far as the run was asked for these assets and checks."""
    for ereignis in materialisierungen(uebernahme):
        if ereignis.asset_key in context.selected_asset_keys:
            context.log_event(ereignis)
    ziel = neueste_tabelle(context.instance, uebernahme.schluessel)
    for ergebnis in pruefergebnisse(uebernahme, ziel):
        if dg.AssetCheckKey(ergebnis.asset_key, ergebnis.check_name) in context.selected_asset_check_keys:
            context.log_event(ergebnis)


def _lieferstand(ablage: Ablage, land: Land) -> dg.MaterializeResult[None]:
    """The state of all deliveries as a result with its standing check."""
    stand = lieferstand(ablage, land)
    zahlen = {z: stand.filter(pl.col("zustand") == z).height for z in stand["zustand"].unique().sort()}
    verspaetet = stand.filter("verspaetet").height
    unbekannt = [u.dateiname for u in alle_unzugeordneten(ablage)]
    offen = sum(zahlen.get(z, 0) for z in ("fehlt", "zurueckgewiesen", "nicht_ausgefuellt"))
    text = (
        f"Lieferungen: {zahlen.get('fehlt', 0)} noch nicht da, {zahlen.get('zurueckgewiesen', 0)} zurückgewiesen, "
        f"{verspaetet} verspätet. Nicht zugeordnet: {in_zahlen(len(unbekannt), 'Datei', 'Dateien')}."
    )
    return dg.MaterializeResult(
        asset_key=LIEFERSTAND,
        metadata={"dagster/row_count": stand.height, **{f"Zustand {z}": n for z, n in zahlen.items()}},
        check_results=[
            dg.AssetCheckResult(
                asset_key=LIEFERSTAND,
                check_name=VOLLSTAENDIG,
                passed=offen == 0 and verspaetet == 0 and not unbekannt,
                severity=dg.AssetCheckSeverity.WARN,
                description=text,
                metadata={"Nicht zugeordnet": dg.MetadataValue.json(unbekannt)},
            )
        ],
    )
