"""The rows a template starts with: last year's register of Stellen, a row per Stelle or Träger, or the keys known.

What belongs here: which rows, and what is already known in them. What does not: the form of a template (`vorlage.py`).
Measures are never filled in: a figure nobody entered must not enter a delivery.
"""

import polars as pl

from assets.erhebung.stellenregister import REGISTER, Stellenregister, spalte_der_art, stellen_fuer
from assets.erhebung.vorlage import Vorlage
from schemas.codelisten import GESAMT
from schemas.modell import Datensatz, Land, Meldeeinheit
from schemas.vorlagen import vorbelegte_codes

_JAEHRLICH = ("meldung_vollstaendig",)
"""Columns of the register that speak of one year only."""


def vorlage(
    datensatz: Datensatz,
    land: Land,
    *,
    jahr: int | None = None,
    meldeeinheit: Meldeeinheit | None = None,
    register: Stellenregister | None = None,
    traeger: str | None = None,
) -> Vorlage:
    """The template of a dataset: for everybody, or for one Meldeeinheit and year.

    Args:
        datensatz: what is to be delivered.
        land: whose Berichtsjahre and codes are offered.
        jahr: the only Berichtsjahr offered.
        meldeeinheit: whose Gemeinden are offered.
        register: Stellen of this Meldeeinheit and year to start with; without it, only keys known beforehand are there.
        traeger: only Stellen of this Träger.
    """
    datensatz = datensatz.fuer(land)
    auswahl = {"berichtsjahr": [str(j) for j in ([jahr] if jahr else land.berichtsjahre)]}
    if meldeeinheit is not None:
        auswahl["meldeeinheit"] = [meldeeinheit.id]
        auswahl["gemeinde_ags"] = [GESAMT, *(g.ags for g in meldeeinheit.gemeinden)]
    if register is None or meldeeinheit is None:
        return Vorlage(datensatz, _schluesselzeilen(datensatz, meldeeinheit, jahr), auswahl)
    stellen = register.stellen if traeger is None else register.stellen.filter(pl.col("traeger_id") == traeger)
    if datensatz.name != REGISTER:
        for name in ("stelle_id", "traeger_id"):
            auswahl[name] = stellen[name].unique(maintain_order=True).to_list()
    bekannt = _bekannt(datensatz, stellen)
    if bekannt is None:
        return Vorlage(datensatz, _schluesselzeilen(datensatz, meldeeinheit, register.jahr), auswahl)
    return Vorlage(datensatz, _voll(bekannt, datensatz, meldeeinheit, register.jahr), auswahl)


def _schluesselzeilen(datensatz: Datensatz, meldeeinheit: Meldeeinheit | None, jahr: int | None) -> pl.DataFrame | None:
    """A row with what is known of every row, or one per code where every code needs its row; None if nothing is."""
    if spalte := vorbelegte_codes(datensatz):
        return _voll(pl.DataFrame({spalte: datensatz.spalte(spalte).codes}), datensatz, meldeeinheit, jahr)
    if meldeeinheit is None or jahr is None:
        return None
    return _voll(pl.DataFrame({"berichtsjahr": [jahr]}), datensatz, meldeeinheit, jahr)


def _bekannt(datensatz: Datensatz, stellen: pl.DataFrame) -> pl.DataFrame | None:
    """What the register says about the rows of a dataset; None where they have nothing to do with Stellen."""
    if datensatz.name == REGISTER:
        return stellen.drop(*_JAEHRLICH, "zeile")
    passende = stellen_fuer(datensatz, stellen)
    if "stelle_id" in datensatz.schluessel:
        art = spalte_der_art(datensatz)
        namen = ["stelle_id", *([pl.col("art").alias(art)] if art else [])]
        return passende.select(namen).unique(maintain_order=True)
    if "traeger_id" in datensatz.schluessel:
        return passende.select("traeger_id").unique(maintain_order=True)
    return None


def _voll(
    bekannt: pl.DataFrame, datensatz: Datensatz, meldeeinheit: Meldeeinheit | None, jahr: int | None
) -> pl.DataFrame:
    """All columns of the checked table; unknown cells are empty."""
    schema = {name: typ for name, typ in datensatz.polars_schema.items() if name != "zeile"}
    ergaenzt = bekannt.with_columns(
        berichtsjahr=pl.lit(jahr), meldeeinheit=pl.lit(meldeeinheit.id if meldeeinheit else None)
    )
    fehlende = [pl.lit(None).alias(name) for name in schema if name not in ergaenzt.columns]
    return ergaenzt.with_columns(fehlende).select(pl.col(name).cast(typ) for name, typ in schema.items())
