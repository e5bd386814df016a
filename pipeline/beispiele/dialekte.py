"""The ways offices write the same table: encoding, separator, header, frame, and how numbers and dates look.

What belongs here: what there is to choose from. Who uses which is decided in `rollen.py`, writing is in `schreiben.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.modell import nur_lesen


@dataclass(frozen=True, slots=True)
class Dialekt:
    """One way of writing a table."""

    kodierung: str = "utf-8"
    trenner: str = ";"
    zeilenende: str = "\r\n"
    sep_zeile: bool = False
    rahmen: bool = False
    """Title lines above, a total row and a source below."""
    synonyme: bool = False
    alles_in_anfuehrung: bool = False
    leere_spalten: int = 0
    tausenderpunkte: bool = False
    iso_datum: bool = False


SCHLICHT = Dialekt(zeilenende="\n")
"""What most send: the template, saved."""

DIALEKTE: Mapping[str, Dialekt] = nur_lesen(
    {
        "bom": Dialekt(kodierung="utf-8-sig", iso_datum=True),
        "tausenderpunkte": Dialekt(kodierung="cp1252", tausenderpunkte=True),
        # What Excel calls "Unicode-Text".
        "unicode_text": Dialekt(kodierung="utf-16", trenner="\t"),
        "sep_zeile": Dialekt(kodierung="cp1252", sep_zeile=True),
        "rahmen": Dialekt(kodierung="utf-8-sig", rahmen=True),
        "synonyme": Dialekt(kodierung="utf-8-sig", synonyme=True),
        "anfuehrung": Dialekt(alles_in_anfuehrung=True),
        "leere_spalten": Dialekt(kodierung="cp1252", leere_spalten=3),
    }
)
"""The others by name."""
