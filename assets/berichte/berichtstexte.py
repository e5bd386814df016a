"""The texts Meldeeinheiten hand in for their reports, at the item of the law they belong to.

What belongs here: which text stands where. What does not: whether it is enough (`assets/auswertung/`). Texts are shown
as they were delivered; the templates escape them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from assets.berichte.daten import Berichtsdaten
from schemas.berichtsinhalt import meldecode, punkte_zu
from schemas.codelisten import GESAMT
from schemas.codelisten_steuerung import ABSCHNITT, VORSCHLAEGE
from schemas.modell import Berichtspunkt, Land, Meldeeinheit

IM_GANZEN = Berichtspunkt(GESAMT, "", "Bericht im Ganzen")
"""Holds the texts that are about no single item."""


@dataclass(frozen=True, slots=True)
class Berichtstext:
    """A text as delivered, its section and calendar year."""

    jahr: int
    abschnitt: str
    text: str


@dataclass(frozen=True, slots=True)
class Punkttexte:
    """The texts of an item, newest year first; empty where it asks for some and there are none."""

    punkt: Berichtspunkt
    texte: tuple[Berichtstext, ...]


@dataclass(frozen=True, slots=True)
class Nebeneinander:
    """The texts of an item of all Meldeeinheiten that have any, and the names of the others."""

    punkt: Berichtspunkt
    texte: tuple[tuple[Meldeeinheit, tuple[Berichtstext, ...]], ...]
    ohne: tuple[str, ...]


def punkttexte(daten: Berichtsdaten, meldeeinheit: str) -> tuple[Punkttexte, ...]:
    """Items that ask for texts, or have one, in the order of the law; at the end what is about the whole report."""
    je_punkt = _je_punkt(daten.land, daten.texte.filter(meldeeinheit=meldeeinheit))
    return tuple(
        Punkttexte(punkt, je_punkt.get(punkt.id, ()))
        for punkt in (*daten.land.berichtspunkte, IM_GANZEN)
        if punkt.abschnitte or punkt.id in je_punkt
    )


def nebeneinander(daten: Berichtsdaten) -> tuple[Nebeneinander, ...]:
    """The same items with the texts of all Meldeeinheiten side by side."""
    land = daten.land
    je_einheit = {m.id: _je_punkt(land, daten.texte.filter(meldeeinheit=m.id)) for m in land.meldeeinheiten}
    return tuple(
        Nebeneinander(
            punkt,
            tuple((m, je_einheit[m.id][punkt.id]) for m in land.meldeeinheiten if punkt.id in je_einheit[m.id]),
            tuple(m.name for m in land.meldeeinheiten if punkt.id not in je_einheit[m.id]),
        )
        for punkt in (*land.berichtspunkte, IM_GANZEN)
        if punkt.abschnitte or any(punkt.id in texte for texte in je_einheit.values())
    )


def vorschlaege(daten: Berichtsdaten, meldeeinheit: str) -> tuple[Berichtstext, ...]:
    """What a Meldeeinheit proposes, newest year first; what it repeats word by word from year to year once only."""
    zeilen = daten.texte.filter(pl.col("abschnitt").is_in(VORSCHLAEGE), meldeeinheit=meldeeinheit)
    einmal: dict[tuple[str, str], Berichtstext] = {}
    for abschnitt, _, text in _in_ordnung(zeilen):
        einmal.setdefault((abschnitt, text.text), text)
    return tuple(einmal.values())


def _je_punkt(land: Land, texte: pl.DataFrame) -> dict[str, tuple[Berichtstext, ...]]:
    codes = {meldecode(p.id): p.id for p in land.berichtspunkte}
    ergebnis: dict[str, tuple[Berichtstext, ...]] = {}
    for abschnitt, code, text in _in_ordnung(texte):
        eigene = punkte_zu(land, abschnitt)
        # A section about one item alone belongs there, whatever its row says.
        punkt = eigene[0] if len(eigene) == 1 else codes.get(code, IM_GANZEN.id)
        ergebnis[punkt] = (*ergebnis.get(punkt, ()), text)
    return ergebnis


def _in_ordnung(texte: pl.DataFrame) -> Iterator[tuple[str, str, Berichtstext]]:
    """(Code of the section, code of the item, text), newest year first; empty texts are none."""
    rang = {code: nr for nr, code in enumerate(ABSCHNITT.schluessel)}
    zeilen = texte.filter(pl.col("text").str.strip_chars() != "").to_dicts()
    zeilen.sort(key=lambda z: (-z["berichtsjahr"], rang.get(z["abschnitt"], len(rang)), z["zeile"] or 0))
    for z in zeilen:
        text = Berichtstext(z["berichtsjahr"], ABSCHNITT.label_von(z["abschnitt"]), z["text"].strip())
        yield z["abschnitt"], z["berichtspunkt"], text
