"""Cutting texts: whole sentences, nothing lost but the end, and never more lines than there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.berichte.kuerzen import gekuerzt, passende, saetze, zeilenzahl

BREITE = 20
WORTE = st.lists(
    st.sampled_from(
        ["Wir", "wollen", "z. B.", "bzw.", "am 3. Mai", "Nr. 4", "mehr.", "Geld!", "Wann?", "so", "\n", "– eins"]
    )
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("Erster Satz. Zweiter Satz.", ["Erster Satz.", "Zweiter Satz."]),
        ("Was tun? Mehr! Und nun weiter.", ["Was tun?", "Mehr!", "Und nun weiter."]),
        ("Der Verein Brücke e. V. Bautzen hilft. Er wächst.", ["Der Verein Brücke e. V. Bautzen hilft.", "Er wächst."]),
        ("Nach § 3 Abs. 2 Nr. 1 gilt das.", ["Nach § 3 Abs. 2 Nr. 1 gilt das."]),
        ("Am 3. Mai und am 18. September.", ["Am 3. Mai und am 18. September."]),
        ("Es gibt Hilfen, bspw. Kurse. Weiter.", ["Es gibt Hilfen, bspw. Kurse.", "Weiter."]),
        ("– eins\n– zwei\n\n– drei", ["– eins", "– zwei", "– drei"]),
        ("Er sagte „Nein.“ Danach ging er.", ["Er sagte „Nein.“", "Danach ging er."]),
        ("ohne Punkt", ["ohne Punkt"]),
        ("", []),
    ],
)
def test_saetze(text: str, erwartet: list[str]) -> None:
    assert saetze(text) == erwartet


def test_ein_zu_langer_erster_satz_wird_nicht_angefangen() -> None:
    assert gekuerzt("Dieser Satz ist lang und hört nicht auf.", BREITE, 1) == ""


@given(WORTE, st.integers(0, 6))
def test_gekuerzt_wird_am_satzende_und_so_wenig_wie_moeglich(text: str, zeilen: int) -> None:
    stueck = gekuerzt(text, BREITE, zeilen)
    assert text.startswith(stueck)
    alle = saetze(text)
    gezeigt = saetze(stueck)
    assert gezeigt == alle[: len(gezeigt)]
    if gezeigt:
        assert zeilenzahl(stueck, BREITE) <= zeilen
    if len(gezeigt) < len(alle):
        mehr = text[: text.index(alle[len(gezeigt)], len(stueck)) + len(alle[len(gezeigt)])]
        assert zeilenzahl(mehr, BREITE) > zeilen


def test_passende_haelt_den_platz_und_die_reihenfolge() -> None:
    assert passende([2, 3, 9, 1, 1], float, 6) == [2, 3, 1]
    assert passende([], float, 6) == []
