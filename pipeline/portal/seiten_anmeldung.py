"""Signing in with a password, setting one by a link, and signing out.

What belongs here: these forms, and what other pages need to ask for a password or to let somebody in. What does not:
what a session is (`sitzung.py`, `assets/lieferbuch/anmeldung.py`), signing in elsewhere (`seiten_anbieter.py`).
"""

from dataclasses import dataclass

from starlette.responses import Response

from assets.lieferbuch.anmeldung import (
    SPERRE,
    UNTAETIG,
    Konto,
    beende_sitzung,
    beginne_sitzung,
    darf_versuchen,
    finde_konto,
)
from assets.lieferbuch.konten import Person, gehoert_zu, loese_link_ein
from assets.lieferbuch.verbindung import lies, schreibe
from pipeline.portal.abbruch import Abbruch
from pipeline.portal.passwort import HOECHSTENS, MINDESTENS, PasswortError, stimmt, verschluessle
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.sitzung import loesche, neue_marke, setze

ZU_OFT = (
    f"Es gab zu viele Fehlversuche. Bitte in {SPERRE.seconds // 60} Minuten noch einmal versuchen oder die Verwaltung "
    "um ein neues Passwort bitten."
)
VERSCHIEDEN = "Die beiden neuen Passwörter sind nicht gleich. Bitte noch einmal eingeben."
LINK_PFAD = "/passwort/{geheimnis}"


@dataclass(frozen=True, slots=True)
class Abgelehnt:
    """Why a password opened nothing, and the status that says so to programs."""

    text: str
    status: int


def probiere(anfrage: Anfrage, kennung: str, falsch: str) -> Konto | Abgelehnt:
    """The account whose password was sent; as many wrong ones as anywhere else, and `falsch` for each."""
    with schreibe(anfrage.umfeld.engine) as v:
        frei = darf_versuchen(v, kennung, anfrage.adresse)
    if not frei:
        return Abgelehnt(ZU_OFT, 429)
    with lies(anfrage.umfeld.engine) as v:
        konto = finde_konto(v, kennung)
    if not stimmt(anfrage.feld("passwort"), konto.passwort_hash if konto else None) or konto is None:
        return Abgelehnt(falsch, 401)
    return konto


def lass_herein(anfrage: Anfrage, person: int, kennung: str) -> Response:
    """Begins a session."""
    # A new secret, whatever the browser held before: nobody can prepare a session for somebody else.
    marke = neue_marke()
    with schreibe(anfrage.umfeld.engine) as v:
        beende_sitzung(v, anfrage.marke)
        beginne_sitzung(v, person, kennung, marke)
    antwort = weiter("/")
    setze(antwort, marke)
    return antwort


def neues_passwort(anfrage: Anfrage, kennung: str) -> str:
    """The hash of the password that was typed twice.

    Raises:
        PasswortError: the two differ, or it will not do.
    """
    neu = anfrage.feld("neu")
    if neu != anfrage.feld("noch_einmal"):
        raise PasswortError(VERSCHIEDEN)
    return verschluessle(neu, kennung)


def _formular(anfrage: Anfrage) -> Response:
    if anfrage.person_oder_niemand is not None:
        return weiter("/")
    return _seite(anfrage, "", 200)


def _seite(anfrage: Anfrage, fehler: str, status: int) -> Response:
    anbieter = anfrage.umfeld.anbieter
    return anfrage.zeige(
        "anmelden.html",
        status,
        fehler=fehler,
        kennung=anfrage.feld("kennung"),
        stunden=UNTAETIG.seconds // 3600,
        gesetzt="gesetzt" in anfrage.request.query_params,
        anbieter=anbieter.name if anbieter else "",
    )


def _melde_an(anfrage: Anfrage) -> Response:
    kennung = anfrage.feld("kennung").strip().casefold()
    konto = probiere(anfrage, kennung, "Kennung oder Passwort stimmen nicht. Bitte noch einmal versuchen.")
    if isinstance(konto, Abgelehnt):
        return _seite(anfrage, konto.text, konto.status)
    return lass_herein(anfrage, konto.id, kennung)


def _melde_ab(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        beende_sitzung(v, anfrage.marke)
    antwort = weiter("/anmelden")
    loesche(antwort)
    return antwort


def _linkseite(anfrage: Anfrage) -> Response:
    return _zeige_link(anfrage, _inhaber(anfrage), "", 200)


def _zeige_link(anfrage: Anfrage, wer: Person, fehler: str, status: int) -> Response:
    grenzen = {"mindestens": MINDESTENS, "hoechstens": HOECHSTENS}
    return anfrage.zeige("passwort.html", status, wer=wer, fehler=fehler, pfad=anfrage.request.url.path, **grenzen)


def _inhaber(anfrage: Anfrage) -> Person:
    with lies(anfrage.umfeld.engine) as v:
        wer = gehoert_zu(v, anfrage.request.path_params["geheimnis"])
    if wer is None:
        raise Abbruch(
            404,
            "Der Link gilt nicht mehr",
            "Er ist benutzt oder zu alt. Einen neuen gibt die Verwaltung des Portals.",
        )
    return wer


def _setze_passwort(anfrage: Anfrage) -> Response:
    wer = _inhaber(anfrage)
    try:
        gemerkt = neues_passwort(anfrage, wer.kennung)
    except PasswortError as fehler:
        return _zeige_link(anfrage, wer, str(fehler), 422)
    with schreibe(anfrage.umfeld.engine) as v:
        loese_link_ein(v, anfrage.request.path_params["geheimnis"], gemerkt)
    return weiter("/anmelden?gesetzt")


SEITEN = (
    Seite("GET", "/anmelden", Recht.OFFEN, _formular),
    Seite("POST", "/anmelden", Recht.OFFEN, _melde_an),
    Seite("POST", "/abmelden", Recht.ANGEMELDET, _melde_ab),
    Seite("GET", LINK_PFAD, Recht.OFFEN, _linkseite),
    Seite("POST", LINK_PFAD, Recht.OFFEN, _setze_passwort),
)
