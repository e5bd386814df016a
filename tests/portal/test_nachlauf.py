"""Portal, Dagster and Lieferbuch apart: whichever is down, nothing is lost, and all catch up."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import pruefsumme
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.verbindung import lies
from assets.pruefung.lieferungen import lieferstand
from assets.ressourcen import AblageResource
from pipeline.automatisierung import ALLES, sensor_eingangskorb, zeitplan_naechtlich
from pipeline.buchfuehrung import RueckstandError, sensor_lieferbuch
from pipeline.definitions import build_defs
from pipeline.ebenen import lieferungsebene
from pipeline.portal import annahme
from pipeline.portal.api_rahmen import PFAD
from schemas.modell import Land
from schemas.pfade import PROJEKT
from tests.pipeline.conftest import als_csv
from tests.portal.welt import Welt, baue
from tests.pruefung.faelle import EINHEIT, GUELTIG

SCHLUESSEL = Lieferschluessel("personal", 2025, EINHEIT.id)
LIEFERUNG = f"{PFAD}/lieferungen/{SCHLUESSEL.ordner}"
DATEI = als_csv("personal", GUELTIG["personal"]())
NACHT = datetime(2026, 11, 23, 2, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.fixture
def welt(tmp_path: Path, land: Land, monkeypatch: pytest.MonkeyPatch) -> Welt:
    """A portal and a Dagster that share an Ablage and a Lieferbuch, and nothing else."""
    welt = baue(tmp_path, land, EINHEIT.id)
    monkeypatch.setenv("TEILHABE_LIEFERBUCH", f"sqlite:///{welt.engine.url.database}")
    monkeypatch.setenv("TEILHABE_ABLAGE", str(tmp_path / "ablage"))
    monkeypatch.setenv("TEILHABE_EINGANGSKORB", str(tmp_path / "korb"))
    monkeypatch.setenv("TEILHABE_DAGSTER", str(tmp_path / "dagster"))
    return welt


def reiche_ein(programm: httpx.Client) -> httpx.Response:
    assert programm.put(LIEFERUNG, content=DATEI).status_code in {200, 201}
    return programm.post(f"{LIEFERUNG}/einreichen", json={"sha256": pruefsumme(DATEI)})


class Dagster:
    """Ticks and runs as the daemon would make them."""

    def __init__(self, welt: Welt, instanz: dg.DagsterInstance) -> None:
        self.ablage, self.land, self.instanz = welt.umfeld.ablage, welt.umfeld.land, instanz
        self.mittel = {"ablage": AblageResource(wurzel=str(self.ablage.wurzel))}

    def eingangskorb(self) -> list[dg.RunRequest]:
        with dg.build_sensor_context(instance=self.instanz, resources=self.mittel) as kontext:
            ergebnis = sensor_eingangskorb(self.land)(kontext)
        assert isinstance(ergebnis, dg.SensorResult)
        return list(ergebnis.run_requests or [])

    def lieferbuch_folgt(self) -> None:
        with dg.build_sensor_context(instance=self.instanz, resources=self.mittel) as kontext:
            sensor_lieferbuch(self.land)(kontext)

    def nacht(self) -> list[dg.RunRequest]:
        with dg.build_schedule_context(self.instanz, NACHT, resources=self.mittel) as kontext:
            ergebnis = zeitplan_naechtlich(self.land)(kontext)
        assert isinstance(ergebnis, list)
        return ergebnis

    def lauf(self, anfragen: Iterable[dg.RunRequest]) -> None:
        """The level of deliveries of each; what is made of all of them costs seconds and is not looked at."""
        job = build_defs(self.land, str(self.ablage.wurzel)).resolve_job_def(ALLES)
        for anfrage in anfragen:
            auswahl = lieferungsebene(self.land)
            assert job.execute_in_process(instance=self.instanz, tags=anfrage.tags, asset_selection=auswahl).success


@pytest.fixture
def dagster(welt: Welt, instanz: dg.DagsterInstance) -> Dagster:
    return Dagster(welt, instanz)


def gepruefte_version(ablage: Ablage, land: Land) -> int | None:
    """The version of the delivery that stands after a run; None before."""
    eine = lieferstand(ablage, land).filter(
        datensatz=SCHLUESSEL.datensatz, berichtsjahr=SCHLUESSEL.berichtsjahr, meldeeinheit=SCHLUESSEL.meldeeinheit
    )
    version: int | None = eine["gueltige_version"].item()
    return version


@contextmanager
def portal(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`teilhabe portal` as a process of its own."""
    umgebung = {**os.environ, "PYTHONPATH": str(PROJEKT)}
    ruf = [sys.executable, "-c", "from pipeline.cli import main; main()", "portal", "--port", str(port)]
    with subprocess.Popen(ruf, env=umgebung, stdout=subprocess.DEVNULL) as prozess:
        try:
            yield prozess
        finally:
            prozess.kill()


def freier_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def warte_auf(programm: httpx.Client, prozess: subprocess.Popen[bytes]) -> None:
    while prozess.poll() is None:
        try:
            programm.get("/anmelden")
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"Das Portal endete mit {prozess.returncode}.")


def test_was_quittiert_ist_laeuft_auch_wenn_das_portal_stirbt(welt: Welt, dagster: Dagster) -> None:
    kopf = {"Authorization": welt.programm("bea", EINHEIT.id).headers["authorization"]}
    port = freier_port()
    with (
        portal(port) as prozess,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=kopf, timeout=60) as programm,
    ):
        warte_auf(programm, prozess)
        quittung = reiche_ein(programm)
        prozess.send_signal(signal.SIGKILL)
        assert quittung.status_code == 201
    assert gepruefte_version(welt.umfeld.ablage, welt.umfeld.land) is None
    (anfrage,) = dagster.eingangskorb()
    assert anfrage.tags["dagster/asset_partition_range_start"] == SCHLUESSEL.partition
    assert anfrage.tags["dagster/asset_partition_range_end"] == SCHLUESSEL.partition
    dagster.lauf([anfrage])
    dagster.lieferbuch_folgt()
    assert gepruefte_version(welt.umfeld.ablage, welt.umfeld.land) == 1
    assert dagster.eingangskorb() == []
    wieder_da = welt.programm("bea", EINHEIT.id)
    assert wieder_da.get(f"{LIEFERUNG}/fassungen/1/quittung").json() == quittung.json()
    with lies(welt.engine) as v:
        assert pruefe_kette(v).ist_heil


def test_das_ergebnis_des_laufs_kommt_ins_portal_auch_wenn_das_lieferbuch_aus_war(
    welt: Welt, dagster: Dagster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bricht(*_: object) -> None:
        raise OSError("Platte voll")

    programm = welt.programm("bea", EINHEIT.id)
    with monkeypatch.context() as m:
        m.setattr(annahme, "pruefe_version", bricht)
        assert reiche_ein(programm).status_code == 500
    assert zustand(programm) == "eingegangen"
    buch, weg = Path(str(welt.engine.url.database)), Path(f"{welt.engine.url.database}.weg")
    welt.engine.dispose()
    buch.rename(weg)
    dagster.lauf(dagster.eingangskorb())
    with pytest.raises(RueckstandError):
        dagster.lieferbuch_folgt()
    assert programm.get(LIEFERUNG).status_code == 503
    weg.rename(buch)
    dagster.lieferbuch_folgt()
    assert zustand(programm) == "angenommen"
    assert programm.get(f"{LIEFERUNG}/fassungen/1/quittung").json()["abgegeben_von"] == "Bea"


def zustand(programm: TestClient) -> str:
    return str(programm.get(LIEFERUNG).json()["zustand"])


def test_ohne_dagster_geht_das_portal_und_die_nacht_holt_nach(welt: Welt, dagster: Dagster) -> None:
    programm = welt.programm("bea", EINHEIT.id)
    assert reiche_ein(programm).status_code == 201
    assert zustand(programm) == "angenommen"
    assert gepruefte_version(welt.umfeld.ablage, welt.umfeld.land) is None
    dagster.lauf(dagster.nacht())
    assert gepruefte_version(welt.umfeld.ablage, welt.umfeld.land) == 1
    assert dagster.eingangskorb() == []
    dagster.lieferbuch_folgt()
    assert zustand(programm) == "angenommen"


def test_korb_und_schnittstelle_gehen_denselben_weg(welt: Welt, dagster: Dagster, tmp_path: Path) -> None:
    """The same bytes in both: one version, whoever was first, and what the run finds of them is the same."""
    (tmp_path / "korb").mkdir()
    (tmp_path / "korb" / f"{SCHLUESSEL.datensatz}_{EINHEIT.id}_{SCHLUESSEL.berichtsjahr}.csv").write_bytes(DATEI)
    dagster.nacht()
    dagster.lieferbuch_folgt()
    programm = welt.programm("bea", EINHEIT.id)
    antwort = reiche_ein(programm)
    assert (antwort.status_code, antwort.json()["version"], antwort.json()["weg"]) == (200, 1, "korb")
    vorher = programm.get(f"{LIEFERUNG}/fassungen/1/befunde").json()
    dagster.lauf(dagster.eingangskorb())
    assert programm.get(f"{LIEFERUNG}/fassungen/1/befunde").json() == vorher
