"""The house: imports flow one way, and what belongs to a Land stays in its profile."""

import ast
import re
import sys
from pathlib import Path

import pytest

from schemas.laender import lade_land

PROJEKT = Path(__file__).resolve().parents[1]
ERLAUBT = {"schemas": {"schemas"}, "assets": {"schemas", "assets"}, "pipeline": {"schemas", "assets", "pipeline"}}
STUFEN = ["eingang", "pruefung", "referenz", "auswertung", "querpruefung", "geheimhaltung", "berichte", "druck"]


def _module(raum: str) -> list[Path]:
    return sorted((PROJEKT / raum).rglob("*.py"))


def _importe(datei: Path) -> set[str]:
    baum = ast.parse(datei.read_text(encoding="utf-8"))
    namen: set[str] = set()
    for knoten in ast.walk(baum):
        if isinstance(knoten, ast.Import):
            namen |= {a.name for a in knoten.names}
        elif isinstance(knoten, ast.ImportFrom) and knoten.module:
            namen |= {knoten.module, *(f"{knoten.module}.{a.name}" for a in knoten.names)}
    return namen


@pytest.mark.parametrize("raum", ERLAUBT)
def test_importe_zeigen_nur_in_eine_richtung(raum: str) -> None:
    verboten = set(ERLAUBT) - ERLAUBT[raum]
    funde = [
        (datei.name, name) for datei in _module(raum) for name in _importe(datei) if name.split(".")[0] in verboten
    ]
    assert not funde


def test_der_vertrag_kennt_dagster_nicht() -> None:
    assert not [d for d in _module("schemas") if any(n.split(".")[0] == "dagster" for n in _importe(d))]


def test_keine_stufe_importiert_eine_spaetere() -> None:
    funde = []
    for nummer, stufe in enumerate(STUFEN):
        spaeter = tuple(f"assets.{s}" for s in STUFEN[nummer + 1 :])
        for datei in (PROJEKT / "assets" / stufe).rglob("*.py"):
            funde += [(datei.name, n) for n in _importe(datei) if n.startswith(spaeter)]
    assert not funde


def test_keine_stufe_kennt_das_lieferbuch() -> None:
    """What cannot be reached from a stage cannot make it fail."""
    funde = [
        (datei.name, n)
        for stufe in STUFEN
        for datei in (PROJEKT / "assets" / stufe).rglob("*.py")
        for n in _importe(datei)
        if n.startswith("assets.lieferbuch")
    ]
    assert not funde


def test_der_angriff_teilt_keinen_code_mit_dem_was_er_prueft() -> None:
    erlaubt = {*sys.stdlib_module_names, "polars", "numpy", "scipy", "highspy"}
    dateien = sorted((PROJEKT / "assets" / "angriff").glob("*.py"))
    namen = {(d.name, n) for d in dateien for n in _importe(d) if not n.startswith("assets.angriff")}
    assert len(dateien) > 5
    assert not {(d, n) for d, n in namen if n.split(".")[0] not in erlaubt}


def test_nur_das_profil_nennt_namen_des_landes() -> None:
    land = lade_land("sachsen")
    staedte = {m.name.split(" (")[0] for m in land.meldeeinheiten}
    muster = re.compile("|".join([r"\bSachsen\b", r"\bsachsen\b(?!\.py)", *(rf"\b{re.escape(n)}\b" for n in staedte)]))
    dateien = [d for raum in ERLAUBT for d in _module(raum) if "laender" not in d.parts]
    dateien += sorted((PROJEKT / "report_templates").rglob("*"))
    funde = [(d.name, z.strip()) for d in dateien if d.is_file() for z in _zeilen(d) if muster.search(z)]
    assert not funde


def _zeilen(datei: Path) -> list[str]:
    # A folder name in a default is no knowledge about the Land.
    return [z for z in datei.read_text(encoding="utf-8").splitlines() if not z.startswith("STANDARD = ")]
