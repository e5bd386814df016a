"""What follows from withheld cells for the figures made of them: `indikatorwerte` as they may be published.

What belongs here: which rows are shown, and rounding of shares of few. What does not: which cells are withheld
(`schuetzen.py`). A row is shown only if every cell it is made of is: then nobody learns anything from it that the
cells do not tell.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from assets.auswertung.intervalle import mit_vertrauensgrenzen
from assets.auswertung.katalogtabelle import katalogtabelle
from assets.geheimhaltung.aufbau import GESPERRT
from assets.geheimhaltung.schuetzen import GEZEIGT, Muster, ohne_zusatz
from assets.geheimhaltung.zellbestand import Zellbestand
from schemas.geheimhaltung import Geheimhaltung, Schutzart
from schemas.indikatorwerte import SPALTEN
from schemas.modell import Groesse, Herkunft, Indikator, Kennzahlart
from schemas.vergleichbarkeit import Urteil
from schemas.wertstatus import Wertstatus
from schemas.zellen import MASS, SCHLUESSEL, WERT

_VARIANTE = ["indikator_id", "variante"]
_ZAHLEN = ("zaehler", "nenner", "wert", "ki_unten", "ki_oben")
_URTEILE = ("vergleichbarkeit", "vgl_land", "vgl_kreise", "vgl_vorjahr")


def freigegeben(
    werte: pl.DataFrame,
    bestand: Zellbestand,
    muster: Muster,
    katalog: Sequence[Indikator],
    politik: Geheimhaltung,
) -> pl.DataFrame:
    """`indikatorwerte` for readers who see of the cells what the pattern shows; same rows, same order.

    Args:
        werte: the true values `bestand` was made of.
        bestand: the cells behind them.
        muster: what is shown of the cells.
        katalog: the indicators in use.
        politik: the policy of the Land.
    """
    nummeriert = werte.with_row_index("zeile")
    stand = _stand_der_zeilen(nummeriert, bestand, muster)
    pflicht = _noetige_rollen(katalog, politik)
    mit_stand = nummeriert.join(stand, on="zeile", how="left").join(pflicht, on=_VARIANTE, how="left")
    fehlt = pl.col("_rollen").fill_null(0) < pl.col("_noetig").fill_null(0)
    geheim = mit_stand.select(
        "zeile",
        (pl.col("_gesperrt").fill_null(value=False) | (fehlt & pl.col("zaehler").is_not_null())).alias("_geheim"),
    )
    gerundet = _mit_gerundeten(nummeriert, bestand, muster, katalog)
    gezeigt = gerundet.join(geheim, on="zeile", maintain_order="left").drop("zeile")
    return mit_nennergrenzen(_ohne_geheime(gezeigt), katalog, politik)


def _stand_der_zeilen(werte: pl.DataFrame, bestand: Zellbestand, muster: Muster) -> pl.DataFrame:
    """`zeile, _gesperrt` (is a cell of it withheld, or unknown to the pattern), `_rollen` (how many have cells)."""
    am_ort = _je_mass(muster.zellen).select(*SCHLUESSEL, GESPERRT)
    neben = bestand.bezuege.join(am_ort, on=SCHLUESSEL, how="left", nulls_equal=True).join(
        werte.select("zeile", "zaehler", "nenner"), on="zeile"
    )
    betrag = pl.when(pl.col("rolle") == "zaehler").then("zaehler").otherwise("nenner")
    return neben.group_by("zeile").agg(
        pl.coalesce(GESPERRT, betrag.is_not_null()).any().alias("_gesperrt"),
        pl.col("rolle").n_unique().alias("_rollen"),
    )


def _je_mass(zellen: pl.DataFrame) -> pl.DataFrame:
    """The cells by the measures figures are made of."""
    namen = {m: ohne_zusatz(m) for m in zellen[MASS].unique()}
    return zellen.with_columns(pl.col(MASS).replace(namen))


def _noetige_rollen(katalog: Sequence[Indikator], politik: Geheimhaltung) -> pl.DataFrame:
    """How many of numerator and denominator must name cells: those delivered, unless their dataset is open."""
    zeilen = [
        (i.id, v.id, len(list(_geschuetzte(v.zaehler, v.nenner, politik))))
        for i in katalog
        for v in i.varianten
        if v.herkunft is Herkunft.LIEFERUNG
    ]
    schema = {"indikator_id": pl.String, "variante": pl.String, "_noetig": pl.Int64}
    return pl.DataFrame(zeilen, schema=schema, orient="row")


def _geschuetzte(zaehler: Groesse | None, nenner: Groesse | None, politik: Geheimhaltung) -> Iterator[Groesse]:
    for groesse in (zaehler, nenner):
        if groesse is None or not groesse.ist_geliefert:
            continue
        namen = [z.mass for z in groesse.zellen] or [groesse.datensatz]
        if any(politik.schutz_von(n).art is not Schutzart.OFFEN for n in namen):
            yield groesse


def _mit_gerundeten(
    werte: pl.DataFrame, bestand: Zellbestand, muster: Muster, katalog: Sequence[Indikator]
) -> pl.DataFrame:
    """Rows on rounded cells are computed anew from what is shown; nothing changes where no cell is rounded."""
    gerundet = _je_mass(muster.zellen).filter(~pl.col(GESPERRT), pl.col(GEZEIGT) != pl.col(WERT))
    if gerundet.is_empty():
        return werte
    betroffen = bestand.bezuege.join(gerundet, on=SCHLUESSEL, how="semi").select("zeile").unique()
    betraege = (
        bestand.bezuege.join(betroffen, on="zeile", how="semi")
        .join(_je_mass(muster.zellen).select(*SCHLUESSEL, GEZEIGT), on=SCHLUESSEL, how="left")
        .group_by("zeile", "rolle")
        .agg((pl.col(GEZEIGT) * pl.col("vorzeichen")).sum())
        .pivot("rolle", index="zeile", values=GEZEIGT)
    )
    fehlend = [pl.lit(None, pl.Float64).alias(r) for r in ("zaehler", "nenner") if r not in betraege.columns]
    neu = werte.join(betraege.with_columns(fehlend), on="zeile", how="left", suffix="_neu", maintain_order="left")
    neu = neu.with_columns(pl.coalesce(f"{r}_neu", r).alias(r) for r in ("zaehler", "nenner"))
    tabelle = katalogtabelle(katalog).select(*_VARIANTE, "art", "faktor", "hat_nenner")
    neu = neu.join(tabelle, on=_VARIANTE, how="left", maintain_order="left")
    quotient = pl.when(pl.col("nenner") != 0).then(pl.col("faktor") * pl.col("zaehler") / pl.col("nenner"))
    neu = neu.with_columns(
        wert=pl.when(pl.col("zaehler_neu").is_null() & pl.col("nenner_neu").is_null())
        .then("wert")
        .when("hat_nenner")
        .then(quotient)
        .otherwise("zaehler"),
        std_unten="ki_unten",
        std_oben="ki_oben",
    ).drop("ki_unten", "ki_oben")
    return mit_vertrauensgrenzen(neu).select(werte.columns)


def _ohne_geheime(werte: pl.DataFrame) -> pl.DataFrame:
    """Empties the secret rows; nothing in them but the fact that they are secret may depend on the value."""
    geheim = pl.col("_geheim")
    return werte.with_columns(
        *(pl.when(~geheim).then(s).alias(s) for s in _ZAHLEN),
        pl.when(geheim).then(pl.lit(Wertstatus.GEHEIM.value)).otherwise("wertstatus").alias("wertstatus"),
        *(pl.when(geheim).then(pl.lit(Urteil.NICHT.value)).otherwise(s).alias(s) for s in _URTEILE),
        pl.when(geheim).then(pl.lit("GEHEIM")).otherwise("gruende").alias("gruende"),
    ).select(list(SPALTEN))


def mit_nennergrenzen(werte: pl.DataFrame, katalog: Sequence[Indikator], politik: Geheimhaltung) -> pl.DataFrame:
    """Shares of few: whole numbers marked as limited, and of very few none (`Geheimhaltung.anteil_ab`)."""
    anteile = katalogtabelle(katalog).filter(art=str(Kennzahlart.ANTEIL)).select(*_VARIANTE, _anteil=pl.lit(value=True))
    werte = werte.join(anteile, on=_VARIANTE, how="left", maintain_order="left")
    ist_anteil = pl.col("_anteil").fill_null(value=False) & pl.col("wert").is_not_null()
    zu_klein = ist_anteil & (pl.col("nenner") < politik.anteil_ab)
    klein = ist_anteil & ~zu_klein & (pl.col("nenner") < politik.anteil_genau_ab)
    ganz = (pl.col("wert") + 0.5).floor()
    return werte.with_columns(
        pl.when(klein).then(ganz).when(~zu_klein).then("wert").alias("wert"),
        *(pl.when(~zu_klein).then(s).alias(s) for s in ("ki_unten", "ki_oben")),
        pl.when(zu_klein)
        .then(pl.lit(Wertstatus.NICHT_BELASTBAR.value))
        .when(klein & (pl.col("wertstatus") == Wertstatus.NORMAL.value))
        .then(pl.lit(Wertstatus.EINGESCHRAENKT.value))
        .otherwise("wertstatus")
        .alias("wertstatus"),
    ).select(list(SPALTEN))
