"""Rules about money: R34 the allocation against its formula, R36 spending against all means.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them.
"""

import polars as pl

from assets.auswertung.schluesselzahlen import lies_schluesselstaende
from assets.auswertung.zuweisung import formelbetraege, stichtag_von
from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas.datensaetze.finanzen import AUSGABEN
from schemas.zuweisung import GILT, HEBT_AUF, geltendes, zuweisung

_TOPF = ["meldeeinheit", "berichtsjahr", "haushaltsjahr", "fg"]
_FESTGESETZT = "ZUW_FESTGESETZT"
_CENT = 0.005
"""Sums of amounts in cents are compared as floating point numbers."""


def _finanzen(lage: Lage) -> pl.DataFrame:
    """All rows with `gilt`, whether a notice counts, and `zuweisung`, the allocation of the row."""
    zeilen = lage.tabelle("finanzen")
    # The shared expressions group by Haushaltsjahr and fg within one file; here fg says whose file it is as well.
    je_datei = pl.concat_str(["meldeeinheit", "berichtsjahr", "fg"], separator="|")
    geltend = zeilen.with_columns(fg=je_datei).with_columns(**geltendes())
    gerechnet = geltend.with_columns(gilt=GILT, zuweisung=zuweisung()).drop(GILT, HEBT_AUF)
    return gerechnet.with_columns(zeilen["fg"], datensatz=pl.lit("finanzen"))


def zuweisung_nach_formel(lage: Lage) -> pl.DataFrame:
    """R34: allocations that differ from the formula, whatever published state of its figures was used.

    Only for the sums the ministry has entered; a state counts where it has a figure for every Meldeeinheit.
    """
    festgesetzt = (
        _finanzen(lage)
        .filter("gilt", pl.col("buchungsart") == _FESTGESETZT)
        .group_by("datensatz", *_TOPF)
        .agg(wert=pl.col("betrag_eur").sum(), unbekannt=pl.col("betrag_eur").null_count())
        .filter(pl.col("unbekannt") == 0)
    )
    return (
        festgesetzt.join(_nach_formel(lage), on=["meldeeinheit", "haushaltsjahr", "fg"])
        .with_columns(abstand=(pl.col("wert") - pl.col("vergleichswert")).abs())
        .sort("abstand", "vergleichswert")
        .unique(_TOPF, keep="first", maintain_order=True)
        .filter(pl.col("abstand") > lage.schwelle("zuweisung_euro") + _CENT)
        .with_columns(schluessel("haushaltsjahr", "fg"))
    )


def _nach_formel(lage: Lage) -> pl.DataFrame:
    """Amounts in euros by the formula, for every entered sum and published state at its Stichtag."""
    staende = lies_schluesselstaende(lage.con, lage.land)
    schema = {"meldeeinheit": pl.String, "haushaltsjahr": pl.Int64, "fg": pl.String, "vergleichswert": pl.Float64}
    teile = [pl.DataFrame(schema=schema)]
    for masse in lage.land.verteilungsmassen:
        if masse.fassung == _FESTGESETZT:
            am_stichtag = [s for s in staende if s.stichtag == stichtag_von(lage.land, masse)]
            betraege = formelbetraege(lage.land, masse, am_stichtag)
            teile.append(betraege.with_columns(vergleichswert=pl.col("formel_cent") / 100).select(list(schema)))
    return pl.concat(teile)


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
