"""Pay groups of all tariffs in four classes, by the training a post asks for: what may be published of small staffs.

What belongs here: the classes and which group falls into which. What does not: whether a Land publishes them
(`schemas/geheimhaltung.py`).
"""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.codelisten import ENTGELTGRUPPE, liste

ENTGELTKLASSE = liste(
    "entgeltklasse",
    "Entgeltgruppen nach verlangter Ausbildung",
    "Tätigkeitsmerkmale von TVöD, TV-L und AVR, Laufbahngruppen des SächsBesG; Zuordnung dieses Systems",
    KL_EINFACH="Einarbeitung oder Anlernen (E 1 bis E 4, S 2 bis S 3, A 4)",
    KL_MITTEL="Berufsausbildung (E 5 bis E 9a, S 4 bis S 10, A 5 bis A 8)",
    KL_GEHOBEN="Bachelor oder Fachhochschule (E 9b bis E 12, S 11 bis S 18, A 9 bis A 12)",
    KL_HOEHER="Master oder Universität (ab E 13, ab A 13, B)",
    KL_SONSTIGE="andere Gruppe oder ohne Eingruppierung",
)

_KLASSEN: dict[str, tuple[str, ...]] = {
    "KL_EINFACH": ("E1", "E2", "E2UE", "E3", "E4", "S2", "S3", "A4", "VG10", "VG11", "VG12"),
    "KL_MITTEL": (
        *("E5", "E6", "E7", "E8", "E9A", "S4", "S5", "S6", "S7", "S8A", "S8B", "S9", "S10"),
        *("A5", "A6", "A7", "A8", "VG5C", "VG6B", "VG7", "VG8", "VG9", "VG9A"),
    ),
    "KL_GEHOBEN": (
        *("E9", "E9B", "E9C", "E10", "E11", "E12", "S11A", "S11B", *(f"S{n}" for n in range(12, 19))),
        *("A9", "A10", "A11", "A12", "VG3", "VG4A", "VG4B", "VG5B"),
    ),
    "KL_HOEHER": (
        *("E13", "E13UE", "E14", "E15", "E15UE", *(f"A{n}" for n in range(13, 17)), *(f"B{n}" for n in range(1, 12))),
        *("VG1", "VG1A", "VG1B", "VG2"),
    ),
    "KL_SONSTIGE": ("ANDERE", "OHNE"),
}
KLASSE_DER_GRUPPE: Mapping[str, str] = MappingProxyType(
    {gruppe: klasse for klasse, gruppen in _KLASSEN.items() for gruppe in gruppen}
)
"""Every pay group -> its class. A 9 counts by its upper career, E 9 undivided by its upper half."""

if set(KLASSE_DER_GRUPPE) != set(ENTGELTGRUPPE.schluessel):
    raise AssertionError("jede Entgeltgruppe gehört in genau eine Klasse")
