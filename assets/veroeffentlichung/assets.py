"""Declares the release as a Dagster asset; people start it, by hand or by releasing a Berichtsjahr in the portal."""

import dagster as dg

from assets.berichte.assets import BERICHT_OEFFENTLICH
from assets.gruppen import EIGENTUEMER, VEROEFFENTLICHUNG
from assets.ressourcen import AblageResource
from assets.veroeffentlichung.regal import ReleaseError
from assets.veroeffentlichung.veroeffentlichen import NichtVeroeffentlichtError, veroeffentliche
from schemas.modell import Land

RELEASE = dg.AssetKey(["veroeffentlichung"])
AUSGABE = "Ausgabe"
"""Name of the metadata that names the release."""


def veroeffentlichung_assets(land: Land) -> list[dg.AssetsDefinition]:
    """The release of the public edition."""
    release = dg.AssetSpec(
        RELEASE,
        deps=[BERICHT_OEFFENTLICH],
        group_name=VEROEFFENTLICHUNG,
        description="Die öffentliche Fassung als unveränderliche Ausgabe mit Prüfsummen und den Unterschieden zur "
        "vorigen. Wird von Hand gestartet oder folgt der Freigabe eines Berichtsjahrs im Portal.",
        kinds={"html"},
        owners=EIGENTUEMER,
    )

    # Not by the name of its job: Dagster takes two things of one name for a contradiction.
    @dg.multi_asset(name="ausgabe_ablegen", specs=[release])
    def veroeffentlichung(ablage: AblageResource) -> dg.MaterializeResult[None]:
        try:
            ergebnis = veroeffentliche(ablage.oeffne(), land)
        except (NichtVeroeffentlichtError, ReleaseError) as fehler:
            raise dg.Failure(description=str(fehler), allow_retries=False) from fehler
        return dg.MaterializeResult(
            metadata={
                AUSGABE: ergebnis.release.kennung,
                "Neu": ergebnis.neu,
                "Startseite": dg.MetadataValue.path(str(ergebnis.ordner / "index.html")),
                "Dateien": len(ergebnis.release.dateien),
                **{f"Werte {art}": anzahl for art, anzahl in ergebnis.release.unterschiede.items()},
            }
        )

    return [veroeffentlichung]
