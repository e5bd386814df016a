"""Deliveries without figures, made for somebody who has none: the Fehlanzeige, and "nicht erhoben" in every cell.

What belongs here: such a file, as far as contract and register of Stellen know what has to stand in it. What does not:
whether it is accepted (`assets/pruefung`); where rows hold what only people know it is not.

Both end with a line that says when they were made. Reading leaves it out as a footer; without it the same report made
again, after another file or a withdrawal, would be the same bytes, and those are the old version.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from assets.erhebung.vorlage import Vorlage, als_csv
from schemas import felder as f
from schemas.modell import Rolle, Spalte, Typ, status_von
from schemas.regeln import GANZES_JAHR
from schemas.wertstatus import Wertstatus

_MEISTE_ZEILEN = 500
"""Columns whose codes would make more rows than this are left to people."""


def als_datei(vorlage: Vorlage, was: str, wann: str) -> bytes:
    """The file that is handed in.

    Args:
        vorlage: its rows; without any it is a Fehlanzeige.
        was: what is said by it, in a word for the line at the end.
        wann: when it was said.
    """
    return als_csv(vorlage) + f"Stand: {wann}, {was}, gemeldet im Portal\r\n".encode()


def nicht_erhoben(vorlage: Vorlage, bis: date) -> Vorlage:
    """A prefilled template in which every measure says that nobody collected it.

    Args:
        vorlage: of one Meldeeinheit and year, with the rows it starts with.
        bis: last day of the period, where a row needs a day.
    """
    datensatz = vorlage.datensatz
    zeilen = pl.DataFrame() if vorlage.zeilen is None else vorlage.zeilen
    for spalte in datensatz.spalten:
        if spalte.rolle is Rolle.SCHLUESSEL and zeilen[spalte.name].null_count() == zeilen.height:
            zeilen = _ergaenzt(zeilen, spalte, bis)
    unbekannt = [pl.lit(Wertstatus.UNBEKANNT.value).alias(status_von(m)) for m in datensatz.masse]
    return replace(vorlage, zeilen=zeilen.with_columns(unbekannt))


def _ergaenzt(zeilen: pl.DataFrame, spalte: Spalte, bis: date) -> pl.DataFrame:
    """The rows with a key column nothing is known of: its whole, or a row for each of its codes."""
    if (ganzes := _ganzes(spalte, bis)) is not None:
        return zeilen.with_columns(pl.lit(ganzes).alias(spalte.name))
    codes = spalte.codes or ()
    if not codes or zeilen.height * len(codes) > _MEISTE_ZEILEN:
        return zeilen
    return zeilen.drop(spalte.name).join(pl.DataFrame({spalte.name: codes}), how="cross").select(zeilen.columns)


def _ganzes(spalte: Spalte, bis: date) -> str | date | None:
    """What stands for all of a column's parts; None where only the parts together do."""
    if spalte.feld.codeliste is f.QUARTAL.codeliste:
        return GANZES_JAHR
    return bis if spalte.feld.typ is Typ.DATUM else spalte.vorgabe
