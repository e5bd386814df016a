"""Where each delivery stands, as the cell of a matrix.

What belongs here: putting together what the Lieferbuch and the last run know. What does not: pages that show it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.lesen import Stand, staende
from assets.lieferbuch.verbindung import lies
from assets.ortszeit import ORTSZEIT, ortszeit
from assets.pruefung.lieferungen import lieferstand
from pipeline.portal.quellen import Quellen
from schemas.lieferbuch import ABGEWIESEN, FASSUNGSZUSTAND, OEFFENTLICHE, UEBERNOMMEN
from schemas.lieferstand import ZUSTAND


@dataclass(frozen=True, slots=True)
class Feld:
    """A cell of a matrix: state of the newest version, the version that counts, what comes next.

    `ueberfaellig`: nothing counts though the deadline is over. `verspaetet`: what came first, came after it.
    """

    code: str
    label: str
    version: int | None
    gueltig: int | None
    was_nun: str
    ueberfaellig: bool
    verspaetet: bool = False

    @property
    def ist_erwartet(self) -> bool:
        """Whether there has to be a delivery."""
        return self.code != "nicht_erwartet"


def heute() -> date:
    """The day deadlines are held against."""
    return datetime.now(UTC).astimezone(ORTSZEIT).date()


def felder(quellen: Quellen) -> dict[Lieferschluessel, Feld]:
    """The cell of every delivery the Land could have."""
    land = quellen.land
    with lies(quellen.engine) as v:
        gebucht = {s.schluessel: s for s in staende(v)}
    zeilen = lieferstand(quellen.ablage, land).select("datensatz", "berichtsjahr", "meldeeinheit", "zustand")
    return {
        schluessel: _feld(gebucht.get(schluessel), zustand, land.lieferfristen[schluessel.berichtsjahr])
        for *teile, zustand in zeilen.iter_rows()
        for schluessel in (Lieferschluessel(*teile),)
    }


def _feld(stand: Stand | None, ohne: str, frist: date) -> Feld:
    spaet = heute() > frist
    if stand is not None:
        gueltig, eingang = stand.gueltige_version, stand.erster_eingang
        return Feld(
            stand.zustand,
            FASSUNGSZUSTAND.label_von(stand.zustand),
            stand.neueste_version,
            gueltig,
            stand.was_nun,
            ueberfaellig=spaet and gueltig is None,
            verspaetet=eingang is not None and ortszeit(eingang).date() > frist,
        )
    if ohne != "nicht_erwartet":
        # What a run knows of, but nobody has booked yet, is about to be; until then it is as if it had not come.
        return Feld("fehlt", ZUSTAND.label_von("fehlt"), None, None, "Bitte abgeben.", spaet)
    return Feld(ohne, ZUSTAND.label_von(ohne), None, None, "Nichts zu tun.", ueberfaellig=False)


@dataclass(frozen=True, slots=True)
class Zaehlung:
    """How many deliveries of a year stand how; one may be counted in several."""

    erwartet: int
    angenommen: int
    offen: int
    fehlt: int
    ueberfaellig: int
    verspaetet: int
    abgewiesen: int
    wartet: int
    freigegeben: int


def zaehle(einzelne: Iterable[Feld]) -> Zaehlung:
    """The counts."""
    alle = [f for f in einzelne if f.ist_erwartet]
    return Zaehlung(
        erwartet=len(alle),
        angenommen=sum(f.gueltig is not None for f in alle),
        offen=sum(f.gueltig is None for f in alle),
        fehlt=sum(f.code == "fehlt" for f in alle),
        ueberfaellig=sum(f.ueberfaellig for f in alle),
        verspaetet=sum(f.verspaetet for f in alle),
        abgewiesen=sum(f.code in ABGEWIESEN for f in alle),
        wartet=sum(f.code in UEBERNOMMEN for f in alle),
        freigegeben=sum(f.code in OEFFENTLICHE for f in alle),
    )
