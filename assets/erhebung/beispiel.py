"""Examples of a delivery: one that is accepted, and one with the mistakes people make most.

What belongs here: making both from the invented deliveries beside the code. What does not: checking them. The figures
are another Meldeeinheit's than the reader's, so that an example handed in by mistake is rejected as somebody else's.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from assets.erhebung.vorlage import Vorlage, als_csv
from assets.pruefung.pruefen import pruefe
from schemas.modell import Datensatz, Land, Meldeeinheit, Pruefumgebung, Schwere, Typ
from schemas.pfade import BEISPIELE

_HINWEIS = "Hinweis: Dies ist ein Beispiel mit erfundenen Zahlen.\r\n"
_UNLESBAR = "weiß nicht"
"""What stands in a cell of which only people know what it means."""


def gibt_es(datensatz: Datensatz, land: Land, jahr: int, leser: str) -> bool:
    """Whether there are invented deliveries to make an example from; says so without checking them."""
    return any(_dateien(datensatz, land, jahr, leser))


def beispiel(datensatz: Datensatz, land: Land, jahr: int, leser: str) -> tuple[Meldeeinheit, bytes] | None:
    """A delivery without error or warning, as a template filled in, and whose it is; None where there is none.

    Args:
        datensatz: of what.
        land: whose examples.
        jahr: for which Berichtsjahr.
        leser: the Meldeeinheit that reads it.
    """
    for einheit, datei in _dateien(datensatz, land, jahr, leser):
        pruefung = pruefe(datei.read_bytes(), datei.name, datensatz, Pruefumgebung(land, einheit, jahr))
        ohne_befund = not pruefung.anzahl[Schwere.WARNUNG]
        if pruefung.tabelle is not None and not pruefung.tabelle.is_empty() and ohne_befund:
            return einheit, als_csv(Vorlage(datensatz, pruefung.tabelle)) + _HINWEIS.encode()
    return None


def _dateien(datensatz: Datensatz, land: Land, jahr: int, leser: str) -> Iterator[tuple[Meldeeinheit, Path]]:
    for einheit in land.meldeeinheiten:
        datei = BEISPIELE / "v1" / f"{datensatz.name}_{einheit.id}_{jahr}.csv"
        if einheit.id != leser and datei.exists():
            yield einheit, datei


def mit_fehlern(datensatz: Datensatz, gut: bytes) -> bytes:
    """The same file with a text where it does not belong, an empty cell that must be filled, and a row twice."""
    kopf, *zeilen, hinweis = csv.reader(io.StringIO(gut.decode("utf-8-sig")), delimiter=";")
    kein_text = [s.name for s in datensatz.spalten if s.feld.typ in (Typ.CODE, Typ.DATUM)]
    spalte = (*datensatz.masse, *kein_text)[0]
    zeilen.append(list(zeilen[-1]))
    zeilen[0][kopf.index(spalte)] = _UNLESBAR
    zeilen[0][kopf.index("meldeeinheit")] = ""
    ziel = io.StringIO(newline="")
    csv.writer(ziel, delimiter=";", lineterminator="\r\n").writerows([kopf, *zeilen, hinweis])
    return ziel.getvalue().encode("utf-8-sig")
