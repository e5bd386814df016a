"""Indicators of the field social security (SOZ)."""

from collections.abc import Mapping

from schemas.groessen import Merkmal, amtlich, ausschnitt, reihe, zum_zeitpunkt_von
from schemas.indikatoren.bevoelkerung import (
    AB_65,
    EINWOHNER_NACH_GESCHLECHT,
    UNTER_15,
    UNTER_18,
    VON_15_BIS_64,
    VON_18_BIS_24,
    VON_25_BIS_49,
    VON_50_BIS_64,
    einwohner_nach_alter,
    fortschreibung,
)
from schemas.modell import Altersbaender, Groesse, Herkunft, Indikator, Kennzahlart, Richtung, Variante
from schemas.standardisierung import altersstandardisiert

THEMENFELD = "Soziale Sicherung"
_SGB_II_STATT_ASYLBLG = {
    2022: "seit 1. Juni 2022 erhalten Geflüchtete aus der Ukraine Leistungen nach dem SGB II statt nach dem AsylbLG "
    "(§ 74 SGB II, § 18 AsylbLG in der Fassung des Gesetzes vom 23. Mai 2022, BGBl. I S. 760)"
}


def _asylblg(gliederung: Mapping[str, Merkmal]) -> Groesse:
    """Persons with benefits under the AsylbLG, by what the table breaks them down by."""
    return amtlich(
        "22221-01-01-4",
        "kennzahl = 'Regelleistungsempfänger'",
        "Asylbewerberleistungsstatistik, Tabelle 22221-01-01-4, Stichtag 31.12.",
        gliederung=gliederung,
        brueche=_SGB_II_STATT_ASYLBLG,
    )


_BAENDER: Altersbaender = {
    "A00_17": (0, 18),
    "A18_24": (18, 25),
    "A25_49": (25, 50),
    "A50_64": (50, 65),
    "A65": (65, None),
}
"""The finest bands that both tables have: one parts children at 7, the other at 6."""
_EMPFANGENDE = {
    "unter 7 Jahre": "A00_17",
    "7 bis unter 18 Jahre": "A00_17",
    "18 bis unter 25 Jahre": "A18_24",
    "25 bis unter 50 Jahre": "A25_49",
    "50 bis unter 65 Jahre": "A50_64",
    "65 Jahre und mehr": "A65",
    "T": "T",
}
_BEZUG = einwohner_nach_alter(
    dict(zip(_BAENDER, (UNTER_18, VON_18_BIS_24, VON_25_BIS_49, VON_50_BIS_64, AB_65), strict=True))
)
_ASYLBLG = Variante(
    "REGEL",
    "Regelleistungen",
    Herkunft.AMTLICH,
    _asylblg({"geschlecht": Merkmal(("kopf_2",), {"T": "T", "weiblich": "W"})}),
    EINWOHNER_NACH_GESCHLECHT,
    faktor=1000,
    art=Kennzahlart.ANTEIL,
    hinweis="Das Land hat mehr Empfangende als die Kreise zusammen: Ein Teil ist keinem Kreis zugeordnet.",
)

INDIKATOREN = (
    Indikator(
        id="SOZ-01",
        name="SGB-II-Quote der Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Ausländische Regelleistungsberechtigte nach dem SGB II je 100 Ausländerinnen und Ausländer unter "
        "65 Jahren, beides am 31. Dezember.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=(
            Variante(
                "REGELLEISTUNG",
                "Regelleistungsberechtigte",
                Herkunft.AMTLICH,
                amtlich(
                    "22811-02-02-4",
                    reihe(
                        "dar.: Regelleistungsberechtigte nach dem SGB II",
                        {"kopf_2": "insgesamt", "kopf_3": "Ausländer(innen)"},
                    ),
                    "Grundsicherung für Arbeitsuchende, Tabelle 22811-02-02-4, Stichtag 31.12.",
                    brueche=_SGB_II_STATT_ASYLBLG,
                ),
                fortschreibung("Ausländer(innen)", UNTER_15 + VON_15_BIS_64),
                faktor=100,
                art=Kennzahlart.ANTEIL,
                konzept="AUSL_FORT",
                hinweis="Zähler sind Regelleistungsberechtigte, nicht alle Personen in Bedarfsgemeinschaften.",
            ),
        ),
        mindestnenner=100,
        lesehilfe="Auch Beschäftigte mit niedrigem Lohn können Leistungen erhalten.",
    ),
    Indikator(
        id="SOZ-02",
        name="Empfang von Asylbewerberleistungen je 1.000",
        themenfeld=THEMENFELD,
        definition="Personen mit Regelleistungen nach dem Asylbewerberleistungsgesetz am 31.12. je 1.000 Einwohner.",
        einheit="je 1.000",
        nachkommastellen=1,
        varianten=(
            _ASYLBLG,
            altersstandardisiert(
                _ASYLBLG,
                _BAENDER,
                # Inhabitants by age are there for one year only.
                zum_zeitpunkt_von(
                    ausschnitt(_BEZUG, altersgruppe="T"),
                    _asylblg({"altersgruppe": Merkmal(("kopf_2",), _EMPFANGENDE)}),
                ),
                _BEZUG,
            ),
        ),
        gliederungen=("geschlecht",),
        mindestnenner=100,
        lesehilfe="Beschreibt, wie viele Menschen Schutz suchen und noch keinen anderen Anspruch haben; wird nicht "
        "bewertet. Die amtliche Tabelle nennt Frauen eigens, Männer nicht.",
    ),
    Indikator(
        id="SOZ-03",
        name="Mindestsicherung der Ausländerinnen und Ausländer je 1.000",
        themenfeld=THEMENFELD,
        definition="Ausländerinnen und Ausländer mit Leistungen der Mindestsicherung am 31. Dezember je 1.000 "
        "Ausländerinnen und Ausländer.",
        einheit="je 1.000",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=(
            Variante(
                "STANDARD",
                "Statistiken der Mindestsicherung",
                Herkunft.KEINE,
                None,
                hinweis="Die amtliche Tabelle der Mindestsicherung unterscheidet auf Ebene der Kreise nicht nach "
                "Staatsangehörigkeit.",
            ),
        ),
        mindestnenner=100,
        lesehilfe="Fasst Leistungen nach SGB II, SGB XII und Asylbewerberleistungsgesetz zusammen.",
    ),
)
