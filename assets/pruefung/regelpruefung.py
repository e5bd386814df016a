"""Runs the rules of a dataset on a converted table, as pandera checks, and turns breaches into findings.

What belongs here: building the pandera schema from the contract and reading its answer. What does not: the rules
(`schemas/regeln.py`, `schemas/datensaetze/`). Every failing row of every rule is found in one pass.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaError, SchemaErrors

from schemas.befunde import BEFUNDE_JE_ART, Art, Befund, befund
from schemas.datensaetze import dateiregeln
from schemas.modell import Bedingung, Datensatz, Pruefumgebung, Regel


class FormError(RuntimeError):
    """A converted table has not the columns and types of its dataset: a fault of ours, never of the deliverer."""


@dataclass(frozen=True, slots=True)
class Regelergebnis:
    """Findings, at most `BEFUNDE_JE_ART` per test of a rule, and how many breaches there were per rule and column."""

    befunde: tuple[Befund, ...]
    anzahl: dict[Art, int]


def pruefe_regeln(tabelle: pl.DataFrame, datensatz: Datensatz, umgebung: Pruefumgebung) -> Regelergebnis:
    """All breaches of the single-file rules in a converted table.

    Args:
        tabelle: columns and types as in `datensatz.polars_schema`; eager, because pandera does not look at the data of
            a LazyFrame.
        datensatz: the dataset.
        umgebung: whose delivery for which year.

    Raises:
        FormError: columns or types are not those of the dataset.
    """
    if dict(tabelle.schema) != {name: typ() for name, typ in datensatz.polars_schema.items()}:
        raise FormError(f"Datensatz {datensatz.name}: {tabelle.schema} statt {datensatz.polars_schema}")
    tests = [
        (regel, bedingung)
        for regel in dateiregeln(datensatz.name)
        if regel.bedingungen is not None
        for bedingung in regel.bedingungen(datensatz, umgebung)
    ]
    befunde: list[Befund] = []
    anzahl: Counter[Art] = Counter()
    tabelle = tabelle.with_columns(**{name: f for _, bedingung in tests for name, f in bedingung.fenster.items()})
    for nummer, ergebnis in _verstoesse(tabelle, [bedingung for _, bedingung in tests]).items():
        regel, bedingung = tests[nummer]
        zeilen = ergebnis.not_().arg_true()
        anzahl[regel.id, bedingung.spalte] += len(zeilen)
        befunde.extend(_befunde(tabelle, zeilen.head(BEFUNDE_JE_ART), regel, bedingung))
    return Regelergebnis(tuple(befunde), dict(anzahl))


def _verstoesse(tabelle: pl.DataFrame, bedingungen: list[Bedingung]) -> dict[int, pl.Series]:
    """Number of the failing test -> its result per row (null counts as kept)."""
    urteile = tabelle.select(b.gilt.fill_null(value=True).alias(str(nummer)) for nummer, b in enumerate(bedingungen))
    schema = pa.DataFrameSchema(
        {name: pa.Column(typ, nullable=True) for name, typ in tabelle.schema.items()},
        checks=[
            # pandera keeps the whole result; its own list of failing rows is cut short because it costs memory, and
            # what no row breaks is not given to it because every check costs time.
            pa.Check(_als_check(urteil), name=urteil.name, n_failure_cases=1)
            for urteil in urteile
            if not urteil.all()
        ],
        strict=True,
    )
    # Environment variables of pandera could switch checks off; a delivery must never pass because of them.
    with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
        try:
            schema.validate(tabelle, lazy=True)
        except SchemaErrors as fehler:
            return dict(_ergebnis(einzeln) for einzeln in fehler.schema_errors)
    return {}


def _als_check(urteil: pl.Series) -> Callable[[pa.PolarsData], pl.LazyFrame]:
    def check(_: pa.PolarsData) -> pl.LazyFrame:
        return urteil.to_frame().lazy()

    return check


def _ergebnis(fehler: SchemaError) -> tuple[int, pl.Series]:
    """Which test failed, and its result per row; anything but a failed test is a fault of ours."""
    ausgabe = fehler.check_output
    if isinstance(ausgabe, pl.LazyFrame):
        ausgabe = ausgabe.collect()
    if not isinstance(ausgabe, pl.DataFrame):
        raise FormError(f"Regelprüfung brach ab: {fehler.reason_code}: {fehler}")
    return int(fehler.check.name), ausgabe.to_series(0)


def _befunde(tabelle: pl.DataFrame, zeilen: pl.Series, regel: Regel, bedingung: Bedingung) -> list[Befund]:
    """One finding per failing row, with the values its text needs."""
    werte = tabelle.select(
        pl.col("zeile").alias("_zeile"),
        pl.col(bedingung.spalte).alias("wert"),
        *[ausdruck.alias(name) for name, ausdruck in bedingung.werte.items()],
    )[zeilen]
    befunde = []
    for eintrag in werte.iter_rows(named=True):
        zeile = eintrag.pop("_zeile")
        wert = _als_text(eintrag.pop("wert"))
        text: dict[str, object] = {name: _als_text(w) for name, w in eintrag.items()}
        # mypy takes any keyword for any parameter; placeholders have names of their own.
        befunde.append(befund(regel, zeile=zeile, spalte=bedingung.spalte, wert=wert, **text))  # type: ignore[arg-type]
    return befunde


def _als_text(wert: object) -> str:
    """A value as the deliverer would write it."""
    if wert is None:
        return "leer"
    if isinstance(wert, float):
        return f"{wert:.10g}".replace(".", ",")
    if hasattr(wert, "strftime"):
        return str(wert.strftime("%d.%m.%Y"))
    return str(wert)
