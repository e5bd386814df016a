"""Numbers for the page in easy language: a few of each Meldeeinheit, rounded and in short sentences.

What belongs here: choosing and rounding the numbers the Land profile names. What does not: the text of the page
(template) and its rules, which a test checks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.berichte.bestand import Bestand
from assets.berichte.reihen import Angabe, Reihe
from assets.berichte.zahlen import runde, zahl
from schemas.modell import Meldeeinheit
from schemas.veroeffentlichung import LeichteZahl
from schemas.wertstatus import Wertstatus

FEHLT = "Diese Zahl fehlt noch."
GEHEIM = "Diese Zahl ist geheim."
_TAUSEND = 1000
_AB_TAUSENDERN, _AB_HUNDERTERN, _AB_ZEHNERN = 10_000, 1000, 100


@dataclass(frozen=True, slots=True)
class Antwort:
    """A question and the sentences that answer it."""

    frage: str
    saetze: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeichterOrt:
    """The answers for one Meldeeinheit."""

    einheit: Meldeeinheit
    antworten: tuple[Antwort, ...]


def leichte_orte(bestand: Bestand) -> tuple[LeichterOrt, ...]:
    """All Meldeeinheiten in official order; none where the Land names no numbers of the catalogue."""
    land = bestand.daten.land
    zahlen = [z for z in land.veroeffentlichung.leichte_zahlen if z.indikator in bestand.reihen]
    if not zahlen:
        return ()
    return tuple(
        LeichterOrt(m, tuple(Antwort(z.frage, _saetze(z, _reihen(bestand, z), m.id)) for z in zahlen))
        for m in land.meldeeinheiten
    )


def _reihen(bestand: Bestand, leichte: LeichteZahl) -> tuple[Reihe, ...]:
    return tuple(r for r in bestand.reihen[leichte.indikator] if r.variante.id in leichte.varianten)


def _saetze(leichte: LeichteZahl, reihen: Sequence[Reihe], ags: str) -> tuple[str, ...]:
    angaben = [a for r in reihen for a in r.verlauf(ags).values()]
    mit_zahl = [(a, wert) for a in angaben if (wert := _wert(leichte, a)) is not None]
    if not mit_zahl:
        return (GEHEIM if any(a.status is Wertstatus.GEHEIM for a in angaben) else FEHLT,)
    angabe, wert = max(mit_zahl, key=lambda paar: paar[0].jahr)
    return (leichte.satz.format(zahl=in_leichten_worten(wert)), f"Die Zahl ist aus dem Jahr {angabe.jahr}.")


def _wert(leichte: LeichteZahl, angabe: Angabe) -> float | None:
    if angabe.wert is None:
        return None
    return angabe.zaehler if leichte.zaehler else float(angabe.wert)


def in_leichten_worten(wert: float) -> str:
    """A number nobody has to read twice: etwa 12 Tausend, etwa 1.200, etwa 350, 42."""
    if wert >= _AB_TAUSENDERN:
        return f"etwa {zahl(runde(wert / _TAUSEND, 0))} Tausend"
    for ab, schritt in ((_AB_HUNDERTERN, 100), (_AB_ZEHNERN, 10)):
        if wert >= ab:
            return f"etwa {zahl(runde(runde_auf(wert, schritt), 0))}"
    return zahl(runde(wert, 0))


def runde_auf(wert: float, schritt: int) -> float:
    """`wert` to the nearest multiple of `schritt`, half away from zero."""
    return float(runde(wert / schritt, 0)) * schritt
