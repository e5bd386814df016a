"""Grouping of findings: nothing is lost, nothing counted twice, and rows are written as people read them."""

from collections import Counter
from dataclasses import asdict
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.pruefung.gruppieren import (
    HOECHSTZAHL_AUSPRAEGUNGEN,
    HOECHSTZAHL_BEREICHE,
    gruppiere,
    zeilen_einer_angabe,
    zeilen_in_worten,
)
from schemas.befunde import Art, Befund, befund
from schemas.lesebefunde import BLANK_HEADER
from schemas.zellbefunde import ENGLISH_NUMBER, INVALID_NUMBER, MISSING_VALUE

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


def _anzahl(befunde: list[Befund]) -> Counter[Art]:
    return Counter(b.art for b in befunde)


def _zeilen(bereiche: tuple[tuple[int, int], ...]) -> list[int]:
    return [z for a, b in bereiche for z in range(a, b + 1)]


@settings(deadline=None)
@given(BEFUNDE)
def test_jeder_befund_zaehlt_genau_einmal(befunde: list[Befund]) -> None:
    gruppen = gruppiere(befunde, _anzahl(befunde))
    assert sum(g.anzahl for g in gruppen) == len(befunde)
    for g in gruppen:
        eigene = [b for b in befunde if (b.code, b.spalte) == (g.code, g.spalte)]
        assert len(eigene) == g.anzahl
        assert _zeilen(g.bereiche) == sorted({b.zeile for b in eigene if b.zeile is not None})
        assert sum(w.anzahl for w in g.auspraegungen) == g.anzahl
        assert all(b[0] > a[1] + 1 for a, b in pairwise(g.bereiche))
        assert not g.gekuerzt


@settings(deadline=None)
@given(BEFUNDE)
def test_gruppen_stehen_in_der_reihenfolge_ihrer_ersten_befunde(befunde: list[Befund]) -> None:
    erste = list(dict.fromkeys((b.code, b.spalte) for b in befunde))
    assert [(g.code, g.spalte) for g in gruppiere(befunde, _anzahl(befunde))] == erste


def test_verschiedene_werte_sind_ein_problem_mit_gekuerzter_liste() -> None:
    befunde = [befund(INVALID_NUMBER, zeile=z, spalte="personen", wert=f"{z} Stück") for z in range(1, 31)]
    (gruppe,) = gruppiere(befunde, _anzahl(befunde))
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


def test_nicht_aufgehobene_zaehlen_mit_und_werden_gesagt() -> None:
    befunde = [
        befund(INVALID_NUMBER, zeile=z, spalte="personen", wert=w) for z, w in ((2, "O1"), (3, "O1"), (4, "12x"))
    ]
    (gruppe,) = gruppiere(befunde, {("invalid_number", "personen"): 1_000_000})
    assert (gruppe.anzahl, gruppe.gekuerzt, gruppe.bereiche) == (1_000_000, True, ((2, 4),))
    assert zeilen_in_worten(gruppe.bereiche, gruppe.anzahl, gekuerzt=True) == "Zeilen 2–4 und weitere (1.000.000-mal)"
    daten = asdict(gruppe)
    assert [zeilen_einer_angabe(daten, a) for a in daten["auspraegungen"]] == [
        "Zeilen 2–3 (mindestens 2-mal)",
        "Zeile 4 (mindestens einmal)",
    ]


def test_eine_abweichende_abhilfe_steht_bei_ihrer_angabe() -> None:
    befunde = [
        befund(ENGLISH_NUMBER, zeile=z, spalte="s", wert=w, vorschlag=v)
        for z, w, v in ((2, "1,2.3", "12,3"), (3, "1,3.3", "13,3"))
    ]
    (gruppe,) = gruppiere(befunde, _anzahl(befunde))
    assert gruppe.abhilfe == "Bitte 12,3 schreiben."
    assert [a.abhilfe for a in gruppe.auspraegungen] == [None, "Bitte 13,3 schreiben."]


def test_stellen_ohne_spaltennamen_behalten_keinen_falschen_buchstaben() -> None:
    befunde = [befund(BLANK_HEADER, zeile=1, buchstabe=b, stelle=b) for b in ("Q", "R")]
    (gruppe,) = gruppiere(befunde, _anzahl(befunde))
    assert (gruppe.anzahl, gruppe.buchstabe) == (2, None)


def test_was_gleich_klingt_wird_einmal_gesagt() -> None:
    befunde = [befund(MISSING_VALUE, zeile=z, spalte="quartal", wert=w) for z, w in ((2, "Q1"), (3, "Q2"), (4, "Q2"))]
    ((wortlaut,),) = [g.auspraegungen for g in gruppiere(befunde, _anzahl(befunde))]
    assert (wortlaut.wert, wortlaut.anzahl, wortlaut.bereiche) == (None, 3, ((2, 4),))
    ((gleiche,),) = [g.auspraegungen for g in gruppiere(befunde[1:], _anzahl(befunde[1:]))]
    assert gleiche.wert == "Q2"
