"""Where somebody begins: what waits, the deliveries of a Meldeeinheit, those of all.

What belongs here: pages that show many deliveries. What does not: one of them (`seiten_abgabe.py` and others).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from starlette.responses import Response

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.lesen import Stand, aufgaben, staende
from assets.lieferbuch.verbindung import lies
from assets.ortszeit import ORTSZEIT
from assets.pruefung.lieferungen import lieferstand
from pipeline.portal.rahmen import Anfrage, Seite, weiter
from pipeline.portal.rechte import Recht, hat_recht
from schemas.datensaetze import alle_datensaetze
from schemas.editionen import fuer
from schemas.lieferbuch import FASSUNGSZUSTAND
from schemas.lieferstand import ZUSTAND
from schemas.modell import Meldeeinheit


@dataclass(frozen=True, slots=True)
class Feld:
    """A cell of a matrix: state of the newest version, the version that counts, what comes next."""

    code: str
    label: str
    version: int | None
    gueltig: int | None
    was_nun: str
    ueberfaellig: bool


def heute() -> date:
    """The day deadlines are held against."""
    return datetime.now(UTC).astimezone(ORTSZEIT).date()


def felder(anfrage: Anfrage) -> dict[Lieferschluessel, Feld]:
    """The cell of every delivery the Land could have."""
    land = anfrage.umfeld.land
    with lies(anfrage.umfeld.engine) as v:
        gebucht = {s.schluessel: s for s in staende(v)}
    zeilen = lieferstand(anfrage.umfeld.ablage, land).select("datensatz", "berichtsjahr", "meldeeinheit", "zustand")
    return {
        schluessel: _feld(gebucht.get(schluessel), zustand, land.lieferfristen[schluessel.berichtsjahr])
        for *teile, zustand in zeilen.iter_rows()
        for schluessel in (Lieferschluessel(*teile),)
    }


def _feld(stand: Stand | None, ohne: str, frist: date) -> Feld:
    spaet = heute() > frist
    if stand is not None:
        label = FASSUNGSZUSTAND.label_von(stand.zustand)
        gueltig = stand.gueltige_version
        return Feld(stand.zustand, label, stand.neueste_version, gueltig, stand.was_nun, spaet and gueltig is None)
    if ohne != "nicht_erwartet":
        # What a run knows of, but nobody has booked yet, is about to be; until then it is as if it had not come.
        return Feld("fehlt", ZUSTAND.label_von("fehlt"), None, None, "Bitte abgeben.", spaet)
    return Feld(ohne, ZUSTAND.label_von(ohne), None, None, "Nichts zu tun.", ueberfaellig=False)


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
    return anfrage.zeige(
        "kreis.html",
        einheit=anfrage.einheit,
        felder=felder(anfrage),
        schluessel=Lieferschluessel,
        datensaetze=[alle_datensaetze()[d] for d in land.datensaetze],
        jahre=land.berichtsjahre,
        fristen=land.lieferfristen,
        aufgaben=offen,
        bericht=edition if anfrage.umfeld.ablage.gibt_es(f"berichte/{edition}/index.html") else "",
    )


def _ist_von(schluessel: Lieferschluessel, anfrage: Anfrage) -> bool:
    return schluessel.meldeeinheit == anfrage.einheit.id


def _land(anfrage: Anfrage) -> Response:
    land = anfrage.umfeld.land
    with lies(anfrage.umfeld.engine) as v:
        offen = aufgaben(v, anfrage.person.id)
    return anfrage.zeige(
        "land.html",
        felder=felder(anfrage),
        schluessel=Lieferschluessel,
        datensaetze=[alle_datensaetze()[d] for d in land.datensaetze],
        jahre=land.berichtsjahre,
        fristen=land.lieferfristen,
        aufgaben=[a for a in offen if a.schluessel is None],
    )


SEITEN = (
    Seite("GET", "/", Recht.ANGEMELDET, _start),
    Seite("GET", "/kreis/{einheit}", Recht.SEHEN, _kreis),
    Seite("GET", "/land", Recht.LAND, _land),
)
