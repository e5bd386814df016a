"""Says with what a value may be compared: the Land, other Meldeeinheiten, the previous year; and why not.

What belongs here: which reasons (`schemas/vergleichbarkeit.py`) apply to a value, in two steps, because sums of the
Land are made in between of the values that may enter them; and the verdicts that follow. What does not: the sums.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import Kennzahlart
from schemas.vergleichbarkeit import (
    ALLE_GRUENDE,
    EIGENE_GRUENDE,
    GRUND,
    OHNE_LANDESWERT,
    VORBEHALT_JE_STATUS,
    Urteil,
    Vergleich,
)

_RANG = {urteil: rang for rang, urteil in enumerate(Urteil)}
_MEHRERE = ";"
"""Joins the ways of counting of one value where there are several."""

LAND_MINDESTENS = "land_abdeckung_min"
"""Threshold of the Land: share of population below which a Land value stands for nothing."""


@dataclass(frozen=True, slots=True)
class Lage:
    """What is known besides the values.

    `traeger` (`ags, berichtsjahr, aufgabe, meldung`: N if a Träger is silent, T if one reported in part), `revidiert`
    (`nummer, berichtsjahr, ags`), `brueche` (`nummer, berichtsjahr`), `gebietsaenderungen` (`ags, berichtsjahr`),
    `gemeinden` (of today), `vorbehalte` (reason -> numbers of variants), `einwohner` (`ags, einwohner`).
    """

    traeger: pl.DataFrame
    revidiert: pl.DataFrame
    brueche: pl.DataFrame
    gebietsaenderungen: pl.DataFrame
    gemeinden: Sequence[str]
    vorbehalte: Mapping[str, Sequence[int]]
    einwohner: pl.DataFrame


def eigene_gruende(werte: pl.DataFrame, lage: Lage) -> pl.DataFrame:
    """Adds a column per reason that lies in the value itself, and `taugt`: whether it may enter a sum.

    Args:
        werte: single values with the columns of the catalogue's table beside them.
        lage: what is known besides.
    """
    werte = werte.join(referenzzaehlweise(werte, lage.einwohner), on=["nummer", "berichtsjahr"], how="left")
    meldung = lage.traeger.rename({"meldung": "_meldung"})
    werte = werte.join(meldung, on=["ags", "berichtsjahr", "aufgabe"], how="left")
    for code, treffer in (
        ("BRUCH", lage.brueche),
        ("REVIDIERT", lage.revidiert),
        ("GEBIETSSTAND", lage.gebietsaenderungen),
    ):
        werte = werte.join(
            treffer.unique().with_columns(pl.lit(value=True).alias(_spalte(code))), how="left", on=treffer.columns
        )
    nie = dict.fromkeys(EIGENE_GRUENDE, pl.lit(value=False))
    faelle = {**nie, **_fehlendes(), **_aus_dem_status(), **_zaehlweise(), **_traeger(), "RUMPF": _rumpf()}
    faelle["GEBIETSSTAND"] = _markiert("GEBIETSSTAND") | _fremde_gemeinde(lage.gemeinden)
    faelle["REVIDIERT"] = _markiert("REVIDIERT") | faelle["REVIDIERT"]
    faelle["BRUCH"] = _markiert("BRUCH")
    faelle["NENNER_KLEIN"] = pl.col("nenner") < pl.col("mindestnenner")
    for code, nummern in lage.vorbehalte.items():
        faelle[code] = pl.col("nummer").is_in(list(nummern)) | faelle[code]
    werte = werte.with_columns(fall.fill_null(value=False).alias(_spalte(code)) for code, fall in faelle.items())
    ausgeschlossen = [pl.col(_spalte(code)) for code in sorted(OHNE_LANDESWERT)]
    return werte.with_columns(taugt=~pl.any_horizontal(ausgeschlossen)).drop("_meldung", "_referenz")


def referenzzaehlweise(werte: pl.DataFrame, einwohner: pl.DataFrame) -> pl.DataFrame:
    """The way of counting that stands for the Land: the one by which most inhabitants are counted.

    Returns:
        `nummer, berichtsjahr, _referenz`; of equally many inhabitants the first in the alphabet.
    """
    return (
        werte.filter(
            pl.col("zaehlweise").is_not_null() & ~pl.col("zaehlweise").str.contains(_MEHRERE, literal=True),
            pl.col("zaehler").is_not_null(),
        )
        .select("nummer", "berichtsjahr", "ags", "zaehlweise")
        .unique()
        .join(einwohner, on="ags", how="left")
        .group_by("nummer", "berichtsjahr", "zaehlweise")
        .agg(pl.col("einwohner").sum(), pl.len().alias("anzahl"))
        .sort("einwohner", "anzahl", "zaehlweise", descending=[True, True, False])
        .unique(["nummer", "berichtsjahr"], keep="first", maintain_order=True)
        .select("nummer", "berichtsjahr", _referenz="zaehlweise")
    )


def gruende_im_verhaeltnis(werte: pl.DataFrame, mindestabdeckung: float) -> pl.DataFrame:
    """Adds a column per reason that lies in what stands beside the value: the Land, the others, the year before.

    Args:
        werte: all values with their own reasons, those of the Land and of groups with `abdeckung_kreise`,
            `erwartet_kreise`, `abdeckung_bevoelkerung` and `menge` (whom they are made of).
        mindestabdeckung: share of population below which a Land value stands for nothing.
    """
    werte = _mit_vorjahr(_mit_land(werte))
    einzeln = pl.col("gebiet_typ").is_in(["kreis", "gemeinde"])
    je_feld = ["nummer", "berichtsjahr", "stand", "gebiet_typ", *(g for g in GLIEDERUNGEN if g != "gemeinde_ags")]
    andere = pl.col("taugt").cast(pl.Int64).sum().over(je_feld) - pl.col("taugt").cast(pl.Int64)
    ohne_land = pl.col("_land_wert").is_null()
    duenn = pl.col("_land_abdeckung") < mindestabdeckung
    faelle = {
        "LUECKE": ~einzeln & (pl.col("abdeckung_kreise") < pl.col("erwartet_kreise")),
        "ALLEIN": einzeln & (andere == 0),
        "LAND_FEHLT": einzeln & ohne_land,
        "LAND_DUENN": einzeln & ~ohne_land & duenn,
        "LAND_LUECKE": einzeln & ~ohne_land & pl.col("_land_luecke") & ~duenn.fill_null(value=False),
        "VORJAHR_FEHLT": pl.col("_vor_wert").is_null(),
        "VORJAHR_RUMPF": pl.col("_vor_rumpf"),
        "ZAEHLWEISE_WECHSEL": pl.col("_vor_zaehlweise") != pl.col("zaehlweise"),
        "ABDECKUNG_WECHSEL": ~einzeln & pl.col("_vor_wert").is_not_null() & (pl.col("_vor_menge") != pl.col("menge")),
    }
    # A value that is not there has its own reason; what stands beside it says nothing more.
    return werte.with_columns(
        (fall.fill_null(value=False) & pl.col("wert").is_not_null()).alias(_spalte(code))
        for code, fall in faelle.items()
    )


def mit_urteilen(werte: pl.DataFrame) -> pl.DataFrame:
    """Adds `vgl_land, vgl_kreise, vgl_vorjahr, vergleichbarkeit, gruende` from the columns of the reasons."""
    zutrifft = {g.code: pl.col(_spalte(g.code)) for g in ALLE_GRUENDE}
    gruende = [pl.when(fall).then(pl.lit(code)) for code, fall in zutrifft.items()]
    return werte.with_columns(
        *urteile(zutrifft),
        vergleichbarkeit=_als_urteil(pl.max_horizontal(_rang(v, zutrifft) for v in Vergleich)),
        gruende=pl.concat_str(gruende, separator=_MEHRERE, ignore_nulls=True),
    )


def urteile(zutrifft: Mapping[str, pl.Expr]) -> list[pl.Expr]:
    """The verdict for each comparison, named as its column; `zutrifft` says of each reason whether it applies."""
    return [_als_urteil(_rang(v, zutrifft)).alias(v) for v in Vergleich]


def _spalte(code: str) -> str:
    return f"g_{code}"


def _markiert(code: str) -> pl.Expr:
    return pl.col(_spalte(code)).fill_null(value=False)


def _rang(vergleich: Vergleich, zutrifft: Mapping[str, pl.Expr]) -> pl.Expr:
    """The worst that any reason means for a comparison."""
    raenge = [
        pl.when(fall).then(_RANG[GRUND[code].urteil(vergleich)]).otherwise(0)
        for code, fall in zutrifft.items()
        if _RANG[GRUND[code].urteil(vergleich)]
    ]
    return pl.max_horizontal(raenge)


def _als_urteil(rang: pl.Expr) -> pl.Expr:
    return rang.replace_strict({rang: str(urteil) for urteil, rang in _RANG.items()}, return_dtype=pl.String)


def _fehlendes() -> dict[str, pl.Expr]:
    """Why there is no value: numerator or denominator missing, or one of them secret."""
    ohne_wert, status = pl.col("wert").is_null(), pl.col("wertstatus")
    ohne_nenner = pl.col("hat_nenner") & pl.col("zaehler").is_not_null() & pl.col("nenner").is_null()
    geheim = ohne_wert & (status == "G")
    wenige = ohne_wert & (status == "L") & (pl.col("art") == Kennzahlart.STANDARDISIERT)
    return {
        "EREIGNISSE_WENIGE": wenige,
        "GEHEIM": geheim,
        "NENNER_FEHLT": ohne_nenner,
        "WERT_FEHLT": ohne_wert & ~ohne_nenner & ~(geheim | wenige).fill_null(value=False),
    }


def _aus_dem_status() -> dict[str, pl.Expr]:
    return {
        code: pl.col("wert").is_not_null() & (pl.col("wertstatus") == status)
        for status, code in VORBEHALT_JE_STATUS.items()
    }


def _zaehlweise() -> dict[str, pl.Expr]:
    mehrere = pl.col("zaehlweise").str.contains(_MEHRERE, literal=True)
    andere = pl.col("_referenz").is_not_null() & (pl.col("zaehlweise") != pl.col("_referenz"))
    einzeln = pl.col("gebiet_typ").is_in(["kreis", "gemeinde"])
    return {"ZAEHLWEISE_GEMISCHT": einzeln & mehrere, "ZAEHLWEISE": einzeln & ~mehrere & andere}


def _traeger() -> dict[str, pl.Expr]:
    betrifft = pl.col("je_stelle") & pl.col("wert").is_not_null()
    return {
        "TRAEGER_FEHLT": betrifft & (pl.col("_meldung") == "N"),
        "TRAEGER_TEILS": betrifft & (pl.col("_meldung") == "T"),
    }


def _fremde_gemeinde(gemeinden: Sequence[str]) -> pl.Expr:
    return (pl.col("gemeinde_ags") != "T") & ~pl.col("gemeinde_ags").is_in(list(gemeinden))


def _rumpf() -> pl.Expr:
    """Whether the value is a flow over less than a calendar year. A stock at a date is never one."""
    von, bis = pl.col("zeitraum_von"), pl.col("zeitraum_bis")
    ganzes_jahr = (von.dt.ordinal_day() == 1) & (bis.dt.month() == 12) & (bis.dt.day() == 31)
    return (von < bis) & ~ganzes_jahr


def _mit_land(werte: pl.DataFrame) -> pl.DataFrame:
    """The Land's value of the same year and breakdown beside each value; a Gemeinde stands beside the whole Land."""
    feld = ["nummer", "berichtsjahr", "stand", *(g for g in GLIEDERUNGEN if g != "gemeinde_ags")]
    land = werte.filter(pl.col("gebiet_typ") == "land", pl.col("gemeinde_ags") == "T").select(
        *feld,
        _land_wert="wert",
        _land_abdeckung="abdeckung_bevoelkerung",
        _land_luecke=pl.col("abdeckung_kreise") < pl.col("erwartet_kreise"),
    )
    return werte.join(land, on=feld, how="left")


def _mit_vorjahr(werte: pl.DataFrame) -> pl.DataFrame:
    """The value of the year before beside each value, whichever state of revision it has."""
    feld = ["nummer", "ags", "gebiet_typ", *GLIEDERUNGEN]
    davor = (
        werte.sort("stand")
        .unique([*feld, "berichtsjahr"], keep="last", maintain_order=True)
        .select(
            *feld,
            pl.col("berichtsjahr") + 1,
            _vor_wert="wert",
            _vor_rumpf=_spalte("RUMPF"),
            _vor_zaehlweise="zaehlweise",
            _vor_menge="menge",
        )
    )
    return werte.join(davor, on=[*feld, "berichtsjahr"], how="left")
