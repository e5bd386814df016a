"""Questions to a Meldeeinheit that follow from what is known of its deliveries, ready to be put.

What belongs here: which there are, and their words. What does not: putting them (`assets/lieferbuch/rueckfragen.py`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.auswertung.vorjahr import Jahresvergleich
from assets.berichte.zahlen import mit_einheit, runde, zahl
from assets.eingang.dateiname import Lieferschluessel
from assets.lieferbuch.rueckfragen import Frage
from assets.lieferbuch.warnungen import OffeneWarnung
from pipeline.portal.felder import Feld
from schemas.befundregister import alle_befunde
from schemas.datensaetze import alle_datensaetze
from schemas.lieferbuch import ABGEWIESEN
from schemas.modell import Schwere

_GENANNT = 5
"""Findings of one rule written out in one question."""


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """A question that could be put, and what it is about."""

    anlass: str
    frage: Frage

    @property
    def kennung(self) -> str:
        """The same for the same question, so that a form can name it."""
        return hashlib.sha256(f"{self.frage.datensatz}|{self.frage.text}".encode()).hexdigest()[:16]


def zu_lieferungen(felder: Mapping[Lieferschluessel, Feld], frist: date) -> Iterator[Vorschlag]:
    """What is overdue, was rejected, or came late."""
    tag = frist.strftime("%d.%m.%Y")
    for s, feld in felder.items():
        was = _was(s.datensatz, s.berichtsjahr)
        if feld.code in ABGEWIESEN:
            text = (
                f"{was}: Die Datei (Version {feld.version}) wurde nicht angenommen. Wann geben Sie eine berichtigte ab?"
            )
            yield Vorschlag("Nicht angenommen", Frage(s.datensatz, text))
        elif feld.ueberfaellig:
            text = f"{was}: Die Lieferung fehlt; die Frist war der {tag}. Wann können wir damit rechnen?"
            yield Vorschlag("Überfällig", Frage(s.datensatz, text))
        elif feld.verspaetet:
            text = f"{was}: Die Lieferung kam nach der Frist ({tag}). Woran lag es?"
            yield Vorschlag("Verspätet", Frage(s.datensatz, text))


def zu_warnungen(offene: Iterable[tuple[OffeneWarnung, str]]) -> Iterator[Vorschlag]:
    """Warnings without a word of explanation, each with the rows it is about."""
    for warnung, zeilen in offene:
        code, spalte = warnung.gruppe
        datensatz = alle_datensaetze()[warnung.schluessel.datensatz]
        wo = f", Spalte „{datensatz.spalte(spalte).feld.label}“" if spalte else ""
        was = _was(datensatz.name, warnung.schluessel.berichtsjahr)
        ort = f", {zeilen}" if zeilen else ""
        titel = alle_befunde()[code].text.titel
        text = f"{was}, Version {warnung.version}{wo}: {titel}{ort}. Warum stimmen die Angaben?"
        yield Vorschlag("Warnung ohne Begründung", Frage(datensatz.name, text))


def zu_querbefunden(befunde: pl.DataFrame) -> Iterator[Vorschlag]:
    """Findings of rules across files that call for an answer, those of one rule and dataset in one question.

    Args:
        befunde: columns of `schemas.querbefunde.SPALTEN`, of one Meldeeinheit and year.
    """
    for (_, datensatz, jahr), teil in befunde.filter(pl.col("schwere") != Schwere.HINWEIS).group_by(
        "regel", "datensatz", "berichtsjahr", maintain_order=True
    ):
        meldungen = teil["meldung"].to_list()
        rest = f" Weitere Stellen: {len(meldungen) - _GENANNT}." if len(meldungen) > _GENANNT else ""
        text = f"{_was(str(datensatz), int(str(jahr)))}: {' '.join(meldungen[:_GENANNT])}{rest} {teil['abhilfe'][0]}"
        yield Vorschlag("Querprüfung", Frage(str(datensatz) or None, text))


def zu_veraenderungen(vergleiche: Iterable[Jahresvergleich], jahr: int) -> Iterator[Vorschlag]:
    """Sums that changed much since the year before."""
    for vergleich in vergleiche:
        for mass in vergleich.masse:
            if mass.gross and mass.neu is not None and mass.alt is not None:
                neu, alt = (als_text(w, mass.spalte.feld.nachkommastellen) for w in (mass.neu, mass.alt))
                text = (
                    f"{_was(vergleich.datensatz.name, jahr)}, Spalte „{mass.spalte.feld.label}“: "
                    f"{mit_einheit(neu, mass.spalte.feld.einheit or '')} nach {alt} im Vorjahr. "
                    "Wie erklären Sie die Veränderung?"
                )
                yield Vorschlag("Große Veränderung", Frage(vergleich.datensatz.name, text))


def als_text(wert: float, stellen: int) -> str:
    """A sum as people read it; tables of staff add up fractions."""
    return zahl(runde(wert, stellen))


def _was(datensatz: str, jahr: int) -> str:
    """What a question is about; a finding on an indicator is about no single dataset."""
    return f"„{alle_datensaetze()[datensatz].label}“ {jahr}" if datensatz else f"Berichtsjahr {jahr}"
