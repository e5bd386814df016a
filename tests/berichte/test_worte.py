from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.berichte.worte import aufzaehlung, dativ, jahre, kennung, stand, zeitraum


@pytest.mark.parametrize(
    ("von", "bis", "text"),
    [
        (date(2024, 12, 31), date(2024, 12, 31), "31.12.2024"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2024, 9, 18), date(2024, 12, 31), "18.09. bis 31.12.2024"),
        (date(2023, 8, 1), date(2024, 7, 31), "01.08.2023 bis 31.07.2024"),
        (None, None, "2024"),
    ],
)
def test_zeitraum(von: date | None, bis: date | None, text: str) -> None:
    assert zeitraum(2024, von, bis) == text


@pytest.mark.parametrize(
    ("text", "deutsch"),
    [
        ("2025-07-01", "01.07.2025"),
        ("2017-10-10T11:57:53", "10.10.2017"),
        ("2025-04", "04/2025"),
        ("2024", "2024"),
        ("", ""),
        ("Mai 2024", "Mai 2024"),
        ("vor-läufig", "vor-läufig"),
    ],
)
def test_stand(text: str, deutsch: str) -> None:
    assert stand(text) == deutsch


def test_jahre_in_kurzform() -> None:
    assert jahre([2011, 2009, 2010, 2024]) == "2009 bis 2011, 2024"
    assert jahre([2023, 2024]) == "2023, 2024"


def test_worte() -> None:
    assert [dativ(w) for w in ("Kreise", "Meldeeinheiten", "Bezirke")] == ["Kreisen", "Meldeeinheiten", "Bezirken"]
    assert [aufzaehlung(t) for t in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A und B", "A, B und C"]


@given(st.text(min_size=1))
def test_kennung_taugt_als_anker(text: str) -> None:
    ergebnis = kennung(text)
    assert ergebnis[0].isalpha()
    assert set(ergebnis) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
