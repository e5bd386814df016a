"""Every finding a delivery can get, by id: of reading and converting, of corrections, and of the single-file rules.

What belongs here: putting the registers together. What does not: the findings.
"""

from collections.abc import Mapping
from functools import cache

from schemas.datensaetze import alle_regeln
from schemas.erwartung import FEHLANZEIGE
from schemas.korrekturbefunde import KORREKTURBEFUNDE
from schemas.lesebefunde import LESEBEFUNDE
from schemas.modell import Regel, nur_lesen


@cache
def alle_befunde() -> Mapping[str, Regel]:
    """All definitions by id, in the order in which a delivery is looked at."""
    return nur_lesen({**LESEBEFUNDE, FEHLANZEIGE.id: FEHLANZEIGE, **KORREKTURBEFUNDE, **alle_regeln()})
