"""Each kind of chart: its specification is valid plotly, and drawing, specification and table say the same."""

import re
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.berichte import diagramme, svg
from assets.berichte.achsen import jahresachse, wertachse
from assets.berichte.bestand import Bestand, Blick, baue_bestand
from assets.berichte.diagramme import BREIT, SCHMAL, Linie, Trichterpunkt
from assets.berichte.gebiete import kacheln, umrisse
from assets.berichte.kennzahl import Variantenteil, baue_kennzahl
from tests.berichte import welt
from tests.berichte.seitenleser import Element, lies

LAND = welt.land()
BLICK = Blick(LAND, LAND.meldeeinheiten[0])


def _dez(*werte: float) -> list[Decimal]:
    return [Decimal(str(w)) for w in werte]


@pytest.fixture(scope="module")
def bestand() -> Bestand:
    return baue_bestand(welt.berichtsdaten())


def _teil(bestand: Bestand, indikator: str) -> Variantenteil:
    return baue_kennzahl(bestand, BLICK, bestand.reihen[indikator]).teile[0]


EIGENE = Linie("K", {2010: Decimal(3), 2011: Decimal(4), 2014: Decimal(5)}, frozenset({2011}))
SPANNE = {2010: (Decimal(1), Decimal(6)), 2011: (Decimal(1), Decimal(7))}
PUNKTE = [Trichterpunkt(k, b, w, f"{k}: {w}") for k, b, w in (("A", 20.0, 1.5), ("B", 20.5, 1.5), ("C", 40.0, 6.0))]
ARTEN: dict[str, diagramme.Spec] = {
    "linien": diagramme.linien(EIGENE, EIGENE, SPANNE, (2011,), BREIT),
    "linien_schmal": diagramme.linien(EIGENE, None, {}, (), SCHMAL),
    "punkte": diagramme.punkte(["A", "B"], [Decimal(1), None], Decimal(2), ab_null=False),
    "balken": diagramme.balken(["A", "B"], [Decimal(1), None], [Decimal(2), None]),
    "lage": diagramme.lage(_dez(1, 2, 3, 4, 5), Decimal(2), Decimal(3)),
    "kurzverlauf": diagramme.kurzverlauf(EIGENE),
    "kacheln": diagramme.karte(kacheln(LAND), 400),
    "trichter": diagramme.trichter(PUNKTE, [10.0, 40.0], [("innen", [1.0, 2.0]), ("aussen", [5.0, 4.0])], 3.0),
    "karte": diagramme.karte(umrisse(LAND, welt.umrisse(LAND)), 400),
}


@pytest.mark.parametrize("art", ARTEN)
def test_jede_art_ist_gueltiges_plotly_und_bleibt_wie_sie_ist(art: str) -> None:
    figur = go.Figure(ARTEN[art]).to_plotly_json()
    del figur["layout"]["template"]
    assert _schlicht(figur) == _schlicht(ARTEN[art])


def _schlicht(wert: Any) -> Any:
    """Without empty lists, which plotly leaves out, and with lists for tuples."""
    if isinstance(wert, dict):
        return {k: _schlicht(w) for k, w in wert.items() if not (isinstance(w, list | tuple) and not w)}
    return [_schlicht(w) for w in wert] if isinstance(wert, list | tuple) else wert


def _zurueck(spec: diagramme.Spec, x: float, y: float, layout: dict[str, Any]) -> tuple[float, float]:
    """From px back to values."""
    rand = layout["margin"]
    von_x, bis_x = spec["layout"]["xaxis"]["range"]
    von_y, bis_y = layout["yaxis"]["range"]
    breite, hoehe = layout["width"] - rand["l"] - rand["r"], layout["height"] - rand["t"] - rand["b"]
    wert_x = von_x + (x - rand["l"]) / breite * (bis_x - von_x)
    return wert_x, von_y + (layout["height"] - rand["b"] - y) / hoehe * (bis_y - von_y)


def _kreise(bild: Element, klasse: str) -> list[tuple[float, float]]:
    treffer = (e for e in bild.alle("circle") if klasse in e.klassen)
    return [(float(e.attribute["cx"]), float(e.attribute["cy"])) for e in treffer]


def _zahl(text: str) -> float:
    return float(text.replace(".", "").replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("indikator", ["BEV-01", "ARB-03"])
def test_linie_spezifikation_und_tabelle_nennen_dieselben_werte(bestand: Bestand, indikator: str) -> None:
    teil = _teil(bestand, indikator)
    assert teil.linien is not None
    spec = teil.linien.spec
    spur = next(s for s in spec["data"] if s["meta"] == "kreis")
    aus_spec = [(x, y) for x, y in zip(spur["x"], spur["y"], strict=True) if x is not None]
    tabelle = [_zahl(z.eigene.text) for z in reversed(teil.jahre)]
    assert [y for _, y in aus_spec] == tabelle
    von, bis = spec["layout"]["yaxis"]["range"]
    gezeichnet = [_zurueck(spec, x, y, spec["layout"]) for x, y in _kreise(lies(teil.linien.breit), "m-kreis")]
    for (jahr, wert), (x, y) in zip(aus_spec, gezeichnet, strict=True):
        assert x == pytest.approx(jahr, abs=0.01)
        assert y == pytest.approx(wert, abs=(bis - von) / 1000)


def test_endwerte_stehen_wie_in_der_tabelle_und_nicht_uebereinander(bestand: Bestand) -> None:
    teil = _teil(bestand, "ARB-03")
    assert teil.linien is not None
    assert teil.jahre[0].land is not None
    texte = [t for t in lies(teil.linien.breit).alle("text") if "ende" in t.klassen]
    assert {t.text for t in texte} == {teil.jahre[0].eigene.text, teil.jahre[0].land.text}
    dicht = diagramme.linien(EIGENE, Linie("L", {2010: Decimal(1), 2014: Decimal("5.01")}), {}, (), BREIT)
    hoehen = [float(s.attribute["y"]) for s in lies(svg.zeichne(dicht, "i", "t", "breit")).alle("tspan")]
    assert abs(hoehen[0] - hoehen[1]) >= 14


def test_punkte_der_vergleichstabelle_liegen_bei_ihren_werten(bestand: Bestand) -> None:
    vergleich = _teil(bestand, "ARB-03").vergleich
    assert vergleich is not None
    layout = {"width": 220, "height": 22, "margin": {"l": 9, "r": 9, "t": 0, "b": 0}, "yaxis": {"range": [-1, 1]}}
    for zeile, wert in zip(vergleich.zeilen, vergleich.spec["data"][0]["x"], strict=True):
        (punkt,) = _kreise(lies(zeile.streifen), "m-punkt")
        gezeichnet, _ = _zurueck(vergleich.spec, *punkt, layout)
        assert _zahl(zeile.zelle.text) == wert == pytest.approx(gezeichnet, abs=0.05)


def test_balken_sind_so_lang_wie_ihre_werte(bestand: Bestand) -> None:
    (tabelle,) = _teil(bestand, "IBZ-04").gliederungen
    werte = [_zahl(z.eigene.text) for z in tabelle.zeilen]
    assert werte == tabelle.spec["data"][0]["x"]
    breiten = [float(next(lies(z.balken).alle("rect")).attribute["width"]) for z in tabelle.zeilen]
    je_einheit = 202 / tabelle.spec["layout"]["xaxis"]["range"][1]
    assert breiten == pytest.approx([w * je_einheit for w in werte], abs=0.1)


def test_kachelkarte_zeigt_werte_und_schraffiert_fehlende(bestand: Bestand) -> None:
    vergleich = bestand.vergleich(bestand.reihen["BEV-02"][0])
    assert vergleich is not None
    spec = diagramme.karte(kacheln(LAND, vergleich), 400)
    bild = lies(svg.zeichne_karte(spec, "kacheln", {"X1": "kreis_X1.html"}))
    texte = [[s.text for s in t.alle("tspan")] for t in bild.alle("text")]
    assert texte == [[z.kuerzel, z.zelle.text or z.zelle.zeichen] for z in vergleich.zeilen]
    fuellung = [p.attribute.get("fill", "") for p in bild.alle("path")]
    assert [f.startswith("url(#") for f in fuellung] == [z.wert is None for z in vergleich.zeilen]
    assert [a.attribute["href"] for a in bild.alle("a")] == ["kreis_X1.html"]


def test_kuerzel_im_trichter_stehen_nie_uebereinander_und_nie_auf_punkten() -> None:
    dicht = [Trichterpunkt(f"K{n}", 20.0 + n / 100, 1.5, "") for n in range(9)]
    spec = diagramme.trichter([*dicht, PUNKTE[2]], [10.0, 40.0], [("innen", [1.0, 2.0])], 3.0)
    # Of nine areas in one spot the outermost have room for their sign, the others stand in the table.
    assert [a["text"] for a in spec["layout"]["annotations"]] == ["K0", "K1", "C"]
    assert len(spec["data"][-1]["x"]) == 10


def test_linien_haben_luecken_wo_jahre_fehlen_und_am_bruch() -> None:
    spur = ARTEN["linien"]["data"][-1]
    assert spur["x"] == [2010, None, 2011, None, 2014]
    weg = re.findall(r'class="l-kreis" d="([^"]*)"', svg.zeichne(ARTEN["linien"], "i", "t", "breit"))
    assert weg == []  # three single points: nothing to connect
    (bruch,) = [f for f in ARTEN["linien"]["layout"]["shapes"] if f["name"] == "bruch"]
    assert bruch["x0"] == 2010.5


def test_karte_legt_beschriftung_ins_gebiet_und_zeichnet_grosse_zuerst() -> None:
    tabelle = welt.umrisse(LAND)
    gebiete = umrisse(LAND, tabelle)
    assert [g.ags for g in gebiete][:2] == ["X2", "X1"]
    for g in gebiete:
        xs, ys = [w for w in g.x if w is not None], [w for w in g.y if w is not None]
        assert min(xs) < g.mitte[0] < max(xs)
        assert min(ys) < g.mitte[1] < max(ys)
    x, y = gebiete[0].mitte
    assert not (0 <= x <= 10_000 and 0 <= y <= 10_000)  # not in the hole, where the town lies
    assert umrisse(LAND, tabelle.filter(tabelle["ags"] != "X1")) == []
    assert umrisse(LAND, tabelle.clear()) == []


zahlen = st.floats(-1e9, 1e9, allow_nan=False).map(lambda w: Decimal(str(round(w, 3))))


@given(st.lists(zahlen, max_size=20), st.integers(2, 6))
@settings(max_examples=200)
def test_achse_umfasst_alle_werte_mit_runden_verschiedenen_strichen(werte: list[Decimal], anzahl: int) -> None:
    achse = wertachse(werte, anzahl)
    spielraum = (achse.bis - achse.von) * 1e-6
    assert all(achse.von - spielraum <= w <= achse.bis + spielraum for w in map(float, werte))
    assert achse.von < achse.bis
    assert len(set(achse.texte)) == len(achse.striche) <= 3 * anzahl


@given(st.sets(st.integers(1990, 2060), min_size=1), st.integers(2, 9))
def test_jahresachse_beschriftet_das_letzte_jahr(jahre: set[int], anzahl: int) -> None:
    achse = jahresachse(sorted(jahre), anzahl)
    assert achse.texte[-1] == str(max(jahre))
    assert len(achse.texte) <= anzahl + 1
