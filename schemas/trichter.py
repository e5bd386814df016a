"""The closed column list of `trichter`: where each Meldeeinheit's value lies around the Land's, by chance limits.

What belongs here: the shape of the table and what its columns say. What does not: making it
(`assets/auswertung/trichtertabelle.py`) and the method (`schemas/statistik.py`).
"""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from schemas.modell import nur_lesen
from schemas.statistik import TRICHTERLAGEN


class Trichterspalte(NamedTuple):
    """Type of a column and what it holds, in German for analysts."""

    typ: type[pl.DataType]
    text: str


TRICHTER: Mapping[str, Trichterspalte] = nur_lesen(
    {
        "indikator_id": Trichterspalte(pl.String, "Kennzahl."),
        "variante": Trichterspalte(pl.String, "Berechnung der Kennzahl."),
        "berichtsjahr": Trichterspalte(pl.Int64, "Jahr."),
        "stand": Trichterspalte(pl.String, "Stand der Quelle; leer bei Lieferungen."),
        "ags": Trichterspalte(pl.String, "Meldeeinheit."),
        "bezug": Trichterspalte(
            pl.Float64,
            "Größe, von der die Breite des Trichters abhängt: die Bezugsgröße, bei altersstandardisierten Raten die "
            "Personen, mit denen sich aus den Ereignissen die Rate ergibt.",
        ),
        "wert": Trichterspalte(pl.Float64, "Wert der Meldeeinheit in der Einheit der Kennzahl, ungerundet."),
        "landeswert": Trichterspalte(pl.Float64, "Wert des Landes, um den der Trichter liegt."),
        "innen_unten": Trichterspalte(pl.Float64, "Untere 95-Prozent-Grenze um den Landeswert."),
        "innen_oben": Trichterspalte(pl.Float64, "Obere 95-Prozent-Grenze um den Landeswert."),
        "aussen_unten": Trichterspalte(pl.Float64, "Untere 99,8-Prozent-Grenze um den Landeswert."),
        "aussen_oben": Trichterspalte(pl.Float64, "Obere 99,8-Prozent-Grenze um den Landeswert."),
        "trichterlage": Trichterspalte(
            pl.String,
            f"Code der Liste {TRICHTERLAGEN.name}; nicht bestimmt, was sich nicht mit dem Land vergleichen lässt.",
        ),
    }
)
"""One row per variant with limits, year, state and Meldeeinheit with a value; totals only. Limits are null where a
value must not be compared."""
