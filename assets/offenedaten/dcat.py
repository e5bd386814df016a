"""The dataset in DCAT-AP.de 2.0, the terms German data portals harvest, as Turtle, RDF/XML and JSON-LD.

What belongs here: which facts become which terms (https://www.dcat-ap.de/def/dcatde/2.0/spec/). Distributions are the
files that hold all values; extracts for one area or indicator are none, since distributions of a dataset hold the same.
"""

import json
from collections.abc import Iterator, Sequence

from rdflib import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from assets.offenedaten.datei import Datei
from assets.offenedaten.steckbrief import SCHLAGWORTE, SEITE, Steckbrief

DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_SPDX = Namespace("http://spdx.org/rdf/terms#")
_EU = Namespace("http://publications.europa.eu/resource/authority/")
_GEOCODE = Namespace("http://dcat-ap.de/def/politicalGeocoding/")
_GESCHLOSSEN = URIRef("http://dcat-ap.de/def/licenses/other-closed")
_THEMEN = ("SOCI", "GOVE")
_SPRACHE = _EU["language/DEU"]
_FORMATE = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}


def dcat(brief: Steckbrief, dateien: Sequence[Datei]) -> Iterator[tuple[str, bytes]]:
    """(Name, content) of the three files; they say the same.

    Args:
        brief: what the edition is.
        dateien: the files that hold all of its values.
    """
    graph = _graph(brief, dateien)
    for endung, form in _FORMATE.items():
        yield f"dcat-ap-de.{endung}", _geordnet(graph.serialize(format=form, encoding="utf-8"), form)


def _geordnet(inhalt: bytes, form: str) -> bytes:
    """Bytes that do not depend on the order of a set; Turtle comes in order by itself."""
    if form == "json-ld":
        return (json.dumps(_sortiert(json.loads(inhalt)), ensure_ascii=False, indent=1) + "\n").encode()
    if form == "turtle":
        return inhalt
    kopf, *teile = inhalt.decode().removesuffix("</rdf:RDF>\n").split("  <rdf:Description")
    fertig = []
    for teil in sorted(teile):
        anfang, *aussagen, ende = teil.splitlines()
        fertig.append("\n".join([f"  <rdf:Description{anfang}", *sorted(aussagen), ende, ""]))
    return f"{kopf}{''.join(fertig)}</rdf:RDF>\n".encode()


def _sortiert(wert: object) -> object:
    """JSON whose lists stand for sets, as in expanded JSON-LD, in a fixed order."""
    if isinstance(wert, dict):
        return {name: _sortiert(w) for name, w in sorted(wert.items())}
    if isinstance(wert, list):
        return sorted((_sortiert(w) for w in wert), key=json.dumps)
    return wert


def _graph(brief: Steckbrief, dateien: Sequence[Datei]) -> Graph:
    graph = Graph()
    for kuerzel, raum in (("dcatde", DCATDE), ("vcard", _VCARD), ("spdx", _SPDX)):
        graph.bind(kuerzel, raum)
    satz, katalog = URIRef(brief.url("daten/#datensatz")), URIRef(brief.url("daten/#katalog"))
    herausgeber = _herausgeber(graph, brief)
    katalogangaben: list[tuple[URIRef, Node]] = [
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, _deutsch(f"Offene Daten: {brief.titel}")),
        (DCTERMS.description, _deutsch(brief.beschreibung)),
        (DCTERMS.publisher, herausgeber),
        (DCTERMS.language, _SPRACHE),
        (DCAT.themeTaxonomy, _EU["data-theme"]),
        (DCAT.dataset, satz),
        (FOAF.homepage, URIRef(brief.url(SEITE))),
    ]
    _sage(graph, katalog, katalogangaben)
    _datensatz(graph, satz, brief, herausgeber)
    for datei in dateien:
        graph.add((satz, DCAT.distribution, _distribution(graph, brief, datei)))
    for knoten, klasse in (
        (URIRef(brief.url(SEITE)), FOAF.Document),
        (_SPRACHE, DCTERMS.LinguisticSystem),
        (_EU["data-theme"], SKOS.ConceptScheme),
        *((_EU[f"data-theme/{t}"], SKOS.Concept) for t in _THEMEN),
    ):
        graph.add((knoten, RDF.type, klasse))
    return graph


def _datensatz(graph: Graph, satz: URIRef, brief: Steckbrief, herausgeber: URIRef) -> None:
    ort = _GEOCODE[f"stateKey/{brief.land_ags}"]
    recht = _EU[f"access-right/{'PUBLIC' if brief.oeffentlich else 'NON_PUBLIC'}"]
    angaben: list[tuple[URIRef, Node]] = [
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, _deutsch(f"{brief.titel} ({brief.fassung})")),
        (DCTERMS.description, _deutsch(brief.beschreibung)),
        (DCTERMS.identifier, Literal(brief.url("daten/#datensatz"))),
        (DCTERMS.publisher, herausgeber),
        (DCTERMS.language, _SPRACHE),
        (DCTERMS.accessRights, recht),
        (DCTERMS.accrualPeriodicity, _EU["frequency/ANNUAL"]),
        (DCTERMS.spatial, ort),
        (DCATDE.politicalGeocodingURI, ort),
        (DCATDE.politicalGeocodingLevelURI, _GEOCODE["Level/state"]),
        (DCATDE.geocodingDescription, _deutsch(brief.land)),
        (DCATDE.contributorID, URIRef(brief.herausgeber.beitragskennung)),
        (DCAT.contactPoint, _kontakt(graph, brief)),
        (DCAT.landingPage, URIRef(brief.url(SEITE))),
        *((DCAT.theme, _EU[f"data-theme/{t}"]) for t in _THEMEN),
        *((DCAT.keyword, _deutsch(wort)) for wort in SCHLAGWORTE),
    ]
    if brief.stand:
        angaben += [(DCTERMS.modified, Literal(brief.stand, datatype=XSD.date))]
    if brief.von and brief.bis:
        angaben += [(DCTERMS.temporal, _zeitraum(graph, brief))]
    if brief.quellen:
        angaben += [(DCTERMS.provenance, _quellen(graph, brief))]
    _sage(graph, satz, angaben)
    graph.add((ort, RDF.type, DCTERMS.Location))
    graph.add((recht, RDF.type, DCTERMS.RightsStatement))


def _distribution(graph: Graph, brief: Steckbrief, datei: Datei) -> URIRef:
    knoten, adresse = URIRef(brief.url(f"daten/#{datei.name}")), URIRef(brief.url(datei.pfad))
    summe = URIRef(f"{knoten}-sha256")
    lizenz = URIRef(brief.lizenz.dcat) if brief.lizenz else _GESCHLOSSEN
    angaben: list[tuple[URIRef, Node]] = [
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, _deutsch(f"{datei.titel} ({datei.format.name})")),
        (DCAT.accessURL, adresse),
        (DCAT.downloadURL, adresse),
        (DCTERMS["format"], _EU[f"file-type/{datei.format.eu}"]),
        (DCAT.mediaType, URIRef(f"https://www.iana.org/assignments/media-types/{datei.format.medientyp}")),
        (DCAT.byteSize, Literal(f"{datei.bytes}.0", datatype=XSD.decimal)),
        (DCTERMS.license, lizenz),
        (DCATDE.licenseAttributionByText, _deutsch(brief.quellenangabe())),
        (_SPDX.checksum, summe),
    ]
    _sage(graph, knoten, angaben)
    pruefsumme: list[tuple[URIRef, Node]] = [
        (RDF.type, _SPDX.Checksum),
        (_SPDX.algorithm, _SPDX.checksumAlgorithm_sha256),
        (_SPDX.checksumValue, Literal(datei.sha256, datatype=XSD.hexBinary)),
    ]
    _sage(graph, summe, pruefsumme)
    graph.add((lizenz, RDF.type, DCTERMS.LicenseDocument))
    return knoten


def _herausgeber(graph: Graph, brief: Steckbrief) -> URIRef:
    knoten = URIRef(brief.url("daten/#herausgeber"))
    _sage(graph, knoten, [(RDF.type, FOAF.Agent), (FOAF.name, _deutsch(brief.herausgeber.name))])
    return knoten


def _kontakt(graph: Graph, brief: Steckbrief) -> URIRef:
    knoten = URIRef(brief.url("daten/#kontakt"))
    angaben: list[tuple[URIRef, Node]] = [
        (RDF.type, _VCARD.Kind),
        (RDF.type, _VCARD.Organization),
        (_VCARD.fn, _deutsch(brief.herausgeber.name)),
        (_VCARD.hasEmail, URIRef(f"mailto:{brief.herausgeber.mail}")),
    ]
    _sage(graph, knoten, angaben)
    return knoten


def _zeitraum(graph: Graph, brief: Steckbrief) -> URIRef:
    knoten = URIRef(brief.url("daten/#zeitraum"))
    angaben: list[tuple[URIRef, Node]] = [
        (RDF.type, DCTERMS.PeriodOfTime),
        (DCAT.startDate, Literal(brief.von)),
        (DCAT.endDate, Literal(brief.bis)),
    ]
    _sage(graph, knoten, angaben)
    return knoten


def _quellen(graph: Graph, brief: Steckbrief) -> URIRef:
    knoten = URIRef(brief.url("daten/#quellen"))
    vermerke = " ".join(vermerk for vermerk, _ in brief.quellen)
    _sage(graph, knoten, [(RDF.type, DCTERMS.ProvenanceStatement), (RDFS.label, _deutsch(vermerke))])
    return knoten


def _sage(graph: Graph, knoten: URIRef, angaben: Sequence[tuple[URIRef, Node]]) -> None:
    for eigenschaft, wert in angaben:
        graph.add((knoten, eigenschaft, wert))


def _deutsch(text: str) -> Literal:
    return Literal(text, lang="de")
