"""What each row below the header is: data, or a blank, unit, group, total or footer row that people add for readers.

What belongs here: telling rows apart and listing those that are left out. What does not: single cells. No row is
dropped without an entry, and a row that could be data stays data, so that its gaps become errors.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from assets.eingang.lesen.grenzen import HOECHSTE_ZELLLAENGE
from assets.eingang.lesen.kopfzeile import Kopf
from assets.eingang.lesen.typen import Ausgelassen, Grund, Rohtabelle
from schemas.befunde import Befundliste, Ort
from schemas.einheiten import ist_einheit
from schemas.lesebefunde import (
    BLANK_ROW,
    FOOTER_SKIPPED,
    GROUP_ROW,
    MULTI_ROW_HEADER,
    MULTIPLE_TABLES,
    RAGGED_ROW,
    TOTAL_ROW,
    UNITS_ROW,
)
from schemas.modell import Regel, Rolle, Spalte, Typ

_SUMME = (
    r"^(?:(?:BUCHSTABE|[. ]){0,40}\s)?"
    r"(?:zwischen|teil|gesamt|kreis|end)?(?:summe|gesamt|insgesamt|zusammen|total|ergebnis)\b|^[∑Σ]"
)
_SUMME_POLARS = "(?i)" + _SUMME.replace("BUCHSTABE", r"\p{L}")
_SUMME_PY = re.compile(_SUMME.replace("BUCHSTABE", r"[^\W\d_]"), re.IGNORECASE)
"""A total by its name, at most a few words in front of it; the two engines write letters differently."""

_FUSSWORT = re.compile(
    r"(?:quellen?|stand|anm|anmerkung(?:en)?|bemerkung(?:en)?|hinweise?|fußnoten?|legende|zeichenerklärung|erstellt|"
    r"erstellung|datum|abruf\w*|ansprechpartner\w*|rückfragen?|kontakt|lizenz|copyright|statistisches|seite|druck\w*|"
    r"(?:sach)?bearbeiter\w*|gez|tel)\b|"
    r"[*†©]|\(c\)|_{3,}|-{3,}|={3,}|[¹²³]|\(?\d{1,2}\)\s*\D",
    re.IGNORECASE,
)
_ZAHLARTIG = re.compile(
    r"\(\s*\d[\d.,'’\s]*\)|[<+\-–−]?\s*[.,]?\d[\d.,'’\s]*(?:[^\W\d_]{1,12}\.?|[%€])?|[.…/x*–—-]+", re.IGNORECASE
)
_GANZZAHLARTIG = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+")

_TRENNER = (";", ",", "\t", "|")
"""What may separate the values of a row that ended up in one cell."""

_DATUMARTIG = re.compile(r"\d{1,4}[.\-/]\s?\d|\d{5}$")


_MIT_ZELLEN = 20_000
"""Left-out rows kept cell by cell; a file with more of them must not fill the memory."""


class _Art(StrEnum):
    DATEN = "daten"
    LEER = "leer"
    TEXT = "text"
    SUMME = "summe"
    FELDZAHL = "feldzahl"
    ZWEITE_TABELLE = "zweite_tabelle"


@dataclass(frozen=True, slots=True)
class Sortiert:
    """The data rows of a table and everything below its header that is none."""

    daten: pl.DataFrame
    ausgelassen: tuple[Ausgelassen, ...]


_Zeile = Mapping[str, str | int | None]


class Zeilensortierer:
    """Tells the rows of one table apart; `plaetze` maps the cell columns `c0` … to columns of the contract."""

    def __init__(self, roh: Rohtabelle, kopf: Kopf, plaetze: Mapping[str, Spalte]) -> None:
        self._roh, self._kopf, self._plaetze = roh, kopf, plaetze
        self._schluessel = [c for c, s in plaetze.items() if s.rolle is Rolle.SCHLUESSEL]
        self._passt = {c: _pruefung(spalte) for c, spalte in plaetze.items()}
        self._ueberschriften = {_gefaltet(t) for t in (*kopf.roh, *kopf.namen) if t and t.strip()}
        benannt = [i for i, t in enumerate(kopf.roh) if t.strip()]
        self._benannt = max(benannt, default=-1) + 1
        self._eintraege = 0

    def sortiere(self, liste: Befundliste) -> Sortiert:
        """Data rows apart from all others; what is not data is reported in `liste`."""
        ausgelassen = self._unter_dem_kopf(liste)
        tabelle = self._roh.zellen.slice(len(ausgelassen)).with_row_index("nr")
        verdaechtig = self._mit_art(tabelle.filter(self._verdacht()))
        fuss_ab = self._fuss_ab(tabelle.height, verdaechtig)
        fuss, davor = verdaechtig.filter(pl.col("nr") >= fuss_ab), verdaechtig.filter(pl.col("nr") < fuss_ab)
        ausgelassen += self._melde(davor.filter(pl.col("art") != _Art.DATEN), liste)
        ausgelassen += self._melde_fuss(fuss, liste)
        weg = verdaechtig.filter((pl.col("art") != _Art.DATEN) | (pl.col("nr") >= fuss_ab))["nr"]
        daten = tabelle.filter(~pl.col("nr").is_in(weg.implode())) if weg.len() else tabelle
        return Sortiert(daten.drop("nr"), tuple(sorted(ausgelassen, key=lambda a: a.zeile)))

    def _mit_art(self, verdaechtig: pl.DataFrame) -> pl.DataFrame:
        """Doubtful rows with their kind; only captions, totals and repeated headers are looked at one by one."""
        namen, rest = pl.col(self._roh.namen), pl.col("rest")
        gefuellt = pl.sum_horizontal(namen.is_not_null())
        leer = (gefuellt == 0) & (rest.fill_null("") == "")
        feldzahl = rest.is_not_null() | (pl.col("felder") < self._benannt)
        genau = (gefuellt == 1) | pl.any_horizontal(namen.str.contains(_SUMME_POLARS)) | self._wie_kopf()
        bestimmt = verdaechtig.with_columns(
            art=pl.when(leer)
            .then(pl.lit(_Art.LEER.value))
            .when(feldzahl)
            .then(pl.lit(_Art.FELDZAHL.value))
            .otherwise(pl.lit(_Art.DATEN.value)),
            genau=genau.fill_null(value=False) & ~leer,
        )
        arten = {zeile["nr"]: self._art(zeile) for zeile in _zeilen(bestimmt.filter("genau"))}
        art = pl.col("nr").replace_strict(list(arten), [a.value for a in arten.values()], default=pl.col("art"))
        return bestimmt.with_columns(art=art) if arten else bestimmt

    def _unter_dem_kopf(self, liste: Befundliste) -> list[Ausgelassen]:
        """Rows directly below the header that explain the columns: units, or the columns' numbers."""
        gefunden: list[Ausgelassen] = []
        for zeile in self._roh.zellen.head(2).iter_rows(named=True):
            gefuellt = [str(zeile[c]) for c in self._roh.namen if zeile[c] is not None]
            if zeile["rest"]:
                break
            nummern = [z.strip("() ").removeprefix("Sp. ") for z in gefuellt]
            if gefuellt and (all(ist_einheit(z) for z in gefuellt) or self._nur_einheiten(zeile)):
                inhalt = "Einheiten"
            elif len(nummern) > 2 and nummern == [str(i + 1) for i in range(self._roh.breite)]:
                inhalt = "Spaltennummern"
            else:
                self._melde_zweiten_kopf(zeile, liste)
                break
            liste.neu(UNITS_ROW, _ort(zeile), wert=_text(gefuellt), inhalt=inhalt)
            gefunden.append(self._eintrag(zeile, Grund.EINHEITEN))
        return gefunden

    def _nur_einheiten(self, zeile: _Zeile) -> bool:
        """Whether a unit stands below every measure, and below the keys a word about them ("Text", "Schlüssel")."""
        masse = [zeile[c] for c, s in self._plaetze.items() if s.rolle is Rolle.MASS]
        schluessel = ((c, zeile[c]) for c in self._schluessel)
        return (
            bool(masse)
            and all(z is not None and ist_einheit(str(z)) for z in masse)
            and not any(z is not None and self._passt[c](str(z)) for c, z in schluessel)
        )

    def _melde_zweiten_kopf(self, zeile: _Zeile, liste: Befundliste) -> None:
        """The header goes on in the first row: there are texts below empty headings and nothing in the key columns."""
        ohne_namen = [c for c, kopf in zip(self._roh.namen, self._kopf.roh, strict=True) if not kopf.strip()]
        texte = [str(zeile[c]) for c in ohne_namen if zeile[c] is not None]
        if (
            texte
            and not any(_ZAHLARTIG.fullmatch(t) for t in texte)
            and all(zeile[c] is None for c in self._schluessel)
        ):
            erste = int(zeile["zeile"] or 0) - self._kopf.zeilen
            liste.neu(MULTI_ROW_HEADER, Ort(erste, None))

    def _verdacht(self) -> pl.Expr:
        """Rows worth a closer look. Rows of a clean file all fail this test, so that it is all that is done to them."""
        verdacht = (pl.col("felder") < self._benannt) | pl.col("rest").is_not_null()
        if len(self._schluessel) < 2:
            # With several keys a row of one cell lacks a key.
            verdacht = verdacht | (pl.sum_horizontal(pl.col(self._roh.namen).is_not_null()) <= 1)
        for c in self._schluessel:
            verdacht = verdacht | pl.col(c).is_null()
        for c, spalte in self._plaetze.items():
            if spalte.feld.typ not in (Typ.TEXT, Typ.SCHLUESSEL):
                continue
            verdacht = verdacht | pl.col(c).str.contains(_SUMME_POLARS).fill_null(value=False)
        return (verdacht | self._wie_kopf()).fill_null(value=False)

    def _wie_kopf(self) -> pl.Expr:
        """Rows that repeat the first heading."""
        erste = next(iter(self._plaetze), None)
        if erste is None:
            return pl.lit(value=False)
        ueberschrift = pl.escape_regex(_gefaltet(self._kopf.roh[_platz(erste)]))
        return pl.col(erste).str.contains(f"(?i)^{ueberschrift}$")

    def _art(self, zeile: _Zeile) -> _Art:
        zellen = {c: str(zeile[c]) for c in self._roh.namen if zeile[c]}
        wiederholt = len({_gefaltet(z) for z in zellen.values()} & self._ueberschriften)
        if wiederholt >= max(2, self._kopf.treffer // 2) or self._wiederholt_schluessel(zellen):
            return _Art.ZWEITE_TABELLE
        if not all(c in zellen and self._passt[c](zellen[c]) for c in self._schluessel):
            fremd = [z for c, z in zellen.items() if c in self._passt and not self._passt[c](z)]
            if any(_SUMME_PY.match(t) for t in [*fremd, *list(zellen.values())[:1]]):
                return _Art.SUMME
            if len(zellen) == 1 and zeile["rest"] is None and self._nur_text(*zellen.items()):
                ganze = self._ganze_zeile(*zellen.values()) or self._anders_getrennt(*zellen.values())
                return _Art(str(zeile["art"])) if ganze else _Art.TEXT
        return _Art(str(zeile["art"]))

    def _wiederholt_schluessel(self, zellen: Mapping[str, str]) -> bool:
        """Whether another table begins like this one: with the heading of the key above something else."""
        erste = next(iter(self._plaetze), "")
        return (
            len(zellen) > 1
            and erste in self._schluessel
            and _gefaltet(zellen.get(erste, "")) == _gefaltet(self._kopf.roh[_platz(erste)])
            and not self._passt[erste](zellen[erste])
        )

    def _nur_text(self, einzige: tuple[str, str]) -> bool:
        """Whether the only cell of a row is a caption: a text, or something its column cannot mean."""
        c, zelle = einzige
        spalte = self._plaetze.get(c)
        pflicht = sum(s.pflicht for s in self._plaetze.values())
        return pflicht > 1 and (spalte is None or spalte.feld.typ is Typ.TEXT or not self._passt[c](zelle))

    def _ganze_zeile(self, zelle: str) -> bool:
        """Whether a cell holds a whole row, quoted as one or separated by another sign: a caption would lose it."""
        if not self._schluessel:
            return False
        erste = min(self._schluessel, key=_platz)
        letzte = max(_platz(c) for c, s in self._plaetze.items() if s.pflicht or c == erste)
        zeilen = (zelle.split(trenner) for trenner in _TRENNER)
        return any(len(z) > letzte and self._passt[erste](z[_platz(erste)].strip(' "')) for z in zeilen)

    def _anders_getrennt(self, zelle: str) -> bool:
        """Whether a cell is a row, or the first line of one, with another delimiter: its keys fit where they stand."""
        if len(zelle) > HOECHSTE_ZELLLAENGE:
            return False
        for zeichen in (z for z in _TRENNER if z in zelle):
            teile = next(csv.reader(io.StringIO(zelle, newline=""), delimiter=zeichen), [])
            schluessel = [c for c in self._schluessel if _platz(c) < len(teile)]
            genug = len(schluessel) >= 2 or len(teile) >= max(2, self._benannt)
            if genug and all(self._passt[c](teile[_platz(c)].strip()) for c in schluessel):
                return True
        return False

    def _fuss_ab(self, hoehe: int, verdaechtig: pl.DataFrame) -> int:
        """Number of the first row of the block at the end that holds only captions and blank rows."""
        nummern, arten = verdaechtig["nr"].to_list(), verdaechtig["art"].to_list()
        ab = hoehe
        for stelle in range(len(nummern) - 1, -1, -1):
            if nummern[stelle] != ab - 1:
                break
            if arten[stelle] not in (_Art.LEER, _Art.TEXT):
                leer_davor = stelle > 0 and nummern[stelle - 1] == ab - 2 and arten[stelle - 1] == _Art.LEER
                if not self._fussartig(verdaechtig.row(stelle, named=True), leer_davor=leer_davor):
                    break
            ab = nummern[stelle]
        return ab

    def _fussartig(self, zeile: _Zeile, *, leer_davor: bool) -> bool:
        """Whether a row with several cells is a footer: it begins like one, or stands apart, and no key cell fits."""
        if zeile["art"] not in (_Art.FELDZAHL, _Art.DATEN):
            return False
        if any(zeile[c] is not None and self._passt[c](str(zeile[c])) for c in self._schluessel):
            return False
        erste = next((str(zeile[c]) for c in self._roh.namen if zeile[c] is not None), "")
        if self._ganze_zeile(erste):
            return False
        return bool(_FUSSWORT.match(erste)) or (leer_davor and zeile["art"] == _Art.FELDZAHL)

    def _melde(self, zeilen: pl.DataFrame, liste: Befundliste) -> list[Ausgelassen]:
        """Report rows above the footer that are no data, and list them; errors only as far as findings are kept."""
        ausgelassen: list[Ausgelassen] = []
        for (art,), gruppe in zeilen.group_by("art", maintain_order=True):
            regel, grund = _AUSGELASSEN[_Art(str(art))]
            frei = liste.frei(regel)
            for zeile in _zeilen(gruppe.head(frei)):
                text = self._inhalt(zeile)
                if regel is RAGGED_ROW:
                    liste.neu(regel, _ort(zeile), wert=text, gefunden=zeile["felder"], erwartet=self._roh.breite)
                elif regel in (BLANK_ROW, MULTIPLE_TABLES):
                    liste.neu(regel, _ort(zeile))
                else:
                    liste.neu(regel, _ort(zeile), wert=text)
            liste.zaehle(regel, gruppe.height - frei)
            gelistet = gruppe.head(frei) if regel is RAGGED_ROW else gruppe
            ausgelassen += [self._eintrag(zeile, grund) for zeile in _zeilen(_blockanfaenge(gelistet))]
        return ausgelassen

    def _melde_fuss(self, zeilen: pl.DataFrame, liste: Befundliste) -> list[Ausgelassen]:
        """Report footer rows; blank rows below the table are Excel's, not the sender's."""
        ausgelassen: list[Ausgelassen] = []
        for zeile in _zeilen(_blockanfaenge(zeilen)):
            leer = zeile["art"] == _Art.LEER
            if not leer:
                liste.neu(FOOTER_SKIPPED, _ort(zeile), wert=self._inhalt(zeile))
            ausgelassen.append(self._eintrag(zeile, Grund.LEER if leer else Grund.FUSS))
        return ausgelassen

    def _eintrag(self, zeile: _Zeile, grund: Grund) -> Ausgelassen:
        self._eintraege += 1
        zellen = [*self._roh.namen, "rest"] if self._eintraege <= _MIT_ZELLEN else []
        return Ausgelassen(
            int(zeile["zeile"] or 0), grund, self._inhalt(zeile), tuple(str(zeile[c] or "") for c in zellen)
        )

    def _inhalt(self, zeile: _Zeile) -> str:
        return _text([str(zeile[c]) for c in [*self._roh.namen, "rest"] if zeile[c]])


_AUSGELASSEN: Mapping[_Art, tuple[Regel, Grund]] = {
    _Art.LEER: (BLANK_ROW, Grund.LEER),
    _Art.TEXT: (GROUP_ROW, Grund.ZWISCHENUEBERSCHRIFT),
    _Art.SUMME: (TOTAL_ROW, Grund.SUMME),
    _Art.FELDZAHL: (RAGGED_ROW, Grund.FELDZAHL),
    _Art.ZWEITE_TABELLE: (MULTIPLE_TABLES, Grund.ZWEITE_TABELLE),
}


def _pruefung(spalte: Spalte) -> Callable[[str], bool]:
    """Whether a cell could belong to a column; lenient, for wrong values must stay visible as errors."""
    feld = spalte.feld
    if feld.codeliste is not None:
        bekannt = {w.casefold() for code in feld.codeliste.codes for w in (code.code, code.label)}
        return lambda zelle: zelle.casefold() in bekannt
    if feld.typ in (Typ.GANZZAHL, Typ.DEZIMAL):
        return lambda zelle: _ZAHLARTIG.fullmatch(zelle) is not None
    if feld.typ is Typ.DATUM:
        return lambda zelle: _DATUMARTIG.match(zelle) is not None
    if feld.typ is Typ.SCHLUESSEL:
        muster = re.compile(feld.muster or ".*")
        return lambda zelle: (muster.fullmatch(zelle) and not _SUMME_PY.match(zelle)) or _nur_ziffern(zelle)
    return lambda zelle: _SUMME_PY.match(zelle) is None


def _platz(c: str) -> int:
    """Place of a cell column from the left."""
    return int(c[1:])


def _nur_ziffern(zelle: str) -> bool:
    """Also grouped: a key somebody formatted as a number is no caption."""
    return _GANZZAHLARTIG.fullmatch(zelle) is not None


def _blockanfaenge(zeilen: pl.DataFrame) -> pl.DataFrame:
    """Without blank rows that follow another blank row."""
    folgt = (pl.col("nr") == pl.col("nr").shift(1) + 1) & (pl.col("art").shift(1) == _Art.LEER)
    return zeilen.filter(~((pl.col("art") == _Art.LEER) & folgt.fill_null(value=False)))


def _zeilen(tabelle: pl.DataFrame) -> Iterator[dict[str, str | int | None]]:
    """Rows as mappings, a slice at a time: a file in which every row is doubtful must not fill the memory."""
    for stueck in tabelle.iter_slices(10_000):
        yield from stueck.to_dicts()


def _gefaltet(text: str) -> str:
    return " ".join(text.split()).lower()


def _ort(zeile: _Zeile) -> Ort:
    return Ort(int(zeile["zeile"] or 0), int(zeile["physische_zeile"] or 0))


def _text(zellen: Sequence[str]) -> str:
    return "; ".join(zellen)
