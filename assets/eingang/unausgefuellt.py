"""Blank templates: recognised, so that nobody is told of missing values, and none ever takes the place of a delivery.

What belongs here: telling a template nobody filled in from a delivery. A template passes the check in this sense: it is
understood, and all there is to say is that nothing stands in it yet.

It is blank if no cell is filled but those a template comes with (`schemas/vorlagen.py`). Without any row the header
must be word for word the template's; any other file without rows has lost them. Where a dataset allows to report that
there was nothing (Fehlanzeige), a header without rows is that report: templates for a Meldeeinheit and year have a row
with both, so that leaving it in or taking it out says which of the two is meant.
"""

import polars as pl

from assets.eingang.lesen import GeleseneTabelle, Grund, lies_tabelle
from schemas.lesebefunde import NO_DATA
from schemas.modell import Datensatz, Schwere
from schemas.vorlagen import vorbelegbar

UNVERDAECHTIG = frozenset({Grund.VORSPANN, Grund.LEER, Grund.FUSS, Grund.BLATT})
"""Rows that are no data in any file; others may be data that was misread, so that nothing but a header is no proof."""

_GROESSTE_VORLAGE = 2**18
"""Bytes; only smaller files are read on arrival just to see whether they are blank."""
_MEISTE_ZEILEN = 100


def ist_unausgefuellt(gelesen: GeleseneTabelle, datensatz: Datensatz) -> bool:
    """Whether a file is a template in which nothing stands yet."""
    fehler = {b.code for b in gelesen.befunde if b.schwere is Schwere.FEHLER}
    ausgelassen = {a.grund for a in gelesen.ausgelassen}
    zellen = gelesen.zellen
    if zellen is None or not fehler <= {NO_DATA.id} or not ausgelassen <= UNVERDAECHTIG:
        return False
    if zellen.is_empty():
        kopf = [s.kopf for s in gelesen.spalten]
        return not datensatz.fehlanzeige and kopf == [s.name for s in datensatz.spalten]
    auszufuellen = pl.exclude("zeile", "physische_zeile", *vorbelegbar(datensatz))
    return zellen.height <= _MEISTE_ZEILEN and bool(
        zellen.select(pl.all_horizontal(auszufuellen.is_null().all())).item()
    )


def ist_leeres_blatt(blatt: GeleseneTabelle, datensatz: Datensatz) -> bool:
    """Whether a sheet of a workbook for all datasets says nothing: there a header without rows is no Fehlanzeige."""
    return blatt.zellen is not None and (blatt.zellen.is_empty() or ist_unausgefuellt(blatt, datensatz))


def ist_leere_vorlage(inhalt: bytes, name: str, datensatz: Datensatz) -> bool:
    """The same of a file as it arrives; a large one is no blank template and is not read for it."""
    if len(inhalt) > _GROESSTE_VORLAGE or (
        inhalt.count(b"\n") > _MEISTE_ZEILEN + 2 and not name.lower().endswith("xlsx")
    ):
        return False
    return ist_unausgefuellt(lies_tabelle(inhalt, name, datensatz.spalten), datensatz)
