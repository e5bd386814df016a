"""Indicators of the field health (GES)."""

from schemas.groessen_lieferung import massnahmen
from schemas.indikatoren.bevoelkerung import AUSLAENDER_AZR
from schemas.modell import Herkunft, Indikator, Variante

_JE_1000 = "Bezugsgröße für alle: Ausländerinnen und Ausländer nach dem Ausländerzentralregister am 31.12."


def _variante(art: str, label: str) -> Variante:
    return Variante(
        art,
        label,
        Herkunft.LIEFERUNG,
        massnahmen(art, themenfeld="GESUNDHEIT"),
        AUSLAENDER_AZR,
        faktor=1000,
        konzept="AUSL_AZR",
        hinweis=_JE_1000,
        gruende=("RUNDUNG",),
    )


INDIKATOREN = (
    Indikator(
        id="GES-01",
        name="Sprachmittlung im Gesundheitswesen je 1.000 Ausländerinnen und Ausländer",
        themenfeld="Gesundheit",
        definition="Einsätze im Themenfeld Gesundheit im Berichtszeitraum je 1.000 Ausländerinnen und Ausländer am "
        "31. Dezember; Sprach- und Kulturmittlung und Gemeindedolmetscherdienste je für sich.",
        einheit="je 1.000",
        nachkommastellen=1,
        varianten=(
            _variante("SKM", "Sprach- und Kulturmittlung"),
            _variante("GDD", "Gemeindedolmetscherdienste"),
        ),
        mindestnenner=100,
        aufgabe="SKM",
        lesehilfe="Wenige Einsätze können auch bedeuten, dass Praxen und Kliniken selbst für Übersetzung sorgen; wird "
        "nicht bewertet.",
    ),
)
