"""The Prüfprotokoll of a delivery: what was read, what was found, what to do, as JSON and as a page.

What belongs here: the content of the protocol and its form as a page. What does not: the description of the JSON
(`protokoll_schema.py`) and the deliverer's table with marks (`mappe.py`). A protocol goes to the deliverer alone, so it
may quote cells; Dagster's event log is shared and gets counts and line numbers only.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg
from assets.eingang.lesen import Grund
from assets.fassung import Fassung
from assets.ortszeit import zeit
from assets.pruefung import korrekturen
from assets.pruefung.gruppieren import gruppiere, zeilen_einer_angabe, zeilen_in_worten
from assets.pruefung.protokoll_schema import AUFBAU
from assets.pruefung.pruefen import HOECHSTZAHL_BEFUNDE, Pruefung
from assets.vorlagen import umgebung
from schemas.befundregister import alle_befunde
from schemas.datensaetze import alle_datensaetze
from schemas.lieferstand import ZUSTAND
from schemas.modell import Datensatz, Land, Schwere
from schemas.zahlwort import in_zahlen
from schemas.zellbefunde import UNKNOWN_CODE

SCHWERE: Mapping[Schwere, tuple[str, str, str]] = {
    Schwere.FEHLER: ("Fehler", "Fehler", "Damit die Lieferung angenommen wird, müssen diese Punkte behoben sein."),
    Schwere.WARNUNG: ("Warnung", "Warnungen", "Bitte prüfen und bestätigen oder berichtigen."),
    Schwere.HINWEIS: ("Hinweis", "Hinweise", "Nur zur Kenntnis."),
}
"""For each severity the word for one and for several findings, and what they mean for the deliverer."""

GRUENDE: Mapping[Grund, str] = {
    Grund.VORSPANN: "steht vor der Kopfzeile",
    Grund.LEER: "leer",
    Grund.EINHEITEN: "nennt nur Einheiten oder Spaltennummern",
    Grund.ZWISCHENUEBERSCHRIFT: "Zwischenüberschrift",
    Grund.SUMME: "Summenzeile",
    Grund.FUSS: "Fußzeile",
    Grund.ZWEITE_TABELLE: "Kopf einer zweiten Tabelle",
    Grund.FELDZAHL: "andere Zahl von Feldern",
    Grund.BLATT: "anderes Blatt",
}
_GENANNTE_ARTEN = 5
"""Kinds of findings named in the sentence on those only counted; each has its full count with it anyway."""

_TRENNZEICHEN = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich", ":": "Doppelpunkt"}


def pfad(schluessel: Lieferschluessel, version: int, endung: str) -> str:
    """Where the protocol of a version of a delivery lies in the Ablage."""
    ordner = f"pruefprotokolle/{schluessel.meldeeinheit}/{schluessel.berichtsjahr}"
    return f"{ordner}/{schluessel.datensatz}_{version}.{endung}"


def als_daten(pruefung: Pruefung, beleg: Beleg, fassung: Fassung, land: Land) -> dict[str, Any]:
    """The protocol as plain data in the form of `protokoll_schema.SCHEMA`; beyond the cap findings are only counted."""
    gesamt = Counter(pruefung.je_art)
    gezeigt = Counter(b.art for b in pruefung.befunde)
    return {
        "aufbau": AUFBAU,
        "beleg": asdict(beleg),
        "zustand": pruefung.zustand,
        "zeilen": pruefung.zeilen,
        "anzahl": {s.value: zahl for s, zahl in pruefung.anzahl.items()},
        "je_regel": pruefung.je_regel,
        "befunde_gesamt": gesamt.total(),
        "befunde_gezeigt": gezeigt.total(),
        "nicht_einzeln": [{"code": c, "spalte": s, "anzahl": rest} for (c, s), rest in (gesamt - gezeigt).items()],
        "gruppen": [
            {**asdict(g), "titel": alle_befunde()[g.code].text.titel}
            for g in gruppiere(pruefung.befunde, pruefung.je_art)
        ],
        "befunde": [asdict(b) for b in pruefung.befunde],
        "erlaubte_codes": _erlaubte_codes(pruefung, land),
        "korrekturen": [korrekturen.als_daten(e) for e in pruefung.korrekturen],
        "gelesen_als": asdict(pruefung.gelesen.dialekt),
        "spalten": [asdict(s) for s in pruefung.gelesen.spalten],
        "ausgelassen": [asdict(a) for a in pruefung.gelesen.ausgelassen[:HOECHSTZAHL_BEFUNDE]],
        "ausgelassen_gesamt": len(pruefung.gelesen.ausgelassen),
        "regel_version": fassung.regel_version,
    }


def _erlaubte_codes(pruefung: Pruefung, land: Land) -> list[dict[str, Any]]:
    """For every column with a code that is not in its list: the whole list, which no message has room for."""
    falsch = {spalte for code, spalte in pruefung.je_art if code == UNKNOWN_CODE.id}
    return [
        {"spalte": s.name, "codes": [{"code": c, "bezeichnung": s.feld.codeliste.label_von(c)} for c in s.codes or ()]}
        for s in alle_datensaetze()[pruefung.datensatz].fuer(land).spalten
        if s.name in falsch and s.feld.codeliste is not None
    ]


def als_json(daten: dict[str, Any]) -> bytes:
    """The protocol as UTF-8 JSON."""
    return json.dumps(daten, ensure_ascii=False, indent=1).encode()


def in_worten(anzahl: Mapping[str, int]) -> str:
    """Counts per severity as a reader says them: „2 Fehler, 1 Warnung, 0 Hinweise“."""
    return ", ".join(in_zahlen(anzahl[s], einzahl, mehrzahl) for s, (einzahl, mehrzahl, _) in SCHWERE.items())


def kappung(daten: dict[str, Any]) -> str:
    """Says that not all findings are listed one by one, with totals; empty where all are."""
    if not daten["nicht_einzeln"]:
        return ""
    arten = sorted(daten["nicht_einzeln"], key=lambda a: -int(a["anzahl"]))
    teile = [
        f"{_zahl(a['anzahl'])} zu „{alle_befunde()[a['code']].text.titel}“ ({a['spalte'] or 'ganze Zeile'})"
        for a in arten[:_GENANNTE_ARTEN]
    ]
    teile += [f"weitere zu {len(arten) - _GENANNTE_ARTEN} Arten"] if len(arten) > _GENANNTE_ARTEN else []
    return (
        f"Einzeln aufgeführt sind {_zahl(daten['befunde_gezeigt'])} von {_zahl(daten['befunde_gesamt'])} Befunden, "
        f"von jeder Art in jeder Spalte die ersten. Nur gezählt sind: {', '.join(teile)}. "
        "Wie oft es jede Art gibt, steht bei ihr."
    )


def als_seite(daten: dict[str, Any], land: Land, datensatz: Datensatz) -> bytes:
    """The protocol as one HTML page without scripts."""
    return umgebung().get_template("pruefprotokoll.html").render(seiteninhalt(daten, land, datensatz)).encode()


def seiteninhalt(daten: dict[str, Any], land: Land, datensatz: Datensatz, vorsilbe: str = "") -> dict[str, Any]:
    """What `pruefprotokoll.html` and its parts are rendered from.

    Args:
        daten: the protocol.
        land: names the Meldeeinheit.
        datensatz: the dataset delivered.
        vorsilbe: put in front of every id, where a page holds several protocols.
    """
    return {
        "p": daten,
        "einheit": land.meldeeinheit(daten["beleg"]["meldeeinheit"]),
        "datensatz": datensatz,
        "zustand": ZUSTAND.label_von(daten["zustand"]),
        "was_nun": next(c.beschreibung for c in ZUSTAND.codes if c.code == daten["zustand"]),
        "eingang": zeit(daten["beleg"]["eingegangen_am"]),
        "zaehlung": in_worten(daten["anzahl"]),
        "kappung": kappung(daten),
        "abschnitte": _abschnitte(daten),
        "zeilen": zeilen_in_worten,
        "zeilen_der_angabe": zeilen_einer_angabe,
        "labels": {s.name: s.feld.label for s in datensatz.spalten},
        "trennzeichen": _TRENNZEICHEN.get(daten["gelesen_als"]["trennzeichen"], daten["gelesen_als"]["trennzeichen"]),
        "gruende": GRUENDE,
        "vorsilbe": vorsilbe,
    }


def _abschnitte(daten: dict[str, Any]) -> list[dict[str, Any]]:
    """The groups of each severity that occurs, under its heading."""
    return [
        {
            "id": s.value,
            "titel": f"{mehrzahl} ({_zahl(daten['anzahl'][s])})",
            "satz": satz,
            "gruppen": [g for g in daten["gruppen"] if g["schwere"] == s],
        }
        for s, (_, mehrzahl, satz) in SCHWERE.items()
        if daten["anzahl"][s]
    ]


def _zahl(wert: int) -> str:
    return f"{wert:,}".replace(",", ".")
