"""What became of an allocation: paid out, forwarded, spent, on what, and how much of it on administration.

What belongs here: the table of schemas.mittel.VERWENDUNG. Nothing here rejects or judges a delivery: a figure above a
limit is a figure. A sum with an unknown part is unknown.
"""

from fractions import Fraction

import polars as pl

from assets.auswertung.buchungen import TOPF, zuweisungen_je_topf
from schemas.codelisten_steuerung import OHNE_BEREICH
from schemas.datensaetze.finanzen import AUSGABEN
from schemas.mittel import VERWENDUNG
from schemas.modell import Land

_ART, _CENT = pl.col("buchungsart"), pl.col("cent")
_AUS_ZUWEISUNG = pl.col("mittel") == "ZUWEISUNG"
_SELBST = pl.col("empfaengerart") == "KREIS"
_AUSGABE = _ART.is_in(AUSGABEN)
# Leaving the Bereich open must not take spending out of the limit.
_FSA = (pl.col("fg") == "FG5") & pl.col("bereich").is_in(["FSA", OHNE_BEREICH])
_GRENZE = "fsa_verwaltung_max"


def mittelverwendung(land: Land, finanzen: pl.DataFrame) -> pl.DataFrame:
    """One row per allocation with a booking; `finanzen` are the bookings, from `buchungen`."""
    return (
        finanzen.group_by(TOPF)
        .agg(**_summen())
        .join(zuweisungen_je_topf(finanzen), on=TOPF, how="left")
        .with_columns(**_ergebnisse())
        .with_columns(**_fsa(land))
        .with_columns(
            verwendungsquote=_anteil("verwendet_cent", "zuweisung_cent"),
            sachanteil=100 * pl.col("sach_cent") / (pl.col("sach_cent") + pl.col("personal_cent")),
            fsa_verwaltungsanteil=_anteil("fsa_verwaltung_cent", "fsa_zuweisung_cent"),
        )
        .with_columns(pl.col("sachanteil").fill_nan(None))
        .select(pl.col(name).cast(typ) for name, typ in VERWENDUNG.items())
        .sort(TOPF)
    )


def _summe(auswahl: pl.Expr, *, ohne_vorzeichen: bool = False) -> pl.Expr:
    """Sum of the picked bookings of a group, 0 without one; null if the amount of one is not known."""
    betraege = (_CENT.abs() if ohne_vorzeichen else _CENT).filter(auswahl)
    return pl.when(betraege.is_not_null().all()).then(betraege.sum())


def _summen() -> dict[str, pl.Expr]:
    weiter, zurueck = _ART == "WEITERLEITUNG", _ART == "WEITERLEITUNG_RUECKFLUSS"
    # Some offices write money that flows back with a minus; it means the same.
    return {
        "ausgezahlt_cent": _summe(_ART == "AUSZAHLUNG"),
        "zurueckgezahlt_cent": _summe(_ART == "RUECKZAHLUNG", ohne_vorzeichen=True),
        "weitergeleitet_cent": _summe(weiter & _AUS_ZUWEISUNG),
        "rueckfluss_cent": _summe(zurueck & _AUS_ZUWEISUNG, ohne_vorzeichen=True),
        "eigene_ausgaben_cent": _summe(_AUSGABE & _SELBST & _AUS_ZUWEISUNG),
        "personal_cent": _summe((_ART == "AUSGABE_PERSONAL") & _AUS_ZUWEISUNG),
        "sach_cent": _summe((_ART == "AUSGABE_SACH") & _AUS_ZUWEISUNG),
        "andere_ausgaben": _summe(_AUSGABE & _SELBST & ~_AUS_ZUWEISUNG),
        "andere_weiter": _summe(weiter & ~_AUS_ZUWEISUNG),
        "andere_zurueck": _summe(zurueck & ~_AUS_ZUWEISUNG, ohne_vorzeichen=True),
        "fsa_verwaltung_cent": _summe(_AUSGABE & _FSA & _AUS_ZUWEISUNG & (pl.col("zweck") == "VERWALTUNG")),
        "fsa_ohne_zweck": _summe(_AUSGABE & _FSA & _AUS_ZUWEISUNG & (pl.col("zweck") == OHNE_BEREICH)),
        "fsa_weiter": _summe(weiter & _FSA & _AUS_ZUWEISUNG),
        "fsa_zurueck": _summe(zurueck & _FSA & _AUS_ZUWEISUNG, ohne_vorzeichen=True),
        "fsa_dritte": _summe(_AUSGABE & _FSA & ~_SELBST & _AUS_ZUWEISUNG),
    }


def _ergebnisse() -> dict[str, pl.Expr]:
    verwendet = pl.col("eigene_ausgaben_cent") + pl.col("weitergeleitet_cent") - pl.col("rueckfluss_cent")
    andere = pl.col("andere_ausgaben") + pl.col("andere_weiter") - pl.col("andere_zurueck")
    # What Dritte did not account for yet may have gone into anything.
    nicht_belegt = pl.col("fsa_weiter") - pl.col("fsa_zurueck") - pl.col("fsa_dritte")
    return {
        "verwendet_cent": verwendet,
        "andere_mittel_cent": andere,
        "gesamtausgaben_cent": verwendet + andere,
        "fsa_ohne_zweck_cent": pl.col("fsa_ohne_zweck") + nicht_belegt.clip(lower_bound=0),
    }


def _fsa(land: Land) -> dict[str, pl.Expr]:
    """The limit on administration: judged only where the part without a purpose cannot change the answer."""
    namen = ("fsa_zuweisung_cent", "fsa_verwaltung_cent", "fsa_ohne_zweck_cent")
    spalten = {name: pl.col(name) for name in namen} | {"fsa_grenze": _urteil(land)}
    return {name: pl.when(pl.col("fg") == "FG5").then(spalte) for name, spalte in spalten.items()}


def _urteil(land: Land) -> pl.Expr:
    if _GRENZE not in land.schwellen:
        return pl.lit("OFFEN")
    grenze = Fraction(str(land.schwellen[_GRENZE]))
    hoechstens, verwaltung = grenze.numerator * pl.col("fsa_zuweisung_cent"), pl.col("fsa_verwaltung_cent")
    return (
        pl.when(verwaltung * grenze.denominator > hoechstens)
        .then(pl.lit("UEBERSCHRITTEN"))
        .when((verwaltung + pl.col("fsa_ohne_zweck_cent")) * grenze.denominator <= hoechstens)
        .then(pl.lit("EINGEHALTEN"))
        .otherwise(pl.lit("OFFEN"))
    )


def _anteil(teil: str, ganzes: str) -> pl.Expr:
    """Per cent; null where the whole is unknown or nothing."""
    return pl.when(pl.col(ganzes) > 0).then(100 * pl.col(teil) / pl.col(ganzes))
