"""How money stands on pages: amounts, shares, states of figures, the formula, sums with their shares.

What belongs here: what the pages of a Meldeeinheit (`mittel.py`) and of the Land (`mittel_land.py`) share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from assets.berichte.daten import Berichtsdaten
from assets.berichte.vergleich import Zelle, zelle
from assets.berichte.worte import datum, stand
from assets.berichte.zahlen import GESCHUETZT, euro, mit_einheit, runde, zahl
from schemas.codelisten import GESAMT
from schemas.codelisten_steuerung import BUCHUNGSART, FG
from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.mittel import GRENZE
from schemas.zuweisung import RANG

BETREUUNG = "FSA-03"
Zeile = Mapping[str, Any]
"""A row of one of the tables about money."""


@dataclass(frozen=True, slots=True)
class Verwendung:
    """What became of the allocation of one Fördergegenstand, or of all."""

    label: str
    zusatz: str
    zuweisung: Zelle
    ausgezahlt: Zelle
    weitergeleitet: Zelle
    eigene: Zelle
    verwendet: Zelle
    quote: Zelle
    sachanteil: Zelle


def zeigt_mittel(daten: Berichtsdaten) -> bool:
    """Whether the Land collects what was done with the money."""
    return "finanzen" in daten.land.datensaetze


def geld(cent: int | None) -> Zelle:
    """An amount in euros, or the sign for a missing one."""
    return zelle(None) if cent is None else Zelle(euro(cent))


def prozent(wert: float | None) -> Zelle:
    """A share with one decimal, or the sign for a missing one."""
    return zelle(None) if wert is None else Zelle(mit_einheit(zahl(runde(wert, 1)), "Prozent"))


def rechenweg(daten: Berichtsdaten) -> str:
    """How the formula shares a sum out, with its law and the sources of its figures."""
    schluessel = daten.land.verteilschluessel
    if schluessel is None:
        return "Für dieses Land ist kein Verteilschlüssel hinterlegt."
    gewichte = sum(g.gewicht for g in schluessel.groessen)
    groessen = [
        g.label if len(schluessel.groessen) == 1 else f"{g.label} ({g.gewicht} von {gewichte} Teilen)"
        for g in schluessel.groessen
    ]
    quellen = "; ".join(dict.fromkeys(g.groesse.quelle for g in schluessel.groessen))
    return (
        f"Nach der Formel erhält jede Meldeeinheit den Teil der Verteilungsmasse, der ihrem Anteil entspricht "
        f"({', '.join(groessen)}; {schluessel.quelle}). Gerundet wird auf {_schritt(schluessel.kleinster_betrag)} nach "
        f"dem Verfahren der größten Reste; bei gleichem Rest entscheidet der größere Anteil, dann die kleinere "
        f"Kennung. Die Summe ist immer die Verteilungsmasse. Quelle der Anteile: {quellen.removesuffix('.')}."
    )


def _schritt(cent: int) -> str:
    return "ganze Cent" if cent == 1 else f"{euro(cent)}{GESCHUETZT}Euro"


def masse_hinweis(mitteilungen: pl.DataFrame) -> str:
    """Where the sums of a year come from, or that there are none."""
    massen = mitteilungen.filter(pl.col("masse_cent").is_not_null()).unique("fassung").sort("masse_datum")
    if massen.is_empty():
        return "Verteilungsmasse nicht hinterlegt."
    teile = [f"{fassungswort(z['fassung'])}, {datum(z['masse_datum'])}: {z['masse_quelle']}" for z in massen.to_dicts()]
    erfunden = " Die Beträge sind erfunden." if massen["masse_erfunden"].any() else ""
    return f"Quelle der Verteilungsmasse: {'; '.join(teile)}.{erfunden}"


def fassungswort(code: str | None) -> str:
    """What a notice is called, without its place in the law."""
    return BUCHUNGSART.label_von(code).split(" (")[0] if code else "ohne Mitteilung"


def nach_fg(zeilen: pl.DataFrame) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """(Code, rows in the order of the notices) of each Fördergegenstand that has any, in the order of the code list."""
    for fg in FG.schluessel:
        eigene = sorted(zeilen.filter(fg=fg).to_dicts(), key=lambda z: RANG[z["fassung"]])
        if eigene:
            yield fg, eigene


def zahlenstand(stichtag: date | None, staende: str | None, grundlage: str | None) -> str:
    """On which figures an amount rests: Stichtag, state of publication, census."""
    if stichtag is None:
        return ""
    tage = "; ".join(stand(s) for s in (staende or "").split("; ") if s)
    return ", ".join(filter(None, [datum(stichtag), f"Stand {tage}" if tage else "", grundlage]))


_ZUM_ADDIEREN = (
    "zuweisung_cent",
    "ausgezahlt_cent",
    "weitergeleitet_cent",
    "rueckfluss_cent",
    "eigene_ausgaben_cent",
    "verwendet_cent",
    "personal_cent",
    "sach_cent",
)


def summen(zeilen: pl.DataFrame) -> dict[str, Any]:
    """Sums of the rows with their shares; a sum with an unknown part is unknown."""
    summe: dict[str, Any] = {
        s: None if zeilen[s].null_count() or zeilen.is_empty() else int(zeilen[s].sum()) for s in _ZUM_ADDIEREN
    }
    return summe | {
        "verwendungsquote": _quote(summe["verwendet_cent"], summe["zuweisung_cent"]),
        "sachanteil": _quote(summe["sach_cent"], _plus(summe["sach_cent"], summe["personal_cent"])),
    }


def _quote(teil: int | None, ganzes: int | None) -> float | None:
    return None if teil is None or not ganzes else 100 * teil / ganzes


def _plus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def verwendungszeile(label: str, z: Zeile, zusatz: str) -> Verwendung:
    """A row about the use of an allocation; what was forwarded is shown without what flowed back."""
    zurueck = z["rueckfluss_cent"]
    return Verwendung(
        label=label,
        zusatz=zusatz,
        zuweisung=geld(z["zuweisung_cent"]),
        ausgezahlt=geld(z["ausgezahlt_cent"]),
        weitergeleitet=geld(_plus(z["weitergeleitet_cent"], None if zurueck is None else -zurueck)),
        eigene=geld(z["eigene_ausgaben_cent"]),
        verwendet=geld(z["verwendet_cent"]),
        quote=prozent(z["verwendungsquote"]),
        sachanteil=prozent(z["sachanteil"]),
    )


def grenzwort(daten: Berichtsdaten) -> str:
    """What the law allows for administration, with its place."""
    hoechstens = daten.land.schwellen.get("fsa_verwaltung_max")
    if hoechstens is None:
        return "eine Grenze ist für dieses Land nicht hinterlegt"
    return f"erlaubt sind {mit_einheit(zahl(runde(100 * hoechstens, 0)), 'Prozent')} ({GRENZE.quelle})"


def betreuungswert(daten: Berichtsdaten, ags: str, jahr: int) -> float | None:
    """Persons of the target group per post in Flüchtlingssozialarbeit, from the indicator."""
    ganzes = [pl.col(g) == GESAMT for g in GLIEDERUNGEN]
    werte = daten.werte.filter(*ganzes, indikator_id=BETREUUNG, variante="ZIELGRUPPE", ags=ags, berichtsjahr=jahr)[
        "wert"
    ].drop_nulls()
    return float(werte[-1]) if len(werte) else None
