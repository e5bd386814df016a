"""Rows of `bevoelkerung`: official totals, invented sex and age structure, rounded the way each source rounds."""

from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.rollen import Besonderheit
from pipeline.beispiele.stellenplan import hat_gemeinden
from pipeline.beispiele.zufall import aufteilen, streuung
from schemas.codelisten import ALTERSGRUPPE, GESAMT, GESCHLECHT
from schemas.datensaetze.bevoelkerung import EIGENES_REGISTER

Tafel = dict[tuple[str, str], int]
"""Persons by (geschlecht, altersgruppe), totals included."""

_ALTER = tuple(c for c in ALTERSGRUPPE.schluessel if c != GESAMT)
_GESCHLECHTER = tuple(c for c in GESCHLECHT.schluessel if c != GESAMT)
# Rough shape of the age pyramid in eastern Germany (Fortschreibung); the demonstration needs no more.
_ALTER_MIT = (8.0, 15.0, 12.0, 40.0, 20.0, 5.0)
_ALTER_OHNE = (4.5, 11.0, 6.0, 21.0, 29.0, 28.5)
_ANTEIL_OHNE_W = 0.509
_ANTEIL_D, _ANTEIL_X = 0.0001, 0.0002

# What each register counts, as a share of the foreigners in the Ausländerzentralregister and of the inhabitants.
_FAKTOR_MIT = {"AUSL_AZR": 1.0, "AUSL_FORT": 0.93, "MH_MELDE": 1.45}
_FAKTOR_INSGESAMT = {"AUSL_FORT": 1.0, "MH_MELDE": 1.004}
_ZU_VIELE = 120
"""Persons more than the official statistics count, where a register was not brought in line."""
_WANDERUNG = {"MIT": (0.2, 0.15), "OHNE": (0.033, 0.032)}
"""Arrivals and departures in a year as shares of the stock: invented, but foreigners move far more often."""


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """All groups by sex and age at each due Stichtag, and Gemeinden where the register knows them."""
    jahre = faellige_jahre(auftrag)
    if auftrag.plan.konzept not in EIGENES_REGISTER:
        return [zeile for jahr in jahre for zeile in _zentralregister(auftrag, jahr)]
    return [zeile for jahr in jahre for zeile in _eigenes_register(auftrag, jahr)]


def personen_mit(auftrag: Auftrag, jahr: int) -> int:
    """Persons with the Merkmal of the Konzept the Meldeeinheit uses, at the end of a year."""
    return round(auftrag.plan.anker.auslaender[jahr] * _FAKTOR_MIT[auftrag.plan.konzept])


def faellige_jahre(auftrag: Auftrag) -> tuple[int, ...]:
    """Years whose end is a due Stichtag: with the first delivery also the year before."""
    erste = auftrag.jahr == auftrag.land.berichtsjahre[0]
    return (auftrag.jahr - 1, auftrag.jahr) if erste else (auftrag.jahr,)


def _zentralregister(auftrag: Auftrag, jahr: int) -> Iterator[Zeile]:
    """Foreigners only, each figure rounded to a multiple of 5 for itself, so that sums differ a little."""
    anker = auftrag.plan.anker
    tafel = _tafel(anker.auslaender[jahr], _ALTER_MIT, anker.frauenanteil, auftrag, selten=False)
    gerundet = {zelle: 5 * round(anzahl / 5) for zelle, anzahl in tafel.items()}
    yield from _tafelzeilen(auftrag, jahr, "MIT", gerundet)


def _eigenes_register(auftrag: Auftrag, jahr: int) -> Iterator[Zeile]:
    """Exact counts of everybody with, without and altogether, down to the Gemeinden."""
    anker, konzept = auftrag.plan.anker, auftrag.plan.konzept
    mit = personen_mit(auftrag, jahr)
    zuviel = _ZU_VIELE if auftrag.besonderheit is Besonderheit.NICHT_AMTLICH else 0
    ohne = round(anker.einwohner[jahr] * _FAKTOR_INSGESAMT[konzept]) + zuviel - mit
    tafel_mit = _tafel(mit, _ALTER_MIT, anker.frauenanteil, auftrag, selten=True)
    tafel_ohne = _tafel(ohne, _ALTER_OHNE, _ANTEIL_OHNE_W, auftrag, selten=True)
    alle = {z: tafel_mit[z] + tafel_ohne[z] for z in tafel_mit}
    wanderung = _wanderung(auftrag, jahr, mit, ohne)
    for gruppe, tafel in (("MIT", tafel_mit), ("OHNE", tafel_ohne), ("INSGESAMT", alle)):
        for zeile in _tafelzeilen(auftrag, jahr, gruppe, tafel):
            gesamt = zeile["geschlecht"] == zeile["altersgruppe"] == GESAMT
            yield zeile | wanderung[gruppe] if gesamt else zeile
    if hat_gemeinden(auftrag.plan.meldeeinheit):
        yield from _gemeindezeilen(auftrag, jahr, mit, ohne)


def _wanderung(auftrag: Auftrag, jahr: int, mit: int, ohne: int) -> dict[str, Zeile]:
    """Who came and who went in the year, by group."""
    strom = auftrag.strom("bevoelkerung", "wanderung", jahr)
    je_gruppe = {
        gruppe: [round(personen * anteil * streuung(strom, 0.1)) for anteil in _WANDERUNG[gruppe]]
        for gruppe, personen in (("MIT", mit), ("OHNE", ohne))
    }
    je_gruppe["INSGESAMT"] = [sum(teile) for teile in zip(*je_gruppe.values(), strict=True)]
    return {gruppe: {"zuzuege": zu, "fortzuege": fort} for gruppe, (zu, fort) in je_gruppe.items()}


def _tafel(gesamt: int, alter: Sequence[float], frauen: float, auftrag: Auftrag, *, selten: bool) -> Tafel:
    """Split `gesamt` by sex, each sex by age; `selten`: the register also knows divers and ohne Angabe."""
    strom = auftrag.strom("bevoelkerung", "struktur", *alter)
    d, x = (_ANTEIL_D, _ANTEIL_X) if selten else (0.0, 0.0)
    je_geschlecht = aufteilen(gesamt, (1 - frauen - d - x, frauen, d, x))
    tafel: Tafel = {}
    for geschlecht, anzahl in zip(_GESCHLECHTER, je_geschlecht, strict=True):
        if geschlecht in ("D", "X") and not selten:
            continue
        je_alter = aufteilen(anzahl, [gewicht * streuung(strom, 0.08) for gewicht in alter])
        tafel |= {(geschlecht, a): n for a, n in zip(_ALTER, je_alter, strict=True)} | {(geschlecht, GESAMT): anzahl}
    for a in (*_ALTER, GESAMT):
        tafel[GESAMT, a] = sum(n for (_, gruppe), n in list(tafel.items()) if gruppe == a)
    return tafel


def _tafelzeilen(auftrag: Auftrag, jahr: int, gruppe: str, tafel: Tafel) -> Iterator[Zeile]:
    for (geschlecht, alter), anzahl in tafel.items():
        yield _zeile(auftrag, jahr, gruppe, anzahl, geschlecht=geschlecht, alter=alter)


def _gemeindezeilen(auftrag: Auftrag, jahr: int, mit: int, ohne: int) -> Iterator[Zeile]:
    """Totals of each Gemeinde; foreigners gather in the larger ones."""
    strom = auftrag.strom("bevoelkerung", "gemeinden")
    gemeinden = auftrag.plan.meldeeinheit.gemeinden
    groesse = [strom.lognormvariate(0, 0.9) for _ in gemeinden]
    je_mit = aufteilen(mit, [g**1.4 for g in groesse])
    je_ohne = aufteilen(ohne, groesse)
    for gemeinde, anzahl_mit, anzahl_ohne in zip(gemeinden, je_mit, je_ohne, strict=True):
        for gruppe, anzahl in (("MIT", anzahl_mit), ("OHNE", anzahl_ohne), ("INSGESAMT", anzahl_mit + anzahl_ohne)):
            yield _zeile(auftrag, jahr, gruppe, anzahl, gemeinde=gemeinde.ags)


def _zeile(
    auftrag: Auftrag,
    jahr: int,
    gruppe: str,
    anzahl: int,
    *,
    gemeinde: str = GESAMT,
    geschlecht: str = GESAMT,
    alter: str = GESAMT,
) -> Zeile:
    return {
        "stichtag": date(jahr, 12, 31),
        "gemeinde_ags": gemeinde,
        "konzept": auftrag.plan.konzept,
        "gruppe": gruppe,
        "geschlecht": geschlecht,
        "altersgruppe": alter,
        "personen": anzahl,
        "zuzuege": None,
        "fortzuege": None,
    }
