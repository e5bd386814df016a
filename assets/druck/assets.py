"""Declares the PDFs of the public edition as a Dagster asset of its own, which no other one waits for."""

import dagster as dg

from assets.berichte.assets import BERICHT_OEFFENTLICH
from assets.berichte.rendern import OrdnerFehltError
from assets.druck.bilden import Druck, EditionFehltError, drucke, edition_fuer
from assets.druck.chromium import ChromiumFehltError, DruckError
from assets.druck.verzeichnis import SEITE
from assets.gruppen import BERICHTE, EIGENTUEMER
from assets.ressourcen import AblageResource
from schemas.editionen import OEFFENTLICH
from schemas.modell import Land

PDF_OEFFENTLICH = dg.AssetKey(["berichte", edition_fuer(OEFFENTLICH)])


def druck_assets(land: Land) -> list[dg.AssetsDefinition]:
    """The PDFs. They follow nothing by themselves: not every machine that makes reports has a browser."""
    einheit = land.namen["meldeeinheit"]

    @dg.asset(
        key=PDF_OEFFENTLICH,
        deps=[BERICHT_OEFFENTLICH],
        group_name=BERICHTE,
        description=f"Die öffentlichen Berichte als PDF: Landesbericht, je {einheit} Bericht und zweiseitige "
        "Kurzfassung. Gedruckt wird, wessen Seite sich geändert hat. Braucht Chromium; ohne Chromium scheitert nur "
        "dieser Schritt, und die vorigen PDF bleiben.",
        kinds={"pdf"},
        owners=EIGENTUEMER,
    )
    def pdf_oeffentlich(ablage: AblageResource) -> dg.MaterializeResult[None]:
        try:
            druck = drucke(ablage.oeffne(), land, OEFFENTLICH)
        except (ChromiumFehltError, DruckError, EditionFehltError, OrdnerFehltError) as fehler:
            raise dg.Failure(description=str(fehler), allow_retries=isinstance(fehler, DruckError)) from fehler
        return _ergebnis(druck)

    return [pdf_oeffentlich]


def _ergebnis(druck: Druck) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(
        metadata={
            "Verzeichnis": dg.MetadataValue.path(str(druck.ordner / SEITE)),
            "Dateien": len(druck.eintraege),
            "neu gedruckt": druck.gedruckt,
            "Seiten": sum(e.seiten for e in druck.eintraege),
            **{e.titel: dg.MetadataValue.path(str(druck.ordner / e.datei)) for e in druck.eintraege},
        }
    )
