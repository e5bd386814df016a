"""What the Fachstelle asked a Meldeeinheit: answering it, and all of it as a page to print.

What belongs here: these two. What does not: putting questions (`seiten_land.py`).
"""

from starlette.responses import Response

from assets.lieferbuch.rueckfragen import beantworte, rueckfragen_zu
from assets.lieferbuch.verbindung import lies, schreibe
from assets.ortszeit import zeit
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from schemas.datensaetze import alle_datensaetze


def _zeige(anfrage: Anfrage) -> Response:
    with lies(anfrage.umfeld.engine) as v:
        gefragt = rueckfragen_zu(v, anfrage.einheit.id)
    return anfrage.zeige(
        "rueckfragen.html",
        einheit=anfrage.einheit,
        jahre=list(dict.fromkeys(f.berichtsjahr for f in gefragt)),
        gefragt=gefragt,
        datensaetze=alle_datensaetze(),
        zeit=zeit,
    )


def _beantworte(anfrage: Anfrage) -> Response:
    nummer = int(anfrage.request.path_params["nummer"])
    with schreibe(anfrage.umfeld.engine) as v:
        beantworte(v, anfrage.einheit.id, nummer, anfrage.feld("antwort"), anfrage.person.id)
    return weiter(f"/kreis/{anfrage.einheit.id}#rueckfragen")


SEITEN = (
    Seite("GET", "/kreis/{einheit}/rueckfragen", Recht.SEHEN, _zeige),
    Seite("POST", "/kreis/{einheit}/rueckfragen/{nummer:int}", Recht.ANTWORTEN, _beantworte),
)
