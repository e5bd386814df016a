"""What would help where a table cannot be protected: found by trying to do without one breakdown after the other.

What belongs here: the tries and the sentence. What does not: protecting (`sperren.py`).
"""

from collections.abc import Callable, Iterator

import polars as pl

from assets.geheimhaltung.system import Codes
from schemas.codelisten import GESAMT, GRUPPE, WOHNFORM
from schemas.indikatorwerte import GLIEDERUNGSLISTEN
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, SCHLUESSEL

_NAMEN = {m: listen[0].label for m, listen in GLIEDERUNGSLISTEN.items()} | {
    GEBIET: "Gebieten",
    GRUPPE.name: GRUPPE.label,
    WOHNFORM.name: WOHNFORM.label,
}


def ablehnung(
    codes: Codes,
    zellen: pl.DataFrame,
    hierarchien: pl.DataFrame,
    schuetze: Callable[[pl.DataFrame], object],
    gescheitert: type[Exception],
) -> str:
    """Says of a cell that it cannot be protected, and which breakdown it would have to do without.

    Args:
        codes: the cell, in the order of `SCHLUESSEL`.
        zellen: all cells of the release.
        hierarchien: `dim, parent, child, set`: what adds up to what.
        schuetze: protects some of these cells as if they were all there are.
        gescheitert: what it raises where it cannot.
    """
    ort = dict(zip(SCHLUESSEL, codes, strict=True))
    tabelle = zellen.filter(*(pl.col(s).cast(pl.String) == ort[s] for s in (MASS, JAHR)))

    def gelingt(rest: pl.DataFrame) -> bool:
        try:
            schuetze(rest)
        except gescheitert:
            return False
        return True

    mass = ort.pop(MASS)
    wo = ", ".join(f"{name} {code}" for name, code in ort.items() if code != GESAMT)
    satz = f"{mass}: Die Zelle {wo} lässt sich nicht schützen. Die Tabelle ist zu fein gegliedert. "
    helfend = [m for m, rest in _ohne_eine_gliederung(tabelle, hierarchien) if gelingt(rest)]
    if helfend:
        namen = " oder ohne die nach ".join(_NAMEN.get(m, m) for m in helfend)
        return f"{satz}Ohne die Gliederung nach {namen} ließe sie sich schützen."
    return (
        f"{satz}Keine einzelne Gliederung wegzulassen genügt: Klassen zusammenfassen, etwa Altersgruppen oder "
        "Entgeltgruppen, mehrere Gliederungen weglassen oder Summen freigeben, die gezeigt werden müssen."
    )


def _ohne_eine_gliederung(zellen: pl.DataFrame, hierarchien: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    for merkmal in (*MERKMALE, GEBIET):
        teile = hierarchien.filter(pl.col("dim") == merkmal)["child"].unique()
        rest = zellen.filter(~pl.col(merkmal).is_in(teile.implode()))
        if 0 < rest.height < zellen.height:
            yield merkmal, rest
