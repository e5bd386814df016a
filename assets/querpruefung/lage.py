"""The state rules across files look at: all accepted tables, official series, which deliveries there are, and years.

What belongs here: opening it. Everything is read from the Ablage each time, so findings never depend on the order in
which deliveries came.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import duckdb
import polars as pl

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank, in_allen_staenden
from assets.auswertung.massen import mit_geltenden_massen
from assets.pruefung.lieferungen import lieferstand
from schemas.modell import Land, Pruefumgebung
from schemas.querreihen import MESSREIHEN

LIEFERUNG = {"datensatz": pl.String, "meldeeinheit": pl.String, "berichtsjahr": pl.Int64}


@dataclass(frozen=True)
class Lage:
    """An open state: a database and the Land.

    Besides the tables of `datenbank` its SQL knows `angenommen` and `eingegangen` (datensatz, meldeeinheit,
    berichtsjahr), `jahre` (jahr, vorjahr, von, bis, anteil, voll) and every dataset of the contract, empty where the
    Land does not use it.
    """

    con: duckdb.DuckDBPyConnection
    ablage: Ablage
    land: Land

    def frage(self, sql: str, **werte: object) -> pl.DataFrame:
        """The answer to a SELECT; `$name` in it stands for the value given."""
        antwort: pl.DataFrame = self.con.sql(sql, params=werte).pl() if werte else self.con.sql(sql).pl()
        return antwort

    @cached_property
    def messwerte(self) -> pl.DataFrame:
        """Known values of all series of the datasets in use, for Meldeeinheiten only."""
        kennungen = [m.id for m in self.land.meldeeinheiten]
        schema = {"reihe": pl.String, "meldeeinheit": pl.String, "berichtsjahr": pl.Int64, "wert": pl.Float64}
        teile = [
            self.frage(reihe.groesse.sql)
            .filter(pl.col("ags").is_in(kennungen), pl.col("wert").is_not_null())
            .select(pl.lit(reihe.id).alias("reihe"), pl.col("ags").alias("meldeeinheit"), *list(schema)[2:])
            for reihe in MESSREIHEN
            if reihe.datensatz in self.land.datensaetze
        ]
        return pl.concat([pl.DataFrame(schema=schema), *teile])

    def tabelle(self, name: str) -> pl.DataFrame:
        """A whole table."""
        inhalt: pl.DataFrame = self.con.table(name).pl()
        return inhalt

    def in_allen_staenden(self, sql: str) -> pl.DataFrame:
        """The answer to the SELECT of an official series for all its published states, not only the newest."""
        return in_allen_staenden(self.con, sql)

    def benutzt(self, *datensaetze: str) -> list[str]:
        """Those of these datasets that the Land uses."""
        return [name for name in datensaetze if name in self.land.datensaetze]

    def schwelle(self, name: str) -> float:
        """A threshold of the Land; raises KeyError if the profile does not have it."""
        return self.land.schwellen[name]


@contextmanager
def oeffne(ablage: Ablage, land: Land, referenz: pl.DataFrame) -> Iterator[Lage]:
    """Opens the state in memory; `referenz` are the official series in the form `referenzstatistik`."""
    with datenbank(ablage, land, referenz) as con:
        lage = Lage(con, ablage, mit_geltenden_massen(ablage, land))
        angenommen = _angenommen(ablage, land)
        _tabelle(con, "angenommen", angenommen)
        stand = lieferstand(ablage, land).filter(pl.col("neueste_version").is_not_null()).select(*LIEFERUNG)
        _tabelle(con, "eingegangen", pl.concat([angenommen, stand]).unique())
        _tabelle(con, "jahre", _jahre(land))
        yield lage


def _tabelle(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register(name, frame)


def _angenommen(ablage: Ablage, land: Land) -> pl.DataFrame:
    """Deliveries of which a version was accepted, also one without rows."""
    teile = [pfad.removesuffix(".parquet").split("/")[1:] for pfad in ablage.liste("geprueft", "*/*/*.parquet")]
    zeilen = [(name, einheit, int(jahr)) for name, jahr, einheit in teile if name in land.datensaetze]
    return pl.DataFrame(zeilen, schema=LIEFERUNG, orient="row")


def _jahre(land: Land) -> pl.DataFrame:
    """Reporting years with the one before (null for the first), their period, and the share of the year it covers."""
    zeilen = []
    for jahr in land.berichtsjahre:
        anteil = Pruefumgebung(land, land.meldeeinheiten[0], jahr).jahresanteil
        vorjahr = jahr - 1 if jahr - 1 in land.berichtsjahre else None
        zeilen.append((jahr, vorjahr, *land.zeitraum(jahr), anteil, anteil == 1))
    spalten = {"jahr": pl.Int64, "vorjahr": pl.Int64, "von": pl.Date, "bis": pl.Date}
    return pl.DataFrame(zeilen, schema={**spalten, "anteil": pl.Float64, "voll": pl.Boolean}, orient="row")
