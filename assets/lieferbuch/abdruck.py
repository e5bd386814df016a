"""What the stages are told of the Lieferbuch's decisions: a small file beside the receipts of a delivery.

What belongs here: writing that file from the Lieferbuch. What does not: its form and what follows from it
(`assets/eingang/entscheidungen.py`).
"""

import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.entscheidungen import Entscheidungen, schreibe_entscheidungen
from assets.lieferbuch.tabellen import fassungen
from assets.lieferbuch.verbindung import schreibe
from assets.lieferbuch.zustand import ist
from schemas.lieferbuch import OEFFENTLICHE, ZURUECKGEZOGEN


def gebuchte_entscheidungen(v: sa.Connection, schluessel: Lieferschluessel) -> Entscheidungen:
    """What the Lieferbuch says of withdrawals and the release of a delivery."""
    zeilen = v.execute(
        sa.select(fassungen.c.version, fassungen.c.zustand, fassungen.c.rueckzugsgrund).where(ist(schluessel))
    ).all()
    return Entscheidungen(
        {z.version: z.rueckzugsgrund for z in zeilen if z.zustand == ZURUECKGEZOGEN},
        max((z.version for z in zeilen if z.zustand in OEFFENTLICHE), default=None),
    )


def teile_mit(engine: sa.Engine, ablage: Ablage, schluessel: Lieferschluessel) -> None:
    """Tells the stages where a delivery stands after a decision; whoever books last writes last."""
    with schreibe(engine) as v:
        schreibe_entscheidungen(ablage, schluessel, gebuchte_entscheidungen(v, schluessel))
