"""What is said where there is no page to show, and which error says what.

What belongs here: status, title and text. What does not: how it is told (`rahmen.py`, `api_rahmen.py`).
"""

import logging
import traceback

from starlette.exceptions import HTTPException

from assets.ablage import ist_voll
from assets.lieferbuch.fehler import LieferbuchError, RechtError, SpeicherError, UnbekanntError, VerbindungError
from pipeline.portal.grenzen import ABGABE, VollError
from pipeline.portal.werkbank import AbsturzError

ZU_GROSS = (
    f"Das ist zu groß; möglich sind {ABGABE // 2**20} MB. Bitte die Dateien einzeln und ohne leere Blätter senden."
)
ABSTURZ = "Das Programm ist beim Lesen der Datei abgestürzt oder kam damit nicht zu Ende."

_protokollant = logging.getLogger("teilhabe.portal")


class Abbruch(Exception):
    """There is no page to show; says what there is instead."""

    def __init__(self, status: int, titel: str, text: str) -> None:
        super().__init__(titel)
        self.status, self.titel, self.text = status, titel, text


# Made anew each time: an exception that is raised keeps the frames it passed, and with them the form that was sent.
def nicht_gefunden() -> Abbruch:
    """The same for what does not exist and for what belongs to others."""
    return Abbruch(404, "Nicht gefunden", "Diese Seite gibt es nicht, oder sie gehört zu einer anderen Stelle.")


def unvollstaendig() -> Abbruch:
    """A form without what the page asked for."""
    return Abbruch(400, "Unvollständig", "Das Formular kam nicht vollständig an. Bitte noch einmal senden.")


_LANGSAM = Abbruch(408, "Zu langsam", "Die Übertragung hat zu lange gedauert. Bitte noch einmal versuchen.")
_WEG = Abbruch(503, "Zurzeit nicht erreichbar", "Bitte in einigen Minuten noch einmal versuchen.")
_VOLL = Abbruch(
    503,
    "Zurzeit zu viele Abgaben",
    "Gerade geben sehr viele Stellen zugleich ab. Von Ihnen wurde nichts angenommen. Bitte in einigen Minuten noch "
    "einmal senden.",
)
_SPEICHER = Abbruch(
    507,
    "Speicher voll",
    "Auf dem Server ist kein Platz mehr. Nichts davon gilt als abgegeben. Bitte die Verwaltung des Portals "
    "benachrichtigen und später noch einmal senden. Dieselbe Datei zählt nur einmal.",
)
_ABSTURZ = Abbruch(500, "Nicht lesbar", f"{ABSTURZ} Bitte die Fachstelle fragen.")
_KAPUTT = Abbruch(500, "Ein Fehler des Programms", "Bitte in einigen Minuten noch einmal versuchen.")


def als_abbruch(pfad: str, fehler: Exception) -> Abbruch:
    """What to say of an error; of one that is our own the log learns where, but no text that could quote a delivery."""
    abbruch = _als_abbruch(fehler)
    if abbruch.status >= 500:
        ort = "".join(traceback.format_tb(fehler.__traceback__))
        _protokollant.error("%s an %s\n%s", type(fehler).__name__, pfad, ort)
    return abbruch


def _als_abbruch(fehler: Exception) -> Abbruch:
    if isinstance(fehler, Abbruch):
        return fehler
    if isinstance(fehler, HTTPException):
        return Abbruch(413, "Zu groß", ZU_GROSS) if fehler.status_code == 413 else unvollstaendig()
    if isinstance(fehler, RechtError):
        return Abbruch(403, "Nicht erlaubt", str(fehler))
    if ist_voll(fehler):
        return _SPEICHER
    feste = {
        TimeoutError: _LANGSAM,
        UnbekanntError: nicht_gefunden(),
        SpeicherError: _SPEICHER,
        VerbindungError: _WEG,
        VollError: _VOLL,
        AbsturzError: _ABSTURZ,
    }
    for art, abbruch in feste.items():
        if isinstance(fehler, art):
            return abbruch
    return Abbruch(409, "Das geht so nicht", str(fehler)) if isinstance(fehler, LieferbuchError) else _KAPUTT
