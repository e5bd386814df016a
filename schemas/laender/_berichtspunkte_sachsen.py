"""The checklist of the Freistaat Sachsen: § 14 Abs. 2 KomIntAVO and § 26 with § 25 Satz 2 and 4 SächsIntG.

Of the figures an item is bound to, `verlangt` are those the wording names; the others are shown beside them.
"""

from schemas.modell import Berichtspunkt, Zahlenangabe

_VO = "§ 14 Abs. 2 Satz 1 Nr. {} KomIntAVO"
_GESETZ = "§ 26 mit § 25 Satz {} SächsIntG"
_MIGRATIONSHINTERGRUND = ("MH_MELDE", "MH_MZ", "MH_ZENSUS11", "EG_MZ", "EG_ZENSUS22")
"""The law speaks of people with Migrationshintergrund (§ 5 Abs. 1 SächsIntG); nationality only stands in for it."""
_BERICHTEN = "BERICHT"


def _zahlen(
    kennung: str,
    stelle: str,
    inhalt: str,
    datensatz: str,
    *verlangt: Zahlenangabe,
    dazu: tuple[str, ...] = (),
    aufgabe: str = "",
    konzepte: tuple[str, ...] = (),
) -> Berichtspunkt:
    """An item of Nr. 1 or 2: figures by calendar year. `dazu` are indicators shown beside those it asks for."""
    indikatoren = tuple(sorted({*(v.indikator for v in verlangt), *dazu}))
    return Berichtspunkt(
        f"14-{kennung}",
        _VO.format(stelle),
        inhalt,
        indikatoren,
        (datensatz,),
        verlangt,
        aufgabe=aufgabe,
        konzepte=konzepte,
    )


_NR_1_UND_2 = (
    _zahlen(
        "1a",
        "1 Buchst. a",
        "Bevölkerungsentwicklung, Alter und Geschlecht im Vergleich",
        "bevoelkerung",
        Zahlenangabe("BEV-04"),
        Zahlenangabe("BEV-06", gliederung="altersgruppe"),
        Zahlenangabe("BEV-07"),
        dazu=("BEV-03", "BEV-05"),
        konzepte=_MIGRATIONSHINTERGRUND,
    ),
    _zahlen(
        "1b",
        "1 Buchst. b",
        "Zu- und Abnahme der Zielgruppe der Flüchtlingssozialarbeit",
        "zielgruppe",
        Zahlenangabe("BEV-09", ("SALDO",)),
    ),
    _zahlen(
        "1c",
        "1 Buchst. c",
        "Zehn häufigste Herkunftsländer",
        "herkunft",
        Zahlenangabe("BEV-08", gliederung="staat"),
        konzepte=_MIGRATIONSHINTERGRUND,
    ),
    _zahlen(
        "2a",
        "2 Buchst. a",
        "Zahl der Integrations-Beratungszentren",
        "stellen",
        Zahlenangabe("IBZ-01", ("STICHTAG",)),
        aufgabe="IBZ",
    ),
    _zahlen(
        "2b",
        "2 Buchst. b",
        "Personal der Zentren in VZÄ mit Eingruppierung",
        "personal",
        Zahlenangabe("IBZ-02", ("BESETZT", "STELLEN", "JAHRESMITTEL"), "entgeltgruppe"),
        aufgabe="IBZ",
    ),
    _zahlen(
        "2c",
        "2 Buchst. c",
        "Beratungen in den Zentren",
        "beratung",
        Zahlenangabe("IBZ-03", ("ANZAHL",)),
        aufgabe="IBZ",
    ),
    _zahlen(
        "2d",
        "2 Buchst. d",
        "Beratungen nach Themenfeldern",
        "beratung",
        Zahlenangabe("IBZ-04", gliederung="themenfeld"),
        aufgabe="IBZ",
    ),
    _zahlen(
        "2e",
        "2 Buchst. e",
        "Zahl der Integrationskoordinatorinnen und -koordinatoren",
        "personal",
        Zahlenangabe("IBZ-06", ("PERSONEN",)),
        dazu=("IBZ-07",),
        aufgabe="KIK",
    ),
    _zahlen(
        "2f-aa",
        "2 Buchst. f Doppelbuchst. aa",
        "Orientierungsmaßnahmen",
        "massnahmen",
        Zahlenangabe("IBZ-05", ("ORIENTIERUNG",)),
        aufgabe="ORIENTIERUNG",
    ),
    _zahlen(
        "2f-bb",
        "2 Buchst. f Doppelbuchst. bb",
        "Einsätze der Sprach- und Kulturmittlung",
        "massnahmen",
        Zahlenangabe("IBZ-05", ("SKM",)),
        aufgabe="SKM",
    ),
    _zahlen(
        "2f-cc",
        "2 Buchst. f Doppelbuchst. cc",
        "Einsätze der Gemeindedolmetscherdienste",
        "massnahmen",
        Zahlenangabe("IBZ-05", ("GDD",)),
        aufgabe="GDD",
    ),
    _zahlen(
        "2g",
        "2 Buchst. g",
        "Maßnahmen im Rahmen von Arbeitsgelegenheiten",
        "massnahmen",
        Zahlenangabe("ARB-04", ("ANZAHL",)),
        aufgabe="AGH",
    ),
    _zahlen(
        "2h",
        "2 Buchst. h",
        "Geförderte niedrigschwellige und ehrenamtliche Beratungsangebote",
        "massnahmen",
        Zahlenangabe("TEI-02", ("ANZAHL",)),
        aufgabe="NIEDRIGSCHWELLIG",
    ),
    _zahlen(
        "2i-aa",
        "2 Buchst. i Doppelbuchst. aa",
        "Stellen der Flüchtlingssozialarbeit",
        "stellen",
        Zahlenangabe("FSA-01", ("STICHTAG",)),
        aufgabe="FSA",
    ),
    _zahlen(
        "2i-bb",
        "2 Buchst. i Doppelbuchst. bb",
        "Personal der Flüchtlingssozialarbeit in VZÄ mit Eingruppierung",
        "personal",
        Zahlenangabe("FSA-02", ("BESETZT", "STELLEN", "JAHRESMITTEL"), "entgeltgruppe"),
        dazu=("FSA-03", "FSA-05"),
        aufgabe="FSA",
    ),
    _zahlen(
        "2i-cc",
        "2 Buchst. i Doppelbuchst. cc",
        "Beratungen der Flüchtlingssozialarbeit",
        "beratung",
        Zahlenangabe("FSA-04", ("ANZAHL",)),
        aufgabe="FSA",
    ),
    _zahlen(
        "2i-dd",
        "2 Buchst. i Doppelbuchst. dd",
        "Diese Beratungen nach Themenfeldern",
        "beratung",
        Zahlenangabe("FSA-04", ("HAUPTTHEMA", "MEHRFACH"), "themenfeld"),
        aufgabe="FSA",
    ),
    _zahlen(
        "2j-aa",
        "2 Buchst. j Doppelbuchst. aa",
        "Stellen der Rückkehrberatung",
        "stellen",
        Zahlenangabe("RKB-01", ("ANZAHL",)),
        aufgabe="RKB",
    ),
    _zahlen(
        "2j-bb",
        "2 Buchst. j Doppelbuchst. bb",
        "Personal der Rückkehrberatung in VZÄ mit Eingruppierung",
        "personal",
        Zahlenangabe("RKB-01", ("BESETZT", "STELLEN", "JAHRESMITTEL"), "entgeltgruppe"),
        aufgabe="RKB",
    ),
    _zahlen(
        "2j-cc",
        "2 Buchst. j Doppelbuchst. cc",
        "Beratungen zur Rückkehr",
        "beratung",
        Zahlenangabe("RKB-02", ("ANZAHL",)),
        aufgabe="RKB",
    ),
    _zahlen(
        "2j-dd",
        "2 Buchst. j Doppelbuchst. dd",
        "Freiwillige Ausreisen aufgrund der Beratung",
        "rueckkehr",
        Zahlenangabe("RKB-03", ("ANZAHL",)),
        aufgabe="RKB",
    ),
)

BERICHTSPUNKTE: tuple[Berichtspunkt, ...] = (
    *_NR_1_UND_2,
    Berichtspunkt(
        "14-3",
        _VO.format("3"),
        "Abschließende Bewertung der Wirkung in vier Bereichen der Integration",
        datensaetze=("meldung",),
        abschnitte=(
            ("WIRKUNG_STRUKTURELL",),
            ("WIRKUNG_SOZIAL",),
            ("WIRKUNG_KULTURELL",),
            ("WIRKUNG_IDENTIFIKATORISCH",),
        ),
        aufgabe=_BERICHTEN,
        je_jahr=False,
    ),
    Berichtspunkt(
        "14-S2",
        "§ 14 Abs. 2 Satz 2 KomIntAVO",
        "Angaben nach Kalenderjahren, in Zahlen und mit einer Auswertung",
        datensaetze=("meldung",),
        umfasst=tuple(p.id for p in _NR_1_UND_2),
    ),
    Berichtspunkt(
        "26-1",
        _GESETZ.format("2"),
        "Bevölkerungsentwicklung einschließlich der Einwanderung",
        ("BEV-01", "BEV-02", "BEV-10"),
        ("bevoelkerung", "meldung"),
        (Zahlenangabe("BEV-01"),),
        abschnitte=(("EINWANDERUNG",),),
        je_jahr=False,
    ),
    Berichtspunkt(
        "26-2",
        _GESETZ.format("2"),
        "Stand der Integration, gemessen an Zielen und Maßnahmen",
        (
            "REC-02",
            "REC-03",
            "REC-04",
            "KIT-01",
            "ARB-01",
            "ARB-02",
            "ARB-03",
            "SOZ-01",
            "SOZ-02",
            "WOH-01",
            "WOH-02",
            "TEI-01",
            "TEI-03",
            "VER-01",
            "VER-02",
            "VER-04",
        ),
        ("konzept", "meldung"),
        abschnitte=(("ZIELE",), ("MASSNAHMEN",)),
        je_jahr=False,
    ),
    Berichtspunkt(
        "26-3",
        _GESETZ.format("4"),
        "Vorschläge zur Weiterführung, Intensivierung und Neuorientierung",
        datensaetze=("meldung",),
        # To continue, and to intensify or reorient: § 25 Satz 4.
        abschnitte=(("VORSCHLAG_WEITERFUEHRUNG",), ("VORSCHLAG_INTENSIVIERUNG", "VORSCHLAG_NEUORIENTIERUNG")),
        aufgabe=_BERICHTEN,
        je_jahr=False,
    ),
    Berichtspunkt(
        "26-4",
        _GESETZ.format("4"),
        "Bewertung der Vorschläge, auch der früherer Berichte",
        datensaetze=("meldung",),
        abschnitte=(("VORSCHLAG_BEWERTUNG",),),
        aufgabe=_BERICHTEN,
        je_jahr=False,
    ),
)
"""All items in the order of the law."""
