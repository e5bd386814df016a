"""The server in front, set up as the README says: deliveries come through, and slow clients never reach the portal."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest

from schemas.pfade import PROJEKT
from tests.portal.test_grenzen import ist_zu, kopf_einer_abgabe, leitung, verlange_bedienung
from tests.portal.welt import ORT, Welt, baue, beispiel, sende, server, ueber_netz

RAHMEN = """
daemon off; {benutzer} pid {ordner}/pid; error_log {ordner}/fehler;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {ordner}/koerper; proxy_temp_path {ordner}/antwort; fastcgi_temp_path {ordner}/f;
  uwsgi_temp_path {ordner}/u; scgi_temp_path {ordner}/s;
  {inhalt}
}}
"""


def _einstellung(ordner: Path, portal: str, port: int) -> str:
    """What the README says, with other places, without TLS, and with less patience."""
    treffer = re.search(r"```nginx\n(.*?)```", (PROJEKT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert treffer
    inhalt = re.sub(r"ssl_certificate.*?;", "", treffer[1])
    for von, nach in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        ("http://127.0.0.1:8000", portal),
        ("client_header_timeout 20s", "client_header_timeout 1s"),
        ("client_body_timeout 30s", "client_body_timeout 1s"),
    ):
        assert von in inhalt
        inhalt = inhalt.replace(von, nach)
    benutzer = "user root;" if Path.home() == Path("/root") else ""
    return RAHMEN.format(ordner=ordner, benutzer=benutzer, inhalt=inhalt)


@contextmanager
def _davor(ordner: Path, portal: str) -> Iterator[str]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    (ordner / "nginx.conf").write_text(_einstellung(ordner, portal, port), encoding="utf-8")
    with subprocess.Popen(["nginx", "-c", str(ordner / "nginx.conf"), "-e", str(ordner / "fehler")]) as prozess:
        try:
            while True:
                assert prozess.poll() is None, (ordner / "fehler").read_text(encoding="utf-8")
                try:
                    httpx.get(f"http://127.0.0.1:{port}/portal.css")
                except httpx.TransportError:
                    time.sleep(0.05)
                else:
                    break
            yield f"http://127.0.0.1:{port}"
        finally:
            prozess.terminate()


@pytest.fixture
def davor(tmp_path: Path) -> Iterator[tuple[Welt, str]]:
    if not shutil.which("nginx"):
        pytest.skip("Kein nginx (apt-get install nginx-light). Was die README dazu sagt, wurde NICHT geprüft.")
    (tmp_path / "portal").mkdir()
    welt = baue(tmp_path / "portal")
    with server(welt.app, welt.umfeld.grenzen) as portal, _davor(tmp_path, portal) as wurzel:
        yield welt, wurzel


def test_abgaben_kommen_durch(davor: tuple[Welt, str]) -> None:
    welt, wurzel = davor
    with ueber_netz(welt, wurzel, "bea") as bea:
        assert sende(bea, ORT, beispiel()).headers["location"] == f"{ORT}/1"
        gross = sende(bea, ORT, b"x" * 64 * 2**20)
        assert gross.status_code == 413
        assert "möglich sind 64 MB" in gross.text


def test_wer_troepfelt_erreicht_das_portal_nicht(davor: tuple[Welt, str]) -> None:
    welt, wurzel = davor
    with leitung(wurzel) as stumm, leitung(wurzel) as halb:
        stumm.sendall(f"GET /anmelden HTTP/1.1\r\nHost: {urlsplit(wurzel).hostname}\r\n".encode())
        halb.sendall(kopf_einer_abgabe(welt, 10_000))
        verlange_bedienung(wurzel)
        assert welt.umfeld.warteraum.belegt == 0
        assert ist_zu(stumm, b"X-Noch-Einer: 1\r\n")
        assert ist_zu(halb)
    assert welt.umfeld.ablage.liste("eingang", "**/*") == []
