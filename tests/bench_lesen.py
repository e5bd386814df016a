"""Reading, converting and checking a million rows against DuckDB's typed `read_csv` of the same bytes.

What belongs here: the large files and the measurements, taken in turn in one process. frictionless-py stands beside
them with an equivalent schema on the first rows of the same file, for it would need minutes for all of them.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
from frictionless import Control, Detector, Dialect, Resource, Schema
from frictionless.formats import CsvControl

from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Pruefumgebung, Rolle, Spalte, Typ
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND

ZEILEN = 1_000_000
ZEILEN_FRICTIONLESS = 20_000
RUNDEN = 5
GROSSE = ("personal", "beratung")
"""The datasets an office fills with most rows; each row gets a Stelle of its own, so that keys stay unique."""

_DUCKDB_TYP = {Typ.GANZZAHL: "BIGINT", Typ.DEZIMAL: "DOUBLE", Typ.DATUM: "DATE"}
_FRICTIONLESS_TYP: dict[Typ, dict[str, object]] = {
    Typ.GANZZAHL: {"type": "integer"},
    Typ.DEZIMAL: {"type": "number", "decimalChar": ","},
    Typ.DATUM: {"type": "date", "format": "%d.%m.%Y"},
}


def datei(name: str, zeilen: int = ZEILEN) -> bytes:
    """A valid delivery: its rows again and again, the Stellen numbered, the measures of `personal` changing."""
    vorlage = GUELTIG[name]()
    spalten = [s.name for s in alle_datensaetze()[name].spalten]
    einmal = pl.DataFrame(
        [[_text(zeile.get(s)) for s in spalten] for zeile in vorlage],
        schema=dict.fromkeys(spalten, pl.String),
        orient="row",
    )
    runde = pl.int_range(zeilen) // einmal.height
    voll = einmal.select(pl.all().gather(pl.int_range(zeilen) % einmal.height))
    voll = voll.with_columns(stelle_id="ST" + runde.cast(pl.String))
    if name == "personal":
        voll = voll.with_columns(
            personen=(runde % 3 + 4).cast(pl.String),
            vzae_stellen=(runde % 2 + 3).cast(pl.String) + ",75",
            vzae_besetzt=(runde % 3 + 1).cast(pl.String) + ",25",
            vzae_jahresmittel=(runde % 3 + 1).cast(pl.String) + ",50",
        )
    return voll.write_csv(separator=";").encode()


def _text(wert: object) -> str | None:
    if wert is None or isinstance(wert, str):
        return wert
    return str(wert.strftime("%d.%m.%Y")) if hasattr(wert, "strftime") else str(wert).replace(".", ",")


def _sekunden(arbeit: Callable[[], object]) -> float:
    beginn = time.perf_counter()
    arbeit()
    return time.perf_counter() - beginn


def unsere(inhalt: bytes, name: str) -> str:
    """The state our check gives the file."""
    return pruefe(inhalt, f"{name}.csv", alle_datensaetze()[name], Pruefumgebung(LAND, EINHEIT, 2025)).zustand


def _duckdb(pfad: Path, name: str) -> None:
    spalten = {s.name: _DUCKDB_TYP.get(s.feld.typ, "VARCHAR") for s in alle_datensaetze()[name].spalten}
    with duckdb.connect() as con:
        con.execute("SET threads = 2")
        con.execute(
            "CREATE TABLE t AS FROM read_csv($pfad, delim = ';', decimal_separator = ',', header = true, "
            "dateformat = '%d.%m.%Y', columns = $spalten)",
            {"pfad": str(pfad), "spalten": spalten},
        )


def _frictionless_feld(spalte: Spalte) -> dict[str, object]:
    bedingungen: dict[str, object] = {"required": spalte.pflicht}
    if spalte.feld.codeliste is not None and spalte.feld.typ is not Typ.CODES:
        bedingungen["enum"] = list(spalte.codes or ())
    if spalte.feld.muster:
        bedingungen["pattern"] = spalte.feld.muster
    if spalte.feld.minimum is not None and spalte.feld.typ in _FRICTIONLESS_TYP:
        bedingungen["minimum"] = spalte.feld.minimum
    typ = _FRICTIONLESS_TYP.get(spalte.feld.typ, {"type": "string"})
    return {"name": spalte.name, **typ, "constraints": bedingungen}


def _frictionless(ordner: Path, name: str) -> bool:
    """Whether frictionless finds the file valid: types, code lists, patterns, limits and the key."""
    spalten = alle_datensaetze()[name].spalten
    schema = {
        "fields": [_frictionless_feld(s) for s in spalten],
        "primaryKey": [s.name for s in spalten if s.rolle is Rolle.SCHLUESSEL],
    }
    steuerung: list[Control] = [CsvControl(delimiter=";")]
    quelle = Resource(
        path="klein.csv",
        basepath=str(ordner),
        schema=Schema.from_descriptor(schema),
        dialect=Dialect(controls=steuerung),
        detector=Detector(encoding_function=lambda *_: "utf-8"),
    )
    return bool(quelle.validate().valid)


def _messe(name: str) -> dict[str, Any]:
    inhalt = datei(name)
    with tempfile.TemporaryDirectory() as ordner:
        pfad = Path(ordner) / "gross.csv"
        pfad.write_bytes(inhalt)
        (Path(ordner) / "klein.csv").write_bytes(datei(name, ZEILEN_FRICTIONLESS))
        # The first round of each pays for memory the machine has not handed out yet; it is not counted.
        runden = [
            (_sekunden(lambda: unsere(inhalt, name)), _sekunden(lambda: _duckdb(pfad, name))) for _ in range(RUNDEN + 1)
        ][1:]
        gueltig = _frictionless(Path(ordner), name)
        langsam = _sekunden(lambda: _frictionless(Path(ordner), name))
    je_sekunde = ZEILEN / statistics.median(r[0] for r in runden)
    return {
        "mb": round(len(inhalt) / 2**20, 1),
        "zustand": unsere(inhalt, name),
        "zeilen_je_s": round(je_sekunde),
        "duckdb_zeilen_je_s": round(ZEILEN / statistics.median(r[1] for r in runden)),
        "verhaeltnis": round(statistics.median(r[1] / r[0] for r in runden), 3),
        "budget": 0.5,
        "frictionless_gueltig": gueltig,
        "frictionless_zeilen_je_s": round(ZEILEN_FRICTIONLESS / langsam),
        "mal_frictionless": round(je_sekunde * langsam / ZEILEN_FRICTIONLESS, 1),
    }


def messe() -> dict[str, Any]:
    """Per dataset medians of both, rows per second, and the ratio of their speeds (budget: at least one half)."""
    return {name: _messe(name) for name in GROSSE}


def allein() -> dict[str, Any]:
    """Our check alone, for its peak memory (budget: 1.5 GB, the file itself included)."""
    return {"zustand": unsere(datei("personal"), "personal"), "budget_mb": 1536}
