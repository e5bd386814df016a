"""What a newer accepted version changed (R44), and whether it left nothing (R23d). Numbers only, no values.

The older version is read again from its bytes, under the rules and documented corrections of today, and only where a
newer one was accepted; so what shows is what the office changed itself.
"""

from collections.abc import Iterator

import polars as pl

from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.fassungen import fruehere_fassungen
from assets.pruefung.korrekturen import lade
from assets.pruefung.lieferungen import lieferstand
from assets.pruefung.uebernehmen import pfad_geprueft
from assets.querpruefung.lage import LIEFERUNG, Lage
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz

_SPALTEN = {
    **LIEFERUNG,
    "schluessel": pl.String,
    "version": pl.Int64,
    "frueher": pl.Int64,
    "neu": pl.Int64,
    "entfallen": pl.Int64,
    "geaendert": pl.Int64,
    "zellen": pl.Int64,
    "spalten": pl.String,
}


def berichtigte_lieferungen(lage: Lage) -> pl.DataFrame:
    """R44: one finding per delivery with an accepted version before the one that stands, if anything differs."""
    zeilen = []
    for schluessel, version, nummer, alt, neu in _ersetzte(lage):
        unterschied = vergleiche(alt, neu, alle_datensaetze()[schluessel.datensatz])
        if any(unterschied[k] for k in ("neu", "entfallen", "geaendert")):
            zeilen.append({**_kopf(schluessel, version), "version": version, "frueher": nummer, **unterschied})
    return pl.DataFrame(zeilen, schema=_SPALTEN, orient="row")


def geleerte_lieferungen(lage: Lage) -> pl.DataFrame:
    """R23d: one finding per delivery whose accepted version has no row, while the one before had some (`wert`)."""
    zeilen = [
        {**_kopf(schluessel, version), "version": version, "frueher": nummer, "wert": float(alt.height)}
        for schluessel, version, nummer, alt, neu in _ersetzte(lage, nur_leere=True)
        if neu.is_empty() and not alt.is_empty()
    ]
    spalten = {s: _SPALTEN[s] for s in (*LIEFERUNG, "schluessel", "version", "frueher")}
    return pl.DataFrame(zeilen, schema={**spalten, "wert": pl.Float64}, orient="row")


def _kopf(schluessel: Lieferschluessel, version: int) -> dict[str, object]:
    return {
        "datensatz": schluessel.datensatz,
        "meldeeinheit": schluessel.meldeeinheit,
        "berichtsjahr": schluessel.berichtsjahr,
        "schluessel": f"version={version}",
    }


def _ersetzte(
    lage: Lage, *, nur_leere: bool = False
) -> Iterator[tuple[Lieferschluessel, int, int, pl.DataFrame, pl.DataFrame]]:
    """Deliveries with an accepted version before the one that stands: key, both numbers, the older and newer table."""
    korrekturen = lade(lage.land)
    stand = lieferstand(lage.ablage, lage.land).filter(pl.col("gueltige_version") > 1)
    if nur_leere:
        stand = stand.filter(pl.col("zeilen") == 0)
    for datensatz, einheit, jahr, version in stand.select(*LIEFERUNG, "gueltige_version").iter_rows():
        schluessel = Lieferschluessel(datensatz, jahr, einheit)
        eigene = korrekturen.get(schluessel, ())
        frueher = next(fruehere_fassungen(lage.ablage, lage.land, schluessel, version, eigene), None)
        if frueher is not None:
            beleg, alt = frueher
            yield schluessel, version, beleg.version, alt, lage.ablage.lies_tabelle(pfad_geprueft(schluessel))


def vergleiche(alt: pl.DataFrame, neu: pl.DataFrame, datensatz: Datensatz) -> dict[str, object]:
    """Rows that are new, gone or changed by key, the number of changed cells, and the columns they lie in."""
    ort = list(datensatz.schluessel)
    werte = [s for s in datensatz.polars_schema if s not in ort and s != "zeile"]
    beide = alt.join(neu, on=ort, suffix="_neu", nulls_equal=True)
    anders = beide.select(pl.col(s).ne_missing(pl.col(f"{s}_neu")).alias(s) for s in werte)
    je_spalte = {s: int(anders[s].sum()) for s in werte if anders[s].any()}
    return {
        "neu": neu.join(alt, on=ort, how="anti", nulls_equal=True).height,
        "entfallen": alt.join(neu, on=ort, how="anti", nulls_equal=True).height,
        "geaendert": int(anders.select(pl.any_horizontal(werte)).to_series().sum()) if werte else 0,
        "zellen": sum(je_spalte.values()),
        "spalten": ", ".join(je_spalte) or "keine",
    }
