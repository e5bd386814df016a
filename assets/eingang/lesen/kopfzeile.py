"""Which columns of the contract a header row names.

What belongs here: comparing headings as people write them with the names, labels and synonyms of the contract, and
headers that go over several rows. What does not: finding the row in the file (`dialekt.py`, `arbeitsmappe.py`).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assets.eingang.lesen.verfaelscht import gemeint
from schemas.einheiten import gleiche_einheit
from schemas.modell import Rolle, Spalte, status_von

HOECHSTE_KOPFZEILEN = 3
"""Rows a header may be spread over; more are not read as one."""

LAENGSTE_UEBERSCHRIFT = 300
"""Characters of a heading; a longer cell is a text, and looking for footnote marks in it would take long."""

_FUSSNOTE = re.compile(r"\s*(?:[¹²³⁰⁴-⁹][)⁾]?|[(\[]\d{1,2}[)\]]|(?:\s\d)?\d\)|[*†]+\)?)[,;\s]*$")
_HOECHSTENS_FUSSNOTEN = 3
_DATUMSFORM = re.compile(r"\s*[(\[][TMJ]{2,4}(?:[.\-/][TMJ]{2,4}){0,2}[)\]]\s*$")
"""How to write the date, as templates say it behind the name: (TT.MM.JJJJ)."""
_EINHEIT = re.compile(r"\s*(?:[(\[]([^)\]]+)[)\]]|\s(in\s+\S+))\s*$", re.IGNORECASE)
_UMSCHRIFT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "%": "prozent", "€": "euro"})
_KEIN_BUCHSTABE = re.compile(r"[\W_]+")


@lru_cache(maxsize=50_000)
def normalform(kopf: str) -> str:
    """`kopf` without case, blanks, punctuation, soft hyphens and line breaks, with umlauts written out."""
    text = unicodedata.normalize("NFKC", kopf.replace("\ufeff", "").removeprefix("ï»¿")).lower().translate(_UMSCHRIFT)
    return _KEIN_BUCHSTABE.sub("", "".join(z for z in text if unicodedata.category(z) not in ("Cf", "Cc", "Mn")))


def formen(kopf: str) -> Iterator[tuple[str, str | None]]:
    """Forms of a heading to look up, the most literal first, each with the unit that was cut off its end."""
    kopf = form = " ".join(kopf.split())
    for _ in range(_HOECHSTENS_FUSSNOTEN + 1):
        yield normalform(form), None
        if einheit := _EINHEIT.search(form):
            stamm, wort = form[: einheit.start()], einheit[1] or einheit[2]
            yield normalform(stamm), wort
            yield normalform(f"{stamm} {wort.removeprefix('in ')}"), None
        form = _DATUMSFORM.sub("", _FUSSNOTE.sub("", form))
    if vermutung := gemeint(kopf):
        yield normalform(vermutung), None


@dataclass(frozen=True, slots=True)
class Kopf:
    """A header as it was understood.

    `roh` are the headings in the order of the file, `namen` the contract's name at each place (None where there is
    none), `doppelt` the places of each name that more than one heading claims, `zeilen` how many rows it covers.
    """

    roh: tuple[str, ...]
    namen: tuple[str | None, ...]
    doppelt: Mapping[str, tuple[int, ...]]
    zeilen: int

    @property
    def treffer(self) -> int:
        """How many columns of the contract it names."""
        return len({n for n in self.namen if n})


class Namensbuch:
    """Every way to write the columns of a dataset, and what it means."""

    def __init__(self, spalten: Sequence[Spalte]) -> None:
        self._eintraege: dict[str, tuple[int, str]] = {}
        self._gesucht: dict[str, tuple[int, str] | None] = {}
        self.anzahl = len(spalten)
        self._einheiten = {s.name: s.feld.einheit for s in spalten}
        for rang, art in enumerate((_namen, _labels, _synonyme)):
            neu: dict[str, set[str]] = {}
            for form, name in art(spalten):
                neu.setdefault(normalform(form), set()).add(name)
            for form, namen in neu.items():
                # A synonym of two columns tells nothing; a name outranks labels, a label outranks synonyms.
                if form and len(namen) == 1:
                    self._eintraege.setdefault(form, (rang, namen.pop()))

    def suche(self, kopf: str) -> tuple[int, str] | None:
        """(rank, column name) of a heading, or None; a smaller rank is a more literal match."""
        if kopf not in self._gesucht:
            # The same cells are looked at under every delimiter and once more as part of longer headers.
            self._gesucht[kopf] = self._suche(kopf)
        return self._gesucht[kopf]

    def _suche(self, kopf: str) -> tuple[int, str] | None:
        if len(kopf) > LAENGSTE_UEBERSCHRIFT:
            return None
        for form, einheit in formen(kopf):
            eintrag = self._eintraege.get(form)
            if eintrag and (einheit is None or gleiche_einheit(einheit, self._einheiten.get(eintrag[1]))):
                return eintrag
        return None

    def deute(self, zeile: Sequence[str], zeilen: int = 1) -> Kopf:
        """The header row `zeile`, each column of the contract assigned to the best heading for it."""
        funde = [self.suche(kopf) for kopf in zeile]
        plaetze: dict[str, list[tuple[int, int]]] = {}
        for platz, fund in enumerate(funde):
            if fund:
                plaetze.setdefault(fund[1], []).append((fund[0], platz))
        namen: list[str | None] = [None] * len(zeile)
        doppelt: dict[str, tuple[int, ...]] = {}
        for name, kandidaten in plaetze.items():
            bester_rang = min(kandidaten)[0]
            beste = tuple(platz for rang, platz in kandidaten if rang == bester_rang)
            namen[beste[0]] = name
            if len(beste) > 1:
                doppelt[name] = beste
        return Kopf(tuple(zeile), tuple(namen), doppelt, zeilen)

    def bester_kopf(self, zeilen: Sequence[Sequence[str]]) -> Kopf:
        """The header that begins with the first of `zeilen`, over as many of them as name the most columns."""
        bester = self.deute(zeilen[0])
        for anzahl in range(2, min(HOECHSTE_KOPFZEILEN, len(zeilen)) + 1):
            kopf = self.deute(verbunden(zeilen[:anzahl], self), anzahl)
            if kopf.treffer > bester.treffer:
                bester = kopf
        return bester


def verbunden(zeilen: Sequence[Sequence[str]], buch: Namensbuch) -> list[str]:
    """One heading per column from several header rows; an upper cell covers the empty ones to its right.

    Of `upper lower`, the lower and the upper cell alone, the first that the contract knows counts. Cells that name two
    different columns are no heading of one: the rows belong side by side, not together.
    """
    breite = max(len(z) for z in zeilen)
    koepfe: list[str] = []
    oben = ""
    gefuellt = [[*z, *[""] * (breite - len(z))] for z in zeilen]
    for spalte in zip(*gefuellt, strict=True):
        erste, unten = spalte[0].strip(), [t.strip() for t in spalte[1:] if t.strip()]
        oben = erste or (oben if unten else "")
        teile = [t for t in (oben, *unten) if t]
        wahl = [" ".join(teile), " ".join(unten), oben if erste and not unten else ""]
        namen = {fund[1] for t in (erste, *unten) if t and (fund := buch.suche(t))}
        koepfe.append(next((w for w in wahl if w and len(namen) < 2 and buch.suche(w)), " ".join(teile)))
    return koepfe


def _namen(spalten: Sequence[Spalte]) -> Iterator[tuple[str, str]]:
    for spalte in spalten:
        yield spalte.name, spalte.name
        if spalte.rolle is Rolle.MASS:
            yield status_von(spalte.name), status_von(spalte.name)


def _labels(spalten: Sequence[Spalte]) -> Iterator[tuple[str, str]]:
    for spalte in spalten:
        yield spalte.feld.label, spalte.name
        if spalte.rolle is Rolle.MASS:
            yield f"{spalte.feld.label} Status", status_von(spalte.name)


def _synonyme(spalten: Sequence[Spalte]) -> Iterator[tuple[str, str]]:
    for spalte in spalten:
        for synonym in spalte.feld.synonyme:
            yield synonym, spalte.name
