"""Schedule and sensor ticks: what they ask for, when they stay silent, and that nothing is asked for twice."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from assets.ablage import Ablage
from assets.auswertung.assets import INDIKATORWERTE
from assets.berichte.assets import BERICHTE_DER_MELDEEINHEITEN
from assets.eingang.empfang import alle_belege, alle_unzugeordneten
from assets.ressourcen import AblageResource
from pipeline.automatisierung import sensor_eingangskorb, zeitplan_naechtlich
from pipeline.definitions import build_defs
from pipeline.plan import plane
from schemas.modell import Land
from tests.pipeline.conftest import FEHLT, ErsterLauf, Liefere, als_csv
from tests.pruefung.faelle import EINHEIT, GUELTIG

NACHT = datetime(2026, 11, 23, 2, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def korb(tmp_path: Path) -> Path:
    return tmp_path / "korb"


def _tick(ablage: Ablage, land: Land, instanz: dg.DagsterInstance, cursor: str | None) -> dg.SensorResult:
    ressource = AblageResource(wurzel=str(ablage.wurzel))
    with dg.build_sensor_context(instance=instanz, cursor=cursor, resources={"ablage": ressource}) as kontext:
        ergebnis = sensor_eingangskorb(land)(kontext)
    assert isinstance(ergebnis, dg.SensorResult)
    return ergebnis


def _nacht(ablage: Ablage, land: Land, instanz: dg.DagsterInstance) -> list[dg.RunRequest] | dg.SkipReason:
    ressource = AblageResource(wurzel=str(ablage.wurzel))
    with dg.build_schedule_context(instanz, NACHT, resources={"ablage": ressource}) as kontext:
        ergebnis = zeitplan_naechtlich(land)(kontext)
    assert isinstance(ergebnis, list | dg.SkipReason)
    return ergebnis


def test_der_korb_wird_nach_zwei_gleichen_blicken_geleert(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, korb: Path
) -> None:
    (korb / f"personal_{EINHEIT.id}_2025.csv").write_bytes(als_csv("personal", GUELTIG["personal"]()))
    erster = _tick(ablage, land, instanz, None)
    assert not erster.run_requests
    assert alle_belege(ablage, land) == {}
    zweiter = _tick(ablage, land, instanz, erster.cursor)
    (anfrage,) = zweiter.run_requests or []
    assert anfrage.tags["dagster/asset_partition_range_start"] == f"2025|{EINHEIT.id}"
    assert anfrage.tags["dagster/asset_partition_range_end"] == f"2025|{EINHEIT.id}"
    dritter = _tick(ablage, land, instanz, zweiter.cursor)
    assert [a.run_key for a in dritter.run_requests or []] == [anfrage.run_key], "gleicher Inhalt, gleiche Kennung"
    assert (korb / f"personal_{EINHEIT.id}_2025.csv").exists(), "der Korb wird nur gelesen"


def test_eine_angenommene_datei_wird_nicht_bei_jedem_blick_neu_gelesen(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, korb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datei = korb / f"personal_{EINHEIT.id}_2025.csv"
    datei.write_bytes(als_csv("personal", GUELTIG["personal"]()))
    gelesen: list[str] = []

    def merke(*args: object, **_: object) -> list[object]:
        gelesen.extend(p.name for p in args[2])  # type: ignore[attr-defined]  # the paths handed over
        return []

    monkeypatch.setattr("pipeline.automatisierung.nimm_dateien_an", merke)
    cursor: str | None = None
    for _ in range(4):
        cursor = _tick(ablage, land, instanz, cursor).cursor
    assert gelesen == [datei.name]
    datei.write_bytes(b"anderer Inhalt")
    for _ in range(3):
        cursor = _tick(ablage, land, instanz, cursor).cursor
    assert gelesen == [datei.name] * 2


def test_nach_dem_lauf_schweigt_der_sensor_bis_zur_naechsten_lieferung(
    danach: Ablage, land: Land, instanz: dg.DagsterInstance, liefere: Liefere
) -> None:
    assert not _tick(danach, land, instanz, None).run_requests
    liefere(FEHLT)
    assert _tick(danach, land, instanz, None).run_requests


def test_ein_unbekannter_name_wird_gezeigt_und_nicht_verschluckt(
    ablage: Ablage, land: Land, instanz: dg.DagsterInstance, korb: Path
) -> None:
    (korb / "Meldung neu.csv").write_bytes(b"x")
    erster = _tick(ablage, land, instanz, None)
    _tick(ablage, land, instanz, erster.cursor)
    assert [u.dateiname for u in alle_unzugeordneten(ablage)] == ["Meldung neu.csv"]


def test_die_nacht_schweigt_wenn_alles_steht_und_holt_sonst_alles_nach(
    danach: Ablage, land: Land, instanz: dg.DagsterInstance, korb: Path
) -> None:
    assert isinstance(_nacht(danach, land, instanz), dg.SkipReason)
    vorher = len(alle_belege(danach, land))
    (korb / f"{FEHLT}_{EINHEIT.id}_2025.csv").write_bytes(als_csv(FEHLT, GUELTIG[FEHLT]()))
    anfragen = _nacht(danach, land, instanz)
    assert isinstance(anfragen, list)
    assert len(anfragen) == 1
    assert len(alle_belege(danach, land)) == vorher + 1


def test_die_nacht_bildet_nur_die_landesebene_neu_wenn_nur_sie_fehlt(
    danach: Ablage, land: Land, instanz: dg.DagsterInstance
) -> None:
    danach.loesche("stand/berichte.parquet")
    anfragen = _nacht(danach, land, instanz)
    assert isinstance(anfragen, list)
    (anfrage,) = anfragen
    assert INDIKATORWERTE in (anfrage.asset_selection or [])
    assert "dagster/asset_partition_range_start" not in anfrage.tags


def test_dagster_kann_alles_laden(ablage: Ablage, land: Land) -> None:
    """As its server does; building alone does not tell two things of one name."""
    build_defs(land, str(ablage.wurzel)).get_repository_def().load_all_definitions()


def test_zeitplan_und_sensoren_laufen_von_selbst(ablage: Ablage, land: Land) -> None:
    defs = build_defs(land, str(ablage.wurzel))
    repo = defs.get_repository_def()
    (zeitplan,) = repo.schedule_defs
    assert zeitplan.cron_schedule == "0 2 * * *"
    assert zeitplan.execution_timezone == "Europe/Berlin"
    assert zeitplan.default_status is dg.DefaultScheduleStatus.RUNNING
    assert {s.name for s in repo.sensor_defs} == {
        "eingangskorb",
        "landesebene_folgt",
        "lieferbuch_folgt",
        "mail_versand",
        "veroeffentlichung_folgt",
    }
    assert all(s.default_status is dg.DefaultSensorStatus.RUNNING for s in repo.sensor_defs)


# The tester itself uses a beta parameter.
@pytest.mark.filterwarnings("ignore::dagster.BetaWarning")
def test_die_landesebene_folgt_auch_wenn_lieferungen_fehlen(
    danach: Ablage, land: Land, erster_lauf: ErsterLauf, liefere: Liefere
) -> None:
    """Goes on in the instance of the first run, whose events say what is there."""
    instanz = erster_lauf.instanz
    bewertung = build_defs(land, str(danach.wurzel))
    erst = dg.evaluate_automation_conditions(bewertung, instanz)
    liefere("stellen", zeilen=[{**z, "name": "Neu"} for z in GUELTIG["stellen"]()])
    plan = plane(danach, land)
    job = bewertung.resolve_job_def("alles")
    auswahl = [k for k in job.asset_layer.selected_asset_keys if k.path[0] in {"eingang", "geprueft", "lieferstand"}]
    assert job.execute_in_process(instance=instanz, tags=plan.bereiche[0].tags, asset_selection=auswahl).success
    zweit = dg.evaluate_automation_conditions(bewertung, instanz, cursor=erst.cursor)
    assert zweit.get_num_requested(INDIKATORWERTE) == 1
    assert zweit.get_num_requested(BERICHTE_DER_MELDEEINHEITEN) == len(land.meldeeinheiten)
