"""Columns about how the work is steered: money, Konzept, and the texts of the report.

What belongs here: the part of the column dictionary only `finanzen`, `konzept` and `meldung` use. The register of all
columns is `felder.FELDER`.
"""

from schemas import codelisten as cl
from schemas import codelisten_steuerung as cs
from schemas.berichtsinhalt import meldepunkte
from schemas.feldbau import anzahl, betrag, code, datum, kennung, text
from schemas.modell import Feld, Typ

# Money ----------------------------------------------------------------------------------------------------------

HAUSHALTSJAHR = Feld(
    "haushaltsjahr",
    "Haushaltsjahr",
    "Haushaltsjahr, für das das Geld bestimmt ist; es kann vom Berichtsjahr abweichen.",
    Typ.GANZZAHL,
    minimum=2000,
    maximum=2100,
    synonyme=("HHJ",),
    beispiel="2025",
)
FG = code("fg", "Fördergegenstand nach § 1 Abs. 1 KomIntAVO.", cs.FG, "Fördergegenstand")
BEREICH = code("bereich", "Nur im Fördergegenstand 5: Flüchtlingssozialarbeit oder Rückkehrberatung.", cs.BEREICH)
BUCHUNGSART = code("buchungsart", "Was gebucht oder mitgeteilt wurde.", cs.BUCHUNGSART, "Art der Buchung")
ZWECK = code("zweck", "Bei Ausgaben: fachliche Arbeit oder Verwaltungsaufgaben.", cs.ZWECK, label="Zweck")
MITTEL = code("mittel", "Aus welchen Mitteln der Betrag stammt.", cs.MITTEL, "Mittelherkunft")
EMPFAENGERART = code(
    "empfaengerart",
    "Wer das Geld erhält oder ausgibt; KREIS ist die Meldeeinheit selbst.",
    cl.TRAEGERSCHAFT,
    "Empfänger Art",
    label="Art des Empfängers",
)
EMPFAENGER_ID = kennung(
    "empfaenger_id",
    "Empfänger",
    "Kennung des Empfängers wie traeger_id im Stellenverzeichnis; KREIS für die Meldeeinheit selbst.",
    r"[0-9A-Za-zÄÖÜäöüß_.-]{1,40}",
    "Empfänger-ID",
    bsp="KREIS",
)
LFD_NR = Feld(
    "lfd_nr",
    "Laufende Nummer",
    "Unterscheidet Zeilen, die sonst gleich wären, zum Beispiel zwei Raten.",
    Typ.GANZZAHL,
    minimum=1,
    maximum=9999,
    synonyme=("Nr.", "lfd. Nr."),
    beispiel="1",
)
BETRAG_EUR = betrag(
    "betrag_eur",
    "Betrag",
    "Betrag in Euro ohne Vorzeichen; ob er zu- oder abfließt, sagt die Buchungsart.",
    "Betrag EUR",
    "Euro",
    minimum=None,
    bsp="125000,00",
)
DATUM = datum("datum", "Datum", "Tag der Zahlung oder Mitteilung.", "Buchungsdatum", bsp="01.03.2025")
BESCHEID_DATUM = datum("bescheid_datum", "Datum des Bescheids", "Datum des Bescheids.", "Bescheid", bsp="20.02.2025")
EW_STICHTAG = datum(
    "ew_stichtag",
    "Stichtag der Einwohnerzahl",
    "Stichtag der Einwohnerzahl, nach der die Zuweisung berechnet ist.",
    bsp="31.12.2024",
)
EW_STAND = datum(
    "ew_stand",
    "Stand der Einwohnerzahl",
    "Tag, an dem diese Einwohnerzahl veröffentlicht wurde; er unterscheidet spätere Fassungen desselben Stichtags.",
    bsp="20.06.2025",
)

# Konzept --------------------------------------------------------------------------------------------------------

STATUS = code("status", "Stand des kommunalen Integrationskonzepts am Ende des Berichtsjahres.", cs.KONZEPTSTATUS)
BESCHLUSS_DATUM = datum("beschluss_datum", "Beschlossen am", "Tag des letzten Beschlusses.", "Beschluss")
VORGELEGT_AM = datum(
    "vorgelegt_am", "Vorgelegt am", "Tag, an dem das Konzept der obersten Integrationsbehörde vorgelegt wurde."
)
LETZTE_EVALUATION = datum("letzte_evaluation", "Letzte Evaluation", "Tag, an dem zuletzt evaluiert wurde.")
BEDARFSANALYSE = code(
    "bedarfsanalyse",
    "Ob das Konzept eine Bedarfs- und Potenzialanalyse enthält.",
    cl.JA_NEIN,
    label="Bedarfs- und Potenzialanalyse",
)
ANGEBOTSANALYSE = code(
    "angebotsanalyse", "Ob das Konzept eine Angebotsanalyse enthält.", cl.JA_NEIN, label="Angebotsanalyse"
)
LEITBILD = code("leitbild", "Ob das Konzept ein Leitbild enthält.", cl.JA_NEIN, label="Leitbild")
MASSNAHMENPLANUNG = code(
    "massnahmenplanung",
    "Ob das Konzept eine Ziel- und Maßnahmenplanung enthält.",
    cl.JA_NEIN,
    label="Ziel- und Maßnahmenplanung",
)
GEMEINDEN_ANGEHOERT = code(
    "gemeinden_angehoert",
    "Ob die kreisangehörigen Gemeinden bei der Erstellung angehört wurden; ENTFAELLT, wo es keine gibt.",
    cs.ANHOERUNG,
    label="Gemeinden angehört",
)
NACHBARN_BETROFFEN = code(
    "nachbarn_betroffen", "Ob sich das Konzept auf Nachbargebiete auswirkt.", cl.JA_NEIN, label="Nachbarn betroffen"
)
NACHBARN_ANGEHOERT = code(
    "nachbarn_angehoert",
    "Ob die benachbarten Kommunen angehört wurden; ENTFAELLT, wenn keine betroffen sind.",
    cs.ANHOERUNG,
    label="Nachbarn angehört",
)
BEIRAT = code("beirat", "Ob es einen Beirat für Integration und Teilhabe gibt.", cl.JA_NEIN, label="Beirat")
BEIRAT_SITZE = anzahl("beirat_sitze", "Sitze im Beirat", "Sitze im Beirat, besetzt oder nicht.", "Sitze", bsp="15")
BEIRAT_SITZE_MH = anzahl(
    "beirat_sitze_mh",
    "Sitze im Beirat mit Migrationshintergrund",
    "Sitze von Menschen mit Migrationshintergrund nach deren eigener Angabe; freiwillig.",
    "Sitze",
    bsp="8",
)
BEAUFTRAGTE_HAUPTAMTLICH = code(
    "beauftragte_hauptamtlich",
    "Ob eine hauptamtliche Beauftragte oder ein hauptamtlicher Beauftragter bestellt ist.",
    cl.JA_NEIN,
    label="Beauftragte hauptamtlich",
)
BEAUFTRAGTE_AUSSCHLIESSLICH = code(
    "beauftragte_ausschliesslich",
    "Ob sie oder er ausschließlich für Integration und Teilhabe zuständig ist.",
    cl.JA_NEIN,
    label="Beauftragte ausschließlich",
)
GEMEINDEN_MIT_BEAUFTRAGTEN = anzahl(
    "gemeinden_mit_beauftragten",
    "Gemeinden mit Beauftragten",
    "Kreisangehörige Gemeinden, die eigene Beauftragte bestellt haben.",
    "Gemeinden",
    bsp="4",
)
FSA_GETRENNT = code(
    "fsa_getrennt",
    "Ob die Flüchtlingssozialarbeit organisatorisch von der Ausländerbehörde getrennt ist.",
    cl.JA_NEIN,
    label="Flüchtlingssozialarbeit getrennt",
)
GEWAEHR = code(
    "gewaehr",
    "Ob die Meldeeinheit die Gewähr nach § 12 Abs. 7 KomIntAVO bietet.",
    cl.JA_NEIN,
    label="Gewähr",
)

# Texts of the report --------------------------------------------------------------------------------------------

ABSCHNITT = code("abschnitt", "Abschnitt des Berichts, in dem der Text steht.", cs.ABSCHNITT, label="Abschnitt")
BERICHTSPUNKT = Feld(
    "berichtspunkt",
    "Berichtspunkt",
    "Punkt der gesetzlichen Liste, zu dem der Text gehört; T für den Bericht im Ganzen.",
    Typ.CODE,
    landesliste=meldepunkte,
    synonyme=("Punkt",),
    beispiel=cl.GESAMT,
)
TEXT = text(
    "text",
    "Text",
    "Text, der so im Bericht erscheint; ohne Namen und Angaben zu einzelnen Personen.",
    "Bericht",
    bsp="Die Zahl der Beratungen ist gestiegen, weil eine Außenstelle eröffnet hat.",
)
