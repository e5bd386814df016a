"""The page for exploring in a real browser: every view, the address, files to save, keyboard, and no way outside."""

import csv
import io
import json
import threading
from collections.abc import Mapping
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types
import polars as pl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assets.berichte.ablegen import veroeffentliche
from assets.berichte.bestand import baue_bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.erkunden import ANSICHTEN
from assets.berichte.farben import KLASSEN, PALETTE, REIHEN
from assets.berichte.reihen import Reihe
from assets.berichte.seiten import erzeuge
from assets.berichte.skripte import PLOTLY
from tests.berichte import welt
from tests.berichte.seitenarten import ALLE_REGELN, BREIT, GEZEICHNET, SCHMAL, axe
from tests.berichte.stille import StillerServer, still

SEITE = "erkunden.html"
QUOTE = "#kennzahl=BEV-02&variante=AZR&gebiete=X1&jahr=2025"


def _daten() -> Berichtsdaten:
    """The invented Land, whose share of foreigners has limits of chance of different length to either side."""
    anteil, wert = pl.col("indikator_id") == "BEV-02", pl.col("wert")
    werte = welt.werte().with_columns(
        ki_unten=pl.when(anteil).then(wert - 0.3), ki_oben=pl.when(anteil).then(wert + 0.7)
    )
    return welt.berichtsdaten(werte=werte, umrisse=welt.umrisse(welt.land()), trichter=welt.trichter("AZR", 2025))


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return veroeffentliche(erzeuge(_daten()), tmp_path_factory.mktemp("erkunden"), "intern_land")


def _oeffne(seite: Page, ordner: Path, adresse: str) -> None:
    seite.goto(f"{(ordner / SEITE).as_uri()}{adresse}")
    _warte(seite)


def _warte(seite: Page) -> None:
    # Not by a function in the page: its policy does not let the browser's driver compile one while it waits.
    expect(seite.locator("body")).to_have_attribute("data-gezeigt", seite.evaluate("location.hash"), timeout=30_000)


def _bild(seite: Page) -> dict[str, Any]:
    text = seite.evaluate("(({data, layout}) => JSON.stringify({data, layout}))(document.getElementById('bild'))")
    bild: dict[str, Any] = json.loads(text)
    return bild


def _tabelle(seite: Page) -> list[list[str]]:
    zeilen: list[list[str]] = seite.evaluate(
        "[...document.querySelectorAll('#tabellenbereich tbody tr')].map(r => [...r.cells].map(z => z.textContent))"
    )
    return zeilen


def _reihe(kennzahl: str, variante: str) -> Reihe:
    reihen = baue_bestand(_daten()).reihen[kennzahl]
    return next(r for r in reihen if r.variante.id == variante)


@pytest.mark.parametrize("ansicht", [a for a, _ in ANSICHTEN])
def test_jede_ansicht_ist_ein_gueltiges_bild_mit_tabelle_und_meldung(seite: Page, ordner: Path, ansicht: str) -> None:
    _oeffne(seite, ordner, f"{QUOTE}&ansicht={ansicht}")
    titel = f"{dict(ANSICHTEN)[ansicht]}: Ausländeranteil, Register, geliefert"
    assert str(seite.locator("#bildtitel").text_content()).startswith(titel)
    assert str(seite.locator("#meldung").text_content()).startswith(titel)
    assert _tabelle(seite)
    if ansicht == "tabelle":
        assert not seite.locator("#bild").is_visible()
        return
    bild = _bild(seite)
    assert bild["data"]
    go.Figure(bild)  # raises on whatever plotly does not know
    assert seite.locator("#bild .main-svg").first.is_visible()
    assert seite.locator(".modebar, .plotlyjsicon").count() == 0
    assert str(seite.locator("#bild").get_attribute("aria-label")).startswith(titel)


def test_am_anfang_steht_das_bild_schon_in_der_seite(seite: Page, ordner: Path) -> None:
    """plotly is neither loaded nor needed before somebody wishes it or chooses."""
    with still(seite, ordner.as_uri()) as anfragen:
        _oeffne(seite, ordner, "")
        assert not [a for a in anfragen if a.endswith(PLOTLY)]
        zeichnung = seite.locator("#startbild svg.breit")
        assert zeichnung.is_visible()
        assert not seite.locator("#bild").is_visible()
        titel = str(zeichnung.locator("title").text_content())
        assert titel.startswith("Liniendiagramm: Bevölkerung, Musterland, ")
        ende = str(zeichnung.locator("text.ende").text_content())
        assert ende in _tabelle(seite)[0]
        assert len(_reihe("BEV-01", "FORT").werte["99"]) == len(_tabelle(seite))
        seite.get_by_role("button", name="Interaktiv anzeigen").press("Enter")
        expect(seite.locator("#bild .main-svg").first).to_be_visible()
        assert [a for a in anfragen if a.endswith(PLOTLY)]
    assert not seite.locator("#startbild").is_visible()
    assert seite.evaluate("document.activeElement.id") == "bild"
    (spur,) = _bild(seite)["data"]
    assert [w for w in spur["y"] if w is not None] == [
        float(a.wert or 0) for a in _reihe("BEV-01", "FORT").werte["99"].values()
    ]


def test_das_erste_bild_laesst_sich_gleich_speichern(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, "")
    name, svg = _gespeichert(seite, "Bild als SVG speichern")
    assert name == "bev-01_fort_zeitverlauf.svg"
    assert "Zeitverlauf: Bevölkerung" in svg.decode()


def test_linien_sind_an_bruch_und_luecke_unterbrochen(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, "#kennzahl=BEV-01&gebiete=99,X1,X2&ansicht=verlauf")
    bild = _bild(seite)
    land, eins, zwei = bild["data"]
    jahre = eins["x"]
    assert [j for j in jahre if j is not None] == list(welt.MESSREIHE)
    assert [jahre[n - 1] for n, j in enumerate(jahre) if j is None] == [2010, 2015]
    assert eins["connectgaps"] is False
    werte = _reihe("BEV-01", "FORT").werte["X1"]
    assert [w for w in eins["y"] if w is not None] == [float(werte[j].wert or 0) for j in welt.MESSREIHE]
    assert land["line"]["color"] == PALETTE["land"]
    assert [s["line"]["color"] for s in (eins, zwei)] == [REIHEN[1][0], REIHEN[2][0]]
    assert [s["x0"] for s in bild["layout"]["shapes"]] == [2010.5]
    assert "Bruch 2011: neue Zählung als Grundlage." in str(seite.locator("#anmerkungen").text_content())


def test_vergleich_zeigt_werte_mit_intervall_und_laesst_ohne_zahl_weg(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, f"{QUOTE}&ansicht=vergleich")
    (spur,) = _bild(seite)["data"]
    reihe = _reihe("BEV-02", "AZR")
    angaben = [reihe.werte[m][2025] for m in ("X1", "X2", "X3", "X4", "X5")]
    assert spur["x"] == [float(a.wert or 0) for a in angaben]
    assert spur["y"] == list(welt.NAMEN[:5])
    for wert, unten, oben, angabe in zip(
        spur["x"], spur["error_x"]["arrayminus"], spur["error_x"]["array"], angaben, strict=True
    ):
        assert angabe.grenzen is not None
        assert [wert - unten, wert + oben] == pytest.approx([float(g) for g in angabe.grenzen], abs=0.0501)
    assert f"Nicht gezeichnet: {welt.NAMEN[5]}" in str(seite.locator("#anmerkungen").text_content())
    assert [z[0] for z in _tabelle(seite)] == [*welt.NAMEN, "Musterland"]
    assert _tabelle(seite)[5][1].startswith("F(")


def test_karte_fuellt_klassen_und_schraffiert_was_fehlt(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, f"{QUOTE}&ansicht=karte")
    flaechen = _bild(seite)["data"]
    assert {f["fill"] for f in flaechen} == {"toself"}
    farben = [f["fillcolor"] for f in flaechen]
    assert set(farben[:5]) == set(KLASSEN)
    assert [("fillpattern" in f) for f in flaechen] == [False] * 5 + [True]
    assert seite.locator("#klassen li").count() == len(KLASSEN)


def test_karte_zeigt_keine_anzahlen(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, "#kennzahl=BEV-01&gebiete=X1&ansicht=karte")
    assert not seite.locator("#bild").is_visible()
    assert "Absolute Zahlen zeigt die Karte nicht" in str(seite.locator("#meldung").text_content())
    assert seite.locator("#png").is_disabled()


def test_trichter_hat_die_punkte_die_eine_lage_haben(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, f"{QUOTE}&ansicht=trichter")
    *linien, punkte = _bild(seite)["data"]
    assert len(linien) == 4
    assert punkte["y"] == [w for ags, w in welt.TRICHTERWERTE.items() if ags != "X5"]
    assert punkte["text"] == ["K1", "K2", "K3", "K4"]
    assert [z[1] for z in _tabelle(seite)[4:]] == ["nicht bestimmt"] * 2


def test_gliederung_zeigt_alle_teile_eines_gebiets_oder_ein_teil_aller(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, "#kennzahl=IBZ-04&gebiete=X1&ansicht=vergleich&jahr=2025")
    alle = _bild(seite)["data"][0]["y"]
    teile = _reihe("IBZ-04", "HAUPTTHEMA").teile["themenfeld"]
    assert len(alle) == len(teile)
    seite.get_by_label("Ausprägung").select_option(index=1)
    _warte(seite)
    assert _bild(seite)["data"][0]["y"] == list(welt.NAMEN[:5])


def test_adresse_traegt_die_auswahl_vor_und_zurueck(seite: Page, kontext: BrowserContext, ordner: Path) -> None:
    _oeffne(seite, ordner, "")
    anfang = seite.locator("#bildtitel").text_content()
    seite.get_by_label("Kennzahl", exact=True).select_option("ARB-03")
    _warte(seite)
    seite.get_by_label("Quellmoor").check()
    _warte(seite)
    seite.get_by_label("Vergleich", exact=True).check()
    _warte(seite)
    seite.get_by_label("Jahr", exact=True).select_option("2013")
    _warte(seite)
    for teil in ("kennzahl=ARB-03", "gebiete=99,X3", "ansicht=vergleich", "jahr=2013"):
        assert teil in seite.url
    zweite = kontext.new_page()
    zweite.goto(seite.url)
    _warte(zweite)
    assert _bild(zweite)["data"] == _bild(seite)["data"]
    assert _tabelle(zweite) == _tabelle(seite)
    assert zweite.get_by_label("Quellmoor").is_checked()
    for _ in range(4):
        seite.go_back()
        _warte(seite)
    assert seite.locator("#bildtitel").text_content() == anfang
    assert not seite.get_by_label("Quellmoor").is_checked()


@pytest.mark.parametrize("adresse", ["#kennzahl=GIBT-ES-NICHT&gebiete=00&ansicht=kuchen&jahr=x", "#%%%=&", "#inhalt"])
def test_unbekanntes_in_der_adresse_zeigt_die_erste_auswahl(seite: Page, ordner: Path, adresse: str) -> None:
    _oeffne(seite, ordner, adresse)
    assert str(seite.locator("#bildtitel").text_content()).startswith("Zeitverlauf: Bevölkerung")


def _gespeichert(seite: Page, knopf: str) -> tuple[str, bytes]:
    with seite.expect_download() as warten:
        seite.get_by_role("button", name=knopf).click()
    return warten.value.suggested_filename, Path(warten.value.path()).read_bytes()


def test_csv_hat_genau_die_gezeigten_werte(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, "#kennzahl=BEV-02&variante=AZR&gebiete=99,X1,X2&ansicht=verlauf")
    name, roh = _gespeichert(seite, "Werte als CSV speichern")
    assert name == "bev-02_azr_zeitverlauf.csv"
    zeilen = list(csv.DictReader(io.StringIO(roh.decode("utf-8-sig")), delimiter=";"))
    reihe = _reihe("BEV-02", "AZR")
    erwartet = {
        (ags, str(j)): f"{a.wert:f}".replace(".", ",")
        for ags in ("99", "X1", "X2")
        for j, a in reihe.werte[ags].items()
    }
    assert {(z["ags"], z["berichtsjahr"]): z["wert"] for z in zeilen} == erwartet
    assert {z["vgl_kreise"] for z in zeilen} == {"vergleichbar"}
    assert all("Musterministerium" in z["quellenangabe"] for z in zeilen)


def test_csv_gibt_zu_geheimem_das_zeichen_und_keine_zahl(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, "#kennzahl=IBZ-01&gebiete=X2,X3&ansicht=tabelle")
    _, roh = _gespeichert(seite, "Werte als CSV speichern")
    zeilen = list(csv.DictReader(io.StringIO(roh.decode("utf-8-sig")), delimiter=";"))
    assert [(z["wert"], z["wertzeichen"]) for z in zeilen] == [("4", "V"), ("", "G")]
    assert "1 geheim" in str(seite.locator("#meldung").text_content())


def test_bilder_nennen_titel_und_quelle(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, f"{QUOTE}&ansicht=vergleich")
    name, svg = _gespeichert(seite, "Bild als SVG speichern")
    assert name == "bev-02_azr_vergleich_2025.svg"
    text = svg.decode()
    for wort in ("Vergleich: Ausländeranteil", "Musterministerium", "Erfundene", "Quellmoor"):
        assert wort in text
    name, png = _gespeichert(seite, "Bild als PNG speichern")
    assert name.endswith(".png")
    assert png.startswith(b"\x89PNG")
    breite = int.from_bytes(png[16:20], "big")
    assert breite > BREIT


def test_mit_der_tastatur_allein(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, QUOTE)
    seite.locator("[name=ansicht][value=verlauf]").focus()
    seite.keyboard.press("ArrowRight")
    _warte(seite)
    assert "ansicht=vergleich" in seite.url
    assert seite.evaluate("document.activeElement.value") == "vergleich"
    seite.keyboard.press("Tab")
    assert seite.evaluate("document.activeElement.name") == "kennzahl"
    erreicht = set()
    for _ in range(30):
        seite.keyboard.press("Tab")
        erreicht.add(seite.evaluate("document.activeElement.id || document.activeElement.name"))
    assert {"wahl-variante", "wahl-jahr", "gebiete", "tabellenbereich", "csv", "svg", "png"} <= erreicht


def test_der_sprung_zum_inhalt_laesst_die_auswahl_stehen(seite: Page, ordner: Path) -> None:
    _oeffne(seite, ordner, f"{QUOTE}&ansicht=vergleich")
    seite.locator(".sprung").focus()
    seite.keyboard.press("Enter")
    seite.wait_for_url("**#inhalt")
    assert str(seite.locator("#bildtitel").text_content()).startswith("Vergleich: Ausländeranteil")


@pytest.mark.parametrize(("breite", "regeln"), [(SCHMAL, ALLE_REGELN), (BREIT, GEZEICHNET)], ids=["schmal", "breit"])
def test_axe_findet_nichts_und_nichts_rollt_waagerecht(
    axeblatt: Page, ordner: Path, breite: int, regeln: Mapping[str, Any]
) -> None:
    """All views, one after the other: what is around them stays."""
    seite = axeblatt
    seite.goto("about:blank")
    seite.set_viewport_size({"width": breite, "height": 900})
    for nummer, (ansicht, _) in enumerate(ANSICHTEN):
        _oeffne(seite, ordner, f"{QUOTE}&ansicht={ansicht}")
        assert axe(seite, regeln, "main" if nummer else "html") == [], ansicht
        assert seite.evaluate("document.documentElement.scrollWidth") <= breite, ansicht


def test_auch_von_einem_server(kontext: BrowserContext, ordner: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StillerServer, directory=str(ordner)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    wurzel = f"http://127.0.0.1:{server.server_port}/"
    seite = kontext.new_page()
    with still(seite, wurzel) as anfragen:
        seite.goto(f"{wurzel}{SEITE}{QUOTE}&ansicht=vergleich")
        _warte(seite)
        assert seite.locator("#bild .main-svg").first.is_visible()
    assert f"{wurzel}daten/erkunden/BEV-02.js" in anfragen
    assert f"{wurzel}daten/erkunden/BEV-01.js" not in anfragen
    server.shutdown()
    server.server_close()


def test_ohne_javascript_fuehrt_die_seite_zu_kennzahlen_und_daten(browser: Browser, ordner: Path) -> None:
    kontext = browser.new_context(java_script_enabled=False)
    seite = kontext.new_page()
    seite.goto((ordner / SEITE).as_uri())
    assert seite.get_by_text("Diese Seite braucht JavaScript.").is_visible()
    assert not seite.locator("#werkzeug").is_visible()
    assert seite.locator("#ohne-skript a[href='daten.html']").is_visible()
    assert seite.locator("#ohne-skript a[href='kennzahl_BEV-01.html']").count() == 1
    kontext.close()
