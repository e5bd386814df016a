"""Holds computed indicators against a published table that the project does not carry.

What belongs here: reading such a table, choosing one series of it, and telling its precision from its digits. What does
not: the comparing itself (`amtliche_probe.py`).
"""

import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from assets.auswertung.amtliche_probe import vergleiche_reihen
from assets.referenz.fehler import ReferenzFehler
from assets.referenz.lesen import SPALTEN, lies_referenz
from schemas.amtliche_probe import GENAU, REIHENPROBEN, Genauigkeit, Reihenprobe

_KOPF = ",".join(list(SPALTEN)[:3])


def lies_veroeffentlichung(pfad: Path) -> pl.DataFrame:
    """A published table in the form `referenzstatistik`: an export of the offices, or that form itself as CSV.

    Raises:
        ReferenzFehler: it is neither, or incomplete.
    """
    inhalt = pfad.read_bytes()
    if not inhalt.lstrip(b"\xef\xbb\xbf").startswith(_KOPF.encode()):
        return lies_referenz(inhalt, pfad.name).tabelle
    try:
        gelesen = pl.read_csv(io.BytesIO(inhalt), schema_overrides=dict(SPALTEN))
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as fehler:
        raise ReferenzFehler(
            pfad.name, f"Die Tabelle ist nicht lesbar: {fehler}", "Bitte die Werte prüfen."
        ) from fehler
    fehlend = [s for s in ("tabelle", "zeit", "ags", "kennzahl", "wert") if s not in gelesen.columns]
    if fehlend:
        raise ReferenzFehler(
            pfad.name, f"Es fehlen Spalten: {', '.join(fehlend)}.", f"Die Form hat die Spalten {', '.join(SPALTEN)}."
        )
    leer = {"merkmale": "{}", "wertstatus": "N"}
    ohne = [pl.lit(leer.get(s, ""), pl.String).alias(s) for s in SPALTEN if s not in gelesen.columns]
    return (
        gelesen.with_columns(ohne)
        .with_columns(pl.col(pl.String).fill_null(""))
        .select(pl.col(name).cast(typ, strict=name != "datei_zeile") for name, typ in SPALTEN.items())
    )


def vergleiche_bekannte(werte: pl.DataFrame, tabelle: pl.DataFrame, datei: str) -> pl.DataFrame:
    """Values beside the series of a table for which the contract has comparisons; columns as `amtliche_probe`.

    Raises:
        ReferenzFehler: there is none for it.
    """
    vorhanden = set(tabelle["tabelle"])
    proben = [p for p in REIHENPROBEN if vorhanden & {t.strip() for t in p.tabelle.split(",")}]
    if not proben:
        raise ReferenzFehler(
            datei,
            f"Für die Tabelle {', '.join(sorted(vorhanden))} ist kein Vergleich hinterlegt.",
            "Bitte mit --kennzahl und --variante sagen, womit verglichen werden soll.",
        )
    return vergleiche_reihen(werte, tabelle, proben)


def vergleiche_mit(
    werte: pl.DataFrame,
    tabelle: pl.DataFrame,
    datei: str,
    *,
    kennzahl: str,
    variante: str,
    groesse: str,
    auswahl: Sequence[str],
    rundung: float | None,
) -> pl.DataFrame:
    """Values of one variant, in total, beside one series of a published table; columns as `amtliche_probe`.

    Args:
        werte: `indikatorwerte`.
        tabelle: the published figures.
        datei: its name, for errors.
        kennzahl: id of the indicator.
        variante: id of the variant.
        groesse: `wert`, `zaehler` or `nenner`.
        auswahl: texts that measure or characteristics of the series contain, all of them.
        rundung: unit the source rounds to; None: told from its digits.

    Raises:
        ReferenzFehler: the texts pick no series, or several.
    """
    name = pl.concat_str("tabelle", "kennzahl", "merkmale", separator=" ")
    gewaehlt = tabelle.filter(
        pl.all_horizontal(pl.lit(value=True), *(name.str.contains(t, literal=True) for t in auswahl))
    )
    reihen = gewaehlt.select(name.alias("reihe"))["reihe"].unique().sort().to_list()
    if len(reihen) != 1:
        gefunden = "; ".join(reihen or tabelle.select(name.alias("reihe"))["reihe"].unique().sort().to_list())
        raise ReferenzFehler(
            datei,
            f"Gebraucht wird eine Reihe, gefunden sind {len(reihen)}.",
            f"Bitte mit --reihe wählen unter: {gefunden}",
        )
    eine = Reihenprobe(
        *("datei", kennzahl, variante, groesse, gewaehlt["tabelle"][0], "true"),
        genauigkeit_der_ziffern(gewaehlt["wert"], groesse) if rundung is None else _gerundet(rundung),
    )
    return vergleiche_reihen(werte, gewaehlt, [eine])


def genauigkeit_der_ziffern(zahlen: pl.Series, groesse: str) -> Genauigkeit:
    """Half a unit of the last decimal place that occurs in published rates; counts are taken as exact."""
    if groesse != "wert":
        return GENAU
    stellen = zahlen.drop_nulls().cast(pl.String).str.strip_suffix(".0").str.extract(r"\.(\d+)$").str.len_chars().max()
    return _gerundet(10.0 ** -(int(str(stellen)) if stellen is not None else 0))


def _gerundet(einheit: float) -> Genauigkeit:
    return Genauigkeit(einheit / 2, f"auf {f'{einheit:g}'.replace('.', ',')} gerundet")
