"""The open data of the invented Land, public and internal, as files and as a folder."""

import io
import json
from pathlib import Path
from typing import Any

import polars as pl

from assets.berichte.seiten import erzeuge
from schemas.editionen import OEFFENTLICH
from tests.berichte import welt

ZAHLEN = ("zaehler", "nenner", "wert", "wert_gerundet", "ki_unten", "ki_oben")


def baue(edition: str = OEFFENTLICH, **anders: Any) -> dict[str, bytes]:
    """Every file of an edition by its path."""
    return dict(erzeuge(welt.berichtsdaten(edition=edition, **anders)))


def lege_ab(dateien: dict[str, bytes], ordner: Path) -> Path:
    """Writes the files and returns the folder of the data."""
    for pfad, inhalt in dateien.items():
        ziel = ordner / pfad
        ziel.parent.mkdir(parents=True, exist_ok=True)
        ziel.write_bytes(inhalt)
    return ordner / "daten"


def lies_csv(inhalt: bytes, **art: Any) -> pl.DataFrame:
    """A CSV with every cell as text; an empty one is null."""
    return pl.read_csv(io.BytesIO(inhalt), infer_schema=False, **art)


def lies_json(inhalt: bytes) -> dict[str, Any]:
    """A JSON file that is an object."""
    ergebnis: dict[str, Any] = json.loads(inhalt)
    return ergebnis
