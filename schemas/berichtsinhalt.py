"""What the law wants a report to hold, item by item, and what satisfies each item.

What belongs here: the checklist of § 14 Abs. 2 KomIntAVO and of § 26 with § 25 Satz 2 and 4 SächsIntG, as data, and
how deliveries write its items.
"""

from schemas.codelisten import GESAMT
from schemas.modell import Berichtspunkt, Code, Codeliste

_VO = "§ 14 Abs. 2 Satz 1 Nr. {} KomIntAVO"


def _punkt(
    kennung: str, stelle: str, inhalt: str, indikatoren: tuple[str, ...] = (), datensaetze: tuple[str, ...] = ()
) -> Berichtspunkt:
    return Berichtspunkt(f"14-{kennung}", _VO.format(stelle), inhalt, indikatoren, datensaetze)


BERICHTSPUNKTE: tuple[Berichtspunkt, ...] = (
    _punkt(
        "1a",
        "1 Buchst. a",
        "Bevölkerungsentwicklung, Alter und Geschlecht im Vergleich",
        ("BEV-03", "BEV-04", "BEV-05", "BEV-06", "BEV-07"),
        ("bevoelkerung",),
    ),
    _punkt(
        "1b", "1 Buchst. b", "Zu- und Abnahme der Zielgruppe der Flüchtlingssozialarbeit", ("BEV-09",), ("zielgruppe",)
    ),
    _punkt("1c", "1 Buchst. c", "Zehn häufigste Herkunftsländer", ("BEV-08",), ("herkunft",)),
    _punkt("2a", "2 Buchst. a", "Zahl der Integrations-Beratungszentren", ("IBZ-01",), ("stellen",)),
    _punkt("2b", "2 Buchst. b", "Personal der Zentren in VZÄ mit Eingruppierung", ("IBZ-02",), ("personal",)),
    _punkt("2c", "2 Buchst. c", "Beratungen in den Zentren", ("IBZ-03",), ("beratung",)),
    _punkt("2d", "2 Buchst. d", "Beratungen nach Themenfeldern", ("IBZ-04",), ("beratung",)),
    _punkt(
        "2e",
        "2 Buchst. e",
        "Zahl der Integrationskoordinatorinnen und -koordinatoren",
        ("IBZ-06", "IBZ-07"),
        ("personal",),
    ),
    _punkt("2f-aa", "2 Buchst. f Doppelbuchst. aa", "Orientierungsmaßnahmen", ("IBZ-05",), ("massnahmen",)),
    _punkt(
        "2f-bb", "2 Buchst. f Doppelbuchst. bb", "Einsätze der Sprach- und Kulturmittlung", ("IBZ-05",), ("massnahmen",)
    ),
    _punkt(
        "2f-cc", "2 Buchst. f Doppelbuchst. cc", "Einsätze der Gemeindedolmetscherdienste", ("IBZ-05",), ("massnahmen",)
    ),
    _punkt("2g", "2 Buchst. g", "Maßnahmen im Rahmen von Arbeitsgelegenheiten", ("ARB-04",), ("massnahmen",)),
    _punkt(
        "2h",
        "2 Buchst. h",
        "Geförderte niedrigschwellige und ehrenamtliche Beratungsangebote",
        ("TEI-02",),
        ("massnahmen",),
    ),
    _punkt("2i-aa", "2 Buchst. i Doppelbuchst. aa", "Stellen der Flüchtlingssozialarbeit", ("FSA-01",), ("stellen",)),
    _punkt(
        "2i-bb",
        "2 Buchst. i Doppelbuchst. bb",
        "Personal der Flüchtlingssozialarbeit in VZÄ mit Eingruppierung",
        ("FSA-02", "FSA-03", "FSA-05"),
        ("personal",),
    ),
    _punkt(
        "2i-cc", "2 Buchst. i Doppelbuchst. cc", "Beratungen der Flüchtlingssozialarbeit", ("FSA-04",), ("beratung",)
    ),
    _punkt("2i-dd", "2 Buchst. i Doppelbuchst. dd", "Diese Beratungen nach Themenfeldern", ("FSA-04",), ("beratung",)),
    _punkt("2j-aa", "2 Buchst. j Doppelbuchst. aa", "Stellen der Rückkehrberatung", ("RKB-01",), ("stellen",)),
    _punkt(
        "2j-bb",
        "2 Buchst. j Doppelbuchst. bb",
        "Personal der Rückkehrberatung in VZÄ mit Eingruppierung",
        ("RKB-01",),
        ("personal",),
    ),
    _punkt("2j-cc", "2 Buchst. j Doppelbuchst. cc", "Beratungen zur Rückkehr", ("RKB-02",), ("beratung",)),
    _punkt(
        "2j-dd",
        "2 Buchst. j Doppelbuchst. dd",
        "Freiwillige Ausreisen aufgrund der Beratung",
        ("RKB-03",),
        ("rueckkehr",),
    ),
    _punkt("3", "3", "Abschließende Bewertung der Wirkung in vier Bereichen der Integration", (), ("meldung",)),
    Berichtspunkt(
        "14-S2",
        "§ 14 Abs. 2 Satz 2 KomIntAVO",
        "Angaben nach Kalenderjahren, in Zahlen und mit einer Auswertung",
        (),
        ("meldung",),
    ),
    Berichtspunkt(
        "26-1",
        "§ 26 mit § 25 Satz 2 SächsIntG",
        "Bevölkerungsentwicklung einschließlich der Einwanderung",
        ("BEV-01", "BEV-02", "BEV-10"),
        ("bevoelkerung", "meldung"),
    ),
    Berichtspunkt(
        "26-2",
        "§ 26 mit § 25 Satz 2 SächsIntG",
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
    ),
    Berichtspunkt(
        "26-3",
        "§ 26 mit § 25 Satz 2 SächsIntG",
        "Vorschläge zur Weiterführung, Intensivierung und Neuorientierung",
        (),
        ("meldung",),
    ),
    Berichtspunkt(
        "26-4",
        "§ 26 mit § 25 Satz 4 SächsIntG",
        "Bewertung der Vorschläge, auch der früherer Berichte",
        (),
        ("meldung",),
    ),
)
"""All items in the order of the law."""

_VORSILBE = "P"
"""Stands before an item's id in deliveries, because a spreadsheet makes a date of „26-1“."""


def meldecode(punkt: str) -> str:
    """How an item of the checklist is written in a delivery: `14-2c` -> `P14-2c`."""
    return _VORSILBE + punkt


MELDEPUNKT = Codeliste(
    "meldepunkt",
    "Berichtspunkt",
    (*(Code(meldecode(p.id), p.inhalt, p.fundstelle) for p in BERICHTSPUNKTE), Code(GESAMT, "Bericht im Ganzen")),
    "§ 14 Abs. 2 KomIntAVO; § 26 mit § 25 Satz 2 und 4 SächsIntG",
)
"""The items as codes of deliveries, and one for the report as a whole."""
