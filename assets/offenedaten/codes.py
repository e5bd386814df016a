"""The codes a column of the open data can hold, with their German names.

What belongs here: putting the code lists of the contract and of the Land side by side. What does not: the lists.
"""

from collections.abc import Mapping

from schemas import indikatorwerte as iw
from schemas.codelisten import GESAMT
from schemas.modell import Land
from schemas.wertstatus import WERTSTATUS

Codes = Mapping[str, str]
"""Code -> German name, in display order."""
_GEMEINDE = "gemeinde_ags"
_URTEILE = ("vergleichbarkeit", "vgl_land", "vgl_kreise", "vgl_vorjahr")


def gliederungscodes(land: Land) -> dict[str, Codes]:
    """Breakdown column -> its codes; those of several lists of a column never clash."""
    codes: dict[str, Codes] = {}
    for spalte in iw.GLIEDERUNGEN:
        listen = iw.GLIEDERUNGSLISTEN.get(spalte, ())
        eigene = {c.code: c.label for liste in listen for c in liste.codes}
        if spalte == _GEMEINDE:
            eigene = {g.ags: g.name for m in land.meldeeinheiten for g in m.gemeinden}
        codes[spalte] = {GESAMT: "insgesamt"} | {c: label for c, label in eigene.items() if c != GESAMT}
    return codes


def spaltencodes(land: Land) -> dict[str, Codes]:
    """Column of the values -> its codes, for every column that holds one code of a closed list."""
    gebiet_typ = {"land": "Land", "gruppe": "Gruppe", "kreis": land.namen["meldeeinheit"], "gemeinde": "Gemeinde"}
    return {
        **gliederungscodes(land),
        "gebiet_typ": gebiet_typ,
        "wertzeichen": {c.code: c.label for c in WERTSTATUS.codes},
        **{spalte: {c.code: c.label for c in iw.VERGLEICHBARKEIT.codes} for spalte in _URTEILE},
    }
