"""Pages beside the reports: help, easy language, welcome in other languages, accessibility, imprint, privacy.

What belongs here: which of them there are and what their templates need. What does not: figures of reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assets.berichte.bestand import Bestand
from assets.berichte.leichte_sprache import leichte_orte
from assets.berichte.rechtliches import LUECKEN, angaben, offene_angaben
from assets.berichte.wege import HILFE, gruppen, kreisseiten
from schemas.editionen import OEFFENTLICH


@dataclass(frozen=True, slots=True)
class Sprache:
    """A language with a welcome page: code (ISO 639-1), its own name, direction of writing."""

    code: str
    name: str
    richtung: str

    @property
    def seite(self) -> str:
        """File of the page."""
        return f"willkommen-{self.code}.html"


SPRACHEN: tuple[Sprache, ...] = (
    Sprache("en", "English", "ltr"),
    Sprache("uk", "Українська", "ltr"),
    Sprache("ar", "العربية", "rtl"),
)
FUSSZEILE: tuple[tuple[str, str], ...] = (
    (HILFE, "Hilfe in der Nähe"),
    ("leichte-sprache.html", "Leichte Sprache"),
    ("barrierefreiheit.html", "Erklärung zur Barrierefreiheit"),
    ("impressum.html", "Impressum"),
    ("datenschutz.html", "Datenschutz"),
)
"""What every page leads to, besides other languages."""


def begleitseiten(bestand: Bestand) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Template, file and context of each page."""
    daten = bestand.daten
    land = daten.land
    seiten = kreisseiten(daten)
    stand = angaben(daten.herausgeber)
    leicht = {"orte": leichte_orte(bestand), "seiten": seiten, "angaben": stand}
    yield "leichte-sprache.html", "leichte-sprache.html", leicht
    for sprache in SPRACHEN:
        name = land.veroeffentlichung.namen.get(sprache.code, land.name)
        rahmen = {"sprache": sprache.code, "richtung": sprache.richtung}
        yield (
            "willkommen.html",
            sprache.seite,
            rahmen | {"landesname": name, "gruppen": gruppen(daten), "angaben": stand},
        )
    erklaerung = {"angaben": stand, "luecken": LUECKEN, "stellen": land.veroeffentlichung.barrierefreiheit}
    yield "barrierefreiheit.html", "barrierefreiheit.html", erklaerung
    offen = {"offene_angaben": offene_angaben(daten.herausgeber), "oeffentlich": daten.edition == OEFFENTLICH}
    yield "impressum.html", "impressum.html", {"angaben": stand} | offen
    yield "datenschutz.html", "datenschutz.html", {"angaben": stand}
