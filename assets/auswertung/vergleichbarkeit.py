"""Says with what a value may be compared: the Land, other Kreise, the previous year; and why not.

What belongs here: verdicts that follow from the definition of a variant, its period and its completeness. That all have
counted alike is not examined here yet; variants made of counts that Kreise define themselves carry the reason
`UNGEPRUEFT`.
"""

import polars as pl

from schemas.modell import Variante

VERGLEICHBAR, EINGESCHRAENKT, NICHT = "vergleichbar", "eingeschraenkt", "nicht_vergleichbar"


def beurteile(werte: pl.DataFrame, variante: Variante) -> pl.DataFrame:
    """Adds `vgl_land, vgl_kreise, vgl_vorjahr, vergleichbarkeit, gruende` to values of one variant.

    Args:
        werte: needs `berichtsjahr, zeitraum_von, zeitraum_bis, gebiet_typ, zaehler, nenner, wert, abdeckung_kreise,
            erwartet_kreise`.
        variante: brings its standing reasons and its breaks.
    """
    faelle = {
        "BRUCH": pl.col("berichtsjahr").is_in(list(variante.brueche)),
        "RUMPF": _rumpf(),
        "LUECKE": (pl.col("gebiet_typ") == "land") & (pl.col("abdeckung_kreise") < pl.col("erwartet_kreise")),
        "NENNER_FEHLT": pl.lit(variante.nenner is not None)
        & pl.col("zaehler").is_not_null()
        & pl.col("nenner").is_null(),
        "WERT_FEHLT": pl.col("wert").is_null() & (pl.col("zaehler").is_null() | pl.col("nenner").is_not_null()),
        **{code: pl.lit(value=True) for code in variante.gruende},
    }
    gruende = [pl.when(faelle[code].fill_null(value=False)).then(pl.lit(code)) for code in sorted(faelle)]
    vorbehalt = pl.lit(bool(variante.gruende)) | faelle["LUECKE"].fill_null(value=False)
    gegen_andere = (
        pl.when(pl.col("wert").is_null())
        .then(pl.lit(NICHT))
        .when(vorbehalt)
        .then(pl.lit(EINGESCHRAENKT))
        .otherwise(pl.lit(VERGLEICHBAR))
    )
    gegen_vorjahr = pl.when(faelle["BRUCH"] | _rumpf()).then(pl.lit(NICHT)).otherwise(gegen_andere)
    return werte.with_columns(
        vgl_land=gegen_andere,
        vgl_kreise=gegen_andere,
        vgl_vorjahr=gegen_vorjahr,
        vergleichbarkeit=gegen_vorjahr,  # the only verdict that can be worse than the others here
        gruende=pl.concat_str(gruende, separator=";", ignore_nulls=True),
    )


def _rumpf() -> pl.Expr:
    """Whether the value is a flow over less than a calendar year. A stock at a date is never one."""
    von, bis = pl.col("zeitraum_von"), pl.col("zeitraum_bis")
    ganzes_jahr = (von.dt.ordinal_day() == 1) & (bis.dt.month() == 12) & (bis.dt.day() == 31)
    return (von < bis) & ~ganzes_jahr
