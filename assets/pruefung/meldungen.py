"""Findings of the conversion at their places in the sender's file.

What belongs here: turning "this text means that" into one finding per cell, with row, column letter and heading. What
does not: deciding what is wrong.
"""

from collections.abc import Mapping

import polars as pl

from assets.eingang.lesen import GeleseneTabelle
from assets.pruefung.deutung import Deutung
from schemas.befunde import Befundliste, Ort
from schemas.lesebefunde import DEFAULT_COLUMN


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

    def je_text(self, texte: pl.Series, deutungen: Mapping[str, Deutung]) -> None:
        """A finding for every cell whose text has one in `deutungen`; the column is the name of `texte`."""
        je_regel: dict[str, list[str]] = {}
        for text, deutung in deutungen.items():
            if deutung.regel is not None:
                je_regel.setdefault(deutung.regel.id, []).append(text)
        for betroffene in je_regel.values():
            self._melde(texte, texte.is_in(betroffene), {text: deutungen[text] for text in betroffene})

    def je_zeile(self, texte: pl.Series, betroffen: pl.Series, deutung: Deutung) -> None:
        """The same finding for every row of the mask `betroffen`."""
        self._melde(texte, betroffen, deutung)

    def _melde(self, texte: pl.Series, betroffen: pl.Series, deutung: Deutung | Mapping[str, Deutung]) -> None:
        stellen = self._orte.with_columns(texte.alias("text")).filter(betroffen)
        regel = deutung.regel if isinstance(deutung, Deutung) else next(iter(deutung.values())).regel
        if regel is None:
            return
        frei = self.liste.frei(regel, texte.name)
        for zeile, linie, text in stellen.head(frei).iter_rows():
            d = deutung if isinstance(deutung, Deutung) else deutung[text]
            self.liste.neu(regel, self._ort(texte.name, zeile, linie), wert=text, vorschlag=d.vorschlag, **d.werte)
        self.liste.zaehle(regel, stellen.height - frei, texte.name)

    def _ort(self, name: str, zeile: int | None, linie: int | None) -> Ort:
        gefunden = self._spalten.get(name)
        if gefunden is None:
            return Ort(zeile, linie, name)
        return Ort(zeile, linie, name, gefunden.kopf, gefunden.buchstabe)
