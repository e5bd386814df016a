"""Each kind of chart: its specification is valid plotly, and drawing, specification and table say the same."""

import re
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.berichte import diagramme, kartendiagramm, kleindiagramme, svg, trichterdiagramm
from assets.berichte.achsen import jahresachse, wertachse
from assets.berichte.bestand import Bestand, Blick, baue_bestand
from assets.berichte.diagramme import Messwert
from assets.berichte.diagrammteile import BREIT, SCHMAL, Linie, Spec
from assets.berichte.gebiete import kacheln, umrisse
from assets.berichte.kennzahl import Variantenteil, baue_kennzahl
from assets.berichte.trichterdiagramm import Trichterpunkt
from assets.berichte.vergleich import Vergleich
from assets.berichte.zahlen import runde, zahl
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


@pytest.fixture(scope="module")
def mit_grenzen() -> Bestand:
    return baue_bestand(welt.berichtsdaten(werte=welt.mit_grenzen(welt.werte(), "ARB-03")))


BEREICHE = {2011: (Decimal(3), Decimal("4.5")), 2014: (Decimal(1), Decimal(90))}
EIGENE = Linie("K", {2010: Decimal(3), 2011: Decimal(4), 2014: Decimal(5)}, frozenset({2011}))
GESCHAETZT = Linie("K", EIGENE.werte, EIGENE.schnitte, BEREICHE)
SPANNE = {2010: (Decimal(1), Decimal(6)), 2011: (Decimal(1), Decimal(7))}
PUNKTE = [Trichterpunkt(k, b, w, f"{k}: {w}") for k, b, w in (("A", 20.0, 1.5), ("B", 20.5, 1.5), ("C", 40.0, 6.0))]
PAAR = [("A", Messwert(Decimal(1))), ("B", None)]
ARTEN: dict[str, Spec] = {
    "linien": diagramme.linien(EIGENE, EIGENE, SPANNE, (2011,), BREIT),
    "linien_schmal": diagramme.linien(EIGENE, None, {}, (), SCHMAL),
    "linien_geschaetzt": diagramme.linien(GESCHAETZT, EIGENE, SPANNE, (2011,), BREIT),
    "punkte": diagramme.punkte(PAAR, ("L", Messwert(Decimal(2))), ab_null=False),
    "punkte_geschaetzt": diagramme.punkte(
        [("A", Messwert(Decimal(1), (Decimal("0.5"), Decimal(40)))), *PAAR],
        ("L", Messwert(Decimal(2), (Decimal(1), Decimal(3)))),
        ab_null=False,
    ),
    "balken": diagramme.balken(["A", "B"], [Decimal(1), None], [Decimal(2), None]),
    "lage": kleindiagramme.lage(_dez(1, 2, 3, 4, 5), Decimal(2), Decimal(3)),
    "kurzverlauf": kleindiagramme.kurzverlauf(EIGENE),
    "kacheln": kartendiagramm.karte(kacheln(LAND), 400),
    "trichter": trichterdiagramm.trichter(PUNKTE, [10.0, 40.0], [("innen", [1.0, 2.0]), ("aussen", [5.0, 4.0])], 3.0),
    "karte": kartendiagramm.karte(umrisse(LAND, welt.umrisse(LAND)), 400),
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


def _zurueck(spec: Spec, x: float, y: float, layout: dict[str, Any]) -> tuple[float, float]:
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


ZEILE = {"width": 220, "height": 22, "margin": {"l": 9, "r": 9, "t": 0, "b": 0}, "yaxis": {"range": [-1, 1]}}


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
    *werte, ohne = vergleich.spec["data"][0]["x"]
    assert ohne is None  # the row of the Land, whose sign is another
    for zeile, wert in zip(vergleich.zeilen, werte, strict=True):
        (punkt,) = _kreise(lies(zeile.streifen), "m-punkt")
        gezeichnet, _ = _zurueck(vergleich.spec, *punkt, ZEILE)
        assert _zahl(zeile.zelle.text) == wert == pytest.approx(gezeichnet, abs=0.05)


def _vergleich(bestand: Bestand, indikator: str) -> Vergleich:
    vergleich = _teil(bestand, indikator).vergleich
    assert vergleich is not None
    return vergleich


def _bereiche(spec: Spec, achse: str) -> list[tuple[float, float] | None]:
    """Limits as the whiskers of a specification show them, one for each place."""
    bereiche: list[tuple[float, float] | None] = [None] * len(spec["data"][0]["x"])
    for spur in spec["data"]:
        strich = spur.get(f"error_{achse}")
        laengen = zip(spur[achse], strich["arrayminus"], strich["array"], strict=True) if strich else ()
        for nr, (wert, minus, plus) in enumerate(laengen):
            if plus is not None:
                bereiche[nr] = (round(wert - minus, 6), round(wert + plus, 6))
    return bereiche


def _striche(bild: Element) -> list[list[float]]:
    """Start, height and end of horizontal whiskers."""
    wege = [e.attribute["d"] for e in bild.alle("path") if e.attribute["class"].startswith("s-")]
    return [[float(z) for z in re.split("[M H]", w)[1:]] for w in wege]


def test_striche_zeigen_die_grenzen_der_tabelle_in_spezifikation_und_zeichnung(mit_grenzen: Bestand) -> None:
    vergleich = _vergleich(mit_grenzen, "ARB-03")
    von, bis = vergleich.spec["layout"]["xaxis"]["range"]
    zeilen = [*((z.streifen, z.bereich) for z in vergleich.zeilen), (vergleich.landstreifen, vergleich.landbereich)]
    gezeigt = set()
    for (bild, text), bereich in zip(zeilen, _bereiche(vergleich.spec, "x"), strict=True):
        striche = _striche(lies(bild))
        assert bool(text) == (bereich is not None) == bool(striche)
        if bereich is None:
            continue
        unten, oben = map(_zahl, text.split(" bis "))
        assert bereich == (max(unten, von), min(oben, bis))
        assert [_zurueck(vergleich.spec, s, 11, ZEILE)[0] for s in (striche[0][0], striche[0][2])] == pytest.approx(
            list(bereich), abs=(bis - von) / 1000
        )
        assert bool([p for p in lies(bild).alle("path") if "m-spitze" in p.klassen]) == (oben > bis)
        gezeigt.add(oben > bis)
    assert gezeigt == {False, True}
    assert [z.ags for z in vergleich.zeilen if z.bereich] == ["X1", "X3", "X4"]


def test_grenzen_sind_die_der_offenen_daten_gerundet_wie_der_wert(mit_grenzen: Bestand) -> None:
    vergleich = _vergleich(mit_grenzen, "ARB-03")
    tabelle = mit_grenzen.daten.werte.filter(indikator_id="ARB-03", berichtsjahr=vergleich.jahr)
    offen = {z["ags"]: (z["ki_unten"], z["ki_oben"]) for z in tabelle.iter_rows(named=True)}
    for ags, text in [*((z.ags, z.bereich) for z in vergleich.zeilen), (LAND.ags, vergleich.landbereich)]:
        if text:
            assert text == " bis ".join(zahl(runde(g, 1)) for g in offen[ags])
        else:
            assert offen[ags] == (None, None)


def test_ohne_grenzen_kein_strich_und_kein_wort_davon(bestand: Bestand) -> None:
    vergleich = _vergleich(bestand, "ARB-03")
    assert not any("error_x" in s for s in vergleich.spec["data"])
    assert not vergleich.mit_bereichen
    assert "Striche" not in vergleich.legende
    assert 'class="s-' not in "".join(z.streifen for z in vergleich.zeilen)
    teil = _teil(bestand, "ARB-03")
    assert teil.linien is not None
    assert "bereich" not in dict(teil.linien.legende)
    assert not any("error_y" in s for s in teil.linien.spec["data"])


def test_was_nicht_verglichen_werden_darf_hat_keinen_strich() -> None:
    werte = welt.mit_grenzen(welt.werte(), "ARB-03").with_columns(
        vgl_kreise=pl.when(pl.col("ags") == "X1").then(pl.lit("nicht_vergleichbar")).otherwise("vgl_kreise"),
        wertstatus=pl.when(pl.col("ags") == "X3").then(pl.lit("G")).otherwise("wertstatus"),
    )
    vergleich = _vergleich(baue_bestand(welt.berichtsdaten(werte=werte)), "ARB-03")
    assert [z.ags for z in vergleich.zeilen if z.bereich or _striche(lies(z.streifen))] == ["X4"]


def test_ein_sehr_weiter_bereich_laesst_den_werten_ihren_platz(mit_grenzen: Bestand, bestand: Bestand) -> None:
    eng, weit = (_vergleich(b, "ARB-03").spec["layout"]["xaxis"]["range"] for b in (bestand, mit_grenzen))
    assert weit[1] - weit[0] <= 4 * (eng[1] - eng[0])
    assert weit[0] <= eng[0]
    assert weit[1] >= eng[1]
    assert "reicht über die Skala hinaus" in _vergleich(mit_grenzen, "ARB-03").legende


def test_striche_der_linie_zeigen_die_grenzen_der_jahrestabelle(mit_grenzen: Bestand) -> None:
    teil = _teil(mit_grenzen, "ARB-03")
    assert teil.linien is not None
    assert teil.mit_bereich
    spec = teil.linien.spec
    (spur,) = (s for s in spec["data"] if s["meta"] == "kreis")
    strich = spur["error_y"]
    aus_spec = [(y - m, y + p) for y, m, p in zip(spur["y"], strich["arrayminus"], strich["array"], strict=True)]
    tabelle = [tuple(map(_zahl, z.bereich.split(" bis "))) for z in reversed(teil.jahre)]
    assert aus_spec == [pytest.approx(t) for t in tabelle]
    (weg,) = (p for p in lies(teil.linien.breit).alle("path") if "s-kreis" in p.klassen)
    striche = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", weg.attribute["d"])
    gezeichnet = [[_zurueck(spec, 0, float(y), spec["layout"])[1] for y in (unten, oben)] for _, unten, oben in striche]
    spanne = spec["layout"]["yaxis"]["range"][1] - spec["layout"]["yaxis"]["range"][0]
    assert gezeichnet == [pytest.approx(list(t), abs=spanne / 1000) for t in tabelle]
    assert ("bereich", "Bereich zufälliger Schwankung (95 %)") in teil.linien.legende


def test_abgeschnittene_striche_haben_spitzen_an_der_skala() -> None:
    for art, achse in (("linien_geschaetzt", "y"), ("punkte_geschaetzt", "x")):
        spec = ARTEN[art]
        ende = spec["layout"][f"{achse}axis"]["range"][1]
        (spitze,) = (s for s in spec["data"] if s["meta"] == "spitze")
        assert [w for w in spitze[achse] if w is not None] == [ende]


def test_balken_sind_so_lang_wie_ihre_werte(bestand: Bestand) -> None:
    (tabelle,) = _teil(bestand, "IBZ-04").gliederungen
    werte = [_zahl(z.eigene.text) for z in tabelle.zeilen]
    assert werte == tabelle.spec["data"][0]["x"]
    balken = [next(e.attribute["d"] for e in lies(z.balken).alle() if "b-balken" in e.klassen) for z in tabelle.zeilen]
    breiten = [float(weg.partition("H")[2]) - float(weg[1:].partition(" ")[0]) for weg in balken]
    je_einheit = 202 / tabelle.spec["layout"]["xaxis"]["range"][1]
    assert breiten == pytest.approx([w * je_einheit for w in werte], abs=0.1)


def test_kachelkarte_zeigt_werte_und_schraffiert_fehlende(bestand: Bestand) -> None:
    vergleich = bestand.vergleich(bestand.reihen["BEV-02"][0])
    assert vergleich is not None
    spec = kartendiagramm.karte(kacheln(LAND, vergleich), 400)
    bild = lies(svg.zeichne_karte(spec, "kacheln", {"X1": "kreis_X1.html"}))
    texte = [[s.text for s in t.alle("tspan")] for t in bild.alle("text")]
    assert texte == [[z.kuerzel, z.zelle.text or z.zelle.zeichen] for z in vergleich.zeilen]
    fuellung = [p.attribute.get("fill", "") for p in bild.alle("path")]
    assert [f.startswith("url(#") for f in fuellung] == [z.wert is None for z in vergleich.zeilen]
    assert [a.attribute["href"] for a in bild.alle("a")] == ["kreis_X1.html"]


def test_kuerzel_im_trichter_stehen_nie_uebereinander_und_nie_auf_punkten() -> None:
    dicht = [Trichterpunkt(f"K{n}", 20.0 + n / 100, 1.5, "") for n in range(9)]
    spec = trichterdiagramm.trichter([*dicht, PUNKTE[2]], [10.0, 40.0], [("innen", [1.0, 2.0])], 3.0)
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


def test_lange_zahlen_haben_platz_im_bild() -> None:
    """Thousands of millions, in letters as wide as fonts have them: nothing sticks out to the left or right."""
    reihe = Linie("K", {2020: Decimal(1_200_000_000), 2021: Decimal(12_345_678_901)})
    for mass in (BREIT, SCHMAL):
        layout = diagramme.linien(reihe, None, {}, (), mass)["layout"]
        laengste = max(layout["yaxis"]["ticktext"], key=len)
        assert layout["margin"]["l"] >= 7 + 8 * sum(z.isdigit() for z in laengste)
        (ende,) = layout["annotations"]
        assert layout["margin"]["r"] >= ende["xshift"] + 9.5 * sum(z.isdigit() for z in ende["text"])
    kurz = diagramme.linien(EIGENE, None, {}, (), SCHMAL)["layout"]["margin"]
    assert (kurz["l"], kurz["r"]) == (SCHMAL.links, SCHMAL.rechts)
