"""Handing in without a file: the Fehlanzeige and "nicht erhoben", each explained and confirmed on a page of its own.

What belongs here: this page and its form. What does not: when which of the two is possible (`ohne_angaben.py`). What
comes of it is a delivery like any other, with bytes, receipt, check and release.
"""

from starlette.responses import Response

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.lesen import Stand, staende
from assets.lieferbuch.verbindung import lies
from pipeline.portal.abbruch import Abbruch, nicht_gefunden, unvollstaendig
from pipeline.portal.annahme import Datei, gib_ab
from pipeline.portal.ohne_angaben import (
    FEHLANZEIGE,
    NICHT_ERHOBEN,
    Moeglich,
    beschreibung,
    fehlanzeige,
    nicht_erhoben,
)
from pipeline.portal.rahmen import Anfrage, Seite, fassungspfad, weiter
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_vorlagen import anhang


def _seite(anfrage: Anfrage) -> Response:
    umfeld, schluessel = anfrage.umfeld, anfrage.schluessel
    stand = _stand(anfrage)
    return anfrage.zeige(
        "ohne_angaben.html",
        einheit=anfrage.einheit,
        jahr=anfrage.jahr,
        datensatz=beschreibung(umfeld, schluessel),
        fehlanzeige=fehlanzeige(umfeld, schluessel, stand),
        nicht_erhoben=nicht_erhoben(umfeld, schluessel),
        gueltig=next((s.gueltige_version for s in stand if s.schluessel == schluessel), None),
    )


def _stand(anfrage: Anfrage) -> list[Stand]:
    with lies(anfrage.umfeld.engine) as v:
        return staende(v)


def _nimm(anfrage: Anfrage) -> Response:
    gewaehlt = _gewaehlt(anfrage)
    if gewaehlt.inhalt is None:
        raise Abbruch(409, "Das geht so nicht", gewaehlt.grund)
    datei = Datei(f"{_stamm(anfrage.schluessel)}.csv", gewaehlt.inhalt)
    (ergebnis,) = gib_ab(anfrage.umfeld, anfrage.person.id, datei, anfrage.schluessel)
    return weiter(fassungspfad(anfrage.schluessel, ergebnis.version))


def _gewaehlt(anfrage: Anfrage) -> Moeglich:
    match anfrage.feld("art"):
        case art if art == FEHLANZEIGE:
            return fehlanzeige(anfrage.umfeld, anfrage.schluessel, _stand(anfrage))
        case art if art == NICHT_ERHOBEN:
            return nicht_erhoben(anfrage.umfeld, anfrage.schluessel)
        case _:
            raise unvollstaendig()


def _stamm(schluessel: Lieferschluessel) -> str:
    return f"{schluessel.datensatz}_{schluessel.meldeeinheit}_{schluessel.berichtsjahr}"


def _vorlage(anfrage: Anfrage) -> Response:
    gefuellt = nicht_erhoben(anfrage.umfeld, anfrage.schluessel).vorlage
    if gefuellt is None:
        raise nicht_gefunden()
    return anhang(gefuellt, f"{_stamm(anfrage.schluessel)}.csv")


_ORT = "/kreis/{einheit}/{jahr:int}/{datensatz}/ohne-angaben"
SEITEN = (
    Seite("GET", _ORT, Recht.ABGEBEN, _seite, langsam=True),
    Seite("POST", _ORT, Recht.ABGEBEN, _nimm, langsam=True),
    Seite("GET", f"{_ORT}/vorlage.csv", Recht.ABGEBEN, _vorlage, langsam=True),
)
