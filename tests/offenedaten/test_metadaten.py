"""What describes the data for machines: valid, true, and silent about a licence where there is none."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from assets.berichte.bestand import baue_bestand
from assets.berichte.seiten import seiten_aus
from assets.berichte.vorrat import Vorrat
from assets.offenedaten.datei import mit_format
from assets.offenedaten.schema_org import json_ld
from assets.offenedaten.steckbrief import steckbrief
from schemas.editionen import INTERN_LAND, OEFFENTLICH, fuer
from schemas.offene_daten import LIZENZ
from tests.berichte import welt
from tests.berichte.seitenleser import lies
from tests.offenedaten.ausgabe import baue, lies_json

FORMEN = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
SPDX = Namespace("http://spdx.org/rdf/terms#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
FREMDE_WARNUNGEN = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@FREMDE_WARNUNGEN
def test_das_datenpaket_gilt_mit_fremdschluesseln(ordner: Path) -> None:
    from frictionless import Package

    bericht = Package(str(ordner / "datapackage.json")).validate()
    fehler = [f for aufgabe in bericht.tasks for f in aufgabe.flatten(["fieldName", "rowNumber", "note"])]
    assert bericht.valid, (bericht.errors, fehler[:5])


@FREMDE_WARNUNGEN
@pytest.mark.parametrize(
    ("spalte", "falsch"), [("ags", "X9"), ("variante", "GIBTSNICHT"), ("geschlecht", "Q"), ("wertzeichen", "?")]
)
def test_ein_unbekannter_code_faellt_auf(dateien: dict[str, bytes], tmp_path: Path, spalte: str, falsch: str) -> None:
    from frictionless import Package

    paket = lies_json(dateien["daten/datapackage.json"])
    gebraucht = {"kennzahlen", "berechnungen", "gebiete", "wertzeichen"}
    paket["resources"] = [r for r in paket["resources"] if r["name"] in gebraucht]
    kopf, erste, *rest = dateien["daten/kennzahlen.csv"].decode().splitlines(keepends=True)
    nummer = kopf.split(",").index(spalte)
    zellen = erste.split(",")
    assert '"' not in "".join(zellen[: nummer + 1])
    zellen[nummer] = falsch
    for ressource in paket["resources"]:
        (tmp_path / ressource["path"]).write_bytes(dateien[f"daten/{ressource['path']}"])
        (tmp_path / ressource["schema"]).write_bytes(dateien[f"daten/{ressource['schema']}"])
        ressource.pop("hash")
        ressource.pop("bytes")
    (tmp_path / "kennzahlen.csv").write_text("".join([kopf, ",".join(zellen), *rest]), encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(paket), encoding="utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_jede_tabelle_ist_eine_ressource_mit_groesse_und_pruefsumme(dateien: dict[str, bytes]) -> None:
    ressourcen = {r["path"]: r for r in lies_json(dateien["daten/datapackage.json"])["resources"]}
    csv = {p.removeprefix("daten/"): inhalt for p, inhalt in dateien.items() if p.endswith(".csv")}
    assert set(ressourcen) == set(csv)
    for name, inhalt in csv.items():
        assert ressourcen[name]["bytes"] == len(inhalt)
        assert ressourcen[name]["hash"] == f"sha256:{hashlib.sha256(inhalt).hexdigest()}"


def test_codes_stehen_in_beiden_fassungen_der_norm(dateien: dict[str, bytes]) -> None:
    felder = {f["name"]: f for f in lies_json(dateien["daten/kennzahlen.schema.json"])["fields"]}
    for name in ("geschlecht", "gebiet_typ", "wertzeichen", "vgl_kreise", "gemeinde_ags"):
        assert [c["value"] for c in felder[name]["categories"]] == felder[name]["constraints"]["enum"]
        assert all(c["label"] for c in felder[name]["categories"])


@FREMDE_WARNUNGEN
def test_csvw_beschreibt_jede_tabelle_richtig(dateien: dict[str, bytes], ordner: Path) -> None:
    from csvw import CSVW

    tabellen = [p for p in dateien if p.endswith(".csv")]
    assert len(tabellen) > 20
    for pfad in tabellen:
        assert f"{pfad}-metadata.json" in dateien
        geprueft = CSVW(str(ordner / f"{pfad.removeprefix('daten/')}-metadata.json"), validate=True)
        assert geprueft.is_valid, (pfad, [str(w.message) for w in geprueft.warnings][:3])


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcatde: <http://dcat-ap.de/def/dcatde/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
[] a sh:NodeShape ; sh:targetClass dcat:Catalog ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ], [ sh:path dct:description ; sh:minCount 1 ],
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ],
    [ sh:path dcat:dataset ; sh:minCount 1 ; sh:class dcat:Dataset ] .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ], [ sh:path dct:description ; sh:minCount 1 ],
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Agent ],
    [ sh:path dcat:contactPoint ; sh:minCount 1 ; sh:class vcard:Kind ],
    [ sh:path dcatde:contributorID ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:theme ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:landingPage ; sh:minCount 1 ; sh:class foaf:Document ],
    [ sh:path dct:temporal ; sh:minCount 1 ; sh:class dct:PeriodOfTime ],
    [ sh:path dct:spatial ; sh:minCount 1 ; sh:class dct:Location ],
    [ sh:path dcatde:politicalGeocodingURI ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ],
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dct:LicenseDocument ;
      sh:pattern "^http://dcat-ap.de/def/licenses/" ],
    [ sh:path dcatde:licenseAttributionByText ; sh:minCount 1 ],
    [ sh:path dct:format ; sh:minCount 1 ; sh:pattern "/authority/file-type/" ],
    [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:decimal ],
    [ sh:path spdx:checksum ; sh:minCount 1 ; sh:class spdx:Checksum ] .
[] a sh:NodeShape ; sh:targetClass vcard:Kind ;
  sh:property [ sh:path vcard:fn ; sh:minCount 1 ], [ sh:path vcard:hasEmail ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetClass dct:PeriodOfTime ;
  sh:property [ sh:path dcat:startDate ; sh:minCount 1 ; sh:datatype xsd:date ],
    [ sh:path dcat:endDate ; sh:minCount 1 ; sh:datatype xsd:date ] .
[] a sh:NodeShape ; sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:algorithm ; sh:minCount 1 ],
    [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:datatype xsd:hexBinary ] .
"""
"""What DCAT-AP.de 2.0 and its conventions ask for (https://www.dcat-ap.de/def/dcatde/2.0/spec/), as far as used."""


def _graph(dateien: dict[str, bytes], endung: str) -> Graph:
    return Graph().parse(data=dateien[f"daten/dcat-ap-de.{endung}"], format=FORMEN[endung])


def _gilt(graph: Graph) -> tuple[bool, str]:
    from pyshacl import validate

    gilt, _, text = validate(graph, shacl_graph=Graph().parse(data=SHAPES, format="turtle"))
    return bool(gilt), str(text)


@FREMDE_WARNUNGEN
@pytest.mark.parametrize("edition", [OEFFENTLICH, INTERN_LAND, fuer("X1")])
def test_dcat_hat_was_die_portale_verlangen(edition: str) -> None:
    gilt, text = _gilt(_graph(baue(edition), "ttl"))
    assert gilt, text


@FREMDE_WARNUNGEN
@pytest.mark.parametrize(
    "fehlt", [DCAT.contactPoint, DCTERMS.license, DCTERMS.publisher, SPDX.checksum, DCATDE.contributorID]
)
def test_die_pruefung_merkt_was_fehlt(dateien: dict[str, bytes], fehlt: URIRef) -> None:
    graph = _graph(dateien, "ttl")
    graph.remove((None, fehlt, None))
    assert not _gilt(graph)[0]


@FREMDE_WARNUNGEN
def test_dcat_sagt_in_drei_schreibweisen_dasselbe_und_nennt_die_dateien_wie_sie_sind(
    dateien: dict[str, bytes],
) -> None:
    graphen = [_graph(dateien, endung) for endung in FORMEN]
    assert all(isomorphic(graphen[0], g) for g in graphen[1:])
    graph = graphen[0]
    verteilt = list(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(verteilt) == 4
    for knoten in verteilt:
        pfad = str(graph.value(knoten, DCAT.downloadURL)).removeprefix("https://herausgeber.invalid/teilhabe/")
        assert graph.value(knoten, DCTERMS.license) == URIRef(LIZENZ.dcat)
        assert str(graph.value(knoten, DCAT.byteSize)) == f"{len(dateien[pfad])}.0"
        summe = graph.value(graph.value(knoten, SPDX.checksum), SPDX.checksumValue)
        assert isinstance(summe, Literal)
        assert str(summe).lower() == hashlib.sha256(dateien[pfad]).hexdigest()


def _aus_der_seite(dateien: dict[str, bytes]) -> dict[str, Any]:
    skripte = list(lies(dateien["daten.html"]).alle("script"))
    assert [s.attribute["type"] for s in skripte] == ["application/ld+json"]
    return lies_json("".join(k for k in skripte[0].kinder if isinstance(k, str)).encode())


def test_die_seite_sagt_suchmaschinen_dasselbe(dateien: dict[str, bytes]) -> None:
    satz = _aus_der_seite(dateien)
    assert (satz["@context"], satz["@type"], satz["license"]) == ("https://schema.org", "Dataset", LIZENZ.text_url)
    assert satz["temporalCoverage"] == "2005-12-31/2025-12-31"
    assert satz["publisher"]["name"] == "Musterministerium"
    for d in satz["distribution"]:
        inhalt = dateien[d["contentUrl"].removeprefix("https://herausgeber.invalid/teilhabe/")]
        assert d["sha256"] == hashlib.sha256(inhalt).hexdigest()
        assert d["contentSize"] == f"{len(inhalt)} B"


def test_boese_namen_brechen_nicht_aus_dem_datenblock_aus() -> None:
    boese = "</script><script>alert(1)</script><!-- & \u2028"
    brief = steckbrief(welt.berichtsdaten(edition=OEFFENTLICH))
    text = str(json_ld(brief, [mit_format("a.csv", boese, b"")], [boese]))
    assert not re.search("[<>&]", text)
    assert json.loads(text)["variableMeasured"] == [boese]


def test_pruefsummen_nennen_jede_datei_auch_die_offenen_tabellen() -> None:
    fremde = [("daten/tabellen/beratung.csv", b"a,b\n"), ("daten/manifest.json", b"{}\n")]
    bestand = baue_bestand(welt.berichtsdaten(edition=OEFFENTLICH))
    dateien = dict(seiten_aus(bestand, Vorrat(), offene_tabellen=fremde))
    zeilen = [z.split("  ", 1) for z in dateien.pop("daten/SHA256SUMS").decode().splitlines()]
    genannt = {name: summe for summe, name in zeilen}
    vorhanden = {p.removeprefix("daten/"): i for p, i in dateien.items() if p.startswith("daten/")}
    assert genannt == {name: hashlib.sha256(inhalt).hexdigest() for name, inhalt in vorhanden.items()}
    assert "tabellen/beratung.csv" in genannt
    verweise = {a.attribute["href"] for a in lies(dateien["daten.html"]).alle("a")}
    assert {p for p, _ in fremde} <= verweise


@pytest.mark.parametrize("edition", [INTERN_LAND, fuer("X2")])
def test_interne_ausgaben_nennen_sich_so_und_tragen_keine_offene_lizenz(edition: str) -> None:
    dateien = baue(edition)
    metadaten = {
        p: i.decode() for p, i in dateien.items() if re.search(r"datapackage|-metadata\.json|dcat-ap|daten\.html", p)
    }
    assert len(metadaten) > 20
    for pfad, text in metadaten.items():
        assert "nicht zur Veröffentlichung" in text, pfad
        assert "dl-de" not in text, pfad
        assert "dl-by-de" not in text, pfad
        assert "herausgeber.invalid/teilhabe/" not in text, pfad
    assert "licenses" not in lies_json(dateien["daten/datapackage.json"])
    assert _aus_der_seite(dateien)["isAccessibleForFree"] is False


def test_zwei_laeufe_geben_dieselben_bytes(dateien: dict[str, bytes]) -> None:
    assert baue() == dateien


def test_die_seite_nennt_jede_tabelle_mit_lizenz_groesse_und_zitat(dateien: dict[str, bytes]) -> None:
    baum = lies(dateien["daten.html"])
    zeilen = {
        next(tr.alle("a")).attribute["href"]: [td.text for td in tr.alle("td")]
        for tabelle in baum.alle("table")
        if "downloads" in tabelle.klassen
        for tr in next(tabelle.alle("tbody")).alle("tr")
    }
    assert {p for p in dateien if p.endswith((".csv", ".xlsx", ".parquet"))} <= set(zeilen)
    for pfad, (_, _, groesse, zitat) in zeilen.items():
        assert re.fullmatch(r"[\d.,]+\u00a0(Byte|kB|MB)", groesse)
        assert zitat.startswith("Musterministerium (2026): ")
        assert pfad in zitat
        assert "Datenstand 01.03.2026, öffentliche Fassung" in zitat
        assert LIZENZ.text_url in zitat
    titel = " ".join(t.text for t in baum.alle("caption"))
    assert titel.count("daten@musterland.example") >= 5
