"""Which Verteilungsmassen count: those of the ministry always, invented ones only beside invented deliveries.

What belongs here: that choice. What does not: reading the files (`schemas/verteilungsmassen.py`).
"""

from dataclasses import replace

import polars as pl

from assets.ablage import Ablage
from assets.pruefung.lieferungen import lieferstand
from schemas.modell import Land


def mit_geltenden_massen(ablage: Ablage, land: Land) -> Land:
    """The Land with the sums that count; a true delivery must never be compared with an invented sum."""
    stand = lieferstand(ablage, land).filter(pl.col("gueltige_version").is_not_null(), datensatz="finanzen")
    if stand["synthetisch"].all():
        return land
    return replace(land, verteilungsmassen=tuple(m for m in land.verteilungsmassen if not m.erfunden))
