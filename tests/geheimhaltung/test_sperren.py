"""What is withheld protects: tried by attacking the result with code that shares nothing with the suppression."""

from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.angriff.lesen import Zerlegung
from assets.geheimhaltung.sperren import NichtZuSchuetzenError, sperre
from assets.geheimhaltung.system import Tabellenfehler
from schemas.geheimhaltung import Zellregel
from schemas.vertragsfehler import Vertragsfehler
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, SCHLUESSEL, WERT
from tests.angriff.ausgaben import teilt
from tests.geheimhaltung.tabellen import PERSONEN, Tabelle, als_hierarchien, angriff, ohne_merker
from tests.haerte import FAKTOR

KREISE, THEMEN = ("99001", "99002", "99003", "99004"), ("ARBEIT", "BILDUNG", "WOHNEN")
ZERLEGUNGEN = (teilt("gebiet", "99", *KREISE), teilt("themenfeld", "T", *THEMEN))
HIERARCHIEN = als_hierarchien(ZERLEGUNGEN)


def _zellen(innen: dict[tuple[str, str], float | None], mass: str = PERSONEN) -> pl.DataFrame:
    """A table Kreis by Themenfeld with all its sums; None is a figure the source withholds (its sums are given)."""
    zeilen: list[dict[str, object]] = []
    for gebiet, thema in product(("99", *KREISE), ("T", *THEMEN)):
        teile = [w for (g, t), w in innen.items() if gebiet in ("99", g) and thema in ("T", t)]
        wert = teile[0] if (gebiet, thema) in innen else sum(7.0 if t is None else t for t in teile)
        zeilen.append(
            dict.fromkeys(MERKMALE, "T") | {MASS: mass, JAHR: 2025, GEBIET: gebiet, WERT: wert, "themenfeld": thema}
        )
    schema = {**dict.fromkeys(SCHLUESSEL, pl.String), JAHR: pl.Int64, WERT: pl.Float64}
    return ohne_merker(pl.DataFrame(zeilen, schema=schema))


def _innen(werte: list[float | None]) -> dict[tuple[str, str], float | None]:
    return dict(zip(product(KREISE, THEMEN), werte, strict=True))


def _urteil(geschuetzt: pl.DataFrame, zerlegungen: tuple[Zerlegung, ...] = ZERLEGUNGEN, **mehr: Any) -> str:
    return str(angriff(geschuetzt, zerlegungen, **mehr).urteil)


_GANZES = (pl.col(GEBIET) == "99") & (pl.col("themenfeld") == "T")


@pytest.mark.haerte
@settings(max_examples=60 * FAKTOR)
@given(
    st.lists(st.sampled_from([0.0, 0.0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 75]), min_size=12, max_size=12),
    st.booleans(),
)
def test_niemand_engt_eine_gesperrte_zelle_ein(werte: list[float], ganzes_fest: bool) -> None:
    zellen = _zellen(_innen(list(werte))).with_columns(fest=_GANZES & ganzes_fest)
    try:
        geschuetzt = sperre(zellen, HIERARCHIEN, {PERSONEN: Zellregel()})
    except NichtZuSchuetzenError:
        assert ganzes_fest, "wo nichts gezeigt werden muss, lässt sich alles schützen"
        return
    assert not geschuetzt.filter("fest", pl.col(WERT) > 4)["gesperrt"].any()
    klein = geschuetzt.filter(pl.col(WERT).is_between(1, 4), ~pl.col("fest"))
    assert klein["gesperrt"].all()
    assert not geschuetzt.filter(pl.col(WERT) == 0)["gesperrt"].any(), "Nullen werden gezeigt"
    assert _urteil(geschuetzt) == "sicher"


GROSS = [12.0, 3, 40, 25, 17, 0, 31, 8, 22, 4, 19, 60]


def test_das_muster_haengt_nicht_an_der_reihenfolge() -> None:
    zellen = _zellen(_innen(list(GROSS)))
    muster = sperre(zellen, HIERARCHIEN, {PERSONEN: Zellregel()})
    for keim in range(3):
        gemischt = zellen.sample(fraction=1, shuffle=True, seed=keim)
        assert sperre(gemischt, HIERARCHIEN.reverse(), {PERSONEN: Zellregel()}).equals(muster)


def test_ohne_kleine_zellen_wird_nichts_gesperrt() -> None:
    zellen = _zellen(_innen([10.0] * 12))
    assert not sperre(zellen, HIERARCHIEN, {PERSONEN: Zellregel()})["gesperrt"].any()


def test_ohne_summen_schuetzt_jede_zelle_sich_selbst() -> None:
    zellen = _zellen(_innen(list(GROSS))).filter(pl.col(GEBIET) != "99", pl.col("themenfeld") != "T")
    geschuetzt = sperre(zellen, als_hierarchien(()), {PERSONEN: Zellregel()})
    assert sorted(geschuetzt.filter("gesperrt")[WERT]) == [3.0, 4.0]


def test_ein_kleineres_k_sperrt_weniger() -> None:
    zellen = _zellen(_innen(list(GROSS)))
    gesperrt = {k: sperre(zellen, HIERARCHIEN, {PERSONEN: Zellregel(k)})["gesperrt"].sum() for k in (3, 4, 5)}
    assert gesperrt[3] == 0 < gesperrt[4] <= gesperrt[5]
    with pytest.raises(Vertragsfehler):
        Zellregel(1)


def test_was_die_quelle_geheim_haelt_bleibt_es() -> None:
    werte: list[float | None] = [20.0, 30, 40, 25, None, 15, 31, 18, 22, 14, 19, 60]
    geschuetzt = sperre(_zellen(_innen(werte)), HIERARCHIEN, {PERSONEN: Zellregel()})
    gesperrt = geschuetzt.filter("gesperrt").select(GEBIET, "themenfeld").rows()
    assert ("99002", "BILDUNG") in gesperrt
    # One gap in a line is none: its row and its column hide another one each, and so on.
    assert len(gesperrt) >= 4
    assert _urteil(geschuetzt) == "sicher"


def test_tabellen_die_dieselbe_zelle_zeigen_werden_gemeinsam_geschuetzt() -> None:
    """Two breakdowns of the same totals: what one hides, the other must not tell."""
    nach_thema = _zellen(_innen(list(GROSS)))
    je_kreis = dict(nach_thema.filter(themenfeld="T").select(GEBIET, WERT).iter_rows())
    vorlage = nach_thema.filter(themenfeld="T")
    maenner = {k: float(n) for k, n in zip(KREISE, (53, 2, 30, 80), strict=True)}
    maenner["99"] = sum(maenner.values())
    teile = [
        vorlage.with_columns(
            geschlecht=pl.lit(g),
            **{WERT: pl.col(GEBIET).replace_strict({k: w(k) for k in je_kreis}, return_dtype=pl.Float64)},
        )
        for g, w in (("M", lambda k: maenner[k]), ("W", lambda k: je_kreis[k] - maenner[k]))
    ]
    zerlegungen = (*ZERLEGUNGEN, teilt("geschlecht", "T", "M", "W"))
    zellen = pl.concat([nach_thema, *teile])
    geschuetzt = sperre(zellen, als_hierarchien(zerlegungen), {PERSONEN: Zellregel()})
    gesperrt = geschuetzt.filter("gesperrt").select(GEBIET, "geschlecht").rows()
    assert {("99001", "W"), ("99002", "M")} <= set(gesperrt)
    assert _urteil(geschuetzt, zerlegungen) == "sicher"


def test_summen_die_nicht_aufgehen_fallen_auf() -> None:
    falsch = _zellen(_innen([10.0] * 12)).with_columns(pl.when(_GANZES).then(121.0).otherwise(WERT).alias(WERT))
    with pytest.raises(Tabellenfehler, match="gehen nicht auf"):
        sperre(falsch, HIERARCHIEN, {PERSONEN: Zellregel()})


def test_was_sich_nicht_schuetzen_laesst_wird_abgelehnt() -> None:
    # 5 persons in all, shown: whoever sees that two cells are withheld knows that both are small.
    einzeln = _zellen(_innen([1.0, 4.0, *[0.0] * 10])).with_columns(fest=_GANZES)
    with pytest.raises(NichtZuSchuetzenError, match="zu fein gegliedert"):
        sperre(einzeln, HIERARCHIEN, {PERSONEN: Zellregel()})


def test_der_loeser_schreibt_nicht_in_die_ausgabe(capfd: pytest.CaptureFixture[str]) -> None:
    sperre(_zellen(_innen(list(GROSS))), HIERARCHIEN, {PERSONEN: Zellregel()})
    assert capfd.readouterr().out == ""


def test_auch_eine_kleine_zelle_die_niemand_zeigt_laesst_sich_nicht_bilden() -> None:
    """No table has the cell, but the total and the other parts tell it."""
    zellen = Tabelle(("gebiet",), np.array([3.0, 20, 30])).zellen().filter(pl.col(GEBIET) != "99000")
    zerlegungen = Tabelle(("gebiet",), np.zeros(3)).zerlegungen
    geschuetzt = sperre(zellen, als_hierarchien(zerlegungen), {PERSONEN: Zellregel()})
    assert _urteil(geschuetzt.with_columns(gesperrt=pl.lit(value=False)), zerlegungen) == "unsicher"
    assert _urteil(geschuetzt, zerlegungen) == "sicher"
