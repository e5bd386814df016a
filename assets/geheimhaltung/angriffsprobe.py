"""Attacks a release before it is stored, with the code that shares nothing with the suppression.

What belongs here: handing the finished files over and taking the verdict back. What does not: any knowledge of cells.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assets.angriff.bericht import als_daten, als_text
from assets.angriff.laufen import Angriff
from assets.angriff.lesen import Ausgabe, lies_ausgabe
from assets.geheimhaltung.offene_tabellen import Datei

BERICHT = "daten/angriff.json"
"""Where the report of the attack lies in the release it is about."""
SICHER = "sicher"


@dataclass(frozen=True, slots=True)
class Probe:
    """Verdict, the same as text, the whole report, and whose own knowledge would be enough to work something out."""

    urteil: str
    text: str
    bericht: dict[str, Any]
    unsicher_vor: tuple[str, ...] = ()

    @property
    def ist_sicher(self) -> bool:
        """Whether nobody who was asked about finds anything."""
        return self.urteil == SICHER and not self.unsicher_vor

    @property
    def datei(self) -> Datei:
        """The report as a file of the release."""
        return BERICHT, (json.dumps(self.bericht, ensure_ascii=False, indent=1) + "\n").encode()


def greife_an(
    dateien: Iterable[Datei],
    frueher: Sequence[Iterable[Datei]] = (),
    wahre: Iterable[Datei] = (),
    gebiete: Sequence[str] = (),
) -> Probe:
    """What a stranger finds who has these files and those of earlier releases.

    Args:
        dateien: the open tables of the release.
        frueher: those of earlier releases, oldest first.
        wahre: open tables of all true cells.
        gebiete: whose own knowledge of `wahre` is tried besides.
    """
    with TemporaryDirectory() as ordner:
        ausgabe = _lies(dateien, Path(ordner) / "ausgabe")
        fruehere = [_lies(f, Path(ordner) / f"frueher-{n}") for n, f in enumerate(frueher)]
        angriff = Angriff.auf([*fruehere, ausgabe])
        befund = angriff.von_fremden()
        eigen = _lies(wahre, Path(ordner) / "wahre") if gebiete else ausgabe
        unsicher = [g for g in gebiete if angriff.von_gebiet(eigen, g).urteil != SICHER]
    bericht = als_daten(angriff, befund, {})
    # Where the files lay meanwhile says nothing and would make every report another one.
    for ausgabe in bericht["ausgaben"]:
        ausgabe["ordner"] = ausgabe["release"]
    return Probe(befund.urteil, als_text(angriff, befund, {}), bericht, tuple(unsicher))


def _lies(dateien: Iterable[Datei], ordner: Path) -> Ausgabe:
    for ort, inhalt in dateien:
        ziel = ordner / ort
        ziel.parent.mkdir(parents=True, exist_ok=True)
        ziel.write_bytes(inhalt)
    return lies_ausgabe(ordner)
