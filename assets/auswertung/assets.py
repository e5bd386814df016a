"""Declares the indicator values, the comparability matrix and the tables about money as Dagster assets."""

import dagster as dg
import polars as pl

from assets.auswertung.analysedatei import PFAD as ANALYSE_PFAD
from assets.auswertung.bilden import (
    bilde_amtliche_probe,
    bilde_analysedatei,
    bilde_berichtspunkte,
    bilde_indikatorwerte,
    bilde_revisionen,
    bilde_trends,
    bilde_vergleichbarkeit,
)
from assets.auswertung.bilden_mittel import bilde_mittel
from assets.gruppen import AUSWERTUNG, EIGENTUEMER, schlichtes_schema
from assets.pruefung.assets import LIEFERSTAND
from assets.referenz.assets import AMTLICH
from assets.referenz.assets import PFAD as AMTLICH_PFAD
from assets.ressourcen import AblageResource
from schemas.amtliche_probe import SPALTEN as PROBE_SPALTEN
from schemas.amtliche_probe import URTEIL
from schemas.berichtsstand import SPALTEN as PUNKTSPALTEN
from schemas.indikatorwerte import SPALTEN
from schemas.mittel import ZUWEISUNGEN as ZUWEISUNG_SPALTEN
from schemas.modell import Land
from schemas.revisionen import REVISIONEN as REVISION_SPALTEN
from schemas.trends import TRENDS as TREND_SPALTEN
from schemas.vergleichsmatrix import MATRIX

INDIKATORWERTE = dg.AssetKey(["auswertung", "indikatorwerte"])
VERGLEICHBARKEIT = dg.AssetKey(["auswertung", "vergleichbarkeit"])
AMTLICHE_PROBE = dg.AssetKey(["auswertung", "amtliche_probe"])
AMTLICHE_KENNZAHLEN = "amtliche_kennzahlen"
ANALYSEDATEI = dg.AssetKey(["auswertung", "analysedatei"])
ZUWEISUNGEN = dg.AssetKey(["auswertung", "zuweisungen"])
BERICHTSPUNKTE = dg.AssetKey(["auswertung", "berichtspunkte"])
TRENDS = dg.AssetKey(["auswertung", "trends"])
REVISIONEN = dg.AssetKey(["auswertung", "revisionen"])
AUSWERTUNG_SCHLUESSEL = [
    INDIKATORWERTE,
    VERGLEICHBARKEIT,
    BERICHTSPUNKTE,
    TRENDS,
    REVISIONEN,
    AMTLICHE_PROBE,
    ZUWEISUNGEN,
    ANALYSEDATEI,
]
"""Everything the stage makes, in the order of the flow."""


def auswertung_assets(land: Land, automatisch: dg.AutomationCondition) -> list[dg.AssetsDefinition]:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """The assets of the stage; `automatisch` says when they follow their inputs by themselves."""

    @dg.asset(
        key=INDIKATORWERTE,
        deps=[LIEFERSTAND, AMTLICH],
        group_name=AUSWERTUNG,
        description="Alle Werte aller Kennzahlen mit Zähler, Nenner, Quelle und Vergleichbarkeit. Dazu die Tabelle "
        "trichter: die Lage jedes Wertes um den Landeswert.",
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

    @dg.asset(
        key=VERGLEICHBARKEIT,
        deps=[INDIKATORWERTE, LIEFERSTAND],
        group_name=AUSWERTUNG,
        description="Welche Kennzahl welcher Meldeeinheit mit wem vergleichbar ist, warum nicht, und welche Fragen "
        "an die Meldeeinheiten das ändern könnten.",
        kinds={"polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(MATRIX)},
    )
    def vergleichbarkeit(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            tabelle, fragen = bilde_vergleichbarkeit(ort, land)
        mit_wert = tabelle.filter(zustand="wert")
        anteile = {
            f"Anteil vergleichbar: {name}": round(
                mit_wert.filter(pl.col(spalte) == "vergleichbar").height / max(mit_wert.height, 1), 3
            )
            for name, spalte in (("Land", "vgl_land"), ("Meldeeinheiten", "vgl_kreise"), ("Vorjahr", "vgl_vorjahr"))
        }
        return dg.MaterializeResult(metadata={"dagster/row_count": tabelle.height, "Fragen": fragen.height, **anteile})

    @dg.asset(
        key=BERICHTSPUNKTE,
        deps=[INDIKATORWERTE, LIEFERSTAND],
        group_name=AUSWERTUNG,
        description="Wie weit jeder Punkt der gesetzlichen Liste erfüllt ist: je Meldeeinheit, Berichtszeitraum und "
        "Kalenderjahr, mit Begründung.",
        kinds={"polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(PUNKTSPALTEN)},
    )
    def berichtspunkte(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            tabelle = bilde_berichtspunkte(ort, land)
        staende = tabelle.filter(pl.col("berichtsjahr").is_not_null())["stand"].value_counts().sort("stand")
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": tabelle.height,
                "Stände nach Jahren": dg.MetadataValue.json(dict(staende.iter_rows())),
            }
        )

    @dg.asset(
        key=TRENDS,
        deps=[INDIKATORWERTE],
        group_name=AUSWERTUNG,
        description="Je Kennzahl, Variante und Gebiet: Veränderung zum Vorjahr und über die Reihe, nur über Jahre, die "
        "sich vergleichen lassen.",
        kinds={"polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(TREND_SPALTEN)},
    )
    def trends(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            tabelle = bilde_trends(ort, land)
        mit_vorjahr = tabelle.filter(pl.col("vorjahr_wert").is_not_null()).height
        return dg.MaterializeResult(
            metadata={"dagster/row_count": tabelle.height, "mit vergleichbarem Vorjahr": mit_vorjahr}
        )

    @dg.asset(
        key=REVISIONEN,
        deps=[LIEFERSTAND, AMTLICH],
        group_name=AUSWERTUNG,
        description="Jede nachträglich geänderte Angabe mit altem und neuem Wert, und welche Kennzahlen sich dadurch "
        "geändert haben. Dazu die Tabelle revisionswirkungen.",
        kinds={"duckdb", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(REVISION_SPALTEN)},
    )
    def revisionen(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            angaben, wirkungen = bilde_revisionen(ort, land, ort.lies_tabelle(AMTLICH_PFAD))
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": angaben.height,
                "Revisionen": angaben["revision"].n_unique(),
                "geänderte Werte von Kennzahlen": wirkungen.height,
            }
        )

    @dg.asset(
        key=AMTLICHE_PROBE,
        deps=[INDIKATORWERTE, AMTLICH],
        check_specs=[
            dg.AssetCheckSpec(
                AMTLICHE_KENNZAHLEN,
                asset=AMTLICHE_PROBE,
                description="Stimmen berechnete Kennzahlen mit amtlich veröffentlichten überein, und ergeben die Teile "
                "das Ganze? Die Toleranz ist die Rundung der Quelle.",
            )
        ],
        group_name=AUSWERTUNG,
        description="Jede berechnete Angabe, die auch amtlich veröffentlicht ist: Abstand, Toleranz und Erklärung.",
        kinds={"duckdb", "polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(PROBE_SPALTEN)},
    )
    def amtliche_probe(ablage: AblageResource) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster takes no other beside checks
        ort = ablage.oeffne()
        with ort.sperre():
            tabelle = bilde_amtliche_probe(ort, land, ort.lies_tabelle(AMTLICH_PFAD))
        return dg.MaterializeResult(
            metadata={"dagster/row_count": tabelle.height}, check_results=[pruefe_kennzahlen(tabelle)]
        )

    @dg.asset(
        key=ANALYSEDATEI,
        deps=[VERGLEICHBARKEIT, BERICHTSPUNKTE, TRENDS, REVISIONEN, AMTLICHE_PROBE, ZUWEISUNGEN, AMTLICH],
        group_name=AUSWERTUNG,
        description="Eine DuckDB-Datei mit geprüften Lieferungen, amtlichen Reihen, Kennzahlen, Vergleichbarkeit und "
        "allen Beschreibungen, zum Auswerten mit eigenen Abfragen.",
        kinds={"duckdb"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
    )
    def analysedatei(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            tabellen = bilde_analysedatei(ort, land, AMTLICH_PFAD)
        return dg.MaterializeResult(
            metadata={"Tabellen": tabellen, "Datei": dg.MetadataValue.path(str(ort.pfad(ANALYSE_PFAD)))}
        )

    @dg.asset(
        key=ZUWEISUNGEN,
        deps=[LIEFERSTAND, AMTLICH],
        group_name=AUSWERTUNG,
        description="Zuweisungen nach der Formel neben den gebuchten, was aus dem Geld wurde, Raten und "
        "Verwendungsnachweise. Dazu die Tabellen mittelverwendung und raten.",
        kinds={"polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(ZUWEISUNG_SPALTEN)},
    )
    def zuweisungen(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            mittel = bilde_mittel(ort, land, ort.lies_tabelle(AMTLICH_PFAD))
        gruende = mittel.zuweisungen["grund"].value_counts().sort("grund")
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": mittel.zuweisungen.height,
                "Vergleich mit der Formel": dg.MetadataValue.json(dict(gruende.iter_rows())),
            }
        )

    return [
        indikatorwerte,
        vergleichbarkeit,
        berichtspunkte,
        trends,
        revisionen,
        amtliche_probe,
        zuweisungen,
        analysedatei,
    ]


def pruefe_kennzahlen(tabelle: pl.DataFrame) -> dg.AssetCheckResult:
    """Result of the check on a table `schemas.amtliche_probe.SPALTEN`: yellow if anything deviates unexplained.

    All figures are published, so the log may hold them.
    """
    zahlen = {c.label: tabelle.filter(urteil=c.code).height for c in URTEIL.codes}
    abweichend = tabelle.filter(pl.col("urteil").is_in(["weicht_ab", "erklaert"])).sort(
        pl.col("urteil") == "erklaert", maintain_order=True
    )
    ohne_ursache = tabelle.filter(urteil="weicht_ab").height
    zeilen = abweichend.select(
        pl.concat_str("indikator_id", "variante", "groesse", separator=" ").alias("Kennzahl"),
        pl.col("ags").alias("Gebiet"),
        pl.col("berichtsjahr").alias("Jahr"),
        pl.col("gliederung").alias("Gliederung"),
        pl.col("berechnet").alias("Berechnet"),
        pl.col("veroeffentlicht").alias("Veröffentlicht"),
        pl.col("differenz").alias("Differenz"),
        pl.col("toleranz").alias("Toleranz"),
        pl.col("urteil").replace_strict({c.code: c.label for c in URTEIL.codes}).alias("Ergebnis"),
        pl.col("erklaerung").alias("Erklärung"),
    )
    spalten = [dg.TableColumn(name, "float" if typ.is_numeric() else "string") for name, typ in zeilen.schema.items()]
    return dg.AssetCheckResult(
        asset_key=AMTLICHE_PROBE,
        check_name=AMTLICHE_KENNZAHLEN,
        passed=ohne_ursache == 0,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{tabelle.height} Angaben sind berechnet und amtlich veröffentlicht; {abweichend.height} weichen "
        f"um mehr als die Rundung ab, {ohne_ursache} davon ohne bekannte Ursache.",
        metadata={
            **zahlen,
            "Abweichungen": dg.MetadataValue.table(
                [dg.TableRecord(zeile) for zeile in zeilen.to_dicts()], dg.TableSchema(columns=spalten)
            ),
        },
    )
