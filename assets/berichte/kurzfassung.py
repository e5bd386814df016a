"""The Kurzfassung of a Meldeeinheit: two pages on what is new, where it differs, what was proposed, what has no equal.

What belongs here: putting them together from what the report shows, deliveries and proposals in short. A print has
exactly two pages, whatever was delivered. What does not: choosing figures (`kurzzahlen.py`), wording (the template).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.berichte.aenderungen import Aenderung
from assets.berichte.berichtstexte import Berichtstext, vorschlaege
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.kuerzen import gekuerzt, zeilenzahl
from assets.berichte.kurzzahlen import (
    Hindernis,
    Neues,
    Unterschied,
    einige,
    hindernisse,
    neues,
    ohne_zahl,
    unterschiede,
    zahlen_von,
)
from assets.berichte.lieferlage import lieferungen_von
from assets.berichte.ueberblick import Themenblock
from schemas.zahlwort import in_zahlen

PLATZ = 22
"""Lines of print for the proposals, as in `kurzzahlen.PLATZ`."""
_BREITE = 84
"""Characters in a line of print, counted in a wide font."""
_KOPF = 1.4
"""Lines that the title of a proposal and the space below it take."""


@dataclass(frozen=True, slots=True)
class Kurzfassung:
    """Everything the two pages show; a `…rest` says what had no room, and is empty where everything has."""

    lieferung: str
    revisionen: str
    neues: tuple[Neues, ...]
    neues_rest: str
    unterschiede: tuple[Unterschied, ...]
    unterschiede_rest: str
    vorschlaege: tuple[Berichtstext, ...]
    vorschlaege_rest: str
    hindernisse: tuple[Hindernis, ...]
    hindernisse_rest: str
    ohne_zahl: str


def baue_kurzfassung(
    bestand: Bestand, blick: Blick, bloecke: Sequence[Themenblock], aenderungen: Sequence[Aenderung]
) -> Kurzfassung:
    """The Kurzfassung for the area of `blick`, from the overview and the revisions its report shows."""
    zahlen = zahlen_von(bloecke)
    neue, neue_rest = neues(bestand, blick, zahlen)
    andere, andere_rest = unterschiede(blick, zahlen)
    texte, texte_rest = _vorschlaege(vorschlaege(bestand.daten, blick.ags))
    gruende, gruende_rest = hindernisse(blick, zahlen)
    return Kurzfassung(
        lieferung=_lieferung(bestand, blick),
        revisionen=_revisionen(aenderungen),
        neues=neue,
        neues_rest=neue_rest,
        unterschiede=andere,
        unterschiede_rest=andere_rest,
        vorschlaege=texte,
        vorschlaege_rest=texte_rest,
        hindernisse=gruende,
        hindernisse_rest=gruende_rest,
        ohne_zahl=ohne_zahl(blick, bloecke),
    )


def _vorschlaege(texte: Sequence[Berichtstext]) -> tuple[tuple[Berichtstext, ...], str]:
    """The first proposals, the last of them perhaps without its end, and what is left over."""
    platz: float = PLATZ
    gezeigt: list[Berichtstext] = []
    gekappt = False
    for text in texte:
        stueck = gekuerzt(text.text, _BREITE, int(platz - _KOPF))
        if not stueck or gekappt:
            break
        gezeigt.append(Berichtstext(text.jahr, text.abschnitt, stueck))
        platz -= zeilenzahl(stueck, _BREITE) + _KOPF
        gekappt = stueck != text.text
    rest = len(texte) - len(gezeigt)
    saetze = (
        (gekappt, "… Fortsetzung dieses Textes im Bericht."),
        (rest, f"… {in_zahlen(rest, 'weiterer Vorschlag', 'weitere Vorschläge')} im Bericht."),
    )
    return tuple(gezeigt), " ".join(satz for gilt, satz in saetze if gilt)


def _lieferung(bestand: Bestand, blick: Blick) -> str:
    """How far the deliveries of the newest year with any are there."""
    for jahr in lieferungen_von(bestand.daten, blick.ags):
        erwartet = [z for z in jahr.lieferungen if z.gueltig or z.zustand != "nicht_erwartet"]
        fehlend = [z.datensatz for z in erwartet if not z.gueltig]
        if len(fehlend) < len(erwartet):
            satz = f"Für {jahr.name} liegen {len(erwartet) - len(fehlend)} von {len(erwartet)} Lieferungen gültig vor"
            return f"{satz}; es fehlen: {einige(fehlend)}." if fehlend else f"{satz}."
    return "Es liegt noch keine gültige Lieferung vor. Die Zahlen stammen aus amtlichen Quellen."


def _revisionen(aenderungen: Sequence[Aenderung]) -> str:
    """How much was revised since it was first shown."""
    if not aenderungen:
        return ""
    letzte = max(aenderungen, key=lambda a: a.tag)
    angaben = in_zahlen(sum(len(a.zellen) for a in aenderungen), "Angabe", "Angaben")
    werte = in_zahlen(sum(len(a.wirkungen) for a in aenderungen), "Wert", "Werte")
    return f"Nachträglich geändert: {angaben} und {werte} von Kennzahlen, zuletzt {letzte.datum} ({letzte.was})."
