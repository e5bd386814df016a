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

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXT_ODER_NICHTS: Schema = {"type": ["string", "null"]}
ZAHL: Schema = {"type": "integer", "minimum": 0}
_ZEILE: Schema = {"type": ["integer", "null"], "minimum": 0}
_SCHWERE: Schema = {"enum": [s.value for s in Schwere]}


def mit(schema: Schema, beschreibung: str) -> Schema:
    """The same with a description."""
    return {**schema, "description": beschreibung}


def objekt(beschreibung: str, felder: Mapping[str, Schema]) -> Schema:
    """An object that has exactly these fields."""
    return {
        "type": "object",
        "description": beschreibung,
        "properties": dict(felder),
        "required": list(felder),
        "additionalProperties": False,
    }


def liste(von: Schema, beschreibung: str) -> Schema:
    """A list of such things."""
    return {"type": "array", "items": von, "description": beschreibung}


_JE_REGEL = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
_BEREICHE = liste(
    {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2},
    "Zusammenhängende Zeilen als [erste, letzte], wie Excel sie zählt",
)
_BELEG = objekt(
    "Der Beleg der geprüften Fassung",
    {
        "datensatz": TEXT,
        "meldeeinheit": TEXT,
        "berichtsjahr": {"type": "integer"},
        "version": mit(ZAHL, "Laufende Nummer der Lieferung; 0, wenn sie nur geprüft und nicht abgegeben wurde"),
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "groesse": mit(ZAHL, "Bytes"),
        "dateiname": TEXT,
        "endung": TEXT,
        "eingegangen_am": mit(TEXT, "Zeitpunkt in UTC, ISO 8601"),
        "weg": TEXT,
        "synthetisch": mit({"type": "boolean"}, "Erfundene Beispieldaten"),
    },
)
_BEFUND = objekt(
    "Ein Befund",
    {
        "code": mit(TEXT, "Kennung der Regel oder des Befunds"),
        "schwere": _SCHWERE,
        "zeile": mit(_ZEILE, "Zeile, wie Excel sie zählt"),
        "physische_zeile": mit(_ZEILE, "Zeile der Datei"),
        "spalte": mit(TEXT_ODER_NICHTS, "Spaltenname der Vorlage"),
        "buchstabe": mit(TEXT_ODER_NICHTS, "Buchstabe der Spalte in der Datei"),
        "wert": mit(TEXT_ODER_NICHTS, "Inhalt der Zelle, gekürzt"),
        "meldung": TEXT,
        "abhilfe": TEXT,
        "vorschlag": TEXT_ODER_NICHTS,
    },
)
_AUSPRAEGUNG = objekt(
    "Gleichlautende Befunde einer Gruppe",
    {
        "wert": TEXT_ODER_NICHTS,
        "meldung": TEXT,
        "vorschlag": TEXT_ODER_NICHTS,
        "abhilfe": mit(TEXT_ODER_NICHTS, "Nur wo sie anders lautet als die der Gruppe"),
        "anzahl": mit(ZAHL, "Wie oft; ist die Gruppe gekürzt, wie oft mindestens"),
        "bereiche": _BEREICHE,
    },
)
_GRUPPE = objekt(
    "Befunde derselben Kennung in derselben Spalte",
    {
        "code": TEXT,
        "titel": TEXT,
        "schwere": _SCHWERE,
        "spalte": TEXT_ODER_NICHTS,
        "buchstabe": TEXT_ODER_NICHTS,
        "abhilfe": TEXT,
        "anzahl": mit(ZAHL, "Alle Befunde der Gruppe, auch die nicht einzeln aufgeführten"),
        "gekuerzt": mit({"type": "boolean"}, "Nicht alle sind einzeln aufgeführt; `bereiche` nennen nur die ersten"),
        "bereiche": _BEREICHE,
        "auspraegungen": liste(_AUSPRAEGUNG, "Die ersten Wortlaute der Gruppe"),
        "weitere": mit(ZAHL, "Wortlaute, die hier nicht stehen"),
    },
)
_ART = objekt("Befunde einer Kennung in einer Spalte", {"code": TEXT, "spalte": TEXT_ODER_NICHTS, "anzahl": ZAHL})
_CODES = objekt(
    "Die Codes einer Spalte",
    {"spalte": TEXT, "codes": liste(objekt("Ein Code", {"code": TEXT, "bezeichnung": TEXT}), "Alle Codes")},
)
_KORREKTUR = objekt(
    "Eine dokumentierte Korrektur dieser Lieferung",
    {
        "kennung": TEXT,
        "schluessel": mit({"type": "object", "additionalProperties": TEXT}, "Schlüssel der Zeile"),
        "spalte": TEXT,
        "alt": TEXT,
        "neu": TEXT,
        "grund": TEXT,
        "urheber": TEXT,
        "datum": {"type": "string", "format": "date"},
        "angewandt": {"type": "boolean"},
        "zeile": _ZEILE,
        "lage": mit(TEXT, "Warum sie nicht angewandt wurde, sonst leer"),
        "regelwidrig": mit({"type": "boolean"}, "Nicht angewandt, weil die Tabelle damit gegen eine Regel verstieße"),
    },
)
_DIALEKT = objekt(
    "Wie die Datei gelesen wurde",
    {
        "zeichensatz": TEXT_ODER_NICHTS,
        "trennzeichen": TEXT_ODER_NICHTS,
        "kopfzeile_nr": _ZEILE,
        "art": TEXT,
        "blatt": TEXT_ODER_NICHTS,
    },
)
_SPALTE = objekt("Eine erkannte Spalte", {"name": TEXT, "kopf": TEXT, "buchstabe": TEXT})
_AUSGELASSEN = objekt(
    "Eine Zeile, die nicht übernommen wurde",
    {
        "zeile": ZAHL,
        "grund": {"enum": [g.value for g in Grund]},
        "text": TEXT,
        "zellen": liste(TEXT, "Ihre Zellen in der Reihenfolge der Datei; leer, wo es sehr viele solche Zeilen gibt"),
    },
)

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Prüfprotokoll einer Lieferung",
    **objekt(
        "Was gelesen und gefunden wurde und was daraus folgt",
        {
            "aufbau": {"const": AUFBAU},
            "beleg": _BELEG,
            "zustand": {"enum": list(ZUSTAND.schluessel)},
            "zeilen": mit(ZAHL, "Datenzeilen"),
            "anzahl": objekt("Alle Befunde je Schwere", {s.value: ZAHL for s in Schwere}),
            "je_regel": mit(_JE_REGEL, "Alle Befunde je Kennung"),
            "befunde_gesamt": mit(ZAHL, "Alle Befunde, auch die nicht einzeln aufgeführten"),
            "befunde_gezeigt": mit(ZAHL, "Wie viele davon in `befunde` stehen"),
            "nicht_einzeln": liste(_ART, "Befunde, die nur gezählt sind"),
            "gruppen": liste(_GRUPPE, "Die gezeigten Befunde, zusammengefasst"),
            "befunde": liste(_BEFUND, "Die gezeigten Befunde, Fehler zuerst"),
            "erlaubte_codes": liste(_CODES, "Die ganze Codeliste jeder Spalte, in der ein unbekannter Code steht"),
            "korrekturen": liste(_KORREKTUR, "Korrekturen, die zu dieser Lieferung hinterlegt sind"),
            "gelesen_als": _DIALEKT,
            "spalten": liste(_SPALTE, "Erkannte Spalten in der Reihenfolge der Datei"),
            "ausgelassen": liste(_AUSGELASSEN, "Nicht übernommene Zeilen"),
            "ausgelassen_gesamt": ZAHL,
            "regel_version": mit(TEXT, "Fingerabdruck der Regeln"),
        },
    ),
}
