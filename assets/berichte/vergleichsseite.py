"""The page about comparability: every indicator by Meldeeinheit with verdict and reasons, and the open questions.

What belongs here: the matrix and the questions in words, read from the figures of the edition alone. What does not:
verdicts (`assets/auswertung/`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from assets.auswertung.matrix import fragen, matrix
from assets.berichte.bestand import Bestand
from assets.berichte.daten import Berichtsdaten
from assets.berichte.gebiete import VIELE, sind_viele, spaltengebiete
from assets.berichte.kennzahl import teil_id
from assets.berichte.reihen import Reihe
from assets.berichte.wege import kennzahlseite
from assets.berichte.worte import aufzaehlung
from schemas.berichtsstand import Punktstand
from schemas.modell import Meldeeinheit
from schemas.vergleichbarkeit import GRUND, Urteil, Vergleich

_URTEIL = {
    Urteil.VERGLEICHBAR: ("ja", "vergleichbar"),
    Urteil.EINGESCHRAENKT: ("teils", "eingeschränkt vergleichbar"),
    Urteil.NICHT: ("nein", "nicht vergleichbar"),
}
_ZUSTAND = {
    "ohne_wert": ("ohne", "geliefert, aber ohne Zahl, oder geheim"),
    "andere_variante": ("anders", "liegt nach einer anderen Berechnung vor"),
    "fehlt": ("fehlt", "nicht geliefert"),
    "entfaellt": ("entfällt", "die Aufgabe wird nicht wahrgenommen"),
}
LEGENDE: tuple[tuple[str, str], ...] = (*_URTEIL.values(), *_ZUSTAND.values())
"""The word in a cell and what it means."""


@dataclass(frozen=True, slots=True)
class Matrixzelle:
    """A word of `LEGENDE`, or of very many Meldeeinheiten how many have which; `art` names its look."""

    text: str
    art: str


@dataclass(frozen=True, slots=True)
class Matrixzeile:
    """A variant in its newest year: where it stands, a cell per column, reasons with whom they concern."""

    ziel: str
    kennzahl: str
    variante: str
    jahr: int
    zellen: tuple[Matrixzelle, ...]
    gruende: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Frage:
    """A question to a Meldeeinheit, the indicators it is about, and what an answer would gain."""

    jahr: int
    text: str
    kennzahlen: tuple[tuple[str, str], ...]
    gewinn: str


@dataclass(frozen=True, slots=True)
class Vergleichsseite:
    """Everything the page shows; `spalten` are (name, short sign)."""

    satz: str
    spalten: tuple[tuple[str, str], ...]
    bloecke: tuple[tuple[str, tuple[Matrixzeile, ...]], ...]
    fragen: tuple[tuple[Meldeeinheit, tuple[Frage, ...]], ...]


def baue_vergleichsseite(bestand: Bestand) -> Vergleichsseite:
    """The page, from the newest year of each variant with values; questions for all years the Land collects."""
    daten = bestand.daten
    tabelle = matrix(daten.werte, daten.land, daten.katalog, _entfallendes(daten))
    je_variante = {
        schluessel: list(zeilen)
        for schluessel, zeilen in groupby(
            tabelle.iter_rows(named=True), key=lambda z: (z["indikator_id"], z["variante"], z["berichtsjahr"])
        )
    }
    bloecke: dict[str, list[Matrixzeile]] = {}
    zaehlung: Counter[str] = Counter()
    for varianten in bestand.reihen.values():
        for reihe in varianten:
            zeilen = je_variante.get((reihe.indikator.id, reihe.variante.id, reihe.vergleichsjahr() or 0))
            if zeilen:
                zaehlung.update(z["vgl_kreise"] for z in zeilen if z["zustand"] == "wert")
                bloecke.setdefault(reihe.indikator.themenfeld, []).append(_zeile(bestand, reihe, zeilen))
    return Vergleichsseite(
        satz=_satz(zaehlung),
        spalten=tuple((name, kuerzel) for _, name, kuerzel in spaltengebiete(daten.land)),
        bloecke=tuple((thema, tuple(zeilen)) for thema, zeilen in bloecke.items()),
        fragen=_fragen(daten, fragen(tabelle, daten.land, daten.katalog)),
    )


def _entfallendes(daten: Berichtsdaten) -> pl.DataFrame:
    """`ags, berichtsjahr, aufgabe` not carried out, as the law's checklist tells it."""
    aufgaben = {p.id: p.aufgabe for p in daten.land.berichtspunkte if p.aufgabe}
    zeilen = daten.punkte.filter(pl.col("stand") == Punktstand.ENTFAELLT, pl.col("berichtsjahr").is_not_null())
    return (
        zeilen.filter(pl.col("punkt").is_in(list(aufgaben)))
        .select(
            ags="meldeeinheit",
            berichtsjahr=pl.col("berichtsjahr").cast(pl.Int64),
            aufgabe=pl.col("punkt").replace_strict(aufgaben, return_dtype=pl.String),
        )
        .unique()
    )


def _satz(zaehlung: Mapping[str, int]) -> str:
    teile = [f"{zaehlung.get(urteil, 0)} {label}" for urteil, (_, label) in _URTEIL.items()]
    return f"Von {sum(zaehlung.values())} Werten sind im jeweils neuesten Zeitraum {aufzaehlung(teile)}."


def _zeile(bestand: Bestand, reihe: Reihe, zeilen: Sequence[Mapping[str, Any]]) -> Matrixzeile:
    land = bestand.daten.land
    zellen = [_zelle(z) for z in zeilen]
    if sind_viele(land):
        gruppen = {m.id: m.gruppe for m in land.meldeeinheiten}
        zellen = [
            _zusammen(zelle for zelle, z in zip(zellen, zeilen, strict=True) if gruppen[z["meldeeinheit"]] == code)
            for code in land.gruppen
        ]
    return Matrixzeile(
        ziel=f"{kennzahlseite(reihe.indikator.id)}#{teil_id(reihe)}",
        kennzahl=reihe.indikator.name,
        variante=reihe.variante.label if len(bestand.reihen[reihe.indikator.id]) > 1 else "",
        jahr=zeilen[0]["berichtsjahr"],
        zellen=tuple(zellen),
        gruende=_gruende(bestand, zeilen),
    )


def _zelle(zeile: Mapping[str, Any]) -> Matrixzelle:
    if zeile["zustand"] == "wert":
        return Matrixzelle(_URTEIL[Urteil(zeile["vgl_kreise"])][0], zeile["vgl_kreise"])
    return Matrixzelle(_ZUSTAND[zeile["zustand"]][0], zeile["zustand"])


def _zusammen(zellen: Iterable[Matrixzelle]) -> Matrixzelle:
    zaehlung = Counter(z.text for z in zellen)
    return Matrixzelle(", ".join(f"{anzahl} {wort}" for wort, anzahl in zaehlung.items()), "viele")


def _gruende(bestand: Bestand, zeilen: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """(Reason, whom it concerns) where a value may not simply stand beside the others."""
    land = bestand.daten.land
    kuerzel = {m.id: m.kuerzel for m in land.meldeeinheiten}
    mit_wert = [z for z in zeilen if z["zustand"] == "wert"]
    je_grund: dict[str, list[str]] = {}
    for zeile in mit_wert:
        for code in (zeile["gruende"] or "").split(";"):
            if code in GRUND and GRUND[code].urteil(Vergleich.KREISE) is not Urteil.VERGLEICHBAR:
                je_grund.setdefault(code, []).append(kuerzel[zeile["meldeeinheit"]])
    return tuple(
        (GRUND[code].label, "alle" if len(wer) == len(mit_wert) else _wen(wer)) for code, wer in je_grund.items()
    )


def _wen(kuerzel: Sequence[str]) -> str:
    return ", ".join(kuerzel) if len(kuerzel) <= VIELE else f"{len(kuerzel)}"


def _fragen(daten: Berichtsdaten, tabelle: pl.DataFrame) -> tuple[tuple[Meldeeinheit, tuple[Frage, ...]], ...]:
    namen = {i.id: i.name for i in daten.katalog}
    je_einheit: dict[str, list[Frage]] = {m.id: [] for m in daten.land.meldeeinheiten}
    for z in tabelle.sort("berichtsjahr", descending=True, maintain_order=True).iter_rows(named=True):
        gewinn = f"{z['gewinn']} von {z['anzahl']} betroffenen Werten würden voll vergleichbar"
        je_einheit[z["meldeeinheit"]].append(
            Frage(
                z["berichtsjahr"],
                z["frage"],
                tuple((kennzahlseite(i), namen[i]) for i in z["kennzahlen"].split()),
                gewinn if z["gewinn"] else f"{z['anzahl']} Werte sind betroffen",
            )
        )
    return tuple((m, tuple(je_einheit[m.id])) for m in daten.land.meldeeinheiten)
