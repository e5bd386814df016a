"""Every equation that ties the cells of a release together, and the cells that nobody published but anybody can form.

A whole that is not published is formed where all its parts are there. A part that is not published is formed where
its whole and one of its siblings are: what is missing in a sum is known together, and exactly if it is alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from assets.geheimhaltung.hierarchien import Hierarchien, Teilung
from assets.geheimhaltung.system import Codes, Gleichung

Ansicht = dict[Codes, int]
"""Cells as they stand in one release -> number of the variable that holds their value."""


def erschliesse(
    ansicht: Ansicht, merkmale: Sequence[str], hierarchien: Hierarchien, forme: Callable[[Codes], int]
) -> list[Gleichung]:
    """All equations among the cells; forms what is missing (`forme` gives its variable) and adds it to the view.

    The first code of a cell is its measure. A whole that no cell of the measure has is formed only where it ties others
    together: by itself it is but another name for the sum of its parts.
    """
    while _forme_fehlende(ansicht, merkmale, hierarchien, forme):
        pass
    return list(_gleichungen(ansicht, merkmale, hierarchien))


def _reihen(
    ansicht: Ansicht, merkmale: Sequence[str], hierarchien: Hierarchien
) -> Iterator[tuple[int, Codes, dict[str, int], Sequence[Teilung]]]:
    """For every breakdown that has splits, and every combination of the others: code -> variable."""
    for stelle, merkmal in enumerate(merkmale):
        teilungen = hierarchien.je_merkmal.get(merkmal)
        if teilungen is None:
            continue
        reihen: dict[Codes, dict[str, int]] = defaultdict(dict)
        for codes, nummer in ansicht.items():
            reihen[codes[:stelle] + codes[stelle + 1 :]][codes[stelle]] = nummer
        for rest, reihe in reihen.items():
            yield stelle, rest, reihe, teilungen


def _forme_fehlende(
    ansicht: Ansicht, merkmale: Sequence[str], hierarchien: Hierarchien, forme: Callable[[Codes], int]
) -> bool:
    vorher = len(ansicht)
    benutzt = {(codes[0], stelle, code) for codes in ansicht for stelle, code in enumerate(codes)}
    for stelle, rest, reihe, teilungen in _reihen(dict(ansicht), merkmale, hierarchien):
        for teilung in teilungen:
            gefragt = (rest[0], stelle, teilung.ganzes) in benutzt or hierarchien.verbindet(teilung)
            for code in _fehlende(teilung, reihe, gefragt=gefragt):
                codes = (*rest[:stelle], code, *rest[stelle:])
                if codes not in ansicht:
                    ansicht[codes] = forme(codes)
                reihe[code] = ansicht[codes]
    return len(ansicht) > vorher


def _fehlende(teilung: Teilung, reihe: Mapping[str, int], *, gefragt: bool) -> list[str]:
    """Codes to be formed. A whole that nobody asks for ties nothing together."""
    if reihe.keys() >= teilung.menge:
        return [teilung.ganzes] if gefragt and teilung.ganzes not in reihe else []
    if teilung.ganzes not in reihe:
        return []
    fehlend = [teil for teil in teilung.teile if teil not in reihe]
    return fehlend if len(fehlend) < len(teilung.teile) else []


def _gleichungen(ansicht: Ansicht, merkmale: Sequence[str], hierarchien: Hierarchien) -> Iterator[Gleichung]:
    for _, _, reihe, teilungen in _reihen(ansicht, merkmale, hierarchien):
        for teilung in teilungen:
            if teilung.ganzes in reihe and reihe.keys() >= teilung.menge:
                yield ((reihe[teilung.ganzes], -1.0), *((reihe[teil], 1.0) for teil in teilung.teile))
