"""Sentences: each pattern has a case, numbers are those of the section's tables, and what must not be said is not."""

import re
from string import Formatter
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.auswertung.trends import trends
from assets.berichte.auswertungstexte import auswertung, texttabelle
from assets.berichte.bestand import Blick, baue_bestand
from assets.berichte.seiten import erzeuge
from assets.berichte.worte import ort
from assets.berichte.zahlen import mit_einheit, runde, veraenderung
from schemas.auswertungssaetze import LUECKEN, SAETZE, Aussage, Umstand, saetze
from tests.berichte import welt
from tests.berichte.seitenleser import lies
from tests.berichte.welt import zeile

QUOTE = ("ARB-03", "BA")


def _daten(zeilen: list[dict[str, Any]]) -> Any:
    werte = welt.tabelle(zeilen)
    return welt.berichtsdaten(werte=werte, trends=trends(werte, welt.KATALOG))


def _satz(zeilen: list[dict[str, Any]], ags: str = "X1") -> dict[Aussage, str]:
    bestand = baue_bestand(_daten(zeilen))
    land = bestand.daten.land
    blick = Blick(land, land.meldeeinheit(ags)) if ags != land.ags else Blick(land)
    return dict(auswertung(bestand, blick, bestand.reihen["ARB-03"][0]).saetze)


def _paar(wert: float | None, grenzen: tuple[float, float], **rest: Any) -> list[dict[str, Any]]:
    eigene = zeile(*QUOTE, "X1", 2024, wert, ki_unten=grenzen[0], ki_oben=grenzen[1], **rest)
    return [eigene, zeile(*QUOTE, "X2", 2024, 5.0), zeile(*QUOTE, "99", 2024, 5.0)]


@pytest.mark.parametrize("satz", SAETZE)
def test_jedes_muster_kommt_dran_und_kennt_seine_luecken(satz: Any) -> None:
    assert satz in saetze(satz.wenn), "ein früheres Muster verdeckt dieses"
    assert {name for _, name, _, _ in Formatter().parse(satz.text) if name} <= set(LUECKEN)
    assert satz.text.endswith(".")
    if satz.wenn:
        assert satz not in saetze(frozenset())


@pytest.mark.parametrize(
    ("wert", "grenzen", "wort"),
    [(7.0, (6.0, 8.0), "höher als"), (3.0, (2.0, 4.0), "niedriger als"), (5.5, (5.0, 6.0), "ähnlich wie")],
)
def test_unterschied_zum_land_nach_der_regel(wert: float, grenzen: tuple[float, float], wort: str) -> None:
    text = _satz(_paar(wert, grenzen))[Aussage.LAND]
    assert f"{wort} in Musterland (5,0\u00a0%)" in text
    assert not re.search("besser|schlechter", text), "die Kennzahl hat keine Richtung"


def test_nicht_vergleichbares_wird_nicht_verglichen_und_fehlendes_nicht_erwaehnt() -> None:
    nicht = _satz(_paar(7.0, (6.0, 8.0), vgl_land="nicht_vergleichbar", gruende="ZAEHLWEISE"))
    assert Aussage.LAND not in nicht
    assert nicht[Aussage.VERGLEICHBAR_LAND].endswith("nicht vergleichbar: andere Zählweise.")
    for status in ("G", "U"):
        assert _satz([zeile(*QUOTE, "X1", 2024, None, wertstatus=status), *_paar(1.0, (0.0, 2.0))[1:]]) == {}


def test_verlauf_endet_am_bruch() -> None:
    zeilen = [zeile(*QUOTE, "X1", j, float(j - 2020)) for j in (2021, 2022, 2023, 2024)]
    assert _satz(zeilen)[Aussage.REIHE].startswith("Seit 2021 (1,0\u00a0%) ist er um 3,0\u00a0Prozentpunkte gestiegen")
    zeilen[2] |= {"vgl_vorjahr": "nicht_vergleichbar"}
    gebrochen = _satz(zeilen)
    assert Aussage.REIHE not in gebrochen
    assert "Gegenüber 2023 (3,0\u00a0%)" in gebrochen[Aussage.VORJAHR]
    zeilen[3] |= {"vgl_vorjahr": "nicht_vergleichbar", "gruende": "BRUCH"}
    assert Aussage.VORJAHR not in _satz(zeilen)


def test_zahlen_der_saetze_stehen_in_den_tabellen_des_abschnitts() -> None:
    werte = welt.werte()
    daten = welt.berichtsdaten(werte=werte, trends=trends(werte, welt.KATALOG))
    seiten = dict(erzeuge(daten))
    gesehen = 0
    for seite in ("kreis_X1.html", "kreis_X4.html", "musterland.html"):
        for teil in (d for d in lies(seiten[seite]).alle("div") if "variante" in d.klassen):
            texte = [p.text for p in teil.alle("p") if "auswertung" in p.klassen]
            zahlen = set(re.findall(r"−?\d[\d.,]*\d|−?\d", " ".join(t.text for t in teil.alle("th", "td", "caption"))))
            mit_vergleich = any("vergleich" in t.klassen for t in teil.alle("table"))
            for text in texte:
                ohne_namen = re.sub(r"„[^“]*“( \([^)]*\))?|je 1\.000|31\.12\.|18\.09\.", "", text)
                # On how many areas the Land rests is said by the comparison, which only leading variants have here.
                ohne_namen = ohne_namen if mit_vergleich else re.sub(r"\d+ von \d+ Kreisen", "", ohne_namen)
                gesagt = {z for z in re.findall(r"−?\d[\d.,]*\d|−?\d", ohne_namen) if not re.fullmatch(r"\d{4}", z)}
                assert gesagt <= zahlen, (seite, text)
                gesehen += len(gesagt)
    assert gesehen > 20


def test_tabelle_und_seite_sagen_dasselbe() -> None:
    werte = welt.werte()
    bestand = baue_bestand(welt.berichtsdaten(werte=werte, trends=trends(werte, welt.KATALOG)))
    seite = lies(dict(erzeuge(bestand.daten))["kreis_X1.html"])
    absaetze = {p.text for p in seite.alle("p") if "auswertung" in p.klassen}
    tabelle = texttabelle(bestand).filter(ags="X1")
    je_teil = tabelle.group_by("indikator_id", "variante", maintain_order=True).agg(pl.col("text").str.join(" "))
    assert {" ".join(t.split()) for t in je_teil["text"]} == {" ".join(t.split()) for t in absaetze}


def test_eigener_text_des_kreises_steht_bei_der_ersten_kennzahl_seines_punktes() -> None:
    texte = welt.texte().with_columns(text=pl.concat_str(pl.lit("Text zu "), "abschnitt"))
    daten = welt.berichtsdaten(texte=texte)
    punkt = next(p for p in daten.land.berichtspunkte if p.id == "1-a")
    seiten = dict(erzeuge(daten))
    eigene = [
        [
            f.text
            for f in lies(seiten["kreis_X1.html"]).mit_id(f"k-{kennung.lower()}").alle("figure")
            if "kommentar" in f.klassen
        ]
        for kennung in punkt.indikatoren
    ]
    assert ["Text zu AUSWERTUNG" in " ".join(texte) for texte in eigene] == [True, False]
    assert not any("Text zu ZIELE" in " ".join(texte) for texte in eigene)
    assert "Text zu AUSWERTUNG" not in lies(seiten["kreis_X2.html"]).text


@pytest.mark.parametrize(
    ("name", "typ", "erwartet"),
    [
        ("Birkenau", "Kreisfreie Stadt", "in Birkenau"),
        ("Moorkreis", "Landkreis", "im Moorkreis"),
        ("Birkenau (Landkreis)", "Landkreis", "im Landkreis Birkenau"),
        ("Birkenau (Stadt)", "Kreisfreie Stadt", "in der Stadt Birkenau"),
    ],
)
def test_ort(name: str, typ: str, erwartet: str) -> None:
    assert ort(name, typ) == erwartet


def test_einzahl_und_mehrzahl() -> None:
    einheiten = [mit_einheit(t, e) for t, e in (("1", "Stellen"), ("13", "Stellen"), ("1", "Tage je VZÄ"))]
    assert einheiten == ["1\u00a0Stelle", "13\u00a0Stellen", "1\u00a0Tag je VZÄ"]
    assert mit_einheit("−1", "Personen") == "−1\u00a0Person"


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_veraenderung_hat_richtung_und_betrag(alt: int, neu: int) -> None:
    text = veraenderung(runde(neu / 10, 1) - runde(alt / 10, 1), "Prozent")
    assert ("gestiegen" in text, "gesunken" in text, text == "gleich geblieben") == (neu > alt, neu < alt, neu == alt)
    assert "Prozentpunkt" in text or neu == alt


def test_jeder_umstand_hat_ein_muster() -> None:
    assert set(Umstand) == {u for s in SAETZE for u in s.wenn}
