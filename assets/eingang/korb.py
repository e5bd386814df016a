"""The Eingangskorb: a folder Kreise (or an upload service) drop files into. It is only ever read.

What belongs here: which files lie there unchanged, and taking them in. What does not: when to look (`pipeline`).
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assets.ablage import STANDARD, Ablage
from assets.eingang.datei import DateiError, ZuGrossError, lies_datei
from assets.eingang.dateiname import ist_mappe
from assets.eingang.empfang import (
    Empfang,
    EmpfangError,
    nimm_an,
    nimm_mappe_an,
    pruefsumme,
    vermerke_unzugeordnet,
)
from schemas.modell import Land
from schemas.pfade import BEISPIELE, PROJEKT

MARKE = "herkunft.json"
"""A file of this name beside deliveries lists the checksums of invented ones; it is no delivery itself."""
SEKUNDEN_ZWISCHEN_BLICKEN = 1.0


def korb_ordner() -> Path:
    """The folder named by `TEILHABE_EINGANGSKORB`, else `korb` in the default Ablage."""
    return Path(os.environ.get("TEILHABE_EINGANGSKORB") or PROJEKT / STANDARD / "korb")


@dataclass(frozen=True, slots=True)
class Angenommen:
    """What became of a file: the receipt, or the German reason why it is no delivery."""

    dateiname: str
    empfang: Empfang | None
    grund: str | None


Ansicht = dict[str, tuple[int, int]]
"""File name -> (size in bytes, modification time in ns), as seen at one look."""


def blick(ordner: Path) -> Ansicht:
    """The files in the inbox as they lie there now; hidden and temporary ones are left out."""
    if not ordner.is_dir():
        return {}
    gesehen: Ansicht = {}
    for pfad in sorted(ordner.iterdir()):
        if pfad.is_file() and not pfad.name.startswith((".", "~$")) and pfad.name != MARKE:
            status = pfad.stat()
            gesehen[pfad.name] = (status.st_size, status.st_mtime_ns)
    return gesehen


def unveraendert(vorher: Ansicht, jetzt: Ansicht) -> list[str]:
    """Names of files that look the same at two looks; one still being copied does not count."""
    return [name for name, merkmale in jetzt.items() if vorher.get(name) == merkmale]


def nimm_dateien_an(ablage: Ablage, land: Land, dateien: Iterable[Path], *, weg: str) -> list[Angenommen]:
    """Takes these files in, each for itself: one that is no delivery is kept and reported, the others go on."""
    ergebnisse = []
    marken: dict[Path, frozenset[str]] = {}
    for datei in dateien:
        try:
            if datei.parent not in marken:
                marken[datei.parent] = _erfundene(datei.parent)
            empfaenge = _nimm_datei_an(ablage, land, datei, weg, marken[datei.parent])
        except (EmpfangError, DateiError) as fehler:
            ergebnisse.append(Angenommen(datei.name, None, str(fehler)))
        else:
            ergebnisse.extend(Angenommen(datei.name, empfang, None) for empfang in empfaenge)
    return ergebnisse


def _nimm_datei_an(ablage: Ablage, land: Land, datei: Path, weg: str, erfundene: frozenset[str]) -> list[Empfang]:
    try:
        inhalt = lies_datei(datei)
    except ZuGrossError as fehler:
        # Not copied: the file stays where it is, only the reason is noted under a mark of its name and size.
        marke = hashlib.sha256(f"{datei.name}|{fehler.groesse}".encode()).hexdigest()
        vermerke_unzugeordnet(ablage, datei.name, marke, str(fehler))
        raise
    synthetisch = pruefsumme(inhalt) in erfundene
    if ist_mappe(datei.name):
        return nimm_mappe_an(ablage, land, datei.name, inhalt, weg=weg, synthetisch=synthetisch)
    return [nimm_an(ablage, land, datei.name, inhalt, weg=weg, synthetisch=synthetisch)]


def _erfundene(ordner: Path) -> frozenset[str]:
    """Checksums of invented files, by the marks beside the file and those of the embedded examples.

    By content, so that a copied example stays recognisable in any folder.
    """
    marken = [ordner / MARKE, *sorted(BEISPIELE.glob(f"*/{MARKE}"))]
    summen: set[str] = set()
    for marke in marken:
        if marke.is_file():
            summen |= set(json.loads(marke.read_text(encoding="utf-8"))["dateien"].values())
    return frozenset(summen)


def leere_korb(ablage: Ablage, land: Land, ordner: Path) -> list[Angenommen]:
    """Takes in what lies unchanged in the inbox, by two looks a moment apart. The files stay where they are."""
    vorher = blick(ordner)
    if not vorher:
        return []
    time.sleep(SEKUNDEN_ZWISCHEN_BLICKEN)
    return nimm_dateien_an(ablage, land, [ordner / name for name in unveraendert(vorher, blick(ordner))], weg="korb")
