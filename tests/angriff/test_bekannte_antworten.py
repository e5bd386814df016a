"""Instances from the literature with known answers: every stated interval and every exit status."""

from pathlib import Path

import pytest

from tests.angriff.faelle import lies_fall

FAELLE = Path(__file__).parents[2] / ".." / "shared" / "cases" / "geheimhaltung"
pytestmark = pytest.mark.skipif(not FAELLE.is_dir(), reason=f"Referenzfälle fehlen: {FAELLE} ist nicht da")
NAMEN = sorted(p.parent.name for p in FAELLE.glob("*/case.json"))
AUSGANG = {"sicher": 0, "unsicher": 1, "widerspruch": 2}


@pytest.mark.parametrize("name", NAMEN)
def test_bekannte_antwort(name: str) -> None:
    fall = lies_fall(FAELLE / name)
    befund = fall.befund()
    assert befund.widersprueche == []
    gefunden = {
        tuple(z.zelle.get(d, "T") for d in fall.dims): (z.lo, z.hi) for z in (*befund.gesperrt, *befund.nebenbei)
    }
    erwartet = {
        # Some answers were computed with floats and carry their noise.
        tuple(z[d] for d in fall.dims): (round(float(z["lo"]), 9), round(float(z["hi"]), 9))
        for z in fall.erwartet.iter_rows(named=True)
    }
    assert {z: gefunden.get(z) for z in erwartet} == erwartet
    if fall.ausgang is not None:
        assert AUSGANG[befund.urteil] == fall.ausgang


def test_es_sind_alle_faelle() -> None:
    assert len(NAMEN) >= 25
