"""Indicators of the field legal status (REC)."""

from schemas.groessen import amtlich, reihe
from schemas.indikatoren.bevoelkerung import AUSLAENDER_FORT_VORJAHR, OFFENER_SCHUTZSTATUS, SCHUTZSUCHENDE
from schemas.modell import Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Rechtsstatus"

INDIKATOREN = (
    Indikator(
        id="REC-03",
        name="Anteil mit offenem Schutzstatus",
        themenfeld=THEMENFELD,
        definition="Anteil der Schutzsuchenden, über deren Antrag noch nicht entschieden ist.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "AZR",
                "Ausländerzentralregister",
                Herkunft.AMTLICH,
                OFFENER_SCHUTZSTATUS,
                SCHUTZSUCHENDE,
                faktor=100,
                konzept="AUSL_AZR",
                gruende=("RUNDUNG",),
            ),
        ),
        mindestnenner=100,
    ),
    Indikator(
        id="REC-04",
        name="Einbürgerungsquote",
        themenfeld=THEMENFELD,
        definition="Einbürgerungen im Jahr, bezogen auf die Ausländerinnen und Ausländer am 31.12. des Vorjahres.",
        einheit="Prozent",
        nachkommastellen=2,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante(
                "FORT",
                "Bezugsgröße aus der Fortschreibung",
                Herkunft.AMTLICH,
                amtlich(
                    "12511-01-01-4",
                    reihe(
                        "Einbürgerungen von Ausländern",
                        {"kopf_2": "Kontinente (einschl. staatenlos etc.)", "kopf_3": "Insgesamt"},
                    ),
                    "Einbürgerungsstatistik, Tabelle 12511-01-01-4, Kalenderjahr",
                ),
                AUSLAENDER_FORT_VORJAHR,
                faktor=100,
                konzept="AUSL_FORT",
                hinweis="Bezugsgröße aus der Fortschreibung, nicht aus dem Ausländerzentralregister.",
            ),
        ),
        mindestnenner=100,
    ),
)
