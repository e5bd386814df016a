"""A Land of any size with deliveries and official series, made from one valid delivery: same seed, same figures.

What belongs here: the input of measurements. The tables are what checking would have left, one file per dataset.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from assets.ablage import Ablage
from assets.referenz.bestand import lade_bestand
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Berichtszeitraum, Gemeinde, Land, Meldeeinheit, Rolle, Typ
from tests.pruefung.faelle import GUELTIG, LAND, tabelle

SEED = 20241231
ERSTES_JAHR = 2005
GEMEINDEN = 3
VORLAGE_KREIS = "14521"


def land(einheiten: int, jahre: int) -> Land:
    """An invented Land with so many Meldeeinheiten, in two groups, and Berichtsjahre."""
    gruppen = tuple(LAND.gruppen)
    einzeln = tuple(
        Meldeeinheit(
            id=f"14{nr:03d}",
            name=f"Kreis {nr}",
            typ="Landkreis",
            gruppe=gruppen[nr % len(gruppen)],
            kuerzel=f"K{nr}",
            kachel=(nr, 0),
            nachbarn=(),
            gemeinden=tuple(Gemeinde(f"14{nr:03d}{g:03d}", f"Ort {nr}-{g}") for g in range(1, GEMEINDEN + 1)),
        )
        for nr in range(1, einheiten + 1)
    )
    von, bis = ERSTES_JAHR, ERSTES_JAHR + jahre - 1
    zeitraum = Berichtszeitraum(date(von, 1, 1), date(bis, 12, 31), date(bis + 1, 6, 30), "alle Jahre", "erfunden")
    return replace(
        LAND,
        meldeeinheiten=einzeln,
        berichtsjahre=tuple(range(von, bis + 1)),
        lieferfristen={jahr: date(jahr + 1, 6, 30) for jahr in range(von, bis + 1)},
        berichtszeitraeume=(zeitraum,),
        verteilungsmassen=tuple(
            replace(masse, haushaltsjahr=jahr, datum=date(jahr, 1, 2), stichtag=None, stand=None, erfunden=False)
            for masse in LAND.verteilungsmassen
            if masse.fassung == "ZUW_FESTGESETZT"
            for jahr in range(von, bis + 1)
        ),
    )


def lege_an(ablage: Ablage, land_: Land) -> pl.DataFrame:
    """Puts the deliveries into the Ablage and returns the official series."""
    felder = _felder(land_)
    for name in land_.datensaetze:
        ablage.schreibe_tabelle(f"geprueft/{name}/alle/alle.parquet", _lieferungen(name, felder))
    return _amtlich(land_)


def _felder(land_: Land) -> pl.DataFrame:
    """Every Meldeeinheit in every year, with what the rows of its delivery are made different by."""
    einheiten = pl.DataFrame(
        [(m.id, *(g.ags for g in m.gemeinden[:2])) for m in land_.meldeeinheiten],
        schema=["_ags", "_gemeinde_1", "_gemeinde_2"],
        orient="row",
    )
    return einheiten.join(pl.DataFrame({"_jahr": land_.berichtsjahre}), how="cross")


def _lieferungen(name: str, felder: pl.DataFrame) -> pl.DataFrame:
    """The valid delivery once for each Meldeeinheit and year; measures grow by up to nine tenths."""
    datensatz = alle_datensaetze()[name]
    vorlage = tabelle(name, GUELTIG[name]()).with_row_index("_zeile")
    alle = felder.join(vorlage, how="cross")
    mal = (pl.struct("_ags", "_jahr", "_zeile").hash(SEED) % 10).cast(pl.Float64) / 10 + 1
    ausdruecke: dict[str, pl.Expr] = {"berichtsjahr": pl.col("_jahr"), "meldeeinheit": pl.col("_ags")}
    orte = vorlage["gemeinde_ags"].drop_nulls().unique().sort().to_list() if "gemeinde_ags" in vorlage.columns else []
    for spalte in datensatz.spalten:
        if spalte.rolle is Rolle.MASS:
            mehr = pl.col(spalte.name) * mal
            ausdruecke[spalte.name] = mehr.round(0) if spalte.feld.typ is Typ.GANZZAHL else mehr.round(2)
        elif spalte.feld.typ is Typ.DATUM:
            ausdruecke[spalte.name] = pl.col(spalte.name).dt.offset_by(pl.format("{}y", pl.col("_jahr") - 2025))
        elif spalte.name == "haushaltsjahr":
            ausdruecke[spalte.name] = pl.col("_jahr")
        elif spalte.name == "gemeinde_ags":
            eigene = [ort for ort in orte if ort != "T"]
            ausdruecke[spalte.name] = (
                pl.when(pl.col(spalte.name).is_in(eigene[:1]))
                .then("_gemeinde_1")
                .when(pl.col(spalte.name).is_in(eigene[1:]))
                .then("_gemeinde_2")
                .otherwise(spalte.name)
            )
    schema = datensatz.polars_schema
    return alle.with_columns(**ausdruecke).select(pl.col(n).cast(t) for n, t in schema.items())


def _amtlich(land_: Land) -> pl.DataFrame:
    """The official series of one real Kreis for each Meldeeinheit, varied, and inhabitants of every year."""
    bestand = lade_bestand().filter(ags=VORLAGE_KREIS)
    einwohner = bestand.filter(tabelle="12411-01-01-4", zeit="2024-12-31")
    jahre = pl.DataFrame({"_zeit": [f"{jahr}-12-31" for jahr in range(land_.berichtsjahre[0] - 1, 2024)]})
    je_jahr = einwohner.join(jahre, how="cross").with_columns(zeit="_zeit").select(bestand.columns)
    uebrige = bestand.filter(pl.col("tabelle") != "12411-01-01-4")
    vorlage = pl.concat([uebrige, einwohner, je_jahr])
    einheiten = pl.DataFrame({"_ags": [m.id for m in land_.meldeeinheiten]}).with_row_index("_nr")
    mal = 1 + (pl.col("_nr") % 7).cast(pl.Float64) / 7
    zahl = pl.when(pl.col("einheit") == "Anzahl").then((pl.col("wert") * mal).round(0)).otherwise("wert")
    return (
        vorlage.join(einheiten, how="cross")
        .with_columns(ags="_ags", wert=zahl)
        .select(bestand.columns)
        .sort(bestand.columns)
    )
