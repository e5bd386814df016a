"""What is meant to become of each delivery, known from Land and seed alone.

What belongs here: the intention, so that tests and measurements can compare it with what the pipeline decided.
"""

from collections.abc import Iterator
from enum import StrEnum

from pipeline.beispiele.rollen import (
    MIT_WARNUNG,
    ZURUECKGEWIESEN,
    ZWEITE_FASSUNG,
    Besonderheit,
    Lieferung,
    Rollen,
    alle_lieferungen,
    verteile,
    wird_nicht_gesendet,
)
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Land

ERSTE, ZWEITE = "v1", "v2"
"""Folders of first deliveries and of their corrections."""


class Absicht(StrEnum):
    """`ANGENOMMEN` allows hints, `MIT_WARNUNG` means accepted with at least one finding to comment."""

    ZURUECKGEWIESEN = "zurueckgewiesen"
    ANGENOMMEN = "angenommen"
    MIT_WARNUNG = "mit_warnung"
    FEHLT = "fehlt"
    NICHT_ERWARTET = "nicht_erwartet"
    """Not sent, and rightly so: the tasks leave nothing to report."""

    @property
    def hat_datei(self) -> bool:
        """Whether there is a file at all."""
        return self not in (Absicht.FEHLT, Absicht.NICHT_ERWARTET)


def absichten(land: Land, seed: int) -> dict[str, Absicht]:
    """Intention by folder and file name (`v1/beratung_…_2025.csv`), missing deliveries included."""
    rollen = verteile(land, seed)
    return dict(_absichten(land, rollen))


def _absichten(land: Land, rollen: Rollen) -> Iterator[tuple[str, Absicht]]:
    for lieferung in alle_lieferungen(land):
        besonderheit = rollen.besonderheiten.get(lieferung)
        gut = Absicht.MIT_WARNUNG if _warnt(lieferung, rollen) else Absicht.ANGENOMMEN
        if besonderheit is Besonderheit.FEHLT:
            yield f"{ERSTE}/{lieferung.dateiname}", Absicht.FEHLT
            continue
        if wird_nicht_gesendet(land, rollen, lieferung):
            yield f"{ERSTE}/{lieferung.dateiname}", Absicht.NICHT_ERWARTET
            continue
        erste = Absicht.ZURUECKGEWIESEN if besonderheit in ZURUECKGEWIESEN else gut
        yield f"{ERSTE}/{lieferung.dateiname}", erste
        if besonderheit in ZWEITE_FASSUNG:
            yield f"{ZWEITE}/{lieferung.dateiname}", gut


def _warnt(lieferung: Lieferung, rollen: Rollen) -> bool:
    """Whether a sound version of this delivery still calls for a comment."""
    mehrfach = rollen.zaehlweise[lieferung.meldeeinheit].zaehlregel == "MEHRFACH"
    summenzeile = rollen.dialekt(lieferung).rahmen and bool(alle_datensaetze()[lieferung.datensatz].masse)
    return (
        rollen.besonderheiten.get(lieferung) in MIT_WARNUNG
        or (lieferung.datensatz == "beratung" and mehrfach)
        or summenzeile
    )
