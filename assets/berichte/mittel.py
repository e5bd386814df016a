"""Money on the page of a Meldeeinheit: notices beside the formula, use of the allocation, instalments, two figures.

What belongs here: rows of the tables about money put into words. What does not: any judgement of a delivery, and the
figures themselves (`assets/auswertung/`). Every figure says on which source and state it rests.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.berichte.geld import (
    BETREUUNG,
    Verwendung,
    Zeile,
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
from assets.berichte.vergleich import Zelle
from assets.berichte.worte import datum
from assets.berichte.zahlen import GESCHUETZT, euro, runde, zahl
from schemas.codelisten_steuerung import BEREICH, FG, OHNE_BEREICH
from schemas.mittel import ABWEICHUNG, GRENZE, RATENSTAND
from schemas.modell import Indikator


@dataclass(frozen=True, slots=True)
class Mitteilung:
    """One notice: what the formula gives, what was booked, how the two compare, on which figures each rests."""

    fassung: str
    masse: Zelle
    anteil: str
    anteil_stand: str
    formel: Zelle
    gebucht: Zelle
    gebucht_stand: str
    differenz: Zelle
    vergleich: str


@dataclass(frozen=True, slots=True)
class Foerdergegenstand:
    """The notices of one Fördergegenstand, in the order in which they follow on each other."""

    label: str
    mitteilungen: tuple[Mitteilung, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """One instalment."""

    label: str
    nummer: int
    frist: str
    gezahlt: str
    betrag: Zelle
    ergebnis: str


@dataclass(frozen=True, slots=True)
class Mitteljahr:
    """Everything about the money of one Haushaltsjahr."""

    jahr: int
    grundlage: Grundlage
    masse_hinweis: str
    foerdergegenstaende: tuple[Foerdergegenstand, ...]
    verwendung: tuple[Verwendung, ...]
    raten: tuple[Rate, ...]
    saetze: tuple[str, ...]


def mitteljahre(daten: Berichtsdaten, meldeeinheit: str) -> tuple[Mitteljahr, ...]:
    """The money of a Meldeeinheit by Haushaltsjahr, newest first."""
    mittel = daten.mittel
    zuweisungen, verwendung, raten = (
        t.filter(meldeeinheit=meldeeinheit) for t in (mittel.zuweisungen, mittel.verwendung, mittel.raten)
    )
    jahre = sorted({*zuweisungen["haushaltsjahr"], *verwendung["haushaltsjahr"]}, reverse=True)
    ergebnis = []
    for jahr in jahre:
        mitteilungen = zuweisungen.filter(haushaltsjahr=jahr)
        des_jahres = verwendung.filter(haushaltsjahr=jahr)
        ergebnis.append(
            Mitteljahr(
                jahr=jahr,
                grundlage=Grundlage.DEMO if daten.ist_synthetisch(meldeeinheit, jahr) else Grundlage.LIEFERUNG,
                masse_hinweis=masse_hinweis(mitteilungen),
                foerdergegenstaende=_foerdergegenstaende(mitteilungen),
                verwendung=_verwendung(des_jahres),
                raten=tuple(_rate(z) for z in raten.filter(haushaltsjahr=jahr).iter_rows(named=True)),
                saetze=(*_verwaltung(daten, des_jahres), *_betreuung(daten, meldeeinheit, jahr)),
            )
        )
    return tuple(ergebnis)


def _foerdergegenstaende(mitteilungen: pl.DataFrame) -> tuple[Foerdergegenstand, ...]:
    return tuple(
        Foerdergegenstand(FG.label_von(fg), tuple(_mitteilung(z) for z in zeilen))
        for fg, zeilen in nach_fg(mitteilungen)
    )


def _mitteilung(z: Zeile) -> Mitteilung:
    return Mitteilung(
        fassung=fassungswort(z["fassung"]) + (", gilt" if z["gilt"] else ""),
        masse=geld(z["masse_cent"]),
        anteil=_anteil(z),
        anteil_stand=zahlenstand(z["stichtag"], z["stand"], z["grundlage"]),
        formel=geld(z["formel_cent"]),
        gebucht=geld(z["gebucht_cent"]),
        gebucht_stand=_gebucht_stand(z),
        differenz=Zelle("entfällt") if z["differenz_cent"] is None else geld(z["differenz_cent"]),
        vergleich=_vergleich(z),
    )


def _anteil(z: Zeile) -> str:
    werte = zip(z["schluesselwerte"] or (), z["schluesselsummen"] or (), strict=True)
    return "; ".join(f"{zahl(runde(wert, 0))} von {zahl(runde(summe, 0))}" for wert, summe in werte) or "nicht bekannt"


def _gebucht_stand(z: Zeile) -> str:
    """When the notice came and on which figures it rests, as the Meldeeinheit says."""
    teile = []
    if z["bescheid_datum"] or z["mitteilung_datum"]:
        art, tag = ("Bescheid", z["bescheid_datum"]) if z["bescheid_datum"] else ("Mitteilung", z["mitteilung_datum"])
        teile.append(f"{art} vom {datum(tag)}")
    if z["ew_stichtag"]:
        teile.append(f"nach Zahlen vom {datum(z['ew_stichtag'])}")
    if z["ew_stand"]:
        teile.append(f"Stand {datum(z['ew_stand'])}")
    return ", ".join(teile)


def _vergleich(z: Zeile) -> str:
    label = ABWEICHUNG.label_von(z["grund"])
    if z["passender_stichtag"] is None:
        return label
    return f"{label}: {zahlenstand(z['passender_stichtag'], z['passender_stand'], None)}"


def _verwendung(zeilen: pl.DataFrame) -> tuple[Verwendung, ...]:
    je_fg = {z["fg"]: z for z in zeilen.to_dicts()}
    einzeln = [
        verwendungszeile(
            FG.label_von(fg),
            je_fg[fg],
            fassungswort(je_fg[fg]["fassung"]) if je_fg[fg]["fassung"] else "ohne Mitteilung",
        )
        for fg in FG.schluessel
        if fg in je_fg
    ]
    return (*einzeln, verwendungszeile("Summe", summen(zeilen), "")) if len(einzeln) > 1 else tuple(einzeln)


def _rate(z: Zeile) -> Rate:
    bereich = "" if z["bereich"] == OHNE_BEREICH else f", {BEREICH.label_von(z['bereich'])}"
    return Rate(
        label=FG.label_von(z["fg"]) + bereich,
        nummer=z["rate"],
        frist=datum(z["frist"]) if z["frist"] else "ohne Frist",
        gezahlt=datum(z["datum"]) if z["datum"] else "nicht angegeben",
        betrag=geld(z["betrag_cent"]),
        ergebnis=_ratenergebnis(z),
    )


def _ratenergebnis(z: Zeile) -> str:
    label = RATENSTAND.label_von(z["ratenstand"])
    if not z["tage"]:
        return label
    tage = f"{abs(z['tage'])}{GESCHUETZT}{'Tag' if abs(z['tage']) == 1 else 'Tage'}"
    return f"{tage} {label}" if z["tage"] > 0 else f"{label}, {tage} vorher"


def _verwaltung(daten: Berichtsdaten, zeilen: pl.DataFrame) -> Iterable[str]:
    """The figure the law limits, of Flüchtlingssozialarbeit alone."""
    for z in zeilen.filter(pl.col("fsa_grenze").is_not_null()).to_dicts():
        if z["fsa_verwaltung_cent"] is None or z["fsa_verwaltungsanteil"] is None:
            yield "Welcher Teil der Mittel für Flüchtlingssozialarbeit an Verwaltungsaufgaben ging, ist nicht bekannt."
            continue
        ohne_zweck = z["fsa_ohne_zweck_cent"]
        rest = f" Bei weiteren {_euro(ohne_zweck)} ist der Zweck nicht angegeben." if ohne_zweck else ""
        yield (
            f"Für Verwaltungsaufgaben der Flüchtlingssozialarbeit wurden {_euro(z['fsa_verwaltung_cent'])} ausgegeben, "
            f"{prozent(z['fsa_verwaltungsanteil']).text} der dafür zugewiesenen {_euro(z['fsa_zuweisung_cent'])}; "
            f"{grenzwort(daten)}: {GRENZE.label_von(z['fsa_grenze'])}.{rest}"
        )


def _euro(cent: int) -> str:
    return f"{euro(cent)}{GESCHUETZT}Euro"


def _betreuung(daten: Berichtsdaten, ags: str, jahr: int) -> Iterable[str]:
    indikator = next((i for i in daten.katalog if i.id == BETREUUNG), None)
    wert = betreuungswert(daten, ags, jahr)
    if indikator is not None and wert is not None:
        yield (
            f"Auf eine Vollzeitstelle der Flüchtlingssozialarbeit kamen im Jahresmittel {zahl(runde(wert, 0))} "
            f"Personen der Zielgruppe (Kennzahl {indikator.id}){_zum_richtwert(wert, indikator)}. {indikator.lesehilfe}"
        )


def _zum_richtwert(wert: float, indikator: Indikator) -> str:
    """On which side of the figure the law names, after rounding; no more is said about it."""
    if indikator.zielwert is None:
        return ""
    abstand = runde(wert, 0) - runde(indikator.zielwert, 0)
    seite = "genau der" if abstand == 0 else "mehr als der" if abstand > 0 else "weniger als der"
    return f", {seite} Richtwert"
