"""Readers keep what they were given: a corrected release and the one before it are attacked together."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.geheimhaltung.sperren import NichtZuSchuetzenError, sperre
from schemas.geheimhaltung import Zellregel
from schemas.zellen import SCHLUESSEL, WERT
from tests.angriff.ausgaben import greife_an
from tests.geheimhaltung.tabellen import PERSONEN, Tabelle, ohne_merker, veroeffentlicht
from tests.haerte import FAKTOR

MERKMALE = ("gebiet", "themenfeld")
REGELN = {PERSONEN: Zellregel()}
STAENDE = {True: "1", False: "2"}


def _zweite(erste: pl.DataFrame, zellen: pl.DataFrame) -> pl.DataFrame:
    """The cells with what the first release says of them, and their vintage."""
    damals = erste.select(*SCHLUESSEL, _wert=WERT, _gesperrt="gesperrt")
    gleich = pl.col("_wert") == pl.col(WERT)
    return (
        zellen.join(damals, on=SCHLUESSEL)
        .with_columns(
            fest=gleich & ~pl.col("_gesperrt"),
            verdeckt="_gesperrt",
            stand=gleich.replace_strict(STAENDE, return_dtype=pl.String),
        )
        .drop("_wert")
    )


def _beide(erste: pl.DataFrame, zweite: pl.DataFrame) -> str:
    """The verdict of a stranger who reads both releases."""
    zerlegungen = Tabelle(MERKMALE, np.zeros((4, 4))).zerlegungen
    return str(greife_an(*(veroeffentlicht(z, zerlegungen, n) for z, n in ((erste, "r1"), (zweite, "r2")))).urteil)


def _werte(*zahlen: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(zahlen, dtype=float).reshape(4, 4)


@pytest.mark.haerte
@settings(max_examples=40 * FAKTOR)
@given(
    st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 75]), min_size=16, max_size=16),
    st.lists(st.tuples(st.integers(0, 15), st.sampled_from([-2, -1, 1, 2, 5])), min_size=1, max_size=3),
)
def test_beide_ausgaben_zusammen_verraten_nichts(zahlen: list[int], korrekturen: list[tuple[int, int]]) -> None:
    berichtigt = list(zahlen)
    for stelle, um in korrekturen:
        berichtigt[stelle] = max(0, berichtigt[stelle] + um)
    damals, heute = Tabelle(MERKMALE, _werte(*zahlen)), Tabelle(MERKMALE, _werte(*berichtigt))
    erste = sperre(damals.zellen(), damals.hierarchien, REGELN).with_columns(stand=pl.lit(STAENDE[True]))
    try:
        zweite = sperre(_zweite(erste, heute.zellen()), heute.hierarchien, REGELN, [erste])
    except NichtZuSchuetzenError:
        # What was shown before cannot be withheld; that must not serve as an excuse for everything.
        assert zahlen != berichtigt
        return
    gleich = zweite.filter(stand=STAENDE[True], fest=False)
    assert gleich["gesperrt"].all(), "was gleich blieb und gesperrt war, bleibt es"
    assert not zweite.filter("fest")["gesperrt"].any(), "was gezeigt war, bleibt gezeigt"
    assert _beide(erste, zweite) == "sicher"


def test_ohne_das_wissen_von_damals_waere_die_zweite_ausgabe_ein_leck() -> None:
    """First 3 + 20 = 23 was all one could know; after a correction elsewhere 3 + 7 = 10 would be the cheaper secret."""
    damals, heute = (Tabelle(("gebiet",), np.array([3.0, 7, 20, w])) for w in (30.0, 31.0))
    erste = damals.zellen().with_columns(gesperrt=pl.col(WERT).is_in([3.0, 20.0]), stand=pl.lit(STAENDE[True]))
    zellen = _zweite(erste, heute.zellen())
    ohne = sperre(ohne_merker(zellen), heute.hierarchien, REGELN)
    mit = sperre(zellen, heute.hierarchien, REGELN, [erste])
    assert _beide(erste, ohne) == "unsicher"
    assert _beide(erste, mit) == "sicher"


def test_zweimal_dasselbe_gibt_dasselbe_muster() -> None:
    tabelle = Tabelle(MERKMALE, _werte(5, 14, 30, 1, 9, 75, 2, 6, 3, 30, 14, 9, 75, 6, 5, 30))
    erste = sperre(tabelle.zellen(), tabelle.hierarchien, REGELN)
    zweite = sperre(tabelle.zellen(), tabelle.hierarchien, REGELN, [erste])
    assert zweite.equals(erste)


def test_was_schon_verdeckt_war_wird_lieber_verdeckt() -> None:
    """Two cells serve equally well; the one that was withheld last time is taken."""
    tabelle = Tabelle(("gebiet",), np.array([3.0, 20, 20, 40]))
    for stelle in (1, 2):
        war_es = pl.col("gebiet") == f"9900{stelle}"
        zweite = sperre(tabelle.zellen().with_columns(verdeckt=war_es), tabelle.hierarchien, REGELN)
        assert zweite.filter(war_es)["gesperrt"].item()
        assert zweite["gesperrt"].sum() == 2


def test_was_klein_gezeigt_war_bleibt_gezeigt() -> None:
    tabelle = Tabelle(("gebiet",), np.array([3.0, 20, 20, 40]))
    zellen = tabelle.zellen().with_columns(fest=pl.col("gebiet") == "99000")
    assert not sperre(zellen, tabelle.hierarchien, REGELN)["gesperrt"].any()


def test_was_damals_zu_viel_zeigte_laesst_sich_nicht_heilen() -> None:
    tabelle = Tabelle(("gebiet",), np.array([3.0, 20, 20, 40]))
    leck = tabelle.zellen().with_columns(gesperrt=pl.col(WERT) == 3)
    with pytest.raises(NichtZuSchuetzenError):
        sperre(tabelle.zellen(), tabelle.hierarchien, REGELN, [leck])
