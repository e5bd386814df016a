"""Descriptions of CSV files for machines: Table Schema (Data Package) and CSV on the Web.

What belongs here: what the column list of a table reads like in both. What does not: the columns
(`schemas/offene_daten.py`).
"""

from collections.abc import Mapping
from typing import Any

from assets.berichte.worte import satzanfang
from assets.offenedaten.codes import Codes
from assets.offenedaten.datei import EXCEL_CSV, Datei
from assets.offenedaten.formate import JA, NEIN
from assets.offenedaten.steckbrief import Steckbrief
from schemas.offene_daten import Datenspalte, Datentabelle, Datentyp


def table_schema(tabelle: Datentabelle, codes: Mapping[str, Codes], *, excel: bool) -> dict[str, Any]:
    """Table Schema of a table.

    Codes stand in `categories` (version 2) and, because many programs know only version 1, in `constraints.enum` too.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_feld(s, codes.get(s.name, {}), excel=excel) for s in tabelle.spalten],
        "primaryKey": list(tabelle.schluessel),
        "foreignKeys": [
            {"fields": list(eigene), "reference": {"resource": ziel, "fields": list(fremde)}}
            for eigene, ziel, fremde in tabelle.verweise
        ],
        "missingValues": [""],
    }


def _feld(spalte: Datenspalte, codes: Codes, *, excel: bool) -> dict[str, Any]:
    feld: dict[str, Any] = {"name": spalte.name, "type": spalte.typ.value, "title": spalte.titel}
    feld["description"] = spalte.text
    if spalte.typ is Datentyp.JA_NEIN:
        feld |= {"trueValues": [JA], "falseValues": [NEIN]}
    if spalte.typ is Datentyp.ZAHL and excel:
        feld["decimalChar"] = ","
    bedingungen: dict[str, Any] = {"required": True} if spalte.pflicht else {}
    if codes:
        feld["categories"] = [{"value": code, "label": name} for code, name in codes.items()]
        bedingungen["enum"] = list(codes)
    return feld | ({"constraints": bedingungen} if bedingungen else {})


def csvw(datei: Datei, tabelle: Datentabelle, brief: Steckbrief) -> dict[str, Any]:
    """CSVW metadata of a CSV, to lie beside it."""
    excel = datei.format is EXCEL_CSV
    herausgeber = {"schema:name": brief.herausgeber.name, "schema:email": brief.herausgeber.mail}
    lizenz = {"dc:license": {"@id": brief.lizenz.text_url}} if brief.lizenz else {"dc:rights": brief.nutzung}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "de"}],
        "url": datei.name,
        "dc:title": f"{brief.titel}: {datei.titel}",
        "dc:description": f"{tabelle.text} {satzanfang(brief.fassung)}.",
        "dc:publisher": herausgeber,
        **lizenz,
        **({"dc:modified": {"@value": brief.stand, "@type": "xsd:date"}} if brief.stand else {}),
        "dialect": {"encoding": "utf-8", "delimiter": ";" if excel else ",", "header": True},
        "tableSchema": {
            "columns": [_spalte(s, excel=excel) for s in tabelle.spalten],
            "primaryKey": list(tabelle.schluessel),
        },
    }


def _spalte(spalte: Datenspalte, *, excel: bool) -> dict[str, Any]:
    typ: Any = spalte.typ.value
    if spalte.typ is Datentyp.JA_NEIN:
        typ = {"base": "boolean", "format": f"{JA}|{NEIN}"}
    elif spalte.typ is Datentyp.ZAHL and excel:
        typ = {"base": "decimal", "format": {"decimalChar": ","}}
    eigene = {"name": spalte.name, "titles": spalte.name, "dc:title": spalte.titel, "dc:description": spalte.text}
    trenner = {"separator": spalte.trenner} if spalte.trenner else {}
    return {**eigene, "datatype": typ, "required": spalte.pflicht, **trenner}
