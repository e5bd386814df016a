"""Files on disk: nothing is read that is no delivery by its size alone, and every refusal is a German sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.ablage import Ablage
from assets.eingang.datei import DateiError, lies_datei
from assets.eingang.dateiname import beispielname
from assets.eingang.korb import nimm_dateien_an
from assets.eingang.lesen.grenzen import HOECHSTE_BYTES
from pipeline.cli import gruppe
from schemas.laender import lade_land

LAND = lade_land("sachsen")


def _zu_gross(pfad: Path) -> None:
    with pfad.open("wb") as datei:
        datei.truncate(HOECHSTE_BYTES + 1)


def _ins_leere(pfad: Path) -> None:
    pfad.symlink_to(pfad.parent / "nichts")


def _auf_sich_selbst(pfad: Path) -> None:
    pfad.symlink_to(pfad)


FAELLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "fehlt": (lambda _: None, "gibt es nicht"),
    "ordner": (Path.mkdir, "keine Datei"),
    "leitung": (os.mkfifo, "keine Datei"),
    "verweis ins leere": (_ins_leere, "gibt es nicht"),
    "verweis auf sich selbst": (_auf_sich_selbst, "gibt es nicht"),
    "zu groß": (_zu_gross, "zu groß"),
}


@pytest.fixture(params=FAELLE)
def fall(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """A path that is no readable delivery, and a word of the reason; reading a byte of it fails the test."""

    def nie(pfad: Path) -> bytes:
        raise AssertionError(pfad)

    lege_an, wort = FAELLE[request.param]
    pfad = tmp_path / beispielname(LAND)
    lege_an(pfad)
    monkeypatch.setattr(Path, "read_bytes", nie)
    return pfad, wort


def test_der_grund_steht_fest_bevor_etwas_gelesen_wird(fall: tuple[Path, str]) -> None:
    pfad, wort = fall
    with pytest.raises(DateiError, match=wort) as fehler:
        lies_datei(pfad)
    assert pfad.name in str(fehler.value)


def test_beim_einreichen_wird_der_grund_gemeldet(fall: tuple[Path, str], tmp_path: Path) -> None:
    pfad, wort = fall
    (ergebnis,) = nimm_dateien_an(Ablage(tmp_path / "ablage"), LAND, [pfad], weg="test")
    assert ergebnis.grund is not None
    assert wort in ergebnis.grund


@pytest.mark.parametrize("befehl", ["pruefen", "lesen"])
def test_die_befehle_sagen_den_grund(fall: tuple[Path, str], befehl: str) -> None:
    pfad, wort = fall
    ergebnis = CliRunner().invoke(gruppe, [befehl, str(pfad)])
    assert ergebnis.exit_code == (1 if pfad.exists() else 2)
    assert wort in ergebnis.output
    assert pfad.name in ergebnis.output


def test_eine_datei_die_nicht_gelesen_werden_darf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def verboten(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    pfad = tmp_path / "a.csv"
    pfad.write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", verboten)
    with pytest.raises(DateiError, match="gelesen werden darf") as fehler:
        lies_datei(pfad)
    assert "Permission" not in str(fehler.value)
