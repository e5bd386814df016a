"""The portal as an ASGI application.

What belongs here: which pages there are, in which order, and what is around all of them.
"""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount

from assets.berichte.farben import css_variablen
from pipeline.portal import (
    seiten_abgabe,
    seiten_anbieter,
    seiten_anmeldung,
    seiten_anmerkungen,
    seiten_ausgaben,
    seiten_beispiele,
    seiten_bericht,
    seiten_fassung,
    seiten_jahresfreigabe,
    seiten_konto,
    seiten_land,
    seiten_ohne_angaben,
    seiten_quittung,
    seiten_rueckfragen,
    seiten_uebersicht,
    seiten_vergleich,
    seiten_verwaltung,
    seiten_vorlagen,
)
from pipeline.portal.abbruch import ZU_GROSS, Abbruch, nicht_gefunden
from pipeline.portal.api_beschreibung import ENDPUNKTE
from pipeline.portal.api_rahmen import PFAD, baue_api, problem
from pipeline.portal.api_rahmen import nichts as nichts_fuer_programme
from pipeline.portal.grenzen import ABGABE
from pipeline.portal.kopfzeilen import Kopfzeilen
from pipeline.portal.rahmen import Anfrage, Seite, Umfeld, fehlerseite, routen
from pipeline.portal.rechnernamen import FREMDER_NAME, Rechnernamen
from pipeline.portal.rechte import Recht
from pipeline.portal.sitzung import marke_von, neue_marke
from schemas.pfade import VORLAGEN


def _stil(_: Anfrage) -> Response:
    inhalt = css_variablen() + (VORLAGEN / "portal" / "portal.css").read_text(encoding="utf-8")
    return Response(inhalt, media_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


def _ungelesen(pfad: str, abbruch: Abbruch) -> Response:
    """Said before anything was read: a program is told in its own form."""
    return problem(abbruch, pfad) if pfad.startswith(PFAD) else PlainTextResponse(abbruch.text, abbruch.status)


def _zu_gross(pfad: str) -> Response:
    return _ungelesen(pfad, Abbruch(413, "Zu groß", ZU_GROSS))


def _fremd(pfad: str) -> Response:
    return _ungelesen(pfad, Abbruch(400, "Anderer Rechner", FREMDER_NAME))


def _skript(_: Anfrage) -> Response:
    inhalt = (VORLAGEN / "portal" / "abgabe.js").read_bytes()
    return Response(inhalt, media_type="text/javascript; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


def _bild(_: Anfrage) -> Response:
    inhalt = (VORLAGEN / "berichte" / "favicon.svg").read_bytes()
    return Response(inhalt, media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


SEITEN: tuple[Seite, ...] = (
    Seite("GET", "/portal.css", Recht.OFFEN, _stil),
    Seite("GET", "/abgabe.js", Recht.OFFEN, _skript),
    Seite("GET", "/favicon.svg", Recht.OFFEN, _bild),
    *seiten_anmeldung.SEITEN,
    *seiten_anbieter.SEITEN,
    *seiten_konto.SEITEN,
    *seiten_verwaltung.SEITEN,
    *seiten_uebersicht.SEITEN,
    *seiten_land.SEITEN,
    *seiten_jahresfreigabe.SEITEN,
    *seiten_ausgaben.SEITEN,
    *seiten_rueckfragen.SEITEN,
    # Names of files before names of datasets: the first address that fits answers.
    *seiten_vorlagen.SEITEN,
    *seiten_beispiele.SEITEN,
    *seiten_bericht.SEITEN,
    *seiten_anmerkungen.SEITEN,
    *seiten_ohne_angaben.SEITEN,
    *seiten_vergleich.SEITEN,
    *seiten_quittung.SEITEN,
    *seiten_fassung.SEITEN,
    *seiten_abgabe.SEITEN,
)


def _bereit() -> None:
    """Done in each process of the Werkbank first; that it has to read this module for it takes two seconds."""


def baue_app(umfeld: Umfeld, rechner: Sequence[str]) -> Starlette:
    """The application.

    Args:
        umfeld: what pages work with.
        rechner: the names under which it may be asked for; anything else is refused.
    """

    @asynccontextmanager
    async def lebenszeit(_: Starlette) -> AsyncIterator[None]:
        with umfeld.werkbank.vorgewaermt(_bereit):
            yield

    # It quotes bytes of forms that are broken.
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)

    def nichts(request: Request, fehler: Exception) -> Response:
        if request.scope["path"].startswith(PFAD):
            # A line break in an address keeps it from reaching the API, which says the same then.
            return nichts_fuer_programme(request, fehler)
        anfrage = Anfrage(umfeld, request, marke_von(request) or neue_marke(), None, None)
        falsch = isinstance(fehler, HTTPException) and fehler.status_code == 405
        return fehlerseite(
            anfrage, Abbruch(405, "Nicht möglich", nicht_gefunden().text) if falsch else nicht_gefunden()
        )

    return Starlette(
        routes=[Mount(PFAD, app=baue_api(umfeld, ENDPUNKTE)), *routen(umfeld, SEITEN)],
        middleware=[
            Middleware(Kopfzeilen, hoechste_bytes=ABGABE, zu_gross=_zu_gross),
            Middleware(Rechnernamen, rechner=rechner, fremd=_fremd),
        ],
        exception_handlers={404: nichts, 405: nichts},
        lifespan=lebenszeit,
    )
