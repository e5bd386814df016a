"""A valid file is polluted in every systematic way; what comes out is the same cells, or a refusal that names a row.

The kinds follow the way CSV files differ in practice: one thing about the file, or about one row or one place of it, is
not as agreed. Nothing may change silently: not a cell lost, not one moved, not one with other text.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl
import pytest

from assets.eingang.lesen import Grund
from assets.pruefung.umwandeln import wandle_um
from schemas.modell import Rolle, Schwere, Spalte, Typ
from tests.eingang.muster import KOPF, SPALTEN, als_csv, lies, spalte, wandle
from tests.haerte import FAKTOR

ZEILEN = [
    ["2025", "01099", "Bad Möhlau; Stadt", "FEST", "31.12.2025", "19415", "25,05", "ar uk"],
    ["2025", "01099", 'Gut "Grünßee"', "MOBIL", "31.12.2025", "0", "-0,20", ""],
    ["2025", "01098", "Älmen,\nÜbung", "FEST", "30.06.2025", "7", "1033,19", "de"],
    ["2025", "01097", "Öd", "FEST", "30.06.2025", "12", "", ""],
]
TEXTKOPF = ["Kürzel", "Titel", "Inhalt", "Bemerkung"]
TEXTE = [
    ["m-a", "Sprachkurs; abends", "für Frauen", ""],
    ["m-b", "Lauf-Treff", 'genannt "Kiez"', ""],
    ["m-c", "Lotsen", "zwei\nTage, ganztags", ""],
]
TEXTSPALTEN = [spalte(n, Typ.TEXT, pflicht=False, label=k) for n, k in zip("abcd", TEXTKOPF, strict=True)]
TEXTSPALTEN[0] = spalte("a", Typ.SCHLUESSEL, Rolle.SCHLUESSEL, label="Kürzel", muster=r"m-[a-z]+")
RICHTIG = wandle(als_csv([KOPF, *ZEILEN])).tabelle
RICHTIGE_TEXTE = wandle(als_csv([TEXTKOPF, *TEXTE]), spalten=TEXTSPALTEN).tabelle
TRENNZEICHEN = (";", ",", "\t", "|")


@dataclass(frozen=True)
class Form:
    """How a file is written. `klammer` are the opening and the closing mark around a cell."""

    trennzeichen: str = ";"
    ende: str = "\r\n"
    klammer: tuple[str, str] = ('"', '"')
    maskiert: str = '""'
    immer: bool = False

    def zelle(self, text: str) -> str:
        noetig = self.immer or any(z in text for z in (self.trennzeichen, self.klammer[0], '"', "\n"))
        return self.klammer[0] + text.replace('"', self.maskiert) + self.klammer[1] if noetig else text

    def zeile(self, zellen: Iterable[str]) -> str:
        return self.trennzeichen.join(map(self.zelle, zellen)) + self.ende

    def datei(self, zeilen: Iterable[Sequence[str]]) -> str:
        return "".join(map(self.zeile, zeilen))


FORM = Form()


def _werte(tabelle: pl.DataFrame) -> list[tuple[object, ...]]:
    """Rows of a table without their numbers; line breaks in cells are equal however they are written."""
    texte = pl.col(pl.String).str.replace_all("\r\n?", "\n")
    return tabelle.drop("zeile").with_columns(texte).rows()


def _angenommen(inhalt: str | bytes, spalten: Sequence[Spalte], richtig: pl.DataFrame) -> bool:
    """Whether all cells came out right; else the file was refused with a row, or rows are listed as no data.

    A row that was left out is named by a finding; only the row before it may lack what the left-out one says.
    """
    gelesen = lies(inhalt, spalten=spalten)
    ergebnis = wandle_um(gelesen, spalten)
    befunde = gelesen.befunde + ergebnis.befunde
    fehler = [b for b in befunde if b.schwere is Schwere.FEHLER]
    if fehler:
        assert any(b.zeile for b in fehler) or {b.code for b in fehler} <= {"no_data"}, fehler
        return False
    weg = {a.zeile for a in gelesen.ausgelassen if a.text and a.grund is not Grund.VORSPANN}
    assert weg <= {b.zeile for b in befunde}, inhalt
    sicher = ergebnis.tabelle.filter(~(pl.col("zeile") + 1).is_in(list(weg)))
    reihe = iter(_werte(richtig))
    assert all(zeile in reihe for zeile in _werte(sicher)), inhalt
    assert ergebnis.tabelle.height + len(weg) >= richtig.height, inhalt
    return _werte(ergebnis.tabelle) == _werte(richtig)


def _pruefe_typisiert(inhalt: str | bytes) -> bool:
    return _angenommen(inhalt, SPALTEN, RICHTIG)


def _pruefe_texte(inhalt: str | bytes) -> bool:
    return _angenommen(inhalt, TEXTSPALTEN, RICHTIGE_TEXTE)


Zeilen = list[list[str]]
Schreiber = Callable[[Zeilen], str | bytes]


def _pruefe(schreibe: Schreiber) -> bool:
    """Whether both files were accepted when written this way."""
    typisiert = _pruefe_typisiert(schreibe([KOPF, *ZEILEN]))
    return _pruefe_texte(schreibe([TEXTKOPF, *TEXTE])) and typisiert


def _kodiert(codec: str) -> Schreiber:
    return lambda zeilen: FORM.datei(zeilen).encode(codec)


# The whole file ---------------------------------------------------------------------------------------------------

ERLAUBT: dict[str, Schreiber] = {
    **{f"Zeilenende {e!r}": Form(ende=e).datei for e in ("\n", "\r", "\r\n")},
    **{f"Trennzeichen {z!r}": Form(trennzeichen=z).datei for z in (*TRENNZEICHEN, ":", "^", "~", "\x1f")},
    **{f"alles in Anführungszeichen, {z!r}": Form(z, immer=True).datei for z in TRENNZEICHEN},
    **{
        f"Zeichensatz {c}": _kodiert(c)
        for c in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "iso8859-15", "mac-roman")
    },
    "ohne letztes Zeilenende": lambda z: FORM.datei(z).rstrip(),
    "viele letzte Zeilenenden": lambda z: FORM.datei(z) + "\r\n" * 5,
    "leere Zeilen dazwischen": lambda z: "\r\n".join(map(FORM.zeile, z)),
    "Blanks in leeren Zeilen": lambda z: "  \r\n".join(map(FORM.zeile, z)),
    "Blanks um die Zellen": lambda z: "".join(" ; ".join(map(FORM.zelle, zeile)) + " \r\n" for zeile in z),
    "ein Trennzeichen mehr in jeder Zeile": lambda z: FORM.datei([*zeile, ""] for zeile in z),
    "eine fremde Spalte mehr": lambda z: FORM.datei([*zeile, "fremd"] for zeile in z),
    "eine fremde Spalte davor": lambda z: FORM.datei(["fremd", *zeile] for zeile in z),
    "Vorspann": lambda z: "Titel\r\n" * 3 + FORM.datei(z),
    "Vorspann mit Trennzeichen": lambda z: FORM.datei([["Titel", *[""] * (len(z[0]) - 1)]] * 3 + z),
    "Vorspann und Leerzeile": lambda z: "Titel\r\n\r\n" + FORM.datei(z),
    "Fußzeile": lambda z: FORM.datei(z) + "Quelle: Amt\r\n" * 3,
    "Fußzeile mit Trennzeichen": lambda z: FORM.datei(z + [["Quelle: Amt", *[""] * (len(z[0]) - 1)]] * 3),
    "Fußzeile nach Leerzeile": lambda z: FORM.datei(z) + "\r\nQuelle: Amt\r\n",
}
"""Ways to write a file that are all in use and clear, so that none may be refused."""

FALSCH: dict[str, Schreiber] = {
    **{f"Zeilenende {e!r}": Form(ende=e).datei for e in ("\n\r", "\r\r\n", "\x0b", "\x0c", "\x85", "\u2028", "|", "")},
    **{
        f"Trennzeichen {z!r}, immer zitiert: {immer}": Form(trennzeichen=z, immer=immer).datei
        for z in (", ", "; ", ";;", "\t\t", "\\t", "||", "::", " ", "\u00a0", "\x00", "x")
        for immer in (False, True)
    },
    **{
        f"Klammern {k}, immer: {immer}, {z!r}": Form(z, klammer=k, maskiert='"', immer=immer).datei
        for k in (("'", "'"), ("´", "´"), ("`", "`"), ("„", "“"), ("”", "”"), ('" ', ' "'), ('""', '""'), ("", ""))
        for immer in (False, True)
        for z in TRENNZEICHEN
    },
    **{
        f"Anführungszeichen als {m!r}, immer: {immer}, {z!r}": Form(z, maskiert=m, immer=immer).datei
        for m in ('\\"', '"', "\x00")
        for immer in (False, True)
        for z in TRENNZEICHEN
    },
    "ohne Kopf": lambda z: FORM.datei(z[1:]),
    "Kopf zweimal": lambda z: FORM.datei([z[0], *z]),
    "Kopf dreimal": lambda z: FORM.datei([z[0], z[0], *z]),
    "Kopf am Ende noch einmal": lambda z: FORM.datei([*z, z[0]]),
    "nur der Kopf": lambda z: FORM.datei(z[:1]),
    "Tabelle zweimal": lambda z: FORM.datei(z) * 2,
    "Tabelle zweimal, mit Leerzeile": lambda z: FORM.datei(z) + "\r\n" + FORM.datei(z),
    "schmalere Tabelle darunter": lambda z: FORM.datei(z) + "\r\n" + FORM.datei(zeile[:3] for zeile in z),
    "breitere Tabelle darunter": lambda z: FORM.datei(z) + "\r\n" + FORM.datei([*zeile, "x", "y"] for zeile in z),
    "schmalere Tabelle darüber": lambda z: FORM.datei(zeile[:3] for zeile in z) + "\r\n" + FORM.datei(z),
    "fremde Tabelle darunter": lambda z: FORM.datei(z) + "\r\n" + FORM.datei([["Farbe", "Zahl"], ["rot", "3"]]),
    "fremde Tabelle daneben": lambda z: FORM.datei([*zeile, "", "rot", "3"] for zeile in z),
    "jede Zeile außer dem Kopf ein Trennzeichen mehr": lambda z: FORM.datei([z[0], *([*y, ""] for y in z[1:])]),
    "jede Zeile außer dem Kopf vorn eines mehr": lambda z: FORM.datei([z[0], *(["", *y] for y in z[1:])]),
    "jede Zeile außer dem Kopf ein Trennzeichen weniger": lambda z: FORM.datei([z[0], *(y[:-1] for y in z[1:])]),
}
"""Ways that are not agreed, or not clear."""


@pytest.mark.parametrize("art", ERLAUBT)
def test_erlaubte_formen_werden_richtig_gelesen(art: str) -> None:
    assert _pruefe(ERLAUBT[art])


@pytest.mark.parametrize("art", FALSCH)
def test_verschmutzte_dateien_werden_nie_still_anders_gelesen(art: str) -> None:
    _pruefe(FALSCH[art])


# One row, or one place in it --------------------------------------------------------------------------------------


def _je_zeile(zeilen: Zeilen, form: Form) -> Iterator[str]:
    """The file with each row in turn written in another way."""
    fremd = "," if form.trennzeichen != "," else ";"
    andere = (
        replace(form, ende="\n" if form.ende != "\n" else "\r"),
        replace(form, ende=""),
        replace(form, ende=form.ende * 2),
        replace(form, trennzeichen=fremd),
        replace(form, trennzeichen=form.trennzeichen * 2),
        replace(form, klammer=("'", "'"), maskiert='"', immer=True),
        replace(form, klammer=("'", "'"), maskiert='"'),
        replace(form, klammer=("", ""), maskiert='"'),
        replace(form, maskiert='\\"'),
        replace(form, maskiert='"'),
    )
    for nr, anders in itertools.product(range(len(zeilen)), andere):
        yield form.datei(zeilen[:nr]) + anders.zeile(zeilen[nr]) + form.datei(zeilen[nr + 1 :])
    for nr, zahl in itertools.product(range(len(zeilen)), (1, 2, len(zeilen[0]) - 1)):
        yield form.datei([*zeilen[:nr], zeilen[nr][:zahl], *zeilen[nr + 1 :]])
    for nr, mehr in itertools.product(range(len(zeilen)), ([""], ["", ""], ["x"], ["", "x"], zeilen[1])):
        yield form.datei([*zeilen[:nr], [*zeilen[nr], *mehr], *zeilen[nr + 1 :]])


def _je_stelle(zeilen: Zeilen, form: Form) -> Iterator[str]:
    """The file with a sign too much or too few at each end of each cell in turn."""
    for nr, spalte_nr in itertools.product(range(len(zeilen)), range(len(zeilen[0]))):
        zellen = [form.zelle(z) for z in zeilen[nr]]
        zelle = zellen[spalte_nr]
        mitte = len(zelle) // 2
        neue = [form.trennzeichen + zelle, '"' + zelle, "\n" + zelle, zelle + "\n", zelle + '"\n']
        if zelle.startswith('"'):
            # Inside an unquoted cell a mark is a sign like any other, inside a quoted one a delimiter is.
            neue += [zelle + '"', zelle[:mitte] + '"' + zelle[mitte:], zelle[1:], zelle[:-1]]
        else:
            neue.append(zelle[:mitte] + form.trennzeichen + zelle[mitte:])
        satze = [form.trennzeichen.join([*zellen[:spalte_nr], z, *zellen[spalte_nr + 1 :]]) for z in neue]
        if spalte_nr:
            davor = form.trennzeichen.join(zellen[:spalte_nr])
            satze.append(davor + form.trennzeichen.join(zellen[spalte_nr:]))
        for satz in satze:
            yield form.datei(zeilen[:nr]) + satz + form.ende + form.datei(zeilen[nr + 1 :])


FORMEN = [Form(z, immer=immer) for z in TRENNZEICHEN for immer in (False, True)][: 2 * FAKTOR]
SCHRITT = 7 if FAKTOR == 1 else 1
"""Every seventh file is tried each time, by turns of every kind; `make haerte` tries all of them in all forms."""


@pytest.mark.haerte
@pytest.mark.parametrize("form", FORMEN, ids=lambda form: f"{form.trennzeichen!r}, immer: {form.immer}")
@pytest.mark.parametrize("verschmutzt", [_je_zeile, _je_stelle])
def test_keine_stelle_wird_still_anders_gelesen(
    verschmutzt: Callable[[Zeilen, Form], Iterator[str]], form: Form
) -> None:
    for inhalt in itertools.islice(verschmutzt([KOPF, *ZEILEN], form), None, None, SCHRITT):
        _pruefe_typisiert(inhalt)
    for inhalt in itertools.islice(verschmutzt([TEXTKOPF, *TEXTE], form), None, None, SCHRITT):
        _pruefe_texte(inhalt)
