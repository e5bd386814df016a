"""Charts of the pages in a real browser: drawn by plotly when asked to and back, by keyboard, as files, embedded."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assets.berichte.ablegen import veroeffentliche
from assets.berichte.interaktiv import ORDNER
from assets.berichte.seiten import erzeuge
from assets.berichte.skripte import BERICHT, PLOTLY
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import Herausgeber
from tests.berichte import welt
from tests.berichte.seitenarten import ALLE_REGELN, BREIT, GEZEICHNET, SCHMAL, axe
from tests.berichte.seitenleser import lies_daten
from tests.berichte.stille import StillerServer, still

SEITEN = ["kreis_X1.html", "kennzahl_BEV-02.html", "musterland.html"]
VERLAUF, VERGLEICH = "k-bev-02-azr-verlauf", "k-bev-02-azr-vergleich"
SVG = "{http://www.w3.org/2000/svg}"
ADRESSE = "https://teilhabe.musterland.example/"
MIT_PLOTLY = "[data-bild='']"
"""Places of charts that can be drawn anew; overviews can only be saved."""


@pytest.fixture(scope="module")
def ordner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    daten = welt.berichtsdaten(
        werte=welt.mit_grenzen(welt.werte(), "BEV-02"),
        umrisse=welt.umrisse(welt.land()),
        trichter=welt.trichter("AZR", welt.JAHRE[-1]),
        edition=OEFFENTLICH,
        herausgeber=Herausgeber(name="Musterministerium", basis_url=ADRESSE),
    )
    return veroeffentliche(erzeuge(daten), tmp_path_factory.mktemp("interaktiv"), OEFFENTLICH)


def _ort(seite: Page, kennung: str) -> Locator:
    return seite.locator(f"[data-bild][aria-labelledby='{kennung}']")


def _leiste(seite: Page, kennung: str) -> Locator:
    """The buttons of a chart: inside of a figure, else behind the table or list."""
    innen = _ort(seite, kennung).locator("> .bildknoepfe")
    return innen if innen.count() else seite.locator(f"[aria-labelledby='{kennung}'] + .bildknoepfe")


def _schalter(seite: Page, kennung: str) -> Locator:
    return _leiste(seite, kennung).get_by_role("button", name="Interaktiv anzeigen")


def _zeige(seite: Page, kennung: str) -> Locator:
    """Has a chart drawn and returns where."""
    _schalter(seite, kennung).click()
    expect(_schalter(seite, kennung)).to_have_attribute("aria-pressed", "true", timeout=30_000)
    return seite.locator(".interaktiv").last


def _alle(seite: Page, wo: str = "[data-bild]") -> list[str]:
    orte = seite.locator(wo)
    return list(orte.evaluate_all("orte => orte.map(o => o.getAttribute('aria-labelledby'))"))


def _gezeichnet(flaeche: Locator) -> list[dict[str, Any]]:
    text = flaeche.evaluate("e => JSON.stringify([...e.children].map(({data, layout}) => ({data, layout})))")
    figuren: list[dict[str, Any]] = json.loads(text)
    return figuren


@pytest.mark.parametrize("name", SEITEN)
def test_jedes_diagramm_wird_von_plotly_gezeichnet_und_wieder_zum_bild(seite: Page, ordner: Path, name: str) -> None:
    with still(seite, ordner.as_uri()) as anfragen:
        seite.goto((ordner / name).as_uri())
        vorher = seite.locator("main").inner_html()
        assert not [a for a in anfragen if ORDNER in a or PLOTLY in a]
        bilder = lies_daten((ordner / ORDNER / f"{Path(name).stem}.js").read_bytes())["bilder"]
        assert _alle(seite) == sorted(bilder, key=_alle(seite).index)
        assert set(_alle(seite, MIT_PLOTLY)) == {k for k, bild in bilder.items() if bild["specs"]}
        for kennung in _alle(seite, MIT_PLOTLY):
            flaeche = _zeige(seite, kennung)
            assert flaeche.locator(".main-svg").first.is_visible()
            assert flaeche.locator(".modebar, .plotlyjsicon, a").count() == 0
            werte = [[w for s in f["data"] for w in s["x"] if w is not None] for f in _gezeichnet(flaeche)]
            assert [len(w) for w in werte] >= [
                sum(x is not None for s in spec["data"] for x in s["x"]) for spec in bilder[kennung]["specs"]
            ]
            assert not _ort(seite, kennung).locator("> svg, > .paar, td:last-child").first.is_visible()
            _schalter(seite, kennung).click()
            assert seite.locator(".interaktiv").count() == 0
        # Made once each, and then there.
        assert len([a for a in anfragen if PLOTLY in a]) == 1
        assert len([a for a in anfragen if ORDNER in a]) == 1
        assert seite.locator("main").inner_html() == vorher


def test_plotly_zeichnet_werte_farben_und_worte_der_spezifikation(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "kreis_X1.html").as_uri())
    (spec,) = lies_daten((ordner / ORDNER / "kreis_X1.js").read_bytes())["bilder"][VERLAUF]["specs"]
    flaeche = _zeige(seite, VERLAUF)
    (figur,) = _gezeichnet(flaeche)
    for soll, ist in zip(spec["data"], figur["data"], strict=True):
        assert {k: ist[k] for k in ("x", "y", "line", "meta")} == {k: soll[k] for k in ("x", "y", "line", "meta")}
    assert figur["layout"]["yaxis"]["range"] == spec["layout"]["yaxis"]["range"]
    striche = flaeche.locator(".ytick text").all_text_contents()
    assert striche == spec["layout"]["yaxis"]["ticktext"]
    # Whoever points at a value reads it as it stands in the table.
    flaeche.locator(".scatterlayer .point").last.hover(force=True)
    hinweis = flaeche.locator(".hoverlayer .hovertext").first
    worte = {t for s in spec["data"] for t in s.get("hovertext", []) if "<br>Schwankungsbereich: " in t}
    assert hinweis.text_content() in {t.replace("<br>", "") for t in worte}
    assert flaeche.locator(".errorbar").count() == 3


def test_im_vergleich_ist_der_eigene_kreis_hervorgehoben(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "kreis_X1.html").as_uri())
    farben = seite.locator("tr.eigen .m-punkt, tr:not(.eigen) .m-punkt").evaluate_all(
        "punkte => [...new Set(punkte.map(p => getComputedStyle(p).fill))]"
    )
    (figur,) = _gezeichnet(_zeige(seite, VERGLEICH))
    marke = figur["data"][0]["marker"]
    assert marke["color"].count(marke["color"][0]) == 1
    assert len(set(marke["color"])) == len(farben) == 2
    assert figur["layout"]["yaxis"]["ticktext"][0] == "Birkenau (Stadt)"
    assert _ort(seite, VERGLEICH).locator("tbody td").first.is_visible()
    legende = seite.locator(".interaktiv + .anmerkung")
    assert "Senkrechte Linie und Raute: Musterland." in str(legende.text_content())
    assert "Waagerechte Striche: Bereich zufälliger Schwankung (95 %)" in str(legende.text_content())


def test_mit_der_tastatur_allein_und_wer_zuhoert_erfaehrt_es(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "kreis_X1.html").as_uri())
    schalter = _schalter(seite, VERLAUF)
    assert schalter.get_attribute("aria-pressed") == "false"
    schalter.focus()
    seite.keyboard.press("Enter")
    expect(schalter).to_have_attribute("aria-pressed", "true", timeout=30_000)
    meldung = seite.locator("[role=status]")
    assert meldung.text_content() == "Das Diagramm ist interaktiv. Alle Werte stehen in der Tabelle."
    assert schalter.evaluate("e => e === document.activeElement")
    name = str(seite.locator(".interaktiv").get_attribute("aria-label"))
    assert "Verlauf: Ausländeranteil" in name
    assert "Birkenau (Stadt)" in name
    seite.keyboard.press("Tab")
    assert str(seite.evaluate("document.activeElement.textContent")).startswith("Speichern")
    seite.keyboard.press("Enter")
    seite.keyboard.press("Tab")
    assert str(seite.evaluate("document.activeElement.textContent")).startswith("als SVG")
    seite.keyboard.press("Shift+Tab")
    seite.keyboard.press("Shift+Tab")
    seite.keyboard.press("Space")
    expect(schalter).to_have_attribute("aria-pressed", "false")
    assert meldung.text_content() == "Das Diagramm ist wieder ein Bild."
    assert schalter.evaluate("e => e === document.activeElement")


def _gespeichert(seite: Page, kennung: str, endung: str) -> tuple[str, bytes]:
    leiste = _leiste(seite, kennung)
    leiste.locator("details").evaluate("d => d.open = true")
    with seite.expect_download() as warten:
        leiste.get_by_role("button", name=f"als {endung}").click()
    return warten.value.suggested_filename, Path(warten.value.path()).read_bytes()


def _sagt(svg: ET.Element) -> str:
    return " ".join("".join(t.itertext()) for t in svg.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", SEITEN)
def test_jedes_diagramm_laesst_sich_speichern_auch_ohne_plotly(seite: Page, ordner: Path, name: str) -> None:
    with still(seite, ordner.as_uri()) as anfragen:
        seite.goto((ordner / name).as_uri())
        dateien = dict(_gespeichert(seite, kennung, "SVG") for kennung in _alle(seite))
        assert len(dateien) == len(_alle(seite))
        for datei, inhalt in dateien.items():
            svg = ET.fromstring(inhalt)  # noqa: S314  # made by our own page
            text = _sagt(svg)
            assert str(svg.findtext(f"{SVG}title")) in text
            for wort in ("Musterministerium", "Datenlizenz Deutschland", "Erfundene Beispieldaten", ADRESSE):
                assert wort in text, (datei, wort)
            # What shows many indicators has no room for all their sources, and says what its signs mean.
            assert ("Der Punkt ist" if datei.startswith("ueberblick") else "Quelle:") in text
            assert [e.attrib for e in svg.iter() if {"class", "style", "href"} & set(e.attrib)] == []
            assert b"var(" not in inhalt
            assert len(list(svg.iter(f"{SVG}path"))) + len(list(svg.iter(f"{SVG}circle"))) > 1
        assert not [a for a in anfragen if PLOTLY in a]


def test_dateien_nennen_kennzahl_gebiet_und_jahr_und_png_ist_doppelt_so_fein(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "kreis_X1.html").as_uri())
    name, svg = _gespeichert(seite, VERLAUF, "SVG")
    assert name == "bev-02_azr_verlauf_birkenau-stadt_2023-bis-2025.svg"
    name, png = _gespeichert(seite, VERLAUF, "PNG")
    assert name == "bev-02_azr_verlauf_birkenau-stadt_2023-bis-2025.png"
    assert png.startswith(b"\x89PNG")
    masse = [int.from_bytes(png[i : i + 4], "big") for i in (16, 20)]
    blatt = ET.fromstring(svg)  # noqa: S314  # made by our own page
    assert masse == [2 * int(float(blatt.attrib[m])) for m in ("width", "height")]
    assert len(png) > 10_000


def test_gespeichertes_hat_die_farben_der_seite_und_die_zahlen_der_tabelle(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "kreis_X1.html").as_uri())
    linie = _ort(seite, VERLAUF).locator("path.l-kreis").first
    farbe = linie.evaluate("e => getComputedStyle(e).stroke")
    _, svg = _gespeichert(seite, VERLAUF, "SVG")
    striche = {p.attrib.get("stroke") for p in ET.fromstring(svg).iter(f"{SVG}path")}  # noqa: S314  # our own page
    assert farbe in striche
    _, svg = _gespeichert(seite, VERGLEICH, "SVG")
    text = _sagt(ET.fromstring(svg))  # noqa: S314  # made by our own page
    zeilen = (
        _ort(seite, VERGLEICH)
        .locator("tbody tr")
        .evaluate_all(
            "zeilen => zeilen.map(z => [z.cells[0].firstChild.textContent, z.cells[1].firstChild.textContent])"
        )
    )
    for gebiet, wert in zeilen:
        assert str(wert) in text
        assert all(wort in text for wort in str(gebiet).split())


def test_gespeichertes_erklaert_die_zeichen_die_es_zeigt(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "musterland.html").as_uri())
    _, svg = _gespeichert(seite, "k-ibz-01-stichtag-vergleich", "SVG")
    text = _sagt(ET.fromstring(svg))  # noqa: S314  # made by our own page
    assert "Zeichen: V (vorläufig), G (geheim" in text
    assert "F (fehlt)" in text


@pytest.mark.parametrize("breite", [SCHMAL, BREIT])
@pytest.mark.parametrize("name", SEITEN)
def test_axe_findet_nichts_und_nichts_rollt_waagerecht(axeblatt: Page, ordner: Path, name: str, breite: int) -> None:
    """Everything unfolded and drawn by plotly; other tests check the rest of pages."""
    seite = axeblatt
    seite.set_viewport_size({"width": breite, "height": 900})
    seite.goto((ordner / name).as_uri())
    seite.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for kennung in _alle(seite, MIT_PLOTLY):
        _zeige(seite, kennung)
    teile = "[data-bild], .interaktiv, .bildknoepfe, .einbetten"
    assert axe(seite, ALLE_REGELN if breite == SCHMAL else GEZEICHNET, teile) == []
    assert seite.evaluate("document.documentElement.scrollWidth") <= breite
    # Nobody who goes through a page by keyboard gets caught in a drawing.
    assert seite.evaluate("document.querySelectorAll('.interaktiv :is(a, button, input, [tabindex])').length") == 0


def test_erzwungene_farben_gelten_auch_fuer_plotly(seite: Page, ordner: Path) -> None:
    seite.emulate_media(forced_colors="active", color_scheme="dark")
    seite.goto((ordner / "kreis_X1.html").as_uri())
    flaeche = _zeige(seite, VERLAUF)
    grund, schrift = (
        flaeche.locator(teil).first.evaluate(f"e => getComputedStyle(e).{was}")
        for teil, was in ((".main-svg", "backgroundColor"), (".ytick text", "fill"))
    )
    assert grund == seite.evaluate("getComputedStyle(document.body).backgroundColor")
    assert schrift == seite.evaluate("getComputedStyle(document.body).color")
    assert grund != schrift


def test_ohne_javascript_gibt_es_keinen_knopf(browser: Browser, ordner: Path) -> None:
    kontext = browser.new_context(java_script_enabled=False)
    seite = kontext.new_page()
    seite.goto((ordner / "kreis_X1.html").as_uri())
    assert seite.locator("button, .bildknoepfe").count() == 0
    assert _ort(seite, VERLAUF).locator("svg.breit").is_visible()
    kontext.close()


def test_fehlt_eine_datei_bleibt_das_bild_und_die_seite_sagt_es(blatt: Page, ordner: Path) -> None:
    seite = blatt
    seite.route(f"**/{PLOTLY}", lambda weg: weg.abort())
    seite.goto((ordner / "kreis_X1.html").as_uri())
    _schalter(seite, VERLAUF).click()
    expect(seite.locator("[role=status]")).to_have_text(f"Die Datei {PLOTLY} ließ sich nicht laden.")
    assert _ort(seite, VERLAUF).locator("svg.breit").is_visible()
    assert _schalter(seite, VERLAUF).get_attribute("aria-pressed") == "false"
    seite.unroute(f"**/{PLOTLY}")
    _zeige(seite, VERLAUF)


def test_gedruckt_stehen_keine_knoepfe_da(seite: Page, ordner: Path) -> None:
    seite.goto((ordner / "kennzahl_BEV-02.html").as_uri())
    assert seite.locator(".bildknoepfe").first.is_visible()
    assert seite.locator(".einbetten").first.is_visible()
    seite.emulate_media(media="print")
    assert seite.locator(".bildknoepfe:visible, .einbetten:visible").count() == 0


@pytest.fixture(scope="module")
def server(ordner: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StillerServer, directory=str(ordner))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("art", ["verlauf", "vergleich"])
def test_der_code_zeigt_das_diagramm_auf_einer_fremden_seite(
    browser: Browser, ordner: Path, server: str, art: str
) -> None:
    kontext = browser.new_context(viewport={"width": BREIT, "height": 1000})
    seite = kontext.new_page()
    seite.goto((ordner / "kennzahl_BEV-02.html").as_uri())
    code = str(seite.locator(".code").nth(["verlauf", "vergleich"].index(art)).text_content())
    with still(seite, server) as anfragen:
        fremde = f"<!doctype html><html lang=de><title>Zeitung</title>{code.replace(ADRESSE, server)}"
        seite.route(f"{server}zeitung", lambda weg: weg.fulfill(body=fremde, content_type="text/html"))
        seite.goto(f"{server}zeitung")
        rahmen = seite.frame_locator("iframe")
        expect(rahmen.get_by_role("heading", level=1)).to_have_text("Ausländeranteil")
        assert rahmen.locator("table").first.is_visible() == (art == "vergleich")
        assert rahmen.locator("svg:visible").count() > 0
        inneres = next(f for f in seite.frames if f.parent_frame)
        hoehen = inneres.evaluate("[document.documentElement.scrollHeight, innerHeight]")
        assert hoehen[0] <= hoehen[1]
        assert f"{server}{BERICHT}" not in anfragen
    with kontext.expect_page() as neue:
        rahmen.get_by_role("link", name="Zur Seite der Kennzahl").click()
    assert neue.value.url.startswith(f"{server}kennzahl_BEV-02.html#")
    kontext.close()
