"""Reads the sums the ministry has entered for a Land: one file per Haushaltsjahr in `data/verteilungsmassen/<land>/`.

What belongs here: the form of these files, described in `data/verteilungsmassen/LIESMICH.md`, and what is wrong with
one, in German. What does not: sharing the sums out (`assets/auswertung/`).
"""

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from schemas.codelisten_steuerung import FG
from schemas.modell import Verteilungsmasse
from schemas.pfade import VERTEILUNGSMASSEN
from schemas.zuweisung import RANG

_PFLICHT: dict[str, type] = {"fassung": str, "datum": date, "quelle": str, "betrag": dict}
_FREIWILLIG: dict[str, type] = {"stichtag": date, "stand": str}
_KOPF = {"haushaltsjahr", "erfunden", "mitteilung"}
_CENT = Decimal("0.01")


class VerteilungsmassenError(ValueError):
    """A file with Verteilungsmassen cannot be used; the message says which and why."""


def lies_verteilungsmassen(land_id: str, ordner: Path = VERTEILUNGSMASSEN) -> tuple[Verteilungsmasse, ...]:
    """All sums of a Land, by Haushaltsjahr; none where there is no file.

    Raises:
        VerteilungsmassenError: a file cannot be read or says something the contract does not know.
    """
    dateien = sorted((ordner / land_id).glob("*.toml"))
    massen = [masse for datei in dateien for masse in _lies_datei(datei)]
    doppelt = {m.schluessel for m in massen if [n.schluessel for n in massen].count(m.schluessel) > 1}
    if doppelt:
        raise VerteilungsmassenError(f"In {ordner / land_id} sind doppelt hinterlegt: {sorted(doppelt)}.")
    return tuple(massen)


def _lies_datei(datei: Path) -> Iterator[Verteilungsmasse]:
    try:
        # Amounts stay decimal: a binary fraction would not be exact to the cent.
        inhalt = tomllib.loads(datei.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fehler:
        raise VerteilungsmassenError(f"{datei.name} lässt sich nicht lesen: {fehler}") from fehler
    jahr, erfunden = inhalt.get("haushaltsjahr"), inhalt.get("erfunden", False)
    mitteilungen = inhalt.get("mitteilung", [])
    fremd = set(inhalt) - _KOPF
    if fremd or type(jahr) is not int or type(erfunden) is not bool or type(mitteilungen) is not list:
        raise VerteilungsmassenError(
            f"{datei.name}: Nötig sind haushaltsjahr (Zahl) und [[mitteilung]], erlaubt ist erfunden (true oder false)"
            + (f"; unbekannt ist {', '.join(sorted(fremd))}." if fremd else ".")
        )
    for nummer, eintrag in enumerate(mitteilungen, 1):
        yield from _lies_mitteilung(eintrag, jahr, f"{datei.name}, Mitteilung {nummer}", erfunden=erfunden)


def _lies_mitteilung(eintrag: dict[str, Any], jahr: int, ort: str, *, erfunden: bool) -> Iterator[Verteilungsmasse]:
    for name, typ in (_PFLICHT | _FREIWILLIG).items():
        # Exactly this type: a date with a time of day is a date, too, and could not be compared later.
        if (name in _PFLICHT or name in eintrag) and type(eintrag.get(name)) is not typ:
            raise VerteilungsmassenError(f"{ort}: Die Angabe {name} fehlt oder hat die falsche Form.")
    fremd = set(eintrag) - set(_PFLICHT) - set(_FREIWILLIG)
    if fremd:
        raise VerteilungsmassenError(f"{ort}: Unbekannt ist {', '.join(sorted(fremd))}.")
    if eintrag["fassung"] not in RANG:
        raise VerteilungsmassenError(f"{ort}: fassung muss eine von {', '.join(RANG)} sein.")
    angaben = {n: eintrag[n] for n in ("fassung", "datum", "quelle", "stichtag", "stand") if n in eintrag}
    for fg, betrag in eintrag["betrag"].items():
        if fg not in FG.schluessel:
            raise VerteilungsmassenError(f"{ort}: Den Fördergegenstand {fg} gibt es nicht.")
        yield Verteilungsmasse(haushaltsjahr=jahr, fg=fg, cent=_cent(betrag, ort), erfunden=erfunden, **angaben)


def _cent(betrag: object, ort: str) -> int:
    """An amount in euros as whole cents."""
    if type(betrag) not in (int, Decimal):
        raise VerteilungsmassenError(f"{ort}: Der Betrag {betrag!r} ist keine Zahl.")
    euro = Decimal(str(betrag))
    if not euro.is_finite() or euro < 0 or euro != euro.quantize(_CENT):
        raise VerteilungsmassenError(f"{ort}: Der Betrag {betrag} ist kein Betrag in Euro und ganzen Cent.")
    return int(euro / _CENT)
