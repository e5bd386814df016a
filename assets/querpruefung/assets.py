"""Declares the findings of rules across files as a Dagster asset with its two checks.

The checks report counts per rule and Meldeeinheit, never a value: the event log is shared and permanent.
"""

import dagster as dg
import polars as pl

from assets.auswertung.massen import mit_geltenden_massen
from assets.gruppen import EIGENTUEMER, PRUEFUNG, schlichtes_schema
from assets.pruefung.assets import LIEFERSTAND
from assets.querpruefung.bilden import bilde_querbefunde
from assets.referenz.assets import AMTLICH
from assets.referenz.assets import PFAD as AMTLICH_PFAD
from assets.ressourcen import AblageResource
from schemas.modell import Land, Schwere, Umfang
from schemas.querbefunde import SPALTEN
from schemas.regeln_quer import QUERREGELN, nicht_anwendbare

QUERBEFUNDE = dg.AssetKey(["querpruefung", "befunde"])
QUERPRUEFUNG, LANDESPRUEFUNG = "querpruefung", "landespruefung"
_UMFANG = {QUERPRUEFUNG: (Umfang.DATENSAETZE, Umfang.ZEIT), LANDESPRUEFUNG: (Umfang.KREISE, Umfang.AMTLICH)}


def querpruefung_assets(land: Land, automatisch: dg.AutomationCondition) -> list[dg.AssetsDefinition]:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """The asset `querpruefung/befunde`; `automatisch` says when it follows its inputs by itself."""
    einheit, alle = land.namen["meldeeinheit"], land.namen["meldeeinheiten"]
    texte = {
        QUERPRUEFUNG: f"Passen Datensätze und Jahre je {einheit} zusammen? Fehler sperren nur die Freigabe.",
        LANDESPRUEFUNG: f"Passen die {alle} zueinander und zur amtlichen Statistik? Fehler sperren nur die Freigabe.",
    }

    @dg.asset(
        key=QUERBEFUNDE,
        deps=[LIEFERSTAND, AMTLICH],
        check_specs=[dg.AssetCheckSpec(name, asset=QUERBEFUNDE, description=text) for name, text in texte.items()],
        group_name=PRUEFUNG,
        description="Befunde der Regeln, die mehr als eine Datei sehen; ändern nichts an angenommenen Lieferungen.",
        kinds={"duckdb", "polars", "parquet"},
        owners=EIGENTUEMER,
        automation_condition=automatisch,
        metadata={"dagster/column_schema": schlichtes_schema(SPALTEN)},
    )
    def befunde(ablage: AblageResource) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster takes no other beside checks
        ort = ablage.oeffne()
        with ort.sperre():
            gefunden = bilde_querbefunde(ort, land, ort.lies_tabelle(AMTLICH_PFAD))
            jetzt = mit_geltenden_massen(ort, land)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": gefunden.height,
                **{f"Befunde {s}": gefunden.filter(pl.col("schwere") == s).height for s in Schwere},
                "Nicht anwendbar": dg.MetadataValue.json(nicht_anwendbare(jetzt)),
            },
            check_results=[ergebnis(gefunden, name, jetzt) for name in _UMFANG],
        )

    return [befunde]


def ergebnis(befunde: pl.DataFrame, name: str, land: Land) -> dg.AssetCheckResult:
    """Result of one of the two checks: red with an error, yellow with a warning, green with hints alone."""
    eigene = befunde.filter(pl.col("umfang").is_in([u.value for u in _UMFANG[name]]))
    fehler = eigene.filter(pl.col("schwere") == Schwere.FEHLER).height
    warnungen = eigene.filter(pl.col("schwere") == Schwere.WARNUNG).height
    regeln = [k for k, quer in QUERREGELN.items() if quer.regel.umfang in _UMFANG[name]]
    ausgelassen = {k: grund for k, grund in nicht_anwendbare(land).items() if k in regeln}
    return dg.AssetCheckResult(
        asset_key=QUERBEFUNDE,
        check_name=name,
        passed=fehler + warnungen == 0,
        severity=dg.AssetCheckSeverity.ERROR if fehler else dg.AssetCheckSeverity.WARN,
        description=f"{fehler} Fehler sperren die Freigabe, zu {warnungen} Warnungen wird eine Erläuterung erbeten; "
        f"{len(regeln) - len(ausgelassen)} von {len(regeln)} Regeln sind anwendbar.",
        metadata={
            "Je Regel": dg.MetadataValue.json(_zahlen(eigene, "regel")),
            f"Je {land.namen['meldeeinheit']}": dg.MetadataValue.json(_zahlen(eigene, "meldeeinheit")),
            "Nicht anwendbar": dg.MetadataValue.json(ausgelassen),
        },
    )


def _zahlen(befunde: pl.DataFrame, spalte: str) -> dict[str, int]:
    return dict(befunde.group_by(spalte).len().sort(spalte).iter_rows())
