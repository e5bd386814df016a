"""Every file of `daten/` of an edition, made from that edition's tables alone.

What belongs here: which files there are, and their checksums. The same data give the same bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.offenedaten.codes import spaltencodes
from assets.offenedaten.datei import (
    CSV,
    EXCEL_CSV,
    ORDNER,
    PARQUET,
    XLSX,
    Datei,
    mit_format,
    name_der_kennzahl,
    name_des_gebiets,
)
from assets.offenedaten.datenpaket import als_json, datenpaket
from assets.offenedaten.dcat import dcat
from assets.offenedaten.dimensionen import dimensionen
from assets.offenedaten.formate import als_csv, als_excel_csv, als_parquet
from assets.offenedaten.lesehilfe import lesehilfe, spaltenblatt
from assets.offenedaten.mappe import als_mappe
from assets.offenedaten.schema import csvw
from assets.offenedaten.steckbrief import Steckbrief, steckbrief
from assets.offenedaten.tabelle import GERUNDET, wertetabelle
from schemas.offene_daten import DIMENSIONEN, WERTE

PRUEFSUMMEN = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class OffeneDaten:
    """What an edition offers: all values, the tables that explain them, extracts, and descriptions for machines."""

    brief: Steckbrief
    gesamt: tuple[Datei, ...]
    erklaerend: tuple[Datei, ...]
    gebiete: dict[str, Datei]
    """By Meldeeinheit."""
    kennzahlen: dict[str, Datei]
    """By indicator."""
    beschreibungen: tuple[Datei, ...]

    @property
    def alle(self) -> tuple[Datei, ...]:
        """Every file."""
        auszuege = (*self.gebiete.values(), *self.kennzahlen.values())
        return (*self.gesamt, *self.erklaerend, *auszuege, *self.beschreibungen)


def offene_daten(daten: Berichtsdaten) -> OffeneDaten:
    """The files of an edition; one for a single Meldeeinheit has the extract of that one only, as it has one page."""
    brief, werte = steckbrief(daten), wertetabelle(daten)
    erklaerend = dimensionen(daten)
    gesamt = _gesamt(brief, werte, erklaerend)
    tabellen = tuple(Datei(f"{t.name}.csv", t.titel, als_csv(erklaerend[t.name]), CSV, t) for t in DIMENSIONEN)
    gebiete, kennzahlen = _je_gebiet(daten, werte), _je_kennzahl(daten, werte)
    mit_spalten = [d for d in (*gesamt, *tabellen, *gebiete.values(), *kennzahlen.values()) if d.tabelle]
    maschinen = [
        *datenpaket(brief, mit_spalten, spaltencodes(daten.land)),
        *((f"{d.name}-metadata.json", als_json(csvw(d, d.tabelle, brief))) for d in mit_spalten if d.tabelle),
        *dcat(brief, gesamt),
    ]
    return OffeneDaten(
        brief=brief,
        gesamt=gesamt,
        erklaerend=tabellen,
        gebiete=gebiete,
        kennzahlen=kennzahlen,
        beschreibungen=tuple(mit_format(name, "Beschreibung für Maschinen", inhalt) for name, inhalt in maschinen),
    )


def _gesamt(brief: Steckbrief, werte: pl.DataFrame, erklaerend: dict[str, pl.DataFrame]) -> tuple[Datei, ...]:
    titel = WERTE.titel
    blaetter = [
        ("Lesehilfe", lesehilfe(brief)),
        ("Spalten", spaltenblatt()),
        ("Kennzahlen", werte.with_columns(pl.col(GERUNDET).cast(pl.Float64))),
        *((t.name.capitalize(), erklaerend[t.name]) for t in DIMENSIONEN),
    ]
    mappe = als_mappe(blaetter, f"{brief.titel} ({brief.fassung})", brief.herausgeber.name)
    return (
        Datei("kennzahlen.csv", titel, als_csv(werte), CSV, WERTE),
        Datei("kennzahlen_excel.csv", titel, als_excel_csv(werte), EXCEL_CSV, WERTE),
        Datei("kennzahlen.xlsx", titel, mappe, XLSX),
        Datei("kennzahlen.parquet", titel, als_parquet(werte), PARQUET),
    )


def _je_gebiet(daten: Berichtsdaten, werte: pl.DataFrame) -> dict[str, Datei]:
    teile = werte.partition_by("ags", as_dict=True)
    return {
        m.id: Datei(name_des_gebiets(m.id), m.name, als_excel_csv(teile.get((m.id,), werte.clear())), EXCEL_CSV, WERTE)
        for m in daten.berichtende
    }


def _je_kennzahl(daten: Berichtsdaten, werte: pl.DataFrame) -> dict[str, Datei]:
    teile = werte.partition_by("indikator_id", as_dict=True)
    return {
        i.id: Datei(name_der_kennzahl(i.id), i.name, als_csv(teile.get((i.id,), werte.clear())), CSV, WERTE)
        for i in daten.katalog
    }


def pruefsummen(dateien: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """All files as they come, and at the end `daten/SHA256SUMS` over those of `daten/`, for `sha256sum -c`."""
    summen = {}
    for pfad, inhalt in dateien:
        yield pfad, inhalt
        if pfad.startswith(f"{ORDNER}/"):
            summen[pfad.removeprefix(f"{ORDNER}/")] = hashlib.sha256(inhalt).hexdigest()
    zeilen = [f"{summe}  {name}\n" for name, summe in sorted(summen.items())]
    yield f"{ORDNER}/{PRUEFSUMMEN}", "".join(zeilen).encode()
