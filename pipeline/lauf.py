"""Runs the pipeline in this process and says what came of it.

What belongs here: turning a plan into Dagster runs, and the summary of what stands afterwards.
"""

from dataclasses import asdict, dataclass

import dagster as dg
import polars as pl

from assets.ablage import Ablage
from assets.auswertung import bilden
from assets.eingang.empfang import alle_unzugeordneten
from assets.pruefung.lieferungen import gueltige_korrekturen, lieferstand
from assets.referenz.assets import PFAD as AMTLICH_PFAD
from pipeline.automatisierung import ALLES
from pipeline.definitions import build_defs
from pipeline.ebenen import LANDESEBENE, lieferungsebene
from pipeline.plan import Plan
from schemas.editionen import INTERN_LAND, OEFFENTLICH
from schemas.modell import Land

_STILL = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


class LaufError(RuntimeError):
    """A run failed; Dagster's log says where."""


def fuehre_aus(plan: Plan, ablage: Ablage, land: Land, instanz: dg.DagsterInstance) -> list[str]:
    """Runs what the plan says, the level of the Land once at the end; returns the ids of the runs.

    Raises:
        LaufError: a run failed; what earlier runs made stands.
    """
    defs = build_defs(land, str(ablage.wurzel))
    job = defs.resolve_job_def(ALLES)
    ergebnisse: list[str] = []
    auftraege: list[tuple[list[dg.AssetKey] | None, dict[str, str]]] = [
        (lieferungsebene(land), bereich.tags) for bereich in plan.bereiche
    ]
    if auftraege:
        auftraege[-1] = (None, auftraege[-1][1])
    elif plan.landesebene:
        auftraege = [(LANDESEBENE, {})]
    for auswahl, tags in auftraege:
        ergebnis = job.execute_in_process(
            instance=instanz, tags=tags, asset_selection=auswahl, run_config=_STILL, raise_on_error=False
        )
        ergebnisse.append(ergebnis.run_id)
        if not ergebnis.success:
            raise LaufError(_warum(ergebnis))
    return ergebnisse


def _warum(ergebnis: dg.ExecuteInProcessResult) -> str:
    """The step that failed and its error, for a person."""
    for event in ergebnis.all_events:
        if event.is_failure and event.event_specific_data is not None:
            fehler = getattr(event.event_specific_data, "error", None)
            if fehler is not None:
                ursache = fehler.cause or fehler
                return f"Der Schritt „{event.step_key}“ ist gescheitert: {ursache.message.strip()}"
    return "Der Lauf ist gescheitert."


@dataclass(frozen=True, slots=True)
class Bilanz:
    """What stands in the Ablage: counts of deliveries by state, of rows and values, and where the reports lie."""

    lieferungen: int
    angenommen: int
    mit_hinweisen: int
    zurueckgewiesen: int
    fehlend: int
    nicht_zugeordnet: tuple[str, ...]
    korrekturen_ohne_wirkung: tuple[str, ...]
    """Corrections of the ministry that do not count, each as a sentence."""
    zeilen_geliefert: int
    zeilen_amtlich: int
    werte: int
    werte_vergleichbar: int
    startseite: str
    startseite_oeffentlich: str

    def als_daten(self) -> dict[str, object]:
        """Plain data for JSON."""
        return asdict(self)


def bilanz(ablage: Ablage, land: Land) -> Bilanz:
    """Counts what stands now, whether or not this run made it."""
    stand = lieferstand(ablage, land)

    def anzahl(zustand: str) -> int:
        return stand.filter(pl.col("zustand") == zustand).height

    werte = ablage.lies_tabelle(bilden.PFAD) if ablage.gibt_es(bilden.PFAD) else None
    mit_wert = werte.filter(pl.col("wert").is_not_null()) if werte is not None else None
    return Bilanz(
        lieferungen=stand["neueste_version"].count(),
        angenommen=anzahl("angenommen"),
        mit_hinweisen=anzahl("angenommen_mit_hinweisen"),
        zurueckgewiesen=anzahl("zurueckgewiesen") + anzahl("nicht_ausgefuellt"),
        fehlend=anzahl("fehlt"),
        nicht_zugeordnet=tuple(u.grund for u in alle_unzugeordneten(ablage)),
        korrekturen_ohne_wirkung=tuple(
            f"{e.korrektur.kennung} ({e.korrektur.datensatz} {e.korrektur.meldeeinheit} {e.korrektur.berichtsjahr}): "
            f"{e.lage}."
            for e in gueltige_korrekturen(ablage, land)
            if not e.angewandt
        ),
        zeilen_geliefert=int(stand["zeilen"].sum()),
        zeilen_amtlich=ablage.lies_tabelle(AMTLICH_PFAD).height if ablage.gibt_es(AMTLICH_PFAD) else 0,
        werte=mit_wert.height if mit_wert is not None else 0,
        werte_vergleichbar=(
            mit_wert.filter(pl.col("vgl_kreise") == "vergleichbar").height if mit_wert is not None else 0
        ),
        startseite=str(ablage.pfad(f"berichte/{INTERN_LAND}/index.html")),
        startseite_oeffentlich=str(ablage.pfad(f"berichte/{OEFFENTLICH}/index.html")),
    )
