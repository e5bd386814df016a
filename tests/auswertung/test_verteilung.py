"""Sharing money out: nothing is lost, nobody is off by more than the smallest amount, no order matters."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.auswertung.verteilung import anteile, verteile

Einwohner = dict[str, int]

EINWOHNER = st.dictionaries(
    st.integers(0, 99_999).map("{:05d}".format), st.integers(0, 5_000_000), min_size=1, max_size=30
).filter(lambda werte: any(werte.values()))
CENT = st.integers(0, 10_000_000_000)


def _anteile(*groessen: Einwohner, gewichte: list[int] | None = None) -> dict[str, Fraction]:
    werte = [{k: Fraction(w) for k, w in groesse.items()} for groesse in groessen]
    return anteile(werte, gewichte or [1] * len(groessen))


@settings(deadline=None)
@given(CENT, EINWOHNER)
def test_die_teile_ergeben_die_masse_und_weichen_um_weniger_als_einen_cent_ab(cent: int, einwohner: Einwohner) -> None:
    teile = verteile(cent, _anteile(einwohner))
    assert sum(teile.values()) == cent
    alle = sum(einwohner.values())
    assert all(abs(teil - Fraction(cent * einwohner[k], alle)) < 1 for k, teil in teile.items())


@settings(deadline=None)
@given(CENT, EINWOHNER, st.randoms())
def test_die_reihenfolge_aendert_nichts(cent: int, einwohner: Einwohner, zufall: object) -> None:
    gemischt = list(einwohner.items())
    zufall.shuffle(gemischt)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert verteile(cent, _anteile(dict(gemischt))) == verteile(cent, _anteile(einwohner))


@settings(deadline=None)
@given(CENT, EINWOHNER)
def test_wer_mehr_einwohner_hat_bekommt_nie_weniger(cent: int, einwohner: Einwohner) -> None:
    teile = verteile(cent, _anteile(einwohner))
    nach_groesse = sorted(einwohner, key=lambda k: einwohner[k])
    betraege = [teile[k] for k in nach_groesse]
    for vorher, nachher, a, b in zip(nach_groesse, nach_groesse[1:], betraege, betraege[1:], strict=False):
        assert a <= b or einwohner[vorher] == einwohner[nachher]


@settings(deadline=None)
@given(st.integers(0, 10_000_000), EINWOHNER, st.sampled_from([1, 5, 100, 1000]))
def test_gerundet_wird_auf_den_kleinsten_betrag(schritte: int, einwohner: Einwohner, kleinster: int) -> None:
    teile = verteile(schritte * kleinster, _anteile(einwohner), kleinster)
    assert sum(teile.values()) == schritte * kleinster
    assert all(teil % kleinster == 0 for teil in teile.values())


@settings(deadline=None)
@given(EINWOHNER, st.data())
def test_gewichtete_groessen_ergeben_zusammen_eins(erste: Einwohner, daten: st.DataObject) -> None:
    zweite = daten.draw(st.fixed_dictionaries({k: st.integers(1, 1000) for k in erste}))
    gewichte = daten.draw(st.lists(st.integers(1, 100), min_size=2, max_size=2))
    gemischt = _anteile(erste, zweite, gewichte=gewichte)
    assert sum(gemischt.values()) == 1
    einzeln = _anteile(erste), _anteile(zweite)
    for k, anteil in gemischt.items():
        assert min(e[k] for e in einzeln) <= anteil <= max(e[k] for e in einzeln)


def test_bei_gleichem_rest_entscheiden_anteil_und_dann_kennung() -> None:
    assert verteile(100, _anteile({"b": 1, "a": 1, "c": 1})) == {"b": 33, "a": 34, "c": 33}
    # 1.5 and 4.5 of six cents: equal remainders, the larger share gets the cent.
    assert verteile(6, _anteile({"a": 1, "b": 3})) == {"a": 1, "b": 5}


def test_was_sich_nicht_aufteilen_laesst_wird_gesagt() -> None:
    with pytest.raises(ValueError, match="ohne positive Summe"):
        _anteile({"a": 0, "b": 0})
    with pytest.raises(ValueError, match="negativen Zahlen"):
        _anteile({"a": -1, "b": 2})
    with pytest.raises(ValueError, match="dieselben"):
        _anteile({"a": 1, "b": 2}, {"a": 1})
    with pytest.raises(ValueError, match="Schritten von 100"):
        verteile(150, _anteile({"a": 1}), 100)
