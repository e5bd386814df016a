"""How deliveries write the items of a Land's checklist, and which sections of `meldung` answer them.

What belongs here: what follows from `Land.berichtspunkte`, whatever they are. What does not: the items (Land profile),
and judging them (`assets/auswertung/berichtspunkte.py`).
"""

from schemas.codelisten import GESAMT
from schemas.modell import Berichtspunkt, Code, Codeliste, Land

AUSWERTUNG = "AUSWERTUNG"
"""The section of `meldung` that evaluates the figures of an item."""
_VORSILBE = "P"
"""Stands before an item's id in deliveries, because a spreadsheet makes a date of „26-1“."""


def meldecode(punkt: str) -> str:
    """How an item of the checklist is written in a delivery: `14-2c` -> `P14-2c`."""
    return _VORSILBE + punkt


def meldepunkte(land: Land) -> Codeliste:
    """The items of a Land as codes of deliveries, and one for the report as a whole."""
    return Codeliste(
        "meldepunkt",
        "Berichtspunkt",
        (
            *(Code(meldecode(p.id), p.inhalt, p.fundstelle) for p in land.berichtspunkte),
            Code(GESAMT, "Bericht im Ganzen"),
        ),
        "; ".join(land.rechtsgrundlagen.values()),
    )


def punkte_zu(land: Land, abschnitt: str) -> tuple[str, ...]:
    """Ids of the items a section of `meldung` is about; none where it fits everywhere or the Land does not ask for it.

    An evaluation is about the items whose figures some item wants evaluated, and about that item as a whole.
    """
    if abschnitt == AUSWERTUNG:
        gemeint = {i for p in land.berichtspunkte if p.umfasst for i in (*p.umfasst, p.id)}
        return tuple(p.id for p in land.berichtspunkte if p.id in gemeint)
    return tuple(p.id for p in land.berichtspunkte if any(abschnitt in gruppe for gruppe in p.abschnitte))


def punkt_mit(land: Land, datensatz: str, aufgabe: str = "") -> Berichtspunkt | None:
    """The first item made from this dataset and about this task; None if the Land has none."""
    passende = (p for p in land.berichtspunkte if datensatz in p.datensaetze and p.aufgabe == aufgabe)
    return next(passende, None)
