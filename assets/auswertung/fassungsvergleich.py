"""Two versions of a table cell by cell: what changed, what is new, what is gone.

What belongs here: comparing by key and writing values as text. What does not: which versions are compared.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from assets.pruefung.schreibweise import als_zelle
from schemas.modell import Datensatz, status_von
from schemas.revisionen import AMTLICHE_WORTE, ENTFALLEN, GEAENDERT, NEU, NICHT_GEZEIGT
from schemas.wertstatus import WERTSTATUS, Wertstatus

ZELLEN: dict[str, type[pl.DataType]] = {
    "schluessel": pl.String,
    "spalte": pl.String,
    "ereignis": pl.String,
    "alt": pl.String,
    "neu": pl.String,
    "alt_zahl": pl.Float64,
    "neu_zahl": pl.Float64,
}
"""Columns of a comparison, all of them columns of `schemas.revisionen.REVISIONEN`."""

_IMPLIZIT = ("berichtsjahr", "meldeeinheit")


def zellen(datensatz: Datensatz, alt: pl.DataFrame, neu: pl.DataFrame) -> pl.DataFrame:
    """Every cell in which two checked tables of one delivery differ, columns `ZELLEN`, sorted by key.

    A row that is new or gone counts with its measures, or with its other columns where the dataset has none.
    """
    ort = [s for s in datensatz.schluessel if s not in _IMPLIZIT]
    spalten = [s.name for s in datensatz.spalten if s.name not in datensatz.schluessel]
    beide = alt.with_columns(_alt=True).join(
        neu.with_columns(_neu=True), on=ort, how="full", suffix="_neu", coalesce=True, nulls_equal=True
    )
    eigene = [s for s in alt.columns if s not in datensatz.schluessel and s != "zeile"]
    anders = pl.any_horizontal([pl.col(s).ne_missing(pl.col(f"{s}_neu")) for s in eigene])
    einseitig = pl.col("_alt").is_null() | pl.col("_neu").is_null()
    zeilen = beide.filter(anders | einseitig).sort(ort, nulls_last=False).iter_rows(named=True)
    treffer = [z for zeile in zeilen for z in _einer_zeile(datensatz, zeile, ort, spalten)]
    return pl.DataFrame(treffer, schema=ZELLEN)


def _einer_zeile(
    datensatz: Datensatz, zeile: dict[str, Any], ort: Sequence[str], spalten: Sequence[str]
) -> Iterator[dict[str, Any]]:
    ereignis = NEU if zeile["_alt"] is None else ENTFALLEN if zeile["_neu"] is None else GEAENDERT
    if ereignis != GEAENDERT and datensatz.masse:
        spalten = datensatz.masse
    stelle = ", ".join(f"{datensatz.spalte(n).feld.label} {als_zelle(zeile[n])}" for n in ort)
    for spalte in spalten:
        status = status_von(spalte) if spalte in datensatz.masse else None
        alt, neu = ((zeile[spalte + s], zeile[status + s] if status else None) for s in ("", "_neu"))
        if alt != neu:
            yield {"schluessel": stelle, "spalte": spalte, "ereignis": ereignis, **_paar(alt, neu)}


def amtliche_zeile(zeile: dict[str, Any]) -> dict[str, Any]:
    """The same for an official figure: a row with `kennzahl, merkmale, wert, wertstatus, _wert, _status` (before)."""
    merkmale = json.loads(zeile["merkmale"]).items()
    stelle = ", ".join(f"{AMTLICHE_WORTE.get(n, n)} {AMTLICHE_WORTE.get(w, w)}" for n, w in merkmale)
    paar = _paar((zeile["_wert"], zeile["_status"]), (zeile["wert"], zeile["wertstatus"]))
    return {"schluessel": stelle, "spalte": zeile["kennzahl"], "ereignis": GEAENDERT, **paar}


def ist_geheim(zellen: pl.DataFrame) -> bool:
    """Whether a secret figure is among the cells."""
    geheim = WERTSTATUS.label_von(Wertstatus.GEHEIM)
    return not zellen.filter((pl.col("alt") == geheim) | (pl.col("neu") == geheim)).is_empty()


def _paar(alt: tuple[object, str | None], neu: tuple[object, str | None]) -> dict[str, Any]:
    """Both values as text and, where they are, as numbers; beside a secret value the other is not shown."""
    texte, zahlen = [_text(*alt), _text(*neu)], [_zahl(alt[0]), _zahl(neu[0])]
    geheim = [status == Wertstatus.GEHEIM for _, status in (alt, neu)]
    if any(geheim):
        texte = [t if g or not t else NICHT_GEZEIGT for t, g in zip(texte, geheim, strict=True)]
        zahlen = [None, None]
    return {"alt": texte[0], "neu": texte[1], "alt_zahl": zahlen[0], "neu_zahl": zahlen[1]}


def _text(wert: object, status: str | None) -> str:
    if status == Wertstatus.GEHEIM or (wert is None and status):
        return WERTSTATUS.label_von(Wertstatus(status))
    return als_zelle(wert, status)


def _zahl(wert: object) -> float | None:
    return float(wert) if isinstance(wert, int | float) and not isinstance(wert, bool) else None
