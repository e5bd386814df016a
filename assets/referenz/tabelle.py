"""Reader of the classic table export: title, stacked headings, one line per region, footer.

What belongs here: the data lines, their leading columns and the quality columns. What headings mean is in `kopf.py`,
what cells mean in `werte.py` and `belegung.py`. No table number and no file name decides anything.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.kopf import Kopf, Wertspalte, deute_spalten, lies_kopf
from assets.referenz.rohwerte import GESAMT, ZELLEN_SCHEMA, Rohwerte, saetze_tabelle, sind_gebietsschluessel
from assets.referenz.werte import QUALITAETSKENNZEICHEN, WERTZEICHEN
from assets.referenz.zeilen import Satz, Zeilenart, schneide_fuss, zerlege
from assets.referenz.zeit import Zeit, deute_zeit, ist_monat


@dataclass(frozen=True, slots=True)
class _Gitter:
    """Cells of the data lines by column, and the physical line (1-based) of each."""

    spalten: list[list[str]]
    zeilen: list[int]


@dataclass(frozen=True, slots=True)
class _Vorspalten:
    """Which leading column is what (0-based), None where the export has no such column."""

    zeit: int | None
    monat: int | None
    ags: int | None
    region: int | None
    uebrige: tuple[int, ...]


def lies_tabelle(zeilen: Sequence[str], datei: str) -> Rohwerte:
    """Reads a table export into raw values.

    Raises ReferenzFehler where the head is missing, a line has the wrong number of cells or no time can be found.
    """
    fuss = schneide_fuss(zeilen)
    saetze = zerlege(zeilen[:fuss], datei)
    kopf = lies_kopf(saetze, datei)
    daten, zeiten = _datensaetze(saetze[kopf.erster_satz :], kopf, datei)
    breite = max(len(s.zellen) for s in (*kopf.ueberschriften, *daten))
    _pruefe_breite(daten, breite, datei)
    gitter = _Gitter([list(s) for s in zip(*(s.zellen for s in daten), strict=True)], [s.von for s in daten])
    vorn = _vorspalten(gitter.spalten[: kopf.vorspalten])
    qualitaet = _qualitaetsspalten(gitter.spalten, kopf)
    spalten = deute_spalten(kopf, breite, qualitaet)
    zellen, satztabelle = _entfalte(gitter, zeiten, vorn, spalten, datei)
    return Rohwerte(
        tabelle=kopf.tabelle,
        titel=kopf.titel,
        anordnung=kopf.anordnung,
        dezimal=kopf.dezimal,
        zellen=zellen,
        saetze=satztabelle,
        zeilenarten=_zeilenarten(saetze, {s.von for s in daten}, len(zeilen)),
        vorspalten=kopf.vorspalten * len(daten),
        qualitaetszellen=len(qualitaet) * len(daten),
        gesamtzellen=sum(len(s.zellen) for s in daten),
    )


def _datensaetze(saetze: Sequence[Satz], kopf: Kopf, datei: str) -> tuple[list[Satz], list[Zeit | None]]:
    """The data records and, per record, the time a heading line between them gives."""
    daten: list[Satz] = []
    zeiten: list[Zeit | None] = []
    zeit = kopf.zeit
    for satz in saetze:
        if satz.leer:
            continue
        if satz.nur_erste and (ueberschrift := deute_zeit(satz.zellen[0])):
            zeit = ueberschrift
            continue
        daten.append(satz)
        zeiten.append(zeit)
    if not daten:
        raise ReferenzFehler(
            datei, "Unter dem Tabellenkopf stehen keine Daten.", "Bitte die Auswahl prüfen und die Tabelle neu abrufen."
        )
    return daten, zeiten


def _pruefe_breite(daten: Sequence[Satz], breite: int, datei: str) -> None:
    for satz in daten:
        if len(satz.zellen) != breite:
            raise ReferenzFehler(
                datei,
                f"Zeile {satz.von} hat {len(satz.zellen)} Zellen, der Tabellenkopf {breite}.",
                "Bitte die Datei unverändert neu abrufen; vermutlich ist sie abgeschnitten.",
            )


def _vorspalten(spalten: Sequence[Sequence[str]]) -> _Vorspalten:
    """Recognises time, region key and region name by all their cells."""
    werte = [set(s) for s in spalten]
    zeit = next((i for i, w in enumerate(werte) if all(deute_zeit(x) for x in w)), None)
    monat = None
    if zeit is not None and all(re.fullmatch(r"\d{4}", x) for x in werte[zeit]):
        monat = next((i for i, w in enumerate(werte) if all(ist_monat(x) for x in w)), None)
    ags = None
    for links, rechts in pairwise(i for i in range(len(werte)) if i not in (zeit, monat)):
        if sind_gebietsschluessel(werte[links]) and all(map(_hat_buchstaben, werte[rechts])):
            ags = links
            break
    region = None if ags is None else next(i for i in range(ags + 1, len(werte)) if i not in (zeit, monat))
    belegt = {zeit, monat, ags, region}
    return _Vorspalten(zeit, monat, ags, region, tuple(i for i in range(len(werte)) if i not in belegt))


def _hat_buchstaben(text: str) -> bool:
    return any(z.isalpha() for z in text)


def _qualitaetsspalten(spalten: Sequence[Sequence[str]], kopf: Kopf) -> dict[int, int]:
    """Value column -> the quality column right of it, recognised by its content and its repeated or missing heading."""
    paare: dict[int, int] = {}
    for position in range(kopf.vorspalten + 1, len(spalten)):
        inhalt = set(spalten[position]) - {""}
        if position - 1 in paare.values() or not inhalt <= QUALITAETSKENNZEICHEN | WERTZEICHEN:
            continue
        links, hier = (tuple(_zelle(s, p) for s in kopf.ueberschriften) for p in (position - 1, position))
        namenlos = hier == links or not any(hier)
        if inhalt & QUALITAETSKENNZEICHEN or (namenlos and not inhalt):
            paare[position - 1] = position
    return paare


def _zelle(satz: Satz, position: int) -> str:
    return satz.zellen[position] if position < len(satz.zellen) else ""


def _entfalte(
    gitter: _Gitter, zeiten: Sequence[Zeit | None], vorn: _Vorspalten, spalten: Sequence[Wertspalte], datei: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per value cell, and the table of what the cells measure.

    A cell's satz_id counts value columns times combinations of the leading columns.
    """
    leer = [""] * len(gitter.zeilen)
    zeilenzeit = [_zeilenzeit(i, zeiten[i], gitter.spalten, vorn) for i in range(len(gitter.zeilen))]
    nummern, je_zeile = _vorn_nummern(gitter, vorn, zeilenzeit)
    zellen, saetze = [], []
    for nummer, spalte in enumerate(spalten):
        basis = nummer * len(nummern)
        eigene = {"zeitangabe": spalte.zeit.angabe} if spalte.zeit and spalte.zeit.angabe else {}
        saetze += [
            (basis + n, spalte.kennzahl, spalte.einheit, {**spalte.merkmale, **dict(m), **eigene})
            for m, n in nummern.items()
        ]
        inhalt = {
            "zeit": _zellenzeit(spalte, zeilenzeit, gitter, datei),
            "ags": leer if vorn.ags is None else gitter.spalten[vorn.ags],
            "region": leer if vorn.region is None else gitter.spalten[vorn.region],
            "satz_id": [basis + n for n in je_zeile],
            "roh": gitter.spalten[spalte.position],
            "qualitaet": leer if spalte.qualitaet is None else gitter.spalten[spalte.qualitaet],
            "spalte": [spalte.position + 1] * len(leer),
            "datei_zeile": gitter.zeilen,
        }
        zellen.append(pl.DataFrame(inhalt, schema=ZELLEN_SCHEMA))
    return pl.concat(zellen), saetze_tabelle(saetze)


def _vorn_nummern(
    gitter: _Gitter, vorn: _Vorspalten, zeilenzeit: Sequence[Zeit | None]
) -> tuple[dict[tuple[tuple[str, str], ...], int], list[int]]:
    """Numbers the combinations of Merkmale in the leading columns, and says which one each line has."""
    nummern: dict[tuple[tuple[str, str], ...], int] = {}
    je_zeile = []
    for i, zeit in enumerate(zeilenzeit):
        merkmale = [(f"vorspalte_{p + 1}", gitter.spalten[p][i] or GESAMT) for p in vorn.uebrige]
        if zeit and zeit.angabe:
            merkmale.append(("zeitangabe", zeit.angabe))
        je_zeile.append(nummern.setdefault(tuple(merkmale), len(nummern)))
    return nummern, je_zeile


def _zellenzeit(spalte: Wertspalte, zeilenzeit: Sequence[Zeit | None], gitter: _Gitter, datei: str) -> list[str]:
    """Time of every cell of a column: the column's own before its line's."""
    if spalte.zeit:
        return [spalte.zeit.zeit] * len(zeilenzeit)
    for zeit, zeile in zip(zeilenzeit, gitter.zeilen, strict=True):
        if zeit is None:
            raise ReferenzFehler(
                datei,
                f"Für die Werte in Zeile {zeile} steht nirgends, für welchen Stichtag oder welches Jahr sie gelten.",
                "Bitte die Tabelle mit der Zeitangabe neu abrufen.",
            )
    return [z.zeit for z in zeilenzeit if z]


def _zeilenzeit(
    zeile: int, ueberschrift: Zeit | None, je_spalte: Sequence[Sequence[str]], vorn: _Vorspalten
) -> Zeit | None:
    """Time of a line: its own columns before the heading above it."""
    if vorn.zeit is None:
        return ueberschrift
    text = je_spalte[vorn.zeit][zeile]
    if vorn.monat is not None:
        text = f"{je_spalte[vorn.monat][zeile]} {text}"
    return deute_zeit(text)


def _zeilenarten(saetze: Sequence[Satz], daten: set[int], anzahl: int) -> tuple[Zeilenart, ...]:
    arten = [Zeilenart.FUSS] * anzahl
    for satz in saetze:
        art = Zeilenart.LEER if satz.leer else Zeilenart.DATEN if satz.von in daten else Zeilenart.KOPF
        arten[satz.von - 1 : satz.bis] = [art] * (satz.bis - satz.von + 1)
    return tuple(arten)
