"""Where somebody begins: what waits, and the deliveries of a Meldeeinheit.

What belongs here: pages that show many deliveries of one Meldeeinheit. What does not: one of them (`seiten_abgabe.py`
and others), those of all (`seiten_land.py`).
"""

from starlette.responses import Response

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.lesen import aufgaben
from assets.lieferbuch.rueckfragen import rueckfragen_zu
from assets.lieferbuch.verbindung import lies
from assets.ortszeit import zeit
from pipeline.portal.felder import felder
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht, hat_recht
from schemas.datensaetze import alle_datensaetze
from schemas.editionen import fuer
from schemas.modell import Meldeeinheit


def eigene(anfrage: Anfrage) -> list[Meldeeinheit]:
    """The Meldeeinheiten the person has a role for."""
    kennungen = {einheit for _, einheit in anfrage.person.rollen}
    return [m for m in anfrage.umfeld.land.meldeeinheiten if m.id in kennungen]


def _start(anfrage: Anfrage) -> Response:
    einheiten = eigene(anfrage)
    if hat_recht(anfrage.person, Recht.LAND, None):
        return weiter("/land")
    if len(einheiten) == 1:
        return weiter(f"/kreis/{einheiten[0].id}")
    if not einheiten and hat_recht(anfrage.person, Recht.VERWALTEN, None):
        return weiter("/verwaltung")
    return anfrage.zeige("start.html", einheiten=einheiten)


def _kreis(anfrage: Anfrage) -> Response:
    land, edition = anfrage.umfeld.land, fuer(anfrage.einheit.id)
    with lies(anfrage.umfeld.engine) as v:
        offen = [a for a in aufgaben(v, anfrage.person.id) if a.schluessel and _ist_von(a.schluessel, anfrage)]
        gefragt = rueckfragen_zu(v, anfrage.einheit.id)
    return anfrage.zeige(
        "kreis.html",
        einheit=anfrage.einheit,
        felder=felder(anfrage.umfeld),
        schluessel=Lieferschluessel,
        datensaetze=[alle_datensaetze()[d] for d in land.datensaetze],
        jahre=land.berichtsjahre,
        fristen=land.lieferfristen,
        aufgaben=offen,
        gefragt=gefragt,
        alle=alle_datensaetze(),
        darf_antworten=anfrage.darf(Recht.ANTWORTEN),
        zeit=zeit,
        bericht=edition if anfrage.umfeld.ablage.gibt_es(f"berichte/{edition}/index.html") else "",
    )


def _ist_von(schluessel: Lieferschluessel, anfrage: Anfrage) -> bool:
    return schluessel.meldeeinheit == anfrage.einheit.id


SEITEN = (
    Seite("GET", "/", Recht.ANGEMELDET, _start),
    Seite("GET", "/kreis/{einheit}", Recht.SEHEN, _kreis),
)
