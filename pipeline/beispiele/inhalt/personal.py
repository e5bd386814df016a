"""Rows of `personal`: the posts of each Stelle with tariff, pay group and who of them is there at the year's end."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import NamedTuple

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import Stelle
from pipeline.beispiele.zufall import hundertstel, zehntel

_ANTEILE = (100, 100, 100, 80, 75, 75, 50)
_KLEINSTER = 50
_VAKANZ = 0.3
_UEBLICHE_GRUPPEN = {
    "TVOED_SUE": ("S11B", "S12", "S12", "S15"),
    "TVOED_VKA": ("E9B", "E9C", "E10", "E11"),
    "AVR_C": ("S11B", "VG4B"),
    "AVR_D": ("E9", "E10"),
    "AWO": ("S11B", "S12"),
    "DRK": ("E9B", "E10"),
    "PARITAET": ("E9B", "S12"),
    "HAUS": ("E9B", "OHNE"),
}
_TARIFE = {
    "KREIS": ("TVOED_SUE", "TVOED_SUE", "TVOED_VKA"),
    "GEMEINDE": ("TVOED_SUE", "TVOED_VKA"),
    "GEMEINSAM": ("TVOED_SUE",),
    "FREI": ("AVR_C", "AVR_D", "AWO", "DRK", "PARITAET", "HAUS"),
}
_BEAUFTRAGTE = (("TVOED_VKA", "E11"), ("TVOED_VKA", "E12"), ("TVOED_VKA", "E13"), ("BEAMTE", "A12"))
_FOERDERUNG = {
    "IBZ": "FG2",
    "FSA": "FG5",
    "RKB": "FG5",
    "KIK": "FG2",
    "KOORD": "FG2",
    "KIM": "FG1",
    "BEAUFTRAGTE": "FG4",
    "BERICHT": "FG3",
}
_ERSTE_ZUWEISUNG = 2025
"""§ 4 Abs. 1 KomIntAVO: granted for 2025 for the first time; until then the former ordinance paid."""


class Merkmale(NamedTuple):
    """What staff is counted by, in the order of the dataset's key."""

    aufgabe: str
    taetigkeit: str
    tarif: str
    entgeltgruppe: str
    qualifikation: str
    finanzierung: str


@dataclass(frozen=True, slots=True)
class Posten:
    """One post in hundredths of a full-time equivalent."""

    merkmale: Merkmale
    anteil: int
    nummer: int


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """Staff of every Stelle that was active and whose Träger reported."""
    von, bis = auftrag.zeitraum
    ergebnis = [
        zeile
        for stelle in auftrag.plan.stellen
        if stelle.tage(von, bis) and stelle.schweigt_in != auftrag.jahr
        for zeile in _zeilen_der_stelle(auftrag, stelle)
    ]
    if auftrag.besonderheit is Besonderheit.OHNE_PERSONAL:
        ergebnis = [z for z in ergebnis if z["aufgabe"] != "BEAUFTRAGTE"]
    if auftrag.besonderheit is Besonderheit.KLEINE_ANTEILE:
        _verkleinere(ergebnis, auftrag.land.schwellen["vzae_je_person_min"])
    return ergebnis


def _zeilen_der_stelle(auftrag: Auftrag, stelle: Stelle) -> Iterator[Zeile]:
    posten = list(_posten(auftrag, stelle))
    # At most a fifth of a Stelle, so that no task loses a third of its staff from one year to the next.
    klein = 5 * posten[-1].anteil <= stelle.soll
    vakanz = klein and auftrag.strom("vakanz", stelle.id, auftrag.jahr).random() < _VAKANZ
    besetzt = frozenset(posten[:-1] if vakanz else posten)
    gruppen: dict[Merkmale, list[Posten]] = {}
    for einer in posten:
        gruppen.setdefault(einer.merkmale, []).append(einer)
    for merkmale, gruppe in gruppen.items():
        yield _zeile(auftrag, stelle, merkmale, gruppe, besetzt)


def _posten(auftrag: Auftrag, stelle: Stelle) -> Iterator[Posten]:
    """The posts of a Stelle, the same in every year but for who pays them."""
    strom = auftrag.strom("posten", stelle.id)
    tarif = strom.choice(_TARIFE[stelle.traegerschaft])
    nummer, rest = 0, stelle.soll
    while rest > 0:
        anteil = strom.choice(_ANTEILE)
        # What is left over must itself be a post one person can hold.
        if rest - anteil < _KLEINSTER:
            anteil = rest if rest <= 100 else rest // 2
        yield Posten(_merkmale(auftrag, stelle, tarif, nummer, strom), anteil, nummer)
        nummer, rest = nummer + 1, rest - anteil
    if stelle.art == "BEAUFTRAGTE":
        yield Posten(_bericht(auftrag), _KLEINSTER, nummer)


def _merkmale(auftrag: Auftrag, stelle: Stelle, tarif: str, nummer: int, strom: Random) -> Merkmale:
    if stelle.art == "BEAUFTRAGTE":
        eingruppierung = strom.choice(_BEAUFTRAGTE)
        return Merkmale(stelle.art, "FACH", *eingruppierung, "NICHT_FSA", _finanzierung(auftrag, stelle, nummer))
    taetigkeit = "LEITUNG" if nummer == 0 and stelle.soll >= 400 else "FACH"
    gruppe = strom.choice(_UEBLICHE_GRUPPEN[tarif])
    if nummer == 1 and stelle.soll >= 500:
        taetigkeit, tarif, gruppe = "VERWALTUNG", tarif if tarif != "TVOED_SUE" else "TVOED_VKA", "E6"
    qualifikation = "NICHT_FSA"
    if stelle.art == "FSA":
        qualifikation = strom.choices(("ABSCHLUSS", "VERGLEICHBAR", "ERFAHRUNG", "BESTAND"), (60, 15, 15, 10))[0]
    return Merkmale(stelle.art, taetigkeit, tarif, gruppe, qualifikation, _finanzierung(auftrag, stelle, nummer))


def _bericht(auftrag: Auftrag) -> Merkmale:
    """Half a post for this very report, wherever the Beauftragte sits."""
    foerderung = _FOERDERUNG["BERICHT"] if auftrag.jahr >= _ERSTE_ZUWEISUNG else "EIGEN"
    return Merkmale("BERICHT", "FACH", "TVOED_VKA", "E10", "NICHT_FSA", foerderung)


def _finanzierung(auftrag: Auftrag, stelle: Stelle, nummer: int) -> str:
    if auftrag.strom("finanzierung", stelle.id, nummer).random() < 0.12:
        return "EIGEN"
    return _FOERDERUNG[stelle.art] if auftrag.jahr >= _ERSTE_ZUWEISUNG else "KPVO_ALT"


def _zeile(
    auftrag: Auftrag, stelle: Stelle, merkmale: Merkmale, posten: list[Posten], alle_besetzten: frozenset[Posten]
) -> Zeile:
    von, bis = auftrag.zeitraum
    strom = auftrag.strom("personal", stelle.id, auftrag.jahr, *merkmale)
    besteht = stelle.aktiv_bis is None or stelle.aktiv_bis >= bis
    besetzt = [p for p in posten if besteht and p in alle_besetzten]
    soll = sum(p.anteil for p in posten)
    tatsaechlich = sum(p.anteil for p in besetzt)
    zeitanteil = stelle.tage(von, bis) / ((bis - von).days + 1)
    # Posts filled at the end were filled nearly all along, vacant ones for a while; in a closed Stelle all were filled.
    durchgehend, zeitweise = (tatsaechlich, soll - tatsaechlich) if besteht else (soll, 0)
    mittel = zeitanteil * (durchgehend * strom.uniform(0.94, 1) + zeitweise * 0.3)
    personen = len(besetzt)
    return {
        "stichtag": bis,
        "stelle_id": stelle.id,
        **merkmale._asdict(),
        "personen": personen,
        "vzae_stellen": hundertstel(soll if besteht else 0),
        "vzae_besetzt": hundertstel(tatsaechlich),
        "vzae_jahresmittel": hundertstel(min(soll, round(mittel))),
        "fortbildungstage": zehntel(5 * round(8 * personen * auftrag.umgebung.jahresanteil * strom.uniform(0.3, 1.2))),
        "mehrsprachig_personen": sum(strom.random() < 0.6 for _ in besetzt),
    }


def _verkleinere(ergebnis: list[Zeile], grenze: float) -> None:
    """Makes the first filled row count everybody who ever helps out, so that each holds a tiny share."""
    for zeile in ergebnis:
        besetzt = zeile["vzae_besetzt"]
        if isinstance(besetzt, Decimal) and besetzt > 0:
            zeile["personen"] = int(float(besetzt) / grenze) + 1
            return
