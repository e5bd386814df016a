"""All rules of the contract by id: findings of reading and correcting, rules for single files, rules across files.

What belongs here: the one list that the handbook, the catalogue of messages and tests walk.
"""

from collections.abc import Iterable
from functools import cache

from schemas.befundregister import alle_befunde
from schemas.modell import Regel
from schemas.regeln_quer import QUERREGELN
from schemas.vertragsfehler import Vertragsfehler


@cache
def regelregister() -> dict[str, Regel]:
    """Every rule by id, in the order in which a delivery meets them; raises Vertragsfehler for an id used twice."""
    return registriere([*alle_befunde().values(), *(quer.regel for quer in QUERREGELN.values())])


def registriere(regeln: Iterable[Regel]) -> dict[str, Regel]:
    """Rules by id, in the given order; raises Vertragsfehler where two different rules share an id."""
    register: dict[str, Regel] = {}
    for regel in regeln:
        if register.setdefault(regel.id, regel) is not regel:
            raise Vertragsfehler(f"Regel {regel.id} ist zweimal vergeben")
    return register
