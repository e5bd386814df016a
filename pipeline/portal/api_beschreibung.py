"""The OpenAPI document of the API, made from the same definitions as its routes.

What belongs here: how they are written down in OpenAPI 3.1. What does not: what they are (`api_lieferungen.py`).
"""

import re
from typing import Any

from starlette.responses import Response

from pipeline.portal import api_lieferungen
from pipeline.portal.api_rahmen import PFAD, PROBLEM, Aufruf, Endpunkt, Rumpf, gib
from pipeline.portal.api_schema import SCHEMATA
from pipeline.portal.rahmen import HOECHSTE_VERSION
from pipeline.portal.rechte import Recht
from schemas.modell import Land

FEHLER = {
    401: "Der Zugangsschlüssel fehlt oder gilt nicht",
    403: "Dafür fehlt dem Zugangsschlüssel das Recht",
    404: "Diese Adresse gibt es nicht, oder sie gehört zu einer anderen Stelle",
    408: "Die Übertragung hat zu lange gedauert",
    409: "Die Datei mit dieser Prüfsumme wurde nicht hochgeladen",
    413: "Zu groß",
    415: "Eine andere Art von Inhalt",
    422: "Der Inhalt lässt sich so nicht annehmen",
    429: "Zu viele falsche Zugangsschlüssel von dieser Adresse",
    500: "Ein Fehler des Programms",
    503: "Zurzeit nicht erreichbar",
    507: "Auf dem Server ist kein Platz mehr",
}
_KOPFZEILEN = {
    401: ("WWW-Authenticate", "Wie der Zugangsschlüssel zu senden ist"),
    429: ("Retry-After", "Nach wie vielen Sekunden es wieder geht"),
    503: ("Retry-After", "Nach wie vielen Sekunden es wieder gehen kann"),
}
_TEIL = re.compile(r"\{(\w+)(?::\w+)?\}")
_BEGINN = "Der Zugangsschlüssel gehört zu einer Meldeeinheit und einer Person. Ausgestellt wird er von der Verwaltung."


def _dokument(aufruf: Aufruf) -> Response:
    return gib(beschreibe(aufruf.umfeld.land))


ENDPUNKTE = (
    Endpunkt(
        "GET",
        "/openapi.json",
        Recht.OFFEN,
        _dokument,
        kennung="beschreibung",
        titel="Beschreibung der Schnittstelle",
        beschreibung="Dieses Dokument.",
        antworten={200: ("OpenAPI 3.1", "Beschreibung")},
    ),
    *api_lieferungen.ENDPUNKTE,
)
"""All addresses of the API."""


def beschreibe(land: Land) -> dict[str, Any]:
    """The document."""
    pfade: dict[str, dict[str, Any]] = {}
    for e in ENDPUNKTE:
        pfade.setdefault(_TEIL.sub(lambda t: f"{{{_name(t[1])}}}", e.pfad), {})[e.methode.lower()] = _vorgang(land, e)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Lieferungen für die Integrations- und Teilhabeberichte {land.name}",
            "version": "1",
            "description": (
                "Nimmt Lieferungen von Programmen an, mit denselben Prüfungen, Rechten und Grenzen wie das Portal: "
                "erst hochladen und prüfen, dann einreichen. Fehler kommen als Problem Details (RFC 9457)."
            ),
        },
        "servers": [{"url": PFAD}],
        "paths": pfade,
        "components": {
            "schemas": dict(SCHEMATA),
            "securitySchemes": {"Zugangsschluessel": {"type": "http", "scheme": "bearer", "description": _BEGINN}},
        },
    }


def _name(teil: str) -> str:
    return "meldeeinheit" if teil == "einheit" else teil


def _vorgang(land: Land, e: Endpunkt) -> dict[str, Any]:
    gut = {str(status): _antwort(text, schema) for status, (text, schema) in e.antworten.items()}
    schlecht = {str(status): _fehler(status) for status in e.fehler}
    rumpf = {"requestBody": _rumpf(e.rumpf)} if e.rumpf else {}
    return {
        "operationId": e.kennung,
        "summary": e.titel,
        "description": e.beschreibung,
        "security": [] if e.recht is Recht.OFFEN else [{"Zugangsschluessel": []}],
        "parameters": [_parameter(land, teil) for teil in _TEIL.findall(e.pfad)],
        **rumpf,
        "responses": {**gut, **schlecht},
    }


def _antwort(text: str, schema: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": _verweis(schema)}}}


def _fehler(status: int) -> dict[str, Any]:
    antwort = {"description": FEHLER[status], "content": {PROBLEM: {"schema": _verweis("Problem")}}}
    if status not in _KOPFZEILEN:
        return antwort
    name, text = _KOPFZEILEN[status]
    return {**antwort, "headers": {name: {"description": text, "required": True, "schema": {"type": "string"}}}}


def _verweis(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}


def _rumpf(rumpf: Rumpf) -> dict[str, Any]:
    arten = {art: {"schema": schema} for art, schema in rumpf.arten.items()}
    return {"description": rumpf.beschreibung, "required": True, "content": arten}


def _parameter(land: Land, teil: str) -> dict[str, Any]:
    text, schema = {
        "einheit": ("Kennung der Meldeeinheit", {"enum": [m.id for m in land.meldeeinheiten]}),
        "jahr": ("Berichtsjahr", {"type": "integer", "enum": list(land.berichtsjahre)}),
        "datensatz": ("Name des Datensatzes", {"enum": list(land.datensaetze)}),
        "version": ("Version der Lieferung", {"type": "integer", "minimum": 1, "maximum": HOECHSTE_VERSION}),
    }[teil]
    return {"name": _name(teil), "in": "path", "required": True, "description": text, "schema": schema}
