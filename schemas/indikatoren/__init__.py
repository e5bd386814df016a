"""The indicator catalogue, one file per Themenfeld. An indicator is one entry in `INDIKATOREN` of its file."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from schemas.modell import Indikator, Land
from schemas.vertragsfehler import Vertragsfehler


@cache
def alle_indikatoren() -> dict[str, Indikator]:
    """All indicators by id, in the order of the files and of the entries in them."""
    gefunden: dict[str, Indikator] = {}
    for modul in iter_modules(__path__):
        for indikator in import_module(f"{__name__}.{modul.name}").INDIKATOREN:
            if indikator.id in gefunden:
                raise Vertragsfehler(f"Indikator {indikator.id} ist zweimal vergeben")
            gefunden[indikator.id] = indikator
    return gefunden


def katalog(land: Land) -> tuple[Indikator, ...]:
    """The indicators in use in a Land, in its order."""
    alle = alle_indikatoren()
    return tuple(alle[kennung] for kennung in land.indikatoren)
