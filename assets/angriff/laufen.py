"""The attack from end to end: releases in, findings out.

What belongs here: the order of the steps. What does not: how findings are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from assets.angriff.grenzen import GENAU, Spannen, suche_grenzen
from assets.angriff.gruppen import MINDESTGRUPPE, Gruppe, finde_gruppen
from assets.angriff.lesen import GEBIET, TOTAL, Ausgabe, Zerlegung
from assets.angriff.system import System, baue_system, beschreibe
from assets.angriff.urteil import Grund, Massstab, Urteil, massstab, urteile
from assets.angriff.zellen import beobachte


@dataclass(frozen=True, slots=True)
class Einstellung:
    """How the attack is made; k and breite overrule the manifests."""

    alle_genau: bool = False
    nebenbei: bool = True
    gemeinsam: bool = False
    k: int | None = None
    breite: int | None = None
    mindestgruppe: int | None = None


@dataclass(frozen=True, slots=True)
class Zellbefund:
    """What can be known about one cell; `genau`: lo and hi are its very ends, else values that do occur."""

    variable: int
    zelle: dict[str, str]
    lo: float
    hi: float
    genau: bool
    urteil: Urteil
    grund: Grund | None


@dataclass(frozen=True, slots=True)
class Befund:
    """All findings of one attack. `gesperrt`: withheld cells; `nebenbei`: unsafe cells that nobody withheld.

    `gezeigt_klein`: small counts that a protected table shows as they are.
    """

    gesperrt: list[Zellbefund] = field(default_factory=list)
    nebenbei: list[Zellbefund] = field(default_factory=list)
    gezeigt_klein: list[Zellbefund] = field(default_factory=list)
    gruppen: list[Gruppe] = field(default_factory=list)
    widersprueche: list[str] = field(default_factory=list)

    @property
    def unsichere(self) -> list[Zellbefund]:
        """Every cell that must not be published like this."""
        return [z for z in (*self.gesperrt, *self.nebenbei) if z.urteil is Urteil.UNSICHER]

    @property
    def urteil(self) -> str:
        """The verdict on the releases as a whole."""
        return "widerspruch" if self.widersprueche else "unsicher" if self.unsichere else "sicher"


@dataclass(frozen=True, slots=True)
class Angriff:
    """An attack on releases, ready to be repeated with the knowledge of one Gebiet."""

    system: System
    massstab: Massstab
    einstellung: Einstellung

    @staticmethod
    def auf(ausgaben: Sequence[Ausgabe], einstellung: Einstellung | None = None) -> "Angriff":
        """Links the releases, earlier ones first."""
        e = einstellung or Einstellung()
        system = baue_system(ausgaben, gemeinsam=e.gemeinsam, k=e.k, breite=e.breite)
        return Angriff(system, massstab(system, nebenbei=e.nebenbei), e)

    def von_fremden(self) -> Befund:
        """What a stranger finds."""
        if doppelte := self._widersprechende_zellen():
            return Befund(widersprueche=doppelte)
        spannen = suche_grenzen(self.system, self.massstab, alle_genau=self.einstellung.alle_genau)
        return self._befund(spannen, set())

    def von_gebiet(self, eigen: Ausgabe, gebiet: str) -> Befund:
        """What the office of a Gebiet finds that knows all cells of its own, as `eigen` shows them."""
        bekannt = self._eigene_werte(eigen, gebiete_unter(gebiet, (*eigen.zerlegungen, *_alle(self.system))))
        spannen = suche_grenzen(self.system, self.massstab, alle_genau=self.einstellung.alle_genau, bekannt=bekannt)
        return self._befund(spannen, set(bekannt))

    def _befund(self, spannen: Spannen, bekannt: Collection[int]) -> Befund:
        if spannen.widerspruch:
            return Befund(widersprueche=[self._widerspruch(z) for z in sorted(spannen.widerspruch)[:20]])
        gesperrt, nebenbei = [], []
        for befund in self._zellbefunde(spannen):
            if befund.variable in bekannt:
                continue
            if not self.massstab.nebenbei[befund.variable]:
                gesperrt.append(befund)
            elif befund.urteil is Urteil.UNSICHER or self.einstellung.alle_genau:
                nebenbei.append(befund)
        if bekannt:
            return Befund(gesperrt, nebenbei)
        gruppen = finde_gruppen(self.system, spannen, self.mindestgruppe)
        return Befund(gesperrt, nebenbei, self._gezeigt_klein(), gruppen)

    def _gezeigt_klein(self) -> list[Zellbefund]:
        offen = [(i, j) for i, a in enumerate(self.system.ausgaben) for j, t in enumerate(a.tabellen) if t.offen]
        offene = pl.DataFrame(offen, schema={"ausgabe": pl.Int64, "tabelle": pl.Int64}, orient="row")
        gezeigt = self.system.beobachtet.join(offene, on=["ausgabe", "tabelle"], how="anti").filter(
            pl.col("lo") == pl.col("hi"), pl.col("lo") >= 1
        )
        k = pl.Series(self.massstab.k).alias("k")
        klein = (
            self.system.variablen.with_columns(k, pl.Series("summe", self.massstab.summe))
            .join(gezeigt, on=["schluessel", "stand"], how="semi")
            .filter(~pl.col("summe") & (pl.col("hi") < pl.col("k")))
        )
        return [
            Zellbefund(v, self.system.raum.zelle(s), w, w, True, Urteil.UNSICHER, Grund.EXAKT)
            for v, s, w in klein.select("variable", "schluessel", "hi").iter_rows()
        ]

    @property
    def mindestgruppe(self) -> int:
        """Groups below this size must not be of one category."""
        genannt = [a.gruppe for a in self.system.ausgaben if a.gruppe is not None]
        return self.einstellung.mindestgruppe or max(genannt, default=MINDESTGRUPPE)

    def _zellbefunde(self, spannen: Spannen) -> list[Zellbefund]:
        ziele = np.flatnonzero(self.massstab.ziel)
        m = self.massstab.teil(ziele)
        lo, hi, zeuge_lo, zeuge_hi = (getattr(spannen, n)[ziele] for n in ("lo", "hi", "zeuge_lo", "zeuge_hi"))
        genau = spannen.genau()[ziele]
        belegt = (zeuge_lo <= zeuge_hi) & m.sicher(zeuge_lo, zeuge_hi, hi)
        lo, hi = np.where(belegt & ~genau, zeuge_lo, lo), np.where(belegt & ~genau, zeuge_hi, hi)
        schluessel = self.system.variablen["schluessel"].to_numpy()[ziele]
        return [
            Zellbefund(int(v), self.system.raum.zelle(int(s)), float(a), float(b), bool(g), urteil, grund)
            for v, s, a, b, g, (urteil, grund) in zip(
                ziele, schluessel, lo, hi, genau, urteile(m, lo, hi, genau | belegt), strict=True
            )
        ]

    def _eigene_werte(self, eigen: Ausgabe, gebiete: Collection[str]) -> dict[int, float]:
        """True values of the cells of some Gebiete, by variable of the system."""
        raum = self.system.raum
        if GEBIET not in raum.dims:
            return {}
        beobachtet = _bekannte_zeilen(self.system, eigen, gebiete)
        werte = beobachtet.filter(pl.col("lo") == pl.col("hi")).group_by("schluessel").agg(pl.col("lo").first())
        verbunden = self.system.variablen.join(werte, on="schluessel", suffix="_eigen")
        # A corrected cell has two vintages; own values are those of the latest.
        letzte = verbunden.sort("stand").group_by("schluessel", maintain_order=True).last()
        return dict(letzte.select("variable", "lo_eigen").iter_rows())

    def _widersprechende_zellen(self) -> list[str]:
        """The same cell with different values, one sentence each."""
        falsch = self.system.variablen.filter(pl.col("lo") > pl.col("hi") + GENAU).head(20)
        saetze = []
        for schluessel, stand in falsch.select("schluessel", "stand").iter_rows():
            orte = self.system.beobachtet.filter(schluessel=schluessel, stand=stand, gesperrt=False)
            genannt = [
                f"{_zahl(z['lo'])} in „{self.tabellenname(z['ausgabe'], z['tabelle'])}“"
                for z in orte.iter_rows(named=True)
            ]
            zelle = beschreibe(self.system.raum.zelle(schluessel))
            saetze.append(
                f"Dieselbe Zelle ({zelle}) hat verschiedene Werte: {', '.join(genannt)}. Bitte prüfen, welcher gilt; "
                "nach einer Korrektur brauchen die Zeilen einen eigenen Stand (Spalte „stand“)."
            )
        return saetze

    def tabellenname(self, ausgabe: int, tabelle: int) -> str:
        """Release and table in words."""
        a = self.system.ausgaben[ausgabe]
        return f"{a.name}/{a.tabellen[tabelle].name}"

    def _widerspruch(self, zeile: int) -> str:
        spalten = self.system.matrix[[zeile]].nonzero()[1]
        werte = self.system.variablen[spalten.tolist()]
        faktoren = self.system.matrix[[zeile]].toarray().ravel()[spalten]
        name = self.system.zeilenname(zeile)
        if self.system.herkunft["art"][zeile] != "summe":
            return f"{name} passt nicht zu den gezeigten Werten. Bitte die Zahl oder ihre Zellen berichtigen."
        teile, summe = faktoren > 0, faktoren < 0
        lo, hi = werte["lo"].to_numpy(), werte["hi"].to_numpy()
        oben, unten = (lo[summe].sum(), hi[summe].sum()), (lo[teile].sum(), hi[teile].sum())
        grund = f"gezeigt ist {_bereich(*oben)}, die Teile ergeben {_bereich(*unten)}"
        if oben[0] <= unten[1] + GENAU and unten[0] <= oben[1] + GENAU:
            grund = "für sich ginge die Summe auf, zusammen mit den anderen gezeigten Zahlen nicht"
        return f"{name} geht nicht auf: {grund}. Bitte Tabelle oder Hierarchie berichtigen."


def _alle(system: System) -> tuple[Zerlegung, ...]:
    return tuple(z for zerlegungen in system.zerlegungen for z in zerlegungen)


def gebiete_unter(gebiet: str, zerlegungen: Sequence[Zerlegung]) -> set[str]:
    """A Gebiet and all that lie within it."""
    gefunden, offen = {gebiet}, [gebiet]
    while offen:
        oben = offen.pop()
        neu = {k for z in zerlegungen if z.dim == GEBIET and z.parent == oben for k in z.kinder} - gefunden
        gefunden |= neu
        offen += neu
    return gefunden


def _bekannte_zeilen(system: System, eigen: Ausgabe, gebiete: Collection[str]) -> pl.DataFrame:
    """Rows of own tables about some Gebiete; codes that no release uses are of no help to anybody and left out."""
    raum: Mapping[str, tuple[str, ...]] = dict(zip(system.raum.dims, system.raum.codes, strict=True))
    tabellen = []
    for tabelle in eigen.tabellen:
        if GEBIET not in tabelle.dims:
            continue
        bekannt = [pl.col(d).is_in(raum.get(d, (TOTAL,))) for d in tabelle.dims]
        zeilen = tabelle.zeilen.filter(pl.col(GEBIET).is_in(list(gebiete)), *bekannt)
        tabellen.append(replace(tabelle, zeilen=zeilen, runden=None))
    return beobachte(system.raum, [replace(eigen, tabellen=tuple(tabellen))])


def _zahl(wert: float) -> str:
    return f"{wert:.10g}".replace(".", ",")


def _bereich(lo: float, hi: float) -> str:
    if np.isinf(hi):
        return f"mindestens {_zahl(lo)}"
    return _zahl(lo) if hi - lo <= GENAU else f"{_zahl(lo)} bis {_zahl(hi)}"
