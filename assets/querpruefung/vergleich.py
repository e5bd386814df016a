"""Rules between Meldeeinheiten: R50a outlier in the funnel, R50b zero where others have figures.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them.
"""

from dataclasses import replace

import polars as pl

from assets.auswertung.indikatoren import berechne
from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from assets.querpruefung.zufall import GRENZE, abstand_vom_erwarteten, ueberstreuung
from schemas.erwartung import NICHT_WAHRGENOMMEN
from schemas.indikatoren import katalog
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Variante
from schemas.querreihen import MESSREIHEN

_GRUPPE = ["indikator_id", "variante", "berichtsjahr"]


def ausreisser_im_trichter(lage: Lage) -> pl.DataFrame:
    """R50a: a rate beyond the 99.8 per cent limits around the median rate, widened by what rates vary anyway.

    The median stands for all, because the Land's value would hold the outlier itself. Where many rates lie far apart,
    as among Meldeeinheiten that count in different ways, only what stands out from that is found.
    """
    mittlere_quote = (pl.col("zaehler") / pl.col("nenner")).median().over(_GRUPPE)
    genug = pl.len().over(_GRUPPE) >= lage.schwelle("vergleich_mindestens")
    abstand = abstand_vom_erwarteten(pl.col("zaehler"), pl.col("erwartet"))
    return (
        _quoten(lage)
        .with_columns(quote=mittlere_quote, erwartet=mittlere_quote * pl.col("nenner"), genug=genug)
        .filter("genug")
        .with_columns(abstand=abstand)
        .with_columns(streuung=ueberstreuung(pl.col("abstand")).over(_GRUPPE))
        .filter(pl.col("abstand").abs() > GRENZE * pl.col("streuung").sqrt())
        .with_columns(
            schluessel("indikator_id", "variante"),
            meldeeinheit=pl.col("ags"),
            datensatz=pl.lit(""),
            vergleichswert=pl.col("faktor") * pl.col("quote"),
        )
    )


def _quoten(lage: Lage) -> pl.DataFrame:
    """Delivered counts with a denominator, in total, per Meldeeinheit, with the names they are shown by.

    Only counts scatter as the funnel supposes: amounts of money, means and full-time equivalents are left out.
    """
    alle = katalog(lage.land)
    quoten = tuple(replace(i, varianten=v) for i in alle if (v := tuple(filter(_ist_quote, i.varianten))))
    namen = pl.DataFrame(
        [(i.id, v.id, i.name, v.label, v.faktor) for i in quoten for v in i.varianten],
        schema={"indikator_id": pl.String, "variante": pl.String, "kennzahl": pl.String, "lesart": pl.String}
        | {"faktor": pl.Float64},
        orient="row",
    )
    werte = berechne(lage.con, lage.land, quoten).filter(
        pl.col("gebiet_typ") == "kreis",
        pl.col("berichtsjahr").is_in(list(lage.land.berichtsjahre)),
        pl.col("wert").is_not_null(),
        pl.col("zaehler") == pl.col("zaehler").round(),
        pl.col("vgl_kreise") != "nicht_vergleichbar",
        pl.all_horizontal(pl.col(g) == "T" for g in GLIEDERUNGEN if g != "konzept"),
    )
    return werte.join(namen, on=["indikator_id", "variante"])


def _ist_quote(variante: Variante) -> bool:
    """Whether it is a rate of something the Meldeeinheit counted itself; official numerators are not its to explain."""
    return variante.zaehler is not None and variante.zaehler.ist_geliefert and variante.nenner is not None


def null_wo_andere_zahlen_haben(lage: Lage) -> pl.DataFrame:
    """R50b: a figure of 0 where nearly all others have more, unless the task is declared as not carried out."""
    reihen = pl.DataFrame(
        [(r.id, r.datensatz, r.bezeichnung, r.aufgabe) for r in MESSREIHEN],
        schema=["reihe", "datensatz", "was", "aufgabe"],
        orient="row",
    )
    nicht = lage.frage("SELECT meldeeinheit, berichtsjahr, aufgabe, wahrgenommen FROM aufgaben")
    nicht = nicht.filter(pl.col("wahrgenommen").is_in(NICHT_WAHRGENOMMEN))
    gruppe = ["reihe", "berichtsjahr"]
    andere, alle = pl.col("andere"), pl.col("alle")
    return (
        lage.messwerte.with_columns(
            andere=(pl.col("wert") > 0).sum().over(gruppe).cast(pl.Int64),
            alle=pl.len().over(gruppe).cast(pl.Int64) - 1,
        )
        .filter(pl.col("wert") == 0, alle + 1 >= lage.schwelle("vergleich_mindestens"))
        .filter(andere >= lage.schwelle("null_anteil_anderer") * alle)
        .join(reihen, on="reihe")
        .join(nicht, on=["meldeeinheit", "berichtsjahr", "aufgabe"], how="anti")
        .with_columns(schluessel("reihe"))
    )
