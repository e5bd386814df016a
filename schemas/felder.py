"""The column dictionary: every column of every dataset, once, with label, description, type, unit and synonyms.

What belongs here: what a column means wherever it occurs. What does not: which columns a dataset has and which of a
list's codes it allows there (`schemas/datensaetze/`).
"""

from schemas import codelisten as cl
from schemas.modell import Codeliste, Feld, Rolle, Typ
from schemas.sprachen import SPRACHE


def _text(name: str, label: str, beschreibung: str, *synonyme: str, muster: str | None = None, bsp: str = "") -> Feld:
    return Feld(name, label, beschreibung, Typ.TEXT, muster=muster, synonyme=synonyme, beispiel=bsp)


def _kennung(name: str, label: str, beschreibung: str, muster: str, *synonyme: str, bsp: str) -> Feld:
    return Feld(name, label, beschreibung, Typ.SCHLUESSEL, muster=muster, synonyme=synonyme, beispiel=bsp)


def _code(name: str, beschreibung: str, codeliste: Codeliste, *synonyme: str, label: str = "") -> Feld:
    beispiel = codeliste.schluessel[0]
    return Feld(
        name,
        label or codeliste.label,
        beschreibung,
        Typ.CODE,
        codeliste=codeliste,
        synonyme=synonyme,
        beispiel=beispiel,
    )


def _datum(name: str, label: str, beschreibung: str, *synonyme: str, bsp: str = "31.12.2025") -> Feld:
    return Feld(name, label, beschreibung, Typ.DATUM, synonyme=synonyme, beispiel=bsp)


def _anzahl(name: str, label: str, beschreibung: str, einheit: str, *synonyme: str, bsp: str = "12") -> Feld:
    return Feld(
        name,
        label,
        beschreibung,
        Typ.GANZZAHL,
        Rolle.MASS,
        einheit,
        minimum=0,
        synonyme=synonyme,
        beispiel=bsp,
    )


def _vzae(name: str, label: str, beschreibung: str, *synonyme: str) -> Feld:
    return Feld(
        name,
        label,
        beschreibung,
        Typ.DEZIMAL,
        Rolle.MASS,
        "VZÄ",
        2,
        minimum=0,
        synonyme=synonyme,
        beispiel="1,50",
    )


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
MELDEEINHEIT = _kennung(
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

STICHTAG = _datum("stichtag", "Stichtag", "Tag, für den der Bestand gilt.", "Datum", "Stand")
GEMEINDE_AGS = _kennung(
    "gemeinde_ags",
    "Gemeinde",
    "Amtlicher Gemeindeschlüssel mit 8 Stellen oder T für die ganze Meldeeinheit, als Text.",
    r"[0-9]{8}|T",
    "Gemeindeschlüssel",
    "AGS Gemeinde",
    "ags8",
    bsp="T",
)
AUFGABE = _code("aufgabe", "Aufgabe nach Gesetz und Verordnung.", cl.AUFGABE, label="Aufgabe")
WAHRGENOMMEN = _code("wahrgenommen", "Wer die Aufgabe im Berichtsjahr wahrnimmt.", cl.WAHRGENOMMEN)
DURCH = _code("durch", "Bei Wahrnehmung durch Dritte: durch wen.", cl.TRAEGERSCHAFT, label="Wahrgenommen durch")
BEGRUENDUNG = _text(
    "begruendung",
    "Begründung",
    "Kurze Begründung, wenn eine Aufgabe nicht wahrgenommen wird oder entfällt.",
    "Bemerkung",
    "Anmerkung",
)
KONZEPT = _code(
    "konzept",
    "Nach welchem Register oder welcher Erhebung gezählt wurde. Werte verschiedener Konzepte sind nicht vergleichbar.",
    cl.KONZEPT,
    "Datenquelle",
    label="Konzept",
)
GRUPPE = _code("gruppe", "Welcher Teil der Bevölkerung gezählt wurde.", cl.GRUPPE, "Bevölkerungsgruppe", label="Gruppe")
GESCHLECHT = _code("geschlecht", "Geschlecht der gezählten Personen, T für alle.", cl.GESCHLECHT)
ALTERSGRUPPE = _code("altersgruppe", "Altersgruppe der gezählten Personen, T für alle.", cl.ALTERSGRUPPE, "Alter")
PERSONEN = _anzahl("personen", "Personen", "Anzahl der Personen.", "Personen", "Anzahl", "Anzahl Personen", bsp="1234")
QUARTAL = _code("quartal", "Quartal der Zählung, J für das ganze Jahr.", cl.QUARTAL, "Zeitraum")
STELLE_ID = _kennung(
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

ART = _code("art", "Aufgabe, für die die Stelle da ist.", cl.AUFGABE, "Art der Stelle", label="Art der Stelle")
NAME = _text("name", "Name der Stelle", "Name, unter dem die Stelle bekannt ist.", "Bezeichnung", bsp="IBZ Mitte")
EINRICHTUNG = _code("einrichtung", "Hauptstelle, Außenstelle oder mobiles Angebot.", cl.EINRICHTUNG)
TRAEGERSCHAFT = _code("traegerschaft", "Wer die Stelle trägt.", cl.TRAEGERSCHAFT)
TRAEGER_ID = _kennung(
    "traeger_id",
    "Träger",
    "Kennung des Trägers, von der Meldeeinheit vergeben und über die Jahre gleich.",
    r"[0-9A-Za-zÄÖÜäöüß_.-]{1,40}",
    "Träger-ID",
    bsp="TR1",
)
TRAEGER_NAME = _text("traeger_name", "Name des Trägers", "Name des Trägers der Stelle.", "Träger")
FUEHRENDE_MELDEEINHEIT = _kennung(
    "fuehrende_meldeeinheit",
    "Führende Meldeeinheit",
    "Bei gemeinsamen Stellen: welche Meldeeinheit sie für das Land zählt. Leer, wenn es die eigene ist.",
    r"[0-9A-Z]{2,12}",
    bsp="14625",
)
ANSCHRIFT = _text("anschrift", "Anschrift", "Straße, Hausnummer, Postleitzahl und Ort.", "Adresse")
KONTAKT = _text("kontakt", "Kontakt", "Telefon oder E-Mail der Stelle (nicht einer Person).", "Telefon", "E-Mail")
AKTIV_VON = _datum("aktiv_von", "Tätig ab", "Erster Tag der Tätigkeit.", "von", "Beginn", bsp="01.01.2025")
AKTIV_BIS = _datum("aktiv_bis", "Tätig bis", "Letzter Tag der Tätigkeit; leer, wenn sie weitergeht.", "bis", "Ende")
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
MELDUNG_VOLLSTAENDIG = _code(
    "meldung_vollstaendig",
    "Ob der Träger der Stelle alle Angaben für das Berichtsjahr gemeldet hat.",
    cl.VOLLSTAENDIG,
    label="Meldung vollständig",
)
OEFFENTLICH = _code(
    "oeffentlich",
    "Ob Name, Anschrift und Öffnungszeiten veröffentlicht werden dürfen.",
    cl.JA_NEIN,
    label="Veröffentlichen",
)

# Staff ----------------------------------------------------------------------------------------------------------

TAETIGKEIT = _code("taetigkeit", "Fachkraft, Leitung oder Verwaltung.", cl.TAETIGKEIT)
TARIF_FELD = _code("tarif", "Tarifvertrag, nach dem eingruppiert ist.", cl.TARIF, "Tarifvertrag", label="Tarif")
ENTGELTGRUPPE = _code("entgeltgruppe", "Eingruppierung nach dem Tarif.", cl.ENTGELTGRUPPE, "Eingruppierung", "EG")
QUALIFIKATION = _code("qualifikation", "Qualifikation nach § 12 Abs. 4 KomIntAVO.", cl.QUALIFIKATION)
FINANZIERUNG = _code("finanzierung", "Woraus die Stelle bezahlt wird.", cl.FINANZIERUNG, "Fördergegenstand")
VZAE_STELLEN = _vzae("vzae_stellen", "Stellen (VZÄ)", "Stellen in Vollzeitäquivalenten, besetzt oder nicht.", "Stellen")
VZAE_BESETZT = _vzae("vzae_besetzt", "Besetzte Stellen (VZÄ)", "Am Stichtag besetzte Stellen.", "VZÄ", "VZÄ besetzt")
VZAE_JAHRESMITTEL = _vzae(
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
MEHRSPRACHIG_PERSONEN = _anzahl(
    "mehrsprachig_personen",
    "Mehrsprachig Beratende",
    "Personen, die in mehr als einer Sprache beraten.",
    "Personen",
    bsp="1",
)

# Counselling ----------------------------------------------------------------------------------------------------

LEISTUNGSART = _code("leistungsart", "Art der Beratungsleistung.", cl.AUFGABE, label="Leistungsart")
THEMENFELD = _code("themenfeld", "Themenfeld nach § 14 KomIntAVO, T für alle.", cl.THEMENFELD, "Thema")
ADRESSAT = _code("adressat", "Wer beraten wurde.", cl.ADRESSAT, "Zielgruppe", label="Adressat")
BERATUNGEN = _anzahl(
    "beratungen",
    "Beratungen",
    "Anzahl der Beratungen nach der angegebenen Zähleinheit.",
    "Beratungen",
    "Anzahl Beratungen",
    "Beratungsgespräche",
    bsp="240",
)
BERATENE_PERSONEN = _anzahl(
    "beratene_personen",
    "Beratene Personen",
    "Personen, jede in ihrer Stelle einmal gezählt.",
    "Personen",
    "Personen beraten",
    bsp="150",
)
ERSTBERATUNGEN = _anzahl(
    "erstberatungen",
    "Erstberatungen",
    "Davon erste Beratungen einer Person im Berichtsjahr.",
    "Beratungen",
    bsp="90",
)
DAVON_FALLMANAGEMENT = _anzahl(
    "davon_fallmanagement",
    "Davon Fallmanagement",
    "Davon Beratungen im Fallmanagement (§ 14 SächsIntG).",
    "Beratungen",
    "Fallmanagement",
    bsp="20",
)
ZAEHLREGEL = _code("zaehlregel", "Ob eine Beratung bei einem oder mehreren Themenfeldern zählt.", cl.ZAEHLREGEL)
ZAEHLEINHEIT = _code("zaehleinheit", "Was als eine Beratung zählt.", cl.ZAEHLEINHEIT)
GRUPPEN_ZAEHLUNG = _code("gruppen_zaehlung", "Wie Beratungen in Gruppen gezählt werden.", cl.GRUPPENZAEHLUNG)
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


FELDER: dict[str, Feld] = {wert.name: wert for wert in list(globals().values()) if isinstance(wert, Feld)}
"""All columns by name."""
