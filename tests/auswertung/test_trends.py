"""Changes over comparable years: where a series is cut, and what the rules say of chance."""

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.auswertung.trends import trends, vergleichbare_stuecke
from assets.berichte.bestand import baue_bestand
from assets.berichte.kennzahl import linie
from tests.berichte import welt
from tests.berichte.welt import zeile

QUOTE = ("ARB-03", "BA")


@given(st.dictionaries(st.integers(2000, 2012), st.floats(0, 100), min_size=1))
def test_veraenderung_nur_ueber_aufeinanderfolgende_jahre(werte: dict[int, float]) -> None:
    tabelle = welt.tabelle([zeile(*QUOTE, "X1", j, w) for j, w in werte.items()])
    (ergebnis,) = trends(tabelle, welt.KATALOG).to_dicts()
    jahr = max(werte)
    anfang = jahr
    while anfang - 1 in werte:
        anfang -= 1
    assert (ergebnis["berichtsjahr"], ergebnis["reihe_von"]) == (jahr, anfang)
    assert ergebnis["reihe_anzahl"] == jahr - anfang + 1
    davor = werte.get(jahr - 1)
    assert ergebnis["vorjahr_differenz"] == (None if davor is None else werte[jahr] - davor)


@pytest.mark.parametrize(
    ("grenzen", "urteil"),
    [((6.0, 8.0), "hoeher"), ((1.0, 2.0), "niedriger"), ((5.0, 8.0), "aehnlich"), ((None, 8.0), "nicht_verglichen")],
)
def test_zum_vorjahr_zaehlen_nur_getrennte_vertrauensbereiche(grenzen: tuple[float | None, float], urteil: str) -> None:
    davor = zeile(*QUOTE, "X1", 2023, 4.0, ki_unten=3.0, ki_oben=5.0)
    jetzt = zeile(*QUOTE, "X1", 2024, 7.0, ki_unten=grenzen[0], ki_oben=grenzen[1])
    assert trends(welt.tabelle([davor, jetzt]), welt.KATALOG)["vorjahr_vergleich"].item() == urteil


def test_trend_braucht_fuenf_jahre_und_grenzen() -> None:
    def reihe(anzahl: int) -> pl.DataFrame:
        werte = [(2020 + n, 10.0 + 2 * n) for n in range(anzahl)]
        return welt.tabelle([zeile(*QUOTE, "X1", j, w, ki_unten=w - 0.5, ki_oben=w + 0.5) for j, w in werte])

    assert trends(reihe(5), welt.KATALOG)["trend"].item() == "steigend"
    assert trends(reihe(4), welt.KATALOG)["trend"].item() == "nicht_berechenbar"
    ohne = reihe(5).with_columns(ki_unten=pl.lit(None, pl.Float64))
    assert trends(ohne, welt.KATALOG)["trend"].item() == "nicht_berechenbar"


def test_das_liniendiagramm_schneidet_an_denselben_jahren() -> None:
    werte = welt.werte()
    stuecke = vergleichbare_stuecke(werte, welt.KATALOG)
    bestand = baue_bestand(welt.berichtsdaten(werte=werte))
    for varianten in bestand.reihen.values():
        for reihe in (r for r in varianten if r.werte):
            eigene = stuecke.filter(indikator_id=reihe.indikator.id, variante=reihe.variante.id, ags="X1")
            jahre = eigene["berichtsjahr"].to_list()
            neu = [j for j, s, d in zip(jahre[1:], eigene["stueck"][1:], eigene["stueck"], strict=False) if s != d]
            gezeichnet = linie(reihe, "X1", "X1")
            luecken = {b for a, b in pairwise(jahre) if b != a + 1}
            assert set(neu) == (set(gezeichnet.schnitte) & set(jahre[1:])) | luecken
