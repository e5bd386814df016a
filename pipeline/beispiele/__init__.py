"""Invented deliveries of a whole Land, to try and to show everything without a single real delivery.

What belongs here: making them, marked as invented. What does not: reading or checking them (`assets/`).
"""

from pipeline.beispiele.absicht import Absicht, absichten
from pipeline.beispiele.erzeugen import STANDARD_SEED, erzeuge

__all__ = ["STANDARD_SEED", "Absicht", "absichten", "erzeuge"]
