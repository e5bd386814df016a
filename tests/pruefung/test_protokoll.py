"""The protocol: its JSON is what the schema says, its page readable, harmless and honest about what it leaves out."""

import json
from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from assets.eingang.lesen import Grund
from assets.pruefung import protokoll
from assets.pruefung.protokoll_schema import SCHEMA
from assets.pruefung.pruefen import HOECHSTZAHL_BEFUNDE
from schemas.modell import Schwere
from tests.berichte.seitenleser import Element, lies
from tests.pipeline.conftest import als_csv
from tests.pruefung.faelle import GUELTIG, LAND, VERSTOSS
from tests.pruefung.protokolle import BUNT, Geprueft, geprueft, mit_fehlern

PRUEFER = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
DATEIEN = {
    "leer": b"",
    "keine Tabelle": b"\x00\x01\x02",
    "PDF": b"%PDF-1.7",
    "bunt": BUNT,
    "ohne Zeilen": als_csv("personal", []),
    "gut": als_csv("personal", GUELTIG["personal"]()),
}


def _seite(g: Geprueft) -> Element:
    return lies(protokoll.als_seite(g.daten, LAND, g.datensatz))


def _gueltig(g: Geprueft) -> None:
    PRUEFER.validate(json.loads(protokoll.als_json(g.daten)))


def test_das_schema_ist_selbst_gueltig_und_erklaert_sich() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["befunde"]["description"]


@pytest.mark.parametrize("name", DATEIEN)
def test_protokolle_aller_art_halten_das_schema(name: str) -> None:
    g = geprueft("personal", DATEIEN[name])
    _gueltig(g)
    assert g.daten["befunde_gesamt"] == sum(g.daten["anzahl"].values()) == sum(g.daten["je_regel"].values())


@pytest.mark.parametrize("regel", VERSTOSS)
def test_protokolle_jeder_regel_halten_das_schema(regel: str) -> None:
    datensatz, aendere, *_ = VERSTOSS[regel]
    _gueltig(geprueft(datensatz, als_csv(datensatz, aendere(GUELTIG[datensatz]()))))


def test_ein_feld_zuviel_faellt_auf() -> None:
    daten = geprueft("personal", BUNT).daten
    assert not PRUEFER.is_valid({**daten, "neu": 1})
    assert not PRUEFER.is_valid({k: v for k, v in daten.items() if k != "gruppen"})


@pytest.mark.parametrize("name", DATEIEN)
def test_kennungen_sind_eindeutig_und_verweise_zeigen_auf_etwas(name: str) -> None:
    seite = _seite(geprueft("personal", DATEIEN[name]))
    ids = [e.attribute["id"] for e in seite.alle() if "id" in e.attribute]
    assert len(ids) == len(set(ids))
    for e in seite.alle():
        assert e.attribute.get("aria-labelledby", ids[0]) in ids
        assert e.attribute.get("href", "#inhalt").removeprefix("#") in ids


def test_die_seite_fuehrt_nichts_aus_und_ruft_nichts_ab() -> None:
    html = protokoll.als_seite(geprueft("personal", BUNT).daten, LAND, geprueft("personal", BUNT).datensatz).decode()
    assert "<b>Lieferung" not in html
    assert "<i>drei" not in html
    assert "&lt;b&gt;Lieferung" in html
    assert not list(lies(html).alle("script", "img", "link", "iframe"))
    assert "://" not in html


def test_gleiche_befunde_stehen_in_einer_zeile_mit_ihren_zeilen() -> None:
    seite = _seite(geprueft("personal", mit_fehlern(5)))
    zeilen = [z.text for z in seite.mit_id("t-fehler").eltern.eltern.alle("tr")]  # type: ignore[union-attr]  # a caption has a table
    (zeile,) = [z for z in zeilen if "R15c" in z]
    assert "Zeilen 2–6 (5-mal)" in zeile
    assert "Mehr besetzt als vorhanden" in zeile
    assert "Spalte M" in zeile


def test_abschnitte_nennen_alle_und_nur_die_schweren_die_vorkommen() -> None:
    seite = _seite(geprueft("personal", BUNT))
    assert [e.text for e in seite.alle("h2")][:2] == ["Fehler (6)", "Warnungen (2)"]
    assert "Es gibt keine Befunde." in _seite(geprueft("personal", DATEIEN["gut"])).text


def test_die_kappung_wird_mit_zahlen_gesagt() -> None:
    g = geprueft("personal", mit_fehlern(HOECHSTZAHL_BEFUNDE + 100))
    gesamt = g.daten["befunde_gesamt"]
    assert (gesamt, g.daten["befunde_gezeigt"]) == (HOECHSTZAHL_BEFUNDE + 100, HOECHSTZAHL_BEFUNDE)
    assert g.daten["nicht_einzeln"] == [{"code": "R15c", "spalte": "vzae_besetzt", "anzahl": 100}]
    satz = protokoll.kappung(g.daten)
    assert satz.startswith("Einzeln aufgeführt sind 5.000 von 5.100 Befunden")
    assert "100 zu „Mehr besetzt als vorhanden“ (vzae_besetzt)" in satz
    assert satz in _seite(g).text
    assert "Fehler (5.100)" in _seite(g).text
    _gueltig(g)


def test_keine_spalte_verschwindet_hinter_einer_anderen() -> None:
    zeile = {**GUELTIG["personal"]()[0], "vzae_besetzt": 2.6, "personen": None, "tarif": "TVX", "finanzierung": "FGX"}
    zeilen = [{**zeile, "stelle_id": f"S{i}"} for i in range(3_000)]
    zeilen.append({**zeile, "stelle_id": "S", "qualifikation": "?"})
    g = geprueft("personal", als_csv("personal", zeilen))
    erwartet = {("missing_value", "personen"), ("unknown_code", "tarif"), ("unknown_code", "finanzierung")}
    erwartet |= {("R15c", "vzae_besetzt")}
    je_art = {(e["code"], e["spalte"]): e for e in g.daten["gruppen"]}
    assert {art: je_art[art]["anzahl"] for art in erwartet} == dict.fromkeys(erwartet, 3_001)
    assert je_art["unknown_code", "qualifikation"]["anzahl"] == 1
    gezeigt = Counter((b["code"], b["spalte"]) for b in g.daten["befunde"])
    assert min(gezeigt[art] for art in erwartet) > 1_000
    assert sum(gezeigt.values()) <= HOECHSTZAHL_BEFUNDE
    assert sum(e["anzahl"] for e in g.daten["gruppen"]) == g.daten["befunde_gesamt"]
    assert all(e["gekuerzt"] for art, e in je_art.items() if art in erwartet)
    zeile_personen = next(z for z in _seite(g).alle("tr") if "missing_value" in z.text)
    assert "und weitere (3.001-mal)" in zeile_personen.text
    _gueltig(g)


def test_alle_schweren_und_gruende_haben_worte() -> None:
    assert set(protokoll.SCHWERE) == set(Schwere)
    assert set(protokoll.GRUENDE) == set(Grund)
    assert protokoll.in_worten({"fehler": 1, "warnung": 1, "hinweis": 1200}) == "1 Fehler, 1 Warnung, 1.200 Hinweise"


def test_nur_geprueft_ist_nicht_abgegeben() -> None:
    g = geprueft("personal", DATEIEN["gut"], version=0)
    assert "nicht abgegeben" in _seite(g).text
    assert "Eingegangen" not in _seite(g).text
    eingegangen = _seite(geprueft("personal", DATEIEN["gut"])).text
    assert "01.03.2026, 13:00 Uhr" in eingegangen


def test_alle_codes_einer_falsch_ausgefuellten_spalte_stehen_im_protokoll() -> None:
    zeilen = [{**GUELTIG["herkunft"]()[0], "staat": "Absurdistan"}]
    g = geprueft("herkunft", als_csv("herkunft", zeilen))
    codes = g.datensatz.spalte("staat").codes or ()
    (befund,) = [b for b in g.daten["befunde"] if b["code"] == "unknown_code"]
    assert f"und {len(codes) - 30} weitere; alle stehen im Prüfprotokoll" in befund["abhilfe"]
    tabelle = _seite(g).mit_id("codes-staat").eltern
    assert tabelle is not None
    assert [th.text for z in tabelle.alle("tr") for th in z.alle("th")][2:] == list(codes)
    _gueltig(g)
    assert geprueft("personal", DATEIEN["gut"]).daten["erlaubte_codes"] == []
