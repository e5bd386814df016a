"""One measured piece of work in a process of its own: `python -m tests.bench_stufe NAME`. Prints one line of JSON.

What belongs here: the pieces `tests/bench.py` measures. The environment names the Ablage.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.umgebung import richte_ein
from schemas.laender import gewaehltes_land

BEISPIELE = Path(__file__).resolve().parents[1] / "data/beispiele/synthetisch"


def eingang() -> dict[str, Any]:
    """Takes the example deliveries in."""
    from assets.eingang.korb import blick, nimm_dateien_an

    ablage, land = richte_ein(), gewaehltes_land()
    dateien = [BEISPIELE / v / name for v in ("v1", "v2") for name in blick(BEISPIELE / v)]
    return {"dateien": len(nimm_dateien_an(ablage, land, dateien, weg="bench"))}


def pruefung() -> dict[str, Any]:
    """Checks everything that is open."""
    from assets.pruefung.lieferungen import offene, pruefe_alle

    ablage, land = richte_ein(), gewaehltes_land()
    return {"lieferungen": sum(1 for _ in pruefe_alle(ablage, land, offene(ablage, land)))}


def referenz() -> dict[str, Any]:
    """Loads the official series."""
    from assets.referenz.assets import uebernimm_bestand

    return {"zeilen": uebernimm_bestand(richte_ein()).height}


def auswertung() -> dict[str, Any]:
    """Computes all indicators and allocations."""
    from assets.auswertung.bilden import (
        bilde_berichtspunkte,
        bilde_indikatorwerte,
        bilde_revisionen,
        bilde_trends,
        bilde_vergleichbarkeit,
    )
    from assets.auswertung.bilden_mittel import bilde_mittel
    from assets.referenz.assets import PFAD

    ablage, land = richte_ein(), gewaehltes_land()
    referenz = ablage.lies_tabelle(PFAD)
    return {
        "werte": bilde_indikatorwerte(ablage, land, referenz).height,
        "fragen": bilde_vergleichbarkeit(ablage, land)[1].height,
        "punkte": bilde_berichtspunkte(ablage, land).height,
        "trends": bilde_trends(ablage, land).height,
        "revisionen": bilde_revisionen(ablage, land, referenz)[0].height,
        "zuweisungen": bilde_mittel(ablage, land, referenz).zuweisungen.height,
    }


def geheimhaltung() -> dict[str, Any]:
    """Protects all results, attacks what came of it, and computes what other rules would cost."""
    from assets.geheimhaltung.bilden import bilde_oeffentliche, bilde_preise

    ablage, land = richte_ein(), gewaehltes_land()
    return {"urteil": bilde_oeffentliche(ablage, land).probe.urteil, "preise": bilde_preise(ablage, land).height}


def schutz_demo() -> dict[str, Any]:
    """Protecting and attacking the embedded data, each by itself."""
    from tests.bench_geheimhaltung import demo

    return demo(richte_ein(), gewaehltes_land())


def schutz_gross() -> dict[str, Any]:
    """The same for one large table."""
    from tests.bench_geheimhaltung import gross

    return gross(gewaehltes_land())


def berichte() -> dict[str, Any]:
    """Renders and publishes all pages of all editions."""
    from assets.berichte.rendern import editionen, rendere

    ablage, land = richte_ein(), gewaehltes_land()
    return {"dateien": sum(rendere(ablage, land, edition).dateien for edition in editionen(land))}


def druck() -> dict[str, Any]:
    """Prints all reports of the public edition as PDF. Budgets: 60 pages for a Kreis, two for a Kurzfassung, 120 s."""
    from assets.berichte.gebiete import verweise
    from assets.druck.bilden import drucke
    from assets.druck.chromium import ChromiumFehltError

    land = gewaehltes_land()
    beginn = time.perf_counter()
    try:
        ergebnis = drucke(richte_ein(), land)
    except ChromiumFehltError as fehler:
        return {"ausgelassen": str(fehler)}
    dauer = time.perf_counter() - beginn
    kreise = set(verweise(land).values())
    berichte = [e.seiten for e in ergebnis.eintraege if e.seite in kreise]
    kurze = {e.seiten for e in ergebnis.eintraege if e.seite.startswith("kurzfassung_")}
    return {
        "gedruckt": ergebnis.gedruckt,
        "mb": round(sum(e.bytes for e in ergebnis.eintraege) / 1e6, 1),
        "seiten_bericht": [min(berichte), max(berichte)],
        "seiten_kurzfassung": sorted(kurze),
        "gehalten": max(berichte) <= 60 and kurze == {2} and dauer <= 120,
    }


def seiten() -> dict[str, Any]:
    """Each kind of page of the public edition in a browser as slow as a phone."""
    from assets.berichte.rendern import rendere
    from schemas.editionen import OEFFENTLICH
    from tests.bench_seiten import messe

    ablage, land = richte_ein(), gewaehltes_land()
    ordner = rendere(ablage, land, OEFFENTLICH).ordner
    groesste = {
        art: max(ordner.glob(muster), key=lambda p: p.stat().st_size).name
        for art, muster in (("kreis", "kreis_*.html"), ("kennzahl", "kennzahl_*.html"))
    }
    return messe(ordner, {"index": "index.html", "land": f"{land.id}.html", "erkunden": "erkunden.html", **groesste})


def rein() -> dict[str, Any]:
    """The whole main job by the pure functions alone."""
    return {**pruefung(), **referenz(), **auswertung(), **geheimhaltung(), **berichte()}


def lauf() -> dict[str, Any]:
    """The main job by Dagster, with the events it wrote."""
    import dagster as dg

    from pipeline.lauf import bilanz, fuehre_aus
    from pipeline.plan import plane

    ablage, land = richte_ein(), gewaehltes_land()
    with dg.DagsterInstance.get() as instanz:
        laeufe = fuehre_aus(plane(ablage, land), ablage, land, instanz)
        ereignisse = sum(len(instanz.all_logs(kennung)) for kennung in laeufe)
    return {**bilanz(ablage, land).als_daten(), "laeufe": laeufe, "ereignisse": ereignisse}


def lauf_ohne_zaehlung() -> dict[str, Any]:
    """What the command does when nothing has changed."""
    from click.testing import CliRunner

    from pipeline.cli import gruppe

    return {"code": CliRunner().invoke(gruppe, ["lauf"]).exit_code}


def start() -> dict[str, Any]:
    """Process start, definitions, opening the instance: what any run pays."""
    import dagster as dg

    from pipeline.definitions import build_defs

    ablage = richte_ein()
    build_defs(gewaehltes_land(), str(ablage.wurzel)).resolve_job_def("alles")
    with dg.DagsterInstance.get() as instanz:
        return {"laeufe": instanz.get_runs_count()}


def lesen() -> dict[str, Any]:
    """A million rows read, converted and checked, against DuckDB."""
    from tests.bench_lesen import messe

    return messe()


def lesen_allein() -> dict[str, Any]:
    """The same by us alone, for the peak memory of the process."""
    from tests.bench_lesen import allein

    return allein()


def _indikatoren(was: str, groesse: str) -> Callable[[], dict[str, Any]]:
    def stufe() -> dict[str, Any]:
        from tests import bench_indikatoren

        return dict(getattr(bench_indikatoren, was)(richte_ein(), groesse))

    stufe.__name__ = f"{was}_{groesse}"
    return stufe


_ALLE = (
    *(
        _indikatoren(was, groesse)
        for groesse in ("klein", "gross")
        for was in ("anlegen", "alle", "einzelne", "geld", "gegen_hand")
    ),
    eingang,
    pruefung,
    referenz,
    auswertung,
    geheimhaltung,
    schutz_demo,
    schutz_gross,
    berichte,
    druck,
    seiten,
    rein,
    lauf,
    lauf_ohne_zaehlung,
    start,
    lesen,
    lesen_allein,
)
STUFEN: dict[str, Callable[[], dict[str, Any]]] = {stufe.__name__: stufe for stufe in _ALLE}


def main() -> None:
    """Runs one piece and prints its result with seconds and peak memory."""
    beginn = time.perf_counter()
    ergebnis = STUFEN[sys.argv[1]]()
    ergebnis["sekunden"] = round(time.perf_counter() - beginn, 3)
    ergebnis["spitze_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    sys.stdout.write(json.dumps(ergebnis, default=str) + "\n")


if __name__ == "__main__":
    main()
