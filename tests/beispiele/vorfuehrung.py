"""The rows of all demo deliveries as the checks would accept them, without writing and reading files."""

import polars as pl

from assets.eingang.dateiname import Lieferschluessel
from pipeline.beispiele.inhalt import Auftrag, Wert, zeilen_von
from pipeline.beispiele.plan import plane
from pipeline.beispiele.rollen import QUERBEFUND, Rollen, alle_lieferungen
from schemas.datensaetze import alle_datensaetze
from schemas.laender import lade_land
from tests.querpruefung.zustand import Zeile, Zustand

LAND = lade_land("sachsen")


def _zahl(wert: Wert) -> object:
    """What a sign in a measure becomes when it is read: a dash is zero, anything else unknown."""
    if isinstance(wert, str):
        return 0 if wert == "-" else None
    return wert


def beispiele(rollen: Rollen, seed: int, referenz: pl.DataFrame, *, auffaellig: bool = False) -> Zustand:
    """Every delivery of a seed, also those that go missing or get spoilt in the demonstration.

    `auffaellig` adds what the demonstration shows to findings across files.
    """
    plaene = plane(LAND, seed, rollen, referenz)
    zustand: Zustand = {}
    for lieferung in alle_lieferungen(LAND):
        masse = alle_datensaetze()[lieferung.datensatz].masse
        besonderheit = rollen.besonderheiten.get(lieferung)
        # The register says when the Stelle closed, unless the example is to show what happens if it does not.
        gezeigt = besonderheit if auffaellig and besonderheit in QUERBEFUND else None
        auftrag = Auftrag(LAND, seed, plaene[lieferung.meldeeinheit], lieferung, gezeigt, 1)
        zeilen: list[Zeile] = [{k: _zahl(w) if k in masse else w for k, w in z.items()} for z in zeilen_von(auftrag)]
        zustand[Lieferschluessel(lieferung.datensatz, lieferung.jahr, lieferung.meldeeinheit)] = zeilen
    return zustand
