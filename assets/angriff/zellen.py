"""One variable per cell: the same cell in several tables and releases is known by all that any of them shows.

What belongs here: bounds of a single cell. What does not: sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.angriff.lesen import STAND, WERT, Ausgabe, AusgabeError, Tabelle
from assets.angriff.raum import Raum

SCHEMA = {
    "schluessel": pl.Int64, "stand": pl.String, "ausgabe": pl.Int64, "tabelle": pl.Int64, "lo": pl.Float64,
    "hi": pl.Float64, "gesperrt": pl.Boolean, "gerundet": pl.Boolean, "additiv": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regel:
    """What protects the cells of a measure: see `Tabelle`. Measures in open tables only have no rule."""

    art: str
    k: int
    breite: int
    p_prozent: float


def beobachte(raum: Raum, ausgaben: Sequence[Ausgabe]) -> pl.DataFrame:
    """One row per published cell (columns of `SCHEMA`): its bounds by this table alone.

    `additiv`: bits of the dimensions along which the table adds up. `stand`: vintage, empty where a table has none.

    Raises:
        AusgabeError: a value is neither a number nor the sign for withheld.
    """
    teile = [
        _beobachte_tabelle(raum, ausgabe, tabelle).with_columns(
            ausgabe=pl.lit(i, pl.Int64), tabelle=pl.lit(j, pl.Int64)
        )
        for i, ausgabe in enumerate(ausgaben)
        for j, tabelle in enumerate(ausgabe.tabellen)
    ]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *(t.select(list(SCHEMA)) for t in teile)])


def _beobachte_tabelle(raum: Raum, ausgabe: Ausgabe, tabelle: Tabelle) -> pl.DataFrame:
    zeilen = tabelle.zeilen
    wert = pl.col(WERT).cast(pl.Float64, strict=False)
    ist_gesperrt = pl.col(WERT) == ausgabe.gesperrt
    falsch = zeilen.with_row_index("_zeile", offset=2).filter(~ist_gesperrt & (wert.is_null() | ~wert.is_finite()))
    if falsch.height:
        zeile = falsch.row(0, named=True)
        raise AusgabeError(
            f"„{tabelle.datei}“, Zeile {zeile['_zeile']}: „{zeile[WERT]}“ ist weder eine Zahl mit Dezimalpunkt noch "
            f"„{ausgabe.gesperrt}“ für geheim. Bitte die Tabelle neu schreiben."
        )
    ganz = tabelle.art == "anzahl"
    halbe = (tabelle.runden or 0) / 2
    spielraum = float(int(halbe)) if ganz else halbe
    mindestens = ausgabe.mindestens if ganz and not tabelle.offen else 0
    unten = pl.max_horizontal(wert - spielraum, pl.lit(0.0)) if spielraum else wert
    return zeilen.select(
        raum.schluessel(zeilen).alias("schluessel"),
        (pl.col(STAND) if STAND in zeilen.columns else pl.lit("")).alias("stand"),
        pl.when(ist_gesperrt).then(float(mindestens)).otherwise(unten).alias("lo"),
        pl.when(ist_gesperrt).then(float("inf")).otherwise(wert + spielraum).alias("hi"),
        (ist_gesperrt & pl.lit(not tabelle.offen)).alias("gesperrt"),
        (~ist_gesperrt & pl.lit(bool(spielraum) and not tabelle.offen)).alias("gerundet"),
        pl.lit(additive_bits(raum, tabelle.schluessel), pl.Int64).alias("additiv"),
    )


def additive_bits(raum: Raum, schluessel: Sequence[str]) -> int:
    """The dimensions along which a table adds up, as bits."""
    fest = {"mass", "berichtsjahr", *schluessel}
    return sum(1 << i for i, dim in enumerate(raum.dims) if dim not in fest)


def verbinde(beobachtet: pl.DataFrame) -> pl.DataFrame:
    """One row per cell and vintage, with a number `variable`; lo > hi where two tables contradict each other."""
    return (
        beobachtet.group_by("schluessel", "stand")
        .agg(pl.col("lo").max(), pl.col("hi").min(), pl.col("gesperrt").any(), pl.col("gerundet").any())
        .sort("schluessel", "stand")
        .with_row_index("variable")
        .with_columns(pl.col("variable").cast(pl.Int64))
    )


def regeln(ausgaben: Sequence[Ausgabe], k: int | None = None, breite: int | None = None) -> dict[str, Regel]:
    """The rule of each measure: the strictest of the tables that protect it; `k` and `breite` overrule the manifest."""
    gefunden: dict[str, Regel] = {}
    for tabelle in (t for a in ausgaben for t in a.tabellen if not t.offen):
        eigenes_k = k if k is not None else tabelle.k
        eigene_breite = breite if breite is not None else (tabelle.breite or eigenes_k - 1)
        for mass in tabelle.zeilen["mass"].unique():
            alt = gefunden.get(mass, Regel(tabelle.art, 0, 0, 0.0))
            gefunden[mass] = Regel(
                tabelle.art,
                max(alt.k, eigenes_k),
                max(alt.breite, eigene_breite),
                max(alt.p_prozent, tabelle.p_prozent),
            )
    return gefunden
