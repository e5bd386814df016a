"""Indicators of the field social security (SOZ)."""

from schemas.groessen import Merkmal, amtlich, reihe
from schemas.indikatoren.bevoelkerung import EINWOHNER_NACH_GESCHLECHT, UNTER_15, VON_15_BIS_64, fortschreibung
from schemas.modell import Herkunft, Indikator, Kennzahlart, Richtung, Variante

THEMENFELD = "Soziale Sicherung"
_SGB_II_STATT_ASYLBLG = {
    2022: "seit Juni 2022 erhalten Geflüchtete aus der Ukraine Leistungen nach dem SGB II statt nach dem AsylbLG"
}

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
            Variante(
                "REGEL",
                "Regelleistungen",
                Herkunft.AMTLICH,
                amtlich(
                    "22221-01-01-4",
                    "kennzahl = 'Regelleistungsempfänger'",
                    "Asylbewerberleistungsstatistik, Tabelle 22221-01-01-4, Stichtag 31.12.",
                    gliederung={"geschlecht": Merkmal(("kopf_2",), {"T": "T", "weiblich": "W"})},
                    brueche=_SGB_II_STATT_ASYLBLG,
                ),
                EINWOHNER_NACH_GESCHLECHT,
                faktor=1000,
                art=Kennzahlart.ANTEIL,
                hinweis="Das Land hat mehr Empfangende als die Kreise zusammen: Ein Teil ist keinem Kreis zugeordnet.",
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
