"""How light pages are: a real browser as slow as a phone asks a local server for each kind of page.

What belongs here: measuring one page, and its figures against the budgets. What does not: which pages there are and
running it in a process of its own (`bench_stufe.py`). Profile and budgets: a phone on 1.6 Mbit/s with 150 ms round
trips and a processor four times slower than this one.
"""

import gzip
import statistics
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from assets.druck.chromium import ChromiumFehltError, finde_chromium

BUDGET: Mapping[str, float] = {
    "anfragen": 6,
    "fcp_ms": 2000,
    "lcp_ms": 2500,
    "cls": 0,
    "tbt_ms": 200,
    "fremde_anfragen": 0,
}
GROESSEN: Mapping[str, Mapping[str, float]] = {
    "kreis": {"roh_kb": 750, "gzip_kb": 90},
    "land": {"gzip_kb": 120},
    "stil_und_skript": {"gzip_kb": 60},
}
"""In kB of 1000 bytes. The 40 kB once set for the Land were for a table and three charts; it has all of them now."""
RUNDEN = 3
_MBIT = 1_600_000 / 8
_BEOBACHTE = """
window.gemessen = {fcp: 0, lcp: 0, cls: 0, tbt: 0};
const sieh = (art, nimm) =>
  new PerformanceObserver(l => l.getEntries().forEach(nimm)).observe({type: art, buffered: true});
sieh("paint", e => { if (e.name === "first-contentful-paint") gemessen.fcp = e.startTime; });
sieh("largest-contentful-paint", e => { gemessen.lcp = e.startTime; });
sieh("layout-shift", e => { if (!e.hadRecentInput) gemessen.cls += e.value; });
sieh("longtask", e => { gemessen.tbt += Math.max(0, e.duration - 50); });
"""
_LIES = """() => ({
  fcp_ms: gemessen.fcp, lcp_ms: gemessen.lcp, cls: gemessen.cls, tbt_ms: gemessen.tbt,
  knoten: document.querySelectorAll("*").length,
})"""


class _Gepackt(SimpleHTTPRequestHandler):
    """Serves a folder as servers of the public do: packed."""

    def do_GET(self) -> None:
        """Sends a file packed with gzip."""
        pfad = Path(self.translate_path(self.path))
        if not pfad.is_file():
            self.send_error(404)
            return
        inhalt = gzip.compress(pfad.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(pfad)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(inhalt)))
        self.end_headers()
        self.wfile.write(inhalt)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by the base class
        """Says nothing."""


def messe(ordner: Path, seiten: Mapping[str, str]) -> dict[str, Any]:
    """Medians of some visits per kind of page, and sizes of files, each with its budget.

    Args:
        ordner: an edition.
        seiten: kind -> name of the page; `kreis` and `land` are among the kinds.
    """
    try:
        chromium = finde_chromium()
    except ChromiumFehltError as fehler:
        return {"fehlt": str(fehler)}
    with _server(ordner) as wurzel, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        besuche = {art: [_besuche(browser, wurzel, n) for _ in range(RUNDEN)] for art, n in seiten.items()}
        browser.close()
    return {
        "geladen": {art: {"seite": seiten[art], **_urteile(_median(werte), BUDGET)} for art, werte in besuche.items()},
        "groessen": _groessen(ordner, seiten),
    }


@contextmanager
def _server(ordner: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Gepackt, directory=str(ordner))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _besuche(browser: Browser, wurzel: str, name: str) -> dict[str, float]:
    """One visit with an empty cache, until nothing more comes."""
    kontext = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    seite = kontext.new_page()
    sitzung = kontext.new_cdp_session(seite)
    bytes_, anfragen = _hoere(sitzung, seite)
    sitzung.send("Network.enable")
    strecke = {"offline": False, "latency": 150, "downloadThroughput": _MBIT, "uploadThroughput": _MBIT}
    sitzung.send("Network.emulateNetworkConditions", strecke)
    sitzung.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seite.add_init_script(_BEOBACHTE)
    seite.goto(wurzel + name, wait_until="networkidle", timeout=120_000)
    werte = _warte_auf_bild(seite)
    kontext.close()
    eigene = [a for a in anfragen if a.startswith(wurzel)]
    return werte | {
        "anfragen": len(eigene),
        "fremde_anfragen": len(anfragen) - len(eigene),
        "uebertragen_kb": sum(bytes_) / 1000,
    }


def _warte_auf_bild(seite: Page) -> dict[str, float]:
    """Figures once something is to be seen and half a second has passed; a page's policy forbids waiting inside."""
    for _ in range(120):
        seite.wait_for_timeout(500)
        werte: dict[str, float] = seite.evaluate(_LIES)
        if werte["fcp_ms"] and werte["lcp_ms"]:
            return werte
    raise RuntimeError(f"{seite.url} zeigt nach einer Minute nichts.")


def _hoere(sitzung: CDPSession, seite: Page) -> tuple[list[float], list[str]]:
    """Bytes as they came over the line, and addresses asked for."""
    bytes_: list[float] = []
    anfragen: list[str] = []
    sitzung.on("Network.loadingFinished", lambda e: bytes_.append(e["encodedDataLength"]))
    seite.on("request", lambda a: anfragen.append(a.url))
    return bytes_, anfragen


def _median(besuche: list[dict[str, float]]) -> dict[str, float]:
    return {was: round(statistics.median(b[was] for b in besuche), 3) for was in besuche[0]}


def _urteile(werte: Mapping[str, float], budget: Mapping[str, float]) -> dict[str, Any]:
    """Each figure; where there is a budget, with it and whether it is kept."""
    return {
        was: {"wert": wert, "budget": budget[was], "ok": wert <= budget[was]} if was in budget else wert
        for was, wert in werte.items()
    }


def _groessen(ordner: Path, seiten: Mapping[str, str]) -> dict[str, Any]:
    dateien = {art: [seiten[art]] for art in ("kreis", "land")}
    dateien["stil_und_skript"] = ["assets/anfang.css", "assets/bericht.css", "assets/bericht.js"]
    ergebnis = {}
    for art, namen in dateien.items():
        inhalte = [(ordner / n).read_bytes() for n in namen]
        roh, gepackt = sum(map(len, inhalte)), sum(len(gzip.compress(i, 9)) for i in inhalte)
        ergebnis[art] = _urteile({"roh_kb": roh / 1000, "gzip_kb": gepackt / 1000}, GROESSEN[art])
    ergebnis["auf_wunsch"] = {
        n: {"roh_kb": len(i) / 1000, "gzip_kb": len(gzip.compress(i, 9)) / 1000}
        for n, i in ((n, (ordner / n).read_bytes()) for n in ("assets/plotly.min.js", "assets/erkunden.js"))
    }
    return ergebnis
