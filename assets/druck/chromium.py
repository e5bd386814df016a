"""A Chromium that prints pages: where it is found, its start, and the few commands it is given.

What belongs here: talking to the browser over its DevTools pipe, which needs no port, no driver and no package. What
does not: which pages are printed (`bilden.py`) and what is done to the PDF afterwards (`nachbearbeiten.py`).
"""

import base64
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

UMGEBUNG = "TEILHABE_CHROMIUM"
"""Environment variable that names the program, where it is not on the PATH under one of `NAMEN`."""
NAMEN = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell first: it draws the same pages without the windows of a whole browser, in a fraction of the time."""
FRIST = 180
"""Seconds a single command may take, on a slow and busy machine."""
_BLICK = 0.02
"""Seconds between two looks at a page that is loading."""

_SCHALTER = (
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    # Pages are printed from a folder: nothing may leave the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
_UMGELEITET = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null'
"""The browser listens on 3 and answers on 4; a pipe of `subprocess` is 0 and 1."""
_DRUCK = {
    "preferCSSPageSize": True,
    "generateTaggedPDF": True,
    "generateDocumentOutline": True,
}
_ANGABEN = """({
    titel: document.title,
    sprache: document.documentElement.lang,
    tag: document.querySelector("meta[name='dcterms.modified']")?.content ?? "",
    verweise: [...document.links].map(
        a => [a.href.split("#")[0] === location.href ? a.hash : a.href, a.textContent]
    ),
})"""


class ChromiumFehltError(RuntimeError):
    """There is no Chromium on this machine; the message says how to get one."""


class DruckError(RuntimeError):
    """Chromium is there, but did not print; the message says what it answered."""


def finde_chromium() -> str:
    """Path of the program: `TEILHABE_CHROMIUM`, else the first of `NAMEN` on the PATH.

    Raises:
        ChromiumFehltError: there is none, or the variable names no program.
    """
    if genannt := os.environ.get(UMGEBUNG):
        if gefunden := shutil.which(genannt):
            return gefunden
        raise ChromiumFehltError(f"{UMGEBUNG} nennt „{genannt}“; das ist kein ausführbares Programm.")
    for name in NAMEN:
        if gefunden := shutil.which(name):
            return gefunden
    raise ChromiumFehltError(
        "Zum Drucken fehlt Chromium. Unter Debian: apt-get install chromium-headless-shell. Liegt es woanders, nennt "
        f"die Umgebungsvariable {UMGEBUNG} das Programm. Die Berichte selbst (HTML) sind davon nicht betroffen."
    )


@dataclass(frozen=True, slots=True)
class Gedruckt:
    """A page as PDF, and what only the page knows: its title, language, day of the data (ISO or empty), its links.

    `verweise` maps where links lead (a whole address, or `#id` in the page itself) to the text of the first of them.
    """

    pdf: bytes
    titel: str
    sprache: str
    tag: str
    verweise: Mapping[str, str]


class Chromium:
    """A running browser with one tab; a context manager. Not for use by several threads at once."""

    def __init__(self, programm: str) -> None:
        self._programm = programm
        self._nummer = 0
        self._rest = b""
        self._sitzung = ""

    def __enter__(self) -> Self:
        self._profil = tempfile.TemporaryDirectory(prefix="teilhabe-druck-", ignore_cleanup_errors=True)
        schalter = [*_SCHALTER, f"--user-data-dir={self._profil.name}"]
        if os.geteuid() == 0:
            schalter.append("--no-sandbox")  # Chromium refuses to start as root with its sandbox.
        self._prozess = subprocess.Popen(  # noqa: S603  # the operator's own browser, without any input of others
            ["/bin/sh", "-c", _UMGELEITET, self._programm, *schalter],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        try:
            ziel = self._rufe("Target.createTarget", url="about:blank")["targetId"]
            self._sitzung = self._rufe("Target.attachToTarget", targetId=ziel, flatten=True)["sessionId"]
            # Pages are complete without their scripts, and what is printed must depend on page and style sheet alone.
            self._rufe("Emulation.setScriptExecutionDisabled", value=True)
        except BaseException:
            self._beende()
            raise
        return self

    def __exit__(
        self, art: type[BaseException] | None, fehler: BaseException | None, spur: TracebackType | None
    ) -> None:
        self._beende()

    def drucke(self, seite: Path) -> Gedruckt:
        """The page as tagged PDF with bookmarks, as its own style sheet wants it printed.

        Raises:
            DruckError: the page cannot be opened, or the browser fails or takes longer than `FRIST`.
        """
        adresse = seite.resolve().as_uri()
        geladen = self._rufe("Page.navigate", url=adresse)
        if "errorText" in geladen:
            raise DruckError(f"{seite.name} lässt sich nicht öffnen: {geladen['errorText']}")
        bis = time.monotonic() + FRIST
        while self._lage() != [adresse, "complete"]:
            if time.monotonic() > bis:
                raise DruckError(f"{seite.name} ist nach {FRIST} Sekunden nicht fertig geladen.")
            time.sleep(_BLICK)
        angaben = self._frage(_ANGABEN)
        pdf = base64.b64decode(self._rufe("Page.printToPDF", **_DRUCK)["data"])
        # Of several links to one place the first names it.
        verweise = {ziel: " ".join(text.split()) for ziel, text in reversed(angaben.pop("verweise"))}
        return Gedruckt(pdf=pdf, verweise=verweise, **angaben)

    def _lage(self) -> object:
        """Address of the document and how far it is loaded. Asked for again and again, because events can be missed."""
        return self._frage("[location.href, document.readyState]")

    def _frage(self, ausdruck: str) -> Any:  # noqa: ANN401  # whatever JSON the page answers
        """The value of an expression in the page."""
        return self._rufe("Runtime.evaluate", expression=ausdruck, returnByValue=True)["result"].get("value")

    def _rufe(self, befehl: str, **angaben: object) -> dict[str, Any]:
        self._nummer += 1
        botschaft: dict[str, Any] = {"id": self._nummer, "method": befehl, "params": angaben}
        if self._sitzung:
            botschaft["sessionId"] = self._sitzung
        assert self._prozess.stdin is not None  # noqa: S101  # a pipe was asked for
        try:
            self._prozess.stdin.write(json.dumps(botschaft).encode() + b"\0")
        except OSError as fehler:
            raise DruckError(f"Chromium ({self._programm}) ließ sich nicht starten oder ist abgestürzt.") from fehler
        antwort = self._antwort(self._nummer)
        if "error" in antwort:
            raise DruckError(f"Chromium kann „{befehl}“ nicht ausführen: {antwort['error'].get('message')}")
        ergebnis: dict[str, Any] = antwort["result"]
        return ergebnis

    def _antwort(self, nummer: int) -> dict[str, Any]:
        """The message with this number; what comes in between are events nobody waits for."""
        bis = time.monotonic() + FRIST
        while (botschaft := self._lies(bis)).get("id") != nummer:
            pass
        return botschaft

    def _lies(self, bis: float) -> dict[str, Any]:
        assert self._prozess.stdout is not None  # noqa: S101  # a pipe was asked for
        kanal = self._prozess.stdout.fileno()
        stuecke = [self._rest]
        while b"\0" not in stuecke[-1]:
            bereit, _, _ = select.select([kanal], [], [], max(0.0, bis - time.monotonic()))
            if not bereit:
                raise DruckError(f"Chromium hat {FRIST} Sekunden lang nicht geantwortet.")
            stueck = os.read(kanal, 1 << 20)
            if not stueck:
                raise DruckError(f"Chromium ({self._programm}) ließ sich nicht starten oder ist abgestürzt.")
            stuecke.append(stueck)
        botschaft, _, self._rest = b"".join(stuecke).partition(b"\0")
        daten: dict[str, Any] = json.loads(botschaft)
        return daten

    def _beende(self) -> None:
        """Ends the browser with all its children; the profile is thrown away, so nothing needs an orderly end."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._prozess.pid, signal.SIGKILL)
        self._prozess.wait()
        for kanal in (self._prozess.stdin, self._prozess.stdout):
            if kanal is not None:
                kanal.close()
        self._profil.cleanup()
