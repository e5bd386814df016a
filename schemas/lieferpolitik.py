"""From when a delivery counts: decided by each Land in its profile.

What belongs here: the choices there are. What does not: which one a Land made (`schemas/laender/`).
"""

from enum import StrEnum


class ZaehltAb(StrEnum):
    """When a version that was sent by somebody signed in enters indicators and internal reports.

    Releases hold released versions only, whichever is chosen. Ways in without sign-in know no second person, so what
    comes by them counts at once.
    """

    ABGABE = "abgabe"
    FREIGABE = "freigabe"
