"""Reading, converting and checking a million rows against DuckDB's typed `read_csv` of the same bytes.

What belongs here: the large file and the two measurements, taken in turn in one process.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.pruefung.pruefen import pruefe
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Pruefumgebung, Typ
from tests.pruefung.faelle import EINHEIT, GUELTIG, LAND

ZEILEN = 1_000_000
RUNDEN = 3
_DUCKDB_TYP = {Typ.GANZZAHL: "BIGINT", Typ.DEZIMAL: "DOUBLE", Typ.DATUM: "DATE"}


def _datei() -> bytes:
    """A valid delivery of `personal` with a Stelle of its own per row and changing figures."""
    nummer = pl.int_range(ZEILEN, eager=True)
    vorlage = GUELTIG["personal"]()[0]
    spalten = alle_datensaetze()["personal"].spalten
    fest = pl.DataFrame(
        {s.name: [_text(vorlage.get(s.name))] for s in spalten},
        schema=dict.fromkeys([s.name for s in spalten], pl.String),
    )
    voll = fest.select(pl.all().repeat_by(ZEILEN).explode()).with_columns(
        stelle_id="ST" + nummer.cast(pl.String),
        personen=(nummer % 3 + 4).cast(pl.String),
        vzae_stellen=(nummer % 2 + 3).cast(pl.String) + ",75",
        vzae_besetzt=(nummer % 3 + 1).cast(pl.String) + ",25",
        vzae_jahresmittel=(nummer % 3 + 1).cast(pl.String) + ",50",
    )
    return voll.write_csv(separator=";").encode()


def _text(wert: object) -> str | None:
    if wert is None or isinstance(wert, str):
        return wert
    return str(wert.strftime("%d.%m.%Y")) if hasattr(wert, "strftime") else str(wert).replace(".", ",")


def _unsere(inhalt: bytes) -> tuple[float, str]:
    umgebung = Pruefumgebung(LAND, EINHEIT, 2025)
    beginn = time.perf_counter()
    pruefung = pruefe(inhalt, "personal.csv", alle_datensaetze()["personal"], umgebung)
    return time.perf_counter() - beginn, pruefung.zustand


def _duckdb(pfad: Path) -> float:
    spalten = {s.name: _DUCKDB_TYP.get(s.feld.typ, "VARCHAR") for s in alle_datensaetze()["personal"].spalten}
    beginn = time.perf_counter()
    with duckdb.connect() as con:
        con.execute("SET threads = 2")
        con.execute(
            "CREATE TABLE t AS FROM read_csv($pfad, delim = ';', decimal_separator = ',', header = true, "
            "dateformat = '%d.%m.%Y', columns = $spalten)",
            {"pfad": str(pfad), "spalten": spalten},
        )
    return time.perf_counter() - beginn


def messe() -> dict[str, Any]:
    """Medians of both, rows per second, and the ratio of their speeds (budget: at least one half)."""
    inhalt = _datei()
    with tempfile.TemporaryDirectory() as ordner:
        pfad = Path(ordner) / "gross.csv"
        pfad.write_bytes(inhalt)
        runden = [(*_unsere(inhalt), _duckdb(pfad)) for _ in range(RUNDEN)]
    return {
        "mb": round(len(inhalt) / 2**20, 1),
        "zustand": runden[0][1],
        "zeilen_je_s": round(ZEILEN / statistics.median(r[0] for r in runden)),
        "duckdb_zeilen_je_s": round(ZEILEN / statistics.median(r[2] for r in runden)),
        "verhaeltnis": round(statistics.median(r[2] / r[0] for r in runden), 3),
        "budget": 0.5,
    }
