"""How values change: to the previous year and over the series, only over years that may be compared.

What belongs here: cutting series where years cannot be compared, and the changes that follow. What does not: the tests
(`statistik/trend.py`) and the rules in words (`schemas/statistik.py`).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.auswertung.katalogtabelle import brueche, katalogtabelle
from assets.auswertung.statistik.eingaben import Grenzen
from assets.auswertung.statistik.trend import anteil_trend, trend
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Indikator, Kennzahlart
from schemas.statistik import TREND_AB, Trend, Vergleich
from schemas.trends import TRENDS
from schemas.vergleichbarkeit import Urteil

_TAGE_SCHALT = 1
"""By how many days two whole years can differ."""
_REIHE = ("indikator_id", "variante", "ags", "gebiet_typ")


def trends(werte: pl.DataFrame, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """One row per series that has a value, columns `TRENDS`, sorted by key.

    Args:
        werte: values, columns of `schemas.indikatorwerte.SPALTEN`.
        katalog: the indicators in use.
    """
    stuecke = vergleichbare_stuecke(werte, katalog)
    letztes = stuecke.filter(pl.col("stueck") == pl.col("stueck").max().over(_REIHE))
    davor = [pl.col(s).shift().over(_REIHE) for s in ("wert", "ki_unten", "ki_oben")]
    juengste = (
        letztes.with_columns(davor[0].alias("_wert"), davor[1].alias("_unten"), davor[2].alias("_oben"))
        .with_columns(
            reihe_von=pl.col("berichtsjahr").first().over(_REIHE),
            reihe_anzahl=pl.len().over(_REIHE),
            reihe_wert=pl.col("wert").first().over(_REIHE),
        )
        .group_by(_REIHE, maintain_order=True)
        .last()
        .with_columns(
            vorjahr_wert="_wert",
            vorjahr_differenz=pl.col("wert") - pl.col("_wert"),
            vorjahr_vergleich=_veraenderung(),
            reihe_differenz=pl.when(pl.col("reihe_anzahl") > 1).then(pl.col("wert") - pl.col("reihe_wert")),
        )
        .join(_tests(letztes), on=_REIHE, how="left")
        .with_columns(pl.col("trend").fill_null(Trend.NICHT_BERECHENBAR.value))
    )
    return juengste.select(pl.col(name).cast(typ) for name, typ in TRENDS.items()).sort(_REIHE)


def vergleichbare_stuecke(werte: pl.DataFrame, katalog: Sequence[Indikator]) -> pl.DataFrame:
    """Totals that have a value, newest state, by series and year, with `stueck`: years of one number may be compared.

    A new one begins where a value cannot be compared with the year before, at a break of the series, after a year
    without value, and on both sides of a year that was only in part a reporting period.
    """
    tabelle = katalogtabelle(katalog)
    gebrochen = brueche(katalog).with_columns(_bruch=True)
    gesamt = pl.all_horizontal(pl.col(g) == "T" for g in GLIEDERUNGEN if g != "konzept")
    tage = (pl.col("zeitraum_bis") - pl.col("zeitraum_von")).dt.total_days().fill_null(0)
    neu = (
        (pl.col("vgl_vorjahr") == Urteil.NICHT)
        | pl.col("_bruch").fill_null(value=False)
        | (pl.col("berichtsjahr") != pl.col("berichtsjahr").shift().over(_REIHE) + 1)
        | ((pl.col("_tage") - pl.col("_tage").shift().over(_REIHE)).abs() > _TAGE_SCHALT)
    )
    return (
        werte.filter(gesamt, pl.col("gebiet_typ") != "gemeinde")
        .sort("stand")
        .unique([*_REIHE, "berichtsjahr"], keep="last", maintain_order=True)
        .filter(pl.col("wert").is_not_null())
        .join(tabelle.select("indikator_id", "variante", "nummer", "art", "faktor"), on=["indikator_id", "variante"])
        .join(gebrochen, on=["nummer", "berichtsjahr"], how="left")
        .sort(*_REIHE, "berichtsjahr")
        .with_columns(_tage=tage)
        .with_columns(stueck=neu.fill_null(value=False).cast(pl.Int64).cum_sum().over(_REIHE))
        .drop("_tage", "_bruch", "nummer")
    )


def _veraenderung() -> pl.Expr:
    """Codes of `Vergleich` by `VERAENDERUNGSREGEL`: only intervals that do not touch show a change."""
    fehlt = pl.any_horizontal(pl.col("ki_unten", "ki_oben", "_unten", "_oben").is_null())
    return (
        pl.when(fehlt)
        .then(pl.lit(Vergleich.NICHT_VERGLICHEN.value))
        .when(pl.col("ki_unten") > pl.col("_oben"))
        .then(pl.lit(Vergleich.HOEHER.value))
        .when(pl.col("ki_oben") < pl.col("_unten"))
        .then(pl.lit(Vergleich.NIEDRIGER.value))
        .otherwise(pl.lit(Vergleich.AEHNLICH.value))
    )


def _tests(letztes: pl.DataFrame) -> pl.DataFrame:
    """Series and result of the test for trend over their last five years; no row where it is not possible.

    Without limits chance is unknown, so every one of the five years needs some.
    """
    mit_grenzen = pl.col("ki_unten").is_not_null() & pl.col("ki_oben").is_not_null()
    fuenf = letztes.filter(
        pl.len().over(_REIHE) >= TREND_AB.anzahl, pl.int_range(pl.len()).reverse().over(_REIHE) < TREND_AB.anzahl
    ).filter(mit_grenzen.all().over(_REIHE))
    anteil = pl.col("art") == Kennzahlart.ANTEIL
    return pl.concat([_getestet(fuenf.filter(anteil), anteile=True), _getestet(fuenf.filter(~anteil), anteile=False)])


def _getestet(fuenf: pl.DataFrame, *, anteile: bool) -> pl.DataFrame:
    def spalte(name: str) -> npt.NDArray[np.float64]:
        return fuenf[name].to_numpy().reshape(-1, TREND_AB.anzahl)

    if anteile:
        ergebnis = anteil_trend(spalte("zaehler"), spalte("nenner"))
    else:
        ergebnis = trend(spalte("wert"), Grenzen(spalte("ki_unten"), spalte("ki_oben")))
    faktor = spalte("faktor")[:, 0] if anteile else 1.0
    return (
        fuenf.group_by(_REIHE, maintain_order=True)
        .agg()
        .with_columns(
            ergebnis.trend,
            chi2=pl.Series(ergebnis.chi2, dtype=pl.Float64, nan_to_null=True),
            steigung=pl.Series(ergebnis.steigung * faktor, dtype=pl.Float64, nan_to_null=True),
        )
    )
