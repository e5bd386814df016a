"""All files of an edition: what each page is made from, and rendering it.

What belongs here: the list of pages, and which of them are made together. What does not: content (`inhalte.py` and the
page modules), wording and structure (`report_templates/berichte/`), storing (`ablegen.py`). The same data give the same
bytes.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from assets.berichte import inhalte
from assets.berichte.aenderungen import aenderungen
from assets.berichte.ausschnitt import fingerabdruck, fuer_kennzahl, fuer_meldeeinheit
from assets.berichte.begleitseiten import begleitseiten
from assets.berichte.bestand import Bestand, Blick, baue_bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.datenseite import datenseite
from assets.berichte.einbetten import (
    Einbettung,
    einbettung_der_hilfe,
    einbettung_des_ueberblicks,
    einbettungen,
)
from assets.berichte.erkunden import erkundendaten
from assets.berichte.gebiete import verweise
from assets.berichte.interaktiv import (
    Bilder,
    bilder_der_hilfe,
    bilder_der_kennzahl,
    bilder_des_berichts,
    bilder_des_ueberblicks,
)
from assets.berichte.kennzahlseite import baue_seite
from assets.berichte.kurzfassung import baue_kurzfassung
from assets.berichte.rahmen import mit_bildern, seite
from assets.berichte.skripte import BERICHT, plotly, skript
from assets.berichte.skripte import ERKUNDEN as ERKUNDEN_SKRIPT
from assets.berichte.stil import anfang, aussehen
from assets.berichte.vorrat import Seitengruppe, Vorrat
from assets.berichte.wege import (
    BERICHTSPUNKTE,
    ERKUNDEN,
    HILFE,
    kennzahlseite,
    kreisseiten,
    landseite,
    zeigt_alle,
)
from assets.berichte.wege import VERGLEICHBARKEIT as VERGLEICHBARKEIT_SEITE
from assets.berichte.worte import FEHLT
from assets.offenedaten.dateien import offene_daten, pruefsummen
from assets.offenedaten.steckbrief import steckbrief
from schemas import revisionen
from schemas.indikatorwerte import VERGLEICHBARKEIT
from schemas.modell import Indikator, Meldeeinheit
from schemas.wertstatus import WERTSTATUS

UEBRIGE = "übrige Seiten und Daten"
"""Name of the group of files that are about everything, or the same for all."""


def erzeuge(daten: Berichtsdaten) -> Iterator[tuple[str, bytes]]:
    """Every file of an edition as (relative path, content); links between them are relative."""
    return seiten_aus(baue_bestand(daten), Vorrat())


def seiten_aus(
    bestand: Bestand, vorrat: Vorrat, eingabe: str = "", offene_tabellen: Iterable[tuple[str, bytes]] = ()
) -> Iterator[tuple[str, bytes]]:
    """The same from what is computed once for all pages, as far as it has to be made anew.

    Args:
        bestand: what pages are made from.
        vorrat: what was made before.
        eingabe: fingerprint of all of the edition's input.
        offene_tabellen: other files of `daten/` beside those made here.
    """
    gruppen = _gruppen(bestand, eingabe, tuple(offene_tabellen))
    return pruefsummen(datei for gruppe in gruppen for datei in vorrat.hole(gruppe))


def _gruppen(bestand: Bestand, eingabe: str, offene_tabellen: tuple[tuple[str, bytes], ...]) -> Iterator[Seitengruppe]:
    """A report or the page of an indicator is made from its own part alone; all other files go together."""
    daten = bestand.daten
    for m in daten.berichtende:
        ausschnitt, pfad = fuer_meldeeinheit(bestand, m), verweise(daten.land)[m.id]
        yield Seitengruppe(pfad, fingerabdruck(ausschnitt), partial(_kreisseite, ausschnitt, pfad, m))
    for indikator in daten.katalog if zeigt_alle(daten) else ():
        ausschnitt, pfad = fuer_kennzahl(bestand, indikator), kennzahlseite(indikator.id)
        yield Seitengruppe(pfad, fingerabdruck(ausschnitt), partial(_kennzahlseite, ausschnitt, pfad, indikator))
    yield Seitengruppe(UEBRIGE, eingabe, partial(_uebrige, bestand, offene_tabellen))


def _kreisseite(bestand: Bestand, pfad: str, meldeeinheit: Meldeeinheit) -> Iterator[tuple[str, bytes]]:
    daten, inhalt = bestand.daten, inhalte.kreis(bestand, meldeeinheit)
    blick, bloecke = inhalt["blick"], inhalt["bloecke"]
    bilder = {**_berichtsbilder(bestand, inhalt), **bilder_des_ueberblicks(blick, bloecke)}
    einbettung = einbettung_des_ueberblicks(daten, blick, bloecke)
    yield from mit_bildern(daten, "kreis.html", pfad, inhalt | {"einbettung": einbettung}, bilder)
    if einbettung:
        yield _eingebettet(daten, "einbetten_ueberblick.html", einbettung, pfad, inhalt)
    kurz = baue_kurzfassung(bestand, blick, bloecke, inhalt["aenderungen"])
    yield seite(daten, "kurzfassung.html", inhalt["kurzseite"], inhalt | {"kurz": kurz, "bericht": pfad})


def _kennzahlseite(bestand: Bestand, pfad: str, indikator: Indikator) -> Iterator[tuple[str, bytes]]:
    daten, blick = bestand.daten, Blick(bestand.daten.land)
    kennzahl = baue_seite(bestand, bestand.reihen[indikator.id])
    bilder = bilder_der_kennzahl(bestand, blick, kennzahl)
    codes = einbettungen(bestand, kennzahl, bilder)
    rahmen: dict[str, Any] = {
        "seite": kennzahl,
        "blick": blick,
        "seiten": kreisseiten(daten),
        "kartennachweis": bestand.kartennachweis,
    }
    yield from mit_bildern(daten, "kennzahl.html", pfad, rahmen | {"einbettungen": codes}, bilder)
    for e in codes.values():
        yield _eingebettet(daten, "einbetten_kennzahl.html", e, pfad, rahmen)


def _eingebettet(
    daten: Berichtsdaten, vorlage: str, e: Einbettung, ziel: str, inhalt: dict[str, Any]
) -> tuple[str, bytes]:
    """The small page other people's pages show; `ziel` is the page the chart is from."""
    eigenes = {"einbettung": e, "zitat": steckbrief(daten).quellenangabe(e.titel, ziel), "ziel": ziel}
    return seite(daten, vorlage, e.pfad, inhalt | eigenes)


def _berichtsbilder(bestand: Bestand, inhalt: dict[str, Any]) -> Bilder:
    return bilder_des_berichts(bestand, inhalt["blick"], inhalt["kennzahlen"], inhalt["karten"])


def _hilfeseite(bestand: Bestand) -> Iterator[tuple[str, bytes]]:
    daten, inhalt = bestand.daten, inhalte.hilfe(bestand)
    einbettung = einbettung_der_hilfe(daten)
    yield from mit_bildern(daten, HILFE, HILFE, inhalt | {"einbettung": einbettung}, bilder_der_hilfe(daten.land))
    if einbettung:
        yield _eingebettet(daten, "einbetten_hilfe.html", einbettung, HILFE, inhalt)


def _uebrige(bestand: Bestand, offene_tabellen: tuple[tuple[str, bytes], ...]) -> Iterator[tuple[str, bytes]]:
    """What is about everything, or the same for all."""
    daten = bestand.daten
    yield from aussehen()
    yield anfang()
    alle_aenderungen = aenderungen(bestand)
    yield seite(daten, "index.html", "index.html", inhalte.index(bestand, alle_aenderungen))
    if zeigt_alle(daten):
        inhalt = inhalte.land(bestand, alle_aenderungen)
        yield from mit_bildern(daten, "land.html", landseite(daten), inhalt, _berichtsbilder(bestand, inhalt))
        yield seite(daten, BERICHTSPUNKTE, BERICHTSPUNKTE, inhalte.berichtspunkte(daten))
        yield seite(daten, VERGLEICHBARKEIT_SEITE, VERGLEICHBARKEIT_SEITE, inhalte.vergleichbarkeit(bestand))
    yield skript(BERICHT)
    yield plotly()
    yield seite(daten, "lieferstand.html", "lieferstand.html", inhalte.lieferstand(daten))
    yield from _hilfeseite(bestand)
    for vorlage, pfad, inhalt in begleitseiten(bestand):
        yield seite(daten, vorlage, pfad, inhalt)
    log = {"aenderungen": alle_aenderungen, "arten": revisionen.ART.codes}
    yield seite(daten, "aenderungen.html", "aenderungen.html", log)
    yield seite(daten, "methodik.html", "methodik.html", inhalte.methodik(daten))
    zeichen = {"status": WERTSTATUS.codes, "fehlt": FEHLT, "urteile": VERGLEICHBARKEIT.codes}
    yield seite(daten, "zeichen.html", "zeichen.html", zeichen)
    offen = offene_daten(daten)
    if zeigt_alle(daten):
        yield seite(daten, ERKUNDEN, ERKUNDEN, inhalte.erkunden(bestand))
        yield skript(ERKUNDEN_SKRIPT)
        yield from erkundendaten(bestand, offen.brief)
    yield seite(daten, "daten.html", "daten.html", datenseite(daten, offen, offene_tabellen))
    yield from ((d.pfad, d.inhalt) for d in offen.alle)
    yield from offene_tabellen
