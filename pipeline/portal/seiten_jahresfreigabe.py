"""Releasing a Berichtsjahr: one person of the Fachstelle proposes it, another one looks at it and releases it.

What belongs here: this page and its forms. What does not: who may decide what
(`assets/lieferbuch/veroeffentlichen.py`), and what became public of it (`seiten_ausgaben.py`).
"""

from collections.abc import Callable, Iterable

import sqlalchemy as sa
from starlette.responses import Response

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.jahresfreigaben import Inhalt, freigegebene, inhalt, ist_etwas_zu_tun, jahresfreigaben
from assets.lieferbuch.verbindung import lies, schreibe
from assets.lieferbuch.veroeffentlichen import schlage_vor, veroeffentliche, verwirf
from assets.ortszeit import zeit
from assets.veroeffentlichung.hindernisse import hindernisse
from pipeline.portal.abbruch import unvollstaendig
from pipeline.portal.felder import Feld, felder, zaehle
from pipeline.portal.rahmen import Anfrage, Seite, fassungspfad, lieferungspfad, weiter
from pipeline.portal.rechte import Recht
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import FASSUNGSZUSTAND, OEFFENTLICHE
from schemas.modell import Land, Meldeeinheit

_HOECHSTE_STELLEN = 9
"""Digits of a proposal's number; databases know no numbers of any size."""

Eintrag = tuple[str, str, str]
"""A delivery in a list: its address, its name, and how it stands."""


def _zeige(anfrage: Anfrage) -> Response:
    land, jahr = anfrage.umfeld.land, anfrage.jahr
    stand = {s: f for s, f in felder(anfrage.umfeld).items() if s.berichtsjahr == jahr}
    with lies(anfrage.umfeld.engine) as v:
        alle, bereit = jahresfreigaben(v, jahr), freigegebene(v, jahr)
        vorschlag = next((f for f in alle if f.ist_offen), None)
        enthalten = inhalt(v, vorschlag.nummer) if vorschlag else []
        zu_tun = ist_etwas_zu_tun(v, jahr)
    drin = {(i.schluessel, i.version) for i in enthalten}
    return anfrage.zeige(
        "veroeffentlichen.html",
        jahr=jahr,
        jahre=land.berichtsjahre,
        zaehlung=zaehle(stand.values()),
        anzahl=len(enthalten) if vorschlag else len(bereit),
        inhalt=_je_einheit(land, _eintraege(enthalten if vorschlag else bereit)),
        im_weg=_je_einheit(land, _im_weg(stand)),
        hindernisse=hindernisse(anfrage.umfeld.ablage, land),
        vorschlag=vorschlag,
        ist_eigener=vorschlag is not None and vorschlag.vorschlagende_person == anfrage.person.id,
        hinfaellig=_je_einheit(land, _eintraege(i for i in enthalten if i.zustand not in OEFFENTLICHE)),
        neu=_je_einheit(land, _eintraege(i for i in bereit if (i.schluessel, i.version) not in drin))
        if vorschlag
        else [],
        ist_etwas_zu_tun=zu_tun,
        frueher=[f for f in alle if not f.ist_offen],
        zeit=zeit,
    )


def _eintraege(inhalte: Iterable[Inhalt]) -> list[tuple[Lieferschluessel, Eintrag]]:
    return [
        (
            i.schluessel,
            (
                fassungspfad(i.schluessel, i.version),
                f"{alle_datensaetze()[i.schluessel.datensatz].label}, Version {i.version}",
                FASSUNGSZUSTAND.label_von(i.zustand),
            ),
        )
        for i in inhalte
    ]


def _im_weg(stand: dict[Lieferschluessel, Feld]) -> list[tuple[Lieferschluessel, Eintrag]]:
    """Deliveries that are expected and not released."""
    return [
        (s, (lieferungspfad(s), alle_datensaetze()[s.datensatz].label, feld.label))
        for s, feld in stand.items()
        if feld.ist_erwartet and feld.code not in OEFFENTLICHE
    ]


def _je_einheit(
    land: Land, eintraege: list[tuple[Lieferschluessel, Eintrag]]
) -> list[tuple[Meldeeinheit, list[Eintrag]]]:
    """The same by Meldeeinheit, those without any left out."""
    je = [(e, [eintrag for s, eintrag in eintraege if s.meldeeinheit == e.id]) for e in land.meldeeinheiten]
    return [(einheit, eigene) for einheit, eigene in je if eigene]


def _schlage_vor(anfrage: Anfrage) -> Response:
    with schreibe(anfrage.umfeld.engine) as v:
        schlage_vor(v, anfrage.jahr, anfrage.person.id)
    return weiter(_pfad(anfrage))


def _gib_frei(anfrage: Anfrage) -> Response:
    return _entscheide(anfrage, veroeffentliche)


def _verwirf(anfrage: Anfrage) -> Response:
    return _entscheide(anfrage, verwirf)


def _entscheide(anfrage: Anfrage, tue: Callable[[sa.Connection, int, int], None]) -> Response:
    """Decides on the proposal the form shows, not on whatever is open by now."""
    nummer = anfrage.feld("nummer")
    if not (nummer.isascii() and nummer.isdigit() and len(nummer) <= _HOECHSTE_STELLEN):
        raise unvollstaendig()
    with schreibe(anfrage.umfeld.engine) as v:
        tue(v, int(nummer), anfrage.person.id)
    return weiter(_pfad(anfrage))


def _pfad(anfrage: Anfrage) -> str:
    return f"/land/veroeffentlichen/{anfrage.jahr}"


_JAHR = "/land/veroeffentlichen/{jahr:int}"
SEITEN = (
    Seite("GET", _JAHR, Recht.LAND, _zeige),
    Seite("POST", f"{_JAHR}/vorschlagen", Recht.LAND, _schlage_vor),
    Seite("POST", f"{_JAHR}/freigeben", Recht.LAND, _gib_frei),
    Seite("POST", f"{_JAHR}/verwerfen", Recht.LAND, _verwirf),
)
