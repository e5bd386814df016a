"""The frame around every page, and rendering a page into it.

What belongs here: what all templates get. What does not: what a page is about (`inhalte.py`).
"""

from collections.abc import Iterator
from typing import Any

from assets.berichte import svg
from assets.berichte.begleitseiten import FUSSZEILE, SPRACHEN
from assets.berichte.daten import Berichtsdaten
from assets.berichte.grundlage import Grundlage
from assets.berichte.interaktiv import Bilder, bilddatei
from assets.berichte.skripte import BERICHT
from assets.berichte.wege import (
    ERKUNDEN,
    landesweit,
    landseite,
)
from assets.berichte.worte import dativ, datum, stand
from assets.offenedaten.steckbrief import steckbrief
from assets.vorlagen import umgebung
from schemas.editionen import OEFFENTLICH

ORDNER = "berichte"


def seite(daten: Berichtsdaten, vorlage: str, pfad: str, inhalt: dict[str, Any]) -> tuple[str, bytes]:
    """A page as (path, content).

    Args:
        daten: what the page may know.
        vorlage: file of its template.
        pfad: its own file.
        inhalt: what the template shows.
    """
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


def mit_bildern(
    daten: Berichtsdaten, vorlage: str, pfad: str, inhalt: dict[str, Any], bilder: Bilder
) -> Iterator[tuple[str, bytes]]:
    """A page and, where it has charts, the file they can be drawn from anew."""
    if bilder:
        yield bilddatei(pfad, steckbrief(daten).quellenangabe(pfad=pfad), bilder)
    yield seite(daten, vorlage, pfad, inhalt | {"skript": BERICHT if bilder else ""})
