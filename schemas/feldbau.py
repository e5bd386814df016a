"""Short words to write a column of the dictionary with: one function per kind of column.

What belongs here: the forms columns take. What does not: the columns themselves (`felder.py`, `felder_steuerung.py`).
"""

from schemas.modell import Codeliste, Feld, Rolle, Typ


def text(name: str, label: str, beschreibung: str, *synonyme: str, bsp: str = "") -> Feld:
    """Free text."""
    return Feld(name, label, beschreibung, Typ.TEXT, synonyme=synonyme, beispiel=bsp)


def kennung(name: str, label: str, beschreibung: str, muster: str, *synonyme: str, bsp: str) -> Feld:
    """A key of a fixed form, kept as text."""
    return Feld(name, label, beschreibung, Typ.SCHLUESSEL, muster=muster, synonyme=synonyme, beispiel=bsp)


def code(name: str, beschreibung: str, codeliste: Codeliste, *synonyme: str, label: str = "") -> Feld:
    """One code of a list; without `label` the column is called like the list."""
    beispiel = codeliste.schluessel[0]
    return Feld(
        name,
        label or codeliste.label,
        beschreibung,
        Typ.CODE,
        codeliste=codeliste,
        synonyme=synonyme,
        beispiel=beispiel,
    )


def datum(name: str, label: str, beschreibung: str, *synonyme: str, bsp: str = "31.12.2025") -> Feld:
    """A date."""
    return Feld(name, label, beschreibung, Typ.DATUM, synonyme=synonyme, beispiel=bsp)


def anzahl(name: str, label: str, beschreibung: str, einheit: str, *synonyme: str, bsp: str = "12") -> Feld:
    """A count: whole and not negative."""
    return Feld(
        name,
        label,
        beschreibung,
        Typ.GANZZAHL,
        Rolle.MASS,
        einheit,
        minimum=0,
        synonyme=synonyme,
        beispiel=bsp,
    )


def saldo(name: str, label: str, beschreibung: str, einheit: str, *synonyme: str, bsp: str) -> Feld:
    """A difference of counts: whole, of either sign."""
    return Feld(name, label, beschreibung, Typ.GANZZAHL, Rolle.MASS, einheit, synonyme=synonyme, beispiel=bsp)


def vzae(name: str, label: str, beschreibung: str, *synonyme: str) -> Feld:
    """Full-time equivalents."""
    return Feld(
        name,
        label,
        beschreibung,
        Typ.DEZIMAL,
        Rolle.MASS,
        "VZÄ",
        2,
        minimum=0,
        synonyme=synonyme,
        beispiel="1,50",
    )


def betrag(name: str, label: str, beschreibung: str, *synonyme: str, minimum: float | None, bsp: str) -> Feld:
    """An amount of money in euros and cents; `minimum` None where it may be negative."""
    return Feld(
        name,
        label,
        beschreibung,
        Typ.DEZIMAL,
        Rolle.MASS,
        "EUR",
        2,
        minimum=minimum,
        synonyme=synonyme,
        beispiel=bsp,
    )
