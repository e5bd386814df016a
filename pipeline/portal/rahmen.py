"""What every page goes through: who is it, may they, is the form ours, and what becomes of what goes wrong.

What belongs here: the way from a request to the function that answers it, and back. What does not: any single page.
A page is a function from `Anfrage` to a response. It runs in a thread, or where files are read and checked in another
process (`werkbank.py`), so that nobody waits for others. Rights are asked for here and nowhere else: a page that names
none cannot be declared.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import anyio
import sqlalchemy as sa
from markupsafe import Markup
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.erhebung import handbuch
from assets.lieferbuch.anmeldung import Angemeldet, angemeldet, braucht_auffrischen, frische_auf
from assets.lieferbuch.fehler import VerbindungError
from assets.lieferbuch.verbindung import lies, oeffne, schreibe
from assets.vorlagen import umgebung
from pipeline.portal.abbruch import Abbruch, als_abbruch, nicht_gefunden
from pipeline.portal.formular import lies_formular
from pipeline.portal.grenzen import ABGABE, KLEIN, Grenzen, Warteraum
from pipeline.portal.quellen import Quellen
from pipeline.portal.rechte import Recht, hat_recht
from pipeline.portal.siegel import Siegel, lade_siegel
from pipeline.portal.sitzung import formularmarke, ist_eigenes_formular, marke_von, neue_marke, setze
from pipeline.portal.werkbank import AbsturzError, Werkbank
from schemas.laender import lade_land
from schemas.modell import Meldeeinheit

if TYPE_CHECKING:
    # An optional extra: only there if somebody signs in elsewhere.
    from pipeline.portal.oidc import Anbieter

HOECHSTE_VERSION = 10**6
"""No delivery has more, and nobody asks more questions; databases know no numbers of any size."""
SPAETER = 60
"""Seconds after which a busy portal may be asked again."""
_MITNEHMEN = {"type", "method", "scheme", "path", "root_path", "query_string", "headers", "path_params", "client"}
"""What of a request another process is told."""


class _Zahl(IntegerConvertor):
    """Numbers in addresses; Python itself refuses to read the longest that fit into one."""

    regex = "[0-9]{1,9}"


register_url_convertor("int", _Zahl())

_protokollant = logging.getLogger("teilhabe.portal")


@dataclass(frozen=True)
class Umfeld(Quellen):
    """What all pages work with."""

    grenzen: Grenzen
    werkbank: Werkbank
    anbieter: "Anbieter | None" = None

    def __reduce__(self) -> tuple[Callable[..., "Umfeld"], tuple[str, str, sa.URL, Grenzen]]:
        """What it takes to have the same in another process: places and names, no connections."""
        if self.land is not lade_land(self.land.id):
            raise TypeError("In einem anderen Prozess gibt es nur hinterlegte Länder")
        return _umfeld, (str(self.ablage.wurzel), self.land.id, self.engine.url, self.grenzen)

    @cached_property
    def warteraum(self) -> Warteraum:
        """The count of deliveries on their way."""
        return Warteraum(self.grenzen)

    @cached_property
    def handbuch(self) -> dict[str, bytes]:
        """The handbook's files, made when somebody first opens one."""
        return dict(handbuch.erzeuge(self.land))

    @cached_property
    def siegel(self) -> Siegel:
        """What receipts are signed with."""
        return lade_siegel(self.ablage)


@lru_cache(maxsize=1)
def _umfeld(ablage: str, land: str, url: sa.URL, grenzen: Grenzen) -> Umfeld:
    return Umfeld(Ablage(ablage), lade_land(land), oeffne(url), grenzen, Werkbank(grenzen.gleichzeitig, grenzen.arbeit))


@dataclass(frozen=True)
class Anfrage:
    """A request that may be answered. What the address names is checked: it exists, and the person may see it."""

    umfeld: Umfeld
    request: Request
    marke: str
    person_oder_niemand: Angemeldet | None
    einheit_oder_keine: Meldeeinheit | None
    formular: FormData = field(default_factory=FormData)

    @property
    def person(self) -> Angemeldet:
        """Who asks; only on pages with a right other than `OFFEN`."""
        if self.person_oder_niemand is None:
            raise RuntimeError("Diese Seite steht jedem offen")
        return self.person_oder_niemand

    @property
    def einheit(self) -> Meldeeinheit:
        """The Meldeeinheit the address names."""
        if self.einheit_oder_keine is None:
            raise RuntimeError("Diese Seite gehört zu keiner Meldeeinheit")
        return self.einheit_oder_keine

    @property
    def jahr(self) -> int:
        """The Berichtsjahr the address names."""
        return int(self.request.path_params["jahr"])

    @property
    def schluessel(self) -> Lieferschluessel:
        """The delivery the address names."""
        return Lieferschluessel(self.request.path_params["datensatz"], self.jahr, self.einheit.id)

    @property
    def version(self) -> int:
        """The version the address names."""
        return int(self.request.path_params["version"])

    def feld(self, name: str) -> str:
        """A text of the form; empty if it was not sent. PostgreSQL keeps no text with a zero byte in it."""
        wert = self.formular.get(name)
        return wert.replace("\x00", "") if isinstance(wert, str) else ""

    @property
    def adresse(self) -> str:
        """Where the request comes from."""
        return self.request.client.host if self.request.client else ""

    @property
    def wurzel(self) -> str:
        """Where people reach the portal. TLS ends in front of it, so the request itself does not know of it."""
        rechner = self.request.headers["host"]
        eigener = urlsplit(f"//{rechner}").hostname in {"localhost", "127.0.0.1"}
        return f"{'http' if eigener else 'https'}://{rechner}"

    def darf(self, recht: Recht) -> bool:
        """Whether to offer something on this page."""
        return hat_recht(self.person, recht, self.einheit.id)

    def zeige(self, vorlage: str, status: int = 200, **inhalt: object) -> Response:
        """A page of the portal."""
        wer = self.person_oder_niemand
        rahmen: dict[str, object] = {
            "person": wer,
            "land": self.umfeld.land,
            "marke": formularmarke(self.marke),
            "befunde": _befunde,
            "sieht_land": wer is not None and hat_recht(wer, Recht.LAND, None),
            "liefert": wer is not None and any(einheit for _, einheit in wer.rollen),
            "verwaltet": wer is not None and hat_recht(wer, Recht.VERWALTEN, None),
        }
        antwort = HTMLResponse(umgebung().get_template(f"portal/{vorlage}").render(rahmen | inhalt), status)
        if marke_von(self.request) is None:
            setze(antwort, self.marke)
        return antwort


def _befunde(protokoll: dict[str, Any]) -> Markup:
    """The findings of a protocol as part of a page."""
    return Markup(umgebung().get_template("pruefprotokoll_teile.html").render(protokoll))  # noqa: S704  # autoescaped


_A = TypeVar("_A", bound=Anfrage)


@dataclass(frozen=True)
class Seite:
    """An address, what has to be allowed for it, and what answers.

    `langsam` where files are read: `antworte` is called in another process, so it must be a function of a module.
    `nach_absturz` answers, here, after a file brought that process down.
    """

    methode: str
    pfad: str
    recht: Recht
    antworte: Callable[[Anfrage], Response]
    langsam: bool = False
    nach_absturz: Callable[[Anfrage], Response] | None = None

    @property
    def hoechste_bytes(self) -> int:
        """How much may be sent to it."""
        return ABGABE if self.langsam else KLEIN


def weiter(pfad: str) -> Response:
    """Sends the browser to another page; a reload there sends no form again."""
    return RedirectResponse(pfad, 303)


def fassungspfad(schluessel: Lieferschluessel, version: int) -> str:
    """Address of the page of one version."""
    return f"{lieferungspfad(schluessel)}/{version}"


def lieferungspfad(schluessel: Lieferschluessel) -> str:
    """Address of the page of a delivery with all its versions."""
    return f"{jahrespfad(schluessel.meldeeinheit, schluessel.berichtsjahr)}/{schluessel.datensatz}"


def jahrespfad(meldeeinheit: str, jahr: int) -> str:
    """Address of the page of all deliveries of a year."""
    return f"/kreis/{meldeeinheit}/{jahr}"


def routen(umfeld: Umfeld, seiten: Iterable[Seite]) -> list[Route]:
    """The pages as routes."""
    return [
        Route(s.pfad, _endpunkt(umfeld, s), methods=[s.methode], max_body_size=s.hoechste_bytes, name=None)
        for s in seiten
    ]


def _endpunkt(umfeld: Umfeld, seite: Seite) -> Callable[[Request], Any]:
    async def antworte(request: Request) -> Response:
        anfrage = Anfrage(umfeld, request, marke_von(request) or neue_marke(), None, None)
        try:
            anfrage = await anyio.to_thread.run_sync(_erkenne, anfrage)
            if seite.recht is not Recht.OFFEN:
                anfrage = lass_ein(anfrage, seite.recht)
            if seite.methode == "POST":
                return await _mit_formular(anfrage, seite)
            return await _seite(anfrage, seite)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as fehler:  # noqa: BLE001  # whatever it is, nobody may read a delivery in a log
            return fehlerseite(anfrage, fehler)

    return antworte


def _erkenne(anfrage: Anfrage) -> Anfrage:
    """The request with who asks."""
    gesandt = marke_von(anfrage.request)
    if gesandt is None:
        return anfrage
    with lies(anfrage.umfeld.engine) as v:
        person, alt = angemeldet(v, gesandt), braucht_auffrischen(v, gesandt)
    if person and alt:
        try:
            with schreibe(anfrage.umfeld.engine) as v:
                frische_auf(v, gesandt)
        except VerbindungError as fehler:
            # Whoever only wants to read need not be kept from it by a full disk.
            _protokollant.warning("Sitzung nicht aufgefrischt: %s", type(fehler).__name__)
    return replace(anfrage, person_oder_niemand=person)


def lass_ein(anfrage: _A, recht: Recht) -> _A:
    """The request with what it is about.

    Raises:
        Abbruch: nobody is signed in, the address names nothing, or the person may not see it.
    """
    if anfrage.person_oder_niemand is None:
        raise Abbruch(303, "Bitte anmelden", "/anmelden")
    einheit = _einheit(anfrage)
    _verlange(anfrage.person_oder_niemand, recht, einheit)
    return replace(anfrage, einheit_oder_keine=einheit)


def _einheit(anfrage: Anfrage) -> Meldeeinheit | None:
    teile, land = anfrage.request.path_params, anfrage.umfeld.land
    einheiten = {m.id: m for m in land.meldeeinheiten}
    jahr_gut = teile.get("jahr", land.berichtsjahre[0]) in land.berichtsjahre
    datensatz_gut = teile.get("datensatz", land.datensaetze[0]) in land.datensaetze
    nummer_gut = all(teile.get(name, 1) <= HOECHSTE_VERSION for name in ("version", "nummer"))
    if not (jahr_gut and datensatz_gut and nummer_gut and teile.get("einheit", land.meldeeinheiten[0].id) in einheiten):
        raise nicht_gefunden()
    return einheiten.get(teile.get("einheit", ""))


def _verlange(person: Angemeldet, recht: Recht, einheit: Meldeeinheit | None) -> None:
    kennung = einheit.id if einheit else None
    if einheit is not None and not hat_recht(person, Recht.SEHEN, kennung):
        # The same as for what does not exist: another Meldeeinheit's deliveries are nobody's business.
        raise nicht_gefunden()
    if not hat_recht(person, recht, kennung):
        raise Abbruch(403, "Nicht erlaubt", "Dafür fehlt Ihrem Konto das Recht.")


async def _mit_formular(anfrage: Anfrage, seite: Seite) -> Response:
    if not seite.langsam:
        return await _gelesen(anfrage, seite)
    with unterwegs(anfrage, seite.hoechste_bytes):
        return await _gelesen(anfrage, seite)


def unterwegs(anfrage: Anfrage, hoechste_bytes: int) -> AbstractContextManager[None]:
    """A place for what is announced, for the length of the context.

    Raises:
        VollError: there is none.
    """
    groesse = int(anfrage.request.headers.get("content-length", hoechste_bytes))
    return anfrage.umfeld.warteraum.platz(anfrage.person.id, groesse)


async def _gelesen(anfrage: Anfrage, seite: Seite) -> Response:
    formular = await lies_formular(anfrage.request, anfrage.umfeld.grenzen)
    try:
        anfrage = replace(anfrage, formular=formular)
        if not ist_eigenes_formular(anfrage.request, marke_von(anfrage.request), anfrage.feld("marke")):
            raise Abbruch(
                403, "Formular abgelaufen", "Bitte die Seite davor neu laden und das Formular noch einmal senden."
            )
        return await _seite(anfrage, seite)
    finally:
        await formular.close()


async def _seite(anfrage: Anfrage, seite: Seite) -> Response:
    if not seite.langsam:
        return await anyio.to_thread.run_sync(seite.antworte, anfrage)
    try:
        return await in_prozess(anfrage, seite.antworte, fehlerseite)
    except AbsturzError:
        if seite.nach_absturz is None:
            raise
        return await anyio.to_thread.run_sync(seite.nach_absturz, anfrage)


async def in_prozess(
    anfrage: _A,
    antworte: Callable[[_A], Response],
    bei_fehler: Callable[[_A, Exception], Response],
    lade: Callable[[_A], _A] = lambda anfrage: anfrage,
) -> Response:
    """What a function answers in another process, after those who asked before.

    Args:
        anfrage: the request.
        antworte: function of a module.
        bei_fehler: function of a module; what it says if `antworte` raises, because not every error can travel.
        lade: fetches what was sent into memory, when it is its turn.

    Raises:
        AbsturzError: the process died.
        VollError: the wait was too long.
    """
    ansicht = anfrage.request.method in {"GET", "HEAD"}
    async with anfrage.umfeld.werkbank.platz(anfrage.umfeld.grenzen.warten, ansicht=ansicht) as tue:
        gepackt = await anyio.to_thread.run_sync(lambda: _gepackt(lade(anfrage)))
        return await tue(_antworte, antworte, bei_fehler, gepackt)


def _gepackt(anfrage: _A) -> _A:
    """The same request without what cannot leave this process."""
    scope = {name: wert for name, wert in anfrage.request.scope.items() if name in _MITNEHMEN}
    teile = [(name, _als_bytes(wert)) for name, wert in anfrage.formular.multi_items()]
    return replace(anfrage, request=Request(scope), formular=FormData(teile))


def _als_bytes(wert: UploadFile | str) -> UploadFile | str:
    if isinstance(wert, str):
        return wert
    kopie = BytesIO(wert.file.read())
    wert.file.seek(0)
    return UploadFile(kopie, filename=wert.filename)


def _antworte(
    antworte: Callable[[_A], Response], bei_fehler: Callable[[_A, Exception], Response], anfrage: _A
) -> Response:
    try:
        return antworte(anfrage)
    except Exception as fehler:  # noqa: BLE001  # whatever it is, nobody may read a delivery in a log
        return bei_fehler(anfrage, fehler)


def fehlerseite(anfrage: Anfrage, fehler: Exception) -> Response:
    """The page that says what went wrong."""
    if isinstance(fehler, Abbruch) and fehler.status == 303:
        return weiter(fehler.text)
    abbruch = als_abbruch(anfrage.request.scope["path"], fehler)
    antwort = anfrage.zeige("fehler.html", abbruch.status, titel=abbruch.titel, text=abbruch.text)
    if abbruch.status == 503:
        antwort.headers["Retry-After"] = str(SPAETER)
    return antwort
