"""German numbers: rounding half up, once, and how a number is written.

What belongs here: numbers and their units. What does not: sentences, dates and names (`worte.py`).
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from schemas.einheiten import gleiche_einheit

GESCHUETZT = "\u00a0"
"""No-break space, between a number and its unit."""
MINUS = "\u2212"
"""The typographic minus sign."""

_EINZAHL = {
    "Angebote": "Angebot",
    "Beratungen": "Beratung",
    "Einsätze": "Einsatz",
    "Gemeinden": "Gemeinde",
    "Jahre": "Jahr",
    "Maßnahmen": "Maßnahme",
    "Meldeeinheiten": "Meldeeinheit",
    "Monate": "Monat",
    "Personen": "Person",
    "Prozentpunkte": "Prozentpunkt",
    "Stellen": "Stelle",
    "Tage": "Tag",
    "Teile": "Teil",
}
_EINS = ("1", f"{MINUS}1")
_STELLEN_DOUBLE = 15
_WEIT = Context(prec=400)
"""Wide enough for every double; the default of 28 digits would refuse to round 1e30."""
_TAUSENDER = str.maketrans(",.", ".,")


@lru_cache(maxsize=100_000)
def runde(wert: float, stellen: int) -> Decimal:
    """`wert` with `stellen` decimals, half rounded away from zero, never minus zero; raises ValueError for nan and inf.

    A float carries noise after its 15th digit (0.285 is stored as 0.28499…), so those digits are dropped first.
    """
    genau = Decimal(f"{wert:.{_STELLEN_DOUBLE}g}")
    if not genau.is_finite():
        raise ValueError(f"{wert} ist keine Zahl, die sich zeigen lässt")
    gerundet = genau.quantize(Decimal(1).scaleb(-stellen), rounding=ROUND_HALF_UP, context=_WEIT)
    return abs(gerundet) if gerundet == 0 else gerundet


def zahl(wert: Decimal) -> str:
    """A rounded number in German: 1.234.567,9, with the typographic minus.

    Not cached: 5 and 5,0 are the same key and would get each other's text.
    """
    return f"{wert:,f}".translate(_TAUSENDER).replace("-", MINUS)


def menge(wert: float) -> str:
    """A numerator or denominator: whole numbers without decimals, others with two. Sums may be off by far less."""
    genau = runde(wert, 2)
    return zahl(runde(wert, 0) if genau == genau.to_integral_value() else genau)


def euro(cent: int) -> str:
    """An amount in cents as euros: 1.234,50."""
    return zahl(Decimal(cent).scaleb(-2))


def ist_prozent(einheit: str) -> bool:
    """Whether a unit is per cent, so that differences are percentage points."""
    return gleiche_einheit(einheit, "Prozent")


def mit_einheit(text: str, einheit: str) -> str:
    """Number and unit, held together by a no-break space: 6,3 %, 1 Stelle, −1 Stelle, 2 Stellen, 1 Tag je VZÄ."""
    zeichen, leer, rest = ("%" if ist_prozent(einheit) else einheit).partition(" ")
    return f"{text}{GESCHUETZT}{_EINZAHL.get(zeichen, zeichen) if text in _EINS else zeichen}{leer}{rest}"


def in_einheit(einheit: str) -> str:
    """How a title names the unit: „in Prozent“, but „je 1.000“."""
    return einheit if einheit.startswith("je ") else f"in {'Prozent' if ist_prozent(einheit) else einheit}"


def abstand(differenz: Decimal, einheit: str) -> str:
    """A difference in neutral words, e.g. „um 2,1 Prozentpunkte niedriger“; the number is the rounded one shown."""
    if differenz == 0:
        return "gleich hoch"
    wort = "höher" if differenz > 0 else "niedriger"
    betrag = zahl(abs(differenz))
    if not ist_prozent(einheit):
        return f"um {betrag} {wort}"
    return f"um {mit_einheit(betrag, 'Prozentpunkte')} {wort}"


def veraenderung(differenz: Decimal, einheit: str) -> str:
    """What became of a value: „um 2,1 Prozentpunkte gestiegen“, „um 1 Stelle gesunken“, „gleich geblieben“."""
    if differenz == 0:
        return "gleich geblieben"
    betrag = zahl(abs(differenz))
    if ist_prozent(einheit):
        betrag = mit_einheit(betrag, "Prozentpunkte")
    elif not einheit.startswith("je "):
        betrag = mit_einheit(betrag, einheit)
    return f"um {betrag} {'gestiegen' if differenz > 0 else 'gesunken'}"
