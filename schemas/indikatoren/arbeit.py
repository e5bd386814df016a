"""Indicators of the field work (ARB)."""

from schemas.groessen import amtlich, anteil, differenz, reihe
from schemas.groessen_lieferung import massnahmen
from schemas.indikatoren.bevoelkerung import VON_15_BIS_64, fortschreibung
from schemas.modell import Groesse, Herkunft, Indikator, Richtung, Variante

THEMENFELD = "Arbeit"
_QUOTE = "Arbeitslosenquote bez. auf alle zivile Erwerbsp."
_QUELLE_BESCHAEFTIGTE = "Beschäftigungsstatistik, Tabelle 13111-02-02-4, Stichtag 30.06."
_STICHTAGE = "Beschäftigte jeden Alters; Zähler am 30.06., Bezugsgröße am 31.12. desselben Jahres."


def _beschaeftigte(nationalitaet: str) -> Groesse:
    """Employees subject to social insurance at their place of residence, of any age."""
    merkmale = {"kopf_1": "Nationalität", "kopf_2": nationalitaet, "kopf_3": "Geschlecht", "kopf_4": "Insgesamt"}
    bedingung = reihe("Sozialversicherungspfl. Beschäftigte (Wohnort)", merkmale)
    return amtlich("13111-02-02-4", bedingung, _QUELLE_BESCHAEFTIGTE)


def _abstand() -> Groesse:
    """Employment rate of Germans less that of foreigners. The table has no Germans: they are all others."""
    auslaender = _beschaeftigte("Ausländer(innen)")
    deutsche = differenz(_beschaeftigte("Insgesamt"), auslaender, _QUELLE_BESCHAEFTIGTE)
    quelle = f"{_QUELLE_BESCHAEFTIGTE}; bezogen auf: {fortschreibung('Deutsche').quelle}"
    quote_deutsche = anteil(deutsche, fortschreibung("Deutsche", VON_15_BIS_64), quelle)
    quote_auslaender = anteil(auslaender, fortschreibung("Ausländer(innen)", VON_15_BIS_64), quelle)
    return differenz(quote_deutsche, quote_auslaender, quelle)


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
            Variante(
                "STANDARD",
                "15 bis unter 65 Jahre, Wohnort",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle der Beschäftigten nach Nationalität und Alter liegt nicht vor.",
            ),
            Variante(
                "ALLE_ALTER",
                "Näherung: Beschäftigte jeden Alters",
                Herkunft.AMTLICH,
                _beschaeftigte("Ausländer(innen)"),
                fortschreibung("Ausländer(innen)", VON_15_BIS_64),
                faktor=100,
                konzept="AUSL_FORT",
                hinweis=_STICHTAGE,
                gruende=("NAEHERUNG", "NENNER_STICHTAG"),
            ),
        ),
        mindestnenner=100,
        lesehilfe="Selbständige, Beamtinnen und Beamte und geringfügig Beschäftigte zählen nicht mit. Wer noch nicht "
        "arbeiten darf, senkt die Quote.",
    ),
    Indikator(
        id="ARB-02",
        name="Abstand der Beschäftigungsquoten",
        themenfeld=THEMENFELD,
        definition="Beschäftigungsquote der Deutschen abzüglich der Beschäftigungsquote der Ausländerinnen und "
        "Ausländer (15 bis unter 65, am Wohnort).",
        einheit="Prozentpunkte",
        nachkommastellen=1,
        richtung=Richtung.NIEDRIGER_BESSER,
        varianten=(
            Variante(
                "STANDARD",
                "15 bis unter 65 Jahre, Wohnort",
                Herkunft.KEINE,
                None,
                hinweis="Eine amtliche Tabelle der Beschäftigten nach Nationalität und Alter liegt nicht vor.",
            ),
            Variante(
                "ALLE_ALTER",
                "Näherung: Beschäftigte jeden Alters",
                Herkunft.AMTLICH,
                _abstand(),
                konzept="AUSL_FORT",
                summierbar=False,
                hinweis=f"{_STICHTAGE} Als Deutsche gelten alle Beschäftigten, die nicht als ausländisch gezählt sind.",
                gruende=("NAEHERUNG", "NENNER_STICHTAG"),
            ),
        ),
        mindestnenner=100,
        lesehilfe="0 bedeutet: kein Unterschied; unter 0 sind Ausländerinnen und Ausländer häufiger beschäftigt.",
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
        mindestnenner=100,
        lesehilfe="Wer an einem Kurs oder einer Maßnahme teilnimmt, gilt nicht als arbeitslos.",
    ),
    Indikator(
        id="ARB-04",
        name="Maßnahmen im Rahmen von Arbeitsgelegenheiten",
        themenfeld=THEMENFELD,
        definition="Maßnahmen nach § 11 Abs. 4 Nr. 4 KomIntAVO im Berichtszeitraum und Personen, die teilgenommen "
        "haben.",
        einheit="Maßnahmen",
        varianten=(
            Variante("ANZAHL", "Anzahl", Herkunft.LIEFERUNG, massnahmen("AGH")),
            Variante(
                "TEILNEHMENDE",
                "Teilnehmende",
                Herkunft.LIEFERUNG,
                massnahmen("AGH", "teilnehmende"),
                einheit="Personen",
                hinweis="Wer an mehreren Maßnahmen teilnimmt, zählt mehrfach.",
            ),
        ),
        gliederungen=("gemeinde_ags",),
        aufgabe="AGH",
        lesehilfe="Eine große Maßnahme zählt wie eine kleine; die Zahl der Teilnehmenden gehört dazu.",
    ),
)
