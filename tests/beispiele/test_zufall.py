from hypothesis import given
from hypothesis import strategies as st

from pipeline.beispiele.zufall import aufteilen, zufall

GEWICHTE = st.lists(st.floats(0, 1e6), min_size=1, max_size=20).filter(lambda g: sum(g) > 0)


@given(st.integers(0, 10**7), GEWICHTE)
def test_teile_ergeben_das_ganze_und_liegen_neben_dem_genauen_anteil(gesamt: int, gewichte: list[float]) -> None:
    teile = aufteilen(gesamt, gewichte)
    assert sum(teile) == gesamt
    for teil, gewicht in zip(teile, gewichte, strict=True):
        assert abs(teil - gesamt * gewicht / sum(gewichte)) <= 1 + 1e-6


@given(st.integers(0, 1000), st.integers(1, 9))
def test_gleiche_gewichte_geben_hoechstens_eins_unterschied(gesamt: int, anzahl: int) -> None:
    teile = aufteilen(gesamt, [1.0] * anzahl)
    assert max(teile) - min(teile) <= 1


def test_jeder_zweck_hat_seinen_eigenen_strom() -> None:
    assert zufall(1, "a").random() == zufall(1, "a").random()
    assert len({zufall(*x).random() for x in ((1, "a"), (1, "b"), (2, "a"), (1, "a", "b"))}) == 4
