"""Examples to download: a delivery that is accepted, one with common mistakes, and that one as the portal marks it.

What belongs here: handing them out. What does not: making them (`assets/erhebung/beispiel.py`).
"""

from dataclasses import replace

from starlette.responses import Response

from assets.erhebung.beispiel import beispiel, mit_fehlern
from assets.pruefung.mappe import als_mappe
from assets.pruefung.pruefen import lies
from pipeline.einzelpruefung import protokolliere
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import Anfrage, Seite
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_vorlagen import anhang
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz, Meldeeinheit

_FEHLER = "_mit_fehlern"


def _beispiel(anfrage: Anfrage) -> tuple[Datensatz, Meldeeinheit, bytes]:
    datensatz = alle_datensaetze()[anfrage.schluessel.datensatz].fuer(anfrage.umfeld.land)
    gefunden = beispiel(datensatz, anfrage.umfeld.land, anfrage.jahr, anfrage.einheit.id)
    if gefunden is None:
        raise nicht_gefunden()
    return datensatz, *gefunden


def _gut(anfrage: Anfrage) -> Response:
    datensatz, _, inhalt = _beispiel(anfrage)
    return anhang(inhalt, f"beispiel_{datensatz.name}.csv")


def _schlecht(anfrage: Anfrage) -> Response:
    datensatz, _, inhalt = _beispiel(anfrage)
    return anhang(mit_fehlern(datensatz, inhalt), f"beispiel_{datensatz.name}{_FEHLER}.csv")


def _markiert(anfrage: Anfrage) -> Response:
    datensatz, einheit, gut = _beispiel(anfrage)
    name = f"beispiel_{datensatz.name}{_FEHLER}"
    inhalt = mit_fehlern(datensatz, gut)
    schluessel = replace(anfrage.schluessel, meldeeinheit=einheit.id)
    p = protokolliere(schluessel, lies(inhalt, f"{name}.csv", datensatz), f"{name}.csv", inhalt, anfrage.umfeld.land)
    return anhang(als_mappe(p.pruefung, p.daten, p.datensatz), f"{name}.xlsx")


_ORT = "/kreis/{einheit}/{jahr:int}/{datensatz}/beispiel"
SEITEN = (
    Seite("GET", f"{_ORT}.csv", Recht.SEHEN, _gut, langsam=True),
    Seite("GET", f"{_ORT}-mit-fehlern.csv", Recht.SEHEN, _schlecht, langsam=True),
    Seite("GET", f"{_ORT}-mit-fehlern.xlsx", Recht.SEHEN, _markiert, langsam=True),
)
