"""The profile the runs of these tests are for: few neighbours and few figures, because runs cost by what they cover.

What belongs here: what a process of its own needs as well. What does not: fixtures (`conftest.py`).
"""

from dataclasses import replace

from schemas.laender import lade_land
from schemas.modell import Land
from tests.pruefung.faelle import EINHEIT

KENNZAHLEN = ("BEV-01", "IBZ-01", "IBZ-02", "IBZ-03", "FSA-03", "FIN-01")
"""Of every kind one: official, from staff and consultations, in parts, money."""


def _verkleinert(ganz: Land) -> Land:
    behalten = {EINHEIT.id, *EINHEIT.nachbarn[:2]}
    return replace(
        ganz,
        indikatoren=tuple(i for i in ganz.indikatoren if i in KENNZAHLEN),
        meldeeinheiten=tuple(
            replace(m, nachbarn=tuple(n for n in m.nachbarn if n in behalten))
            for m in ganz.meldeeinheiten
            if m.id in behalten
        ),
    )


KLEINES_LAND = _verkleinert(lade_land("sachsen"))
