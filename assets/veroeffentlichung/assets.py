"""Declares the release as a Dagster asset; it is started by hand and follows nothing by itself."""

import dagster as dg

from assets.berichte.assets import BERICHT_OEFFENTLICH
from assets.gruppen import EIGENTUEMER, VEROEFFENTLICHUNG
from assets.ressourcen import AblageResource
from assets.veroeffentlichung.veroeffentlichen import NichtVeroeffentlichtError, veroeffentliche
from schemas.modell import Land

RELEASE = dg.AssetKey(["veroeffentlichung"])


def veroeffentlichung_assets(land: Land) -> list[dg.AssetsDefinition]:
    """The release of the public edition."""

    @dg.asset(
        key=RELEASE,
        deps=[BERICHT_OEFFENTLICH],
        group_name=VEROEFFENTLICHUNG,
        description="Die öffentliche Fassung als unveränderliche Ausgabe mit Prüfsummen und den Unterschieden zur "
        "vorigen. Wird von Hand gestartet, wenn veröffentlicht werden soll.",
        kinds={"html"},
        owners=EIGENTUEMER,
    )
    def veroeffentlichung(ablage: AblageResource) -> dg.MaterializeResult[None]:
        try:
            ergebnis = veroeffentliche(ablage.oeffne(), land)
        except NichtVeroeffentlichtError as fehler:
            raise dg.Failure(description="\n".join(fehler.gruende), allow_retries=False) from fehler
        return dg.MaterializeResult(
            metadata={
                "Ausgabe": ergebnis.release.kennung,
                "Neu": ergebnis.neu,
                "Startseite": dg.MetadataValue.path(str(ergebnis.ordner / "index.html")),
                "Dateien": len(ergebnis.release.dateien),
                **{f"Werte {art}": anzahl for art, anzahl in ergebnis.release.unterschiede.items()},
            }
        )

    return [veroeffentlichung]
