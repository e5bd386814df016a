"""Comparison between areas in one year: cells, strips, comparability in words, distance to the Land.

What belongs here: what may be set side by side and how it is said, in neutral words and in the fixed official order.
There is no rank anywhere. What does not: development over years and definitions (`kennzahl.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import polars as pl
from markupsafe import Markup

from assets.auswertung.statistik.eingaben import Grenzen
from assets.auswertung.statistik.quantile import quantilklasse
from assets.auswertung.statistik.vergleich import vergleiche
from assets.berichte import diagramme, svg
from assets.berichte.diagramme import Messwert
from assets.berichte.diagrammteile import Spec
from assets.berichte.reihen import NICHT_VERGLEICHBAR, Angabe, Reihe
from assets.berichte.schwankung import in_worten
from assets.berichte.worte import FEHLT, ZEICHEN, dativ, zeitraum
from assets.berichte.zahlen import abstand, mit_einheit, runde, zahl
from schemas.indikatorwerte import VERGLEICHBARKEIT
from schemas.modell import Land
from schemas.statistik import KLASSENZAHL
from schemas.statistik import Vergleich as Lage
from schemas.vergleichbarkeit import GRUENDE
from schemas.wertstatus import Wertstatus

_GRUENDE = {c.code: c for c in GRUENDE.codes}
_WERTE = {"ags": pl.String, "wert": pl.Float64}
_ZUFALL = {
    Lage.AEHNLICH: ", im Bereich zufälliger Schwankung",
    Lage.HOEHER: ", mehr als zufällige Schwankung",
    Lage.NIEDRIGER: ", mehr als zufällige Schwankung",
}
_STRICHE = (
    "Waagerechte Striche: Bereich zufälliger Schwankung (95 %); ist er kleiner als das Zeichen, verdeckt es den Strich."
)
_SPITZEN = "Spitze am Ende eines Strichs: Er reicht über die Skala hinaus."


class Vergleichsgebiet(NamedTuple):
    """An area that has a row of its own: key, name, short sign."""

    ags: str
    name: str
    kuerzel: str


@dataclass(frozen=True, slots=True)
class Zelle:
    """A table cell: the number as text (empty if missing), the letter of its status and what the letter means."""

    text: str
    zeichen: str = ""
    bedeutung: str = ""


@dataclass(frozen=True, slots=True)
class Vergleichszeile:
    """One area in the comparison: `klasse` 1 to 5 or 0, `hinweis` where its comparability differs from the others'.

    `bereich` are its limits of random fluctuation as „3,1 bis 3,3“, where the drawing shows them.
    """

    ags: str
    name: str
    kuerzel: str
    zelle: Zelle
    wert: Decimal | None
    klasse: int
    hinweis: str
    streifen: Markup
    bereich: str


class Klasse(NamedTuple):
    """A class that holds any value: 1 to `KLASSENZAHL`, and its lowest and highest value as „3,1 bis 4,7“."""

    nummer: int
    grenzen: str


@dataclass(frozen=True, slots=True)
class Vergleich:
    """All areas in the newest year, in official order, and the Land; no classes where there are too few values.

    `legende` says what lines and signs of the drawings mean.
    """

    jahr: int
    zeitraum: str
    zeilen: tuple[Vergleichszeile, ...]
    land: Zelle
    landstreifen: Markup
    landbereich: str
    abdeckung: str
    vorbehalte: tuple[str, ...]
    skala: str
    legende: str
    spec: Spec
    klassen: tuple[Klasse, ...]

    @property
    def ist_gezeichnet(self) -> bool:
        """Whether any value may be set beside others, so that there is something to see."""
        return any(x is not None for x in self.spec["data"][0]["x"])

    @property
    def mit_bereichen(self) -> bool:
        """Whether the drawing shows limits of random fluctuation of any value."""
        return bool(self.landbereich) or any(z.bereich for z in self.zeilen)


def zelle(angabe: Angabe | None) -> Zelle:
    """How a value stands in a cell; a missing one is never blank and never a dash, which would mean zero."""
    if angabe is None:
        return Zelle("", FEHLT.code, FEHLT.label)
    text = "" if angabe.wert is None else zahl(angabe.wert)
    if angabe.status is Wertstatus.NORMAL:
        return Zelle(text)
    return Zelle(text, angabe.status, ZEICHEN[angabe.status].label)


def vorbehalt(urteil: str, gruende: Sequence[str]) -> str:
    """A verdict other than „vergleichbar“ in words, with its reasons; empty if there is none."""
    if urteil not in VERGLEICHBARKEIT.schluessel[1:]:
        return ""
    worte = ", ".join(_GRUENDE[g].label if g in _GRUENDE else g for g in gruende)
    return VERGLEICHBARKEIT.label_von(urteil) + (f" ({worte})" if worte else "")


def gruende_in_saetzen(angaben: Sequence[Angabe]) -> tuple[str, ...]:
    """Every reason that occurs among the values, as a sentence, in the order of the code list."""
    vorhanden = {g for a in angaben for g in a.gruende}
    return tuple(c.beschreibung for c in GRUENDE.codes if c.code in vorhanden)


def vergleichbare(reihe: Reihe, kreise: Sequence[str], jahr: int) -> dict[str, Decimal]:
    """Values of a year that may be set side by side, by area."""
    angaben = {ags: reihe.angabe(ags, jahr) for ags in kreise}
    return {
        ags: a.wert for ags, a in angaben.items() if a and a.wert is not None and a.vgl_kreise != NICHT_VERGLEICHBAR
    }


def spannen(reihe: Reihe, kreise: Sequence[str]) -> dict[int, tuple[Decimal, Decimal]]:
    """Lowest and highest comparable value by year, where at least two areas have one. Empty for plain counts."""
    if not reihe.ist_verhaeltnis:
        return {}
    jahre = {j for ags in kreise for j in reihe.werte.get(ags, {})}
    je_jahr = {j: vergleichbare(reihe, kreise, j).values() for j in sorted(jahre)}
    return {j: (min(werte), max(werte)) for j, werte in je_jahr.items() if len(werte) > 1}


def abdeckung(reihe: Reihe, land: Land, jahr: int) -> str:
    """How many Meldeeinheiten the year rests on: „12 von 13 Kreisen“."""
    zeile = reihe.angabe(land.ags, jahr)
    werte = [reihe.angabe(m.id, jahr) for m in land.meldeeinheiten]
    gezaehlt = sum(1 for a in werte if a is not None and a.wert is not None)
    vorhanden, erwartet = (zeile and zeile.abdeckung) or (gezaehlt, len(land.meldeeinheiten))
    return f"{vorhanden} von {erwartet} {dativ(land.namen['meldeeinheiten'])}"


def alle_gebiete(land: Land) -> tuple[Vergleichsgebiet, ...]:
    """The Meldeeinheiten in official order."""
    return tuple(Vergleichsgebiet(m.id, m.name, m.kuerzel) for m in land.meldeeinheiten)


def baue_vergleich(reihe: Reihe, land: Land, gebiete: Sequence[Vergleichsgebiet]) -> Vergleich | None:
    """The comparison of these areas with each other and the Land in the newest year; None if no area has a total."""
    jahr = reihe.vergleichsjahr()
    if jahr is None:
        return None
    angaben = [reihe.angabe(g.ags, jahr) for g in gebiete]
    landeswert = reihe.angabe(land.ags, jahr)
    gleich = vergleichbare(reihe, [g.ags for g in gebiete], jahr)
    im_bild = [
        (g.name, Messwert(gleich[g.ags], reihe.bereich(angabe)) if g.ags in gleich else None)
        for g, angabe in zip(gebiete, angaben, strict=True)
    ]
    landespunkt = _landespunkt(reihe, landeswert)
    spec = diagramme.punkte(
        im_bild, (land.name, landespunkt) if landespunkt else None, ab_null=not reihe.ist_verhaeltnis
    )
    klassen = klassen_von(gleich) if reihe.ist_verhaeltnis else {}
    mit_wert = [a for a in (landeswert, *angaben) if a is not None and a.wert is not None]
    if not mit_wert:
        return None
    skala = spec["layout"]["xaxis"]["ticktext"]
    streifen = svg.zeichne_zeilen(spec)
    return Vergleich(
        jahr=jahr,
        zeitraum=zeitraum(jahr, mit_wert[0].von, mit_wert[0].bis),
        zeilen=_zeilen(gebiete, angaben, klassen, [(m, bild) for (_, m), bild in zip(im_bild, streifen, strict=False)]),
        land=zelle(landeswert),
        landstreifen=streifen[-1] if landespunkt else Markup(""),
        landbereich=in_worten(landespunkt and landespunkt.bereich),
        abdeckung=abdeckung(reihe, land, jahr),
        vorbehalte=gruende_in_saetzen(mit_wert),
        skala=f"Skala von {skala[0]} bis {skala[-1]}",
        legende=_legende(land, spec),
        spec=spec,
        klassen=_klassengrenzen(klassen, gleich),
    )


def _landespunkt(reihe: Reihe, landeswert: Angabe | None) -> Messwert | None:
    """The Land's value beside those of areas; a plain count has no place there."""
    if landeswert is None or landeswert.wert is None or not reihe.ist_verhaeltnis:
        return None
    return Messwert(landeswert.wert, reihe.bereich(landeswert))


def _legende(land: Land, spec: Spec) -> str:
    """What the signs mean that this drawing has."""
    rollen = {s["meta"] for s in spec["data"]}
    saetze = [f"Senkrechte Linie und Raute: {land.name}."] if "land" in rollen else []
    saetze += [_STRICHE] if any("error_x" in s for s in spec["data"]) else []
    saetze += [_SPITZEN] if "spitze" in rollen else []
    return " ".join(saetze)


def klassen_von(werte: Mapping[str, Decimal]) -> dict[str, int]:
    """Class of each area by `schemas.statistik.KLASSENREGEL`, from the values as they are shown; empty if too few."""
    tabelle = pl.DataFrame({"ags": list(werte), "wert": [float(w) for w in werte.values()]}, schema=_WERTE)
    klassen = tabelle.select("ags", klasse=quantilklasse(pl.col("wert"), KLASSENZAHL))
    return dict(klassen.drop_nulls("klasse").iter_rows())


def _klassengrenzen(klassen: Mapping[str, int], werte: Mapping[str, Decimal]) -> tuple[Klasse, ...]:
    grenzen = []
    for nummer in sorted(set(klassen.values())):
        darin = [werte[ags] for ags, klasse in klassen.items() if klasse == nummer]
        von, bis = zahl(min(darin)), zahl(max(darin))
        grenzen.append(Klasse(nummer, von if von == bis else f"{von} bis {bis}"))
    return tuple(grenzen)


def _zeilen(
    gebiete: Sequence[Vergleichsgebiet],
    angaben: Sequence[Angabe | None],
    klassen: Mapping[str, int],
    bilder: Sequence[tuple[Messwert | None, Markup]],
) -> tuple[Vergleichszeile, ...]:
    """Rows in official order. A reservation all values share is said once above the table, not in every row."""
    vorbehalte = [vorbehalt(a.vgl_kreise, a.gruende) if a and a.wert is not None else "" for a in angaben]
    verschieden = len({v for v, a in zip(vorbehalte, angaben, strict=True) if a and a.wert is not None}) > 1
    return tuple(
        Vergleichszeile(
            ags=g.ags,
            name=g.name,
            kuerzel=g.kuerzel,
            zelle=zelle(angabe),
            wert=angabe.wert if angabe else None,
            klasse=klassen.get(g.ags, 0),
            hinweis=hinweis if verschieden else "",
            streifen=streifen,
            bereich=in_worten(messwert and messwert.bereich),
        )
        for g, angabe, hinweis, (messwert, streifen) in zip(gebiete, angaben, vorbehalte, bilder, strict=True)
    )


def abstand_zum_land(reihe: Reihe, eigene: Angabe | None, land: Angabe | None, landesname: str) -> str:
    """The distance of an area to the Land in neutral words, or why none is given.

    A count is not higher or lower than the Land's: its share is given instead.
    """
    if eigene is None or eigene.wert is None or land is None or land.wert is None:
        return ""
    if eigene.vgl_land == NICHT_VERGLEICHBAR:
        return vorbehalt(eigene.vgl_land, eigene.gruende)
    if reihe.ist_verhaeltnis:
        text = abstand(eigene.wert - land.wert, reihe.einheit) + zufall(eigene, land)
    elif land.wert:
        anteil = runde(100 * float(eigene.wert) / float(land.wert), 1)
        text = f"{mit_einheit(zahl(anteil), '%')} von {landesname}"
    else:
        return ""
    zusatz = vorbehalt(eigene.vgl_land, ())
    return f"{text}, {zusatz}" if zusatz else text


def zufall(eigene: Angabe, land: Angabe) -> str:
    """What chance has to do with the distance of a value to the Land, by the published rule; empty without limits."""
    if eigene.grenzen is None or eigene.genau is None or land.genau is None:
        return ""
    unten, oben = (np.array([grenze]) for grenze in eigene.grenzen)
    (lage,) = vergleiche([eigene.genau], Grenzen(unten, oben), land.genau)
    return _ZUFALL.get(lage, "")


def nach_ags(vergleich: Vergleich) -> Mapping[str, Vergleichszeile]:
    """The rows of a comparison by area."""
    return {z.ags: z for z in vergleich.zeilen}
