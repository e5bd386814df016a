"""Rules about money: R34 the allocation against its formula, R36 spending against all means.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them.
"""

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas.datensaetze.finanzen import AUSGABEN
from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.zuweisung import ist_gueltige_mitteilung, zuweisung

_TOPF = ["meldeeinheit", "berichtsjahr", "haushaltsjahr", "fg"]
_VERTEILUNGSMASSE = "verteilungsmasse_"
_CENT = 0.005
"""Sums of amounts in cents are compared as floating point numbers."""


def _finanzen(lage: Lage) -> pl.DataFrame:
    """All rows with `gilt`, whether a notice counts, and `zuweisung`, the allocation of the row."""
    zeilen = lage.tabelle("finanzen")
    # The shared expressions group by Haushaltsjahr and fg within one file; here fg says whose file it is as well.
    je_datei = pl.concat_str(["meldeeinheit", "berichtsjahr", "fg"], separator="|")
    gerechnet = zeilen.with_columns(fg=je_datei).with_columns(gilt=ist_gueltige_mitteilung(), zuweisung=zuweisung())
    return gerechnet.with_columns(zeilen["fg"], datensatz=pl.lit("finanzen"))


def zuweisung_nach_formel(lage: Lage) -> pl.DataFrame:
    """R34: allocations that differ from Verteilungsmasse times share of inhabitants, whatever published state was used.

    Only for budgets the profile knows (`verteilungsmasse_fg1_2025`); inhabitants are those of 31 December of the year
    before, and a state of revision counts where it has a figure for every Meldeeinheit.
    """
    festgesetzt = (
        _finanzen(lage)
        .filter("gilt", pl.col("buchungsart") == "ZUW_FESTGESETZT")
        .group_by("datensatz", *_TOPF)
        .agg(wert=pl.col("betrag_eur").sum(), unbekannt=pl.col("betrag_eur").null_count())
        .filter(pl.col("unbekannt") == 0)
    )
    return (
        festgesetzt.join(_verteilungsmassen(lage), on=["haushaltsjahr", "fg"])
        .join(_anteile(lage), on=["meldeeinheit", "haushaltsjahr"])
        .with_columns(vergleichswert=(pl.col("masse") * pl.col("anteil")).round(2))
        .with_columns(abstand=(pl.col("wert") - pl.col("vergleichswert")).abs())
        .sort("abstand", "vergleichswert")
        .unique(_TOPF, keep="first", maintain_order=True)
        .filter(pl.col("abstand") > lage.schwelle("zuweisung_euro") + _CENT)
        .with_columns(schluessel("haushaltsjahr", "fg"))
    )


def _verteilungsmassen(lage: Lage) -> pl.DataFrame:
    masse = [(*k.split("_")[1:], m) for k, m in lage.land.schwellen.items() if k.startswith(_VERTEILUNGSMASSE)]
    frame = pl.DataFrame(masse, schema={"fg": pl.String, "haushaltsjahr": pl.String, "masse": pl.Float64}, orient="row")
    return frame.with_columns(pl.col("fg").str.to_uppercase(), pl.col("haushaltsjahr").cast(pl.Int64))


def _anteile(lage: Lage) -> pl.DataFrame:
    """Share of each Meldeeinheit in all inhabitants, per year the allocation is for and state of the statistics."""
    kennungen = [m.id for m in lage.land.meldeeinheiten]
    stand = ["berichtsjahr", "stand"]
    return (
        lage.in_allen_staenden(EINWOHNER.sql)
        .filter(pl.col("ags").is_in(kennungen), pl.col("wert").is_not_null())
        .filter(pl.len().over(stand) == len(kennungen))
        .select(
            pl.col("ags").alias("meldeeinheit"),
            (pl.col("berichtsjahr") + 1).alias("haushaltsjahr"),
            (pl.col("wert") / pl.col("wert").sum().over(stand)).alias("anteil"),
        )
    )


def ausgaben_ueber_mitteln(lage: Lage) -> pl.DataFrame:
    """R36: own spending and forwarding above allocation, own means and means of third parties together.

    What third parties spend was spent before, when it was forwarded to them; only the own spending counts beside it.
    """

    def summe(auswahl: pl.Expr, betrag: pl.Expr) -> pl.Expr:
        return betrag.filter(auswahl).sum()

    art, betrag = pl.col("buchungsart"), pl.col("betrag_eur")
    eigene = summe(art.is_in(AUSGABEN) & (pl.col("empfaengerart") == "KREIS"), betrag)
    weiter = summe(art == "WEITERLEITUNG", betrag) - summe(art == "WEITERLEITUNG_RUECKFLUSS", betrag.abs())
    return (
        _finanzen(lage)
        .group_by("datensatz", *_TOPF)
        .agg(
            wert=eigene + weiter,
            vergleichswert=pl.col("zuweisung").first() + summe(art == "EIGENLEISTUNG", betrag),
            unbekannt=betrag.null_count(),
        )
        .filter(pl.col("unbekannt") == 0, pl.col("wert") > pl.col("vergleichswert") + _CENT)
        .with_columns(schluessel("haushaltsjahr", "fg"))
    )
