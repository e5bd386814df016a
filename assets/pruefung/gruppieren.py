"""Puts findings of one kind together: the same id in the same column, with the rows they were found in.

What belongs here: which findings a reader takes for one, and how rows are written in short. What does not: making
findings and showing them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.befunde import Art, Befund
from schemas.modell import Schwere

HOECHSTZAHL_AUSPRAEGUNGEN = 10
"""Wordings shown of one group; a column with a thousand different wrong values is one problem, not a thousand."""

HOECHSTZAHL_BEREICHE = 12
"""Row ranges written out in a line."""

Bereich = tuple[int, int]
"""First and last row, both inclusive."""


@dataclass(frozen=True, slots=True)
class Auspraegung:
    """One wording within a group: message, suggestion, and its rows; `abhilfe` where it is not the group's.

    `wert` is the cell where all of them hold the same.
    """

    wert: str | None
    meldung: str
    vorschlag: str | None
    abhilfe: str | None
    anzahl: int
    bereiche: tuple[Bereich, ...]


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Findings of one id in one column.

    `anzahl` counts all of them. Where not all are kept, `gekuerzt` is true: `bereiche` then end with the last row kept,
    and the wordings count and name only what is kept. `abhilfe` is that of the first; `auspraegungen` are in the order
    of the findings, at most `HOECHSTZAHL_AUSPRAEGUNGEN`, and `weitere` counts the wordings left out. `buchstabe` is the
    letter all of them share.
    """

    code: str
    schwere: Schwere
    spalte: str | None
    buchstabe: str | None
    abhilfe: str
    anzahl: int
    gekuerzt: bool
    bereiche: tuple[Bereich, ...]
    auspraegungen: tuple[Auspraegung, ...]
    weitere: int


def gruppiere(befunde: Iterable[Befund], anzahl: Mapping[Art, int]) -> tuple[Gruppe, ...]:
    """Findings in groups, groups in the order in which their first finding comes.

    Args:
        befunde: the findings kept.
        anzahl: how many there are of each kind, kept or not.
    """
    gruppen: dict[Art, list[Befund]] = {}
    for b in befunde:
        gruppen.setdefault(b.art, []).append(b)
    return tuple(_gruppe(mitglieder, anzahl[art]) for art, mitglieder in gruppen.items())


def _gruppe(befunde: Sequence[Befund], anzahl: int) -> Gruppe:
    erster = befunde[0]
    je_wortlaut: dict[tuple[str, str | None, str | None], list[Befund]] = {}
    for b in befunde:
        eigene = b.abhilfe if b.abhilfe != erster.abhilfe else None
        je_wortlaut.setdefault((b.meldung, b.vorschlag, eigene), []).append(b)
    gezeigt = list(je_wortlaut.items())[:HOECHSTZAHL_AUSPRAEGUNGEN]
    return Gruppe(
        code=erster.code,
        schwere=erster.schwere,
        spalte=erster.spalte,
        buchstabe=erster.buchstabe if len({b.buchstabe for b in befunde}) == 1 else None,
        abhilfe=erster.abhilfe,
        anzahl=anzahl,
        gekuerzt=anzahl > len(befunde),
        bereiche=_bereiche(befunde),
        auspraegungen=tuple(
            Auspraegung(_gemeinsamer_wert(b), *wortlaut, len(b), _bereiche(b)) for wortlaut, b in gezeigt
        ),
        weitere=len(je_wortlaut) - len(gezeigt),
    )


def _gemeinsamer_wert(befunde: Sequence[Befund]) -> str | None:
    """The cell, if all have the same: a message that reads alike for several is said once."""
    werte = {b.wert for b in befunde}
    return werte.pop() if len(werte) == 1 else None


def _bereiche(befunde: Iterable[Befund]) -> tuple[Bereich, ...]:
    """Runs of consecutive rows, ascending; findings about the whole file have none."""
    bereiche: list[Bereich] = []
    for zeile in sorted({b.zeile for b in befunde if b.zeile is not None}):
        if bereiche and bereiche[-1][1] == zeile - 1:
            bereiche[-1] = (bereiche[-1][0], zeile)
        else:
            bereiche.append((zeile, zeile))
    return tuple(bereiche)


def zeilen_in_worten(bereiche: Sequence[Bereich], anzahl: int, *, gekuerzt: bool = False) -> str:
    """Rows as a person reads them: „Zeile 4“, „Zeilen 4–9, 12 (7-mal)“; empty for a finding about the whole file.

    `gekuerzt` says that there are more rows than `bereiche` name.
    """
    mehrmals = f"({anzahl:,}-mal)".replace(",", ".") if anzahl > 1 else ""
    if not bereiche:
        return mehrmals
    stellen = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in bereiche[:HOECHSTZAHL_BEREICHE])
    rest = " und weitere" if gekuerzt or len(bereiche) > HOECHSTZAHL_BEREICHE else ""
    wort = "Zeile" if len(bereiche) == 1 and bereiche[0][0] == bereiche[0][1] and not rest else "Zeilen"
    return f"{wort} {stellen}{rest} {mehrmals}".rstrip()


def zeilen_einer_angabe(gruppe: Mapping[str, object], angabe: Mapping[str, object]) -> str:
    """Rows of one wording of a group (both as plain data); where the group is cut, its count is a lower bound."""
    bereiche: Sequence[Bereich] = angabe["bereiche"]  # type: ignore[assignment]  # plain data of a protocol
    anzahl = int(str(angabe["anzahl"]))
    if not gruppe["gekuerzt"]:
        return zeilen_in_worten(bereiche, anzahl)
    zahl = "einmal" if anzahl == 1 else f"{anzahl:,}-mal".replace(",", ".")
    return f"{zeilen_in_worten(bereiche, 1)} (mindestens {zahl})".lstrip()
