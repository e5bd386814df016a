"""Turns what a rule found into rows of `querbefunde` with German texts.

What belongs here: filling placeholders and writing figures and codes as a person reads them.
"""

import re

import polars as pl

from schemas import codelisten as cl
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Codeliste, Regel
from schemas.querbefunde import SPALTEN
from schemas.vertragsfehler import Vertragsfehler

_PLATZHALTER = re.compile(r"\{[a-z_]+\}")
_LISTEN: dict[str, Codeliste] = {
    "art": cl.AUFGABE,
    "aufgabe": cl.AUFGABE,
    "leistungsart": cl.AUFGABE,
    "wahrgenommen": cl.WAHRGENOMMEN,
    "konzept": cl.KONZEPT,
    "fg": cl.FINANZIERUNG,
}


def als_befunde(regel: Regel, funde: pl.DataFrame) -> pl.DataFrame:
    """Findings of one rule, columns of `schemas.querbefunde`.

    Args:
        regel: whose texts.
        funde: `meldeeinheit, berichtsjahr, datensatz, schluessel`, `wert` and `vergleichswert` where figures were
            compared, and a column per further placeholder of the texts.

    Raises:
        Vertragsfehler: a placeholder has no column.
    """
    fehlend = regel.text.platzhalter - set(funde.columns)
    if fehlend:
        raise Vertragsfehler(f"{regel.id}: ohne Spalte {sorted(fehlend)}")
    ohne = [pl.lit(None, pl.Float64).alias(s) for s in ("wert", "vergleichswert") if s not in funde.columns]
    return (
        funde.with_columns(ohne)
        .with_columns(
            regel=pl.lit(regel.id),
            schwere=pl.lit(regel.schwere.value),
            umfang=pl.lit(regel.umfang.value),
            meldung=_satz(regel.text.meldung, funde.schema),
            abhilfe=_satz(regel.text.abhilfe, funde.schema),
        )
        .select(pl.col(name).cast(typ) for name, typ in SPALTEN.items())
    )


def schluessel(*spalten: str) -> pl.Expr:
    """What a finding is about, as text: `stelle_id=IBZ01; art=IBZ`."""
    return pl.concat_str([pl.format("{}={}", pl.lit(s), pl.col(s)) for s in spalten], separator="; ").alias(
        "schluessel"
    )


def _satz(vorlage: str, schema: pl.Schema) -> pl.Expr:
    namen = [treffer[1:-1] for treffer in _PLATZHALTER.findall(vorlage)]
    if not namen:
        return pl.lit(vorlage)
    return pl.format(_PLATZHALTER.sub("{}", vorlage), *(_als_text(name, schema[name]) for name in namen))


def _als_text(name: str, typ: pl.DataType) -> pl.Expr:
    """A column as a German reader writes it: labels for codes, decimal comma, dd.mm.yyyy."""
    spalte = pl.col(name)
    if name == "datensatz":
        labels = {d.name: f"„{d.label}“" for d in alle_datensaetze().values()}
        return spalte.replace(labels)
    if name in _LISTEN:
        return spalte.replace({c.code: f"„{c.label}“" for c in _LISTEN[name].codes})
    if typ == pl.Date:
        return spalte.dt.strftime("%d.%m.%Y")
    if typ.is_float():
        gerundet = spalte.round(2)
        ganz = gerundet.cast(pl.Int64, strict=False).cast(pl.String)
        return (
            pl.when(gerundet == gerundet.round(0))
            .then(ganz)
            .otherwise(gerundet.cast(pl.String).str.replace(".", ",", literal=True))
        )
    return spalte.cast(pl.String)
