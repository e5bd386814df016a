"""The limits of a figure by its kind: the one way the rest of the stage asks for them."""

import numpy as np
import numpy.typing as npt

from assets.auswertung.statistik.anteile import wilson_grenzen
from assets.auswertung.statistik.eingaben import Grenzen, zahlen
from assets.auswertung.statistik.raten import raten_grenzen
from schemas.modell import Kennzahlart
from schemas.statistik import KONFIDENZ


def vertrauensgrenzen(
    art: Kennzahlart,
    zaehler: npt.ArrayLike,
    nenner: npt.ArrayLike,
    faktor: npt.ArrayLike = 1.0,
    konfidenz: float = KONFIDENZ,
) -> Grenzen:
    """Limits by the method `schemas.statistik.VERFAHREN` names for `art`; none for a stock.

    Those of a standardised rate need its age bands and come with it (`standardisierung.py`), so there are none here.

    Args:
        art: kind of all these figures.
        zaehler: numerators, any shape; for ratios the observed events.
        nenner: denominators, broadcast against `zaehler`; for ratios the expected events.
        faktor: unit of the limits, the factor of the indicator.
        konfidenz: share both limits enclose, 0.9 to below 1.

    Raises:
        Statistikfehler: as `wilson_grenzen` and `raten_grenzen`.
    """
    match art:
        case Kennzahlart.ANTEIL:
            return wilson_grenzen(zaehler, nenner, konfidenz, faktor)
        case Kennzahlart.RATE | Kennzahlart.VERHAELTNIS:
            return raten_grenzen(zaehler, nenner, konfidenz, faktor)
        case Kennzahlart.BESTAND | Kennzahlart.STANDARDISIERT:
            leer = np.full(zahlen("Zähler", zaehler).shape, np.nan)
            return Grenzen(leer, leer)
