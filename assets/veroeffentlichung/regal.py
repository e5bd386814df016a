"""Where releases are kept, and which one is current: nothing is ever changed or removed, only the link moves.

What belongs here: storing, the history of events, the link readers come through. What does not: what a release holds
(`bauen.py`). Folders: `veroeffentlichung/<release>/oeffentlich/` is served, `…/protokoll.json` is not;
`veroeffentlichung/verlauf.json` is the history; `berichte/veroeffentlicht` leads to the current release. One writer at
a time: the Ablage's lock sees to that.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.ablage import Ablage
from assets.veroeffentlichung.bauen import PRUEFSUMMEN, Release, als_json
from schemas.release import Ereignis

ORDNER = "veroeffentlichung"
OEFFENTLICH, PROTOKOLL, VERLAUF = "oeffentlich", "protokoll.json", "verlauf.json"
VERWEIS = "veroeffentlicht"


class ReleaseError(ValueError):
    """What was asked for cannot be done to this release; the message says why."""


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One event; `zeit` is UTC, ISO 8601."""

    release: str
    ereignis: Ereignis
    zeit: str
    grund: str = ""


class Regal:
    """The releases of an Ablage on this machine."""

    def __init__(self, ablage: Ablage) -> None:
        if ablage.lokal is None:
            raise ReleaseError("Veröffentlichen lässt sich nur aus einer Ablage auf diesem Rechner.")
        self._ablage = ablage
        self._ordner = ablage.lokal.resolve() / ORDNER
        self.berichte = ablage.lokal.resolve() / "berichte"
        self.verweis = self.berichte / VERWEIS
        """Where readers find the current release."""

    def ordner(self, release: str) -> Path:
        """What readers get of a release."""
        return self._ordner / release / OEFFENTLICH

    @property
    def verlauf(self) -> tuple[Eintrag, ...]:
        """All events, oldest first."""
        pfad = f"{ORDNER}/{VERLAUF}"
        zeilen = json.loads(self._ablage.lies(pfad)) if self._ablage.gibt_es(pfad) else []
        return tuple(Eintrag(z["release"], Ereignis(z["ereignis"]), z["zeit"], z["grund"]) for z in zeilen)

    @property
    def aktuell(self) -> str | None:
        """The release that counts; None before the first one and where all are withdrawn."""
        return aktuelles(self.verlauf)

    def nimm_auf(self, release: Release) -> bool:
        """Keeps a release and makes it the current one; False if it is that already.

        A crash at any point leaves either the old release or the new one as the current one, whole. An edition that was
        a release before is that one again, with the differences it had then.

        Raises:
            ReleaseError: this very edition was withdrawn.
        """
        if self.aktuell == release.kennung:
            self._richte_verweis()
            return False
        if release.kennung in zurueckgezogene(self.verlauf):
            raise ReleaseError(
                f"Genau diese Ausgabe ({release.kennung}) wurde zurückgezogen. Soll sie wieder gelten: teilhabe "
                f"veroeffentlichung wiederherstellen {release.kennung}"
            )
        if not (self._ordner / release.kennung).exists():
            self._schreibe(release)
        self._vermerke(release.kennung, Ereignis.VEROEFFENTLICHT, "")
        return True

    def ziehe_zurueck(self, release: str, grund: str) -> str | None:
        """Takes a release back; the last one before it that was not taken back counts again, and is returned.

        Raises:
            ReleaseError: there is no such release, it is withdrawn already, or no reason is given.
        """
        self._pruefe(release, grund)
        if release in zurueckgezogene(self.verlauf):
            raise ReleaseError(f"{release} ist schon zurückgezogen.")
        self._vermerke(release, Ereignis.ZURUECKGEZOGEN, grund)
        return self.aktuell

    def stelle_wieder_her(self, release: str, grund: str) -> None:
        """Makes an earlier release the current one again.

        Raises:
            ReleaseError: there is no such release, it counts already, it is damaged, or no reason is given.
        """
        self._pruefe(release, grund)
        if release == self.aktuell:
            raise ReleaseError(f"{release} gilt schon.")
        if schaden := self.schaeden(release):
            raise ReleaseError(f"{release} ist nicht mehr, was veröffentlicht wurde: {', '.join(schaden)}.")
        self._vermerke(release, Ereignis.WIEDERHERGESTELLT, grund)

    def schaeden(self, release: str) -> tuple[str, ...]:
        """Files of a release that are missing, were changed or were added."""
        ordner = self.ordner(release)
        zeilen = (ordner / PRUEFSUMMEN).read_text(encoding="utf-8").splitlines()
        erwartet = {pfad: summe for summe, pfad in (z.split("  ", 1) for z in zeilen)}
        da = {p.relative_to(ordner).as_posix(): p for p in ordner.rglob("*") if p.is_file()}
        da.pop(PRUEFSUMMEN)
        falsch = {p for p, s in erwartet.items() if p in da and hashlib.sha256(da[p].read_bytes()).hexdigest() != s}
        return tuple(sorted(falsch | (set(erwartet) ^ set(da))))

    def _pruefe(self, release: str, grund: str) -> None:
        if release not in {e.release for e in self.verlauf}:
            raise ReleaseError(f"Eine Veröffentlichung „{release}“ gibt es nicht.")
        if not grund.strip():
            raise ReleaseError("Bitte einen Grund nennen; er steht im Verlauf.")

    def _schreibe(self, release: Release) -> None:
        zwischen = self._ordner / f".{release.kennung}.{uuid.uuid4().hex}.teil"
        for rest in self._ordner.glob(".*.teil/"):
            shutil.rmtree(rest)
        dateien = {f"{OEFFENTLICH}/{pfad}": inhalt for pfad, inhalt in release.dateien.items()}
        for pfad, inhalt in {**dateien, PROTOKOLL: als_json(release.protokoll)}.items():
            ziel = zwischen / pfad
            ziel.parent.mkdir(parents=True, exist_ok=True)
            with ziel.open("wb") as datei:
                datei.write(inhalt)
                datei.flush()
                os.fsync(datei.fileno())
        zwischen.rename(self._ordner / release.kennung)

    def _vermerke(self, release: str, ereignis: Ereignis, grund: str) -> None:
        eintrag = Eintrag(release, ereignis, datetime.now(UTC).isoformat(timespec="seconds"), grund.strip())
        verlauf = [asdict(e) for e in (*self.verlauf, eintrag)]
        self._ablage.schreibe(f"{ORDNER}/{VERLAUF}", als_json(verlauf))
        self._richte_verweis()

    def _richte_verweis(self) -> None:
        """The link follows the history; without a current release there is none."""
        aktuell = self.aktuell
        if aktuell is None:
            self.verweis.unlink(missing_ok=True)
            return
        self.verweis.parent.mkdir(parents=True, exist_ok=True)
        neu = self.verweis.with_name(f".{VERWEIS}.{uuid.uuid4().hex}.teil")
        neu.symlink_to(Path("..") / ORDNER / aktuell / OEFFENTLICH, target_is_directory=True)
        neu.replace(self.verweis)


def zurueckgezogene(verlauf: Sequence[Eintrag]) -> set[str]:
    """Releases that were taken back and not brought back since."""
    letztes = {e.release: e.ereignis for e in verlauf}
    return {release for release, ereignis in letztes.items() if ereignis is Ereignis.ZURUECKGEZOGEN}


def aktuelles(verlauf: Sequence[Eintrag]) -> str | None:
    """The release that counts after these events: the last one that was made current and is not withdrawn."""
    weg = zurueckgezogene(verlauf)
    gemacht = [e.release for e in verlauf if e.ereignis is not Ereignis.ZURUECKGEZOGEN and e.release not in weg]
    return gemacht[-1] if gemacht else None
