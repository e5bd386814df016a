"""What a layout reader hands on: every value cell of the file as text, with its place and its meaning.

What belongs here: the shape between layouts and interpretation, and the JSON of the Merkmale. What does not: numbers.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.referenz.zeilen import Zeilenart

GESAMT = "T"
"""Written for a total: an empty attribute code, or an empty heading under a filled one."""

GEBIETSSCHLUESSEL = re.compile(r"DG|00|(?:0[1-9]|1[0-6])(?:[0-9]{1}|[0-9]{3}|[0-9]{6}|[0-9]{7}|[0-9]{10})?")
"""Land (01 to 16), Regierungsbezirk, Kreis, Gemeinde and their longer keys; DG and 00 are Germany."""


def sind_gebietsschluessel(texte: Iterable[str]) -> bool:
    """True for the cells of a region column: keys, beside them at most empty cells and totals."""
    uebrige = set(texte) - {"", "INSGESAMT", "Insgesamt"}
    return bool(uebrige) and all(GEBIETSSCHLUESSEL.fullmatch(text) for text in uebrige)


@dataclass(frozen=True, slots=True)
class Rohwerte:
    """All value cells of one export, before signs and numbers are read.

    `zellen`: zeit, ags, region (String), satz_id (Int64), roh, qualitaet (String), spalte, datei_zeile (Int64); one row
    per value cell. `saetze`: satz_id, kennzahl, einheit, merkmale; what a cell measures.
    `vorspalten` and `qualitaetszellen` count the other cells of the data lines.
    """

    tabelle: str
    titel: str
    anordnung: str
    dezimal: str | None
    """Decimal sign the layout prescribes where the cells alone do not tell, or None."""
    zellen: pl.DataFrame
    saetze: pl.DataFrame
    zeilenarten: tuple[Zeilenart, ...]
    vorspalten: int
    qualitaetszellen: int
    gesamtzellen: int


ZELLEN_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "zeit": pl.String,
    "ags": pl.String,
    "region": pl.String,
    "satz_id": pl.Int64,
    "roh": pl.String,
    "qualitaet": pl.String,
    "spalte": pl.Int64,
    "datei_zeile": pl.Int64,
}


def merkmale_json(merkmale: Mapping[str, str]) -> str:
    """Merkmale as they are stored: a JSON object with sorted keys and no blanks between its parts."""
    return json.dumps(dict(sorted(merkmale.items())), ensure_ascii=False, separators=(",", ":"))


def saetze_tabelle(saetze: Sequence[tuple[int, str, str, Mapping[str, str]]]) -> pl.DataFrame:
    """Table of (satz_id, kennzahl, einheit, merkmale)."""
    return pl.DataFrame(
        [(nummer, kennzahl, einheit, merkmale_json(merkmale)) for nummer, kennzahl, einheit, merkmale in saetze],
        schema={"satz_id": pl.Int64, "kennzahl": pl.String, "einheit": pl.String, "merkmale": pl.String},
        orient="row",
    )
