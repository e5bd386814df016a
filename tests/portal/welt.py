"""A portal on an empty Ablage, with people of two Meldeeinheiten, two of the Fachstelle and one of the Verwaltung."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx2 as httpx
import sqlalchemy as sa
import uvicorn
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assets.ablage import Ablage
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import als_csv
from assets.lieferbuch.anmeldung import setze_passwort
from assets.lieferbuch.konten import nummer_von
from assets.lieferbuch.migration import migriere
from assets.lieferbuch.rechte import lege_person_an, vergib
from assets.lieferbuch.schluessel import stelle_aus
from assets.lieferbuch.tabellen import SYSTEM, benutzer
from assets.lieferbuch.verbindung import lies, oeffne, schreibe
from pipeline.portal.app import baue_app
from pipeline.portal.fristen import einstellung
from pipeline.portal.grenzen import Grenzen
from pipeline.portal.oidc import Anbieter
from pipeline.portal.rahmen import Umfeld
from pipeline.portal.sitzung import COOKIE
from pipeline.portal.werkbank import Werkbank
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from schemas.lieferbuch import ANSICHT, BEARBEITUNG, FACHSTELLE, FREIGABE, VERWALTUNG
from schemas.modell import Land
from schemas.pfade import BEISPIELE

T = TypeVar("T")
LAND = lade_land("sachsen")
KREIS, FREMDER = (m.id for m in LAND.meldeeinheiten[:2])
JAHR, DATENSATZ = LAND.berichtsjahre[-1], "beratung"
PASSWORT = "korrekt pferd batterie"
LEUTE: dict[str, tuple[str, str | None]] = {
    "bea": (BEARBEITUNG, KREIS),
    "fred": (FREIGABE, KREIS),
    "anna": (ANSICHT, KREIS),
    "fremd": (BEARBEITUNG, FREMDER),
    "fremdfrei": (FREIGABE, FREMDER),
    "stelle": (FACHSTELLE, None),
    "zweite": (FACHSTELLE, None),
    "verw": (VERWALTUNG, None),
}
ORT = f"/kreis/{KREIS}/{JAHR}/{DATENSATZ}"


@dataclass(frozen=True)
class Welt:
    """The application and what is behind it."""

    app: Starlette
    umfeld: Umfeld

    @property
    def engine(self) -> sa.Engine:
        """The Lieferbuch."""
        return self.umfeld.engine

    def gast(self) -> TestClient:
        """A browser nobody has signed in with."""
        return TestClient(self.app, base_url="https://testserver", follow_redirects=False)

    def als(self, kennung: str) -> TestClient:
        """A browser this person has signed in with."""
        gast = self.gast()
        antwort = melde_an(gast, kennung)
        assert antwort.status_code == 303, antwort.text
        return gast

    def programm(self, kennung: str, einheit: str = KREIS) -> TestClient:
        """A program that holds a key of this person for a Meldeeinheit."""
        with schreibe(self.engine) as v:
            person = v.execute(sa.select(benutzer.c.id).where(benutzer.c.kennung == kennung)).scalar_one()
            _, schluessel = stelle_aus(v, person, einheit, SYSTEM, zweck="Fachverfahren", dauer=timedelta(days=1))
        programm = self.gast()
        programm.headers["Authorization"] = f"Bearer {schluessel}"
        return programm


class ImFaden(Werkbank):
    """Works in this process, where tests can take things to pieces; `test_werkbank.py` is about the others."""

    async def _tue(self, tat: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await anyio.to_thread.run_sync(partial(tat, *args, **kwargs))


def baue(
    ordner: Path,
    land: Land = LAND,
    kreis: str = KREIS,
    *,
    url: sa.URL | None = None,
    anbieter: Anbieter | None = None,
    grenzen: Grenzen | None = None,
    werkbank: Werkbank | None = None,
) -> Welt:
    """Everything new in a folder; `kreis` is the Meldeeinheit the people belong to, `url` where the Lieferbuch is."""
    engine = oeffne(url or sa.URL.create("sqlite", database=str(ordner / "buch.sqlite")))
    migriere(engine)
    # Weak on purpose: a hash says itself how dear it is to test, and tests sign in often.
    gemerkt = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORT)
    with schreibe(engine) as v:
        for kennung, (rolle, einheit) in LEUTE.items():
            person = lege_person_an(v, kennung, kennung.title(), SYSTEM)
            vergib(v, person, rolle, SYSTEM, kreis if einheit == KREIS else einheit)
            setze_passwort(v, kennung, gemerkt)
    grenzen = grenzen or Grenzen()
    bank = werkbank or ImFaden(grenzen.gleichzeitig, grenzen.arbeit)
    umfeld = Umfeld(Ablage(ordner / "ablage"), land, engine, grenzen, bank, anbieter)
    return Welt(baue_app(umfeld, ("testserver", "127.0.0.1")), umfeld)


def marke(seite: str) -> str:
    """The mark of a page's forms."""
    treffer = re.search(r'name="marke" value="([0-9a-f]+)"', seite)
    assert treffer, seite
    return treffer[1]


def melde_an(gast: TestClient, kennung: str, passwort: str = PASSWORT) -> httpx.Response:
    """Sends the form."""
    seite = gast.get("/anmelden")
    return gast.post("/anmelden", data={"marke": marke(seite.text), "kennung": kennung, "passwort": passwort})


def sende(
    person: httpx.Client, pfad: str, inhalt: bytes, *, name: str = "datei.csv", aktion: str = "abgeben"
) -> httpx.Response:
    """Sends a file from a page of the person's own."""
    return person.post(
        pfad,
        data={"marke": eigene_marke(person), "aktion": aktion},
        files={"datei": (name, inhalt)},
    )


def eigene_marke(person: httpx.Client) -> str:
    """The mark of a signed-in person's forms; every page has the one for signing out."""
    return marke(person.get("/handbuch/gibt-es-nicht").text)


def pruefe_siegel(gast: TestClient, siegel: str) -> tuple[int, str]:
    """What the portal says of the seal of a receipt."""
    seite = gast.get("/quittung/pruefen")
    antwort = gast.post("/quittung/pruefen", data={"marke": marke(seite.text), "siegel": siegel})
    return antwort.status_code, antwort.text


def warnungen(seite: str) -> list[tuple[str, str]]:
    """Rule and column of the warnings a version's page asks about."""
    return re.findall(r'name="code" value="(.*?)"><input type="hidden" name="spalte" value="(.*?)"', seite)


def tue(person: httpx.Client, pfad: str, **felder: str) -> httpx.Response:
    """Sends a form without files."""
    return person.post(pfad, data={"marke": eigene_marke(person), **felder})


def beispiel(einheit: str = KREIS, jahr: int = JAHR, datensatz: str = DATENSATZ) -> bytes:
    """A delivery that is accepted."""
    return (BEISPIELE / "v1" / f"{datensatz}_{einheit}_{jahr}.csv").read_bytes()


def leere_vorlage() -> bytes:
    """A template nobody filled in."""
    return als_csv(vorlage(alle_datensaetze()[DATENSATZ], LAND, jahr=JAHR, meldeeinheit=LAND.meldeeinheit(KREIS)))


def nummer(welt: Welt, kennung: str) -> int:
    """The number of an account."""
    with lies(welt.engine) as v:
        gefunden = nummer_von(v, kennung)
    assert gefunden is not None
    return gefunden


@contextmanager
def server(app: Starlette, grenzen: Grenzen | None = None) -> Iterator[str]:
    """An application on a port of its own; gives its address."""
    konfig = einstellung(app, "127.0.0.1", 0, grenzen or Grenzen())
    # Else each would start processes and end those others share.
    konfig.lifespan = "off"
    laufend = uvicorn.Server(konfig)
    faden = threading.Thread(target=laufend.run, daemon=True)
    faden.start()
    while not laufend.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{laufend.servers[0].sockets[0].getsockname()[1]}"
    finally:
        laufend.should_exit = True
        faden.join(10)


def ueber_netz(welt: Welt, wurzel: str, kennung: str) -> httpx.Client:
    """A client of the server with this person's session, which cookie jars would not send without TLS."""
    cookie = f"{COOKIE}={welt.als(kennung).cookies[COOKIE]}"
    return httpx.Client(base_url=wurzel, headers={"Cookie": cookie}, timeout=60)
