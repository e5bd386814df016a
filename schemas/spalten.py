"""Three words to list a dataset's columns with: `schluessel`, `mass`, `merkmal`.

What belongs here: making a `Spalte` from a `Feld` and the role it has in one dataset.
"""

from schemas.modell import Feld, Rolle, Spalte


def schluessel(feld: Feld, *, erlaubt: tuple[str, ...] | None = None, vorgabe: str | None = None) -> Spalte:
    """A key column: never empty."""
    return Spalte(feld, Rolle.SCHLUESSEL, erlaubt=erlaubt, vorgabe=vorgabe)


def mass(feld: Feld, *, pflicht: bool = True) -> Spalte:
    """A measure: a number or an official sign; gets a status column beside it."""
    return Spalte(feld, Rolle.MASS, pflicht=pflicht)


def merkmal(feld: Feld, *, pflicht: bool = True, erlaubt: tuple[str, ...] | None = None) -> Spalte:
    """A describing column."""
    return Spalte(feld, Rolle.MERKMAL, pflicht=pflicht, erlaubt=erlaubt)
