"""What all parts of the contract are written with.

What belongs here: what several of them need. What does not: anything with a meaning of its own.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")

NAME = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
"""How fields and datasets are named."""


def nur_lesen(werte: Mapping[_K, _V]) -> Mapping[_K, _V]:
    """A mapping that cannot be changed after import."""
    return MappingProxyType(dict(werte))
