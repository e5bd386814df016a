"""The law's checklist on pages: the items of a Meldeeinheit by calendar year, and all Meldeeinheiten side by side.

What belongs here: states put into rows, links to where an item is shown, and what the report of a period calls itself.
What does not: judging items (`assets/auswertung/berichtspunkte.py`) and the texts handed in (`berichtstexte.py`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assets.auswertung.berichtspunkte import fassung, jahre_von
from assets.berichte.daten import Berichtsdaten
from assets.berichte.worte import aufzaehlung, datum, jahre, kennung
from schemas.berichtsstand import FASSUNG, PUNKTSTAND, Punktstand
from schemas.modell import Berichtspunkt, Berichtszeitraum, Land, Meldeeinheit

_REGISTER = "stellen"
_LISTE = "berichtspunkte"
"""Where a report has its own checklist."""


@dataclass(frozen=True, slots=True)
class Punktzelle:
    """State of an item and why; `stand` is its code."""

    stand: str
    label: str
    grund: str


@dataclass(frozen=True, slots=True)
class Berichtskopf:
    """What a report says of the Berichtszeitraum it covers."""

    bezeichnung: str
    fassung: str
    bedeutung: str
    faellig: str


@dataclass(frozen=True, slots=True)
class Zeitraumspalten:
    """A Berichtszeitraum of a checklist and its columns: calendar years, those to come together, the whole."""

    kopf: Berichtskopf
    spalten: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Punktzeile:
    """An item, (anchor, text) of where it is shown, and a cell per column."""

    punkt: Berichtspunkt
    verweise: tuple[tuple[str, str], ...]
    zellen: tuple[Punktzelle, ...]


@dataclass(frozen=True, slots=True)
class Checkliste:
    """All items of a Meldeeinheit; `satz` counts them for the newest Berichtszeitraum."""

    zeitraeume: tuple[Zeitraumspalten, ...]
    zeilen: tuple[Punktzeile, ...]
    satz: str

    @property
    def kopf(self) -> Berichtskopf:
        """The newest Berichtszeitraum: the one the report is about."""
        return self.zeitraeume[-1].kopf


@dataclass(frozen=True, slots=True)
class Punktmatrix:
    """Items by Meldeeinheit for a Berichtszeitraum as a whole, in the order of the Land."""

    anker: str
    bezeichnung: str
    satz: str
    zeilen: tuple[tuple[Berichtspunkt, tuple[Punktzelle, ...]], ...]


@dataclass(frozen=True, slots=True)
class Einzelliste:
    """All items of one Meldeeinheit: the item, the anchor in its report, a cell per Punktmatrix."""

    einheit: Meldeeinheit
    zeilen: tuple[tuple[Berichtspunkt, str, tuple[Punktzelle, ...]], ...]


_Staende = Mapping[tuple[date, int | None, str], Punktzelle]
"""(First day of the period, year or None, item) -> its cell, of one Meldeeinheit."""


def anker(punkt: str) -> str:
    """Where the texts of an item stand."""
    return f"p-{kennung(punkt)}"


def begonnene(land: Land) -> tuple[Berichtszeitraum, ...]:
    """The periods for which figures are collected."""
    return tuple(z for z in land.berichtszeitraeume if set(jahre_von(z)) & set(land.berichtsjahre))


def checkliste(daten: Berichtsdaten, meldeeinheit: str, mit_text: Sequence[str]) -> Checkliste | None:
    """The checklist of a Meldeeinheit; None where the Land has none or nothing was judged.

    Args:
        daten: what pages are made from.
        meldeeinheit: whose.
        mit_text: items with a section of texts on the page.
    """
    staende = _staende(daten).get(meldeeinheit)
    zeitraeume = begonnene(daten.land)
    if not staende or not zeitraeume:
        return None
    spalten = [_spalten(daten.land, z) for z in zeitraeume]
    zeilen = tuple(
        Punktzeile(
            punkt,
            _verweise(daten, punkt, punkt.id in mit_text),
            tuple(
                _zelle(staende, z, teil, punkt.id)
                for z, teile in zip(zeitraeume, spalten, strict=True)
                for teil in teile.values()
            ),
        )
        for punkt in daten.land.berichtspunkte
    )
    koepfe = [
        Zeitraumspalten(_kopf(daten, z, staende), tuple(teile)) for z, teile in zip(zeitraeume, spalten, strict=True)
    ]
    return Checkliste(tuple(koepfe), zeilen, _satz(zeilen, koepfe[-1].kopf))


def matrizen(daten: Berichtsdaten) -> tuple[Punktmatrix, ...]:
    """The items of all Meldeeinheiten, newest Berichtszeitraum first; none where nothing was judged."""
    alle = _staende(daten)
    if not alle:
        return ()
    return tuple(_matrix(daten, z, alle) for z in reversed(begonnene(daten.land)))


def einzellisten(daten: Berichtsdaten, alle: Sequence[Punktmatrix]) -> tuple[Einzelliste, ...]:
    """The same by Meldeeinheit, with the place where its report shows the item."""

    def zeile(nummer: int, platz: int) -> tuple[Berichtspunkt, str, tuple[Punktzelle, ...]]:
        punkt = alle[0].zeilen[platz][0]
        ziele = _verweise(daten, punkt, mit_text=False)
        return punkt, ziele[0][0] if ziele else _LISTE, tuple(m.zeilen[platz][1][nummer] for m in alle)

    plaetze = range(len(alle[0].zeilen)) if alle else range(0)
    return tuple(
        Einzelliste(m, tuple(zeile(nummer, platz) for platz in plaetze))
        for nummer, m in enumerate(daten.land.meldeeinheiten)
    )


def _matrix(daten: Berichtsdaten, zeitraum: Berichtszeitraum, alle: Mapping[str, _Staende]) -> Punktmatrix:
    einheiten = [m.id for m in daten.land.meldeeinheiten]
    fassungen = Counter(_kopf(daten, zeitraum, alle[e]).fassung for e in einheiten)
    zahlen = aufzaehlung([f"{fassungen[c.label]} × {c.label}" for c in FASSUNG.codes if fassungen[c.label]])
    return Punktmatrix(
        f"punkte-{zeitraum.von.year}",
        zeitraum.bezeichnung,
        f"Fällig am {datum(zeitraum.faellig)}. Berichte der {daten.land.namen['meldeeinheiten']}: {zahlen}.",
        tuple((p, tuple(alle[e][zeitraum.von, None, p.id] for e in einheiten)) for p in daten.land.berichtspunkte),
    )


def _staende(daten: Berichtsdaten) -> dict[str, dict[tuple[date, int | None, str], Punktzelle]]:
    ergebnis: dict[str, dict[tuple[date, int | None, str], Punktzelle]] = {}
    for z in daten.punkte.iter_rows(named=True):
        ergebnis.setdefault(z["meldeeinheit"], {})[z["zeitraum_von"], z["berichtsjahr"], z["punkt"]] = _als_zelle(z)
    return ergebnis


def _als_zelle(zeile: dict[str, Any]) -> Punktzelle:
    return Punktzelle(zeile["stand"], PUNKTSTAND.label_von(zeile["stand"]), zeile["begruendung"])


def _spalten(land: Land, zeitraum: Berichtszeitraum) -> dict[str, tuple[int | None, ...]]:
    """Column titles and the years each holds; (None,) is the period as a whole, shown where it has several years."""
    erhoben = [j for j in jahre_von(zeitraum) if j in land.berichtsjahre]
    spaeter = tuple(j for j in jahre_von(zeitraum) if j not in land.berichtsjahre)
    spalten: dict[str, tuple[int | None, ...]] = {str(j): (j,) for j in erhoben}
    spalten |= {jahre(spaeter): spaeter} if spaeter else {}
    return spalten | ({"im Ganzen": (None,)} if len(spalten) > 1 else {})


def _zelle(staende: _Staende, zeitraum: Berichtszeitraum, teil: tuple[int | None, ...], punkt: str) -> Punktzelle:
    """The state in a year; of several years to come, and of the whole where a year says it already, only the state."""
    zellen = [staende[zeitraum.von, jahr, punkt] for jahr in teil]
    if len(zellen) > 1:
        return Punktzelle(zellen[0].stand, " / ".join(dict.fromkeys(z.label for z in zellen)), "")
    (zelle,) = zellen
    gesagt = {staende[zeitraum.von, jahr, punkt].grund for jahr in jahre_von(zeitraum)}
    return replace(zelle, grund="") if teil == (None,) and zelle.grund in gesagt else zelle


def _kopf(daten: Berichtsdaten, zeitraum: Berichtszeitraum, staende: _Staende) -> Berichtskopf:
    im_ganzen = [z.stand for (von, jahr, _), z in staende.items() if von == zeitraum.von and jahr is None]
    art = fassung(daten.zeitlagen[zeitraum.von], im_ganzen)
    code = next(c for c in FASSUNG.codes if c.code == art)
    return Berichtskopf(zeitraum.bezeichnung, code.label, code.beschreibung, datum(zeitraum.faellig))


def _satz(zeilen: Sequence[Punktzeile], kopf: Berichtskopf) -> str:
    """The states of the newest period as a whole, counted."""
    zaehlung = Counter(z.zellen[-1].stand for z in zeilen)
    teile = [f"{zaehlung[s]} {PUNKTSTAND.label_von(s)}" for s in Punktstand if zaehlung[s]]
    return f"{len(zeilen)} Berichtspunkte, Berichtszeitraum {kopf.bezeichnung}: {aufzaehlung(teile)}."


def _verweise(daten: Berichtsdaten, punkt: Berichtspunkt, mit_text: bool) -> tuple[tuple[str, str], ...]:
    """Where the page shows an item: its indicators, the register, its texts."""
    namen = {i.id: i.name for i in daten.katalog}
    ziele = [(f"k-{kennung(i)}", namen[i]) for i in punkt.indikatoren if i in namen]
    ziele += [(_REGISTER, "Verzeichnis der Stellen")] if _REGISTER in punkt.datensaetze else []
    ziele += [("ueberblick", "Alle Kennzahlen im Überblick")] if punkt.umfasst else []
    ziele += [(anker(punkt.id), "Texte")] if mit_text else []
    return tuple(ziele)
