"""Signing in and out.

What belongs here: these two forms. What does not: what a session is (`sitzung.py`, `assets/lieferbuch/anmeldung.py`).
"""

from starlette.responses import Response

from assets.lieferbuch.anmeldung import SPERRE, UNTAETIG, beende_sitzung, beginne_sitzung, darf_versuchen, finde_konto
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.portal.passwort import stimmt
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.sitzung import loesche, neue_marke, setze

_FALSCH = "Kennung oder Passwort stimmen nicht. Bitte noch einmal versuchen."
_GESPERRT = (
    f"Es gab zu viele Fehlversuche. Bitte in {SPERRE.seconds // 60} Minuten noch einmal versuchen oder die Verwaltung "
    "um ein neues Passwort bitten."
)


def _formular(anfrage: Anfrage) -> Response:
    if anfrage.person_oder_niemand is not None:
        return weiter("/")
    return _seite(anfrage, "", 200)


def _seite(anfrage: Anfrage, fehler: str, status: int) -> Response:
    kennung = anfrage.feld("kennung")
    return anfrage.zeige(
        "anmelden.html", status, fehler=fehler, kennung=kennung, stunden=UNTAETIG.seconds // 3600, sperre=_GESPERRT
    )


def _melde_an(anfrage: Anfrage) -> Response:
    kennung = anfrage.feld("kennung").strip().casefold()
    adresse = anfrage.request.client.host if anfrage.request.client else ""
    engine = anfrage.umfeld.engine
    with schreibe(engine) as v:
        frei = darf_versuchen(v, kennung, adresse)
    if not frei:
        return _seite(anfrage, _GESPERRT, 429)
    with lies(engine) as v:
        konto = finde_konto(v, kennung)
    if not stimmt(anfrage.feld("passwort"), konto.passwort_hash if konto else None) or konto is None:
        return _seite(anfrage, _FALSCH, 401)
    # A new secret, whatever the browser held before: nobody can prepare a session for somebody else.
    marke = neue_marke()
    with schreibe(engine) as v:
        beende_sitzung(v, anfrage.marke)
        beginne_sitzung(v, konto.id, kennung, marke)
    antwort = weiter("/")
    setze(antwort, marke)
    return antwort


def _melde_ab(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        beende_sitzung(v, anfrage.marke)
    antwort = weiter("/anmelden")
    loesche(antwort)
    return antwort


SEITEN = (
    Seite("GET", "/anmelden", Recht.OFFEN, _formular),
    Seite("POST", "/anmelden", Recht.OFFEN, _melde_an),
    Seite("POST", "/abmelden", Recht.ANGEMELDET, _melde_ab),
)
