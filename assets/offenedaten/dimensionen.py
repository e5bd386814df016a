"""The tables that explain the codes of the values, made from catalogue and contract.

What belongs here: one row per variant, area, code, sign and reason. What does not: texts of their own; definitions read
as on the pages (`assets/berichte/herkunft.py`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import polars as pl

from assets.auswertung.katalogtabelle import quelle_von
from assets.berichte.daten import Berichtsdaten
from assets.berichte.herkunft import definition
from assets.berichte.nachweise import der_quellen
from assets.berichte.reihen import Reihe
from assets.offenedaten.codes import gliederungscodes
from assets.offenedaten.tabelle import reihen_nach_kennung
from schemas.modell import nur_lesen
from schemas.offene_daten import DIMENSIONEN
from schemas.vergleichbarkeit import ALLE_GRUENDE
from schemas.wertstatus import WERTSTATUS, Wertstatus

Zeile = dict[str, Any]


def dimensionen(daten: Berichtsdaten) -> dict[str, pl.DataFrame]:
    """Name of a table of `DIMENSIONEN` -> its rows."""
    return {
        t.name: pl.DataFrame(list(_ZEILEN[t.name](daten)), schema=t.polars_schema).with_columns(
            pl.col(pl.String).replace("", None)
        )
        for t in DIMENSIONEN
    }


def _berechnungen(daten: Berichtsdaten) -> Iterator[Zeile]:
    jahre = daten.werte.group_by("indikator_id", "variante").agg(
        von=pl.col("berichtsjahr").min(), bis=pl.col("berichtsjahr").max()
    )
    spannen = {(z["indikator_id"], z["variante"]): (z["von"], z["bis"]) for z in jahre.iter_rows(named=True)}
    for schluessel, reihe in reihen_nach_kennung(daten).items():
        von, bis = spannen.get(schluessel, (None, None))
        yield _berechnung(daten, reihe) | {"jahr_von": von, "jahr_bis": bis}


def _berechnung(daten: Berichtsdaten, reihe: Reihe) -> Zeile:
    indikator, variante = reihe.indikator, reihe.variante
    texte = dict(definition(daten.land, reihe))
    vermerke = der_quellen(daten, quelle_von(variante))
    return {
        "indikator_id": indikator.id,
        "kennzahl": indikator.name,
        "themenfeld": indikator.themenfeld,
        "variante": variante.id,
        "berechnung": variante.label,
        "definition": texte["Definition"],
        "zaehler": texte.get("Zähler"),
        "nenner": texte.get("Nenner"),
        "rechnung": texte["Berechnung"],
        "vergleichsregel": texte.get("Vergleich"),
        "lesehilfe": texte.get("Lesehilfe"),
        "berichtspunkt": texte.get("Berichtspunkt"),
        "definition_version": texte["Fassung der Definition"],
        "einheit": reihe.einheit,
        "nachkommastellen": reihe.stellen,
        "richtung": indikator.richtung.value,
        "zielwert": indikator.zielwert,
        "herkunft": variante.herkunft.value,
        "art": variante.art.value,
        "gliederungen": ";".join(indikator.gliederungen),
        "gruende": ";".join(variante.gruende),
        "brueche": "; ".join(f"{jahr}: {was}" for jahr, was in variante.brueche.items()),
        "hinweis": variante.hinweis,
        "quellenvermerk": " ".join(vermerk for vermerk, _ in vermerke),
    }


def _gebiete(daten: Berichtsdaten) -> Iterator[Zeile]:
    land = daten.land
    yield {"ags": land.ags, "name": land.name, "gebiet_typ": "land", "typ": "Land"}
    for gruppe, name in land.gruppen.items():
        yield {"ags": gruppe, "name": name, "gebiet_typ": "gruppe", "typ": "Gruppe"}
    for m in land.meldeeinheiten:
        eigene = {"gruppe": m.gruppe, "kuerzel": m.kuerzel}
        yield {"ags": m.id, "name": m.name, "gebiet_typ": "kreis", "typ": m.typ} | eigene


def _codes(daten: Berichtsdaten) -> Iterator[Zeile]:
    for spalte, codes in gliederungscodes(daten.land).items():
        for code, name in codes.items():
            yield {"spalte": spalte, "code": code, "name": name}


def _wertzeichen(_daten: Berichtsdaten) -> Iterator[Zeile]:
    for c in WERTSTATUS.codes:
        mit_zahl = Wertstatus(c.code).hat_wert
        yield {"code": c.code, "name": c.label, "bedeutung": c.beschreibung, "mit_zahl": mit_zahl}


def _gruende(_daten: Berichtsdaten) -> Iterator[Zeile]:
    for g in ALLE_GRUENDE:
        urteile = {"vgl_land": g.land.value, "vgl_kreise": g.kreise.value, "vgl_vorjahr": g.vorjahr.value}
        yield {"code": g.code, "name": g.label, "bedeutung": g.satz} | urteile


_ZEILEN: Mapping[str, Callable[[Berichtsdaten], Iterator[Zeile]]] = nur_lesen(
    {
        "berechnungen": _berechnungen,
        "gebiete": _gebiete,
        "codes": _codes,
        "wertzeichen": _wertzeichen,
        "gruende": _gruende,
    }
)
