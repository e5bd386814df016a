"""Disks that are full: a clear answer, nothing half, pages go on, and all is well once there is room again."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest
import sqlalchemy as sa

from assets.ablage import Ablage, ist_voll
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import alle_belege
from schemas.pfade import BEISPIELE
from tests.portal.dienst import LAND, Abgabe, Dienst, laufend, richte_ein, verlange_keine_halben, verlange_quittiertes

JAHR = LAND.berichtsjahre[-1]
EINHEIT = LAND.meldeeinheiten[0].id
MB = 2**20


@contextmanager
def platte(ort: Path, megabyte: int) -> Iterator[Path]:
    """A small disk of its own; skips, and says so, where none can be had."""
    ort.mkdir(parents=True)
    befehl = ["mount", "-t", "tmpfs", "-o", f"size={megabyte}m", "tmpfs", str(ort)]
    if os.geteuid() != 0 or subprocess.run(befehl, check=False, capture_output=True).returncode:
        pytest.skip("Ohne root gibt es keine kleine Platte; volle Platten wurden NICHT geprüft.")
    try:
        yield ort
    finally:
        subprocess.run(["umount", "--lazy", str(ort)], check=True)


def _fuelle(datei: Path) -> None:
    with datei.open("wb", buffering=0) as offen:
        while True:
            offen.write(b"\0" * 4096)


@contextmanager
def voll(ort: Path) -> Iterator[None]:
    """Leaves no byte free on the disk until the context ends."""
    fueller = ort / "fueller"
    with pytest.raises(OSError, match="No space left"):
        _fuelle(fueller)
    try:
        yield
    finally:
        fueller.unlink()


@pytest.fixture(scope="module")
def dienst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    """A portal with a disk for what it stores, one for its database and one for large forms."""
    ordner = tmp_path_factory.mktemp("platten")
    with ExitStack() as stapel:
        for name, megabyte in (("arbeit", 12), ("buch", 6), ("spule", 4)):
            stapel.enter_context(platte(ordner / name, megabyte))
        url = sa.URL.create("sqlite", database=str(ordner / "buch" / "buch.sqlite"))
        dienst = richte_ein(ordner, url)
        dienst.umgebung = {"TMPDIR": str(ordner / "spule"), "TEILHABE_DAGSTER": str(ordner / "dagster")}
        yield stapel.enter_context(laufend(dienst))


def _abgabe(datensatz: str) -> Abgabe:
    inhalt = (BEISPIELE / "v1" / f"{datensatz}_{EINHEIT}_{JAHR}.csv").read_bytes()
    return Abgabe(Lieferschluessel(datensatz, JAHR, EINHEIT), inhalt)


def _verlange_absage(antwort: httpx.Response) -> None:
    assert antwort.status_code == 507
    assert "kein Platz mehr" in antwort.text
    assert "Nichts davon gilt als abgegeben" in antwort.text


def _verlange_bedienung(dienst: Dienst) -> None:
    with dienst.person(EINHEIT) as person:
        for seite in (f"/kreis/{EINHEIT}", f"/kreis/{EINHEIT}/{JAHR}", f"/kreis/{EINHEIT}/{JAHR}/beratung"):
            assert person.get(seite).status_code == 200


@pytest.mark.parametrize(("wo", "datensatz"), [("arbeit", "beratung"), ("buch", "personal")])
def test_ohne_platz_wird_nichts_angenommen_und_danach_alles(dienst: Dienst, wo: str, datensatz: str) -> None:
    abgabe = _abgabe(datensatz)
    with voll(dienst.ordner / wo):
        _verlange_absage(dienst.sende(abgabe))
        _verlange_bedienung(dienst)
        # A book without room is behind, the Ablage is not.
        assert (abgabe.schluessel in alle_belege(dienst.ablage, LAND)) == (wo == "buch")
    assert not dienst.ablage.liste("", "**/.*.teil")
    antwort = dienst.sende(abgabe)
    assert antwort.status_code == 303
    assert antwort.headers["location"].startswith(f"{abgabe.seite}/1")
    verlange_quittiertes(dienst, {f"{abgabe.seite}/1": abgabe})
    verlange_keine_halben(dienst)


def test_ohne_platz_fuer_grosse_formulare_wird_nichts_angenommen(dienst: Dienst) -> None:
    gross = Abgabe(_abgabe("stellen").schluessel, _abgabe("stellen").inhalt + b"\n" * 2 * MB)
    with voll(dienst.ordner / "spule"):
        _verlange_absage(dienst.sende(gross))
        _verlange_bedienung(dienst)
        assert gross.schluessel not in alle_belege(dienst.ablage, LAND)
    assert dienst.sende(gross).status_code == 303
    verlange_keine_halben(dienst)


def test_eine_datei_die_nicht_passt_laesst_nichts_von_sich_zurueck(tmp_path: Path) -> None:
    with platte(tmp_path / "p", 1) as ort:
        ablage = Ablage(ort)
        for schreibe in (ablage.schreibe, ablage.lege_an):
            with pytest.raises(OSError, match="No space left") as fehler:
                schreibe("x/y.csv", b"x" * 2 * MB)
            assert ist_voll(fehler.value)
        assert [p for p in ort.rglob("*") if p.is_file()] == []
        assert ablage.lege_an("x/y.csv", b"x" * (MB // 2))
