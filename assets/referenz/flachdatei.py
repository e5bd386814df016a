"""Reader of flat files (ffcsv): one line per combination of attributes, codes and labels side by side.

What belongs here: the three generations of this layout: today's (values in rows with their unit and code), the older
German one and the older English one (measures as columns `CODE__Label__Unit`). They share an order: statistic, time,
then four columns per attribute (code and label of the attribute, code and label of its value), then the measures.

`kennzahl` is the measure's code, Merkmale are {attribute code: value code}, and the empty value code, which means the
total, is written `T`. The attribute that carries the regions becomes `ags` and `region`; its own code (KREISE, DLAND)
is dropped, because the offices do not use it consistently.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.rohwerte import GESAMT, ZELLEN_SCHEMA, Rohwerte, saetze_tabelle, sind_gebietsschluessel
from assets.referenz.werte import QUALITAETSKENNZEICHEN, WERTZEICHEN
from assets.referenz.zeilen import Satz, Zeilenart, schneide_fuss, zerlege
from assets.referenz.zeit import Zeit, deute_zeit

KOPFZEILE = re.compile(r'"?(?:statistics_code|Statistik_Code)"?;', re.IGNORECASE)
_FESTE = (
    ("statistics_code", "statistik_code"),
    ("statistics_label", "statistik_label"),
    ("time_code", "zeit_code"),
    ("time_label", "zeit_label"),
    ("time", "zeit"),
)
_MERKMAL = re.compile(r"(\d+)_.+")
_JE_MERKMAL = 4
_MASSSPALTE = re.compile(r"([^_]+)__(.+)__([^_].*)")
_QUALITAETSSPALTE = re.compile(r".*_(?:q|quality|qualitaet|qualität)", re.IGNORECASE)
_TABELLENNUMMER = re.compile(r"([0-9A-Z]{4,7}(?:-[0-9A-Z]+)+)(?![0-9A-Za-z])")
_REGIONALMERKMAL = re.compile(r"DINSG|DLAND|REGBEZ|KREISE|F?GEMEIND?E?|GEO[A-Z]{2}\d+|NUTS\d?")
_DEUTSCHE_ZEIT = frozenset({"Stichtag", "Jahr", "Schuljahr", "Semester", "Monat", "Quartal"})
_ENGLISCHE_ZEIT = frozenset({"Reference date", "Year", "School year", "Semester of study", "Month", "Quarter"})


@dataclass(frozen=True, slots=True)
class _Mass:
    """A measure: places (0-based) of value and quality, and unit and code as columns or, in old files, as texts."""

    wert: int
    qualitaet: int | None = None
    einheit: int | None = None
    kennzahl: int | None = None
    fest: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class _Kopf:
    """Places (0-based) of what a line holds. `merkmale` are the first places of the four columns of each attribute."""

    merkmale: tuple[int, ...]
    masse: tuple[_Mass, ...]
    breite: int


def lies_flachdatei(zeilen: Sequence[str], namen: Sequence[str]) -> Rohwerte:
    """Reads a flat file into raw values. `namen` are file names to take the table number from, best first.

    Raises ReferenzFehler for unknown columns, lines with the wrong number of cells and times nobody can read.
    """
    datei = " in ".join(namen)
    fuss = schneide_fuss(zeilen)
    saetze = [s for s in zerlege(zeilen[:fuss], datei) if not s.leer]
    titel, daten = saetze[0], saetze[1:]
    if not daten:
        raise ReferenzFehler(datei, "Unter der Kopfzeile stehen keine Daten.", "Bitte die Auswahl prüfen.")
    for satz in daten:
        if len(satz.zellen) != len(titel.zellen):
            raise ReferenzFehler(
                datei,
                f"Zeile {satz.von} hat {len(satz.zellen)} Zellen, die Kopfzeile {len(titel.zellen)}.",
                "Bitte die Datei unverändert neu abrufen; vermutlich ist sie abgeschnitten.",
            )
    spalten = [list(s) for s in zip(*(s.zellen for s in daten), strict=True)]
    kopf = _lies_kopf(titel.zellen, spalten, datei)
    regional = _regionalmerkmal(kopf, spalten)
    zeiten = _zeiten(spalten[4], daten, datei)
    zellen, satztabelle = _entfalte(kopf, spalten, daten, zeiten, regional)
    qualitaet = sum(m.qualitaet is not None for m in kopf.masse)
    return Rohwerte(
        tabelle=_tabelle(spalten[0][0], namen),
        titel=spalten[1][0],
        anordnung="Flachdatei" if any(m.einheit is not None for m in kopf.masse) else "Flachdatei (altes Format)",
        dezimal=_dezimal(titel.zellen, spalten[3][0]),
        zellen=zellen,
        saetze=satztabelle,
        zeilenarten=_zeilenarten(titel, daten, fuss, len(zeilen)),
        vorspalten=(kopf.breite - len(kopf.masse) - qualitaet) * len(daten),
        qualitaetszellen=qualitaet * len(daten),
        gesamtzellen=sum(len(s.zellen) for s in daten),
    )


def _lies_kopf(titel: Sequence[str], spalten: Sequence[Sequence[str]], datei: str) -> _Kopf:
    for position, erlaubt in enumerate(_FESTE):
        if position >= len(titel) or titel[position].lower() not in erlaubt:
            raise _unbekannt(datei, position, titel)
    merkmale: list[int] = []
    position = len(_FESTE)
    while position < len(titel) and (treffer := _MERKMAL.fullmatch(titel[position])):
        gruppe = titel[position : position + _JE_MERKMAL]
        if len(gruppe) < _JE_MERKMAL or not all(g.startswith(f"{treffer[1]}_") for g in gruppe):
            raise _unbekannt(datei, position, titel)
        merkmale.append(position)
        position += _JE_MERKMAL
    masse: list[_Mass] = []
    while position < len(titel):
        mass, position = _lies_mass(titel, spalten, position, datei)
        masse.append(mass)
    if not masse:
        raise ReferenzFehler(datei, "Die Flachdatei hat keine Wertspalte.", "Bitte die Tabelle neu abrufen.")
    return _Kopf(tuple(merkmale), tuple(masse), len(titel))


def _lies_mass(titel: Sequence[str], spalten: Sequence[Sequence[str]], position: int, datei: str) -> tuple[_Mass, int]:
    """The measure whose value stands at `position`, and where the next one begins."""
    if titel[position].lower() == "value":
        ende = position + 1
        while ende < len(titel) and titel[ende].lower().startswith("value_"):
            ende += 1
        orte = {titel[p].lower(): p for p in range(position, ende)}
        bekannt = {"value", "value_unit", "value_variable_code", "value_variable_label", "value_q"}
        if set(orte) - bekannt or not {"value_unit", "value_variable_code"} <= set(orte):
            raise _unbekannt(datei, position, titel)
        return _Mass(position, orte.get("value_q"), orte["value_unit"], orte["value_variable_code"]), ende
    treffer = _MASSSPALTE.fullmatch(titel[position])
    if not treffer:
        raise _unbekannt(datei, position, titel)
    folgt = position + 1
    hat_qualitaet = folgt < len(titel) and _ist_qualitaet(titel[folgt], spalten[folgt])
    mass = _Mass(position, folgt if hat_qualitaet else None, fest=(treffer[1], treffer[3]))
    return mass, folgt + hat_qualitaet


def _ist_qualitaet(titel: str, inhalt: Sequence[str]) -> bool:
    """A quality column of the old format, by its name or, if that says nothing, by its content."""
    zeichen = set(inhalt) - {""}
    passt = zeichen <= QUALITAETSKENNZEICHEN | WERTZEICHEN
    return passt and bool(_QUALITAETSSPALTE.fullmatch(titel) or zeichen & QUALITAETSKENNZEICHEN)


def _unbekannt(datei: str, position: int, titel: Sequence[str]) -> ReferenzFehler:
    name = f"„{titel[position]}“" if position < len(titel) else "(fehlt)"
    return ReferenzFehler(
        datei,
        f"Spalte {position + 1} {name} passt zu keinem bekannten Flachformat der Statistischen Ämter.",
        "Bitte die Tabelle als Flatfile (ffcsv) unverändert neu abrufen.",
    )


def _regionalmerkmal(kopf: _Kopf, spalten: Sequence[Sequence[str]]) -> int | None:
    """First place of the attribute that carries the regions: by its code, else by its value codes."""
    for ort in kopf.merkmale:
        if all(_REGIONALMERKMAL.fullmatch(code) for code in set(spalten[ort])):
            return ort
    for ort in kopf.merkmale:
        if sind_gebietsschluessel(spalten[ort + 2]):
            return ort
    return None


def _zeiten(texte: Sequence[str], daten: Sequence[Satz], datei: str) -> list[Zeit]:
    zeiten = []
    for text, satz in zip(texte, daten, strict=True):
        zeit = deute_zeit(text)
        if zeit is None:
            raise ReferenzFehler(
                datei, f"Zeile {satz.von}: „{text}“ ist keine bekannte Zeitangabe.", "Bitte die Datei neu abrufen."
            )
        zeiten.append(zeit)
    return zeiten


def _entfalte(
    kopf: _Kopf, spalten: Sequence[Sequence[str]], daten: Sequence[Satz], zeiten: Sequence[Zeit], regional: int | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """One row per value cell, and the table of what the cells measure."""
    leer = [""] * len(daten)
    nummern: dict[tuple[str, ...], int] = {}
    merkmale = [o for o in kopf.merkmale if o != regional]
    codes = [s for ort in merkmale for s in (spalten[ort], spalten[ort + 2])]
    angaben = [z.angabe for z in zeiten]
    teile = []
    for mass in kopf.masse:
        kennzahl = [mass.fest[0]] * len(daten) if mass.kennzahl is None else spalten[mass.kennzahl]
        einheit = [mass.fest[1]] * len(daten) if mass.einheit is None else spalten[mass.einheit]
        schluessel = zip(kennzahl, einheit, angaben, *codes, strict=True)
        teile.append(
            pl.DataFrame(
                {
                    "zeit": [z.zeit for z in zeiten],
                    "ags": leer if regional is None else spalten[regional + 2],
                    "region": leer if regional is None else spalten[regional + 3],
                    "satz_id": [nummern.setdefault(s, len(nummern)) for s in schluessel],
                    "roh": spalten[mass.wert],
                    "qualitaet": leer if mass.qualitaet is None else spalten[mass.qualitaet],
                    "spalte": [mass.wert + 1] * len(daten),
                    "datei_zeile": [s.von for s in daten],
                },
                schema=ZELLEN_SCHEMA,
            )
        )
    saetze = [(nummer, s[0], s[1], _merkmale(s[2], s[3:])) for s, nummer in nummern.items()]
    return pl.concat(teile), saetze_tabelle(saetze)


def _merkmale(zeitangabe: str, codes: Sequence[str]) -> dict[str, str]:
    """Merkmale from alternating attribute and value codes; an attribute a line leaves empty does not apply to it."""
    merkmale = {merkmal: wert or GESAMT for merkmal, wert in zip(codes[::2], codes[1::2], strict=True) if merkmal}
    return {**merkmale, "zeitangabe": zeitangabe} if zeitangabe else merkmale


def _tabelle(statistik: str, namen: Sequence[str]) -> str:
    """Table number: flat files hold the statistic only, so the number comes from the file name if that fits."""
    for name in namen:
        treffer = _TABELLENNUMMER.match(name)
        if treffer and treffer[1].startswith(statistik):
            return treffer[1]
    return statistik


def _dezimal(titel: Sequence[str], zeitname: str) -> str | None:
    """Decimal sign by the language of the file, or None where that cannot be told."""
    if titel[0].lower() == "statistik_code" or zeitname in _DEUTSCHE_ZEIT:
        return ","
    return "." if zeitname in _ENGLISCHE_ZEIT else None


def _zeilenarten(titel: Satz, daten: Sequence[Satz], fuss: int, anzahl: int) -> tuple[Zeilenart, ...]:
    arten = [Zeilenart.LEER] * fuss + [Zeilenart.FUSS] * (anzahl - fuss)
    for satz, art in [(titel, Zeilenart.KOPF), *((s, Zeilenart.DATEN) for s in daten)]:
        arten[satz.von - 1 : satz.bis] = [art] * (satz.bis - satz.von + 1)
    return tuple(arten)
