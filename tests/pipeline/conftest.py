"""A tiny working set-up: an empty Ablage, an ephemeral Dagster instance, and valid deliveries as CSV."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.ablage import Ablage
from assets.eingang.empfang import Empfang, nimm_an
from pipeline.lauf import fuehre_aus
from pipeline.plan import Plan, plane
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land
from tests.pipeline.kleinesland import KLEINES_LAND
from tests.pruefung.faelle import EINHEIT, GUELTIG, Zeile


@pytest.fixture(scope="session")
def land() -> Land:
    """The profile the tests run with."""
    return KLEINES_LAND


@pytest.fixture
def ablage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ablage:
    """An empty Ablage that the environment points to as well."""
    monkeypatch.setenv("TEILHABE_ABLAGE", str(tmp_path / "arbeit"))
    monkeypatch.setenv("TEILHABE_EINGANGSKORB", str(tmp_path / "korb"))
    (tmp_path / "korb").mkdir()
    return Ablage(tmp_path / "arbeit")


@pytest.fixture
def instanz() -> Iterator[dg.DagsterInstance]:
    """An instance that forgets everything afterwards."""
    with dg.DagsterInstance.ephemeral() as instanz:
        yield instanz


Liefere = Callable[..., Empfang]


def als_csv(datensatz: str, zeilen: list[Zeile]) -> bytes:
    """Rows as the delivery an office could send: semicolon, decimal comma, German dates."""
    namen = [s.name for s in alle_datensaetze()[datensatz].spalten]
    frame = pl.DataFrame([{n: _text(z.get(n)) for n in namen} for z in zeilen], schema=dict.fromkeys(namen, pl.String))
    return frame.write_csv(separator=";").encode()


def _text(wert: object) -> str | None:
    if wert is None or isinstance(wert, str):
        return wert
    if hasattr(wert, "strftime"):
        return str(wert.strftime("%d.%m.%Y"))
    return str(wert).replace(".", ",")


@pytest.fixture
def liefere(ablage: Ablage, land: Land) -> Liefere:
    """Hands in a delivery: valid rows, or those given, for any Meldeeinheit and year."""
    return lieferung_an(ablage, land)


def lieferung_an(ablage: Ablage, land: Land) -> Liefere:
    """The same for an Ablage of one's own."""

    def _liefere(
        datensatz: str, *, zeilen: list[Zeile] | None = None, einheit: str = EINHEIT.id, jahr: int = 2025
    ) -> Empfang:
        inhalt = als_csv(datensatz, zeilen if zeilen is not None else GUELTIG[datensatz]())
        return nimm_an(ablage, land, f"{datensatz}_{einheit}_{jahr}.csv", inhalt, weg="test")

    return _liefere


ANDERE = KLEINES_LAND.meldeeinheiten[0].id
FEHLT = "rueckkehr"
"""What nobody delivers before the first run."""


@dataclass(frozen=True, slots=True)
class ErsterLauf:
    """What the first run was asked for, what stands after it, and what Dagster knows of it."""

    ablage: Ablage
    instanz: dg.DagsterInstance
    plan: Plan
    lauf: str
    angenommen: int


@pytest.fixture(scope="session")
def erster_lauf(tmp_path_factory: pytest.TempPathFactory, land: Land) -> Iterator[ErsterLauf]:
    """A first run over good, bad and missing deliveries; tests only read it, or go on from a copy (`danach`)."""
    ablage = Ablage(tmp_path_factory.mktemp("erster_lauf") / "arbeit")
    liefere = lieferung_an(ablage, land)
    alles = [name for name in land.datensaetze if name not in (FEHLT, "aufgaben")]
    for name in alles:
        liefere(name)
    for jahr in land.berichtsjahre:
        for einheit in land.meldeeinheiten:
            zeilen = [{**z, "berichtsjahr": jahr, "meldeeinheit": einheit.id} for z in GUELTIG["aufgaben"]()]
            liefere("aufgaben", zeilen=zeilen, einheit=einheit.id, jahr=jahr)
    falsch = [{**z, "meldeeinheit": ANDERE, "vzae_besetzt": 99.0} for z in GUELTIG["personal"]()]
    liefere("personal", zeilen=falsch, einheit=ANDERE)
    plan = plane(ablage, land)
    with dg.DagsterInstance.ephemeral() as instanz:
        (lauf,) = fuehre_aus(plan, ablage, land, instanz)
        angenommen = len(alles) + len(land.berichtsjahre) * len(land.meldeeinheiten)
        yield ErsterLauf(ablage, instanz, plan, lauf, angenommen)


@pytest.fixture
def danach(ablage: Ablage, erster_lauf: ErsterLauf) -> Ablage:
    """An Ablage of one's own as it stands after the first run."""
    shutil.copytree(str(erster_lauf.ablage.wurzel), str(ablage.wurzel), symlinks=True)
    return ablage
