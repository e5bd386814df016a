"""All closed code lists that columns use. A code is never written twice; columns and datasets refer to these lists.

No code looks like a number or a date to a German spreadsheet; a test parses every one of them.
"""

from schemas import groessenformen
from schemas.modell import Code, Codeliste


def liste(name: str, label: str, quelle: str, **codes: str) -> Codeliste:
    """A code list from `CODE="Label"` pairs in display order."""
    return Codeliste(name, label, tuple(Code(code, text) for code, text in codes.items()), quelle)


GESAMT = groessenformen.GESAMT
"""The code for "all of them" in every list that has one."""

AUFGABE = liste(
    "aufgabe",
    "Aufgabe der kommunalen Integrationsarbeit",
    "§§ 11–14, 19, 26 SächsIntG; §§ 9–14 KomIntAVO",
    KIM="Kommunales Integrationsmanagement",
    IBZ="Integrations-Beratungszentrum",
    KIK="Kommunale Integrationskoordination",
    KOORD="Koordinationskraft für Integration",
    ORIENTIERUNG="Orientierungsmaßnahmen",
    SKM="Sprach- und Kulturmittlung",
    GDD="Gemeindedolmetscherdienst",
    AGH="Arbeitsgelegenheiten",
    NIEDRIGSCHWELLIG="Niedrigschwellige und ehrenamtliche Beratungsangebote",
    FSA="Flüchtlingssozialarbeit",
    RKB="Rückkehrberatung",
    BEAUFTRAGTE="Beauftragte für Integration und Teilhabe",
    BERICHT="Integrations- und Teilhabebericht",
)
WAHRGENOMMEN = liste(
    "wahrgenommen",
    "Wahrnehmung der Aufgabe",
    "§ 15 SächsIntG; § 6 KomIntAVO",
    SELBST="durch die Meldeeinheit selbst",
    DELEGIERT="ganz durch Dritte",
    TEILS="teils selbst, teils durch Dritte",
    NICHT="wird nicht wahrgenommen",
    ENTFAELLT="kann hier nicht anfallen",
)
TRAEGERSCHAFT = liste(
    "traegerschaft",
    "Trägerschaft",
    "§ 14 Abs. 2 Nr. 2 KomIntAVO (unabhängig von der Trägerschaft); § 15 SächsIntG",
    KREIS="Landkreis oder Kreisfreie Stadt",
    GEMEINDE="kreisangehörige Stadt oder Gemeinde",
    GEMEINSAM="gemeinsam mit einer anderen Meldeeinheit",
    FREI="freier Träger",
    PRIVAT="privater Träger",
)
KONZEPT = liste(
    "konzept",
    "Konzept der Bevölkerungsangabe",
    "§ 5 Abs. 1 SächsIntG; amtliche Statistik",
    AUSL_AZR="Ausländerinnen und Ausländer nach dem Ausländerzentralregister",
    AUSL_FORT="Ausländerinnen und Ausländer nach der Bevölkerungsfortschreibung",
    MH_MELDE="Migrationshintergrund, aus dem Melderegister abgeleitet",
    MH_MZ="Migrationshintergrund nach dem Mikrozensus",
    EG_MZ="Einwanderungsgeschichte nach dem Mikrozensus",
    EG_ZENSUS22="Einwanderungsgeschichte nach dem Zensus 2022",
    MH_ZENSUS11="Migrationshintergrund nach dem Zensus 2011",
    AUSL_ZENSUS11="Ausländerinnen und Ausländer nach dem Zensus 2011",
)
GRUPPE = liste(
    "gruppe",
    "Bevölkerungsgruppe",
    "§ 14 Abs. 2 Nr. 1 Buchst. a KomIntAVO",
    INSGESAMT="Bevölkerung insgesamt",
    MIT="mit dem Merkmal des Konzepts",
    OHNE="ohne das Merkmal des Konzepts",
)
GESCHLECHT = liste(
    "geschlecht",
    "Geschlecht",
    "Personenstandsgesetz § 22 Abs. 3",
    M="männlich",
    W="weiblich",
    D="divers",
    X="ohne Angabe",
    T="insgesamt",
)
ALTERSGRUPPE = liste(
    "altersgruppe",
    "Altersgruppe",
    "§ 14 Abs. 2 Nr. 1 Buchst. a KomIntAVO; Gliederung der amtlichen Statistik",
    A00_05="unter 6 Jahre",
    A06_17="6 bis unter 18 Jahre",
    A18_24="18 bis unter 25 Jahre",
    A25_44="25 bis unter 45 Jahre",
    A45_64="45 bis unter 65 Jahre",
    A65="65 Jahre und älter",
    T="insgesamt",
)
EINRICHTUNG = liste(
    "einrichtung",
    "Art der Einrichtung",
    "Erhebungsmerkmal des Stellenregisters",
    HAUPT="Hauptstelle",
    AUSSEN="Außenstelle",
    MOBIL="mobiles Angebot",
)
JA_NEIN = liste("ja_nein", "Ja oder nein", "Erhebungsmerkmal", J="ja", N="nein")
VOLLSTAENDIG = liste(
    "vollstaendig",
    "Vollständigkeit der Meldung",
    "Erhebungsmerkmal des Stellenregisters",
    J="vollständig gemeldet",
    T="teilweise gemeldet",
    N="nicht gemeldet",
)
TAETIGKEIT = liste(
    "taetigkeit",
    "Tätigkeit",
    "§ 12 Abs. 3 Nr. 3, Abs. 4 KomIntAVO",
    FACH="Fachkraft",
    LEITUNG="Leitung",
    VERWALTUNG="Verwaltung",
)
TARIF = liste(
    "tarif",
    "Tarifvertrag oder Vergütungsordnung",
    "§ 14 Abs. 2 Nr. 2 Buchst. b, i, j KomIntAVO (jeweils geltender Tarifvertrag)",
    TVOED_VKA="TVöD Verwaltung (VKA)",
    TVOED_SUE="TVöD Sozial- und Erziehungsdienst",
    TV_L="TV-L",
    AVR_C="AVR Caritas",
    AVR_D="AVR Diakonie",
    AWO="Tarifvertrag der AWO",
    DRK="Reformtarifvertrag des DRK",
    PARITAET="Vergütung nach dem Paritätischen",
    BEAMTE="Besoldung (Beamtinnen und Beamte)",
    HAUS="Haustarif",
    HONORAR="Honorar",
    OHNE="ohne Tarifbindung",
)
_E_GRUPPEN = {
    "E1": "Entgeltgruppe 1",
    "E2": "Entgeltgruppe 2",
    "E2UE": "Entgeltgruppe 2 Ü",
    **{f"E{n}": f"Entgeltgruppe {n}" for n in range(3, 9)},
    "E9": "Entgeltgruppe 9 (nicht unterteilt)",
    "E9A": "Entgeltgruppe 9a",
    "E9B": "Entgeltgruppe 9b",
    "E9C": "Entgeltgruppe 9c",
    **{f"E{n}": f"Entgeltgruppe {n}" for n in range(10, 14)},
    "E13UE": "Entgeltgruppe 13 Ü",
    "E14": "Entgeltgruppe 14",
    "E15": "Entgeltgruppe 15",
    "E15UE": "Entgeltgruppe 15 Ü",
}
_S_GRUPPEN = {
    **{f"S{n}": f"Entgeltgruppe S {n}" for n in range(2, 8)},
    "S8A": "Entgeltgruppe S 8a",
    "S8B": "Entgeltgruppe S 8b",
    "S9": "Entgeltgruppe S 9",
    "S10": "Entgeltgruppe S 10",
    "S11A": "Entgeltgruppe S 11a",
    "S11B": "Entgeltgruppe S 11b",
    **{f"S{n}": f"Entgeltgruppe S {n}" for n in range(12, 19)},
}
_VERGUETUNGSGRUPPEN = {
    f"VG{n.upper()}": f"Vergütungsgruppe {n}"
    for n in ("1", "1a", "1b", "2", "3", "4a", "4b", "5b", "5c", "6b", "7", "8", "9a", "9", "10", "11", "12")
}
_A_GRUPPEN = {f"A{n}": f"Besoldungsgruppe A {n}" for n in range(4, 17)}
_B_GRUPPEN = {f"B{n}": f"Besoldungsgruppe B {n}" for n in range(1, 12)}
ENTGELTGRUPPE = liste(
    "entgeltgruppe",
    "Entgelt-, Vergütungs- oder Besoldungsgruppe",
    "TVöD, TV-L, AVR der Caritas (Anlagen 2 und 33) und der Diakonie, SächsBesG in der jeweils geltenden Fassung",
    **_E_GRUPPEN,
    **_S_GRUPPEN,
    **_VERGUETUNGSGRUPPEN,
    **_A_GRUPPEN,
    **_B_GRUPPEN,
    ANDERE="andere Gruppe, die hier nicht aufgeführt ist",
    OHNE="ohne Eingruppierung",
)
IN_JEDEM_TARIF = ("ANDERE", "OHNE")
"""A list made today must not keep anybody from naming the group of tomorrow."""
GRUPPEN_JE_TARIF: dict[str, frozenset[str]] = {
    "TVOED_VKA": frozenset(_E_GRUPPEN) - {"E9", "E13UE"},
    "TVOED_SUE": frozenset(_S_GRUPPEN),
    "TV_L": frozenset(_E_GRUPPEN) - {"E9", "E9C"} | frozenset(_S_GRUPPEN),
    "BEAMTE": frozenset(_A_GRUPPEN) | frozenset(_B_GRUPPEN),
}
"""Pay groups of the tariffs whose groups are certain; others are not checked.

TVöD (VKA) divided E 9 in 2017 into a, b and c, TV-L in 2019 into a and b only; E 13 Ü is a group of TV-L. TV-L knows S
groups since 2020. What AVR, AWO, DRK, the Paritätische and house tariffs use differs by region and may be any group.
"""

QUALIFIKATION = liste(
    "qualifikation",
    "Qualifikation",
    "§ 12 Abs. 4 KomIntAVO",
    ABSCHLUSS="einschlägiger Hochschulabschluss (Satz 1)",
    VERGLEICHBAR="vergleichbare Qualifikation (Satz 1)",
    ERFAHRUNG="besondere Kenntnisse oder Erfahrung (Satz 2)",
    BESTAND="bei Inkrafttreten bereits beschäftigt (Satz 4)",
    NICHT_FSA="nicht in der Flüchtlingssozialarbeit",
)
FINANZIERUNG = liste(
    "finanzierung",
    "Finanzierung",
    "§ 1 Abs. 1 KomIntAVO",
    FG1="Fördergegenstand 1: Integrationsmanagement",
    FG2="Fördergegenstand 2: Integrationsberatung",
    FG3="Fördergegenstand 3: Berichte",
    FG4="Fördergegenstand 4: Beauftragte",
    FG5="Fördergegenstand 5: Flüchtlingssozialarbeit und Rückkehrberatung",
    KPVO_ALT="Kommunalpauschalenverordnung (frühere Förderung)",
    EIGEN="eigene Mittel",
    DRITT="Mittel Dritter",
)
QUARTAL = liste(
    "quartal",
    "Quartal",
    "Erhebungsmerkmal",
    Q1="1. Quartal",
    Q2="2. Quartal",
    Q3="3. Quartal",
    Q4="4. Quartal",
    J="ganzes Jahr",
)
THEMENFELD = liste(
    "themenfeld",
    "Themenfeld der Beratung",
    "§ 14 Abs. 2 Nr. 2 Buchst. d und i KomIntAVO",
    ARBEIT="Arbeit",
    BILDUNG="Bildung",
    WOHNEN="Wohnen",
    GESUNDHEIT="Gesundheit",
    KULTUR="Kultur",
    SONSTIGES="Sonstiges",
    T="insgesamt",
)
ADRESSAT = liste(
    "adressat",
    "Wer beraten wurde",
    "§ 14 SächsIntG",
    PERSON="Person",
    KOMMUNE="Kommune",
    ORGANISATION="Organisation",
    BETRIEB="Betrieb",
)
ZAEHLREGEL = liste(
    "zaehlregel",
    "Zählregel der Themenfelder",
    "§ 14 Abs. 2 Nr. 2 Buchst. d KomIntAVO („aufgeteilt“)",
    HAUPTTHEMA="jede Beratung zählt einmal, beim Hauptthema",
    MEHRFACH="eine Beratung zählt bei jedem besprochenen Thema",
)
ZAEHLEINHEIT = liste(
    "zaehleinheit",
    "Was als eine Beratung zählt",
    "Erhebungsmerkmal; die Verordnung bestimmt den Begriff nicht",
    KONTAKT="jeder Kontakt",
    TERMIN="jeder Termin",
    FALL="jeder Fall",
)
GRUPPENZAEHLUNG = liste(
    "gruppen_zaehlung",
    "Zählung von Gruppenberatungen",
    "Erhebungsmerkmal; die Verordnung bestimmt den Begriff nicht",
    SITZUNG="eine Sitzung zählt einmal",
    TEILNEHMENDE="jede teilnehmende Person zählt",
    NICHT="Gruppenberatungen werden nicht gezählt",
)
RECHTSGRUND = liste(
    "rechtsgrund",
    "Rechtsgrund der Aufnahme",
    "§ 12 Abs. 1 KomIntAVO; § 5 SächsFlüAG; §§ 60a bis 60d AufenthG",
    FLUEAG_1="§ 5 Nr. 1 SächsFlüAG: Aufnahme nach dem Asylgesetz",
    FLUEAG_2="§ 5 Nr. 2 SächsFlüAG: Verteilung nach § 15a Abs. 1 AufenthG",
    FLUEAG_3="§ 5 Nr. 3 SächsFlüAG: Aufnahme nach § 23 Abs. 1 AufenthG",
    FLUEAG_4="§ 5 Nr. 4 SächsFlüAG: Aufnahme nach § 23 Abs. 2 oder Abs. 4 AufenthG",
    FLUEAG_5="§ 5 Nr. 5 SächsFlüAG: vorübergehender Schutz nach § 24 AufenthG",
    FLUEAG_6="§ 5 Nr. 6 SächsFlüAG: Aufenthaltserlaubnis nach § 25 Abs. 5 AufenthG",
    FLUEAG_7="§ 5 Nr. 7 SächsFlüAG: sonst leistungsberechtigt nach § 1 AsylbLG",
    DULDUNG="Geduldete nach §§ 60a bis 60d AufenthG",
    T="insgesamt",
)
WOHNFORM = liste(
    "wohnform",
    "Wohnform",
    "§ 3 Abs. 1 SächsFlüAG; § 12 Abs. 2 Nr. 3 und 4 KomIntAVO",
    GU="Gemeinschaftsunterkunft",
    WOHNUNG="Wohnung",
    SONST="sonstige Unterkunft",
    T="insgesamt",
)
MASSNAHMEART = liste(
    "massnahmeart",
    "Art der Maßnahme",
    "§ 11 Abs. 4 Nr. 3 bis 5 und § 9 KomIntAVO; § 14 Abs. 2 Nr. 2 Buchst. f bis h KomIntAVO",
    ORIENTIERUNG="Orientierungsmaßnahme (§ 11 Abs. 4 Nr. 3)",
    SKM="Sprach- und Kulturmittlung (§ 11 Abs. 4 Nr. 3)",
    GDD="Gemeindedolmetscherdienst (§ 11 Abs. 4 Nr. 3)",
    AGH="Maßnahme im Rahmen von Arbeitsgelegenheiten (§ 11 Abs. 4 Nr. 4)",
    NIEDRIGSCHWELLIG="gefördertes niedrigschwelliges oder ehrenamtliches Beratungsangebot (§ 11 Abs. 4 Nr. 5)",
    KIM="Maßnahme des Integrationsmanagements (§ 9)",
    NETZWERK="Netzwerkarbeit",
    SCHULUNG="Schulung",
    OEFFNUNG="interkulturelle Öffnung",
    SPORT_KULTUR="Sport und Kultur",
    SONSTIGES="Sonstiges",
)
PROGRAMM = liste(
    "programm",
    "Programm der Rückkehrförderung",
    "§ 13 Abs. 2 Nr. 5 KomIntAVO",
    REAG_GARP="Programm des Bundes und der Länder (REAG/GARP)",
    LAND="Programm des Landes",
    KOMMUNAL="kommunales Programm",
    OHNE="ohne Förderung",
)
ZIELREGION = liste(
    "zielregion",
    "Zielregion der Ausreise",
    "Kontinente nach dem Staatsangehörigkeitsschlüssel; Westbalkan wie in § 26 Abs. 2 BeschV",
    WESTBALKAN="Albanien, Bosnien und Herzegowina, Kosovo, Montenegro, Nordmazedonien, Serbien",
    EUROPA="übriges Europa",
    AFRIKA="Afrika",
    AMERIKA="Amerika",
    ASIEN="Asien",
    SONSTIGE="Ozeanien oder staatenlos",
    OHNE_ANGABE="nicht erfasst",
)
NACHWEIS = liste(
    "nachweis",
    "Nachweis des Zusammenhangs",
    "§ 14 Abs. 2 Nr. 2 Buchst. j Doppelbuchst. dd KomIntAVO (aufgrund der Beratung)",
    DOKUMENTIERT="in der Beratung dokumentiert",
    NUR_ZEITLICH="nur zeitlicher Zusammenhang",
)
