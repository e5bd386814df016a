"""Text to physical lines, records and cells, with line numbers.

What belongs here: line ends, quoting, and the cut between table and footer. What does not: the meaning of a line.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assets.referenz.fehler import ReferenzFehler

_ZEILENENDE = re.compile(r"\r\n|\n|\r")
_TRENNSTRICH = re.compile(r'^"?_{5,}')
_LEERZEICHEN = " \t\u00a0\u202f"
_MAX_ZEILEN_JE_SATZ = 20
"""A record over more lines than this is an opened quote that nobody closed."""


class Zeilenart(StrEnum):
    """What a physical line is; every line of a file is exactly one of these."""

    KOPF = "kopf"
    DATEN = "daten"
    FUSS = "fuss"
    LEER = "leer"


@dataclass(frozen=True, slots=True)
class Satz:
    """One record: first and last physical line (1-based) and its cells, stripped of blanks at both ends."""

    von: int
    bis: int
    zellen: tuple[str, ...]

    @property
    def leer(self) -> bool:
        """True where no cell has content."""
        return not any(self.zellen)

    @property
    def nur_erste(self) -> bool:
        """True where the first cell alone has content: title lines and headings."""
        return bool(self.zellen[0]) and not any(self.zellen[1:])


def physische_zeilen(text: str) -> list[str]:
    """Lines without their ends. Unlike `str.splitlines` it does not break at form feeds or Unicode separators."""
    zeilen = _ZEILENENDE.split(text)
    return zeilen[:-1] if zeilen[-1] == "" else zeilen


def schneide_fuss(zeilen: Sequence[str]) -> int:
    """Index of the line of underscores that begins the footer, or the number of lines if there is none."""
    return next((i for i, z in enumerate(zeilen) if _TRENNSTRICH.match(z)), len(zeilen))


def zerlege(zeilen: Sequence[str], datei: str) -> list[Satz]:
    """Splits lines at `;` into records, respecting quotes.

    Raises ReferenzFehler where an opened quote swallows line after line.
    """
    leser = csv.reader((z + "\n" for z in zeilen), delimiter=";")
    saetze: list[Satz] = []
    bisher = 0
    try:
        for zellen in leser:
            sauber = tuple(z.strip(_LEERZEICHEN) for z in zellen) or ("",)
            saetze.append(Satz(bisher + 1, leser.line_num, sauber))
            bisher = leser.line_num
    except csv.Error as fehler:
        raise _offenes_anfuehrungszeichen(datei, bisher + 1) from fehler
    for satz in saetze:
        if satz.bis - satz.von >= _MAX_ZEILEN_JE_SATZ:
            raise _offenes_anfuehrungszeichen(datei, satz.von)
    return saetze


def _offenes_anfuehrungszeichen(datei: str, zeile: int) -> ReferenzFehler:
    return ReferenzFehler(
        datei,
        f"In Zeile {zeile} beginnt ein Anführungszeichen, das nicht geschlossen wird.",
        "Bitte die Datei unverändert neu abrufen; vermutlich wurde sie von Hand bearbeitet.",
    )
