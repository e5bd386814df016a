"""What starts runs by itself: the inbox sensor, the nightly schedule, and the condition of the level of the Land.

What belongs here: when runs start. What does not: what they do. All are running by default; Dagster's own default is
stopped.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg

from assets.ablage import Ablage
from assets.auswertung.assets import AUSWERTUNG_SCHLUESSEL
from assets.berichte.assets import BERICHT_SCHLUESSEL, BERICHTE_DER_MELDEEINHEITEN
from assets.druck.assets import PDF_OEFFENTLICH
from assets.eingang.empfang import pruefsumme
from assets.eingang.korb import Ansicht, blick, korb_ordner, leere_korb, nimm_dateien_an, unveraendert
from assets.geheimhaltung.assets import GEHEIMHALTUNG_SCHLUESSEL
from assets.partitionen import Bereich, bereiche
from assets.pruefung.lieferungen import neue
from assets.querpruefung.assets import QUERBEFUNDE
from assets.ressourcen import AblageResource
from assets.veroeffentlichung.assets import RELEASE
from pipeline import ebenen
from pipeline.plan import plane
from schemas.modell import Land

if TYPE_CHECKING:
    # Dagster exports the function that makes these, but not their type.
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

ALLES, EIN_JAHR, EIN_KREIS, LANDESEBENE = "alles", "ein_jahr", "ein_kreis", "landesebene"
EDITIONEN = "editionen"
VEROEFFENTLICHUNG = "veroeffentlichung"
DRUCK = "druck"
ZEITZONE = "Europe/Berlin"


def landesebene_folgt() -> dg.AutomationCondition:  # type: ignore[type-arg]  # entity type is Dagster's own business
    """When values and reports are made again: after each change of what they are made from.

    Without "any dependency missing", because one Meldeeinheit that never delivers must not stop the whole Land; the
    pages say how many are in. An update that arrives in the same tick as a request can be lost (dagster issue 33587);
    the nightly schedule compares fingerprints and catches it.
    """
    return dg.AutomationCondition.eager().without(~dg.AutomationCondition.any_deps_missing())


def jobs(land: Land) -> "list[UnresolvedAssetJobDefinition]":
    """Jobs analysts start in the UI; which partitions is chosen there."""
    alles = dg.AssetSelection.all() - dg.AssetSelection.assets(BERICHTE_DER_MELDEEINHEITEN, RELEASE, PDF_OEFFENTLICH)
    einheit = land.namen["meldeeinheit"]
    return [
        dg.define_asset_job(ALLES, alles, description="Alle Lieferungen prüfen, auswerten und berichten."),
        dg.define_asset_job(
            EIN_JAHR,
            alles,
            description=f"Ein Berichtsjahr: im Startdialog dieses Jahr und alle {land.namen['meldeeinheiten']} wählen.",
        ),
        dg.define_asset_job(
            EIN_KREIS, alles, description=f"Ein {einheit}: im Startdialog diesen {einheit} und alle Jahre wählen."
        ),
        dg.define_asset_job(
            LANDESEBENE,
            dg.AssetSelection.assets(*ebenen.LANDESEBENE),
            description="Nur auswerten und berichten, was schon geprüft ist.",
        ),
        dg.define_asset_job(
            EDITIONEN,
            dg.AssetSelection.assets(BERICHTE_DER_MELDEEINHEITEN),
            description=f"Die internen Fassungen der {land.namen['meldeeinheiten']} neu schreiben.",
        ),
        dg.define_asset_job(
            VEROEFFENTLICHUNG,
            dg.AssetSelection.assets(RELEASE),
            description="Die öffentliche Fassung veröffentlichen: als unveränderliche Ausgabe ablegen und auf sie "
            "umschalten.",
        ),
        dg.define_asset_job(
            DRUCK,
            dg.AssetSelection.assets(PDF_OEFFENTLICH),
            description="Die öffentlichen Berichte als PDF drucken, soweit sich ihre Seiten geändert haben. Braucht "
            "Chromium.",
        ),
    ]


def sensor_eingangskorb(land: Land) -> dg.SensorDefinition:
    """Takes in what lies unchanged at two looks and asks for runs of deliveries no run has seen."""

    @dg.sensor(
        name="eingangskorb",
        job_name=ALLES,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Nimmt neue Dateien aus dem Eingangskorb an und lässt sie prüfen.",
    )
    def eingangskorb(context: dg.SensorEvaluationContext, ablage: AblageResource) -> dg.SensorResult:
        ort = ablage.oeffne()
        merker = json.loads(context.cursor or "{}")
        vorher, angenommen = _ansicht(merker.get("gesehen", {})), _ansicht(merker.get("angenommen", {}))
        jetzt = blick(korb_ordner())
        # The files stay in the inbox; one that was taken in is not read again until it looks different.
        alte = {name for name, merkmale in jetzt.items() if angenommen.get(name) == merkmale}
        neue_dateien = [name for name in unveraendert(vorher, jetzt) if name not in alte]
        _nimm_an(context, ort, land, neue_dateien)
        anfragen = _anfragen(ort, land)
        erledigt = {name: jetzt[name] for name in (*alte, *neue_dateien)}
        cursor = json.dumps({"gesehen": jetzt, "angenommen": erledigt}, sort_keys=True)
        if not anfragen:
            return dg.SensorResult(skip_reason="Nichts Neues im Eingangskorb.", cursor=cursor)
        return dg.SensorResult(run_requests=anfragen, cursor=cursor)

    return eingangskorb


def _ansicht(gemerkt: dict[str, list[int]]) -> Ansicht:
    return {name: (groesse, zeit) for name, (groesse, zeit) in gemerkt.items()}


def _nimm_an(context: dg.SensorEvaluationContext, ablage: Ablage, land: Land, namen: list[str]) -> None:
    ordner: Path = korb_ordner()
    for ergebnis in nimm_dateien_an(ablage, land, [ordner / name for name in namen], weg="korb"):
        if ergebnis.grund is not None:
            context.log.warning(ergebnis.grund)


def _anfragen(ablage: Ablage, land: Land) -> list[dg.RunRequest]:
    """One request per rectangle of new deliveries; its key is made of their bytes, so each content is asked for once.

    A failed run is not asked for again here; the nightly schedule does that.
    """
    frisch = neue(ablage, land)
    paare = {(s.berichtsjahr, s.meldeeinheit) for s in frisch}
    anfragen = []
    for bereich in bereiche(land, paare):
        inhalt = " ".join(f"{s}:{sha}" for s, sha in sorted(frisch.items()) if _liegt_in(s.meldeeinheit, bereich, land))
        anfragen.append(_nur_lieferungen(land, bereich, pruefsumme(inhalt.encode())[:16]))
    return anfragen


def _liegt_in(meldeeinheit: str, bereich: Bereich, land: Land) -> bool:
    reihenfolge = [m.id for m in land.meldeeinheiten]
    von, bis = reihenfolge.index(bereich.meldeeinheit_von), reihenfolge.index(bereich.meldeeinheit_bis)
    return von <= reihenfolge.index(meldeeinheit) <= bis


def _nur_lieferungen(land: Land, bereich: Bereich, kennung: str) -> dg.RunRequest:
    """A run of these deliveries; the level of the Land follows by its own condition, once for many runs."""
    auswahl = ebenen.lieferungsebene(land)
    return dg.RunRequest(_kennung(bereich, kennung), tags=bereich.tags, asset_selection=auswahl)


def _kennung(bereich: Bereich, inhalt: str) -> str:
    return f"{bereich.meldeeinheit_von}-{bereich.jahr_von}-{inhalt}"


def zeitplan_naechtlich(land: Land) -> dg.ScheduleDefinition:
    """The guarantee: each night everything is done that is not done, whatever sensors missed."""

    @dg.schedule(
        name="naechtlicher_lauf",
        job_name=ALLES,
        cron_schedule="0 2 * * *",
        execution_timezone=ZEITZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Holt nach, was noch nicht geprüft, ausgewertet oder berichtet ist.",
    )
    def naechtlicher_lauf(
        context: dg.ScheduleEvaluationContext, ablage: AblageResource
    ) -> list[dg.RunRequest] | dg.SkipReason:
        ort = ablage.oeffne()
        leere_korb(ort, land, korb_ordner())
        plan = plane(ort, land)
        if plan.ist_leer:
            return dg.SkipReason("Alles ist auf dem Stand.")
        tag = context.scheduled_execution_time.date().isoformat()
        if not plan.bereiche:
            return [dg.RunRequest(run_key=f"{tag}-land", asset_selection=ebenen.LANDESEBENE)]
        # The last one makes the Land as well; should it overtake another, the Land follows that one by its condition.
        *erste, letzter = plan.bereiche
        return [
            *(_nur_lieferungen(land, b, tag) for b in erste),
            dg.RunRequest(_kennung(letzter, tag), tags=letzter.tags),
        ]

    return naechtlicher_lauf


def sensor_landesebene() -> dg.AutomationConditionSensorDefinition:
    """Evaluates the conditions of the level of the Land."""
    return dg.AutomationConditionSensorDefinition(
        "landesebene_folgt",
        target=dg.AssetSelection.assets(
            QUERBEFUNDE,
            *AUSWERTUNG_SCHLUESSEL,
            *GEHEIMHALTUNG_SCHLUESSEL,
            *BERICHT_SCHLUESSEL,
            BERICHTE_DER_MELDEEINHEITEN,
        ),
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Bildet Kennzahlen und Berichte neu, sobald sich Lieferungen geändert haben.",
    )
