"""The change log: every revised figure with old and new value, and the indicator values that changed with it.

What belongs here: the tables of revisions in words, for one Meldeeinheit, the Land or all. What does not: finding
revisions (`assets/auswertung/revisionen.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from assets.berichte.bestand import Bestand
from assets.berichte.kennzahl import kennzahl_id
from assets.berichte.reihen import Reihe
from assets.berichte.worte import stand
from assets.berichte.zahlen import mit_einheit, runde, zahl
from schemas import revisionen
from schemas.datensaetze import alle_datensaetze
from schemas.revisionen import AMTLICH, AMTLICHE_WORTE, GEAENDERT

_LEER = "leer"
_NEUESTE = 5


@dataclass(frozen=True, slots=True)
class Zellaenderung:
    """One figure: whose, where, which, before and after."""

    gebiet: str
    stelle: str
    angabe: str
    alt: str
    neu: str


@dataclass(frozen=True, slots=True)
class Wirkung:
    """One value of an indicator, rounded as everywhere; `anker` leads to its section."""

    anker: str
    kennzahl: str
    gebiet: str
    jahr: int
    alt: str
    neu: str


@dataclass(frozen=True, slots=True)
class Aenderung:
    """One revision; `was` names the delivery or table, `wie` the step to the new state, `tag` the day in ISO form."""

    id: str
    was: str
    wer: str
    art: str
    wie: str
    datum: str
    tag: str
    zellen: tuple[Zellaenderung, ...]
    wirkungen: tuple[Wirkung, ...]


def aenderungen(bestand: Bestand, gebiete: Sequence[str] = ()) -> tuple[Aenderung, ...]:
    """All revisions, or those that changed a figure or a value of these areas, with what concerns them.

    Values that look the same rounded are left out: nobody sees a change there.
    """
    daten = bestand.daten
    figuren, wirkungen = daten.revisionen, daten.wirkungen
    if gebiete:
        figuren, wirkungen = (t.filter(pl.col("ags").is_in(list(gebiete))) for t in (figuren, wirkungen))
    namen = daten.land.gebietsnamen
    je_revision = wirkungen.partition_by("revision", as_dict=True)
    koepfe = daten.revisionen.unique("revision", keep="first", maintain_order=True)
    ergebnis = []
    for nummer, kopf in enumerate(koepfe.iter_rows(named=True), 1):
        zellen = tuple(_zelle(z, namen) for z in figuren.filter(revision=kopf["revision"]).iter_rows(named=True))
        folgen = _wirkungen(bestand, je_revision.get((kopf["revision"],), wirkungen.clear()), namen)
        if zellen or folgen:
            ergebnis.append(_aenderung(f"a-{nummer}", kopf, namen, zellen, folgen))
    return tuple(ergebnis)


def neueste(alle: Sequence[Aenderung]) -> tuple[Aenderung, ...]:
    """The latest revisions, newest first; of one day in the order of the log."""
    return tuple(sorted(alle, key=lambda a: a.tag, reverse=True)[:_NEUESTE])


def _aenderung(
    kennung: str,
    kopf: dict[str, Any],
    namen: dict[str, str],
    zellen: tuple[Zellaenderung, ...],
    folgen: tuple[Wirkung, ...],
) -> Aenderung:
    amtlich = kopf["art"] == AMTLICH
    if amtlich:
        was, wer = f"Amtliche Tabelle {kopf['quelle']}, {kopf['berichtsjahr']}", "Amtliche Statistik"
        wie = f"Stand {stand(kopf['alt_stand'])} ersetzt durch Stand {stand(kopf['neu_stand'])}"
    else:
        was, wer = f"{alle_datensaetze()[kopf['quelle']].label} {kopf['berichtsjahr']}", namen[kopf["ags"]]
        wie = f"Version {kopf['alt_stand']} ersetzt durch Version {kopf['neu_stand']}"
    art = revisionen.ART.label_von(kopf["art"])
    return Aenderung(kennung, was, wer, art, wie, stand(kopf["datum"]), kopf["datum"], zellen, folgen)


def _zelle(zeile: dict[str, Any], namen: dict[str, str]) -> Zellaenderung:
    if zeile["art"] == AMTLICH:
        angabe = AMTLICHE_WORTE.get(zeile["spalte"], zeile["spalte"])
    else:
        angabe = alle_datensaetze()[zeile["quelle"]].spalte(zeile["spalte"]).feld.label
    if zeile["ereignis"] != GEAENDERT:
        angabe = f"{angabe} (Zeile {revisionen.EREIGNIS.label_von(zeile['ereignis'])})"
    alt, neu = (_text(zeile[s], zeile[f"{s}_zahl"]) for s in ("alt", "neu"))
    return Zellaenderung(namen[zeile["ags"]], zeile["schluessel"], angabe, alt, neu)


def _text(text: str, wert: float | None) -> str:
    """A number as numbers are written, with every decimal it was delivered with; else the text."""
    if wert is None:
        return text or _LEER
    return zahl(Decimal(int(wert)) if wert.is_integer() else Decimal(repr(wert)))


def _wirkungen(bestand: Bestand, tabelle: pl.DataFrame, namen: dict[str, str]) -> tuple[Wirkung, ...]:
    reihen = {(r.indikator.id, r.variante.id): r for varianten in bestand.reihen.values() for r in varianten}
    gezeigt = []
    for zeile in tabelle.iter_rows(named=True):
        reihe = reihen.get((zeile["indikator_id"], zeile["variante"]))
        if reihe is None:
            continue
        alt, neu = (_wert(reihe, zeile[s]) for s in ("alt", "neu"))
        if alt != neu:
            mehrere = len(bestand.reihen[reihe.indikator.id]) > 1
            name = f"{reihe.indikator.name}, {reihe.variante.label}" if mehrere else reihe.indikator.name
            gezeigt.append(
                Wirkung(kennzahl_id(reihe.indikator), name, namen[zeile["ags"]], zeile["berichtsjahr"], alt, neu)
            )
    return tuple(gezeigt)


def _wert(reihe: Reihe, wert: float | None) -> str:
    return "keine Zahl" if wert is None else mit_einheit(zahl(runde(wert, reihe.stellen)), reihe.einheit)
