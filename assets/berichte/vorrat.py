"""Pages made before: what is still made from the same is taken from the edition published last, all else made anew.

What belongs here: which files belong together, and remembering what they were made from. What does not: what a page is
made from (`ausschnitt.py`), publishing (`ablegen.py`).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assets.ablage import Ablage
from assets.fassung import Fassung

Dateien = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Seitengruppe:
    """Files made together; the same `abdruck` of what they are made from gives the same files."""

    name: str
    abdruck: str
    mache: Callable[[], Iterable[tuple[str, bytes]]]


@dataclass(slots=True)
class Vorrat:
    """What was made last time, where it lies, and what is in use this time.

    `frueher` maps the name of a group to its fingerprint and the checksums of its files below `ordner`.
    """

    frueher: Mapping[str, Any] = field(default_factory=dict)
    ordner: Path = Path()
    jetzt: dict[str, Any] = field(default_factory=dict)
    gemacht: list[str] = field(default_factory=list)
    """Names of the groups that had to be made anew."""

    def hole(self, gruppe: Seitengruppe) -> Iterator[tuple[str, bytes]]:
        """The files of a group. What somebody changed or removed meanwhile is made anew as well."""
        dateien = self._fertige(gruppe)
        if dateien is None:
            dateien = tuple(gruppe.mache())
            self.gemacht.append(gruppe.name)
        summen = {pfad: hashlib.sha256(inhalt).hexdigest() for pfad, inhalt in dateien}
        self.jetzt[gruppe.name] = {"abdruck": gruppe.abdruck, "dateien": summen}
        yield from dateien

    def _fertige(self, gruppe: Seitengruppe) -> Dateien | None:
        frueher = self.frueher.get(gruppe.name)
        if frueher is None or frueher["abdruck"] != gruppe.abdruck:
            return None
        dateien = []
        for pfad, summe in frueher["dateien"].items():
            datei = self.ordner / pfad
            inhalt = datei.read_bytes() if datei.is_file() else b""
            if hashlib.sha256(inhalt).hexdigest() != summe:
                return None
            dateien.append((pfad, inhalt))
        return tuple(dateien)


def _pfad(edition: str) -> str:
    return f"stand/seiten_{edition}.json"


def lies_vorrat(ablage: Ablage, ordner: Path, edition: str, fassung: Fassung) -> Vorrat:
    """What there is of the edition published in `ordner`; nothing if it was made by other code or in another run."""
    ort = _pfad(edition)
    gemerkt = json.loads(ablage.lies(ort)) if ablage.gibt_es(ort) else {}
    gilt = gemerkt.get("von") == _herkunft(ordner, fassung)
    return Vorrat(gemerkt["gruppen"] if gilt else {}, ordner)


def merke_vorrat(ablage: Ablage, ordner: Path, edition: str, fassung: Fassung, vorrat: Vorrat) -> None:
    """Remembers what the edition just published in `ordner` is made from."""
    gemerkt = {"von": _herkunft(ordner, fassung), "gruppen": vorrat.jetzt}
    ablage.schreibe(_pfad(edition), json.dumps(gemerkt, indent=1).encode())


def _herkunft(ordner: Path, fassung: Fassung) -> list[str]:
    """The folder the link leads to, named by its content, and the versions its files depend on."""
    return [ordner.resolve().name, fassung.code_version, fassung.regel_version, fassung.profil_sha]
