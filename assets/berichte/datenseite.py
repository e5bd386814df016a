"""The page about the data: every download with size, licence and citation, what columns hold, and why cells are empty.

What belongs here: its content. What does not: the files (`assets/offenedaten/`) and wording around them (the template).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.berichte.daten import Berichtsdaten
from assets.berichte.zahlen import GESCHUETZT, runde, zahl
from assets.offenedaten.datei import ORDNER, Datei, kennung_von, mit_format
from assets.offenedaten.dateien import PRUEFSUMMEN, OffeneDaten
from assets.offenedaten.schema_org import json_ld
from assets.offenedaten.steckbrief import SEITE, Steckbrief
from schemas.offene_daten import DIMENSIONEN, TYPNAME, WERTE

_FUER_MASCHINEN = ("datapackage.json", "dcat-ap-de.ttl", "dcat-ap-de.rdf", "dcat-ap-de.jsonld")


@dataclass(frozen=True, slots=True)
class Datenverweis:
    """Where a file lies, and where licence and citation stand."""

    pfad: str
    seite: str


@dataclass(frozen=True, slots=True)
class Download:
    """One file in the list."""

    anker: str
    pfad: str
    name: str
    titel: str
    format: str
    groesse: str
    zitat: str


def datenverweis(name: str) -> Datenverweis:
    """Links to a file of the open data."""
    return Datenverweis(f"{ORDNER}/{name}", f"{SEITE}#d-{kennung_von(name)}")


def datenseite(
    daten: Berichtsdaten, offen: OffeneDaten, offene_tabellen: Iterable[tuple[str, bytes]]
) -> dict[str, Any]:
    """What the template needs; `offene_tabellen` are the files of the confidentiality stage, where there are any."""
    brief = offen.brief
    maschinen = [d for d in offen.beschreibungen if d.name in _FUER_MASCHINEN]
    tabellen = [mit_format(p.removeprefix(f"{ORDNER}/"), "offene Tabelle", inhalt) for p, inhalt in offene_tabellen]
    gruppen = [
        ("alle", "Alle Werte", offen.gesamt),
        ("gebiete", f"Je {daten.land.namen['meldeeinheit']}", tuple(offen.gebiete.values())),
        ("kennzahlen", "Je Kennzahl", tuple(offen.kennzahlen.values())),
        ("erklaerend", "Tabellen, die Codes erklären", offen.erklaerend),
        ("maschinen", "Beschreibungen für Maschinen", tuple(maschinen)),
        ("tabellen", "Offene Tabellen zum Nachprüfen der Geheimhaltung", tuple(tabellen)),
    ]
    return {
        "brief": brief,
        "gruppen": [(kennung, titel, _downloads(brief, dateien)) for kennung, titel, dateien in gruppen if dateien],
        "pruefsummen": f"{ORDNER}/{PRUEFSUMMEN}",
        "tabellen": (WERTE, *DIMENSIONEN),
        "typname": TYPNAME,
        "json_ld": json_ld(brief, offen.gesamt, [i.name for i in daten.katalog]),
    }


def _downloads(brief: Steckbrief, dateien: Sequence[Datei]) -> list[Download]:
    return [
        Download(
            anker=f"d-{d.kennung}" if d.tabelle else f"d-{d.name.replace('.', '-').replace('/', '-').lower()}",
            pfad=d.pfad,
            name=d.name,
            titel=d.titel,
            format=d.format.name,
            groesse=groesse(d.bytes),
            zitat=brief.quellenangabe(f"{d.titel} ({d.format.name})", d.pfad),
        )
        for d in dateien
    ]


def groesse(anzahl: int) -> str:
    """A number of bytes in German: 812 Byte, 60 kB, 6,7 MB."""
    if anzahl < 1000:
        return f"{anzahl}{GESCHUETZT}Byte"
    if anzahl < 1_000_000:
        return f"{zahl(runde(anzahl / 1000, 0))}{GESCHUETZT}kB"
    return f"{zahl(runde(anzahl / 1_000_000, 1))}{GESCHUETZT}MB"
