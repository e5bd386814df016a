"""A sender's file from disk into memory, or a German sentence why not.

What belongs here: looking before reading, so that neither a file beyond every limit nor something that only looks like
one (a pipe, a device) can stop the program. What does not: what the bytes are (`lesen`), keeping them (`korb.py`).
"""

from pathlib import Path

from assets.eingang.lesen.grenzen import HOECHSTE_BYTES


class DateiError(ValueError):
    """The file cannot be read from disk; the text tells the sender why and what to do."""


class ZuGrossError(DateiError):
    """The file is larger than any delivery; `groesse` is its size in bytes."""

    def __init__(self, name: str, groesse: int) -> None:
        super().__init__(
            f"„{name}“ ist mit {groesse / 2**20:.0f} MB zu groß; möglich sind {HOECHSTE_BYTES // 2**20} MB. "
            "Bitte prüfen, ob die Datei leere Zeilen oder fremde Blätter enthält, und kleiner neu liefern."
        )
        self.groesse = groesse


def lies_datei(pfad: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ZuGrossError: it is larger than a delivery may be; not a byte of it was read.
        DateiError: it is missing, no ordinary file, or not readable.
    """
    try:
        if not pfad.is_file():
            grund = "ist keine Datei" if pfad.exists() else "gibt es nicht"
            raise DateiError(f"„{pfad.name}“ {grund}. Bitte den Pfad einer Lieferdatei angeben.")
        groesse = pfad.stat().st_size
        if groesse > HOECHSTE_BYTES:
            raise ZuGrossError(pfad.name, groesse)
        return pfad.read_bytes()
    except OSError as fehler:
        # The reasons of the operating system are English; the few a sender meets all have the same remedy.
        raise DateiError(
            f"„{pfad.name}“ ließ sich nicht lesen. Bitte prüfen, ob die Datei noch da ist und gelesen werden darf."
        ) from fehler
