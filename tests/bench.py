"""Prints speed and memory as JSON: `make bench`. Ratios are taken side by side in one run, so a slow machine is fair.

What belongs here: measurements against the design's budgets. Nothing here fails; a person reads the figures.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJEKT = Path(__file__).resolve().parents[1]
WIEDERHOLUNGEN = 5
STUFEN = (
    *("eingang", "pruefung", "referenz", "auswertung", "geheimhaltung"),
    *("schutz_demo", "schutz_gross", "berichte", "druck", "seiten"),
)
"""In the order of the flow. Budgets: protecting and attacking 60 s for the embedded data, 120 s for 15,000 cells; those
of pages and prints stand beside their figures."""


def _starte(befehl: list[str], ablage: Path) -> tuple[float, dict[str, Any]]:
    """Seconds of a whole process, and the JSON on its last line."""
    umgebung = {
        **os.environ,
        "TEILHABE_ABLAGE": str(ablage),
        "TEILHABE_EINGANGSKORB": str(ablage / "korb"),
        "TEILHABE_DAGSTER": str(ablage / "dagster"),
        "DAGSTER_HOME": str(PROJEKT / "data/dagster_home"),
    }
    beginn = time.perf_counter()
    ergebnis = subprocess.run(befehl, env=umgebung, cwd=PROJEKT, capture_output=True, text=True, check=False)
    dauer = time.perf_counter() - beginn
    if ergebnis.returncode:
        raise RuntimeError(f"{befehl}: {ergebnis.stderr[-2000:]}")
    return dauer, json.loads(ergebnis.stdout.strip().splitlines()[-1])


def _stufe(name: str, ablage: Path) -> tuple[float, dict[str, Any]]:
    return _starte([sys.executable, "-m", "tests.bench_stufe", name], ablage)


def _gegenueber(a: Callable[[], float], b: Callable[[], float]) -> dict[str, float]:
    """Medians of two measurements taken in turn, and the median of their ratios pair by pair."""
    paare = [(a(), b()) for _ in range(WIEDERHOLUNGEN)]
    return {
        "a_s": round(statistics.median(x for x, _ in paare), 3),
        "b_s": round(statistics.median(y for _, y in paare), 3),
        "verhaeltnis": round(statistics.median(x / y for x, y in paare), 3),
    }


def _stufen(ablage: Path) -> dict[str, Any]:
    """Each stage in a process of its own on the embedded data: seconds inside the stage and peak memory."""
    return {name: _stufe(name, ablage)[1] for name in STUFEN}


def _erster_lauf(wurzel: Path) -> dict[str, Any]:
    """The main job against the same pure functions without Dagster, both on a fresh Ablage."""
    mit, ohne = wurzel / "mit", wurzel / "ohne"
    for ablage in (mit, ohne):
        _stufe("eingang", ablage)
    dauer_ohne, _ = _stufe("rein", ohne)
    dauer_mit, bilanz = _stufe("lauf", mit)
    lieferungen = bilanz["lieferungen"]
    mehr = dauer_mit - dauer_ohne
    erlaubt = 10 + 0.12 * lieferungen
    return {
        "mit_dagster_s": round(dauer_mit, 2),
        "ohne_dagster_s": round(dauer_ohne, 2),
        "lieferungen": lieferungen,
        "mehr_s": round(mehr, 2),
        "budget_s": round(erlaubt, 2),
        "gehalten": mehr <= erlaubt,
        "ereignisse": bilanz["ereignisse"],
        "ereignisse_je_lieferung": round(bilanz["ereignisse"] / lieferungen, 2),
        "laeufe": len(bilanz["laeufe"]),
    }


def _nichts_zu_tun(ablage: Path) -> dict[str, Any]:
    """A run with nothing changed against process start, definitions and opening the instance."""
    werte = _gegenueber(lambda: _stufe("lauf_ohne_zaehlung", ablage)[0], lambda: _stufe("start", ablage)[0])
    return {**werte, "budget": 1.3, "gehalten": werte["verhaeltnis"] <= 1.3}


def _indikatoren(ablage: Path, groesse: str) -> dict[str, Any]:
    """All indicators of an invented Land, its tables about money, and its figures against hand-written queries."""
    return {was: _stufe(f"{was}_{groesse}", ablage)[1] for was in ("anlegen", "alle", "einzelne", "geld", "gegen_hand")}


def main() -> None:
    """Measures and prints one JSON document."""
    with tempfile.TemporaryDirectory() as ordner:
        wurzel = Path(ordner)
        ergebnis = {
            "stufen": _stufen(wurzel / "stufen"),
            "erster_lauf": _erster_lauf(wurzel),
            "nichts_zu_tun": _nichts_zu_tun(wurzel / "mit"),
            "indikatoren": {groesse: _indikatoren(wurzel / groesse, groesse) for groesse in ("klein", "gross")},
            "lesen": _stufe("lesen", wurzel / "lesen")[1],
            "lesen_allein": _stufe("lesen_allein", wurzel / "lesen")[1],
        }
    sys.stdout.write(json.dumps(ergebnis, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
