"""Portal and database are killed at seeded moments: what was acknowledged stays, and nothing is half."""

import itertools
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx
import pytest
import sqlalchemy as sa

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import alle_belege, pruefsumme
from assets.lieferbuch.nachtrag import trage_nach
from assets.lieferbuch.tabellen import fassungen
from assets.lieferbuch.verbindung import oeffne
from assets.pruefung.lieferungen import offene, pruefe_alle
from pipeline.portal.rahmen import fassungspfad
from schemas.lieferbuch import EINGEGANGEN
from schemas.pfade import BEISPIELE
from tests.haerte import FAKTOR
from tests.lieferbuch.postgres import STANDHAFT, FehltError, steuerbar
from tests.portal.dienst import LAND, Abgabe, Dienst, laufend, richte_ein, verlange_keine_halben, verlange_quittiertes

TODE, TODE_DER_DATENBANK = 5, 3
SAATEN = range(FAKTOR)
"""Each begins anew: what is looked through after every death must not grow without end."""
JAHR = LAND.berichtsjahre[-1]
LEUTE = 4
DATENSAETZE = ("beratung", "personal", "stellen")
SEKUNDEN = 1.0
"""Within which of the first delivery the end comes; a delivery takes some tenths."""


@dataclass
class Verkehr:
    """What people sent: acknowledged (address of the version -> what), refused for the moment, and never answered."""

    quittiert: dict[str, Abgabe] = field(default_factory=dict)
    vertroestet: list[Abgabe] = field(default_factory=list)
    unbeantwortet: list[Abgabe] = field(default_factory=list)


def _abgaben(mensch: int, zufall: random.Random) -> Iterator[Abgabe]:
    """Files without end, each another; two people share a Meldeeinheit's pages."""
    einheit = LAND.meldeeinheiten[mensch // 2].id
    for nummer in itertools.count():
        datensatz = zufall.choice(DATENSAETZE)
        roh = (BEISPIELE / "v1" / f"{datensatz}_{einheit}_{JAHR}.csv").read_bytes()
        inhalt = roh + b"\n" * nummer + f"{mensch};{zufall.random()}".encode()
        yield Abgabe(Lieferschluessel(datensatz, JAHR, einheit), inhalt)


def _liefere(dienst: Dienst, verkehr: Verkehr, abgabe: Abgabe) -> bool:
    """Sends a file and notes what became of it; whether there was an answer at all."""
    try:
        antwort = dienst.sende(abgabe)
    except httpx.TransportError:
        verkehr.unbeantwortet.append(abgabe)
        return False
    if antwort.status_code == 303:
        verkehr.quittiert[antwort.headers["location"].removesuffix("?bekannt")] = abgabe
    else:
        assert antwort.status_code == 503, antwort.text
        assert "Zurzeit nicht erreichbar" in antwort.text
        assert int(antwort.headers["retry-after"]) > 0
        verkehr.vertroestet.append(abgabe)
    return True


@contextmanager
def _betrieb(dienst: Dienst, verkehr: Verkehr, zufall: random.Random) -> Iterator[None]:
    """People deliver without pause until the context ends or nobody answers."""
    fertig = threading.Event()

    def mensch(nummer: int, eigener: random.Random) -> None:
        for abgabe in _abgaben(nummer, eigener):
            if fertig.is_set() or not _liefere(dienst, verkehr, abgabe):
                return

    with ThreadPoolExecutor(LEUTE) as pool:
        menschen = [pool.submit(mensch, n, random.Random(zufall.random())) for n in range(LEUTE)]  # noqa: S311  # seeded on purpose
        try:
            yield
        finally:
            fertig.set()
        for einer in menschen:
            einer.result()


def _hole_nach(dienst: Dienst) -> None:
    engine = oeffne(dienst.url)
    trage_nach(engine, dienst.ablage, LAND)
    engine.dispose()


def _sende_wieder(dienst: Dienst, verkehr: Verkehr) -> None:
    """Who got no receipt sends again: a version that was stored already is found, not made twice."""
    gespeichert = {b.sha256: b for bs in alle_belege(dienst.ablage, LAND).values() for b in bs}
    for abgabe in (*verkehr.unbeantwortet, *verkehr.vertroestet):
        antwort = dienst.sende(abgabe)
        assert antwort.status_code == 303, antwort.text
        ort = antwort.headers["location"].removesuffix("?bekannt")
        if beleg := gespeichert.get(pruefsumme(abgabe.inhalt)):
            assert ort == fassungspfad(beleg.schluessel, beleg.version)
        verkehr.quittiert[ort] = abgabe
    verkehr.unbeantwortet.clear()
    verkehr.vertroestet.clear()


def _verlange_alles(dienst: Dienst, verkehr: Verkehr) -> None:
    """At the end, when the pipeline has looked at what nobody checked."""
    list(pruefe_alle(dienst.ablage, LAND, offene(dienst.ablage, LAND)))
    _hole_nach(dienst)
    verlange_quittiertes(dienst, verkehr.quittiert)
    verlange_keine_halben(dienst)
    with dienst.buch() as v:
        ungeprueft = sa.select(sa.func.count()).where(fassungen.c.zustand == EINGEGANGEN)
        assert v.execute(ungeprueft).scalar_one() == 0
    assert dienst.befehl("lieferbuch", "pruefen") == 0


@pytest.mark.haerte
@pytest.mark.parametrize("saat", SAATEN)
def test_das_portal_stirbt_jederzeit_ohne_dass_quittiertes_fehlt(tmp_path: Path, saat: int) -> None:
    dienst, verkehr, zufall = richte_ein(tmp_path), Verkehr(), random.Random(saat)  # noqa: S311  # seeded on purpose
    with laufend(dienst):
        for _ in range(TODE):
            with _betrieb(dienst, verkehr, zufall):
                time.sleep(zufall.uniform(0, SEKUNDEN))
                dienst.toete()
            verlange_quittiertes(dienst, verkehr.quittiert)
            dienst.starte()
            # It has caught up before it answers.
            verlange_keine_halben(dienst)
            _sende_wieder(dienst, verkehr)
    assert verkehr.quittiert
    _verlange_alles(dienst, verkehr)


@pytest.mark.haerte
@pytest.mark.parametrize("saat", SAATEN)
def test_die_datenbank_stirbt_jederzeit_und_das_portal_erholt_sich(tmp_path: Path, saat: int) -> None:
    try:
        with steuerbar(STANDHAFT) as postgres:
            dienst, verkehr, zufall = richte_ein(tmp_path, postgres.url), Verkehr(), random.Random(saat)  # noqa: S311  # seeded
            with laufend(dienst):
                for _ in range(TODE_DER_DATENBANK):
                    with _betrieb(dienst, verkehr, zufall):
                        time.sleep(zufall.uniform(0, SEKUNDEN))
                        postgres.toete()
                        assert dienst.sende(next(_abgaben(0, zufall))).status_code == 503
                        postgres.starte()
                    verlange_quittiertes(dienst, verkehr.quittiert)
                    _sende_wieder(dienst, verkehr)
            assert verkehr.quittiert
            _verlange_alles(dienst, verkehr)
    except FehltError as fehler:
        pytest.skip(f"{fehler} Der Tod der Datenbank wurde NICHT geprüft.")
