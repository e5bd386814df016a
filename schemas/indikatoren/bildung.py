"""Indicators of the field education (KIT, SCH, AUS)."""

from schemas.groessen import amtlich, reihen
from schemas.modell import Groesse, Herkunft, Indikator, Kennzahlart, Richtung, Variante

THEMENFELD = "Bildung"
_SCHULE = (
    "Die amtliche Tabelle der Schulabschlüsse unterscheidet auf Ebene der Kreise nicht nach Staatsangehörigkeit; eine "
    "Sondertabelle liegt nicht vor."
)

_GESAMT = ("Insgesamt", "Insgesamt (ohne Doppelzählungen)")
"""The total over both forms of care, as the older and the newer table call it."""


def _kinder(kennzahl: str) -> Groesse:
    return amtlich(
        "22543-01-01-4, 22543-01-02-4",
        reihen(kennzahl, "vorspalte_4", _GESAMT, {"kopf_2": "T"}),
        "Statistik der Kindertagesbetreuung, Tabellen 22543-01-01-4 und 22543-01-02-4, Stichtag 01.03.",
        brueche={2011: "seit 2011 zählt ein Kind in Tageseinrichtung und Tagespflege nur einmal"},
    )


def _ohne_quelle(label: str, hinweis: str) -> tuple[Variante, ...]:
    return (Variante("STANDARD", label, Herkunft.KEINE, None, hinweis=hinweis),)


INDIKATOREN = (
    Indikator(
        id="KIT-01",
        name="Kinder mit ausländischer Herkunft in Kindertagesbetreuung",
        themenfeld=THEMENFELD,
        definition="Betreute Kinder, von denen mindestens ein Elternteil aus dem Ausland stammt, je 100 betreute "
        "Kinder "
        "von 0 bis unter 14 Jahren am 1. März.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "ALLE_ALTER",
                "Kinder von 0 bis unter 14 Jahren",
                Herkunft.AMTLICH,
                _kinder("Kinder, Herkunft mind. 1 Elternteil ausländisch"),
                _kinder("Betreute Kinder"),
                faktor=100,
                art=Kennzahlart.ANTEIL,
                hinweis="Die amtliche Tabelle nennt die Herkunft nur für alle Altersgruppen zusammen, nicht für Kinder "
                "unter 6 Jahren. Gezählt wird am Ort der Einrichtung.",
            ),
        ),
        mindestnenner=100,
        lesehilfe="Ein Anteil an den betreuten Kindern, keine Betreuungsquote; wird nicht bewertet.",
    ),
    Indikator(
        id="KIT-02",
        name="Kinder mit nichtdeutscher Familiensprache",
        themenfeld=THEMENFELD,
        definition="Betreute Kinder, in deren Familie vorrangig nicht Deutsch gesprochen wird, je 100 betreute Kinder.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=_ohne_quelle(
            "Statistik der Kindertagesbetreuung",
            "Die vorliegenden amtlichen Tabellen auf Ebene der Kreise enthalten die Familiensprache nicht.",
        ),
        mindestnenner=100,
        lesehilfe="Mehrsprachigkeit ist weder gut noch schlecht; die Zahl zeigt den Bedarf an Sprachbildung.",
    ),
    Indikator(
        id="SCH-01",
        name="Abgänge ohne Hauptschulabschluss, Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Ausländische Abgehende ohne Hauptschulabschluss je 100 ausländische Abgehende und Absolvierende "
        "der "
        "allgemeinbildenden Schulen im Schuljahr.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=_ohne_quelle("Schulstatistik", _SCHULE),
        mindestnenner=100,
        lesehilfe="Wer erst als Jugendlicher zugewandert ist, hatte weniger Zeit bis zum Abschluss.",
    ),
    Indikator(
        id="SCH-02",
        name="Abstand bei Abgängen ohne Hauptschulabschluss",
        themenfeld=THEMENFELD,
        definition="Anteil der Abgänge ohne Hauptschulabschluss bei ausländischen abzüglich des Anteils bei deutschen "
        "Abgehenden und Absolvierenden.",
        einheit="Prozentpunkte",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=_ohne_quelle("Schulstatistik", _SCHULE),
        mindestnenner=100,
        lesehilfe="0 bedeutet: kein Unterschied.",
    ),
    Indikator(
        id="SCH-03",
        name="Gymnasialanteil in Klasse 8, Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Ausländische Schülerinnen und Schüler der Klasse 8 am Gymnasium je 100 ausländische Schülerinnen "
        "und "
        "Schüler der Klasse 8.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=_ohne_quelle("Schulstatistik", _SCHULE),
        mindestnenner=100,
        lesehilfe="Gezählt wird am Ort der Schule, nicht am Wohnort.",
    ),
    Indikator(
        id="SCH-04",
        name="Schülerinnen und Schüler in Vorbereitungsklassen",
        themenfeld=THEMENFELD,
        definition="Schülerinnen und Schüler der DaZ-Etappen 1 und 2 je 100 Schülerinnen und Schüler mit "
        "Migrationshintergrund.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=_ohne_quelle("Schulverwaltung", "Angaben der Schulverwaltung auf Ebene der Kreise liegen nicht vor."),
        mindestnenner=100,
        lesehilfe="Zeigt, wie viele gerade erst angekommen sind; wird nicht bewertet.",
    ),
    Indikator(
        id="AUS-01",
        name="Ausbildungsbeteiligung der Ausländerinnen und Ausländer",
        themenfeld=THEMENFELD,
        definition="Auszubildende mit ausländischer Staatsangehörigkeit je 100 Ausländerinnen und Ausländer von 18 bis "
        "unter 21 Jahren, als Summe der Quoten der Altersjahre.",
        einheit="Prozent",
        nachkommastellen=1,
        richtung=Richtung.HOEHER_BESSER,
        varianten=_ohne_quelle(
            "Berufsbildungsstatistik",
            "Eine amtliche Tabelle nach Staatsangehörigkeit und Altersjahr auf Ebene der Kreise liegt nicht vor.",
        ),
        mindestnenner=100,
        lesehilfe="Nur betriebliche und überbetriebliche Ausbildung; wer studiert, zählt nicht mit.",
    ),
)
