"""What a user is told about a delivery: one finding, made from its definition, and a list of them.

What belongs here: the shape of a finding and the one way to make it from a `Regel`. What does not: the definitions
(`lesebefunde.py`, `regeln.py`, `datensaetze/`), looking for findings, and showing them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.modell import Regel, Schwere
from schemas.vertragsfehler import Vertragsfehler

LAENGSTES_ZITAT = 80
"""Characters of a cell shown in a message; a whole page of text in an error list helps nobody."""

BEFUNDE_JE_ART = 5_000
"""Findings of one kind kept as objects: more than anyone reads, and a broken column of a million rows stays cheap."""

Art = tuple[str, str | None]
"""A kind of finding: its id and the column it is found in. What is counted and cut is so for each kind alone, because
a column that is wrong everywhere must not hide another one."""


@dataclass(frozen=True, slots=True)
class Befund:
    """One finding. `zeile` is the row as Excel numbers it, `physische_zeile` the line of the file.

    `spalte` is the column name of the contract, `buchstabe` the column's letter in the sender's file, `wert` the cell
    as sent (shortened) and `vorschlag` what was probably meant.
    """

    code: str
    schwere: Schwere
    zeile: int | None
    physische_zeile: int | None
    spalte: str | None
    buchstabe: str | None
    wert: str | None
    meldung: str
    abhilfe: str
    vorschlag: str | None

    @property
    def art(self) -> Art:
        """Which kind of finding it is."""
        return self.code, self.spalte


def je_kennung(anzahl: Mapping[Art, int]) -> dict[str, int]:
    """Counts per id, over all columns."""
    summen: Counter[str] = Counter()
    for (code, _), zahl in anzahl.items():
        summen[code] += zahl
    return dict(summen)


def befund(
    definition: Regel,
    *,
    zeile: int | None = None,
    physische_zeile: int | None = None,
    spalte: str | None = None,
    kopf: str | None = None,
    buchstabe: str | None = None,
    wert: str | None = None,
    vorschlag: str | None = None,
    **platzhalter: object,
) -> Befund:
    """A finding with the German text of `definition`.

    The texts may use `{zeile}`, `{spalte}`, `{wert}`, `{vorschlag}` and any name in `platzhalter`. `kopf` is the
    heading as the sender wrote it and is shown instead of the contract's name.

    Raises:
        Vertragsfehler: a placeholder of the text has no value, or a given one is in no text.
    """
    wert = None if wert is None else _zitat(wert)
    eigene = {"zeile": zeile, "spalte": _zitat(kopf) if kopf else spalte, "wert": wert, "vorschlag": vorschlag}
    werte = {name: w for name, w in eigene.items() if w is not None} | platzhalter
    fehlend, fremd = definition.text.platzhalter - set(werte), set(platzhalter) - definition.text.platzhalter
    if fehlend or fremd:
        raise Vertragsfehler(f"{definition.id}: ohne Wert {sorted(fehlend)}, im Text unbekannt {sorted(fremd)}")
    return Befund(
        code=definition.id,
        schwere=definition.schwere,
        zeile=zeile,
        physische_zeile=physische_zeile,
        spalte=spalte,
        buchstabe=buchstabe,
        wert=wert,
        meldung=definition.text.meldung.format_map(werte),
        abhilfe=definition.text.abhilfe.format_map(werte),
        vorschlag=vorschlag,
    )


def _zitat(text: str) -> str:
    """`text` on one line and no longer than a message can bear."""
    eine_zeile = " ".join(text.split())
    return eine_zeile if len(eine_zeile) <= LAENGSTES_ZITAT else eine_zeile[: LAENGSTES_ZITAT - 1] + "…"


@dataclass(frozen=True, slots=True)
class Ort:
    """Where in the sender's file a finding is: Excel row, line of the file, column name, heading and letter."""

    zeile: int | None = None
    physische_zeile: int | None = None
    spalte: str | None = None
    kopf: str | None = None
    buchstabe: str | None = None


NIRGENDS = Ort()
"""The place of a finding about the file as a whole."""


class Befundliste:
    """Findings of one step, in order, with a full count per kind and at most `BEFUNDE_JE_ART` objects of each."""

    def __init__(self) -> None:
        self._befunde: list[Befund] = []
        self._anzahl: Counter[Art] = Counter()

    def frei(self, definition: Regel, spalte: str | None = None) -> int:
        """How many more findings of this definition in this column will be kept."""
        return max(0, BEFUNDE_JE_ART - self._anzahl[definition.id, spalte])

    def neu(
        self,
        definition: Regel,
        ort: Ort = NIRGENDS,
        *,
        wert: str | None = None,
        vorschlag: str | None = None,
        **platzhalter: object,
    ) -> None:
        """Count a finding and, while there is room, keep it; texts as for `befund`."""
        if self.frei(definition, ort.spalte):
            self._befunde.append(
                befund(
                    definition,
                    zeile=ort.zeile,
                    physische_zeile=ort.physische_zeile,
                    spalte=ort.spalte,
                    kopf=ort.kopf,
                    buchstabe=ort.buchstabe,
                    wert=wert,
                    vorschlag=vorschlag,
                    **platzhalter,
                )
            )
        self._anzahl[definition.id, ort.spalte] += 1

    def zaehle(self, definition: Regel, anzahl: int, spalte: str | None = None) -> None:
        """Count findings that are not kept one by one."""
        if anzahl > 0:
            self._anzahl[definition.id, spalte] += anzahl

    @property
    def befunde(self) -> tuple[Befund, ...]:
        """The findings kept, in the order they were found."""
        return tuple(self._befunde)

    @property
    def anzahl(self) -> Mapping[Art, int]:
        """How often each kind was found, including findings that were not kept."""
        return MappingProxyType(dict(self._anzahl))
