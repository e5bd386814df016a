"""The JSON Schema of a Prüfprotokoll: what a program may rely on when it reads one.

What belongs here: names, types and meaning of the fields; a test holds real protocols against it. What does not: making
protocols (`protokoll.py`). Closed on purpose: a field that is not described here is not in a protocol.
"""

from collections.abc import Mapping
from typing import Any

from assets.eingang.lesen import Grund
from schemas.lieferstand import ZUSTAND
from schemas.modell import Schwere

AUFBAU = "3"
"""Version of the structure; goes up when a field changes its meaning or goes away."""

_Schema = dict[str, Any]
_TEXT: _Schema = {"type": "string"}
_TEXT_ODER_NICHTS: _Schema = {"type": ["string", "null"]}
_ZAHL: _Schema = {"type": "integer", "minimum": 0}
_ZEILE: _Schema = {"type": ["integer", "null"], "minimum": 0}
_SCHWERE: _Schema = {"enum": [s.value for s in Schwere]}


def _mit(schema: _Schema, beschreibung: str) -> _Schema:
    return {**schema, "description": beschreibung}


def _objekt(beschreibung: str, felder: Mapping[str, _Schema]) -> _Schema:
    """An object that has exactly these fields."""
    return {
        "type": "object",
        "description": beschreibung,
        "properties": dict(felder),
        "required": list(felder),
        "additionalProperties": False,
    }


def _liste(von: _Schema, beschreibung: str) -> _Schema:
    return {"type": "array", "items": von, "description": beschreibung}


_JE_REGEL = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
_BEREICHE = _liste(
    {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
    "Zusammenhängende Zeilen als [erste, letzte], wie Excel sie zählt",
)
_BELEG = _objekt(
    "Der Beleg der geprüften Fassung",
    {
        "datensatz": _TEXT,
        "meldeeinheit": _TEXT,
        "berichtsjahr": {"type": "integer"},
        "version": _mit(_ZAHL, "Laufende Nummer der Lieferung; 0, wenn sie nur geprüft und nicht abgegeben wurde"),
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "groesse": _mit(_ZAHL, "Bytes"),
        "dateiname": _TEXT,
        "endung": _TEXT,
        "eingegangen_am": _mit(_TEXT, "Zeitpunkt in UTC, ISO 8601"),
        "weg": _TEXT,
        "synthetisch": _mit({"type": "boolean"}, "Erfundene Beispieldaten"),
    },
)
_BEFUND = _objekt(
    "Ein Befund",
    {
        "code": _mit(_TEXT, "Kennung der Regel oder des Befunds"),
        "schwere": _SCHWERE,
        "zeile": _mit(_ZEILE, "Zeile, wie Excel sie zählt"),
        "physische_zeile": _mit(_ZEILE, "Zeile der Datei"),
        "spalte": _mit(_TEXT_ODER_NICHTS, "Spaltenname der Vorlage"),
        "buchstabe": _mit(_TEXT_ODER_NICHTS, "Buchstabe der Spalte in der Datei"),
        "wert": _mit(_TEXT_ODER_NICHTS, "Inhalt der Zelle, gekürzt"),
        "meldung": _TEXT,
        "abhilfe": _TEXT,
        "vorschlag": _TEXT_ODER_NICHTS,
    },
)
_AUSPRAEGUNG = _objekt(
    "Gleichlautende Befunde einer Gruppe",
    {
        "wert": _TEXT_ODER_NICHTS,
        "meldung": _TEXT,
        "vorschlag": _TEXT_ODER_NICHTS,
        "abhilfe": _mit(_TEXT_ODER_NICHTS, "Nur wo sie anders lautet als die der Gruppe"),
        "anzahl": _mit(_ZAHL, "Wie oft; ist die Gruppe gekürzt, wie oft mindestens"),
        "bereiche": _BEREICHE,
    },
)
_GRUPPE = _objekt(
    "Befunde derselben Kennung in derselben Spalte",
    {
        "code": _TEXT,
        "titel": _TEXT,
        "schwere": _SCHWERE,
        "spalte": _TEXT_ODER_NICHTS,
        "buchstabe": _TEXT_ODER_NICHTS,
        "abhilfe": _TEXT,
        "anzahl": _mit(_ZAHL, "Alle Befunde der Gruppe, auch die nicht einzeln aufgeführten"),
        "gekuerzt": _mit({"type": "boolean"}, "Nicht alle sind einzeln aufgeführt; `bereiche` nennen nur die ersten"),
        "bereiche": _BEREICHE,
        "auspraegungen": _liste(_AUSPRAEGUNG, "Die ersten Wortlaute der Gruppe"),
        "weitere": _mit(_ZAHL, "Wortlaute, die hier nicht stehen"),
    },
)
_ART = _objekt("Befunde einer Kennung in einer Spalte", {"code": _TEXT, "spalte": _TEXT_ODER_NICHTS, "anzahl": _ZAHL})
_CODES = _objekt(
    "Die Codes einer Spalte",
    {"spalte": _TEXT, "codes": _liste(_objekt("Ein Code", {"code": _TEXT, "bezeichnung": _TEXT}), "Alle Codes")},
)
_KORREKTUR = _objekt(
    "Eine dokumentierte Korrektur dieser Lieferung",
    {
        "kennung": _TEXT,
        "schluessel": _mit({"type": "object", "additionalProperties": _TEXT}, "Schlüssel der Zeile"),
        "spalte": _TEXT,
        "alt": _TEXT,
        "neu": _TEXT,
        "grund": _TEXT,
        "urheber": _TEXT,
        "datum": {"type": "string", "format": "date"},
        "angewandt": {"type": "boolean"},
        "zeile": _ZEILE,
        "lage": _mit(_TEXT, "Warum sie nicht angewandt wurde, sonst leer"),
        "regelwidrig": _mit({"type": "boolean"}, "Nicht angewandt, weil die Tabelle damit gegen eine Regel verstieße"),
    },
)
_DIALEKT = _objekt(
    "Wie die Datei gelesen wurde",
    {
        "zeichensatz": _TEXT_ODER_NICHTS,
        "trennzeichen": _TEXT_ODER_NICHTS,
        "kopfzeile_nr": _ZEILE,
        "art": _TEXT,
        "blatt": _TEXT_ODER_NICHTS,
    },
)
_SPALTE = _objekt("Eine erkannte Spalte", {"name": _TEXT, "kopf": _TEXT, "buchstabe": _TEXT})
_AUSGELASSEN = _objekt(
    "Eine Zeile, die nicht übernommen wurde",
    {
        "zeile": _ZAHL,
        "grund": {"enum": [g.value for g in Grund]},
        "text": _TEXT,
        "zellen": _liste(_TEXT, "Ihre Zellen in der Reihenfolge der Datei; leer, wo es sehr viele solche Zeilen gibt"),
    },
)

SCHEMA: _Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Prüfprotokoll einer Lieferung",
    **_objekt(
        "Was gelesen und gefunden wurde und was daraus folgt",
        {
            "aufbau": {"const": AUFBAU},
            "beleg": _BELEG,
            "zustand": {"enum": list(ZUSTAND.schluessel)},
            "zeilen": _mit(_ZAHL, "Datenzeilen"),
            "anzahl": _objekt("Alle Befunde je Schwere", {s.value: _ZAHL for s in Schwere}),
            "je_regel": _mit(_JE_REGEL, "Alle Befunde je Kennung"),
            "befunde_gesamt": _mit(_ZAHL, "Alle Befunde, auch die nicht einzeln aufgeführten"),
            "befunde_gezeigt": _mit(_ZAHL, "Wie viele davon in `befunde` stehen"),
            "nicht_einzeln": _liste(_ART, "Befunde, die nur gezählt sind"),
            "gruppen": _liste(_GRUPPE, "Die gezeigten Befunde, zusammengefasst"),
            "befunde": _liste(_BEFUND, "Die gezeigten Befunde, Fehler zuerst"),
            "erlaubte_codes": _liste(_CODES, "Die ganze Codeliste jeder Spalte, in der ein unbekannter Code steht"),
            "korrekturen": _liste(_KORREKTUR, "Korrekturen, die zu dieser Lieferung hinterlegt sind"),
            "gelesen_als": _DIALEKT,
            "spalten": _liste(_SPALTE, "Erkannte Spalten in der Reihenfolge der Datei"),
            "ausgelassen": _liste(_AUSGELASSEN, "Nicht übernommene Zeilen"),
            "ausgelassen_gesamt": _ZAHL,
            "regel_version": _mit(_TEXT, "Fingerabdruck der Regeln"),
        },
    ),
}
