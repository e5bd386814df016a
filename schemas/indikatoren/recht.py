"""Indicators of the field legal status (REC)."""

from schemas.groessen import amtlich, ausschnitt, reihe
from schemas.groessen_lieferung import zielgruppe
from schemas.indikatoren.bevoelkerung import AUSLAENDER_FORT_VORJAHR, SCHUTZSUCHENDE, schutzsuchende
from schemas.modell import Herkunft, Indikator, Kennzahlart, Richtung, Variante

THEMENFELD = "Rechtsstatus"
_FUENF_STATT_ACHT_JAHRE = {
    2024: "seit 27. Juni 2024 genügen in der Regel fünf statt acht Jahre Aufenthalt (§ 10 Abs. 1 StAG in der Fassung "
    "des Gesetzes zur Modernisierung des Staatsangehörigkeitsrechts vom 22. März 2024, BGBl. 2024 I Nr. 104)"
}
_QUELLE_BESTAND = "Lieferung „Zielgruppe“, Bestand am Ende des Berichtszeitraums"

INDIKATOREN = (
    Indikator(
        id="REC-01",
        name="Anteil unbefristeter Aufenthaltstitel",
        themenfeld=THEMENFELD,
        definition="Personen mit unbefristetem Aufenthaltstitel je 100 Drittstaatsangehörige am 31. Dezember.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "STANDARD",
                "Ausländerzentralregister",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle nach Aufenthaltsstatus auf Ebene der Kreise liegt nicht vor.",
            ),
        ),
        mindestnenner=100,
        lesehilfe="Hängt davon ab, wie lange die Menschen schon hier leben; wird deshalb nicht bewertet.",
    ),
    Indikator(
        id="REC-02",
        name="Anteil der Geduldeten",
        themenfeld=THEMENFELD,
        definition="Geduldete je 100 Ausländerinnen und Ausländer am 31. Dezember; Näherungen beziehen sich auf die "
        "Schutzsuchenden oder auf die Zielgruppe der Flüchtlingssozialarbeit.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "STANDARD",
                "Ausländerzentralregister",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle nach Aufenthaltsstatus auf Ebene der Kreise liegt nicht vor.",
            ),
            Variante(
                "ZIELGRUPPE",
                "Näherung: Anteil an der gemeldeten Zielgruppe",
                Herkunft.LIEFERUNG,
                ausschnitt(
                    zielgruppe("bestand_ende", _QUELLE_BESTAND, gliederung=("rechtsgrund",)), rechtsgrund="DULDUNG"
                ),
                zielgruppe("bestand_ende", _QUELLE_BESTAND),
                faktor=100,
                art=Kennzahlart.ANTEIL,
                hinweis="Bezogen auf die Zielgruppe der Flüchtlingssozialarbeit, nicht auf alle Ausländerinnen und "
                "Ausländer.",
                gruende=("NAEHERUNG",),
            ),
            Variante(
                "SCHUTZSUCHENDE",
                "Näherung: Anteil an den Schutzsuchenden, amtlich",
                Herkunft.AMTLICH,
                schutzsuchende("AUSRPFL-G"),
                SCHUTZSUCHENDE,
                faktor=100,
                art=Kennzahlart.ANTEIL,
                konzept="AUSL_AZR",
                hinweis="Nur Geduldete, die Schutz gesucht haben, bezogen auf alle Schutzsuchenden.",
                gruende=("NAEHERUNG", "RUNDUNG"),
            ),
        ),
        gliederungen=("geschlecht",),
        mindestnenner=100,
        lesehilfe="Beschreibt die Lage der Menschen; hoch oder niedrig ist weder gut noch schlecht.",
    ),
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
                schutzsuchende("SCHUTZST-OF"),
                SCHUTZSUCHENDE,
                faktor=100,
                art=Kennzahlart.ANTEIL,
                konzept="AUSL_AZR",
                gruende=("RUNDUNG",),
            ),
        ),
        gliederungen=("geschlecht",),
        mindestnenner=100,
        lesehilfe="Wo eine Aufnahmeeinrichtung des Landes liegt, ist der Anteil höher.",
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
                art=Kennzahlart.ANTEIL,
                konzept="AUSL_FORT",
                hinweis="Bezugsgröße aus der Fortschreibung, nicht aus dem Ausländerzentralregister.",
                eigene_brueche=_FUENF_STATT_ACHT_JAHRE,
            ),
        ),
        mindestnenner=100,
        lesehilfe="Wer erst kurz hier lebt, kann noch nicht eingebürgert werden; starke Zuwanderung senkt die Quote.",
    ),
    Indikator(
        id="REC-05",
        name="Ausgeschöpftes Einbürgerungspotenzial",
        themenfeld=THEMENFELD,
        definition="Einbürgerungen im Jahr je 100 Ausländerinnen und Ausländer, die am 31.12. des Vorjahres mindestens "
        "zehn Jahre hier lebten.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=(
            Variante(
                "STANDARD",
                "Einbürgerungsstatistik",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle nach Aufenthaltsdauer auf Ebene der Kreise liegt nicht vor.",
                eigene_brueche=_FUENF_STATT_ACHT_JAHRE,
            ),
        ),
        mindestnenner=100,
        lesehilfe="Sagt besser als die Einbürgerungsquote, wie viele derer, die könnten, sich einbürgern lassen.",
    ),
)
