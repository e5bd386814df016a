"""Grouping of findings: nothing is lost, nothing counted twice, and rows are written as people read them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.pruefung.gruppieren import HOECHSTZAHL_AUSPRAEGUNGEN, HOECHSTZAHL_BEREICHE, gruppiere, zeilen_in_worten
from schemas.befunde import Befund, befund
from schemas.zellbefunde import INVALID_NUMBER, MISSING_VALUE

ZEILEN = st.one_of(st.none(), st.integers(1, 40))
BEFUNDE = st.lists(
    st.builds(
        lambda regel, zeile, spalte, wert: befund(regel, zeile=zeile, spalte=spalte, wert=wert),
        st.sampled_from([INVALID_NUMBER, MISSING_VALUE]),
        ZEILEN,
        st.sampled_from(["personen", "beratungen"]),
        st.sampled_from(["12x", "„?“", "O1"]),
    ),
    max_size=60,
)


def _zeilen(bereiche: tuple[tuple[int, int], ...]) -> list[int]:
    return [z for a, b in bereiche for z in range(a, b + 1)]


@settings(deadline=None)
@given(BEFUNDE)
def test_jeder_befund_zaehlt_genau_einmal(befunde: list[Befund]) -> None:
    gruppen = gruppiere(befunde)
    assert sum(g.anzahl for g in gruppen) == len(befunde)
    for g in gruppen:
        eigene = [b for b in befunde if (b.code, b.spalte) == (g.code, g.spalte)]
        assert len(eigene) == g.anzahl
        assert _zeilen(g.bereiche) == sorted({b.zeile for b in eigene if b.zeile is not None})
        assert sum(w.anzahl for w in g.auspraegungen) == g.anzahl
        assert all(b[0] > a[1] + 1 for a, b in pairwise(g.bereiche))


@settings(deadline=None)
@given(BEFUNDE)
def test_gruppen_stehen_in_der_reihenfolge_ihrer_ersten_befunde(befunde: list[Befund]) -> None:
    erste = list(dict.fromkeys((b.code, b.spalte) for b in befunde))
    assert [(g.code, g.spalte) for g in gruppiere(befunde)] == erste


def test_verschiedene_werte_sind_ein_problem_mit_gekuerzter_liste() -> None:
    befunde = [befund(INVALID_NUMBER, zeile=z, spalte="personen", wert=f"{z} Stück") for z in range(1, 31)]
    (gruppe,) = gruppiere(befunde)
    assert (gruppe.anzahl, gruppe.bereiche) == (30, ((1, 30),))
    assert len(gruppe.auspraegungen) == HOECHSTZAHL_AUSPRAEGUNGEN
    assert gruppe.weitere == 30 - HOECHSTZAHL_AUSPRAEGUNGEN


@pytest.mark.parametrize(
    ("bereiche", "anzahl", "text"),
    [
        ([(4, 9), (12, 12)], 7, "Zeilen 4–9, 12 (7-mal)"),
        ([(4, 4)], 1, "Zeile 4"),
        ([(4, 4)], 2, "Zeile 4 (2-mal)"),
        ([(2, 1501)], 1500, "Zeilen 2–1501 (1.500-mal)"),
        ([], 1, ""),
        ([], 3, "(3-mal)"),
    ],
)
def test_zeilen_stehen_in_worten(bereiche: list[tuple[int, int]], anzahl: int, text: str) -> None:
    assert zeilen_in_worten(bereiche, anzahl) == text


def test_sehr_viele_bereiche_werden_abgekuerzt() -> None:
    bereiche = [(2 * i, 2 * i) for i in range(1, HOECHSTZAHL_BEREICHE + 5)]
    text = zeilen_in_worten(bereiche, len(bereiche))
    assert text.endswith(f"und weitere ({len(bereiche)}-mal)")
    assert text.count(",") == HOECHSTZAHL_BEREICHE - 1
