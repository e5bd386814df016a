"""Land profiles: everything that differs between Länder, one module each. `TEILHABE_LAND` chooses one.

A module whose name begins with an underscore is part of a profile.
"""

import os
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from schemas.modell import Land

STANDARD = "sachsen"


@cache
def lade_land(land_id: str) -> Land:
    """The profile with this id; raises ValueError naming the known ones."""
    bekannt = sorted(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))
    if land_id not in bekannt:
        raise ValueError(f"Das Land „{land_id}“ ist nicht hinterlegt. Bekannt sind: {', '.join(bekannt)}.")
    land: Land = import_module(f"{__name__}.{land_id}").LAND
    return land


def gewaehltes_land() -> Land:
    """The profile named by the environment variable `TEILHABE_LAND`."""
    return lade_land(os.environ.get("TEILHABE_LAND", STANDARD))
