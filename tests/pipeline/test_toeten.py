"""Runs are killed at seeded moments: what was good before stands until the next run has made everything."""

import multiprocessing
import random
import shutil
import signal
import time
from pathlib import Path

import dagster as dg
import pytest

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from assets.pruefung.lieferungen import offene
from pipeline.automatisierung import ALLES
from pipeline.definitions import build_defs
from pipeline.ebenen import lieferungsebene
from schemas.laender import lade_land
from schemas.pfade import BEISPIELE
from tests.haerte import FAKTOR

LAND = lade_land("sachsen")
JAHR = LAND.berichtsjahre[-1]
EINHEIT = LAND.meldeeinheiten[0].id
DATENSAETZE = ("aufgaben", "beratung", "personal", "stellen", "massnahmen")
TODE = 5
SEKUNDEN = 1.2
"""Within which the end comes; a run takes about that."""
KONTEXT = multiprocessing.get_context("forkserver")
# A process that has read everything gives birth to all others, so that they die at work and not while they read.
KONTEXT.set_forkserver_preload([__name__])
ERGEBNISSE = ("geprueft", "pruefprotokolle")


def _laufe(ort: str) -> None:
    """The level of deliveries, as the daemon would run it."""
    job = build_defs(LAND, ort).resolve_job_def(ALLES)
    with dg.DagsterInstance.ephemeral() as instanz:
        assert job.execute_in_process(
            instance=instanz, partition_key=f"{JAHR}|{EINHEIT}", asset_selection=lieferungsebene(LAND)
        ).success


def _starte(ablage: Ablage) -> multiprocessing.process.BaseProcess:
    prozess = KONTEXT.Process(target=_laufe, args=(str(ablage.wurzel),))
    prozess.start()
    return prozess


def _liefere(ablage: Ablage, nummer: int) -> None:
    """A new version of everything; each second one is rejected, so that what stood before has to stay."""
    for datensatz in DATENSAETZE:
        name = f"{datensatz}_{EINHEIT}_{JAHR}.csv"
        inhalt = (BEISPIELE / "v1" / name).read_bytes() + b"\n" * nummer
        nimm_an(ablage, LAND, name, inhalt if nummer % 2 else inhalt + b"kaputt\n", weg="test")


def _stand(ablage: Ablage) -> dict[str, bytes]:
    return {p: ablage.lies(p) for ordner in ERGEBNISSE for p in ablage.liste(ordner, "**/*.*") if "/." not in p}


@pytest.mark.haerte
@pytest.mark.parametrize("saat", range(FAKTOR))
def test_ein_lauf_stirbt_jederzeit_und_der_naechste_macht_alles(tmp_path: Path, saat: int) -> None:
    ablage, ungestoert, zufall = Ablage(tmp_path / "a"), Ablage(tmp_path / "b"), random.Random(saat)  # noqa: S311  # seeded
    enden = []
    for nummer in range(TODE):
        _liefere(ablage, nummer)
        shutil.rmtree(tmp_path / "b", ignore_errors=True)
        shutil.copytree(tmp_path / "a", tmp_path / "b")
        _laufe(str(ungestoert.wurzel))
        vorher, nachher = _stand(ablage), _stand(ungestoert)
        prozess = _starte(ablage)
        # Over the whole run, whatever the seed; the first comes before it can have ended.
        time.sleep(zufall.uniform(nummer, nummer + 1) / TODE * SEKUNDEN)
        prozess.kill()
        prozess.join()
        enden.append(prozess.exitcode)
        for pfad, inhalt in _stand(ablage).items():
            assert inhalt in {vorher.get(pfad), nachher[pfad]}, f"{pfad} ist weder das alte noch das neue"
        _laufe(str(ablage.wurzel))
        assert _stand(ablage) == nachher
        assert not [s for s in offene(ablage, LAND) if (s.meldeeinheit, s.berichtsjahr) == (EINHEIT, JAHR)]
    assert -signal.SIGKILL in enden
