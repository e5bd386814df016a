"""The table of trends: change to the previous year and over the series, only over years that may be compared."""

from collections.abc import Mapping

import polars as pl

TRENDS: dict[str, type[pl.DataType]] = {
    "indikator_id": pl.String,
    "variante": pl.String,
    "ags": pl.String,
    "gebiet_typ": pl.String,
    "berichtsjahr": pl.Int64,
    "wert": pl.Float64,
    "vorjahr_wert": pl.Float64,
    "vorjahr_differenz": pl.Float64,
    "vorjahr_vergleich": pl.String,
    "reihe_von": pl.Int64,
    "reihe_anzahl": pl.Int64,
    "reihe_wert": pl.Float64,
    "reihe_differenz": pl.Float64,
    "trend": pl.String,
    "chi2": pl.Float64,
    "steigung": pl.Float64,
}
"""One row per indicator, variant and area that has a value, about its newest year; nothing is rounded."""

BESCHREIBUNGEN: Mapping[str, str] = {
    "indikator_id": "Kennzahl.",
    "variante": "Variante der Kennzahl.",
    "ags": "Gebiet.",
    "gebiet_typ": "Art des Gebiets: land, gruppe oder kreis.",
    "berichtsjahr": "Jüngstes Jahr mit einem Wert.",
    "wert": "Wert dieses Jahres.",
    "vorjahr_wert": "Wert des Vorjahres; leer, wenn beide Jahre nicht vergleichbar sind.",
    "vorjahr_differenz": "Wert abzüglich des Vorjahreswertes.",
    "vorjahr_vergleich": "Veränderung zum Vorjahr: Codes der Liste urteil, nach der Veränderungsregel.",
    "reihe_von": "Erstes Jahr der vergleichbaren Reihe, die mit dem jüngsten Jahr endet.",
    "reihe_anzahl": "Jahre dieser Reihe.",
    "reihe_wert": "Wert ihres ersten Jahres.",
    "reihe_differenz": "Wert des jüngsten abzüglich des Wertes des ersten Jahres.",
    "trend": "Richtung der letzten fünf Jahre der Reihe: Codes der Liste trend, nach der Trendregel.",
    "chi2": "Prüfgröße des Tests auf Trend; leer, wenn er nicht möglich ist.",
    "steigung": "Veränderung je Jahr auf der Geraden durch die letzten fünf Jahre, in der Einheit des Wertes.",
}
"""What each column holds."""
