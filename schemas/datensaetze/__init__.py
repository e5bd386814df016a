"""The datasets Kreise deliver, one file each. A new dataset is one new file here; it is found by its name."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from schemas.modell import Datensatz, Regel
from schemas.regeln import ALLGEMEINE_REGELN
from schemas.vertragsfehler import Vertragsfehler


@cache
def alle_datensaetze() -> dict[str, Datensatz]:
    """All datasets by name, in alphabetical order; a file's name must be its dataset's name."""
    gefunden: dict[str, Datensatz] = {}
    for modul in iter_modules(__path__):
        datensatz = import_module(f"{__name__}.{modul.name}").DATENSATZ
        if datensatz.name != modul.name:
            raise Vertragsfehler(f"{modul.name}.py beschreibt den Datensatz {datensatz.name}")
        gefunden[datensatz.name] = datensatz
    return gefunden


@cache
def dateiregeln(name: str) -> tuple[Regel, ...]:
    """The rules that decide whether a file of this dataset is accepted: the general ones, then its own."""
    eigene: tuple[Regel, ...] = getattr(import_module(f"{__name__}.{name}"), "REGELN", ())
    return (*ALLGEMEINE_REGELN, *eigene)


@cache
def alle_regeln() -> dict[str, Regel]:
    """Every rule by id; raises Vertragsfehler if an id is used twice."""
    gefunden: dict[str, Regel] = {}
    for datensatz in alle_datensaetze():
        for regel in dateiregeln(datensatz):
            if gefunden.setdefault(regel.id, regel) is not regel:
                raise Vertragsfehler(f"Regel {regel.id} ist zweimal vergeben")
    return gefunden
