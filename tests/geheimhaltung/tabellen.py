"""Tables for tests of what is withheld: inner values in, all sums, equations, and the attack on the result out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.angriff.laufen import Befund
from assets.angriff.lesen import STAND, Ausgabe, Zerlegung
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, SCHLUESSEL, WERT
from tests.angriff.ausgaben import ausgabe, greife_an, tabelle, teilt

PERSONEN = "beratung.personen"
LAND = "99"
Werte = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Tabelle:
    """A table whose dimensions are `merkmale`, one axis of `innen` each; the first one is the area."""

    merkmale: tuple[str, ...]
    innen: Werte
    mass: str = PERSONEN

    @property
    def zerlegungen(self) -> tuple[Zerlegung, ...]:
        """Every dimension adds up to its total."""
        return tuple(
            teilt(m, LAND if m == GEBIET else "T", *_codes(n))
            for m, n in zip(self.merkmale, self.innen.shape, strict=True)
        )

    @property
    def hierarchien(self) -> pl.DataFrame:
        """The same, as the suppression takes it."""
        return als_hierarchien(self.zerlegungen)

    def zellen(self) -> pl.DataFrame:
        """All cells and sums, without any flag set."""
        gesamt = [(LAND if z.dim == GEBIET else "T", *z.kinder) for z in self.zerlegungen]
        werte = self.innen
        for achse in range(self.innen.ndim):
            werte = np.concatenate([werte.sum(axis=achse, keepdims=True), werte], axis=achse)
        zeilen = [
            {**dict.fromkeys(MERKMALE, "T"), **dict(zip(self.merkmale, codes, strict=True)), WERT: float(wert)}
            for codes, wert in zip(product(*gesamt), werte.ravel(), strict=True)
        ]
        schema = {**dict.fromkeys(SCHLUESSEL, pl.String), JAHR: pl.Int64, WERT: pl.Float64}
        fest = [pl.lit(self.mass).alias(MASS), pl.lit(2025, pl.Int64).alias(JAHR)]
        return ohne_merker(pl.DataFrame(zeilen, schema=schema).with_columns(fest))


def _codes(anzahl: int) -> list[str]:
    return [f"{LAND}{i:03d}" for i in range(anzahl)]


def als_hierarchien(zerlegungen: Sequence[Zerlegung]) -> pl.DataFrame:
    """Splits as the suppression takes them."""
    zeilen = [(z.dim, z.parent, teil, z.satz) for z in zerlegungen for teil in z.kinder]
    return pl.DataFrame(zeilen, schema=["dim", "parent", "child", "set"], orient="row")


def ohne_merker(zellen: pl.DataFrame) -> pl.DataFrame:
    """Cells of which nothing is known from earlier releases, nor any other reason to withhold them."""
    return zellen.with_columns(pl.lit(value=False).alias(f) for f in ("fest", "primaer", "verdeckt", "entfernt"))


def veroeffentlicht(
    geschuetzt: pl.DataFrame, zerlegungen: Sequence[Zerlegung], name: str = "r1", **mehr: Any
) -> Ausgabe:
    """What readers get to see; a column `stand` tells vintages apart."""
    text = pl.col(WERT).cast(pl.Float64 if mehr.get("art") == "summe" else pl.Int64).cast(pl.String)
    gezeigt = geschuetzt.with_columns(pl.when("gesperrt").then(pl.lit(".")).otherwise(text).alias(WERT))
    dims = [GEBIET, *(m for m in MERKMALE if (geschuetzt[m] != "T").any())]
    je_mass = []
    for (mass,), teil in gezeigt.group_by(MASS, maintain_order=True):
        t = tabelle(dims, {z[:-1]: z[-1] for z in teil.select(*dims, WERT).iter_rows()}, str(mass), mass=mass, **mehr)
        if STAND in teil.columns:
            t = replace(t, zeilen=t.zeilen.with_columns(teil[STAND]))
        je_mass.append(t)
    return ausgabe(je_mass, zerlegungen, name)


def angriff(geschuetzt: pl.DataFrame, zerlegungen: Sequence[Zerlegung], **mehr: Any) -> Befund:
    """What a stranger finds who reads what is shown."""
    return greife_an(veroeffentlicht(geschuetzt, zerlegungen, **mehr))
