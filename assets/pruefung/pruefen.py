"""Checks one delivery from bytes to verdict: read, convert, test; nothing is stored here.

What belongs here: the order of the steps and what their findings mean for the delivery.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from assets.eingang.dateiname import ist_mappe
from assets.eingang.lesen import GeleseneTabelle, lies_mappe, lies_tabelle
from assets.eingang.unausgefuellt import UNVERDAECHTIG, ist_unausgefuellt
from assets.pruefung.berichtigung import berichtige_und_pruefe
from assets.pruefung.korrekturen import Korrektur, Korrekturergebnis
from assets.pruefung.umwandeln import wandle_um
from assets.pruefung.verwechslung import ohne_verwechslung
from schemas.befunde import Art, Befund, befund, je_kennung
from schemas.befundregister import alle_befunde
from schemas.erwartung import FEHLANZEIGE
from schemas.lesebefunde import NO_DATA, NOT_FILLED_IN
from schemas.modell import Datensatz, Land, Pruefumgebung, Schwere

HOECHSTZAHL_BEFUNDE = 5_000
"""Findings shown of one delivery, shared out evenly among the kinds there are; totals are counted over all of them."""


@dataclass(frozen=True, slots=True)
class Pruefung:
    """The verdict on one file.

    `tabelle` is the converted table if the file is accepted, else None. `anzahl` counts findings per severity and
    `je_art` per kind, also beyond those listed in `befunde`. `gelesen` is the file as it was read.
    """

    datensatz: str
    tabelle: pl.DataFrame | None
    befunde: tuple[Befund, ...]
    anzahl: dict[Schwere, int]
    je_art: Mapping[Art, int]
    zeilen: int
    gelesen: GeleseneTabelle
    korrekturen: tuple[Korrekturergebnis, ...]

    @property
    def je_regel(self) -> dict[str, int]:
        """All findings per rule or finding code."""
        return dict(sorted(je_kennung(self.je_art).items()))

    @property
    def zustand(self) -> str:
        """State of the delivery after this check (codes of `schemas.lieferstand.ZUSTAND`)."""
        if (NOT_FILLED_IN.id, None) in self.je_art:
            return "nicht_ausgefuellt"
        if self.tabelle is None:
            return "zurueckgewiesen"
        return "angenommen_mit_hinweisen" if self.befunde else "angenommen"


def pruefe(
    inhalt: bytes,
    dateiname: str,
    datensatz: Datensatz,
    umgebung: Pruefumgebung,
    korrekturen: Sequence[Korrektur] = (),
) -> Pruefung:
    """Reads, converts, corrects and tests a file as a delivery of `datensatz`; accepted means no finding that rejects.

    Rules are tested even where single cells failed: such cells are empty then, and no rule judges an empty cell, so the
    deliverer sees everything at once and nothing twice.
    """
    return pruefe_gelesenes(lies(inhalt, dateiname, datensatz), datensatz, umgebung, korrekturen)


def pruefe_gelesenes(
    gelesen: GeleseneTabelle, datensatz: Datensatz, umgebung: Pruefumgebung, korrekturen: Sequence[Korrektur] = ()
) -> Pruefung:
    """The same for a file that was read already."""
    datensatz = datensatz.fuer(umgebung.land)
    gelesen = _eingeordnet(gelesen, datensatz, umgebung.land)
    befunde: list[Befund] = list(gelesen.befunde)
    tabelle: pl.DataFrame | None = None
    berichtigungen: tuple[Korrekturergebnis, ...] = ()
    anzahl: Counter[Art] = Counter(gelesen.anzahl)
    if gelesen.zellen is not None and (NOT_FILLED_IN.id, None) not in anzahl:
        umgewandelt = wandle_um(gelesen, datensatz.spalten)
        berichtigt, regeln = berichtige_und_pruefe(umgewandelt.tabelle, datensatz, umgebung, korrekturen)
        tabelle, berichtigungen = berichtigt.tabelle, berichtigt.ergebnisse
        befunde += [*umgewandelt.befunde, *berichtigt.befunde, *regeln.befunde]
        anzahl += Counter(umgewandelt.anzahl) + Counter(berichtigt.anzahl) + Counter(regeln.anzahl)
    je_schwere = Counter(dict.fromkeys(Schwere, 0))
    for (code, _), zahl in anzahl.items():
        je_schwere[alle_befunde()[code].schwere] += zahl
    return Pruefung(
        datensatz=datensatz.name,
        tabelle=tabelle if je_schwere[Schwere.FEHLER] == 0 else None,
        befunde=_mit_buchstaben(_geordnet(_gezeigte(befunde)), gelesen),
        anzahl=dict(je_schwere),
        je_art=dict(anzahl),
        zeilen=0 if tabelle is None else tabelle.height,
        gelesen=gelesen,
        korrekturen=berichtigungen,
    )


def lies(inhalt: bytes, dateiname: str, datensatz: Datensatz) -> GeleseneTabelle:
    """The dataset's table: its own sheet of a workbook for several datasets, else the one table of the file."""
    if ist_mappe(dateiname):
        blaetter = lies_mappe(inhalt, dateiname, {datensatz.name: datensatz.spalten})
        if datensatz.name in blaetter:
            return blaetter[datensatz.name]
    return lies_tabelle(inhalt, dateiname, datensatz.spalten)


def _eingeordnet(gelesen: GeleseneTabelle, datensatz: Datensatz, land: Land) -> GeleseneTabelle:
    """The file, if it is a delivery of the dataset; else with what it is instead: another's, a blank template, none."""
    if ist_unausgefuellt(gelesen, datensatz):
        fehlanzeige = _WAS_FEHLANZEIGE if datensatz.fehlanzeige else ""
        fund = befund(NOT_FILLED_IN, fehlanzeige=fehlanzeige)
        return replace(gelesen, befunde=(fund,), anzahl={fund.art: 1})
    return _als_fehlanzeige(ohne_verwechslung(gelesen, datensatz, land.datensaetze), datensatz)


_WAS_FEHLANZEIGE = (
    " Gibt es nichts zu melden, bitte die vorbelegte Zeile löschen: Eine Datei nur mit der Kopfzeile gilt als "
    "Fehlanzeige."
)


def _als_fehlanzeige(gelesen: GeleseneTabelle, datensatz: Datensatz) -> GeleseneTabelle:
    """The file with the error that there are no rows replaced by a hint, where the dataset allows to report nothing."""
    fehler = {b.code for b in gelesen.befunde if b.schwere is Schwere.FEHLER}
    ausgelassen = {a.grund for a in gelesen.ausgelassen}
    if not datensatz.fehlanzeige or fehler != {NO_DATA.id} or not ausgelassen <= UNVERDAECHTIG:
        return gelesen
    befunde = tuple(b if b.code != NO_DATA.id else befund(FEHLANZEIGE) for b in gelesen.befunde)
    anzahl = {(FEHLANZEIGE.id if code == NO_DATA.id else code, s): zahl for (code, s), zahl in gelesen.anzahl.items()}
    return replace(gelesen, befunde=befunde, anzahl=anzahl)


def _gezeigte(befunde: list[Befund]) -> list[Befund]:
    """The findings that are shown: of every kind the first ones, so that no kind is left out for another's many."""
    if len(befunde) <= HOECHSTZAHL_BEFUNDE:
        return befunde
    je_art: dict[Art, list[Befund]] = {}
    for b in sorted(befunde, key=lambda b: b.zeile or 0):
        je_art.setdefault(b.art, []).append(b)
    gezeigt: list[Befund] = []
    for offen, eigene in zip(range(len(je_art), 0, -1), sorted(je_art.values(), key=len), strict=True):
        # What a kind with few findings leaves of its share goes to the others.
        gezeigt += eigene[: max(1, (HOECHSTZAHL_BEFUNDE - len(gezeigt)) // offen)]
    return gezeigt


def _geordnet(befunde: list[Befund]) -> list[Befund]:
    """Errors first, then by place in the file."""
    rang = list(Schwere)
    return sorted(befunde, key=lambda b: (rang.index(b.schwere), b.zeile or 0, b.spalte or "", b.code))


def _mit_buchstaben(befunde: list[Befund], gelesen: GeleseneTabelle) -> tuple[Befund, ...]:
    """Rules know columns by their names; the deliverer sees letters as well."""
    buchstaben = {s.name: s.buchstabe for s in gelesen.spalten}
    return tuple(b if b.buchstabe else replace(b, buchstabe=buchstaben.get(b.spalte or "")) for b in befunde)
