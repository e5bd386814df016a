"""Indicators of the field return counselling (RKB)."""

from schemas.codelisten import GESAMT
from schemas.groessen import geliefert
from schemas.groessen_lieferung import beratene_personen, beratungen
from schemas.indikatoren.beratung import beratene, je_vzae, personalvarianten, stellenvarianten
from schemas.modell import Groesse, Herkunft, Indikator, Variante, Zellbezug

THEMENFELD = "Rückkehrberatung"
_NIE_BEWERTET = "Die Zahl sagt nichts über die Güte der Beratung; sie ist kein Ziel und wird nicht bewertet."
_ERGEBNISOFFEN = "Die Beratung ist freiwillig und ergebnisoffen."


def _ausreisen(teil: str, mass: str = "ausreisen_aufgrund_beratung", nur: str = "true") -> Groesse:
    quelle = "Lieferung „Freiwillige Ausreisen“, Summe des Berichtszeitraums"
    return geliefert("rueckkehr", mass, "true", quelle, nur=nur, zelle=Zellbezug("rueckkehr.ausreisen", {"teil": teil}))


INDIKATOREN = (
    Indikator(
        id="RKB-01",
        name="Stellen und Personal der Rückkehrberatung",
        themenfeld=THEMENFELD,
        definition="Zahl der Stellen am letzten Tag des Berichtszeitraums, unabhängig von der Trägerschaft, und ihr "
        "Personal in Vollzeitäquivalenten am Stichtag, nach Entgeltgruppe; gemeinsame Stellen zählen im Land einmal.",
        einheit="VZÄ",
        nachkommastellen=2,
        varianten=(
            Variante(
                "ANZAHL",
                "Stellen am Ende des Zeitraums",
                Herkunft.LIEFERUNG,
                stellenvarianten("RKB")[0].zaehler,
                einheit="Stellen",
                nachkommastellen=0,
            ),
            *personalvarianten("RKB"),
        ),
        gliederungen=("entgeltgruppe", "gemeinde_ags"),
        aufgabe="RKB",
        lesehilfe=f"{_ERGEBNISOFFEN} Mehr oder weniger Personal wird nicht bewertet.",
    ),
    Indikator(
        id="RKB-02",
        name="Rückkehrberatungen",
        themenfeld=THEMENFELD,
        definition="Durchgeführte Beratungen zur Rückkehr im Berichtszeitraum und die Personen, die beraten wurden.",
        einheit="Beratungen",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, beratungen("RKB")),
            beratene("RKB"),
            Variante(
                "PERSONEN_JE_BERATUNG",
                "Personen je Beratung",
                Herkunft.LIEFERUNG,
                beratene_personen("RKB"),
                beratungen("RKB"),
                einheit="je Beratung",
                nachkommastellen=2,
                hinweis="Über 1, wo Familien zusammen beraten werden; unter 1, wo dieselben Personen wiederkommen.",
            ),
            je_vzae("RKB"),
        ),
        aufgabe="RKB",
        mindestnenner=1,
        lesehilfe=f"{_ERGEBNISOFFEN} Rückkehrberatung wird nicht nach Themenfeldern aufgeteilt.",
    ),
    Indikator(
        id="RKB-03",
        name="Freiwillige Ausreisen nach Rückkehrberatung",
        themenfeld=THEMENFELD,
        definition="Personen, die im Berichtszeitraum aufgrund der Beratung freiwillig ausgereist sind.",
        einheit="Personen",
        varianten=(
            Variante("ANZAHL", "aufgrund der Beratung", Herkunft.LIEFERUNG, _ausreisen("BERATEN")),
            Variante(
                "DOKUMENTIERT",
                "davon in der Beratung dokumentiert",
                Herkunft.LIEFERUNG,
                _ausreisen("DOKUMENTIERT", nur="nachweis = 'DOKUMENTIERT'"),
                hinweis="Ohne Ausreisen, die der Beratung nur zeitlich zugeordnet sind.",
            ),
            Variante(
                "GESAMT",
                "zum Vergleich: alle bekannten freiwilligen Ausreisen",
                Herkunft.LIEFERUNG,
                _ausreisen(GESAMT, "ausreisen_gesamt"),
                hinweis="Freiwillige Angabe; auch Ausreisen ohne Beratung.",
            ),
            Variante(
                "JE_100_PERSONEN",
                "je 100 beratene Personen",
                Herkunft.LIEFERUNG,
                _ausreisen("BERATEN"),
                beratene_personen("RKB"),
                faktor=100,
                einheit="je 100",
                nachkommastellen=1,
                hinweis="Wer im Vorjahr beraten wurde und jetzt ausreist, zählt nur im Zähler.",
            ),
        ),
        aufgabe="RKB",
        mindestnenner=20,
        lesehilfe=_NIE_BEWERTET,
    ),
)
