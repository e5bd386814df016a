"""Keys, codes and texts: cells that are compared with the contract instead of computed with.

What belongs here: the form of a key, the codes of a list, texts that could do harm. What does not: whether a key exists
(rules) and whole columns (`umwandeln.py`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, partial

from assets.pruefung.aehnlich import hoechstens_anders
from assets.pruefung.deutung import Deutung
from assets.pruefung.excelschaden import excelschaden, fehlerwert
from assets.pruefung.zeichen import als_zeichen
from schemas.modell import Codeliste, Feld, Spalte
from schemas.zellbefunde import (
    CODE_SPELLING,
    FORMULA,
    INVALID_KEY,
    INVALID_TEXT,
    LOST_LEADING_ZERO,
    SYMBOL_NOT_ALLOWED,
    UNKNOWN_CODE,
)

_HOECHSTENS_NULLEN = 4
"""Leading zeros looked for in front of a code of digits."""

_LAENGSTER_SCHLUESSEL = 60
"""Characters of a cell for which a key is guessed."""

_GRUPPIERT = re.compile(r"[0-9]+(?:[.\s'’][0-9]+)*(?:[.,]00?)?")
_NACHNULL = re.compile(r"[.,]00?$")
_TRENNER_IN_LISTE = re.compile(r"[\s,;/]+")
_GEZEIGTE_CODES = 30
_BEIWERK = re.compile(r"[\s._\-‐‑–—]+")
_ZIFFERN = re.compile(r"[^0-9]+")
_ZEICHEN_JE_FEHLER = 4
"""A code is suggested with at most one slip per four of its letters; of three letters each one counts."""
_FORMELZEICHEN = re.compile(r"[=@].|[+-].*(?:[A-Za-z.]\(|\||\w!\$?[A-Z]+\$?\d)", re.DOTALL)
"""What a spreadsheet would run: = and @ always; + and - only before a call, since phone numbers and lists begin so."""


def muster_ascii(muster: str) -> str:
    """The pattern of a key for Polars: digits are 0 to 9 only, and the whole cell has to match."""
    return f"^(?:{muster.replace(chr(92) + 'd', '[0-9]')})$"


def deute_schluessel(text: str, feld: Feld) -> Deutung:
    """A key, or what happened to it. Nothing is repaired: a key nobody sent must not enter the figures."""
    if feld.muster is None or re.match(muster_ascii(feld.muster), text):
        return Deutung(text)
    if schaden := excelschaden(text):
        return schaden
    if als_zeichen(text):
        return Deutung(regel=SYMBOL_NOT_ALLOWED)
    if ergaenzt := _mit_null(text, feld.muster):
        return Deutung(regel=LOST_LEADING_ZERO, vorschlag=ergaenzt)
    vorschlag = _schluesselvorschlag(text, feld.muster)
    return Deutung(regel=INVALID_KEY, vorschlag=vorschlag, werte={"beispiel": _beispiel(feld)})


def _mit_null(text: str, muster: str) -> str | None:
    """The key with the zero Excel cut off; German keys begin with one zero at most."""
    if not _GRUPPIERT.fullmatch(text):
        return None
    ergaenzt = "0" + _nur_ziffern(text)
    return ergaenzt if not ergaenzt.startswith("00") and re.match(muster_ascii(muster), ergaenzt) else None


def _schluesselvorschlag(text: str, muster: str) -> str | None:
    """The key that was probably meant: without grouping, or in capitals."""
    if len(text) > _LAENGSTER_SCHLUESSEL:
        return None
    kandidaten = [text.upper(), "".join(text.split())]
    kandidaten += [_nur_ziffern(text)] if _GRUPPIERT.fullmatch(text) else []
    return next((k for k in kandidaten if re.match(muster_ascii(muster), k)), None)


def _nur_ziffern(text: str) -> str:
    return re.sub(r"[^0-9]", "", _NACHNULL.sub("", text))


def _beispiel(feld: Feld) -> str:
    return f" Beispiel: {feld.beispiel}." if feld.beispiel else ""


class Codebuch:
    """The codes allowed in a column, and every spelling that is accepted for them."""

    def __init__(self, codeliste: Codeliste, codes: Sequence[str]) -> None:
        self.codes = codes
        erlaubt = [c for c in codeliste.codes if c.code in codes]
        self._schreibweisen = {_gefaltet(c.label): c.code for c in erlaubt}
        self._schreibweisen |= {_gefaltet(c.code): c.code for c in erlaubt}
        lose = Counter(_lose(code) for code in codes)
        # Codes of digits are numbers to whoever writes them: there a point or a blank may mean something.
        self._lose = {form: c for c in codes if lose[form := _lose(c)] == 1 and not c.isdigit() and form}

    def deute(self, text: str) -> Deutung:
        """A code of the list. Case does not matter; the exact label of a code is accepted as well.

        A code with other blanks, hyphens or points than in the list is read and said so.
        """
        zeichen = als_zeichen(text)
        code = self._schreibweisen.get(_gefaltet(text))
        code = code or (self._schreibweisen.get(zeichen.amtlich) if zeichen else None)
        if code:
            return Deutung(code)
        if schaden := excelschaden(text):
            return schaden
        if zeichen:
            return Deutung(regel=SYMBOL_NOT_ALLOWED)
        if code := self._lose.get(_lose(text)):
            return Deutung(code, regel=CODE_SPELLING, werte={"gelesen": code})
        nullen = ("0" * n + text for n in range(1, _HOECHSTENS_NULLEN + 1))
        if text.isdigit() and (ergaenzt := next((n for n in nullen if n in self.codes), None)):
            return Deutung(regel=LOST_LEADING_ZERO, vorschlag=ergaenzt)
        return Deutung(regel=UNKNOWN_CODE, werte={"erlaubt": self._aufzaehlung}, suche=partial(self._naechster, text))

    def deute_mehrere(self, text: str) -> Deutung:
        """Several codes in a cell, separated by blanks, commas, semicolons or slashes; stored with blanks between."""
        teile = [self.deute(teil) for teil in _TRENNER_IN_LISTE.split(text.strip(" ,;/"))]
        ganz = self.deute(text)
        fehler = next((t for t in teile if t.kanonisch is None), None)
        if len(teile) < 2 or (ganz.kanonisch and (fehler or ganz.regel is None)):
            return ganz
        if fehler:
            return fehler
        gelesen = " ".join(dict.fromkeys(t.kanonisch for t in teile if t.kanonisch))
        if any(t.regel for t in teile):
            return Deutung(gelesen, regel=CODE_SPELLING, werte={"gelesen": gelesen})
        return Deutung(gelesen)

    @cached_property
    def _aufzaehlung(self) -> str:
        rest = len(self.codes) - _GEZEIGTE_CODES
        gezeigt = ", ".join(self.codes[:_GEZEIGTE_CODES])
        if rest <= 0:
            return gezeigt
        return f"{gezeigt} und {rest} weitere; alle stehen im Prüfprotokoll und im Erhebungshandbuch bei den Codelisten"

    @cached_property
    def _je_ziffern(self) -> dict[str, list[tuple[str, str]]]:
        """Folded spellings and their codes by the digits in them."""
        formen: dict[str, list[tuple[str, str]]] = {}
        for form, code in self._schreibweisen.items():
            formen.setdefault(_ZIFFERN.sub("", form), []).append((_lose(form), code))
        return formen

    def _naechster(self, text: str) -> str | None:
        """The one code that is nearest to a text; none where several are equally near.

        Digits have to be the same: E13 and E15 look alike and are two different things.
        """
        if len(text) > _LAENGSTER_SCHLUESSEL:
            return None
        gesucht = _lose(text)
        abstaende: dict[str, int] = {}
        for form, code in self._je_ziffern.get(_ZIFFERN.sub("", gesucht), ()):
            abstand = hoechstens_anders(gesucht, form, len(form) // _ZEICHEN_JE_FEHLER)
            if abstand is not None:
                abstaende[code] = min(abstand, abstaende.get(code, abstand))
        naechste = [code for code, abstand in abstaende.items() if abstand == min(abstaende.values())]
        return naechste[0] if len(naechste) == 1 else None


def deute_text(text: str, spalte: Spalte) -> Deutung:
    """A text that is safe to show and, in a mandatory column, says something."""
    if schaden := fehlerwert(text):
        return schaden
    if _FORMELZEICHEN.match(text):
        return Deutung(regel=FORMULA)
    if spalte.pflicht and als_zeichen(text):
        return Deutung(regel=SYMBOL_NOT_ALLOWED)
    muster = spalte.feld.muster
    if muster is not None and not re.match(muster_ascii(muster), text):
        return Deutung(regel=INVALID_TEXT, werte={"beispiel": _beispiel(spalte.feld)})
    return Deutung(text)


def _gefaltet(text: str) -> str:
    return " ".join(text.split()).casefold()


def _lose(text: str) -> str:
    """A code without case, blanks, hyphens and points; between two digits they stay, as one sign."""

    def ersatz(fund: re.Match[str]) -> str:
        davor, danach = text[: fund.start()][-1:], text[fund.end() :][:1]
        return "_" if davor.isdigit() and danach.isdigit() else ""

    return _BEIWERK.sub(ersatz, text).casefold()
