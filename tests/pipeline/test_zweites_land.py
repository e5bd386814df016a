"""Another Land runs through the whole pipeline: two Kreise and a joint body of five Gemeinden, with its own rules."""

from dataclasses import replace

import dagster as dg

from assets.ablage import Ablage
from assets.eingang.empfang import nimm_an
from pipeline.lauf import bilanz, fuehre_aus
from pipeline.plan import plane
from tests.auswertung import geldwelt
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import GUELTIG, Zeile

DATENSAETZE = ("aufgaben", "stellen", "personal", "beratung", "zielgruppe", "finanzen")
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


def test_ein_anderes_land_laeuft_durch(ablage: Ablage, instanz: dg.DagsterInstance) -> None:
    for einheit in LAND.meldeeinheiten:
        for datensatz in ("aufgaben", "personal", "beratung"):
            inhalt = als_csv(datensatz, _zeilen(datensatz, einheit.id))
            nimm_an(ablage, LAND, f"{datensatz}_{einheit.id}_2025.csv", inhalt, weg="test")
    nimm_an(ablage, LAND, "stellen_V1_2025.csv", als_csv("stellen", _zeilen("stellen", "V1")), weg="test")
    fuehre_aus(plane(ablage, LAND), ablage, LAND, instanz)
    ergebnis = bilanz(ablage, LAND)
    assert (ergebnis.lieferungen, ergebnis.zurueckgewiesen) == (10, 0)
    werte = ablage.lies_tabelle("auswertung/indikatorwerte.parquet")
    anzahl = werte.filter(indikator_id="IBZ-03", variante="ANZAHL", berichtsjahr=2025, themenfeld="T")
    assert set(anzahl.filter(gebiet_typ="kreis")["ags"]) == {m.id for m in LAND.meldeeinheiten}
    (land,) = anzahl.filter(gebiet_typ="land").to_dicts()
    assert (land["ags"], land["wert"], land["abdeckung_kreise"]) == (LAND.ags, 120.0, 3)
    assert set(werte["indikator_id"]) <= set(LAND.indikatoren)
    matrix = ablage.lies_tabelle("auswertung/vergleichbarkeit.parquet")
    assert set(matrix["meldeeinheit"]) == {m.id for m in LAND.meldeeinheiten}


def test_seine_seiten_nennen_kein_anderes(ablage: Ablage, instanz: dg.DagsterInstance) -> None:
    nimm_an(ablage, LAND, "personal_V1_2025.csv", als_csv("personal", _zeilen("personal", "V1")), weg="test")
    fuehre_aus(plane(ablage, LAND), ablage, LAND, instanz)
    seiten = {p: ablage.lies(p).decode() for p in ablage.liste("berichte/intern_land", "*.html")}
    assert {f"berichte/intern_land/kreis_{m.id}.html" for m in LAND.meldeeinheiten} <= set(seiten)
    assert {p for p, text in seiten.items() if "Sachsen" in text} == set()
    assert all("Musterland" in text for text in seiten.values())
    stand = ablage.lies_tabelle("geprueft/personal/2025/V1.parquet")
    assert stand["meldeeinheit"].unique().to_list() == ["V1"]
