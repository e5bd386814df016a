"""What a cell was taken for: a value in canonical spelling, or the reason why there is none.

What belongs here: the result every reader of a kind of cell gives. What does not: those readers (`zahlen.py`,
`datum.py`, `merkmale.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from schemas.modell import Regel


@dataclass(frozen=True, slots=True)
class Deutung:
    """A text and what it means.

    `kanonisch` is the spelling Polars parses exactly (decimal point, ISO date), None without a value; `status` the
    Wertstatus of a measure; `regel` the finding, if there is one, with its suggestion and placeholders. `suche` finds a
    suggestion that takes time, which is worth it only for findings that are shown.
    """

    kanonisch: str | None = None
    status: str | None = None
    regel: Regel | None = None
    vorschlag: str | None = None
    werte: Mapping[str, object] = field(default_factory=dict)
    suche: Callable[[], str | None] | None = None

    def vermutung(self) -> str | None:
        """What was probably meant."""
        return self.vorschlag if self.suche is None else self.suche()
