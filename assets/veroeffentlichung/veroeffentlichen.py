"""Releases the public edition: nothing that stands in the way, then the release itself."""

from dataclasses import dataclass
from pathlib import Path

from assets.ablage import Ablage
from assets.veroeffentlichung.bauen import Release, baue
from assets.veroeffentlichung.hindernisse import hindernisse
from assets.veroeffentlichung.regal import Regal
from schemas.editionen import OEFFENTLICH
from schemas.modell import Land


class NichtVeroeffentlichtError(RuntimeError):
    """The edition cannot be released; `gruende` says what is to be done first."""

    def __init__(self, gruende: tuple[str, ...]) -> None:
        super().__init__("\n".join(gruende))
        self.gruende = gruende


@dataclass(frozen=True, eq=False)
class Ergebnis:
    """The release, where readers find it, and whether it is new."""

    release: Release
    ordner: Path
    neu: bool


def veroeffentliche(ablage: Ablage, land: Land) -> Ergebnis:
    """Makes the public edition a release and the current one.

    Raises:
        NichtVeroeffentlichtError: something is missing or not up to date.
        ReleaseError: the Ablage is not a local folder.
    """
    regal = Regal(ablage)
    with ablage.sperre():
        if gruende := hindernisse(ablage, land):
            raise NichtVeroeffentlichtError(gruende)
        aktuell = regal.aktuell
        release = baue(
            ablage,
            land,
            (regal.berichte / OEFFENTLICH).resolve(),
            regal.ordner(aktuell) if aktuell else None,
        )
        neu = regal.nimm_auf(release)
    return Ergebnis(release, regal.verweis, neu)
