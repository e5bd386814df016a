"""Rules about the register of Stellen and what other datasets say about a Stelle (R17a, R17b, R42).

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them.
"""

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas.datensaetze.beratung import EINMAL_JE_MELDEEINHEIT
from schemas.querreihen import NACH_STELLE

# A joint Stelle is reported by the Meldeeinheit that leads it; a Träger that did not report is visible in the register.
_OHNE_ANGABEN = """
    WITH register AS (
        FROM stellen WHERE meldung_vollstaendig = 'J'
            AND coalesce(fuehrende_meldeeinheit, meldeeinheit) = meldeeinheit),
    verlangt AS (
        SELECT meldeeinheit, berichtsjahr, stelle_id, art, 'personal' AS datensatz, 'kein Personal' AS was FROM register
        UNION ALL
        SELECT meldeeinheit, berichtsjahr, stelle_id, art, 'beratung', 'keine Beratungen' FROM register
        WHERE art IN $nach_stelle),
    belegt AS (
        SELECT meldeeinheit, berichtsjahr, stelle_id, aufgabe AS art, 'personal' AS datensatz FROM personal
        UNION ALL
        SELECT meldeeinheit, berichtsjahr, stelle_id, leistungsart, 'beratung' FROM beratung)
    SELECT *, stelle_id AS stelle FROM verlangt
    SEMI JOIN angenommen USING (datensatz, meldeeinheit, berichtsjahr)
    ANTI JOIN belegt USING (datensatz, meldeeinheit, berichtsjahr, stelle_id, art)"""

_VERSCHWUNDEN = """
    SELECT frueher.meldeeinheit, jahr AS berichtsjahr, 'stellen' AS datensatz, stelle_id, art, name,
        stelle_id AS stelle
    FROM stellen AS frueher JOIN jahre ON frueher.berichtsjahr = vorjahr
    SEMI JOIN angenommen ON angenommen.datensatz = 'stellen' AND angenommen.berichtsjahr = jahr
        AND angenommen.meldeeinheit = frueher.meldeeinheit
    ANTI JOIN stellen AS jetzt ON jetzt.meldeeinheit = frueher.meldeeinheit AND jetzt.berichtsjahr = jahr
        AND jetzt.stelle_id = frueher.stelle_id AND jetzt.art = frueher.art
    WHERE aktiv_bis IS NULL OR aktiv_bis >= von"""


def stelle_ohne_angaben(lage: Lage) -> pl.DataFrame:
    """R17a: Stellen of the register without staff, or without counselling where it belongs to the task."""
    return lage.frage(_OHNE_ANGABEN, nach_stelle=list(NACH_STELLE)).with_columns(schluessel("stelle_id", "art"))


def stelle_unbekannt(lage: Lage) -> pl.DataFrame:
    """R17b: Stellen named by other datasets that the register of that year does not list."""
    namen = lage.benutzt("personal", "beratung", "zustaendigkeit")
    gruppe = ["datensatz", "meldeeinheit", "berichtsjahr", "stelle_id"]
    genannt = pl.concat(lage.tabelle(name).select(pl.lit(name).alias("datensatz"), *gruppe[1:]) for name in namen)
    register = lage.tabelle("stellen")
    hat_register = lage.frage("FROM angenommen WHERE datensatz = 'stellen'").drop("datensatz")
    return (
        genannt.filter(pl.col("stelle_id") != EINMAL_JE_MELDEEINHEIT)
        .join(hat_register, on=["meldeeinheit", "berichtsjahr"], how="semi")
        .join(register, on=["meldeeinheit", "berichtsjahr", "stelle_id"], how="anti")
        .group_by(gruppe)
        .agg(wert=pl.len().cast(pl.Float64))
        .with_columns(schluessel("stelle_id"), stelle=pl.col("stelle_id"))
    )


def stelle_verschwunden(lage: Lage) -> pl.DataFrame:
    """R42: Stellen that went on after the year before and are missing from the register now."""
    return lage.frage(_VERSCHWUNDEN).with_columns(schluessel("stelle_id", "art"))
