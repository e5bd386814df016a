"""Adapter between the reader and the scorer of the reference cases: a case's column list in, its answer form out.

What belongs here: translating names and types. What does not: reading, converting, or any knowledge of the cases.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

from assets.eingang.lesen import lies_tabelle
from assets.pruefung.umwandeln import wandle_um
from assets.pruefung.zeichen import als_zeichen
from schemas.befunde import Befund
from schemas.einheiten import ist_einheit
from schemas.modell import Datensatz, Feld, Pruefumgebung, Rolle, Schwere, Spalte, Typ, status_von
from schemas.regeln import R04
from schemas.wertstatus import Wertstatus

_TYPEN = {
    "key": Typ.SCHLUESSEL,
    "string": Typ.TEXT,
    "date": Typ.DATUM,
    "integer": Typ.GANZZAHL,
    "decimal": Typ.DEZIMAL,
}
_SCHWERE = {Schwere.FEHLER: "error", Schwere.WARNUNG: "warning", Schwere.HINWEIS: "info"}


@dataclass(frozen=True, slots=True)
class _GenauesFeld(Feld):
    """A decimal field stored exactly: the cases compare more digits than a float holds."""

    @property
    def polars_typ(self) -> Any:
        return pl.Decimal(38, 19) if self.typ is Typ.DEZIMAL else Feld.polars_typ.__get__(self)


def _name(spalte: str) -> str:
    klein = spalte.lower().replace("%", "prozent")
    for umlaut, ersatz in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        klein = klein.replace(umlaut, ersatz)
    return re.sub(r"[^a-z0-9]+", "_", klein).strip("_")


def _spalte(angabe: Mapping[str, Any], schluessel: Sequence[str]) -> Spalte:
    typ = _TYPEN[angabe["type"]]
    mass = typ in (Typ.GANZZAHL, Typ.DEZIMAL)
    ende = angabe["name"].rpartition("_")[2]
    feld = _GenauesFeld(
        name=_name(angabe["name"]),
        label=angabe["name"],
        beschreibung=angabe["name"],
        typ=typ,
        rolle=Rolle.MASS if mass else Rolle.MERKMAL,
        einheit=(ende if ist_einheit(ende) else angabe["name"]) if mass else None,
        nachkommastellen=angabe.get("scale", 0),
        muster=angabe.get("pattern"),
        minimum=angabe.get("min"),
        maximum=angabe.get("max"),
        synonyme=tuple(angabe.get("synonyms", ())),
    )
    rolle = Rolle.SCHLUESSEL if angabe["name"] in schluessel else feld.rolle
    return Spalte(feld, rolle, pflicht=angabe.get("required", True))


def _meldung(befund: Befund, namen: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": befund.code,
        "severity": _SCHWERE[befund.schwere],
        "row": befund.zeile,
        "line": befund.physische_zeile,
        "column": namen.get(befund.spalte or "", befund.spalte),
        "message": befund.meldung,
    }


def _doppelte(tabelle: pl.DataFrame, schluessel: Sequence[str], namen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows that break the project's rule of unique keys."""

    class NurSchluessel:
        pass

    datensatz = NurSchluessel()
    datensatz.schluessel = tuple(_name(s) for s in schluessel)  # type: ignore[attr-defined]  # stands in for a Datensatz
    assert R04.bedingungen is not None
    (bedingung,) = R04.bedingungen(cast("Datensatz", datensatz), cast("Pruefumgebung", None))
    zeilen = tabelle.filter(~bedingung.gilt.fill_null(value=True))["zeile"]
    spalte = namen[datensatz.schluessel[0]]  # type: ignore[attr-defined]  # set two lines above
    return [
        {"code": "duplicate_key", "severity": "error", "row": z, "column": spalte, "message": R04.text.titel}
        for z in zeilen
    ]


def _zeichen(texte: pl.DataFrame, tabelle: pl.DataFrame, namen: Mapping[str, str], erlaubt: Sequence[str]) -> Any:
    """Signs by "row,column", and a finding for each that the case's own list does not have."""
    zeichen: dict[str, str] = {}
    meldungen: list[dict[str, Any]] = []
    for j, (name, spalte) in enumerate(namen.items()):
        if status_von(name) not in tabelle.columns or name not in texte.columns:
            continue
        for i, (text, status) in enumerate(zip(texte[name], tabelle[status_von(name)], strict=True)):
            fund = als_zeichen(text) if text else None
            if fund:
                zeichen[f"{i},{j}"] = fund.amtlich
            elif status == Wertstatus.EINGESCHRAENKT:
                zeichen[f"{i},{j}"] = "()"
            if fund and (fund.amtlich not in erlaubt or not fund.gaengig):
                ort = {"row": tabelle["zeile"][i], "column": spalte}
                meldungen.append({"code": "unknown_symbol", "severity": "error", **ort, "message": text})
    return zeichen, meldungen


def read_case(path: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of the project's reader to one case."""
    spalten = [_spalte(angabe, schema["primary_key"]) for angabe in schema["columns"]]
    namen = {s.name: angabe["name"] for s, angabe in zip(spalten, schema["columns"], strict=True)}
    gelesen = lies_tabelle(Path(path).read_bytes(), Path(path).name, spalten)
    umgewandelt = wandle_um(gelesen, spalten)
    meldungen = [_meldung(b, namen) for b in (*gelesen.befunde, *umgewandelt.befunde)]
    antwort: dict[str, Any] = {"columns": None, "rows": None, "symbols": {}}
    if gelesen.zellen is not None:
        tabelle = umgewandelt.tabelle
        antwort["symbols"], fremde = _zeichen(gelesen.zellen, tabelle, namen, schema.get("symbols", ()))
        meldungen += [*fremde, *_doppelte(tabelle, schema["primary_key"], namen)]
        antwort |= {"columns": list(namen.values()), "rows": [list(z) for z in tabelle.select(list(namen)).iter_rows()]}
    fehler = any(m["severity"] == "error" for m in meldungen)
    return antwort | {"accepted": not fehler, "issues": meldungen}
