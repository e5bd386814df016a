"""Everybody delivers at the same moment: everything is answered and kept, and pages are shown meanwhile."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import psutil
import pytest

from assets.eingang.dateiname import Lieferschluessel
from pipeline.portal.grenzen import Grenzen
from schemas.pfade import BEISPIELE
from tests.haerte import FAKTOR
from tests.portal.dienst import LAND, Abgabe, Dienst, laufend, richte_ein, verlange_keine_halben, verlange_quittiertes

JAHR = LAND.berichtsjahre[-1]
HOECHSTENS_MB = 1_500
"""Portal and its two processes together; one that only waits has 180."""
NOCH_EINE = Abgabe(Lieferschluessel("beratung", JAHR, LAND.meldeeinheiten[1].id), b"berichtsjahr;x\n2025;y\n")
DATENSAETZE = LAND.datensaetze if FAKTOR > 1 else LAND.datensaetze[:3]
KLEINE = 200 if FAKTOR > 1 else 40


@pytest.fixture(scope="module")
def dienst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dienst]:
    with laufend(richte_ein(tmp_path_factory.mktemp("last"))) as dienst:
        yield dienst


def _beispiele() -> list[Abgabe]:
    return [
        Abgabe(Lieferschluessel(d, JAHR, m.id), pfad.read_bytes())
        for m in LAND.meldeeinheiten
        for d in DATENSAETZE
        if (pfad := BEISPIELE / "v1" / f"{d}_{m.id}_{JAHR}.csv").exists()
    ]


class Beobachter:
    """Somebody who reads pages all the while, and what the processes take of memory."""

    def __init__(self, dienst: Dienst) -> None:
        self._dienst = dienst
        self._fertig = threading.Event()
        self.dauern: list[float] = []
        self.mb = 0.0

    def schaue(self) -> None:
        assert self._dienst.prozess is not None
        portal = psutil.Process(self._dienst.prozess.pid)
        with self._dienst.person(LAND.meldeeinheiten[0].id) as person:
            while not self._fertig.wait(0.05):
                beginn = time.perf_counter()
                assert person.get(f"/kreis/{LAND.meldeeinheiten[0].id}").status_code == 200
                self.dauern.append(time.perf_counter() - beginn)
                bytes_ = sum(p.memory_info().rss for p in (portal, *portal.children()))
                self.mb = max(self.mb, bytes_ / 2**20)

    def __str__(self) -> str:
        d = sorted(self.dauern)
        return f"{len(d)} Seiten, Median {d[len(d) // 2]:.3f} s, 99 % {d[len(d) * 99 // 100]:.3f} s, {self.mb:.0f} MB"


@contextmanager
def beobachtet(dienst: Dienst) -> Iterator[Beobachter]:
    beobachter = Beobachter(dienst)
    with ThreadPoolExecutor(1) as pool:
        blick = pool.submit(beobachter.schaue)
        try:
            yield beobachter
        finally:
            beobachter._fertig.set()
        blick.result()


def _alle_zugleich(dienst: Dienst, abgaben: Sequence[Abgabe]) -> list[httpx.Response]:
    start = threading.Barrier(len(abgaben))

    def sende(abgabe: Abgabe) -> httpx.Response:
        start.wait()
        return dienst.sende(abgabe)

    with ThreadPoolExecutor(len(abgaben)) as pool:
        return list(pool.map(sende, abgaben))


@pytest.mark.haerte
def test_alle_stellen_geben_alles_zugleich_ab(dienst: Dienst) -> None:
    abgaben = _beispiele()
    with beobachtet(dienst) as beobachter:
        antworten = _alle_zugleich(dienst, abgaben)
    assert [a.status_code for a in antworten] == [303] * len(abgaben)
    verlange_quittiertes(dienst, dict(zip([a.headers["location"] for a in antworten], abgaben, strict=True)))
    verlange_keine_halben(dienst)
    assert len(beobachter.dauern) > 10, beobachter
    assert beobachter.mb < HOECHSTENS_MB, beobachter
    assert dienst.befehl("lieferbuch", "pruefen") == 0
    print(f"\n{len(abgaben)} Dateien zugleich: {beobachter}")  # noqa: T201


@pytest.mark.haerte
def test_viele_kleine_dateien_zugleich_zu_einer_lieferung_und_zu_vielen(dienst: Dienst) -> None:
    """Half of them are versions of one delivery by one account, the others of everybody's; every file is another."""
    eine = Lieferschluessel("beratung", JAHR - 1, LAND.meldeeinheiten[0].id)
    orte = [eine if n % 2 else Lieferschluessel("personal", JAHR - 1, _einheit(n)) for n in range(KLEINE)]
    abgaben = [Abgabe(s, f"berichtsjahr;meldeeinheit\n{n};{n}\n".encode()) for n, s in enumerate(orte)]
    with beobachtet(dienst) as beobachter:
        antworten = _alle_zugleich(dienst, abgaben)
    assert [a.status_code for a in antworten] == [303] * len(abgaben)
    assert len({a.headers["location"] for a in antworten}) == len(abgaben)
    verlange_quittiertes(dienst, dict(zip([a.headers["location"] for a in antworten], abgaben, strict=True)))
    verlange_keine_halben(dienst)
    assert beobachter.mb < HOECHSTENS_MB, beobachter
    print(f"\n{len(abgaben)} kleine Dateien zugleich: {beobachter}")  # noqa: T201


def _einheit(n: int) -> str:
    return LAND.meldeeinheiten[n // 2 % len(LAND.meldeeinheiten)].id


def test_stirbt_ein_pruefender_prozess_merkt_es_niemand(dienst: Dienst) -> None:
    vorher = dienst.arbeiter()
    assert len(vorher) == Grenzen().gleichzeitig + 1, "einer mehr, der Seiten zum Ansehen macht"
    for arbeiter in vorher:
        arbeiter.kill()
    assert dienst.sende(NOCH_EINE).status_code == 303
    assert not set(vorher) & set(dienst.arbeiter())


def test_eine_datei_die_jeden_prozess_umbringt_wird_aufgehoben_und_alles_geht_weiter(dienst: Dienst) -> None:
    einheit = LAND.meldeeinheiten[2].id
    schluessel = Lieferschluessel("bevoelkerung", JAHR - 1, einheit)
    roh = (BEISPIELE / "v1" / f"bevoelkerung_14628_{JAHR - 1}.csv").read_bytes()
    gross = roh[:2] + roh[2:] * 60
    fertig = threading.Event()

    def bringe_um() -> None:
        while not fertig.is_set():
            for arbeiter in dienst.arbeiter():
                if arbeiter.cpu_times().user > 0:
                    arbeiter.kill()
            time.sleep(0.3)

    with ThreadPoolExecutor(1) as pool:
        moerder = pool.submit(bringe_um)
        antwort = dienst.sende(Abgabe(schluessel, gross))
        fertig.set()
        moerder.result()
    assert antwort.status_code in {200, 422}
    assert "aufgehoben" in antwort.text or "Eingegangen" in antwort.text
    assert [p for p in dienst.ablage.liste("eingang", "**/*") if _inhalt(dienst, p) == gross]
    verlange_keine_halben(dienst)
    assert dienst.sende(NOCH_EINE).status_code == 303


def _inhalt(dienst: Dienst, pfad: str) -> bytes | None:
    datei = Path(str(dienst.ablage.pfad(pfad)))
    return datei.read_bytes() if datei.is_file() else None
