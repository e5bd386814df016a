"""What became of an allocation: paid out, forwarded, spent, on what, and how much of it on administration.

What belongs here: the table of schemas.mittel.VERWENDUNG. Nothing here rejects or judges a delivery: a figure above a
limit is a figure. A sum with an unknown part is unknown.
"""

from fractions import Fraction

import polars as pl

from assets.auswertung.buchungen import TOPF, letzte_mitteilungen
from schemas.datensaetze.finanzen import AUSGABEN
from schemas.mittel import VERWENDUNG
from schemas.modell import Land

_ART, _CENT = pl.col("buchungsart"), pl.col("cent")
_AUS_ZUWEISUNG = pl.col("mittel") == "ZUWEISUNG"
_SELBST = pl.col("empfaengerart") == "KREIS"
_AUSGABE = _ART.is_in(AUSGABEN)
_FSA = pl.col("bereich") == "FSA"
_GRENZE = "fsa_verwaltung_max"


def mittelverwendung(land: Land, finanzen: pl.DataFrame) -> pl.DataFrame:
    """One row per allocation with a booking; `finanzen` are the bookings, from `buchungen`."""
    gueltig = letzte_mitteilungen(finanzen).filter("gilt").select(*TOPF, "fassung", "gebucht_cent", "bescheid_datum")
    return (
        finanzen.group_by(TOPF)
        .agg(**_summen())
        .join(gueltig, on=TOPF, how="left")
        .join(_fsa_anteile(finanzen), on=TOPF, how="left")
        .with_columns(zuweisung_cent=pl.col("gebucht_cent") - pl.col("aufgehoben"))
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
        "aufgehoben": _summe(_ART == "AUFHEBUNG"),
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
        "fsa_ohne_zweck": _summe(_AUSGABE & _ohne_zweck() & _AUS_ZUWEISUNG),
        "fsa_weiter": _summe(weiter & _FSA & _AUS_ZUWEISUNG),
        "fsa_zurueck": _summe(zurueck & _FSA & _AUS_ZUWEISUNG, ohne_vorzeichen=True),
        "fsa_dritte": _summe(_AUSGABE & _FSA & ~_SELBST & _AUS_ZUWEISUNG),
    }


def _ohne_zweck() -> pl.Expr:
    """Spending that may serve the administration of Flüchtlingssozialarbeit: the booking does not say."""
    weder_noch = ~pl.col("bereich").is_in(["FSA", "RKB"]) & (pl.col("zweck") != "FACH")
    return (_FSA & ~pl.col("zweck").is_in(["FACH", "VERWALTUNG"])) | ((pl.col("fg") == "FG5") & weder_noch)


def _fsa_anteile(finanzen: pl.DataFrame) -> pl.DataFrame:
    """The part of an allocation that its notice sets aside for Flüchtlingssozialarbeit."""
    gilt = letzte_mitteilungen(finanzen).filter("gilt").select(*TOPF, "fassung")
    return (
        letzte_mitteilungen(finanzen.filter(_FSA)).join(gilt, on=[*TOPF, "fassung"]).select(*TOPF, fsa="gebucht_cent")
    )


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
    zuweisung = pl.coalesce("fsa", "zuweisung_cent")
    spalten = {
        "fsa_zuweisung_cent": zuweisung,
        "fsa_grenze": _urteil(land, zuweisung),
        **{name: pl.col(name) for name in ("fsa_verwaltung_cent", "fsa_ohne_zweck_cent")},
    }
    return {name: pl.when(pl.col("fg") == "FG5").then(spalte) for name, spalte in spalten.items()}


def _urteil(land: Land, zuweisung: pl.Expr) -> pl.Expr:
    if _GRENZE not in land.schwellen:
        return pl.lit("OFFEN")
    grenze = Fraction(str(land.schwellen[_GRENZE]))
    hoechstens, verwaltung = grenze.numerator * zuweisung, pl.col("fsa_verwaltung_cent")
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
