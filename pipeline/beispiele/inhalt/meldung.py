"""Rows of `meldung`: short texts that say they are examples."""

from pipeline.beispiele.inhalt import Auftrag, Zeile
from pipeline.beispiele.rollen import Besonderheit
from schemas.berichtsinhalt import meldecode, punkte_zu
from schemas.codelisten import GESAMT

_TEXTE: dict[str, tuple[str, ...]] = {
    "ZIELE": (
        "Neu Zugewanderte sollen innerhalb eines Jahres Zugang zu Sprache, Arbeit und Wohnung finden.",
        "Beratung soll in allen Teilen des Gebiets innerhalb von zwei Wochen zu erreichen sein.",
    ),
    "MASSNAHMEN": (
        "Die Beratungszentren wurden besser mit den Regeldiensten vernetzt; ein gemeinsamer Leitfaden liegt vor.",
        "Die Sprach- und Kulturmittlung wurde ausgebaut, vor allem für Arztbesuche und Elterngespräche.",
    ),
    "EINWANDERUNG": (
        "Die Zuwanderung hat sich gegenüber dem Vorjahr beruhigt; die meisten Menschen kommen weiter aus der Ukraine.",
        "Der Zuzug aus Staaten der Europäischen Union bleibt stabil, der von Schutzsuchenden geht zurück.",
    ),
    "VORSCHLAG_WEITERFUEHRUNG": ("Die Beratungszentren sollen mit den bisherigen Stellen weitergeführt werden.",),
    "VORSCHLAG_INTENSIVIERUNG": ("Die Beratung zur Anerkennung von Abschlüssen soll ausgebaut werden.",),
    "VORSCHLAG_NEUORIENTIERUNG": ("Mobile Angebote sollen die Außenstellen in dünn besiedelten Räumen ergänzen.",),
    "VORSCHLAG_BEWERTUNG": ("Der Ausbau der Anerkennungsberatung ist dringlich und mit vorhandenen Mitteln möglich.",),
    "WIRKUNG_STRUKTURELL": ("Der Zugang zu Arbeit und Bildung hat sich verbessert, Wohnraum bleibt knapp.",),
    "WIRKUNG_SOZIAL": ("Begegnungsangebote werden gut angenommen, vor allem von Familien.",),
    "WIRKUNG_KULTURELL": ("Deutschkurse sind ausgelastet; die Wartezeit ist weiterhin lang.",),
    "WIRKUNG_IDENTIFIKATORISCH": ("Mehr Menschen lassen sich einbürgern und engagieren sich in Vereinen.",),
    "ANMERKUNG": ("Die Zahlen wurden von den Trägern gemeldet und vor der Lieferung abgestimmt.",),
}
_AUSWERTUNG = {
    "14-1b": "Die Zielgruppe hat sich im Zeitraum wenig verändert.",
    "14-2c": "Die Nachfrage nach Beratung entspricht der Besetzung der Stellen.",
    "14-2i-cc": "Die Beratungen der Flüchtlingssozialarbeit verteilen sich ähnlich wie im Vorjahr auf die Themen.",
}
_KENNZEICHEN = "Beispieltext: "


def zeilen(auftrag: Auftrag) -> list[Zeile]:
    """One text for each section and an evaluation of some items."""
    punkte = {abschnitt: punkte_zu(auftrag.land, abschnitt) for abschnitt in _TEXTE}
    ergebnis = [
        _zeile(abschnitt, meldecode(eigene[0]) if eigene else GESAMT, _text(auftrag, abschnitt))
        for abschnitt, eigene in punkte.items()
    ]
    ergebnis += [_zeile("AUSWERTUNG", meldecode(punkt), text) for punkt, text in _AUSWERTUNG.items()]
    if auftrag.besonderheit is Besonderheit.KURZER_TEXT:
        ergebnis[0]["text"] = "siehe Anlage"
    return ergebnis


def _text(auftrag: Auftrag, abschnitt: str) -> str:
    return auftrag.strom("meldung", abschnitt, auftrag.jahr).choice(_TEXTE[abschnitt])


def _zeile(abschnitt: str, punkt: str, text: str) -> Zeile:
    return {"abschnitt": abschnitt, "berichtspunkt": punkt, "text": _KENNZEICHEN + text}
