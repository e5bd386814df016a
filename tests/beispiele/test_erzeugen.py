import hashlib
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipeline.beispiele import STANDARD_SEED, Absicht, absichten, erzeuge
from pipeline.beispiele.inhalt import Auftrag, zeilen_von
from pipeline.beispiele.plan import plane
from pipeline.beispiele.rollen import Lieferung, verteile
from schemas.modell import Land
from schemas.pfade import BEISPIELE


def _inhalt(ordner: Path) -> dict[str, bytes]:
    return {p.relative_to(ordner).as_posix(): p.read_bytes() for p in ordner.rglob("*") if p.is_file()}


def test_gleiche_startzahl_gibt_gleiche_dateien(tmp_path: Path, land: Land, referenz: pl.DataFrame) -> None:
    erzeuge(land, 5, tmp_path / "a", referenz)
    erzeuge(land, 5, tmp_path / "b", referenz.reverse())
    assert _inhalt(tmp_path / "a") == _inhalt(tmp_path / "b")


def test_andere_startzahl_gibt_andere_dateien(tmp_path: Path, land: Land, referenz: pl.DataFrame) -> None:
    erzeuge(land, 5, tmp_path / "a", referenz)
    erzeuge(land, 6, tmp_path / "b", referenz)
    eine, andere = _inhalt(tmp_path / "a"), _inhalt(tmp_path / "b")
    wenig_spielraum = ("aufgaben", "rueckkehr", "konzept", "zustaendigkeit", "meldung")
    csv = [n for n in eine if n.endswith(".csv") and n in andere and not n[3:].startswith(wenig_spielraum)]
    assert len(csv) > 100
    assert all(eine[n] != andere[n] for n in csv)


def test_ein_zweiter_lauf_hinterlaesst_nichts_vom_ersten(tmp_path: Path, land: Land, referenz: pl.DataFrame) -> None:
    erzeuge(land, 5, tmp_path / "a", referenz)
    (tmp_path / "a" / "v1" / "fremd.csv").write_text("bleibt", encoding="utf-8")
    erzeuge(land, 6, tmp_path / "a", referenz)
    erzeuge(land, 6, tmp_path / "b", referenz)
    assert _inhalt(tmp_path / "a") == {**_inhalt(tmp_path / "b"), "v1/fremd.csv": b"bleibt"}


def test_die_marke_nennt_jede_datei_mit_pruefsumme(erzeugt: Path, land: Land, seed: int) -> None:
    erwartet = {name for name, absicht in absichten(land, seed).items() if absicht.hat_datei}
    gefunden = set()
    for ordner in ("v1", "v2"):
        marke = json.loads((erzeugt / ordner / "herkunft.json").read_text(encoding="utf-8"))
        assert marke["synthetisch"] is True
        assert marke["seed"] == seed
        for name, summe in marke["dateien"].items():
            assert hashlib.sha256((erzeugt / ordner / name).read_bytes()).hexdigest() == summe
            gefunden.add(f"{ordner}/{name}")
    assert gefunden == erwartet
    assert {n for n in _inhalt(erzeugt) if n.endswith(".csv")} == erwartet
    assert "erfunden" in (erzeugt / "LIESMICH.md").read_text(encoding="utf-8")


def test_die_beigelegten_beispiele_sind_die_der_standardzahl(
    tmp_path: Path, land: Land, referenz: pl.DataFrame
) -> None:
    erzeuge(land, STANDARD_SEED, tmp_path, referenz)
    beigelegt = _inhalt(BEISPIELE)
    assert beigelegt == _inhalt(tmp_path)
    assert sum(map(len, beigelegt.values())) < 3_000_000


@pytest.mark.parametrize("anzahl", [1, 3])
def test_jedes_land_erhaelt_beispiele_auch_ohne_amtliche_zahlen(
    tmp_path: Path, kleines_land: Land, ohne_zahlen: pl.DataFrame, anzahl: int
) -> None:
    letzte = kleines_land.meldeeinheiten[-anzahl:]
    land = replace(kleines_land, meldeeinheiten=letzte)
    erzeuge(land, 3, tmp_path, ohne_zahlen)
    absicht = absichten(land, 3)
    erwartete = [a.value for a in absicht.values() if a is not Absicht.NICHT_ERWARTET]
    assert set(erwartete) == {"angenommen", "mit_warnung", "zurueckgewiesen", "fehlt"}
    assert all((tmp_path / name).is_file() == a.hat_datei for name, a in absicht.items())


def test_ein_datensatz_ohne_beispiele_wird_nicht_uebergangen(kleines_land: Land, ohne_zahlen: pl.DataFrame) -> None:
    plan = plane(kleines_land, 1, verteile(kleines_land, 1), ohne_zahlen)["AB1"]
    auftrag = Auftrag(kleines_land, 1, plan, Lieferung("gibt_es_nicht", "AB1", 2025), None, 1)
    with pytest.raises(ModuleNotFoundError):
        zeilen_von(auftrag)
