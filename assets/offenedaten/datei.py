"""A file of the open data: where it lies, what it holds and what it weighs.

What belongs here: the record all lists of files are made of, and its media types.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from schemas.modell import nur_lesen
from schemas.offene_daten import Datentabelle

ORDNER = "daten"


@dataclass(frozen=True, slots=True)
class Format:
    """What a reader reads, the media type, and its entry in the list „File Type“ of the EU."""

    name: str
    medientyp: str
    eu: str


CSV = Format("CSV", "text/csv", "CSV")
EXCEL_CSV = Format("CSV für Excel", "text/csv", "CSV")
XLSX = Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX")
PARQUET = Format("Parquet", "application/vnd.apache.parquet", "PARQUET")
FORMATE: Mapping[str, Format] = nur_lesen(
    {
        "json": Format("JSON", "application/json", "JSON"),
        "jsonld": Format("JSON-LD", "application/ld+json", "JSON_LD"),
        "rdf": Format("RDF/XML", "application/rdf+xml", "RDF_XML"),
        "ttl": Format("Turtle", "text/turtle", "RDF_TURTLE"),
        "csv": CSV,
        "xlsx": XLSX,
        "parquet": PARQUET,
        "": Format("Text", "text/plain", "TXT"),
    }
)
"""By the end of a name."""


@dataclass(frozen=True)
class Datei:
    """A file of `daten/`; `tabelle` says what its columns are, where it is one."""

    name: str
    titel: str
    inhalt: bytes
    format: Format
    tabelle: Datentabelle | None = None

    @property
    def pfad(self) -> str:
        """Path in the edition."""
        return f"{ORDNER}/{self.name}"

    @property
    def bytes(self) -> int:
        """Size."""
        return len(self.inhalt)

    @cached_property
    def sha256(self) -> str:
        """Checksum in hexadecimal digits."""
        return hashlib.sha256(self.inhalt).hexdigest()

    @property
    def kennung(self) -> str:
        """Name for anchors and resources."""
        return kennung_von(self.name)


def name_des_gebiets(meldeeinheit: str) -> str:
    """File with the values of one Meldeeinheit."""
    return f"kreis_{meldeeinheit}_excel.csv"


def name_der_kennzahl(indikator: str) -> str:
    """File with the values of one indicator."""
    return f"kennzahl_{indikator}.csv"


def kennung_von(name: str) -> str:
    """Name of a file for anchors and resources: lower case, with hyphens, without its end."""
    return name.rsplit(".", 1)[0].replace("_", "-").lower()


def mit_format(name: str, titel: str, inhalt: bytes) -> Datei:
    """A file whose format follows from its name."""
    return Datei(name, titel, inhalt, FORMATE[name.rpartition(".")[2] if "." in name else ""])
