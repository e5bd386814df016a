"""Rows of `finanzen`: the invented allocation of each Fördergegenstand, and what became of it.

Notices, instalments, forwarding and spending fit together: what is paid out is the allocation, what is forwarded and
spent is a little less, and every Träger of the plan gets a share that fits its posts.
"""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from pipeline.beispiele.inhalt import Auftrag, Wert, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.zufall import aufteilen, hundertstel
from schemas.codelisten_steuerung import FG, OHNE_BEREICH

_ARTEN: dict[str, dict[str, tuple[str, ...]]] = {
    # Fördergegenstand -> Bereich -> kinds of Stellen it pays
    "FG1": {OHNE_BEREICH: ("KIM",)},
    "FG2": {OHNE_BEREICH: ("IBZ", "KIK", "KOORD")},
    "FG3": {OHNE_BEREICH: ()},
    "FG4": {OHNE_BEREICH: ("BEAUFTRAGTE",)},
    "FG5": {"FSA": ("FSA",), "RKB": ("RKB",)},
}
_AUSGESCHOEPFT = (0.94, 0.995)
_SACHKOSTEN = 0.2
_VERWALTUNG, _VERWALTUNG_HOCH = (0.07, 0.15), 0.24
"""Share of the allocation that goes into administration; the ordinance allows a fifth in Flüchtlingssozialarbeit."""
_EIGENLEISTUNG = (0.02, 0.06)
_SELBST = ("KREIS", "KREIS")


class Anteil(NamedTuple):
    """What one recipient gets of an allocation, in cents."""

    bereich: str
    empfaengerart: str
    empfaenger_id: str
    cent: int


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """All rows of the Haushaltsjahr that is the reporting year."""
    return [zeile for fg in FG.schluessel for zeile in _topf(auftrag, fg)]


def _topf(auftrag: Auftrag, fg: str) -> Iterator[Zeile]:
    strom = auftrag.strom("finanzen", fg, auftrag.jahr)
    betrag = auftrag.plan.zuweisungen[auftrag.jahr, fg].festgesetzt
    yield from _mitteilungen(auftrag, fg)
    yield from _raten(auftrag, fg)
    anteile = _anteile(auftrag, fg, round(betrag * strom.uniform(*_AUSGESCHOEPFT)))
    for anteil in anteile:
        if anteil.empfaengerart != "KREIS":
            yield from _weiterleitung(auftrag, fg, anteil, strom)
    yield from _ausgaben(auftrag, fg, anteile, betrag, strom)
    eigen = round(betrag * strom.uniform(*_EIGENLEISTUNG))
    if fg == "FG2":
        for art in ("EIGENLEISTUNG", "AUSGABE_SACH"):
            yield _zeile(auftrag, fg, art, eigen, mittel="EIGEN")


def _mitteilungen(auftrag: Auftrag, fg: str) -> Iterator[Zeile]:
    """The notice of the autumn before, and the Bescheid once the inhabitants are known."""
    jahr, zuweisung = auftrag.jahr, auftrag.plan.zuweisungen[auftrag.jahr, fg]
    vorab: Zeile = {"datum": date(jahr - 1, 10, 28), "ew_stichtag": date(jahr - 2, 12, 31)}
    yield _zeile(auftrag, fg, "ZUW_VORAUSSICHTLICH", zuweisung.voraussichtlich, **vorab)
    stand: Zeile = {"ew_stichtag": date(jahr - 1, 12, 31), "ew_stand": date(jahr, 6, 12)}
    bescheid: Zeile = {"datum": date(jahr, 6, 20), "bescheid_datum": date(jahr, 6, 20)}
    yield _zeile(auftrag, fg, "ZUW_FESTGESETZT", zuweisung.festgesetzt, **bescheid, **stand)


def _raten(auftrag: Auftrag, fg: str) -> Iterator[Zeile]:
    """Half of what was announced by March, the rest of what was fixed by July."""
    zuweisung = auftrag.plan.zuweisungen[auftrag.jahr, fg]
    erste = min(zuweisung.voraussichtlich // 2, zuweisung.festgesetzt)
    spaet = auftrag.besonderheit is Besonderheit.RATE_SPAET and fg == "FG5"
    tage = (date(auftrag.jahr, 2, 26), date(auftrag.jahr, 7, 11 if spaet else 1))
    for nummer, (tag, cent) in enumerate(zip(tage, (erste, zuweisung.festgesetzt - erste), strict=True), 1):
        yield _zeile(auftrag, fg, "AUSZAHLUNG", cent, lfd_nr=nummer, datum=tag)


def _anteile(auftrag: Auftrag, fg: str, cent: int) -> list[Anteil]:
    """Split by the posts of the Stellen; where there are none, the Meldeeinheit spends it itself."""
    von, bis = auftrag.zeitraum
    posten: dict[tuple[str, str, str], int] = {}
    for bereich, arten in _ARTEN[fg].items():
        for stelle in auftrag.plan.stellen:
            if stelle.art in arten and stelle.tage(von, bis):
                wer = _SELBST if stelle.traegerschaft == "KREIS" else (stelle.traegerschaft, stelle.traeger_id)
                schluessel = (bereich, *wer)
                posten[schluessel] = posten.get(schluessel, 0) + stelle.soll * stelle.tage(von, bis)
    posten = posten or {(OHNE_BEREICH, *_SELBST): 1}
    teile = aufteilen(cent, list(posten.values()))
    return [Anteil(*schluessel, teil) for schluessel, teil in zip(posten, teile, strict=True)]


def _weiterleitung(auftrag: Auftrag, fg: str, anteil: Anteil, strom: Random) -> Iterator[Zeile]:
    an: Zeile = {
        "bereich": anteil.bereich,
        "empfaengerart": anteil.empfaengerart,
        "empfaenger_id": anteil.empfaenger_id,
    }
    yield _zeile(auftrag, fg, "WEITERLEITUNG", anteil.cent, **an, datum=date(auftrag.jahr, 4, 15))
    if strom.random() < 0.2:
        zurueck = round(anteil.cent * strom.uniform(0.005, 0.02))
        yield _zeile(auftrag, fg, "WEITERLEITUNG_RUECKFLUSS", zurueck, **an, datum=date(auftrag.jahr, 12, 5))


def _ausgaben(auftrag: Auftrag, fg: str, anteile: list[Anteil], betrag: int, strom: Random) -> Iterator[Zeile]:
    """Own spending; in Flüchtlingssozialarbeit also that of the Träger, because its administration is limited."""
    fsa = [a for a in anteile if a.bereich == "FSA"]
    hoch = auftrag.besonderheit is Besonderheit.VERWALTUNG_HOCH
    quote = _VERWALTUNG_HOCH if hoch else strom.uniform(*_VERWALTUNG)
    # The limit is a share of the whole allocation, so the Träger and the Kreis have to stay below it together.
    verwaltung = dict(zip(fsa, aufteilen(round(betrag * quote), [a.cent for a in fsa]), strict=True)) if fsa else {}
    for anteil in anteile:
        wer: Zeile = {"empfaengerart": anteil.empfaengerart, "empfaenger_id": anteil.empfaenger_id}
        if anteil in verwaltung:
            yield from _mit_zweck(auftrag, fg, anteil.cent, verwaltung[anteil], {"bereich": "FSA", **wer})
        elif anteil.empfaengerart == "KREIS":
            sach = round(anteil.cent * _SACHKOSTEN)
            wer["bereich"] = anteil.bereich
            yield _zeile(auftrag, fg, "AUSGABE_PERSONAL", anteil.cent - sach, **wer)
            yield _zeile(auftrag, fg, "AUSGABE_SACH", sach, **wer)


def _mit_zweck(auftrag: Auftrag, fg: str, cent: int, verwaltung: int, wer: Zeile) -> Iterator[Zeile]:
    sach = round((cent - verwaltung) * _SACHKOSTEN)
    yield _zeile(auftrag, fg, "AUSGABE_PERSONAL", cent - verwaltung - sach, zweck="FACH", **wer)
    yield _zeile(auftrag, fg, "AUSGABE_PERSONAL", verwaltung, zweck="VERWALTUNG", **wer)
    yield _zeile(auftrag, fg, "AUSGABE_SACH", sach, zweck="FACH", **wer)


def _zeile(auftrag: Auftrag, fg: str, buchungsart: str, cent: int, **werte: Wert) -> Zeile:
    ueblich: Zeile = {
        "haushaltsjahr": auftrag.jahr,
        "fg": fg,
        "bereich": OHNE_BEREICH,
        "buchungsart": buchungsart,
        "zweck": OHNE_BEREICH,
        "mittel": "ZUWEISUNG",
        "empfaengerart": "KREIS",
        "empfaenger_id": "KREIS",
        "lfd_nr": 1,
        "betrag_eur": hundertstel(cent),
        "datum": None,
        "bescheid_datum": None,
        "ew_stichtag": None,
        "ew_stand": None,
    }
    return ueblich | werte
