"""Numbers with their noun, as a German reader says them.

What belongs here: one or many. What does not: units and decimals of figures.
"""


def in_zahlen(anzahl: int, einzahl: str, mehrzahl: str) -> str:
    """„1 Zeile“, „2 Zeilen“, „1.200 Zeilen“."""
    return f"{anzahl:,} {einzahl if anzahl == 1 else mehrzahl}".replace(",", ".")
