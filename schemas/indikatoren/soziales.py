"""Indicators of the field social security (SOZ)."""

from schemas.groessen import amtlich, reihe
from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.modell import Herkunft, Indikator, Variante

INDIKATOREN = (
    Indikator(
        id="SOZ-02",
        name="Empfang von Asylbewerberleistungen je 1.000",
        themenfeld="Soziale Sicherung",
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
                    reihe("Regelleistungsempfänger", {"kopf_2": "T"}),
                    "Asylbewerberleistungsstatistik, Tabelle 22221-01-01-4, Stichtag 31.12.",
                ),
                EINWOHNER,
                faktor=1000,
                hinweis="Das Land hat mehr Empfangende als die Kreise zusammen: Ein Teil ist keinem Kreis zugeordnet.",
            ),
        ),
        mindestnenner=100,
    ),
)
