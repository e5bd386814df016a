"""The head of a classic table export: title lines, measure line, stacked column headings, units.

What belongs here: which lines are which, and what each value column means. What does not: the data lines.

How a heading becomes Merkmale, whatever the table: headings are stacked rows whose first cells are empty. The rows are
numbered from the top. The measure is the line "Measure (unit)" above them or, without such a line, the topmost row, and
then the lowest row holds the units. A row of times gives the time of its columns; a row that only names them is left
out. Every other row is `kopf_<number>` of its columns, also a row that names a dimension, so that nothing is lost; an
empty cell under a filled one is the total, `T`. Leading columns that are neither time, region key nor region name are
`vorspalte_<number>`, numbered from the left. Columns with the same headings throughout also carry `spalte`.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.referenz.fehler import ReferenzFehler
from assets.referenz.rohwerte import GESAMT
from assets.referenz.zeilen import Satz
from assets.referenz.zeit import ZEITMERKMALE, Zeit, deute_zeit

TABELLENZEILE = re.compile(r"(?:GENESIS-)?(Tabelle|Table):\s*(\S+)")
INKARZEILE = re.compile(r'"?(?:Kennziffer|Kennung)"?;"?Raumeinheit', re.IGNORECASE)
_MASSZEILE = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_EINHEIT = re.compile(
    r"(?:Anzahl|Prozent|%|Promille|Index|Jahre|Tage|Stunden|Std\.|Personen|qkm|km2|qm|m2|ha|cbm|m3|kg|t|kWh|MWh|GJ|TJ"
    r"|(?:Tsd\.|Mill\.|Mio\.|Mrd\.|1 ?000) ?(?:EUR|Euro|t|cbm|m3|Personen|St\.|Stück)?|EUR|Euro|je \S.*|\d{4}=100)"
)


@dataclass(frozen=True, slots=True)
class Wertspalte:
    """A value column: its place (0-based), the place of its quality column if any, and what it measures when."""

    position: int
    qualitaet: int | None
    kennzahl: str
    einheit: str
    zeit: Zeit | None
    merkmale: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kopf:
    """What the lines above the data say: `vorspalten` counts leading columns, data begin at record `erster_satz`."""

    anordnung: str
    dezimal: str
    tabelle: str
    titel: str
    statistik: str
    mass: tuple[str, str] | None
    zeit: Zeit | None
    vorspalten: int
    ueberschriften: tuple[Satz, ...]
    erster_satz: int


def lies_kopf(saetze: Sequence[Satz], datei: str) -> Kopf:
    """Reads the head of a table export.

    Raises ReferenzFehler where no stacked headings follow the title.
    """
    beginn = next((i for i, s in enumerate(saetze) if not s.leer), 0)
    if INKARZEILE.match(";".join(saetze[beginn].zellen)):
        return _inkar_kopf(saetze, beginn, datei)
    kennung = TABELLENZEILE.match(saetze[beginn].zellen[0])
    anfang = next((i for i, s in enumerate(saetze) if not s.leer and not s.zellen[0]), None)
    if kennung is None or anfang is None:
        raise _kopf_fehlt(datei)
    ende = next((i for i in range(anfang, len(saetze)) if saetze[i].zellen[0]), len(saetze))
    ueberschriften = tuple(s for s in saetze[anfang:ende] if not s.leer)
    vorspalten = min(next(i for i, z in enumerate(s.zellen) if z) for s in ueberschriften)
    titel, zeit = _titelzeilen(["; ".join(filter(None, s.zellen)) for s in saetze[beginn + 1 : anfang] if not s.leer])
    mass = _masszeile(titel, ueberschriften[-1], vorspalten)
    return Kopf(
        anordnung="Tabelle",
        dezimal="," if kennung[1] == "Tabelle" else ".",
        tabelle=kennung[2].rstrip(";"),
        titel=" ".join(titel[:-2] if mass else titel[:-1]) or " ".join(titel),
        statistik=(titel[-2] if mass and len(titel) > 1 else titel[-1]) if titel else kennung[2],
        mass=mass,
        zeit=zeit,
        vorspalten=vorspalten,
        ueberschriften=ueberschriften,
        erster_satz=ende,
    )


def _kopf_fehlt(datei: str) -> ReferenzFehler:
    return ReferenzFehler(
        datei,
        "Über den Daten fehlt der mehrzeilige Tabellenkopf.",
        "Bitte die Tabelle als CSV mit Titel und Kopf neu abrufen.",
    )


def _inkar_kopf(saetze: Sequence[Satz], beginn: int, datei: str) -> Kopf:
    """Head of an INKAR export: names of all columns in one row, and under the values their years in the next."""
    namen = saetze[beginn]
    jahre = next((i for i in range(beginn + 1, len(saetze)) if not saetze[i].leer), None)
    if jahre is None or saetze[jahre].zellen[0]:
        raise _kopf_fehlt(datei)
    vorspalten = next(i for i, z in enumerate(saetze[jahre].zellen) if z)
    return Kopf(
        anordnung="INKAR",
        dezimal=",",
        tabelle="INKAR",
        titel="Indikatoren und Karten zur Raum- und Stadtentwicklung",
        statistik="INKAR",
        mass=None,
        zeit=None,
        vorspalten=vorspalten,
        ueberschriften=(namen, saetze[jahre]),
        erster_satz=jahre + 1,
    )


def _titelzeilen(zeilen: Sequence[str]) -> tuple[list[str], Zeit | None]:
    """Title lines without the one that is a time, and that time."""
    zeiten = [z for z in zeilen if deute_zeit(z)]
    return [z for z in zeilen if z not in zeiten], deute_zeit(zeiten[-1]) if zeiten else None


def _masszeile(titel: Sequence[str], unterste: Satz, vorspalten: int) -> tuple[str, str] | None:
    """Measure and unit from the last title line, unless the lowest heading row holds units itself."""
    treffer = _MASSZEILE.fullmatch(titel[-1]) if titel else None
    einheiten = [z for z in unterste.zellen[vorspalten:] if z]
    if treffer is None or all(_EINHEIT.fullmatch(z) for z in einheiten):
        return None
    return treffer[1], treffer[2]


def deute_spalten(kopf: Kopf, breite: int, qualitaet: Mapping[int, int]) -> tuple[Wertspalte, ...]:
    """What each value column means. `breite` counts all columns, `qualitaet` maps value to quality columns."""
    ohne = set(qualitaet.values())
    positionen = [p for p in range(kopf.vorspalten, breite) if p not in ohne]
    reihen = {n: _reihe(satz, positionen) for n, satz in enumerate(kopf.ueberschriften, start=1)}
    zeiten, reihen = _zeitreihe(reihen)
    einheiten, reihen = _einheitenreihe(kopf, reihen, len(positionen))
    stapel = [{n: r[i] for n, r in reihen.items()} for i in range(len(positionen))]
    bedeutung = [(*stapel[i].values(), einheiten[i], zeiten[i]) for i in range(len(positionen))]
    anzahl = Counter(bedeutung)
    spalten = []
    for i, position in enumerate(positionen):
        kennzahl = _kennzahl(kopf, stapel[i])
        merkmale = {f"kopf_{n}": text or GESAMT for n, text in stapel[i].items()}
        if anzahl[bedeutung[i]] > 1:
            merkmale["spalte"] = str(position + 1)
        spalten.append(Wertspalte(position, qualitaet.get(position), kennzahl, einheiten[i], zeiten[i], merkmale))
    return tuple(spalten)


def _reihe(satz: Satz, positionen: Sequence[int]) -> list[str]:
    return [satz.zellen[p] if p < len(satz.zellen) else "" for p in positionen]


def _zeitreihe(reihen: dict[int, list[str]]) -> tuple[list[Zeit | None], dict[int, list[str]]]:
    """Takes the row of times out of the headings, and the row above it that only says that these are times."""
    anzahl = len(next(iter(reihen.values())))
    for nummer, reihe in reihen.items():
        zeiten = [deute_zeit(text) for text in reihe]
        if all(zeiten):
            rest = {n: r for n, r in reihen.items() if n != nummer and not set(r) <= ZEITMERKMALE}
            return zeiten, rest
    return [None] * anzahl, reihen


def _einheitenreihe(kopf: Kopf, reihen: dict[int, list[str]], anzahl: int) -> tuple[list[str], dict[int, list[str]]]:
    """Units of the columns: from the measure line, else the lowest heading row, which is then taken out."""
    if kopf.mass:
        return [kopf.mass[1]] * anzahl, reihen
    unterste = max(reihen, default=None)
    if unterste is None or (len(reihen) == 1 and not all(_EINHEIT.fullmatch(z) for z in reihen[unterste])):
        return [""] * anzahl, reihen
    return reihen[unterste], {n: r for n, r in reihen.items() if n != unterste}


def _kennzahl(kopf: Kopf, stapel: dict[int, str]) -> str:
    """The measure of a column; a heading row used for it is taken out of `stapel`."""
    if kopf.mass:
        return kopf.mass[0]
    oberste = next((n for n, text in stapel.items() if text), None)
    return stapel.pop(oberste) if oberste is not None else kopf.statistik
