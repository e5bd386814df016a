"""What the templates of reports and of the pages about everything are filled with.

What belongs here: which parts a page is put together from. What does not: the parts themselves (the page modules), the
frame (`rahmen.py`), which pages there are (`seiten.py`).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from assets.berichte import kartendiagramm, svg
from assets.berichte.aenderungen import Aenderung, aenderungen, neueste
from assets.berichte.berichtigungen import berichtigungen_von
from assets.berichte.berichtstexte import nebeneinander, punkttexte
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.checkliste import anker, checkliste, einzellisten, matrizen
from assets.berichte.daten import Berichtsdaten
from assets.berichte.datenseite import datenverweis
from assets.berichte.erkunden import ANSICHTEN, startbild
from assets.berichte.gebiete import kacheln
from assets.berichte.geheimhaltung import preise, schutzregeln
from assets.berichte.geld import rechenweg, zeigt_mittel
from assets.berichte.grundlage import ERKLAERUNG, grundlagen
from assets.berichte.hilfe import baue_hilfe
from assets.berichte.kartendiagramm import KARTENBREITE
from assets.berichte.kennzahl import Kennzahl, baue_kennzahl, teil_id
from assets.berichte.landbilder import Kartenbild, kachelkarte
from assets.berichte.lieferlage import datensatznamen, lieferjahre, lieferungen_von
from assets.berichte.mittel import mitteljahre
from assets.berichte.mittel_land import landesmitteljahre
from assets.berichte.nachweise import der_statistiken, der_umrisse
from assets.berichte.skripte import ERKUNDEN as ERKUNDEN_SKRIPT
from assets.berichte.stellenverzeichnis import spaltentitel, stellenjahre
from assets.berichte.ueberblick import kurzfassung, themenbloecke
from assets.berichte.vergleichsseite import LEGENDE, baue_vergleichsseite
from assets.berichte.wege import (
    BERICHTSPUNKTE,
    gruppen,
    kennzahlseiten,
    kreisseiten,
    kurzfassungsseite,
    landesweit,
)
from assets.berichte.wege import VERGLEICHBARKEIT as VERGLEICHBARKEIT_SEITE
from assets.offenedaten.datei import name_des_gebiets
from schemas.berichtsstand import PUNKTSTAND
from schemas.editionen import OEFFENTLICH
from schemas.lieferstand import ZUSTAND
from schemas.modell import Meldeeinheit
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


def index(bestand: Bestand, alle_aenderungen: Sequence[Aenderung]) -> dict[str, Any]:
    """The first page."""
    gebiete = bestand.formen or kacheln(bestand.daten.land)
    return {
        "grundlagen": grundlagen(bestand.reihen),
        "erklaerung": ERKLAERUNG,
        "themen": bestand.themen(),
        "kennzahlseiten": kennzahlseiten(bestand.daten),
        "landesweit": {s: landesweit(bestand.daten, s) for s in (BERICHTSPUNKTE, VERGLEICHBARKEIT_SEITE)},
        "neueste": neueste(alle_aenderungen),
        "gruppen": gruppen(bestand.daten),
        "karte": svg.zeichne_karte(kartendiagramm.karte(gebiete, KARTENBREITE), "karte", kreisseiten(bestand.daten)),
        "kartennachweis": bestand.kartennachweis,
        "lieferjahre": lieferjahre(bestand.daten),
    }


def hilfe(bestand: Bestand) -> dict[str, Any]:
    """Offices near by."""
    return {
        "hilfe": baue_hilfe(bestand),
        "seiten": kreisseiten(bestand.daten),
        "kartennachweis": bestand.kartennachweis,
    }


def methodik(daten: Berichtsdaten) -> dict[str, Any]:
    """Methods, rules and sources."""
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


def land(bestand: Bestand, alle_aenderungen: Sequence[Aenderung]) -> dict[str, Any]:
    """The report of the Land."""
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


def kreis(bestand: Bestand, meldeeinheit: Meldeeinheit) -> dict[str, Any]:
    """The report of a Meldeeinheit."""
    daten = bestand.daten
    texte = punkttexte(daten, meldeeinheit.id)
    return _abschnitte(bestand, Blick(daten.land, meldeeinheit)) | {
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


def berichtspunkte(daten: Berichtsdaten) -> dict[str, Any]:
    """The law's checklist for all Meldeeinheiten."""
    alle = matrizen(daten)
    return {
        "matrizen": alle,
        "einzeln": einzellisten(daten, alle),
        "seiten": kreisseiten(daten),
        "staende": PUNKTSTAND.codes,
    }


def erkunden(bestand: Bestand) -> dict[str, Any]:
    """The page to explore figures on."""
    return {
        "themen": bestand.themen(),
        "kennzahlseiten": kennzahlseiten(bestand.daten),
        "ansichten": ANSICHTEN,
        "startbild": startbild(bestand),
        "skript": ERKUNDEN_SKRIPT,
    }


def vergleichbarkeit(bestand: Bestand) -> dict[str, Any]:
    """What may be compared."""
    return {"seite": baue_vergleichsseite(bestand), "legende": LEGENDE, "seiten": kreisseiten(bestand.daten)}


def lieferstand(daten: Berichtsdaten) -> dict[str, Any]:
    """Who has delivered what."""
    return {
        "jahre": lieferjahre(daten),
        "datensaetze": datensatznamen(daten),
        "zustaende": ZUSTAND.codes,
        "seiten": kreisseiten(daten),
    }
