"""The Erhebungshandbuch: everything a deliverer can ask about a delivery, as static pages made from the contract.

What belongs here: the list of pages and what each is made from. What does not: wording and structure
(`report_templates/handbuch/`) and the indicators' SQL (`kennzahlen.py`). The same contract gives the same bytes.
"""

import json
from collections.abc import Iterator
from typing import Any

from assets.berichte.stil import aussehen
from assets.eingang.dateiname import beispielname
from assets.erhebung import worte
from assets.erhebung.kennzahlen import kennzahlen
from assets.erhebung.vorbelegung import vorlage
from assets.erhebung.vorlage import ZEICHEN, als_csv, als_mappe
from assets.fassung import fassung_pruefung
from assets.pruefung.protokoll_schema import SCHEMA
from assets.vorlagen import umgebung
from schemas.abfragen import ABFRAGEN
from schemas.codelisten import AUFGABE
from schemas.datensaetze import alle_datensaetze, dateiregeln
from schemas.indikatoren import katalog
from schemas.indikatorwerte import VERGLEICHBARKEIT
from schemas.lieferstand import ZUSTAND
from schemas.modell import Codeliste, Datensatz, Land, Pruefumgebung, Regel, Schwere, Umfang
from schemas.regeln_quer import nicht_anwendbare
from schemas.regelregister import regelregister
from schemas.vergleichbarkeit import ALLE_GRUENDE
from schemas.wertstatus import WERTSTATUS

ORDNER = "handbuch"


def erzeuge(land: Land) -> Iterator[tuple[str, bytes]]:
    """Every file of the handbook as (relative path, content); links between them are relative."""
    # Taken from the reports, so that there is one look.
    yield from aussehen()
    datensaetze = [alle_datensaetze()[name].fuer(land) for name in land.datensaetze]
    yield _seite(land, "index.html", "index.html", _index(land, datensaetze))
    for d in datensaetze:
        yield _seite(land, "datensatz.html", seite_von(d.name), _datensatz(land, d))
    yield _seite(land, "codelisten.html", "codelisten.html", {"listen": _codelisten(datensaetze)})
    yield _seite(land, "regeln.html", "regeln.html", _regeln(land))
    yield _seite(land, "kennzahlen.html", "kennzahlen.html", _kennzahlen(land))
    yield _seite(land, "berichtspunkte.html", "berichtspunkte.html", _berichtspunkte(land))
    yield "pruefprotokoll.schema.json", json.dumps(SCHEMA, ensure_ascii=False, indent=1).encode()
    yield from _vorlagen(land, datensaetze)


def seite_von(datensatz: str) -> str:
    """File name of a dataset's page."""
    return f"datensatz_{datensatz}.html"


def _vorlagen(land: Land, datensaetze: list[Datensatz]) -> Iterator[tuple[str, bytes]]:
    leere = [vorlage(d, land) for d in datensaetze]
    for v in leere:
        yield f"vorlagen/{v.datensatz.name}.csv", als_csv(v)
        yield f"vorlagen/{v.datensatz.name}.xlsx", als_mappe([v], v.datensatz.label)
    yield "vorlagen/alle.xlsx", als_mappe(leere, "Alle Datensätze")


def _seite(land: Land, name: str, pfad: str, inhalt: dict[str, Any]) -> tuple[str, bytes]:
    rahmen = {
        "pfad": pfad,
        "land": land,
        "regel_version": fassung_pruefung(land).regel_version,
        "seite_von": seite_von,
        "worte": worte,
        "schwere_kurz": {s: text.split(":", maxsplit=1)[0] for s, text in worte.SCHWERE.items()},
    }
    return pfad, umgebung().get_template(f"{ORDNER}/{name}").render(rahmen | inhalt).encode()


def _index(land: Land, datensaetze: list[Datensatz]) -> dict[str, Any]:
    return {
        "datensaetze": datensaetze,
        "beispielname": beispielname(land),
        "zeichen": ZEICHEN,
        "status": WERTSTATUS.codes,
        "zustaende": ZUSTAND.codes,
    }


def _datensatz(land: Land, d: Datensatz) -> dict[str, Any]:
    return {
        "d": d,
        "regeln": [r for r in dateiregeln(d.name) if _gilt(r, d, land)],
        "punkte": [p for p in land.berichtspunkte if d.name in p.datensaetze],
        "aufgaben": AUFGABE,
    }


def _gilt(regel: Regel, datensatz: Datensatz, land: Land) -> bool:
    """Whether a rule tests anything in a dataset, in any Berichtsjahr."""
    if regel.bedingungen is None:
        return False
    einheit = land.meldeeinheiten[0]
    jahre = [Pruefumgebung(land, einheit, jahr) for jahr in land.berichtsjahre]
    return any(regel.bedingungen(datensatz, umgebung) for umgebung in jahre)


def _codelisten(datensaetze: list[Datensatz]) -> list[tuple[Codeliste, list[tuple[str, str]]]]:
    """Each code list with the (dataset, column) pairs that use it, in the order in which they come first."""
    listen: dict[str, tuple[Codeliste, list[tuple[str, str]]]] = {}
    for d in datensaetze:
        for spalte in d.spalten:
            if (liste := spalte.feld.codeliste) is not None:
                listen.setdefault(liste.name, (liste, []))[1].append((d.name, spalte.name))
    listen.setdefault(WERTSTATUS.name, (WERTSTATUS, []))
    return list(listen.values())


def _regeln(land: Land) -> dict[str, Any]:
    """Rules by scope, the datasets each of them tests, and those this Land cannot apply with the reason."""
    wo = {
        regel.id: [n for n in land.datensaetze if regel in dateiregeln(n) and _gilt(regel, alle_datensaetze()[n], land)]
        for regel in regelregister().values()
    }
    bloecke = [(umfang, [r for r in regelregister().values() if r.umfang is umfang]) for umfang in Umfang]
    return {
        "bloecke": [(umfang, regeln) for umfang, regeln in bloecke if regeln],
        "wo": wo,
        "nicht_anwendbar": nicht_anwendbare(land),
        "schweren": list(Schwere),
    }


def _kennzahlen(land: Land) -> dict[str, Any]:
    return {
        "kennzahlen": kennzahlen(land),
        "gruende": ALLE_GRUENDE,
        "urteile": {c.code: c.label for c in VERGLEICHBARKEIT.codes},
        "abfragen": ABFRAGEN,
    }


def _berichtspunkte(land: Land) -> dict[str, Any]:
    """The items of the law with the indicators and datasets in use; others are named as missing."""
    indikatoren = {i.id: i for i in katalog(land)}
    return {
        "punkte": [
            {
                "punkt": punkt,
                "indikatoren": [indikatoren[i] for i in punkt.indikatoren if i in indikatoren],
                "datensaetze": [alle_datensaetze()[n] for n in punkt.datensaetze if n in land.datensaetze],
                "fehlend": [n for n in punkt.datensaetze if n not in land.datensaetze]
                + [i for i in punkt.indikatoren if i not in indikatoren],
            }
            for punkt in land.berichtspunkte
        ]
    }
