"""Small releases for tests: a few lines say the cells, the rest follows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl

from assets.angriff.laufen import Angriff, Befund, Einstellung
from assets.angriff.lesen import WERT, Ableitung, Ausgabe, Tabelle, Zerlegung

# Cells by their code or codes; keys of a mapping are invariant, so that only Any takes dicts of both kinds.
Zellen = Mapping[Any, object]
GENAU = Einstellung(alle_genau=True)


def tabelle(dims: Sequence[str], zellen: Zellen, name: str = "t", **mehr: Any) -> Tabelle:
    """A table of one measure (`mass`, default `m`) and year (`jahr`) with the given cells by their codes."""
    fest = {"mass": mehr.pop("mass", "m"), "berichtsjahr": mehr.pop("jahr", "2025")}
    zeilen = []
    for codes, wert in zellen.items():
        schluessel = (codes,) if isinstance(codes, str) else codes
        zeilen.append({**fest, **dict(zip(dims, schluessel, strict=True)), WERT: str(wert)})
    frame = pl.DataFrame(zeilen, schema=dict.fromkeys((*fest, *dims, WERT), pl.String))
    return Tabelle(name, f"{name}.csv", mehr.pop("schluessel", ("mass", "berichtsjahr")), frame, **mehr)


def quotient(dims: Sequence[str], zellen: Zellen, zaehler: str, nenner: str, **mehr: Any) -> Ableitung:
    """Published rates."""
    zeilen = tabelle(dims, zellen).zeilen.drop("mass")
    return Ableitung("quotient", "raten.csv", {"mass": zaehler}, {"mass": nenner}, zeilen, **mehr)


def teilt(dim: str, eltern: str, *kinder: str, satz: str = "") -> Zerlegung:
    """A split."""
    return Zerlegung(dim, eltern, satz, kinder)


def ausgabe(tabellen: Iterable[Tabelle], zerlegungen: Iterable[Zerlegung], name: str = "r1", **mehr: Any) -> Ausgabe:
    """A release."""
    return Ausgabe(name, name, tuple(tabellen), tuple(zerlegungen), **mehr)


def greife_an(*ausgaben: Ausgabe, einstellung: Einstellung = GENAU) -> Befund:
    """What a stranger finds."""
    return Angriff.auf(ausgaben, einstellung).von_fremden()


def spannen(befund: Befund, *dims: str, nebenbei: bool = False) -> dict[tuple[str, ...], tuple[float, float]]:
    """Bounds of the withheld cells (or of those nobody withheld) by their codes."""
    zellen = befund.nebenbei if nebenbei else befund.gesperrt
    return {tuple(z.zelle.get(d, "T") for d in dims): (z.lo, z.hi) for z in zellen}


def kreuztabelle(zeilen: Mapping[str, Sequence[object]], spalten: Sequence[str]) -> Zellen:
    """Cells of a table written as it is printed."""
    return {(z, s): werte[i] for z, werte in zeilen.items() for i, s in enumerate(spalten)}


def schreibe(ordner: Path, ausgabe_: Ausgabe, **manifest: Any) -> Path:
    """Writes a release as files; keys of `manifest` are added to it."""
    daten = ordner / "daten"
    (daten / "tabellen").mkdir(parents=True)
    for t in ausgabe_.tabellen:
        t.zeilen.write_csv(daten / "tabellen" / t.datei)
    zeilen = [(z.dim, z.parent, k, z.satz) for z in ausgabe_.zerlegungen for k in z.kinder]
    pl.DataFrame(zeilen, schema=dict.fromkeys(("dim", "parent", "child", "set"), pl.String), orient="row").write_csv(
        daten / "hierarchien.csv"
    )
    tabellen = [
        {
            "name": t.name,
            "datei": f"tabellen/{t.datei}",
            "titel": t.name,
            "schluessel": list(t.schluessel),
            "gliederungen": [d for d in t.dims if d not in t.schluessel],
            "art": t.art,
            "k": t.k,
            "schutz": t.schutz,
            "runden": t.runden,
        }
        for t in ausgabe_.tabellen
    ]
    kopf = {"format": "teilhabe-tabellen/1", "release": ausgabe_.name, "gesperrt": ".", "mindestens": 1}
    inhalt = {**kopf, "tabellen": tabellen, "ableitungen": [], **manifest}
    (daten / "manifest.json").write_text(json.dumps(inhalt), encoding="utf-8")
    return ordner


def alle_codes(*listen: Sequence[str]) -> list[tuple[str, ...]]:
    """All combinations."""
    return list(product(*listen))
