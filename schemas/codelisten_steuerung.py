"""Closed code lists about how the work is steered: money, Konzept and the texts of the report.

What belongs here: lists only `finanzen`, `konzept` and `meldung` use. All others: `codelisten.py`.
"""

from schemas.codelisten import FINANZIERUNG, liste
from schemas.modell import Codeliste

OHNE_BEREICH = "-"
"""The code for "not divided" in the lists about money; a lone dash stays a dash in every spreadsheet."""

FG = Codeliste(
    "fg",
    "Fördergegenstand",
    tuple(c for c in FINANZIERUNG.codes if c.code.startswith("FG")),
    "§ 1 Abs. 1 KomIntAVO",
)
BEREICH = liste(
    "bereich",
    "Bereich innerhalb des Fördergegenstands",
    "§ 1 Abs. 1 Nr. 5, §§ 12, 13 KomIntAVO",
    FSA="Flüchtlingssozialarbeit",
    RKB="Rückkehrberatung",
    **{OHNE_BEREICH: "nicht unterteilt"},
)
BUCHUNGSART = liste(
    "buchungsart",
    "Art der Buchung",
    "§§ 4 bis 8 KomIntAVO",
    ZUW_VORAUSSICHTLICH="voraussichtliche Zuweisung (§ 4 Abs. 3)",
    ZUW_AKTUALISIERT="aktualisierte Mitteilung der Zuweisung (§ 4 Abs. 4)",
    ZUW_NEU_FESTGESTELLT="nach Beanstandung neu festgestellte Zuweisung (§ 4 Abs. 5)",
    ZUW_FESTGESETZT="durch Bescheid festgesetzte Zuweisung (§ 4 Abs. 7)",
    AUFHEBUNG="Aufhebung der Bewilligung (§ 8)",
    AUSZAHLUNG="Auszahlung einer Rate (§ 5 Abs. 1)",
    WEITERLEITUNG="Weiterleitung an Dritte (§ 6)",
    WEITERLEITUNG_RUECKFLUSS="Rückfluss weitergeleiteter Mittel",
    AUSGABE_PERSONAL="Personalausgabe (§ 3)",
    AUSGABE_SACH="Sachausgabe (§ 3)",
    EIGENLEISTUNG="Eigenleistung oder Mittel Dritter",
    RUECKZAHLUNG="Rückzahlung an die Bewilligungsstelle (§ 8)",
)
ZWECK = liste(
    "zweck",
    "Zweck der Ausgabe",
    "§ 12 Abs. 3 Nr. 3 KomIntAVO",
    FACH="fachliche Arbeit",
    VERWALTUNG="Verwaltungsaufgaben",
    **{OHNE_BEREICH: "nicht unterteilt"},
)
MITTEL = liste(
    "mittel",
    "Herkunft der Mittel",
    "§ 7 Abs. 2 Nr. 2 KomIntAVO",
    ZUWEISUNG="Zuweisung nach der KomIntAVO",
    EIGEN="eigene Mittel",
    DRITT="Mittel Dritter",
)
KONZEPTSTATUS = liste(
    "konzeptstatus",
    "Stand des Integrationskonzepts",
    "§ 12 Abs. 3 SächsIntG; § 10 KomIntAVO",
    OHNE="kein Konzept",
    IN_ARBEIT="in Arbeit",
    BESCHLOSSEN="beschlossen",
    IN_FORTSCHREIBUNG="beschlossen, wird fortgeschrieben",
)
ANHOERUNG = liste(
    "anhoerung",
    "Anhörung",
    "§ 12 Abs. 3 Satz 2 und Abs. 4 SächsIntG",
    J="alle angehört",
    TEILS="teilweise angehört",
    N="nicht angehört",
    ENTFAELLT="entfällt",
)
ABSCHNITT = liste(
    "abschnitt",
    "Abschnitt des Berichts",
    "§ 14 Abs. 2 Nr. 3 und Satz 2 KomIntAVO; § 26 mit § 25 Satz 2 und 4 SächsIntG",
    ZIELE="Ziele der Integration",
    MASSNAHMEN="getroffene Maßnahmen",
    EINWANDERUNG="Einwanderung und Bevölkerungsentwicklung",
    VORSCHLAG_WEITERFUEHRUNG="Vorschläge zur Weiterführung",
    VORSCHLAG_INTENSIVIERUNG="Vorschläge zur Intensivierung",
    VORSCHLAG_NEUORIENTIERUNG="Vorschläge zur Neuorientierung",
    VORSCHLAG_BEWERTUNG="Bewertung der Vorschläge",
    WIRKUNG_STRUKTURELL="Wirkung: strukturelle Integration",
    WIRKUNG_SOZIAL="Wirkung: soziale Integration",
    WIRKUNG_KULTURELL="Wirkung: kulturelle Integration",
    WIRKUNG_IDENTIFIKATORISCH="Wirkung: identifikatorische Integration",
    AUSWERTUNG="Auswertung der Zahlen zu einem Berichtspunkt",
    ANMERKUNG="Anmerkung",
)
VORSCHLAEGE: tuple[str, ...] = ("VORSCHLAG_WEITERFUEHRUNG", "VORSCHLAG_INTENSIVIERUNG", "VORSCHLAG_NEUORIENTIERUNG")
"""Sections that propose something; `VORSCHLAG_BEWERTUNG` looks back on what was proposed."""
