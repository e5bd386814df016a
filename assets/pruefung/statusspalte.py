"""A measure's cell against the status column a file may have beside it.

What belongs here: which of the two counts, and when they contradict each other. What does not: signs inside a cell
(`zeichen.py`).
"""

from dataclasses import dataclass

import polars as pl

from schemas.wertstatus import MIT_WERT, Wertstatus

_MIT_WERT = [s.value for s in MIT_WERT]
_OHNE_WERT = [s.value for s in Wertstatus if s not in MIT_WERT]


@dataclass(frozen=True, slots=True)
class Abgleich:
    """Values and status after both were read; `widerspruch` marks rows in which they cannot both be true."""

    werte: pl.Series
    status: pl.Series
    widerspruch: pl.Series


def gleiche_ab(texte: pl.Series, werte: pl.Series, status: pl.Series, angegeben: pl.Series) -> Abgleich:
    """A measure with the status of its own column.

    The column adds to the cell: it may say why a cell is empty, or how firm a plain number is, and `.` may be secret
    (G), as official statistics use it. Anything else that differs from the cell is a contradiction.

    Args:
        texte: cells of the measure as sent, null where blank.
        werte: their numbers; null for signs and for cells that could not be read.
        status: status from the cells, null where blank or not read.
        angegeben: codes from the status column, null where blank or not read.
    """
    zellen = pl.DataFrame({"text": texte, "wert": werte, "zelle": status, "datei": angegeben})
    text, zelle, datei = pl.col("text"), pl.col("zelle"), pl.col("datei")
    unlesbar = text.is_not_null() & zelle.is_null()
    passt = pl.any_horizontal(
        datei.is_null(),
        unlesbar,
        zelle == datei,
        text.is_null() & datei.is_in(_OHNE_WERT),
        (zelle == Wertstatus.NORMAL) & datei.is_in(_MIT_WERT),
        (text == ".") & (datei == Wertstatus.GEHEIM),
    ).fill_null(value=False)
    ergebnis = zellen.select(
        wert=pl.when(passt).then("wert"),
        status=pl.when(passt & ~unlesbar).then(pl.coalesce("datei", "zelle")),
        widerspruch=~passt,
    )
    return Abgleich(ergebnis["wert"], ergebnis["status"], ergebnis["widerspruch"])
