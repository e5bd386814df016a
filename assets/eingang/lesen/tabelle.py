"""From rows and a header to the text table of a dataset: the same last step for text files and workbooks.

What belongs here: naming columns, reporting missing, unknown and unnamed ones, putting the result together.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.eingang.lesen.bereinigen import VERLOREN, Verdacht, bereinige
from assets.eingang.lesen.grenzen import HOECHSTE_SPALTEN
from assets.eingang.lesen.kopfzeile import Kopf, normalform
from assets.eingang.lesen.typen import (
    Ausgelassen,
    Dialekt,
    GefundeneSpalte,
    GeleseneTabelle,
    Grund,
    Rohtabelle,
    buchstabe,
)
from assets.eingang.lesen.verfaelscht import gemeint
from assets.eingang.lesen.zeilen import Zeilensortierer
from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import (
    BLANK_HEADER,
    DUPLICATE_HEADER,
    EXTRA_COLUMN,
    MISSING_COLUMN,
    MISSING_HEADER,
    MOJIBAKE,
    NO_DATA,
    OPTIONAL_COLUMN,
    PREAMBLE_SKIPPED,
    REPLACEMENT_CHAR,
    TOO_LARGE,
)
from schemas.modell import Spalte


@dataclass(frozen=True, slots=True)
class Fundstelle:
    """A header in its file: Excel row, physical line (None in workbooks) and the rows above it."""

    kopf: Kopf
    zeile: int
    linie: int | None
    vorspann: tuple[tuple[int, tuple[str, ...]], ...]


def baue(
    roh: Rohtabelle,
    stelle: Fundstelle,
    spalten: Sequence[Spalte],
    liste: Befundliste,
    *,
    dialekt: Dialekt,
    verdacht: Verdacht,
) -> GeleseneTabelle:
    """The text table of `roh` under the header at `stelle`; all findings of the file are in `liste` afterwards."""
    kopf = stelle.kopf
    bekannt = {s.name: s for s in spalten}
    gefunden = {
        f"c{i}": GefundeneSpalte(name, kopf.roh[i].strip(), buchstabe(i)) for i, name in enumerate(kopf.namen) if name
    }
    vorspann = _vorspann(stelle, liste)
    _pruefe_kopf(stelle, spalten, liste)
    roh = bereinige(roh, verdacht, gefunden, bekannt, liste)
    plaetze = {c: bekannt[g.name] for c, g in gefunden.items() if g.name in bekannt}
    sortiert = Zeilensortierer(roh, kopf, plaetze).sortiere(liste)
    _pruefe_namenlose(sortiert.daten, stelle, liste)
    if not sortiert.daten.height and not any(a.grund is Grund.FELDZAHL for a in sortiert.ausgelassen):
        liste.neu(NO_DATA)
    auswahl = [pl.col(c).alias(g.name) for c, g in sorted(gefunden.items(), key=lambda e: _rang(e[1].name, bekannt))]
    return GeleseneTabelle(
        zellen=sortiert.daten.select(*auswahl, "zeile", "physische_zeile"),
        dialekt=dialekt,
        ausgelassen=(*vorspann, *sortiert.ausgelassen),
        spalten=tuple(gefunden.values()),
        befunde=liste.befunde,
        anzahl=liste.anzahl,
    )


def unlesbar(liste: Befundliste, dialekt: Dialekt | None = None) -> GeleseneTabelle:
    """The result for a file without a table: nothing but findings."""
    return GeleseneTabelle(None, dialekt or Dialekt(), befunde=liste.befunde, anzahl=liste.anzahl)


def melde_fehlenden_kopf(zeile: int, spalten: Sequence[Spalte], liste: Befundliste) -> None:
    """No row of the beginning names the columns; `zeile` is the first row with text."""
    liste.neu(MISSING_HEADER, Ort(zeile, zeile), erwartet=", ".join(s.name for s in spalten))


def zu_breit(kopf: Kopf, liste: Befundliste) -> bool:
    """Whether the header has more columns than a table can have; reported in `liste`."""
    if len(kopf.roh) <= HOECHSTE_SPALTEN:
        return False
    liste.neu(TOO_LARGE, anzahl=f"mehr als {HOECHSTE_SPALTEN}", was="Spalten", grenze=HOECHSTE_SPALTEN)
    return True


def _rang(name: str, bekannt: Mapping[str, Spalte]) -> tuple[int, str]:
    """Columns in the order of the contract, a status beside its measure."""
    namen = list(bekannt)
    stamm = name if name in bekannt else name.removesuffix("_status")
    return namen.index(stamm), name


def _vorspann(stelle: Fundstelle, liste: Befundliste) -> list[Ausgelassen]:
    if not stelle.vorspann:
        return []
    liste.neu(PREAMBLE_SKIPPED, Ort(stelle.vorspann[0][0]), bis=stelle.vorspann[-1][0])
    return [
        Ausgelassen(nr, Grund.VORSPANN if any(zellen) else Grund.LEER, "; ".join(filter(None, zellen)), zellen)
        for nr, zellen in stelle.vorspann
    ]


def _pruefe_kopf(stelle: Fundstelle, spalten: Sequence[Spalte], liste: Befundliste) -> None:
    """Missing, unknown and doubled columns. A missing column with a `vorgabe` is filled by the conversion.

    A missing optional column is no error, unless an unknown heading looks like it: then it would be lost by mistake.
    """
    kopf = stelle.kopf
    doppelte = {platz for plaetze in kopf.doppelt.values() for platz in plaetze}
    fremd = [(i, k.strip()) for i, k in enumerate(kopf.roh) if not kopf.namen[i] and k.strip() and i not in doppelte]
    for i, ueberschrift in enumerate(kopf.roh):
        ort = Ort(stelle.zeile, stelle.linie, kopf.namen[i], ueberschrift, buchstabe(i))
        if vermutung := gemeint(ueberschrift[:HOECHSTE_SPALTEN]):
            liste.neu(MOJIBAKE, ort, wert=ueberschrift, vorschlag=vermutung)
        if re.search(VERLOREN, ueberschrift):
            liste.neu(REPLACEMENT_CHAR, ort, wert=ueberschrift)
    for spalte in spalten:
        if spalte.name in kopf.namen or spalte.vorgabe is not None:
            continue
        vorschlag = _aehnlich(spalte, [k for _, k in fremd])
        if not spalte.pflicht and vorschlag is None:
            liste.neu(OPTIONAL_COLUMN, Ort(stelle.zeile, stelle.linie, spalte.name))
            continue
        liste.neu(
            MISSING_COLUMN,
            Ort(stelle.zeile, stelle.linie, spalte.name),
            vorschlag=vorschlag,
            gefunden=", ".join(k.strip() for k in kopf.roh if k.strip())[:1000],
            meinten_sie=f" Ist „{vorschlag}“ gemeint?" if vorschlag else "",
        )
    for name, plaetze in kopf.doppelt.items():
        stellen = " und ".join(f"Spalte {buchstabe(i)}" for i in plaetze)
        ort = Ort(stelle.zeile, stelle.linie, name, kopf.roh[plaetze[0]], buchstabe(plaetze[-1]))
        liste.neu(DUPLICATE_HEADER, ort, stellen=stellen)
    for i, ueberschrift in fremd:
        liste.neu(EXTRA_COLUMN, Ort(stelle.zeile, stelle.linie, ueberschrift, ueberschrift, buchstabe(i)))


def _aehnlich(spalte: Spalte, fremde: Sequence[str]) -> str | None:
    """The unknown heading that looks most like a missing column."""
    formen = {normalform(f[:100]): f for f in fremde}
    for name in (spalte.name, spalte.feld.label, *spalte.feld.synonyme):
        gesucht = normalform(name)
        enthalten = [f for f in formen if f and (f.startswith(gesucht) or gesucht.startswith(f))]
        if treffer := [*difflib.get_close_matches(gesucht, formen, 1, 0.75), *enthalten]:
            return formen[treffer[0]]
    return None


def _pruefe_namenlose(daten: pl.DataFrame, stelle: Fundstelle, liste: Befundliste) -> None:
    """Columns without a heading may be empty, as Excel leaves them; with values one is somebody's data."""
    for i, ueberschrift in enumerate(stelle.kopf.roh):
        if not ueberschrift.strip() and daten[f"c{i}"].null_count() < daten.height:
            liste.neu(BLANK_HEADER, Ort(stelle.zeile, stelle.linie, None, None, buchstabe(i)), stelle=buchstabe(i))
