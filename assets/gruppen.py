"""Names every asset declares: the groups in the order of the flow, the owner, and column schemas from the contract."""

from collections.abc import Mapping

import dagster as dg
import polars as pl

from schemas.modell import Datensatz

EINGANG = "1_eingang"
PRUEFUNG = "2_pruefung"
REFERENZ = "3_referenz"
AUSWERTUNG = "4_auswertung"
GEHEIMHALTUNG = "5_geheimhaltung"
BERICHTE = "6_berichte"
VEROEFFENTLICHUNG = "7_veroeffentlichung"
EIGENTUEMER = ["team:fachstelle-integration"]


def tabellenschema(datensatz: Datensatz) -> dg.TableSchema:
    """Columns of a checked table with German descriptions, shown before the first run."""
    spalten = []
    for name, typ in datensatz.polars_schema.items():
        if name in {s.name for s in datensatz.spalten}:
            spalte = datensatz.spalte(name)
            einheit = f" Einheit: {spalte.feld.einheit}." if spalte.feld.einheit else ""
            text = f"{spalte.feld.label}. {spalte.feld.beschreibung}{einheit}"
            pflicht = dg.TableColumnConstraints(nullable=not spalte.pflicht)
            spalten.append(dg.TableColumn(name, typ.__name__, text, constraints=pflicht))
        else:
            text = "Zeile der Datei, wie Excel sie zählt." if name == "zeile" else "Wertstatus der Spalte davor."
            spalten.append(dg.TableColumn(name, typ.__name__, text))
    return dg.TableSchema(columns=spalten)


def schlichtes_schema(spalten: Mapping[str, type[pl.DataType] | pl.DataType]) -> dg.TableSchema:
    """Columns of a table that is described as a whole."""
    return dg.TableSchema(columns=[dg.TableColumn(name, str(typ)) for name, typ in spalten.items()])
