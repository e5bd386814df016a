"""All files of an edition: what each page is made from, and rendering it.

What belongs here: the list of pages and the context of each template. What does not: content (the page modules),
wording and structure (`report_templates/berichte/`), storing (`ablegen.py`). The same data give the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from assets.berichte import diagramme, svg
from assets.berichte.aenderungen import Aenderung, aenderungen, neueste
from assets.berichte.ausschnitt import fingerabdruck, fuer_kennzahl, fuer_meldeeinheit
from assets.berichte.begleitseiten import FUSSZEILE, SPRACHEN, begleitseiten
from assets.berichte.berichtigungen import berichtigungen_von
from assets.berichte.berichtstexte import nebeneinander, punkttexte
from assets.berichte.bestand import Bestand, Blick, baue_bestand
from assets.berichte.checkliste import anker, checkliste, einzellisten, matrizen
from assets.berichte.daten import Berichtsdaten
from assets.berichte.datenseite import datenseite, datenverweis
from assets.berichte.einbetten import einbettungen
from assets.berichte.erkunden import ANSICHTEN, erkundendaten
from assets.berichte.farben import css_variablen
from assets.berichte.gebiete import kacheln, verweise
from assets.berichte.geheimhaltung import preise, schutzregeln
from assets.berichte.geld import rechenweg, zeigt_mittel
from assets.berichte.grundlage import ERKLAERUNG, Grundlage, grundlagen
from assets.berichte.interaktiv import Bilder, bilddatei, bilder_der_kennzahl, bilder_des_berichts
from assets.berichte.kennzahl import Kennzahl, baue_kennzahl, teil_id
from assets.berichte.kennzahlseite import baue_seite
from assets.berichte.kurzfassung import baue_kurzfassung
from assets.berichte.landbilder import Kartenbild, kachelkarte
from assets.berichte.lieferlage import datensatznamen, lieferjahre, lieferungen_von
from assets.berichte.mittel import mitteljahre
from assets.berichte.mittel_land import landesmitteljahre
from assets.berichte.nachweise import der_statistiken, der_umrisse
from assets.berichte.skripte import BERICHT, plotly, skript
from assets.berichte.skripte import ERKUNDEN as ERKUNDEN_SKRIPT
from assets.berichte.stellenverzeichnis import spaltentitel, stellenjahre
from assets.berichte.ueberblick import kurzfassung, themenbloecke
from assets.berichte.vergleichsseite import LEGENDE, baue_vergleichsseite
from assets.berichte.vorrat import Seitengruppe, Vorrat
from assets.berichte.wege import (
    BERICHTSPUNKTE,
    ERKUNDEN,
    gruppen,
    kennzahlseite,
    kennzahlseiten,
    kreisseiten,
    kurzfassungsseite,
    landesweit,
    landseite,
    zeigt_alle,
)
from assets.berichte.wege import VERGLEICHBARKEIT as VERGLEICHBARKEIT_SEITE
from assets.berichte.worte import FEHLT, dativ, datum, stand
from assets.offenedaten.datei import name_des_gebiets
from assets.offenedaten.dateien import offene_daten, pruefsummen
from assets.offenedaten.steckbrief import steckbrief
from assets.vorlagen import umgebung
from schemas import revisionen
from schemas.berichtsstand import PUNKTSTAND
from schemas.editionen import OEFFENTLICH
from schemas.indikatorwerte import VERGLEICHBARKEIT
from schemas.lieferstand import ZUSTAND
from schemas.modell import Indikator, Meldeeinheit
from schemas.pfade import VORLAGEN
from schemas.statistik import (
    KLASSENREGEL,
    STANDARDISIERT_AB,
    TRENDREGEL,
    TRICHTER,
    URTEILSREGEL,
    VERAENDERUNGSREGEL,
    VERFAHREN,
    VERGLEICHSREGEL,
    VOLLZAEHLUNG,
)
from schemas.vergleichbarkeit import GRUENDE
from schemas.wertstatus import WERTSTATUS

ORDNER = "berichte"
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


def _uebrige(bestand: Bestand, offene_tabellen: tuple[tuple[str, bytes], ...]) -> Iterator[tuple[str, bytes]]:
    """What is about everything, or the same for all."""
    daten = bestand.daten
    for datei in ("bericht.css", "favicon.svg"):
        text = (VORLAGEN / ORDNER / datei).read_text(encoding="utf-8")
        yield f"assets/{datei}", ((css_variablen() if datei.endswith("css") else "") + text).encode()
    alle_aenderungen = aenderungen(bestand)
    yield _seite(daten, "index.html", "index.html", _index(bestand, alle_aenderungen))
    if zeigt_alle(daten):
        inhalt = _land(bestand, alle_aenderungen)
        yield from _mit_bildern(daten, "land.html", landseite(daten), inhalt, _berichtsbilder(bestand, inhalt))
        yield _seite(daten, BERICHTSPUNKTE, BERICHTSPUNKTE, _berichtspunkte(daten))
        yield _seite(daten, VERGLEICHBARKEIT_SEITE, VERGLEICHBARKEIT_SEITE, _vergleichbarkeit(bestand))
    yield skript(BERICHT)
    yield plotly()
    matrix = {
        "jahre": lieferjahre(daten),
        "datensaetze": datensatznamen(daten),
        "zustaende": ZUSTAND.codes,
        "seiten": kreisseiten(daten),
    }
    yield _seite(daten, "lieferstand.html", "lieferstand.html", matrix)
    for vorlage, pfad, inhalt in begleitseiten(bestand):
        yield _seite(daten, vorlage, pfad, inhalt)
    log = {"aenderungen": alle_aenderungen, "arten": revisionen.ART.codes}
    yield _seite(daten, "aenderungen.html", "aenderungen.html", log)
    yield _seite(daten, "methodik.html", "methodik.html", _methodik(daten))
    zeichen = {"status": WERTSTATUS.codes, "fehlt": FEHLT, "urteile": VERGLEICHBARKEIT.codes}
    yield _seite(daten, "zeichen.html", "zeichen.html", zeichen)
    offen = offene_daten(daten)
    if zeigt_alle(daten):
        yield _seite(daten, ERKUNDEN, ERKUNDEN, _erkunden(bestand))
        yield skript(ERKUNDEN_SKRIPT)
        yield from erkundendaten(bestand, offen.brief)
    yield _seite(daten, "daten.html", "daten.html", datenseite(daten, offen, offene_tabellen))
    yield from ((d.pfad, d.inhalt) for d in offen.alle)
    yield from offene_tabellen


def _mit_bildern(
    daten: Berichtsdaten, vorlage: str, pfad: str, inhalt: dict[str, Any], bilder: Bilder
) -> Iterator[tuple[str, bytes]]:
    """A page and, where it has charts, the file they can be drawn from anew."""
    if bilder:
        yield bilddatei(pfad, steckbrief(daten).quellenangabe(pfad=pfad), bilder)
    yield _seite(daten, vorlage, pfad, inhalt | {"skript": BERICHT if bilder else ""})


def _berichtsbilder(bestand: Bestand, inhalt: dict[str, Any]) -> Bilder:
    return bilder_des_berichts(bestand, inhalt["blick"], inhalt["kennzahlen"], inhalt["karten"])


def _seite(daten: Berichtsdaten, vorlage: str, pfad: str, inhalt: dict[str, Any]) -> tuple[str, bytes]:
    land = daten.land
    rahmen = {
        "pfad": pfad,
        "sprache": "de",
        "richtung": "ltr",
        "fusszeile": FUSSZEILE,
        "sprachen": SPRACHEN,
        "land": land,
        "herausgeber": daten.herausgeber,
        "landseite": landseite(daten),
        "erkundenseite": landesweit(daten, ERKUNDEN),
        "fassung": daten.fassung,
        # Search engines shall find neither what is internal nor what is invented.
        "nicht_finden": daten.edition != OEFFENTLICH or daten.enthaelt_demodaten,
        "hinweise": daten.kopfhinweise,
        "stand": stand(daten.stand),
        "tag": daten.stand[:10],
        "gebietsstand": datum(land.gebietsstand),
        "mehrzahl": land.namen["meldeeinheiten"],
        "dativ_mehrzahl": dativ(land.namen["meldeeinheiten"]),
        "einzahl": land.namen["meldeeinheit"],
        "schraffur": svg.SCHRAFFUR,
        "Grundlage": Grundlage,
        "skript": "",
    }
    html = umgebung().get_template(f"{ORDNER}/{vorlage}").render(rahmen | inhalt)
    return pfad, html.encode()


def _index(bestand: Bestand, alle_aenderungen: Sequence[Aenderung]) -> dict[str, Any]:
    gebiete = bestand.formen or kacheln(bestand.daten.land)
    return {
        "grundlagen": grundlagen(bestand.reihen),
        "erklaerung": ERKLAERUNG,
        "themen": bestand.themen(),
        "kennzahlseiten": kennzahlseiten(bestand.daten),
        "landesweit": {s: landesweit(bestand.daten, s) for s in (BERICHTSPUNKTE, VERGLEICHBARKEIT_SEITE)},
        "neueste": neueste(alle_aenderungen),
        "gruppen": gruppen(bestand.daten),
        "karte": svg.zeichne_karte(
            diagramme.karte(gebiete, diagramme.KARTENBREITE), "karte", kreisseiten(bestand.daten)
        ),
        "kartennachweis": bestand.kartennachweis,
        "lieferjahre": lieferjahre(bestand.daten),
    }


def _methodik(daten: Berichtsdaten) -> dict[str, Any]:
    nachweise = [*der_statistiken(daten), *filter(None, [der_umrisse(daten)])]
    return {
        "gruende": GRUENDE.codes,
        "nachweise": nachweise,
        "zufall": (VOLLZAEHLUNG, VERGLEICHSREGEL, URTEILSREGEL, VERAENDERUNGSREGEL, TRENDREGEL),
        "verfahren": [v for v in VERFAHREN.values() if v.name],
        "trichter": TRICHTER,
        "klassenregel": KLASSENREGEL,
        "standardisiert_ab": STANDARDISIERT_AB,
        "schutz": schutzregeln(daten.land),
        "preise": preise(daten),
        "oeffentlich": daten.edition == OEFFENTLICH,
    }


def _abschnitte(bestand: Bestand, blick: Blick) -> dict[str, Any]:
    """What Kreis and Land pages share: overview by Themenfeld, summary, and a section per indicator."""
    bloecke = themenbloecke(bestand, blick)
    return {
        "blick": blick,
        "grundlagen": grundlagen(bestand.reihen),
        "bloecke": bloecke,
        "kurzfassung": kurzfassung(blick, bloecke),
        "kennzahlen": {k: baue_kennzahl(bestand, blick, r) for k, r in bestand.reihen.items()},
        "seiten": kreisseiten(bestand.daten),
        "kennzahlseiten": kennzahlseiten(bestand.daten),
        "zeigt_mittel": zeigt_mittel(bestand.daten),
        "rechenweg": rechenweg(bestand.daten),
    }


def _land(bestand: Bestand, alle_aenderungen: Sequence[Aenderung]) -> dict[str, Any]:
    inhalt = _abschnitte(bestand, Blick(bestand.daten.land))
    return inhalt | {
        "karten": _karten(bestand, inhalt["kennzahlen"].values()),
        "gruppen": gruppen(bestand.daten),
        "lieferjahre": lieferjahre(bestand.daten),
        "mittel": landesmitteljahre(bestand.daten),
        "texte": nebeneinander(bestand.daten),
        "matrizen": matrizen(bestand.daten),
        "anker": anker,
        "aenderungen": alle_aenderungen,
    }


def _karten(bestand: Bestand, kennzahlen: Iterable[Kennzahl]) -> dict[str, Kartenbild]:
    """Tile maps by part of the Land's page, where the part has no line."""
    ohne_linie = {t.id for k in kennzahlen for t in k.teile if t.linien is None}
    reihen = [r for varianten in bestand.reihen.values() for r in varianten if teil_id(r) in ohne_linie]
    karten = {teil_id(r): kachelkarte(bestand, r) for r in reihen}
    return {kennung: karte for kennung, karte in karten.items() if karte}


def _kennzahlseite(bestand: Bestand, pfad: str, indikator: Indikator) -> Iterator[tuple[str, bytes]]:
    daten, blick = bestand.daten, Blick(bestand.daten.land)
    seite = baue_seite(bestand, bestand.reihen[indikator.id])
    bilder = bilder_der_kennzahl(bestand, blick, seite)
    codes = einbettungen(bestand, seite, bilder)
    rahmen: dict[str, Any] = {
        "seite": seite,
        "blick": blick,
        "seiten": kreisseiten(daten),
        "kartennachweis": bestand.kartennachweis,
    }
    yield from _mit_bildern(daten, "kennzahl.html", pfad, rahmen | {"einbettungen": codes}, bilder)
    for e in codes.values():
        eigenes = {"einbettung": e, "zitat": steckbrief(daten).quellenangabe(e.titel, pfad), "ziel": pfad}
        yield _seite(daten, "einbetten.html", e.pfad, rahmen | eigenes)


def _berichtspunkte(daten: Berichtsdaten) -> dict[str, Any]:
    alle = matrizen(daten)
    return {
        "matrizen": alle,
        "einzeln": einzellisten(daten, alle),
        "seiten": kreisseiten(daten),
        "staende": PUNKTSTAND.codes,
    }


def _erkunden(bestand: Bestand) -> dict[str, Any]:
    return {
        "themen": bestand.themen(),
        "kennzahlseiten": kennzahlseiten(bestand.daten),
        "ansichten": ANSICHTEN,
        "skript": ERKUNDEN_SKRIPT,
    }


def _vergleichbarkeit(bestand: Bestand) -> dict[str, Any]:
    return {"seite": baue_vergleichsseite(bestand), "legende": LEGENDE, "seiten": kreisseiten(bestand.daten)}


def _kreisseite(bestand: Bestand, pfad: str, meldeeinheit: Meldeeinheit) -> Iterator[tuple[str, bytes]]:
    daten = bestand.daten
    texte = punkttexte(daten, meldeeinheit.id)
    inhalt = _abschnitte(bestand, Blick(daten.land, meldeeinheit)) | {
        "karten": {},
        "kurzseite": kurzfassungsseite(meldeeinheit.id),
        "datei": datenverweis(name_des_gebiets(meldeeinheit.id)),
        "mittel": mitteljahre(daten, meldeeinheit.id),
        "stellenjahre": stellenjahre(daten.land, daten.stellen, meldeeinheit.id),
        "stellenspalten": spaltentitel(),
        "lieferungen": lieferungen_von(daten, meldeeinheit.id),
        "datensaetze": datensatznamen(daten),
        "korrekturen": berichtigungen_von(daten, meldeeinheit.id),
        "texte": texte,
        "checkliste": checkliste(daten, meldeeinheit.id, [t.punkt.id for t in texte]),
        "anker": anker,
        "aenderungen": aenderungen(bestand, [meldeeinheit.id]),
    }
    yield from _mit_bildern(daten, "kreis.html", pfad, inhalt, _berichtsbilder(bestand, inhalt))
    kurz = baue_kurzfassung(bestand, inhalt["blick"], inhalt["bloecke"], inhalt["aenderungen"])
    yield _seite(daten, "kurzfassung.html", inhalt["kurzseite"], inhalt | {"kurz": kurz, "bericht": pfad})
