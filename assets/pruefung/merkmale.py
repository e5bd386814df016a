"""Keys, codes and texts: cells that are compared with the contract instead of computed with.

What belongs here: the form of a key, the codes of a list, texts that could do harm. What does not: whether a key exists
(rules) and whole columns (`umwandeln.py`).
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from assets.pruefung.deutung import Deutung
from assets.pruefung.excelschaden import excelschaden, fehlerwert
from assets.pruefung.zeichen import als_zeichen
from schemas.modell import Codeliste, Feld, Spalte
from schemas.zellbefunde import (
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
    return Deutung(regel=INVALID_KEY, vorschlag=vorschlag, werte={"beispiel": _beispiel(feld, vorschlag)})


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


def _beispiel(feld: Feld, vorschlag: str | None) -> str:
    if vorschlag:
        return f" Gemeint ist vielleicht {vorschlag}."
    return f" Beispiel: {feld.beispiel}." if feld.beispiel else ""


class Codebuch:
    """The codes allowed in a column, and every spelling that is accepted for them."""

    def __init__(self, codeliste: Codeliste, codes: Sequence[str]) -> None:
        self.codes = codes
        erlaubt = [c for c in codeliste.codes if c.code in codes]
        self._schreibweisen = {_gefaltet(c.label): c.code for c in erlaubt}
        self._schreibweisen |= {_gefaltet(c.code): c.code for c in erlaubt}

    def deute(self, text: str) -> Deutung:
        """A code of the list. Case does not matter; the exact label of a code is accepted as well."""
        zeichen = als_zeichen(text)
        code = self._schreibweisen.get(_gefaltet(text))
        code = code or (self._schreibweisen.get(zeichen.amtlich) if zeichen else None)
        if code:
            return Deutung(code)
        if schaden := excelschaden(text):
            return schaden
        if zeichen:
            return Deutung(regel=SYMBOL_NOT_ALLOWED)
        nullen = ("0" * n + text for n in range(1, _HOECHSTENS_NULLEN + 1))
        if text.isdigit() and (ergaenzt := next((n for n in nullen if n in self.codes), None)):
            return Deutung(regel=LOST_LEADING_ZERO, vorschlag=ergaenzt)
        aehnlich = get_close_matches(_gefaltet(text[:_LAENGSTER_SCHLUESSEL]), self._schreibweisen, 1, 0.75)
        vorschlag = self._schreibweisen[aehnlich[0]] if aehnlich else None
        return Deutung(regel=UNKNOWN_CODE, vorschlag=vorschlag, werte={"erlaubt": self._aufzaehlung()})

    def deute_mehrere(self, text: str) -> Deutung:
        """Several codes in a cell, separated by blanks, commas, semicolons or slashes; stored with blanks between."""
        ganz = self.deute(text)
        teile = [self.deute(teil) for teil in _TRENNER_IN_LISTE.split(text.strip(" ,;/"))]
        if ganz.kanonisch or len(teile) < 2:
            return ganz
        if fehler := next((t for t in teile if t.kanonisch is None), None):
            return fehler
        return Deutung(" ".join(dict.fromkeys(t.kanonisch for t in teile if t.kanonisch)))

    def _aufzaehlung(self) -> str:
        rest = len(self.codes) - _GEZEIGTE_CODES
        gezeigt = ", ".join(self.codes[:_GEZEIGTE_CODES])
        if rest <= 0:
            return gezeigt
        return f"{gezeigt} und {rest} weitere; alle stehen im Prüfprotokoll und im Erhebungshandbuch bei den Codelisten"


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
        return Deutung(regel=INVALID_TEXT, werte={"beispiel": _beispiel(spalte.feld, None)})
    return Deutung(text)


def _gefaltet(text: str) -> str:
    return " ".join(text.split()).casefold()
