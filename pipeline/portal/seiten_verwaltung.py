"""Accounts and rights, for the Verwaltung: who there is, what each may do, locking, links for passwords.

What belongs here: these pages and forms. What does not: what may be done (`assets/lieferbuch/konten.py`, `rechte.py`,
`verknuepfung.py`), and deliveries: this role sees none.
"""

import json
from collections.abc import Callable

import sqlalchemy as sa
from starlette.responses import Response

from assets.lieferbuch.einblick import namen
from assets.lieferbuch.fehler import LieferbuchError, RechtError
from assets.lieferbuch.kette import Ereignis
from assets.lieferbuch.konten import LINK_GILT, entsperre, geschehen, person, personen, sperre, stelle_link_aus
from assets.lieferbuch.rechte import entzieh, lege_person_an, vergib
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.verknuepfung import Subjekt, loese, subjekt_von, verknuepfe
from assets.ortszeit import zeit
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import HOECHSTE_VERSION, Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_anmeldung import LINK_PFAD
from pipeline.portal.seiten_konto import in_worten
from pipeline.portal.sitzung import neue_marke
from schemas.lieferbuch import EREIGNISSE, ROLLEN

_PERSON = "/verwaltung/person/{person:int}"


def _pfad(nummer: int) -> str:
    return f"/verwaltung/person/{nummer}"


def _alle(anfrage: Anfrage) -> Response:
    with lies(anfrage.umfeld.engine) as v:
        leute = personen(v)
    return anfrage.zeige(
        "verwaltung.html",
        leute=[(p, in_worten(p.rechte, anfrage.umfeld.land)) for p in leute],
        zeit=zeit,
    )


def _neu(anfrage: Anfrage) -> Response:
    return _formular(anfrage, "", 200)


def _formular(anfrage: Anfrage, fehler: str, status: int) -> Response:
    eingaben = {name: anfrage.feld(name) for name in ("name", "kennung", "mail", "rolle", "meldeeinheit")}
    return anfrage.zeige("person_neu.html", status, fehler=fehler, rollen=ROLLEN, eingaben=eingaben)


def _lege_an(anfrage: Anfrage) -> Response:
    geheimnis = neue_marke()
    try:
        with schreibe(anfrage.umfeld.engine) as v:
            nummer = lege_person_an(
                v,
                anfrage.feld("kennung").strip().casefold(),
                anfrage.feld("name").strip(),
                anfrage.person.id,
                mail=anfrage.feld("mail").strip() or None,
            )
            _vergib(v, anfrage, nummer)
            stelle_link_aus(v, nummer, anfrage.person.id, geheimnis)
    except RechtError:
        raise
    except LieferbuchError as fehler:
        return _formular(anfrage, str(fehler), 422)
    return _zeige_link(anfrage, nummer, geheimnis)


def _vergib(v: sa.Connection, anfrage: Anfrage, nummer: int) -> None:
    einheit = anfrage.feld("meldeeinheit") or None
    if einheit not in (None, *(m.id for m in anfrage.umfeld.land.meldeeinheiten)):
        raise LieferbuchError("Diese Meldeeinheit gibt es nicht.")
    vergib(v, nummer, anfrage.feld("rolle"), anfrage.person.id, einheit)


def _zeige_link(anfrage: Anfrage, nummer: int, geheimnis: str) -> Response:
    """The only time the secret is seen."""
    with lies(anfrage.umfeld.engine) as v:
        wer = person(v, nummer)
    link = anfrage.wurzel + LINK_PFAD.format(geheimnis=geheimnis)
    return anfrage.zeige("passwortlink.html", wer=wer, link=link, tage=LINK_GILT.days)


def _nummer(anfrage: Anfrage) -> int:
    nummer = int(anfrage.request.path_params["person"])
    if nummer > HOECHSTE_VERSION:
        raise nicht_gefunden()
    return nummer


def _person(anfrage: Anfrage) -> Response:
    return _zeige_person(anfrage, "", 200)


def _zeige_person(anfrage: Anfrage, fehler: str, status: int) -> Response:
    anbieter = anfrage.umfeld.anbieter
    with lies(anfrage.umfeld.engine) as v:
        wer = person(v, _nummer(anfrage))
        taten = geschehen(v, wer.id)
        leute = namen(v, [t.akteur for t in taten])
        subjekt = subjekt_von(v, wer.id, anbieter.aussteller) if anbieter else None
    return anfrage.zeige(
        "person.html",
        status,
        wer=wer,
        fehler=fehler,
        pfad=_pfad(wer.id),
        zeit=zeit,
        ist_selbst=wer.id == anfrage.person.id,
        rechte=in_worten(wer.rechte, anfrage.umfeld.land),
        rollen=ROLLEN,
        verlauf=[(zeit(t.zeitpunkt), _in_worten(anfrage, t), leute[t.akteur]) for t in taten],
        anbieter=anbieter.name if anbieter else "",
        subjekt=subjekt,
    )


def _in_worten(anfrage: Anfrage, tat: Ereignis) -> str:
    daten = json.loads(tat.daten)
    if "rolle" not in daten:
        return EREIGNISSE.label_von(tat.art)
    ((_, _, rolle, einheit),) = in_worten([(daten["rolle"], daten["meldeeinheit"])], anfrage.umfeld.land)
    return f"{EREIGNISSE.label_von(tat.art)}: {rolle}, {einheit}"


def _tue(was: Callable[[sa.Connection, Anfrage, int], None]) -> Callable[[Anfrage], Response]:
    """A form of a person's page: does it and shows the page again, or says there why not."""

    def antworte(anfrage: Anfrage) -> Response:
        nummer = _nummer(anfrage)
        try:
            with schreibe(anfrage.umfeld.engine) as v:
                person(v, nummer)
                was(v, anfrage, nummer)
        except RechtError:
            raise
        except LieferbuchError as fehler:
            return _zeige_person(anfrage, str(fehler), 409)
        return weiter(_pfad(nummer))

    return antworte


def _entzieh(v: sa.Connection, anfrage: Anfrage, nummer: int) -> None:
    entzieh(v, nummer, anfrage.feld("rolle"), anfrage.person.id, anfrage.feld("meldeeinheit") or None)


def _sperre(v: sa.Connection, anfrage: Anfrage, nummer: int) -> None:
    sperre(v, nummer, anfrage.person.id)


def _entsperre(v: sa.Connection, anfrage: Anfrage, nummer: int) -> None:
    entsperre(v, nummer, anfrage.person.id)


def _verknuepfe(v: sa.Connection, anfrage: Anfrage, nummer: int) -> None:
    if nummer == anfrage.person.id:
        raise LieferbuchError("Das eigene Konto wird unter „Mein Konto“ verknüpft.")
    subjekt = Subjekt(_aussteller(anfrage), anfrage.feld("subjekt").strip())
    verknuepfe(v, nummer, subjekt, anfrage.person.id)


def _loese(v: sa.Connection, anfrage: Anfrage, nummer: int) -> None:
    loese(v, nummer, _aussteller(anfrage), anfrage.person.id)


def _aussteller(anfrage: Anfrage) -> str:
    if anfrage.umfeld.anbieter is None:
        raise nicht_gefunden()
    return anfrage.umfeld.anbieter.aussteller


def _gib_link(anfrage: Anfrage) -> Response:
    nummer, geheimnis = _nummer(anfrage), neue_marke()
    with schreibe(anfrage.umfeld.engine) as v:
        stelle_link_aus(v, nummer, anfrage.person.id, geheimnis)
    return _zeige_link(anfrage, nummer, geheimnis)


SEITEN = (
    Seite("GET", "/verwaltung", Recht.VERWALTEN, _alle),
    Seite("GET", "/verwaltung/neu", Recht.VERWALTEN, _neu),
    Seite("POST", "/verwaltung/neu", Recht.VERWALTEN, _lege_an),
    Seite("GET", _PERSON, Recht.VERWALTEN, _person),
    Seite("POST", f"{_PERSON}/vergeben", Recht.VERWALTEN, _tue(_vergib)),
    Seite("POST", f"{_PERSON}/entziehen", Recht.VERWALTEN, _tue(_entzieh)),
    Seite("POST", f"{_PERSON}/sperren", Recht.VERWALTEN, _tue(_sperre)),
    Seite("POST", f"{_PERSON}/entsperren", Recht.VERWALTEN, _tue(_entsperre)),
    Seite("POST", f"{_PERSON}/passwortlink", Recht.VERWALTEN, _gib_link),
    Seite("POST", f"{_PERSON}/verknuepfen", Recht.VERWALTEN, _tue(_verknuepfe)),
    Seite("POST", f"{_PERSON}/loesen", Recht.VERWALTEN, _tue(_loese)),
)
