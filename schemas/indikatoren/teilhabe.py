"""Indicators of the field participation (TEI)."""

from schemas.einheiten import JE_MELDEEINHEIT
from schemas.groessen_lieferung import angabe, massnahmen
from schemas.indikatoren.bevoelkerung import AUSLAENDER_AZR, EINWOHNER
from schemas.modell import Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Teilhabe"
_QUELLE_KONZEPT = "Lieferung „Integrationskonzept“, Ende des Berichtszeitraums"
_JE_1000 = "Bezugsgröße für alle: Ausländerinnen und Ausländer nach dem Ausländerzentralregister am 31.12."

INDIKATOREN = (
    Indikator(
        id="TEI-01",
        name="Beirat für Integration und Teilhabe",
        themenfeld=THEMENFELD,
        definition="Ob es einen Beirat nach § 18 SächsIntG gibt, und der Anteil der Sitze von Menschen mit "
        "Migrationshintergrund nach deren eigener Angabe.",
        einheit=JE_MELDEEINHEIT,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante(
                "VORHANDEN",
                "Beirat vorhanden",
                Herkunft.LIEFERUNG,
                angabe("beirat = 'J'", _QUELLE_KONZEPT),
                hinweis="1 heißt: Es gibt einen Beirat. Im Land steht die Zahl der Meldeeinheiten mit Beirat.",
            ),
            Variante(
                "ANTEIL_MH",
                "Sitze mit Migrationshintergrund",
                Herkunft.LIEFERUNG,
                angabe("", _QUELLE_KONZEPT, "beirat = 'J'", mass="beirat_sitze_mh"),
                angabe("", _QUELLE_KONZEPT, "beirat = 'J'", mass="beirat_sitze"),
                faktor=100,
                einheit="Prozent",
                nachkommastellen=1,
                hinweis="Freiwillige Angabe; nicht besetzte Sitze zählen mit.",
            ),
        ),
        lesehilfe="Ein Beirat ist eine Möglichkeit des Gesetzes, keine Pflicht.",
    ),
    Indikator(
        id="TEI-02",
        name="Niedrigschwellige und ehrenamtliche Beratungsangebote",
        themenfeld=THEMENFELD,
        definition="Geförderte Angebote nach § 11 Abs. 4 Nr. 5 KomIntAVO im Berichtszeitraum.",
        einheit="Angebote",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, massnahmen("NIEDRIGSCHWELLIG")),
            Variante(
                "JE_10000",
                "je 10.000 Einwohnerinnen und Einwohner",
                Herkunft.LIEFERUNG,
                massnahmen("NIEDRIGSCHWELLIG"),
                EINWOHNER,
                faktor=10_000,
                einheit="je 10.000",
                nachkommastellen=1,
            ),
        ),
        gliederungen=("gemeinde_ags",),
        aufgabe="NIEDRIGSCHWELLIG",
        lesehilfe="Ein großes Angebot zählt wie ein kleines; die Zahl allein wird nicht bewertet.",
    ),
    Indikator(
        id="TEI-03",
        name="Ehrenamtliche in geförderten Angeboten je 1.000 Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Ehrenamtliche in geförderten niedrigschwelligen Angeboten im Berichtszeitraum je 1.000 "
        "Ausländerinnen und Ausländer am 31. Dezember.",
        einheit="je 1.000",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante(
                "JE_1000",
                "je 1.000 Ausländerinnen und Ausländer",
                Herkunft.LIEFERUNG,
                massnahmen("NIEDRIGSCHWELLIG", "ehrenamtliche"),
                AUSLAENDER_AZR,
                faktor=1000,
                konzept="AUSL_AZR",
                hinweis=f"{_JE_1000} Wer in mehreren Angeboten hilft, zählt mehrfach.",
                gruende=("RUNDUNG",),
            ),
            Variante(
                "ANZAHL",
                "Anzahl",
                Herkunft.LIEFERUNG,
                massnahmen("NIEDRIGSCHWELLIG", "ehrenamtliche"),
                einheit="Personen",
                nachkommastellen=0,
                hinweis="Wer in mehreren Angeboten hilft, zählt mehrfach.",
            ),
        ),
        gliederungen=("gemeinde_ags",),
        aufgabe="NIEDRIGSCHWELLIG",
        mindestnenner=100,
        lesehilfe="Ehrenamt außerhalb geförderter Angebote ist nicht enthalten.",
    ),
)
