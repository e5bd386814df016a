"""Releases stay as they are, one of them counts, and a crash leaves the old one or the new one."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.ablage import Ablage
from assets.veroeffentlichung.bauen import Release, _pruefsummen
from assets.veroeffentlichung.regal import Eintrag, Regal, ReleaseError, aktuelles, zurueckgezogene
from schemas.release import Ereignis


def _release(name: str) -> Release:
    dateien = {"index.html": f"<p>{name}</p>".encode(), "daten/a.csv": b"a\n1\n"}
    return Release(name, dateien | {"SHA256SUMS": _pruefsummen(dateien)}, {"release": name}, {})


@pytest.fixture
def regal(tmp_path: Path) -> Regal:
    return Regal(Ablage(tmp_path))


def _gezeigt(regal: Regal) -> str | None:
    seite = regal.verweis / "index.html"
    return seite.read_text() if seite.exists() else None


def test_zurueckziehen_und_wiederherstellen(regal: Regal) -> None:
    assert regal.aktuell is None
    for name in ("A", "B", "C"):
        assert regal.nimm_auf(_release(name))
    assert not regal.nimm_auf(_release("C"))
    assert _gezeigt(regal) == "<p>C</p>"
    assert regal.ziehe_zurueck("C", "Zahlendreher") == "B"
    assert _gezeigt(regal) == "<p>B</p>"
    with pytest.raises(ReleaseError, match="wurde zurückgezogen"):
        regal.nimm_auf(_release("C"))
    assert regal.ziehe_zurueck("A", "auch") == "B", "was nicht gilt, ändert nichts daran, was gilt"
    assert regal.ziehe_zurueck("B", "alle") is None
    assert _gezeigt(regal) is None
    assert not os.path.lexists(regal.verweis)
    regal.stelle_wieder_her("A", "doch richtig")
    assert _gezeigt(regal) == "<p>A</p>"
    assert [(e.release, e.ereignis.value, e.grund) for e in regal.verlauf][-3:] == [
        ("A", "zurueckgezogen", "auch"),
        ("B", "zurueckgezogen", "alle"),
        ("A", "wiederhergestellt", "doch richtig"),
    ]


def test_was_nicht_geht_wird_gesagt_und_aendert_nichts(regal: Regal) -> None:
    regal.nimm_auf(_release("A"))
    regal.nimm_auf(_release("B"))
    regal.ziehe_zurueck("B", "falsch")
    vorher = regal.verlauf
    for versuch, release, grund, wort in (
        (regal.ziehe_zurueck, "B", "noch einmal", "schon zurückgezogen"),
        (regal.ziehe_zurueck, "X", "weg", "gibt es nicht"),
        (regal.ziehe_zurueck, "A", "  ", "einen Grund nennen"),
        (regal.stelle_wieder_her, "A", "wieder", "gilt schon"),
    ):
        with pytest.raises(ReleaseError, match=wort):
            versuch(release, grund)
    (regal.ordner("B") / "daten/a.csv").write_text("a\n2\n")
    (regal.ordner("B") / "fremd.html").write_text("")
    with pytest.raises(ReleaseError, match=r"daten/a\.csv, fremd\.html"):
        regal.stelle_wieder_her("B", "wieder")
    assert regal.verlauf == vorher
    assert _gezeigt(regal) == "<p>A</p>"


@pytest.mark.parametrize("schritt", ["rename", "replace", "symlink_to"])
def test_ein_absturz_laesst_die_alte_oder_die_neue(regal: Regal, schritt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    regal.nimm_auf(_release("A"))
    with monkeypatch.context() as m:

        def stirb(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        m.setattr(Path, schritt, stirb)
        with pytest.raises(KeyboardInterrupt):
            regal.nimm_auf(_release("B"))
    assert _gezeigt(regal) == "<p>A</p>"
    regal.nimm_auf(_release("B"))
    assert _gezeigt(regal) == "<p>B</p>"
    assert regal.schaeden("B") == ()
    reste = [p.name for p in regal.ordner("B").parents[1].iterdir() if p.is_dir() and p.name.endswith(".teil")]
    assert reste == [], "halbe Ordner räumt der nächste Versuch weg"


_ereignisse = st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(Ereignis)))


@given(_ereignisse)
def test_was_gilt_ist_nie_zurueckgezogen(ereignisse: list[tuple[str, Ereignis]]) -> None:
    verlauf = [Eintrag(r, e, "2026-01-01T00:00:00+00:00") for r, e in ereignisse]
    aktuell = aktuelles(verlauf)
    assert aktuell not in zurueckgezogene(verlauf)
    gemacht = {e.release for e in verlauf if e.ereignis is not Ereignis.ZURUECKGEZOGEN}
    assert (aktuell is None) == (gemacht <= zurueckgezogene(verlauf))


def test_das_protokoll_liegt_neben_dem_oeffentlichen(regal: Regal) -> None:
    regal.nimm_auf(_release("A"))
    assert json.loads((regal.ordner("A").parent / "protokoll.json").read_bytes()) == {"release": "A"}
    assert not list(regal.ordner("A").rglob("protokoll.json"))
