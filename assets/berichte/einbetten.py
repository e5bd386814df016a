"""Charts for other people's pages: what to put into a page there, and which small page of ours it shows.

What belongs here: which charts of an indicator can be embedded, under which address, and the code that does it. What
does not: the small pages (`report_templates/berichte/einbetten_*.html`). Only the public edition has them: from the
others nothing may be passed on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import escape

from assets.berichte.bestand import Bestand, Blick
from assets.berichte.daten import Berichtsdaten
from assets.berichte.interaktiv import Bilder
from assets.berichte.kennzahl import teil_id
from assets.berichte.kennzahlseite import Kennzahlseite, Seitenteil
from assets.berichte.reihen import fuehrende
from assets.berichte.ueberblick import Themenblock
from schemas.editionen import OEFFENTLICH
from schemas.herausgeber import Herausgeber

ORDNER = "einbetten"
_HOEHE = {"verlauf": 760, "vergleich": 480}
"""Px that a small page needs where it is narrow, rows aside."""
_HOEHE_ZUM_ROLLEN = 900
"""The same for one that has more than fits on a screen; it rolls by itself."""
_HOEHE_EINER_ZEILE = 46


@dataclass(frozen=True, slots=True)
class Einbettung:
    """A chart that can be embedded: its title, its small page, and the code for others."""

    titel: str
    pfad: str
    code: str
    mit_adresse: bool
    """Whether the code says where the publisher is; else whoever uses it has to add that."""
    art: str = ""
    teil: Seitenteil | None = None
    """The part of the page of an indicator that it shows, if it shows one."""


def einbettungen(bestand: Bestand, seite: Kennzahlseite, bilder: Bilder) -> dict[str, Einbettung]:
    """Lines of the Land and comparison by the indicator's leading variant, by the id of the chart's title."""
    daten, haupt = bestand.daten, fuehrende(bestand.reihen[seite.indikator.id])
    if daten.edition != OEFFENTLICH or haupt is None:
        return {}
    teil = next(s for s in seite.teile if s.teil.id == teil_id(haupt))
    ergebnis = {}
    for art, hoehe in _HOEHE.items():
        if bild := bilder.get(kennung := f"{teil.teil.id}-{art}"):
            zeilen = len(daten.land.meldeeinheiten) if art == "vergleich" else 0
            allgemein = _einbettung(
                daten.herausgeber, f"{seite.indikator.id}_{art}", bild.titel, hoehe + zeilen * _HOEHE_EINER_ZEILE
            )
            ergebnis[kennung] = replace(allgemein, art=art, teil=teil)
    return ergebnis


def einbettung_des_ueberblicks(daten: Berichtsdaten, blick: Blick, bloecke: Iterable[Themenblock]) -> Einbettung | None:
    """All indicators of a Meldeeinheit at a glance: one small page, not one for each theme."""
    if daten.edition != OEFFENTLICH or blick.meldeeinheit is None or not any(b.ist_gezeichnet for b in bloecke):
        return None
    titel = f"Alle Kennzahlen im Überblick, {blick.name}"
    return _einbettung(daten.herausgeber, f"ueberblick_{blick.ags}", titel, _HOEHE_ZUM_ROLLEN)


def einbettung_der_hilfe(daten: Berichtsdaten) -> Einbettung | None:
    """The map of offices with its list."""
    if daten.edition != OEFFENTLICH:
        return None
    return _einbettung(daten.herausgeber, "hilfe", f"Hilfe in der Nähe, {daten.land.name}", _HOEHE_ZUM_ROLLEN)


def _einbettung(herausgeber: Herausgeber, name: str, titel: str, hoehe: int) -> Einbettung:
    pfad = f"{ORDNER}/{name}.html"
    return Einbettung(titel, pfad, _code(herausgeber, pfad, titel, hoehe), _hat_adresse(herausgeber))


def _hat_adresse(herausgeber: Herausgeber) -> bool:
    return "basis_url" not in herausgeber.platzhalter()


def _code(herausgeber: Herausgeber, pfad: str, titel: str, hoehe: int) -> str:
    adresse = f"{herausgeber.basis_url if _hat_adresse(herausgeber) else ''}{pfad}"
    angaben = f'src="{escape(adresse)}" title="{escape(titel)}" width="100%" height="{hoehe}" loading="lazy"'
    return f'<iframe {angaben} style="border:0"></iframe>'
