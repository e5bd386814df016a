"""Rules that hold a year against the one before: R40a and R40b change, R43 figures repeated.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them. Flows of a stub
are compared with nothing; stocks at a date are the same thing in a stub. What was counted in another way, or by
another Konzept, is not compared here: that is a finding of its own (R41).
"""

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from assets.querpruefung.zaehlweise import zaehlweisen
from assets.querpruefung.zufall import GRENZE, abstand_zweier_zahlen
from schemas.datensaetze import alle_datensaetze
from schemas.querreihen import MESSREIHEN, STARRE_MASSE

_WO = ["meldeeinheit", "berichtsjahr"]
_REIHE = ["reihe", *_WO]


def _paare(lage: Lage) -> pl.DataFrame:
    """Comparable pairs of years: reihe, meldeeinheit, berichtsjahr, neu, alt, schwelle, was, datensatz."""
    merkmale = pl.DataFrame(
        [(r.id, r.datensatz, r.bezeichnung, r.fluss, r.aufgabe, lage.schwelle(r.schwelle)) for r in MESSREIHEN],
        schema=["reihe", "datensatz", "was", "fluss", "aufgabe", "schwelle"],
        orient="row",
    )
    werte = lage.messwerte
    vorjahr = werte.select("reihe", "meldeeinheit", berichtsjahr=pl.col("berichtsjahr") + 1, alt="wert")
    rumpf = lage.frage("SELECT jahr FROM jahre WHERE NOT voll")["jahr"]
    im_rumpf = pl.col("berichtsjahr").is_in(rumpf.implode()) | (pl.col("berichtsjahr") - 1).is_in(rumpf.implode())
    anders = _anders_gezaehlt(lage)
    return (
        werte.rename({"wert": "neu"})
        .join(vorjahr, on=_REIHE)
        .join(merkmale, on="reihe")
        .filter(pl.col("berichtsjahr").is_in(list(lage.land.berichtsjahre)), ~(pl.col("fluss") & im_rumpf))
        .join(anders, on=["datensatz", "aufgabe", *_WO], how="anti")
    )


def _anders_gezaehlt(lage: Lage) -> pl.DataFrame:
    """Kinds of counselling that were counted in another way than the year before."""
    weisen = zaehlweisen(lage)
    vorjahr = weisen.select("meldeeinheit", "leistungsart", berichtsjahr=pl.col("berichtsjahr") + 1, alt="zaehlweise")
    return (
        weisen.join(vorjahr, on=["meldeeinheit", "leistungsart", "berichtsjahr"])
        .filter(pl.col("zaehlweise") != pl.col("alt"))
        .select(*_WO, datensatz=pl.lit("beratung"), aufgabe="leistungsart")
    )


def _auffaellig(lage: Lage, erwartet: pl.Expr, verhaeltnis: pl.Expr) -> pl.Expr:
    """Far from what was expected: by share, by size, and beyond what chance does to two counts."""
    gross = pl.max_horizontal("neu", "alt") >= lage.schwelle("veraenderung_mindestens")
    anteil = (pl.col("neu") - erwartet).abs() > pl.col("schwelle") * erwartet
    return gross & anteil & (abstand_zweier_zahlen(pl.col("alt"), pl.col("neu"), verhaeltnis).abs() > GRENZE)


def _verlaeufe(lage: Lage) -> pl.DataFrame:
    """Pairs with both judgements: `sprung` against the own year before, `anders` against the median change of all."""
    einheiten = pl.col("alt").filter(pl.col("alt") > 0).len().over("reihe", "berichtsjahr")
    mitte = (pl.col("neu") / pl.col("alt")).filter(pl.col("alt") > 0).median().over("reihe", "berichtsjahr")
    genug = pl.col("einheiten") >= lage.schwelle("vergleich_mindestens")
    return (
        _paare(lage)
        .with_columns(einheiten=einheiten, mitte=mitte)
        .with_columns(erwartet=pl.col("alt") * pl.col("mitte"))
        .with_columns(
            sprung=_auffaellig(lage, pl.col("alt"), pl.lit(1.0)),
            anders=genug & _auffaellig(lage, pl.col("erwartet"), pl.col("mitte")),
        )
    )


def sprung_zum_vorjahr(lage: Lage) -> pl.DataFrame:
    """R40a: a figure that changed more than usual since the year before."""
    funde = _verlaeufe(lage).filter("sprung")
    return funde.with_columns(schluessel("reihe"), wert="neu", vergleichswert="alt")


def anders_als_alle(lage: Lage) -> pl.DataFrame:
    """R40b: a figure that did not go the way of the others, where its own change alone did not call for a comment."""
    funde = _verlaeufe(lage).filter(pl.col("anders") & ~pl.col("sprung"))
    return funde.with_columns(schluessel("reihe"), wert="neu", vergleichswert="erwartet")


def zahlen_wie_im_vorjahr(lage: Lage) -> pl.DataFrame:
    """R43: every changeable figure above zero stood in the same place last year, the stub included: a copied file."""
    mindestens = lage.schwelle("gleiche_werte_mindestens")
    teile = [
        _gleiche(lage, name).filter(pl.col("wert") >= mindestens)
        for name in lage.land.datensaetze
        if set(alle_datensaetze()[name].masse) - STARRE_MASSE
    ]
    return pl.concat(teile).with_columns(schluessel=pl.lit(""))


def _gleiche(lage: Lage, name: str) -> pl.DataFrame:
    """Deliveries of one dataset all of whose figures stood in the year before: their number as `wert`."""
    datensatz = alle_datensaetze()[name]
    masse = [m for m in datensatz.masse if m not in STARRE_MASSE]
    ort = [s for s in datensatz.schluessel if s not in (*_WO, "stichtag")]
    zellen = lage.tabelle(name)
    if "stichtag" in zellen.columns:
        # A stock of the year before, delivered again beside the new one, is meant to be the same.
        zellen = zellen.filter(pl.col("stichtag").dt.year() == pl.col("berichtsjahr"))
    zellen = (
        zellen.select(*_WO, *ort, *masse).unpivot(masse, index=[*_WO, *ort], variable_name="mass").drop_nulls("value")
    )
    vorjahr = zellen.with_columns(pl.col("berichtsjahr") + 1).rename({"value": "alt"})
    return (
        zellen.filter(pl.col("value") != 0)
        .join(vorjahr, on=[*_WO, *ort, "mass"], how="left", nulls_equal=True)
        .group_by(_WO)
        .agg(gleich=(pl.col("value") == pl.col("alt")).fill_null(value=False).all(), wert=pl.len().cast(pl.Float64))
        .filter("gleich")
        .select(*_WO, "wert", datensatz=pl.lit(name))
    )
