"""`datapackage.json` of an edition (Data Package 2.0): every CSV as a resource, with schema, size and checksum.

What belongs here: the package and the schema files it points to. Files with the same columns share one, since the lists
of codes are long.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assets.offenedaten.codes import Codes
from assets.offenedaten.datei import EXCEL_CSV, Datei
from assets.offenedaten.schema import table_schema
from assets.offenedaten.steckbrief import SCHLAGWORTE, SEITE, Steckbrief

NAME = "datapackage.json"


def datenpaket(brief: Steckbrief, dateien: Sequence[Datei], codes: Mapping[str, Codes]) -> Iterator[tuple[str, bytes]]:
    """(Name, content) of the package and of its schemas.

    Args:
        brief: what the edition is.
        dateien: its files; those that are CSV become resources.
        codes: column of the values -> its codes.
    """
    tabellen = [(d, d.tabelle) for d in dateien if d.tabelle is not None]
    schemas = {
        _schema_von(d): table_schema(t, codes if t.verweise else {}, excel=d.format is EXCEL_CSV) for d, t in tabellen
    }
    for name, schema in schemas.items():
        yield name, als_json(schema)
    yield NAME, als_json(_paket(brief) | {"resources": [_ressource(d) for d, _ in tabellen]})


def als_json(inhalt: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8, umlauts as such."""
    return (json.dumps(inhalt, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _schema_von(datei: Datei) -> str:
    assert datei.tabelle is not None  # noqa: S101  # asked only of tables
    return f"{datei.tabelle.name}{'_excel' if datei.format is EXCEL_CSV else ''}.schema.json"


def _paket(brief: Steckbrief) -> dict[str, Any]:
    paket: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": brief.kennung,
        "title": f"{brief.titel} ({brief.fassung})",
        "description": brief.beschreibung,
        "homepage": brief.url(SEITE),
        "keywords": list(SCHLAGWORTE),
        "contributors": [{"title": brief.herausgeber.name, "email": brief.herausgeber.mail, "roles": ["publisher"]}],
        "sources": [{"title": angabe} for angabe, _ in brief.quellen],
        "citation": brief.quellenangabe(),
        "access": brief.fassung,
    }
    if brief.stand:
        paket |= {"version": brief.stand, "created": f"{brief.stand}T00:00:00Z"}
    if brief.lizenz:
        lizenz = brief.lizenz
        paket["licenses"] = [{"name": lizenz.zeichen, "title": lizenz.name, "path": lizenz.text_url}]
    return paket


def _ressource(datei: Datei) -> dict[str, Any]:
    return {
        "name": datei.kennung,
        "path": datei.name,
        "title": datei.titel,
        "type": "table",
        "format": "csv",
        "mediatype": datei.format.medientyp,
        "encoding": "utf-8",
        "dialect": {"delimiter": ";" if datei.format is EXCEL_CSV else ","},
        "bytes": datei.bytes,
        "hash": f"sha256:{datei.sha256}",
        "schema": _schema_von(datei),
    }
