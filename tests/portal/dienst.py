"""The portal as offices meet it: `teilhabe portal` in processes of its own, which can be killed, and people at it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2 as httpx
import psutil
import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import alle_belege, pruefsumme
from assets.lieferbuch.abgleich import widersprueche
from assets.lieferbuch.anmeldung import beginne_sitzung
from assets.lieferbuch.kette import pruefe_kette
from assets.lieferbuch.migration import migriere
from assets.lieferbuch.rechte import lege_person_an, vergib
from assets.lieferbuch.tabellen import SYSTEM, fassungen
from assets.lieferbuch.verbindung import DATEI, lies, oeffne, schreibe
from assets.pruefung import protokoll
from pipeline.portal.rahmen import fassungspfad
from pipeline.portal.sitzung import COOKIE, formularmarke
from schemas.laender import lade_land
from schemas.lieferbuch import BEARBEITUNG, EINGEGANGEN
from schemas.pfade import PROJEKT

LAND = lade_land("sachsen")
_BEFEHL = (sys.executable, "-c", "from pipeline.cli import main; main()")


@dataclass(frozen=True)
class Abgabe:
    """What somebody sends, and to which page."""

    schluessel: Lieferschluessel
    inhalt: bytes
    einheit: str = ""
    """Whose session; its own Meldeeinheit's if empty."""

    @property
    def seite(self) -> str:
        """Address of the form."""
        return fassungspfad(self.schluessel, 0).removesuffix("/0")


@dataclass
class Dienst:
    """An Ablage, a Lieferbuch with an account for each Meldeeinheit, and the process that serves them."""

    ordner: Path
    url: sa.URL
    umgebung: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    prozess: "subprocess.Popen[bytes] | None" = None

    @property
    def ablage(self) -> Ablage:
        """What the portal stores."""
        return Ablage(self.ordner / "arbeit")

    @property
    def wurzel(self) -> str:
        """Address of the portal."""
        return f"http://127.0.0.1:{self.port}"

    def starte(self) -> None:
        """Starts it and waits until it answers."""
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        # A group of its own, so that all its processes can be killed at once.
        self.prozess = self._rufe("portal", "--port", str(self.port), start_new_session=True)
        while True:
            assert self.prozess.poll() is None, "Das Portal startet nicht"
            try:
                httpx.get(f"{self.wurzel}/anmelden", timeout=60)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return

    def befehl(self, *worte: str) -> int:
        """Calls `teilhabe` and gives its exit code."""
        return self._rufe(*worte).wait()

    def _rufe(self, *worte: str, start_new_session: bool = False) -> "subprocess.Popen[bytes]":
        eigene = {
            "TEILHABE_ABLAGE": str(self.ordner / "arbeit"),
            "TEILHABE_EINGANGSKORB": str(self.ordner / "korb"),
            "TEILHABE_LIEFERBUCH": self.url.render_as_string(hide_password=False),
            "PYTHONPATH": str(PROJEKT),
        }
        umgebung = {**os.environ, **eigene, **self.umgebung}
        with (self.ordner / "protokoll.txt").open("ab") as protokoll:
            return subprocess.Popen(
                [*_BEFEHL, *worte],
                env=umgebung,
                cwd=PROJEKT,
                stdout=protokoll,
                stderr=protokoll,
                start_new_session=start_new_session,
            )

    def toete(self) -> None:
        """Kills all its processes, as a power cut would."""
        assert self.prozess is not None
        os.killpg(self.prozess.pid, signal.SIGKILL)
        self.prozess.wait()

    def beende(self) -> None:
        """Stops it as an administrator would."""
        assert self.prozess is not None
        self.prozess.terminate()
        self.prozess.wait()

    def arbeiter(self) -> list[psutil.Process]:
        """The processes in which it checks files."""
        assert self.prozess is not None
        kinder = psutil.Process(self.prozess.pid).children()
        return [k for k in kinder if any("spawn_main" in wort for wort in k.cmdline())]

    def person(self, einheit: str) -> httpx.Client:
        """A client with the session of the Meldeeinheit's account."""
        kopf = {"Cookie": f"{COOKIE}={marke(einheit)}"}
        return httpx.Client(base_url=self.wurzel, headers=kopf, timeout=600)

    def sende(self, abgabe: Abgabe, aktion: str = "abgeben") -> httpx.Response:
        """Hands it in over a connection of its own."""
        einheit = abgabe.einheit or abgabe.schluessel.meldeeinheit
        with self.person(einheit) as person:
            felder = {"marke": formularmarke(marke(einheit)), "aktion": aktion}
            return person.post(abgabe.seite, data=felder, files={"datei": ("datei.csv", abgabe.inhalt)})

    @contextmanager
    def buch(self) -> Iterator[sa.Connection]:
        """The Lieferbuch, read past the portal."""
        engine = oeffne(self.url)
        try:
            with lies(engine) as v:
                yield v
        finally:
            engine.dispose()


def marke(einheit: str) -> str:
    """The secret of the session; long known, so that it survives the portal's death."""
    return f"sitzung-{einheit}"


def richte_ein(ordner: Path, url: sa.URL | None = None) -> Dienst:
    """An empty Ablage in a folder, and an empty Lieferbuch in it or where `url` says."""
    url = url or sa.URL.create("sqlite", database=str(ordner / "arbeit" / DATEI))
    engine = oeffne(url)
    migriere(engine)
    with schreibe(engine) as v:
        for einheit in LAND.meldeeinheiten:
            person = lege_person_an(v, einheit.id, einheit.id, SYSTEM)
            vergib(v, person, BEARBEITUNG, SYSTEM, einheit.id)
            beginne_sitzung(v, person, einheit.id, marke(einheit.id))
    engine.dispose()
    return Dienst(ordner, url)


@contextmanager
def laufend(dienst: Dienst) -> Iterator[Dienst]:
    """The portal, started; killed at the end if it is still there."""
    dienst.starte()
    try:
        yield dienst
    finally:
        if dienst.prozess is not None and dienst.prozess.poll() is None:
            dienst.toete()


def verlange_quittiertes(dienst: Dienst, quittiert: Mapping[str, Abgabe]) -> None:
    """Of everything that was acknowledged (address of its version -> what was sent) everything is there."""
    belege = {fassungspfad(b.schluessel, b.version): b for bs in alle_belege(dienst.ablage, LAND).values() for b in bs}
    with dienst.buch() as v:
        gebucht = {
            fassungspfad(Lieferschluessel(z.datensatz, z.berichtsjahr, z.meldeeinheit), z.version): z
            for z in v.execute(sa.select(fassungen))
        }
    for ort, abgabe in quittiert.items():
        sha = pruefsumme(abgabe.inhalt)
        assert dienst.ablage.lies(belege[ort].pfad) == abgabe.inhalt
        assert belege[ort].sha256 == gebucht[ort].sha256 == sha
        assert gebucht[ort].zustand != EINGEGANGEN
        assert dienst.ablage.gibt_es(protokoll.pfad(belege[ort].schluessel, belege[ort].version, "json"))


def verlange_keine_halben(dienst: Dienst) -> None:
    """Receipts count from one without gap, each with its bytes; book and Ablage say the same."""
    for belege in alle_belege(dienst.ablage, LAND).values():
        assert [b.version for b in belege] == list(range(1, len(belege) + 1))
        for beleg in belege:
            assert pruefsumme(dienst.ablage.lies(beleg.pfad)) == beleg.sha256
    with dienst.buch() as v:
        assert pruefe_kette(v).ist_heil
        assert list(widersprueche(v, dienst.ablage, LAND)) == []
