"""Pages beside the reports: offices, easy language, welcome, statements; and which edition has which page."""

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from assets.berichte.begleitseiten import FUSSZEILE, SPRACHEN
from assets.berichte.leichte_sprache import FEHLT, GEHEIM, in_leichten_worten
from assets.berichte.rechtliches import angaben, offene_angaben
from assets.berichte.seiten import erzeuge
from schemas.editionen import OEFFENTLICH, fuer
from schemas.herausgeber import Herausgeber
from schemas.laender import lade_land
from schemas.modell import Land
from schemas.veroeffentlichung import Barrierefreiheit, LeichteZahl, Stelle, Veroeffentlichung
from tests.berichte import welt
from tests.berichte.seitenleser import Element, lies
from tests.berichte.welt import zeile

LEICHTE_ZAHLEN = (
    LeichteZahl("Wie viele Menschen leben hier?", "BEV-01", ("FORT",), "Es sind {zahl} Menschen."),
    LeichteZahl("Wie viele Beratungs-Stellen gibt es?", "IBZ-01", ("STICHTAG",), "Es gibt {zahl} Stellen."),
    LeichteZahl("Gibt es das?", "GIBT-ES-NICHT", ("X",), "Es sind {zahl}."),
)
STELLEN = Barrierefreiheit(
    "Mustergesetz über Barrierefreiheit",
    Stelle("Überwachung", "Musterstadt", "ueberwachung@amt.example"),
    Stelle("Durchsetzung", "Musterstadt", "durchsetzung@amt.example"),
    "erfunden",
)


def _land(**anders: Any) -> Land:
    return replace(welt.land(), veroeffentlichung=Veroeffentlichung(LEICHTE_ZAHLEN, STELLEN, {"ar": "أرض"}), **anders)


def _seiten(**anders: Any) -> dict[str, Element]:
    daten = welt.berichtsdaten(**({"land": _land()} | anders))
    return {p: lies(inhalt) for p, inhalt in erzeuge(daten) if p.endswith(".html")}


@pytest.fixture(scope="module")
def seiten() -> dict[str, Element]:
    return _seiten()


def _stellen() -> pl.DataFrame:
    """One office in a hundred ways: shown, not released, closed, of a kind that advises nobody, and of last year."""
    muster = welt.stellen().filter(berichtsjahr=2025).to_dicts()[0]
    faelle: dict[str, dict[str, object]] = {
        "Zentrum Nord": {
            "kontakt": "nord@rat.example",
            "anschrift": "Weg 1, 12345 Ort",
            "oeffnungsstunden_woche": 20.5,
        },
        "Zentrum Geheim": {"oeffentlich": "N"},
        "Zentrum Zu": {"aktiv_bis": date(2026, 2, 28)},
        "Zentrum Bald Zu": {"aktiv_bis": date(2026, 3, 31), "art": "RKB"},
        "Koordination": {"art": "KOORD"},
        "Zentrum Alt": {"berichtsjahr": 2024},
        "Zentrum Süd": {"meldeeinheit": "X3", "berichtsjahr": 2024, "art": "FSA"},
    }
    zeilen = [
        muster | {"anschrift": None} | fall | {"name": name, "stelle_id": f"S{n}"}
        for n, (name, fall) in enumerate(faelle.items())
    ]
    return pl.DataFrame(zeilen, schema=welt.stellen().schema)


def test_hilfe_nennt_nur_offene_freigegebene_stellen_die_beraten() -> None:
    seite = _seiten(stellen=_stellen())["hilfe.html"]
    text = next(seite.alle("main")).text
    gezeigt = {s.text for s in seite.alle("strong") if s.eltern is not None and s.eltern.name == "li"}
    assert gezeigt == {"Zentrum Nord", "Zentrum Bald Zu", "Zentrum Süd"}
    assert "Geheim" not in text
    for wort in ("Weg 1, 12345 Ort", "nord@rat.example", "20,5\u00a0Stunden in der Woche", "Deutsch, Ukrainisch"):
        assert wort in text
    assert "Ort an der Grenze 1" in text, "ohne Anschrift steht die Gemeinde da"
    assert "Nach dem Verzeichnis der Stellen 2024" in text, "wer neu nichts geliefert hat, behält das ältere"
    zahlen = [li.text for li in seite.alle("li") if re.search(r"Stellen?$", li.text)]
    assert zahlen[:3] == ["Birkenau (Stadt) 2 Stellen", "Birkenau (Landkreis) 0 Stellen", "Quellmoor 1 Stelle"]


def test_karte_der_stellen_fuehrt_zu_den_abschnitten() -> None:
    seite = _seiten(stellen=_stellen(), umrisse=welt.umrisse(welt.land()))["hilfe.html"]
    karte = next(s for s in seite.alle("svg") if "karte" in s.klassen)
    ziele = {a.attribute["href"]: next(a.alle("text")).text for a in karte.alle("a")}
    assert ziele["hilfe.html#h-x1"] == "2"
    assert all(seite.mit_id(ziel.removeprefix("hilfe.html#")).name == "h2" for ziel in ziele)


# Easy language -----------------------------------------------------------------------------------------------------

_VERNEINT = re.compile(r"\b(nicht|kein\w*|nie\w*|ohne|un(möglich|bekannt)\w*)\b", re.IGNORECASE)
_ABGEKUERZT = re.compile(r"\b(z\. ?B|usw|d\. ?h|bzw|ca|evtl|[A-ZÄÖÜ]{2,})\b")


def _leichte_saetze(seite: Element) -> list[str]:
    teile = [e.text for e in seite.alle("h1", "h2", "p", "li") if _liegt_in(e, "leicht")]
    return [s.strip() for t in teile for s in re.split(r"(?<=[.?!:])\s+", t) if s.strip()]


def _liegt_in(element: Element, klasse: str) -> bool:
    eltern = element.eltern
    return eltern is not None and (klasse in eltern.klassen or _liegt_in(eltern, klasse))


@pytest.mark.parametrize("land", [_land(), lade_land("sachsen")], ids=["Musterland", "Land"])
def test_leichte_sprache_haelt_ihre_regeln(land: Land) -> None:
    adresse = Herausgeber(mail_barrierefreiheit="hallo@amt.example")
    werte = welt.werte() if land.id == "musterland" else welt.werte().clear()
    daten = welt.berichtsdaten(land=land, werte=werte, herausgeber=adresse, texte=welt.texte().clear())
    seite = lies(dict(erzeuge(daten))["leichte-sprache.html"])
    saetze = _leichte_saetze(seite)
    assert len(saetze) > 40
    namen = [m.name for m in land.meldeeinheiten]
    for satz in saetze:
        ohne_namen = satz
        for name in namen:
            ohne_namen = ohne_namen.replace(name, "Name")
        assert len(ohne_namen.split()) <= 12, satz
        assert "%" not in satz
        assert not _VERNEINT.search(ohne_namen), satz
        assert not _ABGEKUERZT.search(ohne_namen), satz
        lang = [w for w in re.findall(r"[A-Za-zÄÖÜäöüß]+", ohne_namen) if len(w) > 13]
        assert not lang, f"ohne Bindestrich: {lang}"


def test_leichte_zahlen_sind_gerundet_und_sagen_was_fehlt(seiten: dict[str, Element]) -> None:
    text = next(seiten["leichte-sprache.html"].alle("main")).text.partition("Zahlen aus den Kreisen")[2]
    erster = text.partition(f"Zum Bericht von {welt.NAMEN[0]}")[0]
    assert re.search(r"Es sind etwa \d+ Tausend Menschen\. Die Zahl ist aus dem Jahr 2024\.", erster)
    assert text.count(GEHEIM) == 1, "eine Zahl ist gesperrt"
    assert text.count(FEHLT) == 1, "eine hat nie jemand geliefert"
    assert "GIBT-ES-NICHT" not in text
    assert "Gibt es das?" not in text


@pytest.mark.parametrize(
    ("wert", "text"),
    [
        (0, "0"),
        (7, "7"),
        (99, "99"),
        (104, "etwa 100"),
        (105, "etwa 110"),
        (1250, "etwa 1.300"),
        (9_949, "etwa 9.900"),
        (9_950, "etwa 10.000"),
        (12_499, "etwa 12 Tausend"),
        (1_234_500, "etwa 1.235 Tausend"),
    ],
)
def test_zahlen_in_leichten_worten(wert: float, text: str) -> None:
    assert in_leichten_worten(wert) == text


def test_ein_land_ohne_leichte_zahlen_hat_nur_den_text() -> None:
    seite = _seiten(land=welt.land())["leichte-sprache.html"]
    assert "Zahlen aus den" not in seite.text
    assert "Wo bekommen Sie Hilfe?" in seite.text


# Languages and statements ------------------------------------------------------------------------------------------


def test_willkommen_ist_in_seiner_sprache_und_richtung_und_der_rahmen_deutsch(seiten: dict[str, Element]) -> None:
    for sprache in SPRACHEN:
        html = next(seiten[sprache.seite].alle("html"))
        assert html.attribute["lang"] == sprache.code
        assert html.attribute.get("dir", "ltr") == sprache.richtung
        for rahmen in ("header", "footer"):
            teil = next(html.alle(rahmen))
            assert (teil.attribute["lang"], teil.attribute["dir"]) == ("de", "ltr")
        kreise = [a for a in next(html.alle("main")).alle("a") if a.attribute["href"].startswith("kreis_")]
        assert len(kreise) == len(welt.NAMEN)
        assert len([s for s in html.alle("span") if s.attribute.get("lang") == "de"]) == 10
    assert "أرض" in seiten["willkommen-ar.html"].text
    assert "Musterland" in next(seiten["willkommen-en.html"].alle("main")).text


def test_jede_seite_fuehrt_zu_rat_sprachen_und_pflichtangaben(seiten: dict[str, Element]) -> None:
    ziele = {ziel for ziel, _ in FUSSZEILE} | {s.seite for s in SPRACHEN}
    for seite in seiten.values():
        fuss = {a.attribute["href"] for a in next(seite.alle("footer")).alle("a")}
        assert ziele <= fuss


def test_platzhalter_sind_zu_sehen_und_verschwinden_mit_der_angabe(seiten: dict[str, Element]) -> None:
    muster = Herausgeber()
    assert len(offene_angaben(muster)) == len(fields(muster))
    for seite in ("impressum.html", "datenschutz.html", "barrierefreiheit.html"):
        assert "[noch einzutragen: " in seiten[seite].text
        assert ".invalid" not in seiten[seite].text
    adressen = {"basis_url": "https://amt.example/", "beitragskennung": "http://dcat-ap.de/def/contributors/amt"}
    adressen |= {f.name: f"{f.name}@amt.example" for f in fields(muster) if f.name.startswith("mail")}
    voll = Herausgeber(**{f.name: adressen.get(f.name, f"Angabe {f.name}") for f in fields(muster)})
    assert offene_angaben(voll) == ()
    gefuellt = _seiten(herausgeber=voll)
    for seite in ("impressum.html", "datenschutz.html", "barrierefreiheit.html", "leichte-sprache.html"):
        assert "einzutragen" not in gefuellt[seite].text
    assert angaben(voll)["telefon"] in gefuellt["impressum.html"].text


def test_die_erklaerung_behauptet_nichts_und_nennt_maengel_kontakt_und_stellen(seiten: dict[str, Element]) -> None:
    text = next(seiten["barrierefreiheit.html"].alle("main")).text
    assert "behauptet diese Erklärung keine Vereinbarkeit" in text
    for wort in ("Gebärdensprache", "Letzte eigene Prüfung", "durchsetzung@amt.example", "Mustergesetz über"):
        assert wort in text
    assert "Durchsetzungsverfahren" not in _seiten(land=welt.land())["barrierefreiheit.html"].text


# Editions ----------------------------------------------------------------------------------------------------------


def test_eine_fassung_fuer_einen_kreis_fuehrt_zu_den_oeffentlichen_seiten_aller() -> None:
    seiten = _seiten(edition=fuer("X1"))
    assert not [s for s in seiten if s.startswith("kennzahl_")]
    assert [s for s in seiten if s.startswith("kreis_")] == ["kreis_X1.html"]
    assert not {"berichtspunkte.html", "vergleichbarkeit.html", "musterland.html"} & set(seiten)
    for name, seite in seiten.items():
        for a in seite.alle("a"):
            ziel = a.attribute["href"].partition("#")[0]
            if ziel.endswith(".html"):
                assert ziel in seiten or ziel.startswith(f"../{OEFFENTLICH}/"), (name, ziel)
    ziele = {a.attribute["href"].partition("#")[0] for a in seiten["kreis_X1.html"].alle("a")}
    assert f"../{OEFFENTLICH}/kennzahl_BEV-01.html" in ziele


def test_ein_gesperrter_wert_steht_auf_keiner_seite() -> None:
    werte = [zeile("BEV-01", "FORT", f"X{n}", j, 1000.0 * n + j) for n in range(1, 7) for j in (2022, 2023, 2024)]
    werte += [zeile("BEV-02", "FORT", f"X{n}", 2024, float(n), zaehler=n, nenner=100.0) for n in range(1, 7)]
    for w in werte:
        if w["ags"] == "X2" and w["berichtsjahr"] == 2024:
            w |= {"wert": 987_654.0, "zaehler": 987_654.0, "wertstatus": "G", "gruende": "GEHEIM"}
    html = {
        p: i.decode()
        for p, i in erzeuge(welt.berichtsdaten(land=_land(), werte=welt.tabelle(werte)))
        if p.endswith(".html")
    }
    assert "kennzahl_BEV-01.html" in html
    for pfad, text in html.items():
        assert not re.search(r"987\.?654|988 Tausend", text), pfad
