"""A tiny working set-up: an empty Ablage, an ephemeral Dagster instance, and valid deliveries as CSV."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.ablage import Ablage
from assets.eingang.empfang import Empfang, nimm_an
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from schemas.modell import Land
from tests.pruefung.faelle import EINHEIT, GUELTIG, Zeile

KENNZAHLEN = ("BEV-01", "IBZ-01", "IBZ-02", "IBZ-03", "FSA-03", "FIN-01", "ZG-01")
"""Of every kind one: official, from staff and consultations, in parts, money, protected counts."""


@pytest.fixture
def land() -> Land:
    """The profile the tests run with: few neighbours and few figures, because runs cost by what they cover."""
    ganz = lade_land("sachsen")
    behalten = {EINHEIT.id, *EINHEIT.nachbarn}
    return replace(
        ganz,
        indikatoren=tuple(i for i in ganz.indikatoren if i in KENNZAHLEN),
        meldeeinheiten=tuple(
            replace(m, nachbarn=tuple(n for n in m.nachbarn if n in behalten))
            for m in ganz.meldeeinheiten
            if m.id in behalten
        ),
    )


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

    def _liefere(
        datensatz: str, *, zeilen: list[Zeile] | None = None, einheit: str = EINHEIT.id, jahr: int = 2025
    ) -> Empfang:
        inhalt = als_csv(datensatz, zeilen if zeilen is not None else GUELTIG[datensatz]())
        return nimm_an(ablage, land, f"{datensatz}_{einheit}_{jahr}.csv", inhalt, weg="test")

    return _liefere
