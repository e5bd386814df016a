"""Of several notices the last one counts, per Bereich, less what was revoked; an unknown amount stays unknown."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.zuweisung import RANG, geltendes, ist_gueltige_mitteilung, zuweisung, zuweisung_fuer

Buchung = tuple[str, str, date | None, int, float | None]
"""Buchungsart, Bereich, date of the Bescheid, running number, amount."""
FRUEH, SPAET = date(2025, 2, 1), date(2025, 6, 1)


def _rechne(buchungen: list[Buchung], ausdruck: pl.Expr) -> list[float | None]:
    spalten = {
        "buchungsart": pl.String,
        "bereich": pl.String,
        "bescheid_datum": pl.Date,
        "lfd_nr": pl.Int64,
        "betrag_eur": pl.Float64,
    }
    frame = pl.DataFrame(buchungen, schema=spalten, orient="row")
    topf = frame.with_columns(haushaltsjahr=pl.lit(2025), fg=pl.lit("FG5"), datum=pl.lit(None, pl.Date))
    return topf.with_columns(**geltendes()).select(ausdruck).to_series().to_list()


@pytest.mark.parametrize(
    ("buchungen", "gilt"),
    [
        ([("AUSZAHLUNG", "-", None, 1, 5.0)], None),
        ([("ZUW_VORAUSSICHTLICH", "-", None, 1, 9.0), ("ZUW_AKTUALISIERT", "-", None, 1, 8.0)], 8.0),
        ([("ZUW_NEU_FESTGESTELLT", "-", None, 1, 7.0), ("ZUW_AKTUALISIERT", "-", SPAET, 2, 8.0)], 7.0),
        ([("ZUW_FESTGESETZT", "-", FRUEH, 2, 7.0), ("ZUW_FESTGESETZT", "-", SPAET, 1, 6.0)], 6.0),
        ([("ZUW_FESTGESETZT", "-", None, 2, 7.0), ("ZUW_FESTGESETZT", "-", FRUEH, 1, 6.0)], 6.0),
        ([("ZUW_FESTGESETZT", "-", None, 2, 7.0), ("ZUW_FESTGESETZT", "-", None, 1, 6.0)], 7.0),
        ([("ZUW_FESTGESETZT", "FSA", FRUEH, 1, 7.0), ("ZUW_FESTGESETZT", "RKB", SPAET, 1, 2.0)], 9.0),
        ([("ZUW_VORAUSSICHTLICH", "-", None, 1, 9.0), ("ZUW_FESTGESETZT", "FSA", FRUEH, 1, 7.0)], 7.0),
        ([("ZUW_FESTGESETZT", "-", FRUEH, 1, 7.0), ("AUFHEBUNG", "-", SPAET, 1, 2.0)], 5.0),
        ([("ZUW_FESTGESETZT", "-", SPAET, 1, 7.0), ("AUFHEBUNG", "-", FRUEH, 1, 2.0)], 7.0),
        ([("ZUW_FESTGESETZT", "-", FRUEH, 1, 7.0), ("AUFHEBUNG", "-", None, 1, 2.0)], 5.0),
        ([("ZUW_NEU_FESTGESTELLT", "-", FRUEH, 1, 7.0), ("ZUW_AKTUALISIERT", "-", SPAET, 2, 8.0)], 8.0),
        ([("ZUW_VORAUSSICHTLICH", "-", FRUEH, 1, 9.0), ("ZUW_AKTUALISIERT", "FSA", SPAET, 1, 8.0)], 8.0),
        ([("ZUW_VORAUSSICHTLICH", "FSA", FRUEH, 1, 9.0), ("ZUW_AKTUALISIERT", "-", SPAET, 1, 8.0)], 8.0),
        ([("ZUW_VORAUSSICHTLICH", "FSA", FRUEH, 1, 9.0), ("ZUW_AKTUALISIERT", "RKB", SPAET, 1, 8.0)], 17.0),
        ([("ZUW_FESTGESETZT", "-", FRUEH, 1, None), ("AUFHEBUNG", "-", SPAET, 1, 2.0)], None),
        ([("ZUW_FESTGESETZT", "-", FRUEH, 1, 7.0), ("AUFHEBUNG", "-", SPAET, 1, None)], None),
        ([("ZUW_VORAUSSICHTLICH", "-", None, 1, None), ("ZUW_FESTGESETZT", "-", FRUEH, 1, 7.0)], 7.0),
    ],
)
def test_welche_mitteilung_gilt(buchungen: list[Buchung], gilt: float | None) -> None:
    assert _rechne(buchungen, zuweisung()) == [gilt] * len(buchungen)
    assert _rechne(buchungen[::-1], zuweisung()) == [gilt] * len(buchungen)


@pytest.mark.parametrize(
    ("buchungen", "gilt"),
    [
        ([("ZUW_FESTGESETZT", "-", FRUEH, 1, 9.0), ("AUFHEBUNG", "FSA", SPAET, 1, 2.0)], 7.0),
        ([("ZUW_FESTGESETZT", "FSA", FRUEH, 1, 7.0), ("AUFHEBUNG", "FSA", SPAET, 1, 2.0)], 5.0),
        ([("ZUW_FESTGESETZT", "FSA", FRUEH, 1, 7.0), ("AUFHEBUNG", "RKB", SPAET, 1, 2.0)], 7.0),
        ([("ZUW_FESTGESETZT", "FSA", SPAET, 1, 7.0), ("AUFHEBUNG", "FSA", FRUEH, 1, 2.0)], 7.0),
        ([("ZUW_FESTGESETZT", "RKB", FRUEH, 1, 7.0)], 7.0),
    ],
)
def test_was_davon_fuer_die_fluechtlingssozialarbeit_ist(buchungen: list[Buchung], gilt: float) -> None:
    assert _rechne(buchungen, zuweisung_fuer("FSA")) == [gilt] * len(buchungen)


def test_ohne_bescheid_gilt_der_tag_der_mitteilung() -> None:
    frame = pl.DataFrame(
        {
            "buchungsart": ["ZUW_NEU_FESTGESTELLT", "ZUW_AKTUALISIERT"],
            "datum": [FRUEH, SPAET],
            "betrag_eur": [7.0, 8.0],
        }
    ).with_columns(
        haushaltsjahr=2025, fg=pl.lit("FG5"), bereich=pl.lit("-"), lfd_nr=1, bescheid_datum=pl.lit(None, pl.Date)
    )
    assert frame.with_columns(**geltendes()).select(zuweisung()).to_series().to_list() == [8.0, 8.0]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*RANG, "AUSZAHLUNG"]),
            st.sampled_from(["-", "FSA"]),
            st.sampled_from([None, FRUEH, SPAET]),
            st.integers(1, 3),
        ),
        unique_by=lambda b: (b[0], b[1], b[3]),  # as R04 demands
        max_size=12,
    )
)
def test_je_bereich_gilt_hoechstens_ein_stand_und_ein_bescheid_vor_allem_anderen(
    schluessel: list[tuple[str, str, date, int]],
) -> None:
    frame = pl.DataFrame(
        schluessel,
        schema={"buchungsart": pl.String, "bereich": pl.String, "bescheid_datum": pl.Date, "lfd_nr": pl.Int64},
        orient="row",
    ).with_columns(haushaltsjahr=pl.lit(2025), fg=pl.lit("FG5"), datum=pl.lit(None, pl.Date))
    gueltig = frame.filter(ist_gueltige_mitteilung())
    mitteilungen = frame.filter(pl.col("buchungsart").is_in(list(RANG)))
    assert gueltig.is_empty() == mitteilungen.is_empty()
    assert gueltig["bereich"].n_unique() == gueltig.height
    bescheide = mitteilungen.filter(buchungsart="ZUW_FESTGESETZT")
    if not bescheide.is_empty():
        assert set(gueltig["buchungsart"]) == {"ZUW_FESTGESETZT"}
        assert set(gueltig["bereich"]) == set(bescheide["bereich"])
