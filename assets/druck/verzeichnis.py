"""The list of the PDFs of an edition: a page for readers, and the same as JSON, which also says what they were made of.

What belongs here: both files. Pages of the reports cannot link to PDFs, which are made later or not at all; this list
is made together with them and names nothing that is not there.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from assets.berichte.datenseite import groesse
from assets.berichte.worte import stand
from assets.vorlagen import umgebung
from schemas.editionen import fassungssatz, meldeeinheit_von
from schemas.modell import Land

SEITE = "index.html"
VERZEICHNIS = "druck.json"


@dataclass(frozen=True, slots=True)
class Eintrag:
    """A PDF: its file, the page it was printed from, title, pages, bytes, day of the data, and what it depends on."""

    datei: str
    seite: str
    titel: str
    seiten: int
    bytes: int
    tag: str
    fingerabdruck: str

    @property
    def groesse(self) -> str:
        """Size in German."""
        return groesse(self.bytes)

    @property
    def datenstand(self) -> str:
        """Day of the data in German."""
        return stand(self.tag)


def pdf_zu(seite: str) -> str:
    """File of the PDF printed from a page."""
    return str(PurePosixPath(seite).with_suffix(".pdf"))


def gedruckt_aus(ordner: Path) -> str:
    """Name of the state of the pages the PDFs in a folder were made from; empty where there are none."""
    datei = ordner / VERZEICHNIS
    return str(json.loads(datei.read_text(encoding="utf-8"))["stand"]) if datei.exists() else ""


def lies_eintraege(ordner: Path) -> tuple[Eintrag, ...]:
    """What lies in a folder of PDFs; nothing where there is none, or its list is from another version."""
    datei = ordner / VERZEICHNIS
    if not datei.exists():
        return ()
    try:
        eintraege = tuple(Eintrag(**e) for e in json.loads(datei.read_text(encoding="utf-8"))["dateien"])
    except (ValueError, TypeError, KeyError):
        return ()
    return tuple(e for e in eintraege if (ordner / e.datei).exists())


def verzeichnisdateien(
    land: Land, edition: str, stand_der_seiten: str, eintraege: Sequence[Eintrag], berichte: str
) -> Iterator[tuple[str, bytes]]:
    """The page and the JSON, as (path, content); `berichte` leads from there to the reports."""
    daten = {"edition": edition, "stand": stand_der_seiten, "dateien": [asdict(e) for e in eintraege]}
    yield VERZEICHNIS, (json.dumps(daten, ensure_ascii=False, indent=1) + "\n").encode()
    kennung = meldeeinheit_von(edition)
    rahmen = {
        "land": land,
        "fassung": fassungssatz(edition, land.meldeeinheit(kennung).name if kennung else ""),
        "berichte": berichte,
        "stand": stand_der_seiten,
        "eintraege": eintraege,
        "verzeichnis": VERZEICHNIS,
    }
    yield SEITE, umgebung().get_template("druck/index.html").render(rahmen).encode()
