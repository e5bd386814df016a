"""Reads the open tables of a release: manifest, tables, hierarchies, derived figures.

What belongs here: files into typed objects, and German sentences for what cannot be read. What does not: any meaning
of a cell beyond its bounds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

FORMAT = "teilhabe-tabellen/1"
TOTAL = "T"
WERT, STAND, GEBIET = "wert", "stand", "gebiet"
IMMER_SCHLUESSEL = ("mass", "berichtsjahr")
ARTEN = ("anzahl", "summe", "quotient")
ABLEITUNGSARTEN = ("quotient", "veraenderung", "differenz")
STANDARD_K, STANDARD_P = 5, 10.0


class AusgabeError(Exception):
    """A release cannot be read; the text names file, table, cell and remedy in German."""


@dataclass(frozen=True, slots=True)
class Zerlegung:
    """One way to split a total: the children add up to the parent along `dim`."""

    dim: str
    parent: str
    satz: str
    kinder: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tabelle:
    """A published table; `zeilen` holds a text column per dimension and `wert` as published.

    `k`: counts 1..k-1 are small. `breite`: least hi - lo of a withheld count. `p_prozent`: least width of a withheld
    sum in percent of the largest value it can have. `runden`: base to which each cell is rounded for itself.
    """

    name: str
    datei: str
    schluessel: tuple[str, ...]
    zeilen: pl.DataFrame
    art: str = "anzahl"
    schutz: str = "zellsperrung"
    k: int = STANDARD_K
    breite: int | None = None
    p_prozent: float = STANDARD_P
    runden: float | None = None

    @property
    def dims(self) -> tuple[str, ...]:
        """The dimensions that the table has a column for."""
        return tuple(s for s in self.zeilen.columns if s not in {WERT, STAND})

    @property
    def offen(self) -> bool:
        """Whether the table is public knowledge that nobody protects."""
        return self.schutz == "offen"


@dataclass(frozen=True, slots=True)
class Ableitung:
    """Published figures made from cells: a quotient or a change between years, rounded to `nachkommastellen`.

    `quotient`: faktor · zaehler / nenner. `veraenderung`: faktor · (zaehler - nenner) / nenner. `differenz`: zaehler -
    nenner. `zaehler` and `nenner` replace codes of the row (always `mass`; for changes `berichtsjahr` by `jahre`).
    """

    art: str
    datei: str
    zaehler: Mapping[str, str]
    nenner: Mapping[str, str]
    zeilen: pl.DataFrame
    faktor: float = 1.0
    nachkommastellen: int = 0
    jahre: int = 0


@dataclass(frozen=True, slots=True)
class Ausgabe:
    """What one release shows. `mindestens`: the least count a withheld cell can have (1 where zeros are shown)."""

    name: str
    ordner: str
    tabellen: tuple[Tabelle, ...]
    zerlegungen: tuple[Zerlegung, ...]
    ableitungen: tuple[Ableitung, ...] = ()
    gesperrt: str = "."
    mindestens: int = 1
    gruppe: int | None = None
    ohne_herkunft: tuple[str, ...] = ()
    """Published quotients that the manifest does not say the cells of: nobody can check what they give away."""


def lies_ausgabe(ordner: Path) -> Ausgabe:
    """Reads `<ordner>/daten` (or `ordner` itself where the manifest lies in it).

    Raises:
        AusgabeError: a file is missing or does not have the form.
    """
    daten = ordner / "daten" if (ordner / "daten" / "manifest.json").is_file() else ordner
    manifest = _manifest(daten)
    name = str(manifest.get("release", ordner.name))
    return Ausgabe(
        name=name,
        ordner=str(ordner),
        tabellen=tuple(_tabelle(daten, eintrag) for eintrag in manifest["tabellen"] if eintrag["art"] != "quotient"),
        zerlegungen=lies_zerlegungen(daten / "hierarchien.csv"),
        ableitungen=tuple(_ableitung(daten, eintrag) for eintrag in manifest.get("ableitungen", [])),
        gesperrt=str(manifest.get("gesperrt", ".")),
        mindestens=int(manifest.get("mindestens", 1)),
        gruppe=manifest.get("gruppe"),
        ohne_herkunft=_quotienten_ohne_herkunft(manifest),
    )


def _quotienten_ohne_herkunft(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    genannt = {Path(a["datei"]).name for a in manifest.get("ableitungen", [])}
    quotienten = [t for t in manifest["tabellen"] if t["art"] == "quotient"]
    return tuple(t["name"] for t in quotienten if Path(t["datei"]).name not in genannt)


def _manifest(daten: Path) -> dict[str, Any]:
    pfad = daten / "manifest.json"
    try:
        manifest = json.loads(pfad.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AusgabeError(
            f"„{pfad}“ gibt es nicht. Bitte den Ordner einer Ausgabe nennen, in dem daten/manifest.json liegt."
        ) from None
    except (UnicodeDecodeError, json.JSONDecodeError) as fehler:
        raise AusgabeError(f"„{pfad}“ ist kein lesbares JSON ({fehler}). Bitte die Ausgabe neu schreiben.") from fehler
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise AusgabeError(f"„{pfad}“ hat nicht das Format „{FORMAT}“. Bitte die Ausgabe neu schreiben.")
    for eintrag in manifest.get("tabellen", [{}]):
        if fehlend := [s for s in ("name", "datei", "schluessel", "art", "schutz") if s not in eintrag]:
            raise AusgabeError(
                f"„{pfad}“: Der Tabelle „{eintrag.get('name', '?')}“ fehlt {', '.join(fehlend)}. Bitte ergänzen."
            )
        if eintrag["art"] not in ARTEN:
            raise AusgabeError(
                f"„{pfad}“: Die Tabelle „{eintrag['name']}“ hat die Art „{eintrag['art']}“; bekannt sind "
                f"{', '.join(ARTEN)}. Bitte berichtigen."
            )
    return manifest


def _csv(daten: Path, datei: str) -> tuple[Path, pl.DataFrame]:
    """A table as text. The manifest may name it from the release, from `daten` or from `tabellen`."""
    orte = [daten / datei, daten / "tabellen" / datei, daten.parent / datei]
    pfad = next((o for o in orte if o.is_file()), None)
    if pfad is None:
        raise AusgabeError(f"„{orte[0]}“ gibt es nicht, steht aber im Manifest. Bitte die Ausgabe neu schreiben.")
    return pfad, lies_csv(pfad)


def lies_csv(pfad: Path) -> pl.DataFrame:
    """A CSV with all columns as text, empty fields as empty text.

    Raises:
        AusgabeError: the file is no CSV in UTF-8.
    """
    try:
        return pl.read_csv(pfad, infer_schema=False).fill_null("")
    except (pl.exceptions.PolarsError, OSError) as fehler:
        raise AusgabeError(f"„{pfad}“ ist kein lesbares CSV in UTF-8 ({fehler}).") from fehler


def _tabelle(daten: Path, eintrag: Mapping[str, Any]) -> Tabelle:
    pfad, zeilen = _csv(daten, eintrag["datei"])
    if fehlend := [s for s in (*IMMER_SCHLUESSEL, WERT) if s not in zeilen.columns]:
        raise AusgabeError(f"„{pfad}“: Die Spalte {', '.join(fehlend)} fehlt. Bitte die Ausgabe neu schreiben.")
    return Tabelle(
        name=eintrag["name"],
        datei=str(pfad),
        schluessel=tuple(eintrag["schluessel"]),
        zeilen=zeilen,
        art=eintrag["art"],
        schutz=eintrag["schutz"],
        k=int(eintrag.get("k") or STANDARD_K),
        p_prozent=float(eintrag.get("p_prozent") or STANDARD_P),
        runden=eintrag.get("runden"),
    )


def _ableitung(daten: Path, eintrag: Mapping[str, Any]) -> Ableitung:
    if eintrag.get("art") not in ABLEITUNGSARTEN:
        raise AusgabeError(
            f"„{daten / 'manifest.json'}“: Die Ableitung „{eintrag.get('art')}“ ist unbekannt; bekannt sind "
            f"{', '.join(ABLEITUNGSARTEN)}. Bitte berichtigen, sonst bliebe ein Weg zu geheimen Werten ungeprüft."
        )
    if fehlend := [s for s in ("datei", "zaehler") if s not in eintrag]:
        raise AusgabeError(
            f"„{daten / 'manifest.json'}“: Der Ableitung „{eintrag.get('datei', '?')}“ fehlt {', '.join(fehlend)}. "
            "Bitte ergänzen."
        )
    pfad, zeilen = _csv(daten, eintrag["datei"])
    art = eintrag["art"]
    # A change compares the measure with itself, one year earlier unless the manifest says otherwise.
    zaehler = _als_codes(eintrag["zaehler"])
    nenner = _als_codes(eintrag["nenner"]) if "nenner" in eintrag else zaehler
    return Ableitung(
        art=art,
        datei=str(pfad),
        zaehler=zaehler,
        nenner=nenner,
        zeilen=zeilen,
        faktor=float(eintrag.get("faktor", 1)),
        nachkommastellen=int(eintrag.get("nachkommastellen", 0)),
        jahre=int(eintrag.get("jahre", 0 if art == "quotient" else 1)),
    )


def _als_codes(angabe: str | Mapping[str, str]) -> dict[str, str]:
    return {"mass": angabe} if isinstance(angabe, str) else dict(angabe)


def lies_zerlegungen(pfad: Path) -> tuple[Zerlegung, ...]:
    """The splits of a hierarchies file with the columns dim, parent, child, set.

    Raises:
        AusgabeError: the file is missing or lacks a column.
    """
    if not pfad.is_file():
        raise AusgabeError(f"„{pfad}“ gibt es nicht. Ohne Hierarchien lässt sich nichts nachrechnen.")
    zeilen = lies_csv(pfad)
    if fehlend := [s for s in ("dim", "parent", "child", "set") if s not in zeilen.columns]:
        raise AusgabeError(f"„{pfad}“: Die Spalte {', '.join(fehlend)} fehlt.")
    gruppen = zeilen.unique(maintain_order=True).group_by("dim", "parent", "set", maintain_order=True).agg("child")
    # A code that is its own only child says nothing.
    return tuple(Zerlegung(d, p, s, tuple(k)) for d, p, s, k in gruppen.iter_rows() if tuple(k) != (p,))
