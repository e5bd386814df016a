"""The JSON Schemas of what the API takes and gives.

What belongs here: names, types and meaning of fields. What does not: who answers with them (`api_lieferungen.py`). A
test holds real answers against them.
"""

from collections.abc import Mapping

from assets.pruefung.protokoll_schema import SCHEMA, TEXT, TEXT_ODER_NICHTS, ZAHL, Schema, liste, mit, objekt
from schemas.lieferbuch import FASSUNGSZUSTAND, URTEILE
from schemas.modell import Schwere

_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256 der Bytes, hexadezimal"}
_ZEIT: Schema = {"type": "string", "format": "date-time"}
_VERSION: Schema = {"type": "integer", "minimum": 1}
_VERSION_ODER_KEINE: Schema = {"type": ["integer", "null"], "minimum": 1}
_LABEL = mit(TEXT, "Der Stand in Worten")
_WAS_NUN = mit(TEXT, "Was als Nächstes zu tun ist")
_ZUSTAND: Schema = {"enum": list(FASSUNGSZUSTAND.schluessel), "description": "Stand der Fassung"}
_LIEFERUNG: Mapping[str, Schema] = {"datensatz": TEXT, "meldeeinheit": TEXT, "berichtsjahr": {"type": "integer"}}
_FASSUNG: Mapping[str, Schema] = {
    "version": mit(_VERSION, "Laufende Nummer der Lieferung"),
    "nummer": mit(TEXT, "Nummer der Quittung"),
    "zustand": _ZUSTAND,
    "zustand_label": _LABEL,
    "was_nun": _WAS_NUN,
    "dateiname": TEXT,
    "sha256": _SHA256,
    "eingegangen_am": mit(_ZEIT, "Zeitpunkt in UTC"),
}

SCHEMATA: Mapping[str, Schema] = {
    "Protokoll": {name: wert for name, wert in SCHEMA.items() if name != "$schema"},
    "Pruefergebnis": objekt(
        "Was die Prüfung einer hochgeladenen Datei ergab. Eingereicht ist sie damit noch nicht.",
        {
            **_LIEFERUNG,
            "sha256": _SHA256,
            "zustand": {"enum": list(URTEILE), "description": "Urteil der Prüfung"},
            "zustand_label": _LABEL,
            "was_nun": _WAS_NUN,
            "anzahl": objekt("Befunde je Schwere", {s.value: ZAHL for s in Schwere}),
            "version": mit(_VERSION_ODER_KEINE, "Unter welcher Version die Datei schon eingereicht ist"),
            "verfaellt_am": {
                "type": ["string", "null"],
                "format": "date-time",
                "description": "Bis wann die Datei auf das Einreichen wartet (UTC); null, wenn sie eingereicht ist",
            },
            "protokoll": {"$ref": "#/components/schemas/Protokoll"},
        },
    ),
    "Einreichung": objekt("Welche hochgeladene Datei eingereicht wird", {"sha256": _SHA256}),
    "Lieferung": objekt(
        "Wo eine Lieferung steht",
        {
            **_LIEFERUNG,
            "frist": {"type": "string", "format": "date"},
            "ueberfaellig": {"type": "boolean"},
            "zustand": mit(TEXT, "Stand der neuesten Fassung; „fehlt“ oder „nicht_erwartet“, solange es keine gibt"),
            "zustand_label": _LABEL,
            "was_nun": _WAS_NUN,
            "neueste_version": _VERSION_ODER_KEINE,
            "gueltige_version": mit(_VERSION_ODER_KEINE, "Die Version, deren Zahlen gelten"),
            "fassungen": liste(
                objekt("Eine Fassung", {**_FASSUNG, "rueckzugsgrund": TEXT_ODER_NICHTS}),
                "Alle Fassungen, die neueste zuerst",
            ),
        },
    ),
    "Quittung": objekt(
        "Die Bestätigung, dass eine Fassung eingegangen ist",
        {
            **_LIEFERUNG,
            **_FASSUNG,
            "groesse": mit(ZAHL, "Bytes"),
            "weg": mit(TEXT, "Auf welchem Weg sie kam"),
            "abgegeben_von": mit(TEXT, "Die Person, für die der Zugangsschlüssel steht oder die angemeldet war"),
            "zeilen": {"type": ["integer", "null"], "minimum": 0, "description": "Datenzeilen, sobald geprüft ist"},
            "regel_version": mit(TEXT_ODER_NICHTS, "Fingerabdruck der Regeln der Prüfung"),
            "siegel": mit(TEXT, "Beweist, dass das Portal den Empfang bestätigt hat; prüfen kann es jeder im Portal"),
        },
    ),
    "Beschreibung": {"type": "object", "description": "Dieses Dokument"},
    "Problem": objekt(
        "Was nicht ging, nach RFC 9457",
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": mit(TEXT, "Was nicht ging und was zu tun ist"),
            "instance": {"type": "string", "format": "uri-reference", "description": "Die Adresse der Anfrage"},
        },
    ),
}
