"""Declares the reports as a Dagster asset: one edition is published as a whole, so it is one asset."""

import dagster as dg

from assets.auswertung.assets import BERICHTSPUNKTE, INDIKATORWERTE, REVISIONEN, TRENDS, ZUWEISUNGEN
from assets.berichte.rendern import EDITION, rendere
from assets.gruppen import BERICHTE, EIGENTUEMER
from assets.pruefung.assets import LIEFERSTAND
from assets.ressourcen import AblageResource
from schemas.modell import Land

BERICHT_INTERN = dg.AssetKey(["berichte", EDITION])


def berichte_assets(land: Land, automatisch: dg.AutomationCondition) -> list[dg.AssetsDefinition]:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """The asset `berichte/intern_land`; `automatisch` says when it follows its inputs by itself."""

    @dg.asset(
        key=BERICHT_INTERN,
        deps=[INDIKATORWERTE, BERICHTSPUNKTE, TRENDS, REVISIONEN, ZUWEISUNGEN, LIEFERSTAND],
        group_name=BERICHTE,
        description=f"Interne Berichte für {land.name}: Übersicht, Landesbericht und ein Bericht je "
        f"{land.namen['meldeeinheit']}. Nicht zur Veröffentlichung.",
        kinds={"html"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
    )
    def intern_land(ablage: AblageResource) -> dg.MaterializeResult[None]:
        ort = ablage.oeffne()
        with ort.sperre():
            ordner, anzahl = rendere(ort, land)
        return dg.MaterializeResult(
            metadata={
                "Startseite": dg.MetadataValue.path(str(ordner / "index.html")),
                "Dateien": anzahl,
            }
        )

    return [intern_land]
