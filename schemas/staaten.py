"""States and what stands in their place, by the key of the Statistisches Bundesamt, with German names.

What belongs here: the code list. Keys are text of three digits, "000" is Germany; historic ones occur in older figures.
Source: Staatsangehörigkeits- und Gebietsschlüssel, © Statistisches Bundesamt (Destatis), Stand 19.02.2021, carried in
`data/referenz/staaten.csv` (columns `code`, `label`; attribution in quellen.csv).
"""

import csv

from schemas.modell import Code, Codeliste
from schemas.pfade import REFERENZ

DEUTSCHLAND = "000"
KEIN_STAAT = ("910", "997", "998", "999")
"""Keys for people without a state or whose state is not known, and one for internal purposes."""


def _lies() -> Codeliste:
    with (REFERENZ / "staaten.csv").open(encoding="utf-8", newline="") as datei:
        codes = tuple(Code(zeile["code"], zeile["label"]) for zeile in csv.DictReader(datei))
    return Codeliste("staat", "Staat", codes, "Staatsangehörigkeits- und Gebietsschlüssel (Destatis), Stand 19.02.2021")


STAAT = _lies()
