"""Downloads from which a delivery is made: templates and the Erhebungshandbuch.

What belongs here: handing out what `assets/erhebung` makes.
"""

import mimetypes

from starlette.responses import Response

from pipeline.erhebung import ALLE, ErhebungError, Wunsch, erstelle_vorlage
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import Anfrage, Seite
from pipeline.portal.rechte import Recht

ARTEN = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def anhang(inhalt: bytes, name: str) -> Response:
    """A file the browser stores and never shows; the name is our own and plain ASCII."""
    art = ARTEN.get(name.rpartition(".")[2], "application/octet-stream")
    return Response(inhalt, media_type=art, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _vorlage(anfrage: Anfrage) -> Response:
    teile = anfrage.request.path_params
    form, datensatz = teile["form"], teile.get("datensatz", ALLE)
    if form not in ("csv", "xlsx"):
        raise nicht_gefunden()
    wunsch = Wunsch(datensatz, anfrage.einheit.id, anfrage.jahr, vorbelegt=True)
    name = f"{wunsch.dateistamm}.{form}"
    ablage, land = anfrage.umfeld.ablage, anfrage.umfeld.land
    try:
        return anhang(erstelle_vorlage(wunsch, form, ablage, land), name)
    except ErhebungError:
        # Without a register of Stellen there is nothing to fill in; a blank template is better than none.
        leer = Wunsch(datensatz, anfrage.einheit.id, anfrage.jahr)
    try:
        return anhang(erstelle_vorlage(leer, form, ablage, land), name)
    except ErhebungError as fehler:
        raise nicht_gefunden() from fehler


def _handbuch(anfrage: Anfrage) -> Response:
    pfad = anfrage.request.path_params["pfad"]
    inhalt = anfrage.umfeld.handbuch.get(pfad)
    if inhalt is None:
        raise nicht_gefunden()
    if pfad.rpartition(".")[2] in ARTEN:
        return anhang(inhalt, pfad.rpartition("/")[2])
    return Response(inhalt, media_type=mimetypes.guess_type(pfad)[0])


SEITEN = (
    Seite("GET", "/handbuch/{pfad:path}", Recht.ANGEMELDET, _handbuch),
    Seite("GET", "/kreis/{einheit}/{jahr:int}/vorlage.{form}", Recht.SEHEN, _vorlage, langsam=True),
    Seite("GET", "/kreis/{einheit}/{jahr:int}/{datensatz}/vorlage.{form}", Recht.SEHEN, _vorlage, langsam=True),
)
