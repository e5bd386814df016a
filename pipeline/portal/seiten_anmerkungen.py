"""Remarks beside figures of the own report: a list that leads to each figure, and a form for one of them.

What belongs here: these pages. The report itself stays as the pipeline wrote it.
"""

from starlette.responses import Response

from assets.berichte.gebiete import verweise
from assets.berichte.kennzahl import kennzahl_id
from assets.lieferbuch.anmerkungen import Anmerkung, lies_anmerkungen, merke_an
from assets.lieferbuch.verbindung import lies, schreibe
from assets.ortszeit import zeit
from pipeline.portal.abbruch import nicht_gefunden
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht
from schemas.editionen import fuer
from schemas.indikatoren import katalog
from schemas.modell import Indikator

_SEITE = "/kreis/{einheit}/anmerkungen"


def _indikatoren(anfrage: Anfrage) -> dict[str, Indikator]:
    return {i.id: i for i in katalog(anfrage.umfeld.land)}


def _bericht(anfrage: Anfrage, einheit: str) -> str:
    """Address of the preview of a Meldeeinheit's report; empty before there is one."""
    seite = f"{fuer(einheit)}/{verweise(anfrage.umfeld.land)[einheit]}"
    return f"/kreis/{einheit}/bericht/{seite}" if anfrage.umfeld.ablage.gibt_es(f"berichte/{seite}") else ""


def _gelesen(anfrage: Anfrage, einheit: str | None = None) -> list[Anmerkung]:
    with lies(anfrage.umfeld.engine) as v:
        return lies_anmerkungen(v, einheit)


def _eigene(anfrage: Anfrage) -> Response:
    gewaehlt = anfrage.request.query_params.get("kennzahl", "")
    indikatoren, gesagt = _indikatoren(anfrage), _gelesen(anfrage, anfrage.einheit.id)
    if gewaehlt and gewaehlt not in indikatoren:
        raise nicht_gefunden()
    return anfrage.zeige(
        "anmerkungen.html",
        einheit=anfrage.einheit,
        gewaehlt=indikatoren.get(gewaehlt),
        zeilen=[(i, [a for a in gesagt if a.indikator_id == i.id]) for i in indikatoren.values()],
        anker=kennzahl_id,
        bericht=_bericht(anfrage, anfrage.einheit.id),
        jahre=anfrage.umfeld.land.berichtsjahre[::-1],
        zeit=zeit,
        darf_anmerken=anfrage.darf(Recht.ANMERKEN),
    )


def _merke_an(anfrage: Anfrage) -> Response:
    indikator, jahr = _indikatoren(anfrage).get(anfrage.feld("kennzahl")), anfrage.feld("berichtsjahr")
    if indikator is None or jahr not in map(str, anfrage.umfeld.land.berichtsjahre):
        raise nicht_gefunden()
    with schreibe(anfrage.umfeld.engine) as v:
        merke_an(
            v,
            anfrage.feld("text"),
            anfrage.person.id,
            meldeeinheit=anfrage.einheit.id,
            indikator_id=indikator.id,
            berichtsjahr=int(jahr),
        )
    return weiter(f"/kreis/{anfrage.einheit.id}/anmerkungen#{kennzahl_id(indikator)}")


def _alle(anfrage: Anfrage) -> Response:
    """Of all Meldeeinheiten, for the Fachstelle."""
    indikatoren, einheiten = _indikatoren(anfrage), {m.id: m for m in anfrage.umfeld.land.meldeeinheiten}
    gesagt = [a for a in _gelesen(anfrage) if a.meldeeinheit in einheiten]
    return anfrage.zeige(
        "anmerkungen_land.html",
        # An indicator that is no longer in use still has its remarks.
        zeilen=[(einheiten[a.meldeeinheit], indikatoren.get(a.indikator_id), a) for a in gesagt],
        berichte={e: _bericht(anfrage, e) for e in {a.meldeeinheit for a in gesagt}},
        anker=kennzahl_id,
        zeit=zeit,
    )


SEITEN = (
    Seite("GET", _SEITE, Recht.SEHEN, _eigene),
    Seite("POST", _SEITE, Recht.ANMERKEN, _merke_an),
    Seite("GET", "/anmerkungen", Recht.LAND, _alle),
)
