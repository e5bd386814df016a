"""Lets long steps say how far they are, without knowing who listens.

What belongs here: one observer per process. The command line sets it to draw progress; in a Dagster worker nobody
listens and a message costs nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Beobachter = Callable[[str, int, int], None]
"""Called with the stage's name, how many items are done and how many there are."""

_beobachter: ContextVar[Beobachter | None] = ContextVar("beobachter", default=None)


def melde(stufe: str, erledigt: int, gesamt: int) -> None:
    """Tells the observer, if there is one, how far a stage is."""
    if beobachter := _beobachter.get():
        beobachter(stufe, erledigt, gesamt)


@contextmanager
def beobachtet(beobachter: Beobachter) -> Iterator[None]:
    """Passes progress to `beobachter` inside the block."""
    marke = _beobachter.set(beobachter)
    try:
        yield
    finally:
        _beobachter.reset(marke)
