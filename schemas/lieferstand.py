"""States of a delivery and the closed column list of `lieferstand`, the table of what has arrived and what stands.

One row per Berichtsjahr, Meldeeinheit and Datensatz of the Land, delivered or not.
"""

import polars as pl

from schemas.modell import Code, Codeliste

ZUSTAND = Codeliste(
    "zustand",
    "Stand der Lieferung",
    (
        Code("angenommen", "angenommen", "Die Lieferung ist geprüft und ohne Befund übernommen."),
        Code("angenommen_mit_hinweisen", "mit Befunden angenommen", "Übernommen; bitte die Befunde ansehen."),
        Code("zurueckgewiesen", "zurückgewiesen", "Nicht übernommen; bitte die Fehler beheben und neu liefern."),
        Code("nicht_ausgefuellt", "noch nicht ausgefüllt", "Die Datei ist eine Vorlage, in der noch nichts steht."),
        Code("fehlt", "fehlt", "Es liegt noch keine Lieferung vor."),
        Code("nicht_erwartet", "nicht erwartet", "Für dieses Jahr wird keine Lieferung erwartet."),
    ),
    quelle="Lieferverfahren",
)

SPALTEN: dict[str, type[pl.DataType]] = {
    "berichtsjahr": pl.Int64,
    "meldeeinheit": pl.String,
    "datensatz": pl.String,
    "zustand": pl.String,
    "neueste_version": pl.Int64,
    "gueltige_version": pl.Int64,
    "dateiname": pl.String,
    "eingegangen_am": pl.String,
    "zeilen": pl.Int64,
    "fehler": pl.Int64,
    "warnungen": pl.Int64,
    "hinweise": pl.Int64,
    "synthetisch": pl.Boolean,
    "verspaetet": pl.Boolean,
    "korrekturen": pl.Int64,
    "korrekturen_sha": pl.String,
}
"""`korrekturen` counts those applied to what stands; `korrekturen_sha` changes whenever one of the delivery does."""
