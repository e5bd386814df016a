"""An accepted table beside the one of the year before: rows, sums of its measures, and which of them changed much.

What belongs here: control sums of what a Meldeeinheit delivered. What does not: indicators, and rules about change
(`assets/querpruefung/verlauf.py`), which follow single series and know what chance does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import polars as pl

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.pruefung.uebernehmen import pfad_geprueft
from schemas.codelisten import GESAMT
from schemas.datensaetze import alle_datensaetze
from schemas.modell import Datensatz, Land, Pruefumgebung, Spalte, status_von
from schemas.wertstatus import MIT_WERT, Wertstatus

JAHR_FEHLT = "für dieses Jahr liegt nichts Angenommenes vor"
VORJAHR_FEHLT = "für das Vorjahr liegt nichts Angenommenes vor"
OHNE_ZAHL = "in einem der Jahre stehen Angaben ohne Zahl"
NICHT_ERHOBEN = "in einem der Jahre ist nichts angegeben"
ANDERS_GEZAEHLT = "es wurde anders gezählt"
TEILJAHR = "eines der Jahre ist kein volles Jahr"

_SUMMIERBAR = frozenset({*MIT_WERT, Wertstatus.NICHT_SINNVOLL})
"""Where a figure makes no sense, there is none to add; every other sign stands for one nobody told us."""
_IM_JAHR = "stichtag"


@dataclass(frozen=True, slots=True)
class Massvergleich:
    """The sum of a measure in both years; `grund` says why they cannot be compared, empty where they can."""

    spalte: Spalte
    neu: float | None
    alt: float | None
    grund: str
    gross: bool = False

    @property
    def differenz(self) -> float | None:
        """This year less the year before, None where they cannot be compared."""
        return self.neu - self.alt if self.neu is not None and self.alt is not None and not self.grund else None

    @property
    def anteil(self) -> float | None:
        """The difference as a share of the year before, None where that is nothing."""
        return self.differenz / abs(self.alt) if self.differenz is not None and self.alt else None


@dataclass(frozen=True, slots=True)
class Jahresvergleich:
    """A delivery beside the one of the year before; rows are None where a year has no accepted table.

    `grund` says why no measure at all can be compared, empty where some may be.
    """

    datensatz: Datensatz
    zeilen_neu: int | None
    zeilen_alt: int | None
    grund: str
    masse: tuple[Massvergleich, ...]


def jahresvergleiche(ablage: Ablage, land: Land, meldeeinheit: str, jahr: int) -> Iterator[Jahresvergleich]:
    """All datasets of a Meldeeinheit that were accepted in this year or the one before, in the order of the Land."""
    for name in land.datensaetze:
        neu, alt = (_lies(ablage, Lieferschluessel(name, j, meldeeinheit)) for j in (jahr, jahr - 1))
        if neu is not None or alt is not None:
            yield vergleiche(alle_datensaetze()[name], neu, alt, land, jahr)


def _lies(ablage: Ablage, schluessel: Lieferschluessel) -> pl.DataFrame | None:
    try:
        return ablage.lies_tabelle(pfad_geprueft(schluessel))
    except FileNotFoundError:
        return None


def vergleiche(
    datensatz: Datensatz, neu: pl.DataFrame | None, alt: pl.DataFrame | None, land: Land, jahr: int
) -> Jahresvergleich:
    """Two accepted tables of one dataset, None where there is none."""
    grund = _grund(datensatz, neu, alt, land, jahr)
    seiten = ((neu, jahr), (alt, jahr - 1))
    masse = tuple(_mass(datensatz.spalte(m), datensatz, seiten, land, grund) for m in datensatz.masse)
    return Jahresvergleich(
        datensatz, None if neu is None else neu.height, None if alt is None else alt.height, grund, masse
    )


def _grund(datensatz: Datensatz, neu: pl.DataFrame | None, alt: pl.DataFrame | None, land: Land, jahr: int) -> str:
    """Why no measure of the tables can be compared; empty if they can."""
    if neu is None:
        return JAHR_FEHLT
    if alt is None:
        return VORJAHR_FEHLT
    weisen = [set(t.select(datensatz.vergleichsschluessel).unique().iter_rows()) for t in (neu, alt)]
    if weisen[0] != weisen[1] and all(weisen):
        return ANDERS_GEZAEHLT
    # A stock at a date is the same thing in a stub; everything else adds up over the period.
    voll = all(Pruefumgebung(land, land.meldeeinheiten[0], j).jahresanteil == 1 for j in (jahr - 1, jahr))
    return "" if voll or not datensatz.masse or _IM_JAHR in datensatz.schluessel else TEILJAHR


def _mass(
    spalte: Spalte, datensatz: Datensatz, seiten: Iterable[tuple[pl.DataFrame | None, int]], land: Land, grund: str
) -> Massvergleich:
    """A measure in both tables, each given with its year; `grund` says why no measure of them can be compared."""
    summen = [None if t is None else _summe(t, datensatz, spalte.name, jahr) for t, jahr in seiten]
    neu, alt = (s if isinstance(s, float) else None for s in summen)
    if not grund and (neu is None or alt is None):
        grund = OHNE_ZAHL if OHNE_ZAHL in summen else NICHT_ERHOBEN
    return Massvergleich(spalte, neu, alt, grund, gross=not grund and _ist_gross(neu, alt, land))


def _ist_gross(neu: float | None, alt: float | None, land: Land) -> bool:
    """Far enough apart for a question, by the same thresholds as the rules about change."""
    if neu is None or alt is None:
        return False
    viel = max(abs(neu), abs(alt)) >= land.schwellen["veraenderung_mindestens"]
    return viel and abs(neu - alt) > land.schwellen["veraenderung"] * abs(alt)


def _summe(tabelle: pl.DataFrame, datensatz: Datensatz, mass: str, jahr: int) -> float | str | None:
    """The sum of a measure, `OHNE_ZAHL` where part of it is no number, None where nobody filled it in."""
    zellen = tabelle.filter(pl.col(status_von(mass)).is_not_null())
    if _IM_JAHR in datensatz.schluessel:
        # The stock of the year before may be delivered again beside the new one.
        zellen = zellen.filter(pl.col(_IM_JAHR).dt.year() == jahr)
    if zellen.is_empty():
        return None
    zellen = ohne_gliederungen(zellen, datensatz)
    if not set(zellen[status_von(mass)].to_list()) <= _SUMMIERBAR:
        return OHNE_ZAHL
    return float(zellen[mass].cast(pl.Float64).sum())


def ohne_gliederungen(tabelle: pl.DataFrame, datensatz: Datensatz) -> pl.DataFrame:
    """The rows without those that are part of another one: of a total in the same place."""
    ergebnis = tabelle
    for spalte in datensatz.schluessel:
        if tabelle.schema[spalte] == pl.String:
            andere = [s for s in datensatz.schluessel if s != spalte]
            gesamt = pl.col(spalte).eq_missing(GESAMT)
            teile = ergebnis.filter(~gesamt).join(tabelle.filter(gesamt), on=andere, how="anti", nulls_equal=True)
            ergebnis = pl.concat([teile, ergebnis.filter(gesamt)])
    return ergebnis
