"""Makes the age-standardised variant of an indicator: marked as our own, computed by age bands.

What belongs here: how such a variant is made from the one it stands beside, and bands shared by several. What does
not: the standard population, which is the Land's (`schemas/laender/`), and the method (`schemas/statistik.py`).
"""

from dataclasses import replace

from schemas.modell import Altersbaender, Groesse, Kennzahlart, Variante, nur_lesen
from schemas.statistik import STANDARDISIERT_AB

ALTERSGRUPPEN: Altersbaender = nur_lesen(
    {
        "A00_05": (0, 6),
        "A06_17": (6, 18),
        "A18_24": (18, 25),
        "A25_44": (25, 45),
        "A45_64": (45, 65),
        "A65": (65, None),
    }
)
"""The age groups of `schemas.codelisten.ALTERSGRUPPE` as bands."""


def altersstandardisiert(variante: Variante, baender: Altersbaender, zaehler: Groesse, nenner: Groesse) -> Variante:
    """The same figure as if every area had the age structure of the standard population.

    Args:
        variante: the crude one, whose unit, Konzept and reservations it shares.
        baender: age bands.
        zaehler: its numerator in total and by `altersgruppe`, and by nothing else; codes are those of `baender`.
        nenner: its denominator likewise.
    """
    return replace(
        variante,
        id=f"{variante.id}_ALTERSSTANDARD",
        label=f"altersstandardisiert: {variante.label}",
        zaehler=zaehler,
        nenner=nenner,
        art=Kennzahlart.STANDARDISIERT,
        standardisierung=baender,
        hinweis="Eigene Berechnung, keine amtliche Kennzahl: So hoch wäre der Wert, wenn die Bevölkerung überall den "
        f"Altersaufbau der Standardbevölkerung hätte. Unter {STANDARDISIERT_AB.anzahl} Personen im Zähler oder ohne "
        f"Angaben zu allen Altersgruppen steht kein Wert. {variante.hinweis}".rstrip(),
    )
