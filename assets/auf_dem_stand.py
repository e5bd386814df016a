"""Whether anything made from all deliveries is still to be made again.

What belongs here: asking every stage of the level of the Land. What does not: which deliveries are still to be checked.
"""

from assets.ablage import Ablage
from assets.auswertung import bilden, bilden_mittel
from assets.berichte import rendern
from assets.geheimhaltung import bilden as geheim
from assets.querpruefung import bilden as quer
from schemas.modell import Land

_STUFEN = (quer.ist_offen, bilden.ist_offen, bilden_mittel.ist_offen, geheim.ist_offen, rendern.ist_offen)


def landesebene_offen(ablage: Ablage, land: Land) -> bool:
    """Whether a result is missing or was made from other deliveries, rules or code."""
    return any(ist_offen(ablage, land) for ist_offen in _STUFEN)
