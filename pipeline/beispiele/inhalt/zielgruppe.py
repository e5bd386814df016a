"""Rows of `zielgruppe`: stocks tied to the official number of open and tolerated persons, invented flows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.zufall import aufteilen, streuung
from schemas.codelisten import GESAMT, RECHTSGRUND
from schemas.datensaetze.bevoelkerung import EIGENES_REGISTER
from schemas.datensaetze.zielgruppe import GLIEDERUNG
from schemas.regeln import GANZES_JAHR, faellige_quartale

_GRUENDE = tuple(c for c in RECHTSGRUND.schluessel if c != GESAMT)
_GESCHLECHTER = {"M": 66.0, "W": 34.0}
# Shares of the persons whose case is open or who are tolerated; temporary protection comes on top.
_ANTEILE = {"FLUEAG_1": 60, "FLUEAG_2": 1, "FLUEAG_3": 1, "FLUEAG_4": 2, "FLUEAG_6": 4, "FLUEAG_7": 4, "DULDUNG": 28}
_SCHUTZ_NACH_24 = (25.0, 45.0)
# Newcomers are mostly asylum seekers and people from Ukraine; who leaves is recognised, moves away or departs.
_ZUGANG = {"FLUEAG_1": 60.0, "FLUEAG_5": 35.0, "FLUEAG_4": 3.0, "FLUEAG_7": 1.0, "DULDUNG": 1.0}
_ZUGANG_JE_QUARTAL = 0.07
_QUARTAL_TAGE = 91
_JE_QUARTAL = (-0.02, 0.008)
"""By how much the stock changes in a quarter."""
_UEBERBELEGUNG = 1.35
_ANSTIEG = 0.5
"""By which share the stock grows in a year that is unlike the others."""


@dataclass(frozen=True, slots=True)
class Bewegung:
    """Stock and flows of one group in one period."""

    anfang: int
    zugaenge: int
    abgaenge: int
    wechsel: int
    korrektur: int
    ende: int

    def __add__(self, spaeter: "Bewegung") -> "Bewegung":
        """The two periods as one."""
        return Bewegung(
            self.anfang,
            self.zugaenge + spaeter.zugaenge,
            self.abgaenge + spaeter.abgaenge,
            self.wechsel + spaeter.wechsel,
            self.korrektur + spaeter.korrektur,
            spaeter.ende,
        )


_Gruppen = dict[tuple[str, str], Bewegung]
"""Movements by dimension and code; ("", "T") is everybody."""


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """Everybody, each legal ground, each form of housing, and sex where the register knows it."""
    quartale = {q: _gruppen(auftrag, *_grenzen(auftrag, q)) for q in faellige_quartale(auftrag.umgebung)}
    if not auftrag.plan.quartalsweise:
        zusammen = {g: reduce(Bewegung.__add__, (gruppen[g] for gruppen in quartale.values())) for g in _alle(auftrag)}
        quartale = {GANZES_JAHR: zusammen}
    ergebnis = [_zeile(q, *gruppe, b) for q, gruppen in quartale.items() for gruppe, b in gruppen.items()]
    _mit_plaetzen(auftrag, ergebnis)
    if auftrag.besonderheit is Besonderheit.UNGEKLAERTER_REST:
        gesamt = next(z for z in reversed(ergebnis) if all(z[s] == GESAMT for s in GLIEDERUNG))
        gesamt["abgaenge"] = _zahl(gesamt, "abgaenge") + max(1, _zahl(gesamt, "bestand_ende") // 100)
    return ergebnis


def _grenzen(auftrag: Auftrag, quartal: str) -> tuple[date, date]:
    """First and last day of the quarter inside the period."""
    nummer = int(quartal[1])
    von, bis = auftrag.zeitraum
    ende = date(auftrag.jahr + nummer // 4, 3 * nummer % 12 + 1, 1) - timedelta(days=1)
    return max(von, date(auftrag.jahr, 3 * nummer - 2, 1)), min(bis, ende)


def _dimensionen(auftrag: Auftrag) -> Mapping[str, Mapping[str, float]]:
    """What the stock is split by, with the shares of this Meldeeinheit."""
    strom = auftrag.strom("zielgruppe", "anteile")
    gruende = dict.fromkeys(_GRUENDE, 0.0) | {g: a * streuung(strom, 0.2) for g, a in _ANTEILE.items()}
    gruende["FLUEAG_5"] = strom.uniform(*_SCHUTZ_NACH_24)
    gu = strom.uniform(38, 55)
    wohnen = {"GU": gu, "WOHNUNG": 97 - gu, "SONST": 3.0}
    dimensionen: dict[str, Mapping[str, float]] = {"rechtsgrund": gruende, "wohnform": wohnen}
    if auftrag.plan.konzept in EIGENES_REGISTER:
        dimensionen["geschlecht"] = _GESCHLECHTER
    return dimensionen


def _alle(auftrag: Auftrag) -> list[tuple[str, str]]:
    teile = [(dimension, code) for dimension, anteile in _dimensionen(auftrag).items() for code in anteile]
    return [*teile, ("", GESAMT)]


def _bestand(auftrag: Auftrag, tag: date) -> int:
    """Everybody at the end of a day; the anchor holds for the last day before the newest year."""
    strom = auftrag.strom("zielgruppe", "niveau")
    aufschlag = 1 + _dimensionen(auftrag)["rechtsgrund"]["FLUEAG_5"] / sum(_ANTEILE.values())
    je_quartal = strom.uniform(*_JE_QUARTAL)
    quartale = (tag - date(auftrag.land.berichtsjahre[-1] - 1, 12, 31)).days / _QUARTAL_TAGE
    rauschen = streuung(auftrag.strom("zielgruppe", "tag", tag), 0.008)
    anstieg = 1.0
    if auftrag.besonderheit is Besonderheit.ANSTIEG:
        von, bis = auftrag.zeitraum
        anstieg += _ANSTIEG * max(0, (tag - von).days + 1) / ((bis - von).days + 1)
    return round(auftrag.plan.anker.zielgruppe * aufschlag * (1 + je_quartal * quartale) * rauschen * anstieg)


def _gruppen(auftrag: Auftrag, von: date, bis: date) -> _Gruppen:
    """All movements of a period, each dimension adding up to the total."""
    strom = auftrag.strom("zielgruppe", "bewegung", von)
    anfang, ende = _bestand(auftrag, von - timedelta(days=1)), _bestand(auftrag, bis)
    zugaenge = max(0, ende - anfang) + round(anfang * _ZUGANG_JE_QUARTAL * ((bis - von).days + 1) / _QUARTAL_TAGE)
    korrektur = strom.choice((0, 0, 0, -2, 3)) if anfang > 100 else 0
    gesamt = Bewegung(anfang, zugaenge, anfang + zugaenge + korrektur - ende, 0, korrektur, ende)
    gruppen: _Gruppen = {}
    for dimension, anteile in _dimensionen(auftrag).items():
        zugang = {c: _ZUGANG.get(c, 0.0) for c in anteile} if dimension == "rechtsgrund" else anteile
        gruppen |= {(dimension, c): b for c, b in _geteilt(gesamt, anteile, zugang, dimension).items()}
    return gruppen | {("", GESAMT): gesamt}


def _geteilt(
    gesamt: Bewegung, anteile: Mapping[str, float], zugang: Mapping[str, float], dimension: str
) -> dict[str, Bewegung]:
    """The parts of a movement; who is left over has changed the group, except between the sexes."""
    gewichte = list(anteile.values())
    anfang, ende = aufteilen(gesamt.anfang, gewichte), aufteilen(gesamt.ende, gewichte)
    zugaenge, abgaenge = aufteilen(gesamt.zugaenge, list(zugang.values())), aufteilen(gesamt.abgaenge, gewichte)
    # A correction is found in the largest group.
    korrekturen = [gesamt.korrektur if g == max(gewichte) else 0 for g in gewichte]
    teile: dict[str, Bewegung] = {}
    for code, a, e, zu, ab, k in zip(anteile, anfang, ende, zugaenge, abgaenge, korrekturen, strict=True):
        ab_hier = a + zu + k - e if dimension == "geschlecht" else ab
        teile[code] = Bewegung(a, zu, ab_hier, e - a - zu + ab_hier - k, k, e)
    return teile


def _zeile(quartal: str, dimension: str, code: str, bewegung: Bewegung) -> Zeile:
    merkmale = dict.fromkeys(GLIEDERUNG, GESAMT) | ({dimension: code} if dimension else {})
    return {
        "quartal": quartal,
        **merkmale,
        "bestand_anfang": bewegung.anfang,
        "zugaenge": bewegung.zugaenge,
        "abgaenge": bewegung.abgaenge,
        "wechsel_saldo": bewegung.wechsel,
        "korrektur": bewegung.korrektur or None,
        "bestand_ende": bewegung.ende,
        "kapazitaet": None,
    }


def _mit_plaetzen(auftrag: Auftrag, ergebnis: list[Zeile]) -> None:
    """Places in shared housing, the same all year; one Meldeeinheit has far too few."""
    gemeinschaft = [z for z in ergebnis if z["wohnform"] == "GU"]
    hoechster = max(_zahl(z, "bestand_ende") for z in gemeinschaft)
    auslastung = auftrag.strom("zielgruppe", "plaetze").uniform(0.75, 0.98)
    if auftrag.besonderheit is Besonderheit.UEBERBELEGT:
        auslastung = _UEBERBELEGUNG
    for zeile in gemeinschaft:
        zeile["kapazitaet"] = int(hoechster / auslastung)


def _zahl(zeile: Zeile, mass: str) -> int:
    wert = zeile[mass]
    return wert if isinstance(wert, int) else 0
