"""Overviews of all indicators: the table of a Kreis page, the heat table of the Land page, the short summary of both.

What belongs here: one line per indicator, by its leading variant, in the order of the catalogue. What does not: the
sections the lines lead to (`kennzahl.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from assets.berichte import kleindiagramme, svg
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.grundlage import Grundlage, grundlage, warum_leer
from assets.berichte.kennzahl import kennzahl_id, linie
from assets.berichte.reihen import NICHT_VERGLEICHBAR, Angabe, Reihe, fuehrende
from assets.berichte.vergleich import Vergleich, Zelle, abstand_zum_land, vergleichbare, zelle
from assets.berichte.worte import kennung
from assets.berichte.zahlen import in_einheit, mit_einheit, zahl
from schemas.einheiten import JE_MELDEEINHEIT
from schemas.modell import Indikator

MAX_SAETZE = 7

NAEHERUNG = "NAEHERUNG"
"""Reason code of a variant that stands in for the indicator; a short sentence has no room to say so."""


@dataclass(frozen=True, slots=True)
class Bild:
    """A small drawing and the words that say the same."""

    zeichnung: Markup
    text: str


@dataclass(frozen=True, slots=True)
class Stand:
    """An indicator in the newest year, seen from one area."""

    reihe: Reihe
    vergleich: Vergleich
    eigene: Angabe | None
    land: Angabe | None
    zelle: Zelle
    landeszelle: Zelle
    abstand: str
    lage: Bild | None
    verlauf: Bild | None


@dataclass(frozen=True, slots=True)
class Ueberblickszeile:
    """One indicator: how it stands, or (`stand` is None) why there is no number; `einheit` as in titles."""

    anker: str
    indikator: Indikator
    variante: str
    einheit: str
    grundlage: Grundlage
    stand: Stand | None
    grund: str

    @property
    def ist_demo(self) -> bool:
        """Whether the figures are invented."""
        return self.grundlage is Grundlage.DEMO


@dataclass(frozen=True, slots=True)
class Themenblock:
    """The indicators of one Themenfeld."""

    id: str
    name: str
    zeilen: tuple[Ueberblickszeile, ...]

    @property
    def ist_gezeichnet(self) -> bool:
        """Whether any row has a drawing."""
        return any(z.stand and (z.stand.lage or z.stand.verlauf) for z in self.zeilen)


def themenbloecke(bestand: Bestand, blick: Blick) -> tuple[Themenblock, ...]:
    """The whole catalogue by Themenfeld."""
    gruppen = groupby(bestand.daten.katalog, key=lambda i: i.themenfeld)
    return tuple(
        Themenblock(f"t-{kennung(name)}", name, tuple(_zeile(bestand, blick, i) for i in gruppe))
        for name, gruppe in gruppen
    )


def _zeile(bestand: Bestand, blick: Blick, indikator: Indikator) -> Ueberblickszeile:
    varianten = bestand.reihen[indikator.id]
    reihe = fuehrende(varianten)
    vergleich = bestand.vergleich(reihe) if reihe else None
    grund = "aufgeteilt, siehe Abschnitt" if reihe else " / ".join(dict.fromkeys(map(warum_leer, varianten)))
    return Ueberblickszeile(
        anker=kennzahl_id(indikator),
        indikator=indikator,
        variante=reihe.variante.label if reihe and len(varianten) > 1 else "",
        einheit=in_einheit(reihe.einheit if reihe else indikator.einheit),
        grundlage=grundlage(reihe),
        stand=_stand(blick, reihe, vergleich) if reihe and vergleich else None,
        grund=grund,
    )


def _stand(blick: Blick, reihe: Reihe, vergleich: Vergleich) -> Stand:
    eigene, land = reihe.angabe(blick.ags, vergleich.jahr), reihe.angabe(blick.land.ags, vergleich.jahr)
    return Stand(
        reihe=reihe,
        vergleich=vergleich,
        eigene=eigene,
        land=land,
        zelle=zelle(eigene),
        landeszelle=zelle(land),
        abstand=abstand_zum_land(reihe, eigene, land, blick.land.name),
        lage=_lage(blick, reihe, vergleich.jahr),
        verlauf=_verlauf(blick, reihe),
    )


def _lage(blick: Blick, reihe: Reihe, jahr: int) -> Bild | None:
    """Where the area stands among all; only where areas of different size can be compared, and never as a rank."""
    werte = vergleichbare(reihe, [m.id for m in blick.land.meldeeinheiten], jahr)
    if blick.ist_land or not reihe.ist_verhaeltnis or len(werte) < 2:
        return None
    land = reihe.angabe(blick.land.ags, jahr)
    spec = kleindiagramme.lage(list(werte.values()), land.wert if land else None, werte.get(blick.ags))
    text = f"{blick.mehrzahl} von {zahl(min(werte.values()))} bis {zahl(max(werte.values()))}"
    return Bild(svg.zeichne_klein(spec, "lage"), text)


def _verlauf(blick: Blick, reihe: Reihe) -> Bild | None:
    eigene = linie(reihe, blick.ags, blick.name)
    if len(eigene.werte) < 2:
        return None
    erstes, letztes = min(eigene.werte), max(eigene.werte)
    text = f"{erstes}: {zahl(eigene.werte[erstes])}, {letztes}: {zahl(eigene.werte[letztes])}"
    return Bild(svg.zeichne_klein(kleindiagramme.kurzverlauf(eigene), "kurzverlauf"), text)


def kurzfassung(blick: Blick, bloecke: Iterable[Themenblock]) -> tuple[str, ...]:
    """A few sentences, one per Themenfeld at most, only from values that exist and may be compared."""
    saetze = (next(filter(None, (_satz(blick, z) for z in b.zeilen)), "") for b in bloecke)
    return tuple(s for s in saetze if s)[:MAX_SAETZE]


def _satz(blick: Blick, zeile: Ueberblickszeile) -> str:
    """One sentence, or nothing where the value is missing, only an approximation, or must not be compared."""
    stand = zeile.stand
    if stand is None or stand.eigene is None or stand.eigene.wert is None or NAEHERUNG in stand.reihe.variante.gruende:
        return ""
    ja_oder_nein = stand.reihe.einheit == JE_MELDEEINHEIT
    if not blick.ist_land and (ja_oder_nein or not stand.abstand or stand.eigene.vgl_land == NICHT_VERGLEICHBAR):
        return ""
    demo = "; Demodaten" if zeile.grundlage is Grundlage.DEMO else ""
    anfang = f"{zeile.indikator.name} ({stand.vergleich.zeitraum}{demo})"
    wert = mit_einheit(zahl(stand.eigene.wert), stand.reihe.einheit)
    if blick.ist_land:
        spanne = vergleichbare(stand.reihe, [m.id for m in blick.land.meldeeinheiten], stand.vergleich.jahr).values()
        zusatz = f", {blick.mehrzahl} von {zahl(min(spanne))} bis {zahl(max(spanne))}" if len(spanne) > 1 else ""
        return f"{anfang}: {wert}{zusatz if stand.reihe.ist_verhaeltnis else ''}."
    if not stand.reihe.ist_verhaeltnis or stand.land is None or stand.land.wert is None:
        return f"{anfang}: {wert}, {stand.abstand}."
    land = mit_einheit(zahl(stand.land.wert), stand.reihe.einheit)
    return f"{anfang}: {blick.name} {wert}, {blick.land.name} {land}; {stand.abstand}."
