"""The column dictionary: every column of every dataset, once, with label, description, type, unit and synonyms.

What belongs here: what a column means wherever it occurs. What does not: which columns a dataset has and which of a
list's codes it allows there (`schemas/datensaetze/`), and the columns about money, Konzept and texts, which stand in
`felder_steuerung.py`.
"""

from schemas import codelisten as cl
from schemas import felder_steuerung
from schemas.feldbau import anzahl, betrag, code, datum, kennung, saldo, text, vzae
from schemas.modell import Feld, Rolle, Typ
from schemas.sprachen import SPRACHE
from schemas.staaten import STAAT as STAAT_LISTE

# Keys of every file ---------------------------------------------------------------------------------------------

BERICHTSJAHR = Feld(
    "berichtsjahr",
    "Berichtsjahr",
    "Kalenderjahr, für das die Angaben gelten.",
    Typ.GANZZAHL,
    minimum=2000,
    maximum=2100,
    synonyme=("Jahr", "BJ"),
    beispiel="2025",
)
MELDEEINHEIT = kennung(
    "meldeeinheit",
    "Meldeeinheit",
    "Wer meldet: Kennung nach dem Verzeichnis der Meldeeinheiten, als Text.",
    r"[0-9A-Z]{2,12}",
    "kreis_ags",
    "AGS",
    "Kreis",
    "Kreisschlüssel",
    "Landkreis",
    bsp="14625",
)

# Shared attributes ----------------------------------------------------------------------------------------------

STICHTAG = datum("stichtag", "Stichtag", "Tag, für den der Bestand gilt.", "Datum", "Stand")
GEMEINDE_AGS = kennung(
    "gemeinde_ags",
    "Gemeinde",
    "Amtlicher Gemeindeschlüssel mit 8 Stellen oder T für die ganze Meldeeinheit, als Text.",
    r"[0-9]{8}|T",
    "Gemeindeschlüssel",
    "AGS Gemeinde",
    "ags8",
    bsp="T",
)
AUFGABE = code("aufgabe", "Aufgabe nach Gesetz und Verordnung.", cl.AUFGABE, label="Aufgabe")
WAHRGENOMMEN = code("wahrgenommen", "Wer die Aufgabe im Berichtsjahr wahrnimmt.", cl.WAHRGENOMMEN)
DURCH = code("durch", "Bei Wahrnehmung durch Dritte: durch wen.", cl.TRAEGERSCHAFT, label="Wahrgenommen durch")
BEGRUENDUNG = text(
    "begruendung",
    "Begründung",
    "Kurze Begründung, wenn eine Aufgabe nicht wahrgenommen wird oder entfällt.",
    "Bemerkung",
    "Anmerkung",
)
KONZEPT = code(
    "konzept",
    "Nach welchem Register oder welcher Erhebung gezählt wurde. Werte verschiedener Konzepte sind nicht vergleichbar.",
    cl.KONZEPT,
    "Datenquelle",
    label="Konzept",
)
GRUPPE = code("gruppe", "Welcher Teil der Bevölkerung gezählt wurde.", cl.GRUPPE, "Bevölkerungsgruppe", label="Gruppe")
GESCHLECHT = code("geschlecht", "Geschlecht der gezählten Personen, T für alle.", cl.GESCHLECHT)
ALTERSGRUPPE = code("altersgruppe", "Altersgruppe der gezählten Personen, T für alle.", cl.ALTERSGRUPPE, "Alter")
PERSONEN = anzahl("personen", "Personen", "Anzahl der Personen.", "Personen", "Anzahl", "Anzahl Personen", bsp="1234")
ZUZUEGE = anzahl(
    "zuzuege",
    "Zuzüge",
    "Personen, die in dem Kalenderjahr, das am Stichtag endet, über die Grenze der Meldeeinheit zugezogen sind.",
    "Personen",
    "Zugezogene",
    bsp="3100",
)
FORTZUEGE = anzahl(
    "fortzuege",
    "Fortzüge",
    "Personen, die in dem Kalenderjahr, das am Stichtag endet, über die Grenze der Meldeeinheit fortgezogen sind.",
    "Personen",
    "Fortgezogene",
    bsp="2400",
)
QUARTAL = code("quartal", "Quartal der Zählung, J für das ganze Jahr.", cl.QUARTAL, "Zeitraum")
STELLE_ID = kennung(
    "stelle_id",
    "Stelle",
    "Kennung der Stelle, im Stellenregister vergeben und über die Jahre gleich; KREIS für Zählungen je Meldeeinheit.",
    r"[0-9A-Za-zÄÖÜäöüß_.-]{2,40}",
    "Stellen-ID",
    "Stellennummer",
    "Stelle",
    bsp="IBZ01",
)

# Register of Stellen --------------------------------------------------------------------------------------------

ART = code("art", "Aufgabe, für die die Stelle da ist.", cl.AUFGABE, "Art der Stelle", label="Art der Stelle")
NAME = text("name", "Name der Stelle", "Name, unter dem die Stelle bekannt ist.", "Bezeichnung", bsp="IBZ Mitte")
EINRICHTUNG = code("einrichtung", "Hauptstelle, Außenstelle oder mobiles Angebot.", cl.EINRICHTUNG)
TRAEGERSCHAFT = code("traegerschaft", "Wer die Stelle trägt.", cl.TRAEGERSCHAFT)
TRAEGER_ID = kennung(
    "traeger_id",
    "Träger",
    "Kennung des Trägers, von der Meldeeinheit vergeben und über die Jahre gleich.",
    r"[0-9A-Za-zÄÖÜäöüß_.-]{1,40}",
    "Träger-ID",
    bsp="TR1",
)
TRAEGER_NAME = text("traeger_name", "Name des Trägers", "Name des Trägers der Stelle.", "Träger")
FUEHRENDE_MELDEEINHEIT = kennung(
    "fuehrende_meldeeinheit",
    "Führende Meldeeinheit",
    "Bei gemeinsamen Stellen: welche Meldeeinheit sie für das Land zählt. Leer, wenn es die eigene ist.",
    r"[0-9A-Z]{2,12}",
    bsp="14625",
)
ANSCHRIFT = text("anschrift", "Anschrift", "Straße, Hausnummer, Postleitzahl und Ort.", "Adresse")
KONTAKT = text("kontakt", "Kontakt", "Telefon oder E-Mail der Stelle (nicht einer Person).", "Telefon", "E-Mail")
AKTIV_VON = datum("aktiv_von", "Tätig ab", "Erster Tag der Tätigkeit.", "von", "Beginn", bsp="01.01.2025")
AKTIV_BIS = datum("aktiv_bis", "Tätig bis", "Letzter Tag der Tätigkeit; leer, wenn sie weitergeht.", "bis", "Ende")
OEFFNUNGSSTUNDEN_WOCHE = Feld(
    "oeffnungsstunden_woche",
    "Öffnungsstunden je Woche",
    "Stunden je Woche, in denen die Stelle für Ratsuchende offen ist.",
    Typ.DEZIMAL,
    Rolle.MASS,
    "Stunden je Woche",
    1,
    minimum=0,
    maximum=168,
    synonyme=("Öffnungsstunden",),
    beispiel="20,0",
)
SPRACHEN = Feld(
    "sprachen",
    "Sprachen",
    "Sprachen der Beratung mit zwei Buchstaben nach ISO 639-1, durch Leerzeichen getrennt.",
    Typ.CODES,
    codeliste=SPRACHE,
    synonyme=("Beratungssprachen",),
    beispiel="de en ar",
)
MELDUNG_VOLLSTAENDIG = code(
    "meldung_vollstaendig",
    "Ob der Träger der Stelle alle Angaben für das Berichtsjahr gemeldet hat.",
    cl.VOLLSTAENDIG,
    label="Meldung vollständig",
)
OEFFENTLICH = code(
    "oeffentlich",
    "Ob Name, Anschrift, Kontakt und Öffnungszeiten veröffentlicht werden dürfen.",
    cl.JA_NEIN,
    label="Veröffentlichen",
)

# Staff ----------------------------------------------------------------------------------------------------------

TAETIGKEIT = code("taetigkeit", "Fachkraft, Leitung oder Verwaltung.", cl.TAETIGKEIT)
TARIF_FELD = code("tarif", "Tarifvertrag, nach dem eingruppiert ist.", cl.TARIF, "Tarifvertrag", label="Tarif")
ENTGELTGRUPPE = code("entgeltgruppe", "Eingruppierung nach dem Tarif.", cl.ENTGELTGRUPPE, "Eingruppierung", "EG")
QUALIFIKATION = code("qualifikation", "Qualifikation nach § 12 Abs. 4 KomIntAVO.", cl.QUALIFIKATION)
FINANZIERUNG = code("finanzierung", "Woraus die Stelle bezahlt wird.", cl.FINANZIERUNG, "Fördergegenstand")
VZAE_STELLEN = vzae("vzae_stellen", "Stellen (VZÄ)", "Stellen in Vollzeitäquivalenten, besetzt oder nicht.", "Stellen")
VZAE_BESETZT = vzae("vzae_besetzt", "Besetzte Stellen (VZÄ)", "Am Stichtag besetzte Stellen.", "VZÄ", "VZÄ besetzt")
VZAE_JAHRESMITTEL = vzae(
    "vzae_jahresmittel",
    "Besetzte Stellen im Jahresmittel (VZÄ)",
    "Im Mittel des Berichtszeitraums besetzte Stellen in Vollzeitäquivalenten.",
    "VZÄ Jahresmittel",
)
FORTBILDUNGSTAGE = Feld(
    "fortbildungstage",
    "Fortbildungstage",
    "Tage der Teilnahme an Fortbildungen, über alle Personen der Zeile.",
    Typ.DEZIMAL,
    Rolle.MASS,
    "Tage",
    1,
    minimum=0,
    beispiel="4,5",
)
MEHRSPRACHIG_PERSONEN = anzahl(
    "mehrsprachig_personen",
    "Mehrsprachig Beratende",
    "Personen, die in mehr als einer Sprache beraten.",
    "Personen",
    bsp="1",
)

# Counselling ----------------------------------------------------------------------------------------------------

LEISTUNGSART = code("leistungsart", "Art der Beratungsleistung.", cl.AUFGABE, label="Leistungsart")
THEMENFELD = code("themenfeld", "Themenfeld nach § 14 KomIntAVO, T für alle.", cl.THEMENFELD, "Thema")
ADRESSAT = code("adressat", "Wer beraten wurde.", cl.ADRESSAT, "Zielgruppe", label="Adressat")
BERATUNGEN = anzahl(
    "beratungen",
    "Beratungen",
    "Anzahl der Beratungen nach der angegebenen Zähleinheit.",
    "Beratungen",
    "Anzahl Beratungen",
    "Beratungsgespräche",
    bsp="240",
)
BERATENE_PERSONEN = anzahl(
    "beratene_personen",
    "Beratene Personen",
    "Personen, jede in ihrer Stelle einmal gezählt.",
    "Personen",
    "Personen beraten",
    bsp="150",
)
ERSTBERATUNGEN = anzahl(
    "erstberatungen",
    "Erstberatungen",
    "Davon erste Beratungen einer Person im Berichtsjahr.",
    "Beratungen",
    bsp="90",
)
DAVON_FALLMANAGEMENT = anzahl(
    "davon_fallmanagement",
    "Davon Fallmanagement",
    "Davon Beratungen im Fallmanagement (§ 14 SächsIntG).",
    "Beratungen",
    "Fallmanagement",
    bsp="20",
)
ZAEHLREGEL = code("zaehlregel", "Ob eine Beratung bei einem oder mehreren Themenfeldern zählt.", cl.ZAEHLREGEL)
ZAEHLEINHEIT = code("zaehleinheit", "Was als eine Beratung zählt.", cl.ZAEHLEINHEIT)
GRUPPEN_ZAEHLUNG = code("gruppen_zaehlung", "Wie Beratungen in Gruppen gezählt werden.", cl.GRUPPENZAEHLUNG)
MINDESTDAUER_MIN = Feld(
    "mindestdauer_min",
    "Mindestdauer",
    "Ab wie vielen Minuten ein Gespräch als Beratung zählt; 0, wenn es keine Grenze gibt.",
    Typ.GANZZAHL,
    einheit="Minuten",
    minimum=0,
    maximum=480,
    beispiel="10",
)


# Target group of the Flüchtlingssozialarbeit -------------------------------------------------------------------

RECHTSGRUND = code(
    "rechtsgrund",
    "Rechtsgrund, nach dem die Person zur Zielgruppe gehört; wer geduldet ist, zählt nur unter DULDUNG.",
    cl.RECHTSGRUND,
    "Personenkreis",
    label="Rechtsgrund",
)
WOHNFORM = code("wohnform", "Wie die Personen untergebracht sind, T für alle.", cl.WOHNFORM, "Unterbringung")
BESTAND_ANFANG = anzahl(
    "bestand_anfang",
    "Bestand am Anfang",
    "Personen am ersten Tag des Zeitraums; im ersten Berichtszeitraum am Tag des Inkrafttretens.",
    "Personen",
    "Anfangsbestand",
    bsp="1200",
)
ZUGAENGE = anzahl(
    "zugaenge", "Zugänge", "Personen, die im Zeitraum hinzugekommen sind.", "Personen", "Zugang", bsp="150"
)
ABGAENGE = anzahl(
    "abgaenge", "Abgänge", "Personen, die im Zeitraum ausgeschieden sind.", "Personen", "Abgang", bsp="120"
)
WECHSEL_SALDO = saldo(
    "wechsel_saldo",
    "Wechsel zwischen den Gruppen",
    "Saldo der Personen, die innerhalb der Zielgruppe die Gruppe dieser Zeile gewechselt haben; insgesamt 0.",
    "Personen",
    "Wechsel",
    "Saldo Wechsel",
    bsp="-8",
)
KORREKTUR = saldo(
    "korrektur",
    "Korrektur des Bestands",
    "Änderung des Bestands, die weder Zu- noch Abgang ist, zum Beispiel nach einem Registerabgleich.",
    "Personen",
    "Bestandskorrektur",
    bsp="3",
)
BESTAND_ENDE = anzahl(
    "bestand_ende",
    "Bestand am Ende",
    "Personen am letzten Tag des Zeitraums.",
    "Personen",
    "Endbestand",
    "Bestand",
    bsp="1225",
)
KAPAZITAET = anzahl(
    "kapazitaet",
    "Plätze in Gemeinschaftsunterkünften",
    "Plätze am letzten Tag des Zeitraums; nur in der Gesamtzeile der Wohnform GU.",
    "Plätze",
    "Plätze",
    bsp="500",
)
STAAT = code(
    "staat",
    "Staatsangehörigkeit; bei Konzepten mit Migrationshintergrund oder Einwanderungsgeschichte der Bezugsstaat.",
    STAAT_LISTE,
    "Staatsangehörigkeit",
    "Herkunftsland",
    "Herkunftsstaat",
    label="Staat",
)

# Measures and returns -------------------------------------------------------------------------------------------

MASSNAHMEART = code("massnahmeart", "Was für eine Maßnahme es ist.", cl.MASSNAHMEART, "Art", "Maßnahme")
ANZAHL = anzahl("anzahl", "Maßnahmen", "Anzahl der durchgeführten Maßnahmen.", "Maßnahmen", "Anzahl Maßnahmen", bsp="6")
EINSAETZE = anzahl(
    "einsaetze",
    "Einsätze",
    "Anzahl der Einsätze; bei Sprach- und Kulturmittlung und Gemeindedolmetscherdiensten zählt dies.",
    "Einsätze",
    "Anzahl Einsätze",
    bsp="340",
)
TEILNEHMENDE = anzahl(
    "teilnehmende",
    "Teilnehmende",
    "Personen, die teilgenommen haben, je Maßnahme einmal gezählt.",
    "Personen",
    "Teilnehmer",
    bsp="75",
)
EHRENAMTLICHE = anzahl(
    "ehrenamtliche", "Ehrenamtliche", "Ehrenamtlich Tätige in den Maßnahmen.", "Personen", "Ehrenamt", bsp="10"
)
AUSGABEN_EUR = betrag(
    "ausgaben_eur",
    "Ausgaben",
    "Ausgaben für die Maßnahmen im Berichtszeitraum, gleich aus welchen Mitteln.",
    "Kosten",
    "Ausgaben EUR",
    minimum=0,
    bsp="12500,00",
)
PROGRAMM = code(
    "programm", "Programm, das die Ausreise gefördert hat.", cl.PROGRAMM, "Förderprogramm", label="Programm"
)
ZIELREGION = code("zielregion", "Wohin ausgereist wurde.", cl.ZIELREGION, "Region", label="Zielregion")
AUSREISEN_AUFGRUND_BERATUNG = anzahl(
    "ausreisen_aufgrund_beratung",
    "Ausreisen aufgrund der Beratung",
    "Personen, die aufgrund der Beratung freiwillig ausgereist sind.",
    "Personen",
    "Ausreisen nach Beratung",
    bsp="25",
)
AUSREISEN_GESAMT = anzahl(
    "ausreisen_gesamt",
    "Freiwillige Ausreisen",
    "Alle Personen, die aus der Meldeeinheit freiwillig ausgereist sind, mit und ohne Beratung.",
    "Personen",
    "Freiwillige Ausreisen",
    "Ausreisen",
    bsp="40",
)
NACHWEIS = code(
    "nachweis",
    "Wie belegt ist, dass die Beratung zur Ausreise geführt hat.",
    cl.NACHWEIS,
    label="Nachweis",
)

# Responsibility of coordinators ---------------------------------------------------------------------------------

VON = datum("von", "Zuständig ab", "Erster Tag der Zuständigkeit.", "Beginn", "ab", bsp="01.01.2025")
BIS = datum("bis", "Zuständig bis", "Letzter Tag der Zuständigkeit; leer, wenn sie weitergeht.", "Ende")

FELDER: dict[str, Feld] = {
    wert.name: wert
    for modul in (globals(), vars(felder_steuerung))
    for wert in list(modul.values())
    if isinstance(wert, Feld)
}
"""All columns by name."""
