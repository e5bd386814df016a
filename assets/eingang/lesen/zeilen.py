"""What each row below the header is: data, or a blank, unit, group, total or footer row that people add for readers.

What belongs here: telling rows apart and listing those that are left out. What does not: single cells. No row is
dropped without an entry, and a row that could be data stays data, so that its gaps become errors.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import polars as pl

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
from schemas.modell import Rolle, Spalte, Typ

_SUMME = (
    r"(?i)^(?:[\p{L}. ]{0,40}\s)?(?:zwischen|teil|gesamt|kreis|end)?(?:summe|gesamt|insgesamt|zusammen|total)\b|^[∑Σ]"
)
_SUMME_PY = re.compile(_SUMME.replace(r"[\p{L}. ]", r"[^\W\d_ .]").replace("(?i)", ""), re.IGNORECASE)
_FUSSWORT = re.compile(
    r"(?:quellen?|stand|anmerkung(?:en)?|hinweise?|fußnoten?|legende|zeichenerklärung|erstellt|erstellung|datum|abruf\w*|"
    r"ansprechpartner\w*|kontakt|lizenz|copyright|©|\(c\)|statistisches|seite|druck\w*|bearbeiter\w*|tel\.?)\b|"
    r"[*†]|_{3,}|-{3,}|={3,}|[¹²³]|\(?\d{1,2}\)\s*\D",
    re.IGNORECASE,
)
_ZAHLARTIG = re.compile(
    r"\(\s*\d[\d.,'’\s]*\)|[<+\-–−]?\s*[.,]?\d[\d.,'’\s]*(?:[^\W\d_]{1,12}\.?|[%€])?|[.…/x*–—-]+", re.IGNORECASE
)
_DATUMARTIG = re.compile(r"\d{1,4}[.\-/]\s?\d|\d{5}$")


class _Art(Enum):
    DATEN = auto()
    LEER = auto()
    TEXT = auto()
    SUMME = auto()
    FELDZAHL = auto()
    ZWEITE_TABELLE = auto()


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
        self._ueberschriften = {_gefaltet(t) for t in (*kopf.roh, *kopf.namen) if t and t.strip()}
        benannt = [i for i, t in enumerate(kopf.roh) if t.strip()]
        self._benannt = max(benannt, default=-1) + 1

    def sortiere(self, liste: Befundliste) -> Sortiert:
        """Data rows apart from all others; what is not data is reported in `liste`."""
        ausgelassen = self._unter_dem_kopf(liste)
        tabelle = self._roh.zellen.slice(len(ausgelassen)).with_row_index("nr")
        verdaechtig = tabelle.filter(self._verdacht(tabelle))
        arten = {int(zeile["nr"] or 0): self._art(zeile) for zeile in _zeilen(verdaechtig)}
        fuss_ab = self._fuss_ab(tabelle.height, verdaechtig, arten)
        weg = [nr for nr, art in arten.items() if art is not _Art.DATEN or nr >= fuss_ab]
        for zeile in _zeilen(verdaechtig.filter(pl.col("nr").is_in(weg))):
            nr = int(zeile["nr"] or 0)
            self._melde(zeile, arten[nr], nr >= fuss_ab, liste)
            if arten[nr] is not _Art.LEER or arten.get(nr - 1) is not _Art.LEER:
                ausgelassen.append(self._eintrag(zeile, arten[nr], nr >= fuss_ab))
        daten = tabelle.filter(~pl.col("nr").is_in(weg)) if weg else tabelle
        return Sortiert(daten.drop("nr"), tuple(ausgelassen))

    def _unter_dem_kopf(self, liste: Befundliste) -> list[Ausgelassen]:
        """Rows directly below the header that explain the columns: units, or the columns' numbers."""
        gefunden: list[Ausgelassen] = []
        for zeile in self._roh.zellen.head(2).iter_rows(named=True):
            gefuellt = [str(zeile[c]) for c in self._roh.namen if zeile[c] is not None]
            nummern = [z.strip("() ").removeprefix("Sp. ") for z in gefuellt]
            if gefuellt and all(ist_einheit(z) for z in gefuellt):
                inhalt = "Einheiten"
            elif len(nummern) > 2 and nummern == [str(i + 1) for i in range(self._roh.breite)]:
                inhalt = "Spaltennummern"
            else:
                self._melde_zweiten_kopf(zeile, liste)
                break
            liste.neu(UNITS_ROW, _ort(zeile), wert=_text(gefuellt), inhalt=inhalt)
            gefunden.append(Ausgelassen(zeile["zeile"], Grund.EINHEITEN, _text(gefuellt)))
        return gefunden

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

    def _verdacht(self, tabelle: pl.DataFrame) -> pl.Expr:
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
            werte = tabelle[c].unique()
            treffer = werte.filter(werte.str.contains(_SUMME))
            if treffer.len():
                verdacht = verdacht | pl.col(c).is_in(treffer.to_list())
        erste = next(iter(self._plaetze), None)
        if erste is not None:
            ueberschrift = _gefaltet(self._kopf.roh[int(erste[1:])])
            verdacht = verdacht | (pl.col(erste).str.to_lowercase() == ueberschrift)
        return verdacht.fill_null(value=False)

    def _art(self, zeile: _Zeile) -> _Art:
        zellen = [str(zeile[c] or "") for c in self._roh.namen]
        gefuellt = [z for z in zellen if z]
        if not gefuellt and not zeile["rest"]:
            return _Art.LEER
        if len({_gefaltet(z) for z in gefuellt} & self._ueberschriften) >= max(2, self._kopf.treffer // 2):
            return _Art.ZWEITE_TABELLE
        if not self._schluessel_vollstaendig(zeile):
            fremd = [z for z, c in zip(zellen, self._roh.namen, strict=True) if z and not self._passt(c, z)]
            if any(_SUMME_PY.match(t) for t in [*fremd, *gefuellt[:1]]):
                return _Art.SUMME
            if len(gefuellt) == 1 and zeile["rest"] is None and self._nur_text(zellen):
                return _Art.TEXT
        if zeile["rest"] is not None or int(zeile["felder"] or 0) < self._benannt:
            return _Art.FELDZAHL
        return _Art.DATEN

    def _nur_text(self, zellen: Sequence[str]) -> bool:
        """Whether the only cell of a row is a caption: a text, or something its column cannot mean."""
        c, zelle = next((c, z) for c, z in zip(self._roh.namen, zellen, strict=True) if z)
        spalte = self._plaetze.get(c)
        pflicht = sum(s.pflicht for s in self._plaetze.values())
        return pflicht > 1 and (spalte is None or spalte.feld.typ is Typ.TEXT or not self._passt(c, zelle))

    def _schluessel_vollstaendig(self, zeile: _Zeile) -> bool:
        return all(zeile[c] is not None and self._passt(c, str(zeile[c])) for c in self._schluessel)

    def _passt(self, c: str, zelle: str) -> bool:
        """Whether a cell could belong to its column; lenient, for wrong values must stay visible as errors."""
        spalte = self._plaetze.get(c)
        if spalte is None:
            return True
        feld = spalte.feld
        if feld.typ in (Typ.GANZZAHL, Typ.DEZIMAL):
            return bool(_ZAHLARTIG.fullmatch(zelle))
        if feld.typ is Typ.DATUM:
            return bool(_DATUMARTIG.match(zelle))
        if feld.codeliste is not None:
            bekannt = {w.casefold() for code in feld.codeliste.codes for w in (code.code, code.label)}
            return zelle.casefold() in bekannt
        if feld.typ is Typ.SCHLUESSEL:
            return bool(re.fullmatch(feld.muster or ".*", zelle)) or zelle.replace(".", "").isdigit()
        return not _SUMME_PY.match(zelle)

    def _fuss_ab(self, hoehe: int, verdaechtig: pl.DataFrame, arten: Mapping[int, _Art]) -> int:
        """Number of the first row of the block at the end that holds only captions and blank rows."""
        ab = hoehe
        for stelle in range(verdaechtig.height - 1, -1, -1):
            nr = int(verdaechtig["nr"][stelle])
            if nr != ab - 1:
                break
            if arten[nr] not in (_Art.LEER, _Art.TEXT):
                leer_davor = arten.get(nr - 1) is _Art.LEER
                if not self._fussartig(verdaechtig.row(stelle, named=True), arten[nr], leer_davor):
                    break
            ab = nr
        return ab

    def _fussartig(self, zeile: _Zeile, art: _Art, leer_davor: bool) -> bool:
        """Whether a row with several cells is a footer: it begins like one, or stands apart, and no key cell fits."""
        if art not in (_Art.FELDZAHL, _Art.DATEN):
            return False
        if any(zeile[c] is not None and self._passt(c, str(zeile[c])) for c in self._schluessel):
            return False
        erste = next((str(zeile[c]) for c in self._roh.namen if zeile[c] is not None), "")
        return bool(_FUSSWORT.match(erste)) or (leer_davor and art is _Art.FELDZAHL)

    def _melde(self, zeile: _Zeile, art: _Art, im_fuss: bool, liste: Befundliste) -> None:
        """Report a row that is no data. Blank rows below the table are Excel's, not the sender's."""
        text, ort = self._inhalt(zeile), _ort(zeile)
        if art is _Art.LEER:
            if not im_fuss:
                liste.neu(BLANK_ROW, ort)
        elif im_fuss:
            liste.neu(FOOTER_SKIPPED, ort, wert=text)
        elif art is _Art.FELDZAHL:
            liste.neu(RAGGED_ROW, ort, wert=text, gefunden=zeile["felder"], erwartet=self._roh.breite)
        elif art is _Art.ZWEITE_TABELLE:
            liste.neu(MULTIPLE_TABLES, ort)
        else:
            liste.neu(GROUP_ROW if art is _Art.TEXT else TOTAL_ROW, ort, wert=text)

    def _eintrag(self, zeile: _Zeile, art: _Art, im_fuss: bool) -> Ausgelassen:
        grund = Grund.FUSS if im_fuss and art is not _Art.LEER else _GRUENDE[art]
        return Ausgelassen(int(zeile["zeile"] or 0), grund, self._inhalt(zeile))

    def _inhalt(self, zeile: _Zeile) -> str:
        return _text([str(zeile[c]) for c in [*self._roh.namen, "rest"] if zeile[c]])


_GRUENDE: Mapping[_Art, Grund] = {
    _Art.LEER: Grund.LEER,
    _Art.TEXT: Grund.ZWISCHENUEBERSCHRIFT,
    _Art.SUMME: Grund.SUMME,
    _Art.FELDZAHL: Grund.FELDZAHL,
    _Art.ZWEITE_TABELLE: Grund.ZWEITE_TABELLE,
}


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
