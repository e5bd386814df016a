"""The values of one indicator for the page for exploring: as shown on the pages, and nothing beside.

What belongs here: rounded values as decimal text, signs, limits of chance, verdicts, cuts, classes, funnels. It is made
from the edition's own tables, so what is withheld is a sign without a number. What does not: words and drawing.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from assets.auswertung.statistik.quantile import quantilklasse
from assets.berichte.bestand import Bestand
from assets.berichte.kennzahl import schnitte
from assets.berichte.reihen import NICHT_VERGLEICHBAR, Angabe, NachGebiet, Reihe
from assets.berichte.trichter import grenzlinien, mit_lage, trichterzeile
from assets.berichte.worte import stand, zeitraum
from schemas.modell import Land
from schemas.statistik import KLASSENZAHL
from schemas.wertstatus import Wertstatus

INSGESAMT = ""
"""Key of the values that are not broken down; those of a part are „geschlecht|W“."""


class Nummern:
    """Gives equal things the same number, in the order in which they first come."""

    def __init__(self) -> None:
        self._nummer: dict[Hashable, int] = {}

    def __call__(self, ding: Hashable) -> int:
        """Number of a thing."""
        return self._nummer.setdefault(ding, len(self._nummer))

    @property
    def liste(self) -> list[Hashable]:
        """Things by their number."""
        return list(self._nummer)


def stueck(bestand: Bestand, reihen: Sequence[Reihe]) -> dict[str, Any]:
    """Content of the file of an indicator: variant -> what it has."""
    return {r.variante.id: _variante(bestand, r) for r in reihen}


def teile(reihe: Reihe) -> Iterator[tuple[str, NachGebiet]]:
    """Values by key of the part, those that are not broken down first; the order of rows must not show."""
    if reihe.werte:
        yield INSGESAMT, reihe.werte
    for spalte, codes in sorted(reihe.teile.items()):
        for code, gebiete in sorted(codes.items()):
            yield f"{spalte}|{code}", gebiete


def _variante(bestand: Bestand, reihe: Reihe) -> dict[str, Any]:
    land = bestand.daten.land
    zeiten, lagen, klassen = Nummern(), Nummern(), _klassen(reihe, land)
    ergebnis: dict[str, Any] = {}
    for teil, gebiete in teile(reihe):
        je_gebiet = {}
        for ags in land.gebietsnamen:
            angaben = [a for _, a in sorted(gebiete.get(ags, {}).items())]
            vor = schnitte(reihe.variante, angaben)
            zeilen = [
                [
                    a.jahr,
                    zeiten(zeitraum(a.jahr, a.von, a.bis)),
                    lagen((a.vgl_land, a.vgl_kreise, a.vgl_vorjahr, a.gruende, a.quelle, stand(a.stand), a.demo)),
                    *_werttexte(reihe, a),
                    klassen.get((teil, ags, a.jahr), 0),
                    int(a.jahr in vor),
                ]
                for a in angaben
            ]
            if zeilen:
                je_gebiet[ags] = zeilen
        ergebnis[teil] = je_gebiet
    return {"zeiten": zeiten.liste, "lagen": lagen.liste, "teile": ergebnis, "trichter": _trichter(bestand, reihe)}


def _werttexte(reihe: Reihe, angabe: Angabe) -> tuple[str, str, str, str]:
    """Value, sign, lower and upper limit; numbers as decimal text, so that no reader of the file rounds again."""
    zeichen = "" if angabe.status is Wertstatus.NORMAL else angabe.status.value
    if angabe.wert is None:
        return "", zeichen, "", ""
    bereich = reihe.bereich(angabe)
    unten, oben = (f"{g:f}" for g in bereich) if bereich else ("", "")
    return f"{angabe.wert:f}", zeichen, unten, oben


def _klassen(reihe: Reihe, land: Land) -> Mapping[tuple[str, str, int], int]:
    """(Part, area, year) -> class among the comparable values of that part and year; none for plain counts."""
    if not reihe.ist_verhaeltnis:
        return {}
    zeilen = [
        (teil, m.id, a.jahr, float(a.wert))
        for teil, gebiete in teile(reihe)
        for m in land.meldeeinheiten
        for a in gebiete.get(m.id, {}).values()
        if a.wert is not None and a.vgl_kreise != NICHT_VERGLEICHBAR
    ]
    schema = {"teil": pl.String, "ags": pl.String, "jahr": pl.Int64, "wert": pl.Float64}
    tabelle = pl.DataFrame(zeilen, schema=schema, orient="row")
    klasse = quantilklasse(pl.col("wert"), KLASSENZAHL).over("teil", "jahr")
    mit_klasse = tabelle.select("teil", "ags", "jahr", klasse=klasse).drop_nulls("klasse")
    return {(teil, ags, jahr): nummer for teil, ags, jahr, nummer in mit_klasse.iter_rows()}


def _trichter(bestand: Bestand, reihe: Reihe) -> dict[str, Any]:
    """Year -> funnel, where at least two areas have a place in it."""
    je_jahr: dict[int, dict[str, Mapping[str, Any]]] = {}
    for zeile in bestand.trichterzeilen(reihe):
        je_jahr.setdefault(zeile["berichtsjahr"], {})[zeile["ags"]] = zeile
    mit_lagen = {j: mit_lage(zeilen.values()) for j, zeilen in sorted(je_jahr.items())}
    return {str(j): _trichterjahr(bestand.daten.land, reihe, je_jahr[j], z) for j, z in mit_lagen.items() if z}


def _trichterjahr(
    land: Land, reihe: Reihe, zeilen: Mapping[str, Mapping[str, Any]], gezeigte: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    grenzen = grenzlinien(reihe, gezeigte)
    texte = {m.id: trichterzeile(m.name, zeilen.get(m.id), reihe.stellen) for m in land.meldeeinheiten}
    return {
        "stuetzen": grenzen.stuetzen,
        "linien": [[rolle, werte] for rolle, werte in grenzen.linien],
        "land": grenzen.landeswert,
        "zeilen": {
            ags: [t.lage, t.wert, t.innen, t.aussen, t.bezug, round(zeilen[ags]["bezug"]) if t.bezug else None]
            for ags, t in texte.items()
        },
    }
