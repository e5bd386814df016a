"""Where the table begins in a text file and which sign separates its cells: one decision on one kind of evidence.

What belongs here: trying every delimiter at every line of the beginning and taking the pair that names most columns of
the contract. Letting the names decide finds the header below title lines and is not misled by decimal commas.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.eingang.lesen.grenzen import HOECHSTE_KOPFLAENGE, HOECHSTE_SPALTEN, VORSPANN_ZEILEN
from assets.eingang.lesen.kopfzeile import HOECHSTE_KOPFZEILEN, Kopf, Namensbuch

TRENNZEICHEN = (";", ",", "\t", "|", "¦", ":", "^", "~", "#", "!", "§", "\x1f", "\x1e")
"""Delimiters tried, in the order of preference where two name equally many columns."""

MINDESTENS_NAMEN = 2
"""Columns a line must name to be a header; a single hit occurs in title lines ("Kreis; Stand …")."""

_SEP = re.compile(r'\s*"?sep=(.)"?[\s;,|]*\Z', re.IGNORECASE | re.DOTALL)
_LAENGSTER_KOPF_IN_ZEILEN = 40
"""Physical lines a header may take up with line breaks inside its cells."""


@dataclass(frozen=True, slots=True)
class Kopffund:
    """The header of a text file and where the data begin.

    `zeile` and `datenzeile` are Excel rows, `datenlinie` is a physical line, `versatz` the byte at which it starts,
    `vorspann` the cells of the lines above the header with their Excel rows.
    """

    kopf: Kopf
    trennzeichen: str
    zeile: int
    datenzeile: int
    datenlinie: int
    versatz: int
    vorspann: tuple[tuple[int, tuple[str, ...]], ...]


def finde_kopf(daten: bytes, buch: Namensbuch) -> Kopffund | None:
    """The best header among the first lines, or None where no line names at least two columns."""
    linien = _anfang(daten)
    ohne = 1 if linien and _SEP.match(linien[0]) else 0
    bester: tuple[tuple[int, int, int, int], int, str, Kopf, int] | None = None
    for nr in range(ohne, min(len(linien), VORSPANN_ZEILEN)):
        for rang, zeichen in enumerate(_kandidaten(linien, nr, ohne)):
            saetze, verbraucht = _saetze(_ab(linien, nr), zeichen)
            kopf = buch.bester_kopf(saetze)
            guete = (-kopf.treffer, kopf.zeilen, nr, rang)
            if kopf.treffer >= MINDESTENS_NAMEN and (bester is None or guete < bester[0]):
                bester = (guete, nr, zeichen, kopf, verbraucht[kopf.zeilen - 1])
        if bester is not None and bester[3].treffer >= buch.anzahl and nr >= bester[1] + bester[3].zeilen - 1:
            # Every column is named, and not just because a title above was taken for the upper half of the header.
            break
    if bester is None:
        return None
    _, nr, zeichen, kopf, hoehe = bester
    vorspann = tuple(_vorspann(linien[ohne:nr], zeichen))
    zeile = (vorspann[-1][0] if vorspann else 0) + 1
    versatz = sum(len(linie.encode()) for linie in linien[: nr + hoehe])
    return Kopffund(kopf, zeichen, zeile, zeile + kopf.zeilen, nr + hoehe + 1, versatz, vorspann)


def erste_zeile(daten: bytes) -> int:
    """Excel row of the first line with text; Excel swallows a `sep=` line."""
    linien = _anfang(daten)
    ohne = 1 if linien and _SEP.match(linien[0]) else 0
    return next((nr for nr, linie in enumerate(linien[ohne:], start=1) if linie.strip(" \t\r\n;,|")), 1)


def _anfang(daten: bytes) -> list[str]:
    """The first lines with their line ends, whatever those are."""
    with io.TextIOWrapper(io.BytesIO(daten), encoding="utf-8", newline="") as text:
        return [linie for _, linie in zip(range(VORSPANN_ZEILEN + _LAENGSTER_KOPF_IN_ZEILEN), text, strict=False)]


def _kandidaten(linien: Sequence[str], nr: int, ohne: int) -> Iterator[str]:
    if len(linien[nr]) > HOECHSTE_KOPFLAENGE:
        return
    angesagt = [_SEP.sub(r"\1", linien[0])] if ohne else []
    for zeichen in dict.fromkeys([*angesagt, *TRENNZEICHEN]):
        if zeichen in linien[nr] and zeichen not in '"\r\n ':
            yield zeichen


def _ab(linien: Sequence[str], nr: int) -> list[str]:
    """Line `nr` and those after it, as far as a header can reach."""
    laenge = 0
    ab: list[str] = []
    for linie in linien[nr : nr + _LAENGSTER_KOPF_IN_ZEILEN]:
        laenge += len(linie)
        if ab and laenge > HOECHSTE_KOPFLAENGE:
            break
        ab.append(linie)
    return ab


def _saetze(linien: Sequence[str], zeichen: str) -> tuple[list[list[str]], list[int]]:
    """The first records from here and how many physical lines they take; tolerant, it is only a trial."""
    leser = csv.reader(linien, delimiter=zeichen, skipinitialspace=True)
    saetze: list[list[str]] = []
    verbraucht: list[int] = []
    try:
        for satz in leser:
            saetze.append(satz[: HOECHSTE_SPALTEN + 1])
            verbraucht.append(leser.line_num)
            if len(saetze) == HOECHSTE_KOPFZEILEN:
                break
    except csv.Error:
        # A field beyond the limit of the csv module: no heading, whatever comes after it.
        pass
    return saetze or [[]], verbraucht or [1]


def _vorspann(linien: Sequence[str], zeichen: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The lines above the header as Excel counts them; a line break inside quotes makes no new row."""
    try:
        saetze = list(csv.reader(linien, delimiter=zeichen, strict=True))
    except csv.Error:
        saetze = [[linie] for linie in linien]
    for zeile, satz in enumerate(saetze, start=1):
        yield zeile, tuple(feld.strip() for feld in satz)
