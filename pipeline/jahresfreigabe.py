"""Lets a public release follow the release of a Berichtsjahr in the Lieferbuch, and notes there what came of it.

What belongs here: when the job starts, and reading its result. What does not: the release itself
(`assets/veroeffentlichung/`) and the booking (`assets/lieferbuch/jahresfreigaben.py`).
Each release of a year starts one run, named by its number. What a stopped Dagster missed stands in the Lieferbuch, so
that the next tick does it.
"""

from collections.abc import Iterator

import dagster as dg

from assets.ablage import Ablage
from assets.lieferbuch.jahresfreigaben import ohne_ausgabe, vermerke
from assets.lieferbuch.verbindung import ist_angelegt, lies, schreibe
from assets.ressourcen import AblageResource
from assets.veroeffentlichung.assets import AUSGABE
from pipeline.automatisierung import VEROEFFENTLICHUNG
from pipeline.buchfuehrung import geoeffnet

NUMMER = "teilhabe/jahresfreigabe"
"""Tag of a run: the number of the release of a year it follows."""
_WIEDERHOLT = "dagster/will_retry"
"""Tag Dagster gives a failed run it is about to try again."""
_ENDE = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


def sensor_veroeffentlichung() -> dg.SensorDefinition:
    """Starts the job for each release of a year that has no result yet, and notes the results of finished runs."""

    @dg.sensor(
        name="veroeffentlichung_folgt",
        job_name=VEROEFFENTLICHUNG,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Veröffentlicht, wenn im Portal ein Berichtsjahr freigegeben ist, und vermerkt dort das Ergebnis.",
    )
    def veroeffentlichung_folgt(
        context: dg.SensorEvaluationContext, ablage: AblageResource
    ) -> list[dg.RunRequest] | dg.SkipReason:
        anfragen = list(_folge(context.instance, ablage.oeffne()))
        return anfragen or dg.SkipReason("Kein Berichtsjahr wartet auf seine Veröffentlichung.")

    return veroeffentlichung_folgt


def _folge(instanz: dg.DagsterInstance, ablage: Ablage) -> Iterator[dg.RunRequest]:
    """Requests for releases without a run; the results of finished runs are noted on the way."""
    if not ist_angelegt(ablage):
        return
    with geoeffnet(ablage) as engine:
        with lies(engine) as v:
            offene = ohne_ausgabe(v)
        for nummer in offene:
            lauf = _lauf(instanz, nummer)
            if lauf is None:
                yield dg.RunRequest(run_key=str(nummer), tags={NUMMER: str(nummer)})
            elif _ist_zu_ende(lauf):
                ausgabe = _ausgabe(instanz, lauf)
                with schreibe(engine) as v:
                    vermerke(v, nummer, ausgabe=ausgabe, grund=None if ausgabe else _grund(instanz, lauf))


def _lauf(instanz: dg.DagsterInstance, nummer: int) -> dg.DagsterRun | None:
    """The last run that was started for it, also by somebody who let a failed one run again."""
    laeufe = instanz.get_runs(dg.RunsFilter(tags={NUMMER: str(nummer)}), limit=1)
    return laeufe[0] if laeufe else None


def _ist_zu_ende(lauf: dg.DagsterRun) -> bool:
    """Whether the result is final: a run that crashed may be tried again by Dagster itself."""
    return lauf.status in _ENDE and lauf.tags.get(_WIEDERHOLT) != "true"


def _ausgabe(instanz: dg.DagsterInstance, lauf: dg.DagsterRun) -> str | None:
    """The release a run made, None if it made none."""
    for eintrag in instanz.all_logs(lauf.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION):
        if eintrag.asset_materialization is not None and AUSGABE in eintrag.asset_materialization.metadata:
            return str(eintrag.asset_materialization.metadata[AUSGABE].value)
    return None


def _grund(instanz: dg.DagsterInstance, lauf: dg.DagsterRun) -> str:
    """Why a run made no release: what stood in the way, if it says so."""
    for eintrag in instanz.all_logs(lauf.run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        fehler = eintrag.dagster_event.step_failure_data if eintrag.dagster_event else None
        if fehler and fehler.user_failure_data and fehler.user_failure_data.description:
            return fehler.user_failure_data.description
    return f"Der Lauf {lauf.run_id} in Dagster ist nicht zu Ende gekommen; dort steht, warum."
