"""How much and how long: what the portal lets clients do before it says no.

What belongs here: the limits of size, time and number, and the count of deliveries on their way. What does not: where
those of a form (`formular.py`) and of a connection (`fristen.py`) are watched.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

KLEIN = 64 * 1024
"""Bytes of a form without files."""
ABGABE = 64 * 1024 * 1024
"""Bytes of a form with files: a year of the largest Meldeeinheit is a hundredth of that."""


@dataclass(frozen=True, slots=True)
class Grenzen:
    """Limits of one portal. Times are seconds."""

    kopf: float = 20
    """How long a connection may stand without a whole request, and how long it may take nothing of an answer."""
    stille: float = 30
    """How long a form may stand still while it is sent."""
    formular: float = 300
    """How long sending a form may take altogether."""
    warten: float = 180
    """How long a form that arrived may wait for its turn."""
    verbindungen: int = 500
    """Connections open at once; systems often allow a process 1024 files."""
    plaetze: int = 400
    """Deliveries on their way at once, from their first byte to the answer."""
    bytes: int = 512 * 2**20
    """Announced bytes of all of them: what memory and disk are needed for before anything is checked."""
    gleichzeitig: int = 2
    """Files that are read and checked at the same time; each may take a few hundred megabytes."""
    arbeit: int = 300
    """How long reading and checking what was sent may take; the largest year of a Meldeeinheit takes seconds."""


class VollError(Exception):
    """No more deliveries can be taken at the moment."""


class Warteraum:
    """Counts deliveries on their way. One person gets half of it at most, so that nobody can keep all others out."""

    def __init__(self, grenzen: Grenzen) -> None:
        self._grenzen = grenzen
        self._plaetze: Counter[int] = Counter()
        self._bytes: Counter[int] = Counter()

    @property
    def belegt(self) -> int:
        """How many there are."""
        return self._plaetze.total()

    @contextmanager
    def platz(self, person: int, groesse: int) -> Iterator[None]:
        """A place for the length of the context.

        Args:
            person: whose delivery it is.
            groesse: bytes it is announced with.

        Raises:
            VollError: there is none.
        """
        for belegt, neu, hoechstens in (
            (self._plaetze, 1, self._grenzen.plaetze),
            (self._bytes, groesse, self._grenzen.bytes),
        ):
            if belegt.total() + neu > hoechstens or belegt[person] + neu > hoechstens / 2:
                raise VollError
        self._plaetze[person] += 1
        self._bytes[person] += groesse
        try:
            yield
        finally:
            self._plaetze[person] -= 1
            self._bytes[person] -= groesse
