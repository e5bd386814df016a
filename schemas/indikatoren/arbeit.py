"""Indicators of the field work (ARB)."""

from schemas.groessen import amtlich, reihe
from schemas.indikatoren.bevoelkerung import auslaender_fortschreibung
from schemas.modell import Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Arbeit"
_QUOTE = "Arbeitslosenquote bez. auf alle zivile Erwerbsp."
_ALTER_15_64 = (
    "15 bis unter 18 Jahre",
    "18 bis unter 20 Jahre",
    "20 bis unter 25 Jahre",
    "25 bis unter 30 Jahre",
    "30 bis unter 35 Jahre",
    "35 bis unter 40 Jahre",
    "40 bis unter 45 Jahre",
    "45 bis unter 50 Jahre",
    "50 bis unter 55 Jahre",
    "55 bis unter 60 Jahre",
    "60 bis unter 65 Jahre",
)

INDIKATOREN = (
    Indikator(
        id="ARB-01",
        name="Beschäftigungsquote der Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Sozialversicherungspflichtig Beschäftigte (15 bis unter 65, am Wohnort) je 100 der Altersgruppe.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante("STANDARD", "15 bis unter 65 Jahre, Wohnort", Herkunft.KEINE, None),
            Variante(
                "ALLE_ALTER",
                "Näherung: Beschäftigte jeden Alters",
                Herkunft.AMTLICH,
                amtlich(
                    "13111-02-02-4",
                    reihe(
                        "Sozialversicherungspfl. Beschäftigte (Wohnort)",
                        {
                            "kopf_1": "Nationalität",
                            "kopf_2": "Ausländer(innen)",
                            "kopf_3": "Geschlecht",
                            "kopf_4": "Insgesamt",
                        },
                    ),
                    "Beschäftigungsstatistik, Tabelle 13111-02-02-4, Stichtag 30.06.",
                ),
                amtlich(
                    "12411-03-03-4",
                    auslaender_fortschreibung(altersgruppen=_ALTER_15_64),
                    "Fortschreibung des Bevölkerungsstandes nach Nationalität, Tabelle 12411-03-03-4, Stichtag 31.12.",
                    summe=True,
                ),
                faktor=100,
                konzept="AUSL_FORT",
                hinweis="Beschäftigte jeden Alters; Zähler am 30.06., Bezugsgröße am 31.12. desselben Jahres.",
                gruende=("NAEHERUNG", "NENNER_STICHTAG"),
            ),
        ),
        mindestnenner=100,
    ),
    Indikator(
        id="ARB-03",
        name="Arbeitslosenquote der Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Arbeitslose Ausländerinnen und Ausländer je 100 zivile Erwerbspersonen, Jahresdurchschnitt.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=(
            Variante(
                "BA",
                "Bundesagentur für Arbeit",
                Herkunft.AMTLICH,
                amtlich(
                    "13211-02-05-4",
                    " OR ".join(reihe(_QUOTE, {"kopf_2": bezeichnung}) for bezeichnung in ("Ausländer", "ausländisch")),
                    "Arbeitsmarktstatistik der Bundesagentur für Arbeit, Tabelle 13211-02-05-4, Jahresdurchschnitt",
                ),
                summierbar=False,
                hinweis="Von der Bundesagentur berechnet; Zähler und Bezugsgröße liegen nicht vor.",
            ),
        ),
    ),
)
