"""Where portal and mail find what they tell: files, Land, Lieferbuch.

What belongs here: the three together. What does not: what only pages need (`rahmen.py`).
"""

from dataclasses import dataclass

import sqlalchemy as sa

from assets.ablage import Ablage
from schemas.modell import Land


@dataclass(frozen=True)
class Quellen:
    """What there is to tell of."""

    ablage: Ablage
    land: Land
    engine: sa.Engine
