"""Rules that hold one sum against another: R30 official statistics, R31 countries of origin, R33 departures.

Each function returns the findings of one rule as `assets.querpruefung.befunde.als_befunde` takes them. A missing or
secret figure makes a sum unknown, and the rule stays silent.
"""

import polars as pl

from assets.querpruefung.befunde import schluessel
from assets.querpruefung.lage import Lage
from schemas.datensaetze.bevoelkerung import EIGENES_REGISTER, RUNDUNG_AZR
from schemas.querreihen import AMTSVERGLEICHE, Amtsvergleich

_GELIEFERT = """
    SELECT meldeeinheit, berichtsjahr, 'bevoelkerung' AS datensatz, stichtag, konzept, gruppe,
        CAST(personen AS DOUBLE) AS wert
    FROM bevoelkerung
    WHERE konzept = $konzept AND gruppe = $gruppe AND geschlecht = 'T' AND altersgruppe = 'T' AND gemeinde_ags = 'T'
        AND personen IS NOT NULL
    QUALIFY berichtsjahr = max(berichtsjahr) OVER (PARTITION BY meldeeinheit, stichtag)"""

_HERKUNFT = """
    WITH staaten AS (
        SELECT meldeeinheit, berichtsjahr, stichtag, konzept, CAST(sum(personen) AS DOUBLE) AS wert, count(*) AS zellen
        FROM herkunft GROUP BY ALL HAVING count(*) = count(personen))
    SELECT *, 'herkunft' AS datensatz, CAST(personen AS DOUBLE) AS vergleichswert
    FROM staaten JOIN bevoelkerung USING (meldeeinheit, berichtsjahr, stichtag, konzept)
    WHERE konzept IN $konzepte AND gruppe = 'MIT' AND geschlecht = 'T' AND altersgruppe = 'T' AND gemeinde_ags = 'T'
        AND abs(wert - personen) > CASE WHEN konzept IN $genau THEN 0 ELSE $rundung * (zellen + 1) END"""

# Persons are distinct within a row only; sums over Stellen or quarters are at least as many as there are persons.
_AUSREISEN = """
    WITH einmal AS (
        SELECT *, stelle_id = 'KREIS' AS einmal,
            bool_or(stelle_id = 'KREIS') OVER (PARTITION BY meldeeinheit, berichtsjahr) AS gibt_einmal
        FROM beratung WHERE leistungsart = 'RKB' AND themenfeld = 'T' AND adressat = 'PERSON'),
    personen AS (
        SELECT meldeeinheit, berichtsjahr, CAST(sum(beratene_personen) AS DOUBLE) AS vergleichswert
        FROM einmal WHERE einmal = gibt_einmal GROUP BY ALL HAVING count(*) = count(beratene_personen)),
    ausreisen AS (
        SELECT meldeeinheit, berichtsjahr, CAST(sum(ausreisen_aufgrund_beratung) AS DOUBLE) AS wert
        FROM rueckkehr GROUP BY ALL)
    SELECT *, 'rueckkehr' AS datensatz, '' AS schluessel FROM ausreisen JOIN personen USING (meldeeinheit, berichtsjahr)
    WHERE wert > vergleichswert"""


def abweichung_von_amtlich(lage: Lage) -> pl.DataFrame:
    """R30: delivered stocks that differ from every published state of the official series by more than is explained.

    Where two files state the same stock, the newer one counts.
    """
    teile = [_verglichen(lage, vergleich) for vergleich in AMTSVERGLEICHE]
    return pl.concat(teile).with_columns(schluessel("stichtag", "konzept", "gruppe"))


def _verglichen(lage: Lage, vergleich: Amtsvergleich) -> pl.DataFrame:
    geliefert = lage.frage(_GELIEFERT, konzept=vergleich.konzept, gruppe=vergleich.gruppe)
    amtlich = lage.in_allen_staenden(vergleich.amtlich.sql).select(
        meldeeinheit="ags", stichtag="zeitraum_von", vergleichswert="wert"
    )
    personen = lage.schwelle(vergleich.personen) if vergleich.personen else 0.0
    anteil = lage.schwelle(vergleich.anteil) if vergleich.anteil else 0.0
    return (
        geliefert.join(amtlich.drop_nulls(), on=["meldeeinheit", "stichtag"])
        .with_columns(abstand=(pl.col("wert") - pl.col("vergleichswert")).abs())
        .sort("abstand", maintain_order=True)
        .unique(["meldeeinheit", "stichtag"], keep="first", maintain_order=True)
        .filter(pl.col("abstand") > personen + anteil * pl.col("vergleichswert"))
        .with_columns(was=pl.lit(vergleich.was), quelle=pl.lit(vergleich.amtlich.quelle))
    )


def herkunft_ungleich_bevoelkerung(lage: Lage) -> pl.DataFrame:
    """R31: countries of origin do not add up to the persons of the same Konzept and Stichtag.

    Registers must agree exactly; each figure of the AZR may be off by its rounding. Samples and censuses, whose figures
    are rounded or altered in ways of their own, are not judged.
    """
    genau = list(EIGENES_REGISTER)
    funde = lage.frage(_HERKUNFT, konzepte=[*genau, "AUSL_AZR"], genau=genau, rundung=RUNDUNG_AZR)
    return funde.with_columns(schluessel("stichtag", "konzept"))


def mehr_ausreisen_als_beratene(lage: Lage) -> pl.DataFrame:
    """R33: more departures because of counselling than persons counselled, even if nobody was counted twice."""
    return lage.frage(_AUSREISEN)
