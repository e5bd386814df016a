"""A good state on disk, written once, and the way to find out what one rule says about a changed copy of it."""

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import polars as pl
import pytest

from assets.ablage import Ablage
from assets.pruefung.uebernehmen import pfad_geprueft
from assets.querpruefung.befunde import als_befunde
from assets.querpruefung.lage import oeffne
from assets.querpruefung.pruefen import PRUEFUNGEN
from schemas.modell import Land
from schemas.regeln_quer import QUERREGELN
from tests.querpruefung.verstoesse import Fund
from tests.querpruefung.zustand import LAND, Zustand, gut, lege_ab, referenz

Aendere = Callable[[Zustand], object]
Befrage = Callable[..., set[Fund]]


@pytest.fixture(scope="session")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an Ablage in the good state; tests only copy it."""
    ordner = tmp_path_factory.mktemp("gut")
    lege_ab(Ablage(ordner), gut())
    return ordner


@pytest.fixture
def geaendert(vorlage: Path, tmp_path: Path) -> Callable[[Aendere], Ablage]:
    """An Ablage in which a state differs from the good one by this change."""

    def _geaendert(aendere: Aendere) -> Ablage:
        ordner = tmp_path / "arbeit"
        shutil.copytree(vorlage, ordner, dirs_exist_ok=True)
        ablage, vorher = Ablage(ordner), gut()
        aendere(nachher := deepcopy(vorher))
        for schluessel in vorher.keys() - nachher.keys():
            ablage.loesche(pfad_geprueft(schluessel))
        lege_ab(ablage, {s: z for s, z in nachher.items() if vorher.get(s) != z}, stand_von=nachher)
        return ablage

    return _geaendert


@pytest.fixture
def befrage(geaendert: Callable[[Aendere], Ablage]) -> Befrage:
    """What one rule finds after a change, as keys; other keywords are columns of the findings to return instead."""

    def _befrage(regel: str, aendere: Aendere, *, land: Land = LAND, amtlich: pl.DataFrame | None = None) -> set[Fund]:
        with oeffne(geaendert(aendere), land, referenz() if amtlich is None else amtlich) as lage:
            befunde = als_befunde(QUERREGELN[regel].regel, PRUEFUNGEN[regel](lage))
        return set(befunde.select("meldeeinheit", "berichtsjahr", "datensatz", "schluessel").iter_rows())

    return _befrage
