"""What imprint, privacy and accessibility pages take from configuration, and what nobody has filled in yet.

What belongs here: the publisher's facts ready to be shown, and the known gaps in accessibility. What does not: reading
the configuration (`schemas/herausgeber.py`) and the text of the pages (templates).
"""

from collections.abc import Mapping
from dataclasses import fields

from schemas.herausgeber import Herausgeber

_WORTE: Mapping[str, str] = {
    "name": "Name des Herausgebers",
    "anschrift": "Straße, Postleitzahl und Ort",
    "vertretung": "wer den Herausgeber vertritt",
    "mail": "E-Mail-Adresse",
    "telefon": "Telefonnummer",
    "basis_url": "Internet-Adresse dieser Seiten",
    "mail_barrierefreiheit": "E-Mail-Adresse für Hinweise zur Barrierefreiheit",
    "mail_datenschutz": "E-Mail-Adresse für Fragen zum Datenschutz",
    "barrierefreiheit_datum": "Datum der letzten eigenen Prüfung auf Barrierefreiheit",
    "barrierefreiheit_verfahren": "wie geprüft wurde und von wem",
    "datenschutzbeauftragte": "Name und Anschrift der oder des Datenschutzbeauftragten",
    "serverbetrieb": "wer den Server betreibt und wann Protokolle gelöscht werden",
    "beitragskennung": "Kennung des Datenbereitstellers nach DCAT-AP.de",
}

LUECKEN: tuple[tuple[str, str], ...] = (
    (
        "Leichte Sprache",
        "Der Text in Leichter Sprache ist noch von keiner Prüfgruppe gelesen. Die Berichte selbst gibt es nur in "
        "schwerer Sprache.",
    ),
    ("Gebärdensprache", "Es gibt noch keine Videos in Deutscher Gebärdensprache."),
    (
        "Andere Sprachen",
        "Auf Englisch, Ukrainisch und Arabisch gibt es je eine Seite zum Einstieg. Die Berichte sind deutsch.",
    ),
    (
        "Breite Tabellen",
        "Tabellen mit vielen Spalten rollen auf schmalen Bildschirmen in einem eigenen Bereich, der mit der Tastatur "
        "erreichbar ist.",
    ),
    (
        "Diagramme und Karten",
        "Was sie zeigen, steht vollständig in Tabellen daneben; die Zeichnungen selbst lassen sich nicht vorlesen.",
    ),
    (
        "PDF",
        "Wo es Berichte auch als PDF gibt, sind sie für Vorleseprogramme ausgezeichnet. Ob sie einer Norm wie PDF/UA "
        "genügen, ist nicht geprüft; maßgeblich sind die Seiten.",
    ),
    (
        "Texte der Meldeeinheiten",
        "Texte, die aus Berichten übernommen sind, werden nicht auf Verständlichkeit geprüft.",
    ),
)
"""Known gaps: what, and how it stands. Nobody with a disability has tried the pages out yet."""


def angaben(herausgeber: Herausgeber) -> Mapping[str, str]:
    """Every fact by the name of its field; a placeholder is visible as one."""
    offen = herausgeber.platzhalter()
    return {
        f.name: f"[noch einzutragen: {_WORTE[f.name]}]" if f.name in offen else getattr(herausgeber, f.name)
        for f in fields(herausgeber)
    }


def offene_angaben(herausgeber: Herausgeber) -> tuple[str, ...]:
    """What is still to be filled in, in words; a release needs none of it to be left."""
    return tuple(_WORTE[name] for name in herausgeber.platzhalter())
