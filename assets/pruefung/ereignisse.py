"""What Dagster's event log learns about a checked delivery: counts, rule ids and line numbers, never a value.

The log is shared and permanent; values stand in the Prüfprotokoll, which is the deliverer's own.
"""

from collections.abc import Iterator

import dagster as dg
from dagster._core.definitions.asset_checks.asset_check_evaluation import (
    # Not exported, but the only way to say which materialization a logged check looked at.
    AssetCheckEvaluationTargetMaterializationData as Ziel,
)

from assets.eingang.assets import ereignis as eingang_ereignis
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.pruefen import Pruefung
from assets.pruefung.uebernehmen import Uebernahme
from schemas.modell import Schwere
from schemas.zahlwort import in_zahlen

FORM, PLAUSIBILITAET = "form_und_regeln", "plausibilitaet"
ZEILEN_JE_REGEL = 20
"""Line numbers shown per rule; the count beside them is complete."""


def schluessel_geprueft(datensatz: str) -> dg.AssetKey:
    """Asset key of the accepted tables of a dataset."""
    return dg.AssetKey(["geprueft", datensatz])


def materialisierungen(uebernahme: Uebernahme) -> Iterator[dg.AssetMaterialization]:
    """What stands of one delivery: the newest received version and the accepted table."""
    if uebernahme.belege:
        yield eingang_ereignis(uebernahme.belege[-1])
    if (gueltig := uebernahme.gueltige_pruefung) is not None and (beleg := uebernahme.gueltig) is not None:
        yield dg.AssetMaterialization(
            schluessel_geprueft(beleg.datensatz),
            partition=beleg.schluessel.partition,
            metadata={
                "dagster/partition_row_count": gueltig.zeilen,
                "Gültige Version": beleg.version,
                "Zustand": uebernahme.zustand,
            },
            tags={"dagster/data_version": beleg.sha256[:12]},
        )


def neueste_tabelle(instanz: dg.DagsterInstance, schluessel: Lieferschluessel) -> Ziel | None:
    """Where the newest table of a delivery stands in the event log, from this run or an earlier one."""
    auswahl = dg.AssetRecordsFilter(schluessel_geprueft(schluessel.datensatz), asset_partitions=[schluessel.partition])
    funde = instanz.fetch_materializations(auswahl, limit=1).records
    if not funde:
        return None
    return Ziel(storage_id=funde[0].storage_id, run_id=funde[0].run_id, timestamp=funde[0].timestamp)


def pruefergebnisse(uebernahme: Uebernahme, ziel: Ziel | None) -> Iterator[dg.AssetCheckEvaluation]:
    """Both checks of one delivery, always: one that is not reported would stay "planned".

    `ziel` is the newest materialization of the table; without it Dagster would take a passed check for outdated.
    """
    yield _form(uebernahme, ziel)
    yield _plausibilitaet(uebernahme, ziel)


def _form(uebernahme: Uebernahme, ziel: Ziel | None) -> dg.AssetCheckEvaluation:
    pruefung = uebernahme.neueste
    if pruefung is None:
        text = "Es liegt keine Lieferung vor." if uebernahme.erwartet else "Keine Lieferung erwartet."
        nichts: dict[str, dg.MetadataValue] = {}
        bestanden = not uebernahme.erwartet
        return _ergebnis(
            uebernahme, FORM, ziel, bestanden=bestanden, schwere=dg.AssetCheckSeverity.WARN, text=text, zahlen=nichts
        )
    angenommen = pruefung.tabelle is not None
    text = "Die neueste Lieferung ist angenommen."
    if not angenommen:
        text = "Die neueste Lieferung ist zurückgewiesen; was zu tun ist, steht im Prüfprotokoll."
        if uebernahme.gueltig is not None:
            text += f" Es gilt weiter Version {uebernahme.gueltig.version}."
    return _ergebnis(
        uebernahme,
        FORM,
        ziel,
        bestanden=angenommen,
        schwere=dg.AssetCheckSeverity.ERROR,
        text=text,
        zahlen=_zahlen(pruefung, Schwere.FEHLER),
    )


def _plausibilitaet(uebernahme: Uebernahme, ziel: Ziel | None) -> dg.AssetCheckEvaluation:
    pruefung = uebernahme.neueste
    warnungen = pruefung.anzahl[Schwere.WARNUNG] if pruefung else 0
    text = "Keine Warnungen."
    if warnungen:
        text = f"{in_zahlen(warnungen, 'Warnung, zu der', 'Warnungen, zu denen')} sich der Kreis äußern sollte."
    return _ergebnis(
        uebernahme,
        PLAUSIBILITAET,
        ziel,
        bestanden=warnungen == 0,
        schwere=dg.AssetCheckSeverity.WARN,
        text=text,
        zahlen=_zahlen(pruefung, Schwere.WARNUNG) if pruefung else {},
    )


def _zahlen(pruefung: Pruefung, schwere: Schwere) -> dict[str, dg.MetadataValue]:
    """Breaches per rule and the first line numbers."""
    zeilen: dict[str, list[int]] = {}
    for befund in pruefung.befunde:
        if befund.schwere is schwere:
            zeilen.setdefault(befund.code, []).append(befund.zeile or 0)
    je_regel = {code: pruefung.je_regel[code] for code in zeilen}
    return {
        "Anzahl": dg.MetadataValue.int(pruefung.anzahl[schwere]),
        "Je Regel": dg.MetadataValue.json(je_regel),
        "Zeilen": dg.MetadataValue.json({code: nummern[:ZEILEN_JE_REGEL] for code, nummern in zeilen.items()}),
    }


def _ergebnis(
    uebernahme: Uebernahme,
    name: str,
    ziel: Ziel | None,
    *,
    bestanden: bool,
    schwere: dg.AssetCheckSeverity,
    text: str,
    zahlen: dict[str, dg.MetadataValue],
) -> dg.AssetCheckEvaluation:
    return dg.AssetCheckEvaluation(
        asset_key=schluessel_geprueft(uebernahme.schluessel.datensatz),
        check_name=name,
        passed=bestanden,
        severity=schwere,
        description=text,
        metadata=zahlen,
        partition=uebernahme.schluessel.partition,
        target_materialization_data=ziel,
    )
