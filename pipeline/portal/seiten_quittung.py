"""Receipts: to print, as a file, and verified for whoever holds one.

What belongs here: these pages. Verifying needs no account and says nothing but what the receipt says itself; it asks
neither Ablage nor Lieferbuch.
"""

import json
from typing import Any

from starlette.responses import Response

from pipeline.portal.quittung import in_worten, stelle_aus
from pipeline.portal.rahmen import Anfrage, Seite
from pipeline.portal.rechte import Recht
from pipeline.portal.seiten_fassung import FASSUNG, beleg_von, protokoll_von, rahmen_der_fassung
from pipeline.portal.seiten_vorlagen import anhang
from pipeline.portal.siegel import SiegelError

PRUEFEN = "/quittung/pruefen"


def _inhalt(anfrage: Anfrage) -> dict[str, Any]:
    return stelle_aus(anfrage.umfeld, beleg_von(anfrage, anfrage.version), protokoll_von(anfrage, anfrage.version))


def _quittung(anfrage: Anfrage) -> Response:
    inhalt = _inhalt(anfrage)
    return anfrage.zeige(
        "quittung.html",
        **rahmen_der_fassung(anfrage),
        nummer=inhalt["nummer"],
        version=anfrage.version,
        zeilen=in_worten(inhalt),
        siegel=anfrage.umfeld.siegel.setze(inhalt),
        rechner=anfrage.request.url.netloc,
        pruefen=PRUEFEN,
    )


def _datei(anfrage: Anfrage) -> Response:
    inhalt = _inhalt(anfrage)
    daten = {"quittung": inhalt, "siegel": anfrage.umfeld.siegel.setze(inhalt), "pruefen": PRUEFEN}
    return anhang(json.dumps(daten, ensure_ascii=False, indent=1).encode(), f"quittung_{inhalt['nummer']}.json")


def _formular(anfrage: Anfrage) -> Response:
    return anfrage.zeige("quittung_pruefen.html", zeilen=[], fehler="", siegel="")


def _pruefe(anfrage: Anfrage) -> Response:
    siegel = anfrage.feld("siegel")
    try:
        zeilen = in_worten(anfrage.umfeld.siegel.lies(siegel))
    except SiegelError as fehler:
        return anfrage.zeige("quittung_pruefen.html", 422, zeilen=[], fehler=str(fehler), siegel=siegel)
    return anfrage.zeige("quittung_pruefen.html", zeilen=zeilen, fehler="", siegel=siegel)


SEITEN = (
    Seite("GET", PRUEFEN, Recht.OFFEN, _formular),
    Seite("POST", PRUEFEN, Recht.OFFEN, _pruefe),
    Seite("GET", f"{FASSUNG}/quittung", Recht.SEHEN, _quittung, langsam=True),
    Seite("GET", f"{FASSUNG}/quittung.json", Recht.SEHEN, _datei, langsam=True),
)
