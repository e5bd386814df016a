"""One indicator on a page: for each variant its headline, lines, comparison, breakdown, years, definition, sources.

What belongs here: putting these parts together for a Meldeeinheit or for the Land. Variants never share a line.
What does not: the comparison itself (`vergleich.py`), overviews of all indicators (`ueberblick.py`), HTML (templates).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from assets.berichte import diagramme, svg
from assets.berichte.auswertungstexte import Auswertung, auswertung
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.diagrammteile import BREIT, SCHMAL, Linie, Spec
from assets.berichte.gebiete import sind_viele, spaltengebiete
from assets.berichte.gliederung import Gliederungstabelle, gliederungen
from assets.berichte.grundlage import Grundlage, grundlage, warum_leer
from assets.berichte.herkunft import definition, fruehere_staende, quellen
from assets.berichte.kommentare import Kommentar, kommentare_zu
from assets.berichte.reihen import NICHT_VERGLEICHBAR, Angabe, Reihe, fuehrende
from assets.berichte.schwankung import in_worten
from assets.berichte.vergleich import (
    Vergleich,
    Vergleichsgebiet,
    Zelle,
    abstand_zum_land,
    baue_vergleich,
    zelle,
)
from assets.berichte.worte import jahre, kennung, zeitraum
from assets.berichte.zahlen import in_einheit, menge, mit_einheit, zahl
from schemas.modell import Indikator, Land, Variante
from schemas.wertstatus import Wertstatus

_JAHRE_EINER_LINIE = 3
"""Two years are told by a sentence and a small table; a chart of them would only be larger."""
_BEREICH = "Bereich zufälliger Schwankung (95 %)"
_GEKUERZT = "; Spitze: reicht über die Skala hinaus"
_TAGE_SCHALT = 1
"""By how many days two whole years can differ."""


@dataclass(frozen=True, slots=True)
class Liniengrafik:
    """A chart over years in two widths, its key and what to know about breaks."""

    titel: str
    spec: Spec
    breit: Markup
    schmal: Markup
    legende: tuple[tuple[str, str], ...]
    brueche: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Jahreszeile:
    """One year in the table of years."""

    zeitraum: str
    eigene: Zelle
    land: Zelle | None
    spanne: tuple[str, str] | None
    bereich: str
    zaehler: str
    nenner: str


@dataclass(frozen=True, slots=True)
class Variantenteil:
    """Everything a page shows of one variant; `einheit` reads „in Prozent“ or „je 1.000“."""

    id: str
    label: str
    einheit: str
    hinweis: str
    ist_verhaeltnis: bool
    grundlage: Grundlage
    aussage: str
    auswertung: Auswertung
    linien: Liniengrafik | None
    vergleich: Vergleich | None
    auszug: str
    """Where all areas stand, if there are too many for the comparison; else empty."""
    ausfuehrlich: bool
    gliederungen: tuple[Gliederungstabelle, ...]
    jahre: tuple[Jahreszeile, ...]
    mit_spanne: bool
    mit_bereich: bool
    """Whether the area has limits of random fluctuation in any year."""
    fruehere: tuple[str, ...]
    definition: tuple[tuple[str, str], ...]
    quellen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kennzahl:
    """One indicator on a page; `mehrere` says whether its variants need their labels to be told apart."""

    id: str
    indikator: Indikator
    mehrere: bool
    teile: tuple[Variantenteil, ...]
    leere: tuple[tuple[str, str], ...]
    weitere: tuple[tuple[str, str], ...] = ()
    """(Anchor, label) of variants that only the page of the indicator shows."""
    kommentare: tuple[Kommentar, ...] = ()


def kennzahl_id(indikator: Indikator) -> str:
    """Id of the section of an indicator, unique on a page."""
    return f"k-{kennung(indikator.id)}"


def teil_id(reihe: Reihe) -> str:
    """Id of the part of a variant, unique on a page."""
    return f"{kennzahl_id(reihe.indikator)}-{kennung(reihe.variante.id)}"


def baue_kennzahl(bestand: Bestand, blick: Blick, reihen: tuple[Reihe, ...]) -> Kennzahl:
    """The section of one indicator; variants without any value for the area are named with the reason.

    An area that has no value in any variant sees the one that leads, so that it sees where the others stand. The Land's
    page has that one only: all others stand on the page of the indicator.
    """
    indikator = reihen[0].indikator
    gezeigt = [r for r in reihen if r.hat_werte_fuer(blick.ags)] or [r for r in [fuehrende(reihen)] if r is not None]
    haupt = fuehrende(tuple(gezeigt))
    leere = [(r.variante.label, _warum_leer(blick, r)) for r in reihen if r not in gezeigt]
    weitere: list[Reihe] = []
    if blick.ist_land:
        gezeigt, weitere = [r for r in gezeigt if r is haupt], [r for r in gezeigt if r is not haupt]
    return Kennzahl(
        id=kennzahl_id(indikator),
        indikator=indikator,
        mehrere=len(reihen) > 1,
        teile=tuple(baue_teil(bestand, blick, r, ausfuehrlich=r is haupt) for r in gezeigt),
        leere=tuple(leere),
        weitere=tuple((teil_id(r), r.variante.label) for r in weitere),
        kommentare=kommentare_zu(bestand.daten, blick, indikator),
    )


def _warum_leer(blick: Blick, reihe: Reihe) -> str:
    if reihe.ist_geheim_fuer(blick.ags):
        return f"geheim für {blick.name}"
    return f"keine Zahl für {blick.name}" if reihe.hat_werte else warum_leer(reihe)


def baue_teil(bestand: Bestand, blick: Blick, reihe: Reihe, *, ausfuehrlich: bool) -> Variantenteil:
    """A variant for an area.

    Args:
        bestand: what all pages share.
        blick: whose page it is.
        reihe: the variant.
        ausfuehrlich: with chart, comparison and definition; without them only what is about the area itself. A page
            with all of them for every variant is too heavy for a phone, and the page of the indicator has them.
    """
    vergleich, anker = bestand.vergleich(reihe), teil_id(reihe)
    # Counts of Kreise of different size compare nothing; pages about all of them list them all the same.
    mit_vergleich = ausfuehrlich and (reihe.ist_verhaeltnis or blick.ist_land)
    zeilen = _jahre(blick, reihe, bestand.spanne(reihe) if ausfuehrlich else {})
    return Variantenteil(
        id=anker,
        label=reihe.variante.label,
        einheit=in_einheit(reihe.einheit),
        hinweis=reihe.variante.hinweis,
        ist_verhaeltnis=reihe.ist_verhaeltnis,
        grundlage=grundlage(reihe),
        aussage=_aussage(blick, reihe, vergleich),
        auswertung=auswertung(bestand, blick, reihe),
        linien=_linien(bestand, blick, reihe, anker) if ausfuehrlich else None,
        vergleich=_gezeigter(blick, reihe, vergleich) if mit_vergleich else None,
        auszug=_auszug(blick.land),
        ausfuehrlich=ausfuehrlich,
        gliederungen=gliederungen(blick, reihe),
        jahre=zeilen,
        mit_spanne=ausfuehrlich and bool(bestand.spanne(reihe)),
        mit_bereich=ausfuehrlich and any(z.bereich for z in zeilen),
        fruehere=fruehere_staende(blick, reihe),
        definition=definition(blick.land, reihe) if ausfuehrlich else (),
        quellen=quellen(blick, reihe),
    )


def _gezeigter(blick: Blick, reihe: Reihe, vergleich: Vergleich | None) -> Vergleich | None:
    """The comparison as a table: where there are very many areas, the own one and the groups."""
    if vergleich is None or not sind_viele(blick.land):
        return vergleich
    einheit = blick.meldeeinheit
    eigene = [Vergleichsgebiet(einheit.id, einheit.name, einheit.kuerzel)] if einheit else []
    return baue_vergleich(reihe, blick.land, [*eigene, *spaltengebiete(blick.land)])


def _auszug(land: Land) -> str:
    if not sind_viele(land):
        return ""
    alle = f"alle {len(land.meldeeinheiten)} {land.namen['meldeeinheiten']}"
    return f"Gezeigt sind die Gruppen; {alle} stehen nach Anfangsbuchstaben auf der Seite der Kennzahl."


def _aussage(blick: Blick, reihe: Reihe, vergleich: Vergleich | None) -> str:
    """The headline: the value of the common year, the Land's, and the distance where they may be compared."""
    if vergleich is None:
        return ""
    eigene = reihe.angabe(blick.ags, vergleich.jahr)
    if eigene is None or eigene.wert is None:
        geheim = eigene is not None and eigene.status is Wertstatus.GEHEIM
        return f"{blick.name}: für {vergleich.zeitraum} {'ist die Zahl geheim' if geheim else 'liegt keine Zahl vor'}."
    einheit = reihe.einheit
    abdeckung = f", {vergleich.abdeckung}" if blick.ist_land else ""
    satz = f"{blick.name}: {mit_einheit(zahl(eigene.wert), einheit)} ({vergleich.zeitraum}{abdeckung})"
    if blick.ist_land:
        return satz
    land = reihe.angabe(blick.land.ags, vergleich.jahr)
    if land is None or land.wert is None:
        return satz
    if not reihe.ist_verhaeltnis:
        anteil = abstand_zum_land(reihe, eigene, land, blick.land.name)
        return f"{satz}; {anteil}" if anteil else satz
    satz += f"; {blick.land.name}: {mit_einheit(zahl(land.wert), einheit)}"
    distanz = abstand_zum_land(reihe, eigene, land, blick.land.name)
    return f"{satz}; Abstand: {distanz}" if distanz else satz


def linie(reihe: Reihe, ags: str, name: str) -> Linie:
    """The values of an area as a line, cut at breaks and wherever a year cannot be compared with the one before."""
    angaben = list(reihe.verlauf(ags).values())
    return Linie(name, {a.jahr: a.wert for a in angaben if a.wert is not None}, schnitte(reihe.variante, angaben))


def schnitte(variante: Variante, angaben: Sequence[Angabe]) -> frozenset[int]:
    """The years before which a line through these values, oldest first, must be cut."""
    unvergleichbar = {a.jahr for a in angaben if a.vgl_vorjahr == NICHT_VERGLEICHBAR} | set(variante.brueche)
    # A part of a year beside a whole one: cut on both sides, whatever the verdict on the whole year says.
    teile = {b.jahr for a, b in pairwise(angaben) if abs(_tage(a) - _tage(b)) > _TAGE_SCHALT}
    return frozenset(unvergleichbar | teile)


def _tage(angabe: Angabe) -> int:
    return (angabe.bis - angabe.von).days if angabe.von and angabe.bis else 0


def _linien(bestand: Bestand, blick: Blick, reihe: Reihe, anker: str) -> Liniengrafik | None:
    eigene = linie_mit_bereichen(reihe, blick)
    if len(eigene.werte) < _JAHRE_EINER_LINIE:
        return None
    # A Kreis beside the whole Land would be a flat line at the bottom: plain counts stand alone.
    mit_land = reihe.ist_verhaeltnis and not blick.ist_land
    land = linie(reihe, blick.land.ags, blick.land.name) if mit_land else None
    spanne = bestand.spanne(reihe)
    titel = f"{reihe.indikator.name}, {jahre(eigene.werte)}, {in_einheit(reihe.einheit)}"
    beschreibung = f"Liniendiagramm: {titel}. Alle Werte stehen in der Tabelle „Zeitverlauf als Tabelle“."
    brueche = {j: text for j, text in sorted(reihe.variante.brueche.items()) if min(eigene.werte) < j}
    brueche = {j: text for j, text in brueche.items() if j <= max(eigene.werte)}
    breit = diagramme.linien(eigene, land, spanne, tuple(brueche), BREIT)
    schmal = diagramme.linien(eigene, land, spanne, tuple(brueche), SCHMAL)
    legende = [("kreis", blick.name)]
    legende += [("land", blick.land.name)] if land is not None and land.werte else []
    legende += [("spanne", f"Spanne der {blick.mehrzahl}")] if spanne else []
    gekuerzt = any(s["meta"] == "spitze" for s in breit["data"])
    legende += [("bereich", _BEREICH + (_GEKUERZT if gekuerzt else ""))] if eigene.bereiche else []
    legende += [("bruch", "Bruch in der Zeitreihe")] if brueche else []
    return Liniengrafik(
        titel=titel,
        spec=breit,
        breit=svg.zeichne(breit, f"{anker}-breit", beschreibung, "breit"),
        schmal=svg.zeichne(schmal, f"{anker}-schmal", beschreibung, "schmal"),
        legende=tuple(legende),
        brueche=tuple(brueche.items()),
    )


def linie_mit_bereichen(reihe: Reihe, blick: Blick) -> Linie:
    """The line of the area itself, with its limits of random fluctuation."""
    eigene = linie(reihe, blick.ags, blick.name)
    bereiche = {jahr: reihe.bereich(reihe.angabe(blick.ags, jahr)) for jahr in eigene.werte}
    return replace(eigene, bereiche={jahr: b for jahr, b in bereiche.items() if b})


def _jahre(blick: Blick, reihe: Reihe, spannen: Mapping[int, tuple[Decimal, Decimal]]) -> tuple[Jahreszeile, ...]:
    """All years in which the area or the Land has a row, newest first."""
    eigene, land = reihe.verlauf(blick.ags), reihe.verlauf(blick.land.ags)
    zeilen = []
    for jahr in sorted(set(eigene) | set(land), reverse=True):
        angabe: Angabe = eigene.get(jahr) or land[jahr]
        selbst = eigene.get(jahr)
        spanne = spannen.get(jahr)
        zeilen.append(
            Jahreszeile(
                zeitraum=zeitraum(jahr, angabe.von, angabe.bis),
                eigene=zelle(selbst),
                land=None if blick.ist_land else zelle(land.get(jahr)),
                spanne=(zahl(spanne[0]), zahl(spanne[1])) if spanne else None,
                bereich=in_worten(reihe.bereich(selbst)),
                zaehler=_menge(selbst.zaehler if selbst else None),
                nenner=_menge(selbst.nenner if selbst else None),
            )
        )
    return tuple(zeilen)


def _menge(wert: float | None) -> str:
    return "" if wert is None else menge(wert)
