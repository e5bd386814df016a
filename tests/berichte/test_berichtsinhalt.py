"""What reports say: where figures come from, their states, the law's checklist, texts, registers and corrections."""

import re
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from assets.berichte.daten import DEMOHINWEIS
from assets.berichte.grundlage import Grundlage, grundlagen
from assets.berichte.reihen import baue_reihen
from assets.berichte.seiten import erzeuge
from schemas.editionen import INTERN_LAND, OEFFENTLICH
from tests.berichte import welt
from tests.berichte.seitenleser import Element, baue, lies

KREISSEITEN = [f"kreis_X{n}.html" for n in range(1, 7)]
LANDESSEITEN = ["index.html", "musterland.html", "lieferstand.html"]


@pytest.mark.parametrize("seite", LANDESSEITEN)
def test_landesweite_seiten_sagen_wie_viele_geliefert_haben(baeume: dict[str, Element], seite: str) -> None:
    text = baeume[seite].text
    assert "Für 2025 liegen gültige Lieferungen von 5 von 6 Kreisen vor" in text
    assert "Noch ohne Lieferung: Nullhausen." in text


def test_erste_seite_zaehlt_worauf_die_kennzahlen_beruhen(baeume: dict[str, Element]) -> None:
    erwartet = {
        Grundlage.AMTLICH: ["BEV-01", "ARB-03"],
        Grundlage.LIEFERUNG: [],
        Grundlage.DEMO: ["BEV-02", "IBZ-01", "IBZ-03", "IBZ-04"],
        Grundlage.NICHTS: ["REC-01", "FIN-01"],
    }
    zaehlung = grundlagen(baue_reihen(welt.berichtsdaten()))
    assert {g: [i.id for i in liste] for g, liste in zaehlung.gruppen.items()} == erwartet
    satz = "Von 8 Kennzahlen beruhen 2 auf amtlichen Zahlen, 0 auf Lieferungen und 4 auf Demodaten; für 2 liegen"
    assert satz in baeume["index.html"].text
    zeilen = [[z.text for z in tr.alle("th", "td")] for tr in baeume["index.html"].alle("tr")][1:]
    assert [(z[0], z[1]) for z in zeilen] == [(g[0].upper() + g[1:], str(len(erwartet[g]))) for g in Grundlage]


def test_echte_lieferungen_zaehlen_als_lieferungen() -> None:
    echt = welt.berichtsdaten(lieferstand=welt.lieferungen(welt.land(), synthetisch=False), hinweise=())
    assert len(grundlagen(baue_reihen(echt)).gruppen[Grundlage.LIEFERUNG]) == 4
    for pfad, inhalt in erzeuge(echt):
        if pfad.endswith(".html") and pfad != "index.html":
            assert "Demodaten: " not in inhalt.decode()
            assert 'class="demo"' not in inhalt.decode()


@pytest.mark.parametrize(("edition", "erfunden"), [(INTERN_LAND, False), (OEFFENTLICH, True), (OEFFENTLICH, False)])
def test_gefunden_wird_nur_was_oeffentlich_und_echt_ist(edition: str, erfunden: bool) -> None:
    lieferstand = welt.lieferungen(welt.land(), synthetisch=erfunden)
    seiten = baue(lieferstand=lieferstand, hinweise=(), edition=edition)
    gesperrt = {p for p, i in seiten.items() if p.endswith(".html") and b'name="robots" content="noindex' in i}
    alle = {p for p in seiten if p.endswith(".html")}
    kleine = {p for p in alle if p.startswith("einbetten/")}
    assert gesperrt == (kleine if edition == OEFFENTLICH and not erfunden else alle)


def test_demodaten_sind_markiert_auch_wenn_niemand_daran_denkt() -> None:
    for pfad, inhalt in baue(hinweise=()).items():
        assert not pfad.endswith(".html") or DEMOHINWEIS in inhalt.decode()


def test_jede_kennzahl_nennt_grundlage_quelle_und_definition(baeume: dict[str, Element]) -> None:
    for seite in ("kreis_X1.html", "kreis_X6.html", "musterland.html"):
        artikel = {a.attribute["id"]: a for a in baeume[seite].alle("article")}
        assert list(artikel) == [f"k-{i.id.lower()}" for i in welt.KATALOG]
        for indikator in welt.KATALOG:
            text = artikel[f"k-{indikator.id.lower()}"].text
            assert indikator.definition in text
            if indikator.id in ("REC-01", "FIN-01"):
                assert "Noch keine Zahlen" in text
            else:
                assert "Quelle: " in text
                assert re.search("Amtliche Zahlen|Demodaten", text)
    assert "keine Quelle" in baeume["kreis_X1.html"].mit_id("k-rec-01").text


def test_zwei_staende_eines_jahres_sind_zu_sehen(baeume: dict[str, Element]) -> None:
    text = baeume["kreis_X1.html"].mit_id("k-bev-01").text
    assert re.search(r"31\.12\.2023: [\d.]+ \(Stand 20\.06\.2024\), ersetzt durch [\d.]+ \(Stand 01\.07\.2025\)", text)


def test_varianten_stehen_jede_fuer_sich(baeume: dict[str, Element]) -> None:
    artikel = baeume["kreis_X1.html"].mit_id("k-ibz-03")
    teile = [d for d in artikel.alle("div") if "variante" in d.klassen]
    assert [next(t.alle("h4")).text for t in teile] == ["Anzahl", "je 1.000"]
    seite = baeume["kennzahl_IBZ-03.html"]
    assert [h.text for h in seite.alle("h2")][1:] == ["Was die Zahl bedeutet", "Anzahl", "je 1.000"]
    for element in (teile[1], *(e for e in baeume["musterland.html"].alle("p") if "weitere" in e.klassen)):
        ziele = [a.attribute["href"] for a in element.alle("a")]
        assert ziele
        assert all(z.startswith("kennzahl_") and "#" in z for z in ziele)


def test_status_steht_als_buchstabe_mit_worten(baeume: dict[str, Element]) -> None:
    tabelle = baeume["musterland.html"].mit_id("k-ibz-01-stichtag-vergleich").eltern
    assert tabelle is not None
    zellen = [next(tr.alle("td")) for tr in tabelle.alle("tr") if list(tr.alle("td"))]
    assert [z.sichtbar for z in zellen] == ["1", "4 V", "G", "7 S", "0", "F", "F"]
    assert "vorläufig" in zellen[1].text
    assert "geheim" in zellen[2].text


def test_waermetabelle_hat_alle_kreise_und_schraffiert_fehlendes(baeume: dict[str, Element]) -> None:
    tabelle = next(t for t in baeume["musterland.html"].alle("table") if "waerme" in t.klassen)
    kopf = [th.text for th in next(tabelle.alle("thead")).alle("th")]
    assert kopf == ["Kennzahl", "Musterland", *(f"K{n}{name}" for n, name in enumerate(welt.NAMEN, 1))]
    zeile_anteil = next(tr for tr in tabelle.alle("tr") if "Ausländeranteil" in tr.text)
    zellen = list(zeile_anteil.alle("td"))[1:]
    assert [bool(z.klassen & {"k1", "k2", "k3", "k4", "k5"}) for z in zellen] == [True] * 5 + [False]
    assert "ohne" in zellen[-1].klassen


def test_verzeichnis_der_stellen_und_stand_der_lieferungen(baeume: dict[str, Element]) -> None:
    tabelle = baeume["kreis_X1.html"].mit_id("stellen-2025").eltern
    assert tabelle is not None
    for wort in ("IBZ Mitte", "Verein Brücke e. V.", "Ort an der Grenze 1", "18.09.2024", "Deutsch, Ukrainisch"):
        assert wort in tabelle.text
    assert "noch kein Verzeichnis" in baeume["kreis_X3.html"].text
    matrix = baeume["lieferstand.html"].mit_id("t-2025").eltern
    assert matrix is not None
    zeile_x2 = next(tr.text for tr in matrix.alle("tr") if "Birkenau (Landkreis)" in tr.text)
    assert "zurückgewiesen es gilt Version 1" in zeile_x2
    assert "verspätet" in next(tr.text for tr in matrix.alle("tr") if "Quellmoor" in tr.text)


def test_korrekturen_stehen_im_bericht_des_kreises_und_gezaehlt_im_lieferstand() -> None:
    seiten = baue(korrekturen=welt.korrekturen())
    kreis, matrix = lies(seiten["kreis_X1.html"]), lies(seiten["lieferstand.html"])
    tabelle = kreis.mit_id("t-korrekturen").eltern
    assert tabelle is not None
    erste, zweite = (z.text for z in list(tabelle.alle("tr"))[1:])
    for wort in (
        "K-1",
        "Beratung 2025",
        "Beratungen",
        "Quartal Q1",
        "10",
        "12",
        "Zahlendreher",
        "Referat 1",
        "04.03.2026",
    ):
        assert wort in erste
    assert erste.endswith("gilt")
    assert zweite.endswith("gilt nicht: in der Lieferung steht „7“")
    assert "leer" in zweite
    assert [a.attribute["href"] for a in kreis.alle("a")].count("#korrekturen") == 1
    assert "korrekturen" not in {e.attribute.get("id") for e in lies(seiten["kreis_X2.html"]).alle()}
    assert "Dokumentiert: 2 Korrekturen, 1 davon gilt nicht." in matrix.text
    zeile = next(tr.text for tr in matrix.alle("tr") if "Birkenau (Stadt)" in tr.text)
    assert "2 Korrekturen, 1 davon gilt nicht" in zeile
    assert "2 Korrekturen" in kreis.mit_id("t-lieferungen").eltern.text  # type: ignore[union-attr]  # a caption has a table


def _zeilen_der_checkliste(baum: Element) -> dict[str, list[str]]:
    """Item -> its cells after the item itself."""
    tabelle = baum.mit_id("t-punkte").eltern
    assert tabelle is not None
    zeilen = [list(tr.alle("th", "td")) for tr in next(tabelle.alle("tbody")).alle("tr")]
    return {next(iter(z[0].kinder)).strip(): [c.text for c in z[1:]] for z in zeilen}  # type: ignore[union-attr]  # the item comes before its source


def test_die_checkliste_nennt_stand_grund_und_ort_jedes_punkts(baeume: dict[str, Element]) -> None:
    seite = baeume["kreis_X1.html"]
    zeilen = _zeilen_der_checkliste(seite)
    assert list(zeilen) == [p.inhalt for p in welt.PUNKTE]
    assert zeilen["Bevölkerung im Vergleich"][0] == "erfüllt Es liegt vor: Zahlen."
    assert zeilen["Bevölkerung im Vergleich"][-1] == "Bevölkerung, Ausländeranteil, Texte"
    assert zeilen["Zahlen mit Auswertung"][1].startswith("teilweise Keine Auswertung zu 1 von 2 Punkten.")
    assert zeilen["Ziele"][0].startswith("teilweise Es fehlt der Text: „getroffene Maßnahmen“.")
    assert zeilen["Ziele"][1] == "erfüllt Es liegt vor: Text."
    assert zeilen["Vorschläge"][2] == "noch nicht fällig"
    kopf = next(p for p in seite.alle("p") if "abdeckung" in p.klassen).text
    assert kopf.startswith("Zwischenstand zum Berichtszeitraum Probe, fällig am 30.06.2026.")
    stumm = _zeilen_der_checkliste(baeume["kreis_X6.html"])
    assert stumm["Beratungszentren und Beratungen"][0].startswith("fehlt Nicht geliefert: „Stellen“.")
    assert stumm["Beratungszentren und Beratungen"][1].startswith("noch nicht fällig Fällig am 30.06.2026.")


def test_jeder_punkt_fuehrt_zu_der_stelle_die_ihn_zeigt(baeume: dict[str, Element]) -> None:
    for seite in KREISSEITEN:
        tabelle = baeume[seite].mit_id("t-punkte").eltern
        assert tabelle is not None
        for tr in next(tabelle.alle("tbody")).alle("tr"):
            ziele = [a.attribute["href"].removeprefix("#") for a in tr.alle("a")]
            assert ziele
            assert all(baeume[seite].mit_id(ziel).text for ziel in ziele)


def test_nach_der_frist_heisst_der_bericht_unvollstaendig_und_mit_allem_bericht() -> None:
    def kopf(**anders: Any) -> str:
        seite = lies(baue(stand="2026-07-01", **anders)["kreis_X1.html"])
        return next(p for p in seite.alle("p") if "abdeckung" in p.klassen).text

    assert kopf().startswith("Bericht, unvollständig zum Berichtszeitraum")
    ohne_vorschlaege = replace(welt.land(), berichtspunkte=welt.PUNKTE[:-1])
    assert kopf(land=ohne_vorschlaege).startswith("Bericht zum Berichtszeitraum")


def test_texte_stehen_bei_ihrem_punkt_und_im_land_nebeneinander(baeume: dict[str, Element]) -> None:
    def abschnitt(seite: str) -> dict[str, str]:
        """Heading of level three -> text up to the next one."""
        teile: dict[str, str] = {}
        titel = ""
        section = baeume[seite].mit_id("texte").eltern
        assert section is not None
        for kind in section.kinder:
            if isinstance(kind, Element) and kind.name == "h3":
                titel = kind.text
            elif isinstance(kind, Element) and titel:
                teile[titel] = f"{teile.get(titel, '')} {kind.text}".strip()
        return teile

    kreis, land = abschnitt("kreis_X1.html"), abschnitt("musterland.html")
    assert kreis["Ziele"].count("Neu Zugewanderte sollen bald Arbeit finden.") == 3
    assert kreis["Ziele"].index("2025") < kreis["Ziele"].index("2024")
    assert kreis["Vorschläge"] == "§ 3 Hierzu liegt kein Text vor."
    assert "Anmerkung 2025" in kreis["Bericht im Ganzen"]
    assert "Auswertung der Zahlen" in kreis["Bevölkerung im Vergleich"]
    assert set(kreis) == set(land)
    for name in ("Birkenau (Stadt)", "Quellmoor"):
        assert name in land["Ziele"].split("Ohne Text:")[0]
    assert land["Ziele"].endswith(f"Ohne Text: Birkenau (Landkreis), {welt.LANG}, Dünenland, Nullhausen.")
    assert land["Vorschläge"] == f"§ 3 Ohne Text: {', '.join(welt.NAMEN)}."


def test_die_landesseite_hat_eine_matrix_der_punkte(baeume: dict[str, Element]) -> None:
    tabelle = baeume["musterland.html"].mit_id("punkte-2024").eltern
    assert tabelle is not None
    zeilen = {next(tr.alle("th")).text: [td.text for td in tr.alle("td")] for tr in list(tabelle.alle("tr"))[1:]}
    assert list(zeilen) == [p.inhalt for p in welt.PUNKTE]
    assert zeilen["Ziele"] == ["erfüllt", "noch nicht fällig", "teilweise", *["noch nicht fällig"] * 3]
    assert "Berichte der Kreise: 6 × Zwischenstand." in baeume["musterland.html"].text


def test_ein_land_ohne_liste_hat_keinen_solchen_abschnitt() -> None:
    leer = pl.DataFrame(schema=welt.texte().schema)
    seiten = baue(land=replace(welt.land(), berichtspunkte=()), texte=leer)
    for seite in ("kreis_X1.html", "musterland.html"):
        kennungen = {e.attribute.get("id") for e in lies(seiten[seite]).alle()}
        assert not kennungen & {"berichtspunkte", "texte"}
