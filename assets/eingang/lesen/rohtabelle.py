"""From bytes to rows of cells with their numbers: a native way for plain files and a careful one for all others.

What belongs here: splitting lines and cells, quotation marks, Excel rows against physical lines. What does not: what a
row is (`zeilen.py`) and what stands in a cell (`bereinigen.py`). Both ways give equal tables where both are possible.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import polars as pl
from polars.exceptions import PolarsError

from assets.eingang.lesen.dialekt import Kopffund
from assets.eingang.lesen.typen import Rohtabelle
from schemas.befunde import BEFUNDE_JE_ART, Befundliste, Ort
from schemas.lesebefunde import UNCLOSED_QUOTE

_STUECK = 500_000
"""Cells held as Python texts before they become a table: keeps the careful way's memory flat."""

_BLANK_NACH_ZITAT = re.compile(rb'"[ \t]+(?=[;,|\t\r\n]|\Z)')


def schnell(daten: bytes, fund: Kopffund) -> Rohtabelle | None:
    """The table by Polars, or None where the file needs a closer look.

    Plain means: one kind of line end, no cell with a line break, and exactly as many cells in every row as in the
    header. Polars fills short rows silently and forgives wrong quotation marks, so both are excluded before.
    """
    ab, breite = fund.versatz, len(fund.kopf.roh)
    zeilen = daten.count(b"\n", ab) + (not daten.endswith(b"\n"))
    wagenruecklaeufe = daten.find(b"\r", ab) >= 0
    if ab == len(daten) or (wagenruecklaeufe and daten.count(b"\r", ab) != daten.count(b"\r\n", ab)):
        return None
    zitate = daten.find(b'"', ab) >= 0
    if not (_sauber_zitiert(daten, fund) if zitate else _gleich_lang(daten, zeilen, fund)):
        return None
    zellen = _native(daten, fund, {f"c{i}": pl.String for i in range(breite)}, fund.trennzeichen, zitate=zitate)
    if zellen is None or zellen.height != zeilen:
        return None
    return Rohtabelle(_nummeriert(zellen, fund, breite), breite)


def _native(
    daten: bytes, fund: Kopffund, schema: dict[str, type[pl.DataType]], trennzeichen: str, *, zitate: bool
) -> pl.DataFrame | None:
    """The lines below the header by Polars, empty cells null; None if it refuses them."""
    try:
        zellen = pl.read_csv(
            daten,
            has_header=False,
            skip_lines=fund.datenlinie - 1,
            separator=trennzeichen,
            quote_char='"' if zitate else None,
            schema=schema,
            empty_string_is_null=True,
        )
    except PolarsError:
        return None
    # An empty pair of quotation marks is no null to Polars.
    return zellen.with_columns(pl.all().replace("", None)) if zitate else zellen


def _gleich_lang(daten: bytes, zeilen: int, fund: Kopffund) -> bool:
    """Whether all rows can have as many cells as the header. Longer ones Polars refuses, so the sum decides."""
    return daten.count(fund.trennzeichen.encode(), fund.versatz) == zeilen * (len(fund.kopf.roh) - 1)


def _sauber_zitiert(daten: bytes, fund: Kopffund) -> bool:
    """Whether every line is for itself a row of the right length with correct quotation marks."""
    trenner = re.escape(fund.trennzeichen)
    zelle = rf'(?:[^"{trenner}]*|"(?:[^"]|"")*")'
    zeile = rf"^{zelle}(?:{trenner}{zelle}){{{len(fund.kopf.roh) - 1}}}\r?$"
    linien = _native(daten, fund, {"linie": pl.String}, "\x00", zitate=False)
    try:
        return linien is not None and bool(linien["linie"].str.contains(zeile).all())
    except PolarsError:
        # A header too wide for one pattern.
        return False


def _nummeriert(zellen: pl.DataFrame, fund: Kopffund, breite: int) -> pl.DataFrame:
    """With Excel rows and lines of the file, which go on together where no cell has a line break."""
    nummern = pl.int_range(zellen.height, dtype=pl.Int64)
    return zellen.with_columns(
        zeile=nummern + fund.datenzeile,
        physische_zeile=nummern + fund.datenlinie,
        felder=pl.lit(breite, pl.Int64),
        rest=pl.lit(None, pl.String),
    )


def sorgfaeltig(daten: bytes, fund: Kopffund, liste: Befundliste) -> Rohtabelle:
    """The table record by record; reading ends at the first quotation mark that does not match."""
    koerper = daten[fund.versatz :]
    breite = len(fund.kopf.roh)
    stuecke, bruch, ungerade = _lies(koerper, fund)
    if bruch and _BLANK_NACH_ZITAT.search(koerper):
        # Hand-written files have blanks between a closing mark and the delimiter; they are no part of a cell.
        stuecke, bruch, ungerade = _lies(_BLANK_NACH_ZITAT.sub(b'"', koerper), fund)
    for ort in [*ungerade, *([bruch] if bruch else [])]:
        liste.neu(UNCLOSED_QUOTE, ort)
    return Rohtabelle(_ohne_leere_ueberhaenge(pl.concat(stuecke), fund), breite)


def _ohne_leere_ueberhaenge(zellen: pl.DataFrame, fund: Kopffund) -> pl.DataFrame:
    """Every row ending with the same empty cells is a program's habit; some doing so is a delimiter inside a cell.

    In a file with commas it may always be a decimal comma that moved the cells to the right.
    """
    lange = zellen.filter(pl.col("felder") >= len(fund.kopf.roh))
    if fund.trennzeichen == "," or lange["felder"].n_unique() != 1 or (lange["rest"] != "").any():
        return zellen
    return zellen.with_columns(rest=pl.lit(None, pl.String))


def _lies(koerper: bytes, fund: Kopffund) -> tuple[list[pl.DataFrame], Ort | None, list[Ort]]:
    """Tables in the order of the file, the place where reading had to stop, and rows with a mark too much or too few.

    A record is one row of Excel. Marks come in pairs: one alone in a cell that does not begin with it was lost before.
    """
    zeichen, breite = fund.trennzeichen, len(fund.kopf.roh)
    stuecke = [_stueck([], [], fund.datenzeile, zeichen, breite)]
    saetze: list[list[str]] = []
    linien: list[int] = []
    zeile, linie = fund.datenzeile, fund.datenlinie
    bruch: Ort | None = None
    ungerade: list[Ort] = []
    zellen = 0
    with io.TextIOWrapper(io.BytesIO(koerper), encoding="utf-8", newline="") as text:
        zitate = _Zitatzaehler(text)
        leser = csv.reader(zitate, delimiter=zeichen, strict=True, skipinitialspace=True)
        try:
            for satz in leser:
                naechste = fund.datenlinie + leser.line_num
                if naechste - linie > 1 and _verschluckt(satz, zeichen, breite):
                    bruch = Ort(zeile + len(saetze), linie)
                    break
                if zitate.ungerade() and len(ungerade) < BEFUNDE_JE_ART:
                    ungerade.append(Ort(zeile + len(saetze), linie))
                saetze.append(satz)
                linien.append(linie)
                linie = naechste
                zellen += len(satz)
                if zellen >= _STUECK:
                    stuecke.append(_stueck(saetze, linien, zeile, zeichen, breite))
                    saetze, linien, zeile, zellen = [], [], zeile + len(saetze), 0
        except csv.Error:
            # Strict parsing ends here for a mark that is not closed, or closed before the end of its cell; a cell
            # beyond the limit of the csv module is one as well.
            bruch = Ort(zeile + len(saetze), linie)
    stuecke.append(_stueck(saetze, linien, zeile, zeichen, breite))
    return stuecke, bruch, ungerade


class _Zitatzaehler:
    """Hands lines on and counts the quotation marks in them."""

    def __init__(self, linien: Iterable[str]) -> None:
        self._linien = iter(linien)
        self._zitate = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        linie = next(self._linien)
        self._zitate += linie.count('"')
        return linie

    def ungerade(self) -> bool:
        """Whether the marks since the last question do not make pairs."""
        zitate, self._zitate = self._zitate, 0
        return zitate % 2 == 1


def _verschluckt(satz: Sequence[str], zeichen: str, breite: int) -> bool:
    """Whether a cell with line breaks contains whole rows: its closing mark belongs to another cell then."""
    grenze = max(2, breite - 1)
    return any(linie.count(zeichen) >= grenze for zelle in satz for linie in zelle.splitlines()[1:])


def _stueck(saetze: list[list[str]], linien: list[int], zeile: int, zeichen: str, breite: int) -> pl.DataFrame:
    """Records as a table; what lies beyond the last column is kept as one text."""
    felder = pl.Series([len(satz) for satz in saetze], dtype=pl.Int64)
    rest = [zeichen.join(satz[breite:]).strip(f"{zeichen} ") if len(satz) > breite else None for satz in saetze]
    if saetze and not (felder == breite).all():
        saetze = [[*satz[:breite], *[""] * (breite - len(satz))] for satz in saetze]
    zellen: dict[str, Sequence[str]] = {f"c{i}": [] for i in range(breite)}
    if saetze:
        zellen = dict(zip(zellen, zip(*saetze, strict=True), strict=True))
    return pl.DataFrame(zellen, schema=dict.fromkeys(zellen, pl.String)).with_columns(
        pl.all().replace("", None),
        zeile=pl.Series(range(zeile, zeile + len(saetze)), dtype=pl.Int64),
        physische_zeile=pl.Series(linien, dtype=pl.Int64),
        felder=felder,
        rest=pl.Series(rest, dtype=pl.String),
    )
