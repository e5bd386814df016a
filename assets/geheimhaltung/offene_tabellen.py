"""The cells of a release as open tables, so that anybody can check it without this code.

What belongs here: `daten/tabellen/*.csv` (counts that are protected cell by cell), `daten/offen`, `daten/gerundet` and
`daten/summen` (everything else), `daten/hierarchien.csv` (what adds up to what) and `daten/manifest.json`. What does
not: which cells are shown. The same cells give the same bytes.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from assets.geheimhaltung.aufbau import ENTFERNT, GESPERRT
from assets.geheimhaltung.formeln import REGEL, formeln
from assets.geheimhaltung.reste import HIERARCHIE
from assets.geheimhaltung.schuetzen import GEZEIGT, Muster, ohne_zusatz
from schemas.codelisten import GESAMT
from schemas.geheimhaltung import Geheimhaltung, Schutz, Schutzart
from schemas.modell import Land
from schemas.zellen import GEBIET, JAHR, MASS, MERKMALE, WERT

FORMAT = "teilhabe-tabellen/1"
STAND = "stand"
ZEICHEN = "."
"""Stands for every withheld cell, whatever the reason."""
_ORDNER = {
    Schutzart.ZELLSPERRUNG: "tabellen",
    Schutzart.RUNDEN: "gerundet",
    Schutzart.DOMINANZ: "summen",
    Schutzart.OFFEN: "offen",
}
_STELLEN = 9
"""Decimals of sums: so many that they still add up."""

Datei = tuple[str, bytes]


def offene_tabellen(muster: Muster, land: Land, name: str) -> Iterator[Datei]:
    """Every file of `daten/` as (relative path, content).

    Args:
        muster: the cells and what is shown of them, with `stand`: the number of the state of a figure; figures of
            one state are the same in every release.
        land: whose.
        name: what the release is called.
    """
    eintraege = []
    for datensatz, schutz, zellen in _tabellen(muster, land.geheimhaltung):
        pfad = f"{_ORDNER[schutz.art]}/{datensatz}.csv"
        dims = [m for m in MERKMALE if (zellen[m] != GESAMT).any()]
        yield f"daten/{pfad}", _csv(_zeilen(zellen, dims, schutz))
        eintraege.append(_eintrag(datensatz, pfad, zellen, dims, schutz))
    yield "daten/hierarchien.csv", _csv(_benutzte(muster))
    alle = (*land.geheimhaltung.schutz.values(), land.geheimhaltung.sonst)
    manifest = {
        "format": FORMAT,
        "release": name,
        "land": land.id,
        "gesperrt": ZEICHEN,
        "mindestens": int(all(s.nullen_gezeigt for s in alle)),
        "gesamt": GESAMT,
        "gruppe": max(s.gruppe for s in alle) or None,
        "tabellen": eintraege,
        "ableitungen": [],
        "kennzahlen": {"regel": REGEL, "formeln": list(formeln(land))},
    }
    yield "daten/manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def _tabellen(muster: Muster, politik: Geheimhaltung) -> Iterator[tuple[str, Schutz, pl.DataFrame]]:
    """Name, policy and cells by dataset; measures of one dataset with other thresholds have a table of their own."""
    gruppen: dict[tuple[object, ...], list[str]] = {}
    zellen = muster.zellen.filter(~pl.col(ENTFERNT))
    for mass in zellen[MASS].unique().sort().to_list():
        schutz = politik.schutz_von(ohne_zusatz(mass))
        schwellen = (schutz.k, schutz.p_prozent, schutz.basis)
        gruppen.setdefault((mass.split(".")[0], schutz.art, *schwellen), []).append(mass)
    namen = Counter[tuple[object, object]]()
    for (datensatz, art, *_), masse in gruppen.items():
        namen[datensatz, art] += 1
        nummer = namen[datensatz, art]
        name = str(datensatz) if nummer == 1 else f"{datensatz}_{nummer}"
        schutz = politik.schutz_von(ohne_zusatz(masse[0]))
        yield name, schutz, zellen.filter(pl.col(MASS).is_in(masse))


def _zeilen(zellen: pl.DataFrame, dims: Sequence[str], schutz: Schutz) -> pl.DataFrame:
    ganz = schutz.art in (Schutzart.ZELLSPERRUNG, Schutzart.RUNDEN)
    zahl = pl.col(GEZEIGT).round(0 if ganz else _STELLEN)
    text = (zahl.cast(pl.Int64) if ganz else zahl).cast(pl.String)
    zeilen = zellen.with_columns(pl.when(GESPERRT).then(pl.lit(ZEICHEN)).otherwise(text).alias(WERT))
    schluessel = [MASS, JAHR, GEBIET, *dims]
    return zeilen.select(*schluessel, STAND, WERT).sort(schluessel)


def _eintrag(datensatz: str, pfad: str, zellen: pl.DataFrame, dims: Sequence[str], schutz: Schutz) -> Mapping[str, Any]:
    gesperrt = int(zellen[GESPERRT].sum())
    eintrag: dict[str, Any] = {
        "name": f"{datensatz} ({schutz.art})",
        "datei": pfad,
        "art": "anzahl" if schutz.art in (Schutzart.ZELLSPERRUNG, Schutzart.RUNDEN) else "summe",
        "schutz": "offen" if schutz.art is Schutzart.OFFEN else str(schutz.art),
        # Of open figures nothing is to be worked out, and not all of them add up: joint institutions count once.
        "schluessel": [MASS, JAHR, GEBIET, *dims] if schutz.art is Schutzart.OFFEN else [MASS, JAHR],
        "merkmale": [GEBIET, *dims],
        "masse": zellen[MASS].unique().sort().to_list(),
        "zellen": zellen.height,
        "gesperrt": gesperrt,
        "anteil_gesperrt": round(gesperrt / zellen.height, 4),
    }
    if schutz.art is Schutzart.ZELLSPERRUNG:
        eintrag |= {"k": schutz.k}
    if schutz.art is Schutzart.DOMINANZ:
        eintrag |= {"p_prozent": schutz.p_prozent}
    if schutz.art is Schutzart.RUNDEN:
        eintrag |= {"runden": schutz.basis}
    return eintrag


def _benutzte(muster: Muster) -> pl.DataFrame:
    """The equations whose codes occur in a cell."""
    dims = muster.hierarchien["dim"].unique().to_list()
    codes = pl.concat([muster.zellen.select(pl.lit(d).alias("dim"), parent=pl.col(d)).unique() for d in dims])
    return muster.hierarchien.join(codes, on=["dim", "parent"], how="semi").sort(HIERARCHIE)


def _csv(zeilen: pl.DataFrame) -> bytes:
    return zeilen.write_csv(line_terminator="\n").encode()
