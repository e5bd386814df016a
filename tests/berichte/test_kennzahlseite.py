"""The page of an indicator and the page about comparability: all areas and years, maps, reasons, very many areas."""

from itertools import islice
from typing import Any

import polars as pl
import pytest

from assets.berichte.bestand import baue_bestand
from assets.berichte.gebiete import VIELE
from assets.berichte.kennzahlseite import Kennzahlseite, baue_seite
from assets.berichte.seiten import erzeuge
from assets.berichte.vergleichsseite import LEGENDE, baue_vergleichsseite
from schemas.modell import Land
from schemas.vergleichbarkeit import GRUND
from tests.berichte import welt
from tests.berichte.seitenleser import Element, lies
from tests.berichte.welt import zeile

LAND = welt.land()


def _seite(kennung: str, land: Land = LAND, **anders: Any) -> Kennzahlseite:
    formen = welt.umrisse(land) if land is LAND else pl.DataFrame()
    bestand = baue_bestand(welt.berichtsdaten(land=land, umrisse=formen, **anders))
    return baue_seite(bestand, bestand.reihen[kennung])


def _html(name: str, **anders: Any) -> Element:
    return lies(dict(erzeuge(welt.berichtsdaten(**anders)))[name])


def _mit_gruppen() -> pl.DataFrame:
    gruppen = [zeile("ARB-03", "BA", g, 2024, w, gebiet_typ="gruppe") for g, w in (("kreis", 4.5), ("stadt", 6.5))]
    einzeln = [zeile("ARB-03", "BA", f"X{n}", j, n + j % 10) for n in range(1, 6) for j in (2022, 2023, 2024)]
    return welt.tabelle([*gruppen, *einzeln, *(zeile("ARB-03", "BA", "99", j, 5.0) for j in (2022, 2023, 2024))])


def test_tabelle_hat_alle_gebiete_in_amtlicher_ordnung_und_alle_jahre() -> None:
    (teil,) = _seite("ARB-03", werte=_mit_gruppen()).teile
    tabelle = teil.tabelle
    assert tabelle.spalten == ("31.12.2024", "31.12.2023", "31.12.2022")
    assert [b.titel for b in tabelle.bloecke] == ["Landkreise", "Kreisfreie Städte"]
    assert [[z.name for z in b.zeilen] for b in tabelle.bloecke] == [list(welt.NAMEN[1:]), [welt.NAMEN[0]]]
    gesamt = {b.titel: [(z.text, z.zeichen) for z in b.gesamt.zellen] for b in tabelle.bloecke if b.gesamt}
    assert gesamt["Landkreise"] == [("4,5", ""), ("", "F"), ("", "F")]
    assert [z.text for z in tabelle.bloecke[1].zeilen[0].zellen] == ["5,0", "4,0", "3,0"]
    assert [z.zeichen for z in tabelle.bloecke[0].zeilen[-1].zellen] == ["F"] * 3, "wer schweigt, steht da"
    assert tabelle.register == ()


def test_verlaeufe_haben_eine_skala_und_das_land_dahinter() -> None:
    (teil,) = _seite("ARB-03", werte=_mit_gruppen()).teile
    assert teil.felder is not None
    assert [f.name for f in teil.felder.felder] == list(welt.NAMEN[:5])
    assert teil.felder.felder[0].text == "2022: 3,0; 2024: 5,0"
    assert teil.felder.mit_land
    spuren = teil.felder.spec["data"]
    assert [s["meta"] for s in spuren] == ["kreis"] * 10 + ["land"] * 2
    for feld in teil.felder.felder:
        bild = lies(feld.zeichnung)
        assert len([p for p in bild.alle("path") if p.klassen & {"l-kreis", "l-land"}]) == 2


def test_kachelkarte_und_landkarte_zeigen_dieselben_klassen() -> None:
    (teil,) = _seite("ARB-03", werte=_mit_gruppen()).teile
    assert teil.karte is not None
    assert teil.bild is not None
    karten = [lies(k.zeichnung) for k in (teil.bild.karte, teil.karte) if k]
    assert len(karten) == 2
    klassen = [{next(g.alle("title")).text: _klasse(g) for g in karte.alle("g")} for karte in karten]
    assert klassen[0] == klassen[1]
    assert set(klassen[0].values()) == {"f-klasse1", "f-klasse2", "f-klasse3", "f-klasse4", "f-klasse5", "f-fehlt"}


def _klasse(gebiet: Element) -> str:
    return next(k for p in gebiet.alle("path") for k in p.klassen if k.startswith("f-"))


def test_vorbehalte_stehen_mit_gruenden_und_fragen_und_gleiche_zusammen() -> None:
    werte = [zeile("IBZ-01", "STICHTAG", f"X{n}", 2025, float(n)) for n in range(1, 6)]
    for w in werte[1:3]:
        w |= {"gruende": "ZAEHLWEISE;VORJAHR_FEHLT", "vgl_kreise": "nicht_vergleichbar"}
    werte[3] |= {"gruende": "GESCHAETZT", "vgl_kreise": "eingeschraenkt"}
    (teil,) = _seite("IBZ-01", werte=welt.tabelle(werte)).teile
    assert teil.lage is not None
    zeilen = {z.namen: z for z in teil.lage.zeilen}
    assert set(zeilen) == {welt.NAMEN[1:3], welt.NAMEN[3:4], welt.NAMEN[5:]}
    anders = zeilen[welt.NAMEN[1:3]]
    assert anders.gruende == (GRUND["ZAEHLWEISE"].satz,), "nur was den Vergleich der Kreise betrifft"
    assert anders.fragen == (GRUND["ZAEHLWEISE"].frage,)
    assert "2 vergleichbar" in teil.lage.satz
    assert "1 ohne Zahl" in teil.lage.satz


def test_zu_amtlichen_zahlen_wird_niemand_gefragt() -> None:
    werte = [
        zeile("ARB-03", "BA", f"X{n}", 2024, 1.0, gruende="VORLAEUFIG", vgl_kreise="eingeschraenkt") for n in (1, 2)
    ]
    (teil,) = _seite("ARB-03", werte=welt.tabelle(werte)).teile
    assert teil.lage is not None
    assert [z.fragen for z in teil.lage.zeilen] == [(), ()]


def test_gliederung_stellt_alle_gebiete_nebeneinander() -> None:
    (teil,) = _seite("IBZ-04").teile
    (tabelle,) = teil.gliederungen
    assert tabelle.spalten[0] == ("Musterland", "Musterland")
    assert [name for name, _ in tabelle.spalten[1:]] == list(welt.NAMEN)
    assert all(len(zellen) == len(tabelle.spalten) for _, zellen in tabelle.zeilen)
    assert any(z.text for _, zellen in tabelle.zeilen for z in zellen)


def test_eine_kennzahl_ohne_werte_sagt_warum() -> None:
    seite = _seite("REC-01")
    assert seite.teile == ()
    assert seite.leere == (("Standard", "keine Quelle"),)
    assert "Noch keine Zahlen" in _html("kennzahl_REC-01.html").text


def test_ist_alles_geheim_sagt_die_seite_das_und_nicht_dass_zahlen_fehlen() -> None:
    seite = _seite("ARB-03", werte=welt.randfaelle())
    assert seite.teile == ()
    assert seite.leere == (("Jahresdurchschnitt", "alle Werte geheim"),)
    ueberblick = _html("musterland.html", werte=welt.randfaelle())
    assert "alle Werte geheim" in ueberblick.text


def test_was_nur_teile_hat_bekommt_keine_leere_tabelle_nach_jahren() -> None:
    nur_teile = welt.werte().filter(pl.col("indikator_id") == "IBZ-04", pl.col("themenfeld") != "T")
    seite = _html("kennzahl_IBZ-04.html", werte=nur_teile)
    assert [t for t in seite.alle("table") if "waerme" in t.klassen]
    assert not [t for t in seite.alle("table") if "jahrestabelle" in t.klassen]


def test_sehr_viele_kreise_stehen_nach_buchstaben_und_in_tabellen_die_gruppen() -> None:
    daten = welt.grosse_berichtsdaten(VIELE + 1)
    land, bestand = daten.land, baue_bestand(daten)
    (teil,) = baue_seite(bestand, bestand.reihen["ARB-03"]).teile
    assert [(b.titel, b.zeilen) for b in teil.tabelle.bloecke] == [("Städte", ())]
    assert [b.titel for b in teil.tabelle.register] == ["A", "B", "C", "D"], "Ä steht bei A"
    assert sum(len(b.zeilen) for b in teil.tabelle.register) == len(land.meldeeinheiten)
    assert teil.felder is not None
    assert [f.name for f in teil.felder.felder] == ["Städte"]
    assert teil.teil.vergleich is not None
    assert [z.name for z in teil.teil.vergleich.zeilen] == ["Städte"]
    matrix = baue_vergleichsseite(bestand)
    assert matrix.spalten == (("Städte", "Städte"),)
    assert matrix.bloecke[0][1][0].zellen[0].text == f"{len(land.meldeeinheiten)} ja"
    html = dict(erzeuge(bestand.daten))["kennzahl_ARB-03.html"]
    for verweis in (
        a.attribute["href"] for a in next(n for n in lies(html).alle("nav") if "register" in n.klassen).alle("a")
    ):
        assert lies(html).mit_id(verweis.removeprefix("#")).name == "details"


def test_ein_bericht_wiegt_gleich_viel_wie_viele_andere_es_auch_gibt() -> None:
    """Pages about all grow with the number of areas, a report does not: else all of them would grow with its square."""
    klein, gross = (
        {p: len(i) for p, i in erzeuge(welt.grosse_berichtsdaten(n)) if p.endswith((".html", ".js"))}
        for n in (VIELE + 10, 4 * (VIELE + 10))
    )
    for pfad in ("kreis_Y0.html", "kurzfassung_Y0.html", "assets/diagramme/kreis_Y0.js"):
        assert gross[pfad] < 1.02 * klein[pfad], pfad
    for pfad, groesse in klein.items():
        assert gross[pfad] < 4.1 * groesse, pfad


def test_der_bericht_zeigt_sich_und_die_gruppen_wo_es_sehr_viele_gibt() -> None:
    seite = lies(dict(erzeuge(welt.grosse_berichtsdaten(VIELE + 1)))["kreis_Y3.html"])
    tabelle = next(t for t in seite.alle("table") if "vergleich" in t.klassen)
    koepfe = [th.text for tr in islice(tabelle.alle("tr"), 1, None) for th in tr.alle("th")]
    assert koepfe == ["Ä-Kreis 3", "Städte", "Musterland"]
    assert f"alle {VIELE + 1} Kreise stehen nach Anfangsbuchstaben auf der Seite der Kennzahl" in seite.text


@pytest.fixture(scope="module")
def vergleichbarkeit() -> Element:
    werte = [zeile("IBZ-01", "STICHTAG", f"X{n}", 2025, float(n)) for n in range(1, 5)]
    werte[1] |= {"gruende": "ZAEHLWEISE", "vgl_kreise": "nicht_vergleichbar"}
    werte[2] |= {"gruende": "GESCHAETZT", "vgl_kreise": "eingeschraenkt"}
    werte += [
        zeile("IBZ-01", "STICHTAG", "X5", 2025, None, wertstatus="G", gruende="GEHEIM", vgl_kreise="nicht_vergleichbar")
    ]
    return _html("vergleichbarkeit.html", werte=welt.tabelle(werte))


def test_matrix_der_vergleichbarkeit_sagt_urteil_und_wen_ein_grund_betrifft(vergleichbarkeit: Element) -> None:
    (zeile_,) = [tr for tr in vergleichbarkeit.alle("tr") if "Beratungszentren" in tr.text]
    zellen = [td.text for td in zeile_.alle("td")]
    assert zellen[:-1] == ["ja", "nein", "teils", "ja", "ohne", "fehlt"]
    assert zellen[-1] == "andere Zählweise: K2; geschätzt: K3"
    assert set(zellen[:-1]) <= {wort for wort, _ in LEGENDE}


def test_fragen_stehen_bei_wem_sie_gestellt_werden(vergleichbarkeit: Element) -> None:
    text = next(vergleichbarkeit.alle("main")).text.partition("Offene Fragen")[2]
    assert GRUND["ZAEHLWEISE"].frage in text
    assert text.count(GRUND["WERT_FEHLT"].frage) == 1, "nur, wer nichts geliefert hat: Geheimes fehlt nicht"
    for name in welt.NAMEN:
        assert name in text


def test_berichtspunkte_nennen_gruende_und_fuehren_in_die_berichte() -> None:
    seiten = {p: lies(i) for p, i in erzeuge(welt.berichtsdaten()) if p.endswith(".html")}
    seite = seiten["berichtspunkte.html"]
    tabelle = seite.mit_id("t-X1").eltern
    assert tabelle is not None
    zeilen = {next(tr.alle("a")).text: tr for tr in next(tabelle.alle("tbody")).alle("tr")}
    assert list(zeilen) == [p.inhalt for p in welt.PUNKTE]
    assert next(zeilen["Ziele"].alle("td")).text == "erfüllt Es liegt vor: Text."
    for tr in zeilen.values():
        pfad, _, anker = next(tr.alle("a")).attribute["href"].partition("#")
        assert seiten[pfad].mit_id(anker)
