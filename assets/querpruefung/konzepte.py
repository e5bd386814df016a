"""R51: no figure of the catalogue may mix Konzepte. A finding is our fault, never that of a Kreis.

The test is by experiment: a variant says which Konzept it counts by, so its figures must stay the same when all rows of
other Konzepte are taken away. One that counts by none must not change when all of them are taken away.
"""

import re

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas.codelisten import GESAMT
from schemas.datensaetze import alle_datensaetze
from schemas.indikatoren import katalog
from schemas.modell import Groesse, Indikator, Variante

_FUND: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("indikator_id", "variante", "kennzahl", "lesart", "konzept"), pl.String),
    "berichtsjahr": pl.Int64,
}


def vermischte_konzepte(lage: Lage) -> pl.DataFrame:
    """R51: variants of the Land's catalogue that count rows of a Konzept other than their own, with the years."""
    return vermischt(lage, katalog(lage.land))


def vermischt(lage: Lage, indikatoren: tuple[Indikator, ...]) -> pl.DataFrame:
    """R51 for the variants of these indicators."""
    tabellen = [name for name in lage.land.datensaetze if "konzept" in alle_datensaetze()[name].polars_schema]
    zeilen = [
        (indikator.id, variante.id, indikator.name, variante.label, variante.konzept, jahr)
        for indikator in indikatoren
        for variante in indikator.varianten
        for jahr in _jahre_mit_fremden(lage, variante, tabellen)
    ]
    return pl.DataFrame(zeilen, schema=_FUND, orient="row").with_columns(
        schluessel("indikator_id", "variante"), meldeeinheit=pl.lit(lage.land.ags), datensatz=pl.lit("")
    )


def _jahre_mit_fremden(lage: Lage, variante: Variante, tabellen: list[str]) -> list[int]:
    """Years in which rows of other Konzepte change the numerator or the denominator."""
    jahre: set[int] = set()
    for groesse in (variante.zaehler, variante.nenner):
        benutzt = [t for t in tabellen if groesse is not None and re.search(rf"\b{t}\b", groesse.sql)]
        if groesse is not None and benutzt:
            jahre |= _geaenderte_jahre(lage, groesse, variante.konzept, benutzt)
    return sorted(jahre)


def _geaenderte_jahre(lage: Lage, groesse: Groesse, konzept: str, tabellen: list[str]) -> set[int]:
    mit_allen = _summen(lage, groesse)
    for name in tabellen:
        # A temporary table hides the one of the same name until it is dropped.
        eigene = lage.tabelle(name).filter(pl.col("konzept") == konzept)
        lage.con.register("eigene", eigene)
        lage.con.execute(f'CREATE TEMP TABLE "{name}" AS FROM eigene')
        lage.con.unregister("eigene")
    try:
        nur_eigene = _summen(lage, groesse)
    finally:
        for name in tabellen:
            lage.con.execute(f'DROP TABLE temp."{name}"')
    spalten = mit_allen.columns
    anders = pl.concat(
        [
            mit_allen.join(nur_eigene, on=spalten, how="anti", nulls_equal=True),
            nur_eigene.join(mit_allen, on=spalten, how="anti", nulls_equal=True),
        ]
    )
    return set(anders["berichtsjahr"].to_list())


def _summen(lage: Lage, groesse: Groesse) -> pl.DataFrame:
    """The figures that are not broken down by Konzept; those that are stand in rows of their own and mix nothing."""
    werte = lage.frage(groesse.sql)
    return werte.filter(pl.col("konzept") == GESAMT) if "konzept" in werte.columns else werte
