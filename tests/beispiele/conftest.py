"""What the tests of the examples share: the Land, official figures, a small Land of our own, and all rows of a run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from assets.referenz.bestand import lade_bestand
from pipeline.beispiele import erzeuge
from pipeline.beispiele.inhalt import Auftrag, Zeile, zeilen_von
from pipeline.beispiele.plan import plane
from pipeline.beispiele.rollen import Lieferung, alle_lieferungen, verteile
from schemas.laender import lade_land
from schemas.modell import Gemeinde, Land, Meldeeinheit
from tests.haerte import FAKTOR

SEEDS = (1, *(pytest.param(seed, marks=pytest.mark.haerte) for seed in (2, 97) if FAKTOR > 1))


@pytest.fixture(scope="session")
def land() -> Land:
    return lade_land("sachsen")


@pytest.fixture(scope="session")
def referenz() -> pl.DataFrame:
    return lade_bestand()


@pytest.fixture(scope="session")
def ohne_zahlen(referenz: pl.DataFrame) -> pl.DataFrame:
    """Official figures of nobody."""
    return referenz.clear()


@pytest.fixture(params=SEEDS, scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    wert: int = request.param
    return wert


@pytest.fixture(scope="session")
def kleines_land(land: Land) -> Land:
    """Two neighbours and one alone, with ids that are no AGS; one has a single Gemeinde, one has none on record."""

    def einheit(kennung: str, nachbarn: tuple[str, ...], gemeinden: tuple[str, ...]) -> Meldeeinheit:
        return Meldeeinheit(
            id=kennung,
            name=f"Probe {kennung}",
            typ="Verbund",
            gruppe=next(iter(land.gruppen)),
            kuerzel=kennung,
            kachel=(0, 0),
            nachbarn=nachbarn,
            gemeinden=tuple(Gemeinde(ags, f"Ort {ags}") for ags in gemeinden),
        )

    einheiten = (
        einheit("AB1", ("CD2",), ("03101001", "03101002", "03101003")),
        einheit("CD2", ("AB1",), ("03102001",)),
        einheit("EF3", (), ()),
    )
    return replace(land, id="probe", meldeeinheiten=einheiten)


@pytest.fixture(scope="session")
def erzeugt(tmp_path_factory: pytest.TempPathFactory, land: Land, referenz: pl.DataFrame, seed: int) -> Path:
    """A folder with the examples of a seed; tests only read it."""
    ordner = tmp_path_factory.mktemp("beispiele")
    erzeuge(land, seed, ordner, referenz)
    return ordner


Zeilen = dict[Lieferung, list[Zeile]]


@pytest.fixture(scope="session")
def alle_zeilen(land: Land, referenz: pl.DataFrame) -> Callable[[int], Zeilen]:
    """The sound rows of every delivery of a seed, also of those that go missing or get spoilt afterwards."""

    def zeilen(seed: int) -> Zeilen:
        rollen = verteile(land, seed)
        plaene = plane(land, seed, rollen, referenz)
        return {x: zeilen_von(Auftrag(land, seed, plaene[x.meldeeinheit], x, None, 1)) for x in alle_lieferungen(land)}

    return zeilen
