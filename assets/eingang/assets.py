"""Declares the received deliveries as Dagster assets, one per dataset, partitioned by Berichtsjahr and Meldeeinheit.

The step that reports them is the one that checks them (`assets/pruefung/assets.py`): an event costs some 10 ms and a
step more, and a delivery is received before any run begins.
"""

import dagster as dg

from assets.eingang.empfang import Beleg
from assets.gruppen import EIGENTUEMER, EINGANG
from assets.partitionen import partitionen
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land


def schluessel_eingang(datensatz: str) -> dg.AssetKey:
    """Asset key of the received files of a dataset."""
    return dg.AssetKey(["eingang", datensatz])


def spezifikationen(land: Land) -> list[dg.AssetSpec]:
    """One asset per dataset: the newest received version, bytes unchanged."""
    return [
        dg.AssetSpec(
            schluessel_eingang(name),
            description=f"Eingegangene Lieferungen „{alle_datensaetze()[name].label}“, unverändert wie gesendet.",
            group_name=EINGANG,
            partitions_def=partitionen(land),
            skippable=True,
            kinds={"csv", "file"},
            owners=EIGENTUEMER,
            metadata={"Dateiname": f"{name}_<meldeeinheit>_<jahr>.csv"},
        )
        for name in land.datensaetze
    ]


def ereignis(beleg: Beleg) -> dg.AssetMaterialization:
    """Reports the newest received version; the data version is the checksum of its bytes."""
    return dg.AssetMaterialization(
        schluessel_eingang(beleg.datensatz),
        partition=beleg.schluessel.partition,
        metadata={
            "Version": beleg.version,
            "Datei": beleg.dateiname,
            "Bytes": beleg.groesse,
            "Eingegangen": beleg.eingegangen_am,
            "Beispieldaten": beleg.synthetisch,
        },
        tags={"dagster/data_version": beleg.sha256[:12]},
    )
