"""Holds the Lieferbuch against itself and against the Ablage.

What belongs here: what can be wrong and a German sentence for it. What does not: putting it right.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa

from assets.ablage import Ablage
from assets.eingang.dateiname import Lieferschluessel
from assets.eingang.empfang import Beleg, alle_belege, pruefsumme
from assets.lieferbuch.kette import lies_ereignisse, pruefe_kette
from assets.lieferbuch.tabellen import belege, fassungen
from schemas.modell import Land


def widersprueche(v: sa.Connection, ablage: Ablage, land: Land) -> Iterator[str]:
    """Everything that is not as it should be, one German sentence each; nothing if all is well.

    Reads every stored file once.
    """
    if bruch := pruefe_kette(v).bruch:
        yield f"Protokoll der Änderungen: {bruch}"
    yield from _ungebuchte_staende(v)
    gebucht = {_schluessel(z): z for z in v.execute(sa.select(fassungen, belege).join(belege)).all()}
    for vorhandene in alle_belege(ablage, land).values():
        for beleg in vorhandene:
            zeile = gebucht.get((beleg.schluessel, beleg.version))
            if zeile is None:
                yield f"{beleg.nummer}: Der Beleg ist nicht gebucht. Bitte: teilhabe lieferbuch aufbauen"
            elif zeile.sha256 != beleg.sha256:
                yield f"{beleg.nummer}: Beleg und Lieferbuch nennen verschiedene Prüfsummen."
    for zeile in gebucht.values():
        yield from _datei(ablage, zeile)


def _schluessel(zeile: sa.Row[tuple[object, ...]]) -> tuple[Lieferschluessel, int]:
    return Lieferschluessel(zeile.datensatz, zeile.berichtsjahr, zeile.meldeeinheit), zeile.version


def _ungebuchte_staende(v: sa.Connection) -> Iterator[str]:
    """States the trail does not lead to: somebody changed them by hand."""
    zuletzt = {e.fassung_id: json.loads(e.daten)["nach"] for e in lies_ereignisse(v) if e.art == "zustand"}
    abfrage = sa.select(fassungen.c.id, fassungen.c.zustand, belege.c.nummer).outerjoin(belege)
    for fassung_id, zustand, nummer in v.execute(abfrage).all():
        if nummer is None:
            yield f"Fassung {fassung_id}: Der Beleg fehlt im Lieferbuch."
        if zuletzt.get(fassung_id) != zustand:
            yield f"{nummer or fassung_id}: Der Stand ist nicht der, den das Protokoll der Änderungen ergibt."


def _datei(ablage: Ablage, zeile: sa.Row[tuple[object, ...]]) -> Iterator[str]:
    schluessel, version = _schluessel(zeile)
    beleg = Beleg(
        datensatz=schluessel.datensatz,
        meldeeinheit=schluessel.meldeeinheit,
        berichtsjahr=schluessel.berichtsjahr,
        version=version,
        sha256=zeile.sha256,
        groesse=zeile.groesse,
        dateiname=zeile.dateiname,
        endung=zeile.endung,
        eingegangen_am=zeile.eingegangen_am,
        weg=zeile.weg,
        synthetisch=zeile.synthetisch,
    )
    try:
        inhalt = ablage.lies(beleg.pfad)
    except FileNotFoundError:
        yield f"{beleg.nummer}: Die gebuchte Datei fehlt in der Ablage."
        return
    if pruefsumme(inhalt) != beleg.sha256:
        yield f"{beleg.nummer}: Die Datei in der Ablage ist nicht mehr die, die eingegangen ist."
