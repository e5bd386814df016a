"""Profile of the Freistaat Sachsen.

Meldeeinheiten are the Landkreise and Kreisfreie Städte (§ 6 SächsIntG), keyed by the AGS of the Kreis.
"""

import csv
from collections import defaultdict
from datetime import date

from schemas.indikatoren.bevoelkerung import EINWOHNER
from schemas.laender._berichtspunkte_sachsen import BERICHTSPUNKTE
from schemas.laender._geheimhaltung_sachsen import GEHEIMHALTUNG
from schemas.laender._veroeffentlichung_sachsen import VEROEFFENTLICHUNG
from schemas.modell import (
    Berichtszeitraum,
    Gemeinde,
    Land,
    Meldeeinheit,
    Standardbevoelkerung,
    Verteilgroesse,
    Verteilschluessel,
    nur_lesen,
)
from schemas.pfade import REFERENZ
from schemas.verteilungsmassen import lies_verteilungsmassen

_STADT, _LANDKREIS = "kreisfreie_stadt", "landkreis"
_GRUPPEN = {_LANDKREIS: "Landkreise", _STADT: "Kreisfreie Städte"}
_TYPEN = {_LANDKREIS: "Landkreis", _STADT: "Kreisfreie Stadt"}

# AGS, name (unique: two are called Leipzig), group, short sign, place on the tile map (column, row)
_KREISE = (
    ("14511", "Chemnitz", _STADT, "C", (1, 3)),
    ("14521", "Erzgebirgskreis", _LANDKREIS, "ERZ", (2, 3)),
    ("14522", "Mittelsachsen", _LANDKREIS, "FG", (1, 2)),
    ("14523", "Vogtlandkreis", _LANDKREIS, "V", (0, 4)),
    ("14524", "Zwickau", _LANDKREIS, "Z", (0, 3)),
    ("14612", "Dresden", _STADT, "DD", (2, 2)),
    ("14625", "Bautzen", _LANDKREIS, "BZ", (3, 1)),
    ("14626", "Görlitz", _LANDKREIS, "GR", (4, 1)),
    ("14627", "Meißen", _LANDKREIS, "MEI", (2, 1)),
    ("14628", "Sächsische Schweiz-Osterzgebirge", _LANDKREIS, "PIR", (3, 2)),
    ("14713", "Leipzig (Stadt)", _STADT, "L", (0, 1)),
    ("14729", "Leipzig (Landkreis)", _LANDKREIS, "LKL", (1, 1)),
    ("14730", "Nordsachsen", _LANDKREIS, "TDO", (1, 0)),
)


def _gemeinden() -> dict[str, list[Gemeinde]]:
    je_kreis: dict[str, list[Gemeinde]] = defaultdict(list)
    with (REFERENZ / "gebiet" / "gemeinden.csv").open(encoding="utf-8", newline="") as datei:
        for zeile in csv.DictReader(datei):
            je_kreis[zeile["kreis_ags"]].append(Gemeinde(zeile["ags"], zeile["name"]))
    return je_kreis


def _nachbarn() -> dict[str, list[str]]:
    je_kreis: dict[str, list[str]] = defaultdict(list)
    with (REFERENZ / "gebiet" / "nachbarn.csv").open(encoding="utf-8", newline="") as datei:
        for zeile in csv.DictReader(datei):
            je_kreis[zeile["ags"]].append(zeile["nachbar_ags"])
    return je_kreis


def _meldeeinheiten() -> tuple[Meldeeinheit, ...]:
    gemeinden, nachbarn = _gemeinden(), _nachbarn()
    return tuple(
        Meldeeinheit(
            id=ags,
            name=name,
            typ=_TYPEN[gruppe],
            gruppe=gruppe,
            kuerzel=kuerzel,
            kachel=kachel,
            nachbarn=tuple(sorted(nachbarn[ags])),
            gemeinden=tuple(gemeinden[ags]),
        )
        for ags, name, gruppe, kuerzel, kachel in _KREISE
    )


LAND = Land(
    id="sachsen",
    name="Sachsen",
    ags="14",
    meldeeinheiten=_meldeeinheiten(),
    gruppen=nur_lesen(_GRUPPEN),
    berichtsjahre=(2024, 2025),
    berichtszeitraeume=(
        Berichtszeitraum(
            date(2024, 9, 18),
            date(2024, 12, 31),
            date(2025, 6, 29),
            "Rumpfzeitraum 18.09. bis 31.12.2024",
            "§ 14 Abs. 3 KomIntAVO; Frist abgeleitet aus § 26 SächsIntG (ein Jahr nach Inkrafttreten)",
        ),
        Berichtszeitraum(
            date(2025, 1, 1),
            date(2029, 12, 31),
            date(2030, 6, 29),
            "2025 bis 2029",
            "§ 26 SächsIntG (sodann alle fünf Jahre); Frist abgeleitet",
        ),
    ),
    # The law asks for one report per period; delivering each year is an offer, so the second date is a proposal.
    lieferfristen=nur_lesen({2024: date(2025, 6, 29), 2025: date(2026, 6, 30)}),
    erinnerungstage=(-28, -7, 1, 14),  # proposal
    datensaetze=(
        "aufgaben",
        "bevoelkerung",
        "zielgruppe",
        "herkunft",
        "stellen",
        "personal",
        "beratung",
        "massnahmen",
        "rueckkehr",
        "finanzen",
        "konzept",
        "zustaendigkeit",
        "meldung",
    ),
    indikatoren=(
        "BEV-01",
        "BEV-02",
        "BEV-03",
        "BEV-04",
        "BEV-05",
        "BEV-06",
        "BEV-07",
        "BEV-08",
        "BEV-09",
        "BEV-10",
        "REC-01",
        "REC-02",
        "REC-03",
        "REC-04",
        "REC-05",
        "SPR-01",
        "SPR-02",
        "SPR-03",
        "KIT-01",
        "KIT-02",
        "SCH-01",
        "SCH-02",
        "SCH-03",
        "SCH-04",
        "AUS-01",
        "ARB-01",
        "ARB-02",
        "ARB-03",
        "ARB-04",
        "SOZ-01",
        "SOZ-02",
        "SOZ-03",
        "WOH-01",
        "WOH-02",
        "WOH-03",
        "GES-01",
        "TEI-01",
        "TEI-02",
        "TEI-03",
        "VER-01",
        "VER-02",
        "VER-03",
        "VER-04",
        "IBZ-01",
        "IBZ-02",
        "IBZ-03",
        "IBZ-04",
        "IBZ-05",
        "IBZ-06",
        "IBZ-07",
        "FSA-01",
        "FSA-02",
        "FSA-03",
        "FSA-04",
        "FSA-05",
        "RKB-01",
        "RKB-02",
        "RKB-03",
        "FIN-01",
        "FIN-02",
        "FIN-03",
        "FIN-04",
        "FIN-05",
    ),
    rechtsgrundlagen=nur_lesen(
        {
            "SächsIntG": "Sächsisches Integrations- und Teilhabegesetz vom 29. Mai 2024 (SächsGVBl. S. 500)",
            "KomIntAVO": "Kommunalintegrationsarbeitsverordnung vom 29. August 2024 (SächsGVBl. S. 848)",
            "SächsFlüAG": "Sächsisches Flüchtlingsaufnahmegesetz vom 25. Juni 2007 (SächsGVBl. S. 190)",
        }
    ),
    # Proposals, not law, unless a paragraph is named.
    schwellen=nur_lesen(
        {
            "vzae_je_person_min": 0.2,
            "betreuungsschluessel": 100.0,  # § 12 Abs. 5 KomIntAVO
            "bestand_rest_max": 0.05,
            "gu_auslastung_max": 1.2,
            "fsa_verwaltung_max": 0.2,  # § 12 Abs. 3 Nr. 3 KomIntAVO
            "kik_stellen_ueblich": 11.0,
            "text_zeichen_min": 20.0,
            "fsa_betreuung_min": 40.0,
            "fsa_betreuung_max": 250.0,
            "beratungen_je_vzae_min": 150.0,  # a year; a stub takes its share
            "beratungen_je_vzae_max": 1500.0,
            # Both the delivered and the official figure of the AZR are rounded to 5, each off by 2 at most; the rest is
            # for entries made after the Stichtag, which the register still takes in.
            "amtlich_azr_personen": 4.0,
            "amtlich_azr_anteil": 0.01,
            # The Fortschreibung is one source for both; the official tables change single figures slightly (Cell-Key).
            # Parts of such a table are allowed as much for each of their figures.
            "amtlich_fort_personen": 5.0,
            # Registers of residents and the Fortschreibung drift apart between two censuses.
            "amtlich_melde_anteil": 0.05,
            "zuweisung_euro": 0.01,
            "veraenderung": 0.3,
            "veraenderung_bevoelkerung": 0.05,
            "veraenderung_mindestens": 20.0,
            "gleiche_werte_mindestens": 10.0,
            "land_abdeckung_min": 0.5,  # share of population a Land value has to rest on
            "vergleich_mindestens": 5.0,  # Meldeeinheiten with a figure
            "null_anteil_anderer": 0.8,
        }
    ),
    gebietsstand=date(2024, 6, 30),
    gebietsstand_quelle="Gemeindeverzeichnis, © Statistisches Bundesamt (Destatis), 2024",
    namen=nur_lesen(
        {
            "meldeeinheit": "Kreis",
            "meldeeinheiten": "Kreise",
            "alle": "Landkreise und Kreisfreie Städte",
            "herausgeber": "Sächsisches Staatsministerium für Soziales und Gesellschaftlichen Zusammenhalt",
        }
    ),
    zahlungsfristen=((3, 1), (7, 1)),  # § 5 Abs. 1 KomIntAVO
    verteilschluessel=Verteilschluessel(
        groessen=(Verteilgroesse("Einwohnerinnen und Einwohner", EINWOHNER),),
        stichtag=(12, 31),
        jahre_vorher=1,
        # How to round is not said; amounts of money have cents, and the parts have to add up to the sum.
        kleinster_betrag=1,
        quelle="§ 1 Abs. 2 und § 2 KomIntAVO",
    ),
    standardbevoelkerung=Standardbevoelkerung(
        label="Bevölkerung des Freistaates Sachsen am 31.12.2015",
        quelle="Fortschreibung des Bevölkerungsstandes, Tabelle 12411-03-03-4, Stichtag 31.12.2015, Stand 10.10.2017",
        grund="Sie ist der jüngste amtliche Altersaufbau des Landes, der vorliegt, und bleibt fest, damit sich Jahre "
        "vergleichen lassen. Die Europäische Standardbevölkerung 2013 gewichtet Alte stark, von denen die "
        "Kennzahlen kaum handeln, und ihre Altersgruppen enden nicht mit 6 und 18 Jahren.",
        personen={
            0: 110_079,
            3: 108_301,
            6: 138_104,
            10: 161_740,
            15: 93_928,
            18: 60_461,
            20: 156_772,
            25: 272_024,
            30: 265_481,
            35: 248_937,
            40: 226_882,
            45: 283_038,
            50: 328_732,
            55: 300_470,
            60: 304_538,
            65: 226_762,
            70: 248_451,
            75: 257_578,
            80: 155_463,
            85: 93_187,
            90: 43_923,
        },
    ),
    verteilungsmassen=lies_verteilungsmassen("sachsen"),
    berichtspunkte=BERICHTSPUNKTE,
    geheimhaltung=GEHEIMHALTUNG,
    veroeffentlichung=VEROEFFENTLICHUNG,
)
