"""Facts that stand in books and papers, what is wrong input, and the rules of comparison case by case."""

from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.auswertung.statistik.anteile import wilson_grenzen
from assets.auswertung.statistik.eingaben import Grenzen, Statistikfehler, z_wert
from assets.auswertung.statistik.mittelwert import mittelwert_grenzen
from assets.auswertung.statistik.quantile import quantilklasse
from assets.auswertung.statistik.raten import byar_grenzen, poisson_grenzen, raten_grenzen
from assets.auswertung.statistik.standardisierung import (
    direkt_standardisierte_rate,
    erwartete_ereignisse,
    indirekt_standardisiert,
    mehrfachereignisse,
    unabhaengig,
)
from assets.auswertung.statistik.trend import CHI2_GRENZE, anteil_trend, trend
from assets.auswertung.statistik.trichter import (
    anteil_trichter,
    gemeinsamer_wert,
    kontrollgrenzen_anteil,
    kontrollgrenzen_rate,
    poisson_trichter,
    trichterlage_anteil,
    trichterlage_ereignisse,
    vergleiche_mit_kontrollgrenzen,
)
from assets.auswertung.statistik.verfahren import vertrauensgrenzen
from assets.auswertung.statistik.vergleich import hervorgehoben, vergleiche, werte, werte_am_ziel
from schemas.modell import Codeliste, Kennzahlart, Richtung
from schemas.statistik import (
    BELASTBAR_AB,
    TRENDS,
    TRICHTERLAGEN,
    URTEILE,
    VERFAHREN,
    Trend,
    Trichterlage,
    Urteil,
    Verfahren,
    Vergleich,
)
from schemas.vertragsfehler import Vertragsfehler

NAN = np.nan


@pytest.mark.parametrize(
    ("x", "n", "unten", "oben"),
    # Newcombe, Statistics in Medicine 17 (1998), S. 857-872, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_wie_bei_newcombe(x: int, n: int, unten: float, oben: float) -> None:
    np.testing.assert_allclose(wilson_grenzen(x, n), (unten, oben), atol=5e-5)


@pytest.mark.parametrize(
    ("anzahl", "unten", "oben"),
    # Factors for the 95 per cent limits of a Poisson variable, Haenszel, Loveland and Sirken, Journal of the National
    # Cancer Institute 28 (1962); table 2.10 of Breslow and Day (1987).
    [(1, 0.0253, 5.57), (2, 0.121, 3.61), (3, 0.206, 2.92), (10, 0.480, 1.84), (20, 0.611, 1.54)],
)
def test_poisson_wie_in_der_tafel(anzahl: int, unten: float, oben: float) -> None:
    faktoren = np.array(poisson_grenzen(anzahl)) / anzahl
    assert faktoren[0] == pytest.approx(unten, rel=2e-3)
    assert faktoren[1] == pytest.approx(oben, abs=5e-3)


def test_ohne_ereignis_reicht_die_genaue_grenze_von_0_bis_minus_log_des_rests() -> None:
    np.testing.assert_allclose(poisson_grenzen(0), (0, -np.log(0.025)))


def test_byar_hat_keine_untere_grenze_wo_die_naeherung_unter_0_fiele() -> None:
    unten, oben = byar_grenzen([0, 1, 10], 0.998)
    assert np.isnan(unten).tolist() == [True, True, False]
    assert not np.isnan(oben).any()


def test_bekannte_quantile() -> None:
    assert z_wert(0.95) == pytest.approx(1.959964, abs=1e-6)
    assert z_wert(0.998) == pytest.approx(3.090232, abs=1e-6)
    assert pytest.approx(9.5495, abs=5e-5) == CHI2_GRENZE
    # Student (1908): 2.262 for 9 degrees of freedom.
    assert float(mittelwert_grenzen(0, 1, 10).oben * np.sqrt(10)) == pytest.approx(2.262, abs=5e-4)


def test_standardisierung_von_hand() -> None:
    # Two bands, rates 10 and 30 per 1 000, weights 3 and 1.
    ist = direkt_standardisierte_rate(unabhaengig([10, 30]), [1000, 1000], [3, 1], faktor=1000)
    unten, oben = byar_grenzen(40)
    dehnung = np.sqrt((9 * 10 + 30) / 16 / 40)
    np.testing.assert_allclose(ist.wert, 15)
    np.testing.assert_allclose(ist.grenzen, 15 + dehnung * (np.array([unten, oben]) - 40))


def test_trichter_von_hand() -> None:
    np.testing.assert_allclose(anteil_trichter(100, 0.5), (0.402, 0.598), atol=5e-5)
    np.testing.assert_array_equal(anteil_trichter(1, 0.5), (0, 1))
    assert np.isnan(poisson_trichter(0).oben)
    assert np.isnan(poisson_trichter(5, 0)).all()
    assert trichterlage_ereignisse([0, 5], [10, 10], 0).to_list() == [
        Trichterlage.UNAUFFAELLIG,
        Trichterlage.WEIT_UEBER,
    ]
    assert gemeinsamer_wert([1, 3, NAN, 5], [10, 10, 10, NAN]) == 0.2
    assert np.isnan(gemeinsamer_wert([NAN], [1]))


_NEGATIV, _NENNER = "kleiner als 0: 1 von", "nicht größer als 0: 1 von"


@pytest.mark.parametrize(
    ("aufruf", "meldung"),
    [
        (lambda: wilson_grenzen([3, -1], 10), "Zähler kleiner als 0: 1 von 2, zuerst an Stelle 2"),
        (lambda: wilson_grenzen(1, [0, 5]), "Nenner nicht größer als 0: 1 von 2, zuerst an Stelle 1"),
        (lambda: wilson_grenzen([1, 6, 7], 5), "Zähler eines Anteils größer als der Nenner: 2 von 3"),
        (lambda: wilson_grenzen(1, 2, 95), "Konfidenz"),
        (lambda: wilson_grenzen(1, 2, 0.89), "Konfidenz"),
        (lambda: wilson_grenzen(1, 2, 1), "Konfidenz"),
        (lambda: wilson_grenzen(1, np.inf), "Nenner unendlich"),
        (lambda: wilson_grenzen(["viele"], 2), "Zähler: keine Zahlen"),
        (lambda: raten_grenzen(-1, 2), f"Zähler {_NEGATIV}"),
        (lambda: raten_grenzen(1, 0), f"Nenner {_NENNER}"),
        (lambda: raten_grenzen(1, 2, 0), "Konfidenz"),
        (lambda: poisson_grenzen(-1), f"Anzahl {_NEGATIV}"),
        (lambda: byar_grenzen(1, NAN), "Konfidenz"),
        (lambda: mittelwert_grenzen(1, -1, 5), f"Streuung {_NEGATIV}"),
        (lambda: direkt_standardisierte_rate(unabhaengig([5, 5]), [1, 0], [1, 1]), f"Bevölkerung {_NENNER}"),
        (lambda: direkt_standardisierte_rate(unabhaengig([5, 5]), [1, 1], [1, -1]), f"Standardbevölkerung {_NEGATIV}"),
        (lambda: direkt_standardisierte_rate(unabhaengig([5, 5]), [1, 1], [0, 0]), "Standardbevölkerung leer"),
        (lambda: unabhaengig([-5]), f"Anzahl {_NEGATIV}"),
        (lambda: mehrfachereignisse([[1]], [0]), f"Häufigkeit {_NENNER}"),
        (lambda: erwartete_ereignisse([1], [1], [0]), f"Bevölkerung der Referenz {_NENNER}"),
        (lambda: indirekt_standardisiert(1, 0), f"Erwartete {_NENNER}"),
        (lambda: anteil_trichter(10, 1.1), "Basis eines Anteils größer als 1"),
        (lambda: poisson_trichter(1, -1), f"Basis {_NEGATIV}"),
        (lambda: kontrollgrenzen_rate(-1, 1), f"Basis {_NEGATIV}"),
        (lambda: kontrollgrenzen_anteil(0.5, 0), f"Nenner {_NENNER}"),
        (lambda: quantilklasse(pl.col("wert"), 1), "zwei Klassen"),
        (lambda: vergleiche(5, Grenzen(np.array(6), np.array(7)), 1), "Wert außerhalb seiner Grenzen"),
        (lambda: werte(pl.Series(["hoeher"]), Richtung.ZIELWERT), "zielwert"),
        (lambda: anteil_trend([[1, 1]], [[2, 2]]), "Reihen von 5 Jahren"),
        (lambda: anteil_trend([1] * 5, [2] * 5), "Reihen von 5 Jahren"),
        (lambda: trend([[1] * 5], Grenzen(np.full((1, 5), 2), np.ones((1, 5)))), "untere Grenze über der oberen"),
    ],
)
def test_falsche_eingabe_wird_benannt(aufruf: Callable[[], object], meldung: str) -> None:
    with pytest.raises(Statistikfehler, match=meldung):
        aufruf()


def _vergleiche(wert: float, unten: float, oben: float, bezug: float) -> str:
    (code,) = vergleiche([wert], Grenzen(np.array([unten]), np.array([oben])), bezug)
    return str(code)


def test_beruehrung_ist_kein_unterschied() -> None:
    assert _vergleiche(3.3, 3.0, 3.6, 3.0) == Vergleich.AEHNLICH
    assert _vergleiche(3.3, np.nextafter(3, 4), 3.6, 3.0) == Vergleich.HOEHER
    assert _vergleiche(2.7, 2.4, np.nextafter(3, 2), 3.0) == Vergleich.NIEDRIGER


@pytest.mark.parametrize("fehlt", range(4))
def test_ohne_eine_der_zahlen_wird_nicht_verglichen(fehlt: int) -> None:
    zahlen = [3.3, 3.1, 3.6, 3.0]
    zahlen[fehlt] = NAN
    assert _vergleiche(*zahlen) == Vergleich.NICHT_VERGLICHEN


def test_der_vergleichswert_selbst_wird_nicht_verglichen() -> None:
    wert, grenzen = pl.Series([3.0, 9.0, None]), raten_grenzen(pl.Series([300, 900, None]), 100)
    ist = vergleiche(wert, grenzen, 3.0, pl.Series([True, False, False]))
    assert ist.to_list() == [Vergleich.NICHT_VERGLICHEN, Vergleich.HOEHER, Vergleich.NICHT_VERGLICHEN]


def test_jede_richtung_wertet_anders_und_neutral_gar_nicht() -> None:
    alle = pl.Series([v.value for v in Vergleich])
    assert werte(alle, Richtung.NEUTRAL).to_list() == alle.to_list()
    bleibt = [Urteil.AEHNLICH, Urteil.NICHT_VERGLICHEN]
    assert werte(alle, Richtung.HOEHER_BESSER).to_list() == [Urteil.BESSER, bleibt[0], Urteil.SCHLECHTER, bleibt[1]]
    assert werte(alle, Richtung.NIEDRIGER_BESSER).to_list() == [Urteil.SCHLECHTER, bleibt[0], Urteil.BESSER, bleibt[1]]


@pytest.mark.parametrize(
    ("unten", "oben", "bezug", "urteil"),
    # Target 100; the benchmark 90 is as far from it as 110.
    [
        (92, 98, 90, Urteil.BESSER),
        (95, 109, 90, Urteil.BESSER),
        (102, 108, 90, Urteil.BESSER),
        (80, 88, 90, Urteil.SCHLECHTER),
        (112, 120, 90, Urteil.SCHLECHTER),
        (92, 112, 90, Urteil.AEHNLICH),
        (90, 98, 90, Urteil.AEHNLICH),
        (105, 110, 90, Urteil.AEHNLICH),
        (110, 115, 90, Urteil.AEHNLICH),
        (85, 115, 90, Urteil.AEHNLICH),
        (102, 108, 100, Urteil.SCHLECHTER),
        (98, 102, 100, Urteil.AEHNLICH),
        (NAN, 102, 100, Urteil.NICHT_VERGLICHEN),
        (98, 102, NAN, Urteil.NICHT_VERGLICHEN),
    ],
)
def test_am_zielwert_zaehlt_der_abstand(unten: float, oben: float, bezug: float, urteil: Urteil) -> None:
    mitte = (unten + oben) / 2
    ist = werte_am_ziel([mitte], Grenzen(np.array([unten]), np.array([oben])), bezug, 100)
    assert ist.to_list() == [urteil]


@given(st.floats(0, 100), st.floats(0, 20), st.floats(0, 100))
def test_ein_ziel_ausser_reichweite_ist_eine_richtung(wert: float, halb: float, bezug: float) -> None:
    grenzen = Grenzen(np.array([wert - halb]), np.array([wert + halb]))
    vergleich = vergleiche([wert], grenzen, bezug)
    for ziel, richtung in ((1e4, Richtung.HOEHER_BESSER), (-1e4, Richtung.NIEDRIGER_BESSER)):
        assert werte_am_ziel([wert], grenzen, bezug, ziel).to_list() == werte(vergleich, richtung).to_list()


def test_farbig_nur_bewertet_und_weit_ausserhalb() -> None:
    urteil = pl.Series([u.value for u in Urteil for _ in Trichterlage])
    lage = pl.Series([t.value for _ in Urteil for t in Trichterlage])
    farbig = pl.DataFrame({"u": urteil, "l": lage}).filter(hervorgehoben(urteil, lage))
    assert set(farbig.rows()) == {
        (u, t) for u in (Urteil.BESSER, Urteil.SCHLECHTER) for t in (Trichterlage.WEIT_UEBER, Trichterlage.WEIT_UNTER)
    }


def test_kontrollgrenzen_und_lage_ohne_wert() -> None:
    grenzen = kontrollgrenzen_anteil([0.5, NAN], 100)
    assert set(vergleiche_mit_kontrollgrenzen([NAN, 0.5], grenzen)) == {Vergleich.NICHT_VERGLICHEN}
    lage = trichterlage_anteil([NAN, 5, 5, 5], [10, NAN, 10, 10], [0.5, 0.5, NAN, 0.5])
    assert lage.to_list() == [Trichterlage.NICHT_BESTIMMT] * 3 + [Trichterlage.UNAUFFAELLIG]


def _klassen(werte_: list[float | None], klassen: int, *, absteigend: bool = False) -> list[int | None]:
    frame = pl.DataFrame({"wert": werte_}, schema={"wert": pl.Float64})
    return frame.select(quantilklasse(pl.col("wert"), klassen, absteigend=absteigend)).to_series().to_list()


def test_quantile_von_dreizehn_gebieten() -> None:
    auf = _klassen([float(n) for n in range(13)], 4)
    assert [auf.count(k) for k in (1, 2, 3, 4)] == [4, 3, 3, 3]
    assert auf == sorted(auf, key=lambda k: k or 0)
    assert _klassen([float(n) for n in range(13)], 4, absteigend=True) == auf[::-1]


def test_quantile_mit_gleichen_fehlenden_und_zu_wenigen() -> None:
    assert _klassen([1, 1, 1, 2], 2) == [1, 1, 1, 2]
    assert _klassen([1, None, 2, NAN], 2) == [1, None, 2, None]
    assert _klassen([1, None, 2], 3) == [None] * 3
    assert _klassen([], 3) == []


@given(st.lists(st.tuples(st.integers(1, 99), st.integers(100, 5000)), min_size=5, max_size=5))
def test_trend_der_anteile_ist_die_korrelation_aller_personen(jahre: list[tuple[int, int]]) -> None:
    x, n = np.array(jahre).T
    jahr = np.repeat(np.arange(5), n)
    hat = np.concatenate([np.arange(gross) < viele for viele, gross in jahre]).astype(float)
    # Armitage (1955): chi-square is the number of persons times the squared correlation of property and year.
    erwartet = n.sum() * np.corrcoef(jahr, hat)[0, 1] ** 2
    ist = anteil_trend([x], [n])
    np.testing.assert_allclose(ist.chi2, erwartet, rtol=1e-6, atol=1e-9)
    rueckwaerts = anteil_trend([x[::-1]], [n[::-1]])
    np.testing.assert_allclose(rueckwaerts.steigung, -ist.steigung, rtol=1e-6, atol=1e-12)


def test_trend_braucht_alle_jahre_und_eine_richtung_ohne_jedes_von_ihnen() -> None:
    n = [1000] * 5
    reihen = {
        (100, 150, 200, 250, 300): Trend.STEIGEND,
        (300, 250, 200, 150, 100): Trend.FALLEND,
        (100, 101, 100, 101, 100): Trend.KEIN_TREND,
        # Only the last year makes it rise.
        (110, 105, 100, 95, 400): Trend.KEIN_TREND,
        (100, NAN, 200, 250, 300): Trend.NICHT_BERECHENBAR,
        (0, 150, 200, 250, 300): Trend.NICHT_BERECHENBAR,
        (100, 150, 200, 250, 1000): Trend.NICHT_BERECHENBAR,
    }
    ist = anteil_trend(list(reihen), [n] * len(reihen))
    assert ist.trend.to_list() == list(reihen.values())
    assert ist.chi2[3] > CHI2_GRENZE
    assert np.isnan(ist.chi2).tolist() == [t is Trend.NICHT_BERECHENBAR for t in reihen.values()]


def test_trend_ohne_breite_des_vertrauensbereichs_ist_nicht_berechenbar() -> None:
    werte_ = np.array([[1.0, 2, 3, 4, 5]] * 2)
    breite = np.array([[0.1] * 5, [0.1, 0.1, 0, 0.1, 0.1]])
    ist = trend(werte_, Grenzen(werte_ - breite, werte_ + breite))
    assert ist.trend.to_list() == [Trend.STEIGEND, Trend.NICHT_BERECHENBAR]
    np.testing.assert_allclose(ist.steigung, [1, NAN])


def test_jede_kennzahlart_hat_ihr_verfahren() -> None:
    assert set(VERFAHREN) == set(Kennzahlart)
    x, n = pl.Series([1, None, 20]), pl.Series([100, 100, None])
    for art, erwartet in (
        (Kennzahlart.ANTEIL, wilson_grenzen(x, n, faktor=100)),
        (Kennzahlart.RATE, raten_grenzen(x, n, faktor=100)),
        (Kennzahlart.VERHAELTNIS, raten_grenzen(x, n, faktor=100)),
    ):
        np.testing.assert_array_equal(vertrauensgrenzen(art, x, n, 100), erwartet)
    assert np.isnan(vertrauensgrenzen(Kennzahlart.BESTAND, x, n)).all()
    assert np.isnan(vertrauensgrenzen(Kennzahlart.STANDARDISIERT, x, n)).all()  # they need the age bands
    assert not VERFAHREN[Kennzahlart.BESTAND].name


def test_ein_verfahren_ohne_quelle_ist_ein_fehler() -> None:
    with pytest.raises(Vertragsfehler):
        Verfahren(Kennzahlart.RATE, "Byar", "Text")


@pytest.mark.parametrize(("liste", "codes"), [(URTEILE, Urteil), (TRICHTERLAGEN, Trichterlage), (TRENDS, Trend)])
def test_jedes_ergebnis_hat_ein_wort(liste: Codeliste, codes: type[Urteil | Trichterlage | Trend]) -> None:
    assert list(liste.schluessel) == list(codes)
    assert all(c.beschreibung for c in liste.codes)
    assert {v.value for v in Vergleich} <= set(URTEILE.schluessel)


def test_der_grund_der_belastbarkeit_nennt_den_richtigen_fehler() -> None:
    assert 22 < 100 / np.sqrt(BELASTBAR_AB.anzahl) < 23
    assert "22 Prozent" in BELASTBAR_AB.grund
