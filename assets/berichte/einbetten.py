"""Charts for other people's pages: what to put into a page there, and which small page of ours it shows.

What belongs here: which charts of an indicator can be embedded, under which address, and the code that does it. What
does not: the small pages (`report_templates/berichte/einbetten.html`). Only the public edition has them: from the
others nothing may be passed on.
"""

from dataclasses import dataclass

from markupsafe import escape

from assets.berichte.bestand import Bestand
from assets.berichte.interaktiv import Bilder
from assets.berichte.kennzahl import teil_id
from assets.berichte.kennzahlseite import Kennzahlseite, Seitenteil
from assets.berichte.reihen import fuehrende
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import Herausgeber

ORDNER = "einbetten"
_HOEHE = {"verlauf": 760, "vergleich": 480}
"""Px that a small page needs where it is narrow, rows aside."""
_HOEHE_EINER_ZEILE = 46


@dataclass(frozen=True, slots=True)
class Einbettung:
    """A chart that can be embedded: its part of the page of the indicator, its small page, and the code for others."""

    teil: Seitenteil
    art: str
    titel: str
    pfad: str
    code: str
    mit_adresse: bool
    """Whether the code says where the publisher is; else whoever uses it has to add that."""


def einbettungen(bestand: Bestand, seite: Kennzahlseite, bilder: Bilder) -> dict[str, Einbettung]:
    """Lines of the Land and comparison by the indicator's leading variant, by the id of the chart's title."""
    haupt = fuehrende(bestand.reihen[seite.indikator.id])
    if bestand.daten.edition != OEFFENTLICH or haupt is None:
        return {}
    teil = next(s for s in seite.teile if s.teil.id == teil_id(haupt))
    herausgeber = bestand.daten.herausgeber
    ergebnis = {}
    for art, hoehe in _HOEHE.items():
        if bild := bilder.get(kennung := f"{teil.teil.id}-{art}"):
            pfad = f"{ORDNER}/{seite.indikator.id}_{art}.html"
            zeilen = len(bestand.daten.land.meldeeinheiten) if art == "vergleich" else 0
            code = _code(herausgeber, pfad, bild.titel, hoehe + zeilen * _HOEHE_EINER_ZEILE)
            ergebnis[kennung] = Einbettung(teil, art, bild.titel, pfad, code, _hat_adresse(herausgeber))
    return ergebnis


def _hat_adresse(herausgeber: Herausgeber) -> bool:
    return "basis_url" not in herausgeber.platzhalter()


def _code(herausgeber: Herausgeber, pfad: str, titel: str, hoehe: int) -> str:
    adresse = f"{herausgeber.basis_url if _hat_adresse(herausgeber) else ''}{pfad}"
    angaben = f'src="{escape(adresse)}" title="{escape(titel)}" width="100%" height="{hoehe}" loading="lazy"'
    return f'<iframe {angaben} style="border:0"></iframe>'
