"""The closed forms against exact probabilities and against published verdicts."""

import csv
from itertools import product
from math import comb
from pathlib import Path
from statistics import NormalDist

import polars as pl
import pytest

from assets.querpruefung.zufall import GRENZE, abstand_vom_erwarteten, abstand_zweier_zahlen, ueberstreuung

TRICHTER = Path(__file__).parents[2] / "../shared/cases/stats/funnel_ratio_input_significance.csv"


def _auswerten(ausdruck: pl.Expr, **spalten: list[float]) -> list[float]:
    return pl.DataFrame(spalten).select(ausdruck.alias("z"))["z"].to_list()


def _exakter_abstand(alt: int, neu: int) -> float:
    """Distance by the exact conditional test: given their sum, the new count is binomial with one half."""
    n, hoch = alt + neu, max(alt, neu)
    p = sum(comb(n, k) for k in range(hoch, n + 1)) / 2**n
    return NormalDist().inv_cdf(1 - p)


def test_zwei_zahlen_liegen_so_weit_auseinander_wie_der_exakte_test_sagt() -> None:
    paare = [(a, b) for a, b in product(range(20, 200, 7), range(20, 200, 9)) if abs(a - b) > 2]
    z = _auswerten(
        abstand_zweier_zahlen(pl.col("alt"), pl.col("neu")),
        alt=[float(a) for a, _ in paare],
        neu=[float(b) for _, b in paare],
    )
    for (alt, neu), abstand in zip(paare, z, strict=True):
        if abs(abstand) < 5:
            # The exact test counts the observed value as a whole, which is half a step more cautious.
            assert abs(abs(abstand) - _exakter_abstand(alt, neu)) < 0.25, (alt, neu)
        assert (abstand > 0) == (neu > alt)


def test_ein_bekanntes_verhaeltnis_verschiebt_die_erwartung() -> None:
    gleich, zurueck = _auswerten(
        abstand_zweier_zahlen(pl.col("alt"), pl.col("neu"), 2.0), alt=[100.0, 100.0], neu=[200.4, 100.0]
    )
    assert abs(gleich) < 0.05
    assert zurueck < -GRENZE


def test_99_komma_8_prozent() -> None:
    assert pytest.approx(3.0902, abs=1e-4) == GRENZE


def test_byar_urteilt_wie_die_veroeffentlichten_trichter() -> None:
    if not TRICHTER.exists():
        pytest.skip("Die Referenzwerte liegen hier nicht bei.")
    with TRICHTER.open(encoding="utf-8", newline="") as datei:
        faelle = [z for z in csv.DictReader(datei) if z["obs"] and z["expected"]]
    z = _auswerten(
        abstand_vom_erwarteten(pl.col("beobachtet"), pl.col("erwartet")),
        beobachtet=[float(f["obs"]) for f in faelle],
        erwartet=[float(f["expected"]) for f in faelle],
    )
    falsch = [
        (f, abstand)
        for f, abstand in zip(faelle, z, strict=True)
        if (abs(abstand) > GRENZE) != ("0.001" in f["significance"])
    ]
    assert len(faelle) > 250
    assert not falsch


def test_nichts_beobachtet_ist_auffaellig_erst_wenn_viel_erwartet_war() -> None:
    z = _auswerten(abstand_vom_erwarteten(pl.col("b"), pl.col("e")), b=[0.0, 0.0, 0.0, 5.0], e=[3.0, 9.0, 0.0, 0.0])
    assert -GRENZE < z[0] < 0
    assert z[1] < -GRENZE
    assert z[2:] == [None, None], "ohne Erwartung gibt es kein Urteil"


def test_ein_ausreisser_entschuldigt_sich_nicht_selbst() -> None:
    ruhig = [-1.0, -0.5, 0.0, 0.3, 0.5, 0.8, 1.0, -0.2, 0.1, 0.4, -0.7, 0.6]
    mit, unruhig = (
        _auswerten(ueberstreuung(pl.col("z")), z=werte)[0]
        for werte in ([*ruhig, 40.0], [z * 20 for z in [*ruhig, 1.0]])
    )
    assert mit == pytest.approx(1.0, abs=0.2)
    assert GRENZE * mit**0.5 < 40
    assert unruhig > 50
