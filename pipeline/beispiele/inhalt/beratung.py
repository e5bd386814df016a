"""Rows of `beratung`: counselling of each Stelle by quarter, topic and addressee, counted the Kreis's own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pipeline.beispiele.inhalt import Auftrag, Wert, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import Stelle
from pipeline.beispiele.zufall import aufteilen, streuung
from schemas.codelisten import GESAMT, THEMENFELD
from schemas.datensaetze.beratung import EINMAL_JE_MELDEEINHEIT

_THEMEN = tuple(c for c in THEMENFELD.schluessel if c != GESAMT)
_ARTEN = ("IBZ", "FSA", "RKB")
# Appointments a year for each full-time post. The Land counted 1,878 returns advice talks in 2018 (fachlicher Anker);
# the others lie in the middle of 150 to 1,500, outside of which the pipeline asks.
_TERMINE_JE_VZAE = {"IBZ": 520, "FSA": 420, "RKB": 260}
# One case takes several appointments, one appointment several contacts.
_FAKTOR_ZAEHLEINHEIT = {"FALL": 0.7, "TERMIN": 1.0, "KONTAKT": 1.6}
_PERSONEN_JE_BERATUNG = {"FALL": 0.8, "TERMIN": 0.4, "KONTAKT": 0.25}
_THEMEN_GEWICHT = {"IBZ": (22, 24, 20, 12, 12, 10), "FSA": (12, 16, 28, 20, 5, 19)}
_MEHRFACH = 1.4
"""Topics per counselling where each topic counts."""
_ADRESSATEN = {"PERSON": 0.9, "KOMMUNE": 0.05, "ORGANISATION": 0.04, "BETRIEB": 0.01}
_NACHTRAG = 1.08
"""What a second version finds: late reports of one Stelle."""
PERSONEN_JE_RUECKKEHRBERATUNG = 1.6
"""The Land counted 3,020 persons in 1,878 talks in 2018."""
_UNBEKANNT, _NICHT_SINNVOLL, _NULL = ".", "x", "-"


@dataclass(frozen=True, slots=True)
class Menge:
    """Counselling of one Stelle, addressee and quarter, before it is split by topic."""

    stelle: Stelle
    adressat: str
    quartal: str
    anzahl: int


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """All rows: Stellen in their order, silent ones with a sign, then persons counted once for the Meldeeinheit."""
    von, bis = auftrag.zeitraum
    stellen = [s for s in auftrag.plan.stellen if s.art in _ARTEN and s.tage(von, bis)]
    ergebnis: list[Zeile] = []
    for stelle in stellen:
        if stelle.schweigt_in == auftrag.jahr:
            ergebnis.append(_stumm(auftrag, stelle))
        else:
            ergebnis += [z for menge in _mengen(auftrag, stelle) for z in _zeilen_der_menge(auftrag, menge)]
    ergebnis = _mit_besonderheit(auftrag, ergebnis)
    if auftrag.strom("beratung", "einmal").random() < 0.6:
        ergebnis += _einmal_je_meldeeinheit(auftrag, ergebnis)
    return _mit_zeichen(auftrag, ergebnis)


def _mengen(auftrag: Auftrag, stelle: Stelle) -> Iterator[Menge]:
    gesamt = jahresmenge(auftrag, stelle)
    adressaten = _ADRESSATEN if stelle.art == "IBZ" else {"PERSON": 1.0}
    quartale = _quartale(auftrag, stelle)
    for adressat, anzahl in zip(adressaten, aufteilen(gesamt, list(adressaten.values())), strict=True):
        for quartal, teil in zip(quartale, aufteilen(anzahl, list(quartale.values())), strict=True):
            yield Menge(stelle, adressat, quartal, teil)


def jahresmenge(auftrag: Auftrag, stelle: Stelle) -> int:
    """Counselling of a Stelle in the reporting year, in the Kreis's own unit."""
    von, bis = auftrag.zeitraum
    einheit = auftrag.plan.zaehlweise.zaehleinheit
    je_vzae = _TERMINE_JE_VZAE[stelle.art] * _FAKTOR_ZAEHLEINHEIT[einheit]
    eigenart = streuung(auftrag.strom("beratung", "niveau", stelle.id), 0.12)
    jahr = streuung(auftrag.strom("beratung", "jahr", stelle.id, auftrag.jahr), 0.07)
    zeitanteil = auftrag.umgebung.jahresanteil * stelle.tage(von, bis) / ((bis - von).days + 1)
    nachtrag = _NACHTRAG if auftrag.fassung > 1 and stelle.id == _nachgemeldet(auftrag) else 1
    return round(stelle.soll / 100 * je_vzae * eigenart * jahr * zeitanteil * nachtrag)


def _nachgemeldet(auftrag: Auftrag) -> str | None:
    """The Stelle a correction is about; one whose Träger reports, else both versions would be the same."""
    if auftrag.besonderheit is not Besonderheit.BERICHTIGT:
        return None
    return next(s.id for s in auftrag.plan.stellen if s.art == "FSA" and s.schweigt_in != auftrag.jahr)


def _quartale(auftrag: Auftrag, stelle: Stelle) -> dict[str, float]:
    """Due quarters with the share of the Stelle's days that fall into each, or the year as one."""
    if not auftrag.plan.quartalsweise:
        return {"J": 1.0}
    von, bis = auftrag.zeitraum
    quartale: dict[str, float] = {}
    for nummer in range((von.month + 2) // 3, (bis.month + 2) // 3 + 1):
        anfang = date(auftrag.jahr, 3 * nummer - 2, 1)
        ende = date(auftrag.jahr + nummer // 4, 3 * nummer % 12 + 1, 1) - timedelta(days=1)
        quartale[f"Q{nummer}"] = stelle.tage(max(von, anfang), min(bis, ende))
    return quartale


def _zeilen_der_menge(auftrag: Auftrag, menge: Menge) -> Iterator[Zeile]:
    """The total row, and for all but return advice one row per topic."""
    zweck = ("beratung", menge.stelle.id, menge.adressat, menge.quartal, auftrag.jahr)
    strom = auftrag.strom(*zweck)
    eigenart = streuung(auftrag.strom("beratung", "personen", menge.stelle.id), 0.15)
    anteil = _PERSONEN_JE_BERATUNG[auftrag.plan.zaehlweise.zaehleinheit] * eigenart * streuung(strom, 0.05)
    yield _zeile(auftrag, menge, GESAMT, menge.anzahl, anteil=anteil, strom=strom)
    if menge.stelle.art == "RKB":
        return
    mehrfach = auftrag.plan.zaehlweise.zaehlregel == "MEHRFACH"
    # Rounded up, so that topics exceed the total wherever anything was counted.
    verteilt = int(menge.anzahl * _MEHRFACH) + 1 if mehrfach and menge.anzahl else menge.anzahl
    gewichte = [g * streuung(strom, 0.15) for g in _THEMEN_GEWICHT[menge.stelle.art]]
    for thema, anzahl in zip(_THEMEN, aufteilen(verteilt, gewichte), strict=True):
        yield _zeile(auftrag, menge, thema, anzahl, anteil=min(1.0, anteil * 1.15), strom=strom)


def _zeile(auftrag: Auftrag, menge: Menge, thema: str, anzahl: int, *, anteil: float, strom: Random) -> Zeile:
    """One row with `anteil` persons per counselling; persons and first talks never exceed what the rules allow."""
    personen: Wert = _NICHT_SINNVOLL
    erst: Wert = _NICHT_SINNVOLL
    if menge.adressat == "PERSON":
        # Families come to return advice together, so persons may outnumber talks there.
        personen = round(anzahl * PERSONEN_JE_RUECKKEHRBERATUNG if menge.stelle.art == "RKB" else anzahl * anteil)
        erst = min(anzahl, round(personen * strom.uniform(0.5, 0.75)))
    fallmanagement = round(anzahl * strom.uniform(0.1, 0.2)) if menge.stelle.art == "IBZ" else None
    return {
        "quartal": menge.quartal,
        "stelle_id": menge.stelle.id,
        "leistungsart": menge.stelle.art,
        "themenfeld": thema,
        "adressat": menge.adressat,
        "beratungen": anzahl,
        "beratene_personen": personen,
        "erstberatungen": erst,
        "davon_fallmanagement": fallmanagement,
        **_zaehlung(auftrag),
    }


def _zaehlung(auftrag: Auftrag) -> Zeile:
    zaehlweise = auftrag.plan.zaehlweise
    return {
        "zaehlregel": zaehlweise.zaehlregel,
        "zaehleinheit": zaehlweise.zaehleinheit,
        "gruppen_zaehlung": zaehlweise.gruppen,
        "mindestdauer_min": auftrag.strom("mindestdauer").choice((0, 5, 10, 15)),
    }


def _stumm(auftrag: Auftrag, stelle: Stelle) -> Zeile:
    """A Träger that did not report leaves unknown figures, not no figures."""
    unbekannt = dict.fromkeys(("beratungen", "beratene_personen", "erstberatungen"), _UNBEKANNT)
    kopf = {"quartal": "J", "stelle_id": stelle.id, "leistungsart": stelle.art}
    rest = {"themenfeld": GESAMT, "adressat": "PERSON", **unbekannt, "davon_fallmanagement": None}
    return {**kopf, **rest, **_zaehlung(auftrag)}


def _mit_besonderheit(auftrag: Auftrag, ergebnis: list[Zeile]) -> list[Zeile]:
    erste = next(s.id for s in auftrag.plan.stellen if s.art == "IBZ")
    if auftrag.besonderheit is Besonderheit.QUARTAL_FEHLT:
        letztes = max(str(z["quartal"]) for z in ergebnis if z["stelle_id"] == erste)
        return [z for z in ergebnis if (z["stelle_id"], z["quartal"]) != (erste, letztes)]
    if auftrag.besonderheit is Besonderheit.MEHR_PERSONEN:
        for zeile in ergebnis:
            if (zeile["stelle_id"], zeile["themenfeld"], zeile["adressat"]) == (erste, GESAMT, "PERSON"):
                zeile["beratene_personen"] = _zahl(zeile["beratungen"]) + 7
    return ergebnis


def _einmal_je_meldeeinheit(auftrag: Auftrag, ergebnis: list[Zeile]) -> Iterator[Zeile]:
    """Persons of all Stellen of a kind, each once: fewer than the sum, and far fewer than the sum over quarters."""
    ueberschneidung = 0.62 if auftrag.plan.quartalsweise else 0.93
    for art in _ARTEN:
        eigene = [z for z in ergebnis if (z["leistungsart"], z["themenfeld"], z["adressat"]) == (art, GESAMT, "PERSON")]
        if not eigene:
            continue
        personen = round(sum(_zahl(z["beratene_personen"]) for z in eigene) * ueberschneidung)
        erst = round(sum(_zahl(z["erstberatungen"]) for z in eigene) * ueberschneidung)
        # Counselling belongs to the Stellen; a figure here would count it twice.
        yield {
            "quartal": "J",
            "stelle_id": EINMAL_JE_MELDEEINHEIT,
            "leistungsart": art,
            "themenfeld": GESAMT,
            "adressat": "PERSON",
            "beratungen": _NICHT_SINNVOLL,
            "beratene_personen": personen,
            "erstberatungen": erst,
            "davon_fallmanagement": None,
            **_zaehlung(auftrag),
        }


def _zahl(wert: Wert) -> int:
    """A count, and 0 where a sign stands."""
    return wert if isinstance(wert, int) else 0


def _mit_zeichen(auftrag: Auftrag, ergebnis: list[Zeile]) -> list[Zeile]:
    """Some offices write a dash for zero, some did not record first talks at one of their Stellen."""
    zeichen = auftrag.plan.zeichen
    ohne_erst = auftrag.strom("beratung", "zeichen").choice([s.id for s in auftrag.plan.stellen if s.art == "FSA"])
    for zeile in ergebnis:
        if zeichen == _NULL:
            zeile.update({mass: _NULL for mass in ("beratungen", "davon_fallmanagement") if zeile[mass] == 0})
        elif zeichen and zeile["stelle_id"] == ohne_erst:
            zeile["erstberatungen"] = zeichen
    return ergebnis
