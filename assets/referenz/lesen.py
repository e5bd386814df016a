"""Entry point: any export of the statistical offices to the tidy form `referenzstatistik`, with full accounting.

What belongs here: choosing the reader by the file's own first line, putting the parts together, the accounting, and the
CSV form. What does not: single layouts, signs and times, each in its own module.

Key of a row: tabelle, zeit, ags, kennzahl, merkmale, einheit, stand. Text is never null; `wert` is null exactly where
the status says that no number stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.referenz.belegung import Striche, deute_striche
from assets.referenz.fehler import ReferenzFehler
from assets.referenz.flachdatei import KOPFZEILE, lies_flachdatei
from assets.referenz.fusszeile import Fuss, lies_fuss, quellenzeile
from assets.referenz.kopf import INKARZEILE, TABELLENZEILE
from assets.referenz.rohtext import Rohtext, lies_rohtext
from assets.referenz.rohwerte import Rohwerte
from assets.referenz.tabelle import lies_tabelle
from assets.referenz.werte import deute_werte
from assets.referenz.zeilen import Zeilenart, physische_zeilen, schneide_fuss

SPALTEN: Mapping[str, type[pl.DataType]] = {
    "tabelle": pl.String,
    "zeit": pl.String,
    "ags": pl.String,
    "region": pl.String,
    "kennzahl": pl.String,
    "merkmale": pl.String,
    "wert": pl.Float64,
    "wertstatus": pl.String,
    "einheit": pl.String,
    "stand": pl.String,
    "quelle": pl.String,
    "datei_zeile": pl.Int64,
}
"""Columns of `referenzstatistik`, in this order; rows are sorted by them."""

SCHLUESSEL = ("tabelle", "zeit", "ags", "kennzahl", "merkmale", "einheit", "stand")
"""What identifies a figure. The unit belongs to it: some tables give a count and its share under one code."""


@dataclass(frozen=True, slots=True)
class Lesebericht:
    """What was read and how. `zeilenarten` has one entry per physical line of the file."""

    datei: str
    anordnung: str
    kodierung: str
    tabelle: str
    titel: str
    stand: str
    anmerkungen: str
    zeilenarten: tuple[Zeilenart, ...]
    wertzellen: int
    qualitaetszellen: int
    striche: Striche
    doppelte_schluessel: int


@dataclass(frozen=True, slots=True)
class Referenzdatei:
    """An export in the tidy form (columns `SPALTEN`) and the report on its reading."""

    tabelle: pl.DataFrame
    bericht: Lesebericht


def lies_referenz(
    quelle: str | Path | bytes,
    dateiname: str | None = None,
    gueltigkeit: Mapping[str, tuple[str, str | None]] | None = None,
) -> Referenzdatei:
    """Reads one export (CSV, or a zip holding one) from a path or from bytes.

    `dateiname` is needed with bytes and otherwise defaults to the path's name. `gueltigkeit` maps region keys to the
    first and last day they exist (ISO, None: still); without it the file itself decides what a dash means.
    Raises ReferenzFehler for anything that cannot be read completely and unambiguously.
    """
    if isinstance(quelle, bytes):
        inhalt, name = quelle, dateiname or "Datei"
    else:
        inhalt, name = Path(quelle).read_bytes(), dateiname or Path(quelle).name
    rohtext = lies_rohtext(inhalt, name)
    zeilen = physische_zeilen(rohtext.text)
    rohwerte = _lies_anordnung(rohtext, zeilen)
    fuss = lies_fuss(zeilen[schneide_fuss(zeilen) :])
    werte = deute_werte(rohwerte.zellen, rohwerte.dezimal, rohtext.datei).join(
        rohwerte.saetze, on="satz_id", how="left", maintain_order="left"
    )
    gedeutet, striche = deute_striche(werte, gueltigkeit)
    frame = _frame(gedeutet, rohwerte, fuss)
    bericht = Lesebericht(
        datei=rohtext.datei,
        anordnung=rohwerte.anordnung,
        kodierung=rohtext.kodierung,
        tabelle=rohwerte.tabelle,
        titel=rohwerte.titel,
        stand=fuss.stand,
        anmerkungen=fuss.anmerkungen,
        zeilenarten=rohwerte.zeilenarten,
        wertzellen=rohwerte.gesamtzellen - rohwerte.vorspalten - rohwerte.qualitaetszellen,
        qualitaetszellen=rohwerte.qualitaetszellen,
        striche=striche,
        doppelte_schluessel=frame.height - frame.select(SCHLUESSEL).n_unique(),
    )
    datei = Referenzdatei(frame, bericht)
    pruefe_bilanz(datei, len(zeilen))
    return datei


def _frame(gedeutet: pl.DataFrame, rohwerte: Rohwerte, fuss: Fuss) -> pl.DataFrame:
    """The tidy form: values with what they measure, their state and source, sorted."""
    return (
        gedeutet.with_columns(
            tabelle=pl.lit(rohwerte.tabelle),
            stand=pl.lit(fuss.stand),
            quelle=pl.lit(quellenzeile(fuss, rohwerte.tabelle, rohwerte.titel)),
        )
        .select(pl.col(name).cast(typ) for name, typ in SPALTEN.items())
        .sort(list(SPALTEN), nulls_last=True)
    )


def _lies_anordnung(rohtext: Rohtext, zeilen: list[str]) -> Rohwerte:
    """Chooses the reader by the first line that is not blank."""
    erste = next(z for z in zeilen if z.strip("; \t")).lstrip('" ')
    if TABELLENZEILE.match(erste) or INKARZEILE.match(erste):
        return lies_tabelle(zeilen, rohtext.datei)
    if KOPFZEILE.match(erste):
        return lies_flachdatei(zeilen, rohtext.namen)
    raise ReferenzFehler(
        rohtext.datei,
        f"Die erste Zeile „{erste[:60]}“ gehört zu keinem bekannten Abruf der Statistischen Ämter.",
        "Gelesen werden Tabellen (CSV) und Flatfiles (ffcsv) aus GENESIS-Online und der Regionaldatenbank.",
    )


def pruefe_bilanz(datei: Referenzdatei, zeilenzahl: int) -> None:
    """Nothing lost, nothing invented: every line has its kind, every value cell its row, every row its data line.

    Raises ReferenzFehler if the books do not balance; that would be a fault of a reader, not of the file.
    """
    bericht, frame = datei.bericht, datei.tabelle
    datenzeilen = {i for i, art in enumerate(bericht.zeilenarten, start=1) if art is Zeilenart.DATEN}
    je_zeile = frame.group_by("datei_zeile").len()
    leer = frame.filter(pl.col("wert").is_null() == pl.col("wertstatus").is_in(["N", "V", "R", "S", "E"]))
    stimmt = (
        len(bericht.zeilenarten) == zeilenzahl
        and frame.height == bericht.wertzellen
        and set(je_zeile["datei_zeile"].to_list()) <= datenzeilen
        and je_zeile["len"].n_unique() == 1
        and leer.is_empty()
        and not frame.null_count().select(pl.exclude("wert")).sum_horizontal().item()
    )
    if not stimmt:
        raise ReferenzFehler(
            bericht.datei,
            f"Aus {bericht.wertzellen} Wertzellen in {len(datenzeilen)} Datenzeilen wurden {frame.height} Werte.",
            "Das ist ein Fehler im Leser; bitte die Datei den Entwicklern melden.",
        )


def als_csv(frame: pl.DataFrame) -> str:
    """The tidy form as CSV: comma, UTF-8, decimal point, whole numbers without decimals, Merkmale as quoted JSON."""
    zahl = pl.col("wert").cast(pl.String).str.strip_suffix(".0")
    return frame.with_columns(zahl).write_csv(line_terminator="\n")
