"""What the attack spends no variable on: leaving it out changes no interval and no verdict about any cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.angriff import system
from assets.angriff.belang import ohne_freie
from assets.angriff.laufen import Befund
from assets.angriff.lesen import Ausgabe, Zerlegung
from assets.angriff.raum import Raum
from tests.angriff.ausgaben import ausgabe, greife_an, spannen, tabelle, teilt
from tests.haerte import FAKTOR

DIMS = ("gebiet", "geschlecht", "alter")
KREISE, GESCHLECHTER, ALTER = ("k1", "k2", "k3"), ("M", "W", "X"), ("jung", "alt")
ZERLEGUNGEN = (
    teilt("gebiet", "T", *KREISE, satz="alle"),
    teilt("gebiet", "k1+k2", "k1", "k2", satz="k1+k2"),
    teilt("gebiet", "k2+k3", "k2", "k3", satz="k2+k3"),
    teilt("gebiet", "k1", "g1", "g2", satz="gemeinden"),
    teilt("geschlecht", "T", *GESCHLECHTER, satz="T/~"),
    teilt("geschlecht", "T", "W", "~W", satz="T/~W"),
    teilt("alter", "T", *ALTER, satz="alle"),
    teilt("alter", "T", "jung", "~jung", satz="T/~jung"),
)
TEILE = {
    "gebiet": {"T": ("g1", "g2", "k2", "k3"), "k1": ("g1", "g2"), "k1+k2": ("g1", "g2", "k2"), "k2+k3": ("k2", "k3")},
    "geschlecht": {"T": GESCHLECHTER, "~W": ("M", "X")},
    "alter": {"T": ALTER, "~jung": ("alt",)},
}
Zelle = tuple[str, ...]


def _feinste(dim: str, code: str) -> tuple[str, ...]:
    return TEILE[dim].get(code, (code,))


def _wert(personen: Mapping[Zelle, int], zelle: Zelle) -> int:
    return sum(personen.get(z, 0) for z in product(*(_feinste(d, c) for d, c in zip(DIMS, zelle, strict=True))))


@st.composite
def ausgaben(draw: st.DrawFn) -> Ausgabe:
    """A few tables with breakdowns and areas of their own: most crossings are in none of them."""
    feinste = list(product(*(_feinste(d, "T") for d in DIMS)))
    personen = dict(
        zip(feinste, draw(st.lists(st.integers(0, 4), min_size=len(feinste), max_size=len(feinste))), strict=True)
    )
    codes = {
        "gebiet": (*KREISE, "k1+k2", "k2+k3", "g1", "g2", "T"),
        "geschlecht": (*GESCHLECHTER, "~W", "T"),
        "alter": (*ALTER, "~jung", "T"),
    }
    gelistet: set[Zelle] = set()
    for _ in range(draw(st.integers(1, 4))):
        achsen = [draw(st.lists(st.sampled_from(codes[d]), min_size=1, max_size=4, unique=True)) for d in DIMS]
        gelistet.update(product(*achsen))
    zellen: dict[Zelle, object] = {}
    for zelle in sorted(gelistet):
        wert = _wert(personen, zelle)
        zellen[zelle] = "." if wert and draw(st.booleans()) else wert
    return ausgabe([tabelle(DIMS, zellen)], ZERLEGUNGEN)


def _alle(raum: Raum, _: pl.DataFrame, zerlegungen: list[Zerlegung]) -> dict[int, frozenset[Zerlegung]]:
    return dict.fromkeys(range(raum.umfang("mass")), frozenset(zerlegungen))


def _unbeschraenkt(*releases: Ausgabe) -> Befund:
    with pytest.MonkeyPatch.context() as ersetzt:
        ersetzt.setattr(system, "zerlegungen_je_mass", _alle)
        return greife_an(*releases)


def _unsicher(befund: Befund) -> set[Zelle]:
    return {tuple(z.zelle.get(d, "T") for d in DIMS) for z in befund.unsichere}


@pytest.mark.haerte
@settings(max_examples=60 * FAKTOR)
@given(ausgaben())
def test_was_weggelassen_wird_aendert_nichts(a: Ausgabe) -> None:
    knapp, voll = greife_an(a), _unbeschraenkt(a)
    assert knapp.widersprueche == voll.widersprueche == []
    assert spannen(knapp, *DIMS) == spannen(voll, *DIMS)
    # An area that no table has is not judged: it is a sum of places that anybody may form or not.
    gebiete = set(a.tabellen[0].zeilen["gebiet"])
    ohne_namen = {z for z in _unsicher(voll) - _unsicher(knapp) if z[0] not in gebiete}
    assert _unsicher(voll) - ohne_namen == _unsicher(knapp)


@dataclass(frozen=True)
class _Frei:
    benutzt: tuple[str, ...]
    bleiben: tuple[str, ...]


@pytest.mark.parametrize(
    "fall",
    [
        # Sums of areas that no table has …
        _Frei(("k1", "k2", "k3"), ()),
        # … and one that a table has.
        _Frei(("k1", "k2", "k1+k2"), ("k1+k2",)),
        # g1 and g2 meet k2 in the total.
        _Frei(("g1", "g2", "k1+k2"), ("k1+k2", "gemeinden")),
        _Frei(("T", "g1"), ("alle", "gemeinden")),
        _Frei(("g1", "g2"), ()),
    ],
)
def test_welche_gebietssummen_zaehlen(fall: _Frei) -> None:
    gefunden = ohne_freie(fall.benutzt, [z for z in ZERLEGUNGEN if z.dim == "gebiet"])
    assert sorted(z.satz for z in gefunden) == sorted(fall.bleiben)


def test_ein_insgesamt_mit_unbekanntem_rest_in_jeder_aufteilung_ist_frei() -> None:
    zerlegungen = [z for z in ZERLEGUNGEN if z.dim == "geschlecht"]
    # X and ~W are unknown and of any size …
    assert ohne_freie({"M", "W"}, zerlegungen) == []
    # … but where M, X and ~W are known, ~W = M + X.
    assert ohne_freie({"M", "X", "~W"}, zerlegungen) == zerlegungen


def test_gebietssummen_die_keine_tabelle_hat_kosten_nichts() -> None:
    zellen = {(k, g): 9 for k in KREISE for g in GESCHLECHTER}
    einfach = [teilt("geschlecht", "T", *GESCHLECHTER)]
    viele = [teilt("gebiet", f"summe{i}", *KREISE[i % 2 :], satz=str(i)) for i in range(40)]
    groessen = {
        system.baue_system([ausgabe([tabelle(("gebiet", "geschlecht"), zellen)], [*einfach, *z])]).variablen.height
        for z in ([], viele)
    }
    assert groessen == {len(zellen) + len(KREISE)}


def test_was_eine_ausgabe_nicht_hat_kann_die_summe_einer_anderen_sein() -> None:
    erste = ausgabe([tabelle(["gebiet"], {"k1+k2": 12})], ZERLEGUNGEN[1:2])
    zweite = ausgabe([tabelle(["gebiet"], {"k1": 9, "k2": ".", "k3": 30})], ZERLEGUNGEN[1:2], "r2")
    assert spannen(greife_an(erste, zweite), "gebiet") == {("k2",): (3, 3)}
    assert greife_an(zweite).urteil == "sicher"


def test_wer_zusammen_nur_ein_merkmal_hat_wird_auch_ohne_insgesamt_gefunden() -> None:
    befund = greife_an(ausgabe([tabelle(["geschlecht"], {"M": 7, "W": 0, "X": 0})], ZERLEGUNGEN[4:5]))
    assert [(g.dim, g.code, g.lo, g.hi) for g in befund.gruppen] == [("geschlecht", "M", 7, 7)]
