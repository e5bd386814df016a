"""The shape of a dataset: a table Kreise deliver.

What belongs here: its columns, key and expectations. What does not: the datasets there are (`schemas/datensaetze/`).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from schemas.modell.grundform import NAME
from schemas.modell.spalten import Rolle, Spalte, status_von
from schemas.vertragsfehler import Vertragsfehler

if TYPE_CHECKING:
    from schemas.modell.land import Land


@dataclass(frozen=True, slots=True)
class Datensatz:
    """A table Kreise deliver: ordered columns, key, grain in words, legal basis, first year, warnings for users."""

    name: str
    label: str
    beschreibung: str
    koernung: str
    spalten: tuple[Spalte, ...]
    rechtsgrundlage: str
    gilt_ab: date
    nutzungshinweise: tuple[str, ...] = ()
    erwartet_bei: tuple[str, ...] = ()
    """Tasks (codes of `aufgaben`) of which one must be carried out for a delivery to be expected; empty: always."""
    vergleichsschluessel: tuple[str, ...] = ()
    """Columns that say how was counted: sums may be compared only where they are the same."""

    def __post_init__(self) -> None:
        namen = [s.name for s in self.spalten]
        if not NAME.match(self.name) or len(set(namen)) != len(namen):
            raise Vertragsfehler(f"Datensatz {self.name}: Name ungültig oder Spalten doppelt")
        if namen[:2] != ["berichtsjahr", "meldeeinheit"]:
            raise Vertragsfehler(f"Datensatz {self.name}: beginnt nicht mit berichtsjahr, meldeeinheit")
        for spalte in self.spalten:
            fremd = set(spalte.erlaubt or ()) - set(spalte.feld.codeliste.schluessel if spalte.feld.codeliste else ())
            if fremd:
                raise Vertragsfehler(f"Datensatz {self.name}, Spalte {spalte.name}: unbekannte Codes {sorted(fremd)}")
            if spalte.rolle is Rolle.SCHLUESSEL and not spalte.pflicht:
                raise Vertragsfehler(f"Datensatz {self.name}: Schlüssel {spalte.name} muss Pflicht sein")

    @property
    def fehlanzeige(self) -> bool:
        """Whether a file with a header and no rows is a delivery: there may be nobody who carries out its tasks."""
        return bool(self.erwartet_bei)

    @property
    def schluessel(self) -> tuple[str, ...]:
        """Names of the key columns."""
        return tuple(s.name for s in self.spalten if s.rolle is Rolle.SCHLUESSEL)

    @property
    def masse(self) -> tuple[str, ...]:
        """Names of the measures; each has a `<mass>_status` beside it in checked tables."""
        return tuple(s.name for s in self.spalten if s.rolle is Rolle.MASS)

    def spalte(self, name: str) -> Spalte:
        """The column `name`; raises KeyError if the dataset has none."""
        for spalte in self.spalten:
            if spalte.name == name:
                return spalte
        raise KeyError(f"Datensatz {self.name} hat keine Spalte {name}")

    def fuer(self, land: "Land") -> "Datensatz":
        """The dataset as this Land collects it: columns whose codes come from the Land have their list."""
        if all(s.feld.landesliste is None for s in self.spalten):
            return self
        return replace(self, spalten=tuple(_mit_landesliste(s, land) for s in self.spalten))

    @property
    def polars_schema(self) -> dict[str, type[pl.DataType]]:
        """Columns and types of the checked table: the declared columns, a status per measure, the Excel row."""
        schema: dict[str, type[pl.DataType]] = {}
        for spalte in self.spalten:
            schema[spalte.name] = spalte.feld.polars_typ
            if spalte.rolle is Rolle.MASS:
                schema[status_von(spalte.name)] = pl.String
        schema["zeile"] = pl.Int64
        return schema


def _mit_landesliste(spalte: Spalte, land: "Land") -> Spalte:
    if spalte.feld.landesliste is None:
        return spalte
    return replace(spalte, feld=replace(spalte.feld, codeliste=spalte.feld.landesliste(land)))
