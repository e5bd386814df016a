"""Sums: which cells add up to which, closed upwards, as the hierarchies of the releases say.

What belongs here: cells and splits. What does not: values.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl

from assets.angriff.lesen import Zerlegung
from assets.angriff.raum import Raum


@dataclass(frozen=True, slots=True)
class Summen:
    """`zellen` (schluessel, additiv): all cells, also those nobody published. `glieder`: the parts of each sum.

    `glieder` has a row per term: `zerlegung` (index), `eltern` (key of the total), `schluessel`, `faktor` (-1 for the
    total itself, 1 for a part).
    """

    zellen: pl.DataFrame
    glieder: pl.DataFrame


def schliesse(
    raum: Raum,
    start: pl.DataFrame,
    zerlegungen: Sequence[Zerlegung],
    je_mass: Mapping[int, Collection[Zerlegung]],
) -> Summen:
    """All sums in which at least one part is a cell, with the totals and the other parts that belong to them.

    `start` has the columns schluessel and additiv (see `beobachte`). A missing total or part becomes a cell too, an
    unknown one, and takes part in the sums above it. `je_mass` says which of the splits matter to which measure.
    """
    teile = _teile(raum, zerlegungen, je_mass)
    neu = zellen = start.group_by("schluessel").agg(pl.col("additiv").bitwise_or())
    summen = pl.DataFrame(schema={"zerlegung": pl.Int64, "eltern": pl.Int64, "additiv": pl.Int64})
    while neu.height and teile.height:
        gefunden = _summen_ueber(raum, neu, teile).join(summen, on=["zerlegung", "eltern"], how="anti")
        summen = pl.concat([summen, gefunden])
        glieder = _glieder(gefunden, teile)
        neu = (
            glieder.group_by("schluessel").agg(pl.col("additiv").bitwise_or()).join(zellen, on="schluessel", how="anti")
        )
        zellen = pl.concat([zellen, neu])
    return Summen(zellen, _glieder(summen, teile).drop("additiv"))


def _teile(raum: Raum, zerlegungen: Sequence[Zerlegung], je_mass: Mapping[int, Collection[Zerlegung]]) -> pl.DataFrame:
    """One row per measure, split and part: how far the key of the part lies from the key of the total."""
    zeilen = []
    for i, z in enumerate(zerlegungen):
        masse = [m for m, eigene in je_mass.items() if z in eigene]
        if z.dim not in raum.dims:
            continue
        nummern, gewicht = raum.nummern(z.dim), raum.gewicht(z.dim)
        bit = raum.dims.index(z.dim)
        for k in z.kinder:
            zeilen += [(m, i, bit, nummern[k], (nummern[k] - nummern[z.parent]) * gewicht) for m in masse]
    spalten = dict.fromkeys(("mass", "zerlegung", "bit", "nummer", "abstand"), pl.Int64)
    return pl.DataFrame(zeilen, schema=spalten, orient="row")


def mass_nummer(raum: Raum) -> pl.Expr:
    """Number of the measure of a key: the first dimension, hence the lowest place."""
    return (pl.col("schluessel") % raum.umfang(raum.dims[0])).alias("mass")


def _summen_ueber(raum: Raum, zellen: pl.DataFrame, teile: pl.DataFrame) -> pl.DataFrame:
    """The sums that have one of the cells as a part."""
    gefunden = []
    for bit, dim in enumerate(raum.dims):
        auswahl = teile.filter(bit=bit).select("mass", "zerlegung", "nummer", "abstand")
        if auswahl.is_empty():
            continue
        gefunden.append(
            zellen.filter((pl.col("additiv") & (1 << bit)) != 0)
            .with_columns(mass_nummer(raum), nummer=(pl.col("schluessel") // raum.gewicht(dim)) % raum.umfang(dim))
            .join(auswahl, on=["mass", "nummer"])
            .select("zerlegung", (pl.col("schluessel") - pl.col("abstand")).alias("eltern"), "additiv")
        )
    leer = pl.DataFrame(schema={"zerlegung": pl.Int64, "eltern": pl.Int64, "additiv": pl.Int64})
    return pl.concat([leer, *gefunden]).group_by("zerlegung", "eltern").agg(pl.col("additiv").bitwise_or())


def _glieder(summen: pl.DataFrame, teile: pl.DataFrame) -> pl.DataFrame:
    auswahl = ["zerlegung", "eltern", "schluessel", "faktor", "additiv"]
    abstaende = teile.select("zerlegung", "nummer", "abstand").unique()
    kinder = summen.join(abstaende, on="zerlegung").with_columns(
        schluessel=pl.col("eltern") + pl.col("abstand"), faktor=pl.lit(1.0)
    )
    eltern = summen.with_columns(schluessel=pl.col("eltern"), faktor=pl.lit(-1.0))
    return pl.concat([eltern.select(auswahl), kinder.select(auswahl)])


def kreuze(raum: Raum, start: pl.DataFrame, zerlegungen: Sequence[Zerlegung]) -> pl.DataFrame:
    """The cells of the one cross-classification behind several tables: all combinations of their finest codes.

    Tables AxB, BxC and AxC know more together than their sums say, because one AxBxC stands behind them.
    """
    oben = {(z.dim, z.parent) for z in zerlegungen}
    gruppen: dict[tuple[int, int], dict[str, set[int]]] = {}
    for schluessel, bits in start.select("schluessel", "additiv").unique().iter_rows():
        anteile = {
            dim: (schluessel // raum.gewicht(dim)) % raum.umfang(dim) * raum.gewicht(dim)
            for bit, dim in enumerate(raum.dims)
            if bits >> bit & 1
        }
        gruppe = gruppen.setdefault((schluessel - sum(anteile.values()), bits), {})
        for dim, anteil in anteile.items():
            gruppe.setdefault(dim, set()).add(anteil)
    zeilen = []
    for (rest, bits), anteile_je_dim in gruppen.items():
        feinste = [_feinste(raum, dim, anteile, oben) for dim, anteile in anteile_je_dim.items()]
        zeilen += [(rest + sum(wahl), bits) for wahl in product(*feinste)]
    return pl.DataFrame(zeilen, schema={"schluessel": pl.Int64, "additiv": pl.Int64}, orient="row")


def _feinste(raum: Raum, dim: str, anteile: set[int], oben: set[tuple[str, str]]) -> list[int]:
    codes, gewicht = raum.codes[raum.dims.index(dim)], raum.gewicht(dim)
    return [a for a in anteile if (dim, codes[a // gewicht]) not in oben] or sorted(anteile)
