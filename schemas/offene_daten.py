"""The tables of the open data: every column once, with type, German title and text; and under which licence.

What belongs here: what a column holds. Schemas of all formats, the sheet „Spalten“ and the page about the data are made
from it. What does not: which codes a Land knows (`assets/offenedaten/codes.py`) and the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from schemas.indikatorwerte import GLIEDERUNGEN
from schemas.modell import nur_lesen


class Datentyp(StrEnum):
    """Type of a column; the values are the names Table Schema and CSVW share."""

    TEXT = "string"
    GANZZAHL = "integer"
    ZAHL = "number"
    DATUM = "date"
    JA_NEIN = "boolean"


TYPNAME: Mapping[Datentyp, str] = nur_lesen(
    {
        Datentyp.TEXT: "Text",
        Datentyp.GANZZAHL: "ganze Zahl",
        Datentyp.ZAHL: "Zahl",
        Datentyp.DATUM: "Datum (JJJJ-MM-TT)",
        Datentyp.JA_NEIN: "ja oder nein",
    }
)
"""What a reader is told."""

POLARS: Mapping[Datentyp, type[pl.DataType]] = nur_lesen(
    {
        Datentyp.TEXT: pl.String,
        Datentyp.GANZZAHL: pl.Int64,
        Datentyp.ZAHL: pl.Float64,
        Datentyp.DATUM: pl.Date,
        Datentyp.JA_NEIN: pl.Boolean,
    }
)


@dataclass(frozen=True, slots=True)
class Datenspalte:
    """A column; `pflicht` means that no row leaves it empty."""

    name: str
    titel: str
    text: str
    typ: Datentyp = Datentyp.TEXT
    pflicht: bool = True
    trenner: str = ""
    """Between several codes in one cell."""


@dataclass(frozen=True, slots=True)
class Datentabelle:
    """A table: its key and, per foreign key, (own columns, table, its columns)."""

    name: str
    titel: str
    text: str
    spalten: tuple[Datenspalte, ...]
    schluessel: tuple[str, ...]
    verweise: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = field(default=())

    @property
    def polars_schema(self) -> dict[str, type[pl.DataType]]:
        """Columns and types in memory and in Parquet."""
        return {s.name: POLARS[s.typ] for s in self.spalten}


_GANZ, _ZAHL, _DATUM, _JA = Datentyp.GANZZAHL, Datentyp.ZAHL, Datentyp.DATUM, Datentyp.JA_NEIN
_GLIEDERUNGSTITEL = {
    "konzept": "Konzept der Bevölkerungsangabe",
    "geschlecht": "Geschlecht",
    "altersgruppe": "Altersgruppe",
    "themenfeld": "Themenfeld der Beratung",
    "rechtsgrund": "Rechtsgrund oder Schutzstatus",
    "entgeltgruppe": "Entgeltgruppe",
    "foerdergegenstand": "Fördergegenstand",
    "staat": "Staat",
    "gemeinde_ags": "Gemeinde",
}
_KENNZAHL = Datenspalte("indikator_id", "Kennung der Kennzahl", "Gleich in allen Ausgaben.")
_VARIANTE = Datenspalte(
    "variante", "Kennung der Berechnung", "Werte verschiedener Berechnungen einer Kennzahl sind nicht vergleichbar."
)

WERTE = Datentabelle(
    "kennzahlen",
    "Werte der Kennzahlen",
    "Eine Zeile je Wert. Wo keine Zahl gezeigt wird, ist die Zelle leer; wertzeichen sagt, warum.",
    (
        _KENNZAHL,
        Datenspalte("kennzahl", "Kennzahl", "Name der Kennzahl."),
        _VARIANTE,
        Datenspalte("berechnung", "Berechnung", "Name der Berechnung."),
        Datenspalte("land", "Land", "Kennung des Landes."),
        Datenspalte("ags", "Gebietsschlüssel", "Amtlicher Schlüssel oder Kennung einer Gruppe; ein Text, keine Zahl."),
        Datenspalte("gebiet", "Gebiet", "Name des Gebiets."),
        Datenspalte("gebiet_typ", "Art des Gebiets", "Zeilen für eine Gemeinde nennen diese in gemeinde_ags."),
        Datenspalte("berichtsjahr", "Jahr", "Kalenderjahr, in dem der Zeitraum endet.", _GANZ),
        Datenspalte(
            "zeitraum_von", "Zeitraum von", "Erster Tag; bei einem Stichtag gleich dem letzten.", _DATUM, False
        ),
        Datenspalte("zeitraum_bis", "Zeitraum bis", "Letzter Tag.", _DATUM, False),
        *(Datenspalte(n, _GLIEDERUNGSTITEL[n], "Code oder T für insgesamt.") for n in GLIEDERUNGEN),
        Datenspalte("gliederung", "Gliederung", "Die Codes der Gliederungsspalten in Worten."),
        Datenspalte("zaehler", "Zähler", "Ungerundet.", _ZAHL, False),
        Datenspalte("nenner", "Nenner", "Bezugsgröße, ungerundet; leer, wo es keine gibt.", _ZAHL, False),
        Datenspalte("wert", "Wert", "Ungerundet, in der Einheit der Berechnung.", _ZAHL, False),
        Datenspalte("wert_gerundet", "Wert, gerundet", "So, wie ihn die Berichte zeigen.", _ZAHL, False),
        Datenspalte("einheit", "Einheit", "Einheit des Wertes."),
        Datenspalte("ki_unten", "Untere Grenze", "Zufällige Schwankung, 95 Prozent; ungerundet.", _ZAHL, False),
        Datenspalte("ki_oben", "Obere Grenze", "Zufällige Schwankung, 95 Prozent; ungerundet.", _ZAHL, False),
        Datenspalte("wertzeichen", "Wertzeichen", "Buchstabe, der sagt, was die Zahl taugt oder warum keine da ist."),
        Datenspalte("wertzeichen_name", "Bedeutung des Wertzeichens", "Das Zeichen in Worten."),
        Datenspalte(
            "vergleichbarkeit", "Vergleichbarkeit", "Das ungünstigste der drei folgenden Urteile.", pflicht=False
        ),
        Datenspalte("vgl_land", "Vergleichbar mit dem Land", "Urteil.", pflicht=False),
        Datenspalte("vgl_kreise", "Vergleichbar mit den anderen Gebieten", "Urteil.", pflicht=False),
        Datenspalte("vgl_vorjahr", "Vergleichbar mit dem Vorjahr", "Urteil.", pflicht=False),
        Datenspalte("gruende", "Gründe", "Warum nicht uneingeschränkt vergleichbar.", pflicht=False, trenner=";"),
        Datenspalte("abdeckung_kreise", "Gebiete mit Zahl", "Wie viele in einer Summe stecken.", _GANZ, False),
        Datenspalte("erwartet_kreise", "Gebiete, von denen eine erwartet wird", "Anzahl.", _GANZ, False),
        Datenspalte(
            "abdeckung_bevoelkerung", "Anteil der Bevölkerung", "Den die Summe abdeckt, 0 bis 1.", _ZAHL, False
        ),
        Datenspalte("quelle", "Quelle", "Woraus Zähler und Nenner stammen."),
        Datenspalte("stand", "Stand der Quelle", "Leer bei Lieferungen.", pflicht=False),
        Datenspalte("neuester_stand", "Neuester Stand", "nein: Ein späterer Stand ersetzt den Wert.", _JA),
        Datenspalte("definition_version", "Fassung der Definition", "Ändert sich mit der Definition."),
        Datenspalte("demodaten", "Demodaten", "ja: Die Zahl ist ganz oder zum Teil erfunden.", _JA),
    ),
    ("indikator_id", "variante", "ags", "berichtsjahr", "stand", *GLIEDERUNGEN),
    (
        (("indikator_id", "variante"), "berechnungen", ("indikator_id", "variante")),
        (("ags",), "gebiete", ("ags",)),
        (("wertzeichen",), "wertzeichen", ("code",)),
    ),
)
"""The values: every column of `indikatorwerte`, with names beside codes."""

_NAME = Datenspalte("name", "Bezeichnung", "Was der Code bedeutet.")
_CODE = Datenspalte("code", "Code", "Wie er in den Daten steht.")

DIMENSIONEN: tuple[Datentabelle, ...] = (
    Datentabelle(
        "berechnungen",
        "Kennzahlen und ihre Berechnungen",
        "Eine Zeile je Berechnung einer Kennzahl: Definition, Zähler, Nenner, Einheit, Quelle, Zeitraum.",
        (
            _KENNZAHL,
            Datenspalte("kennzahl", "Kennzahl", "Name der Kennzahl."),
            Datenspalte("themenfeld", "Themenfeld", "Zu welchem Teil des Berichts sie gehört."),
            _VARIANTE,
            Datenspalte("berechnung", "Berechnung", "Name der Berechnung."),
            Datenspalte("definition", "Definition", "Was die Kennzahl bedeutet."),
            Datenspalte("zaehler", "Zähler", "Woraus der Zähler stammt.", pflicht=False),
            Datenspalte("nenner", "Nenner", "Woraus die Bezugsgröße stammt.", pflicht=False),
            Datenspalte("rechnung", "Rechnung", "Wie aus beiden der Wert wird."),
            Datenspalte("vergleichsregel", "Vergleich", "Wie Unterschiede beurteilt werden.", pflicht=False),
            Datenspalte("lesehilfe", "Lesehilfe", "Was beim Lesen zu beachten ist.", pflicht=False),
            Datenspalte("berichtspunkt", "Berichtspunkt", "Punkte des Gesetzes, zu denen sie gehört.", pflicht=False),
            Datenspalte("definition_version", "Fassung der Definition", "Ändert sich mit der Definition."),
            Datenspalte("einheit", "Einheit", "Einheit des Wertes."),
            Datenspalte("nachkommastellen", "Nachkommastellen", "Auf die gerundet wird.", _GANZ),
            Datenspalte("richtung", "Richtung", "Ob ein höherer Wert besser ist; neutral heißt, es gibt kein Besser."),
            Datenspalte("zielwert", "Zielwert", "Nur wo die Richtung zielwert ist.", _ZAHL, False),
            Datenspalte("herkunft", "Herkunft", "amtlich, lieferung oder keine."),
            Datenspalte("art", "Art", "Woraus der Wert gebildet ist; danach richtet sich der Vertrauensbereich."),
            Datenspalte(
                "gliederungen", "Gliederungen", "Spalten, nach denen gegliedert wird.", pflicht=False, trenner=";"
            ),
            Datenspalte("gruende", "Vorbehalte", "Gründe, die für alle Werte gelten.", pflicht=False, trenner=";"),
            Datenspalte("brueche", "Zeitreihenbrüche", "Erstes Jahr danach und was sich geändert hat.", pflicht=False),
            Datenspalte("hinweis", "Hinweis", "Zu dieser Berechnung.", pflicht=False),
            Datenspalte("jahr_von", "Erstes Jahr", "Mit einer Zeile in den Daten.", _GANZ, False),
            Datenspalte("jahr_bis", "Letztes Jahr", "Mit einer Zeile in den Daten.", _GANZ, False),
            Datenspalte("quellenvermerk", "Quellenvermerk", "Wie die Quelle zu nennen ist, mit Lizenz.", pflicht=False),
        ),
        ("indikator_id", "variante"),
    ),
    Datentabelle(
        "gebiete",
        "Gebiete",
        "Das Land, seine Gruppen und die Meldeeinheiten in amtlicher Reihenfolge.",
        (
            Datenspalte("ags", "Gebietsschlüssel", "Amtlicher Schlüssel oder Kennung einer Gruppe."),
            Datenspalte("name", "Name", "Eindeutiger Name."),
            Datenspalte("gebiet_typ", "Art des Gebiets", "Land, Gruppe oder Meldeeinheit."),
            Datenspalte("typ", "Bezeichnung", "Wie das Land diese Art nennt."),
            Datenspalte("gruppe", "Gruppe", "Kennung der Gruppe einer Meldeeinheit.", pflicht=False),
            Datenspalte("kuerzel", "Kürzel", "Kurzes Zeichen.", pflicht=False),
        ),
        ("ags",),
    ),
    Datentabelle(
        "codes",
        "Codes der Gliederungen",
        "Eine Zeile je Spalte und Code.",
        (
            Datenspalte("spalte", "Spalte", "In welcher Spalte der Code steht."),
            _CODE,
            _NAME,
        ),
        ("spalte", "code"),
    ),
    Datentabelle(
        "wertzeichen",
        "Wertzeichen",
        "Was die Zahl taugt oder warum keine da ist.",
        (
            _CODE,
            _NAME,
            Datenspalte("bedeutung", "Bedeutung", "In einem Satz."),
            Datenspalte("mit_zahl", "Mit Zahl", "Ob neben dem Zeichen eine Zahl steht.", _JA),
        ),
        ("code",),
    ),
    Datentabelle(
        "gruende",
        "Gründe eingeschränkter Vergleichbarkeit",
        "Was ein Grund für jeden Vergleich bedeutet.",
        (
            _CODE,
            _NAME,
            Datenspalte("bedeutung", "Bedeutung", "In einem Satz."),
            Datenspalte("vgl_land", "Vergleich mit dem Land", "Urteil."),
            Datenspalte("vgl_kreise", "Vergleich der Gebiete", "Urteil."),
            Datenspalte("vgl_vorjahr", "Vergleich mit dem Vorjahr", "Urteil."),
        ),
        ("code",),
    ),
)
"""The tables that explain codes."""


@dataclass(frozen=True, slots=True)
class Lizenz:
    """A licence: short sign, name, address of its text and of its entry in the list of DCAT-AP.de."""

    zeichen: str
    name: str
    text_url: str
    dcat: str


LIZENZ = Lizenz(
    "dl-de/by-2-0",
    "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "https://www.govdata.de/dl-de/by-2-0",
    # The letters of this entry really stand in another order.
    "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
)
"""Of the public edition; the others carry none."""
