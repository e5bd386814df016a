"""What every address of the API goes through: whose key is it, what may it, how much is sent, what becomes of errors.

What belongs here: the way from a request to the function that answers it, as `rahmen.py` has it for pages, and errors
as problem details (RFC 9457). What does not: any single address (`api_lieferungen.py`), their description
(`api_beschreibung.py`). Cookies mean nothing here, so no other site can make a browser act.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import quote

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from assets.lieferbuch.anmeldung import SPERRE, merke_falschen_schluessel
from assets.lieferbuch.schluessel import inhaber
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.portal.abbruch import ZU_GROSS, Abbruch, als_abbruch
from pipeline.portal.formular import zuegig
from pipeline.portal.rahmen import SPAETER, Anfrage, Umfeld, in_prozess, lass_ein, unterwegs
from pipeline.portal.rechte import Recht

PFAD = "/api/v1"
PROBLEM = "application/problem+json"
OKTETTE = "application/octet-stream"
"""Any file; also what a body is whose kind is not said."""
_IM_SPEICHER = 2**20
"""Bytes of a body that are kept in memory; what is larger lies in a file until it is that file's turn."""

_NICHT_GEFUNDEN = "Diese Adresse gibt es nicht, oder sie gehört zu einer anderen Stelle als der Zugangsschlüssel."
_UNGUELTIG = "Dieser Zugangsschlüssel ist unbekannt, abgelaufen oder gesperrt. Bitte einen neuen ausstellen lassen."
_FEHLT = "Bitte den Zugangsschlüssel in der Kopfzeile „Authorization“ senden, in der Form „Bearer <Schlüssel>“."
_ZU_VIELE = (
    f"Es kamen zu viele falsche Zugangsschlüssel. Bitte in {SPERRE.seconds // 60} Minuten noch einmal versuchen."
)


@dataclass(frozen=True)
class Rumpf:
    """What may be sent: kinds of content with their JSON Schema, and how much."""

    beschreibung: str
    arten: Mapping[str, dict[str, Any]]
    hoechste_bytes: int


@dataclass(frozen=True)
class Aufruf(Anfrage):
    """A request of a program, with what it sent."""

    gesandt: bytes = b""


@dataclass(frozen=True)
class Endpunkt:
    """An address of the API, what has to be allowed for it, what answers, and what the description says of it.

    `antworten` names for each status what it means and which schema the answer has; `weitere_fehler` are those that do
    not follow from the rest. What is sent is answered in another process, so `antworte` must be a function of a module.
    """

    methode: str
    pfad: str
    recht: Recht
    antworte: Callable[[Aufruf], Response]
    kennung: str
    titel: str
    beschreibung: str
    antworten: Mapping[int, tuple[str, str]]
    weitere_fehler: tuple[int, ...] = ()
    rumpf: Rumpf | None = None

    @property
    def fehler(self) -> tuple[int, ...]:
        """Every status with problem details."""
        immer = (500, 503, 507)
        mit_schluessel = () if self.recht is Recht.OFFEN else (401, 404, 429)
        mit_rumpf = () if self.rumpf is None else (408, 413, 415, 422)
        return tuple(sorted({*immer, *mit_schluessel, *mit_rumpf, *self.weitere_fehler}))


def gib(daten: object, status: int = 200, kopf: Mapping[str, str] | None = None) -> Response:
    """Data as JSON."""
    inhalt = json.dumps(daten, ensure_ascii=False).encode()
    return Response(inhalt, status, media_type="application/json", headers=dict(kopf or {}))


def problem(abbruch: Abbruch, pfad: str, kopf: Mapping[str, str] | None = None) -> Response:
    """What went wrong, as problem details."""
    inhalt = {
        "type": "about:blank",
        "title": abbruch.titel,
        "status": abbruch.status,
        "detail": abbruch.text,
        "instance": quote(pfad),
    }
    mit_kopf = {**_kopf(abbruch.status), **(kopf or {})}
    rumpf = json.dumps(inhalt, ensure_ascii=False).encode()
    return Response(rumpf, abbruch.status, media_type=PROBLEM, headers=mit_kopf)


def _kopf(status: int) -> dict[str, str]:
    match status:
        case 401:
            return {"WWW-Authenticate": 'Bearer realm="Lieferungen"'}
        case 429:
            return {"Retry-After": str(SPERRE.seconds)}
        case 503:
            return {"Retry-After": str(SPAETER)}
        case _:
            return {}


def baue_api(umfeld: Umfeld, endpunkte: Iterable[Endpunkt]) -> Starlette:
    """The API as an application of its own below `PFAD`, so that what it does not know is answered its way as well."""
    je_pfad: dict[str, dict[str, Endpunkt]] = {}
    for e in endpunkte:
        je_pfad.setdefault(e.pfad, {})[e.methode] = e
    routen = [Route(pfad, _endpunkt(umfeld, je), methods=[*je]) for pfad, je in je_pfad.items()]
    api = Starlette(routes=routen, exception_handlers={HTTPException: nichts})
    # Programs follow no redirects, and not with a file.
    api.router.redirect_slashes = False
    return api


def nichts(request: Request, fehler: Exception) -> Response:
    """Said where no address of the API was meant."""
    pfad = request.scope["path"]
    if isinstance(fehler, HTTPException) and fehler.status_code == 405:
        erlaubt = (fehler.headers or {}).get("Allow", "")
        text = f"Diese Methode gibt es an dieser Adresse nicht. Möglich sind: {erlaubt}."
        return problem(Abbruch(405, "Nicht möglich", text), pfad, fehler.headers)
    return problem(Abbruch(404, "Nicht gefunden", _NICHT_GEFUNDEN), pfad)


def _endpunkt(umfeld: Umfeld, je_methode: Mapping[str, Endpunkt]) -> Callable[[Request], Any]:
    async def antworte(request: Request) -> Response:
        endpunkt = je_methode["GET" if request.method == "HEAD" else request.method]
        aufruf = Aufruf(umfeld, request, "", None, None)
        try:
            return await _antwort(aufruf, endpunkt)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as fehler:  # noqa: BLE001  # whatever it is, nobody may read a delivery in a log
            return _bei_fehler(aufruf, fehler)

    return antworte


async def _antwort(aufruf: Aufruf, endpunkt: Endpunkt) -> Response:
    if endpunkt.recht is not Recht.OFFEN:
        aufruf = await anyio.to_thread.run_sync(_erkenne, aufruf)
        aufruf = lass_ein(aufruf, endpunkt.recht)
    rumpf = endpunkt.rumpf
    if rumpf is None:
        return await anyio.to_thread.run_sync(endpunkt.antworte, aufruf)
    _verlange_art(aufruf.request, rumpf)
    with unterwegs(aufruf, rumpf.hoechste_bytes), SpooledTemporaryFile(max_size=_IM_SPEICHER) as datei:
        async with asyncio.timeout(aufruf.umfeld.grenzen.formular):
            await _empfange(zuegig(aufruf.request, aufruf.umfeld.grenzen), datei, rumpf.hoechste_bytes)

        def lade(aufruf: Aufruf) -> Aufruf:
            datei.seek(0)
            return replace(aufruf, gesandt=datei.read())

        return await in_prozess(aufruf, endpunkt.antworte, _bei_fehler, lade)


def _bei_fehler(aufruf: Aufruf, fehler: Exception) -> Response:
    return problem(_abbruch(aufruf, fehler), aufruf.request.scope["path"])


def _abbruch(aufruf: Aufruf, fehler: Exception) -> Abbruch:
    abbruch = als_abbruch(aufruf.request.scope["path"], fehler)
    return Abbruch(404, abbruch.titel, _NICHT_GEFUNDEN) if abbruch.status == 404 else abbruch


def _erkenne(aufruf: Aufruf) -> Aufruf:
    """The request with whose key it has.

    Raises:
        Abbruch: it has none that counts.
    """
    art, _, geheimnis = aufruf.request.headers.get("authorization", "").partition(" ")
    if art.casefold() != "bearer":
        raise Abbruch(401, "Zugangsschlüssel fehlt", _FEHLT)
    with lies(aufruf.umfeld.engine) as v:
        person = inhaber(v, geheimnis.strip())
    if person is not None:
        return replace(aufruf, person_oder_niemand=person)
    with schreibe(aufruf.umfeld.engine) as v:
        weiter = merke_falschen_schluessel(v, aufruf.adresse)
    raise Abbruch(401, "Zugangsschlüssel ungültig", _UNGUELTIG) if weiter else Abbruch(429, "Zu viele", _ZU_VIELE)


def _verlange_art(request: Request, rumpf: Rumpf) -> None:
    """Sees to it that what is sent is of a kind that can be read, as it is and unpacked."""
    art = request.headers.get("content-type", OKTETTE).partition(";")[0].strip().casefold()
    gepackt = request.headers.get("content-encoding", "identity").strip().casefold() != "identity"
    if gepackt or art not in rumpf.arten:
        text = f"Bitte ungepackt und als „Content-Type“ eine dieser Arten senden: {', '.join(rumpf.arten)}."
        raise Abbruch(415, "Andere Art von Inhalt", text)


async def _empfange(request: Request, datei: "SpooledTemporaryFile[bytes]", hoechste_bytes: int) -> None:
    """Takes in what is sent, whether its size was announced or not."""
    bisher = 0
    async for stueck in request.stream():
        bisher += len(stueck)
        if bisher > hoechste_bytes:
            raise Abbruch(413, "Zu groß", ZU_GROSS)
        datei.write(stueck)
