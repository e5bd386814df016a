"""Rectangles cover exactly what is open."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from assets.partitionen import Bereich, bereiche, partitionen
from schemas.laender import lade_land

LAND = lade_land("sachsen")
EINHEITEN = [m.id for m in LAND.meldeeinheiten]
ALLE = list(product(LAND.berichtsjahre, EINHEITEN))


def _inhalt(bereich: Bereich) -> set[tuple[int, str]]:
    jahre = [j for j in LAND.berichtsjahre if bereich.jahr_von <= j <= bereich.jahr_bis]
    von, bis = EINHEITEN.index(bereich.meldeeinheit_von), EINHEITEN.index(bereich.meldeeinheit_bis)
    return set(product(jahre, EINHEITEN[von : bis + 1]))


@given(st.sets(st.sampled_from(ALLE)))
def test_bereiche_decken_genau_das_offene(offen: set[tuple[int, str]]) -> None:
    gefunden = bereiche(LAND, offen)
    mengen = [_inhalt(b) for b in gefunden]
    assert set().union(*mengen) == offen
    assert sum(map(len, mengen)) == len(offen)


def test_alles_ist_ein_einziger_lauf() -> None:
    assert bereiche(LAND, ALLE) == [Bereich(LAND.berichtsjahre[0], LAND.berichtsjahre[-1], EINHEITEN[0], EINHEITEN[-1])]


def test_ein_jahr_und_ein_kreis_sind_je_ein_lauf() -> None:
    assert len(bereiche(LAND, [(LAND.berichtsjahre[0], e) for e in EINHEITEN])) == 1
    assert len(bereiche(LAND, [(j, EINHEITEN[3]) for j in LAND.berichtsjahre])) == 1


def test_schluessel_der_partition_ist_jahr_und_kennung() -> None:
    erste = partitionen(LAND).get_partition_keys()[0]
    assert erste == f"{LAND.berichtsjahre[0]}|{EINHEITEN[0]}"
