"""Publishing: all or nothing at every step, nothing twice, nothing left lying about."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assets.berichte.ablegen import AKTUELL, BEHALTEN, GROSS, STAENDE, veroeffentliche

ALT = [("index.html", b"alt"), ("assets/bericht.css", b"a{}"), ("kreis.html", b"alt")]
NEU = [("index.html", b"neu"), ("assets/bericht.css", b"b{}"), ("kreis.html", b"neu")]


class Absturz(BaseException):
    """The process is killed here."""


def _inhalt(ordner: Path) -> list[tuple[str, bytes]]:
    dateien = (p for p in ordner.rglob("*") if p.is_file())
    return sorted((p.relative_to(ordner).as_posix(), p.read_bytes()) for p in dateien)


def _reste(ordner: Path) -> list[str]:
    return [p.name for p in ordner.rglob("*") if p.name.endswith(".teil")]


@contextmanager
def _absturz_beim(schritt: int) -> Iterator[None]:
    """Kills before the n-th step that touches the disk."""
    gezaehlt = 0

    def stoere(original: Callable[..., Any]) -> Callable[..., Any]:
        def schrittweise(*a: Any, **k: Any) -> Any:
            nonlocal gezaehlt
            gezaehlt += 1
            if gezaehlt == schritt:
                raise Absturz
            return original(*a, **k)

        return schrittweise

    with pytest.MonkeyPatch.context() as mp:
        for name in ("rename", "replace", "symlink_to", "write_text", "unlink"):
            mp.setattr(Path, name, stoere(getattr(Path, name)))
        mp.setattr(os, "fsync", stoere(os.fsync))
        mp.setattr(shutil, "rmtree", stoere(shutil.rmtree))
        yield


def test_veroeffentlicht_alle_dateien_unter_dem_namen_der_fassung(tmp_path: Path) -> None:
    ordner = veroeffentliche(iter(ALT), tmp_path / "berichte", "intern_land")
    assert ordner == tmp_path / "berichte" / "intern_land"
    assert _inhalt(ordner) == sorted(ALT)
    zeiger = json.loads((tmp_path / "berichte" / AKTUELL).read_text())["intern_land"]
    assert ordner.resolve() == (tmp_path / "berichte" / STAENDE / zeiger["aktuell"]).resolve()


def test_gleicher_inhalt_wird_nicht_noch_einmal_geschrieben(tmp_path: Path) -> None:
    veroeffentliche(ALT, tmp_path, "intern_land")
    vorher = {p: p.stat().st_mtime_ns for p in (tmp_path / STAENDE).rglob("*")}
    veroeffentliche(reversed(ALT), tmp_path, "intern_land")
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / STAENDE).rglob("*")} == vorher


def test_behaelt_die_neuesten_staende_und_andere_fassungen(tmp_path: Path) -> None:
    veroeffentliche(ALT, tmp_path, "intern")
    for n in range(BEHALTEN + 2):
        veroeffentliche([("index.html", str(n).encode())], tmp_path, "intern_land")
    veroeffentliche([("index.html", b"3")], tmp_path, "intern_land")  # an older state becomes current again
    staende = [p for p in (tmp_path / STAENDE).iterdir() if p.name.startswith("intern_land-")]
    assert sorted(_inhalt(p)[0][1] for p in staende) == [b"2", b"3", b"4"]
    assert _inhalt(tmp_path / "intern_land") == [("index.html", b"3")]
    assert _inhalt(tmp_path / "intern") == sorted(ALT)


def test_ein_absturz_an_jeder_stelle_laesst_alt_oder_neu_ganz(tmp_path: Path) -> None:
    schritt = 0
    while True:
        schritt += 1
        ordner = tmp_path / str(schritt)
        for n in range(BEHALTEN):
            veroeffentliche([("index.html", str(n).encode())], ordner, "intern_land")
        veroeffentliche(ALT, ordner, "intern_land")
        try:
            with _absturz_beim(schritt):
                veroeffentliche(NEU, ordner, "intern_land")
        except Absturz:
            assert _inhalt(ordner / "intern_land") in (sorted(ALT), sorted(NEU))
            zeiger = json.loads((ordner / AKTUELL).read_text())["intern_land"]["aktuell"]
            assert _inhalt(ordner / STAENDE / zeiger) in (sorted(ALT), sorted(NEU))
            veroeffentliche(NEU, ordner, "intern_land")
            assert _inhalt(ordner / "intern_land") == sorted(NEU)
            assert _reste(ordner) == []
            assert len(list((ordner / STAENDE).iterdir())) == BEHALTEN
        else:
            break
    assert schritt > len(NEU) + 5


def test_ein_halb_geloeschter_stand_gilt_nie_als_ganzer(tmp_path: Path) -> None:
    """Removing an old state is cut off halfway; publishing the same content again must not reuse the torso."""
    erster = [("a.html", b"1"), ("b.html", b"1")]
    veroeffentliche(erster, tmp_path, "intern_land")
    for n in range(BEHALTEN - 1):
        veroeffentliche([("index.html", str(n).encode())], tmp_path, "intern_land")

    def halb(ordner: Path) -> None:
        (ordner / "a.html").unlink()
        raise Absturz

    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(shutil, "rmtree", halb)
        with pytest.raises(Absturz):
            veroeffentliche(ALT, tmp_path, "intern_land")
    veroeffentliche(erster, tmp_path, "intern_land")
    assert _inhalt(tmp_path / "intern_land") == sorted(erster)


@pytest.mark.parametrize("edition", ["", "../x", "Intern", "a-b", ".x"])
def test_namen_die_keine_fassung_sind(tmp_path: Path, edition: str) -> None:
    with pytest.raises(ValueError, match="kein Name"):
        veroeffentliche(ALT, tmp_path, edition)


@pytest.mark.parametrize("pfad", ["../x.html", "/x.html", "a/../../x.html"])
def test_pfade_die_hinausfuehren(tmp_path: Path, pfad: str) -> None:
    with pytest.raises(ValueError, match="hinaus"):
        veroeffentliche([(pfad, b"")], tmp_path, "intern_land")
    assert list(tmp_path.iterdir()) == []


def test_grosse_dateien_liegen_einmal_fuer_alle_die_sie_gleich_haben(tmp_path: Path) -> None:
    def lege_ab(edition: str, inhalt: bytes) -> Path:
        return veroeffentliche([("assets/gross.js", inhalt), ("index.html", edition.encode())], tmp_path, edition)

    eine, gleiche = (lege_ab(e, b"a" * GROSS) / "assets/gross.js" for e in ("eine", "gleiche"))
    andere = lege_ab("andere", b"b" * GROSS) / "assets/gross.js"
    assert eine.samefile(gleiche)
    assert not eine.samefile(andere)
    assert andere.read_bytes() == b"b" * GROSS
    for n in range(BEHALTEN + 1):
        lege_ab("eine", str(n).encode() * GROSS)
    assert gleiche.read_bytes() == b"a" * GROSS
