"""The attack against brute force: all whole tables that agree with what is shown, one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.angriff.laufen import Befund, Einstellung
from assets.angriff.lesen import Ausgabe
from tests.angriff.ausgaben import Zellen, ausgabe, greife_an, quotient, tabelle, teilt

ZEILEN, SPALTEN = ("p", "q"), ("a", "b", "c")
INNEN = tuple(product(ZEILEN, SPALTEN))
ZERLEGUNGEN = [
    teilt("z", "T", *ZEILEN),
    teilt("s", "T", *SPALTEN),
    teilt("s", "T", "X", "c", satz="gruppe"),
    teilt("s", "X", "a", "b", satz="gruppe"),
]
Zelle = tuple[str, str]


def alle_zellen(innen: Mapping[Zelle, int]) -> dict[Zelle, int]:
    """Inner cells with all their sums."""
    voll = dict(innen)
    for z in ZEILEN:
        voll[z, "X"] = voll[z, "a"] + voll[z, "b"]
        voll[z, "T"] = voll[z, "X"] + voll[z, "c"]
    for s in (*SPALTEN, "X", "T"):
        voll["T", s] = sum(voll[z, s] for z in ZEILEN)
    return voll


@dataclass(frozen=True)
class Veroeffentlicht:
    """A true table, and how each cell appears: shown, withheld or not at all."""

    wahr: dict[Zelle, int]
    gesperrt: frozenset[Zelle]
    weg: frozenset[Zelle]
    nenner: int | None
    k: int

    @property
    def gezeigt(self) -> dict[Zelle, int]:
        return {z: w for z, w in self.wahr.items() if z not in self.gesperrt | self.weg}

    def rate(self, zaehler: int) -> float | None:
        """Percent of cell p x a, rounded half up to one decimal with whole numbers."""
        return None if self.nenner is None else (2000 * zaehler + self.nenner) // (2 * self.nenner) / 10

    def als_ausgabe(self) -> Ausgabe:
        zellen: Zellen = {**self.gezeigt, **dict.fromkeys(self.gesperrt, ".")}
        tabellen = [tabelle(["z", "s"], zellen, k=self.k)]
        if self.nenner is None:
            return ausgabe(tabellen, ZERLEGUNGEN)
        tabellen.append(tabelle(["z", "s"], {("p", "a"): self.nenner}, "volk", mass="volk", schutz="offen"))
        rate = quotient(
            ["z", "s"], {("p", "a"): self.rate(self.wahr["p", "a"])}, "m", "volk", faktor=100.0, nachkommastellen=1
        )
        return ausgabe(tabellen, ZERLEGUNGEN, ableitungen=(rate,))

    def moegliche(self) -> Iterator[dict[Zelle, int]]:
        """All whole tables that agree with what is published."""
        offen = [z for z in INNEN if z not in self.gezeigt]
        fest = {z: self.wahr[z] for z in INNEN if z in self.gezeigt}
        for werte in _aufteilungen(self.wahr["T", "T"] - sum(fest.values()), len(offen)):
            voll = alle_zellen({**fest, **dict(zip(offen, werte, strict=True))})
            if (
                all(voll[z] == w for z, w in self.gezeigt.items())
                and all(voll[z] >= 1 for z in self.gesperrt)
                and self.rate(voll["p", "a"]) == self.rate(self.wahr["p", "a"])
            ):
                yield voll


def _aufteilungen(summe: int, teile: int) -> Iterator[tuple[int, ...]]:
    if teile == 0:
        yield from [()] if summe == 0 else []
    elif teile == 1:
        yield (summe,)
    else:
        for erster in range(summe + 1):
            yield from ((erster, *rest) for rest in _aufteilungen(summe - erster, teile - 1))


@st.composite
def veroeffentlicht(draw: st.DrawFn) -> Veroeffentlicht:
    """Random tables; zeros and the grand total are always shown, so that there are finitely many."""
    wahr = alle_zellen({z: draw(st.sampled_from([0, 0, 1, 1, 2, 3])) for z in INNEN})
    wahl = {z: draw(st.sampled_from(["zeigen", "sperren", "sperren", "weg"])) for z in wahr if z != ("T", "T")}
    gesperrt = frozenset(z for z, w in wahl.items() if w == "sperren" and wahr[z])
    weg = frozenset(z for z, w in wahl.items() if w == "weg")
    return Veroeffentlicht(wahr, gesperrt, weg, draw(st.sampled_from([None, 7, 40, 5000])), draw(st.integers(2, 5)))


def _spannen(befund: Befund, *, nebenbei: bool) -> dict[Zelle, tuple[float, float]]:
    zellen = befund.nebenbei if nebenbei else befund.gesperrt
    return {(z.zelle.get("z", "T"), z.zelle.get("s", "T")): (z.lo, z.hi) for z in zellen if z.zelle["mass"] == "m"}


def _unsicher(befund: Befund) -> set[Zelle]:
    return {(z.zelle.get("z", "T"), z.zelle.get("s", "T")) for z in befund.unsichere}


def _zweiertabellen(drei: Mapping[tuple[str, ...], int]) -> dict[tuple[str, str], dict[tuple[str, str], int]]:
    """The three two-way tables of a three-way table, without their margins."""
    tabellen: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for (i, d), (j, e) in (((0, "a"), (1, "b")), ((0, "a"), (2, "c")), ((1, "b"), (2, "c"))):
        zellen = tabellen.setdefault((d, e), dict.fromkeys(product((f"{d}1", f"{d}2"), (f"{e}1", f"{e}2")), 0))
        for codes, wert in drei.items():
            zellen[codes[i], codes[j]] += wert
    return tabellen


ACHT = list(product(("a1", "a2"), ("b1", "b2"), ("c1", "c2")))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=8, max_size=8), st.lists(st.booleans(), min_size=12, max_size=12))
def test_eine_auszaehlung_hinter_drei_tabellen(werte: list[int], sperren: list[bool]) -> None:
    wahr = _zweiertabellen(dict(zip(ACHT, werte, strict=True)))
    alle = [(dims, zelle) for dims, zellen in wahr.items() for zelle in zellen]
    gesperrt = {z for z, weg in zip(alle, sperren, strict=True) if weg and wahr[z[0]][z[1]]}
    tabellen = [
        tabelle(dims, {z: "." if (dims, z) in gesperrt else w for z, w in zellen.items()}, "".join(dims))
        for dims, zellen in wahr.items()
    ]
    tabellen.append(tabelle(["a", "b", "c"], {("T", "T", "T"): sum(werte)}, "gesamt"))
    moegliche = [
        t
        for t in (_zweiertabellen(dict(zip(ACHT, w, strict=True))) for w in _aufteilungen(sum(werte), 8))
        if all((t[d][z] >= 1) if (d, z) in gesperrt else t[d][z] == wahr[d][z] for d, z in alle)
    ]
    zerlegungen = [teilt(d, "T", f"{d}1", f"{d}2") for d in "abc"]
    befund = greife_an(
        ausgabe(tabellen, zerlegungen), einstellung=Einstellung(alle_genau=True, nebenbei=False, gemeinsam=True)
    )
    gefunden = {tuple(z.zelle[d] for d in "abc" if d in z.zelle): (z.lo, z.hi) for z in befund.gesperrt}
    assert gefunden == {z: (min(t[d][z] for t in moegliche), max(t[d][z] for t in moegliche)) for d, z in gesperrt}


@settings(max_examples=120, deadline=None)
@given(veroeffentlicht())
def test_grenzen_sind_die_aller_ganzen_tabellen(v: Veroeffentlicht) -> None:
    tabellen = list(v.moegliche())
    spanne = {z: (min(t[z] for t in tabellen), max(t[z] for t in tabellen)) for z in v.wahr}
    genau = greife_an(v.als_ausgabe(), einstellung=Einstellung(alle_genau=True))
    assert genau.widersprueche == []
    assert _spannen(genau, nebenbei=False) == {z: spanne[z] for z in v.gesperrt}
    gefunden = _spannen(genau, nebenbei=True)
    eindeutig = {(z.zelle.get("z", "T"), z.zelle.get("s", "T")) for z in genau.nebenbei if z.genau}
    assert all(gefunden[z] == spanne[z] for z in eindeutig & set(gefunden))

    unsicher = set()
    for z, (lo, hi) in spanne.items():
        eng = not ((hi >= v.k and hi - lo >= v.k - 1) or lo >= v.k)
        if (z in v.gesperrt and eng) or (z in gefunden and eng and lo >= 1):
            unsicher.add(z)
    assert _unsicher(genau) == unsicher
    # Witnesses may stop the programs early, but the verdict is the same.
    schnell = greife_an(v.als_ausgabe(), einstellung=Einstellung())
    assert _unsicher(schnell) == unsicher
    for z, (unten, oben) in _spannen(schnell, nebenbei=False).items():
        assert z not in unsicher or (unten, oben) == spanne[z]
