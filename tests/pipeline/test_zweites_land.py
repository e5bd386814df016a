"""Another Land runs through the whole pipeline: two Kreise and a joint body of five Gemeinden, with its own rules."""

import io
from dataclasses import replace

import dagster as dg
import pytest
from python_calamine import CalamineWorkbook

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from assets.erhebung.handbuch import erzeuge as handbuch
from pipeline.lauf import bilanz, fuehre_aus
from pipeline.plan import plane
from schemas.datensaetze import alle_datensaetze
from tests.auswertung import geldwelt
from tests.berichte.seitenleser import lies
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import GUELTIG, Zeile

DATENSAETZE = ("aufgaben", "stellen", "personal", "beratung", "zielgruppe", "finanzen", "meldung")
LAND = replace(
    geldwelt.LAND,
    datensaetze=DATENSAETZE,
    indikatoren=("BEV-01", "IBZ-01", "IBZ-02", "IBZ-03", "FSA-03", "FIN-01"),
    rechtsgrundlagen={"MusterG": "Mustergesetz"},
    namen={**geldwelt.LAND.namen, "herausgeber": "Ministerium", "alle": "Kreise und Verbände"},
)


def _zeilen(datensatz: str, einheit: str) -> list[Zeile]:
    """Valid rows as this Meldeeinheit would send them; its Gemeinden are its own, or it has none."""
    orte = [g.ags for g in LAND.meldeeinheit(einheit).gemeinden] or ["99300001"]
    zeilen = []
    for zeile in GUELTIG[datensatz]():
        neu = {**zeile, "meldeeinheit": einheit}
        if zeile.get("gemeinde_ags", "T") != "T":
            neu["gemeinde_ags"] = orte[0]
        zeilen.append(neu)
    return zeilen


@pytest.fixture(scope="module")
def ablage(tmp_path_factory: pytest.TempPathFactory) -> Ablage:
    """Deliveries of all its Meldeeinheiten after a run, one of them with an item of another Land's list."""
    ablage = Ablage(tmp_path_factory.mktemp("zweites_land"))
    lieferungen = [
        (datensatz, einheit.id, _zeilen(datensatz, einheit.id))
        for einheit in LAND.meldeeinheiten
        for datensatz in ("aufgaben", "beratung")
    ]
    vorlage = _zeilen("meldung", "99100")[0]
    texte = [
        {**vorlage, "abschnitt": "ZIELE", "berichtspunkt": "P8", "text": "Alle sollen Deutsch lernen können."},
        {**vorlage, "abschnitt": "AUSWERTUNG", "berichtspunkt": "P7-1", "text": "Es wurde mehr beraten als zuvor."},
    ]
    fremd = [{**vorlage, "meldeeinheit": "99200", "berichtspunkt": "P26-2"}]
    lieferungen += [
        ("stellen", "V1", _zeilen("stellen", "V1")),
        ("personal", "V1", _zeilen("personal", "V1")),
        ("meldung", "99100", texte),
        ("meldung", "99200", fremd),
    ]
    for datensatz, einheit, zeilen in lieferungen:
        nimm_an(ablage, LAND, f"{datensatz}_{einheit}_2025.csv", als_csv(datensatz, zeilen), weg="test")
    with dg.DagsterInstance.ephemeral() as instanz:
        fuehre_aus(plane(ablage, LAND), ablage, LAND, instanz)
    return ablage


def test_ein_anderes_land_laeuft_durch(ablage: Ablage) -> None:
    ergebnis = bilanz(ablage, LAND)
    assert (ergebnis.lieferungen, ergebnis.zurueckgewiesen) == (10, 1)
    werte = ablage.lies_tabelle("auswertung/indikatorwerte.parquet")
    anzahl = werte.filter(indikator_id="IBZ-03", variante="ANZAHL", berichtsjahr=2025, themenfeld="T")
    assert set(anzahl.filter(gebiet_typ="kreis")["ags"]) == {m.id for m in LAND.meldeeinheiten}
    (land,) = anzahl.filter(gebiet_typ="land").to_dicts()
    assert (land["ags"], land["wert"], land["abdeckung_kreise"]) == (LAND.ags, 120.0, 3)
    assert set(werte["indikator_id"]) <= set(LAND.indikatoren)
    matrix = ablage.lies_tabelle("auswertung/vergleichbarkeit.parquet")
    assert set(matrix["meldeeinheit"]) == {m.id for m in LAND.meldeeinheiten}


def test_seine_berichte_folgen_seiner_eigenen_liste(ablage: Ablage) -> None:
    assert b"P7-1" in ablage.lies("pruefprotokolle/99200/2025/meldung_1.json")
    tabelle = ablage.lies_tabelle("auswertung/berichtspunkte.parquet")
    assert tabelle["punkt"].unique().sort().to_list() == ["7-1", "7-2", "7-S", "8"]
    staende = dict(tabelle.filter(meldeeinheit="99100", berichtsjahr=2025).select("punkt", "stand").iter_rows())
    assert (staende["7-1"], staende["8"]) == ("erfuellt", "erfuellt")
    assert staende["7-2"] in ("fehlt", "offen")
    seite = lies(ablage.lies("berichte/intern_land/kreis_99100.html"))
    liste = seite.mit_id("t-punkte").eltern
    assert liste is not None
    for punkt in LAND.berichtspunkte:
        assert punkt.inhalt in liste.text
        assert punkt.fundstelle in liste.text
    assert "Alle sollen Deutsch lernen können." in seite.mit_id("texte").eltern.text  # type: ignore[union-attr]  # a heading has a section
    assert "KomIntAVO" not in liste.text
    land = lies(ablage.lies("berichte/intern_land/musterland.html"))
    assert "Alle sollen Deutsch lernen können." in land.mit_id("texte").eltern.text  # type: ignore[union-attr]  # a heading has a section
    assert "Ohne Text: Einheit 99200, Einheit V1." in land.text


def test_seine_vorlage_und_sein_handbuch_bieten_seine_punkte_an() -> None:
    codes = ("P7-1", "P7-2", "P7-S", "P8", "T")
    assert alle_datensaetze()["meldung"].fuer(LAND).spalte("berichtspunkt").codes == codes
    dateien = dict(handbuch(LAND))
    listen = lies(dateien["codelisten.html"]).text
    assert all(code in listen for code in codes)
    assert "P14-1a" not in dateien["codelisten.html"].decode()
    assert "§ 8 Mustergesetz" in dateien["berichtspunkte.html"].decode()
    mappe = CalamineWorkbook.from_filelike(io.BytesIO(dateien["vorlagen/meldung.xlsx"]))
    auswahl = {str(zelle) for zeile in mappe.get_sheet_by_name("Listen").to_python() for zelle in zeile}
    assert set(codes) <= auswahl


def test_seine_seiten_nennen_kein_anderes(ablage: Ablage) -> None:
    seiten = {p: ablage.lies(p).decode() for p in ablage.liste("berichte/intern_land", "*.html")}
    assert {f"berichte/intern_land/kreis_{m.id}.html" for m in LAND.meldeeinheiten} <= set(seiten)
    assert {p for p, text in seiten.items() if "Sachsen" in text} == set()
    assert all("Musterland" in text for text in seiten.values())
    stand = ablage.lies_tabelle("geprueft/personal/2025/V1.parquet")
    assert stand["meldeeinheit"].unique().to_list() == ["V1"]
