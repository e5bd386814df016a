"""Age-standardised values: first which areas can have one, and, once the Land's sums are formed, their value.

What belongs here: going from age bands, which come as rows of their own, to one value per area. What does not: the
method (`statistik/standardisierung.py`) and the weights (the Land's standard population). No band leaves this step.
"""

import numpy as np
import polars as pl

from assets.auswertung.statistik.standardisierung import direkt_standardisierte_rate, unabhaengig
from schemas.codelisten import GESAMT
from schemas.modell import Kennzahlart
from schemas.statistik import STANDARDISIERT_AB
from schemas.wertstatus import Wertstatus

_FELD = ["nummer", "ags", "gebiet_typ", "berichtsjahr", "stand"]
_BETRIFFT = pl.col("art") == Kennzahlart.STANDARDISIERT
_IST_BAND = pl.col("altersgruppe") != GESAMT
GRENZEN = ("std_unten", "std_oben")
"""Columns of the limits of standardised rates."""


def nur_mit_allen_baendern(einzeln: pl.DataFrame, gewichte: pl.DataFrame) -> pl.DataFrame:
    """Single values without those of standardised rates that cannot be computed; all others stay as they are.

    A missing band leaves no value, and so do too few events. Total and bands share that fate, so that sums of the Land
    are made of the same areas in each. Bands the weights do not know are left out.

    Args:
        einzeln: single values with the columns of the catalogue's table beside them.
        gewichte: `nummer, altersgruppe, gewicht`.
    """
    bekannt = einzeln.filter(~(_BETRIFFT & _IST_BAND)).vstack(
        einzeln.filter(_BETRIFFT & _IST_BAND).join(gewichte, on=["nummer", "altersgruppe"], how="semi")
    )
    ganz = pl.col("vollstaendig").cast(pl.Int64).sum().over(_FELD) == pl.col("baender") + 1
    ereignisse = pl.when(_IST_BAND).then("zaehler").sum().over(_FELD)
    wenige = _BETRIFFT & ganz & (ereignisse < STANDARDISIERT_AB.anzahl)
    fehlt = _BETRIFFT & ~ganz
    # The total of an area with a missing band is there; that the value is not has the same status as a missing figure.
    status = pl.when(pl.col("vollstaendig")).then(pl.lit(Wertstatus.UNBEKANNT)).otherwise("wertstatus")
    return bekannt.with_columns(
        wert=pl.when(~(wenige | fehlt)).then("wert"),
        vollstaendig=pl.col("vollstaendig") & ~(wenige | fehlt),
        wertstatus=pl.when(wenige)
        .then(pl.lit(Wertstatus.NICHT_BELASTBAR))
        .when(fehlt)
        .then(status)
        .otherwise("wertstatus"),
    )


def standardisiere(werte: pl.DataFrame, gewichte: pl.DataFrame) -> pl.DataFrame:
    """Puts the standardised rate in place of the quotient of the totals, and adds its limits `std_unten, std_oben`.

    Args:
        werte: values of all areas, bands as rows of their own; needs `art, faktor, zaehler, nenner, wert`.
        gewichte: `nummer, altersgruppe, gewicht`.

    Returns:
        The rows of `werte` without bands; limits are null for anything that is not standardised.
    """
    baender = werte.filter(_BETRIFFT & _IST_BAND, pl.col("wert").is_not_null()).join(
        gewichte, on=["nummer", "altersgruppe"]
    )
    raten = [_raten(teil) for _, teil in baender.group_by("nummer")]
    spalten = {name: werte.schema[name] for name in _FELD}
    spalten |= dict.fromkeys(("std_wert", *GRENZEN), pl.Float64())
    ergebnis = pl.concat([pl.DataFrame(schema=spalten), *raten])
    ohne_baender = werte.filter(~(_BETRIFFT & _IST_BAND))
    return (
        ohne_baender.join(ergebnis, on=_FELD, how="left", maintain_order="left", nulls_equal=True)
        .with_columns(wert=pl.when(_BETRIFFT).then("std_wert").otherwise("wert"))
        .drop("std_wert")
    )


def _raten(teil: pl.DataFrame) -> pl.DataFrame:
    """The rates of one variant, one row per area that has all its bands."""
    baender = teil.select("altersgruppe", "gewicht").unique().sort("altersgruppe")
    je_gebiet = (
        teil.sort("altersgruppe")
        .group_by(_FELD, maintain_order=True)
        .agg("zaehler", "nenner")
        .filter(pl.col("zaehler").list.len() == teil["baender"][0])
    )
    zaehler, nenner = (np.array(je_gebiet[s].to_list()).reshape(-1, baender.height) for s in ("zaehler", "nenner"))
    rate = direkt_standardisierte_rate(
        unabhaengig(zaehler), nenner, baender["gewicht"].to_numpy(), faktor=teil["faktor"][0]
    )
    spalten = {"std_wert": rate.wert, "std_unten": rate.grenzen.unten, "std_oben": rate.grenzen.oben}
    return je_gebiet.select(_FELD).with_columns(
        pl.Series(name, werte, dtype=pl.Float64, nan_to_null=True) for name, werte in spalten.items()
    )
