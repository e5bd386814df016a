"""The official figures the project carries: reading them and checking what is on disk.

What belongs here: the committed extract in `data/referenz/` as one table. What does not: making it (`auszug.py`).

The extract has the columns of `referenzstatistik` without `quelle`: attribution is written once, in quellen.csv, and
joined here by table and state. Where two states of a table give the same figure, both are kept; the greater `stand`
(compared as text) is the newer one.
"""

from pathlib import Path

import pandera.errors
import pandera.polars as pa
import polars as pl

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import SCHLUESSEL, SPALTEN
from schemas.pfade import REFERENZ
from schemas.wertstatus import MIT_WERT, Wertstatus

__all__ = ["AMTLICH", "PRUEFSCHEMA", "SPALTEN", "lade_bestand", "lies_quellen", "pruefe_bestand"]

AMTLICH = REFERENZ / "amtlich"
_QUELLEN = "quellen.csv"
_ZEIT = r"^\d{4}(?:-\d{2}-\d{2}|/\d{2})?$"
_STAND = r"^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)?)?$"


def _wert_passt(daten: pa.PolarsData) -> pl.LazyFrame:
    mit_wert = pl.col("wertstatus").is_in([s.value for s in MIT_WERT])
    return daten.lazyframe.select(mit_wert == pl.col("wert").is_not_null())


PRUEFSCHEMA = pa.DataFrameSchema(
    {
        "tabelle": pa.Column(pl.String, pa.Check.str_length(min_value=1)),
        "zeit": pa.Column(pl.String, pa.Check.str_matches(_ZEIT)),
        "ags": pa.Column(pl.String, pa.Check.str_matches(r"^(?:DG|\d+)?$")),
        "region": pa.Column(pl.String),
        "kennzahl": pa.Column(pl.String, pa.Check.str_length(min_value=1)),
        "merkmale": pa.Column(pl.String, pa.Check.str_matches(r"^\{.*\}$")),
        "wert": pa.Column(pl.Float64, nullable=True),
        "wertstatus": pa.Column(pl.String, pa.Check.isin([s.value for s in Wertstatus])),
        "einheit": pa.Column(pl.String),
        "stand": pa.Column(pl.String, pa.Check.str_matches(_STAND)),
        "quelle": pa.Column(pl.String, pa.Check.str_length(min_value=1)),
        "datei_zeile": pa.Column(pl.Int64, pa.Check.ge(1)),
    },
    checks=pa.Check(_wert_passt, name="wert_und_status", error="Wert und Wertstatus widersprechen sich"),
    unique=list(SCHLUESSEL),
    strict=True,
    ordered=True,
)
"""What the carried figures must satisfy: columns, forms, status codes, value beside status, one row per key."""


def lies_quellen(ordner: Path = REFERENZ) -> pl.DataFrame:
    """Sources of everything in `data/referenz/`, all columns text, missing ones empty.

    One row per table and state (or per file of `gebiet/`): tabelle, stand, datei, abruf, fassung, titel, stichtag_von,
    stichtag_bis, attribution, lizenz, hinweise.
    """
    return pl.read_csv(ordner / _QUELLEN, infer_schema=False).fill_null("")


def lade_bestand(ordner: Path = AMTLICH) -> pl.DataFrame:
    """All carried figures in the tidy form (columns `SPALTEN`), sorted by its columns.

    `ordner` holds one CSV per table; quellen.csv lies beside it. Raises ReferenzFehler where a file breaks
    `PRUEFSCHEMA` or has no source.
    """
    spalten = {name: typ for name, typ in SPALTEN.items() if name != "quelle"}
    teile = [pl.read_csv(datei, schema=spalten) for datei in sorted(ordner.glob("*.csv"))]
    if not teile:
        raise ReferenzFehler(str(ordner), "Hier liegen keine Zahlen.", "Bitte den Auszug neu erzeugen.")
    quellen = lies_quellen(ordner.parent).select("tabelle", "stand", quelle="attribution").unique()
    bestand = (
        pl.concat(teile)
        .with_columns(pl.col(pl.String).fill_null(""))
        .join(quellen, on=["tabelle", "stand"], how="left", validate="m:1")
        .select(*SPALTEN)
        .sort(list(SPALTEN))
    )
    return pruefe_bestand(bestand, str(ordner))


def pruefe_bestand(bestand: pl.DataFrame, name: str) -> pl.DataFrame:
    """Returns the table if it satisfies `PRUEFSCHEMA`; raises ReferenzFehler saying what does not."""
    try:
        return PRUEFSCHEMA.validate(bestand)
    except (pandera.errors.SchemaError, pandera.errors.SchemaErrors) as fehler:
        raise ReferenzFehler(
            name, f"Der Bestand ist fehlerhaft: {fehler}", "Bitte den Auszug neu erzeugen."
        ) from fehler
