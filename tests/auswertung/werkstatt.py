"""Small worlds for tests of the values: deliveries as rows, official series as tuples, values as a table."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from assets.ablage import Ablage
from assets.auswertung.datenbank import datenbank
from assets.auswertung.indikatoren import berechne
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import pfad_geprueft
from assets.referenz.bestand import SPALTEN
from schemas.indikatoren import katalog
from schemas.laender import lade_land
from schemas.modell import Indikator, Land
from tests.pruefung.faelle import Zeile, tabelle

LAND = lade_land("sachsen")


def werte_aus(
    ordner: Path, referenz: pl.DataFrame, land: Land = LAND, indikatoren: Sequence[Indikator] | None = None
) -> pl.DataFrame:
    """All values from what was put into the Ablage at `ordner` and these official series."""
    with datenbank(Ablage(ordner), land, referenz) as con:
        return berechne(con, land, katalog(land) if indikatoren is None else tuple(indikatoren))


def lege_ab(ordner: Path, datensatz: str, einheit: str, zeilen: Sequence[Zeile], jahr: int = 2025) -> None:
    """Puts an accepted table into the Ablage as if the Meldeeinheit had delivered these rows."""
    eigene = [{**z, "meldeeinheit": einheit, "berichtsjahr": jahr} for z in zeilen]
    Ablage(ordner).schreibe_tabelle(
        pfad_geprueft(Lieferschluessel(datensatz, jahr, einheit)), tabelle(datensatz, eigene)
    )


def ohne_amtliches() -> pl.DataFrame:
    """No official series at all."""
    return pl.DataFrame(schema=SPALTEN)


def einwohner(zahlen: dict[str, float], jahr: int = 2024) -> pl.DataFrame:
    """Official inhabitants at the end of a year by AGS."""
    zeilen = [
        {
            "tabelle": "12411-01-01-4",
            "zeit": f"{jahr}-12-31",
            "ags": ags,
            "kennzahl": "BEVSTD",
            "merkmale": '{"GES":"T"}',
            "wert": zahl,
            "wertstatus": "N",
            "stand": "2026",
        }
        for ags, zahl in zahlen.items()
    ]
    return pl.DataFrame(zeilen, schema={**SPALTEN}, orient="row")
