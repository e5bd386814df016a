"""Shows how far a run is: a progress display on a terminal, plain lines elsewhere; and how long each stage took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assets.fortschritt import beobachtet


class Anzeige:
    """Observer of a run. `sekunden` holds the seconds of each stage, in the order they began."""

    def __init__(self, console: Console) -> None:
        self.sekunden: dict[str, float] = {}
        self._console = console
        self._balken: Progress | None = None
        self._aufgaben: dict[str, TaskID] = {}
        self._zuletzt = time.perf_counter()

    @contextmanager
    def laeuft(self) -> Iterator["Anzeige"]:
        """Shows progress inside the block."""
        self._zuletzt = time.perf_counter()
        with beobachtet(self._melde):
            if not self._console.is_terminal:
                yield self
                return
            spalten = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            with Progress(*spalten, console=self._console) as self._balken:
                yield self

    def _melde(self, stufe: str, erledigt: int, gesamt: int) -> None:
        jetzt = time.perf_counter()
        self.sekunden[stufe] = self.sekunden.get(stufe, 0.0) + jetzt - self._zuletzt
        self._zuletzt = jetzt
        if self._balken is not None:
            aufgabe = self._aufgaben.setdefault(stufe, self._balken.add_task(stufe, total=gesamt))
            self._balken.update(aufgabe, completed=erledigt, total=gesamt)
        elif erledigt == gesamt:
            self._console.print(f"{stufe}: {erledigt} von {gesamt}", highlight=False)
