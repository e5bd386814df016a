"""Attribution and licence of what pages show, as the providers ask for it.

What belongs here: which attributions a set of reports needs. They are written once, beside the reference data.
"""

import polars as pl

from assets.berichte.daten import Berichtsdaten

UMRISSE = "gebiet/umrisse"
"""How the list of attributions calls the outlines."""


def der_statistiken(daten: Berichtsdaten) -> tuple[tuple[str, str], ...]:
    """(Attribution, licence) of every table a shown value or the formula of allocations rests on, in their order."""
    schluessel = daten.land.verteilschluessel if daten.mittel.zuweisungen["formel_cent"].count() else None
    der_formel = [g.groesse.quelle for g in schluessel.groessen] if schluessel else []
    return der_quellen(daten, " ".join([*daten.werte["quelle"].unique().drop_nulls(), *der_formel]))


def der_quellen(daten: Berichtsdaten, quellen: str) -> tuple[tuple[str, str], ...]:
    """The same of every table that a text about sources names."""
    return tuple(
        (attribution, lizenz or "")
        for tabelle, attribution, lizenz in _nachweise(daten)
        if attribution and tabelle in quellen
    )


def der_umrisse(daten: Berichtsdaten) -> tuple[str, str] | None:
    """(Attribution, licence) of the map, or None where there is none."""
    if daten.umrisse.is_empty():
        return None
    return next(((a, lizenz or "") for tabelle, a, lizenz in _nachweise(daten) if tabelle == UMRISSE and a), None)


def _nachweise(daten: Berichtsdaten) -> list[tuple[str, str | None, str | None]]:
    if daten.nachweise.is_empty():
        return []
    spalten = [pl.col(name).cast(pl.String) for name in ("tabelle", "attribution", "lizenz")]
    return list(daten.nachweise.select(spalten).unique(maintain_order=True).iter_rows())
