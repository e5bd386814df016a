"""Decides what is left to do, from what stands, before anything is opened.

What belongs here: the plan every way of starting a run shares: command line, nightly schedule, inbox sensor.
"""

from dataclasses import dataclass

from assets.ablage import Ablage
from assets.auf_dem_stand import landesebene_offen
from assets.eingang.dateiname import Lieferschluessel
from assets.partitionen import Bereich, bereiche
from assets.pruefung.lieferungen import offene
from schemas.modell import Land


@dataclass(frozen=True, slots=True)
class Plan:
    """Deliveries to check, the runs that cover them, and whether the level of the Land has to be made again."""

    lieferungen: tuple[Lieferschluessel, ...]
    bereiche: tuple[Bereich, ...]
    landesebene: bool

    @property
    def ist_leer(self) -> bool:
        """Nothing to do."""
        return not self.lieferungen and not self.landesebene


def plane(ablage: Ablage, land: Land, *, jahr: int | None = None, meldeeinheit: str | None = None) -> Plan:
    """What is not done, in all or only for one year or one Meldeeinheit."""
    gewaehlt = [
        s for s in offene(ablage, land) if jahr in (None, s.berichtsjahr) and meldeeinheit in (None, s.meldeeinheit)
    ]
    paare = {(s.berichtsjahr, s.meldeeinheit) for s in gewaehlt}
    return Plan(tuple(gewaehlt), tuple(bereiche(land, paare)), bool(gewaehlt) or landesebene_offen(ablage, land))
