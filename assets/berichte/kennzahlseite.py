"""The page of an indicator: every variant with all areas and years, maps, lines of all areas, comparability, parts.

What belongs here: what concerns all areas at once. What does not: what a variant says of one area (`kennzahl.py`).
Where there are many Meldeeinheiten, tables show the Land and the groups, and the areas by their initial letter.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from assets.berichte import kleindiagramme, svg
from assets.berichte.bestand import Bestand, Blick
from assets.berichte.datenseite import Datenverweis, datenverweis
from assets.berichte.diagrammteile import Linie, Spec
from assets.berichte.gebiete import sind_viele, spaltengebiete
from assets.berichte.gliederung import Gebietegliederung, gebietegliederungen
from assets.berichte.grundlage import warum_leer
from assets.berichte.herkunft import definition, quellen_aller
from assets.berichte.kennzahl import Variantenteil, baue_teil, kennzahl_id, linie, teil_id
from assets.berichte.landbilder import Kartenbild, Landbild, landbild, landkarte
from assets.berichte.reihen import Angabe, Reihe
from assets.berichte.schwankung import in_worten
from assets.berichte.vergleich import Vergleich, Zelle, zelle
from assets.berichte.worte import aufzaehlung, kennung, zeitraum
from assets.berichte.zahlen import mit_einheit, zahl
from assets.offenedaten.datei import name_der_kennzahl
from schemas.indikatorwerte import VERGLEICHBARKEIT
from schemas.modell import Herkunft, Indikator, Land, Meldeeinheit
from schemas.vergleichbarkeit import GRUND, Urteil


@dataclass(frozen=True, slots=True)
class Gebietszeile:
    """An area and its values, one cell per column."""

    ags: str
    name: str
    zellen: tuple[Zelle, ...]


@dataclass(frozen=True, slots=True)
class Gebietsblock:
    """Areas that belong together: a group with the value of the group, or all with one initial letter."""

    anker: str
    titel: str
    gesamt: Gebietszeile | None
    zeilen: tuple[Gebietszeile, ...]


@dataclass(frozen=True, slots=True)
class Jahrestabelle:
    """All areas by year; `register` holds the areas by letter where they are too many for one table."""

    spalten: tuple[str, ...]
    land: Gebietszeile
    landbereiche: tuple[str, ...]
    bloecke: tuple[Gebietsblock, ...]
    register: tuple[Gebietsblock, ...]


@dataclass(frozen=True, slots=True)
class Feld:
    """The line of one area on the scale of all: its name, first and last value in words."""

    name: str
    text: str
    zeichnung: Markup


@dataclass(frozen=True, slots=True)
class Felder:
    """The lines of all areas on one scale."""

    zeitraum: str
    skala: str
    mit_land: bool
    felder: tuple[Feld, ...]
    spec: Spec


@dataclass(frozen=True, slots=True)
class Vorbehaltszeile:
    """Areas whose values may not simply stand beside the others, why, and what they could tell to change that."""

    namen: tuple[str, ...]
    urteil: str
    gruende: tuple[str, ...]
    fragen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vergleichslage:
    """How far the values of the newest year may stand side by side."""

    zeitraum: str
    satz: str
    zeilen: tuple[Vorbehaltszeile, ...]


@dataclass(frozen=True, slots=True)
class Seitenteil:
    """Everything the page shows of a variant."""

    teil: Variantenteil
    tabelle: Jahrestabelle
    bild: Landbild | None
    karte: Kartenbild | None
    felder: Felder | None
    lage: Vergleichslage | None
    gliederungen: tuple[Gebietegliederung, ...]
    definition: tuple[tuple[str, str], ...]
    quellen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kennzahlseite:
    """The page of an indicator; `id` is that of its section in reports, `leere` variants without value and why."""

    id: str
    indikator: Indikator
    mehrere: bool
    teile: tuple[Seitenteil, ...]
    leere: tuple[tuple[str, str], ...]
    allgemein: tuple[tuple[str, str], ...]
    daten: Datenverweis


def baue_seite(bestand: Bestand, reihen: tuple[Reihe, ...]) -> Kennzahlseite:
    """The page of the indicator these series belong to."""
    gezeigt = [r for r in reihen if r.hat_werte]
    definitionen = [definition(bestand.daten.land, r) for r in reihen]
    # The definition itself is what the page begins with.
    allgemein = tuple(e for e in definitionen[0][1:] if all(e in d for d in definitionen))
    return Kennzahlseite(
        id=kennzahl_id(reihen[0].indikator),
        indikator=reihen[0].indikator,
        mehrere=len(reihen) > 1,
        teile=tuple(_teil(bestand, r, allgemein) for r in gezeigt),
        leere=tuple((r.variante.label, warum_leer(r)) for r in reihen if r not in gezeigt),
        allgemein=allgemein,
        daten=datenverweis(name_der_kennzahl(reihen[0].indikator.id)),
    )


def _teil(bestand: Bestand, reihe: Reihe, allgemein: tuple[tuple[str, str], ...]) -> Seitenteil:
    land, vergleich = bestand.daten.land, bestand.vergleich(reihe)
    return Seitenteil(
        teil=baue_teil(bestand, Blick(land), reihe, ausfuehrlich=True),
        tabelle=_tabelle(land, reihe),
        bild=landbild(bestand, reihe),
        karte=landkarte(bestand, reihe),
        felder=_felder(land, reihe),
        lage=_lage(land, reihe, vergleich),
        gliederungen=gebietegliederungen(land, reihe),
        definition=tuple(e for e in definition(land, reihe)[1:] if e not in allgemein),
        quellen=quellen_aller(reihe),
    )


def _tabelle(land: Land, reihe: Reihe) -> Jahrestabelle:
    # The newest year first: it must be in sight where the table rolls.
    jahre = sorted({j for werte in reihe.werte.values() for j in werte}, reverse=True)
    je_jahr = {j: next(w[j] for w in reihe.werte.values() if j in w) for j in jahre}

    def zeile(ags: str, name: str) -> Gebietszeile:
        return Gebietszeile(ags, name, tuple(zelle(reihe.angabe(ags, j)) for j in jahre))

    def zeilen(einheiten: Sequence[Meldeeinheit]) -> tuple[Gebietszeile, ...]:
        return tuple(zeile(m.id, m.name) for m in einheiten)

    viele = sind_viele(land)
    bloecke = []
    for code, label in land.gruppen.items():
        gesamt = zeile(code, f"{label} zusammen") if code in reihe.werte else None
        eigene = () if viele else zeilen([m for m in land.meldeeinheiten if m.gruppe == code])
        if gesamt or eigene:
            bloecke.append(Gebietsblock(f"{teil_id(reihe)}-{kennung(code)}", label, gesamt, eigene))
    sortiert = sorted(land.meldeeinheiten, key=lambda m: kennung(m.name)) if viele else []
    register = tuple(
        Gebietsblock(f"{teil_id(reihe)}-{buchstabe}", buchstabe.upper(), None, zeilen(list(teil)))
        for buchstabe, teil in groupby(sortiert, key=lambda m: kennung(m.name)[0])
    )
    spalten = tuple(zeitraum(j, a.von, a.bis) for j, a in je_jahr.items())
    bereiche = tuple(in_worten(reihe.bereich(reihe.angabe(land.ags, j))) for j in jahre)
    return Jahrestabelle(
        spalten, zeile(land.ags, land.name), bereiche if any(bereiche) else (), tuple(bloecke), register
    )


def _felder(land: Land, reihe: Reihe) -> Felder | None:
    """None where no two years of any area can be drawn."""
    namen = {ags: name for ags, name, _ in spaltengebiete(land)}
    linien = {ags: linie(reihe, ags, name) for ags, name in namen.items()}
    gefuellt = {ags: eine for ags, eine in linien.items() if eine.werte}
    if len({j for eine in gefuellt.values() for j in eine.werte}) < 2:
        return None
    landeslinie = linie(reihe, land.ags, land.name) if reihe.ist_verhaeltnis else None
    mit_land = landeslinie if landeslinie and landeslinie.werte else None
    spec = kleindiagramme.felder(list(gefuellt.values()), mit_land)
    bilder = zip(gefuellt.values(), svg.zeichne_felder(spec), strict=True)
    striche = spec["layout"]["yaxis"]["ticktext"]
    jahre = sorted({j for eine in (*gefuellt.values(), *([mit_land] if mit_land else [])) for j in eine.werte})
    return Felder(
        zeitraum=f"{jahre[0]} bis {jahre[-1]}",
        skala=f"Jede Linie reicht von {jahre[0]} bis {jahre[-1]}; die Skala geht überall von {striche[0]} bis "
        f"{mit_einheit(striche[-1], reihe.einheit)}.",
        mit_land=mit_land is not None,
        felder=tuple(Feld(eine.name, _enden(eine), bild) for eine, bild in bilder),
        spec=spec,
    )


def _enden(eine: Linie) -> str:
    jahre = sorted({min(eine.werte), max(eine.werte)})
    return "; ".join(f"{j}: {zahl(eine.werte[j])}" for j in jahre)


def _lage(land: Land, reihe: Reihe, vergleich: Vergleich | None) -> Vergleichslage | None:
    if vergleich is None:
        return None
    angaben = {m: reihe.angabe(m.id, vergleich.jahr) for m in land.meldeeinheiten}
    zaehlung = Counter(_urteil(a) for a in angaben.values())
    teile = [f"{zaehlung[u]} {label}" for u, label in _URTEILE if zaehlung[u]]
    gruppen: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for m, angabe in angaben.items():
        if _urteil(angabe) != Urteil.VERGLEICHBAR:
            gruppen.setdefault(_vorbehalt(angabe, reihe), []).append(m.name)
    return Vergleichslage(
        vergleich.zeitraum,
        f"Werte der {len(angaben)} {land.namen['meldeeinheiten']}: {aufzaehlung(teile)}.",
        tuple(Vorbehaltszeile(tuple(namen), *inhalt) for inhalt, namen in gruppen.items()),
    )


_OHNE_WERT = ""
_URTEILE = (*((str(u), VERGLEICHBARKEIT.label_von(u)) for u in Urteil), (_OHNE_WERT, "ohne Zahl"))


def _urteil(angabe: Angabe | None) -> str:
    return _OHNE_WERT if angabe is None or angabe.wert is None else angabe.vgl_kreise


def _vorbehalt(angabe: Angabe | None, reihe: Reihe) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Verdict, reasons that lead to it, and questions; of official figures nobody in the Land can tell more."""
    urteil = _urteil(angabe)
    gruende = [GRUND[g] for g in (angabe.gruende if angabe else ("WERT_FEHLT",)) if g in GRUND]
    gruende = [g for g in gruende if g.kreise is not Urteil.VERGLEICHBAR]
    fragbar = reihe.variante.herkunft is Herkunft.LIEFERUNG
    return (
        VERGLEICHBARKEIT.label_von(urteil) if urteil else zelle(angabe).bedeutung,
        tuple(g.satz for g in gruende),
        tuple(dict.fromkeys(g.frage for g in gruende if g.frage)) if fragbar else (),
    )
