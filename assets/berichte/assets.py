"""Declares the editions of the reports as Dagster assets: an edition is published as a whole, so it is one asset."""

import dagster as dg
import polars as pl

from assets.auswertung.assets import BERICHTSPUNKTE, INDIKATORWERTE, REVISIONEN, TRENDS, ZUWEISUNGEN
from assets.berichte.rendern import rendere
from assets.geheimhaltung.assets import OEFFENTLICHE_ERGEBNISSE, SCHUTZPREISE
from assets.gruppen import BERICHTE, EIGENTUEMER
from assets.pruefung.assets import LIEFERSTAND
from assets.ressourcen import AblageResource
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer
from schemas.modell import Land

BERICHT_INTERN = dg.AssetKey(["berichte", INTERN_LAND])
BERICHT_OEFFENTLICH = dg.AssetKey(["berichte", OEFFENTLICH])
BERICHTE_DER_MELDEEINHEITEN = dg.AssetKey(["berichte", "intern_meldeeinheiten"])
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

    @dg.asset(
        key=BERICHTE_DER_MELDEEINHEITEN,
        deps=[OEFFENTLICHE_ERGEBNISSE, INDIKATORWERTE, ZUWEISUNGEN, REVISIONEN, LIEFERSTAND],
        group_name=BERICHTE,
        description=f"Je {einheit} eine interne Fassung: die eigenen Zahlen genau, alle anderen wie veröffentlicht.",
        kinds={"html"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
    )
    def intern_meldeeinheiten(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            ergebnisse = {m.name: rendere(ort, land, fuer(m.id)) for m in land.meldeeinheiten}
        return dg.MaterializeResult(
            metadata={
                "Dateien": sum(a.dateien for a in ergebnisse.values()),
                "Berichte": _als_tabelle(pl.concat(a.berichte for a in ergebnisse.values())),
                **{name: dg.MetadataValue.path(str(a.ordner / "index.html")) for name, a in ergebnisse.items()},
            }
        )

    return [intern_land, oeffentlich, intern_meldeeinheiten]


def _rendere(ablage: AblageResource, land: Land, edition: str) -> dg.MaterializeResult[None]:
    ort = ablage.oeffne()
    with ort.sperre():
        ausgabe = rendere(ort, land, edition)
    seiten = ausgabe.berichte.select("Meldeeinheit", "Seite").iter_rows()
    return dg.MaterializeResult(
        metadata={
            "Startseite": dg.MetadataValue.path(str(ausgabe.ordner / "index.html")),
            "Dateien": ausgabe.dateien,
            "Berichte": _als_tabelle(ausgabe.berichte),
            **{name: dg.MetadataValue.path(str(ausgabe.ordner / seite)) for name, seite in seiten},
        }
    )


def _als_tabelle(berichte: pl.DataFrame) -> dg.TableMetadataValue:
    spalten = [dg.TableColumn(name, "int" if typ.is_integer() else "string") for name, typ in berichte.schema.items()]
    return dg.MetadataValue.table([dg.TableRecord(z) for z in berichte.to_dicts()], dg.TableSchema(columns=spalten))
