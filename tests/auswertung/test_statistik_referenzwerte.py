"""Every published reference value reproduced; the README beside the files says where each comes from."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pytest

from assets.auswertung.statistik.anteile import wilson_grenzen
from assets.auswertung.statistik.eingaben import Grenzen, Schaetzung, Zahlen
from assets.auswertung.statistik.mittelwert import mittelwert_grenzen
from assets.auswertung.statistik.quantile import quantilklasse
from assets.auswertung.statistik.raten import byar_grenzen, raten_grenzen
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
from assets.auswertung.statistik.vergleich import vergleiche, werte
from schemas.modell import Richtung
from schemas.statistik import STANDARDISIERT_AB, Trend, Trichterlage, Urteil

WERTE = Path(__file__).parents[2] / ".." / "shared" / "cases" / "stats"
pytestmark = pytest.mark.skipif(not WERTE.is_dir(), reason=f"Referenzwerte fehlen: {WERTE} ist nicht da")

GENAU = 5e-14
"""Relative. The sources print 17 digits."""
GERUNDET = 1e-11
"""Relative. The source rounds these results to 8 decimals."""
HALBIERT = 5e-5
"""Relative. The source looks for these limits by bisection and stops early."""
KONFIDENZEN = {"95%": 0.95, "99.8%": 0.998}
LAGEN: Mapping[str, Trichterlage] = {
    "High (0.001)": Trichterlage.WEIT_UEBER,
    "High (0.025)": Trichterlage.UEBER,
    "Not significant": Trichterlage.UNAUFFAELLIG,
    "Low (0.025)": Trichterlage.UNTER,
    "Low (0.001)": Trichterlage.WEIT_UNTER,
    "Not applicable for events less than 10 for dsrs": Trichterlage.NICHT_BESTIMMT,
}
URTEILE: Mapping[str, Urteil] = {
    "better": Urteil.BESSER,
    "worse": Urteil.SCHLECHTER,
    "similar": Urteil.AEHNLICH,
    "higher": Urteil.HOEHER,
    "lower": Urteil.NIEDRIGER,
    "not_compared": Urteil.NICHT_VERGLICHEN,
}
RICHTUNGEN: Mapping[str, Richtung] = {
    "low_is_good": Richtung.NIEDRIGER_BESSER,
    "high_is_good": Richtung.HOEHER_BESSER,
    "no_judgement": Richtung.NEUTRAL,
}


def _lies(name: str) -> pl.DataFrame:
    return pl.read_csv(WERTE / name, infer_schema_length=None)


def _gleich(ist: npt.ArrayLike, soll: pl.Series, toleranz: float = GENAU, *, absolut: float = 0) -> None:
    erwartet = soll.cast(pl.Float64).to_numpy()
    np.testing.assert_allclose(np.asarray(ist), erwartet, rtol=toleranz, atol=absolut, equal_nan=True)


def _grenzen_gleich(grenzen: Grenzen, soll: pl.DataFrame, spalten: tuple[str, str], toleranz: float = GENAU) -> None:
    for ist, spalte in zip(grenzen, spalten, strict=True):
        _gleich(ist, soll[spalte], toleranz)


def _spalten(konfidenz: float) -> tuple[str, str]:
    kennung = {0.95: "95_0cl", 0.998: "99_8cl"}[konfidenz]
    return f"lower{kennung}", f"upper{kennung}"


@pytest.mark.parametrize("konfidenz", KONFIDENZEN.values())
def test_anteile(konfidenz: float) -> None:
    soll = _lies("proportion.csv")
    x, n, faktor = (soll[s] for s in ("Numerator", "Denominator", "multiplier"))
    _gleich(x.cast(pl.Float64) / n * faktor, soll["value"])
    _grenzen_gleich(wilson_grenzen(x, n, konfidenz, faktor), soll, _spalten(konfidenz))


@pytest.mark.parametrize("konfidenz", KONFIDENZEN.values())
def test_raten(konfidenz: float) -> None:
    soll = _lies("rate.csv")
    x, n, faktor = (soll[s] for s in ("Numerator", "Denominator", "multiplier"))
    _gleich(x.cast(pl.Float64) / n * faktor, soll["value"])
    _grenzen_gleich(raten_grenzen(x, n, konfidenz, faktor), soll, _spalten(konfidenz))


@pytest.mark.parametrize(
    ("datei", "grenzen"),
    [("proportion_grouped_expected.csv", wilson_grenzen), ("rate_grouped_expected.csv", raten_grenzen)],
)
def test_zusammengefasste_gebiete(datei: str, grenzen: Callable[..., Grenzen]) -> None:
    soll = _lies(datei)
    ist = grenzen(soll["Numerator"], soll["Denominator"], 0.95, soll["multiplier"])
    _grenzen_gleich(ist, soll, ("lowercl", "uppercl"))


@pytest.mark.parametrize(("name", "konfidenz"), KONFIDENZEN.items())
def test_grenzen_allein(name: str, konfidenz: float) -> None:
    soll = _lies("byars_wilson.csv").filter(confidence=name)
    byar, wilson = soll.filter(method="Byars"), soll.filter(method="Wilson")
    _grenzen_gleich(byar_grenzen(byar["x"], konfidenz), byar, ("lowercl", "uppercl"))
    _grenzen_gleich(wilson_grenzen(wilson["x"], wilson["n"], konfidenz), wilson, ("lowercl", "uppercl"))


def _nach_gebiet(daten: pl.DataFrame, spalte: str) -> Zahlen:
    """A column as (area, band), areas in the order of the file."""
    return np.stack([teil[spalte].to_numpy() for teil in daten.partition_by("area", maintain_order=True)]).astype(float)


def _dsr(faktor: float, konfidenz: float) -> Schaetzung:
    """The rates of rows 1-4 or 5-8: three areas with the standard of 2013, one with that of 1976."""
    neu, alt = _lies("dsr_multiarea_input.csv"), _lies("dsr_1976_input.csv")
    anzahl, personen = (_nach_gebiet(neu, s) for s in ("count", "pop"))
    standard = _lies("esp2013.csv")["esp2013"]
    drei = direkt_standardisierte_rate(unabhaengig(anzahl), personen, standard, konfidenz, faktor)
    eine = direkt_standardisierte_rate(unabhaengig(alt["count"]), alt["pop"], alt["esp1976"], konfidenz, faktor)
    return Schaetzung(
        np.append(drei.wert, eine.wert),
        Grenzen(*(np.append(d, e) for d, e in zip(drei.grenzen, eine.grenzen, strict=True))),
    )


@pytest.mark.parametrize("konfidenz", KONFIDENZEN.values())
@pytest.mark.parametrize(("faktor", "zeile"), [(1e4, 0), (1e5, 4)])
def test_direkte_standardisierung(konfidenz: float, faktor: float, zeile: int) -> None:
    spalten = _spalten(konfidenz)
    soll = _lies("dsr_expected.csv")[zeile : zeile + 4]
    # A flaw of the source: the 99.8 per cent limits of 1976 are ten times too large.
    teiler = pl.when(pl.col("area") == "testdata_1976").then(10).otherwise(1) if konfidenz > 0.95 else pl.lit(1)
    ist = _dsr(faktor, konfidenz)
    _gleich(ist.wert, soll["value"])
    _grenzen_gleich(ist.grenzen, soll.with_columns(pl.col(spalten) / teiler), spalten)


@pytest.mark.parametrize("konfidenz", KONFIDENZEN.values())
def test_standardisierung_abhaengiger_ereignisse(konfidenz: float) -> None:
    soll = _lies("dsr_expected.csv")[8:12]
    lang = _lies("dsr_nonindependent_input.csv").sort("area", "ageband", "freq", maintain_order=True)
    # Nobody with so many events: the source leaves these cells and rows out.
    breit = lang.pivot("freq", index=["area", "ageband", "pop", "esp2013"], values="persons").fill_null(0)
    gebiete = breit.partition_by("area", as_dict=True)
    for zeile in soll.iter_slices(1):
        gebiet = gebiete[zeile["area"][0],]
        ereignisse = mehrfachereignisse(gebiet.select("1", "2", "3", "4").to_numpy(), np.arange(1, 5))
        assert ereignisse.anzahl.sum() == zeile["total_count"][0]
        ist = direkt_standardisierte_rate(ereignisse, gebiet["pop"], gebiet["esp2013"], konfidenz, 1e5)
        _gleich(ist.wert, zeile["value"], GERUNDET)
        _grenzen_gleich(ist.grenzen, zeile, _spalten(konfidenz), GERUNDET)


_ISR_FAELLE = [
    # rows, reference rate is part of the value, factor, band without population in the first area
    (slice(0, 3), True, 1e5, None),
    (slice(3, 6), True, 1e3, None),
    (slice(6, 9), False, 1, None),
    (slice(9, 12), False, 100, None),
    # The input of these rows is not printed; their expected counts say that one area has nobody aged 5 to 9.
    (slice(12, 14), True, 1e5, 1),
    (slice(14, 16), False, 100, 1),
]


@pytest.mark.parametrize("konfidenz", KONFIDENZEN.values())
@pytest.mark.parametrize(("zeilen", "als_rate", "faktor", "leer"), _ISR_FAELLE)
def test_indirekte_standardisierung(
    konfidenz: float, zeilen: slice, als_rate: bool, faktor: float, leer: int | None
) -> None:
    soll, referenz = _lies("isr_expected.csv")[zeilen], _lies("isr_refdata.csv")
    personen = _nach_gebiet(_lies("isr_multiarea_input.csv"), "pop")[: soll.height]
    if leer is not None:
        personen[0, leer] = 0
    # One area lacks a band in which the reference has no events; the source skips it, and it would add nothing.
    personen = np.nan_to_num(personen)
    erwartet = erwartete_ereignisse(personen, referenz["refcount"], referenz["refpop"])
    rate = gemeinsamer_wert(referenz["refcount"], referenz["refpop"]) if als_rate else 1.0
    ist = indirekt_standardisiert(soll["observed"], erwartet, rate, konfidenz, faktor)
    _gleich(erwartet, soll["expected"])
    if als_rate:
        _gleich(np.full(soll.height, rate * faktor), soll["ref_rate"])
    _gleich(ist.wert, soll["value"])
    if leer is None or konfidenz == 0.95:  # the source prints no others for them
        _grenzen_gleich(ist.grenzen, soll, _spalten(konfidenz))


def test_beobachtete_der_eingabe_sind_die_der_ergebnisse() -> None:
    anzahl = _nach_gebiet(_lies("isr_multiarea_input.csv"), "count")
    # The source adds up the bands that are there.
    _gleich(np.nansum(anzahl, axis=1), _lies("isr_expected.csv")[:3]["observed"])


@pytest.mark.parametrize("konfidenz", KONFIDENZEN.values())
def test_mittelwerte(konfidenz: float) -> None:
    werte_, soll = _lies("mean_input.csv"), _lies("mean_expected.csv")
    alle = pl.concat([werte_, werte_.with_columns(area=pl.lit("No grouping"))])
    je = alle.group_by("area", maintain_order=True).agg(
        mittel=pl.col("values").mean(), streuung=pl.col("values").std(), anzahl=pl.len()
    )
    assert je["area"].to_list() == soll["area"].to_list()
    _gleich(je["streuung"], soll["stdev"])
    _gleich(je["mittel"], soll["value"])
    ist = mittelwert_grenzen(je["mittel"], je["streuung"], je["anzahl"], konfidenz)
    _grenzen_gleich(ist, soll, _spalten(konfidenz))


@pytest.mark.parametrize(
    ("satz", "klassen", "gruppen", "absteigend"),
    [
        ("IndSexReg", 10, ["IndSexRef", "ParentCode"], None),
        ("IndSex", 7, ["IndSexRef"], None),
        ("None", 4, ["GroupSet"], True),
    ],
)
def test_quantile(satz: str, klassen: int, gruppen: list[str], absteigend: bool | None) -> None:
    soll = _lies("quantile.csv").filter(GroupSet=satz)
    auf, ab = (quantilklasse(pl.col("Value"), klassen, absteigend=a).over(gruppen) for a in (False, True))
    # Without a direction for the whole set each group has the one its column says.
    umgekehrt = pl.col("Polarity") if absteigend is None else pl.lit(absteigend)
    ist = soll.select(pl.when(umgekehrt).then(ab).otherwise(auf)).to_series()
    assert ist.to_list() == soll["QuantileInGrp"].to_list()


def _lagen(soll: pl.Series) -> list[str]:
    return [LAGEN[wort].value for wort in soll]


def test_trichter_der_anteile() -> None:
    gebiete = _lies("funnel_prop_input_significance.csv")
    x, n = gebiete["numerator"], gebiete["denominator"]
    basis = gemeinsamer_wert(x, n)
    _trichter_gleich(basis, _lies("funnel_prop_limits_expected.csv"))
    assert trichterlage_anteil(x, n, basis).to_list() == _lagen(gebiete["significance"])


def test_trichter_der_anteile_kleiner_gebiete() -> None:
    gebiete = _lies("funnel_prop_input_significance.csv").filter(pl.col("denominator") < 31_000)
    basis = gemeinsamer_wert(gebiete["numerator"], gebiete["denominator"])
    _trichter_gleich(basis, _lies("funnel_prop_limits_axis_variation_expected.csv"))


def _trichter_gleich(basis: float, soll: pl.DataFrame) -> None:
    _gleich(np.full(soll.height, 100 * basis), soll["baseline"], 1e-8)
    for konfidenz, linie in ((0.95, "2s"), (0.998, "3s")):
        ist = anteil_trichter(soll["Population"], basis, konfidenz, 100)
        for grenze, seite in zip(ist, ("lower", "upper"), strict=True):
            # Six decimals of a per cent are printed.
            _gleich(grenze, soll[f"{seite}_{linie}_limit"], 0, absolut=6e-7)


def test_trichter_der_verhaeltnisse() -> None:
    soll = _lies("funnel_ratio_limits_expected.csv")
    ereignisse = soll["Observed_events"].cast(pl.Float64)
    for konfidenz, linie in ((0.95, "2s"), (0.998, "3s")):
        t = poisson_trichter(ereignisse, 1.0, konfidenz)
        for seite, bei, grenze in (("lower", t.unten_bei, t.unten), ("upper", t.oben_bei, t.oben)):
            _gleich(bei, soll[f"{seite}_{linie}_exp_events"], HALBIERT)
            _gleich(100 * grenze, soll[f"{seite}_{linie}_isr"], HALBIERT)
            _gleich(grenze - 1, soll[f"{seite}_{linie}_count"], HALBIERT)


def test_lage_der_verhaeltnisse() -> None:
    gebiete = _lies("funnel_ratio_input_significance.csv")
    ist = trichterlage_ereignisse(gebiete["obs"], gebiete["expected"])
    assert ist.to_list() == _lagen(gebiete["significance"])


def _raten_des_trichters(fall: str) -> tuple[Zahlen, Zahlen]:
    """Events and person-years of the areas, changed as each case says: see the README."""
    daten = _lies("funnel_rate_limits_input.csv")
    ereignisse, rate = (daten[s].cast(pl.Float64).to_numpy().copy() for s in ("ev", "rate"))
    personen = 1e5 * ereignisse / rate
    groesste = int(ereignisse.argmax())
    if fall == "crude_lt10":
        ereignisse[groesste] = 5
        personen = 1e5 * ereignisse / rate
    if fall == "crude_zero":
        ereignisse[groesste] = 0
        gross = personen > personen.max() / 2
        ereignisse, personen = ereignisse[gross], personen[gross]
    return ereignisse, personen


@pytest.mark.parametrize("fall", ["dsr", "crude_lt10", "crude_zero"])
def test_trichter_der_raten(fall: str) -> None:
    soll = _lies(f"funnel_rate_limits_{fall}_expected.csv")
    basis = gemeinsamer_wert(*_raten_des_trichters(fall))
    _gleich(np.full(soll.height, 1e5 * basis), soll["baseline"], 1e-9)
    for konfidenz, linie in ((0.95, "2s"), (0.998, "3s")):
        t = poisson_trichter(soll["Events"], basis, konfidenz, 1e5)
        for seite, bei, grenze in (("lower", t.unten_bei, t.unten), ("upper", t.oben_bei, t.oben)):
            # Three years of data: a point of the line is drawn at the population of one.
            _gleich(bei / 3, soll[f"{seite}_{linie}_population_1_year"], HALBIERT)
            _gleich(grenze, soll[f"{seite}_{linie}_limit"], HALBIERT)


@pytest.mark.parametrize("je", [100, 100_000])
@pytest.mark.parametrize("art", ["dsr", "crude"])
@pytest.mark.parametrize("mit_null", [True, False])
def test_lage_der_raten(art: str, je: int, mit_null: bool) -> None:
    alle = _lies("funnel_rate_input_significance.csv")
    gebiete = alle if mit_null else alle.filter(pl.col("count") > 0)
    rate = pl.col("rate_dsr") / 100_000 * je if art == "dsr" else pl.col(f"rate_crude_per_{je}")
    # Without events no population follows from the rate: a crude rate has its own, a standardised one none.
    ersatz = pl.col("pop") if art == "crude" else pl.lit(None)
    ereignisse, personen = gebiete.select(
        pl.col("count"), n=pl.when(pl.col("count") > 0).then(pl.col("count") / rate * je).otherwise(ersatz)
    )
    if art == "dsr":
        ereignisse = ereignisse.set(ereignisse < STANDARDISIERT_AB.anzahl, None)
    ist = trichterlage_ereignisse(ereignisse, personen, gemeinsamer_wert(ereignisse, personen))
    assert ist.to_list() == _lagen(gebiete[f"{art}_per_{je}_{'with' if mit_null else 'without'}_0"])


def test_vergleiche() -> None:
    faelle = _lies("comparison_expected.csv")
    grenzen = Grenzen(*(faelle[s].to_numpy() for s in ("lower", "upper")))
    vergleich = vergleiche(faelle["value"], grenzen, faelle["benchmark"])
    for nummer, (richtung, erwartet) in enumerate(faelle.select("polarity", "expected").iter_rows()):
        assert werte(vergleich[nummer : nummer + 1], RICHTUNGEN[richtung]).to_list() == [URTEILE[erwartet].value]


@pytest.mark.parametrize(("konfidenz", "spalte"), [(0.95, "expected_95"), (0.998, "expected_998")])
@pytest.mark.parametrize(("art", "kontrolle"), [("proportion", kontrollgrenzen_anteil), ("dsr", kontrollgrenzen_rate)])
def test_kontrollgrenzen(art: str, kontrolle: Callable[..., Grenzen], konfidenz: float, spalte: str) -> None:
    faelle = _lies("spc_expected.csv").filter(kind=art)
    grenzen = kontrolle(faelle["benchmark"] / faelle["unit"], faelle["denominator"], konfidenz, faelle["unit"])
    urteile = werte(vergleiche_mit_kontrollgrenzen(faelle["value"], grenzen), Richtung.NIEDRIGER_BESSER)
    assert urteile.to_list() == [URTEILE[wort].value for wort in faelle[spalte]]


def test_trends() -> None:
    daten = {k[0]: teil.sort("year") for k, teil in _lies("trend_input.csv").partition_by("set", as_dict=True).items()}
    namen = {
        "increasing": Trend.STEIGEND,
        "decreasing": Trend.FALLEND,
        "no_change": Trend.KEIN_TREND,
        "cannot_be_calculated": Trend.NICHT_BERECHENBAR,
    }
    for satz, chi2, deutlich, erwartet in _lies("trend_expected.csv")[:, :4].iter_rows():
        d = daten[satz]
        wert, unten, oben, x, n = ([d[s].to_list()] for s in ("value", "lower95", "upper95", "count", "denominator"))
        gewichtet = d["method"][0] == "weighted"
        ist = trend(wert, Grenzen(np.array(unten), np.array(oben))) if gewichtet else anteil_trend(x, n)
        assert ist.trend.to_list() == [namen[erwartet].value]
        if chi2 is not None:
            # Two decimals are printed.
            assert ist.chi2[0] == pytest.approx(chi2, abs=0.005)
        assert bool(ist.chi2[0] > CHI2_GRENZE) == bool(deutlich)
