"""What stands: for each result the inputs and versions it was made from. Decides what is left to do, before any work.

What belongs here: the table `stand/<stufe>.parquet`. What does not: how a result is made.
"""

from collections.abc import Iterable

import polars as pl

from assets.ablage import Ablage
from assets.eingang.empfang import pruefsumme
from assets.fassung import Fassung

SPALTEN: dict[str, type[pl.DataType]] = {
    "schluessel": pl.String,
    "input_sha": pl.String,
    "code_version": pl.String,
    "regel_version": pl.String,
    "profil_sha": pl.String,
}


def pfad(stufe: str) -> str:
    """Where the table of a stage lies."""
    return f"stand/{stufe}.parquet"


def lies(ablage: Ablage, stufe: str) -> pl.DataFrame:
    """What stands of a stage; an empty table before its first run."""
    if not ablage.gibt_es(pfad(stufe)):
        return pl.DataFrame(schema=SPALTEN)
    return ablage.lies_tabelle(pfad(stufe))


def merke(ablage: Ablage, stufe: str, eingaben: dict[str, str], fassung: Fassung) -> None:
    """Records results just made from `eingaben` (key -> fingerprint of the input); others of the stage stay."""
    neu = pl.DataFrame(
        {
            "schluessel": list(eingaben),
            "input_sha": list(eingaben.values()),
            "code_version": fassung.code_version,
            "regel_version": fassung.regel_version,
            "profil_sha": fassung.profil_sha,
        },
        schema=SPALTEN,
    )
    geblieben = lies(ablage, stufe).join(neu, on="schluessel", how="anti")
    ablage.schreibe_tabelle(pfad(stufe), pl.concat([geblieben, neu]).sort("schluessel"))


def offen(ablage: Ablage, stufe: str, eingaben: dict[str, str], fassung: Fassung) -> list[str]:
    """Keys whose result is missing or was made from other inputs or versions, in the given order."""
    steht = {
        zeile["schluessel"]: zeile["input_sha"]
        for zeile in lies(ablage, stufe)
        .filter(
            pl.col("code_version") == fassung.code_version,
            pl.col("regel_version") == fassung.regel_version,
            pl.col("profil_sha") == fassung.profil_sha,
        )
        .iter_rows(named=True)
    }
    return [schluessel for schluessel, eingabe in eingaben.items() if steht.get(schluessel) != eingabe]


def fingerabdruck(ablage: Ablage, pfade: Iterable[str]) -> str:
    """Fingerprint of stored files, those that are missing counting as such."""
    return " ".join(pruefsumme(ablage.lies(p)) if ablage.gibt_es(p) else "-" for p in pfade)
