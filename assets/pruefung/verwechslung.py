"""Recognises a file of another dataset by its columns, so that the sender reads one sentence and not a dozen.

What belongs here: which dataset the headings of a file fit. What does not: reading headings (`assets/eingang/lesen`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assets.eingang.lesen import GeleseneTabelle
from assets.eingang.lesen.kopfzeile import Namensbuch
from assets.excel import spaltenindex
from schemas.befunde import befund
from schemas.datensaetze import alle_datensaetze
from schemas.lesebefunde import EXTRA_COLUMN, MISSING_COLUMN, NO_DATA, OPTIONAL_COLUMN, WRONG_TEMPLATE
from schemas.modell import Datensatz

_NEBENSACHE = frozenset({MISSING_COLUMN.id, EXTRA_COLUMN.id, OPTIONAL_COLUMN.id, NO_DATA.id})
"""Findings that only say once more that it is another template."""


def ohne_verwechslung(gelesen: GeleseneTabelle, datensatz: Datensatz, moegliche: Sequence[str]) -> GeleseneTabelle:
    """The file as read, or, where it is one of another dataset, nothing of it but that finding.

    Args:
        gelesen: the file, read as one of `datensatz`.
        datensatz: what it is delivered as.
        moegliche: names of the datasets it could be.
    """
    if not {code for code, _ in gelesen.anzahl} & {MISSING_COLUMN.id, EXTRA_COLUMN.id}:
        return gelesen
    anderer = _passender(_ueberschriften(gelesen), datensatz, [alle_datensaetze()[name] for name in moegliche])
    if anderer is None:
        return gelesen
    fund = befund(WRONG_TEMPLATE, anderer=anderer.name, datensatz=datensatz.name)
    return replace(
        gelesen,
        zellen=None,
        befunde=(fund, *(b for b in gelesen.befunde if b.code not in _NEBENSACHE)),
        anzahl={fund.art: 1, **{art: n for art, n in gelesen.anzahl.items() if art[0] not in _NEBENSACHE}},
    )


def _ueberschriften(gelesen: GeleseneTabelle) -> list[str]:
    """All headings of the file, known or not, in their order."""
    bekannt = {s.buchstabe: s.kopf for s in gelesen.spalten}
    fremd = {b.buchstabe: b.spalte for b in gelesen.befunde if b.code == EXTRA_COLUMN.id and b.buchstabe and b.spalte}
    alle: Mapping[str, str] = {**fremd, **bekannt}
    return [alle[buchstabe] for buchstabe in sorted(alle, key=spaltenindex)]


def _passender(ueberschriften: Sequence[str], datensatz: Datensatz, moegliche: Sequence[Datensatz]) -> Datensatz | None:
    """The dataset that fits clearly better: no column of its own is missing, and it explains more of the headings."""
    eigene = _passung(ueberschriften, datensatz)
    passungen = {d.name: _passung(ueberschriften, d) for d in moegliche if _noetig(d) <= _gefunden(ueberschriften, d)}
    beste = max(passungen.values(), default=eigene)
    namen = [name for name, passung in passungen.items() if passung == beste]
    return alle_datensaetze()[namen[0]] if beste > eigene and len(namen) == 1 else None


def _passung(ueberschriften: Sequence[str], datensatz: Datensatz) -> tuple[int, int]:
    """How many columns the headings name, and how many of them word for word."""
    woertlich = {s.name for s in datensatz.spalten} & set(ueberschriften)
    return len(_gefunden(ueberschriften, datensatz)), len(woertlich)


def _gefunden(ueberschriften: Sequence[str], datensatz: Datensatz) -> set[str]:
    return {name for name in Namensbuch(datensatz.spalten).deute(ueberschriften).namen if name}


def _noetig(datensatz: Datensatz) -> set[str]:
    """Columns without which a file cannot be one of the dataset."""
    return {s.name for s in datensatz.spalten if s.pflicht and s.vorgabe is None}
