"""Puts findings that say the same about the same column together, with the rows they were found in.

What belongs here: when two findings are the same to a reader, and how rows are written in short. What does not: making
findings and showing them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.befunde import Befund
from schemas.modell import Schwere

HOECHSTZAHL_AUSPRAEGUNGEN = 10
"""Wordings shown of one group; a column with a thousand different wrong values is one problem, not a thousand."""

HOECHSTZAHL_BEREICHE = 12
"""Row ranges written out in a line."""

_VERAENDERLICH = re.compile(r"„[^“]*“|\d[\d.,:]*")
"""What differs between two messages of one form: quotations and numbers."""

Bereich = tuple[int, int]
"""First and last row, both inclusive."""


@dataclass(frozen=True, slots=True)
class Auspraegung:
    """One wording within a group: cell, message, suggestion, and its rows."""

    wert: str | None
    meldung: str
    vorschlag: str | None
    anzahl: int
    bereiche: tuple[Bereich, ...]


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Findings of one id in one column whose messages have the same form.

    `abhilfe` is that of the first. `auspraegungen` are in the order of the findings, at most
    `HOECHSTZAHL_AUSPRAEGUNGEN`; `weitere` counts the wordings left out, `anzahl` all findings of the group.
    """

    code: str
    schwere: Schwere
    spalte: str | None
    buchstabe: str | None
    abhilfe: str
    anzahl: int
    bereiche: tuple[Bereich, ...]
    auspraegungen: tuple[Auspraegung, ...]
    weitere: int


def gruppiere(befunde: Iterable[Befund]) -> tuple[Gruppe, ...]:
    """Findings in groups, groups in the order in which their first finding comes."""
    gruppen: dict[tuple[str | None, ...], list[Befund]] = {}
    for b in befunde:
        schluessel = (b.code, b.spalte, b.buchstabe, _form(b.meldung, b.wert), _form(b.abhilfe, b.wert))
        gruppen.setdefault(schluessel, []).append(b)
    return tuple(_gruppe(mitglieder) for mitglieder in gruppen.values())


def _form(text: str, wert: str | None) -> str:
    # A cell may itself contain quotation marks, so it is taken out as a whole first.
    return _VERAENDERLICH.sub("…", text.replace(f"„{wert}“", "…"))


def _gruppe(befunde: Sequence[Befund]) -> Gruppe:
    je_wortlaut: dict[tuple[str | None, str, str | None], list[Befund]] = {}
    for b in befunde:
        je_wortlaut.setdefault((b.wert, b.meldung, b.vorschlag), []).append(b)
    gezeigt = list(je_wortlaut.items())[:HOECHSTZAHL_AUSPRAEGUNGEN]
    erster = befunde[0]
    return Gruppe(
        code=erster.code,
        schwere=erster.schwere,
        spalte=erster.spalte,
        buchstabe=erster.buchstabe,
        abhilfe=erster.abhilfe,
        anzahl=len(befunde),
        bereiche=_bereiche(befunde),
        auspraegungen=tuple(Auspraegung(*wortlaut, len(b), _bereiche(b)) for wortlaut, b in gezeigt),
        weitere=len(je_wortlaut) - len(gezeigt),
    )


def _bereiche(befunde: Iterable[Befund]) -> tuple[Bereich, ...]:
    """Runs of consecutive rows, ascending; findings about the whole file have none."""
    bereiche: list[Bereich] = []
    for zeile in sorted({b.zeile for b in befunde if b.zeile is not None}):
        if bereiche and bereiche[-1][1] == zeile - 1:
            bereiche[-1] = (bereiche[-1][0], zeile)
        else:
            bereiche.append((zeile, zeile))
    return tuple(bereiche)


def zeilen_in_worten(bereiche: Sequence[Bereich], anzahl: int) -> str:
    """Rows as a person reads them: „Zeile 4“, „Zeilen 4–9, 12 (7-mal)“; empty for a finding about the whole file."""
    mehrmals = f"({anzahl:,}-mal)".replace(",", ".") if anzahl > 1 else ""
    if not bereiche:
        return mehrmals
    stellen = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in bereiche[:HOECHSTZAHL_BEREICHE])
    rest = " und weitere" if len(bereiche) > HOECHSTZAHL_BEREICHE else ""
    wort = "Zeile" if len(bereiche) == 1 and bereiche[0][0] == bereiche[0][1] else "Zeilen"
    return f"{wort} {stellen}{rest} {mehrmals}".rstrip()
