"""Indicators of the field housing (WOH)."""

from schemas.groessen_lieferung import zielgruppe
from schemas.modell import Herkunft, Indikator, Kennzahlart, Richtung, Variante

THEMENFELD = "Wohnen"
_QUELLE = "Lieferung „Zielgruppe“, Ende des Berichtszeitraums"

INDIKATOREN = (
    Indikator(
        id="WOH-01",
        name="Anteil dezentral untergebrachter Personen",
        themenfeld=THEMENFELD,
        definition="Personen der Zielgruppe in Wohnungen je 100 Personen der Zielgruppe am Ende des Berichtszeitraums.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante(
                "WOHNUNG",
                "in Wohnungen",
                Herkunft.LIEFERUNG,
                zielgruppe("bestand_ende", _QUELLE, "WOHNUNG"),
                zielgruppe("bestand_ende", _QUELLE),
                faktor=100,
                art=Kennzahlart.ANTEIL,
            ),
        ),
        mindestnenner=20,
        lesehilfe="Die Zielgruppe ist die der Flüchtlingssozialarbeit; wer anders untergebracht ist, lebt in einer "
        "Gemeinschaftsunterkunft oder einer sonstigen Unterkunft.",
    ),
    Indikator(
        id="WOH-02",
        name="Auslastung der Gemeinschaftsunterkünfte",
        themenfeld=THEMENFELD,
        definition="Belegte Plätze in Gemeinschaftsunterkünften je 100 Plätze am Ende des Berichtszeitraums.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "KAPAZITAET",
                "gemeldete Kapazität",
                Herkunft.LIEFERUNG,
                zielgruppe("bestand_ende", _QUELLE, "GU"),
                zielgruppe("kapazitaet", _QUELLE, "GU"),
                faktor=100,
            ),
        ),
        mindestnenner=20,
        lesehilfe="Weder leere noch volle Unterkünfte sind ein Ziel; wird nicht bewertet. Über 100 sind Plätze "
        "überbelegt.",
    ),
    Indikator(
        id="WOH-03",
        name="Untergebrachte wohnungslose Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Am 31. Januar wegen Wohnungslosigkeit untergebrachte Ausländerinnen und Ausländer je 1.000 "
        "Ausländerinnen und Ausländer.",
        einheit="je 1.000",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=(
            Variante(
                "STANDARD",
                "Statistik untergebrachter wohnungsloser Personen",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle nach Staatsangehörigkeit auf Ebene der Kreise liegt nicht vor.",
            ),
        ),
        mindestnenner=100,
        lesehilfe="Enthält Anerkannte, die mangels Wohnung noch in einer Unterkunft leben.",
    ),
)
