"""The Prüfprotokoll of a delivery: what was read, what was found, what to do, as JSON and as a page.

What belongs here: the form of the protocol. It goes to the deliverer alone, so it may quote cells; Dagster's event log
is shared and gets counts and line numbers only.
"""

import json
from dataclasses import asdict
from typing import Any

from assets.eingang.empfang import Beleg
from assets.fassung import Fassung
from assets.pruefung.pruefen import HOECHSTZAHL_BEFUNDE, Pruefung
from assets.vorlagen import umgebung
from schemas.lieferstand import ZUSTAND
from schemas.modell import Datensatz, Land, Schwere

AUFBAU = "1"
"""Version of the JSON's structure."""
_SCHWERE_TEXT = {Schwere.FEHLER: "Fehler", Schwere.WARNUNG: "Warnung", Schwere.HINWEIS: "Hinweis"}


def pfad(beleg: Beleg, endung: str) -> str:
    """Where the protocol of a version lies in the Ablage."""
    return f"pruefprotokolle/{beleg.meldeeinheit}/{beleg.berichtsjahr}/{beleg.datensatz}_{beleg.version}.{endung}"


def als_daten(pruefung: Pruefung, beleg: Beleg, fassung: Fassung) -> dict[str, Any]:
    """The protocol as plain data; findings beyond the cap are counted in `anzahl` and `je_regel`."""
    return {
        "aufbau": AUFBAU,
        "beleg": asdict(beleg),
        "zustand": pruefung.zustand,
        "zeilen": pruefung.zeilen,
        "anzahl": {s.value: zahl for s, zahl in pruefung.anzahl.items()},
        "je_regel": pruefung.je_regel,
        "gezeigt_hoechstens": HOECHSTZAHL_BEFUNDE,
        "befunde": [asdict(b) for b in pruefung.befunde],
        "gelesen_als": asdict(pruefung.dialekt) if pruefung.dialekt else None,
        "ausgelassen": [asdict(a) for a in pruefung.ausgelassen],
        "regel_version": fassung.regel_version,
    }


def als_json(daten: dict[str, Any]) -> bytes:
    """The protocol as UTF-8 JSON."""
    return json.dumps(daten, ensure_ascii=False, indent=1).encode()


def als_seite(daten: dict[str, Any], land: Land, datensatz: Datensatz) -> bytes:
    """The protocol as one HTML page without scripts."""
    einheit = land.meldeeinheit(daten["beleg"]["meldeeinheit"])
    return (
        umgebung()
        .get_template("pruefprotokoll.html")
        .render(
            p=daten,
            einheit=einheit,
            datensatz=datensatz,
            zustand=ZUSTAND.label_von(daten["zustand"]),
            was_nun=next(c.beschreibung for c in ZUSTAND.codes if c.code == daten["zustand"]),
            schwere_text={s.value: text for s, text in _SCHWERE_TEXT.items()},
        )
        .encode()
    )
