"""Clients that dawdle, say nothing, break off or are too many: they are let go, and all others are answered."""

import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest

from pipeline.portal.grenzen import Grenzen
from pipeline.portal.sitzung import COOKIE
from tests.portal.welt import DATENSATZ, JAHR, KREIS, ORT, Welt, baue, beispiel, eigene_marke, sende, server, ueber_netz

KURZ = 0.6
BauePortal = Callable[[Grenzen], tuple[Welt, str]]


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[BauePortal]:
    """Serves a new portal with limits small enough to be met."""
    offen = []

    def starte(grenzen: Grenzen) -> tuple[Welt, str]:
        welt = baue(tmp_path, grenzen=grenzen)
        laufend = server(welt.app, grenzen)
        offen.append(laufend)
        return welt, laufend.__enter__()

    yield starte
    for laufend in offen:
        laufend.__exit__(None, None, None)


@contextmanager
def leitung(wurzel: str) -> Iterator[socket.socket]:
    """A connection on which a test can send what it wants."""
    teile = urlsplit(wurzel)
    with socket.create_connection((teile.hostname, teile.port), timeout=60) as verbindung:
        yield verbindung


def ist_zu(verbindung: socket.socket, troepfle: bytes = b"") -> bool:
    """Whether the server closes the connection in the end, while something is sent now and then."""
    verbindung.settimeout(0.1)
    while True:
        try:
            if troepfle:
                verbindung.sendall(troepfle)
            if verbindung.recv(65536) == b"":
                return True
        except TimeoutError:
            continue
        except (ConnectionResetError, BrokenPipeError):
            return True


def antwort_auf(verbindung: socket.socket) -> str:
    """All that comes until the head of an answer and some of its page are there."""
    verbindung.settimeout(60)
    alles = b""
    while b"</html>" not in alles and (stueck := verbindung.recv(65536)):
        alles += stueck
    return alles.decode()


def kopf_einer_abgabe(welt: Welt, laenge: int, kennung: str = "bea") -> bytes:
    """The headers of a form with a file, of somebody who is signed in."""
    cookie = welt.als(kennung).cookies[COOKIE]
    return (
        f"POST {ORT} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {COOKIE}={cookie}\r\nContent-Length: {laenge}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        'Content-Disposition: form-data; name="datei"; filename="a.csv"\r\n\r\n'
    ).encode()


def verlange_bedienung(wurzel: str) -> None:
    assert httpx.get(f"{wurzel}/anmelden", timeout=60).status_code == 200


@pytest.mark.parametrize("troepfle", [b"", b"X-Noch-Einer: 1\r\n"], ids=["stumm", "tropfend"])
def test_wer_keine_ganze_anfrage_zustande_bringt_wird_getrennt(portal: BauePortal, troepfle: bytes) -> None:
    _, wurzel = portal(Grenzen(kopf=KURZ))
    with leitung(wurzel) as verbindung:
        verbindung.sendall(b"GET /anmelden HTTP/1.1\r\nHost: 127.0.0.1\r\n" if troepfle else b"")
        verlange_bedienung(wurzel)
        assert ist_zu(verbindung, troepfle)


@pytest.mark.parametrize(
    ("grenzen", "troepfle"),
    [(Grenzen(kopf=KURZ, stille=KURZ), b""), (Grenzen(kopf=KURZ, formular=2 * KURZ), b"x")],
    ids=["stumm", "tropfend"],
)
def test_wer_ein_formular_nicht_zu_ende_sendet_bekommt_es_gesagt_und_wird_getrennt(
    portal: BauePortal, grenzen: Grenzen, troepfle: bytes
) -> None:
    welt, wurzel = portal(grenzen)
    # Before the connection is there: signing in may take longer than a connection may wait for its headers.
    kopf = kopf_einer_abgabe(welt, 10_000)
    with leitung(wurzel) as verbindung:
        verbindung.sendall(kopf)
        verlange_bedienung(wurzel)
        if troepfle:
            for _ in range(5):
                verbindung.sendall(troepfle)
                time.sleep(0.1)
        antwort = antwort_auf(verbindung)
        assert antwort.startswith("HTTP/1.1 408")
        assert "zu lange gedauert" in antwort
        assert ist_zu(verbindung, troepfle)
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []


def test_wer_antworten_nicht_abholt_wird_getrennt(portal: BauePortal) -> None:
    _, wurzel = portal(Grenzen(kopf=KURZ))
    with leitung(wurzel) as verbindung:
        verbindung.setblocking(False)
        anfrage = b"GET /portal.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 500
        while _nimmt_an(verbindung, anfrage):
            pass
        verlange_bedienung(wurzel)


def test_wer_lange_liest_behaelt_seine_verbindung(portal: BauePortal) -> None:
    """Taking an answer slowly is no reason to let go of somebody."""
    welt, wurzel = portal(Grenzen(kopf=KURZ))
    with ueber_netz(welt, wurzel, "bea") as bea, bea.stream("GET", "/handbuch/index.html") as antwort:
        teile = []
        for teil in antwort.iter_raw(4096):
            teile.append(teil)
            time.sleep(KURZ / 40)
    assert len(b"".join(teile)) == int(antwort.headers["content-length"])


def test_sind_zu_viele_abgaben_unterwegs_wird_vertroestet_aber_nicht_jeder(portal: BauePortal) -> None:
    welt, wurzel = portal(Grenzen(plaetze=2))
    with ueber_netz(welt, wurzel, "bea") as bea, ueber_netz(welt, wurzel, "stelle") as stelle:
        with leitung(wurzel) as verbindung:
            verbindung.sendall(kopf_einer_abgabe(welt, 10_000))
            _warte(lambda: welt.umfeld.warteraum.belegt == 1)
            zweite = sende(bea, ORT, beispiel())
            assert zweite.status_code == 503
            assert int(zweite.headers["retry-after"]) > 0
            assert "nichts angenommen" in zweite.text
            # One person gets half of the places at most.
            assert sende(stelle, ORT, beispiel()).status_code == 303
        _warte(lambda: welt.umfeld.warteraum.belegt == 0)
        assert sende(bea, ORT, beispiel()).status_code == 303


def test_angekuendigte_groesse_zaehlt_schon_bevor_sie_da_ist(portal: BauePortal) -> None:
    welt, wurzel = portal(Grenzen(bytes=100_000))
    with ueber_netz(welt, wurzel, "bea") as bea:
        assert sende(bea, ORT, beispiel() + b"\n" * 50_000).status_code == 503
        assert sende(bea, ORT, beispiel()).status_code == 303


def test_wer_zu_lange_warten_muesste_wird_vertroestet(portal: BauePortal) -> None:
    welt, wurzel = portal(Grenzen(warten=0))
    with ueber_netz(welt, wurzel, "bea") as bea:
        antwort = sende(bea, ORT, beispiel())
    assert antwort.status_code == 503
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []


def test_zu_viele_verbindungen_werden_abgewiesen_und_danach_geht_es_wieder(portal: BauePortal) -> None:
    _, wurzel = portal(Grenzen(verbindungen=2))
    with leitung(wurzel), leitung(wurzel), leitung(wurzel) as dritte:
        assert dritte.recv(4096).startswith(b"HTTP/1.1 503")
    _warte(lambda: httpx.get(f"{wurzel}/anmelden").status_code == 200)


def test_eine_abgebrochene_abgabe_hinterlaesst_keine_datei(
    portal: BauePortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spule = tmp_path / "spule"
    spule.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spule))
    welt, wurzel = portal(Grenzen())
    with leitung(wurzel) as verbindung:
        verbindung.sendall(kopf_einer_abgabe(welt, 10 * 2**20) + b"x" * 3 * 2**20)
        _warte(lambda: bool(_offene_in(spule)))
    _warte(lambda: welt.umfeld.warteraum.belegt == 0)
    _warte(lambda: not _offene_in(spule))
    assert list(spule.iterdir()) == []
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []


def _offene_in(ordner: Path) -> list[str]:
    """Files in a folder this process holds open, also those without a name."""
    ziele = []
    for eintrag in Path("/proc/self/fd").iterdir():
        try:
            ziele.append(str(eintrag.readlink()))
        except FileNotFoundError:
            continue
    return [z for z in ziele if z.startswith(str(ordner) + os.sep)]


# Starlette forgets to close the file that has no end; Python does it, and says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("fehlende", [2, 10, 500], ids=["ein-strich", "trenner", "inhalt"])
def test_ein_formular_ohne_ende_ist_keine_abgabe_auch_nicht_von_dem_was_ganz_ist(
    portal: BauePortal, fehlende: int
) -> None:
    """Whatever lies between browser and portal may cut off; what is left looks like a form with one file less."""
    welt, wurzel = portal(Grenzen())
    ort = f"/kreis/{KREIS}/{JAHR}"
    with ueber_netz(welt, wurzel, "bea") as bea:
        felder = {"marke": eigene_marke(bea), "aktion": "abgeben"}
        namen = [f"{d}_{KREIS}_{JAHR}.csv" for d in (DATENSATZ, "personal")]
        dateien = [("datei", (name, beispiel(datensatz=name.split("_")[0]))) for name in namen]
        anfrage = bea.build_request("POST", ort, data=felder, files=dateien)
        ganz = anfrage.read().rstrip()
        kopf = {"Content-Type": anfrage.headers["content-type"]}
        antwort = bea.post(ort, content=ganz[:-fehlende], headers=kopf)
        assert antwort.status_code == 400
        assert "nicht vollständig" in antwort.text
        assert welt.umfeld.ablage.liste("eingang", "**/*") == []
        assert bea.post(ort, content=ganz, headers=kopf).status_code in {200, 303}
    assert len(welt.umfeld.ablage.liste("eingang", "**/*.csv")) == len(dateien)


def _nimmt_an(verbindung: socket.socket, anfrage: bytes) -> bool:
    """Whether the server still holds the connection; sends more requests, if it takes any."""
    try:
        verbindung.send(anfrage)
    except BlockingIOError:
        time.sleep(0.05)
    except (ConnectionResetError, BrokenPipeError):
        return False
    return True


def _warte(bis: Callable[[], bool]) -> None:
    while not bis():
        time.sleep(0.02)
