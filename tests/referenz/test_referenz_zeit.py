"""Times as the offices write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.referenz.zeit import Zeit, deute_zeit, ist_monat


@pytest.mark.parametrize(
    ("text", "zeit", "angabe"),
    [
        ("31.12.2015", "2015-12-31", ""),
        ("2024-12-31", "2024-12-31", ""),
        ("2016", "2016", ""),
        ("2015/16", "2015/16", ""),
        ("1999/2000", "1999/00", ""),
        ("Schuljahr 2015/16", "2015/16", ""),
        ("WS 2023/24", "2023/24", ""),
        ("2023-10P6M", "2023/24", ""),
        ("2023-08P12M", "2023/24", ""),
        ("2024-01P12M", "2024", ""),
        ("2024-04P6M", "2024-04-01", "2024-04P6M"),
        ("SS 2024", "2024-04-01", "SS 2024"),
        ("2024-10P3M", "2024-10-01", "2024-10P3M"),
        ("Juni 2007", "2007-06-01", "Juni 2007"),
        ("März 2007", "2007-03-01", "März 2007"),
    ],
)
def test_bekannte_formen(text: str, zeit: str, angabe: str) -> None:
    assert deute_zeit(text) == Zeit(zeit, angabe)


@pytest.mark.parametrize(
    "text", ["", "31.02.2015", "2015/17", "14511", "0815", "Insgesamt", "Juno 2007", "2024-13P1M", "DG", "12,5", "٢٠١٥"]
)
def test_keine_zeit(text: str) -> None:
    assert deute_zeit(text) is None


@given(st.dates())
@settings(max_examples=50)
def test_deutsches_und_iso_datum_sind_gleich(tag: "object") -> None:
    iso = str(tag)
    deutsch = f"{iso[8:10]}.{iso[5:7]}.{iso[:4]}"
    assert deute_zeit(iso) == deute_zeit(deutsch) == Zeit(iso)


def test_monatsnamen() -> None:
    assert ist_monat("Februar")
    assert not ist_monat("Februar 2026")
