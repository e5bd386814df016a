"""Findings of the conversion at their places in the sender's file.

What belongs here: turning "this text means that" into one finding per cell, with row, column letter and heading. What
does not: deciding what is wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from assets.eingang.lesen import GeleseneTabelle
from assets.pruefung.deutung import Deutung
from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import DEFAULT_COLUMN


@dataclass(frozen=True, slots=True)
class Auffaellige:
    """Texts of a column that have a finding, by its id.

    What a text means is asked of `deute` once more for the few findings that are kept: a million different wrong texts
    must not cost the memory of a million explanations.
    """

    je_regel: Mapping[str, pl.Series]
    deute: Callable[[str], Deutung]


class Melder:
    """Collects the findings of one table; knows where its rows and columns stand in the file."""

    def __init__(self, gelesen: GeleseneTabelle, zellen: pl.DataFrame) -> None:
        self._orte = zellen.select("zeile", "physische_zeile")
        self._spalten = {s.name: s for s in gelesen.spalten}
        self._kopfzeile = gelesen.dialekt.kopfzeile_nr
        self.liste = Befundliste()

    def ergaenzt(self, name: str, vorgabe: str) -> None:
        """A column the file does not have was filled with its default."""
        self.liste.neu(DEFAULT_COLUMN, Ort(self._kopfzeile, None, name), vorgabe=vorgabe)

    def je_text(self, texte: pl.Series, auffaellige: Auffaellige | None) -> None:
        """A finding for every cell whose text has one; the column is the name of `texte`."""
        if auffaellige is None:
            return
        deute = cache(auffaellige.deute)
        for betroffene in auffaellige.je_regel.values():
            self._melde(texte, texte.is_in(betroffene.implode()), deute)

    def je_zeile(self, texte: pl.Series, betroffen: pl.Series, deutung: Deutung) -> None:
        """The same finding for every row of the mask `betroffen`."""
        self._melde(texte, betroffen, deutung)

    def _melde(self, texte: pl.Series, betroffen: pl.Series, deutung: Deutung | Callable[[str], Deutung]) -> None:
        stellen = self._orte.with_columns(texte.alias("text")).filter(betroffen)
        if stellen.is_empty():
            return
        regel = (deutung if isinstance(deutung, Deutung) else deutung(stellen["text"][0])).regel
        if regel is None:
            return
        frei = self.liste.frei(regel, texte.name)
        for zeile, linie, text in stellen.head(frei).iter_rows():
            d = deutung if isinstance(deutung, Deutung) else deutung(text)
            self.liste.neu(regel, self._ort(texte.name, zeile, linie), wert=text, vorschlag=d.vermutung(), **d.werte)
        self.liste.zaehle(regel, stellen.height - frei, texte.name)

    def _ort(self, name: str, zeile: int | None, linie: int | None) -> Ort:
        gefunden = self._spalten.get(name)
        if gefunden is None:
            return Ort(zeile, linie, name)
        return Ort(zeile, linie, name, gefunden.kopf, gefunden.buchstabe)
