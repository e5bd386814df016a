"""Indicators of the field population (BEV)."""

from schemas.groessen import amtlich, bestand, reihe, reihen
from schemas.modell import Herkunft, Indikator, Variante

THEMENFELD = "Bevölkerung"
_FORTSCHREIBUNG = "12411-01-01-4"
_EINWOHNER = " OR ".join(
    [
        reihe("BEVSTD", {"GES": "T"}),
        reihe("Bevölkerungsstand", {"kopf_2": "Insgesamt"}),
    ]
)
_QUELLE_EINWOHNER = "Fortschreibung des Bevölkerungsstandes, Tabelle 12411-01-01-4, Stichtag 31.12."
_BRUECHE = {
    2011: "ab 2011 auf Grundlage des Zensus 2011",
    2023: "ab 2023 auf Grundlage des Zensus 2022",
}
EINWOHNER = amtlich(_FORTSCHREIBUNG, _EINWOHNER, _QUELLE_EINWOHNER, brueche=_BRUECHE)
"""Inhabitants at 31.12., newest state; the common denominator of rates per inhabitant."""

_FORT_ALTER = "12411-03-03-4"
_QUELLE_FORT = "Fortschreibung des Bevölkerungsstandes nach Nationalität, Tabelle 12411-03-03-4, Stichtag 31.12."


def auslaender_fortschreibung(*, altersgruppen: tuple[str, ...] = ("Insgesamt",)) -> str:
    """SQL condition: foreigners of the population update, all sexes, in these age groups."""
    rest = {"kopf_1": "Ausländer(innen)", "kopf_2": "Insgesamt"}
    return reihen("Bevölkerungsstand", "vorspalte_4", altersgruppen, rest)


AUSLAENDER_FORT = amtlich(_FORT_ALTER, auslaender_fortschreibung(), _QUELLE_FORT)
AUSLAENDER_FORT_VORJAHR = amtlich(_FORT_ALTER, auslaender_fortschreibung(), _QUELLE_FORT, jahre_spaeter=1)

# 12531: only parts that do not overlap are added; AK-1 holds AK-2 and AK-5, AK-2 holds AK-3 and AK-4.
SCHUTZSTATUS_OHNE_UEBERSCHNEIDUNG = ("SCHUTZST-AK-1", "SCHUTZST-OF", "SCHUTZST-X")
_SCHUTZSUCHENDE = "12531-0043"
_QUELLE_SCHUTZ = "Statistik über Schutzsuchende (AZR), Tabelle 12531-0043, Stichtag 31.12.; auf 5 gerundet"
SCHUTZSUCHENDE = amtlich(
    _SCHUTZSUCHENDE, reihen("BEV030", "SCHST2", SCHUTZSTATUS_OHNE_UEBERSCHNEIDUNG), _QUELLE_SCHUTZ, summe=True
)
OFFENER_SCHUTZSTATUS = amtlich(
    _SCHUTZSUCHENDE, reihen("BEV030", "SCHST2", ("SCHUTZST-OF",)), _QUELLE_SCHUTZ, summe=True
)
OFFEN_ODER_GEDULDET = amtlich(
    _SCHUTZSUCHENDE, reihen("BEV030", "SCHST2", ("SCHUTZST-OF", "AUSRPFL-G")), _QUELLE_SCHUTZ, summe=True
)

_ZENSUS = "12111-03-01-4"
_QUELLE_ZENSUS = "Zensus 2011, Tabelle 12111-03-01-4, Stichtag 09.05.2011"
_AZR = "12521-0041"
_QUELLE_AZR = "Ausländerstatistik (AZR), Tabelle 12521-0041, Stichtag 31.12.; auf 5 gerundet"


def _zensus(nationalitaet: str) -> str:
    return reihe("Bevölkerung", {"kopf_2": nationalitaet, "kopf_3": "Insgesamt", "vorspalte_3": "Insgesamt"})


AUSLAENDER_AZR = amtlich(_AZR, reihe("Ausländer", {"kopf_1": "Insgesamt", "vorspalte_4": "Insgesamt"}), _QUELLE_AZR)

INDIKATOREN = (
    Indikator(
        id="BEV-01",
        name="Bevölkerung",
        themenfeld=THEMENFELD,
        definition="Einwohnerinnen und Einwohner am 31. Dezember.",
        einheit="Personen",
        varianten=(
            Variante("FORT", "neuester Stand", Herkunft.AMTLICH, EINWOHNER),
            Variante(
                "FORT_FRUEHER",
                "früherer Stand",
                Herkunft.AMTLICH,
                amtlich(_FORTSCHREIBUNG, _EINWOHNER, _QUELLE_EINWOHNER, frueher=True),
                hinweis="Vor der Umstellung veröffentlicht; der neueste Stand gilt.",
            ),
        ),
        berichtspunkt="26-1",
        geheimhaltung="offen",
        lesehilfe="Grundlage aller Angaben je Einwohnerin und Einwohner.",
    ),
    Indikator(
        id="BEV-02",
        name="Ausländeranteil",
        themenfeld=THEMENFELD,
        definition="Anteil der Ausländerinnen und Ausländer an der Bevölkerung, jedes Konzept für sich.",
        einheit="Prozent",
        nachkommastellen=1,
        varianten=(
            Variante(
                "AZR_LIEFERUNG",
                "Ausländerzentralregister, von den Kreisen geliefert",
                Herkunft.LIEFERUNG,
                bestand(
                    "bevoelkerung",
                    "personen",
                    "konzept = 'AUSL_AZR' AND gruppe = 'MIT' AND geschlecht = 'T' AND altersgruppe = 'T' "
                    "AND gemeinde_ags = 'T'",
                    "Lieferung „Bevölkerung“, Konzept AUSL_AZR, Stichtag 31.12.",
                ),
                EINWOHNER,
                faktor=100,
                konzept="AUSL_AZR",
                hinweis="Zähler aus dem Ausländerzentralregister, Bezugsgröße aus der Fortschreibung.",
                gruende=("RUNDUNG",),
            ),
            Variante(
                "FORT_LIEFERUNG",
                "Fortschreibung, von den Kreisen geliefert",
                Herkunft.LIEFERUNG,
                bestand(
                    "bevoelkerung",
                    "personen",
                    "konzept = 'AUSL_FORT' AND gruppe = 'MIT' AND geschlecht = 'T' AND altersgruppe = 'T' "
                    "AND gemeinde_ags = 'T'",
                    "Lieferung „Bevölkerung“, Konzept AUSL_FORT, Stichtag 31.12.",
                ),
                bestand(
                    "bevoelkerung",
                    "personen",
                    "konzept = 'AUSL_FORT' AND gruppe = 'INSGESAMT' AND geschlecht = 'T' AND altersgruppe = 'T' "
                    "AND gemeinde_ags = 'T'",
                    "Lieferung „Bevölkerung“, Konzept AUSL_FORT, Stichtag 31.12.",
                ),
                faktor=100,
                konzept="AUSL_FORT",
            ),
            Variante(
                "FORT_AMTLICH",
                "Fortschreibung, amtlich",
                Herkunft.AMTLICH,
                AUSLAENDER_FORT,
                EINWOHNER,
                faktor=100,
                konzept="AUSL_FORT",
            ),
            Variante(
                "ZENSUS_2011",
                "Zensus 2011",
                Herkunft.AMTLICH,
                amtlich(_ZENSUS, _zensus("Ausländer(innen)"), _QUELLE_ZENSUS),
                amtlich(_ZENSUS, _zensus("Insgesamt"), _QUELLE_ZENSUS),
                faktor=100,
                konzept="AUSL_ZENSUS11",
            ),
            Variante(
                "AZR_AMTLICH",
                "Ausländerzentralregister, amtlich",
                Herkunft.AMTLICH,
                AUSLAENDER_AZR,
                EINWOHNER,
                faktor=100,
                konzept="AUSL_AZR",
                hinweis="Zähler aus dem Ausländerzentralregister, Bezugsgröße aus der Fortschreibung.",
                gruende=("RUNDUNG",),
            ),
        ),
        mindestnenner=100,
        lesehilfe="Beschreibt die Zusammensetzung der Bevölkerung; hoch oder niedrig ist weder gut noch schlecht.",
    ),
    Indikator(
        id="BEV-10",
        name="Schutzsuchende je 1.000 Einwohnerinnen und Einwohner",
        themenfeld=THEMENFELD,
        definition="Personen mit anerkanntem, offenem oder abgelehntem Schutzstatus je 1.000 der Bevölkerung.",
        einheit="je 1.000",
        nachkommastellen=1,
        varianten=(
            Variante(
                "AZR",
                "Ausländerzentralregister",
                Herkunft.AMTLICH,
                SCHUTZSUCHENDE,
                EINWOHNER,
                faktor=1000,
                konzept="AUSL_AZR",
                hinweis="Summe aus drei Statusgruppen, die sich nicht überschneiden; jede Einzelzahl ist gerundet.",
                gruende=("RUNDUNG",),
            ),
        ),
        mindestnenner=100,
    ),
)
