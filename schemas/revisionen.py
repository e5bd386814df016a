"""The list of revised figures and their effect on indicators: columns, code lists, and the words of official codes.

One row of `revisionen` is one figure that was changed, one of `revisionswirkungen` one value that changed with it.
"""

from collections.abc import Mapping

import polars as pl

from schemas.modell import Code, Codeliste

REVISIONEN: dict[str, type[pl.DataType]] = {
    "revision": pl.String,
    "art": pl.String,
    "quelle": pl.String,
    "ags": pl.String,
    "berichtsjahr": pl.Int64,
    "alt_stand": pl.String,
    "neu_stand": pl.String,
    "datum": pl.String,
    "schluessel": pl.String,
    "spalte": pl.String,
    "ereignis": pl.String,
    "alt": pl.String,
    "neu": pl.String,
    "alt_zahl": pl.Float64,
    "neu_zahl": pl.Float64,
}
"""Column -> type; what each holds stands in `BESCHREIBUNGEN`."""

WIRKUNGEN: dict[str, type[pl.DataType]] = {
    "revision": pl.String,
    "indikator_id": pl.String,
    "variante": pl.String,
    "ags": pl.String,
    "gebiet_typ": pl.String,
    "berichtsjahr": pl.Int64,
    "einheit": pl.String,
    "alt": pl.Float64,
    "neu": pl.Float64,
}
"""Column -> type; `alt` and `neu` are not rounded. Where a secret figure is involved, no effect is listed: the distance
between two totals would tell it."""

BESCHREIBUNGEN: Mapping[str, str] = {
    "revision": "Kennung der Revision: Nummer des neuen Eingangs oder amtliche Tabelle mit Zeitpunkt und neuem Stand.",
    "art": "Wer geändert hat: Codes der Liste revisionsart.",
    "quelle": "Datensatz oder Code der amtlichen Tabelle.",
    "ags": "Meldeeinheit oder Gebiet, dessen Angabe geändert wurde.",
    "gebiet_typ": "Art des Gebiets: land, gruppe oder kreis.",
    "berichtsjahr": "Berichtsjahr der Lieferung oder des Wertes, Jahr des Zeitpunkts der amtlichen Zahl.",
    "alt_stand": "Version der Lieferung oder Stand der amtlichen Tabelle vor der Änderung.",
    "neu_stand": "Version der Lieferung oder Stand der amtlichen Tabelle nach der Änderung.",
    "datum": "Tag des Eingangs oder der Korrektur, oder der neue Stand der amtlichen Tabelle.",
    "schluessel": "Wo die Angabe steht: Merkmale der Zeile.",
    "spalte": "Spalte der Lieferung oder Kennzahl der amtlichen Tabelle.",
    "ereignis": "Was mit der Angabe geschah: Codes der Liste revisionsereignis.",
    "alt": "Wert vor der Änderung.",
    "neu": "Wert nach der Änderung.",
    "alt_zahl": "Wert vor der Änderung als Zahl; leer, wenn es keine ist.",
    "neu_zahl": "Wert nach der Änderung als Zahl; leer, wenn es keine ist.",
    "indikator_id": "Kennzahl, deren Wert sich mit geändert hat.",
    "variante": "Variante der Kennzahl.",
    "einheit": "Einheit von alt und neu.",
}
"""What a column of both tables holds."""

LIEFERUNG, KORREKTUR, AMTLICH = "LIEFERUNG", "KORREKTUR", "AMTLICH"

ART = Codeliste(
    "revisionsart",
    "Art der Revision",
    (
        Code(LIEFERUNG, "neue Lieferung", "Die Meldeeinheit hat noch einmal geliefert; die neue Fassung gilt."),
        Code(KORREKTUR, "Korrektur", "Das Ministerium hat die Lieferung mit Begründung berichtigt."),
        Code(AMTLICH, "amtliche Revision", "Die amtliche Statistik hat die Zahl mit neuem Stand noch einmal genannt."),
    ),
    quelle="Eingangsnummern, data/korrekturen, Stand der amtlichen Tabellen",
)

GEAENDERT, NEU, ENTFALLEN = "GEAENDERT", "NEU", "ENTFALLEN"

EREIGNIS = Codeliste(
    "revisionsereignis",
    "Was geschah",
    (
        Code(GEAENDERT, "geändert", "Die Angabe steht in beiden Fassungen, mit verschiedenem Inhalt."),
        Code(NEU, "neu", "Die Zeile gibt es erst in der neuen Fassung."),
        Code(ENTFALLEN, "entfallen", "Die Zeile gibt es in der neuen Fassung nicht mehr."),
    ),
    quelle="Vergleich beider Fassungen nach dem Schlüssel des Datensatzes",
)

NICHT_GEZEIGT = "nicht gezeigt"
"""Stands for the value beside a secret one: it would tell what is kept secret."""

AMTLICHE_WORTE: Mapping[str, str] = {
    "BEVSTD": "Bevölkerungsstand",
    "GES": "Geschlecht",
    "GESM": "männlich",
    "GESW": "weiblich",
    "T": "insgesamt",
}
"""Codes of official tables in words; a code that is not here is shown as it is."""
