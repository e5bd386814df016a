"""The handbook holds everything of the contract, its links lead somewhere, and it asks nobody for anything."""

import io
import json
import zipfile
from itertools import pairwise
from urllib.parse import urldefrag

import pytest

from assets.eingang.lesen import lies_tabelle
from assets.erhebung import worte
from assets.erhebung.handbuch import erzeuge, seite_von
from schemas.datensaetze import alle_datensaetze, dateiregeln
from schemas.indikatoren import katalog
from schemas.modell import Indikator, Schwere, Umfang
from schemas.regelregister import regelregister
from tests.berichte.seitenleser import Element, lies
from tests.pruefung.faelle import LAND

DATEIEN = dict(erzeuge(LAND))
SEITEN: dict[str, Element] = {n: lies(i) for n, i in DATEIEN.items() if n.endswith(".html")}


def _ids(seite: Element) -> list[str]:
    return [e.attribute["id"] for e in seite.alle() if "id" in e.attribute]


KENNUNGEN = {name: set(_ids(seite)) for name, seite in SEITEN.items()}


@pytest.mark.parametrize("name", LAND.datensaetze)
def test_jeder_datensatz_hat_seite_spalten_und_vorlagen(name: str) -> None:
    d = alle_datensaetze()[name]
    seite = SEITEN[seite_von(name)]
    assert d.rechtsgrundlage in seite.text
    for spalte in d.spalten:
        zeile = seite.mit_id(f"spalte-{spalte.name}").text
        assert spalte.feld.label in zeile
        assert spalte.feld.beschreibung in zeile
        assert worte.form(spalte.feld) in zeile
        assert spalte.feld.einheit is None or spalte.feld.einheit in zeile
        assert spalte.feld.codeliste is None or any(
            a.attribute["href"] == f"codelisten.html#liste-{spalte.feld.codeliste.name}"
            for a in seite.mit_id(f"spalte-{spalte.name}").alle("a")
        )
    for hinweis in d.nutzungshinweise:
        assert hinweis in seite.text
    for form in ("csv", "xlsx"):
        gelesen = lies_tabelle(DATEIEN[f"vorlagen/{name}.{form}"], f"v.{form}", d.spalten)
        assert len(gelesen.spalten) == len(d.spalten)


@pytest.mark.parametrize("name", LAND.datensaetze)
def test_eigene_regeln_stehen_auf_der_seite_des_datensatzes(name: str) -> None:
    eigene = [r for r in dateiregeln(name) if sum(r in dateiregeln(n) for n in LAND.datensaetze) == 1]
    assert all(r.text.titel in SEITEN[seite_von(name)].text for r in eigene)


def test_jeder_code_jeder_verwendeten_liste_steht_da() -> None:
    seite = SEITEN["codelisten.html"]
    listen = {s.feld.codeliste for n in LAND.datensaetze for s in alle_datensaetze()[n].spalten if s.feld.codeliste}
    for liste in listen:
        zeilen = {
            tuple(z.text for z in tr.alle("th", "td")) for tr in _abschnitt(seite, f"liste-{liste.name}").alle("tr")
        }
        for code in liste.codes:
            assert (code.code, f"{code.label} {code.beschreibung}".strip()) in zeilen


def _abschnitt(seite: Element, kennung: str) -> Element:
    return next(s for s in seite.alle("section") if s.attribute.get("aria-labelledby") == kennung)


@pytest.mark.parametrize("kennung", regelregister())
def test_jede_regel_und_jeder_befund_steht_mit_rat_und_quelle_da(kennung: str) -> None:
    regel = regelregister()[kennung]
    zeile = SEITEN["regeln.html"].mit_id(f"regel-{kennung}").text
    for text in (regel.text.titel, regel.text.meldung, regel.text.abhilfe, regel.quelle):
        assert " ".join(text.split(" ")) in zeile


@pytest.mark.parametrize("indikator", katalog(LAND), ids=lambda i: i.id)
def test_jede_kennzahl_steht_mit_definition_quelle_und_abfrage_da(indikator: Indikator) -> None:
    seite = SEITEN["kennzahlen.html"]
    artikel = next(a for a in seite.alle("article") if a.attribute["aria-labelledby"] == f"kennzahl-{indikator.id}")
    assert indikator.definition in artikel.text
    abfragen = [c.text for pre in artikel.alle("pre") for c in pre.alle("code")]
    mit_quelle = [v for v in indikator.varianten if v.zaehler is not None]
    assert len(abfragen) == len(mit_quelle)
    for variante, sql in zip(mit_quelle, abfragen, strict=True):
        assert variante.zaehler is not None
        assert variante.zaehler.quelle in artikel.text
        assert " ".join(variante.zaehler.sql.split()) in " ".join(sql.split())
    assert artikel.text.count("noch keine Quelle") == len(indikator.varianten) - len(mit_quelle)


def test_jeder_berichtspunkt_sagt_woraus_er_entsteht() -> None:
    seite = SEITEN["berichtspunkte.html"]
    for punkt in LAND.berichtspunkte:
        zeile = seite.mit_id(f"punkt-{punkt.id}")
        assert punkt.inhalt in zeile.text
        assert punkt.fundstelle in zeile.text
        ziele = {a.attribute["href"] for a in zeile.alle("a")}
        assert {f"kennzahlen.html#kennzahl-{i}" for i in punkt.indikatoren if i in LAND.indikatoren} <= ziele
        assert {seite_von(d) for d in punkt.datensaetze if d in LAND.datensaetze} <= ziele


@pytest.mark.parametrize("name", SEITEN)
def test_verweise_zeigen_auf_etwas_und_kennungen_sind_eindeutig(name: str) -> None:
    seite = SEITEN[name]
    assert len(_ids(seite)) == len(KENNUNGEN[name])
    for e in seite.alle():
        assert e.attribute.get("aria-labelledby") in {None, *KENNUNGEN[name]}
        for ziel in (e.attribute[a] for a in ("href", "src") if a in e.attribute):
            pfad, anker = urldefrag(ziel)
            assert not pfad or pfad in DATEIEN, ziel
            assert not anker or anker in KENNUNGEN[pfad or name], ziel


@pytest.mark.parametrize("name", SEITEN)
def test_jede_seite_hat_titel_sprache_und_eine_ueberschrift(name: str) -> None:
    seite = SEITEN[name]
    assert next(seite.alle("html")).attribute["lang"] == "de"
    assert len(list(seite.alle("h1"))) == 1
    assert not list(seite.alle("script", "style"))
    stufen = [int(e.name[1]) for e in seite.alle("h1", "h2", "h3", "h4")]
    assert all(b <= a + 1 for a, b in pairwise(stufen))
    for tabelle in seite.alle("table"):
        assert len(list(tabelle.alle("caption"))) == 1


def test_nirgends_steht_eine_fremde_adresse() -> None:
    for name, inhalt in DATEIEN.items():
        if name.endswith((".html", ".css", ".svg", ".csv")):
            assert "//" not in inhalt.decode().replace("http://www.w3.org/2000/svg", ""), name
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(inhalt)) as paket:
                assert not [n for n in paket.namelist() if b"External" in paket.read(n)]


def test_zweimal_erzeugt_ist_gleich() -> None:
    assert dict(erzeuge(LAND)) == DATEIEN


def test_das_schema_der_protokolle_liegt_bei() -> None:
    assert json.loads(DATEIEN["pruefprotokoll.schema.json"])["title"] == "Prüfprotokoll einer Lieferung"


def test_alle_schweren_und_umfaenge_haben_worte() -> None:
    assert set(worte.SCHWERE) == set(Schwere)
    assert set(worte.UMFANG) == set(Umfang)
