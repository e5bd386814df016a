"""What the interactive layer is made from: charts and specifications belong together, and say what the page says."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]  # plotly ships no types
import polars as pl
import pytest

from assets import fassung
from assets.berichte.einbetten import ORDNER as EINBETTEN
from assets.berichte.interaktiv import ORDNER
from assets.berichte.seiten import erzeuge
from assets.berichte.skripte import BERICHT, ERKUNDEN, PLOTLY, skript
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer
from schemas.herausgeber import Herausgeber
from tests.berichte import welt
from tests.berichte.seitenleser import Element, lies, lies_daten

ADRESSE = "https://teilhabe.musterland.example/berichte/"
EDITIONEN = (INTERN_LAND, OEFFENTLICH, fuer("X1"))
GEHEIM = 48_731.0


def _baue(edition: str, **anders: Any) -> dict[str, bytes]:
    trichter = welt.trichter("AZR", welt.JAHRE[-1])
    anders.setdefault("werte", welt.mit_grenzen(welt.werte(), "BEV-02"))
    daten = welt.berichtsdaten(edition=edition, umrisse=welt.umrisse(welt.land()), trichter=trichter, **anders)
    return dict(erzeuge(daten))


@pytest.fixture(scope="module")
def editionen() -> dict[str, dict[str, bytes]]:
    herausgeber = Herausgeber(name="Musterministerium", basis_url=ADRESSE)
    return {e: _baue(e, herausgeber=herausgeber) for e in EDITIONEN}


@pytest.fixture(scope="module")
def dateien(editionen: dict[str, dict[str, bytes]]) -> dict[str, bytes]:
    return editionen[INTERN_LAND]


def _bilddateien(dateien: dict[str, bytes]) -> Iterator[tuple[str, Element, dict[str, Any]]]:
    """(Name, page, its charts)."""
    for pfad, inhalt in dateien.items():
        if pfad.startswith(f"{ORDNER}/"):
            name = Path(pfad).stem
            yield name, lies(dateien[f"{name}.html"]), lies_daten(inhalt)["bilder"]


def _orte(seite: Element) -> dict[str, Element]:
    """The places of charts by the id of their title."""
    return {e.attribute["aria-labelledby"]: e for e in seite.alle() if "data-bild" in e.attribute}


@pytest.mark.parametrize("edition", EDITIONEN)
def test_jedes_diagramm_hat_seine_spezifikation_und_umgekehrt(
    editionen: dict[str, dict[str, bytes]], edition: str
) -> None:
    dateien = editionen[edition]
    mit_bildern = {name for name, _, _ in _bilddateien(dateien)}
    for pfad, inhalt in dateien.items():
        if pfad.endswith(".html") and not pfad.startswith(EINBETTEN):
            assert bool(_orte(lies(inhalt))) == (pfad.removesuffix(".html") in mit_bildern), pfad
    for name, seite, bilder in _bilddateien(dateien):
        assert set(_orte(seite)) == set(bilder), name
    erwartet = {"kreis_X1"} if edition == fuer("X1") else {"kreis_X1", "musterland", "kennzahl_BEV-02"}
    assert erwartet <= mit_bildern


NUR_WEGWEISER = {("index.html", "karte")}
"""Drawings without figures: page and class."""


@pytest.mark.parametrize("edition", EDITIONEN)
def test_jede_zeichnung_mit_zahlen_laesst_sich_speichern(editionen: dict[str, dict[str, bytes]], edition: str) -> None:
    """Every drawing is in a place that the script offers to save; the page for exploring has its own buttons."""
    gefunden = set()
    for pfad, inhalt in editionen[edition].items():
        if not pfad.endswith(".html") or pfad.startswith(EINBETTEN) or pfad == "erkunden.html":
            continue
        haupt = next(lies(inhalt).alle("main"))
        frei = [s for ort in _orte(haupt).values() for s in ort.alle("svg")]
        lose = {(pfad, " ".join(s.klassen)) for s in haupt.alle("svg") if not any(s is f for f in frei)}
        assert lose <= NUR_WEGWEISER, pfad
        gefunden |= lose
    assert gefunden == NUR_WEGWEISER


def test_jede_art_kommt_vor_und_ist_gueltiges_plotly(dateien: dict[str, bytes]) -> None:
    arten = set()
    for _, _, bilder in _bilddateien(dateien):
        for bild in bilder.values():
            if bild["art"] not in arten:
                for spec in bild["specs"]:
                    go.Figure(spec)  # raises on whatever plotly does not know
            arten.add(bild["art"])
    assert arten == {"verlauf", "vergleich", "teile", "trichter", "karte", "felder", "ueberblick", "stellen"}


def test_was_beim_zeigen_steht_steht_auch_auf_der_seite(dateien: dict[str, bytes]) -> None:
    """No number of a chart that the page does not have, written the same way."""
    gezaehlt = bereiche = 0
    for name, seite, bilder in _bilddateien(dateien):
        worte = {w for z in seite.alle("td") for w in f"{z.sichtbar} {z.text}".split()}
        for kennung, bild in bilder.items():
            for spur in (s for spec in bild["specs"] for s in spec["data"]):
                for text in filter(None, spur.get("hovertext") or [spur.get("text")]):
                    for satz in text.split("<br>"):
                        gezeigt = satz.rpartition(": ")[2].partition(", ")[0].split()
                        assert set(gezeigt) <= worte, (name, kennung, text)
                        bereiche += satz.startswith("Schwankungsbereich: ")
                    gezaehlt += 1
    assert gezaehlt > 500
    assert bereiche > 40


def test_zahlen_der_spezifikation_sind_die_gezeigten(dateien: dict[str, bytes]) -> None:
    """Points are where their words say: nothing is drawn from digits that nobody sees."""
    gezaehlt = 0
    for _, _, bilder in _bilddateien(dateien):
        for bild in bilder.values():
            achse = "x" if bild["art"] in ("vergleich", "teile") else "y"
            for spur in (s for spec in bild["specs"] for s in spec["data"] if s.get("hovertext")):
                for wert, text in zip(spur[achse], spur["hovertext"], strict=True):
                    zahl = re.search(r": (−?[\d.]+(?:,\d+)?)(?:, |<br>|$)", text)
                    assert (wert is None) == (zahl is None)
                    if zahl is not None:
                        assert wert == float(zahl[1].replace(".", "").replace(",", ".").replace("−", "-"))
                        gezaehlt += 1
    assert gezaehlt > 500


def test_linien_auf_dem_bildschirm_sind_die_gezeichneten(dateien: dict[str, bytes]) -> None:
    """As many points in the drawing as in the specification, at the places the scales give them."""
    verglichen = 0
    for _, seite, bilder in _bilddateien(dateien):
        orte = _orte(seite)
        for kennung, bild in bilder.items():
            if bild["art"] != "verlauf":
                continue
            layout = bild["specs"][0]["layout"]
            (spur,) = (s for s in bild["specs"][0]["data"] if s["meta"] == "kreis")
            rand, (von, bis) = layout["margin"], layout["yaxis"]["range"]
            hoehe = layout["height"] - rand["t"] - rand["b"]
            soll = [layout["height"] - rand["b"] - (y - von) / (bis - von) * hoehe for y in spur["y"] if y is not None]
            breit = next(s for s in orte[kennung].alle("svg") if "breit" in s.klassen)
            ist = [float(k.attribute["cy"]) for k in breit.alle("circle") if "m-kreis" in k.klassen]
            assert ist == pytest.approx(soll, abs=0.051)
            verglichen += len(ist)
    assert verglichen > 100


def test_titel_und_dateinamen_nennen_kennzahl_gebiet_und_jahr(dateien: dict[str, bytes]) -> None:
    bilder = {name: b for name, _, b in _bilddateien(dateien)}
    bild = bilder["kreis_X1"]["k-bev-02-azr-verlauf"]
    assert bild["namen"] == ["BEV-02", "AZR", "Verlauf", "Birkenau (Stadt)", "2023 bis 2025"]
    titel = "Verlauf: Ausländeranteil, Register, geliefert, Birkenau (Stadt), 2023 bis 2025, in Prozent"
    assert bild["titel"] == titel
    for seite in bilder.values():
        namen = [tuple(b["namen"]) for b in seite.values()]
        assert len(namen) == len(set(namen))


def test_der_eigene_kreis_ist_im_vergleich_benannt(dateien: dict[str, bytes]) -> None:
    eigene = {name: b["k-bev-02-azr-vergleich"]["eigene"] for name, _, b in _bilddateien(dateien) if "BEV-02" in name}
    assert eigene == {"kennzahl_BEV-02": ""}
    kreis = next(b for name, _, b in _bilddateien(dateien) if name == "kreis_X3")["k-bev-02-azr-vergleich"]
    assert kreis["eigene"] == "Quellmoor"
    assert kreis["eigene"] in kreis["specs"][0]["data"][0]["y"]


def test_geheimes_steht_in_keiner_bilddatei() -> None:
    """The values of the public edition alone decide: with the number it is found, without it nowhere."""
    gesucht = re.compile(rb"48\.?731")

    def fundorte(wert: float | None, status: str) -> list[str]:
        eine = welt.zeile("IBZ-03", "ANZAHL", "X6", 2025, wert, wertstatus=status)
        seiten = _baue(OEFFENTLICH, werte=pl.concat([welt.werte(), welt.tabelle([eine])]))
        return [p for p, i in seiten.items() if p.startswith((ORDNER, EINBETTEN)) and gesucht.search(i)]

    assert fundorte(GEHEIM, "N")
    assert fundorte(None, "G") == []


@pytest.mark.parametrize("edition", EDITIONEN)
def test_skripte_laufen_nur_wo_es_etwas_zu_tun_gibt(editionen: dict[str, dict[str, bytes]], edition: str) -> None:
    dateien = editionen[edition]
    assert {BERICHT, PLOTLY} <= set(dateien)
    mit_bildern = {f"{name}.html" for name, _, _ in _bilddateien(dateien)}
    for pfad, inhalt in dateien.items():
        if not pfad.endswith(".html"):
            continue
        text = inhalt.decode()
        skripte = re.findall(r"<script (?!type=\"application/ld)([^>]*)>", text)
        erwartet = BERICHT if pfad in mit_bildern else ERKUNDEN if pfad == "erkunden.html" else ""
        seite = pfad.removesuffix(".html")
        assert skripte == ([f'src="{erwartet}" data-seite="{seite}" defer'] if erwartet else []), pfad
        assert ("script-src 'self'; style-src 'self' 'unsafe-inline';" in text) == bool(erwartet)
        assert "unsafe-eval" not in text
        assert text.count("unsafe") == bool(erwartet)


def test_dieselben_daten_geben_dieselben_dateien(dateien: dict[str, bytes]) -> None:
    herausgeber = Herausgeber(name="Musterministerium", basis_url=ADRESSE)
    gemischt = welt.mit_grenzen(welt.werte(), "BEV-02").sample(fraction=1, shuffle=True, seed=3)
    andere = _baue(INTERN_LAND, herausgeber=herausgeber, werte=gemischt)
    assert {p: i for p, i in andere.items() if p.startswith("assets/")} == {
        p: i for p, i in dateien.items() if p.startswith("assets/")
    }


@pytest.mark.skipif(shutil.which("node") is None, reason="Kein node gefunden: Die Skripte wurden NICHT gelesen.")
@pytest.mark.parametrize("pfad", [BERICHT, ERKUNDEN])
def test_skripte_sind_richtig_geschrieben(tmp_path: Path, pfad: str) -> None:
    datei = tmp_path / "skript.js"
    datei.write_bytes(skript(pfad)[1])
    ergebnis = subprocess.run(["node", "--check", str(datei)], capture_output=True, text=True, check=False)
    assert ergebnis.returncode == 0, ergebnis.stderr


def test_berichte_gelten_als_veraltet_wenn_plotly_ein_anderes_ist(monkeypatch: pytest.MonkeyPatch) -> None:
    jetzt = fassung.fassung_berichte(welt.land())
    monkeypatch.setattr(fassung, "version", lambda _: "99.0")
    assert fassung.fassung_berichte(welt.land()) != jetzt


def test_nur_die_oeffentliche_fassung_laesst_sich_einbetten(editionen: dict[str, dict[str, bytes]]) -> None:
    for edition, dateien in editionen.items():
        kleine = sorted(p for p in dateien if p.startswith(f"{EINBETTEN}/"))
        codes = [p for p, i in dateien.items() if p.endswith(".html") and b"&lt;iframe" in i]
        assert bool(kleine) == bool(codes) == (edition == OEFFENTLICH)
    assert {f"{EINBETTEN}/BEV-02_verlauf.html", f"{EINBETTEN}/BEV-02_vergleich.html"} <= set(editionen[OEFFENTLICH])


def test_der_code_nennt_adresse_und_titel(editionen: dict[str, dict[str, bytes]]) -> None:
    dateien = editionen[OEFFENTLICH]
    codes = [c.text for c in lies(dateien["kennzahl_BEV-02.html"]).alle("code")]
    assert len(codes) == 2
    for code in codes:
        (rahmen,) = lies(code).alle("iframe")
        assert rahmen.attribute["src"].startswith(f"{ADRESSE}{EINBETTEN}/BEV-02_")
        assert rahmen.attribute["src"].removeprefix(ADRESSE) in dateien
        assert "Ausländeranteil" in rahmen.attribute["title"]
        assert int(rahmen.attribute["height"]) > 400


def test_ohne_adresse_des_herausgebers_ist_der_code_relativ_und_die_seite_sagt_es() -> None:
    dateien = _baue(OEFFENTLICH)
    seite = lies(dateien["kennzahl_BEV-02.html"])
    (rahmen, _) = (next(lies(c.text).alle("iframe")) for c in seite.alle("code"))
    assert rahmen.attribute["src"] in dateien
    assert f"Vor „{rahmen.attribute['src']}“ gehört die Adresse" in seite.text


def _herkunft(name: str) -> str:
    """The page a small page is from."""
    if name == "hilfe":
        return name
    links, _, rechts = name.rpartition("_")
    return f"kreis_{rechts}" if links == "ueberblick" else f"kennzahl_{links}"


def test_eingebettetes_hat_diagramm_tabelle_quelle_lizenz_und_weg_zurueck(
    editionen: dict[str, dict[str, bytes]],
) -> None:
    dateien = editionen[OEFFENTLICH]
    kleine = {p: i for p, i in dateien.items() if p.startswith(f"{EINBETTEN}/")}
    for pfad, inhalt in kleine.items():
        text, baum = inhalt.decode(), lies(inhalt)
        assert "<script" not in text
        assert not re.findall(r'(?:src|action|data)\s*=\s*"', text)
        assert next(baum.alle("base")).attribute == {"href": "../", "target": "_blank"}
        for verweis in baum.alle("a", "link"):
            ziel, _, anker = verweis.attribute["href"].partition("#")
            assert ziel in dateien
            assert not anker or anker in {e.attribute.get("id") for e in lies(dateien[ziel]).alle()}
        # What the map tells stands in the list below it; an overview of all indicators has all their sources.
        mit_tabelle, einer_kennzahl = pfad != f"{EINBETTEN}/hilfe.html", "ueberblick" not in pfad
        assert any(True for _ in baum.alle("table")) == mit_tabelle
        assert next(baum.alle("svg"))
        assert ("Quelle: " in baum.text) == (mit_tabelle and einer_kennzahl)
        assert "Datenlizenz Deutschland" in baum.text
        assert f"{ADRESSE}{_herkunft(Path(pfad).stem)}.html" in baum.text
        assert "Erfundene Beispieldaten" in baum.text
