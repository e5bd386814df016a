"""Which cells the figures of a release are made of: every number that was delivered, once, under one key.

What belongs here: finding the cells behind numerators and denominators, giving sums of some Meldeeinheiten an area code
of their own, and adding what a reader can work out: the rest of every total. What does not: what may be shown.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.codelisten import GESAMT
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Groesse, Indikator, Land, Variante, Zellbezug
from schemas.vergleichbarkeit import OHNE_LANDESWERT
from schemas.wertstatus import Wertstatus
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, SCHLUESSEL, SCHLUESSELTYPEN, WERT

_GENAU = 1e-6
"""Two figures of one cell may differ by this through the order of adding."""
_VIELE = 99
"""Stands for a figure made of so many cells that none can be told from it and the others."""
_FELD = ["indikator_id", "variante", "berichtsjahr", "stand"]


class Zellfehler(ValueError):
    """Figures of a release contradict what the catalogue says they are made of."""


@dataclass(frozen=True, eq=False)
class Zellbestand:
    """The cells behind delivered figures, and who stands on them."""

    zellen: pl.DataFrame
    """`SCHLUESSEL`, `wert` (null: the source withholds it)."""
    bezuege: pl.DataFrame
    """`SCHLUESSEL`, `zeile` (number of the row of `indikatorwerte`), `rolle` (zaehler | nenner), `vorzeichen`."""
    gebiete: pl.DataFrame
    """`gebiet, teil`: the Meldeeinheiten a sum is made of."""


def zellbestand(werte: pl.DataFrame, katalog: Sequence[Indikator], land: Land) -> Zellbestand:
    """All cells behind the delivered figures of `indikatorwerte`, and which figure stands on which cells.

    Raises:
        Zellfehler: two figures give one cell different values.
    """
    nummeriert = werte.with_row_index("zeile")
    mit_gebiet = nummeriert.join(_gebietscodes(nummeriert, katalog, land), on="zeile")
    bezuege = pl.concat([*_bezuege(mit_gebiet, katalog), _leer()])
    zellen = _mit_erschlossenen(_einzelne(bezuege), bezuege)
    gebiete = mit_gebiet.select(gebiet="_gebiet", teile="_teile").unique().explode("teile").drop_nulls()
    return Zellbestand(
        zellen=zellen.sort(SCHLUESSEL),
        bezuege=bezuege.select(*SCHLUESSEL, "zeile", "rolle", "vorzeichen"),
        gebiete=gebiete.rename({"teile": "teil"}).sort("gebiet", "teil"),
    )


def _leer() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            **SCHLUESSELTYPEN,
            "zeile": pl.UInt32,
            "rolle": pl.String,
            "vorzeichen": pl.Int64,
            "glieder": pl.Int64,
            "betrag": pl.Float64,
            "geheim": pl.Boolean,
        }
    )


# Areas ----------------------------------------------------------------------------------------------------------


def _gebietscodes(werte: pl.DataFrame, katalog: Sequence[Indikator], land: Land) -> pl.DataFrame:
    """`zeile, _gebiet, _teile`: a sum of all its Meldeeinheiten has the code of the area, others one of their own."""
    unsummiert = [(i.id, v.id) for i in katalog for v in i.varianten if not v.summierbar]
    spalten = {"indikator_id": pl.String, "variante": pl.String}
    eigene = pl.DataFrame(unsummiert, schema=spalten, orient="row").with_columns(_eigen=True)
    werte = werte.with_columns(_gliederung=_gliederung()).join(eigene, on=["indikator_id", "variante"], how="left")
    # What a source adds up itself rests on everybody it knows of; the parts are not told apart.
    werte = werte.with_columns(
        _gliederung=pl.when(pl.col("_eigen").is_not_null()).then(pl.lit(GESAMT)).otherwise("_gliederung")
    )
    gruppen = pl.DataFrame([(m.id, m.gruppe) for m in land.meldeeinheiten], schema=["ags", "gruppe"], orient="row")
    summen = _summen_mit_teilen(werte, gruppen, land)
    zeilen = werte.join(summen, on="zeile", how="left")
    alle = {land.ags: sorted(m.id for m in land.meldeeinheiten)} | {
        g: sorted(m.id for m in land.meldeeinheiten if m.gruppe == g) for g in land.gruppen
    }
    code = pl.struct("ags", "_teile").map_elements(lambda s: _code(s["ags"], s["_teile"], alle), return_dtype=pl.String)
    return zeilen.select("zeile", "_teile", _gebiet=pl.when(pl.col("_teile").is_null()).then("ags").otherwise(code))


def _summen_mit_teilen(werte: pl.DataFrame, gruppen: pl.DataFrame, land: Land) -> pl.DataFrame:
    """`zeile, _teile`: the Meldeeinheiten each sum is made of, as `assets.auswertung.gebiete` adds them up.

    Who breaks a figure down at all stands behind every part of it, unless his own part is no number or may not enter.
    """
    taugt = pl.col("wert").is_not_null() & (pl.col("_eigen").fill_null(value=False) | ~_ohne_land())
    einzelne = werte.filter(pl.col("gebiet_typ") == "kreis").join(gruppen, on="ags")
    dabei = einzelne.filter(taugt).select(*_FELD, "_gliederung", "ags", "gruppe").unique()
    nicht = einzelne.filter(~taugt).select(*_FELD, *GLIEDERUNGEN, "ags")
    je_ebene = [dabei.with_columns(gruppe=pl.lit(land.ags)), dabei]
    return (
        werte.select("zeile", *_FELD, *GLIEDERUNGEN, "_gliederung", gruppe="ags")
        .join(pl.concat(je_ebene), on=[*_FELD, "_gliederung", "gruppe"], nulls_equal=True)
        .join(nicht, on=[*_FELD, *GLIEDERUNGEN, "ags"], how="anti", nulls_equal=True)
        .group_by("zeile")
        .agg(_teile=pl.col("ags").sort())
    )


def _code(ags: str, teile: Sequence[str] | None, alle: dict[str, list[str]]) -> str:
    if teile is None or list(teile) == alle.get(ags):
        return ags
    return f"{ags}-{hashlib.sha256(' '.join(teile).encode()).hexdigest()[:6]}"


def _gliederung() -> pl.Expr:
    """By what a row is broken down, as `assets.auswertung.gebiete` tells who stands behind its parts."""
    faelle = [pl.when(pl.col(g) != GESAMT).then(pl.lit(g)) for g in GLIEDERUNGEN if g != "konzept"]
    return pl.coalesce(*faelle, pl.lit(GESAMT))


def _ohne_land() -> pl.Expr:
    gruende = pl.col("gruende").fill_null("").str.split(";")
    return pl.any_horizontal([gruende.list.contains(code) for code in sorted(OHNE_LANDESWERT)])


# References -----------------------------------------------------------------------------------------------------


def _bezuege(werte: pl.DataFrame, katalog: Sequence[Indikator]) -> Iterator[pl.DataFrame]:
    je_variante = werte.partition_by("indikator_id", "variante", as_dict=True)
    for indikator in katalog:
        for variante in indikator.varianten:
            zeilen = je_variante.get((indikator.id, variante.id))
            if zeilen is not None:
                yield from _bezuege_der_variante(zeilen, variante)


def _bezuege_der_variante(zeilen: pl.DataFrame, variante: Variante) -> Iterator[pl.DataFrame]:
    """The cells of numerator and denominator; a total computed from its parts, or bands, stands on all of them."""
    rollen = [(r, g) for r, g in (("zaehler", variante.zaehler), ("nenner", variante.nenner)) if g is not None]
    for rolle, groesse in rollen:
        for zelle in groesse.zellen:
            if variante.standardisierung:
                baender = pl.DataFrame({"altersgruppe": list(variante.standardisierung)})
                je_band = zeilen.drop("altersgruppe").join(baender, how="cross")
                yield _bezug(je_band, rolle, groesse, zelle, _VIELE)
                continue
            ueber = zelle.summe_ueber
            einzelne = zeilen.filter(pl.col(ueber) != GESAMT) if ueber else zeilen
            yield _bezug(einzelne, rolle, groesse, zelle, len(groesse.zellen))
            if ueber:
                yield _bezug(_als_teile_der_summe(zeilen, ueber), rolle, groesse, zelle, _VIELE)


def _als_teile_der_summe(zeilen: pl.DataFrame, spalte: str) -> pl.DataFrame:
    """The rows of the parts, numbered like the total that is made of them and of nothing else."""
    je = [s for s in (*_FELD, "ags", *GLIEDERUNGEN) if s != spalte]
    summen = zeilen.filter(pl.col(spalte) == GESAMT).select(*je, "zeile")
    return zeilen.filter(pl.col(spalte) != GESAMT).drop("zeile").join(summen, on=je)


def _bezug(zeilen: pl.DataFrame, rolle: str, groesse: Groesse, zelle: Zellbezug, glieder: int) -> pl.DataFrame:
    """One cell of a numerator or denominator for each row of its variant; `glieder` is of how many it is made."""
    merkmale = {umbenannt(zelle, g): pl.col(g) for g in groesse.gliederungen if g != "gemeinde_ags"}
    merkmale |= {name: pl.lit(code) for name, code in zelle.fest.items() if name != "gemeinde_ags"}
    ort = pl.col("gemeinde_ags") if "gemeinde_ags" in groesse.gliederungen else pl.lit(GESAMT)
    return zeilen.select(
        pl.lit(zelle.mass).alias(MASS),
        (pl.col("berichtsjahr") - zelle.versatz).alias(JAHR),
        pl.when(ort != GESAMT).then(ort).otherwise("_gebiet").alias(GEBIET),
        *(merkmale.get(m, pl.lit(GESAMT)).alias(m) for m in MERKMALE),
        "zeile",
        pl.lit(rolle).alias("rolle"),
        pl.lit(zelle.vorzeichen, dtype=pl.Int64).alias("vorzeichen"),
        pl.lit(glieder, dtype=pl.Int64).alias("glieder"),
        pl.col(rolle).alias("betrag"),
        (pl.col(rolle).is_null() & (pl.col("wertstatus") == Wertstatus.GEHEIM)).alias("geheim"),
    )


def umbenannt(zelle: Zellbezug, gliederung: str) -> str:
    """The column of the cell a breakdown column becomes."""
    return zelle.umbenannt.get(gliederung, gliederung)


# Cells ----------------------------------------------------------------------------------------------------------


def _einzelne(bezuege: pl.DataFrame) -> pl.DataFrame:
    """Cells a figure states by itself; a value anywhere counts before a secret."""
    je_zelle = (
        bezuege.filter(pl.col("glieder") == 1, pl.col("betrag").is_not_null() | pl.col("geheim"))
        .group_by(SCHLUESSEL)
        .agg(pl.col("betrag").min().alias(WERT), (pl.col("betrag").max() - pl.col("betrag").min()).alias("spanne"))
    )
    widerspruch = je_zelle.filter(pl.col("spanne") > _GENAU)
    if widerspruch.height:
        raise Zellfehler(f"Zwei Kennzahlen nennen für dieselbe Zelle verschiedene Werte: {widerspruch.row(0)}")
    return je_zelle.drop("spanne")


def _mit_erschlossenen(zellen: pl.DataFrame, bezuege: pl.DataFrame) -> pl.DataFrame:
    """Adds cells that only occur in differences: the difference and the other cell tell them."""
    paare = bezuege.filter(pl.col("glieder").is_between(2, _VIELE - 1), pl.col("betrag").is_not_null())
    mit_wert = paare.join(zellen, on=SCHLUESSEL, how="left")
    bekannt = (
        mit_wert.group_by("zeile", "rolle")
        .agg((pl.col(WERT) * pl.col("vorzeichen")).sum().alias("_summe"), pl.col(WERT).is_null().sum().alias("_offen"))
        .filter(pl.col("_offen") == 1)
    )
    neue = (
        mit_wert.filter(pl.col(WERT).is_null())
        .join(bekannt, on=["zeile", "rolle"])
        .group_by(SCHLUESSEL)
        .agg(((pl.col("betrag") - pl.col("_summe")) * pl.col("vorzeichen")).first().alias(WERT))
    )
    return pl.concat([zellen, neue.join(zellen, on=SCHLUESSEL, how="anti").select(zellen.columns)])
