"""Money on the page of the Land: sums of the notices by Fördergegenstand, use of the money, a line per Meldeeinheit.

What belongs here: adding up what Meldeeinheiten booked, always with how many of them. What does not: the page of one
Meldeeinheit (`mittel.py`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.berichte.geld import (
    Verwendung,
    betreuungswert,
    fassungswort,
    geld,
    grenzwort,
    masse_hinweis,
    nach_fg,
    prozent,
    summen,
    verwendungszeile,
    zahlenstand,
)
from assets.berichte.grundlage import Grundlage
from assets.berichte.vergleich import Zelle, zelle
from assets.berichte.worte import dativ
from assets.berichte.zahlen import runde, zahl
from schemas.codelisten_steuerung import FG
from schemas.mittel import ABWEICHUNG

_NOETIG = ("zuweisung_cent", "ausgezahlt_cent", "verwendet_cent", "sach_cent", "personal_cent")
"""A Meldeeinheit of which one of these is unknown stays out of all sums, so that shares fit together."""


@dataclass(frozen=True, slots=True)
class Landesmitteilung:
    """All notices of one kind for a Fördergegenstand."""

    fassung: str
    zahlen: str
    masse: Zelle
    formel: Zelle
    gebucht: Zelle
    abdeckung: str
    differenz: Zelle
    vergleich: str


@dataclass(frozen=True, slots=True)
class Landesgegenstand:
    """The notices of one Fördergegenstand."""

    label: str
    mitteilungen: tuple[Landesmitteilung, ...]


@dataclass(frozen=True, slots=True)
class Einheitszeile:
    """One Meldeeinheit: all Fördergegenstände together, and the figures of Flüchtlingssozialarbeit."""

    name: str
    ags: str
    zuweisung: Zelle
    verwendet: Zelle
    quote: Zelle
    sachanteil: Zelle
    verwaltung: Zelle
    betreuung: Zelle
    abweichungen: str
    raten: str


@dataclass(frozen=True, slots=True)
class Landesmitteljahr:
    """Everything about the money of one Haushaltsjahr in the Land."""

    jahr: int
    grundlage: Grundlage
    masse_hinweis: str
    foerdergegenstaende: tuple[Landesgegenstand, ...]
    verwendung: tuple[Verwendung, ...]
    einheiten: tuple[Einheitszeile, ...]
    grenze: str


def landesmitteljahre(daten: Berichtsdaten) -> tuple[Landesmitteljahr, ...]:
    """The money of the Land by Haushaltsjahr, newest first."""
    mittel = daten.mittel
    jahre = sorted({*mittel.zuweisungen["haushaltsjahr"], *mittel.verwendung["haushaltsjahr"]}, reverse=True)
    ergebnis = []
    for jahr in jahre:
        mitteilungen = mittel.zuweisungen.filter(haushaltsjahr=jahr)
        ergebnis.append(
            Landesmitteljahr(
                jahr=jahr,
                grundlage=Grundlage.DEMO if daten.ist_synthetisch(None, jahr) else Grundlage.LIEFERUNG,
                masse_hinweis=masse_hinweis(mitteilungen),
                foerdergegenstaende=_foerdergegenstaende(daten, mitteilungen),
                verwendung=tuple(_verwendung(daten, mittel.verwendung.filter(haushaltsjahr=jahr))),
                einheiten=tuple(_einheit(daten, m.id, m.name, jahr) for m in daten.land.meldeeinheiten),
                grenze=grenzwort(daten),
            )
        )
    return tuple(ergebnis)


def _foerdergegenstaende(daten: Berichtsdaten, mitteilungen: pl.DataFrame) -> tuple[Landesgegenstand, ...]:
    ergebnis = []
    for fg, zeilen in nach_fg(mitteilungen):
        fassungen = dict.fromkeys(z["fassung"] for z in zeilen)
        teile = (_mitteilung(daten, [z for z in zeilen if z["fassung"] == fassung]) for fassung in fassungen)
        ergebnis.append(Landesgegenstand(FG.label_von(fg), tuple(teile)))
    return tuple(ergebnis)


def _mitteilung(daten: Berichtsdaten, zeilen: Sequence[dict[str, Any]]) -> Landesmitteilung:
    """Sums over what is known; the difference only over Meldeeinheiten of which both amounts are."""
    mit_masse = next((z for z in zeilen if z["masse_cent"] is not None), zeilen[0])
    anzahl = sum(z["gebucht_cent"] is not None for z in zeilen)
    gruende = [z["grund"] for z in zeilen]
    haeufig = [f"{gruende.count(c.code)} × {c.label}" for c in ABWEICHUNG.codes if c.code in gruende]
    return Landesmitteilung(
        fassung=fassungswort(zeilen[0]["fassung"]),
        zahlen=zahlenstand(mit_masse["stichtag"], mit_masse["stand"], mit_masse["grundlage"]),
        masse=geld(mit_masse["masse_cent"]),
        formel=_summe(zeilen, "formel_cent"),
        gebucht=_summe(zeilen, "gebucht_cent"),
        abdeckung=f"{anzahl} von {len(daten.land.meldeeinheiten)}",
        differenz=_summe(zeilen, "differenz_cent"),
        vergleich="; ".join(haeufig),
    )


def _summe(zeilen: Sequence[dict[str, Any]], spalte: str) -> Zelle:
    werte = [z[spalte] for z in zeilen if z[spalte] is not None]
    return geld(sum(werte) if werte else None)


def _verwendung(daten: Berichtsdaten, zeilen: pl.DataFrame) -> Iterator[Verwendung]:
    """By Fördergegenstand, over Meldeeinheiten whose bookings are complete."""
    vollstaendig = zeilen.filter(pl.all_horizontal(pl.col(s).is_not_null() for s in _NOETIG))
    for fg in FG.schluessel:
        eigene = vollstaendig.filter(fg=fg)
        if not eigene.is_empty():
            einheiten = dativ(daten.land.namen["meldeeinheiten"])
            abdeckung = f"{eigene.height} von {len(daten.land.meldeeinheiten)} {einheiten}"
            yield verwendungszeile(FG.label_von(fg), summen(eigene), abdeckung)


def _einheit(daten: Berichtsdaten, kennung: str, name: str, jahr: int) -> Einheitszeile:
    mittel = daten.mittel
    verwendung = mittel.verwendung.filter(meldeeinheit=kennung, haushaltsjahr=jahr)
    summe = summen(verwendung)
    anteile = verwendung["fsa_verwaltungsanteil"].drop_nulls()
    betreuung = betreuungswert(daten, kennung, jahr)
    return Einheitszeile(
        name=name,
        ags=kennung,
        zuweisung=geld(summe["zuweisung_cent"]),
        verwendet=geld(summe["verwendet_cent"]),
        quote=prozent(summe["verwendungsquote"]),
        sachanteil=prozent(summe["sachanteil"]),
        verwaltung=prozent(anteile[0] if len(anteile) else None),
        betreuung=zelle(None) if betreuung is None else Zelle(zahl(runde(betreuung, 0))),
        abweichungen=_abweichungen(mittel.zuweisungen.filter(meldeeinheit=kennung, haushaltsjahr=jahr)),
        raten=_raten(mittel.raten.filter(meldeeinheit=kennung, haushaltsjahr=jahr)),
    )


def _abweichungen(mitteilungen: pl.DataFrame) -> str:
    """How many of the notices that can be compared agree with the formula."""
    verglichen = mitteilungen.filter(pl.col("differenz_cent").is_not_null())
    if verglichen.is_empty():
        gruende = mitteilungen["grund"].unique().sort().to_list()
        return "; ".join(ABWEICHUNG.label_von(g) for g in gruende) or "nicht gebucht"
    return f"{verglichen.filter(grund='STIMMT').height} von {verglichen.height} stimmen"


def _raten(raten: pl.DataFrame) -> str:
    gezahlt = raten.filter(pl.col("frist").is_not_null(), pl.col("datum").is_not_null())
    if gezahlt.is_empty():
        return "keine gebucht"
    return f"{gezahlt.filter(ratenstand='FRISTGERECHT').height} von {gezahlt.height} fristgerecht"
