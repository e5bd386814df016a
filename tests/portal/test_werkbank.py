"""Pages that read files are made in another process: they say the same, and what goes wrong there is said here."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assets.eingang.empfang import pruefsumme
from pipeline.portal.api_rahmen import PFAD
from pipeline.portal.grenzen import Grenzen, VollError
from pipeline.portal.werkbank import AbsturzError, Werkbank
from tests.portal.schwere_arbeit import ohne_ende, panik
from tests.portal.welt import DATENSATZ, JAHR, KREIS, ORT, Welt, baue, beispiel, leere_vorlage, sende

SCHLECHT = beispiel().replace(b"2025;", b"20x5;", 1)
LIEFERUNG = f"{PFAD}/lieferungen/{KREIS}/{JAHR}/{DATENSATZ}"


@pytest.fixture(scope="module")
def welt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Welt]:
    """A portal with a process of its own."""
    werkbank = Werkbank(1, Grenzen().arbeit)
    yield baue(tmp_path_factory.mktemp("portal"), werkbank=werkbank)
    with werkbank.vorgewaermt(print):
        pass


@pytest.mark.parametrize(
    ("inhalt", "aktion"),
    [(SCHLECHT, "pruefen"), (beispiel(), "pruefen"), (leere_vorlage(), "abgeben"), (beispiel(), "loeschen")],
)
def test_was_in_einem_anderen_prozess_entsteht_ist_dasselbe(
    welt: Welt, tmp_path: Path, inhalt: bytes, aktion: str
) -> None:
    dort, hier = (sende(w.als("bea"), ORT, inhalt, aktion=aktion) for w in (welt, baue(tmp_path)))
    assert dort.status_code == hier.status_code
    assert _ohne_marke(dort.text) == _ohne_marke(hier.text)
    assert dort.headers["content-type"] == hier.headers["content-type"]


def _ohne_marke(seite: str) -> list[str]:
    return [zeile for zeile in seite.splitlines() if 'name="marke"' not in zeile]


def test_eine_lieferung_geht_ihren_ganzen_weg(welt: Welt) -> None:
    bea = welt.als("bea")
    assert sende(bea, ORT, SCHLECHT, aktion="markieren").content.startswith(b"PK")
    assert sende(bea, ORT, SCHLECHT).headers["location"] == f"{ORT}/1"
    name = f"{DATENSATZ}_{KREIS}_{JAHR}.csv"
    assert sende(bea, f"/kreis/{KREIS}/{JAHR}", beispiel(), name=name).headers["location"] == f"{ORT}/2"
    assert "zurückgewiesen" in bea.get(f"{ORT}/1").text
    assert bea.get(f"{ORT}/2/datei").content == beispiel()


def test_auch_programme_werden_dort_bedient(welt: Welt) -> None:
    programm, inhalt = welt.programm("bea"), beispiel() + b"\n"
    assert programm.put(LIEFERUNG, content=inhalt).status_code == 201
    eingereicht = programm.post(f"{LIEFERUNG}/einreichen", json={"sha256": pruefsumme(inhalt)})
    assert eingereicht.status_code == 201
    fehler = programm.post(f"{LIEFERUNG}/einreichen", json={"sha256": "0" * 64})
    assert (fehler.status_code, fehler.headers["content-type"]) == (409, "application/problem+json")


def test_ein_land_das_dort_ein_anderes_waere_wird_nicht_verwechselt(welt: Welt) -> None:
    umfeld = replace(welt.umfeld, land=replace(welt.umfeld.land, indikatoren=()), grenzen=Grenzen())
    with pytest.raises(TypeError, match="hinterlegte Länder"):
        umfeld.__reduce__()


async def _tue(bank: Werkbank, tat: Callable[..., object], *args: object) -> object:
    async with bank.platz(warten=1) as tue:
        return await tue(tat, *args)


@pytest.mark.parametrize(("tat", "frist"), [(ohne_ende, 1), (panik, 60), (os._exit, 60)])
def test_was_zu_keinem_ende_kommt_oder_abstuerzt_nimmt_nichts_anderes_mit(
    tat: Callable[..., object], frist: int
) -> None:
    bank = Werkbank(1, frist)
    with bank.vorgewaermt(os.getpid):
        with pytest.raises(AbsturzError):
            asyncio.run(_tue(bank, tat, *((1,) if tat is os._exit else ())))
        assert asyncio.run(_tue(bank, sum, (1, 2))) == 3


def test_was_in_der_zeit_fertig_wird_hat_danach_wieder_alle_zeit() -> None:
    bank = Werkbank(1, 2)
    with bank.vorgewaermt(os.getpid):
        erster = asyncio.run(_tue(bank, os.getpid))
        time.sleep(2.5)
        assert asyncio.run(_tue(bank, os.getpid)) == erster


def test_wer_nur_etwas_sehen_will_steht_nicht_hinter_abgaben_an() -> None:
    async def beide(bank: Werkbank) -> object:
        async with bank.platz(warten=1):
            with pytest.raises(VollError):
                await asyncio.create_task(_tue(bank, os.getpid))
            async with bank.platz(warten=1, ansicht=True) as zeige:
                return await zeige(sum, (1, 2))

    bank = Werkbank(1, 60)
    with bank.vorgewaermt(os.getpid):
        assert asyncio.run(beide(bank)) == 3
