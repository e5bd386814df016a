"""Publishes an edition: readers see all of the old pages or all of the new ones, never a mixture.

What belongs here: writing a finished set of files beside the old one and switching to it. What does not: what the
files contain. Layout below the folder of the reports: `staende/<edition>-<sha12>/…` holds what was published,
`<edition>` is a link to the newest, `aktuell.json` names it and the earlier ones that are kept.
"""

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

STAENDE = "staende"
AKTUELL = "aktuell.json"
BEHALTEN = 3
GROSS = 1_000_000
"""Bytes from which on a file that an older state or another edition has as well is not stored again, but linked."""
_EDITION = re.compile(r"[a-z][A-Za-z0-9_]*")


def veroeffentliche(seiten: Iterable[tuple[str, bytes]], berichte_ordner: Path, edition: str) -> Path:
    """Publishes the files and returns the folder readers open, `berichte_ordner/edition`.

    The same files are written once only. A crash at any point leaves the old edition as it was; what it left behind is
    removed by the next run. One writer at a time: the Ablage's lock sees to that.

    Args:
        seiten: (relative path, content) of every file.
        berichte_ordner: local folder of all editions; created if missing.
        edition: name of the edition, e.g. `intern_land`.

    Raises:
        ValueError: the edition's name or a path would lead out of the folder.
    """
    if not _EDITION.fullmatch(edition):
        raise ValueError(f"„{edition}“ ist kein Name für eine Fassung der Berichte.")
    dateien = dict(sorted(seiten))
    for pfad in dateien:
        if Path(pfad).is_absolute() or ".." in Path(pfad).parts:
            raise ValueError(f"Der Pfad „{pfad}“ führt aus dem Ordner der Berichte hinaus.")
    staende = berichte_ordner / STAENDE
    staende.mkdir(parents=True, exist_ok=True)
    name = f"{edition}-{_summe(dateien)[:12]}"
    if not (staende / name).exists():
        _schreibe_stand(dateien, staende, name)
    _schalte_um(berichte_ordner, edition, name)
    behalten = _merke(berichte_ordner, edition, name)
    _raeume_auf(staende, edition, behalten)
    return berichte_ordner / edition


def _summe(dateien: dict[str, bytes]) -> str:
    summe = hashlib.sha256()
    for pfad, inhalt in dateien.items():
        # Lengths keep the border between path and content: no two sets of files give the same bytes to the hash.
        summe.update(f"{len(pfad.encode())} {pfad} {len(inhalt)} ".encode())
        summe.update(inhalt)
    return summe.hexdigest()


def _zwischenname(ordner: Path, name: str) -> Path:
    return ordner / f".{name}.{uuid.uuid4().hex}.teil"


def _schreibe_stand(dateien: dict[str, bytes], staende: Path, name: str) -> None:
    zwischen = _zwischenname(staende, name)
    for pfad, inhalt in dateien.items():
        ziel = zwischen / pfad
        ziel.parent.mkdir(parents=True, exist_ok=True)
        if len(inhalt) >= GROSS and (gleiche := _gleiche(staende, pfad, inhalt)):
            ziel.hardlink_to(gleiche)
            continue
        with ziel.open("wb") as datei:
            datei.write(inhalt)
            datei.flush()
            os.fsync(datei.fileno())
    zwischen.rename(staende / name)


def _gleiche(staende: Path, pfad: str, inhalt: bytes) -> Path | None:
    """A file with the same content at the same place of a finished state; what stands there is never written again."""
    andere = (ordner / pfad for ordner in sorted(staende.iterdir()) if not ordner.name.startswith("."))
    gleich_gross = (p for p in andere if p.is_file() and p.stat().st_size == len(inhalt))
    return next((p for p in gleich_gross if p.read_bytes() == inhalt), None)


def _schalte_um(berichte_ordner: Path, edition: str, name: str) -> None:
    verweis = _zwischenname(berichte_ordner, edition)
    verweis.symlink_to(Path(STAENDE) / name, target_is_directory=True)
    verweis.replace(berichte_ordner / edition)


def _merke(berichte_ordner: Path, edition: str, name: str) -> list[str]:
    """Writes which state is current and which are kept, and returns them, newest first; other editions stay."""
    datei = berichte_ordner / AKTUELL
    alles = json.loads(datei.read_text(encoding="utf-8")) if datei.exists() else {}
    bisher = alles.get(edition, {"aktuell": name, "fruehere": []})
    aeltere = [n for n in (bisher["aktuell"], *bisher["fruehere"]) if n != name]
    behalten = [name, *aeltere][:BEHALTEN]
    alles[edition] = {"aktuell": name, "fruehere": behalten[1:]}
    zwischen = _zwischenname(berichte_ordner, AKTUELL)
    zwischen.write_text(json.dumps(alles, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    zwischen.replace(datei)
    return behalten


def _raeume_auf(staende: Path, edition: str, behalten: list[str]) -> None:
    """Removes older states of this edition and what a crash left behind."""
    eigene = re.compile(rf"{edition}-[0-9a-f]{{12}}|\.{edition}-[0-9a-f]{{12}}\.[0-9a-f]{{32}}\.teil")
    for ordner in staende.iterdir():
        if eigene.fullmatch(ordner.name) and ordner.name not in behalten:
            # Hidden first: a half-removed folder must never be taken for a complete state later.
            weg = ordner if ordner.name.startswith(".") else ordner.rename(_zwischenname(staende, ordner.name))
            shutil.rmtree(weg)
    for name in (edition, AKTUELL):
        for rest in staende.parent.glob(f".{name}.*.teil"):
            rest.unlink()
