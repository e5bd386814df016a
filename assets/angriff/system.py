"""All that is known, as one system: variables with bounds, and rows zeile_lo ≤ matrix · x ≤ zeile_hi.

What belongs here: putting the parts together, and the German name of a row. What does not: solving.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import sparse

from assets.angriff.ableitung import ungleichungen
from assets.angriff.belang import zerlegungen_je_mass
from assets.angriff.gleichungen import kreuze, schliesse
from assets.angriff.lesen import Ausgabe, Zerlegung
from assets.angriff.raum import Raum, baue_raum
from assets.angriff.zellen import Regel, additive_bits, beobachte, regeln, verbinde

Feld = NDArray[Any]
Maske = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class System:
    """`variablen`: variable, schluessel, stand, lo, hi, gesperrt, gerundet (null: nobody published the cell).

    `herkunft`: per row of the matrix `ausgabe`, `art` (summe, ableitung), `nummer` (of the split or the figure) and
    `schluessel` (of the total or the numerator). `ganz`: variables that are whole numbers.
    """

    raum: Raum
    ausgaben: tuple[Ausgabe, ...]
    zerlegungen: tuple[tuple[Zerlegung, ...], ...]
    beobachtet: pl.DataFrame
    variablen: pl.DataFrame
    regeln: Mapping[str, Regel]
    ganz: Maske
    matrix: sparse.csr_matrix
    zeile_lo: Feld
    zeile_hi: Feld
    herkunft: pl.DataFrame

    def zeilenname(self, zeile: int) -> str:
        """What a row of the matrix says, in German."""
        ausgabe, art, nummer, schluessel = self.herkunft.row(zeile)
        wo = f"Ausgabe „{self.ausgaben[ausgabe].name}“"
        zelle = beschreibe(self.raum.zelle(schluessel))
        if art == "ableitung":
            return f"{wo}: die Zahl in „{self.ausgaben[ausgabe].ableitungen[nummer].datei}“ für {zelle}"
        z = self.zerlegungen[ausgabe][nummer]
        satz = f", Aufteilung „{z.satz}“" if z.satz else ""
        return f"{wo}: {zelle} als Summe über {z.dim} = {' + '.join(z.kinder)}{satz}"


def beschreibe(zelle: Mapping[str, str]) -> str:
    """A cell in words."""
    return ", ".join(f"{dim} {code}" for dim, code in zelle.items()) or "die Gesamtzahl"


def baue_system(
    ausgaben: Sequence[Ausgabe], *, gemeinsam: bool = False, k: int | None = None, breite: int | None = None
) -> System:
    """Links the cells of all releases and writes down every sum and every derived figure.

    `gemeinsam`: the tables of a measure come from one cross-classification. `k`, `breite` overrule the manifests.
    """
    raum = baue_raum(ausgaben)
    beobachtet = beobachte(raum, ausgaben)
    variablen = verbinde(beobachtet)
    geltend = regeln(ausgaben, k, breite)
    ganze = ganze_masse(ausgaben)
    _ergaenze_regeln(geltend, ausgaben)
    zerlegungen = gemeinsame_zerlegungen(ausgaben)
    zeilen = _Zeilen(raum, beobachtet, variablen)
    figuren = [ungleichungen(raum, a, ganze) for a in ausgaben]
    starts = [_start(raum, a, beobachtet.filter(ausgabe=i), figuren[i]) for i, a in enumerate(ausgaben)]
    if gemeinsam:
        starts = [pl.concat([s, kreuze(raum, s, z)]) for s, z in zip(starts, zerlegungen, strict=True)]
    je_mass = zerlegungen_je_mass(raum, pl.concat(starts), list(dict.fromkeys(z for zs in zerlegungen for z in zs)))
    for i, start in enumerate(starts):
        summen = schliesse(raum, start, zerlegungen[i], je_mass)
        zeilen.ordne_zu(i, summen.zellen)
        zeilen.nimm_summen(i, summen.glieder)
        zeilen.nimm_figuren(i, figuren[i])
    return zeilen.fertig(tuple(ausgaben), zerlegungen, geltend, ganze)


def ganze_masse(ausgaben: Sequence[Ausgabe]) -> set[str]:
    """Measures that are counts in every table."""
    je_art: dict[bool, set[str]] = {True: set(), False: set()}
    for tabelle in (t for a in ausgaben for t in a.tabellen):
        je_art[tabelle.art == "anzahl"].update(tabelle.zeilen["mass"].unique())
    return je_art[True] - je_art[False]


def _ergaenze_regeln(geltend: dict[str, Regel], ausgaben: Sequence[Ausgabe]) -> None:
    """Numerators in no table are protected by the strictest rule there is."""
    bekannt = {m for a in ausgaben for t in a.tabellen for m in t.zeilen["mass"].unique()}
    streng = max(geltend.values(), key=lambda r: (r.art == "anzahl", r.k), default=None)
    if streng is not None:
        for ableitung in (x for a in ausgaben for x in a.ableitungen):
            for mass in {ableitung.zaehler["mass"], ableitung.nenner["mass"]} - bekannt:
                geltend[mass] = streng


def gemeinsame_zerlegungen(ausgaben: Sequence[Ausgabe]) -> tuple[tuple[Zerlegung, ...], ...]:
    """Per release its own splits and those of the others that it does not list differently itself."""
    alle = {z: None for a in ausgaben for z in a.zerlegungen}
    ergebnis = []
    for ausgabe in ausgaben:
        eigene = {(z.dim, z.parent, z.satz) for z in ausgabe.zerlegungen}
        fremde = [z for z in alle if (z.dim, z.parent, z.satz) not in eigene]
        ergebnis.append((*ausgabe.zerlegungen, *fremde))
    return tuple(ergebnis)


def _start(raum: Raum, ausgabe: Ausgabe, beobachtet: pl.DataFrame, figuren: pl.DataFrame) -> pl.DataFrame:
    """The cells a release speaks of: those in tables, and those behind its derived figures."""
    nicht_additiv = {s for t in ausgabe.tabellen for s in t.schluessel}
    bits = additive_bits(raum, tuple(nicht_additiv))
    hinter = pl.concat([figuren["zaehler"], figuren["nenner"]]).unique().alias("schluessel").to_frame()
    return pl.concat(
        [
            beobachtet.select("schluessel", "additiv"),
            hinter.join(beobachtet, on="schluessel", how="anti").with_columns(additiv=pl.lit(bits, pl.Int64)),
        ]
    )


class _Zeilen:
    """Collects rows; each release maps keys to variables, because a corrected cell has one variable per vintage."""

    def __init__(self, raum: Raum, beobachtet: pl.DataFrame, variablen: pl.DataFrame) -> None:
        self.raum, self.beobachtet, self.variablen = raum, beobachtet, variablen
        self.mehrere = self._massjahre_mit_mehreren_staenden()
        self.karte = pl.DataFrame(schema={"schluessel": pl.Int64, "variable": pl.Int64})
        self.glieder: list[pl.DataFrame] = []
        self.summen: list[pl.DataFrame] = []
        self.herkunft: list[pl.DataFrame] = []
        self.grenzen: list[tuple[Feld, Feld]] = []
        self.anzahl = 0

    def _massjahr(self) -> pl.Expr:
        # Measure and year are the first two dimensions, hence the lowest places of the key.
        return pl.col("schluessel") % (len(self.raum.codes[0]) * len(self.raum.codes[1]))

    def _massjahre_mit_mehreren_staenden(self) -> pl.Series:
        doppelt = self.variablen.filter(pl.col("schluessel").is_duplicated())
        return doppelt.select(self._massjahr()).to_series().unique()

    def ordne_zu(self, ausgabe: int, zellen: pl.DataFrame) -> None:
        """The variable of each cell in this release; an unpublished total of a corrected year is the release's own."""
        eigene = (
            self.beobachtet.filter(ausgabe=ausgabe)
            .group_by("schluessel")
            .agg(pl.col("stand").max())
            .join(self.variablen.select("schluessel", "stand", "variable"), on=["schluessel", "stand"])
            .select("schluessel", "variable")
        )
        rest = zellen.select("schluessel").join(eigene, on="schluessel", how="anti")
        fremd = self.variablen.filter(~self._massjahr().is_in(self.mehrere.implode()))
        geteilt = rest.join(fremd.select("schluessel", "variable"), on="schluessel")
        neu = rest.join(geteilt, on="schluessel", how="anti").sort("schluessel")
        neu = neu.with_columns(variable=pl.int_range(pl.len(), dtype=pl.Int64) + self.variablen.height)
        self.karte = pl.concat([eigene, geteilt, neu])
        unbekannt = neu.with_columns(stand=pl.lit(f"\0{ausgabe}"), lo=pl.lit(0.0), hi=pl.lit(float("inf")))
        self.variablen = pl.concat([self.variablen, unbekannt], how="diagonal")

    def nimm_summen(self, ausgabe: int, glieder: pl.DataFrame) -> None:
        nummeriert = (
            glieder.join(self.karte, on="schluessel")
            .with_columns(pl.struct("zerlegung", "eltern").rank("dense").cast(pl.Int64).sub(1).alias("zeile"))
            .sort("zeile")
        )
        if ausgabe:
            nummeriert = self._ohne_bekannte(nummeriert)
        self.summen.append(nummeriert)
        kopf = nummeriert.group_by("zeile", maintain_order=True).first()
        null = np.zeros(kopf.height)
        art = kopf.select(nummer="zerlegung", schluessel="eltern").with_columns(art=pl.lit("summe"))
        self._haenge_an(ausgabe, nummeriert.select("zeile", "variable", "faktor"), art, (null, null))

    def _ohne_bekannte(self, glieder: pl.DataFrame) -> pl.DataFrame:
        """Leaves out sums over the same variables as one already taken from an earlier release."""
        zeichen = pl.concat_str(pl.col("variable"), pl.col("faktor"), separator=":").sort().str.join(" ")
        bisher = pl.concat(s.group_by("zeile").agg(zeichen.alias("zeichen")) for s in self.summen)
        jetzt = glieder.group_by("zeile").agg(zeichen.alias("zeichen")).join(bisher, on="zeichen", how="anti")
        behalten = jetzt.select("zeile").sort("zeile").with_columns(neu=pl.int_range(pl.len(), dtype=pl.Int64))
        return glieder.join(behalten, on="zeile").with_columns(zeile=pl.col("neu")).drop("neu").sort("zeile")

    def nimm_figuren(self, ausgabe: int, figuren: pl.DataFrame) -> None:
        nummeriert = figuren.with_columns(zeile=pl.int_range(pl.len(), dtype=pl.Int64))
        seiten = [
            nummeriert.select("zeile", pl.col(seite).alias("schluessel"), pl.col(faktor).alias("faktor"))
            for seite, faktor in (("zaehler", "a"), ("nenner", "b"))
        ]
        glieder = pl.concat(seiten).join(self.karte, on="schluessel").select("zeile", "variable", "faktor")
        art = nummeriert.select(nummer="ableitung", schluessel="zaehler").with_columns(art=pl.lit("ableitung"))
        unten = nummeriert["mindestens"].to_numpy()
        self._haenge_an(ausgabe, glieder, art, (unten, np.full(len(unten), np.inf)))

    def _haenge_an(self, ausgabe: int, glieder: pl.DataFrame, art: pl.DataFrame, grenzen: tuple[Feld, Feld]) -> None:
        self.glieder.append(glieder.with_columns(pl.col("zeile") + self.anzahl))
        spalten = [pl.lit(ausgabe, pl.Int64).alias("ausgabe"), "art", "nummer", "schluessel"]
        self.herkunft.append(art.select(spalten))
        self.grenzen.append(grenzen)
        self.anzahl += art.height

    def fertig(
        self,
        ausgaben: tuple[Ausgabe, ...],
        zerlegungen: tuple[tuple[Zerlegung, ...], ...],
        geltend: Mapping[str, Regel],
        ganze: set[str],
    ) -> System:
        glieder = pl.concat(self.glieder)
        masse = self.raum.codes[0]
        nummer = (self.variablen["schluessel"] % len(masse)).to_numpy()
        return System(
            raum=self.raum,
            ausgaben=ausgaben,
            zerlegungen=zerlegungen,
            beobachtet=self.beobachtet,
            variablen=self.variablen,
            regeln=geltend,
            ganz=np.array([m in ganze for m in masse])[nummer],
            matrix=sparse.csr_matrix(
                (glieder["faktor"].to_numpy(), (glieder["zeile"].to_numpy(), glieder["variable"].to_numpy())),
                shape=(self.anzahl, self.variablen.height),
            ),
            zeile_lo=np.concatenate([g[0] for g in self.grenzen]),
            zeile_hi=np.concatenate([g[1] for g in self.grenzen]),
            herkunft=pl.concat(self.herkunft),
        )
