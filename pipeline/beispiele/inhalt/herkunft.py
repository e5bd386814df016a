"""Rows of `herkunft`: the persons of `bevoelkerung` by state, in invented shares of a likely size."""

from collections.abc import Iterator
from datetime import date

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.inhalt.bevoelkerung import faellige_jahre, personen_mit
from pipeline.beispiele.zufall import aufteilen, streuung
from schemas.datensaetze.bevoelkerung import EIGENES_REGISTER

# Key of the state -> weight; the order of the first ones is the usual one in eastern Germany, the rest is made up.
_GEWICHTE = {
    "166": 210, "475": 130, "152": 70, "423": 55, "154": 50, "432": 45, "164": 40, "367": 38, "160": 36, "438": 30,
    "436": 28, "163": 28, "125": 24, "165": 22, "155": 18, "430": 16, "451": 14, "461": 13, "479": 13, "137": 12,
    "439": 12, "285": 11, "170": 9, "150": 9, "144": 8, "221": 8, "252": 8, "349": 7, "129": 7, "134": 7, "161": 7,
    "168": 6, "151": 6, "368": 5, "121": 5, "273": 5, "224": 5, "422": 4, "444": 4, "148": 4, "327": 3, "232": 3,
    "287": 3, "262": 3, "472": 2, "353": 2, "442": 2, "997": 2, "998": 4,
}  # fmt: skip
_AELTERE_ZUWANDERUNG = {"152": 2.5, "160": 3.0, "444": 9.0, "432": 2.0, "166": 0.8}
"""Where people counted by their background come from more often than foreigners do."""
_GERUNDET_AUF = 5


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """All states at each Stichtag of `bevoelkerung`, in the same Konzept."""
    return [zeile for jahr in faellige_jahre(auftrag) for zeile in _stand(auftrag, jahr)]


def _stand(auftrag: Auftrag, jahr: int) -> Iterator[Zeile]:
    konzept = auftrag.plan.konzept
    strom = auftrag.strom("herkunft", "anteile")
    hintergrund = konzept.startswith("MH_")
    gewichte = [
        g * streuung(strom, 0.35) * (_AELTERE_ZUWANDERUNG.get(s, 1.0) if hintergrund else 1.0)
        for s, g in _GEWICHTE.items()
    ]
    anzahlen = aufteilen(personen_mit(auftrag, jahr), gewichte)
    for staat, anzahl in zip(_GEWICHTE, anzahlen, strict=True):
        gezeigt = anzahl if konzept in EIGENES_REGISTER else _GERUNDET_AUF * round(anzahl / _GERUNDET_AUF)
        if gezeigt:
            yield {"stichtag": date(jahr, 12, 31), "konzept": konzept, "staat": staat, "personen": gezeigt}
